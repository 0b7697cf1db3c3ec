"""What lies over the cells of a sheet (đối tượng đặt trên ô): ticks, choices, text boxes, pictures of tables.

A person sees them, no cell holds them. What a tick box, an option button or a drop-down shows is read into the
cell under it; of all else the place is said.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from doingoai_cli.model.grid import (
    SHEET,
    Cell,
    CellKind,
    Grid,
    NoteKind,
    ReaderNote,
    column_letters,
    column_number,
    display,
    sheet_in,
)
from doingoai_cli.readers.limits import Meter


class Shows(StrEnum):
    """What lies over a cell; the values are Vietnamese, as a person is told."""

    TICK = "ô đánh dấu"
    CHOICE = "danh sách thả xuống"
    LIST = "hộp danh sách"
    ACTIVE_X = "nút điều khiển ActiveX"
    TEXT = "hộp chữ"
    PICTURE = "ảnh lớn"


@dataclass(slots=True)
class Overlay:
    """One of them, at the cell that its middle (a text's corner) lies over; row 0: somewhere on the sheet."""

    shows: Shows | None = None
    row: int = 0
    col: int = 0
    text: str = ""
    """A tick's label, the text of a text box, what is chosen in a list."""
    ticked: bool = False
    choices: str = ""
    """Where a list takes its entries from: "Danh mục!$A$1:$A$9"."""
    chosen: int | None = None
    """Which of them is chosen, from 1; 0: none; None: unknown."""

    def place(self, left: int, top: int, right: int, bottom: int) -> None:
        """Put it over the cell in the middle of a range (0-based)."""
        self.col, self.row = left + (right - left) // 2 + 1, top + (bottom - top) // 2 + 1


class SheetTexts:
    """The texts of a workbook's sheets, for lists whose entries stand in cells."""

    def __init__(self, grids: Sequence[Grid], filled: Callable[[Grid], Grid] = lambda grid: grid) -> None:
        """`filled` gives a sheet of `grids` its cells, where they come without."""
        self._grids = {grid.name: grid for grid in grids}
        self._filled = filled
        self._texts: dict[str, dict[tuple[int, int], str]] = {}

    def at(self, sheet: str, row: int, col: int) -> str:
        """A cell's text; "" for a blank one, and where there is no such sheet."""
        if sheet not in self._texts:
            cells = self._filled(self._grids[sheet]).cells if sheet in self._grids else ()
            self._texts[sheet] = {(cell.row, cell.col): display(cell.value) for cell in cells}
        return self._texts[sheet].get((row, col), "")


_LONGEST = 200
_MOST_NOTES = 50
"""How many of a sheet are named one by one."""
_REFERENCE = re.compile(
    rf"(?:{SHEET}!)?\$?(?P<col>[A-Z]{{1,3}})\$?(?P<row>\d{{1,7}})(?::\$?(?P<last>[A-Z]{{1,3}})\$?\d{{1,7}})?"
)
_LARGE = (8, 5)
"""A picture over at least that many rows and columns shows a table, and is no emblem."""


def is_large(left: int, top: int, right: int, bottom: int) -> bool:
    """Whether a picture covers as much as a table does."""
    return bottom - top >= _LARGE[0] and right - left >= _LARGE[1]


def with_overlays(
    grid: Grid, overlays: Sequence[Overlay], texts: SheetTexts, meter: Meter
) -> tuple[Grid, tuple[ReaderNote, ...]]:
    """A sheet with what its overlays show in the cells under them, and what of them cannot be read."""
    meter.add_cells(len(overlays))
    typed = {" ".join(str(cell.value).split()) for cell in grid.cells} if overlays else set()
    notes: list[ReaderNote] = []
    ticks: list[Overlay] = []
    chosen: list[Overlay] = []
    for overlay in overlays:
        if overlay.shows is Shows.TICK and overlay.row:
            ticks.append(overlay)
        elif (shown := _chosen(overlay, grid.name, texts)) is not None and overlay.row:
            chosen.append(replace(overlay, text=shown))
        elif overlay.shows is not None and not (overlay.text and overlay.text in typed):
            notes.append(_note(overlay, grid.index))
    if len(notes) > _MOST_NOTES:
        more = f"{len(notes) - _MOST_NOTES} đối tượng khác đặt trên trang tính"
        notes = [*notes[:_MOST_NOTES], ReaderNote(NoteKind.UNREAD, more, grid.index, 1, 1)]
    if ticks or chosen:
        grid = replace(grid, cells=_filled(grid.cells, ticks, chosen))
    return grid, tuple(notes)


def _chosen(overlay: Overlay, own: str, texts: SheetTexts) -> str | None:
    """What is chosen in a list; "" for nothing, None where that cannot be told."""
    if overlay.shows not in (Shows.CHOICE, Shows.LIST):
        return None
    if overlay.text or overlay.chosen == 0:
        return overlay.text
    match = _REFERENCE.fullmatch(overlay.choices)
    if match is None or overlay.chosen is None:
        return None
    down = 0 if match["last"] not in (None, match["col"]) else overlay.chosen - 1
    across = overlay.chosen - 1 - down
    return texts.at(sheet_in(match) or own, int(match["row"]) + down, column_number(match["col"]) + across) or None


def _note(overlay: Overlay, index: int) -> ReaderNote:
    said = f" “{overlay.text[:_LONGEST]}”" if overlay.text and overlay.shows is Shows.TEXT else ""
    where = f"trên ô {column_letters(overlay.col)}{overlay.row}" if overlay.row else "trên trang tính"
    what = f"{overlay.shows}{said} đặt {where}"
    text = overlay.text if overlay.shows is Shows.TEXT else ""
    return ReaderNote(NoteKind.UNREAD, what, index, max(overlay.row, 1), max(overlay.col, 1), text)


def _filled(cells: Sequence[Cell], ticks: Iterable[Overlay], chosen: Iterable[Overlay]) -> tuple[Cell, ...]:
    places = {(cell.row, cell.col): cell for cell in cells}
    rows = {cell.row for cell in cells}
    for tick in ticks:
        under = places.get((tick.row, tick.col))
        if under is not None and under.kind is CellKind.BOOL:  # the value that the box is linked to
            continue
        if under is None and not tick.ticked and tick.row not in rows:  # a box of a row that nobody filled in
            continue
        text = f"{'☒' if tick.ticked else '☐'} {tick.text}".strip()
        font = None if under is None else under.font
        shown = text if under is None else f"{text} {under.value}"
        places[tick.row, tick.col] = Cell(tick.row, tick.col, CellKind.TEXT, shown, None, font)
    for choice in chosen:
        under = places.get((choice.row, choice.col))
        if choice.text and (under is None or under.kind is CellKind.NUMBER):  # the entry's number lies under it
            places[choice.row, choice.col] = Cell(choice.row, choice.col, CellKind.TEXT, choice.text)
    return tuple(places[place] for place in sorted(places))
