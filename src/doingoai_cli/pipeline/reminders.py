"""A run → letters to agencies that have not sent, sent late, or have errors to mend (công văn nhắc)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from doingoai_cli.model.consolidated import AgencyState, AgencyStatus
from doingoai_cli.model.findings import Finding, Severity
from doingoai_cli.model.outcome import by_submission
from doingoai_cli.model.roster import listed_name
from doingoai_cli.model.run import first_late_day
from doingoai_cli.model.submissions import SubmissionKey
from doingoai_cli.pipeline.document_settings import REMINDER, is_issuer, letter_settings
from doingoai_cli.pipeline.file_names import stems, write_list
from doingoai_cli.pipeline.files import make_folder, write_own
from doingoai_cli.pipeline.inbox import Inbox
from doingoai_cli.pipeline.periods import parse_day
from doingoai_cli.pipeline.status import statuses
from doingoai_cli.report.word.letters import Issue, ReminderFacts, write_reminder

_DAYS_TO_REPLY = 7
"""A reminder asks for an answer within a week, never before the deadline that it names itself."""
_TO_REMIND = (AgencyState.MISSING, AgencyState.LATE)


def write_reminders(inbox: Inbox, folder: Path, day: str | None) -> tuple[str, ...]:
    """A letter (.docx) to each agency that has sent nothing, sent late, or has errors to mend; a sentence each."""
    return tuple(_remind_each(inbox, folder, parse_day(day)))


def _remind_each(inbox: Inbox, folder: Path, signed: date) -> Iterator[str]:
    settings = letter_settings(inbox.workspace, REMINDER)
    cycle = inbox.cycle or (inbox.workspace.year or signed.year + 1)
    make_folder(folder)
    counting = (finding for finding in inbox.findings if finding.counts)
    findings = by_submission(inbox.settled.submissions, counting)
    states = statuses(inbox)
    named = stems((state.name, state.code) for state in states)
    listed: list[tuple[str, Path]] = []
    for state in states:
        if not state.name or (state.state not in _TO_REMIND and not state.errors and not state.missing_forms):
            continue
        if is_issuer(settings, state.name):
            yield f"Không lập công văn gửi {state.name}: là cơ quan gửi công văn và nhận báo cáo."
            continue
        deadline = first_late_day(cycle, inbox.settled.deadline.of(state.name))
        facts = ReminderFacts(
            cycle=cycle,
            deadline=deadline,
            received=state.received,
            late=state.state is AgencyState.LATE,
            no_form=state.state is AgencyState.MISSING,
            missing_forms=_missing_forms(inbox, state),
            issues=tuple(_issues(inbox, state, findings)),
            reply_by=max(signed + timedelta(days=_DAYS_TO_REPLY), deadline),
        )
        path = folder / f"nhac-{named[state.name]}.docx"
        letter = write_own(path, write_reminder(state.name, facts, settings, signed))
        listed.append((state.name, letter.path))
        yield from letter.told
    if listed:
        yield from write_list(folder, listed).told


def _issues(
    inbox: Inbox, state: AgencyStatus, findings: Mapping[SubmissionKey, Sequence[Finding]]
) -> Iterator[Issue]:
    sent = (
        s for s in inbox.settled.submissions if s.agency and listed_name(s.agency, inbox.run.roster) == state.name
    )
    for finding in (finding for submission in sent for finding in findings.get(submission.key, ())):
        if finding.severity is Severity.ERROR:
            place = (finding.sheet, f"ô {finding.cell}" if finding.cell else None)
            where = ", ".join(part for part in (Path(finding.file or "").name, *place) if part)
            yield Issue(where, finding.message, finding.fix)


def _missing_forms(inbox: Inbox, state: AgencyStatus) -> tuple[str, ...]:
    missing = state.state is AgencyState.MISSING
    return tuple(s.label for s in inbox.catalogue.official if missing or s.form in state.missing_forms)
