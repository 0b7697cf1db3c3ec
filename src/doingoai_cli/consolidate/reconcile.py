"""The approved plan against what took place (đối chiếu kế hoạch với thực hiện; seed 001, III.1).

Pairs are joined only where the score is sure and no other row comes near it, or where an officer said so; what is
possible but not sure is shown as such and counts neither as carried out nor as dropped. What is planned for a time
that is not over yet is neither. Reports, figures and workbooks repeat the numbers of this module.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from doingoai_cli.consolidate.agreement_plan import agreement_plan
from doingoai_cli.consolidate.plan_changes import NO_DECISIONS, Decisions, PlanChanges, plan_changes
from doingoai_cli.consolidate.reconciled import (
    PairClaim,
    Planned,
    Reconciled,
    ReconciledDirection,
    ReconciledPair,
    TripState,
)
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.counting import is_counted, last_day, lies_within, period_of, quarter_of, rows_of
from doingoai_cli.model.forms import Direction, FormCatalogue, Role, Stage, shipped_forms
from doingoai_cli.model.matching import likeness
from doingoai_cli.model.pairing import Owned, pair
from doingoai_cli.model.records import PlannedTrip, RealisedTrip, Record, Trip
from doingoai_cli.vietnamese.places.countries import country_name
from doingoai_cli.vietnamese.time.periods import overlaps
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod

_DIRECTIONS = (Direction.OUT, Direction.IN)


def reconcile(
    plan: Consolidated,
    realised: Consolidated,
    catalogue: FormCatalogue | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    dated: bool = False,
) -> Reconciled:
    """The plan of the workbook of cycle Y against the results of the workbook of cycle Y+1, both for year Y.

    Rows refused in the plan and rows not to be counted (TH05, TH06) are left out, and so is what lies outside the
    days `since` … `until` (default: the plan's calendar year). `dated`: rows belong to these days by their times,
    as in a report of part of the year; of one whose time does not say so nobody knows whether it took place then,
    and its planned row is to be confirmed. What officers decided in either workbook holds.
    DoingoaiError where the two workbooks do not speak of one year.
    """
    if plan.cycle != realised.cycle - 1:
        raise DoingoaiError(
            f"Không đối chiếu được: sổ kế hoạch là của kỳ {plan.cycle} (kế hoạch năm {plan.cycle}), sổ thực hiện "
            f"là của kỳ {realised.cycle} (kết quả năm {realised.cycle - 1}). "
            f"Cần sổ kỳ {realised.cycle - 1} làm kế hoạch."
        )
    first, last = date(plan.cycle, 1, 1), date(plan.cycle, 12, 31)
    ends = min(until or last, last) if since is None else (until or last)
    days = _Days(since or first, ends, since is None, dated)
    forms = catalogue or shipped_forms()
    planned = {way.value: trips(plan, forms, way, Stage.PLANNED) for way in _DIRECTIONS}
    cut = days.last if days.last < last else None
    changes = plan_changes(plan, realised, planned, cut)
    compared = _Compared(plan, realised, forms, days, changes)
    directions = tuple(_direction(way, planned[way.value], compared) for way in _DIRECTIONS)
    return Reconciled(plan.cycle, directions, changes, cut, agreement_plan(plan, realised, forms, cut))


class _Days(NamedTuple):
    """The days looked at."""

    first: date
    last: date
    calendar: bool
    dated: bool

    def hold(self, row: ConsolidatedRow) -> bool | None:
        """Whether the row lies within them; None where its time does not say so."""
        return lies_within(period_of(row.record), row.record.year, self.first, self.last, calendar=self.calendar)

    def begun_before(self, row: ConsolidatedRow) -> bool:
        """Whether a row that lies outside came before the first day."""
        period = period_of(row.record)
        return period is not None and period.start is not None and period.start < self.first

    def are_over(self, row: ConsolidatedRow) -> bool:
        """Whether a planned row's time is over; one that cannot be read is over with its year."""
        return last_day(row.record) <= self.last


def trips(
    book: Consolidated, catalogue: FormCatalogue, direction: Direction, stage: Stage
) -> list[ConsolidatedRow]:
    """The delegations of a workbook of that direction and stage, without those that are not to be counted."""
    return [r for r in rows_of(book.rows, catalogue, Trip, direction, stage) if is_counted(r)]


class _Compared(NamedTuple):
    """What is set against what, the same for delegations abroad and from abroad."""

    plan: Consolidated
    realised: Consolidated
    catalogue: FormCatalogue
    days: _Days
    changes: PlanChanges


def _direction(direction: Direction, planned: list[ConsolidatedRow], compared: _Compared) -> ReconciledDirection:
    plan, realised, catalogue, days, changes = compared
    held = [(r, days.hold(r)) for r in trips(realised, catalogue, direction, Stage.REALISED)]
    undated = [r for r, inside in held if inside is None and days.dated]
    took_place = [r for r, inside in held if inside or (inside is None and not days.dated)]
    later = [r for r, inside in held if inside is False and not days.begun_before(r)]
    reported = [*took_place, *undated, *later]
    decisions = Decisions.of(planned, reported, (*realised.pairings, *plan.pairings))
    sure, unsure = matched(planned, reported, decisions)
    outside = {row.record_id for row in later}
    unsure = [pair for pair in unsure if pair.other.record_id not in outside]
    ahead = {pair.planned.record_id for pair in sure.values() if pair.other.record_id in outside}
    no_day = {row.record_id for row in undated}
    doubtful = {pair.planned.record_id for pair in unsure}
    doubtful |= {pair.planned.record_id for pair in sure.values() if pair.other.record_id in no_day}
    left = [r for r in planned if r.record_id not in sure and r.record_id not in doubtful and days.are_over(r)]
    moved, _ = matched(left, trips(realised, catalogue, direction, Stage.PLANNED))
    pair_of = {pair.other.record_id: pair.planned for pair in sure.values()}
    in_doubt = {pair.other.record_id for pair in unsure}
    no_plan, no_results = _unsent(plan, realised, catalogue, direction, days)
    settled = _PlannedTrips(sure, moved, frozenset(doubtful), frozenset(ahead), changes, days, bool(no_results))
    return ReconciledDirection(
        id=direction.value,
        year=realised.cycle - 1,
        planned=tuple(settled.became(r) for r in planned),
        off_plan=tuple(r for r in took_place if r.record_id not in pair_of and r.record_id not in in_doubt),
        unsure=tuple(unsure),
        claims=tuple(_claims(took_place, pair_of, in_doubt)),
        realised=len(took_place),
        added=changes.added(direction.value),
        times=changes.times,
        no_plan=no_plan,
        no_results=no_results,
    )


def _unsent(
    plan: Consolidated, realised: Consolidated, catalogue: FormCatalogue, direction: Direction, days: _Days
) -> tuple[str, str]:
    """What is missing of the plan and of its results where nobody has sent their forms: no rows prove nothing."""
    year = plan.cycle
    told = []
    for book, model, stage, of in (
        (plan, PlannedTrip, Stage.PLANNED, f"kế hoạch năm {year}"),
        (realised, RealisedTrip, Stage.REALISED, f"kết quả năm {year}"),
    ):
        parts = catalogue.parts_of(Role(model, direction, stage))
        forms = list(dict.fromkeys(form for form, _ in parts))
        within = ReportingPeriod(year, 1, days.last.month) if stage is Stage.REALISED else None
        came = any(row.record.form in forms for row in book.rows) or book.has_reported(parts, within)
        told.append("" if came else f"chưa cơ quan, đơn vị nào gửi Mẫu {', '.join(forms)} ({of})")
    return told[0], told[1]


class _PlannedTrips(NamedTuple):
    """What is known of all planned rows of a direction."""

    sure: Mapping[str, ReconciledPair]
    moved: Mapping[str, ReconciledPair]
    doubtful: frozenset[str]
    ahead: frozenset[str]
    """Those whose delegation took place after the last day looked at."""
    changes: PlanChanges
    days: _Days
    unreported: bool = False
    """Whether nobody has sent what took place: then nothing is known to have been dropped."""

    def became(self, row: ConsolidatedRow) -> Planned:
        """What became of a planned row."""
        decided = self.changes.of(row)
        pair = self.sure.get(row.record_id)
        if pair and row.record_id not in self.ahead and row.record_id not in self.doubtful:
            changes = {**differences(row.record, pair.other.record), **decided.adjusted}
            state = TripState.POSTPONED if "period" in changes else TripState.CARRIED_OUT
            return Planned(row, state, pair, changes)
        if decided.cancelled:
            return Planned(row, TripState.DROPPED, changes=decided.cancelled)
        if row.record_id in self.doubtful:
            return Planned(row, TripState.UNSURE, changes=decided.adjusted)
        if row.record_id in self.ahead or not self.days.are_over(row):
            return Planned(row, TripState.NOT_DUE, changes=decided.adjusted)
        pair = self.moved.get(row.record_id)
        lost = TripState.UNSURE if self.unreported else TripState.DROPPED
        state = TripState.POSTPONED if pair else lost
        return Planned(row, state, pair, decided.adjusted, next_year=pair is not None)


def _claims(
    rows: Iterable[ConsolidatedRow], matched: Mapping[str, ConsolidatedRow], in_doubt: Iterable[str]
) -> Iterable[PairClaim]:
    for row in rows:
        says = row.record.planned if isinstance(row.record, RealisedTrip) else None
        if says is not None and row.record_id not in in_doubt and says != (row.record_id in matched):
            yield PairClaim(row, says, matched.get(row.record_id))


def matched(
    planned: Sequence[ConsolidatedRow], others: Sequence[ConsolidatedRow], decisions: Decisions = NO_DECISIONS
) -> tuple[dict[str, ReconciledPair], list[ReconciledPair]]:
    """Planned id → its sure pair; and the pairs that are possible but not sure. What officers decided is sure."""
    sure = {
        row.record_id: ReconciledPair(row, other, likeness(row.record, other.record), decided=True)
        for row, other in decisions.joined
    }
    taken = {found.other.record_id for found in sure.values()}
    ones = sorted((r for r in planned if r.record_id not in sure), key=lambda r: r.record_id)
    twos = sorted((r for r in others if r.record_id not in taken), key=lambda r: r.record_id)
    at = {row.record_id: place for place, row in enumerate(ones)}
    to = {row.record_id: place for place, row in enumerate(twos)}
    apart = {(at[one], to[other]) for one, other in decisions.apart if one in at and other in to}
    found = pair(_owned(ones), _owned(twos), apart=apart)
    for c in found.sure.values():
        sure[ones[c.one].record_id] = ReconciledPair(ones[c.one], twos[c.other], c.likeness)
    return sure, [ReconciledPair(ones[c.one], twos[c.other], c.likeness) for c in found.unsure]


def _owned(rows: Sequence[ConsolidatedRow]) -> list[Owned]:
    return [(row.agency_key, row.record) for row in rows]


def differences(planned: Record, realised: Record) -> dict[str, str]:
    """What of a delegation was carried out otherwise than planned, in words, under "period" and "countries"."""
    assert isinstance(planned, Trip)
    assert isinstance(realised, Trip)
    found: dict[str, str] = {}
    known = planned.period.start is not None and realised.period.start is not None
    if known and not overlaps(planned.period, realised.period):
        quarters = quarter_of(planned), quarter_of(realised)
        found["period"] = f"thời gian: {planned.period.text} → {realised.period.text}"
        if None not in quarters and quarters[0] == quarters[1]:
            found["period"] += " (cùng quý)"
    mine, theirs = planned.countries.countries, realised.countries.countries
    if mine and theirs and set(mine) != set(theirs):
        found["countries"] = f"nước: {_names(mine)} → {_names(theirs)}"
    return found


def _names(codes: tuple[str, ...]) -> str:
    return ", ".join(country_name(code) for code in codes)
