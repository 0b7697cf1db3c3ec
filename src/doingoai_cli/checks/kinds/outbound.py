"""Kinds over where a delegation goes, with how many and for how long (K2.3, K2.4, K2.5)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from doingoai_cli.checks.kind import (
    NOTHING,
    Context,
    FieldKind,
    FieldValue,
    FormCode,
    Hit,
    RowFacts,
    RowKind,
    RuleCode,
)
from doingoai_cli.checks.kinds.people import GeneralHead
from doingoai_cli.messages import did_you_mean
from doingoai_cli.model.findings import Severity
from doingoai_cli.model.records import Record, Trip
from doingoai_cli.vietnamese.people.leaders import general_head
from doingoai_cli.vietnamese.people.persons import Person
from doingoai_cli.vietnamese.places.countries import SUBREGIONS, Destinations, country_name, subregion
from doingoai_cli.vietnamese.text import is_blank
from doingoai_cli.yamlfile import FrozenModel


class Tier(FrozenModel):
    """Heads of delegations to whom another limit applies."""

    limit: Annotated[int, Field(ge=1)]
    titles: Annotated[tuple[str, ...], Field(min_length=1)]


class MemberLimit(RowKind):
    """Members up to a limit by the head's title (DR07, K2.3); a general head: only the highest limit."""

    kind: Literal["member-limit"]
    ABOUT = (
        "Số thành viên không vượt mức theo chức vụ trưởng đoàn. Trưởng đoàn ghi chung chung: chỉ xét mức cao nhất."
    )
    PARAMS = {
        "default": "mức cho các đoàn còn lại",
        "tiers": "mức riêng theo chức vụ trưởng đoàn, xét lần lượt",
        "general_of": "quy tắc nêu các cách ghi trưởng đoàn chung chung",
    }
    OFFERS = {"members": "số thành viên", "limit": "mức áp dụng", "leader": "trưởng đoàn như đã ghi"}
    default: Annotated[int, Field(ge=1)]
    tiers: tuple[Tier, ...] = ()
    general_of: RuleCode = "DR13"
    FIELDS = ("members",)

    @property
    def highest(self) -> int:
        """The highest limit, the default and all tiers considered (persons)."""
        return max((self.default, *(tier.limit for tier in self.tiers)))

    @property
    def stated(self) -> Mapping[str, Any]:
        """The limit with those that hold for some heads."""
        special = "; ".join(f"{tier.limit} nếu trưởng đoàn là {', '.join(tier.titles)}" for tier in self.tiers)
        return {**super().stated, "limit": f"{self.default} (hoặc {special})" if special else self.default}

    @cached_property  # once a rule: saves 0.013 s
    def lowest(self) -> int:
        """The lowest limit, the default and all tiers considered (persons)."""
        return min((self.default, *(tier.limit for tier in self.tiers)))

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """At most one hit."""
        if not isinstance(record, Trip):
            return NOTHING
        members = record.members.value
        if members is None or members <= self.lowest:
            return NOTHING
        limit = self._limit(record, context)
        if members <= limit or not record.sound("members"):
            return NOTHING
        leader = " ".join(record.leader.text.split())
        return (Hit("members", {"members": members, "limit": limit, "leader": leader}),)

    def _limit(self, record: Trip, context: Context) -> int:
        text = record.leader.text
        if is_blank(text) or not record.sound("leader") or self._says_nothing(text, context):
            return self.highest
        head = record.leader.persons[0] if record.leader.persons else Person(None, ())
        for tier in self.tiers:
            if head.has_title(*tier.titles, *(f"{title} {context.province}" for title in tier.titles)):
                return tier.limit
        return self.default

    def _says_nothing(self, text: str, context: Context) -> bool:
        kind = context.kinds.get(self.general_of)
        terms = kind.terms[Severity.ERROR] if isinstance(kind, GeneralHead) else ()
        return general_head(text, terms) is not None


def _known(name: str) -> str:
    if name not in SUBREGIONS:
        near = did_you_mean(name, SUBREGIONS, f"; các tiểu vùng có: {', '.join(SUBREGIONS)}")
        raise ValueError(f"không có tiểu vùng “{name}”{near}")
    return name


class OneArea(FieldKind):
    """The countries must lie in one area (DR09, K2.4)."""

    kind: Literal["one-area"]
    ABOUT = "Các nước đến phải cùng một khu vực."
    PARAMS = {"areas": "các khu vực: mỗi khu vực gồm các tiểu vùng UN M49 (tên tiếng Anh)"}
    OFFERS = {"countries": "các nước đến", "areas": "số khu vực"}
    areas: Annotated[tuple[tuple[Annotated[str, AfterValidator(_known)], ...], ...], Field(min_length=1)]
    FIELDS = ("countries",)

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        destinations = cell.value
        if not isinstance(destinations, Destinations):
            return None
        areas = {self._area(subregion(code)) for code in destinations.countries}
        return (
            Hit(cell.field, {"countries": country_names(destinations), "areas": len(areas)})
            if len(areas) > 1
            else None
        )

    def _area(self, subregion: str) -> int:
        return next((at for at, area in enumerate(self.areas) if subregion in area), -1)


def country_names(destinations: Destinations) -> str:
    """The countries of a cell, by name."""
    return ", ".join(country_name(code) for code in destinations.countries)


class ConcreteDestination(FieldKind):
    """A destination must not be general (DR10, DV02, K2.5).

    `seats`: a region beside a country is the name of a body that has its seat there ("Ban Thư ký ASEAN,
    Indonesia"; note (6) of Mẫu 02.B).
    """

    kind: Literal["concrete-destination"]
    ABOUT = 'Nước đến phải cụ thể, không ghi chung chung (ASEAN, Châu Âu, "một số nước" …).'
    PARAMS = {
        "seats": (
            "true: vùng ghi cạnh một nước là tên tổ chức có trụ sở ở nước đó, không phải cách ghi chung chung"
        )
    }
    OFFERS = {"terms": "cách ghi chung chung tìm thấy"}
    seats: bool = False
    FIELDS = ("countries",)

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        destinations = cell.value
        if not isinstance(destinations, Destinations):
            return None
        seat = self.seats and destinations.countries
        terms = [term for term in destinations.vague if not (seat and term in destinations.regions)]
        return Hit(cell.field, {"terms": ", ".join(terms)}) if terms else None


class RecognisedCountry(FieldKind):
    """A cell must name countries and nothing else (DL05).

    A general term is left to another rule (DR10, DV02), but in the forms of `general_in`: where the delegation
    went is known by then.
    """

    kind: Literal["recognised-country"]
    ABOUT = "Trong ô phải nhận ra nước, và mọi mục liệt kê đều là nước. Cách ghi chung chung để quy tắc khác xét."
    PARAMS = {
        "general_in": "các mẫu mà cách ghi chung chung cũng bị báo ở đây (đoàn đã thực hiện thì nước đến đã rõ)"
    }
    OFFERS = {"items": "các mục không nhận ra là nước nào, nếu có"}
    general_in: tuple[FormCode, ...] = ()
    FIELDS = ("countries",)

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        destinations = cell.value
        if not isinstance(destinations, Destinations):
            return None
        general = destinations.vague and not destinations.countries and row.form in self.general_in
        if not (destinations.unknown or destinations.unknown_items or general):
            return None
        return Hit(cell.field, {"items": ", ".join(destinations.unknown_items)})
