"""Records (bản ghi): one row of a form, understood, every value with its cell.

The models are written by hand; a form's YAML only maps its columns to their fields. A record keeps each value as
typed (`text`) beside what was understood of it; `cells` says where each field stands. A field that is not in
`cells` belongs to a column that this sheet does not have, which is not the same as a blank cell.
"""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, NamedTuple

from pydantic.dataclasses import dataclass

from doingoai_cli.model.record import CLOSED, Record, column_types
from doingoai_cli.model.sources import Provenance
from doingoai_cli.model.values import (
    NEVER,
    NO_DOCUMENT,
    NO_LEVEL,
    NO_MONEY,
    NO_PARTS,
    NO_STATE,
    NO_TERM,
    NO_VALUE,
    NOBODY,
    NOWHERE,
    UNCOUNTED,
    UNTICKED,
    BreakdownField,
    CountField,
    DestinationsField,
    DocumentField,
    LevelField,
    MoneyField,
    PeopleField,
    PeriodField,
    ProjectTimeField,
    SigningTimeField,
    StateField,
    Text,
    TickField,
    UsdField,
    ValidityField,
)
from doingoai_cli.vietnamese.time.periods import Period, Precision

__all__ = [
    "MODELS", "Agreement", "AidProject", "Award", "Conference", "InternationalConference", "Member",
    "OfficialTrip", "PlannedTrip", "RealisedTrip", "Record", "Trip", "column_types",
    "ordinal_key",
]  # fmt: skip


@dataclass(slots=True, frozen=True, config=CLOSED)
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


@dataclass(slots=True, frozen=True, config=CLOSED)
class PlannedTrip(Trip):
    """A planned delegation (Mẫu 02.A, 02.B)."""

    days: CountField = UNCOUNTED
    funding: MoneyField = NO_MONEY


@dataclass(slots=True, frozen=True, config=CLOSED)
class RealisedTrip(Trip):
    """A delegation that took place (Mẫu 01.A, 01.B)."""

    cost: MoneyField = NO_MONEY
    report_ref: DocumentField = NO_DOCUMENT
    in_plan: TickField = UNTICKED
    off_plan: TickField = UNTICKED

    @property
    def planned(self) -> bool | None:
        """True: Trong KH; False: Ngoài KH; None: not exactly one of the two is ticked (TH01)."""
        inside, outside = self.in_plan, self.off_plan
        first = inside.says or ("in_plan" if inside.ticked else "")
        second = outside.says or ("off_plan" if outside.ticked else "")
        if first and second and first != second:
            return None
        return (first or second) == "in_plan" if first or second else None


@dataclass(slots=True, frozen=True, config=CLOSED)
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


@dataclass(slots=True, frozen=True, config=CLOSED)
class OfficialTrip(Record):
    """One official's journey (Bắc Giang 2018: cán bộ đi nước ngoài; seed 002)."""

    OF_PERSONS: ClassVar[bool] = True
    name: Text = ""
    title: Text = ""
    """Chức vụ."""
    countries: DestinationsField = NOWHERE
    activities: Text = ""
    period: PeriodField = NEVER
    remark: Text = ""


@dataclass(slots=True, frozen=True, config=CLOSED)
class InternationalConference(Conference):
    """A conference under Decision 06/2020/QĐ-TTg (Mẫu 5): who permitted it, its form, its report."""

    BY_DATE: ClassVar[bool] = True
    CLOSING_DAY: ClassVar[int | None] = 14
    permitted_by: Text = ""
    """Cơ quan cho phép."""
    held: Text = ""
    """Hình thức: trực tiếp, trực tuyến, kết hợp."""
    foreign_partner: Text = ""
    report_ref: DocumentField = NO_DOCUMENT


@dataclass(slots=True, frozen=True, config=CLOSED)
class Agreement(Record):
    """An international agreement (thỏa thuận quốc tế; Mẫu 4)."""

    BESIDES: ClassVar[tuple[str, ...]] = ("partners", "signed")
    BY_DATE: ClassVar[bool] = True
    name: Text = ""
    document_type: Text = ""
    level: LevelField = NO_LEVEL
    signatory: Text = ""
    """Danh nghĩa ký (bên Việt Nam)."""
    partners: Text = ""
    countries: DestinationsField = NOWHERE
    signed: SigningTimeField = NEVER
    effective: PeriodField = NEVER
    validity: ValidityField = NO_TERM
    """Thời hạn, ngày hết hiệu lực."""
    state: StateField = NO_STATE
    result: Text = ""
    remark: Text = ""

    @property
    def period(self) -> Period:
        """When it was signed, or is to be."""
        return self.signed

    @property
    def ends(self) -> date | None:
        """Its last day in force; None where it has none or none can be told."""
        begins = self.effective if self.effective.start else self.signed
        return self.validity.end(begins.start if begins.precision is Precision.DAY else None)


@dataclass(slots=True, frozen=True, config=CLOSED)
class AidProject(Record):
    """A project of a foreign non-governmental organisation (dự án viện trợ PCPNN)."""

    BESIDES: ClassVar[tuple[str, ...]] = ("organisation",)
    BY_DATE: ClassVar[bool] = True
    organisation: Text = ""
    countries: DestinationsField = NOWHERE
    name: Text = ""
    sector: Text = ""
    """Lĩnh vực."""
    area: Text = ""
    """Địa bàn."""
    value: UsdField = NO_VALUE
    period: ProjectTimeField = NEVER
    registration: Text = ""
    """Số giấy đăng ký."""
    result: Text = ""


@dataclass(slots=True, frozen=True, config=CLOSED)
class Award(Record):
    """An award given to foreigners or received of them (khen thưởng; Mẫu 7)."""

    OF_PERSONS: ClassVar[bool] = True
    BESIDES: ClassVar[tuple[str, ...]] = ("award", "decision")
    BY_DATE: ClassVar[bool] = True
    name: Text = ""
    countries: DestinationsField = NOWHERE
    position: Text = ""
    """Chức vụ, lĩnh vực."""
    award: Text = ""
    """Hình thức."""
    level: LevelField = NO_LEVEL
    decision: DocumentField = NO_DOCUMENT
    remark: Text = ""

    @property
    def period(self) -> Period:
        """The day of the decision."""
        day = self.decision.date
        return Period(self.decision.text, day, day, Precision.DAY) if day else NEVER


class Member(NamedTuple):
    """A row of the optional members sheet (Danh sách thành viên)."""

    form: str
    trip: str
    """TT đoàn: the ordinal of the delegation in that form."""
    name: str
    title: str
    agency: str
    provenance: Provenance
    cell: str = ""
    """Where its TT đoàn stands."""


def ordinal_key(ordinal: str) -> str:
    """An ordinal for comparing: "01." and "(1)" are "1"."""
    return ordinal.strip(" .()").lstrip("0").casefold()


MODELS: Mapping[str, type[Record]] = {
    model.__name__: model
    for model in (
        PlannedTrip,
        RealisedTrip,
        Conference,
        OfficialTrip,
        InternationalConference,
        Agreement,
        AidProject,
        Award,
    )
}
