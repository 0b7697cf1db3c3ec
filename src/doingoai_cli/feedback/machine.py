"""Findings for programs: json, jsonl and GitHub annotations."""

import json
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from doingoai_cli.feedback.formats import PLAIN, Surroundings
from doingoai_cli.messages import printable
from doingoai_cli.model.findings import Finding, Severity
from doingoai_cli.model.outcome import Outcome

if TYPE_CHECKING:
    from doingoai_cli.model.merge_outcome import MergeOutcome

_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def to_json(outcome: "Outcome | MergeOutcome", _around: Surroundings = PLAIN) -> str:
    """The whole outcome, one JSON document."""
    return TypeAdapter(type(outcome)).dump_json(outcome, indent=1).decode() + "\n"


def to_jsonl(outcome: Outcome, _around: Surroundings = PLAIN) -> str:
    """One finding a line, each as in `to_json`."""
    printed = TypeAdapter(tuple[Finding, ...]).dump_python(outcome.findings, mode="json")
    return "".join(json.dumps(finding, ensure_ascii=False) + "\n" for finding in printed)


def to_github(outcome: Outcome, _around: Surroundings = PLAIN) -> str:
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
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
