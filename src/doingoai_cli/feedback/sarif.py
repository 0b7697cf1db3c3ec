"""Findings as SARIF 2.1.0, for tools that collect results of checks."""

import json
from typing import Any
from urllib.parse import quote

from doingoai_cli.feedback.formats import PLAIN, RuleHelp, Surroundings
from doingoai_cli.model.findings import Finding, Severity
from doingoai_cli.model.outcome import Outcome

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def to_sarif(outcome: Outcome, around: Surroundings = PLAIN) -> str:
    """One run; the rules describe the codes that were found."""
    codes = sorted({finding.code for finding in outcome.findings})
    files = {file.path: file.sha256 for file in outcome.files}
    driver = {
        "name": outcome.tool.name,
        "version": outcome.tool.version,
        "language": "vi",
        "rules": [_rule(code, around.rules.get(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "language": "vi",
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": {"uri": quote(path)}, "hashes": {"sha-256": sha256}} for path, sha256 in files.items()
        ],
        "results": [_result(finding, codes.index(finding.code)) for finding in outcome.findings],
        "properties": {"cycle": outcome.cycle, "rules": outcome.rules},
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str, rule: RuleHelp | None) -> dict[str, Any]:
    if rule is None:
        return {"id": code}
    text = "\n\n".join(part for part in (rule.why, f"Căn cứ: {rule.citation}" if rule.citation else "") if part)
    described: dict[str, Any] = {"id": code, "shortDescription": {"text": rule.title}}
    return {**described, "help": {"text": text}} if text else described


def _result(finding: Finding, index: int) -> dict[str, Any]:
    text = f"{finding.message}\n{finding.fix}" if finding.fix else finding.message
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
    }
    if finding.file:
        result["locations"] = [_location(finding.file, finding.sheet, finding.cell, finding.row)]
    related = [_location(r.file, r.sheet, r.cell, None) for r in finding.related if r.file]
    if related:
        result["relatedLocations"] = [{"id": number, **place} for number, place in enumerate(related, 1)]
    if finding.waived:
        result["suppressions"] = [{"kind": "external", "justification": finding.waived.reason}]
    fields = ("agency", "form", "field", "ordinal", "value", "citation")
    result["properties"] = {name: getattr(finding, name) for name in fields if getattr(finding, name)}
    return result


def _location(file: str, sheet: str | None, cell: str | None, row: int | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(file)}}
    if row:
        physical["region"] = {"startLine": row}
    location: dict[str, Any] = {"physicalLocation": physical}
    if sheet:
        name = f"{sheet}!{cell}" if cell else sheet
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "cell" if cell else "sheet"}]
    return location
