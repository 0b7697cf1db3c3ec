"""Kinds over who pays (K2.1, F(10)): the state for an exchange trip, an enterprise, no one in particular."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Annotated, Literal

from pydantic import Field

from doingoai_cli.checks.kind import NOTHING, Context, FieldKind, FieldValue, Hit, RowFacts, RowKind, RuleCode
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.money.no_source import names_no_source
from doingoai_cli.vietnamese.money.payers import (
    company_pays,
    host_pays,
    host_pays_all,
    only_companies,
    organised_by_company,
    state_pays,
    state_pays_items,
)
from doingoai_cli.vietnamese.phrases import Phrases
from doingoai_cli.vietnamese.terms import Learning, Terms
from doingoai_cli.yamlfile import FrozenModel

_ABOUT = ("name", "nature", "activities")


class LearningTrip(FrozenModel):
    """What makes a trip one to learn: any of the verbs with any of the objects ("học các kinh nghiệm")."""

    verbs: Annotated[tuple[str, ...], Field(min_length=1)]
    objects: Annotated[tuple[str, ...], Field(min_length=1)]


class BudgetTrip(RowKind):
    """An exchange, survey or sightseeing trip on the state budget (DR02); not where the host pays all."""

    kind: Literal["budget-trip"]
    ABOUT = (
        "Đoàn giao lưu, khảo sát, tham quan, học tập kinh nghiệm bằng ngân sách nhà nước. Trừ khi bên mời chi "
        "toàn bộ."
    )
    PARAMS = {
        "trips": "loại đoàn, nêu ở tên, danh nghĩa hoặc nội dung",
        "no_trips": "cụm từ chứa cách ghi đó mà không phải loại đoàn (Quỹ Giao lưu quốc tế, kết quả khảo sát)",
        "learning": (
            "đoàn đi học tập: các động từ (verbs) đi với điều học được (objects), kể cả khi có “các”, “một "
            "số” ở giữa"
        ),
        "state": "cách ghi nguồn ngân sách nhà nước",
    }
    OFFERS = {"term": "loại đoàn tìm thấy", "funding": "nguồn kinh phí như đã ghi"}
    trips: Annotated[tuple[str, ...], Field(min_length=1)]
    no_trips: tuple[str, ...] = ()
    learning: tuple[LearningTrip, ...] = ()
    state: Annotated[Terms, Field(min_length=1)]
    FIELDS = ("funding",)

    @cached_property
    def _trips(self) -> Terms:
        return Terms(self.trips, self.no_trips)

    @cached_property  # once a rule: saves 0.25 s
    def _learning(self) -> tuple[Learning, ...]:
        others = [phrase for one in self.learning for phrase in (*one.verbs, *one.objects)]
        return tuple(Learning(one.verbs, one.objects, others) for one in self.learning)

    @cached_property
    def _told(self) -> Phrases:
        """One of these is in every text that names such a trip: nearly all others are told by one look."""
        return Phrases((*self.trips, *(thing for one in self.learning for thing in one.objects)))

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """At most one hit, at the cell that says what kind of trip it is."""
        funding = record.text(fields[0])
        if not _is_paid_by(self.state, funding) or not record.sound(fields[0]):
            return NOTHING
        place, term = next(((n, t) for n in _ABOUT if (t := self._kind_of_trip(record.text(n)))), ("", ""))
        if not place or not record.sound(place):
            return NOTHING
        return (Hit(place, {"term": term, "funding": " ".join(funding.split())}),)

    def _kind_of_trip(self, text: str) -> str | None:
        if not self._told.find(text):
            return None
        term = self._trips.asserted(text)
        for learning in () if term else self._learning:
            term = term or learning.asserted(text)
        return term


@lru_cache(maxsize=4096)  # saves 0.45 s: most rows of an inbox are paid by one of few sources
def _is_paid_by(state: Terms, funding: str) -> bool:
    """Whether the state budget pays for something, and the host not for all."""
    if not state_pays(funding, state):
        return False
    return not host_pays_all(funding) or state_pays_items(funding, state)


class EnterprisePays(RowKind):
    """A delegation that an enterprise organises, invites or pays (DR03); one to be visited is no fault."""

    kind: Literal["enterprise-pays"]
    ABOUT = (
        "Đoàn do doanh nghiệp tổ chức, mời hoặc đài thọ. Doanh nghiệp chỉ là nơi đến thăm, làm việc thì không "
        "tính."
    )
    PARAMS = {
        "companies": "cách ghi doanh nghiệp",
        "no_companies": "cụm từ chứa cách ghi đó mà không phải doanh nghiệp (hãng thông tấn)",
    }
    companies: Annotated[tuple[str, ...], Field(min_length=1)]
    no_companies: tuple[str, ...] = ()
    FIELDS = ("funding",)

    @cached_property  # once a rule: saves 0.16 s
    def _companies(self) -> Terms:
        return Terms(self.companies, self.no_companies)

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """At most one hit: in the funding, else where the trip is described."""
        told = map(record.text, (fields[0], "partners", *_ABOUT))
        if not any(map(self._companies.first, told)):
            return NOTHING  # nearly every row
        funding = record.text(fields[0])
        if funding and record.sound(fields[0]) and self._paid(funding, record.text("partners")):
            return (Hit(fields[0]),)
        for name in _ABOUT:
            if organised_by_company(record.text(name), self._companies) and record.sound(name):
                return (Hit(name),)
        return NOTHING

    def _paid(self, funding: str, partners: str) -> bool:
        """Whether a company pays; a host does as one only where the partners are companies alone."""
        if company_pays(funding, self._companies):
            return True
        if self._companies.first(partners) is None or not only_companies(partners, self._companies):
            return False
        return host_pays(funding)


class SpecificFunding(FieldKind):
    """Funding must be more than general words and sums (DR15, DV04); blank cells are not judged."""

    kind: Literal["specific-funding"]
    ABOUT = "Nguồn kinh phí phải cụ thể: không chỉ gồm các từ chung chung này (và số tiền). Ô trống không xét."
    PARAMS = {"vague": "các từ chung chung", "of": "mã quy tắc cùng loại, để dùng chung các từ của quy tắc đó"}
    vague: Terms = Terms(())
    of: RuleCode = ""
    FIELDS = ("funding",)

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        other = row.kinds.get(self.of)
        vague = other.vague if isinstance(other, SpecificFunding) and not self.vague else self.vague
        return Hit(cell.field) if names_no_source(cell.text, vague.phrases) else None
