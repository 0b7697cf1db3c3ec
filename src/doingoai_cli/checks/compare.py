"""Packs for people: one rule explained, two packs compared, the limits that blank forms print."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from doingoai_cli.checks.across import TripsPerPerson
from doingoai_cli.checks.outbound import MemberLimit, StayLimit
from doingoai_cli.checks.rule import Examples, Pack, Rule
from doingoai_cli.checks.values import AtMost
from doingoai_cli.model.findings import Severity


class Setting(NamedTuple):
    """One parameter in force: `set_by` is the pack and place that set it, "" where it is the kind's own default."""

    name: str
    value: Any
    set_by: str


class Explanation(NamedTuple):
    """A rule, for people (`doingoai rules show DR07`)."""

    code: str
    title: str
    why: str
    kind: str
    fields: tuple[str, ...]
    severity: Severity | None
    forms: Mapping[str, Severity | None]
    settings: tuple[Setting, ...]
    message: str
    fix: str
    citation: str
    examples: Examples | None
    set_by: str
    """The pack and place that gave the rule its kind."""


def explain(rule: Rule) -> Explanation:
    """Everything about a rule: what, why, clause, parameters in force and who set them, examples."""
    return Explanation(
        rule.code, rule.title, rule.why, rule.kind.kind, rule.fields, rule.severity, rule.forms,
        tuple(_settings(rule)), rule.message, rule.fix, rule.citation, rule.examples, rule.where,
    )  # fmt: skip


def _settings(rule: Rule) -> Iterator[Setting]:
    for name, value in rule.kind.model_dump(by_alias=True, mode="json").items():
        if name != "kind":
            yield Setting(name, value, rule.origins.get(f"params.{name}", ""))


class Difference(NamedTuple):
    """One thing in which two packs differ: `what` is None for a whole rule, else its part ("params.default")."""

    code: str
    what: str | None
    before: Any
    after: Any


def diff_packs(before: Pack, after: Pack) -> tuple[Difference, ...]:
    """What changes from one pack to the other, by code: rules added and removed, then parts changed."""
    found: list[Difference] = []
    for code in sorted({*before.rules, *after.rules}):
        old, new = before.rules.get(code), after.rules.get(code)
        if old is None or new is None:
            found.append(Difference(code, None, old.title if old else None, new.title if new else None))
            continue
        one, other = _parts(old), _parts(new)
        found += [
            Difference(code, part, one.get(part), other.get(part))
            for part in dict.fromkeys((*one, *other))
            if one.get(part) != other.get(part)
        ]
    return tuple(found)


def _parts(rule: Rule) -> dict[str, Any]:
    parts: dict[str, Any] = {"kind": rule.kind.kind, "field": rule.fields}
    parts |= {"severity": rule.severity} | {f"forms.{form}": s for form, s in rule.forms.items()}
    parts |= {f"params.{setting.name}": setting.value for setting in _settings(rule)}
    texts = ("title", "message", "fix", "citation", "why")
    return parts | {name: getattr(rule, name) for name in texts}


class Limits(NamedTuple):
    """The limits in force, for the input aids of blank forms; None where no rule sets one."""

    members: int | None
    members_highest: int | None
    countries: int | None
    days_per_country: int | None
    exception_days: int | None
    travel_days: int | None
    trips: int | None


def limits(pack: Pack) -> Limits:
    """The limits that a pack's rules set."""
    kinds = list(pack.rules.values())
    members = next((r.kind for r in kinds if isinstance(r.kind, MemberLimit)), None)
    stay = next((r.kind for r in kinds if isinstance(r.kind, StayLimit)), None)
    trips = next((r.kind for r in kinds if isinstance(r.kind, TripsPerPerson)), None)
    countries = next((r.kind for r in kinds if isinstance(r.kind, AtMost) and r.fields == ("countries",)), None)
    return Limits(
        members=members.default if members else None,
        members_highest=members.highest if members else None,
        countries=countries.limit if countries else None,
        days_per_country=stay.days_per_country if stay else None,
        exception_days=stay.exception_days if stay else None,
        travel_days=stay.travel_days if stay else None,
        trips=trips.max_trips if trips else None,
    )
