"""How surely a delegation that took place is one of the plan: a score of parts that can be shown."""

from collections.abc import Callable
from typing import NamedTuple

from doingoai_cli.model.counting import quarter_of
from doingoai_cli.model.records import Trip
from doingoai_cli.vietnamese.places.countries import country_name
from doingoai_cli.vietnamese.text import key
from doingoai_cli.vietnamese.time.periods import overlaps

SURE, POSSIBLE = 80, 55
_WEIGHTS = {"name": 50, "countries": 20, "period": 15, "partners": 10, "leader": 5}
PART_LABELS = {
    "name": "tên đoàn", "countries": "nước", "period": "thời gian", "partners": "đối tác", "leader": "trưởng đoàn",
    "numbers": "số trong tên",
}  # fmt: skip


class Part(NamedTuple):
    """One ground: how alike two rows are in it (0 … 100) and how much it weighs."""

    ground: str
    likeness: int
    weight: int


class Score(NamedTuple):
    """0 … 100 in all; grounds that one of the rows says nothing of do not weigh."""

    total: int
    parts: tuple[Part, ...]

    @property
    def reasons(self) -> str:
        """In words: "tên đoàn 92, nước 100, thời gian 100"."""
        return ", ".join(f"{PART_LABELS[part.ground]} {part.likeness}" for part in self.parts)


def score(planned: Trip, realised: Trip) -> Score:
    """How alike a planned and a realised delegation are; names with different numbers are never surely one."""
    from rapidfuzz import fuzz

    likenesses = {
        "name": _ratio(fuzz.token_sort_ratio, planned.name, realised.name),
        "countries": _countries(planned, realised),
        "period": _period(planned, realised),
        "partners": _ratio(fuzz.token_set_ratio, planned.partners, realised.partners),
        "leader": _ratio(fuzz.token_set_ratio, planned.leader.text, realised.leader.text),
    }
    parts = tuple(Part(g, likeness, _WEIGHTS[g]) for g, likeness in likenesses.items() if likeness is not None)
    weight = sum(part.weight for part in parts)
    total = round(sum(part.likeness * part.weight for part in parts) / weight) if weight else 0
    if _numbers(planned.name) != _numbers(realised.name):
        parts = (*parts, Part("numbers", 0, 0))
        total = min(total, SURE - 1)
    return Score(total, parts)


def _ratio(scorer: Callable[[str, str], float], one: str, other: str) -> int | None:
    one, other = key(one), key(other)
    if not one or not other:
        return None
    return round(scorer(one, other))


def _countries(planned: Trip, realised: Trip) -> int | None:
    mine, theirs = set(planned.countries.countries), set(realised.countries.countries)
    if not mine or not theirs:
        return None
    return round(100 * len(mine & theirs) / len(mine | theirs))


def _period(planned: Trip, realised: Trip) -> int | None:
    """100 within the planned time, 50 in another quarter of the year: a delegation may be put off."""
    if planned.period.start is None or realised.period.start is None:
        return None
    return 100 if overlaps(planned.period, realised.period) else 50


def _numbers(name: str) -> list[str]:
    return sorted(word.lstrip("0") for word in key(name).split() if word.isdigit())


def differences(planned: Trip, realised: Trip) -> dict[str, str]:
    """What was carried out otherwise than planned, in words, under "period" and "countries"."""
    found: dict[str, str] = {}
    if _period(planned, realised) == 50:
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
