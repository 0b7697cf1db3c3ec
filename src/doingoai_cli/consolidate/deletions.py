"""Rows that an officer deleted (dòng đã bỏ): out until he moves them back or the agency sends another text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from doingoai_cli.consolidate.consolidation import Dropped, Previous
from doingoai_cli.consolidate.identity import base_id
from doingoai_cli.consolidate.likeness import pair_up
from doingoai_cli.consolidate.workbook.row_digests import cell_digest
from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.packed import opened_one
from doingoai_cli.vietnamese.text import key


class StillOut(NamedTuple):
    """Which sent rows stay out, and which deleted ones nobody sends as they were."""

    dropped: tuple[Dropped, ...]
    lines: tuple[Dropped, ...]
    deleted: Mapping[str, bytes]


def still_out(fresh: Sequence[ConsolidatedRow], previous: Previous, day: str) -> StillOut:
    """The rows of `fresh`, sent and not in the workbook, that say what an officer deleted."""
    waiting = {row.record_id: row for row in fresh}
    out: list[Dropped] = []
    lines: list[Dropped] = []
    for line in previous.dropped:
        row = _sent_as(line.row, waiting)
        if row is None:
            lines.append(line)
        else:
            del waiting[row.record_id]
            out.append(
                line._replace(row=replace(opened_one(row), review=line.row.review, extras=dict(line.row.extras)))
            )
    deleted = dict(previous.deleted)
    named = {(row.agency, row.agency_key) for row in previous.consolidated.rows} if deleted else set()
    for row in list(waiting.values()):
        # Of several records alike the ids are dealt out anew when one of them is no longer sent.
        bases = {_base(row.record_id), *_former_ids(row, named)}
        alike = (i for i in deleted if _base(i) in bases)
        was = next((i for i in (row.record_id, *alike) if deleted.get(i) == cell_digest(row.seal)), None)
        if was is not None:
            del deleted[was], waiting[row.record_id]
            out.append(Dropped(row, day))
    return StillOut(tuple(out), tuple(lines), deleted)


def _sent_as(was: ConsolidatedRow, waiting: Mapping[str, ConsolidatedRow]) -> ConsolidatedRow | None:
    row = waiting.get(was.record_id)
    if row is not None and row.seal == was.seal:
        return row
    same = [row for row in waiting.values() if _says(row) == _says(was)]
    named = [row for row in same if row.agency_key == was.agency_key]
    renamed = [row for row in same if _is_one_name(row.agency, was.agency)]
    return named[0] if named else renamed[0] if len(renamed) == 1 else None


def _former_ids(row: ConsolidatedRow, named: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The ids of a row under the names that its agency may have had in the workbook."""
    others = [of for agency, of in named if of != row.agency_key and _is_one_name(agency, row.agency)]
    return (base_id(of, opened_one(row).record) for of in others)


def _is_one_name(one: str, other: str) -> bool:
    """Whether a name is the other with its level's: "Phòng Y tế", "Phòng Y tế UBND huyện Lệ Thủy".

    Offices of two districts bear such names as soon as both have sent (`pipeline.level_agencies`).
    """
    shorter, longer = sorted((key(one), key(other)), key=len)
    return bool(shorter) and f"{longer} ".startswith(f"{shorter} ")


class SentAnew(NamedTuple):
    """Ids of deleted rows that came back because they say something else now, and the lines that nobody sends."""

    ids: tuple[str, ...]
    lines: tuple[Dropped, ...]


def sent_anew(fresh: Sequence[ConsolidatedRow], out: StillOut) -> SentAnew:
    """Which of `fresh`, rows that continue none of the workbook's, are deleted ones with another text."""
    changed = [row.record_id for row in fresh if row.record_id in out.deleted]
    waiting = {row.record_id: row for row in fresh if row.record_id not in changed}
    left: list[Dropped] = []
    for group, olds in grouped((_group(line.row), line) for line in out.lines).items():
        news = [row for row in waiting.values() if _group(row) == group]
        pairs = dict(pair_up([line.row.record for line in olds], [row.record for row in news]))
        left += [line for at, line in enumerate(olds) if at not in pairs]
        for at in pairs.values():
            changed.append(news[at].record_id)
            del waiting[news[at].record_id]
    return SentAnew(tuple(changed), tuple(left))


def _says(row: ConsolidatedRow) -> tuple[str, ...]:
    return (row.record.form, row.record.section, row.seal)


def _group(row: ConsolidatedRow) -> tuple[str, str]:
    return row.agency_key, row.record.form


def _base(record_id: str) -> str:
    """An id without the number that tells records alike apart."""
    head, _, number = record_id.rpartition("-")
    return head if number.isdigit() and len(number) < 4 else record_id
