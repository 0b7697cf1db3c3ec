"""Merged pack files → a pack: every rule held against its kind, its forms and its templates, all faults listed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import Field

from doingoai_cli.checks.kind import Kind, Layout, Named
from doingoai_cli.checks.kinds.registry import KIND_CLASSES
from doingoai_cli.checks.messages import faults
from doingoai_cli.checks.packfile import Layers, is_switched_off
from doingoai_cli.checks.rule import Examples, Pack, Rule
from doingoai_cli.errors import ConfigError
from doingoai_cli.messages import did_you_mean
from doingoai_cli.model.findings import Severity
from doingoai_cli.model.forms import FormCatalogue, FormSpec
from doingoai_cli.model.records import column_types
from doingoai_cli.resources import packs_dir
from doingoai_cli.value_faults import Key
from doingoai_cli.yamlfile import FrozenModel, validated

_PROVINCE = "Quảng Bình"
_CYCLE = 2020
"""Where no pack of the chain names one."""


def _names_in(hint: Any, value: Any, at: Key) -> Iterator[tuple[Key, str, Named]]:
    """The names that a parameter gives, by its type: each with where it stands, and what it is the name of."""
    base, *notes = get_args(hint) or (hint,)
    what = next((note for note in notes if isinstance(note, Named)), None)
    if what and isinstance(value, str) and value:
        yield at, value, what
    elif isinstance(value, Mapping) and get_origin(hint) is Mapping:
        for name, held in value.items():
            yield from _names_in(base, name, (*at, name))
            yield from _names_in(notes[0], held, (*at, name))
    elif get_origin(hint) is tuple:
        for said in [value] if isinstance(value, str) else value or ():
            yield from _names_in(base, said, at)
    elif get_origin(hint) is Annotated:
        yield from _names_in(base, value, at)


class _RuleText(FrozenModel):
    kind: str
    severity: Severity | None = None
    forms: Mapping[Any, Any] | None = None
    field: str | tuple[str, ...] = ()
    params: Mapping[str, Any] = {}
    title: str = ""
    message: Annotated[str, Field(min_length=1)]
    fix: str = ""
    citation: str = ""
    why: str = ""
    examples: Examples | None = None


class Resolver:
    """Merged files → a pack. `proven`: shipped, its templates are held right by the tests."""

    def __init__(self, layers: Layers, catalogue: FormCatalogue, *, proven: bool) -> None:
        self._layers = layers
        self._catalogue = catalogue
        self._proven = proven
        cycles = next((head.cycles for head in layers.heads if head.cycles), None)
        self._cycle = cycles.first if cycles else _CYCLE

    def pack(self) -> Pack:
        """The pack; ConfigError lists every fault, by file and line."""
        rules: dict[str, Rule] = {}
        problems: list[str] = list(self._layers.problems)
        for code in sorted(self._layers.rules):
            try:
                rules[code] = self._rule(code)
            except ConfigError as error:
                problems += error.problems
        if problems:
            raise ConfigError(sorted(dict.fromkeys(problems), key=_by_line))
        head, *bases = self._layers.heads
        heads = (head, *bases)
        return Pack(
            id=head.id,
            title=head.title,
            cycles=head.cycles,
            source=head.source or next((h.source for h in bases if h.source), ""),
            province=next((h.province for h in heads if h.province), _PROVINCE),
            rules=rules,
            layouts={spec.id: Layout.of(spec) for spec in self._catalogue.specs},
            alike={form: self._catalogue.forms_like(form) for form in self._catalogue.forms()},
            chain=tuple(h.id for h in heads),
        )

    def _rule(self, code: str) -> Rule:
        key: Key = ("rules", code)
        data = self._layers.rules[code]
        try:
            text = validated(_RuleText, data, self._layers, key)
        except ConfigError as error:
            raise ConfigError([f"{problem} ({code})" for problem in error.problems]) from error
        forms, problems = self._forms(text, key)
        fields = (text.field,) if isinstance(text.field, str) else text.field
        kind, faults_of_kind = self._kind(text, key)
        problems += faults_of_kind
        if kind is not None:
            problems += self._field_faults(kind, fields, forms, text, key)
            problems += self._named_faults(kind, forms, text, key)
            problems += [] if self._proven else self._template_faults(kind, text, key)
        if text.severity is None and text.forms is None:
            problems.append(f"{self._layers.at(key)}: {code} thiếu “forms” (mẫu: mức độ) hoặc “severity”")
        if problems or kind is None:
            raise ConfigError(problems)
        return Rule(
            code=code,
            kind=kind,
            fields=fields or kind.FIELDS,
            severity=text.severity,
            forms=forms,
            title=text.title,
            message=text.message,
            fix=text.fix,
            citation=text.citation,
            why=text.why,
            examples=text.examples.for_cycle(self._cycle) if text.examples else None,
            params=text.params,
            origins=dict(self._origins(data, key)),
        )

    def _forms(self, text: _RuleText, key: Key) -> tuple[dict[str, Severity | None], list[str]]:
        found: dict[str, Severity | None] = {}
        problems = []
        known = self._catalogue.forms()
        for form, severity in (text.forms or {}).items():
            where = self._layers.at((*key, "forms", form))
            if not isinstance(form, str):
                problems.append(
                    f'{where}: mẫu {form} phải đặt trong dấu nháy, ví dụ "03" (không nháy là số nguyên)'
                )
            elif form not in known:
                problems.append(f"{where}: không có mẫu “{form}”{did_you_mean(form, known)}")
            elif is_switched_off(severity):
                found[form] = None
            elif severity in tuple(Severity):
                found[form] = Severity(severity)
            else:
                problems.append(f"{where}: mức độ “{severity}” sai: phải là error, warning, info hoặc off")
        return found, problems

    def _kind(self, text: _RuleText, key: Key) -> tuple[Kind | None, list[str]]:
        known = KIND_CLASSES
        if text.kind not in known:
            hint = did_you_mean(text.kind, known, "; xem các loại có bằng: doingoai rules kinds")
            return None, [f"{self._layers.at((*key, 'kind'))}: không có loại quy tắc “{text.kind}”{hint}"]
        if "kind" in text.params:
            return None, [f"{self._layers.at((*key, 'params', 'kind'))}: “kind” không phải tham số"]
        kind, values = known[text.kind], {"kind": text.kind, **text.params}
        try:
            return validated(kind, values, _Params(self._layers, key)), []
        except ConfigError as error:
            return None, [problem.replace(f"{text.kind}.", "") for problem in error.problems]

    def _field_faults(
        self, kind: Kind, fields: tuple[str, ...], forms: Mapping[str, Any], text: _RuleText, key: Key
    ) -> Iterator[str]:
        where = self._layers.at((*key, "field"))
        if kind.NEEDS_FIELD and not fields:
            yield f"{where}: loại “{text.kind}” cần “field” (trường nào được xét)"
        of_forms = self._specs(forms, text)
        types: dict[str, set[type]] = {}
        for spec in of_forms:
            for field, held in column_types(spec.record_model).items():
                types.setdefault(field, set()).add(held)
        known = list(types)
        if not self._is_shipped((*key, "field")):
            # a province's own form may lack a column of a shipped rule; its own rule would never speak
            columns = {column.field for spec in of_forms for column in spec.columns}
            known = [name for name in known if name in columns]
        for name in fields:
            if name not in known and of_forms:
                hint = did_you_mean(name, known, f"; các trường có: {', '.join(known)}")
                yield f"{where}: các mẫu của quy tắc không có trường “{name}”{hint}"
            elif kind.READS and name in known and types[name].isdisjoint(kind.READS):
                fitting = ", ".join(other for other in known if not types[other].isdisjoint(kind.READS))
                yield f"{where}: loại “{text.kind}” không xét được trường “{name}”; các trường xét được: {fitting}"

    def _specs(self, forms: Mapping[str, Any], text: _RuleText) -> list[FormSpec]:
        return [s for s in self._catalogue.specs if s.form in forms or text.severity is not None]

    def _is_shipped(self, key: Key) -> bool:
        return Path(self._layers.source_of(key).name).parent == packs_dir()

    def _named_faults(self, kind: Kind, forms: Mapping[str, Any], text: _RuleText, key: Key) -> Iterator[str]:
        """Of what a province's own parameters name: fields, sections, forms and rules that are there."""
        specs = self._specs(forms, text)
        known: dict[Named, list[str]] = {
            Named.FIELD: [field for spec in specs for field in column_types(spec.record_model)],
            Named.SECTION: [section.id for spec in specs for section in spec.sections],
            Named.FORM: list(self._catalogue.forms()),
            Named.RULE: list(self._layers.rules),
        }
        for name, hint in kind.parameters().items():
            for where, said, what in _names_in(hint, text.params.get(name), (*key, "params", name)):
                there = list(dict.fromkeys(known[what]))
                if said not in there and not self._is_shipped(where):
                    meant = did_you_mean(said, there, f"; có: {', '.join(there)}" if there else "")
                    yield f"{self._layers.at(where)}: “{name}”: không có {what.value} “{said}”{meant}"

    def _template_faults(self, kind: Kind, text: _RuleText, key: Key) -> Iterator[str]:
        offered = None if text.kind == "observed" else kind.OFFERS
        own = (*key, "kind")
        for name in ("message", "fix", "citation"):
            at = (*key, name)
            told, why = at, ""
            if self._is_shipped(at) and not self._is_shipped(own):  # the kind was changed, the sentence was not
                told, why = own, f" (“{name}” của loại cũ; ghi “{name}” cho loại “{text.kind}”)"
            for fault in faults(getattr(text, name), offered):
                yield f"{self._layers.at(told)}: {fault}{why}"

    def _origins(self, data: Mapping[str, Any], key: Key) -> Iterator[tuple[str, str]]:
        for name, value in data.items():
            yield name, self._layers.set_by((*key, name))
            if name in ("params", "forms") and isinstance(value, dict):
                for inner in value:
                    yield f"{name}.{inner}", self._layers.set_by((*key, name, inner))


@dataclass(frozen=True, slots=True)
class _Params:
    """Places of a kind's parameters: in the file they stand under `params`."""

    layers: Layers
    key: Key

    def at(self, key: Key) -> str:
        """`file:line` of a parameter."""
        return self.layers.at((*self.key, "params", *key))


def _by_line(problem: str) -> tuple[str, int]:
    name, _, rest = problem.partition(": ")[0].rpartition(":")
    return name, int(rest) if rest.isdigit() else 0
