"""Records (bản ghi): one row of a form, understood, every value with its cell.

The models are written by hand; a form's YAML only maps its columns to their fields. A record keeps each value as
typed (`text`) beside what was understood of it; `cells` says where each field stands. A field that is not in
`cells` belongs to a column that this sheet does not have, which is not the same as a blank cell.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple, TypeVar, dataclass_transform

from doingoai_cli.model.grid import CellKind
from doingoai_cli.model.sources import Provenance, RowCells, Source
from doingoai_cli.model.values import NOTHING, READERS, Mark, Raw, read_mark_cell, read_text
from doingoai_cli.vietnamese.documents import DocumentRef, read_document
from doingoai_cli.vietnamese.money.amounts import Money, read_money
from doingoai_cli.vietnamese.numbers import Breakdown, Count, read_breakdown, read_count
from doingoai_cli.vietnamese.people.persons import People, read_people
from doingoai_cli.vietnamese.places.countries import Destinations, read_destinations
from doingoai_cli.vietnamese.time.periods import Period, read_period

R = TypeVar("R")

# What a field holds whose form has no column for it.
_NOBODY = read_people("")
_UNCOUNTED = read_count("")
_NOWHERE = read_destinations("")
_NEVER = read_period("", 2000)
_NO_MONEY = read_money("")
_NO_DOCUMENT = read_document("")
_UNMARKED = read_mark_cell(NOTHING, 0)
_NO_PARTS = read_breakdown("")


@dataclass_transform(frozen_default=True)
def _value(model: type[R]) -> type[R]:
    """A dataclass with slots, frozen for whoever checks types.

    Our own readers make records by the hundred thousand. Slots without validation take a fifth of the memory of a
    pydantic model, and a guard against assignment at run time would make each eight times as dear to make.
    """
    return dataclass(slots=True)(model)


@_value
class Record:
    """What every row of every form has."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}
    READS: ClassVar[Mapping[str, Any]] = {"ordinal": str}
    """The fields that a form's column can fill, each with its type."""

    form: str
    """The official form's code ("02.A"), also for a kindred layout of it."""
    section: str
    """Form 03: "I" (done) or "II" (planned); else ""."""
    year: int
    """The calendar year that the row speaks of."""
    provenance: Provenance
    cells: Mapping[str, Source]
    extras: Mapping[str, str]
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
        # A tenth of what slots by name cost, and records go from process to process by the hundred thousand.
        return type(self), _VALUES_OF[type(self)](self)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that a column can fill, in the model's order."""
        return tuple(self.READS)


@_value
class Trip(Record):
    """A delegation (đoàn)."""

    name: str = ""
    nature: str = ""
    """Danh nghĩa đoàn."""
    leader: People = _NOBODY
    members: Count = _UNCOUNTED
    countries: Destinations = _NOWHERE
    """Where it goes (ra) or comes from (vào)."""
    partners: str = ""
    activities: str = ""
    period: Period = _NEVER

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


@_value
class PlannedTrip(Trip):
    """A planned delegation (Mẫu 02.A, 02.B)."""

    days: Count = _UNCOUNTED
    funding: Money = _NO_MONEY

    READS: ClassVar[Mapping[str, Any]] = {**Trip.READS, "days": Count, "funding": Money}


@_value
class RealisedTrip(Trip):
    """A delegation that took place (Mẫu 01.A, 01.B)."""

    cost: Money = _NO_MONEY
    report_ref: DocumentRef = _NO_DOCUMENT
    in_plan: Mark = _UNMARKED
    off_plan: Mark = _UNMARKED

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


@_value
class Conference(Record):
    """An international conference or seminar (hội nghị, hội thảo quốc tế; Mẫu 03)."""

    name: str = ""
    vietnamese_delegates: Count = _UNCOUNTED
    foreign_delegates: Breakdown = _NO_PARTS
    theme: str = ""
    days: Count = _UNCOUNTED
    period: Period = _NEVER
    venue: str = ""
    budget: Money = _NO_MONEY

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


@_value
class OfficialTrip(Record):
    """One official's journey (Bắc Giang 2018: cán bộ đi nước ngoài; seed 002)."""

    name: str = ""
    title: str = ""
    """Chức vụ."""
    countries: Destinations = _NOWHERE
    activities: str = ""
    period: Period = _NEVER
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


_VALUES_OF: Mapping[type[Record], Callable[[Record], tuple[Any, ...]]] = {
    model: attrgetter(*(field.name for field in fields(model))) for model in MODELS.values()
}
_READERS_OF: Mapping[type[Record], Mapping[str, Callable[[Raw, int], Any]]] = {
    model: {field: READERS[kind] for field, kind in model.READS.items()} for model in MODELS.values()
}


def understand(model: type[Record], values: Mapping[str, Raw], year: int) -> dict[str, Any]:
    """The typed values of a record's fields; a missing year in a time is taken as `year`."""
    readers = _READERS_OF[model]
    return {
        field: value.text if (reader := readers[field]) is read_text else reader(value, year)
        for field, value in values.items()
    }
