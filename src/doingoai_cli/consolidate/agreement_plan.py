"""Agreements that were to be signed against those that were (seed 000, I.3; seed 001, III.2.a)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.counting import is_counted, last_day, period_of, rows_of
from doingoai_cli.model.forms import FormCatalogue, Role, Stage
from doingoai_cli.model.matching import name_of, names_alike
from doingoai_cli.model.packed import opened_one
from doingoai_cli.model.pairing import pair
from doingoai_cli.model.records import Agreement

_NAMED_ALIKE = 75


class Signing(StrEnum):
    """What became of an agreement that was to be signed; the value is the JSON's."""

    SIGNED = "signed"
    MOVED = "moved"
    """It stands in the next plan."""
    NOT_DUE = "not-due"
    UNSURE = "unsure"
    """It may be another row, or nobody has sent what was signed."""
    NOT_SIGNED = "not-signed"


class PlannedAgreement(NamedTuple):
    """One agreement of the plan, what became of it, and the row that shows it."""

    row: ConsolidatedRow
    state: Signing
    other: ConsolidatedRow | None = None


@dataclass(frozen=True, slots=True)
class AgreementPlan:
    """All agreements of a year's plan, and those signed without standing in it."""

    planned: tuple[PlannedAgreement, ...] = ()
    off_plan: tuple[ConsolidatedRow, ...] = ()
    signed: int = 0

    def __bool__(self) -> bool:
        return bool(self.planned or self.signed)

    @property
    def summary(self) -> Mapping[str, int]:
        """How many, by what became of them."""
        states = {state.value: sum(p.state is state for p in self.planned) for state in Signing}
        return {"planned": len(self.planned), **states, "all_signed": self.signed, "off_plan": len(self.off_plan)}


NO_AGREEMENTS = AgreementPlan()


def agreement_plan(
    plan: Consolidated, realised: Consolidated, catalogue: FormCatalogue, until: date | None
) -> AgreementPlan:
    """The agreements planned in the workbook of cycle Y against those signed in year Y by that of cycle Y+1."""
    planned = _of_stage(plan, catalogue, Stage.PLANNED)
    signed = [row for row in _of_stage(realised, catalogue, Stage.REALISED) if _signed_in(row, plan.cycle, until)]
    form = catalogue.parts_of(Role(Agreement, None, Stage.REALISED))
    # Where nobody has sent the form, that nothing was signed is not known.
    lost = Signing.NOT_SIGNED if signed or realised.has_reported(form) else Signing.UNSURE
    found = pair(_owned(planned), _owned(signed))
    doubts = [doubt for doubt in found.unsure if _named_alike(planned[doubt.one], signed[doubt.other])]
    in_doubt = {doubt.one: doubt for doubt in reversed(doubts)}  # the first of each
    left = [at for at in range(len(planned)) if at not in found.sure and at not in in_doubt]
    later = _of_stage(realised, catalogue, Stage.PLANNED)
    moved = pair(_owned([planned[at] for at in left]), _owned(later)).sure
    next_of = {left[at]: later[candidate.other] for at, candidate in moved.items()}

    def became(at: int, row: ConsolidatedRow) -> PlannedAgreement:
        if at in found.sure:
            return PlannedAgreement(row, Signing.SIGNED, signed[found.sure[at].other])
        if at in in_doubt:
            return PlannedAgreement(row, Signing.UNSURE, signed[in_doubt[at].other])
        if at in next_of:
            return PlannedAgreement(row, Signing.MOVED, next_of[at])
        return PlannedAgreement(row, lost if until is None or last_day(row.record) <= until else Signing.NOT_DUE)

    matched = {candidate.other for candidate in (*found.sure.values(), *doubts)}
    return AgreementPlan(
        planned=tuple(became(at, row) for at, row in enumerate(planned)),
        off_plan=tuple(row for at, row in enumerate(signed) if at not in matched),
        signed=len(signed),
    )


def _of_stage(book: Consolidated, catalogue: FormCatalogue, stage: Stage) -> list[ConsolidatedRow]:
    return [row for row in rows_of(book.rows, catalogue, Agreement, None, stage) if is_counted(row)]


def _owned(rows: list[ConsolidatedRow]) -> list[tuple[str, Agreement]]:
    """With their agency, as `pair` takes them; planned and signed stand in different sections."""
    return [
        (row.agency_key, replace(opened_one(row.record), section=""))
        for row in rows
        if isinstance(row.record, Agreement)
    ]


def _named_alike(one: ConsolidatedRow, other: ConsolidatedRow) -> bool:
    """The same partner alone does not make one agreement of two: a province signs several with it."""
    return (names_alike(name_of(one.record), name_of(other.record)) or 0) >= _NAMED_ALIKE


def _signed_in(row: ConsolidatedRow, year: int, until: date | None) -> bool:
    """Whether it was signed in the year, up to the day; one whose day cannot be read is taken to be."""
    period = period_of(row.record)
    if period is None or period.start is None:
        return True
    return period.start.year == year and (until is None or period.start <= until)
