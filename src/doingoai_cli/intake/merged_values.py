"""Values in more than one cell (ô gộp, ô nhiều dòng): merged cells, several lines, parts in several columns."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from doingoai_cli.intake.columns import ColumnPlace
from doingoai_cli.intake.parts import ColumnPart, join_parts
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.grid import Cell, CellKind, Range
from doingoai_cli.model.sources import Source
from doingoai_cli.model.values import Raw, shown_date
from doingoai_cli.vietnamese.time.periods import Period

_FAULTY = (CellKind.ERROR, CellKind.UNCALCULATED)
_WIDEST = 40
"""Columns of a merged cell that are listed among a value's sources."""


class _Piece(NamedTuple):
    """One source cell of a value: at which place of its field, under which merged range."""

    place: ColumnPlace
    cell: Cell
    text: str
    merge: Range | None


def gather(
    sheet: Sheet, rows: Sequence[Row], places: Sequence[ColumnPlace], kind: Any, *, first_row: int
) -> tuple[Raw, Source]:
    """The value of a field of type `kind` that stands in some columns of some rows, with all its source cells.

    Merged cells that begin above `first_row`, the first below the heading, give no value.
    """
    pieces = _pieces(sheet, rows, places, first_row)
    col, number = places[0].col, rows[0].number
    if not pieces:
        return Raw("", None), Source(
            sheet.grid.address(number, col), sheet.grid.own_row(number), col, CellKind.BLANK
        )
    source = _source(sheet, rows[0], pieces)
    first = pieces[0]
    if len(pieces) == 1 and not first.place.part:
        return Raw(first.text, None if isinstance(first.cell.value, str) else first.cell.value), source
    return Raw(_joined(pieces, kind), None), source


def _pieces(sheet: Sheet, rows: Sequence[Row], places: Iterable[ColumnPlace], first_row: int) -> list[_Piece]:
    """Each source cell once, place by place, from top to bottom."""
    pieces: dict[tuple[int, int], _Piece] = {}
    for place in places:
        for row in rows:
            merge = sheet.merge_at(row.number, place.col)
            if merge is not None and merge.top < first_row:
                merge = None
            holder, col = (row, place.col)
            if col not in row.cells and merge is not None:
                holder, col = sheet.by_number[merge.top], merge.left
            if col in holder.cells:
                pieces.setdefault((holder.number, col), _Piece(place, holder.cells[col], holder.texts[col], merge))
    return list(pieces.values())


def _source(sheet: Sheet, first_row: Row, pieces: Sequence[_Piece]) -> Source:
    place, cell, _, merge = pieces[0]
    # A finding points at the record's own row, also where the value stands higher up in a merged cell.
    own = (first_row.number, place.col) if merge and first_row.number > cell.row else (cell.row, cell.col)
    kind = next((piece.cell.kind for piece in pieces if piece.cell.kind in _FAULTY), cell.kind)
    cells = dict.fromkeys(at for piece in pieces for at in _cells_of(piece))
    others = tuple(sheet.grid.address(*at) for at in cells if at != own)
    return Source(sheet.grid.address(*own), sheet.grid.own_row(own[0]), own[1], kind, others)


def _cells_of(piece: _Piece) -> list[tuple[int, int]]:
    if piece.merge is None:
        return [(piece.cell.row, piece.cell.col)]
    top, left, bottom, right = piece.merge
    cols = range(left, min(right, left + _WIDEST) + 1)
    return [(row, col) for row in range(top, bottom + 1) for col in cols]


def _joined(pieces: Sequence[_Piece], kind: Any) -> str:
    """Lines below one another by line breaks, parts in several columns by what suits the field."""
    by_place: dict[ColumnPlace, list[str]] = {}
    for piece in pieces:
        by_place.setdefault(piece.place, []).append(_text_of(piece, kind))
    return join_parts([ColumnPart(place.part, "\n".join(texts)) for place, texts in by_place.items()], kind)


def _text_of(piece: _Piece, kind: Any) -> str:
    """The text of a piece; of a time's number without a date's format, the date that it is."""
    value = piece.cell.value
    lost = kind is Period and isinstance(value, int | float) and not isinstance(value, bool)
    shown = shown_date(value) if lost and isinstance(value, int | float) else None
    return shown or piece.text
