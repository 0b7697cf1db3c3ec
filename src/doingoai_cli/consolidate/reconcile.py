"""The approved plan against what took place (đối chiếu kế hoạch với thực hiện; seed 001, III.1).

Pairs are joined only where the score is sure and no other row comes near it; what is possible but not sure is
shown as such and counts neither as carried out nor as dropped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.counting import is_counted, quarter_of, rows_of
from doingoai_cli.model.execution import Reconciliation
from doingoai_cli.model.forms import Direction as FormDirection
from doingoai_cli.model.forms import FormCatalogue, Stage, shipped_forms
from doingoai_cli.model.matching import Likeness, Owned, pair
from doingoai_cli.model.records import RealisedTrip, Trip
from doingoai_cli.vietnamese.places.countries import country_name
from doingoai_cli.vietnamese.time.periods import overlaps

_DIRECTIONS = (FormDirection.OUT, FormDirection.IN)


class State(StrEnum):
    """What became of a planned delegation; the value is the JSON's."""

    CARRIED_OUT = "carried-out"
    POSTPONED = "postponed"
    """In another quarter than planned, or moved into the next year's plan."""
    DROPPED = "dropped"
    UNSURE = "unsure"


class Pair(NamedTuple):
    """A planned row and one that took place (or stands in the next plan), with the score."""

    planned: ConsolidatedRow
    other: ConsolidatedRow
    score: Likeness


class Planned(NamedTuple):
    """One row of the plan and what became of it."""

    row: ConsolidatedRow
    state: State
    pair: Pair | None = None
    changes: Mapping[str, str] = {}
    next_year: bool = False


class Claim(NamedTuple):
    """A row whose "Trong KH"/"Ngoài KH" disagrees with the plan (TH07)."""

    row: ConsolidatedRow
    says_in_plan: bool
    planned: ConsolidatedRow | None


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction (đoàn ra or đoàn vào) reconciled."""

    id: str
    year: int
    planned: tuple[Planned, ...]
    off_plan: tuple[ConsolidatedRow, ...]
    """Took place, and no row of the plan is it."""
    unsure: tuple[Pair, ...]
    claims: tuple[Claim, ...]
    realised: int

    def number(self, state: State) -> int:
        """How many planned rows came to that."""
        return sum(1 for p in self.planned if p.state is state)

    @property
    def took_place(self) -> int:
        """Planned delegations that surely took place, in their quarter or another."""
        return sum(1 for p in self.planned if p.pair and p.state is not State.UNSURE and not p.next_year)

    @property
    def summary(self) -> dict[str, int | float | None]:
        """The numbers and rates (per cent, one decimal) that seed 001 III.1 asks for."""
        planned = len(self.planned)
        return {
            "planned": planned,
            "carried_out": self.number(State.CARRIED_OUT),
            "postponed": self.number(State.POSTPONED),
            "dropped": self.number(State.DROPPED),
            "unsure": self.number(State.UNSURE),
            "realised": self.realised,
            "in_plan": self.took_place,
            "off_plan": len(self.off_plan),
            "execution_rate": _rate(self.took_place, planned),
            "off_plan_rate": _rate(len(self.off_plan), self.realised),
        }


def _rate(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Both directions."""

    year: int
    directions: tuple[Direction, ...]


def reconcile(plan: Consolidated, realised: Consolidated, catalogue: FormCatalogue | None = None) -> Reconciled:
    """The plan of the workbook of cycle Y against the results of the workbook of cycle Y+1, both for year Y.

    Rows refused in the plan and rows not to be counted (TH05, TH06) are left out. DoingoaiError where the two
    workbooks do not speak of one year.
    """
    if plan.cycle != realised.cycle - 1:
        raise DoingoaiError(
            f"Không đối chiếu được: sổ kế hoạch là của kỳ {plan.cycle} (kế hoạch năm {plan.cycle}), sổ thực hiện "
            f"là của kỳ {realised.cycle} (kết quả năm {realised.cycle - 1}). "
            f"Cần sổ kỳ {realised.cycle - 1} làm kế hoạch."
        )
    forms = catalogue or shipped_forms()
    return Reconciled(plan.cycle, tuple(_direction(way, plan, realised, forms) for way in _DIRECTIONS))


