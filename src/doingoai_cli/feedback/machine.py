"""Findings for programs: json, jsonl and GitHub annotations."""

import json
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any

from doingoai_cli.model.findings import Finding, Printed, Severity
from doingoai_cli.model.outcome import MergeOutcome, Outcome

_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_encode = json.JSONEncoder(ensure_ascii=False).encode


def to_json(outcome: Outcome | MergeOutcome) -> str:
    """The whole outcome, one JSON document."""
    return _indented(outcome, "\n") + "\n"


def to_jsonl(outcome: Outcome) -> str:
    """One finding a line, each as in `to_json`."""
    return "".join(json.dumps(_data(f), ensure_ascii=False, default=_data) + "\n" for f in outcome.findings)


def _data(value: Any) -> dict[str, Any]:
    """What is printed of `value`, field by field in their order."""
    data = {}
    for name, left_out in _fields(value.__class__):
        held = getattr(value, name)
        if left_out is None or not left_out(held):
            data[name] = held
    return data


@cache
def _fields(model: type[Any]) -> tuple[tuple[str, Callable[[Any], bool] | None], ...]:
    """Each field that may be printed, and what tells that a value of it is left out."""
    described = fields(model)
    return tuple((f.name, f.metadata.get("exclude_if")) for f in described if not f.metadata.get("exclude"))


def _indented(value: Any, line: str) -> str:
    """`value` as `json.dumps(indent=1)` writes it, `line` being a break and the indentation where it stands.

    The library indents in Python too, but takes twice as long, and asks for dictionaries.
    """
    if value is None:
        return "null"
    if isinstance(value, str) or not value:
        return _encode(value)
    if isinstance(value, int):
        return "true" if value is True else str(value)
    inner = f"{line} "
    if isinstance(value, tuple):
        return f"[{inner}{f',{inner}'.join([_indented(item, inner) for item in value])}{line}]"
    named = _data(value) if isinstance(value, Printed) else value
    members = [f'"{name}": {_indented(held, inner)}' for name, held in named.items()]
    return f"{{{inner}{f',{inner}'.join(members)}{line}}}"


def to_github(outcome: Outcome) -> str:
    """Workflow commands that GitHub shows as annotations."""
    return "".join(_annotation(finding) + "\n" for finding in outcome.findings if finding.counts)


def _annotation(finding: Finding) -> str:
    properties = [f"title={_escape_property(finding.code)}"]
    if finding.file:
        properties.insert(0, f"file={_escape_property(finding.file)}")
    if finding.row:
        properties.append(f"line={finding.row}")
    place = " ".join(part for part in (finding.sheet, finding.cell) if part)
    text = f"{place}: {finding.message}" if place else finding.message
    return f"::{_GITHUB_LEVELS[finding.severity]} {','.join(properties)}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
