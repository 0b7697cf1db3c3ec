"""What is planned, as agencies share it (chia sẻ kế hoạch, seed 004): activities in time, overlaps, a roll-up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from heapq import heappop, heappush
from itertools import islice
from typing import NamedTuple

from doingoai_cli.consolidate.plan_changes import plan_changes
from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.counting import delegates, is_counted, persons
from doingoai_cli.model.forms import Direction, FormCatalogue, Stage
from doingoai_cli.model.matching import countries_of, readable_period
from doingoai_cli.model.records import Conference, Trip
from doingoai_cli.model.roster import Roster
from doingoai_cli.vietnamese.delegation_names import partner_key
from doingoai_cli.vietnamese.places.countries import country_name, place_kind, read_destinations
from doingoai_cli.vietnamese.places.provinces import provinces_in
from doingoai_cli.vietnamese.time.periods import Precision, stretches

MOST_OVERLAPS = 3_000
"""The most pairs that are listed: nobody would look through more."""
_KINDS = {Direction.OUT: "Đoàn ra", Direction.IN: "Đoàn vào", Direction.HERE: "Hội nghị, hội thảo"}
_PARTNER = "đối tác"
UNSORTED = "(Chưa phân loại)"


class Activity(NamedTuple):
    """A planned delegation or conference that no officer refused."""

    row: ConsolidatedRow
    direction: Direction

    @property
    def kind(self) -> str:
        """In words."""
        return _KINDS[self.direction]

    @property
    def name(self) -> str:
        """Its name on one line."""
        return " ".join(self.row.record.text("name").split())

    @property
    def time(self) -> str:
        """Its time as typed."""
        return " ".join(self.row.record.text("period").split())

    @property
    def days(self) -> tuple[date, date] | None:
        """Its first and last day; of a time given to the month or quarter that whole; None where unread."""
        period = readable_period(self.row.record)
        return period.days if period else None

    @property
    def stretches(self) -> tuple[tuple[date, date], ...]:
        """First and last day of each time that it names: of "Quý I, Quý III" two; () where unread."""
        period = readable_period(self.row.record)
        return stretches(period) if period else ()

    def falls_on(self, first: date, last: date) -> bool:
        """Whether one of its times has a day from `first` to `last`."""
        return any(begins <= last and first <= ends for begins, ends in self.stretches)

    @property
    def precision(self) -> Precision:
        """How exactly its time is given."""
        period = readable_period(self.row.record)
        return period.precision if period else Precision.NONE

    @property
    def place(self) -> str:
        """The countries it goes to or comes from; where a conference is held."""
        record = self.row.record
        return " ".join((record.text("venue") or record.text("countries")).split())

    @property
    def countries(self) -> frozenset[str]:
        """As codes; those of a conference's foreign delegates."""
        record = self.row.record
        return countries_of(record) or frozenset(read_destinations(record.text("foreign_delegates")).countries)

    @property
    def grounds(self) -> frozenset[tuple[str, str]]:
        """What another agency's activity may have in common with it: countries, provinces abroad, partners."""
        partners = self.row.record.text("partners")
        found = {(place_kind(code), country_name(code)) for code in self.countries}
        found |= {("địa phương", name) for name in provinces_in(partners)}
        if partner := partner_key(partners):
            found.add((_PARTNER, partner))
        return frozenset(found)


def activities(book: Consolidated, catalogue: FormCatalogue) -> tuple[Activity, ...]:
    """The planned delegations and conferences of a workbook, in the order of their time."""
    found = []
    for row in book.rows:
        role = catalogue.role_of(row.record)
        planned = role is not None and role.stage is Stage.PLANNED and issubclass(role.model, Trip | Conference)
        if role and planned and role.direction and is_counted(row):
            found.append(Activity(row, role.direction))
    return tuple(sorted(found, key=_in_time))


def without_cancelled(
    planned: Sequence[Activity], book: Consolidated, results: Consolidated | None
) -> tuple[Activity, ...]:
    """Those that no decision cancelled, in the sheet "Điều chỉnh kế hoạch" of the plan or of its results."""
    rows = {way.value: [a.row for a in planned if a.direction is way] for way in (Direction.OUT, Direction.IN)}
    changes = plan_changes(book, results, rows)
    return tuple(activity for activity in planned if not changes.of(activity.row).cancelled)


