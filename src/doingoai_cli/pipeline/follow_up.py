"""Where things stand: who has sent what, reminders, plan against results, data for other programs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from doingoai_cli import messages
from doingoai_cli.consolidate.export import export as exported
from doingoai_cli.consolidate.reconcile import reconcile as compare
from doingoai_cli.consolidate.reconciled import DIRECTION_NAMES, Reconciled
from doingoai_cli.consolidate.reconciled_data import agreement_lines, reconciled_data, summary_lines
from doingoai_cli.consolidate.status import StatusChange, agency_statuses, status_changes
from doingoai_cli.consolidate.workbook.reconciliation import write_reconciliation
from doingoai_cli.feedback.status import StandingPage, standing_as_html, standing_as_table
from doingoai_cli.model.consolidated import PAIRING_SHEET, PLAN_CHANGES_SHEET, AgencyState, AgencyStatus
from doingoai_cli.model.findings import Finding, Severity
from doingoai_cli.model.opinions import Opinion
from doingoai_cli.model.outcome import by_file
from doingoai_cli.model.roster import listed_name
from doingoai_cli.model.run import first_late_day
from doingoai_cli.pipeline.books import read_book
from doingoai_cli.pipeline.catalogue import forms_of
from doingoai_cli.pipeline.documents import REMINDER, is_issuer, letter_settings
from doingoai_cli.pipeline.file_names import stems, write_list
from doingoai_cli.pipeline.files import check_suffix, make_folder, write_own, write_whole
from doingoai_cli.pipeline.inbox import Inbox
from doingoai_cli.pipeline.report import parse_day
from doingoai_cli.pipeline.workspace import find_workspace
from doingoai_cli.report.word.letters import Issue, ReminderFacts, write_reminder
from doingoai_cli.vietnamese.report_phrases import short_date

_DAYS_TO_REPLY = 7
"""A reminder asks for an answer within a week."""


def status(inbox: Inbox, format: str, *, since: Path | None) -> str:
    """The state of every agency of the roster, and what changed since an earlier consolidated workbook."""
    states = statuses(inbox)
    before = read_book(since, inbox.catalogue).agencies if since is not None else None
    changes = status_changes(before, states) if before is not None else ()
    page = StandingPage(
        inbox.cycle, inbox.settled.deadline, states, tuple((c.name, c.text) for c in changes), inbox.passed_over
    )
    if format == "json":
        return _as_json(inbox, states, changes)
    return standing_as_html(page) if format == "html" else standing_as_table(page)


def statuses(inbox: Inbox) -> tuple[AgencyStatus, ...]:
    """Where each agency stands, the forms that it has not sent included."""
    expected = [spec.form for spec in inbox.catalogue.official]
    return agency_statuses(inbox.settled, inbox.findings, inbox.run.roster, expected)


def _as_json(inbox: Inbox, states: Sequence[AgencyStatus], changes: Sequence[StatusChange]) -> str:
    deadline = inbox.settled.deadline
    data: dict[str, Any] = {
        "schema_version": "1",
        "cycle": inbox.cycle,
        "deadline": deadline.isoformat() if deadline else None,
        "agencies": [s._asdict() | {"state": s.state.name.lower(), "state_text": s.state.value} for s in states],
        "summary": {state.name.lower(): sum(s.state is state for s in states) for state in AgencyState},
        "passed_over": [{"path": one.path, "reason": one.reason} for one in inbox.passed_over],
        "changes": [{"agency": change.name, "text": change.text} for change in changes],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


_TO_REMIND = (AgencyState.MISSING, AgencyState.LATE)


def write_reminders(inbox: Inbox, folder: Path, day: str | None) -> tuple[str, ...]:
    """A letter (.docx) to each agency that has sent nothing, sent late, or has errors to mend; a sentence each."""
    return tuple(_remind_each(inbox, folder, parse_day(day)))


def _remind_each(inbox: Inbox, folder: Path, signed: date) -> Iterator[str]:
    settings = letter_settings(inbox.workspace, REMINDER)
    cycle = inbox.cycle or (inbox.workspace.year or signed.year + 1)
    make_folder(folder)
    findings = by_file(finding for finding in inbox.findings if finding.counts)
    states = statuses(inbox)
    named = stems((state.name, state.code) for state in states)
    listed: list[tuple[str, Path]] = []
    for state in states:
        if not state.name or (state.state not in _TO_REMIND and not state.errors and not state.missing_forms):
            continue
        if is_issuer(settings, state.name):
            yield f"Không lập công văn gửi {state.name}: là cơ quan gửi công văn và nhận báo cáo."
            continue
        facts = ReminderFacts(
            cycle=cycle,
            deadline=first_late_day(cycle, inbox.settled.deadline),
            received=state.received,
            late=state.state is AgencyState.LATE,
            missing_forms=_missing_forms(inbox, state),
            issues=tuple(_issues(inbox, state, findings)),
            reply_by=signed + timedelta(days=_DAYS_TO_REPLY),
        )
        path = folder / f"nhac-{named[state.name]}.docx"
        letter = write_own(path, write_reminder(state.name, facts, settings, signed))
        listed.append((state.name, letter.path))
        yield from letter.told
    if listed:
        yield from write_list(folder, listed).told


def _of_agency(
    inbox: Inbox, state: AgencyStatus, findings: Mapping[str | None, Sequence[Finding]]
) -> Iterator[Finding]:
    for submission in inbox.settled.submissions:
        if submission.agency and listed_name(submission.agency, inbox.run.roster) == state.name:
            yield from findings.get(submission.path, ())


def _issues(
    inbox: Inbox, state: AgencyStatus, findings: Mapping[str | None, Sequence[Finding]]
) -> Iterator[Issue]:
    for finding in _of_agency(inbox, state, findings):
        if finding.severity is Severity.ERROR:
            place = (finding.sheet, f"ô {finding.cell}" if finding.cell else None)
            where = ", ".join(part for part in (Path(finding.file or "").name, *place) if part)
            yield Issue(where, finding.message, finding.fix)


def _missing_forms(inbox: Inbox, state: AgencyStatus) -> tuple[str, ...]:
    missing = state.state is AgencyState.MISSING
    return tuple(s.label for s in inbox.catalogue.official if missing or s.form in state.missing_forms)


def reconcile(
    plan: Path, realised: Path, out: Path | None, day: str | None = None, *, as_json: bool
) -> tuple[str, tuple[str, ...]]:
    """The approved plan of one workbook against the results of another, up to `day` (today): (text, notices)."""
    if out is not None:
        check_suffix(out, ".xlsx")
    catalogue = forms_of(find_workspace(Path.cwd()))
    until = parse_day(day)
    planned, took_place = read_book(plan, catalogue), read_book(realised, catalogue)
    reconciled = compare(planned, took_place, catalogue, until=until)
    notices = (*planned.notices, *took_place.notices, *_undecided(reconciled, realised), *_to_adjust(reconciled))
    if out is not None:
        notices = (*write_own(out, write_reconciliation(reconciled)).told, *notices)
    if as_json:
        return json.dumps(reconciled_data(reconciled), ensure_ascii=False, indent=1) + "\n", notices
    return _as_text(reconciled), notices


def _undecided(reconciled: Reconciled, realised: Path) -> Iterator[str]:
    pairs = sum(len(direction.unsure) for direction in reconciled.directions)
    if pairs:
        yield (
            f"{pairs} cặp cần xác nhận: ghi quyết định ở trang “{PAIRING_SHEET}” của {realised.as_posix()} rồi "
            "chạy lại (trang này có sẵn các cặp khi tổng hợp với --history là sổ có kế hoạch)."
        )
    for change in reconciled.changes.unmatched:
        yield (
            f"Trang “{PLAN_CHANGES_SHEET}”, dòng {change.line}: chưa rõ “{change.name}” là đoàn nào của kế hoạch, "
            "hoặc chưa rõ bổ sung, điều chỉnh hay hủy; dòng này chỉ được tính vào số lần điều chỉnh."
        )


def _to_adjust(reconciled: Reconciled) -> Iterator[str]:
    """What was never agreed to is told: the approved plan is counted with it, as in reports and the workbook."""
    planned = (became.row for direction in reconciled.directions for became in direction.planned)
    rows = sum(row.review.stated is Opinion.ADJUST for row in planned)
    if rows:
        yield (
            f"{rows} dòng kế hoạch còn ở ý kiến “Điều chỉnh”: vẫn tính là kế hoạch (chỉ “Không đồng ý” mới bị "
            "loại), như trong báo cáo và sổ tổng hợp; văn bản Kế hoạch, Tờ trình chỉ có dòng “Đồng ý”."
        )


def _as_text(reconciled: Reconciled) -> str:
    until = f" (tính đến ngày {short_date(reconciled.until)})" if reconciled.until else ""
    lines = [f"Đối chiếu kế hoạch năm {reconciled.year} với kết quả thực hiện{until}"]
    for direction in reconciled.directions:
        lines += ["", DIRECTION_NAMES[direction.id]]
        summary = summary_lines(direction)
        width = max(len(label) for label, _ in summary)
        lines += [f"  {label:<{width}}  {value}" for label, value in summary]
    if reconciled.agreements:
        lines += ["", "Thỏa thuận quốc tế"]
        lines += [f"  {label:<50}  {value}" for label, value in agreement_lines(reconciled.agreements)]
    return "\n".join(lines) + "\n"


def export(workbook: Path, target: str, out: Path | None) -> tuple[str, ...]:
    """The records of a consolidated workbook in another format; a sentence a file."""
    catalogue = forms_of(find_workspace(Path.cwd()))
    book = read_book(workbook, catalogue)
    files = exported(book, catalogue, target)
    folder = make_folder(out or workbook.parent)
    for name, data in files.items():
        write_whole(folder / name, data)
    return (*book.notices, *(messages.WROTE.format(path=(folder / name).as_posix()) for name in files))
