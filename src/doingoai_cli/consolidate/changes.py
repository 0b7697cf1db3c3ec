"""What changed between two versions of a form or a record (thay đổi), row by row, in words."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from doingoai_cli.consolidate.likeness import full_text, pair_up
from doingoai_cli.model.records import Record

_SHOWN = 120


Kind = Literal["added", "removed", "edited"]


class FieldChange(NamedTuple):
    """One field, before and after, as typed."""

    field: str
    before: str
    after: str


class RowChange(NamedTuple):
    """One row that was added, removed or edited; `row` is its sheet's own (the later file's, unless removed)."""

    kind: Kind
    ordinal: str
    name: str
    row: int
    fields: tuple[FieldChange, ...] = ()


class Comparison(NamedTuple):
    """Two versions of a form: how many rows of the earlier recur, and what changed."""

    earlier: int
    later: int
    recurring: int
    changes: tuple[RowChange, ...]

    def number(self, kind: Kind) -> int:
        """How many rows changed in that way."""
        return sum(1 for change in self.changes if change.kind == kind)


def compare(before: Sequence[Record], after: Sequence[Record]) -> Comparison:
    """The rows of two versions set against each other; edited rows recur."""
    changes: list[RowChange] = []
    recurring = 0
    for pair in pair_up(before, after):
        if pair.before is None and pair.after is not None:
            changes.append(_row("added", after[pair.after]))
        elif pair.after is None and pair.before is not None:
            changes.append(_row("removed", before[pair.before]))
        elif pair.before is not None and pair.after is not None:
            recurring += 1
            fields = field_changes(before[pair.before], after[pair.after])
            if fields:
                changes.append(_row("edited", after[pair.after], fields))
    return Comparison(len(before), len(after), recurring, tuple(changes))


def recurring_rows(before: Sequence[Record], after: Sequence[Record]) -> tuple[Record, ...]:
    """The rows of `before` that `after` holds again, in their order."""
    pairs = (pair for pair in pair_up(before, after) if pair.before is not None and pair.after is not None)
    return tuple(before[index] for index in sorted(pair.before for pair in pairs if pair.before is not None))


def _row(kind: Kind, record: Record, fields: tuple[FieldChange, ...] = ()) -> RowChange:
    return RowChange(kind, record.ordinal, record.text("name"), record.provenance.row, fields)


def field_changes(before: Record, after: Record) -> tuple[FieldChange, ...]:
    """The fields whose text differs (spaces apart; the ordinal is no content)."""
    if type(before) is type(after) and full_text(before) == full_text(after):
        return ()
    fields = dict.fromkeys((*before.fields, *after.fields))
    pairs = ((f, before.text(f), after.text(f)) for f in fields if f != "ordinal")
    return tuple(FieldChange(f, b, a) for f, b, a in pairs if b.split() != a.split())


def shortened(text: str) -> str:
    """A value on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