def _in_time(activity: Activity) -> tuple[date, int, str, str]:
    first = activity.days[0] if activity.days else date.max
    return first, activity.precision, activity.row.agency, activity.row.record_id


class Overlap(NamedTuple):
    """Two agencies' activities at overlapping times that have something in common."""

    one: Activity
    other: Activity
    common: tuple[str, ...]
    """In words: "nước Lào", "đối tác Sở Y tế Khăm Muộn"."""


def overlapping(planned: Sequence[Activity]) -> tuple[Overlap, ...]:
    """The pairs of different agencies, each once, at most `MOST_OVERLAPS`."""
    groups = grouped((ground, at) for at, one in enumerate(planned) if one.days for ground in one.grounds)
    common = grouped(
        (pair, _told(ground, planned[pair[0]]))
        for ground in sorted(groups)
        for pair in islice(_pairs(planned, groups[ground]), MOST_OVERLAPS)
    )
    return tuple(
        Overlap(planned[one], planned[other], tuple(grounds))
        for (one, other), grounds in islice(sorted(common.items()), MOST_OVERLAPS)
    )


def _told(ground: tuple[str, str], one: Activity) -> str:
    """What is common in words; a partner as it was typed, not as it was compared."""
    kind, what = ground
    return f"{kind} {' '.join(one.row.record.text('partners').split()) if kind == _PARTNER else what}"


def _pairs(planned: Sequence[Activity], places: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Those of one group that share a day, in the order of time: those that have ended are no longer looked at.

    An agency's own activities are never set against one another, so that the cost grows with what is found.
    """
    open_: dict[str, dict[int, None]] = defaultdict(dict)
    ends: list[tuple[date, int]] = []
    for at in places:
        agency, days = planned[at].row.agency_key, planned[at].days
        assert days is not None  # the groups hold no others
        while ends and ends[0][0] < days[0]:
            gone = heappop(ends)[1]
            owner = planned[gone].row.agency_key
            del open_[owner][gone]
            if not open_[owner]:
                del open_[owner]
        times = planned[at].stretches
        yield from (
            (earlier, at)
            for other, mine in open_.items()
            if other != agency
            for earlier in mine
            if any(planned[earlier].falls_on(*time) for time in times)
        )
        open_[agency][at] = None
        heappush(ends, (days[1], at))


class KindLine(NamedTuple):
    """The planned activities of one kind of agency (khối)."""

    kind: str
    agencies: int
    out: int
    out_persons: int
    coming: int
    coming_persons: int
    conferences: int
    foreign_delegates: int


def roll_up(planned: Iterable[Activity], roster: Roster | None) -> tuple[KindLine, ...]:
    """A line for each kind of the roster in its order, those without one last, then the sum."""
    kinds = dict.fromkeys(entry.kind.strip() for entry in roster.entries) if roster else {}
    groups: dict[str, list[Activity]] = {kind: [] for kind in (*filter(None, kinds), UNSORTED)}
    every = []
    for activity in planned:
        entry = roster.find(activity.row.agency) if roster else None
        groups[(entry.kind.strip() if entry else "") or UNSORTED].append(activity)
        every.append(activity)
    lines = [_kind_line(kind, mine) for kind, mine in groups.items() if mine or kind != UNSORTED]
    return (*lines, _kind_line("Tổng cộng", every))


def _kind_line(kind: str, activities: Sequence[Activity]) -> KindLine:
    by = {way: [a.row.record for a in activities if a.direction is way] for way in Direction}
    out, coming, here = (by[way] for way in (Direction.OUT, Direction.IN, Direction.HERE))
    return KindLine(
        kind, len({a.row.agency_key for a in activities}), len(out), sum(map(persons, out)), len(coming),
        sum(map(persons, coming)), len(here), sum(delegates(record)[1] for record in here),
    )  # fmt: skip


def of_agencies(
    planned: Iterable[Activity], overlaps: Iterable[Overlap]
) -> Mapping[str, tuple[tuple[Activity, ...], tuple[Overlap, ...]]]:
    """Agency → its own activities, and the overlaps that touch them."""
    own = grouped((activity.row.agency, activity) for activity in planned)
    sides = (side for o in overlaps for side in (o, Overlap(o.other, o.one, o.common)))
    touched = grouped((side.one.row.agency, side) for side in sides)
    return {agency: (tuple(mine), tuple(touched.get(agency, ()))) for agency, mine in sorted(own.items())}
