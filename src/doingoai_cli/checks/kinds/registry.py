"""The list of kinds: the one place that knows them all, and what they say of themselves."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args

from doingoai_cli.checks.kind import Kind
from doingoai_cli.checks.kinds.conferences import NamedSource, SectionTotal
from doingoai_cli.checks.kinds.dates import (
    DatesInOrder,
    InWindow,
    NotPast,
    PlannedYear,
    ReportedWithin,
    StateDate,
)
from doingoai_cli.checks.kinds.funding import BudgetTrip, EnterprisePays, SpecificFunding
from doingoai_cli.checks.kinds.history import AlternatingYears, ApprovedPlan
from doingoai_cli.checks.kinds.observed import Observed
from doingoai_cli.checks.kinds.outbound import (
    ConcreteDestination,
    MemberLimit,
    OneArea,
    RecognisedCountry,
    StayExplained,
    StayLimit,
)
from doingoai_cli.checks.kinds.people import GeneralHead, MembersListed, TwoLeaders
from doingoai_cli.checks.kinds.realised import CompleteReference, ExactlyOneMark, ExcludedPurpose, ResidentBody
from doingoai_cli.checks.kinds.repeats import SameDelegation, SameRecord, TripsPerPerson, Unique
from doingoai_cli.checks.kinds.times import InYear, PreciseTime, ReadableTime, TimeOrder
from doingoai_cli.checks.kinds.values import (
    AtLeast,
    AtMost,
    Dollars,
    ForbiddenTerm,
    OneOf,
    Pattern,
    Required,
    RequiredTerm,
    SumEquals,
    Understood,
    WholeNumber,
)
from doingoai_cli.yamlfile import load_file

KINDS: tuple[type[Kind], ...] = (
    # For new rules of any pack.
    Required, WholeNumber, AtMost, AtLeast, OneOf, ForbiddenTerm, RequiredTerm, Pattern, SumEquals, Unique,
    ReadableTime, InYear, PreciseTime, TimeOrder, CompleteReference, RecognisedCountry, ConcreteDestination,
    NamedSource, SpecificFunding, SectionTotal, Dollars, Understood, DatesInOrder, ReportedWithin, PlannedYear,
    InWindow, SameRecord,
    # What the official rules need beyond these.
    MemberLimit, OneArea, StayLimit, StayExplained, GeneralHead, TwoLeaders, TripsPerPerson, MembersListed,
    BudgetTrip, EnterprisePays, ExactlyOneMark, ExcludedPurpose, ResidentBody, SameDelegation,
    AlternatingYears, ApprovedPlan, StateDate, NotPast, Observed,
)  # fmt: skip


KIND_CLASSES: Mapping[str, type[Kind]] = {get_args(cls.model_fields["kind"].annotation)[0]: cls for cls in KINDS}
"""Every kind by its name, in the order of the list."""


class Parameter(NamedTuple):
    """One parameter of a kind, for people."""

    name: str
    type: str
    required: bool
    default: Any
    description: str


class KindDescription(NamedTuple):
    """A kind, for people: `variables` are the names that its messages may use, each with its meaning."""

    name: str
    about: str
    needs_field: bool
    parameters: tuple[Parameter, ...]
    variables: Mapping[str, str]


def describe_kinds() -> tuple[KindDescription, ...]:
    """All kinds with their parameters (`doingoai rules kinds`); the words are those of `kinds.yaml`."""
    texts = load_file(Path(__file__).with_name("kinds.yaml")).data
    return tuple(
        KindDescription(
            name,
            texts[name]["about"],
            cls.NEEDS_FIELD,
            tuple(_parameters(cls, texts[name].get("params", {}))),
            texts[name].get("variables", {}),
        )
        for name, cls in KIND_CLASSES.items()
    )


def _parameters(cls: type[Kind], texts: Mapping[str, str]) -> Iterator[Parameter]:
    properties = cls.model_json_schema()["properties"]
    for name, field in cls.model_fields.items():
        if name == "kind":
            continue
        shown = field.alias or name
        default = None if field.is_required() else field.default
        yield Parameter(shown, _type_name(properties[shown]), field.is_required(), default, texts[shown])


def _type_name(schema: Mapping[str, Any]) -> str:
    """A JSON Schema type in plain words."""
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    match schema.get("type"):
        case "array":
            return "danh sách"
        case "object":
            return "các cặp khóa: giá trị"
        case "integer":
            return "số nguyên"
        case "boolean":
            return "true | false"
    return "văn bản"
