"""A value whose column is split into several (cột chia nhỏ): its parts in one text, as its type reads it."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from doingoai_cli.vietnamese.breakdowns import Breakdown
from doingoai_cli.vietnamese.counts import Count, read_count
from doingoai_cli.vietnamese.people.persons import People
from doingoai_cli.vietnamese.places.countries import Destinations
from doingoai_cli.vietnamese.text import fold
from doingoai_cli.vietnamese.ticks import read_tick
from doingoai_cli.vietnamese.time.periods import Period

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
    ticked = not part.text.isdigit() and read_tick(part.text) is True
    return part.label if ticked else f"{part.label}: {part.text}"


def _people(parts: Sequence[ColumnPart]) -> str:
    return ", ".join(part.text for part in parts)


def _time(parts: Sequence[ColumnPart]) -> str:
    """ "12/3/2019 - 15/3/2019"; a bare number in a column of months is "tháng 5"."""
    texts = [
        f"{p.label.lower()} {p.text}" if p.text.isdigit() and _UNIT_OF_TIME.match(fold(p.label)) else p.text
        for p in parts
    ]
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
    People: _people,
    Period: _time,
    Destinations: _countries,
    Count: _count,
    Breakdown: _by_country,
}
