"""Running a pack over submissions: kinds say what is wrong, the engine adds code, severity, place and sentences.

`check_submission` needs one file alone and can run anywhere; `check_across` needs them all. Together they give
what `run_checks` gives.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from doingoai_cli.checks.kind import Context, Entry, Hit, Layout, RowKind, TableKind, ordinal_key
from doingoai_cli.checks.messages import fill
from doingoai_cli.checks.rule import Pack, Rule
from doingoai_cli.checks.waivers import Waivers, apply_waivers
from doingoai_cli.checks.whole import Whole, WholeKind
from doingoai_cli.model.findings import Finding, Observation, Place, Related, Severity
from doingoai_cli.model.records import Member, Record
from doingoai_cli.model.run import Run
from doingoai_cli.model.sources import Source
from doingoai_cli.model.submissions import Submission, Table


def run_checks(run: Run, pack: Pack, waivers: Waivers | None = None) -> tuple[Finding, ...]:
    """Every finding of a run, sorted; a waived one carries its waiver (TK06: a waiver of no use)."""
    findings = [f for submission in run.submissions for f in check_submission(submission, pack)]
    return conclude(run, pack, findings, waivers)


def conclude(
    run: Run, pack: Pack, findings: Iterable[Finding], waivers: Waivers | None = None
) -> tuple[Finding, ...]:
    """The findings of the single files (`check_submission`) with those of the whole run, waived and sorted."""
    by_path = {submission.path: submission for submission in run.submissions}
    found = [f for f in findings if not run.speaks_of_replaced(f, by_path.get(f.file or ""))]
    found += check_across(run, pack)
    if waivers is not None:
        applied, observed = apply_waivers(found, run, waivers)
        found = [*applied, *_observed(observed, pack, {})]
    return tuple(sorted(found, key=lambda finding: finding.sort_key))


def check_submission(submission: Submission, pack: Pack) -> tuple[Finding, ...]:
    """The findings that one file gives by itself, in no promised order."""
    findings = list(_observed(submission.observations, pack, {submission.path: submission}))
    members = _members(submission)
    for table in submission.tables:
        context = _context(submission, table, pack, members)
        findings += _check_table(table, context, pack)
    return tuple(findings)


def check_across(run: Run, pack: Pack) -> tuple[Finding, ...]:
    """The findings that need several files or earlier years; superseded tables are not counted."""
    by_path = {submission.path: submission for submission in run.submissions}
    findings = list(_observed(run.ledger, pack, by_path))
    rules = [rule for rule in pack.rules.values() if isinstance(rule.kind, WholeKind)]
    if not rules:
        return tuple(findings)
    entries = []
    for submission in run.submissions:
        members = _members(submission)
        for table in run.counted(submission):
            context = _context(submission, table, pack, members)
            entries += [Entry(record, context) for record in table.records if run.counts(record)]
    whole = Whole(tuple(entries), run, pack.kinds, pack.province)
    forms = frozenset(entry.record.form for entry in entries)
    for rule in rules:
        assert isinstance(rule.kind, WholeKind)
        judged = frozenset(form for form in forms if rule.severity_in(form))
        hits = rule.kind.check_whole(judged, rule.fields, whole) if judged else ()
        findings += [_finding(rule, hit, entry.record, entry.context) for entry, hit in hits]
    return tuple(findings)


def _check_table(table: Table, context: Context, pack: Pack) -> list[Finding]:
    rules = [rule for rule in pack.rules.values() if rule.severity_in(table.form)]
    findings = [
        _finding(rule, hit, record, context)
        for rule in rules
        if isinstance(rule.kind, RowKind)
        for record in table.records
        for hit in rule.kind.check(record, rule.fields, context)
    ]
    findings += [
        _finding(rule, hit, None, context)
        for rule in rules
        if isinstance(rule.kind, TableKind)
        for hit in rule.kind.check_table(rule.fields, context)
    ]
    return findings


def _members(submission: Submission) -> dict[tuple[str, str], tuple[Member, ...]]:
    """The members sheet by delegation; an ordinal that two rows of a form share says nothing."""
    if not submission.members:
        return {}
    rows = Counter((r.form, ordinal_key(r.ordinal)) for r in submission.records)
    listed: dict[tuple[str, str], tuple[Member, ...]] = {}
    for member in submission.members:
        key = (member.form, ordinal_key(member.trip))
        if rows[key] == 1:
            listed[key] = (*listed.get(key, ()), member)
    return listed


def _context(
    submission: Submission, table: Table, pack: Pack, members: Mapping[tuple[str, str], tuple[Member, ...]]
) -> Context:
    layout = pack.layouts.get(table.spec) or pack.layouts.get(table.form) or Layout(table.form, (), {})
    return Context(submission, table, layout, pack.kinds, pack.province, members)


# --- hits → findings ---------------------------------------------------------------------------------------


def _finding(rule: Rule, hit: Hit, record: Record | None, context: Context) -> Finding:
    place, source = hit.place, None
    if record is not None:
        at = record.provenance
        source = _source(record, hit.field)
        if place is None:
            place = Place(
                at.file,
                at.sheet,
                at.sheet_index,
                source.row if source else at.row,
                source.cell if source else None,
            )
    form = record.form if record else context.table.form
    value = hit.value if hit.value is not None else (record.text(hit.field) if record and hit.field else "")
    values = {
        "value": " ".join(value.split()), "form": form, "agency": context.agency, "code": rule.code,
        "ordinal": record.ordinal if record else "", "cell": place.cell if place else "",
        "name": record.text("name") if record else "",
        "label": context.layout.labels.get(hit.field or "", hit.field or ""), **hit.params,
    }  # fmt: skip
    return Finding(
        code=rule.code,
        severity=hit.severity or rule.severity_in(form) or Severity.WARNING,
        file=place.file if place else context.submission.path,
        agency=context.agency or None,
        form=form,
        sheet=place.sheet if place else None,
        cell=place.cell if place else None,
        row=place.row if place else None,
        ordinal=(record.ordinal or None) if record else None,
        field=hit.field,
        value=value,
        related=tuple(_related(other, field) for other, field in hit.related),
        sheet_index=place.sheet_index if place else -1,
        **_sentences(rule, values),
    )


def _source(record: Record, field: str | None) -> Source | None:
    """Where a field stands; the name's cell where the field has none."""
    return record.cells.get(field or "") or record.cells.get("name") or next(iter(record.cells.values()), None)


