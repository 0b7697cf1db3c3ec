"""Where everything stands on a blank form's sheet; rows are Excel's own (1-based)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.grid import column_letters

FREE_ROWS = 60
"""Free rows of a form, over its sections together at least."""
OPEN_ROWS = 8
"""Of these, rows that are ruled, of ordinary height and printed while nothing is filled in. The others are low, so
that the closing lines and the notes stand on the same page; the application opens a row in which one types."""
_SPARE_ROWS = 3
"""Open rows after the last prefilled one."""
_HEADING = 6
"""The row of the column heading where there is no count line; the rows above are the same on every form."""


class FreeRows(NamedTuple):
    """The free rows of one section, between its title (or the column numbers) and the row that closes it."""

    section: str
    above: int
    """The row before the first free one: ranges start here, so that a row inserted at the top is counted too."""
    first: int
    opened: int
    """The last row of ordinary height."""
    last: int
    end: int
    """A low locked row after the last free one: ranges end here, for a row inserted at the bottom."""
    total: int | None
    """The TỔNG CỘNG row."""


@dataclass(frozen=True, slots=True)
class FormLayout:
    """The rows and columns of one form's sheet."""

    spec: FormSpec
    heading: int
    """The first row of the column heading."""
    heading_end: int
    """Its last row: the second one where columns are grouped."""
    numbers: int
    """The row of column numbers."""
    blocks: tuple[FreeRows, ...]
    notes: int
    """The first note's row."""

    title = 3
    attachment = 4
    count = 5

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.spec.columns)

    @property
    def last_column(self) -> str:
        """The letters of the last column."""
        return column_letters(self.width)

    @property
    def end(self) -> int:
        """The last row of all."""
        return self.notes + max(len(self.spec.notes) - 1, 0)

    def letters(self, field: str) -> str | None:
        """The column of a field; None where the form has none."""
        for number, column in enumerate(self.spec.columns, 1):
            if column.field == field:
                return column_letters(number)
        return None


def layout_of(spec: FormSpec, prefilled: Mapping[str, int] | None = None) -> FormLayout:
    """The layout of a form with room for the `prefilled` rows of each section ("": the first) and a third more."""
    counts = dict(prefilled or {})
    heading_end = _HEADING + (1 if any(column.group for column in spec.columns) else 0)
    numbers = heading_end + 1
    sections = spec.sections or (None,)
    share, opened = -(-FREE_ROWS // len(sections)), -(-OPEN_ROWS // len(sections))
    blocks: list[FreeRows] = []
    row = numbers
    for section in sections:
        above = row + 1 if section else row
        own = counts.get(section.id if section else "", 0) + (counts.get("", 0) if section and not blocks else 0)
        rows = max(share, own * 4 // 3)
        end = above + rows + 1
        total = end + 1 if section and section.total else None
        name, last_open = section.id if section else "", above + max(opened, own + _SPARE_ROWS if own else 0)
        blocks.append(FreeRows(name, above, above + 1, min(last_open, above + rows), above + rows, end, total))
        row = total or end
    return FormLayout(spec, _HEADING, heading_end, numbers, tuple(blocks), row + 2)
