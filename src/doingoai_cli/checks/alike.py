"""Which rows, of one agency or several, speak of one delegation (trùng đoàn), without comparing all with all."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from doingoai_cli.checks.kind import Entry
from doingoai_cli.grouping import grouped
from doingoai_cli.model.matching import name_of, names_alike, numbers_of, same_delegation
from doingoai_cli.model.pairing import Lookup
from doingoai_cli.model.records import Conference, Record, Trip, column_types
from doingoai_cli.vietnamese.places.countries import Destinations
from doingoai_cli.vietnamese.text import is_blank, key
from doingoai_cli.vietnamese.time.periods import Period, overlaps

_NEIGHBOURS = 40
"""How many rows around one in time are looked at, before and after it."""


def comparable(record: Record, name: str) -> object:
    """A field's value for comparing: countries as a set, a time by its days, text by its words."""
    value = getattr(record, name, None)
    if isinstance(value, Destinations) and value.countries:
        return frozenset(value.countries)
    if isinstance(value, Period) and value.start:
        return value.start, value.end
    return name_of(record)[:2] if name == "name" else key(record.text(name))


class Delegations:
    """Which rows of a run speak of one delegation; each question is answered once, for several rules ask it.

    `of_form` gives the rows of a form that count, `like` it and a province's own forms of such rows: a delegation
    may stand in both. `across`: whether several agencies are looked at.
    """

    def __init__(
        self, of_form: Callable[[str], Sequence[Entry]], like: Callable[[str], Sequence[str]], *, across: bool
    ) -> None:
        self._of_form = of_form
        self._like = like
        self._across = across
        self._repeated: dict[tuple[Sequence[str], tuple[str, ...]], list[list[Entry]]] = {}
        self._shared: dict[tuple[Sequence[str], int], list[SharedRecord]] = {}

    def repeated(self, form: str, fields: tuple[str, ...]) -> list[list[Entry]]:
        """The rows of one agency and of forms like this that agree in all `fields`, in groups of two and more."""
        like = self._like(form)
        if (like, fields) not in self._repeated:
            rows = self._of_forms(like)
            models = {type(entry.record) for entry in rows}
            told = any(column_types(model).keys() >= {*fields} for model in models)  # conferences go nowhere
            self._repeated[like, fields] = list(_repeated(rows, fields)) if told else []
        return self._repeated[like, fields]

    def shared(self, form: str, ratio: int) -> "list[SharedRecord]":
        """The rows of forms like this that other agencies declare too; `ratio`: least likeness of names."""
        like = self._like(form)
        if (like, ratio) not in self._shared:
            rows = self._of_forms(like) if self._across else ()
            self._shared[like, ratio] = list(_shared_delegations(rows, ratio))
        return self._shared[like, ratio]

    def _of_forms(self, forms: Sequence[str]) -> Sequence[Entry]:
        return self._of_form(forms[0]) if len(forms) == 1 else [e for f in forms for e in self._of_form(f)]


def _repeated(candidates: Sequence[Entry], fields: Sequence[str]) -> Iterator[list[Entry]]:
    # The agency first, and one field at a time, the most expensive last: few rows are left for each further look.
    first, *others = fields
    last = others.pop() if others else "section"
    groups = _grouped(candidates, lambda row: (row.agency_key, row.record.section, comparable(row.record, last)))
    for name in reversed(others):
        groups = [near for group in groups for near in _grouped(group, partial(_comparable, name))]
    for near in groups:
        told = [row for row in near if not is_blank(row.record.text(first))]
        sound = [row for row in told if all(row.record.sound(name) for name in fields)]
        # Names are taken apart last of all, where their numbers agree.
        same_numbers = _grouped(sound, lambda row: numbers_of(row.record)) if first == "name" else [sound]
        for numbered in same_numbers:
            yield from _grouped(numbered, lambda row: comparable(row.record, first))


def _comparable(name: str, entry: Entry) -> object:
    return comparable(entry.record, name)


def _grouped(entries: Iterable[Entry], value: Callable[[Entry], object]) -> list[list[Entry]]:
    """The entries by a value of theirs, in groups of two and more."""
    groups: dict[object, list[Entry]] = {}
    for entry in entries:  # without pairs for `grouped`: most of what rules across files do is this
        groups.setdefault(value(entry), []).append(entry)
    return [group for group in groups.values() if len(group) > 1]


class SharedRecord(NamedTuple):
    """A row and the rows of other agencies that are the same delegation."""

    entry: Entry
    others: tuple[Entry, ...]


def _shared_delegations(rows: Iterable[Entry], ratio: int) -> Iterator[SharedRecord]:
    """Trips by their countries; a conference takes place here, whoever comes to it."""
    told = ((_whereto(entry.record), entry) for entry in rows)
    blocks = grouped((countries, entry) for countries, entry in told if countries is not None)
    for block in blocks.values():
        yield from _shared(block, ratio)


