"""Rule packs as text: listed, explained, compared, validated."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from doingoai_cli import messages, resources
from doingoai_cli.checks.kinds.registry import KindDescription, describe_kinds
from doingoai_cli.checks.messages import explained
from doingoai_cli.checks.pack import Pack, Rule, load_pack
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.pipeline.catalogue import forms_of, pack_of
from doingoai_cli.pipeline.workspace import find_workspace

_MARKDOWN_HEAD = """\
# Các quy tắc

Bảng này được tạo từ bộ quy tắc `{pack}` bằng `make docs`; không sửa tay. Giải thích từng mã, kèm ví dụ:
`doingoai rules show MÃ`.

| Mã | Nội dung | Mức độ | Căn cứ |
|---|---|---|---|
"""


def _pack(rules: str | None, year: int | None) -> Pack:
    workspace = find_workspace(Path.cwd())
    pack, _ = pack_of(workspace, forms_of(workspace), year or workspace.year, rules)
    return pack


def listing(rules: str | None, year: int | None, format: str) -> str:
    """Every code of a pack with its title and severities."""
    pack = _pack(rules, year)
    if format == "json":
        return json.dumps(_pack_data(pack), ensure_ascii=False, indent=1) + "\n"
    if format == "markdown":
        rows = (f"| {code} | {r.title} | {_severities(r)} | {r.citation} |" for code, r in pack.rules.items())
        return _MARKDOWN_HEAD.format(pack=pack.id) + "\n".join(rows) + "\n"
    width = max(len(_severities(rule)) for rule in pack.rules.values())
    lines = [f"{code}  {_severities(rule):<{width}}  {rule.title}" for code, rule in pack.rules.items()]
    return (
        "\n".join((f"{pack.title} ({pack.id})", "", *lines, "", "Giải thích một mã: doingoai rules show DR07"))
        + "\n"
    )


def _severities(rule: Rule) -> str:
    by_form = [f"{form}: {s.word}" for form, s in rule.forms.items() if s is not None]
    general = [rule.severity.word] if rule.severity is not None else []
    return ", ".join((*general, *by_form))


def _pack_data(pack: Pack) -> dict[str, Any]:
    return {
        **{name: getattr(pack, name) for name in ("id", "title", "source", "province")},
        "extends": list(pack.chain[1:]),
        "rules": {code: _rule_data(rule) for code, rule in pack.rules.items()},
    }


def _rule_data(rule: Rule) -> dict[str, Any]:
    return {
        "kind": rule.kind.kind,
        "severity": rule.severity,
        "forms": dict(rule.forms),
        "fields": list(rule.fields),
        "params": dict(rule.params),
        **{name: getattr(rule, name) for name in ("title", "message", "fix", "citation", "why")},
    }


def explanation(code: str, rules: str | None, year: int | None) -> str:
    """One rule: what, why, by which clause, its parameters and who set them, examples; DoingoaiError: no such."""
    pack = _pack(rules, year)
    rule = pack.rules.get(code.upper())
    if rule is None:
        raise DoingoaiError(messages.UNKNOWN_CODE.format(code=code, pack=pack.id))
    return "\n".join(_explained(rule, forms_of(find_workspace(Path.cwd())))) + "\n"


def _explained(rule: Rule, catalogue: FormCatalogue) -> Iterator[str]:
    yield f"{rule.code}: {rule.title}"
    yield f"Mức độ:   {_severities(rule)}"
    if rule.why:
        yield f"Vì sao:   {rule.why}"
    if rule.citation:
        yield f"Căn cứ:   {rule.citation}"
    yield from _fixes(rule, catalogue)
    yield f"Loại:     {rule.kind.kind} ({_origin(rule.where)})"
    if rule.params:
        yield "Tham số đang áp dụng:"
        for name, value in rule.params.items():
            yield f"  {name}: {_shown(value)}  [{_origin(rule.origins.get(f'params.{name}', rule.where))}]"
    if rule.examples is not None:
        yield "Ví dụ sai:"
        yield from _example(rule.examples.bad, catalogue)
        yield "Ví dụ đúng:"
        yield from _example(rule.examples.good, catalogue)


def _fixes(rule: Rule, catalogue: FormCatalogue) -> Iterator[str]:
    """How to mend it, with the pack's own numbers; form by form where the forms differ."""
    if not rule.fix:
        return
    where = rule.origins.get("fix", rule.where)
    filled = {
        form: explained(rule.fix, {**rule.kind.stated, "form": form, "stage": _stage(form, catalogue)}, where)
        for form in (*rule.forms, "")
    }
    general = filled.pop("")
    yield f"Cách sửa: {general}"
    yield from (f"          Mẫu {form}: {text}" for form, text in filled.items() if text != general)


