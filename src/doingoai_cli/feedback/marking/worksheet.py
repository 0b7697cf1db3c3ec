"""A worksheet part: the format of single cells changed, cells made where none is, nothing else touched."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.feedback.marking.dialect import WORKSHEET, dialect_of, place
from doingoai_cli.feedback.marking.parts import Element, parse, serialize, text_of
from doingoai_cli.model.grid import ADDRESS, column_letters, column_number

_SELECTED = re.compile(rb'(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected=(?:"[^"]*"|\'[^\']*\')')
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 8.43, 15.0


class MarkPlace(NamedTuple):
    """A cell by row and column, both 1-based."""

    row: int
    col: int

    @property
    def address(self) -> str:
        """ "F12"."""
        return f"{column_letters(self.col)}{self.row}"


def place_of_address(address: str) -> MarkPlace | None:
    """The place that "F12" or "$F$12" names; None for anything that is no cell."""
    match = ADDRESS.fullmatch(address)
    if not match:
        return None
    col = column_number(match.group(1).upper())
    row = int(match.group(2))
    return MarkPlace(row, col) if 1 <= row <= _LAST_ROW and col <= _LAST_COLUMN else None


def _is_between(first: MarkPlace, at: MarkPlace, last: MarkPlace) -> bool:
    return first.row <= at.row <= last.row and first.col <= at.col <= last.col


def unselected(data: bytes) -> bytes:
    """A sheet that is not the selected one: two selected sheets would be edited together."""
    return _SELECTED.sub(rb"\1", data, count=8)


class Worksheet:
    """One sheet's XML, to be changed in place."""

    def __init__(self, data: bytes) -> None:
        self._root = parse(data)
        self.dialect = dialect_of(self._root)
        self._rows = self.dialect.ensure(self._root, "sheetData", WORKSHEET)
        self._row_elements: dict[int, Element] = {}
        self._cells: dict[int, dict[int, Element]] = {}
        self._index()

    def _index(self) -> None:
        """Finds every cell; rows and cells without a reference get the one they had by their order."""
        row_number = 0
        for row in self.dialect.children(self._rows, "row"):
            row_number = int(row.get("r") or row_number + 1)
            row.set("r", str(row_number))
            self._row_elements[row_number] = row
            found = self._cells.setdefault(row_number, {})
            column = 0
            for cell in self.dialect.children(row, "c"):
                at = place_of_address(cell.get("r") or "")
                column = at.col if at else column + 1
                cell.set("r", MarkPlace(row_number, column).address)
                found[column] = cell

    def shown_at(self, places: Iterable[MarkPlace]) -> dict[MarkPlace, MarkPlace]:
        """Each cell → the one that shows it: of a merged area, the first."""
        element = self.dialect.child(self._root, "mergeCells")
        corners = [
            (first, last)
            for merged in (element if element is not None else ())
            for start, _, end in [(merged.get("ref") or "").partition(":")]
            if (first := place_of_address(start)) and (last := place_of_address(end))
        ]
        return {at: next((first for first, last in corners if _is_between(first, at, last)), at) for at in places}

    # --- formats ---------------------------------------------------------------------

    def style(self, at: MarkPlace) -> int:
        """The style index of a cell; of its row or column where there is no cell."""
        cell = self._cells.get(at.row, {}).get(at.col)
        if cell is not None:
            return int(cell.get("s") or 0)
        row = self._row_elements.get(at.row)
        if row is not None and row.get("customFormat") in ("1", "true"):
            return int(row.get("s") or 0)
        column = self._column(at.col)
        return int(column.get("style") or 0) if column is not None else 0

    def set_style(self, at: MarkPlace, style: int) -> None:
        """Gives a cell its format; the cell is made if there is none."""
        row = self._cells.setdefault(at.row, {})
        if at.col not in row:
            cell = self._rows.makeelement(self.dialect.tag("c"), {"r": at.address})
            parent = self._made_row(at.row)
            parent.insert(sum(1 for column in row if column < at.col), cell)
            row[at.col] = cell
            self._stretch(at)
        row[at.col].set("s", str(style))

    def restyle(self, styles: Mapping[int, int]) -> bool:
        """Exchanges formats in cells, rows and columns; whether any was."""
        changed = False
        columns = self.dialect.child(self._root, "cols")
        holders = [(cell, "s") for row in self._cells.values() for cell in row.values()]
        holders += [(row, "s") for row in self.dialect.children(self._rows, "row")]
        holders += [(column, "style") for column in (columns if columns is not None else ())]
        for element, name in holders:
            style = int(element.get(name) or 0)
            if style in styles:
                element.set(name, str(styles[style]))
                changed = True
        return changed

    def _made_row(self, number: int) -> Element:
        row = self._row_elements.get(number)
        if row is None:
            row = self._rows.makeelement(self.dialect.tag("row"), {"r": str(number)})
            later = min((other for other in self._row_elements if other > number), default=None)
            position = len(self._rows) if later is None else self._rows.index(self._row_elements[later])
            self._rows.insert(position, row)
            self._row_elements[number] = row
        row.attrib.pop("spans", "")
        return row

    def _stretch(self, at: MarkPlace) -> None:
        """Widens the stated dimension to a new cell."""
        dimension = self.dialect.child(self._root, "dimension")
        ends = (
            [place_of_address(end) for end in dimension.get("ref", "").split(":")] if dimension is not None else []
        )
        if dimension is None or None in ends or not ends:
            return
        places = [*filter(None, ends), at]
        top, left = min(p.row for p in places), min(p.col for p in places)
        bottom, right = max(p.row for p in places), max(p.col for p in places)
        dimension.set("ref", f"{MarkPlace(top, left).address}:{MarkPlace(bottom, right).address}")

    # --- sizes (in pixels) and the drawing of comments ---------------------------------

    def width(self, col: int) -> int:
        """How wide a column is; 0 if hidden."""
        column = self._column(col)
        width = _DEFAULT_WIDTH if column is None else float(column.get("width") or _DEFAULT_WIDTH)
        hidden = column is not None and column.get("hidden") in ("1", "true")
        return 0 if hidden else int(width * 7 + 5)

    def height(self, row: int) -> int:
        """How high a row is; 0 if hidden."""
        element = self._row_elements.get(row)
        if element is not None and element.get("hidden") in ("1", "true"):
            return 0
        shape = self.dialect.child(self._root, "sheetFormatPr")
        default = float(shape.get("defaultRowHeight") or _DEFAULT_HEIGHT) if shape is not None else _DEFAULT_HEIGHT
        height = float(element.get("ht") or default) if element is not None else default
        return int(height * 4 / 3)

    @property
    def legacy_drawing(self) -> str | None:
        """The relationship id of the drawing that holds the comments' boxes; None without one."""
        element = self.dialect.child(self._root, "legacyDrawing")
        return element.get(self.dialect.relation_id) if element is not None else None

    @legacy_drawing.setter
    def legacy_drawing(self, relation_id: str | None) -> None:
        element = self.dialect.child(self._root, "legacyDrawing")
        if element is not None:
            self._root.remove(element)
        if relation_id is not None:
            place(self._root, self.dialect.linked(self._root, "legacyDrawing", relation_id), WORKSHEET)

    def _column(self, col: int) -> Element | None:
        columns = self.dialect.child(self._root, "cols")
        for column in columns if columns is not None else ():
            if int(column.get("min", 0)) <= col <= int(column.get("max", 0)):
                return column
        return None

    def texts(self, shared: Sequence[str]) -> list[str]:
        """The texts of the sheet's cells, in order; `shared` are the workbook's shared strings."""
        found = []
        for cell in (cell for row in self._cells.values() for cell in row.values()):
            text = text_of(cell)
            is_shared = cell.get("t") == "s" and text.isdecimal() and int(text) < len(shared)
            found.append(shared[int(text)] if is_shared else text)
        return found

    def write(self) -> bytes:
        """The sheet as XML."""
        return serialize(self._root)
