"""Plans composed of parts, each with its meaning: the codes of a row follow from its parts, however worded.

The parts are those of `corpus/composed/plan.yaml`, put together at random; a new wording is one more entry there.
"""

import random
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from rows import codes
from yaml import safe_load

ROWS = 300
PARTS: dict[str, Any] = safe_load((Path(__file__).parent / "corpus/composed/plan.yaml").read_text("utf-8"))
CHANGES: list[Callable[[str], str]] = [
    str,
    str,
    str.upper,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: f"  {text}.",
    lambda text: text.replace("òa", "oà").replace("ủy", "uỷ").replace("óa", "oá"),
]


class Composed:
    """A row under way: its fields, and the codes that its parts ask for."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.pick = self._chance.choice
        self.fields: dict[str, str] = {}
        self.codes: list[str] = []

    def write(self, into: str, ways: Sequence[str], **parts: object) -> None:
        """One of the ways into a field."""
        self.fields[into] = self.pick(ways).format(**parts)

    def find(self, code: str, where: object) -> None:
        """A code to be found, where this holds."""
        self.codes += [code] if where else []

    def kind(self, **weights: int) -> str:
        """The name of one of these parts, the likelier the heavier."""
        return self._chance.choices(list(weights), list(weights.values()))[0]

    def sample(self, listed: Sequence[str], number: int) -> list[str]:
        return self._chance.sample(listed, min(number, len(listed)))


def compose(seed: int) -> Composed:
    row = Composed(seed)
    people(row)
    countries = destinations(row)
    when(row)
    purposes(row, countries)
    for name in ("period", "funding", "activities"):
        row.fields[name] = row.pick(CHANGES)(row.fields[name])
    return row


def people(row: Composed) -> None:
    """The head and the members: more than seven, or ten under one of the three heads of the province (DR07)."""
    head = row.kind(top=4, other=5, general=1)
    title = row.pick(PARTS[head]).format(t=row.pick(["tỉnh", "tỉnh Quảng Bình"]))
    row.write(
        "leader",
        ["{title}"] if head == "general" else PARTS["layouts"],
        title=title,
        name=row.pick(PARTS["names"]),
    )
    row.find("DR13", head == "general")
    members = row.pick([2, 5, 7, 8, 10, 11])
    said = row.kind(people=9, no_number=1)
    row.write("members", PARTS[said], n=members, rest=members - 1)
    row.find("DR07", said == "people" and members > (7 if head == "other" else 10))
    row.find("DL02", said == "no_number")


def destinations(row: Composed) -> int:
    """Where it goes; gives how many countries there are, 0 for none."""
    if row.kind(areas=5, nowhere=1) == "nowhere":
        row.write("countries", PARTS["nowhere"])
        row.find("DR10", where=True)
        return 0
    near = row.pick(PARTS["areas"])
    named = row.sample(near, row.pick([1, 1, 2, 3, 4]))
    far = len(named) > 1 and row.pick([True, False, False])
    if far:
        named[-1] = row.pick(row.pick([area for area in PARTS["areas"] if area is not near]))
    row.fields["countries"] = row.pick(PARTS["joined"]).join(named)
    row.find("DR09", far)
    row.find("DR08", len(named) > 3)
    return len(named)


def when(row: Composed) -> None:
    time = row.kind(quarters=6, coarse=2, unread=1, outside=1)
    quarter = row.pick([1, 2, 3, 4])
    row.write("period", PARTS[time], q=quarter, r=["I", "II", "III", "IV"][quarter - 1], m=row.pick(range(1, 13)))
    row.codes += {"coarse": ["DR14"], "unread": ["DL03"], "outside": ["DL04"]}.get(time, [])


def purposes(row: Composed, countries: int) -> None:
    """What for, who pays, how long: exchanges on the budget (DR02), long stays (DR11, DR12)."""
    purpose = row.kind(exchanges=3, central=2, training=1, plain=3)
    row.write("activities", PARTS["plain"])
    row.write("nature" if purpose == "training" else "activities", PARTS[purpose])
    payer = row.kind(state=3, shared=4, host_all=2, own=2, vague=1, vague_state=2, firms=1, loans=1)
    row.write("funding", PARTS[payer], s=row.pick(PARTS["state"]), h=row.pick(PARTS["hosts"]))
    row.codes += {"vague": ["DR15"], "vague_state": ["DR15"], "firms": ["DR03"], "loans": ["DR04"]}.get(payer, [])
    row.find("DR02", purpose == "exchanges" and payer in ("state", "shared", "vague_state"))
    ordinary, most = 3 * countries + 2, 5 * countries + 2
    days = row.pick([ordinary, ordinary + 1, most, most + 1]) if countries else 3
    row.write("days", ["{d}", "{d:02d} ngày", "{d} ngày (kể cả đi về)"], d=days)
    if countries and purpose != "training" and days > ordinary:
        row.find("DR12" if purpose == "central" and days <= most else "DR11", where=True)


@pytest.mark.parametrize("seed", range(ROWS))
def test_the_codes_of_a_row_follow_from_its_parts(seed: int) -> None:
    row = compose(seed)
    assert sorted(codes("02.A", row.fields)) == sorted(row.codes), row.fields
