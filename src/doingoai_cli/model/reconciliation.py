"""An approved plan against what took place, as figures take it (kết quả đối chiếu)."""

from typing import NamedTuple

from doingoai_cli.model.consolidated import ConsolidatedRow

Rows = tuple[ConsolidatedRow, ...]


class Reconciliation(NamedTuple):
    """One direction of a year (đoàn ra or đoàn vào), as `reconcile` computed it; figures repeat it."""

    planned: Rows
    """The approved plan, refused rows left out."""
    carried_out: Rows
    """What took place of it: one row that took place for each planned one."""
    off_plan: Rows
    adjusted: Rows
    """Planned rows that were put off, carried out otherwise, or changed by a decision."""
    cancelled: Rows
    """Planned rows whose time is over without them, or that a decision cancelled."""
    not_due: Rows
    """Planned rows whose time is not over yet (chưa đến thời gian thực hiện)."""
    unsure: Rows
    """Planned rows that may be one of those which took place: an officer has to say."""
    pairs: int = 0
    """How many pairs are to be confirmed."""
    added: int = 0
    """Delegations that decisions added to the plan."""
    times: int = 0
    """How often the whole plan was changed: the number of different documents."""
    no_plan: str = ""
    """What is missing where nobody has sent the plan's form, which is why there are no rows."""
    no_results: str = ""
    """What is missing where nobody has sent the form of what took place."""
