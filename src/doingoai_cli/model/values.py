"""A cell's value on its way into a record, and what each type of field understands of it.

`Text`, `PeopleField` and the like are what a record's fields are declared with: the type of the value and the
function that reads a cell into it. Each takes a cell (`Raw`), its text, or a value that was read before, which
stays as it is; anything else is refused (pydantic.ValidationError).
"""

import re
from collections.abc import Callable
from datetime import MINYEAR, date, datetime, time
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import GetJsonSchemaHandler, TypeAdapter, ValidationInfo
from pydantic_core.core_schema import (
    CoreSchema,
    no_info_plain_validator_function,
    with_info_plain_validator_function,
)

from doingoai_cli.model.grid import CellValue, display
from doingoai_cli.vietnamese.agreement_terms import AgreementState, Validity, read_state, read_validity
from doingoai_cli.vietnamese.breakdowns import Breakdown, read_breakdown
from doingoai_cli.vietnamese.counts import Count, read_count
from doingoai_cli.vietnamese.documents import DocumentRef, read_document
from doingoai_cli.vietnamese.levels import Level, read_level
from doingoai_cli.vietnamese.money.amounts import Money, read_money
from doingoai_cli.vietnamese.money.usd import UsdValue, read_usd
from doingoai_cli.vietnamese.people.persons import People, read_people
from doingoai_cli.vietnamese.places.countries import Destinations, read_destinations
from doingoai_cli.vietnamese.text import clean
from doingoai_cli.vietnamese.ticks import read_plan_words, read_tick
from doingoai_cli.vietnamese.time.periods import Period, Precision, ongoing, read_period

T = TypeVar("T")


class Tick(NamedTuple):
    """A cell of Trong KH / Ngoài KH: `ticked` is None where the text is no tick; `says` is what words say."""

    text: str
    ticked: bool | None
    says: str | None


class Raw(NamedTuple):
    """A field's value on its way into a record: the cleaned text, the cell's own value where it is not text."""

    text: str
    value: CellValue | None


NOTHING = Raw("", None)
"""A blank cell."""
OF_VALUES: tuple[type, ...] = (Count, Period)
"""What is read of a number, a date in a cell; anything else is read of the text that stands there."""
_NO_NUMBERS, _NO_DATES = (str, datetime, date, time), (bool, time)  # made once: this is asked of each cell


def raw(value: CellValue | None) -> Raw:
    """A cell's value, ready to be a field of a record."""
    if value is None:
        return NOTHING
    return Raw(clean(value), None) if isinstance(value, str) else Raw(display(value), value)


class ReadBy:
    """Marks a field whose values `read` makes; of nothing else of its type does pydantic know.

    `PlainValidator` has the type's own schema made twice as well, to print it: half of what a record takes to be
    built at each start. Here it is made where it is described (`doingoai schema`).
    """

    def __init__(self, kind: type, read: Callable[..., object], *, of_record: bool = False) -> None:
        """`of_record`: the fields before it say how it is read."""
        self._kind = kind
        self._read = read
        self._of_record = of_record

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        if self._of_record:
            return with_info_plain_validator_function(self._read)
        return no_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, _schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        # pydantic keeps the definition of what stands twice in a schema, for all fields to refer to.
        pair = TypeAdapter(tuple[self._kind, self._kind])  # type: ignore[name-defined]
        described: dict[str, Any] = handler(pair.core_schema)["prefixItems"][0]
        return described


def _text(value: object) -> str:
    """The text itself."""
    if isinstance(value, str):
        return value
    return _read_before(value, Raw).text


def _from_text(kind: type[T], read: Callable[[str], T]) -> Callable[[object], T]:
    """The validator of a field that is read by its text alone."""

    def validated(value: object) -> T:
        if isinstance(value, str):
            return read(value)
        return read(value.text) if isinstance(value, Raw) else _read_before(value, kind)

    return validated


def _read_before(value: object, kind: type[T]) -> T:
    if isinstance(value, kind):
        return value
    raise ValueError(f"{kind.__name__} expected, not {type(value).__name__}")


@lru_cache(maxsize=4096)  # saves 0.24 s
def read_tick_cell(text: str) -> Tick:
    """What a cell of Trong KH / Ngoài KH says."""
    return Tick(text, read_tick(text), read_plan_words(text))


def _count(value: object) -> Count:
    """A whole number, of a cell with a number or with text."""
    if isinstance(value, str):
        return read_count(value)
    if not isinstance(value, Raw):
        return _read_before(value, Count)
    if value.value is None or isinstance(value.value, _NO_NUMBERS):
        return read_count(value.text)
    return _count_of_number(value.value)


