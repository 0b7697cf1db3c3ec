"""Which rows, of one agency or several, speak of one delegation (trùng đoàn), without comparing all with all."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from doingoai_cli.checks.kind import Entry, Whole
from doingoai_cli.checks.kinds.values import blank
from doingoai_cli.model.records import Record, Trip, column_types
from doingoai_cli.vietnamese.places.countries import Destinations
from doingoai_cli.vietnamese.text import key, words
from doingoai_cli.vietnamese.time.periods import Period, overlaps

# Names that are alike differ in few words: each name is looked up under its rarest words only, one more than
# may differ. A word that is rare nowhere leads to many; then only the neighbours in the alphabet are looked at.
_DIFFERING_WORDS = 3
_NEIGHBOURS = 40
_MOST_OTHERS = 20
"""How many other cells a finding names at most."""


_NUMBER = re.compile(r"\d+")


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers in a name, in the order of their digits: "số 17" and "số 18" are two delegations."""
    return tuple(sorted([digits.lstrip("0") for digits in _NUMBER.findall(text)]))


@lru_cache(maxsize=65536)
def sorted_words(text: str) -> str:
    """The words of a name in alphabetical order: what rapidfuzz's token-sort ratio compares."""
    return " ".join(sorted(words(text)))


def near(one: str, other: str, ratio: int) -> bool:
    """Whether two names, as `sorted_words`, have a token-sort ratio of at least `ratio` (0 … 100)."""
    from rapidfuzz import fuzz

    return one == other or fuzz.ratio(one, other, score_cutoff=ratio) >= ratio


def comparable(record: Record, name: str) -> object:
    """A field's value for comparing: countries as a set, a time by its days, text by its words."""
    value = getattr(record, name, None)
    if isinstance(value, Destinations) and value.countries:
        return frozenset(value.countries)
    if isinstance(value, Period) and value.start:
        return value.start, value.end
    return key(record.text(name))


def by_numbers(whole: Whole, form: str, field: str) -> list[list[Entry]]:
    """The rows of a form that agree in the numbers of a text, two and more; only such are worth comparing."""
    memo = f"numbers {form} {field}"
    if memo not in whole.memo:
        groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in whole.of_forms((form,)):
            value = getattr(entry.record, field, "")
            groups[numbers_in(value) if isinstance(value, str) else ()].append(entry)
        whole.memo[memo] = [group for group in groups.values() if len(group) > 1]
    known: list[list[Entry]] = whole.memo[memo]
    return known


def repeated(whole: Whole, form: str, fields: tuple[str, ...]) -> list[list[Entry]]:
    """The rows of one agency and form that agree in all `fields`, in groups of two and more."""
    memo = f"repeated {form} {fields}"
    if memo not in whole.memo:
        models = {type(entry.record) for entry in whole.of_forms((form,))}
        told = any(column_types(model).keys() >= {*fields} for model in models)  # conferences go to no countries
        candidates = by_numbers(whole, form, fields[0]) if told else []
        whole.memo[memo] = [group for rows in candidates for group in _repeated(rows, fields)]
    known: list[list[Entry]] = whole.memo[memo]
    return known


def _repeated(candidates: Sequence[Entry], fields: Sequence[str]) -> Iterator[list[Entry]]:
    # The agency first, and one field at a time: few rows are left for each further look.
    of_agency = _grouped(candidates, lambda entry: (entry.agency_key, entry.record.section))
    first, *others = fields
    for rows in of_agency:
        told = [row for row in rows if not blank(row.record.text(first))]
        for alike in _grouped(told, lambda row: comparable(row.record, first)):
            sound = [row for row in alike if all(row.record.sound(name) for name in fields)]
            yield from _grouped(sound, lambda row: tuple(comparable(row.record, name) for name in others))


def _grouped(entries: Iterable[Entry], value: Callable[[Entry], object]) -> list[list[Entry]]:
    """The entries by a value of theirs, in groups of two and more."""
    groups: dict[object, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[value(entry)].append(entry)
    return [group for group in groups.values() if len(group) > 1]


class Same(NamedTuple):
    """A row and the rows of other agencies that are the same delegation."""

    entry: Entry
    others: tuple[Entry, ...]


def shared_delegations(whole: Whole, form: str, ratio: int) -> Iterator[Same]:
    """The rows of a form that other agencies declare too, each once."""
    for candidates in by_numbers(whole, form, "name"):
        blocks: dict[frozenset[str], list[Entry]] = defaultdict(list)
        for entry in candidates:
            trip = entry.record
            if isinstance(trip, Trip) and trip.countries.countries and trip.period.start:
                blocks[frozenset(trip.countries.countries)].append(entry)
        for block in blocks.values():
            yield from _shared(block, ratio)


def _shared(block: Sequence[Entry], ratio: int) -> Iterator[Same]:
    if len({entry.agency_key for entry in block}) > 1:
        named = [entry for entry in block if key(entry.record.text("name"))]
        for group in _by_name(named, ratio):
            yield from _in_time(group)


def _by_name(block: Sequence[Entry], ratio: int) -> Iterator[list[Entry]]:
    """The rows of a block in groups of alike names, each in the block's order."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(block):
        holders[sorted_words(entry.record.text("name"))].append(at)
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
    return ([block[at] for at in sorted(group)] for group in groups.values() if len(group) > 1)


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
    ordered = sorted(group, key=_start)
    for at, entry in enumerate(ordered):
        others: list[Entry] = []
        for other in _around(ordered, at):
            if len(others) == _MOST_OTHERS:
                break
            if _one_delegation(entry, other):
                others.append(other)
        if others:
            yield Same(entry, tuple(others))


def _start(entry: Entry) -> date:
    trip = entry.record
    assert isinstance(trip, Trip)
    return trip.period.start or date.max


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
