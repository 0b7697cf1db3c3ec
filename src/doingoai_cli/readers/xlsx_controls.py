"""Form controls that lie over cells of a sheet (ô đánh dấu, nút chọn): ticks that a person sees, no cell holds.

They are drawn in the sheet's VML part, beside the boxes of comments. A tick box or option button is read into the
cell under it; of what cannot be read (drop-downs, ActiveX) the place is said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from doingoai_cli.model.grid import Cell, CellKind, Grid, NoteKind, ReaderNote, column_letters
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.package import Package
from doingoai_cli.readers.unreadable import GiveUp
from doingoai_cli.readers.xml_events import Attributes, parse_whole

_ANY = re.compile(rb"""ObjectType\s*=\s*["'](?:Checkbox|Radio|Drop|List|Pict)["']""")
_TICKS = ("Checkbox", "Radio")
_UNREADABLE = {"Drop": "danh sách thả xuống", "List": "hộp danh sách", "Pict": "nút điều khiển ActiveX"}
_ANCHOR = re.compile(r"\s*,\s*")


@dataclass(slots=True)
class _Control:
    kind: str = ""
    row: int = 0
    col: int = 0
    ticked: bool = False
    label: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return f"{'☒' if self.ticked else '☐'} {' '.join(''.join(self.label).split())}".strip()


def with_controls(grid: Grid, package: Package, part: str, meter: Meter) -> tuple[Grid, tuple[ReaderNote, ...]]:
    """A sheet with the ticks of its controls in the cells under them, and what of its controls cannot be read."""
    relationships = package.relationships(part)
    drawings = [r.target for r in relationships if r.kind == "vmlDrawing" and r.target in package]
    has_active_x = any(relationship.kind == "control" for relationship in relationships)
    controls: list[_Control] = []
    notes: list[ReaderNote] = []
    for drawing in drawings:
        data = package.read(drawing) or b""
        if _ANY.search(data):
            try:
                controls += _controls(data)
            except GiveUp:  # VML that is no XML
                notes.append(ReaderNote(NoteKind.UNREAD, "các ô đánh dấu đặt trên trang tính", grid.index, 1, 1))
    meter.add_cells(len(controls))
    for control in controls:
        unread = _UNREADABLE.get(control.kind)
        if unread and control.row and (control.kind != "Pict" or has_active_x):
            where = f"{unread} đặt trên ô {column_letters(control.col)}{control.row}"
            notes.append(ReaderNote(NoteKind.UNREAD, where, grid.index, control.row, control.col))
    ticks = [control for control in controls if control.kind in _TICKS and control.row]
    return (replace(grid, cells=_ticked(grid.cells, ticks)) if ticks else grid), tuple(notes)


def _ticked(cells: Sequence[Cell], ticks: Sequence[_Control]) -> tuple[Cell, ...]:
    places = {(cell.row, cell.col): cell for cell in cells}
    rows = {cell.row for cell in cells}
    for tick in ticks:
        under = places.get((tick.row, tick.col))
        if under is not None and under.kind is CellKind.BOOL:  # the value that the box is linked to
            continue
        if under is None and not tick.ticked and tick.row not in rows:  # a box of a row that nobody filled in
            continue
        text = tick.text if under is None else f"{tick.text} {under.value}"
        font = None if under is None else under.font
        places[tick.row, tick.col] = Cell(tick.row, tick.col, CellKind.TEXT, text, None, font)
    return tuple(places[place] for place in sorted(places))


def _controls(data: bytes) -> Iterator[_Control]:
    reader = _VmlReader()
    parse_whole(data, reader.start, reader.end, reader.text)
    return iter(reader.controls)


class _VmlReader:
    """Follows the shapes of a VML drawing."""

    def __init__(self) -> None:
        self.controls: list[_Control] = []
        self._open = _Control()
        self._into = ""
        self._in_box = False
        self._value = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "shape":
            self._open = _Control()
        elif tag == "textbox":
            self._in_box = True
        elif tag == "ClientData":
            self._open.kind = attributes.get("ObjectType", "")
        elif tag in ("Anchor", "Checked"):
            self._into, self._value = tag, ""

    def end(self, tag: str) -> None:
        if tag == "textbox":
            self._in_box = False
        elif tag == "shape":
            self.controls.append(self._open)
        elif tag == self._into:
            self._set(tag, self._value.strip())
            self._into = ""

    def _set(self, tag: str, value: str) -> None:
        if tag == "Checked":
            self._open.ticked = value not in ("", "0")
            return
        ends = [int(end) for end in _ANCHOR.split(value) if end.lstrip("-").isdecimal() and len(end) < 9]
        if len(ends) == 8:
            left, top, right, bottom = ends[0], ends[2], ends[4], ends[6]
            self._open.col, self._open.row = left + (right - left) // 2 + 1, top + (bottom - top) // 2 + 1

    def text(self, text: str) -> None:
        if self._into:
            self._value += text
        elif self._in_box:
            self._open.label.append(text)
