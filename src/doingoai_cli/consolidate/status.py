"""Where each agency stands (tình hình nộp): received, late, missing; findings; what changed since last time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.settle import Settled, of_part_of_year
from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import AgencyState, AgencyStatus
from doingoai_cli.model.findings import Finding, Severity
from doingoai_cli.model.outcome import by_submission
from doingoai_cli.model.roster import Roster, RosterEntry, listed_name
from doingoai_cli.model.submissions import Submission, SubmissionKey
from doingoai_cli.vietnamese.agencies import agency_key


def agency_statuses(
    settled: Settled, findings: Sequence[Finding], roster: Roster | None, expected: Sequence[str] = ()
) -> tuple[AgencyStatus, ...]:
    """One line per agency: the roster in its order, then agencies outside it, then files of an unknown agency.

    `expected`: the codes of the forms that each agency has to send in a cycle.
    """
    files = grouped((listed_name(submission.agency, roster), submission) for submission in settled.submissions)
    entries = {entry.name: entry for entry in roster.entries} if roster else {}
    outside = sorted((name for name in files if name not in entries), key=lambda n: (not n, agency_key(n)))
    found = by_submission(settled.submissions, (finding for finding in findings if finding.counts))
    run = _StatusOfFiles(settled, found, settled.counted_rows, roster is not None, expected)
    return tuple(run.status(name, entries.get(name), files.get(name, [])) for name in (*entries, *outside))


class _StatusOfFiles(NamedTuple):
    """What is known of all files."""

    settled: Settled
    found: Mapping[SubmissionKey, Sequence[Finding]]
    """What was found in each."""
    rows: Counter[SubmissionKey]
    has_roster: bool
    expected: Sequence[str]

    def status(self, name: str, entry: RosterEntry | None, files: Sequence[Submission]) -> AgencyStatus:
        """Where an agency stands that sent these files."""
        latest = max((self.settled.arrivals[s.path] for s in files), key=lambda a: a.sort_key, default=None)
        severities = Counter(finding.severity for s in files for finding in self.found.get(s.key, ()))
        return AgencyStatus(
            name=name,
            code=entry.code if entry else next((s.agency.code for s in files if s.agency and s.agency.code), ""),
            state=self._state(entry, files),
            received=latest.received if latest else "",
            files=len(files),
            rows=sum(self.rows[s.key] for s in files),
            errors=severities[Severity.ERROR],
            warnings=severities[Severity.WARNING],
            missing_forms=self._missing_forms(files) if name else (),
        )

    def _missing_forms(self, files: Sequence[Submission]) -> tuple[str, ...]:
        """The forms that no file reports; none where nothing came, or nothing but months and quarters."""
        sent = {form for file in files if not of_part_of_year(file) for form in file.reported_forms}
        return tuple(form for form in self.expected if form not in sent) if sent else ()

    def _state(self, entry: RosterEntry | None, files: Sequence[Submission]) -> AgencyState:
        # What cannot be read, or holds no form, is no report yet; a workbook of a lower level is (`note`).
        if not any(s.tables or s.note for s in files) and (entry is not None or not files):
            return AgencyState.MISSING
        if entry is None and all(len(s.through) > 1 for s in files):
            return AgencyState.THROUGH
        if self.has_roster and entry is None:
            return AgencyState.UNLISTED
        # The first file tells whether the agency was in time; a correction may come later.
        came = (self.settled.arrivals[s.path] for s in files if not of_part_of_year(s))
        first = min(came, key=lambda a: a.sort_key, default=None)
        late_day = self.settled.deadline.of(entry.name if entry else "")
        late = late_day and first and first.when and first.when.date() >= late_day
        return AgencyState.LATE if late else AgencyState.RECEIVED


class StatusChange(NamedTuple):
    """What is new about an agency since an earlier merge."""

    name: str
    before: AgencyStatus | None
    after: AgencyStatus | None

    @property
    def text(self) -> str:
        """In words: "chưa nộp → đã nộp", "số dòng 12 → 14, lỗi 3 → 0"."""
        if self.before is None:
            return "mới có trong danh sách"
        if self.after is None:
            return "không còn trong danh sách"
        labels = (
            ("", "state"),
            ("số tệp", "files"),
            ("số dòng", "rows"),
            ("lỗi", "errors"),
            ("cảnh báo", "warnings"),
            ("số mẫu còn thiếu", "lacking"),
        )
        before, after = (
            {**status._asdict(), "lacking": len(status.missing_forms)} for status in (self.before, self.after)
        )
        pairs = ((label, before[key], after[key]) for label, key in labels)
        return ", ".join(f"{label} {old} → {new}".strip() for label, old, new in pairs if old != new)


def status_changes(before: Sequence[AgencyStatus], after: Sequence[AgencyStatus]) -> tuple[StatusChange, ...]:
    """The agencies whose line differs from the one in an earlier workbook."""
    old = {agency_key(status.name): status for status in before}
    new = {agency_key(status.name): status for status in after}
    changes = (
        StatusChange((new.get(k) or old[k]).name, old.get(k), new.get(k)) for k in dict.fromkeys((*new, *old))
    )
    return tuple(c for c in changes if c.before is None or c.after is None or c.text)
