"""What comparing an approved plan with what took place found, as figures take it."""

from typing import NamedTuple


class Reconciliation(NamedTuple):
    """One direction of a year (đoàn ra or đoàn vào)."""

    adjusted: int
    """Delegations postponed or carried out otherwise than planned (điều chỉnh)."""
    cancelled: int
    """Delegations of the plan that did not take place (hủy)."""
