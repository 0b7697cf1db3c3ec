"""Values in more than one cell (ô gộp, ô nhiều dòng): merged cells, several lines, parts in several columns."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.intake.columns import ColumnPlace
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.grid import Cell, CellKind, Range
from doingoai_cli.model.sources import Source
from doingoai_cli.model.values import Raw, shown_date
from doingoai_cli.vietnamese.breakdowns import Breakdown
from doingoai_cli.vietnamese.counts import Count, read_count
from doingoai_cli.vietnamese.people.persons import People
from doingoai_cli.vietnamese.places.countries import Destinations
from doingoai_cli.vietnamese.text import fold
from doingoai_cli.vietnamese.ticks import read_tick
from doingoai_cli.vietnamese.time.periods import Period

_FAULTY = (CellKind.ERROR, CellKind.UNCALCULATED)
_WIDEST = 40
"""Columns of a merged cell that are listed among a value's sources."""


_OF_ITS_OWN = (People, Count, Destinations, Period, Breakdown)
"""Types of fields that share no text with another."""


class _Piece(NamedTuple):
    """One source cell of a value: at which place of its field, under which merged range."""

    place: ColumnPlace
    cell: Cell
    text: str
    merge: Range | None


def gather(
    sheet: Sheet,
    rows: Sequence[Row],
    places: Sequence[ColumnPlace],
    kind: Any,
    *,
    first_row: int,
    others: Collection[int],
) -> tuple[Raw, Source]:
    """The value of a field of type `kind` that stands in some columns of some rows, with all its source cells.

    Merged cells that begin above `first_row`, the first below the heading, give no value. What is typed over
    several columns is the text of each, but no leader, number, country or time where it begins in one of `others`.
    """
    pieces = _pieces(sheet, rows, places, first_row, others if kind in _OF_ITS_OWN else ())
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


def _pieces(
    sheet: Sheet, rows: Sequence[Row], places: Iterable[ColumnPlace], first_row: int, others: Collection[int]
) -> list[_Piece]:
    """Each source cell once, place by place, from top to bottom."""
    pieces: dict[tuple[int, int], _Piece] = {}
    for place in places:
        for row in rows:
            merge = sheet.merge_at(row.number, place.col)
            if merge is not None and (merge.top < first_row or merge.left in others):
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
    by_place = grouped((piece.place, _text_of(piece, kind)) for piece in pieces)
    return join_parts([ColumnPart(place.part, "\n".join(texts)) for place, texts in by_place.items()], kind)


def _text_of(piece: _Piece, kind: Any) -> str:
    """The text of a piece; of a time's number without a date's format, the date that it is."""
    value = piece.cell.value
    lost = kind is Period and isinstance(value, int | float) and not isinstance(value, bool)
    shown = shown_date(value) if lost and isinstance(value, int | float) else None
    return shown or piece.text


_TOTAL = re.compile(r"tổng(?: (?:số|cộng))?\b.*|cộng|số (?:lượng|người|thành viên|ngày|đại biểu)\b.*|")
_AMONG = re.compile(r"(?:trong đó|bao gồm|gồm)\b.*")
_PLACES = re.compile(r"(?:thành phố|tỉnh|địa phương|địa điểm|nơi đến|thủ đô|bang|vùng)\b.*")
_UNIT_OF_TIME = re.compile(r"(?:tháng|quí|năm|ngày)\b")


class ColumnPart(NamedTuple):
    """What one of a field's columns says; `label` is "" where its heading is the field's own."""

    label: str
    text: str


def join_parts(parts: Sequence[ColumnPart], kind: Any) -> str:
    """The parts of a field of type `kind` in one text, each with its label where the type does not do without."""
    said = [part for part in parts if part.text]
    return _JOINERS.get(kind, _listed)(said) if said else ""


def _listed(parts: Sequence[ColumnPart]) -> str:
    """ "NSNN: 100 triệu; Đối tác: 50 triệu"; of a ticked part the label is what it says."""
    return "; ".join(map(_said, parts))


def _said(part: ColumnPart) -> str:
    if not part.label:
        return part.text
    return part.label if _is_ticked(part) else f"{part.label}: {part.text}"


def _is_ticked(part: ColumnPart) -> bool:
    return bool(part.label) and not part.text.isdigit() and read_tick(part.text) is True


def _time(parts: Sequence[ColumnPart]) -> str:
    """ "12/3/2019 - 15/3/2019"; a bare number in a column of months is "tháng 5", a tick under "Quý II" that."""
    texts = [
        f"{p.label.lower()} {p.text}" if p.text.isdigit() and _UNIT_OF_TIME.match(fold(p.label)) else p.text
        for p in parts
    ]
    ticked = [f"tháng {p.label}" if p.label.isdigit() else p.label for p in parts if _is_ticked(p)]
    if len(ticked) == len(parts):
        return ", ".join(ticked)
    ends = all(_UNIT_OF_TIME.fullmatch(fold(p.label)) is None for p in parts)
    return (" - " if ends else ", ").join(texts)


def _countries(parts: Sequence[ColumnPart]) -> str:
    """ "Lào (Khăm Muồn)" for a country and a place; several countries are a list."""
    places = [part.text for part in parts if _PLACES.match(fold(part.label))]
    countries = ", ".join(part.text for part in parts if not _PLACES.match(fold(part.label)))
    if not countries or not places:
        return countries or ", ".join(places)
    return f"{countries} ({', '.join(places)})"


def _total_apart(parts: Sequence[ColumnPart]) -> tuple[list[ColumnPart], list[ColumnPart]]:
    totals = [part for part in parts if _TOTAL.fullmatch(fold(part.label))]
    return totals, [part for part in parts if part not in totals]


def _count(parts: Sequence[ColumnPart]) -> str:
    """ "5 (Nam: 3; Nữ: 2)": the total that one of the columns states, else the sum of all."""
    totals, others = _total_apart(parts)
    if totals:
        return f"{totals[0].text} ({_listed(others)})" if others else totals[0].text
    numbers = [read_count(part.text).value for part in parts if not _AMONG.fullmatch(fold(part.label))]
    if len(parts) == 1 or None in numbers:
        return _listed(parts)
    return f"{sum(number for number in numbers if number is not None)} ({_listed(parts)})"


def _by_country(parts: Sequence[ColumnPart]) -> str:
    """ "25 (Lào: 10, Thái Lan: 15)" where one column states the total; else the numbers with their labels."""
    totals, others = _total_apart(parts)
    if not totals:
        return _listed(parts)
    listed = "; ".join(_said(part) if part.text[:1].isdigit() else part.text for part in others)
    return f"{totals[0].text} ({listed})" if others else totals[0].text


_JOINERS: Mapping[Any, Callable[[Sequence[ColumnPart]], str]] = {
    People: lambda parts: ", ".join(part.text for part in parts),
    Period: _time,
    Destinations: _countries,
    Count: _count,
    Breakdown: _by_country,
}
