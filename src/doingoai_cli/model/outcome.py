"""The outcome of a check: what every renderer takes and what `--format json` prints.

The field order is the JSON's; it is stable and versioned (`SCHEMA_VERSION`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Annotated, Literal, NamedTuple, TypedDict

from pydantic import Field

from doingoai_cli import __version__
from doingoai_cli.grouping import grouped
from doingoai_cli.model.findings import PRINTED, Finding, Severity, is_nothing
from doingoai_cli.model.instances import Unchecked
from doingoai_cli.model.run import BySender
from doingoai_cli.model.submissions import Origin, Submission, SubmissionKey, Table

SCHEMA_VERSION: Literal["1"] = "1"
_WHERE_ANY = Field(exclude_if=is_nothing)
"""Printed where there is something to print."""
_NEVER = Field(exclude=True)


class _Printed:
    """What is made here alone, and never read: pydantic prints it, and need not prove it. 4 ms of a check."""

    __slots__ = ()
    __pydantic_config__ = PRINTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool(_Printed):
    """What made the result."""

    name: str = "doingoai"
    version: str = __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSummary(_Printed):
    """One form of a file."""

    form: str
    sheet: str
    year: int | None
    """The year that its title states; the year of its rows where the title states none."""
    rows: int
    period: Annotated[str | None, _WHERE_ANY] = None
    """The part of a year that it reports ("2020-08", "2020-Q3"); None: a whole year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOrigin(_Printed):
    """The archive or letter that a file lay in."""

    container: str
    sender: Annotated[str | None, _WHERE_ANY] = None
    subject: Annotated[str | None, _WHERE_ANY] = None
    sent: Annotated[str | None, _WHERE_ANY] = None
    """Local time, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSummary(_Printed):
    """One file, or one agency's part of it."""

    path: str
    sha256: str
    agency: str | None
    forms: tuple[FormSummary, ...]
    error: int
    warning: int
    info: int
    origin: Annotated[FileOrigin | None, _WHERE_ANY] = None
    """None for a file of the folder itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver(_Printed):
    """What lies in the inbox and is no submission: one of our own outputs, a lock, a file of another kind."""

    path: str
    reason: str
    """In Vietnamese."""
    sha256: str = ""
    """ "" where it was not read."""
    agency: str = ""
    """Whose form it is, where a blank one says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(_Printed):
    """All files."""

    files: int
    rows: int
    error: int
    warning: int
    info: int

    @property
    def by_severity(self) -> tuple[tuple[Severity, int], ...]:
        """How many findings of each severity count, the gravest first."""
        return tuple(zip(Severity, (self.error, self.warning, self.info), strict=True))

    @property
    def counts(self) -> str:
        """ "3 lỗi, 2 cảnh báo, 0 lưu ý"."""
        return ", ".join(f"{number} {severity.word}" for severity, number in self.by_severity)


class Excerpt(NamedTuple):
    """A record's row for people to recognise: (field, label, cell, text) of each column."""

    columns: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(_Printed):
    """A whole check."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    tool: Tool = Tool()
    cycle: int | None
    rules: str
    files: tuple[FileSummary, ...]
    findings: tuple[Finding, ...]
    summary: Summary
    passed_over: Annotated[tuple[PassedOver, ...], _WHERE_ANY] = ()
    labels: Annotated[Unchecked[Mapping[str, str]], _NEVER] = field(default_factory=dict, repr=False)
    """Field → the label of its column."""
    excerpts: Annotated[Unchecked[Mapping[tuple[str, str, int], Excerpt]], _NEVER] = field(
        default_factory=dict, repr=False
    )
    """(file, sheet, row) → the row, for the renderers that show it."""

    @property
    def by_sender(self) -> Iterator[tuple[str | None, str, Sequence[Finding]]]:
        """Path, agency, findings: file by file, in one with forms of several agencies agency by agency."""
        senders = grouped((file.path, file.agency or "") for file in self.files)
        for path, findings in groupby(self.findings, key=lambda finding: finding.file):
            names = senders.get(path or "", [""])
            of_file = {names[0]: [*findings]}
            if len(names) > 1:
                own = grouped((one.agency or names[0], one) for one in of_file[names[0]])
                of_file = {name: own[name] for name in (*names, *own) if name in own}
            yield from ((path, name, found) for name, found in of_file.items())

    def excerpt(self, finding: Finding) -> Excerpt | None:
        """The row that a finding speaks of; None where it speaks of none, or rows are not shown."""
        return self.excerpts.get((finding.file or "", finding.sheet or "", finding.row or 0))


def summary_of(submissions: Collection[Submission], findings: Iterable[Finding]) -> Summary:
    """The numbers of a run."""
    rows = sum(submission.rows for submission in submissions)
    files = len({submission.path for submission in submissions})
    return Summary(files=files, rows=rows, **_count(findings))


def file_summary(submission: Submission, findings: Iterable[Finding]) -> FileSummary:
    """A submission's line; `findings` are its own."""
    return FileSummary(
        path=submission.path,
        sha256=submission.sha256,
        agency=submission.agency.name if submission.agency else None,
        forms=tuple(
            FormSummary(
                form=t.form,
                sheet=t.sheet,
                year=t.year or t.rows_year,
                rows=len(t.records),
                period=_period(submission, t),
            )
            for t in submission.tables
        ),
        origin=_origin(submission.origin),
        **_count(findings),
    )


def _origin(origin: Origin | None) -> FileOrigin | None:
    if origin is None:
        return None
    return FileOrigin(
        container=origin.container,
        sender=origin.sender or None,
        subject=origin.subject or None,
        sent=origin.sent.isoformat() if origin.sent else None,
    )


def _period(submission: Submission, table: Table) -> str | None:
    period = submission.period_of(table)
    return None if period.whole else period.code


class _Numbers(TypedDict):
    error: int
    warning: int
    info: int


def _count(findings: Iterable[Finding]) -> _Numbers:
    """How many findings of each severity count (waived ones do not)."""
    numbers = Counter(finding.severity for finding in findings if finding.counts)
    return {"error": numbers[Severity.ERROR], "warning": numbers[Severity.WARNING], "info": numbers[Severity.INFO]}


def by_submission(
    submissions: Iterable[Submission], findings: Iterable[Finding]
) -> dict[SubmissionKey, list[Finding]]:
    """The findings of each submission, in their order, without those about no file."""
    sent = BySender(submissions)
    whose = ((sent.of(finding), finding) for finding in findings)
    return grouped((submission.key, finding) for submission, finding in whose if submission is not None)
