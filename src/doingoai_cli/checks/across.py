"""Kinds over several rows and files: repeated rows, shared delegations, trips a person."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Annotated, ClassVar, Literal

from doingoai_cli.checks.alike import Groups, Same, shared_delegations
from doingoai_cli.checks.kind import Entry, Hit, Whole, WholeKind
from doingoai_cli.checks.persons import Identity, Persons, Traveller, identity, travellers
from doingoai_cli.checks.values import blank
from doingoai_cli.declared import Limited
from doingoai_cli.model.records import Record, Trip
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.countries import Destinations
from doingoai_cli.vietnamese.people import is_key_leader
from doingoai_cli.vietnamese.periods import Period
from doingoai_cli.vietnamese.text import key

Found = Sequence[tuple[Entry, Hit]]
Mention = tuple[Entry, Traveller, Identity]


def comparable(record: Record, name: str) -> object:
    """A field's value for comparing: countries as a set, a time by its days, text by its words."""
    value = getattr(record, name, None)
    if isinstance(value, Destinations) and value.countries:
        return frozenset(value.countries)
    if isinstance(value, Period) and value.start:
        return value.start, value.end
    return key(record.text(name))


_NO_FIGURES = re.compile(r"[^0-9]+")


def repeated(entries: Sequence[Entry], fields: Sequence[str]) -> list[list[Entry]]:
    """The rows of one agency and form that agree in all `fields`, in groups of two and more."""
    first, *others = fields
    # Most rows differ in the first field, many in its figures already; only those that agree are compared in full.
    of_figures: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        record = entry.record
        text = record.text(first)
        if text:
            figures = _NO_FIGURES.sub(" ", text).strip() if isinstance(getattr(record, first), str) else ""
            of_figures[entry.agency_key, record.form, record.section, figures].append(entry)
    alike: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for same_figures, candidates in of_figures.items():
        if len(candidates) > 1:
            for entry in candidates:
                if not blank(entry.record.text(first)):
                    alike[(*same_figures, comparable(entry.record, first))].append(entry)
    groups: list[list[Entry]] = []
    for candidates in alike.values():
        if len(candidates) > 1:
            same: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
            for entry in candidates:
                if all(entry.record.sound(name) for name in fields):
                    same[tuple(comparable(entry.record, name) for name in others)].append(entry)
            groups += [group for group in same.values() if len(group) > 1]
    return groups


class Unique(WholeKind):
    """Rows of one agency and form must not agree in all these fields (DL06)."""

    kind: Literal["unique"]
    NEEDS_FIELD: ClassVar[bool] = True
    OFFERS: ClassVar[tuple[str, ...]] = ("first_row", "first")

    def check_whole(self, forms: frozenset[str], fields: tuple[str, ...], whole: Whole) -> Found:
        """One hit a row that repeats an earlier one."""
        return [
            (
                again,
                Hit(
                    fields[0],
                    {"first_row": group[0].record.provenance.row, "first": group[0].record.ordinal},
                    related=((group[0].record, fields[0]),),
                ),
            )
            for group in repeated(whole.of_forms(forms), fields)
            for again in group[1:]
        ]


class SameDelegation(WholeKind):
    """One delegation declared by two agencies (TK01): countries, time, and names that are alike."""

    kind: Literal["same-delegation"]
    ratio: Annotated[int, Limited(ge=50, le=100)] = 90
    FIELDS: ClassVar[tuple[str, ...]] = ("name",)
    OFFERS: ClassVar[tuple[str, ...]] = ("others", "number")

    def shared(self, whole: Whole, form: str) -> list[Same]:
        """The rows of a form that several agencies declare; found once for all rules."""
        memo = f"shared {form} {self.ratio}"
        if memo not in whole.memo:
            entries = whole.of_forms((form,)) if whole.run.across else []
            whole.memo[memo] = list(shared_delegations(entries, self.ratio))
        known: list[Same] = whole.memo[memo]
        return known

    def check_whole(self, forms: frozenset[str], fields: tuple[str, ...], whole: Whole) -> Found:
        """One hit a record, with the others as related."""
        return [
            (
                entry,
                Hit(
                    "name",
                    {
                        "others": "; ".join(dict.fromkeys(o.context.agency or "(chưa rõ)" for o in others)),
                        "number": len(others),
                    },
                    related=[(other.record, "name") for other in others],
                ),
            )
            for form in sorted(forms)
            for entry, others in self.shared(whole, form)
        ]


