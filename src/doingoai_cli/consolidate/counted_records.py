"""The records that count (bản ghi được tính), in the order of the workbook, with what identifies each."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from doingoai_cli.consolidate.record_digests import MOST_ROWS, Digester, RecordDigests, TableName
from doingoai_cli.consolidate.settle import Settled, TablePlace
from doingoai_cli.grouping import grouped
from doingoai_cli.model.packed import Each, alike, joined_runs
from doingoai_cli.model.roster import Roster, listed_name
from doingoai_cli.model.submissions import Submission, Table
from doingoai_cli.vietnamese.agencies import keys_apart


class CountedPart(NamedTuple):
    """The records of one table that stand together in the workbook: they share form and section."""

    order: tuple[int, str, int, str, int, int, int]
    """By the form, the section, the agency (the roster's order, then by key), the file, sheet and row."""
    submission: Submission
    table: Table
    rows: Sequence[int]
    """Which of the table's records."""
    agency: str
    agency_key: str
    place: TablePlace

    @property
    def name(self) -> TableName | None:
        """What its digests are known by; None: it came from a level below, or its table lacks some rows."""
        submission = self.submission
        numbers = [number for number, own in enumerate(submission.tables) if own is self.table]
        if submission.through or not numbers:
            return None
        return TableName(submission.path, submission.sha256, self.agency_key, numbers[0])

    def digests(self, digester: Digester) -> list[RecordDigests]:
        """What identifies each of its records."""
        return digester.of_rows(self.name, self.agency_key, self.table.records, self.rows)


def counted_parts(
    settled: Settled, roster: Roster | None, before: Collection[str], forms_in_order: Sequence[str]
) -> list[list[CountedPart]]:
    """Every counted record once, form by form, in the workbook's order: that of the parts of tables.

    An agency's files stand in the order in which they came: of two rows alike the later is the repeat (DL06).
    `before`: the agencies of the earlier workbook, which the senders meet.
    """
    names = {s.key: listed_name(s.agency, roster) for s in settled.submissions}
    keys = keys_apart((*names.values(), *before))
    order = {entry.name: number for number, entry in enumerate(roster.entries)} if roster else {}
    forms = {form: number for number, form in enumerate(forms_in_order)}
    came = {submission.key: number for number, submission in enumerate(settled.submissions)}
    found: list[CountedPart] = []
    for place, table in settled.counted_places:
        submission = settled.submissions[place.file]
        name = names[submission.key]
        key = keys[name]
        whose = (order.get(name, len(order)), key, came[submission.key], table.sheet_index, table.header_row)
        stand = alike(table.records)
        parts = grouped(((forms.get(form, len(forms)), section), run) for form, section, run in stand)
        found += (
            CountedPart((*part, *whose), submission, table, joined_runs(runs), name, key, place)
            for part, runs in parts.items()
        )
    found.sort(key=lambda part: part.order)
    return [list(of_form) for _, of_form in groupby(found, lambda part: part.order[0])]


_PIECE = 10_000
"""How many rows of a form are looked through at once; they take some 15 MiB with their records."""


class FormPiece(NamedTuple):
    """Some parts of a form, by their numbers."""

    form: int
    start: int
    stop: int

    def of(self, forms: Sequence[Sequence[CountedPart]]) -> Sequence[CountedPart]:
        """The parts that it names, out of those of all `forms`."""
        return forms[self.form][self.start : self.stop]

    def pieces(self, forms: Sequence[Sequence[CountedPart]]) -> "Iterator[FormPiece]":
        """The same in pieces, cut between agencies: only what one of them sends twice has one id."""
        start, rows = self.start, 0
        for at, part in enumerate(self.of(forms), self.start):
            if rows >= _PIECE and part.agency_key != forms[self.form][at - 1].agency_key:
                yield FormPiece(self.form, start, at)
                start, rows = at, 0
            rows += len(part.rows)
        yield FormPiece(self.form, start, self.stop)


DigestsOfParts = Sequence[Sequence[RecordDigests]]
"""The digests of the records of each part of a form."""


def digests_by_form(
    forms: Sequence[Sequence[CountedPart]], digester: Digester, each: Each
) -> Sequence[DigestsOfParts] | None:
    """What identifies the records of each form, kept for the next merge; `each` maps over the forms.

    None where there are too many to keep it: then it is worked out when their rows are made.
    """
    if sum(len(part.rows) for parts in forms for part in parts) > MOST_ROWS:
        return None

    def of_form(number: int) -> DigestsOfParts:
        return [part.digests(digester) for part in forms[number]]

    found = tuple(each(of_form, range(len(forms))))
    for parts, told in zip(forms, found, strict=True):
        for part, digests in zip(parts, told, strict=True):
            digester.keep(part.name, part.table, part.rows, digests)
    return found
