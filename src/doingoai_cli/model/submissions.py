"""Submissions (bản gửi của cơ quan): a file, or an agency's part of it, as intake understood it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from doingoai_cli.model.findings import Observation
from doingoai_cli.model.instances import Instance, SentAsValues, Unchecked
from doingoai_cli.model.records import Member, Record
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod


class OwnOutput(StrEnum):
    """What the tool itself wrote, known by what it left in it (dấu nhận biết, `own_files`)."""

    CONSOLIDATED = "consolidated"
    BLANK = "blank"
    """A blank form that nobody has filled in; a filled one is a submission."""
    REPORT = "report"
    OUTLINE = "outline"
    """An outline that an agency fills in with its text: read by the report, not by the checks."""


class AgencySource(StrEnum):
    """Where the agency's name was found, the surest first."""

    ROSTER = "roster"
    PREFILLED = "mark"
    """Our own form was issued for it."""
    LETTERHEAD = "letterhead"
    FILE_NAME = "file-name"
    WORKBOOK = "workbook"
    """The level below says so, in its consolidated workbook."""


class Agency(NamedTuple):
    """The agency that a file comes from (cơ quan, đơn vị).

    `name` as printed (the roster's own spelling where it knows it), `key` equal for equal agencies,
    `code` the roster's.
    """

    name: str
    key: str
    source: AgencySource
    code: str | None = None


class Total(NamedTuple):
    """A number stated by the sheet itself: a TỔNG CỘNG cell, or "Tổng số đoàn … N đoàn"."""

    field: str | None
    """The summed field; None where it counts rows."""
    section: str
    stated: int
    cell: str
    row: int
    text: str


@dataclass(frozen=True, slots=True, config=ConfigDict(defer_build=True))
class Table(SentAsValues):
    """One form found in a sheet."""

    form: str
    spec: str
    """The id of the layout that it was read by."""
    sheet: str
    sheet_index: int
    header_row: int
    """The last row of its heading."""
    year: int | None
    """The year that its title states; None where it states none."""
    rows_year: int
    columns: Unchecked[Mapping[str, int]]
    missing: tuple[str, ...]
    """Fields whose column was not found (CT04)."""
    records: Unchecked[Sequence[Record]]
    """Packed where the run holds many (`packed`)."""
    totals: tuple[Instance[Total], ...] = ()
    nil: bool = False
    """Declared empty ("Không phát sinh")."""
    evidence: tuple[str, ...] = ()
    """By what the form was known: "id", "title", "headings"."""
    period: Instance[ReportingPeriod] | None = None
    """The part of a year that its title states ("tháng 8/2020"); None where it states none, or a whole year."""
    replaced: bool = False
    """Whether a later file had replaced it on the level below."""
    replaced_rows: Unchecked[frozenset[int]] = frozenset()
    """The rows of it, by number, that a later file had replaced there."""
    unstated: tuple[str, ...] = ()
    """The form's own sections that it says nothing of: neither a row nor a heading of theirs."""


class Origin(NamedTuple):
    """What a file lay in when it came: an archive or a letter (tệp nén, thư)."""

    container: str
    """The path of the archive or letter that it lies in."""
    sender: str = ""
    """As the letter states it; "" where it came in no letter."""
    subject: str = ""
    sent: datetime | None = None


class SubmissionKey(NamedTuple):
    """What identifies a submission in a run: a file with forms of several agencies holds one of each."""

    path: str
    agency: str
    """The agency's key; "" for none."""


@dataclass(frozen=True, slots=True, config=ConfigDict(defer_build=True))
class Submission(SentAsValues):
    """What one agency sent in one file; of unreadable files too (no tables, a CT01 among the observations)."""

    path: str
    """As given on the command line, with "/"."""
    sha256: str
    tables: tuple[Instance[Table], ...] = ()
    members: tuple[Instance[Member], ...] = ()
    agency: Instance[Agency] | None = None
    observations: tuple[Instance[Observation], ...] = ()
    cycle: int | None = None
    """The plan year that the records were read for."""
    title_cycles: tuple[int, ...] = ()
    """The plan years that its forms' titles state, each once."""
    received: datetime | None = None
    own: OwnOutput | None = None
    non_records: int = 0
    """Non-empty rows that are neither records nor CT09."""
    format: str = ""
    origin: Instance[Origin] | None = None
    """The archive or letter that it lay in; None for a file of the folder itself."""
    passed_over: str = ""
    """Why it is no submission, where that is not because it is ours: an archive whose files are read, a text."""
    period: Instance[ReportingPeriod] | None = None
    """The part of a year that its folder or the command line states for the whole file."""
    through: tuple[str, ...] = ()
    """The consolidated workbooks that it came through, the outermost first, then its own label."""
    note: str = ""
    """What the ledger says of it in place of what became of its rows."""

    @property
    def key(self) -> SubmissionKey:
        """What tells it from the others of a run."""
        return SubmissionKey(self.path, self.agency.key if self.agency else "")

    @property
    def agency_name(self) -> str:
        """The agency's name as printed; "" where the file names none."""
        return self.agency.name if self.agency else ""

    @property
    def records(self) -> tuple[Record, ...]:
        """All records, in the file's order."""
        return tuple(record for table in self.tables for record in table.records)

    @property
    def rows(self) -> int:
        """How many records."""
        return sum(len(table.records) for table in self.tables)

    @property
    def reported_forms(self) -> tuple[str, ...]:
        """The forms that it reports, nil returns included.

        A form that was left blank is a nil return where another one is filled or says "Không có".
        """
        speaks = any(table.records or table.nil for table in self.tables)
        return tuple(dict.fromkeys(table.form for table in self.tables)) if speaks else ()

    def period_of(self, table: Table) -> ReportingPeriod:
        """The part of a year that a table of it reports: its title's, else the file's, else the year of its rows.

        The file's period says nothing of a table whose rows are of another year.
        """
        if table.period is not None:
            return table.period
        own = self.period
        if own is None or not (table.rows_year == own.year or any(r.year == own.year for r in table.records)):
            return ReportingPeriod(table.rows_year)
        return own
