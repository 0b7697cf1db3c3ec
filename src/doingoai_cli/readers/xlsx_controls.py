"""Form controls, text boxes and pictures over the cells of an Excel sheet → `Overlay`s.

Controls are drawn in the sheet's VML part, beside the boxes of comments; shapes in its drawing part, where each
control stands once more, hidden.
"""

import re
from collections.abc import Mapping

from doingoai_cli.model.grid import Grid, NoteKind, ReaderNote
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.overlays import Overlay, SheetTexts, Shows, is_large, with_overlays
from doingoai_cli.readers.package import Package
from doingoai_cli.readers.unreadable import GiveUp
from doingoai_cli.readers.xml_events import Attributes, parse, whole_number

_KINDS: Mapping[str, Shows] = {
    "Checkbox": Shows.TICK,
    "Radio": Shows.TICK,
    "Drop": Shows.CHOICE,
    "List": Shows.LIST,
    "Pict": Shows.ACTIVE_X,
    "Label": Shows.TEXT,
    "Edit": Shows.TEXT,
}
_ANY = re.compile(rf"""ObjectType\s*=\s*["'](?:{"|".join(_KINDS)})["']""".encode())
_ANCHOR = re.compile(r"\s*,\s*")
_VALUES = ("Anchor", "Checked", "Sel", "FmlaRange")
_COLUMN, _ROW, _LARGEST = 609_600, 190_500, 10**8
"""English metric units: of a column and a row of common size, and of what is looked at."""
_SHAPES = "hình và hộp chữ đặt trên trang tính"


def with_controls(
    grid: Grid, package: Package, part: str, meter: Meter, texts: SheetTexts
) -> tuple[Grid, tuple[ReaderNote, ...]]:
    """A sheet with what its controls show in the cells under them, and what over its cells cannot be read."""
    try:
        relationships = package.relationships(part)
    except GiveUp:  # what lies over the cells is unknown, the cells are not
        return grid, (ReaderNote(NoteKind.UNREAD, _SHAPES, grid.index, 1, 1),)
    has_active_x = any(relationship.kind == "control" for relationship in relationships)
    overlays: list[Overlay] = []
    notes: list[ReaderNote] = []
    for relationship in relationships:
        reader = _READERS.get(relationship.kind)
        if reader is None or relationship.target not in package:
            continue
        data = package.read(relationship.target) or b""
        if reader is _VmlReader and not _ANY.search(data):
            continue
        pass_ = reader()
        try:
            parse(data, pass_.start, pass_.end, pass_.text)
            overlays += pass_.overlays
        except GiveUp:  # VML that is no XML, say
            notes.append(ReaderNote(NoteKind.UNREAD, _SHAPES, grid.index, 1, 1))
    shown = [one for one in overlays if one.row and (one.shows is not Shows.ACTIVE_X or has_active_x)]
    grid, unread = with_overlays(grid, shown, texts, meter)
    return grid, (*notes, *unread)


def has_controls(package: Package, part: str) -> bool:
    """Whether a sheet's VML has any; shapes of its drawing part show nothing in its cells."""
    try:
        found = package.relationships(part)
    except GiveUp:
        return False
    drawn = (r.target for r in found if r.kind == "vmlDrawing" and r.target in package)
    return any(_ANY.search(package.read(target) or b"") for target in drawn)


class _VmlReader:
    """Follows the shapes of a VML drawing."""

    def __init__(self) -> None:
        self.overlays: list[Overlay] = []
        self._open = Overlay()
        self._label: list[str] = []
        self._into = self._value = ""
        self._in_box = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "shape":
            self._open, self._label = Overlay(), []
        elif tag == "textbox":
            self._in_box = True
        elif tag == "ClientData":
            self._open.shows = _KINDS.get(attributes.get("ObjectType", ""))
        elif tag in _VALUES:
            self._into, self._value = tag, ""

    def end(self, tag: str) -> None:
        if tag == "textbox":
            self._in_box = False
        elif tag == "shape":
            self._open.text = " ".join("".join(self._label).split())
            if self._open.shows is not Shows.TEXT or self._open.text:
                self.overlays.append(self._open)
        elif tag == self._into:
            self._set(tag, self._value.strip())
            self._into = ""

    def _set(self, tag: str, value: str) -> None:
        if tag == "Checked":
            self._open.ticked = value not in ("", "0")
        elif tag == "Sel":
            self._open.chosen = int(value) if value.isdecimal() and len(value) < 7 else None
        elif tag == "FmlaRange":
            self._open.choices = value
        else:
            ends = [int(end) for end in _ANCHOR.split(value) if end.lstrip("-").isdecimal() and len(end) < 9]
            if len(ends) == 8:
                self._open.place(ends[0], ends[2], ends[4], ends[6])

    def text(self, text: str) -> None:
        if self._into:
            self._value += text
        elif self._in_box:
            self._label.append(text)


class _DrawingReader:
    """Follows the anchors of a sheet's drawing part: text in shapes, pictures as large as tables."""

    def __init__(self) -> None:
        self.overlays: list[Overlay] = []
        self._ends: dict[str, int] = {}
        self._end = self._into = self._value = ""
        self._lines: list[str] = []
        self._is_picture = self._is_control = False
        self._skipped = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._skipped or tag == "Fallback":  # what programs show that know no better
            self._skipped += 1
        elif tag.endswith("CellAnchor") or tag == "absoluteAnchor":
            self._ends, self._lines = {}, []
            self._is_picture, self._end = False, ""
        elif tag in ("from", "to"):
            self._end = tag
        elif tag == "ext" and "cx" in attributes and not self._end.startswith("to"):
            self._set_size(attributes)
        elif tag in ("col", "row", "t"):
            self._into, self._value = tag, ""
        elif tag == "pic":
            self._is_picture = True
        elif tag in ("sp", "cxnSp"):
            self._is_control = False
        elif tag == "cNvPr":
            self._is_control = attributes.get("hidden") in ("1", "true")
        elif tag == "compatExt":  # a control, drawn in VML as well
            self._is_control = True

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == self._into and tag != "t":
            value = self._value.strip()
            self._ends[f"{self._end} {tag}"] = int(value) if value.isdecimal() and len(value) < 8 else 0
            self._into = ""
        elif tag == "t":
            if not self._is_control:
                self._lines.append(self._value)
            self._into = ""
        elif tag in ("p", "br"):
            self._lines.append(" ")
        elif tag.endswith("CellAnchor") or tag == "absoluteAnchor":
            self._end_anchor()

    def _set_size(self, attributes: Attributes) -> None:
        """The end of what is anchored by its first cell alone, as Google Sheets and openpyxl do, by its size."""
        for side, size, unit in (("col", "cx", _COLUMN), ("row", "cy", _ROW)):
            cells = whole_number(attributes.get(size, ""), 0, _LARGEST) // unit
            self._ends.setdefault(f"to {side}", self._ends.get(f"from {side}", 0) + cells)

    def _end_anchor(self) -> None:
        text = " ".join("".join(self._lines).split())
        box = [self._ends.get(f"{end} {side}", 0) for end in ("from", "to") for side in ("col", "row")]
        if text:
            self.overlays.append(Overlay(Shows.TEXT, box[1] + 1, box[0] + 1, text))
        elif self._is_picture and is_large(*box):
            self.overlays.append(Overlay(Shows.PICTURE, box[1] + 1, box[0] + 1))

    def text(self, text: str) -> None:
        if self._into:
            self._value += text


_READERS: Mapping[str, type[_VmlReader | _DrawingReader]] = {"vmlDrawing": _VmlReader, "drawing": _DrawingReader}
