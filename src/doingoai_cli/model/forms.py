"""Form specs (đặc tả biểu mẫu): what a form looks like and which field each column fills; read from YAML.

A spec is a layout: the five official forms, and kindred ones of other provinces, which are read into the same
models. A province adds or changes a form without Python.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field

from doingoai_cli.errors import ConfigError
from doingoai_cli.model.form_faults import faults_of
from doingoai_cli.model.form_parts import ColumnSpec, Direction, NoteSpec, ReportPart, SectionSpec, Stage, YearOf
from doingoai_cli.model.records import MODELS, Record
from doingoai_cli.resources import forms_dir
from doingoai_cli.shipped import precomputed
from doingoai_cli.vietnamese.text import capitalised
from doingoai_cli.yamlfile import FrozenModel, load_file, validate

__all__ = [
    "ColumnSpec", "Direction", "FormCatalogue", "FormSpec", "ReportPart", "Role", "SectionSpec",
    "Stage", "fill_years", "in_sentence_case", "load_forms", "shipped_forms",
]  # fmt: skip

_PLACEHOLDER = re.compile(r"\{(province|Y(?:[-−]\d+)?)\}")
_NUMBERED = re.compile(r"[\d{]")
_DOCUMENT = re.compile(
    r"\b(?:luật|nghị (?:định|quyết)|quyết định|thông tư|chỉ thị|kết luận|công văn|kế hoạch)(?= (?:số )?\d+[/-])"
)
"""A document that is named by its number is written with a capital (Decree 30/2020, Annex II)."""


class Role(NamedTuple):
    """What the rows of a form (or of one section of it) are: what figures, reconciliation and history go by."""

    model: type[Record]
    direction: Direction | None
    stage: Stage | None


class FormSpec(FrozenModel):
    """One layout of one form (biểu mẫu)."""

    id: Annotated[str, Field(min_length=1)]
    """Unique among layouts; for the official forms the code itself, "02.A"."""
    form: str
    """The official form that it is a layout of; its code in every output."""
    version: int = 1
    model: str
    direction: Direction | None = None
    stage: Stage | None = None
    sheet: str
    """The name of our own sheet."""
    label: str = ""
    """Printed at the top right: "Mẫu số 02.A"."""
    title: str
    """With {Y}, {Y-1} for the years."""
    title_synonyms: tuple[str, ...] = ()
    """Other titles under which the form is sent; years left out."""
    title_year: YearOf = 0
    """The year that the title states."""
    rows: YearOf
    """The year of its rows (for 03: of section I)."""
    attachment: str = ""
    """The line below the title, "(Kèm theo Báo cáo số …)"."""
    agency_line: str = "Tên cơ quan, đơn vị"
    count_line: str = ""
    """With "…" where the number of rows goes."""
    unit: str = "đoàn"
    """What a row is: "đoàn", "thỏa thuận"."""
    summary: str = ""
    """What all rows are, as a line of a table says it; sections have theirs."""
    introduction: str = ""
    """A sentence for the guidance sheet ("Mẫu do Sở Ngoại vụ đề xuất …")."""
    sections: tuple[SectionSpec, ...] = ()
    columns: tuple[ColumnSpec, ...]
    notes: tuple[NoteSpec, ...] = ()
    reports: tuple[ReportPart, ...] = ()
    """Where reports speak of its rows, if no outline does so itself."""
    blank: bool = True
    """Whether `new-template` can write it; a kindred layout is only read."""
    standard: bool = True
    """Whether the province uses it unless its workspace says which forms it uses."""
    source: str = ""

    @property
    def record_model(self) -> type[Record]:
        """The model of its rows."""
        return MODELS[self.model]

    @property
    def labels(self) -> dict[str, str]:
        """Field → the label of its column."""
        return {column.field: column.label for column in self.columns}

    def column(self, field: str) -> ColumnSpec | None:
        """The column of a field; None where this layout has none."""
        return next((c for c in self.columns if c.field == field), None)

    def section(self, section_id: str) -> SectionSpec | None:
        """The section with that id; None for none."""
        return next((s for s in self.sections if s.id == section_id), None)

    def stage_of(self, section_id: str) -> Stage | None:
        """Realised or planned, by section where the form has sections; None for a form that is neither."""
        section = self.section(section_id)
        return section.stage if section else self.stage

    def role(self, section_id: str = "") -> Role:
        """What the rows of a section are; a row whose section is not known counts with those of the first."""
        known = {section.id for section in self.sections}
        first = self.sections[0].id if self.sections else ""
        section = self.section(section_id if section_id in known else first)
        direction = section.direction if section and section.direction else self.direction
        return Role(self.record_model, direction, section.stage if section else self.stage)

    def rows_year(self, cycle: int, section_id: str = "") -> int:
        """The calendar year of the rows in cycle Y."""
        section = self.section(section_id)
        return cycle - (section.rows if section else self.rows)


def fill_years(text: str, cycle: int, province: str = "") -> str:
    """`text` with {Y}, {Y-1}, {Y-2} and {province} filled in."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "province":
            return province
        return str(cycle - int(re.sub(r"\D", "", name) or 0))

    return _PLACEHOLDER.sub(value, text)


