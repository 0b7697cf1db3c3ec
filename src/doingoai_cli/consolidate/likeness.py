"""Which record of one version is which of another (ghép bản ghi): equal, or one delegation after an edit."""

from collections.abc import Callable, Hashable, Sequence
from operator import attrgetter
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.model.pairing import pair_versions
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.text import key

_WHO_AND_WHEN = ("title", "leader", "countries", "period", "venue")
_HELD = 30_000


class RecordPair(NamedTuple):
    """Indices of a record before and after; None on one side where it is new or gone."""

    before: int | None
    after: int | None


def identifying_fields(record: Record) -> tuple[str, ...]:
    """The fields that name records of one model: name, head, countries, time, place.

    Of the models with no time of their own, what tells two rows apart besides: who, when signed, what was awarded.
    """
    return ("name", *_WHO_AND_WHEN, *record.BESIDES)


def identifying_texts(record: Record) -> tuple[str, ...]:
    """What names a record, in comparing form; "" for a field that its model does not have."""
    held = record.fields
    return tuple([key(record.text(field)) if field in held else "" for field in identifying_fields(record)])


def full_text(record: Record) -> tuple[str, ...]:
    """Every field but the ordinal, with single spaces: equal texts are the same statement.

    Only as much of each as a cell of a workbook holds, so that a text which had to be cut there stays the same.
    """
    told = zip(record.fields, record.texts, strict=True)
    return tuple([_spaced(text[:_HELD]) for field, text in told if field != "ordinal"])


def _spaced(text: str) -> str:
    # Printable is no space but " " itself. Nearly every text is as it should be: a copy of each would be held.
    usual = text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "
    return text if usual else " ".join(text.split())


def pair_up(before: Sequence[Record], after: Sequence[Record]) -> tuple[RecordPair, ...]:
    """Every record of both lists once: equal texts first, then equal names, then one delegation edited.

    Deterministic. Records of different sections (form 03) are never the same.
    """
    left = {i: _Traits.of(r) for i, r in enumerate(before)}
    right = {j: _Traits.of(r) for j, r in enumerate(after)}
    pairs: list[RecordPair] = []
    for same in (attrgetter("section", "text"), attrgetter("section", "identifying")):
        for i, j in _equal(left, right, same):
            pairs.append(RecordPair(i, j))
            del left[i], right[j]
    olds, news = list(left), list(right)
    for at, place in pair_versions([before[i] for i in olds], [after[j] for j in news], _same_ordinal):
        pairs.append(RecordPair(olds[at], news[place]))
        del left[olds[at]], right[news[place]]
    pairs.extend(RecordPair(i, None) for i in left)
    pairs.extend(RecordPair(None, j) for j in right)
    return tuple(sorted(pairs, key=lambda p: (p.after is None, p.after or 0, p.before or 0)))


def pairs_in_both(before: Sequence[Record], after: Sequence[Record]) -> list[tuple[int, int]]:
    """Those of `pair_up` that stand in both lists."""
    found = pair_up(before, after)
    return [(pair.before, pair.after) for pair in found if pair.before is not None and pair.after is not None]


def _same_ordinal(one: Record, other: Record) -> bool:
    return bool(one.ordinal) and key(one.ordinal) == key(other.ordinal)


class _Traits(NamedTuple):
    section: str
    text: tuple[str, ...]
    identifying: tuple[str, ...]

    @classmethod
    def of(cls, record: Record) -> "_Traits":
        return cls(record.section, full_text(record), identifying_texts(record))


_Side = dict[int, _Traits]


def _equal(left: _Side, right: _Side, of: Callable[[_Traits], Hashable]) -> list[tuple[int, int]]:
    waiting = grouped((of(right[j]), j) for j in reversed(right))
    found = []
    for i, traits in left.items():
        places = waiting.get(of(traits))
        if places:
            found.append((i, places.pop()))
    return found
