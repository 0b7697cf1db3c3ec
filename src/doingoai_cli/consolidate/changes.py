"""What changed between two versions of a form or a record (thay đổi), row by row, in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from doingoai_cli.consolidate.likeness import full_text, pair_up
from doingoai_cli.model.findings import Change
from doingoai_cli.model.records import Record

Kind = Literal["added", "removed", "edited"]


class FieldChange(NamedTuple):
    """One field, before and after, as typed."""

    field: str
    before: str
    after: str


class RowChange(NamedTuple):
    """One row that was added, removed or edited, as the later file has it (the earlier one, if removed)."""

    kind: Kind
    record: Record
    earlier: Record | None = None
    """Of an edited row: what it was."""
    fields: tuple[FieldChange, ...] = ()


class Comparison(NamedTuple):
    """Two versions of a form: how many rows of the earlier recur, and what changed."""

    earlier: int
    later: int
    recurring: int
    changes: tuple[RowChange, ...]

    @property
    def mostly_recurs(self) -> bool:
        """Whether at least half of the earlier rows do."""
        return self.recurring * 2 >= self.earlier

    def number(self, kind: Kind) -> int:
        """How many rows changed in that way."""
        return sum(1 for change in self.changes if change.kind == kind)


def compare(before: Sequence[Record], after: Sequence[Record]) -> Comparison:
    """The rows of two versions set against each other; edited rows recur."""
    before_of = {new: old for old, new in pair_up(before, after)}
    changes: list[RowChange] = []
    for at, record in enumerate(after):
        earlier = before[before_of[at]] if at in before_of else None
        if earlier is None:
            changes.append(RowChange("added", record))
        elif fields := field_changes(earlier, record):
            changes.append(RowChange("edited", record, earlier, fields))
    recurring = frozenset(before_of.values())
    changes += (RowChange("removed", record) for at, record in enumerate(before) if at not in recurring)
    return Comparison(len(before), len(after), len(recurring), tuple(changes))


def recurring_rows(before: Sequence[Record], after: Sequence[Record]) -> tuple[Record, ...]:
    """The rows of `before` that `after` holds again, in their order."""
    return tuple(before[index] for index in sorted(index for index, _ in pair_up(before, after)))


def cell_changes(changes: Iterable[RowChange]) -> Iterator[Change]:
    """The same cell by cell; a row that was added or removed is one."""
    for change in changes:
        record = change.record
        at = record.provenance
        whole = Change(
            kind=change.kind,
            sheet=at.sheet,
            row=at.row,
            ordinal=record.ordinal or None,
            name=record.text("name"),
            cell=_cell(record, "name"),
        )
        if not change.fields:
            yield whole
        for field in change.fields:
            yield replace(
                whole,
                field=field.field,
                cell=_cell(record, field.field),
                earlier_cell=_cell(change.earlier, field.field),
                before=field.before,
                after=field.after,
            )


def _cell(record: Record | None, field: str) -> str | None:
    source = record.cells.get(field) if record is not None else None
    return source.cell if source is not None else None


def field_changes(before: Record, after: Record) -> tuple[FieldChange, ...]:
    """The fields whose text differs (spaces apart; the ordinal is no content)."""
    if type(before) is type(after) and full_text(before) == full_text(after):
        return ()
    fields = dict.fromkeys((*before.fields, *after.fields))
    pairs = ((f, before.text(f), after.text(f)) for f in fields if f != "ordinal")
    return tuple(FieldChange(f, b, a) for f, b, a in pairs if b.split() != a.split())