def in_sentence_case(title: str) -> str:
    """A title in capitals as sentences write it, except numbers ("06/2020/QĐ-TTg") and {Y}; others stay."""
    words = title.split(" ")
    if any(word != word.upper() for word in words if not _NUMBERED.search(word)):
        return title
    lowered = " ".join(word if _NUMBERED.search(word) else word.lower() for word in words)
    return capitalised(_DOCUMENT.sub(lambda named: capitalised(named[0]), lowered))


class FormCatalogue:
    """All layouts at hand, official ones first, in the order of their codes."""

    def __init__(self, specs: Sequence[FormSpec], used: Collection[str] = ()) -> None:
        self.used = tuple(used)
        """The codes of the forms that the province uses; none: the standard ones."""
        self.specs: tuple[FormSpec, ...] = tuple(sorted(specs, key=lambda s: (s.id != s.form, s.form, s.id)))
        self.by_id: Mapping[str, FormSpec] = {s.id: s for s in self.specs}
        self._roles = {
            (spec.form, section): spec.role(section)
            for spec in reversed(self.specs)
            for section in ("", *(section.id for section in spec.sections))
        }

    @property
    def blanks(self) -> tuple[FormSpec, ...]:
        """Every form that can be issued."""
        return tuple(s for s in self.specs if s.id == s.form and s.blank)

    @property
    def official(self) -> tuple[FormSpec, ...]:
        """The forms that this province uses: issued, expected, and shown though nobody filled one in."""
        return tuple(s for s in self.blanks if (s.form in self.used if self.used else s.standard))

    def using(self, used: Collection[str]) -> "FormCatalogue":
        """The same forms, of which the province uses those codes."""
        return FormCatalogue(self.specs, used)

    def of_form(self, form: str) -> FormSpec:
        """The leading spec of a form code: the official one, else the first layout of it."""
        return next(s for s in self.specs if s.form == form)

    def forms_of(self, role: Role) -> tuple[str, ...]:
        """The codes of the forms that hold rows of that kind, in order."""
        return tuple(dict.fromkeys(form for (form, _), held in self._roles.items() if held == role))[::-1]

    def parts_of(self, role: Role) -> tuple[tuple[str, str], ...]:
        """The forms that hold rows of that kind, each with its section of them ("" where it has none)."""
        held = (at for at, known in self._roles.items() if known == role)
        parts = [(form, section) for form, section in held if section or not self.of_form(form).sections]
        return tuple(parts[::-1])

    def forms_like(self, form: str) -> tuple[str, ...]:
        """The codes of the forms with the same role as a form, that form among them."""
        return self.forms_of(self.of_form(form).role())

    def role_of(self, record: Record) -> Role | None:
        """What a row is, by what its form says of itself; None where the form is not at hand."""
        return self._roles.get((record.form, record.section)) or self._roles.get((record.form, ""))

    def is_planned(self, record: Record) -> bool:
        """Whether a row stands in a plan, so that an officer has to say something of it."""
        role = self.role_of(record)
        return role is not None and role.stage is Stage.PLANNED

    def forms(self) -> tuple[str, ...]:
        """Every form code, once, in order."""
        return tuple(dict.fromkeys(s.form for s in self.specs))


def load_forms(directory: Path, *own: Path) -> FormCatalogue:
    """The form specs of a folder and of a workspace's own folders and files.

    An own form with the id of an earlier one replaces it. ConfigError lists every fault, each with `file:line`.
    """
    shipped = precomputed("forms", partial(_load, directory)) if directory == forms_dir() else _load(directory)
    if not own:
        return shipped
    specs = {spec.id: spec for spec in shipped.specs}
    for path in own:
        specs |= {spec.id: spec for spec in _load(path, tuple(specs.values())).specs}
    return FormCatalogue(tuple(specs.values()))


def shipped_forms() -> FormCatalogue:
    """The forms that the program comes with."""
    return load_forms(forms_dir())


def _load(path: Path, known: Sequence[FormSpec] = ()) -> FormCatalogue:
    """The forms of a folder or file, none of whose codes differs from one of `known` in capitals alone."""
    specs: list[FormSpec] = []
    problems: list[str] = []
    for file in sorted((*path.glob("*.yaml"), *path.glob("*.yml"))) if path.is_dir() else (path,):
        try:
            located = load_file(file)
            spec = validate(FormSpec, located)
            problems += [f"{located.at(where)}: {text}" for where, text in faults_of(spec)]
            of_code = {other.form.casefold(): other.form for other in (*specs, *known)}
            if (other := of_code.get(spec.form.casefold(), spec.form)) != spec.form:
                fault = f"mã “{spec.form}” chỉ khác mã “{other}” ở chữ hoa, chữ thường; ghi mã khác"
                problems.append(f"{located.at(('form',))}: {fault}")
            if any(other.id == spec.id for other in specs):
                problems.append(f"{located.at(('id',))}: mã “{spec.id}” đã có ở tệp khác trong thư mục này")
            parts = (
                p.model_copy(update={"where": located.at(("reports", i))}) for i, p in enumerate(spec.reports)
            )
            specs.append(spec.model_copy(update={"reports": tuple(parts)}))
        except ConfigError as error:
            problems.extend(error.problems)
    if problems:
        raise ConfigError(problems)
    return FormCatalogue(specs)
