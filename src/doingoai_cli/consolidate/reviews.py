"""Officers' work carried from one merge to the next: reviews, remarks, edits, own columns and own rows.

What happens to a row of the workbook that a new merge replaces:

- its review, remark and the officer's columns follow the record, by id, else by its text, else by likeness within
  the same agency and form;
- an edit of the official columns stands as long as the agency's text is the one that was edited; once the agency
  sends another text, that one stands and the edit is told in "Thay đổi sau thẩm định";
- a row that an officer typed in stays, until an agency sends the same record;
- a row that an officer deleted stays out, on a list of its own, until he moves it back or the agency sends another
  text;
- a reviewed record that no submission holds any more is kept apart, and its review returns with the record.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count
from typing import NamedTuple

from doingoai_cli.consolidate.changes import FieldChange, field_changes
from doingoai_cli.consolidate.consolidation import Dropped, Previous
from doingoai_cli.consolidate.deletions import sent_anew, still_out
from doingoai_cli.consolidate.identity import is_officers, officer_id, seal
from doingoai_cli.consolidate.likeness import pair_up
from doingoai_cli.consolidate.workbook.columns import field_label
from doingoai_cli.consolidate.workbook.row_digests import is_sealed_by
from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import NO_REVIEW, ConsolidatedRow
from doingoai_cli.model.packed import opened_one
from doingoai_cli.vietnamese.text import shortened

CHANGED = "đã thay đổi sau thẩm định"


class CarriedRows(NamedTuple):
    """New rows with the officers' work in them."""

    rows: tuple[ConsolidatedRow, ...]
    """The new rows in their order, then the officers' own."""
    withdrawn: tuple[ConsolidatedRow, ...]
    edits: Mapping[str, tuple[FieldChange, ...]]
    edited: frozenset[str]
    """Ids of the rows whose text is the officer's."""
    changed: tuple[str, ...]
    """Ids of reviewed records whose text changed since."""
    returned: tuple[str, ...]
    """Ids of withdrawn records that are there again."""
    gone: tuple[str, ...]
    """Ids of reviewed records that vanished with this merge."""
    dropped: tuple[Dropped, ...] = ()
    """Rows that officers deleted; those of `rows` among them are in no figure."""
    deleted: Mapping[str, bytes] = {}
    """Deleted ones that nobody sends now: id → digest of the seal of what was sent."""
    sent_anew: tuple[str, ...] = ()
    """Ids of deleted records that came back, because their agency sent another text."""


def merge_reviews(previous: Previous | None, rows: Sequence[ConsolidatedRow], day: str) -> CarriedRows:
    """`rows`, fresh from the submissions, with what officers wrote in `previous`; `day` is today."""
    if previous is None:
        return CarriedRows(tuple(rows), (), {}, frozenset(), (), (), ())
    old: Sequence[ConsolidatedRow] = (*previous.consolidated.rows, *previous.withdrawn)
    there = {row.record_id: row for row in previous.consolidated.rows}
    out = still_out([row for row in rows if row.record_id not in there], previous, day)
    gone = {dropped.row.record_id for dropped in out.dropped}
    had_gone = {row.record_id for row in previous.withdrawn}
    live = [row for row in rows if row.record_id not in gone] if gone else rows
    # Of 100,000 rows that were sent again nearly all are as they were: nothing more is asked of these.
    asked = [r for r in live if r.record_id in had_gone or not _is_as_before(r, there.get(r.record_id))]
    as_before = {row.record_id for row in live}.difference([row.record_id for row in asked])
    old = [row for row in old if row.record_id not in as_before]
    before = continued_rows(old, asked)
    anew = sent_anew([row for row in asked if row.record_id not in before], out)
    pairs = {row.record_id: _carry(row, was) for row in asked if (was := before.get(row.record_id))}
    carried = [pairs[row.record_id][1] if row.record_id in pairs else row for row in live]
    matched = {was.record_id for was in before.values()}
    left = [row for row in old if row.record_id not in matched]
    own = tuple(row for row in left if is_officers(row.record_id))
    withdrawn = tuple(row for row in left if not is_officers(row.record_id) and _worked_on(row))
    triples = [(new, before[record_id], row) for record_id, (new, row) in pairs.items()]
    edits = {row.record_id: _edits(new, row) for new, _, row in triples}
    edited = {row.record_id for new, _, row in triples if row is not new and row.record is not new.record}
    return CarriedRows(
        rows=(*carried, *own),
        withdrawn=_apart(withdrawn, {row.record_id for row in (*carried, *own)}),
        edits={record_id: fields for record_id, fields in edits.items() if fields},
        edited=frozenset(edited.union(row.record_id for row in own)),
        changed=tuple(row.record_id for _, was, row in triples if row.change != was.change),
        returned=tuple(row.record_id for _, was, row in triples if was.record_id in had_gone),
        gone=tuple(row.record_id for row in withdrawn if row.record_id not in had_gone),
        dropped=(*out.dropped, *anew.lines),
        deleted={record_id: seal for record_id, seal in out.deleted.items() if record_id not in anew.ids},
        sent_anew=anew.ids,
    )


def _apart(withdrawn: Iterable[ConsolidatedRow], taken: Collection[str]) -> tuple[ConsolidatedRow, ...]:
    """Each with an id of its own: of several records alike, the one that stays takes the first one's id."""
    unique, used = [], set(taken)
    for row in withdrawn:
        ids = chain((row.record_id,), (f"{row.record_id}-R{number}" for number in count(2)))
        record_id = next(each for each in ids if each not in used)
        used.add(record_id)
        unique.append(row if record_id == row.record_id else replace(row, record_id=record_id))
    return tuple(unique)


