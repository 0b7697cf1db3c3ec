"""Which row of a form's sheet is which record: an id is believed only where the row's own text agrees with it.

Rows whose text belongs to another record (columns were sorted without the hidden ones, cells moved up, rows
copied) are found again by their text, and said. Where the cells of one row belong to several records, nothing can
be believed: that is a loss, and the workbook is not taken.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.workbook.reading.row_losses import (
    FoundRows,
    displaced_reviews,
    mixed_rows,
    moved_remarks,
    other_rows,
    separated_rows,
    shifted_rows,
    told_of_remarks,
    told_of_rows,
    told_of_shifted,
)
from doingoai_cli.consolidate.workbook.row_digests import (
    AGENCY,
    BLANK,
    OWN,
    WIDTH,
    RowDigest,
    SheetRow,
    agreement,
    cell_digest,
    joined_parts,
    own_agreement,
    part,
)
from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import NO_AGENCY

_NOBODY = cell_digest(NO_AGENCY)
_COMMON = 40
"""A text that more rows than this share tells nothing of which of them it is."""


class Matched(NamedTuple):
    """Row number → the record that the row is; a row that is not there is the officer's own."""

    ids: Mapping[int, str]
    doubted: frozenset[str]
    """Those of them whose review may be another's: known by their text, or with texts of others."""
    losses: tuple[str, ...]
    notices: tuple[str, ...]


def match_rows(
    sheet: str,
    rows: Sequence[SheetRow],
    stored: Mapping[str, RowDigest],
    columns: Mapping[int, str],
    guessed: Collection[str],
) -> Matched:
    """`columns` are the places of digests whose columns are there, in order, with their headings.

    `guessed` are the headings that were told by their place: what the columns hold must bear it out.
    """
    if _as_written(rows, stored):
        return Matched({row.number: row.record_id for row in rows}, frozenset(), (), ())
    matching = _UnmatchedRows(rows, stored, [place for place in columns if place >= OWN])
    matching.by_id(matching.equal)
    matching.by_text()
    matching.by_id(matching.telling)
    matching.by_most()
    matching.by_id(matching.half)
    found = FoundRows(sheet, {row.number: row for row in rows}, matching.ids, stored, columns)
    shifted, remarks = shifted_rows(found), moved_remarks(found)
    losses = (
        *separated_rows(found),
        *displaced_reviews(found),
        *mixed_rows(found),
        *told_of_shifted(sheet, shifted),
        *other_rows(found, guessed),
    )
    notices = (*told_of_rows(found, matching.fields), *told_of_remarks(sheet, remarks))
    doubted = frozenset((*found.moved.values(), *(found.ids[number] for number in (*shifted, *remarks))))
    return Matched(found.ids, doubted, losses, notices)


def _as_written(rows: Sequence[SheetRow], stored: Mapping[str, RowDigest]) -> bool:
    """Whether every row says what was stored of the record whose id it bears."""
    if len({row.record_id for row in rows}) < len(rows):
        return False
    return all(row.digest == stored.get(row.record_id) and row.digest[OWN * WIDTH :].strip(b"\0") for row in rows)


class _UnmatchedRows:
    """Rows and records that are not matched yet; each step takes what it is sure of."""

    def __init__(self, rows: Sequence[SheetRow], stored: Mapping[str, RowDigest], fields: Sequence[int]) -> None:
        self.left = {row.number: row for row in rows}
        self.pool = dict(stored)
        self.fields = fields
        self.ids: dict[int, str] = {}
        self.uses = Counter((place, part(digest, place)) for digest in stored.values() for place in fields)

    def take(self, number: int, record_id: str) -> None:
        self.ids[number] = record_id
        del self.left[number], self.pool[record_id]

    def by_id(self, agrees: Callable[[RowDigest, RowDigest], float]) -> None:
        """Rows whose text agrees with the id beside them; of several with one id, the one that agrees best."""
        claims = grouped(
            (row.record_id, (-score, row.number))
            for row in self.left.values()
            if row.record_id in self.pool and (score := agrees(row.digest, self.pool[row.record_id]))
        )
        for record_id, claimed in claims.items():
            self.take(min(claimed)[1], record_id)

    def by_text(self) -> None:
        """Rows whose text is that of a record that no row has claimed; the same agency and source first."""
        waiting = grouped(
            (joined_parts(digest, self.fields), record_id) for record_id, digest in self.pool.items()
        )
        for row in list(self.left.values()):
            said = joined_parts(row.digest, self.fields)
            places = [record_id for record_id in waiting.get(said, ()) if self.may_be(row, record_id)]
            if places and said.strip(b"\0"):
                best = max(places, key=lambda record_id: own_agreement(row.digest, self.pool[record_id]))
                waiting[said].remove(best)
                self.take(row.number, best)

    def by_most(self) -> None:
        """Rows whose telling cells are mostly those of a record that no row has claimed, whatever id they bear."""
        holders = grouped(
            ((place, said), record_id)
            for record_id, digest in self.pool.items()
            for place in self.fields
            if (said := part(digest, place)) != BLANK and self.uses[place, said] <= _COMMON
        )
        scored = []
        for row in self.left.values():
            near = {i for place in self.fields for i in holders.get((place, part(row.digest, place)), ())}
            near = {record_id for record_id in near if self.may_be(row, record_id)}
            scores = ((self.telling(row.digest, self.pool[record_id]), record_id) for record_id in near)
            scored += [(-score, row.number, record_id) for score, record_id in scores if score]
        for _, number, record_id in sorted(scored):
            if number in self.left and record_id in self.pool:
                self.take(number, record_id)

    def may_be(self, row: SheetRow, record_id: str) -> bool:
        """Whether a row may be the record: one that an officer typed under another agency is his own."""
        agency = part(row.digest, AGENCY)
        return bool(row.record_id) or agency in (_NOBODY, part(self.pool[record_id], AGENCY))

    def equal(self, one: RowDigest, other: RowDigest) -> float:
        said = joined_parts(one, self.fields)
        return float(said == joined_parts(other, self.fields) and bool(said.strip(b"\0")))

    def telling(self, one: RowDigest, other: RowDigest) -> float:
        """How much of what sets the record apart agrees, from one half on: texts that many share weigh little."""
        same = told = 0.0
        for place in self.fields:
            mine, theirs = part(one, place), part(other, place)
            weight = 1 / (self.uses[place, theirs] or 1) if theirs != BLANK else float(mine != BLANK) / 2
            told += weight
            same += weight if mine == theirs else 0.0
        return same / told if told and same * 2 >= told else 0.0

    def half(self, one: RowDigest, other: RowDigest) -> float:
        same, told = agreement(one, other, self.fields)
        return same / told if told and same * 2 >= told else 0.0
