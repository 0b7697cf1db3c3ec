"""Records (bản ghi): one row of a form, understood, every value with its cell.

The models are written by hand; a form's YAML only maps its columns to their fields. A record keeps each value as
typed (`text`) beside what was understood of it; `cells` says where each field stands. A field that is not in
`cells` belongs to a column that this sheet does not have, which is not the same as a blank cell.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from operator import attrgetter
from typing import Any, NamedTuple, get_type_hints

from pydantic import ConfigDict, SkipValidation
from pydantic.dataclasses import dataclass

from doingoai_cli.model.grid import CellKind
from doingoai_cli.model.sources import Provenance, RowCells, Source
from doingoai_cli.model.values import (
    NEVER,
    NO_DOCUMENT,
    NO_MONEY,
    NO_PARTS,
    NOBODY,
    NOWHERE,
    UNCOUNTED,
    UNMARKED,
    BreakdownField,
    CountField,
    DestinationsField,
    DocumentField,
    Mark,
    MarkField,
    MoneyField,
    PeopleField,
    PeriodField,
    Text,
)

_CLOSED = ConfigDict(extra="forbid", defer_build=True)


@dataclass(slots=True, frozen=True, config=_CLOSED)
class Record:
    """What every row of every form has."""

    form: str
    """The official form's code ("02.A"), also for a kindred layout of it."""
    section: str
    """Form 03: "I" (done) or "II" (planned); else ""."""
    year: int
    """The calendar year that the row speaks of."""
    provenance: SkipValidation[Provenance]
    cells: SkipValidation[Mapping[str, Source]]
    extras: SkipValidation[Mapping[str, str]]
    """Columns that the form does not know ("Ghi chú"): heading → text, nothing lost."""
    ordinal: Text = ""

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
        return tuple(column_types(type(self)))


@dataclass(slots=True, frozen=True, config=_CLOSED)
class Trip(Record):
    """A delegation (đoàn)."""

    name: Text = ""
    nature: Text = ""
    """Danh nghĩa đoàn."""
    leader: PeopleField = NOBODY
    members: CountField = UNCOUNTED
    countries: DestinationsField = NOWHERE
    """Where it goes (ra) or comes from (vào)."""
    partners: Text = ""
    activities: Text = ""
    period: PeriodField = NEVER


@dataclass(slots=True, frozen=True, config=_CLOSED)
class PlannedTrip(Trip):
    """A planned delegation (Mẫu 02.A, 02.B)."""

    days: CountField = UNCOUNTED
    funding: MoneyField = NO_MONEY


@dataclass(slots=True, frozen=True, config=_CLOSED)
class RealisedTrip(Trip):
    """A delegation that took place (Mẫu 01.A, 01.B)."""

    cost: MoneyField = NO_MONEY
    report_ref: DocumentField = NO_DOCUMENT
    in_plan: MarkField = UNMARKED
    off_plan: MarkField = UNMARKED

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


@dataclass(slots=True, frozen=True, config=_CLOSED)
class Conference(Record):
    """An international conference or seminar (hội nghị, hội thảo quốc tế; Mẫu 03)."""

    name: Text = ""
    vietnamese_delegates: CountField = UNCOUNTED
    foreign_delegates: BreakdownField = NO_PARTS
    theme: Text = ""
    days: CountField = UNCOUNTED
    period: PeriodField = NEVER
    venue: Text = ""
    budget: MoneyField = NO_MONEY


@dataclass(slots=True, frozen=True, config=_CLOSED)
class OfficialTrip(Record):
    """One official's journey (Bắc Giang 2018: cán bộ đi nước ngoài; seed 002)."""

    name: Text = ""
    title: Text = ""
    """Chức vụ."""
    countries: DestinationsField = NOWHERE
    activities: Text = ""
    period: PeriodField = NEVER
    remark: Text = ""


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


def column_types(model: type[Record]) -> Mapping[str, Any]:
    """The fields that a form's column can fill, in order, each with the type of its values (`str`, `People`, …).

    They are the ones with a default; the others say which row it is, and every record is given them.
    """
    return _COLUMN_TYPES[model]


_COLUMN_TYPES: Mapping[type[Record], Mapping[str, Any]] = {
    model: {field.name: hints[field.name] for field in fields(model) if field.default is not MISSING}
    for model, hints in ((model, get_type_hints(model)) for model in MODELS.values())
}