def _worked_on(row: ConsolidatedRow) -> bool:
    edited = bool(row.seal) and row.seal != seal(row.record)
    return bool(row.review or row.change or edited or row.comments or any(row.extras.values()))


# --- which was which ---------------------------------------------------------------------------------------


class _UnpairedRows:
    """Old and new rows that are not paired yet."""

    def __init__(self, old: Sequence[ConsolidatedRow], new: Sequence[ConsolidatedRow]) -> None:
        self.old = {row.record_id: row for row in old}
        self.new = {row.record_id: row for row in new}
        self.pairs: dict[str, ConsolidatedRow] = {}

    def pair(self, old_id: str, new_id: str) -> None:
        self.pairs[new_id] = self.old.pop(old_id)
        del self.new[new_id]


def continued_rows(old: Sequence[ConsolidatedRow], new: Sequence[ConsolidatedRow]) -> dict[str, ConsolidatedRow]:
    """New id → the old row that it continues."""
    matching = _UnpairedRows(old, new)
    _by_id(matching, same_text=True)
    _by_text(matching, across_agencies=False)
    _by_id(matching, same_text=False)
    _by_likeness(matching)
    _by_text(matching, across_agencies=True)
    return matching.pairs


def _sent_seal(row: ConsolidatedRow) -> str:
    return row.seal or seal(row.record)


def _by_id(matching: _UnpairedRows, *, same_text: bool) -> None:
    for new_id, row in list(matching.new.items()):
        for old_id in (new_id, officer_id(new_id)):
            was = matching.old.get(old_id)
            if was and (not same_text or _sent_seal(was) == row.seal):
                matching.pair(old_id, new_id)
                break


def _by_text(matching: _UnpairedRows, *, across_agencies: bool) -> None:
    """Equal texts of one form; across agencies (one was renamed) only where no other row says the same."""

    def kind(row: ConsolidatedRow) -> tuple[str, ...]:
        agency = () if across_agencies else (row.agency_key,)
        return (*agency, row.record.form, row.record.section, _sent_seal(row))

    seals = {_sent_seal(row) for row in matching.new.values()}  # few: a record is read for each that is found
    waiting = grouped((kind(row), old_id) for old_id, row in matching.old.items() if _sent_seal(row) in seals)
    for text, new_ids in grouped((kind(row), new_id) for new_id, row in matching.new.items()).items():
        old_ids = waiting.get(text, [])
        if across_agencies and (len(old_ids) != 1 or len(new_ids) != 1):
            continue
        for old_id, new_id in zip(old_ids, new_ids, strict=False):
            matching.pair(old_id, new_id)


def _by_likeness(matching: _UnpairedRows) -> None:
    news = grouped(((row.agency_key, row.record.form), row) for row in matching.new.values())
    sent = (row for row in matching.old.values() if not is_officers(row.record_id))
    for group, olds in grouped(((row.agency_key, row.record.form), row) for row in sent).items():
        mine = news.get(group, [])
        for was, now in pair_up([row.record for row in olds], [row.record for row in mine]):
            matching.pair(olds[was].record_id, mine[now].record_id)


def _is_as_before(new: ConsolidatedRow, was: ConsolidatedRow | None) -> bool:
    """Whether a row says what the row with its id was sent as, and nobody worked on that."""
    return was is not None and bool(new.seal) and new.seal == was.seal == seal(was.record) and not _has_more(was)


def _has_more(row: ConsolidatedRow) -> bool:
    """Whether something stands beside a row that an officer or an earlier merge wrote."""
    return bool((row.review is not NO_REVIEW and row.review) or row.change or row.comments or row.extras)


# --- what follows ------------------------------------------------------------------------------------------


def _carry(new: ConsolidatedRow, was: ConsolidatedRow) -> tuple[ConsolidatedRow, ConsolidatedRow]:
    """A row as it was sent, and with what officers wrote in the one before."""
    edited = bool(was.seal) and was.seal != seal(was.record)
    same_sent = is_sealed_by(_sent_seal(was), new.seal)
    if same_sent and not edited and not _has_more(was):
        return new, new
    row = sent = opened_one(new)
    if edited and same_sent:
        edits = {field: getattr(was.record, field) for field in sent.record.fields if field != "ordinal"}
        row = replace(sent, record=replace(opened_one(sent.record), **edits))
    change = was.change
    if not same_sent and _worked_on(was):
        change = "\n".join(filter(None, (_told(was, sent, edited=edited), was.change)))
    return sent, replace(row, review=was.review, extras=dict(was.extras), change=change, comments=was.comments)


def _told(was: ConsolidatedRow, new: ConsolidatedRow, *, edited: bool) -> str:
    """The change in words, with the old text; "" where the texts agree after all."""
    changes = field_changes(was.record, new.record)
    if not changes:
        return ""
    fields = "; ".join(
        f"{field_label(c.field)}: “{shortened(c.before)}” → “{shortened(c.after)}”" for c in changes
    )
    note = " (bản cũ đã được cán bộ sửa)" if edited else ""
    return f"{CHANGED}{note}: {fields}"


def _edits(sent: ConsolidatedRow, row: ConsolidatedRow) -> tuple[FieldChange, ...]:
    return () if sent is row or sent.record is row.record else field_changes(sent.record, row.record)
