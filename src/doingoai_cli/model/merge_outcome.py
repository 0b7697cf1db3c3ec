"""The outcome of a merge: what `merge --format json` prints, in the order of its fields."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from doingoai_cli.model.findings import PRINTED, Finding, is_nothing
from doingoai_cli.model.outcome import SCHEMA_VERSION, FileSummary, PassedOver, Summary


@dataclass(frozen=True, slots=True, kw_only=True, config=PRINTED)
class SupersededRecord:
    """A row that a later file replaced."""

    sheet: str
    row: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, config=PRINTED)
class SupersededForm:
    """A form of a file that a later file, or an identical one, stands for (bản đã được thay thế)."""

    file: str
    form: str
    by: str
    agency: str | None
    identical: bool
    rows: int
    records: tuple[SupersededRecord, ...]
    period: str | None = Field(default=None, exclude_if=is_nothing)
    """The part of a year that it reported ("2020-08", "2020-Q3"); None: a whole year."""


@dataclass(frozen=True, slots=True, kw_only=True, config=PRINTED)
class MergeOutcome:
    """What `merge --format json` prints; `rows_read` is `rows_merged` plus the rows of `superseded`."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    cycle: int | None
    out: str | None
    """The workbook written; None where no file had a form to merge."""
    files: tuple[FileSummary, ...]
    rows_read: int
    rows_merged: int
    rows_by_form: Mapping[str, int]
    superseded: tuple[SupersededForm, ...]
    findings: tuple[Finding, ...]
    summary: Summary
    passed_over: tuple[PassedOver, ...] = Field(default=(), exclude_if=is_nothing)
