"""How often a person travels (DR05, K2.2): trips counted once, however many rows speak of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from doingoai_cli.checks.alike import DisjointSets
from doingoai_cli.checks.kind import Entry, Hit
from doingoai_cli.checks.kinds.repeats import MOST_LISTED, MOST_SAID, SameDelegation, and_others
from doingoai_cli.checks.persons import Identity, Persons, Traveller, identity, name_key, travellers
from doingoai_cli.checks.whole import Found, Whole, WholeKind
from doingoai_cli.grouping import grouped
from doingoai_cli.model.records import Trip
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.people.leaders import is_key_leader


@dataclass(frozen=True, eq=False)
class _Named:
    """A person as a cell names him: one value for all rows of a table that have the same cell."""

    traveller: Traveller
    home: str
    """The key of the agency that he belongs to."""
    province: str
    leads: bool
    """Whether he is one of the key leaders there."""

    @cached_property  # for those alone who may be counted: a quarter of what this rule took
    def identity(self) -> Identity | None:
        """What he is identified by; None: nothing."""
        return identity(self.traveller, self.home, self.province)


class _TripOfPerson(NamedTuple):
    """One trip of a person: of the rows that speak of it the one with the earliest time that is read."""

    start: date
    entry: Entry
    traveller: Traveller


class TripsPerPerson(WholeKind):
    """A person travels at most so often a year (DR05, K2.2); each trip past that is one fault."""

    kind: Literal["trips-per-person"]
    ABOUT = "Một người không đi quá số lần trong năm; mỗi chuyến vượt là một vi phạm, xếp theo thời gian."
    PARAMS = {
        "who": "lãnh đạo chủ chốt, hay mọi người",
        "max_trips": "số chuyến nhiều nhất trong năm",
        "posts": "chức vụ lãnh đạo chủ chốt",
    }
    OFFERS = {
        "person": "người đi",
        "trips": "số chuyến trong năm",
        "nth": "chuyến thứ mấy",
        "max_trips": "mức cho phép",
        "year": "năm",
        "others": "các chuyến khác của người đó; quá nhiều thì nêu số dòng còn lại",
    }
    who: Literal["key-leaders", "all"] = "key-leaders"
    max_trips: Annotated[int, Field(ge=1)] = 2
    posts: tuple[str, ...] = ()
    FIELDS = ("leader",)

    def check_whole(self, form: str, fields: tuple[str, ...], whole: Whole) -> Found:
        """One hit on each trip past the limit, forms apart (each has its own year)."""
        named = list(self._named(whole.entries.of_form(form), whole.province))
        counted = self._counted(dict.fromkeys(one for _, one in named))
        persons = Persons(list(counted.values()))
        person_of = {one: persons.of(told) for one, told in counted.items()}
        rows = grouped((person_of[one], (entry, one.traveller)) for entry, one in named if one in person_of)
        often = [of_person for of_person in rows.values() if len(of_person) > self.max_trips]
        once = _once(whole, form) if often else DisjointSets[int]()
        return [found for of_person in often for found in self._past(_trips(of_person, once))]

    def _named(self, entries: Iterable[Entry], province: str) -> Iterator[tuple[Entry, _Named]]:
        """The rows with the persons that can be told; a table has few leaders, so most cells were read before."""
        for context, rows in groupby(entries, attrgetter("context")):
            known: dict[str, tuple[_Named, ...]] = {}
            for entry in rows:
                record = entry.record
                if not isinstance(record, Trip) or not record.sound("leader"):
                    continue
                cell = "" if context.members_of(record) else record.leader.text
                if not cell or cell not in known:
                    known[cell] = self._read(entry, record, province)
                yield from ((entry, one) for one in known[cell])

    def _read(self, entry: Entry, trip: Trip, province: str) -> tuple[_Named, ...]:
        return tuple(
            _Named(traveller, _home(traveller, entry), province, is_key_leader(traveller.person, self.posts))
            for traveller in travellers(trip, entry.context)
        )

    def _counted(self, named: Iterable[_Named]) -> dict[_Named, Identity]:
        """Those whose trips count, with their identities: a name that is a key leader's once is one everywhere."""
        leading = {name_key(one.traveller, one.home) for one in named if one.leads} - {None}
        return {
            one: one.identity
            for one in named
            if (self.who == "all" or one.leads or (leading and name_key(one.traveller, one.home) in leading))
            and one.identity
        }

    def _past(self, trips: list[_TripOfPerson]) -> Found:
        trips.sort(key=lambda trip: trip.start)
        found = []
        first = trips[: MOST_LISTED + 1]
        for nth, trip in enumerate(trips[self.max_trips :], self.max_trips + 1):
            others = [other.entry for other in first if other is not trip][:MOST_LISTED]
            params = {
                "person": trip.traveller.said,
                "trips": len(trips),
                "nth": nth,
                "max_trips": self.max_trips,
                "year": trip.entry.record.year,
                "others": and_others(map(_where, others[:MOST_SAID]), len(trips) - 1 - MOST_SAID),
            }
            related = [(other.record, "leader") for other in others]
            found.append((trip.entry, Hit("leader", params, related=related)))
        return found


def _home(traveller: Traveller, entry: Entry) -> str:
    return entry.agency_key if traveller.agency == entry.context.agency else agency_key(traveller.agency)


def _once(whole: Whole, form: str) -> DisjointSets[int]:
    """Rows of a form that are one trip, repeated by one agency or declared by two.

    Each is told by the `id` of its record: two rows that say the same are two.
    """
    joined: list[Sequence[Entry]] = [*whole.delegations.repeated(form, ("name", "countries", "period"))]
    for kind in whole.kinds.values():
        if isinstance(kind, SameDelegation):
            joined += [(same.entry, *same.others) for same in kind.shared(whole, form)]
    return DisjointSets([id(entry.record) for entry in rows] for rows in joined)


def _trips(rows: Iterable[tuple[Entry, Traveller]], once: DisjointSets[int]) -> list[_TripOfPerson]:
    """The trips that the rows of one person are, in the order of their first rows."""
    trips: dict[int, _TripOfPerson] = {}
    for entry, traveller in rows:
        assert isinstance(entry.record, Trip)
        trip = _TripOfPerson(entry.record.period.start or date.max, entry, traveller)
        same = once.of(id(entry.record))
        if same not in trips or trip.start < trips[same].start:
            trips[same] = trip
    return list(trips.values())


def _where(entry: Entry) -> str:
    """A row as a reader finds it: its delegation, its agency, its line."""
    agency = entry.context.agency or "(chưa rõ)"
    return f"“{entry.record.text('name')}” ({agency}, dòng {entry.record.provenance.row})"
