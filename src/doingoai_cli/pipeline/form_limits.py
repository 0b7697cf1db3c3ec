"""What blank forms say of the rules, from the rule pack: limits for the input aids, codes for the guidance."""

from collections.abc import Collection, Iterator
from typing import TypeVar

from doingoai_cli.blank.occasion import (
    CodeLine,
    CountryLimit,
    DayLimit,
    FormBasis,
    FormLimits,
    GeneralWords,
    MemberBounds,
)
from doingoai_cli.checks.kind import Kind
from doingoai_cli.checks.kinds.numbers import AtMost
from doingoai_cli.checks.kinds.outbound import MemberLimit as MemberRule
from doingoai_cli.checks.kinds.people import GeneralHead
from doingoai_cli.checks.kinds.stays import StayLimit
from doingoai_cli.checks.pack import Pack, Rule
from doingoai_cli.model.findings import Severity

K = TypeVar("K", bound=Kind)
_NOT_IN_FORMS = ("CT", "TK")
"""Codes of files and of the whole inbox: nothing that a person filling in a form could act on."""


def form_limits(pack: Pack) -> FormLimits:
    """The limits that a pack sets, whatever codes it gives them; a rule that is off says nothing."""
    members = _first(pack, MemberRule)
    days = _first(pack, StayLimit)
    countries = next((r for r in _of(pack, AtMost) if "countries" in r.fields), None)
    return FormLimits(
        members=_members(members) if members else None,
        countries=CountryLimit(_kind(countries, AtMost).limit, _basis(countries)) if countries else None,
        days=_days(days) if days else None,
        general=tuple(_general(pack)),
    )


def code_lines(pack: Pack, forms: Collection[str]) -> tuple[CodeLine, ...]:
    """The codes that a person filling in one of the forms can meet, each in one line."""
    lines = []
    for code, rule in pack.rules.items():
        severities = [s for s in (*map(rule.forms.get, forms), rule.severity) if s is not None]
        if severities and not code.startswith(_NOT_IN_FORMS):
            lines.append(CodeLine(code, min(severities, key=lambda s: s.rank), rule.title))
    return tuple(lines)


def _of(pack: Pack, kind: type[Kind]) -> Iterator[Rule]:
    return (rule for rule in pack.rules.values() if isinstance(rule.kind, kind))


def _first(pack: Pack, kind: type[Kind]) -> Rule | None:
    return next(_of(pack, kind), None)


def _kind(rule: Rule, kind: type[K]) -> K:
    assert isinstance(rule.kind, kind)
    return rule.kind


def _basis(rule: Rule) -> FormBasis:
    return FormBasis(rule.code, {form: s for form, s in rule.forms.items() if s is not None}, rule.citation)


def _members(rule: Rule) -> MemberBounds:
    kind = _kind(rule, MemberRule)
    heads = tuple(title for tier in kind.tiers if tier.limit == kind.highest for title in tier.titles)
    return MemberBounds(kind.default, kind.highest, heads, _basis(rule))


def _days(rule: Rule) -> DayLimit:
    kind = _kind(rule, StayLimit)
    return DayLimit(kind.days_per_country, kind.exception_days, kind.travel_days, kind.not_for, _basis(rule))


def _general(pack: Pack) -> Iterator[GeneralWords]:
    for rule in _of(pack, GeneralHead):
        words = _kind(rule, GeneralHead).terms[Severity.ERROR]
        yield GeneralWords("leader", tuple(words), _basis(rule))
