"""What officers decided of the approved plan, found again in its rows: pairs joined or kept apart, adjustments."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.matching import is_named
from doingoai_cli.model.plan_decisions import ChangeKind, Pairing, PlanChange
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.text import ascii_slug, key

_DIRECTIONS = {"out": "doan ra", "in": "doan vao"}


class Decisions(NamedTuple):
    """What officers decided of pairs of planned and realised rows."""

    joined: tuple[tuple[ConsolidatedRow, ConsolidatedRow], ...] = ()
    """Each row in one pair at most: of two decisions on one row the first holds."""
    apart: frozenset[tuple[str, str]] = frozenset()
    """Ids of rows that are not one delegation."""

    @classmethod
    def of(
        cls, planned: Sequence[ConsolidatedRow], others: Sequence[ConsolidatedRow], pairings: Iterable[Pairing]
    ) -> "Decisions":
        """The decisions that speak of these rows."""
        joined: dict[str, tuple[ConsolidatedRow, ConsolidatedRow]] = {}
        apart: set[tuple[str, str]] = set()
        taken: set[str] = set()
        for pairing in pairings:
            if pairing.verdict is None:
                continue
            row = _meant(planned, pairing.planned_id, pairing.planned_name, pairing.planned_agency)
            other = _meant(others, pairing.realised_id, pairing.name, pairing.agency)
            if row is None or other is None:
                continue
            if not pairing.verdict:
                apart.add((row.record_id, other.record_id))
            elif row.record_id not in joined and other.record_id not in taken:
                joined[row.record_id] = (row, other)
                taken.add(other.record_id)
        return cls(tuple(joined.values()), frozenset(apart))


NO_DECISIONS = Decisions()


def _meant(rows: Sequence[ConsolidatedRow], record_id: str, name: str, agency: str) -> ConsolidatedRow | None:
    """The row with that id, else the only one of that name (and agency); None where that is not clear."""
    found = next((row for row in rows if record_id and row.record_id == record_id), None)
    return found or row_named(rows, name, agency)


def row_named(rows: Sequence[ConsolidatedRow], name: str, agency: str = "") -> ConsolidatedRow | None:
    """The one row of that name, of that agency where one is given; None where there is none, or more than one."""
    wanted = key(name)
    if not wanted:
        return None
    own = [row for row in rows if not agency or row.agency_key == agency_key(agency)]
    equal = [row for row in own if key(row.record.text("name")) == wanted]
    if equal:
        return equal[0] if len(equal) == 1 else None
    near = [row for row in own if is_named(row.record, name)]
    return near[0] if len(near) == 1 else None


class Decided(NamedTuple):
    """What decisions did to one planned row, in words."""

    adjusted: Mapping[str, str] = {}
    cancelled: Mapping[str, str] = {}


_UNDECIDED = Decided()


class PlanChanges(NamedTuple):
    """The adjustments of a plan."""

    changes: tuple[PlanChange, ...] = ()
    by_row: Mapping[str, Decided] = {}
    """Record id → what was decided of it."""
    added_by: Mapping[str, int] = {}
    """Direction → how many delegations were added."""
    unmatched: tuple[PlanChange, ...] = ()
    """Lines whose delegation, or whose kind, is not clear."""

    def of(self, row: ConsolidatedRow) -> Decided:
        """What was decided of a planned row."""
        return self.by_row.get(row.record_id, _UNDECIDED)

    def added(self, direction: str) -> int:
        """How many delegations decisions added to the plan of a direction."""
        return self.added_by.get(direction, 0)

    @property
    def times(self) -> int:
        """How often the plan was changed: the number of different documents (seed 001, III.1)."""
        return len({change.decision for change in self.changes})


NO_CHANGES = PlanChanges()


def plan_changes(
    plan: Consolidated,
    realised: Consolidated | None,
    rows: Mapping[str, Sequence[ConsolidatedRow]],
    until: date | None = None,
) -> PlanChanges:
    """The adjustments of the plan of `plan`, from its own sheet and that of the workbook of its results.

    `rows` are the plan's rows by direction ("out", "in"). Nothing was changed yet by what is dated after `until`.
    """
    later = realised.plan_changes if realised else ()
    lines = (*plan.plan_changes, *(c for c in later if c.when is None or c.when.year <= plan.cycle))
    changes = [c for c in lines if until is None or c.when is None or c.when <= until]
    adjusted: dict[str, dict[str, str]] = {}
    cancelled: dict[str, dict[str, str]] = {}
    added: dict[str, int] = {}
    unmatched: list[PlanChange] = []
    # The same line may stand in both workbooks.
    different = {(c.decision, key(c.name), agency_key(c.agency), c.kind): c for c in reversed(changes)}
    for change in reversed(different.values()):
        direction, row = _found(change, rows)
        if change.kind is ChangeKind.ADDED and change.name.strip():
            added[direction] = added.get(direction, 0) + 1
        elif row is None or change.kind in (None, ChangeKind.ADDED):
            unmatched.append(change)
        elif change.kind is ChangeKind.CANCELLED:
            cancelled.setdefault(row.record_id, {})["decision"] = _said(change)
        else:
            adjusted.setdefault(row.record_id, {})["decision"] = _said(change)
    ids = adjusted.keys() | cancelled.keys()
    by_row = {i: Decided(adjusted.get(i, {}), cancelled.get(i, {})) for i in ids}
    return PlanChanges(tuple(different.values()), by_row, added, tuple(unmatched))


def _found(
    change: PlanChange, rows: Mapping[str, Sequence[ConsolidatedRow]]
) -> tuple[str, ConsolidatedRow | None]:
    """The direction that a line speaks of, and the planned row; outbound where nothing says otherwise."""
    told = next((d for d, name in _DIRECTIONS.items() if _plain(change.direction) == name), None)
    for direction in (told,) if told else rows:
        row = row_named(rows[direction], change.name, change.agency)
        if row is not None:
            return direction, row
    inbound = told is None and _plain(change.name).startswith(("doan vao", "don doan"))
    return told or ("in" if inbound else "out"), None


def _plain(text: str) -> str:
    return ascii_slug(text).replace("-", " ")


def _said(change: PlanChange) -> str:
    by = " ".join(filter(None, (change.document, f"ngày {change.day}" if change.day else "")))
    what = (change.kind.value.lower() if change.kind else "") + (f": {change.content}" if change.content else "")
    return f"{what} ({by})" if by else what