def _related(record: Record, field: str) -> Related:
    source = _source(record, field)
    return Related(
        file=record.provenance.file, sheet=record.provenance.sheet, cell=source.cell if source else None
    )


class _Sentences(TypedDict):
    message: str
    fix: str
    citation: str


def _sentences(rule: Rule, values: Mapping[str, Any]) -> _Sentences:
    def filled(name: str, text: str) -> str:
        return fill(text, values, rule.origins.get(name, rule.where))

    return {
        "message": filled("message", rule.message),
        "fix": filled("fix", rule.fix),
        "citation": filled("citation", rule.citation),
    }


def _observed(
    observations: Sequence[Observation], pack: Pack, by_path: Mapping[str, Submission]
) -> Iterable[Finding]:
    """What intake, the ledger and the waivers saw, in the pack's words; a code that the pack lacks is off."""
    for seen in observations:
        rule = pack.rules.get(seen.code)
        severity = rule.severity_in(seen.form) if rule else None
        if rule is None or severity is None:
            continue
        place = seen.place
        submission = by_path.get(place.file or "")
        agency = seen.params.get("agency") or (submission.agency.name if submission and submission.agency else "")
        layout = pack.layouts.get(seen.form or "")
        values = {
            "value": " ".join((seen.value or "").split()), "form": seen.form or "", "agency": agency,
            "ordinal": seen.ordinal or "", "cell": place.cell or "", "name": "", "code": seen.code,
            "label": (layout.labels if layout else {}).get(seen.field or "", seen.field or ""),
            "sheet": place.sheet or "", "file": place.file or "", "row": place.row or "", **seen.params,
        }  # fmt: skip
        yield Finding(
            code=seen.code,
            severity=seen.severity or severity,
            file=place.file,
            agency=agency or None,
            form=seen.form,
            sheet=place.sheet,
            cell=place.cell,
            row=place.row if place.row is None or place.row > 0 else None,  # text above a Word table
            ordinal=seen.ordinal,
            field=seen.field,
            value=seen.value,
            related=tuple(Related(file=p.file, sheet=p.sheet, cell=p.cell) for p in seen.related),
            details=seen.details,
            sheet_index=place.sheet_index,
            **_sentences(rule, values),
        )
