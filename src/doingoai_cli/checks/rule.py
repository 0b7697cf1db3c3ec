"""A rule pack as a value (bộ quy tắc): rules with their kinds, severities, sentences, and who set what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, Self

from pydantic import Field, model_validator

from doingoai_cli.checks.cells import CellRules
from doingoai_cli.checks.kind import FieldKind, Kind, Layout, RowKind, TableKind
from doingoai_cli.model.findings import Severity
from doingoai_cli.model.forms import fill_years
from doingoai_cli.yamlfile import FrozenModel

Rows = tuple[Mapping[str, str], ...]


class Cycles(FrozenModel):
    """The plan years that a pack is for, both ends included; `last` None: no end."""

    first: int = Field(alias="from")
    last: int | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        """The years are in order."""
        if self.last is not None and self.last < self.first:
            raise ValueError(f"năm đầu ({self.first}) sau năm cuối ({self.last})")
        return self

    def __contains__(self, cycle: object) -> bool:
        return isinstance(cycle, int) and self.first <= cycle and (self.last is None or cycle <= self.last)

    def __str__(self) -> str:
        if self.last is None:
            return f"từ kỳ {self.first}"
        return f"kỳ {self.first}" if self.first == self.last else f"các kỳ {self.first}–{self.last}"


class Examples(FrozenModel):
    """What breaks a rule and what does not: rows as field → text (`form`, `agency` beside), or a description."""

    bad: Rows | str
    good: Rows | str

    def for_cycle(self, cycle: int) -> "Examples":
        """The examples with {Y}, {Y-1} filled in."""
        return Examples(bad=_filled(self.bad, cycle), good=_filled(self.good, cycle))


def _filled(rows: Rows | str, cycle: int) -> Rows | str:
    if isinstance(rows, str):
        return fill_years(rows, cycle)
    return tuple({name: fill_years(text, cycle) for name, text in row.items()} for row in rows)


@dataclass(frozen=True, slots=True)
class Rule:
    """One code of a pack, resolved."""

    code: str
    kind: Kind
    fields: tuple[str, ...]
    severity: Severity | None
    """In forms that `forms` does not name, and for whole files; None: only in the forms named."""
    forms: Mapping[str, Severity | None]
    """None: switched off there."""
    title: str
    message: str
    fix: str
    citation: str
    why: str
    examples: Examples | None
    params: Mapping[str, Any]
    """As the packs set them; the kind has the rest."""
    origins: Mapping[str, str]
    """What was set ("params.limit", "message") → the pack that set it, with `file:line`."""

    def severity_in(self, form: str | None) -> Severity | None:
        """How much it weighs in a form; None where it does not apply there."""
        if form is not None and form in self.forms:
            return self.forms[form]
        return self.severity

    @property
    def where(self) -> str:
        """The pack and place that set the rule."""
        return self.origins["kind"]


class LayoutRules(NamedTuple):
    """The rules that judge the rows of one layout, by what they look at, each with its kind."""

    rows: tuple[tuple[Rule, RowKind], ...]
    tables: tuple[tuple[Rule, TableKind], ...]
    cells: CellRules


@dataclass(frozen=True)
class Pack:
    """A resolved pack."""

    id: str
    title: str
    cycles: Cycles | None
    source: str
    province: str
    rules: Mapping[str, Rule]
    """By code, in the order of the codes."""
    layouts: Mapping[str, Layout]
    """What rules need of each form layout, by the layout's id."""
    alike: Mapping[str, tuple[str, ...]]
    """Form → the forms whose rows are what its rows are (`FormCatalogue.forms_like`), itself among them."""
    chain: tuple[str, ...]
    """The pack's id, then those that it extends."""

    @cached_property  # saves 0.02 s: each table asks
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of its rules, by code."""
        return {code: rule.kind for code, rule in self.rules.items()}

    @cached_property  # what `rules_in` has made: the files of a run share what is known of their cells
    def _of_layouts(self) -> dict[tuple[str, str], LayoutRules]:
        return {}

    def rules_in(self, form: str, spec: str, layout: Layout) -> LayoutRules:
        """The rules that apply in a form, for the rows of a layout of it."""
        if (form, spec) not in self._of_layouts:
            rules = [rule for rule in self.rules.values() if rule.severity_in(form)]
            cells = {r.code: (r.kind, r.fields) for r in rules if isinstance(r.kind, FieldKind)}
            self._of_layouts[form, spec] = LayoutRules(
                tuple((r, r.kind) for r in rules if isinstance(r.kind, RowKind)),
                tuple((r, r.kind) for r in rules if isinstance(r.kind, TableKind)),
                CellRules(cells, layout, self.kinds),
            )
        return self._of_layouts[form, spec]

    def citing(self, letter: str) -> "Pack":
        """The pack with the letter that asks for the reports named wherever a clause of it is cited."""
        if not letter:
            return self
        rules = {code: replace(rule, citation=_cited(rule.citation, letter)) for code, rule in self.rules.items()}
        return replace(self, rules=rules)


_CLAUSE = re.compile(r"mục \d[^:;]*")


def _cited(citation: str, letter: str) -> str:
    """ "mục 1, gạch đầu dòng thứ ba về đoàn ra: …" -> "…, Công văn số …: …"."""
    if clause := _CLAUSE.match(citation):
        return f"{clause[0].rstrip()}, {letter}{citation[clause.end() :]}"
    return citation.replace("của công văn", f"của {letter}").replace("kèm theo công văn", f"kèm theo {letter}")
