"""Whether two rows speak of one delegation (cùng một đoàn): the one answer that every stage takes.

Rules over several agencies (TK01), marks against the plan (TH07), reconciliation, resubmissions (TK04) and the
reviews that follow a row all ask `likeness`; what each adds (a time that overlaps, no rival as near) it says
itself. Which row an officer's line names is told by `is_named`. Lists are set against one another by `pairing`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.delegation_names import ComparedName, compared_name, numbers_in, told_apart
from doingoai_cli.vietnamese.fuzzy import ratio, token_set_ratio
from doingoai_cli.vietnamese.places.countries import Destinations
from doingoai_cli.vietnamese.text import key
from doingoai_cli.vietnamese.time.periods import Period, overlaps

SURE, POSSIBLE = 80, 55
"""From here on two rows are one delegation; from here on they may be."""
_SAME_NAME = 90
_NEAR_NAME = 60
"""Names that are less alike are never surely one, whatever else agrees."""
_WEIGHTS = {"name": 50, "countries": 20, "period": 15, "partners": 10, "venue": 10, "leader": 5, "title": 5}
GROUND_LABELS = {
    "name": "tên đoàn", "countries": "nước", "period": "thời gian", "partners": "đối tác", "venue": "địa điểm",
    "leader": "trưởng đoàn", "title": "chức vụ", "numbers": "số trong tên", "places": "địa phương",
    "words": "từ phân biệt",
}  # fmt: skip


class Part(NamedTuple):
    """One ground: how alike two rows are in it (0 … 100) and how much it weighs."""

    ground: str
    likeness: int
    weight: int


class Likeness(NamedTuple):
    """0 … 100 in all; grounds that one of the rows says nothing of do not weigh."""

    total: int
    parts: tuple[Part, ...]

    @property
    def same(self) -> bool:
        """Whether the two rows are one delegation."""
        return self.total >= SURE

    @property
    def reasons(self) -> str:
        """In words: "tên đoàn 92, nước 100, thời gian 100"."""
        return ", ".join(f"{GROUND_LABELS[part.ground]} {part.likeness}" for part in self.parts)


def name_of(record: Record) -> ComparedName:
    """A record's name in comparing form."""
    return compared_name(record.text("name"), record.year)


def numbers_of(record: Record) -> tuple[str, ...]:
    """The numbers of its name: names with the same codes have the same ones, and these are found at once."""
    return numbers_in(record.text("name"), record.year)


def same_delegation(one: Record, other: Record) -> bool:
    """Whether two rows speak of one delegation (or conference, or agreement)."""
    return likeness(one, other).same


def likeness(one: Record, other: Record) -> Likeness:
    """How alike two rows are.

    Surely one: names that are nearly the same, and the same countries. Never surely one: names with other numbers
    or codes, other proper names ("SK", "LG") or little in common, other countries altogether, other provinces
    abroad, rows of other sections.
    Not even possibly one: other numbers and other countries at once.
    """
    mine, theirs = name_of(one), name_of(other)
    found = {
        "name": names_alike(mine, theirs),
        "countries": _countries(one, other),
        "period": _period(one, other),
        **{ground: _texts(one, other, ground) for ground in ("partners", "venue", "leader", "title")},
    }
    parts = tuple(Part(g, alike, _WEIGHTS[g]) for g, alike in found.items() if alike is not None)
    weight = sum(part.weight for part in parts)
    total = round(sum(part.likeness * part.weight for part in parts) / weight) if weight else 0
    apart = [Part(ground, 0, 0) for ground in _contradictions(one, other)]
    if apart or found["countries"] == 0 or (found["name"] or 0) < _NEAR_NAME or one.section != other.section:
        numbered_apart = mine.codes != theirs.codes and found["countries"] == 0
        total = min(total, (POSSIBLE if numbered_apart else SURE) - 1)
    elif (found["name"] or 0) >= _SAME_NAME and found["countries"] in (None, 100) and not mine.generic:
        total = max(total, SURE)
    if total >= SURE and told_apart(mine, theirs):
        apart, total = [Part("words", 0, 0)], SURE - 1
    return Likeness(total, (*parts, *apart))


def names_alike(one: ComparedName, other: ComparedName) -> int | None:
    """The token-sort ratio of two names (0 … 100); None where one is blank."""
    if not (one.words or one.codes) or not (other.words or other.codes):
        return None
    if one.words == other.words:
        return 100
    return round(ratio(one.words, other.words))


def is_named(record: Record, name: str) -> bool:
    """Whether who names a row so means it: nearly its name, the same numbers and provinces, no other body."""
    own, said = name_of(record), compared_name(name, record.year)
    here, there = own.places or _places(record, own), said.places
    apart = own.codes != said.codes or (here and there and not here & there) or told_apart(own, said)
    return not apart and (names_alike(own, said) or 0) >= _SAME_NAME


def _contradictions(one: Record, other: Record) -> Iterator[str]:
    mine, theirs = name_of(one), name_of(other)
    if mine.codes != theirs.codes:
        yield "numbers"
    here, there = mine.places, theirs.places
    if not (here and there):
        here, there = _places(one, mine), _places(other, theirs)
    if here and there and not here & there:
        yield "places"


def _places(record: Record, name: ComparedName) -> frozenset[str]:
    partners = record.text("partners")
    return name.places | compared_name(partners).places if partners else name.places


def _countries(one: Record, other: Record) -> int | None:
    mine, theirs = countries_of(one), countries_of(other)
    if not mine or not theirs:
        return None
    return round(100 * len(mine & theirs) / len(mine | theirs))


def country_codes(record: Record) -> tuple[str, ...]:
    """The countries of a record in its order, as ISO 3166 codes; empty where it has none or none is known."""
    places = getattr(record, "countries", None)
    return places.countries if isinstance(places, Destinations) else ()


def countries_of(record: Record) -> frozenset[str]:
    """The countries of a record without their order."""
    return frozenset(country_codes(record))


def readable_period(record: Record) -> Period | None:
    """A record's time; None where it has none that can be read."""
    period = getattr(record, "period", None)
    return period if isinstance(period, Period) and period.start is not None else None


def _period(one: Record, other: Record) -> int | None:
    """100 where the times share a day, else 50: a delegation may be put off."""
    mine, theirs = readable_period(one), readable_period(other)
    if mine is None or theirs is None:
        return None
    return 100 if overlaps(mine, theirs) else 50


def _texts(one: Record, other: Record, field: str) -> int | None:
    mine, theirs = key(one.text(field)), key(other.text(field))
    if not mine or not theirs:
        return None
    return 100 if mine == theirs else round(token_set_ratio(mine, theirs))