def _whereto(record: Record) -> frozenset[str] | None:
    """The countries of a trip, none of a conference; None where a row does not say where or when."""
    match record:
        case Trip() if record.countries.countries and record.period.start:
            return frozenset(record.countries.countries)
        case Conference() if record.period.start:
            return frozenset()
    return None


def _shared(block: Sequence[Entry], ratio: int) -> Iterator[SharedRecord]:
    """Those of rows with the same countries. The numbers of their names first: most share them with no other."""
    for near in _of_several(block, lambda entry: numbers_of(entry.record)):
        named = [entry for entry in near if any(name_of(entry.record)[:2])]
        for alike in _of_several(named, lambda entry: name_of(entry.record).codes):
            for group in _by_name(alike, ratio):
                yield from _in_time(group)


def _of_several(entries: Sequence[Entry], value: Callable[[Entry], object]) -> list[list[Entry]]:
    """The entries in groups as `_grouped` does it, those alone that hold rows of two agencies."""
    if _of_one_agency(entries):
        return []
    return [group for group in _grouped(entries, value) if not _of_one_agency(group)]


def _of_one_agency(block: Sequence[Entry]) -> bool:
    return all(entry.agency_key == block[0].agency_key for entry in block)


def _by_name(block: Sequence[Entry], ratio: int) -> Iterator[list[Entry]]:
    """The rows of a block in groups of alike names, each in the block's order."""
    if len(block) < 2:
        return iter(())
    records = [entry.record for entry in block]
    lookup = Lookup(records)
    sets = DisjointSets[int]()
    for at, record in enumerate(records):
        name = name_of(record)
        for other in lookup.near(record):
            if sets.of(at) != sets.of(other) and (names_alike(name, name_of(records[other])) or 0) >= ratio:
                sets.join((at, other))
    groups = grouped((sets.of(at), entry) for at, entry in enumerate(block))
    return (group for group in groups.values() if len(group) > 1)


def _in_time(group: Sequence[Entry]) -> Iterator[SharedRecord]:
    """Of rows with alike names, those that overlap one of another agency in time, under no other head's name."""
    ordered = sorted(group, key=_start)
    for at, entry in enumerate(ordered):
        others = [other for other in _around(ordered, at) if _one_delegation(entry, other)]
        if others:
            yield SharedRecord(entry, tuple(others))


def same_records(entries: Sequence[Entry]) -> Iterator[SharedRecord]:
    """The rows of a form that other agencies declare too, whatever kind they are; each once."""
    records = [entry.record for entry in entries]
    lookup = Lookup(records)
    for entry in entries:
        others = [
            entries[at]
            for at in lookup.near(entry.record)
            if entries[at].agency_key != entry.agency_key and same_delegation(entry.record, records[at])
        ]
        if others:
            yield SharedRecord(entry, tuple(others))


def _start(entry: Entry) -> date:
    event = entry.record
    assert isinstance(event, Trip | Conference)
    return event.period.start or date.max


def _around(ordered: Sequence[Entry], at: int) -> Iterator[Entry]:
    """The neighbours in time, the nearest first, a bounded number of them."""
    for step in range(1, 2 * _NEIGHBOURS):
        if at - step >= 0:
            yield ordered[at - step]
        if at + step < len(ordered):
            yield ordered[at + step]


def _one_delegation(one: Entry, other: Entry) -> bool:
    a, b = one.record, other.record
    if one.agency_key == other.agency_key or (a.form == b.form and a.section != b.section):
        return False
    assert isinstance(a, Trip | Conference)
    assert isinstance(b, Trip | Conference)
    if not overlaps(a.period, b.period) or not same_delegation(a, b):
        return False
    heads = {key(name) for name in (_head(a), _head(b)) if name}
    return len(heads) < 2


def _head(event: Trip | Conference) -> str | None:
    persons = event.leader.persons if isinstance(event, Trip) else ()
    return persons[0].name if persons else None


T = TypeVar("T", bound=Hashable)


class DisjointSets(Generic[T]):
    """Values joined into sets that have none in common (tập hợp rời nhau)."""

    def __init__(self, joined: Iterable[Sequence[T]] = ()) -> None:
        self._parent: dict[T, T] = {}
        for values in joined:
            self.join(values)

    def join(self, values: Sequence[T]) -> None:
        """Put values, and all that was joined with one of them, into one set."""
        for other in values[1:]:
            self._parent[self.of(other)] = self.of(values[0])

    def of(self, value: T) -> T:
        """The value that stands for the set of `value`: itself where it was never joined."""
        root = value
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while value != root:
            self._parent[value], value = root, self._parent[value]
        return root
