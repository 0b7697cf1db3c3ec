"""Records (bản ghi): one row of a form, understood, every value with its cell.

The models are written by hand; a form's YAML only maps its columns to their fields. A record keeps each value as
typed (`text`) beside what was understood of it; `cells` says where each field stands. A field that is not in
`cells` belongs to a column that this sheet does not have, which is not the same as a blank cell.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any, ClassVar, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, SkipValidation

from doingoai_cli.model.grid import CellKind, CellValue, display
from doingoai_cli.vietnamese.countries import Destinations, read_destinations
from doingoai_cli.vietnamese.documents import DocumentRef, read_document
from doingoai_cli.vietnamese.marks import read_mark, read_plan_words
from doingoai_cli.vietnamese.money import Money, read_money
from doingoai_cli.vietnamese.numbers import Breakdown, Count, read_breakdown, read_count
from doingoai_cli.vietnamese.people import People, read_people
from doingoai_cli.vietnamese.periods import Period, Precision, read_period
from doingoai_cli.vietnamese.text import clean


class Source(NamedTuple):
    """Where a field's value stands.

    `others` are the further cells of a merged value, or of a value spread over several rows.
    """

    cell: str
    row: int
    col: int
    kind: CellKind
    others: tuple[str, ...] = ()


class RowCells(Mapping[str, Source]):
    """The sources of a record in one row without merged cells, each made when it is asked for.

    Nearly every record has such, and of nearly all its cells nobody asks. `columns` is shared by the records of a
    table: field → (its index in `kinds`, column, the column's letters).
    """

    __slots__ = ("_columns", "_kinds", "_row")

    def __init__(self, row: int, columns: Mapping[str, tuple[int, int, str]], kinds: Sequence[CellKind]) -> None:
        self._row = row
        self._columns = columns
        self._kinds = kinds

    def __getitem__(self, field: str) -> Source:
        index, col, letters = self._columns[field]
        return Source(f"{letters}{self._row}", self._row, col, self._kinds[index])

    def __contains__(self, field: object) -> bool:
        return field in self._columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __reduce__(self) -> tuple[Any, ...]:
        return RowCells, (self._row, self._columns, self._kinds)

    def kind(self, field: str) -> CellKind | None:
        """What the field's cell holds; None where the table has no such column."""
        place = self._columns.get(field)
        return None if place is None else self._kinds[place[0]]


class Provenance(NamedTuple):
    """Where a record comes from: file as given, sheet, first and last row, the unit of its section row."""

    file: str
    sheet: str
    sheet_index: int
    row: int
    last_row: int
    unit: str | None = None
    """The subordinate unit of the section row above it ("I. Văn phòng Sở")."""
    hidden: bool = False

    def __str__(self) -> str:
        return f"{self.file} · {self.sheet} · dòng {self.row}"


R = TypeVar("R", bound="Record")


class Mark(NamedTuple):
    """A cell of Trong KH / Ngoài KH: `marked` is None where the text is no mark; `says` is what words say."""

    text: str
    marked: bool | None
    says: str | None


class Raw(NamedTuple):
    """A field's value on its way into a record: the cleaned text, the cell's own value where it is not text."""

    text: str
    value: CellValue | None


def _mark(raw: Raw, _year: int) -> Mark:
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


def _text(raw: Raw, _year: int) -> str:
    return raw.text


_READERS: dict[Any, Callable[[Raw, int], Any]] = {
    str: _text,
    People: lambda raw, _: read_people(raw.text),
    Destinations: lambda raw, _: read_destinations(raw.text),
    Count: _count,
    Breakdown: lambda raw, _: read_breakdown(raw.text),
    Period: _period,
    Money: lambda raw, _: read_money(raw.text),
    DocumentRef: lambda raw, _: read_document(raw.text),
    Mark: _mark,
}
_NOTHING = Raw("", None)


class Record(BaseModel):
    """What every row of every form has."""

    # Built when first asked for: what reads a file makes records by `record_of`.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    READS: ClassVar[Mapping[str, Any]] = {"ordinal": str}
    """The fields that a form's column can fill, each with its type."""

    form: str
    """The official form's code ("02.A"), also for a kindred layout of it."""
    section: str = ""
    """Form 03: "I" (done) or "II" (planned)."""
    year: int
    """The calendar year that the row speaks of."""
    provenance: SkipValidation[Provenance]
    cells: SkipValidation[Mapping[str, Source]]
    extras: SkipValidation[Mapping[str, str]] = {}
    """Columns that the form does not know ("Ghi chú"): heading → text, nothing lost."""
    ordinal: str = ""

    def text(self, field: str) -> str:
        """The field as the sender typed it (cleaned); "" where blank or without a column."""
        value = getattr(self, field, "")
        return value if isinstance(value, str) else value.text

    def has(self, field: str) -> bool:
        """Whether the sheet has that column."""
        return field in self.cells

    def sound(self, field: str) -> bool:
        """Whether the field can be judged: its column exists and its cell is no Excel error or lost formula."""
        cells = self.cells
        if isinstance(cells, RowCells):
            kind = cells.kind(field)
        else:
            source = cells.get(field)
            kind = source.kind if source else None
        return kind is not None and kind is not CellKind.ERROR and kind is not CellKind.UNCALCULATED

    def __reduce__(self) -> tuple[Any, ...]:
        # A tenth of what pydantic's own way costs, and records go from process to process by the hundred thousand.
        return _rebuilt, (type(self), tuple(self.__dict__.values()))

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that a column can fill, in the model's order."""
        return tuple(self.READS)


def record_of(model: type[R], values: Mapping[str, Any]) -> R:
    """The record `model(**values)`, from values that need no validation because our own readers made them."""
    defaults = _defaults_of(model)
    held = {**defaults, **values}
    if len(held) != len(defaults):
        raise TypeError(f"{model.__name__}: {', '.join(held.keys() - defaults.keys())}")
    record = model.__new__(model)
    record.__setstate__(
        {
            "__dict__": held,
            # One for all records: a set for each takes as much room as its values.
            "__pydantic_fields_set__": defaults.keys(),
            "__pydantic_extra__": None,
            "__pydantic_private__": None,
        }
    )
    return record


@cache
def _defaults_of(model: type[Record]) -> dict[str, Any]:
    return {name: field.default for name, field in model.model_fields.items()}


def _rebuilt(model: type[Record], values: tuple[Any, ...]) -> Record:
    return record_of(model, dict(zip(_defaults_of(model), values, strict=True)))


class Trip(Record):
    """A delegation (đoàn)."""

    name: str = ""
    nature: str = ""
    """Danh nghĩa đoàn."""
    leader: SkipValidation[People] = read_people("")
    members: SkipValidation[Count] = read_count("")
    countries: SkipValidation[Destinations] = read_destinations("")
    """Where it goes (ra) or comes from (vào)."""
    partners: str = ""
    activities: str = ""
    period: SkipValidation[Period] = read_period("", 2000)

    READS: ClassVar[Mapping[str, Any]] = {
        "ordinal": str,
        "name": str,
        "nature": str,
        "leader": People,
        "members": Count,
        "countries": Destinations,
        "partners": str,
        "activities": str,
        "period": Period,
    }


class PlannedTrip(Trip):
    """A planned delegation (Mẫu 02.A, 02.B)."""

    days: SkipValidation[Count] = read_count("")
    funding: SkipValidation[Money] = read_money("")

    READS: ClassVar[Mapping[str, Any]] = {**Trip.READS, "days": Count, "funding": Money}


class RealisedTrip(Trip):
    """A delegation that took place (Mẫu 01.A, 01.B)."""

    cost: SkipValidation[Money] = read_money("")
    report_ref: SkipValidation[DocumentRef] = read_document("")
    in_plan: SkipValidation[Mark] = _mark(_NOTHING, 0)
    off_plan: SkipValidation[Mark] = _mark(_NOTHING, 0)

    READS: ClassVar[Mapping[str, Any]] = {
        **Trip.READS,
        "cost": Money,
        "report_ref": DocumentRef,
        "in_plan": Mark,
        "off_plan": Mark,
    }

    @property
    def planned(self) -> bool | None:
        """True: Trong KH; False: Ngoài KH; None: not exactly one of the two is marked (TH01)."""
        inside, outside = (
            self._claims(m, own) for m, own in ((self.in_plan, "in_plan"), (self.off_plan, "off_plan"))
        )
        claims = inside | outside
        return claims == {"in_plan"} if len(claims) == 1 else None

    @staticmethod
    def _claims(mark: Mark, own: str) -> set[str]:
        if mark.says:
            return {mark.says}
        return {own} if mark.marked else set()


class Conference(Record):
    """An international conference or seminar (hội nghị, hội thảo quốc tế; Mẫu 03)."""

    name: str = ""
    vietnamese_delegates: SkipValidation[Count] = read_count("")
    foreign_delegates: SkipValidation[Breakdown] = read_breakdown("")
    theme: str = ""
    days: SkipValidation[Count] = read_count("")
    period: SkipValidation[Period] = read_period("", 2000)
    venue: str = ""
    budget: SkipValidation[Money] = read_money("")

    READS: ClassVar[Mapping[str, Any]] = {
        "ordinal": str,
        "name": str,
        "vietnamese_delegates": Count,
        "foreign_delegates": Breakdown,
        "theme": str,
        "days": Count,
        "period": Period,
        "venue": str,
        "budget": Money,
    }


class OfficialTrip(Record):
    """One official's journey (Bắc Giang 2018: cán bộ đi nước ngoài; seed 002)."""

    name: str = ""
    title: str = ""
    """Chức vụ."""
    countries: SkipValidation[Destinations] = read_destinations("")
    activities: str = ""
    period: SkipValidation[Period] = read_period("", 2000)
    remark: str = ""

    READS: ClassVar[Mapping[str, Any]] = {
        "ordinal": str,
        "name": str,
        "title": str,
        "countries": Destinations,
        "activities": str,
        "period": Period,
        "remark": str,
    }


class Member(NamedTuple):
    """A row of the optional members sheet (Danh sách thành viên)."""

    form: str
    trip: str
    """TT đoàn: the ordinal of the delegation in that form."""
    name: str
    title: str
    agency: str
    provenance: Provenance


MODELS: Mapping[str, type[Record]] = {
    model.__name__: model for model in (PlannedTrip, RealisedTrip, Conference, OfficialTrip)
}


def raw(value: CellValue | None) -> Raw:
    """A cell's value, ready for `understand`."""
    if value is None:
        return _NOTHING
    return Raw(clean(value), None) if isinstance(value, str) else Raw(display(value), value)


def understand(model: type[Record], values: Mapping[str, Raw], year: int) -> dict[str, Any]:
    """The typed values of a record's fields; a missing year in a time is taken as `year`."""
    readers = _readers_of(model)
    return {
        field: value.text if (reader := readers[field]) is _text else reader(value, year)
        for field, value in values.items()
    }


@cache
def _readers_of(model: type[Record]) -> Mapping[str, Callable[[Raw, int], Any]]:
    return {field: _READERS[kind] for field, kind in model.READS.items()}
