"""What a blank workbook is made for: the occasion, and the rule pack's limits that its input aids enforce."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from doingoai_cli.model.findings import Severity
from doingoai_cli.model.forms import fill_years

PrefilledRow = Mapping[str, str]
"""Field → text, as it should stand in the cell."""
SECTION, UNIT = "(section)", "(unit)"
"""Beside the fields: the section that the row belongs to (default: the first), or a unit's line."""
Prefill = Mapping[str, Sequence[PrefilledRow]]
"""Form id → the rows that the form starts with (form 03: its first section, what took place)."""


class FormBasis(NamedTuple):
    """The rule behind a limit: its code, its severity by form (a form without one is free of it), its clause."""

    code: str
    severities: Mapping[str, Severity]
    citation: str

    @property
    def clause(self) -> str:
        """The citation without what it quotes: "mục 1, đoàn ra, điểm thứ ba (K2.3)"."""
        return self.citation.partition(":")[0].strip()

    def severity(self, form: str) -> Severity | None:
        """How grave a breach is in that form; None where the rule does not speak."""
        return self.severities.get(form)


class MemberBounds(NamedTuple):
    """DR07: at most `general` members; `highest` where one of `heads` leads (whole titles)."""

    general: int
    highest: int
    heads: tuple[str, ...]
    basis: FormBasis


class CountryLimit(NamedTuple):
    """DR08: the most countries that one journey may lead to."""

    highest: int
    basis: FormBasis


class DayLimit(NamedTuple):
    """DR11, DR12: `per_country` × countries + `travel` days; `exception` × countries + `travel` as an exception.

    `exempt`: words of Danh nghĩa đoàn that lift the limit (training, projects).
    """

    per_country: int
    exception: int
    travel: int
    exempt: tuple[str, ...]
    basis: FormBasis


class GeneralWords(NamedTuple):
    """Words that are no answer when a cell holds nothing else ("Lãnh đạo tỉnh", "ASEAN", "cả năm")."""

    field: str
    words: tuple[str, ...]
    basis: FormBasis


@dataclass(frozen=True, slots=True)
class FormLimits:
    """The limits of a rule pack, as far as a blank form can speak of them; None: the pack has no such rule."""

    members: MemberBounds | None = None
    countries: CountryLimit | None = None
    days: DayLimit | None = None
    general: tuple[GeneralWords, ...] = ()
    least: Mapping[str, int] = field(
        default_factory=lambda: {"members": 1, "days": 1, "vietnamese_delegates": 0, "foreign_delegates": 0}
    )
    """DL02: the least whole number of each count."""


class CodeLine(NamedTuple):
    """A check code in one line, for the guidance sheet."""

    code: str
    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the forms are issued for."""

    cycle: int
    """The plan year Y."""
    province: str
    deadline: date
    """The first day that is too late (K0: "trước ngày 15/9")."""
    pack: str = ""
    """The rule pack's title."""
    codes: tuple[CodeLine, ...] = ()

    def filled(self, text: str) -> str:
        """A text of a form with the years and the province."""
        return fill_years(text, self.cycle, self.province)
