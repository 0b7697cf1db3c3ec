"""Which record of one list is which of another (ghép bản ghi): equal, or strongly alike after an edit."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.text import key

_WHO_AND_WHEN = ("title", "leader", "countries", "period", "venue")
_SIMILAR_NAME = 90
_NEAR_NAME = 75
_HELD = 30_000


class Pair(NamedTuple):
    """Indices of a record before and after; None on one side where it is new or gone."""

    before: int | None
    after: int | None


def essence(record: Record) -> tuple[str, ...]:
    """What names a record, in comparing form: name, head, countries, time, place (where its model has them)."""
    held = record.fields
    return tuple([key(record.text(field)) if field in held else "" for field in ("name", *_WHO_AND_WHEN)])


def full_text(record: Record) -> tuple[str, ...]:
    """Every field but the ordinal, with single spaces: equal texts are the same statement.

    Only as much of each as a cell of a workbook holds, so that a text which had to be cut there stays the same.
    """
    return tuple([_spaced(record.text(f)[:_HELD]) for f in record.fields if f != "ordinal"])


@lru_cache(maxsize=65536)
def _spaced(text: str) -> str:
    return " ".join(text.split())


def pair_up(before: Sequence[Record], after: Sequence[Record]) -> tuple[Pair, ...]:
    """Every record of both lists once: the equal ones first, then those of one essence, then the alike.

    Deterministic. Records of different sections (form 03) are never the same.
    """
    left = {i: _Traits.of(r) for i, r in enumerate(before)}
    right = {j: _Traits.of(r) for j, r in enumerate(after)}
    pairs: list[Pair] = []
    for finder in (_same_text, _same_essence, _alike_pairs):
        for i, j in finder(left, right):
            if i in left and j in right:
                pairs.append(Pair(i, j))
                del left[i], right[j]
    pairs.extend(Pair(i, None) for i in left)
    pairs.extend(Pair(None, j) for j in right)
    return tuple(sorted(pairs, key=lambda p: (p.after is None, p.after or 0, p.before or 0)))


class _Traits(NamedTuple):
    section: str
    text: tuple[str, ...]
    essence: tuple[str, ...]
    ordinal: str

    @classmethod
    def of(cls, record: Record) -> "_Traits":
        return cls(record.section, full_text(record), essence(record), key(record.ordinal))

    @property
    def name(self) -> str:
        return self.essence[0]


_Side = dict[int, _Traits]


def _same_text(left: _Side, right: _Side) -> list[tuple[int, int]]:
    return _equal(left, right, lambda t: (t.section, *t.text))


def _same_essence(left: _Side, right: _Side) -> list[tuple[int, int]]:
    return _equal(left, right, lambda t: (t.section, *t.essence))


def _equal(left: _Side, right: _Side, of: Callable[[_Traits], tuple[str, ...]]) -> list[tuple[int, int]]:
    waiting: dict[tuple[str, ...], list[int]] = {}
    for j in reversed(right):
        waiting.setdefault(of(right[j]), []).append(j)
    found = []
    for i, traits in left.items():
        places = waiting.get(of(traits))
        if places:
            found.append((i, places.pop()))
    return found


def _alike_pairs(left: _Side, right: _Side) -> list[tuple[int, int]]:
    if not left or not right:
        return []
    scored = []
    for i, traits in left.items():
        for j in _candidates(traits, right):
            score = _alike(traits, right[j])
            if score:
                scored.append((-score, i, j))
    return [(i, j) for _, i, j in sorted(scored)]


def _candidates(traits: _Traits, right: _Side) -> Iterator[int]:
    """The records that could be `traits`: near in name, or agreeing in ordinal or in who and when."""
    from rapidfuzz import fuzz, process

    near = process.extract(
        traits.name,
        {j: t.name for j, t in right.items()},
        scorer=fuzz.token_sort_ratio,
        score_cutoff=_NEAR_NAME,
        limit=12,
    )
    places = dict.fromkeys(j for _, _, j in near)
    for j, other in right.items():
        if other.ordinal == traits.ordinal or _agreeing(traits, other) >= 3:
            places[j] = None
    yield from places


def _agreeing(one: _Traits, other: _Traits) -> int:
    return sum(1 for a, b in zip(one.essence[1:], other.essence[1:], strict=True) if a and a == b)


def _alike(one: _Traits, other: _Traits) -> int:
    """How alike two records are; 0 where they are not the same record by any of the grounds below."""
    from rapidfuzz import fuzz

    if one.section != other.section:
        return 0
    name = round(fuzz.token_sort_ratio(one.name, other.name)) if one.name and other.name else 0
    agreeing = _agreeing(one, other)
    same_ordinal = bool(one.ordinal) and one.ordinal == other.ordinal
    grounds = (
        name == 100,
        name >= _SIMILAR_NAME and _numbers(one.name) == _numbers(other.name),
        same_ordinal and name >= _NEAR_NAME and agreeing >= 1,
        same_ordinal and agreeing >= 2,
        agreeing >= 3,
    )
    return name + 10 * agreeing + 5 * same_ordinal if any(grounds) else 0


def _numbers(text: str) -> list[str]:
    return [word for word in text.split() if any(c.isdigit() for c in word)]
