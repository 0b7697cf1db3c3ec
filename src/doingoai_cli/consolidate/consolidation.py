"""All that one merge gives: rows with reviews, findings, ledger, what was set aside (kết quả tổng hợp)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from doingoai_cli.consolidate.changes import FieldChange
from doingoai_cli.consolidate.identity import is_officers
from doingoai_cli.consolidate.record_digests import TableDigests
from doingoai_cli.consolidate.replacement import Replaced
from doingoai_cli.consolidate.workbook.form_facts import KnownFacts
from doingoai_cli.consolidate.workbook.officer_sheets import OwnSheet
from doingoai_cli.consolidate.workbook.overview_counts import RowCounts
from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.findings import Finding


class FileEntry(NamedTuple):
    """One line of "Nhật ký"."""

    path: str
    sha256: str
    agency: str
    received: str
    order: str
    """How it is known when the file came."""
    forms: tuple[str, ...]
    """Each with the part of a year that it reports, if it is one: "01.A (tháng 8/2020)"."""
    rows_read: int
    rows_merged: int
    status: str
    origin: str = ""
    """The archive or letter that it lay in, with sender and subject; "" for a file of the folder itself."""


class Dropped(NamedTuple):
    """A row that an officer deleted from its sheet: it stays out until he moves it back, or another text comes."""

    row: ConsolidatedRow
    day: str
    """When a merge first missed it, dd/mm/yyyy."""


class OfficerNote(NamedTuple):
    """Something that an officer wrote where the workbook has no place for it, or that a merge passed over."""

    day: str
    sheet: str
    place: str
    text: str
    reason: str


class SheetLayout(NamedTuple):
    """What an officer set up on a sheet: widths and list filters, by heading."""

    widths: Mapping[str, float] = {}
    filters: Mapping[str, tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficersWork:
    """What officers have in a workbook besides the rows of its form sheets, from one merge to the next."""

    withdrawn: tuple[ConsolidatedRow, ...] = ()
    """Reviewed records that no file holds any more."""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Form → headings of the columns that the officer added."""
    layouts: Mapping[str, SheetLayout] = field(default_factory=dict)
    sheets: tuple[OwnSheet, ...] = ()
    """Sheets that the officer added."""
    dropped: tuple[Dropped, ...] = ()
    """Rows that officers deleted: in no figure, kept on a sheet of their own."""
    deleted: Mapping[str, bytes] = field(default_factory=dict)
    """Deleted ones that stand on no list, for no file holds them now: record id → digest of the seal as sent."""
    notes: tuple[OfficerNote, ...] = ()
    """What the workbook keeps on its sheet of notes."""


@dataclass(frozen=True, slots=True)
class Previous(OfficersWork):
    """The workbook that a merge is about to replace, read back."""

    consolidated: Consolidated
    """The form sheets' rows as edited."""
    unread: tuple[str, ...] = ()
    """Lines below or within the tables that are no records: where they stand and what they say."""
    fresh_notes: tuple[OfficerNote, ...] = ()
    """What officers wrote on our lists since."""


def no_facts(_form: str) -> None:
    """Nothing is known yet about the rows of a form; a function, since it goes to other processes."""


@dataclass(frozen=True, slots=True)
class Consolidation(OfficersWork):
    """What `workbook.sheets` writes."""

    consolidated: Consolidated
    findings: tuple[Finding, ...]
    by_record: Mapping[str, tuple[int, ...]]
    """Record id → the numbers (0-based) of the findings on its row."""
    files: tuple[FileEntry, ...]
    replaced: tuple[Replaced, ...] = ()
    edits: Mapping[str, tuple[FieldChange, ...]] = field(default_factory=dict)
    """Record id → what an officer changed in the sender's text (before: as sent, after: as edited)."""
    edited: frozenset[str] = frozenset()
    """Ids of the rows whose text is an officer's, those that he typed in among them."""
    origins: Callable[[], str] = field(default=str, compare=False)
    """Gives where everything comes from, for the level above, packed (`origins`): 0.3 s of 100,000 rows."""
    notices: tuple[str, ...] = ()
    """What the officer should know at once: changed, returned and withdrawn reviews, kept edits."""
    by_table: TableDigests = field(default_factory=dict)
    """What the next merge of the same tables need not work out again."""
    counts: Mapping[str, RowCounts] = field(default_factory=dict, compare=False)
    """Record id → what its row adds to figures, where that is known."""
    facts: Callable[[str], KnownFacts | None] = field(default=no_facts, compare=False)
    """Gives by form what its sheet needs to know of its rows, where that is known.

    It gives it once: of a million rows their digests take 46 MiB.
    """

    def findings_on(self, record_id: str) -> tuple[Finding, ...]:
        """The findings on the row of a record."""
        return tuple([self.findings[number] for number in self.by_record.get(record_id, ())])

    def of_rows(self, ids: Sequence[str]) -> "Consolidation":
        """No more of it than the rows with these ids are made of, themselves apart."""
        found = {record_id: self.by_record[record_id] for record_id in ids if record_id in self.by_record}
        numbers = {number: at for at, number in enumerate(sorted({n for of in found.values() for n in of}))}
        return Consolidation(
            Consolidated(self.consolidated.cycle, ()),
            tuple(self.findings[number] for number in numbers),
            {record_id: tuple(numbers[number] for number in of) for record_id, of in found.items()},
            self.files,
            edits={record_id: self.edits[record_id] for record_id in ids if record_id in self.edits},
        )

    @property
    def rows_read(self) -> int:
        """All records of all files."""
        return sum(entry.rows_read for entry in self.files)

    @property
    def rows_merged(self) -> int:
        """The records that stand in the form sheets (rows that officers typed apart)."""
        return sum(entry.rows_merged for entry in self.files)

    @property
    def rows_by_form(self) -> dict[str, int]:
        """Merged records by form code; officers' own rows apart."""
        return dict(Counter(row.form for row in self.consolidated.rows if not is_officers(row.record_id)))