def _stage(form: str, catalogue: FormCatalogue) -> str:
    """Whether a form's rows are planned or realised; "" where its sections differ, and for no form."""
    stage = catalogue.of_form(form).stage_of("") if form in catalogue.forms() else None
    return stage.value if stage else ""


def _example(example: tuple[Mapping[str, str], ...] | str, catalogue: FormCatalogue) -> Iterator[str]:
    if isinstance(example, str):
        yield f"  {example}"
        return
    for row in example:
        form = row.get("form", "")
        spec = catalogue.of_form(form) if form in catalogue.forms() else None
        labels = spec.labels if spec else {}
        cells = "; ".join(f"{labels.get(k, k)}: {v or '(trống)'}" for k, v in row.items() if k != "form")
        yield f"  Mẫu {form}: {cells}" if form else f"  {cells}"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _origin(origin: str) -> str:
    """The pack that set it; for a pack of the user's own also file and line, where he can mend it."""
    return origin.partition(" (")[0] if str(resources.packs_dir()) in origin else origin


def kinds() -> str:
    """The kinds that a pack's author can use, with their parameters."""
    return "\n".join(line for kind in describe_kinds() for line in _kind(kind)) + "\n"


def _kind(kind: KindDescription) -> Iterator[str]:
    yield f"{kind.name}: {kind.about}"
    if kind.needs_field:
        yield "  field (bắt buộc): trường cần xét"
    for parameter in kind.parameters:
        need = "bắt buộc" if parameter.required else f"mặc định: {_shown(parameter.default)}"
        yield f"  {parameter.name} ({parameter.type}; {need}): {parameter.description}"
    if kind.variables:
        yield "  dùng được trong message: " + ", ".join(
            f"{name} ({what})" for name, what in kind.variables.items()
        )
    yield ""


def difference(first: str, second: str) -> str:
    """What the second pack adds, drops and changes, against the first."""
    workspace = find_workspace(Path.cwd())
    forms = forms_of(workspace) if workspace.forms else None
    one, two = (load_pack(ref, resources.packs_dir(), forms) for ref in (first, second))
    lines = [f"{one.id} → {two.id}"]
    for code in sorted({*one.rules, *two.rules}):
        before, after = one.rules.get(code), two.rules.get(code)
        if before is None and after is not None:
            lines.append(f"+ {code} {after.title} ({_severities(after)})")
        elif after is None and before is not None:
            lines.append(f"- {code} {before.title}")
        elif before is not None and after is not None:
            lines += _changes(code, before, after)
    return "\n".join(lines if len(lines) > 1 else (*lines, "Hai bộ quy tắc giống nhau.")) + "\n"


def _changes(code: str, before: Rule, after: Rule) -> Iterator[str]:
    old, new = (_flat(_rule_data(rule)) for rule in (before, after))
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            yield f"~ {code} {key}: {_shown(old.get(key, '(không có)'))} → {_shown(new.get(key, '(không có)'))}"


def _flat(data: Mapping[str, Any], under: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in data.items():
        name = f"{under}.{key}" if under else str(key)
        flat |= _flat(value, name) if isinstance(value, Mapping) else {name: value}
    return flat


def validation(path: Path) -> str:
    """A sentence where the pack is sound; ConfigError lists its faults by `file:line`; DoingoaiError: no file."""
    if not path.exists():
        raise DoingoaiError(messages.PATH_MISSING.format(path=path))
    workspace = find_workspace(Path.cwd())
    pack = load_pack(str(path), resources.packs_dir(), forms_of(workspace) if workspace.forms else None)
    return f"Bộ quy tắc “{pack.id}” hợp lệ: {len(pack.rules)} quy tắc.\n"
