"""Records (bản ghi): one row of a form, understood, every value with its cell.

The models are written by hand; a form's YAML only maps its columns to their fields. A record keeps each value as
typed (`text`) beside what was understood of it; `cells` says where each field stands. A field that is not in
`cells` belongs to a column that this sheet does not have, which is not the same as a blank cell.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, SkipValidation

from doingoai_cli.model.grid import CellKind
from doingoai_cli.model.sources import Provenance, RowCells, Source
from doingoai_cli.model.values import NOTHING, READERS, Mark, Raw, read_mark_cell, read_text
from doingoai_cli.vietnamese.countries import Destinations, read_destinations
from doingoai_cli.vietnamese.documents import DocumentRef, read_document
from doingoai_cli.vietnamese.money import Money, read_money
from doingoai_cli.vietnamese.numbers import Breakdown, Count, read_breakdown, read_count
from doingoai_cli.vietnamese.people import People, read_people
from doingoai_cli.vietnamese.periods import Period, read_period

R = TypeVar("R", bound="Record")


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
    in_plan: SkipValidation[Mark] = read_mark_cell(NOTHING, 0)
    off_plan: SkipValidation[Mark] = read_mark_cell(NOTHING, 0)

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


def understand(model: type[Record], values: Mapping[str, Raw], year: int) -> dict[str, Any]:
    """The typed values of a record's fields; a missing year in a time is taken as `year`."""
    readers = _readers_of(model)
    return {
        field: value.text if (reader := readers[field]) is read_text else reader(value, year)
        for field, value in values.items()
    }


@cache
def _readers_of(model: type[Record]) -> Mapping[str, Callable[[Raw, int], Any]]:
    return {field: READERS[kind] for field, kind in model.READS.items()}