def reconcile_years(
    plan: Consolidated, realised: Consolidated, catalogue: FormCatalogue | None = None
) -> dict[str, Reconciliation]:
    """Direction → adjusted and cancelled, for the figures; nothing where the workbooks are of other years."""
    if plan.cycle != realised.cycle - 1:
        return {}
    return {
        d.id: Reconciliation(
            adjusted=sum(1 for p in d.planned if p.state is State.POSTPONED or p.changes),
            cancelled=d.number(State.DROPPED),
        )
        for d in reconcile(plan, realised, catalogue).directions
    }


def _direction(
    way: FormDirection, plan: Consolidated, realised: Consolidated, catalogue: FormCatalogue
) -> Direction:
    def counted(book: Consolidated, stage: Stage) -> list[ConsolidatedRow]:
        return [r for r in rows_of(book.rows, catalogue, Trip, way, stage) if is_counted(r)]

    planned, took_place = counted(plan, Stage.PLANNED), counted(realised, Stage.REALISED)
    sure, unsure = _matched(planned, took_place)
    doubtful = {doubt.planned.record_id for doubt in unsure}
    left = [r for r in planned if r.record_id not in sure and r.record_id not in doubtful]
    moved, _ = _matched(left, counted(realised, Stage.PLANNED))
    matched = {found.other.record_id: found.planned for found in sure.values()}
    in_doubt = {doubt.other.record_id for doubt in unsure}
    return Direction(
        id=way.value,
        year=plan.cycle,
        planned=tuple(_became(r, sure, moved, doubtful) for r in planned),
        off_plan=tuple(r for r in took_place if r.record_id not in matched and r.record_id not in in_doubt),
        unsure=tuple(unsure),
        claims=tuple(_claims(took_place, matched, in_doubt)),
        realised=len(took_place),
    )


def _became(
    row: ConsolidatedRow, sure: Mapping[str, Pair], moved: Mapping[str, Pair], doubtful: Iterable[str]
) -> Planned:
    found = sure.get(row.record_id)
    if found:
        changes = differences(_trip(row), _trip(found.other))
        state = State.POSTPONED if "period" in changes else State.CARRIED_OUT
        return Planned(row, state, found, changes)
    if row.record_id in doubtful:
        return Planned(row, State.UNSURE)
    later = moved.get(row.record_id)
    return Planned(row, State.POSTPONED, later, next_year=True) if later else Planned(row, State.DROPPED)


def _claims(
    rows: Iterable[ConsolidatedRow], matched: Mapping[str, ConsolidatedRow], in_doubt: Iterable[str]
) -> Iterable[Claim]:
    for row in rows:
        says = row.record.planned if isinstance(row.record, RealisedTrip) else None
        if says is not None and row.record_id not in in_doubt and says != (row.record_id in matched):
            yield Claim(row, says, matched.get(row.record_id))


# --- matching ----------------------------------------------------------------------------------------------


def _trip(row: ConsolidatedRow) -> Trip:
    assert isinstance(row.record, Trip)
    return row.record


def _matched(
    planned: Sequence[ConsolidatedRow], others: Sequence[ConsolidatedRow]
) -> tuple[dict[str, Pair], list[Pair]]:
    """Planned id → its sure pair; and the pairs that are possible but not sure."""
    ones, twos = (
        sorted(rows, key=lambda row: row.record_id) for rows in (planned, others)
    )  # the order of rows says nothing
    found = pair(_owned(ones), _owned(twos))
    sure = {ones[c.one].record_id: Pair(ones[c.one], twos[c.other], c.likeness) for c in found.sure.values()}
    return sure, [Pair(ones[c.one], twos[c.other], c.likeness) for c in found.unsure]


def _owned(rows: Sequence[ConsolidatedRow]) -> list[Owned]:
    return [(row.agency_key, row.record) for row in rows]


# --- carried out otherwise ---------------------------------------------------------------------------------


def differences(planned: Trip, realised: Trip) -> dict[str, str]:
    """What was carried out otherwise than planned, in words, under "period" and "countries"."""
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
