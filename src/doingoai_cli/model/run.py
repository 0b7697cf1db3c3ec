"""One run over an inbox: what the checks see (never files)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from doingoai_cli.grouping import grouped
from doingoai_cli.model.findings import Finding, Observation
from doingoai_cli.model.instances import Instance
from doingoai_cli.model.records import Record
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.submissions import Submission, Table
from doingoai_cli.vietnamese.agencies import agency_key


class TableKey(NamedTuple):
    """Which table of which file."""

    path: str
    form: str
    sheet_index: int
    header_row: int


class RowPlace(NamedTuple):
    """Which row of which file."""

    path: str
    sheet_index: int
    row: int


def key_of(path: str, table: Table) -> TableKey:
    """What identifies a table within a run."""
    return TableKey(path, table.form, table.sheet_index, table.header_row)


def row_place(record: Record) -> RowPlace:
    """What identifies the row of a record within a run."""
    at = record.provenance
    return RowPlace(at.file, at.sheet_index, at.row)


def first_late_day(cycle: int, stated: date | None = None) -> date:
    """The first day that is too late in cycle Y (hạn nộp): as stated, else 15 September of Y-1.

    Seed 000, K0: "trước ngày 15/9".
    """
    return stated or date(cycle - 1, 9, 15)


class BySender:
    """Whose a finding is: of a file with forms of several agencies, the one that it names."""

    def __init__(self, submissions: Iterable[Submission]) -> None:
        self._sent = grouped((submission.path, submission) for submission in submissions)

    def of(self, finding: Finding) -> Submission | None:
        """The submission that a finding speaks of; None for one about no file."""
        sent = self._sent.get(finding.file or "", ())
        return next((one for one in sent if one.agency_name == finding.agency), sent[0] if sent else None)


class YearDeadline(NamedTuple):
    """From which day on the report of the year is too late (hạn nộp, K0)."""

    general: date | None = None
    own: Mapping[str, date] = {}
    """Agency key → its own, where it was given more time (gia hạn)."""

    def of(self, agency: str) -> date | None:
        """That of an agency, by its name in the roster; None where no cycle is known."""
        return self.own.get(agency_key(agency), self.general)


NO_DEADLINE = YearDeadline()


@dataclass(frozen=True, slots=True, config=ConfigDict(defer_build=True))
class History:
    """Earlier years (lịch sử): records of older consolidated workbooks, and the approved plan where it is known.

    `realised` holds 01.x rows of earlier years with their agency; `plan` the 02.x rows of the plan that was
    approved for the year now reported on (rows marked "Không đồng ý" left out); None: not at hand.
    """

    realised: tuple[tuple[str, Instance[Record]], ...] = ()
    """(agency key, record)."""
    plan: tuple[tuple[str, Instance[Record]], ...] | None = None


@dataclass(frozen=True, slots=True, config=ConfigDict(defer_build=True))
class Run:
    """All submissions of a run, superseded ones included, with what is known around them."""

    submissions: tuple[Instance[Submission], ...]
    cycle: int | None
    """The plan year Y; None for a run of nothing but unreadable or unknown files."""
    superseded: frozenset[Instance[TableKey]] = frozenset()
    """Tables that a later file replaces: shown, never counted."""
    superseded_rows: frozenset[Instance[RowPlace]] = frozenset()
    """Single rows that a later file replaces, in tables that count."""
    ledger: tuple[Instance[Observation], ...] = ()
    """What settling the inbox observed (TK02, TK03, TK04, TK05)."""
    history: Instance[History] = History()
    roster: Instance[Roster] | None = None
    across: bool = False
    """Whether rules across agencies speak (merge, status, check with several files)."""

    def counted(self, submission: Submission) -> tuple[Table, ...]:
        """The tables of a file that no later file replaces."""
        return tuple(t for t in submission.tables if key_of(submission.path, t) not in self.superseded)

    def counts(self, record: Record) -> bool:
        """Whether no later file replaces that row of a table that counts."""
        return not self.superseded_rows or row_place(record) not in self.superseded_rows

    def speaks_of_replaced(self, finding: Finding, submission: Submission | None) -> bool:
        """Whether a finding is about nothing but what a later file replaces."""
        if finding.form is None or submission is None or not (self.superseded or self.superseded_rows):
            return False
        if finding.row and RowPlace(submission.path, finding.sheet_index, finding.row) in self.superseded_rows:
            return True
        tables = [t for t in submission.tables if t.form == finding.form]
        if finding.sheet is not None:
            tables = [t for t in tables if t.sheet_index == finding.sheet_index]
        above = [t for t in tables if finding.row and t.header_row <= finding.row]
        concerned = above[-1:] or tables
        return bool(concerned) and all(key_of(submission.path, t) in self.superseded for t in concerned)
