"""Which rows of different agencies speak of one delegation (trùng đoàn), without comparing all with all."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from doingoai_cli.checks.kind import Entry
from doingoai_cli.model.records import Trip
from doingoai_cli.vietnamese.periods import overlaps
from doingoai_cli.vietnamese.text import key, words

# Names that are alike differ in few words: each name is looked up under its rarest words only, one more than
# may differ. A word that is rare nowhere leads to many; then only the neighbours in the alphabet are looked at.
_DIFFERING_WORDS = 3
_NEIGHBOURS = 40
_MOST_OTHERS = 20
"""How many other cells a finding names at most."""


@lru_cache(maxsize=65536)
def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers in a name, in order of size: "số 17" and "số 18" are two delegations."""
    return tuple(sorted(digits.lstrip("0") for digits in re.findall(r"\d+", text)))


@lru_cache(maxsize=65536)
def sorted_words(text: str) -> str:
    """The words of a name in alphabetical order: what rapidfuzz's token-sort ratio compares."""
    return " ".join(sorted(words(text)))


def near(one: str, other: str, ratio: int) -> bool:
    """Whether two names, as `sorted_words`, have a token-sort ratio of at least `ratio` (0 … 100)."""
    from rapidfuzz import fuzz

    return one == other or fuzz.ratio(one, other, score_cutoff=ratio) >= ratio


class Same(NamedTuple):
    """A row and the rows of other agencies that are the same delegation."""

    entry: Entry
    others: tuple[Entry, ...]


def shared_delegations(entries: Sequence[Entry], ratio: int) -> Iterator[Same]:
    """The rows that other agencies declare too, each once, in the order given."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        trip = entry.record
        if isinstance(trip, Trip) and trip.countries.countries and trip.period.start:
            countries = frozenset(trip.countries.countries)
            blocks[trip.form, countries, numbers_in(trip.name)].append(at)
    for block in blocks.values():
        if len({entries[at].agency_key for at in block}) < 2:
            continue
        named = [at for at in block if key(entries[at].record.text("name"))]
        for group in _by_name(named, entries, ratio):
            yield from _in_time([entries[at] for at in group])


def _by_name(block: Sequence[int], entries: Sequence[Entry], ratio: int) -> Iterator[list[int]]:
    """The rows of a block in groups of alike names."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at in block:
        holders[sorted_words(entries[at].record.text("name"))].append(at)
    group_of = {name: name for name in holders}

    def root(name: str) -> str:
        while group_of[name] != name:
            group_of[name] = group_of[group_of[name]]
            name = group_of[name]
        return name

    for one, other in _candidates(list(holders)):
        if root(one) != root(other) and near(one, other, ratio):
            group_of[root(other)] = root(one)
    groups: dict[str, list[int]] = defaultdict(list)
    for name, held in holders.items():
        groups[root(name)] += held
    return (sorted(group) for group in groups.values() if len(group) > 1)


def _candidates(names: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Pairs of names that could be alike: those that share one of their rarest words."""
    if len(names) <= _NEIGHBOURS:
        return ((a, b) for at, a in enumerate(names) for b in names[at + 1 :])
    return _sharing_rare_words(names)


def _sharing_rare_words(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    how_often = Counter(word for name in names for word in set(name.split()))
    lists: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        rarest = sorted(set(name.split()), key=lambda word: (how_often[word], word))
        for word in rarest[: _DIFFERING_WORDS + 1]:
            lists[word].append(name)
    for listed in lists.values():
        for at, name in enumerate(listed):
            for other in listed[at + 1 : at + 1 + _NEIGHBOURS]:
                yield name, other


def _in_time(group: Sequence[Entry]) -> Iterator[Same]:
    """Of rows with alike names, those that overlap one of another agency in time, under no other head's name."""
    ordered = sorted(group, key=lambda e: _start(e))
    for at, entry in enumerate(ordered):
        others: list[Entry] = []
        for other in _around(ordered, at):
            if len(others) == _MOST_OTHERS:
                break
            if _one_delegation(entry, other):
                others.append(other)
        if others:
            yield Same(entry, tuple(others))


def _start(entry: Entry) -> str:
    trip = entry.record
    assert isinstance(trip, Trip)
    return str(trip.period.start)


def _around(ordered: Sequence[Entry], at: int) -> Iterator[Entry]:
    """The neighbours in time, the nearest first, a bounded number of them."""
    for step in range(1, 2 * _NEIGHBOURS):
        if at - step >= 0:
            yield ordered[at - step]
        if at + step < len(ordered):
            yield ordered[at + step]


def _one_delegation(one: Entry, other: Entry) -> bool:
    a, b = one.record, other.record
    if one.agency_key == other.agency_key or not isinstance(a, Trip) or not isinstance(b, Trip):
        return False
    if not overlaps(a.period, b.period):
        return False
    heads = {key(name) for name in (_head(a), _head(b)) if name}
    return len(heads) < 2


def _head(trip: Trip) -> str | None:
    return trip.leader.persons[0].name if trip.leader.persons else None


class Groups:
    """Rows joined into delegations that count once (DL06, TK01), by the identity of the record."""

    def __init__(self, joined: Iterable[Sequence[Entry]]) -> None:
        self._root: dict[int, int] = {}
        for entries in joined:
            for one, other in pairwise(entries):
                self._root[self.of(other)] = self.of(one)

    def of(self, entry: Entry) -> int:
        """A number that rows of one delegation share."""
        at = id(entry.record)
        while (up := self._root.get(at, at)) != at:
            at = up
        return at
