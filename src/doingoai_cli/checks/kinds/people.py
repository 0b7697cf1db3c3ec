"""Kinds over who leads a delegation and who is in it (K2.2, F(3); the optional members sheet)."""

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from doingoai_cli.checks.kind import NOTHING, Context, FieldKind, FieldValue, Hit, RowFacts, RowKind, RuleCode
from doingoai_cli.checks.persons import same_office, travellers
from doingoai_cli.model.findings import Severity
from doingoai_cli.model.records import Record, Trip
from doingoai_cli.vietnamese.people.leaders import general_head, is_key_leader
from doingoai_cli.vietnamese.people.persons import People
from doingoai_cli.vietnamese.text import first_word, key
from doingoai_cli.yamlfile import FrozenModel


class GeneralTerms(FrozenModel):
    """General ways to name a head, with the severity of their use."""

    terms: Annotated[tuple[str, ...], Field(min_length=1)]
    openings: tuple[str, ...] = ()
    """First words of a cell that names nobody yet ("Chưa …", "Sẽ …")."""
    severity: Severity = Severity.ERROR


class GeneralHead(FieldKind):
    """The head must have a title, not "lãnh đạo tỉnh" (DR13, F(3)); each group of terms has its severity."""

    kind: Literal["general-head"]
    ABOUT = (
        'Trưởng đoàn phải ghi rõ chức vụ, không ghi chung chung ("lãnh đạo tỉnh"). Mỗi nhóm từ có mức độ riêng.'
    )
    PARAMS = {"groups": "các nhóm cách ghi chung chung (terms, openings: từ mở đầu ô chưa nêu ai) và mức độ"}
    OFFERS = {"term": "cách ghi chung chung tìm thấy"}
    groups: Annotated[tuple[GeneralTerms, ...], Field(min_length=1)]
    FIELDS = ("leader",)

    @cached_property  # once a rule: saves 0.008 s
    def terms(self) -> dict[Severity, tuple[str, ...]]:
        """All terms of each severity."""
        return {s: tuple(t for g in self.groups if g.severity is s for t in g.terms) for s in Severity}

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        found = ((severity, general_head(cell.text, terms)) for severity, terms in self.terms.items() if terms)
        said = next(((severity, term) for severity, term in found if term), None) or self._nobody_yet(cell)
        return Hit(cell.field, {"term": said[1]}, severity=said[0]) if said else None

    def _nobody_yet(self, cell: FieldValue) -> tuple[Severity, str] | None:
        if not isinstance(cell.value, People) or cell.value.persons:
            return None
        opens, later = first_word(cell.text), key(cell.text).endswith(" sau")  # "cử sau", "Sở bố trí sau"
        groups = (
            group for group in self.groups if opens in map(key, group.openings) or (later and group.openings)
        )
        return next(((group.severity, cell.text) for group in groups), None)


class TwoLeaders(RowKind):
    """No two key leaders of one office in a delegation (DR06, K2.2)."""

    kind: Literal["two-leaders"]
    ABOUT = "Không cử hai lãnh đạo chủ chốt của cùng một cơ quan, địa phương cấp huyện trong một đoàn."
    PARAMS = {
        "posts": "chức vụ lãnh đạo chủ chốt; trống: lấy theo quy tắc `of`",
        "of": "quy tắc loại trips-per-person mà danh sách chức vụ được lấy theo",
    }
    OFFERS = {"first": "người thứ nhất", "second": "người thứ hai"}
    posts: tuple[str, ...] = ()
    of: RuleCode = "DR05"
    FIELDS = ("leader",)

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """At most one hit: the first pair found."""
        if not isinstance(record, Trip):
            return NOTHING
        members = context.members_of(record)
        if len(record.leader.persons) < 2 and not members:
            return NOTHING
        posts = self.posts or getattr(context.kinds.get(self.of), "posts", ())
        leaders = [t for t in travellers(record, context) if is_key_leader(t.person, posts)]
        pair = same_office(leaders, posts, context.province)
        if pair is None or not record.sound("leader"):
            return NOTHING
        first, second = pair
        return (Hit("leader", {"first": first.said, "second": second.said}),)


class MembersListed(RowKind):
    """Số thành viên must equal the persons listed in the optional sheet, where any are (DL07)."""

    kind: Literal["members-listed"]
    ABOUT = 'Số thành viên phải bằng số người liệt kê ở trang "Danh sách thành viên", khi có liệt kê.'
    OFFERS = {"members": "số thành viên", "listed": "số người được liệt kê"}
    FIELDS = ("members",)

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """At most one hit."""
        listed = len(context.members_of(record))
        if not listed or not isinstance(record, Trip):
            return NOTHING
        members = record.members.value
        if members is None or members == listed or not record.sound("members"):
            return NOTHING
        return (Hit("members", {"members": members, "listed": listed}),)
