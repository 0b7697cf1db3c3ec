"""Running a pack over submissions: kinds say what is wrong, the engine adds code, severity, place and sentences.

`check_submission` needs one file alone and can run anywhere; `check_across` needs them all; `conclude` joins both.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from doingoai_cli.checks.kind import Context, Hit, Layout
from doingoai_cli.checks.messages import fill
from doingoai_cli.checks.rule import Pack, Rule
from doingoai_cli.checks.whole import Entries, Whole, WholeKind
from doingoai_cli.model.findings import Finding, Observation, Place, Related, Severity
from doingoai_cli.model.packed import Each, PackedRecords, opened
from doingoai_cli.model.records import Member, Record, ordinal_key
from doingoai_cli.model.run import BySender, Run
from doingoai_cli.model.sources import Source
from doingoai_cli.model.submissions import Submission, Table

if TYPE_CHECKING:  # 0.9 ms of a check without any
    from doingoai_cli.checks.waivers import Waivers


def conclude(
    run: Run, pack: Pack, findings: Iterable[Finding], across: Iterable[Finding], waivers: "Waivers | None" = None
) -> tuple[Finding, ...]:
    """The findings of the single files (`check_submission`) with those `across` them, waived and sorted."""
    sent = BySender(run.submissions)
    found = [f for f in findings if not run.speaks_of_replaced(f, sent.of(f))]
    found += across
    if waivers is not None:
        applied, observed = waivers.applied(found, run)
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


def check_across(run: Run, pack: Pack, each: Each = map) -> tuple[Finding, ...]:
    """The findings that need several files or earlier years; superseded tables are not counted.

    `each` maps over the forms: they know nothing of one another.
    """
    by_path = {submission.path: submission for submission in run.submissions}
    findings = list(_observed(run.ledger, pack, by_path))
    tables: dict[str, list[Context]] = {}
    for submission in run.submissions:
        members = _members(submission)
        for table in run.counted(submission):
            for form in _forms_in(table):
                tables.setdefault(form, []).append(_context(submission, table, pack, members))

    def of_form(form: str) -> list[Finding]:
        # One a form: it holds that form alone.
        whole = Whole(Entries(tables, run), run, pack.kinds, pack.province, pack.alike)
        return [
            _finding(rule, hit, entry.record, entry.context)
            for rule in pack.rules.values()
            if isinstance(rule.kind, WholeKind) and rule.severity_in(form)
            for entry, hit in rule.kind.check_whole(form, rule.fields, whole)
        ]

    for found in each(of_form, list(tables)):
        findings += found
    return tuple(findings)


def _forms_in(table: Table) -> set[str]:
    packed = isinstance(table.records, PackedRecords)  # as a sheet was read, all of one form
    return {table.form} if packed and table.records else {record.form for record in table.records}


def _check_table(table: Table, context: Context, pack: Pack) -> list[Finding]:
    rules, records = pack.rules_in(table.form, table.spec, context.layout), opened(table.records)
    findings = [
        _finding(rule, hit, record, context)
        for rule, kind in rules.rows
        for record in records
        for hit in kind.check(record, rule.fields, context)
    ]
    findings += [
        _finding(rule, hit, None, context)
        for rule, kind in rules.tables
        for hit in kind.check_table(rule.fields, context)
    ]
    misdated = any(o.code == "CT08" and o.form in (None, table.form) for o in context.submission.observations)
    findings += [
        _finding(pack.rules[code], hit, record, context)
        for record, code, hit in rules.cells.faults(records, misdated)
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


# --- hits and observations → findings ------------------------------------------------------------------------


def _finding(rule: Rule, hit: Hit, record: Record | None, context: Context) -> Finding:
    """A kind's hit on a record (or on the table: None) in the rule's words."""
    place, form = hit.place or Place(context.submission.path), context.table.form
    value, ordinal, name, params = hit.value, None, "", hit.params
    if record is not None:
        at, source, form = record.provenance, _source(record, hit.field), record.form
        value = hit.value if hit.value is not None or not hit.field else record.text(hit.field)
        ordinal, name = record.ordinal or None, record.text("name")
        params = {"year": record.year, "stage": context.layout.stage(record.section), **hit.params}
        row, cell = (source.row, source.cell) if source else (at.row, None)
        place = hit.place or Place(at.file, at.sheet, at.sheet_index, row, cell)
    related = tuple(_place_of(other, field) for other, field in hit.related)
    seen = Observation(rule.code, place, form, ordinal, hit.field, value or "", params, related, hit.severity)
    return _worded(rule, seen, context.agency, context.layout.labels, name)


def _source(record: Record, field: str | None) -> Source | None:
    """Where a field stands; the name's cell where the field has none."""
    return record.cells.get(field or "") or record.cells.get("name") or next(iter(record.cells.values()), None)


def _place_of(record: Record, field: str) -> Place:
    source = _source(record, field)
    return Place(record.provenance.file, record.provenance.sheet, cell=source.cell if source else None)


def _observed(
    observations: Sequence[Observation], pack: Pack, by_path: Mapping[str, Submission]
) -> Iterable[Finding]:
    """What intake, the ledger and the waivers saw, in the pack's words; a code that the pack lacks is off."""
    for seen in observations:
        rule, place = pack.rules.get(seen.code), seen.place
        if rule is None or rule.severity_in(seen.form) is None:
            continue
        submission = by_path.get(place.file or "")
        agency = seen.params.get("agency") or (submission.agency_name if submission else "")
        layout = pack.layouts.get(seen.form or "")
        where = {"sheet": place.sheet or "", "file": place.file or "", "row": place.row or ""}
        told = seen._replace(params={**where, **seen.params})
        yield _worded(rule, told, agency, layout.labels if layout else {})


def _worded(rule: Rule, seen: Observation, agency: str, labels: Mapping[str, str], name: str = "") -> Finding:
    place, field = seen.place, seen.field or ""
    values = {
        "value": " ".join((seen.value or "").split()), "form": seen.form or "", "agency": agency, "name": name,
        "ordinal": seen.ordinal or "", "cell": place.cell or "", "code": seen.code,
        "year": "…", "stage": "",
        "label": labels.get(field, field), **seen.params,
    }  # fmt: skip

    def filled(part: str, text: str) -> str:
        return fill(text, values, rule.origins.get(part, rule.where))

    return Finding(
        code=seen.code,
        severity=seen.severity or rule.severity_in(seen.form) or Severity.WARNING,
        file=place.file,
        agency=agency or None,
        form=seen.form,
        sheet=place.sheet,
        cell=place.cell,
        row=place.row if place.row is None or place.row > 0 else None,  # text above a Word table
        ordinal=seen.ordinal,
        field=seen.field,
        value=seen.value,
        message=filled("message", rule.message),
        fix=filled("fix", rule.fix),
        citation=filled("citation", rule.citation),
        related=tuple(Related(file=p.file, sheet=p.sheet, cell=p.cell) for p in seen.related),
        details=seen.details,
        sheet_index=place.sheet_index,
    )
