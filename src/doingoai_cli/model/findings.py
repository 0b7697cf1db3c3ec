"""Findings (vi phạm, lưu ý): what is wrong, at which cell, by which rule."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple


class Severity(StrEnum):
    """How much a finding weighs; policy of the rule pack, never of the code."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Place(NamedTuple):
    """Where a finding points: all of it None but `file` for a file-level one.

    `sheet_index` orders sheets as the workbook does; `record` is the index of the record in its table.
    """

    file: str | None
    sheet: str | None = None
    sheet_index: int = -1
    row: int | None = None
    cell: str | None = None


class Observation(NamedTuple):
    """What intake or the ledger saw and only a rule pack can judge: a code with its facts, no text yet.

    `params` fill the pack's message template.
    """

    code: str
    place: Place
    form: str | None = None
    ordinal: str | None = None
    field: str | None = None
    value: str | None = None
    params: Mapping[str, Any] = {}
    related: tuple[Place, ...] = ()
    severity: "Severity | None" = None
    """Overrides the pack's severity where the spec sets it by the case (TK04)."""


class Printed:
    """What `--format json` prints. `doingoai schema` describes it: a field with a default is printed as well."""

    __slots__ = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"json_schema_serialization_defaults_required": True}


@dataclass(frozen=True, slots=True)
class Related(Printed):
    """Another cell that the finding speaks of."""

    file: str | None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Waived(Printed):
    """Why a finding does not count (miễn trừ): who accepted it, until when."""

    reason: str
    approved_by: str
    until: str | None = None


def _is_none(value: object) -> bool:
    return value is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Printed):
    """One finding, for every renderer; the fields and their order are those of the JSON output.

    `row` and `cell` are the sheet's own; `value` is the offending text as typed.
    """

    code: str
    severity: Severity
    file: str | None
    agency: str | None = None
    form: str | None = None
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    ordinal: str | None = None
    field: str | None = None
    value: str | None = None
    message: str
    fix: str = ""
    citation: str = ""
    related: tuple[Related, ...] = ()
    waived: Waived | None = dataclasses.field(default=None, metadata={"exclude_if": _is_none})
    sheet_index: int = dataclasses.field(default=-1, repr=False, metadata={"exclude": True})

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """By file, sheet in the workbook's order, row, code."""
        return (self.file or "", self.sheet_index, self.row or 0, self.code, self.cell or "", self.message)

    @property
    def counts(self) -> bool:
        """Whether it counts for totals and the exit status (a waived one does not)."""
        return self.waived is None

    def __getstate__(self) -> tuple[Any, ...]:
        # Findings go from process to process by the ten thousand: the dataclass's own way looks its fields up.
        return _values_of(self)

    def __setstate__(self, values: tuple[Any, ...]) -> None:
        for name, value in zip(_FIELDS, values, strict=True):
            object.__setattr__(self, name, value)


_FIELDS = tuple(f.name for f in dataclasses.fields(Finding))
_values_of = attrgetter(*_FIELDS)
