"""Which planned delegation is which of those that took place: sure pairs, and what only may be one."""

from collections.abc import Sequence

from doingoai_cli.consolidate.plan_changes import NO_DECISIONS, Decisions
from doingoai_cli.consolidate.reconciled import ReconciledPair
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import quarter_of
from doingoai_cli.model.matching import likeness
from doingoai_cli.model.pairing import Owned, pair
from doingoai_cli.model.records import Trip
from doingoai_cli.vietnamese.places.countries import country_name
from doingoai_cli.vietnamese.time.periods import overlaps


def trip_of(row: ConsolidatedRow) -> Trip:
    """The record of a delegation."""
    assert isinstance(row.record, Trip)
    return row.record


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