class _Trip:
    """One trip of a person: the rows that speak of it, the earliest time that is read."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        assert isinstance(entry.record, Trip)
        self.start = entry.record.period.start or date.max


class TripsPerPerson(WholeKind):
    """A person travels at most so often a year (DR05, K2.2); each trip past that is one fault."""

    kind: Literal["trips-per-person"]
    who: Literal["key-leaders", "all"] = "key-leaders"
    max_trips: Annotated[int, Limited(ge=1)] = 2
    posts: tuple[str, ...] = ()
    FIELDS: ClassVar[tuple[str, ...]] = ("leader",)
    OFFERS: ClassVar[tuple[str, ...]] = ("person", "trips", "nth", "max_trips", "year")

    def check_whole(self, forms: frozenset[str], fields: tuple[str, ...], whole: Whole) -> Found:
        """One hit on each trip past the limit, forms apart (each has its own year)."""
        once = self._once(whole)
        return [
            found
            for form in sorted(forms)
            for found in self._of_form(
                [e for e in whole.of_forms({form}) if isinstance(e.record, Trip)], once, whole
            )
        ]

    def _once(self, whole: Whole) -> Groups:
        """Rows that are one trip: repeated by one agency, or declared by two."""
        known: Groups | None = whole.memo.get("once")
        if known is None:
            joined: list[Sequence[Entry]] = [*repeated(whole.entries, ("name", "countries", "period"))]
            forms = {entry.record.form for entry in whole.entries}
            for kind in whole.kinds.values():
                if isinstance(kind, SameDelegation):
                    joined += [(s.entry, *s.others) for form in forms for s in kind.shared(whole, form)]
            known = whole.memo["once"] = Groups(joined)
        return known

    def _of_form(self, entries: Sequence[Entry], once: Groups, whole: Whole) -> Found:
        mentions = self._counted(
            [
                (entry, traveller, one)
                for entry in entries
                for traveller in self._travellers(entry)
                if (one := identity(traveller, self._home(traveller, entry), whole.province))
            ]
        )
        persons = Persons([one for _, _, one in mentions])
        trips: dict[object, dict[int, tuple[_Trip, Traveller]]] = defaultdict(dict)
        for entry, traveller, one in mentions:
            of_person = trips[persons.of(one)]
            trip, same = _Trip(entry), once.of(entry)
            if same not in of_person or trip.start < of_person[same][0].start:
                of_person[same] = (trip, traveller)
        return [found for of_person in trips.values() for found in self._past(list(of_person.values()))]

    def _home(self, traveller: Traveller, entry: Entry) -> str:
        return entry.agency_key if traveller.agency == entry.context.agency else agency_key(traveller.agency)

    def _travellers(self, entry: Entry) -> Sequence[Traveller]:
        record = entry.record
        if not isinstance(record, Trip) or not record.sound("leader"):
            return ()
        return travellers(record, entry.context)

    def _counted(self, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """The mentions of those whose trips count: a name that stands as a key leader's once is one everywhere."""
        if self.who == "all":
            return mentions
        leaders = [mention for mention in mentions if is_key_leader(mention[1].person, self.posts)]
        names = {one.marks[0] for _, _, one in leaders if one.marks}
        return [m for m in mentions if is_key_leader(m[1].person, self.posts) or not names.isdisjoint(m[2].marks)]

    def _past(self, trips: list[tuple[_Trip, Traveller]]) -> Found:
        if len(trips) <= self.max_trips:
            return ()
        trips.sort(key=lambda t: t[0].start)
        found = []
        for nth, (trip, traveller) in enumerate(trips[self.max_trips :], self.max_trips + 1):
            record = trip.entry.record
            others = [(other.entry.record, "leader") for other, _ in trips if other is not trip]
            params = {
                "person": traveller.said,
                "trips": len(trips),
                "nth": nth,
                "max_trips": self.max_trips,
                "year": record.year,
            }
            found.append((trip.entry, Hit("leader", params, related=others)))
        return found
