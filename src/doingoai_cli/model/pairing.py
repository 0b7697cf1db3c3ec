"""Rows of one list set against those of another: which is which (ghép hai danh sách).

Rows are looked up, not compared each with each (`Lookup`), so that the cost grows with the rows. Whether two rows
are one, `matching` says.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.model.matching import (
    POSSIBLE,
    SURE,
    Likeness,
    countries_of,
    likeness,
    name_of,
    names_alike,
    readable_period,
)
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.delegation_names import ComparedName
from doingoai_cli.vietnamese.people.persons import People
from doingoai_cli.vietnamese.text import key

# --- looking up ----------------------------------------------------------------------------------------------

# Names that are alike differ in few words: each is looked up under its rarest words only, one more than may
# differ. A word that is rare nowhere leads to many; then only the neighbours in the alphabet are looked at.
_RAREST = 4
_NEIGHBOURS = 40


class Lookup:
    """Records by what two rows of one delegation share: rare words of the name, who and where, where and when."""

    def __init__(self, records: Sequence[Record]) -> None:
        names = [name_of(record) for record in records]
        self._how_often = Counter(word for name in names for word in {*_words(name)})
        self._names = names
        order = sorted(range(len(names)), key=lambda at: (names[at], at))
        self._lists = grouped((shared, at) for at in order for shared in self._keys(records[at], names[at]))

    def near(self, record: Record) -> Iterator[int]:
        """The places of the records that could be `record`, each once; a bounded number of them."""
        if len(self._names) <= _NEIGHBOURS:
            yield from range(len(self._names))
            return
        name = name_of(record)
        seen: set[int] = set()
        for shared in self._keys(record, name):
            listed = self._lists.get(shared, [])
            if len(listed) > _NEIGHBOURS:
                at = bisect_left(listed, name, key=lambda place: self._names[place])
                listed = listed[max(0, at - _NEIGHBOURS // 2) : at + _NEIGHBOURS // 2]
            for place in listed:
                if place not in seen:
                    seen.add(place)
                    yield place

    def _keys(self, record: Record, name: ComparedName) -> Iterator[tuple[object, ...]]:
        known = [word for word in dict.fromkeys(_words(name)) if word in self._how_often]
        for word in sorted(known, key=lambda word: (self._how_often[word], word))[:_RAREST]:
            yield "word", word
        countries, period = countries_of(record), readable_period(record)
        if countries and period:
            yield "when", countries, period.start
        leader = getattr(record, "leader", None)
        who = key(leader.text) if isinstance(leader, People) else ""
        for ground, text in (("leader", who), ("partners", key(record.text("partners")))):
            if text:
                yield ground, text, countries


def _words(name: ComparedName) -> tuple[str, ...]:
    return (*name.words.split(), *name.codes)


# --- one list against another --------------------------------------------------------------------------------


class Candidate(NamedTuple):
    """A record of one list (by its place) and one of another that could be it."""

    one: int
    other: int
    likeness: Likeness


class Paired(NamedTuple):
    """Two lists set against each other."""

    sure: Mapping[int, Candidate]
    """Place in the first list → its pair; no record stands in two."""
    unsure: tuple[Candidate, ...]
    """Possible pairs of records that are in no sure one."""


Owned = tuple[str, Record]
"""An agency's key and a record of its."""
_RIVAL = 6
"""A rival that comes as near as this makes a pair unsure."""
_ACROSS = 90
"""How alike names must be for rows of two agencies to be a possible pair; they are never a sure one."""
_MOST_ACROSS = 3


def pair(
    ones: Sequence[Owned],
    others: Sequence[Owned],
    sure: int = SURE,
    apart: AbstractSet[tuple[int, int]] = frozenset(),
) -> Paired:
    """Which record of `others` is which of `ones` (reconciliation, TH07), no rival coming near it.

    `apart` are pairs of places that an officer said are two delegations.
    """
    possible = (c for c in _possible(ones, others) if (c.one, c.other) not in apart)
    candidates = sorted(possible, key=lambda c: (-c.likeness.total, c.one, c.other))
    rivals = grouped((side, candidate) for candidate in candidates for side in _sides(candidate))
    settled: set[tuple[int, int]] = set()
    joined: dict[int, Candidate] = {}
    for candidate in candidates:
        one_agency = ones[candidate.one][0] == others[candidate.other][0]
        if not one_agency or candidate.likeness.total < sure or not settled.isdisjoint(_sides(candidate)):
            continue
        if _unrivalled(candidate, rivals, settled):
            joined[candidate.one] = candidate
            settled.update(_sides(candidate))
    return Paired(joined, tuple(c for c in candidates if settled.isdisjoint(_sides(c))))


def _sides(candidate: Candidate) -> tuple[tuple[int, int], tuple[int, int]]:
    return (0, candidate.one), (1, candidate.other)


def _unrivalled(
    candidate: Candidate,
    rivals: Mapping[tuple[int, int], Sequence[Candidate]],
    settled: AbstractSet[tuple[int, int]],
) -> bool:
    """Whether no pair of either record that is still open comes near it."""
    return all(
        other is candidate
        or other.likeness.total < candidate.likeness.total - _RIVAL
        or not settled.isdisjoint(_sides(other))
        for side in _sides(candidate)
        for other in rivals[side]
    )


def _possible(ones: Sequence[Owned], others: Sequence[Owned]) -> Iterator[Candidate]:
    of_agency = grouped((agency, at) for at, (agency, _) in enumerate(others))
    own = {agency: Lookup([others[at][1] for at in places]) for agency, places in of_agency.items()}
    everywhere = Lookup([record for _, record in others])
    for at, (agency, record) in enumerate(ones):
        places = of_agency.get(agency, [])
        for near in own[agency].near(record) if places else []:
            place = places[near]
            found = likeness(record, others[place][1])
            if found.total >= POSSIBLE:
                yield Candidate(at, place, found)
        yield from _elsewhere(at, ones, others, everywhere)


def _elsewhere(at: int, ones: Sequence[Owned], others: Sequence[Owned], everywhere: Lookup) -> Iterator[Candidate]:
    """Rows of other agencies under names that are nearly the same, in a country that both name; the nearest."""
    agency, record = ones[at]
    found = []
    for place in everywhere.near(record):
        owner, other = others[place]
        if owner != agency and countries_of(record) & countries_of(other):
            alike = names_alike(name_of(record), name_of(other)) or 0
            if alike >= _ACROSS:
                found.append((-alike, place))
    for _, place in sorted(found)[:_MOST_ACROSS]:
        candidate = Candidate(at, place, likeness(record, others[place][1]))
        if candidate.likeness.total >= POSSIBLE:
            yield candidate


def pair_versions(
    before: Sequence[Record], after: Sequence[Record], tie: Callable[[Record, Record], bool]
) -> list[tuple[int, int]]:
    """Which record of a later version is which of an earlier one: the most alike first, none twice.

    `tie` says which of several that are as alike comes first (the same ordinal).
    """
    lookup = Lookup(after)
    scored = []
    for at, record in enumerate(before):
        for place in lookup.near(record):
            found = likeness(record, after[place])
            if found.same:
                scored.append((-found.total, not tie(record, after[place]), at, place))
    pairs: list[tuple[int, int]] = []
    used: set[int] = set()
    taken: set[int] = set()
    for _, _, at, place in sorted(scored):
        if at not in used and place not in taken:
            used.add(at)
            taken.add(place)
            pairs.append((at, place))
    return pairs
