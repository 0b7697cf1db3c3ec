"""A cell's value on its way into a record, and what each type of field understands of it."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple

from doingoai_cli.model.grid import CellValue, display
from doingoai_cli.vietnamese.documents import DocumentRef, read_document
from doingoai_cli.vietnamese.money.amounts import Money, read_money
from doingoai_cli.vietnamese.numbers import Breakdown, Count, read_breakdown, read_count
from doingoai_cli.vietnamese.people.persons import People, read_people
from doingoai_cli.vietnamese.places.countries import Destinations, read_destinations
from doingoai_cli.vietnamese.text import clean
from doingoai_cli.vietnamese.ticks import read_mark, read_plan_words
from doingoai_cli.vietnamese.time.periods import Period, Precision, read_period


class Mark(NamedTuple):
    """A cell of Trong KH / Ngoài KH: `marked` is None where the text is no mark; `says` is what words say."""

    text: str
    marked: bool | None
    says: str | None


class Raw(NamedTuple):
    """A field's value on its way into a record: the cleaned text, the cell's own value where it is not text."""

    text: str
    value: CellValue | None


def read_mark_cell(raw: Raw, _year: int) -> Mark:
    """What a cell of Trong KH / Ngoài KH says."""
    return Mark(raw.text, read_mark(raw.text), read_plan_words(raw.text))


def _period(raw: Raw, year: int) -> Period:
    value = raw.value
    if isinstance(value, bool | time) or value is None:
        return read_period(raw.text, year)
    period = read_period(value, year)
    return period if period.precision is Precision.YEAR else period._replace(text=raw.text)


def _count(raw: Raw, _year: int) -> Count:
    value = raw.value
    return read_count(raw.text if isinstance(value, datetime | date | time) or value is None else value)


def read_text(raw: Raw, _year: int) -> str:
    """The text itself."""
    return raw.text


READERS: dict[Any, Callable[[Raw, int], Any]] = {
    str: read_text,
    People: lambda raw, _: read_people(raw.text),
    Destinations: lambda raw, _: read_destinations(raw.text),
    Count: _count,
    Breakdown: lambda raw, _: read_breakdown(raw.text),
    Period: _period,
    Money: lambda raw, _: read_money(raw.text),
    DocumentRef: lambda raw, _: read_document(raw.text),
    Mark: read_mark_cell,
}


@lru_cache(maxsize=256)
def text_reader(kind: Any, year: int) -> Callable[[str], Any]:
    """Tells what a cleaned text says in a field of type `kind`, in a row of `year`; each text is read once."""
    read = READERS[kind]
    return lru_cache(maxsize=16384)(lambda text: read(Raw(text, None), year))


@lru_cache(maxsize=256)
def value_reader(kind: Any, year: int) -> Callable[[CellValue], Any]:
    """The same for cells that hold no text: numbers, dates, truth values."""
    read = READERS[kind]
    return lru_cache(maxsize=16384, typed=True)(lambda value: read(Raw(display(value), value), year))


NOTHING = Raw("", None)
"""A blank cell."""


def raw(value: CellValue | None) -> Raw:
    """A cell's value, ready for `understand`."""
    if value is None:
        return NOTHING
    return Raw(clean(value), None) if isinstance(value, str) else Raw(display(value), value)
