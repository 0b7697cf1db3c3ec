"""Where things stand in a form sheet of the consolidated workbook: columns known by their headings."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from doingoai_cli.consolidate.workbook.columns import SENT
from doingoai_cli.model.consolidated import ID_COLUMN, OWN_COLUMNS
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.grid import Cell, Grid, column_letters, display
from doingoai_cli.vietnamese.text import clean, key

_HEADING_ROWS = 40
_NUMBER = re.compile(r"\(\d{1,2}\)")


class Head(NamedTuple):
    """Where things stand in a sheet; columns are 1-based, as in the grid."""

    first: int
    """The first row below the headings."""
    fields: Mapping[str, int]
    own: Mapping[str, int]
    sent: Mapping[str, int]
    """The senders' columns by heading, without the mark at its end."""
    added: Mapping[str, int]

    @property
    def headings(self) -> dict[int, str]:
        """Column → heading of what officers may set a width or a filter for."""
        return {col: name for part in (self.own, self.added) for name, col in part.items()} | {
            col: f"{name}{SENT}" for name, col in self.sent.items()
        }


def by_row(grid: Grid) -> dict[int, dict[int, Cell]]:
    """The grid's cells by row, then column."""
    rows: dict[int, dict[int, Cell]] = {}
    for cell in grid.cells:
        if not isinstance(cell.value, str) or cell.value.strip():
            rows.setdefault(cell.row, {})[cell.col] = cell
    return rows


def find_head(spec: FormSpec, rows: Mapping[int, Mapping[int, Cell]]) -> Head | None:
    """The headings of a form's sheet; None where it has none of ours."""
    labels = {key(c.label): c.field for c in spec.columns}
    own = {key(name): name for name in OWN_COLUMNS}
    scores = {
        number: sum(1 for c in cells.values() if key(text_of(c)) in labels or key(text_of(c)) in own)
        for number, cells in rows.items()
        if number <= _HEADING_ROWS
    }
    top = max(scores, key=lambda number: scores[number], default=0)
    if not scores or scores[top] < 3:
        return None
    headings = _headings(rows, top)
    ids = next((col for col, text in headings.items() if own.get(key(text)) == ID_COLUMN), None)
    with_id = (number for number, cells in rows.items() if number > top and ids in cells)
    head = Head(min(top + 3, min(with_id, default=top + 3)), {}, {}, {}, {})
    return _sorted_out(head, headings, labels, own)


def _headings(rows: Mapping[int, Mapping[int, Cell]], top: int) -> dict[int, str]:
    """Column → heading: the lowest text of the two heading rows and the row of numbers, the numbers left out.

    A column without a heading that holds something keeps its letters as one.
    """
    headings: dict[int, str] = {}
    for number in range(top, top + 3):
        for col, cell in rows.get(number, {}).items():
            text = text_of(cell)
            if text and not _NUMBER.fullmatch(text):
                headings[col] = text
    for number, cells in rows.items():
        if number > top + 2:
            for col in cells.keys() - headings.keys():
                headings[col] = f"(Cột {column_letters(col)})"
    return dict(sorted(headings.items()))


def _sorted_out(
    head: Head, headings: Mapping[int, str], labels: Mapping[str, str], own: Mapping[str, str]
) -> Head:
    fields: dict[str, int] = {}
    ours: dict[str, int] = {}
    sent: dict[str, int] = {}
    added: dict[str, int] = {}
    for col, text in headings.items():
        comparable = key(text)
        if comparable in own:
            ours.setdefault(own[comparable], col)
        elif labels.get(comparable, "") not in ("", *fields):
            fields[labels[comparable]] = col
        elif text.endswith(SENT):
            sent.setdefault(text.removesuffix(SENT), col)
        elif not (text.startswith("[") and text.endswith("]")):
            added[_unused(text, added)] = col
    return head._replace(fields=fields, own=ours, sent=sent, added=added)


def _unused(text: str, taken: Mapping[str, int]) -> str:
    name, number = text, 2
    while name in taken:
        name, number = f"{text} ({number})", number + 1
    return name


def text_of(cell: Cell | None) -> str:
    """What a cell says; "" where there is none."""
    if cell is None:
        return ""
    return clean(cell.value) if isinstance(cell.value, str) else display(cell.value)
