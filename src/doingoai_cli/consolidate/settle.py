"""Settling the inbox (sổ nhận báo cáo): which file stands, which is replaced, who is late or missing."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from doingoai_cli.consolidate.arrival import Arrival, KnownArrival, arrivals
from doingoai_cli.consolidate.late_and_missing import late, missing, shared_localities, with_agencies_apart
from doingoai_cli.consolidate.replacement import Replaced, replacements
from doingoai_cli.consolidate.reported_parts import parts_of
from doingoai_cli.grouping import grouped
from doingoai_cli.model.findings import Observation
from doingoai_cli.model.records import Record
from doingoai_cli.model.roster import Roster, entry_of
from doingoai_cli.model.run import NO_DEADLINE, RowPlace, TableKey, YearDeadline, first_late_day, key_of, row_place
from doingoai_cli.model.submissions import Agency, Submission, SubmissionKey, Table
from doingoai_cli.vietnamese.agencies import agency_key


class TablePlace(NamedTuple):
    """Which table of which of the files, in their order."""

    file: int
    table: int


@dataclass(frozen=True, slots=True)
class Settled:
    """An inbox with its order settled."""

    submissions: tuple[Submission, ...]
    """All files but identical copies, in the order in which they came."""
    copies: tuple[tuple[Submission, str], ...]
    """Files with the bytes of another one, and that one's path."""
    replaced: tuple[Replaced, ...]
    """Superseded forms with their rows, then the forms of identical copies."""
    arrivals: dict[str, Arrival]
    """Path → when the file came, and what told so."""
    observations: tuple[Observation, ...]
    """TK02, TK03, TK04, TK05."""
    deadline: YearDeadline = NO_DEADLINE

    @property
    def files(self) -> tuple[Submission, ...]:
        """All files, identical copies last."""
        return (*self.submissions, *(copy for copy, _ in self.copies))

    @property
    def superseded(self) -> frozenset[TableKey]:
        """The tables that do not count, those of copies included."""
        return frozenset(key_of(r.path, table) for r in self.replaced for table in r.tables)

    @property
    def superseded_rows(self) -> frozenset[RowPlace]:
        """The single rows that do not count, in tables that do."""
        return frozenset(row_place(record) for r in self.replaced if not r.tables for record in r.rows)

    @property
    def counted(self) -> tuple[tuple[Submission, Table], ...]:
        """The tables that count, in order of arrival, without the rows that do not."""
        return tuple((self.submissions[place.file], table) for place, table in self.counted_places)

    @property
    def counted_rows(self) -> Counter[SubmissionKey]:
        """How many rows of each submission count."""
        rows = Counter[SubmissionKey]()
        for submission, table in self.counted:
            rows[submission.key] += len(table.records)
        return rows

    @property
    def counted_places(self) -> tuple[tuple[TablePlace, Table], ...]:
        """The same, each with where it stands."""
        tables, rows = self.superseded, self.superseded_rows
        paths = {place.path for place in rows}
        return tuple(
            (TablePlace(number, index), _without(t, rows) if s.path in paths else t)
            for number, s in enumerate(self.submissions)
            for index, t in enumerate(s.tables)
            if key_of(s.path, t) not in tables
        )


def _without(table: Table, rows: frozenset[RowPlace]) -> Table:
    if not any(row_place(record) in rows for record in table.records):
        return table
    return replace(table, records=tuple(record for record in table.records if row_place(record) not in rows))


class Receiving(NamedTuple):
    """By what it is settled which files count, beside what they say themselves."""

    cycle: int | None = None
    roster: Roster | None = None
    deadline: YearDeadline = NO_DEADLINE
    """Where no day is general: 15 September of Y-1."""
    arrival: Sequence[str] | None = None
    """Paths or file names, the first received first."""
    keep_both: Collection[str] = ()
    """Agencies (or roster codes) whose several files are parts of one report."""
    known: Iterable[KnownArrival] = ()
    """When files came, as the ledgers of earlier merges have it."""
    blank: Mapping[str, str] = {}
    """Agency key → the path of a wholly blank form, which is no report."""


