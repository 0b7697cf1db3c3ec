"""Findings (vi phạm, lưu ý): what is wrong, at which cell, by which rule."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from doingoai_cli.model.grid import Grid
from doingoai_cli.model.instances import SentAsValues


class Severity(StrEnum):
    """How much a finding weighs; policy of the rule pack, never of the code."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return tuple(Severity).index(self)

    @property
    def word(self) -> str:
        """What people read, the same in every output."""
        return _WORDS[self]


_WORDS = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.INFO: "lưu ý"}


class Place(NamedTuple):
    """Where a finding points: all of it None but `file` for a file-level one.

    `sheet_index` orders sheets as the workbook does.
    """

    file: str | None
    sheet: str | None = None
    sheet_index: int = -1
    row: int | None = None
    cell: str | None = None


def cell_place(file: str, grid: Grid, row: int, col: int) -> Place:
    """The place of a cell of a sheet, its row as a person counts it."""
    return Place(file, grid.name, grid.index, grid.own_row(row), grid.address(row, col))


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
    details: "tuple[Change, ...]" = ()
    """What changed between two submissions (TK04)."""


PRINTED = ConfigDict(json_schema_serialization_defaults_required=True, defer_build=True)
"""For what `--format json` prints: `doingoai schema` says that a field with a default is printed as well."""


@dataclass(frozen=True, slots=True, config=PRINTED)
class Related:
    """Another cell that the finding speaks of."""

    file: str | None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True, config=PRINTED)
class Waived:
    """Why a finding does not count (miễn trừ): who accepted it, until when."""

    reason: str
    approved_by: str
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=PRINTED)
class Change:
    """A cell, or a whole row, that differs between two submissions (thay đổi giữa hai bản nộp)."""

    kind: Literal["added", "removed", "edited"]
    sheet: str
    row: int
    """The later file's own, the earlier one's where the row was removed."""
    ordinal: str | None = None
    name: str
    """The delegation, the conference."""
    field: str | None = None
    """None where the whole row was added or removed."""
    cell: str | None = None
    earlier_cell: str | None = None
    before: str | None = None
    after: str | None = None


CHANGE_WORDS = {"added": "thêm dòng", "removed": "bỏ dòng", "edited": "sửa"}
"""What people read of a `Change`, by its kind."""


def is_nothing(value: object) -> bool:
    """Whether a field that only some outputs have is left out of this one."""
    return value is None or value == ()


@dataclass(frozen=True, slots=True, kw_only=True, config=PRINTED)
class Finding(SentAsValues):
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
    waived: Waived | None = Field(default=None, exclude_if=is_nothing)
    details: tuple[Change, ...] = Field(default=(), exclude_if=is_nothing)
    """TK04: what changed between the two submissions, cell by cell; a long list is cut, which the message says."""
    sheet_index: int = Field(default=-1, repr=False, exclude=True)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """By file, sheet in the workbook's order, row, code."""
        return (self.file or "", self.sheet_index, self.row or 0, self.code, self.cell or "", self.message)

    @property
    def counts(self) -> bool:
        """Whether it counts for totals and the exit status (a waived one does not)."""
        return self.waived is None
