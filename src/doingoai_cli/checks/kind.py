"""What a kind of rule (loại quy tắc) is, and what it may see: records, its parameters, the run around them.

A kind never sees files and says nothing in words: it returns `Hit`s, the engine adds code, severity, place and
the pack's sentences.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from typing import Annotated, Any, ClassVar, NamedTuple, dataclass_transform, get_type_hints

from pydantic import ConfigDict
from pydantic.fields import FieldInfo

from doingoai_cli.model.findings import Place, Severity
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.records import Member, Record, ordinal_key
from doingoai_cli.model.submissions import Submission, Table

NOTHING: tuple["Hit", ...] = ()


class Named(Enum):
    """What the name in a parameter is of: one that is not there would keep the rule silent, so it is refused."""

    FIELD = "trường"
    SECTION = "mục"
    FORM = "mẫu"
    RULE = "quy tắc"


FieldName = Annotated[str, Named.FIELD]
SectionId = Annotated[str, Named.SECTION]
FormCode = Annotated[str, Named.FORM]
RuleCode = Annotated[str, Named.RULE]


class Hit(NamedTuple):
    """One fault of a record; `params` fill the message, `related` names other records' fields."""

    field: str | None
    params: Mapping[str, Any] = {}
    related: Sequence[tuple[Record, str]] = ()
    severity: Severity | None = None
    """Overrides the rule's, where its parameters say so (DR13)."""
    place: Place | None = None
    """A cell outside any record (a TỔNG CỘNG row); None: the field's own cell."""
    value: str | None = None
    """The offending text, where it is not the field's own."""


class Layout(NamedTuple):
    """What rules need of a form's layout (`model.forms.FormSpec`)."""

    form: str
    required: tuple[str, ...]
    labels: Mapping[str, str]
    stages: Mapping[str, str] = {}
    """Section ("" for a whole form without any) → "realised", "planned"; a form that is neither has none."""

    @classmethod
    def of(cls, spec: FormSpec) -> "Layout":
        """That of a form."""
        stages = {section: spec.stage_of(section) for section in ("", *(section.id for section in spec.sections))}
        told = {section: stage.value for section, stage in stages.items() if stage}
        required = tuple(c.field for c in spec.columns if c.required)
        return cls(spec.form, required, {c.field: c.label for c in spec.columns}, told)

    def stage(self, section: str) -> str:
        """Whether rows of a section took place or are planned, as a sentence may ask; "" where nobody says."""
        return self.stages.get(section, "")


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds the records of one table."""

    submission: Submission
    table: Table
    layout: Layout
    kinds: Mapping[str, "Kind"]
    """The pack's kinds by code: a rule may take another's parameters (DR12 those of DR11)."""
    province: str
    members: Mapping[tuple[str, str], tuple[Member, ...]]
    """The optional members sheet: (form, normalised TT đoàn) → persons; ambiguous ordinals are left out."""

    def members_of(self, record: Record) -> tuple[Member, ...]:
        """Who is listed for a delegation in the optional sheet; none where it is not filled in."""
        if not self.members:
            return ()
        return self.members.get((record.form, ordinal_key(record.ordinal)), ())

    @property
    def agency(self) -> str:
        """The agency's name as printed; "" where the file names none."""
        return self.submission.agency_name


class Entry(NamedTuple):
    """One record that counts, with what surrounds it."""

    record: Record
    context: Context

    @property
    def agency_key(self) -> str:
        """Equal for equal agencies; a file that names none stands for itself."""
        agency = self.context.submission.agency
        return agency.key if agency else f"\x00{self.context.submission.path}"


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Kind(ABC):
    """A kind of rule: its fields are the parameters that a pack may set.

    What people read of it stands here in Vietnamese: `ABOUT`, `PARAMS` (parameter → meaning), `OFFERS` (the names
    that a message may use beside the common ones → meaning). `FIELDS` are the fields that it looks at where a rule
    names none.
    """

    kind: str
    ABOUT: ClassVar[str] = ""
    PARAMS: ClassVar[Mapping[str, str]] = {}
    OFFERS: ClassVar[Mapping[str, str]] = {}
    FIELDS: ClassVar[tuple[str, ...]] = ()
    NEEDS_FIELD: ClassVar[bool] = False
    """Whether a rule of this kind must say which field."""
    READS: ClassVar[tuple[type, ...]] = ()
    """What a field of this kind must hold; none: anything."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    def __init_subclass__(cls) -> None:
        """A frozen dataclass of its parameters, which pydantic reads from a pack (`yamlfile.validated`).

        Readings and merges are kept under what a rule's repr says (`ParseCache`).
        """
        dataclass(frozen=True, kw_only=True)(cls)

    @property
    def params(self) -> Mapping[str, Any]:
        """The parameters, without what was worked out from them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]

    @classmethod
    def parameters(cls) -> Mapping[str, Any]:
        """The name of each parameter in a pack → its type."""
        types = get_type_hints(cls, include_extras=True)
        named = {field.name: types[field.name] for field in fields(cls)}  # type: ignore[arg-type]
        return {FieldInfo.from_annotation(of).alias or name: of for name, of in named.items()}

    @property
    def stated(self) -> Mapping[str, Any]:
        """What a sentence of the rule says without any row: its limits in words (`rules show`)."""
        return {name: value for name, value in self.params.items() if isinstance(value, int | str)}


class RowKind(Kind):
    """A kind that judges one record by itself."""

    @abstractmethod
    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """The faults of `record`; `fields` are those that the rule names."""


class FieldValue(NamedTuple):
    """A field of a record, for rules that judge it by itself: its text as typed, what was understood of it."""

    field: str
    text: str
    value: Any
    blank: bool


class RowFacts(NamedTuple):
    """All that a rule over single cells may know of the rest: its judgement holds for every such cell."""

    form: str
    section: str
    year: int
    misdated: bool
    """Whether the title of the table states a wrong year (CT08)."""
    kinds: Mapping[str, "Kind"]
    """As in `Context`."""


class FieldKind(Kind):
    """A kind that judges each cell by itself; one whose value is in doubt is never at fault.

    Each different cell is judged once (`cells`): a judgement depends on nothing but what it is given.
    """

    ONCE: ClassVar[bool] = False
    """Whether the first fault of a row is enough."""
    BLANKS: ClassVar[bool] = False
    """Whether blank cells are judged too."""

    @property
    def of_blanks_alone(self) -> bool:
        """Whether no other cell is ever at fault, so that none is judged."""
        return False

    def judged(self, fields: tuple[str, ...], layout: Layout) -> Sequence[str]:
        """The fields that it looks at in a layout, in order; `fields` are those that the rule names."""
        return fields

    @abstractmethod
    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """What is wrong with a cell; None: nothing."""


class TableKind(Kind):
    """A kind that judges what one table says of itself."""

    @abstractmethod
    def check_table(self, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """The faults of the table."""


def in_sections(row: Record | RowFacts, sections: Sequence[str]) -> bool:
    """Whether a row stands in one of the sections of its form that a rule is for; none named: in any."""
    return not sections or row.section in sections