def settle(submissions: Sequence[Submission], receiving: Receiving) -> Settled:
    """Which files count, and what the ledger has to say (TK02 … TK05).

    The tool's own outputs are passed over. A file without an agency supersedes nothing.
    """
    roster = receiving.roster
    submissions = with_agencies_apart(submissions)
    came = arrivals(submissions, receiving.cycle, receiving.arrival, receiving.known)
    ordered = sorted((s for s in submissions if s.own is None), key=lambda s: came[s.path].sort_key)
    originals, copies, again = _without_copies(ordered)
    general = receiving.deadline.general
    deadline = receiving.deadline._replace(
        general=first_late_day(receiving.cycle, general) if receiving.cycle else general
    )
    keeping = frozenset(agency_key(name) for name in receiving.keep_both)
    replaced, observed = replacements(originals, came, lambda agency: _keeps_both(agency, roster, keeping))
    standing = [s for s in originals if not s.note and _stands(s, replaced)]
    return Settled(
        submissions=tuple(originals),
        copies=copies,
        replaced=(*replaced, *again, *_copied(copies)),
        arrivals=came,
        observations=(
            *missing(originals, roster, deadline, receiving.blank),
            *late([s for s in standing if not of_part_of_year(s)], came, roster, deadline),
            *observed,
            *shared_localities(standing, [s for s in originals if s.note and len(s.through) == 1]),
        ),
        deadline=deadline,
    )


def of_part_of_year(submission: Submission) -> bool:
    """Whether a file reports on months or quarters only: the deadline of the year's plan is not its own."""
    periods = [submission.period_of(table) for table in submission.tables if table.records or table.nil]
    return bool(periods) and not any(period.whole for period in periods)


def _keeps_both(agency: Agency, roster: Roster | None, keeping: frozenset[str]) -> bool:
    entry = entry_of(agency, roster)
    names = {agency.key, agency_key(agency.name), agency_key(agency.code or "")} - {""}
    return bool(names & keeping) or (entry is not None and entry.keep_both)


def _without_copies(
    ordered: Sequence[Submission],
) -> tuple[list[Submission], tuple[tuple[Submission, str], ...], list[Replaced]]:
    """The files in their order, and those with the bytes of another one, each with that one's path.

    A file that came itself goes before the same one in a workbook of a lower level. Of two such workbooks the
    later may hold rows of it that the earlier has not (left out there): these count, and the others are replaced.
    So may one workbook, of which officers gave some rows to another agency.
    """
    ways: dict[str, dict[str, list[Submission]]] = {}
    for submission in sorted(ordered, key=lambda s: len(s.through)):
        ways.setdefault(submission.sha256, {}).setdefault(submission.path, []).append(submission)
    first = {digest: next(iter(paths.values())) for digest, paths in ways.items() if digest}
    originals: list[Submission] = []
    copies: list[tuple[Submission, str]] = []
    again: list[Replaced] = []
    held: dict[str, set[Spot]] = {}
    for submission in ordered:
        known, *further = first.get(submission.sha256, [submission])
        if known.path == submission.path:
            originals.append(submission)
        elif known.through and submission.through:
            there = held.get(known.sha256)
            if there is None:
                there = held[known.sha256] = {spot_of(r) for one in (known, *further) for r in one.records}
            gone = _held_by(submission, known, there)
            if gone is None:
                copies.append((submission, known.path))
                continue
            originals.append(submission)
            again.extend(gone)
            there.update(map(spot_of, submission.records))
        else:
            copies.append((submission, known.path))
    return originals, tuple(copies), again


Spot = tuple[int, int, str]


def spot_of(record: Record) -> Spot:
    """Where a record stands in its file, and as what."""
    place = row_place(record)
    return place.sheet_index, place.row, record.form


def _held_by(submission: Submission, known: Submission, spots: Collection[Spot]) -> list[Replaced] | None:
    """The rows of a file that another way up holds too; None where that holds them all."""
    twice = grouped((record.form, record) for record in submission.records if spot_of(record) in spots)
    if sum(map(len, twice.values())) == submission.rows:
        return None
    agency = submission.agency_name
    return [
        Replaced(submission.key, form, known.path, agency, tuple(rows), identical=True)
        for form, rows in twice.items()
    ]


def _copied(copies: Iterable[tuple[Submission, str]]) -> Iterator[Replaced]:
    """The parts of files that came twice, byte by byte."""
    for copy, original in copies:
        agency = copy.agency_name
        for part in parts_of(copy):
            yield Replaced(copy.key, part.form, original, agency, part.rows, True, part.period, part.tables)


def _stands(submission: Submission, replaced: Collection[Replaced]) -> bool:
    """Whether anything of a file still counts; a file without forms (unreadable) stands as received."""
    gone = [table for r in replaced if r.of == submission.key for table in r.tables]
    held = [table for table in submission.tables if table.records or table.nil]
    return not gone or any(all(table is not other for other in gone) for table in held)
