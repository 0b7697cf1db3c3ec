"""What reconciling a plan with its results found: states, pairs, numbers and rates, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from doingoai_cli.consolidate.agreement_plan import NO_AGREEMENTS, AgreementPlan
from doingoai_cli.consolidate.plan_changes import NO_CHANGES, PlanChanges
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import time_of
from doingoai_cli.model.matching import Likeness
from doingoai_cli.model.reconciliation import Reconciliation
from doingoai_cli.vietnamese.report_phrases import percentage

DIRECTION_NAMES = {"out": "Đoàn ra", "in": "Đoàn vào"}


class TripState(StrEnum):
    """What became of a planned delegation; the value is the JSON's."""

    CARRIED_OUT = "carried-out"
    POSTPONED = "postponed"
    """In another quarter than planned, or moved into the next year's plan."""
    NOT_DUE = "not-due"
    """Its time is not over yet (chưa đến thời gian thực hiện)."""
    DROPPED = "dropped"
    """Its time is over without it, or a decision cancelled it."""
    UNSURE = "unsure"


def who(row: ConsolidatedRow) -> tuple[str, str, str, str]:
    """What people recognise a row by: its agency, name, countries, time."""
    record = row.record
    return row.agency, record.text("name"), record.text("countries"), time_of(record)


class ReconciledPair(NamedTuple):
    """A planned row and one that took place (or stands in the next plan), with the score."""

    planned: ConsolidatedRow
    other: ConsolidatedRow
    score: Likeness
    decided: bool = False
    """Whether an officer joined them."""


class Planned(NamedTuple):
    """One row of the plan and what became of it."""

    row: ConsolidatedRow
    state: TripState
    pair: ReconciledPair | None = None
    changes: Mapping[str, str] = {}
    """What was carried out otherwise than planned, or decided since, in words."""
    next_year: bool = False


class PairClaim(NamedTuple):
    """A row whose "Trong KH"/"Ngoài KH" disagrees with the plan (TH07)."""

    row: ConsolidatedRow
    says_in_plan: bool
    planned: ConsolidatedRow | None


@dataclass(frozen=True, slots=True)
class ReconciledDirection:
    """One direction (đoàn ra or đoàn vào) reconciled."""

    id: str
    year: int
    planned: tuple[Planned, ...]
    off_plan: tuple[ConsolidatedRow, ...]
    """Took place, and no row of the plan is it."""
    unsure: tuple[ReconciledPair, ...]
    claims: tuple[PairClaim, ...]
    realised: int
    added: int = 0
    """Delegations that decisions added to the plan."""
    times: int = 0
    """How often the whole plan was changed."""
    no_plan: str = ""
    """What is missing where nobody has sent the plan's form: then nobody knows what was planned."""
    no_results: str = ""
    """What is missing where nobody has sent the form of what took place."""

    @property
    def lacking(self) -> str:
        """What is missing, in words; "" where both forms have come."""
        return ", ".join(filter(None, (self.no_plan, self.no_results)))

    def of(self, *states: TripState) -> tuple[ConsolidatedRow, ...]:
        """The planned rows that came to one of these states."""
        return tuple(p.row for p in self.planned if p.state in states)

    def number(self, state: TripState) -> int:
        """How many planned rows came to that."""
        return len(self.of(state))

    @property
    def carried_out(self) -> tuple[ConsolidatedRow, ...]:
        """What took place of the plan, in its quarter or another; never more rows than were planned."""
        done = (TripState.CARRIED_OUT, TripState.POSTPONED)
        return tuple(p.pair.other for p in self.planned if p.pair and p.state in done and not p.next_year)

    @property
    def took_place(self) -> int:
        """How many planned delegations surely took place."""
        return len(self.carried_out)

    @property
    def adjusted(self) -> tuple[ConsolidatedRow, ...]:
        """Planned rows that were put off, carried out otherwise than planned, or changed by a decision."""
        over = (TripState.DROPPED, TripState.UNSURE)
        return tuple(
            p.row for p in self.planned if p.state is TripState.POSTPONED or (p.changes and p.state not in over)
        )

    @property
    def cancelled(self) -> tuple[ConsolidatedRow, ...]:
        """Planned rows that did not take place though their time is over, or that a decision cancelled."""
        return self.of(TripState.DROPPED)

    @property
    def summary(self) -> dict[str, int | float | None]:
        """The numbers and rates (per cent, one decimal) that seed 001 III.1 asks for.

        None: a rate of nothing, or a number that a form which nobody has sent would tell.
        """
        planned = len(self.planned)
        unknown = (_OF_PLAN if self.no_plan else frozenset()) | (_OF_RESULTS if self.no_results else frozenset())
        values = {
            "planned": planned,
            "carried_out": self.number(TripState.CARRIED_OUT),
            "postponed": self.number(TripState.POSTPONED),
            "not_due": self.number(TripState.NOT_DUE),
            "dropped": self.number(TripState.DROPPED),
            "unsure": self.number(TripState.UNSURE),
            "unsure_pairs": len(self.unsure),
            "realised": self.realised,
            "in_plan": self.took_place,
            "off_plan": len(self.off_plan),
            "adjusted": len(self.adjusted),
            "cancelled": len(self.cancelled),
            "added": self.added,
            "plan_changes": self.times,
            "execution_rate": _rate(self.took_place, planned),
            "off_plan_rate": _rate(len(self.off_plan), self.realised),
        }
        return {key: None if key in unknown else value for key, value in values.items()}

    @property
    def result(self) -> Reconciliation:
        """The same as figures take it."""
        return Reconciliation(
            planned=tuple(p.row for p in self.planned),
            carried_out=self.carried_out,
            off_plan=self.off_plan,
            adjusted=self.adjusted,
            cancelled=self.cancelled,
            not_due=self.of(TripState.NOT_DUE),
            unsure=self.of(TripState.UNSURE),
            pairs=len(self.unsure),
            added=self.added,
            times=self.times,
            no_plan=self.no_plan,
            no_results=self.no_results,
        )


_OF_BOTH = frozenset({"carried_out", "postponed", "in_plan", "off_plan", "execution_rate", "off_plan_rate"})
_OF_PLAN = _OF_BOTH | {"planned", "not_due", "dropped", "unsure", "unsure_pairs", "adjusted", "cancelled"}
_OF_RESULTS = _OF_BOTH | {"realised"}


def _rate(part: int, whole: int) -> float | None:
    return float(percentage(part, whole)) if whole else None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A year's plan against what took place: delegations abroad, from abroad, and agreements."""

    year: int
    directions: tuple[ReconciledDirection, ...]
    changes: PlanChanges = NO_CHANGES
    """What decisions changed in the plan."""
    until: date | None = None
    """The last day looked at, where that is not the end of the year."""
    agreements: AgreementPlan = NO_AGREEMENTS

    @property
    def results(self) -> dict[str, Reconciliation]:
        """Direction ("out", "in") → what was found, as figures take it."""
        return {direction.id: direction.result for direction in self.directions}