_count_of_number = lru_cache(maxsize=4096, typed=True)(read_count)  # saves 0.038 s


def _period(value: object, record: ValidationInfo) -> Period:
    """A time, of a cell with a date or with text; a missing year is the record's own."""
    year = record.data.get("year", MINYEAR)  # it lacks where it was refused itself
    if isinstance(value, str):
        return read_period(value, year)
    if isinstance(value, Raw):
        return _period_of_cell(value, year)
    return _read_before(value, Period)


def _project_time(value: object, record: ValidationInfo) -> Period:
    """The time of a project, which goes on where it names no end, and until the day to which it was prolonged."""
    year = record.data.get("year", MINYEAR)
    period = _period(value, record)
    if period.days is None and (later := _LATER_END.search(period.text)):
        first, prolonged = (
            read_period(period.text[: later.start()].rstrip(" \n,;("), year),
            read_period(later["until"] or "", year),
        )
        if first.end and prolonged.end and prolonged.end > first.end:
            return first._replace(text=period.text, end=prolonged.end)
        return ongoing(first._replace(text=f"từ {first.text}"), year)._replace(text=period.text)
    return ongoing(period, year)


_LATER_END = re.compile(
    r"\b(?:đã )?(?:được )?(?:gia hạn|kéo dài)(?: thêm)?\b(?P<until>.*)|\b(?:cho )?đến khi\b", re.I | re.S
)


def _signing_time(value: object, record: ValidationInfo) -> Period:
    """When an agreement was signed; in its own column “ký ngày …” is no other document's day."""
    period = _period(value, record)
    said = _SIGNED.match(period.text)
    if said is None:
        return period
    return read_period(period.text[said.end() :], record.data.get("year", MINYEAR))._replace(text=period.text)


_SIGNED = re.compile(r"\s*(?:đã )?ký(?: kết)?(?: vào)?:?\s+(?=ngày|\d)", re.IGNORECASE)


def _period_of_cell(cell: Raw, year: int) -> Period:
    value = cell.value
    if value is None or isinstance(value, _NO_DATES):
        return read_period(cell.text, year)
    period = read_period(value, year)
    if period.precision is Precision.YEAR:
        return period
    return period._replace(text=(shown_date(value) if isinstance(value, int | float) else None) or cell.text)


def shown_date(value: float) -> str | None:
    """A date whose format was lost as the date that it is (43600: "15/05/2019"), which nobody reads in the number.

    None where the number is no date.
    """
    period = read_period(value, MINYEAR)
    return display(period.start) if period.precision is Precision.DAY and period.start is not None else None


Text = Annotated[str, ReadBy(str, _text)]
PeopleField = Annotated[People, ReadBy(People, _from_text(People, read_people))]
CountField = Annotated[Count, ReadBy(Count, _count)]
BreakdownField = Annotated[Breakdown, ReadBy(Breakdown, _from_text(Breakdown, read_breakdown))]
DestinationsField = Annotated[Destinations, ReadBy(Destinations, _from_text(Destinations, read_destinations))]
PeriodField = Annotated[Period, ReadBy(Period, _period, of_record=True)]
SigningTimeField = Annotated[Period, ReadBy(Period, _signing_time, of_record=True)]
ProjectTimeField = Annotated[Period, ReadBy(Period, _project_time, of_record=True)]
MoneyField = Annotated[Money, ReadBy(Money, _from_text(Money, read_money))]
DocumentField = Annotated[DocumentRef, ReadBy(DocumentRef, _from_text(DocumentRef, read_document))]
UsdField = Annotated[UsdValue, ReadBy(UsdValue, _from_text(UsdValue, read_usd))]
LevelField = Annotated[Level, ReadBy(Level, _from_text(Level, read_level))]
StateField = Annotated[AgreementState, ReadBy(AgreementState, _from_text(AgreementState, read_state))]
ValidityField = Annotated[Validity, ReadBy(Validity, _from_text(Validity, read_validity))]
TickField = Annotated[Tick, ReadBy(Tick, _from_text(Tick, read_tick_cell))]

# What a field holds whose form has no column for it, or whose cell is blank.
NOBODY = read_people("")
UNCOUNTED = read_count("")
NO_PARTS = read_breakdown("")
NOWHERE = read_destinations("")
NEVER = read_period("", 2000)
NO_MONEY = read_money("")
NO_DOCUMENT = read_document("")
NO_VALUE = read_usd("")
NO_LEVEL = read_level("")
NO_STATE = read_state("")
NO_TERM = read_validity("")
UNTICKED = read_tick_cell("")
