"""Waivers (mien-tru.yaml): findings that an officer accepted, by agency, form and the record's text."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field

from doingoai_cli.errors import ConfigError
from doingoai_cli.grouping import grouped
from doingoai_cli.model.findings import Finding, Observation, Place, Waived
from doingoai_cli.model.records import Record
from doingoai_cli.model.run import Run
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.text import key
from doingoai_cli.yamlfile import FrozenModel, load_file, validate


def _day(value: Any) -> Any:
    """A date as 2020-12-31, 31/12/2020 or a bare year's last day."""
    if isinstance(value, int) and 2000 <= value < 2100:
        return date(value, 12, 31)
    if isinstance(value, str):
        parts = value.replace("/", "-").replace(".", "-").split("-")
        if len(parts) == 3 and all(part.strip().isdigit() for part in parts):
            numbers = [int(part) for part in parts]
            try:
                return date(*numbers) if numbers[0] > 31 else date(*reversed(numbers))
            except ValueError:
                pass
    raise ValueError(f"ngày phải viết dạng 2020-12-31 hoặc 31/12/2020 (đang là {value!r})")


class Waiver(FrozenModel):
    """One accepted finding."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9]{2}$")]
    agency: Annotated[str, Field(min_length=1)]
    form: str | None = None
    """None: a finding about a whole file."""
    record: str | None = None
    """The record by its name, or by several of its cells separated by ";"."""
    reason: Annotated[str, Field(min_length=1)]
    approved_by: Annotated[str, Field(min_length=1)]
    until: Annotated[date, BeforeValidator(_day)]
    """The last day on which it holds."""


class Waivers(NamedTuple):
    """The waivers of one or more files as of a day."""

    entries: tuple[Waiver, ...]
    places: tuple[tuple[str, int], ...]
    """The file and line of each."""
    today: date

    def in_cycle(self, cycle: int | None) -> "Waivers":
        """The waivers as of today, or of the last day of the plan year where that is over.

        A closed cycle that is checked again years later gives what it gave then.
        """
        return self if cycle is None else self._replace(today=min(self.today, date(cycle, 12, 31)))

    def applied(self, findings: Sequence[Finding], run: Run) -> tuple[list[Finding], list[Observation]]:
        """The findings, waived where a waiver in force names them, and TK06 for waivers expired or of no use."""
        by_code = grouped((waiver.code, at) for at, waiver in enumerate(self.entries))
        records = _records(run)
        used: set[int] = set()
        result = []
        for finding in findings:
            matching = [at for at in by_code.get(finding.code, ()) if _names(self.entries[at], finding, records)]
            used.update(matching)
            valid = [self.entries[at] for at in matching if self.entries[at].until >= self.today]
            result.append(replace(finding, waived=_waived(valid[0])) if valid else finding)
        return result, list(_of_no_use(self, used))


def load_waivers(*paths: Path, today: date | None = None) -> Waivers:
    """The waivers of the files; ConfigError lists every fault with `file:line`. `today` None: the day it is."""
    entries: list[Waiver] = []
    places: list[tuple[str, int]] = []
    problems: list[str] = []
    for path in dict.fromkeys(paths):
        located = load_file(path)
        data = located.data
        if data is not None and not isinstance(data, list):
            problems.append(f"{located.at(())}: tệp miễn trừ phải là danh sách các mục có code, agency, record …")
            continue
        for at in range(len(data or ())):
            try:
                entries.append(validate(Waiver, located, (at,)))
            except ConfigError as error:
                problems += error.problems
            places.append((str(path).replace("\\", "/"), located.lines.get((at,), 1)))
    if problems:
        raise ConfigError(problems)
    return Waivers(tuple(entries), tuple(places), today or date.today())


def _records(run: Run) -> dict[tuple[str, str, int], Record]:
    return {
        (record.provenance.file, record.provenance.sheet, row): record
        for submission in run.submissions
        for record in submission.records
        for row in range(record.provenance.row, record.provenance.last_row + 1)
    }


def _names(waiver: Waiver, finding: Finding, records: dict[tuple[str, str, int], Record]) -> bool:
    if agency_key(waiver.agency) != agency_key(finding.agency or ""):
        return False
    if waiver.form is not None and waiver.form != finding.form:
        return False
    if waiver.record is None:
        return finding.row is None
    record = records.get((finding.file or "", finding.sheet or "", finding.row or 0))
    return record is not None and _is_record(waiver.record, record)


def _is_record(text: str, record: Record) -> bool:
    """Whether `text` is the record's name, or all its parts are cells of the record, the name among them."""
    name = key(record.text("name"))
    if key(text) == name:
        return True
    cells = {key(record.text(field)) for field in record.fields}
    parts = [key(part) for part in text.replace("|", ";").split(";") if key(part)]
    return name in parts and all(part in cells for part in parts)


def _waived(waiver: Waiver) -> Waived:
    return Waived(reason=waiver.reason, approved_by=waiver.approved_by, until=waiver.until.isoformat())


def _of_no_use(waivers: Waivers, used: set[int]) -> Iterable[Observation]:
    for at, waiver in enumerate(waivers.entries):
        expired = waiver.until < waivers.today
        if at in used and not expired:
            continue
        file, line = waivers.places[at]
        params = {
            "waived_code": waiver.code, "agency": waiver.agency, "waived_form": waiver.form or "",
            "record": waiver.record or "", "until": waiver.until.strftime("%d/%m/%Y"), "expired": expired,
            "line": line,
        }  # fmt: skip
        yield Observation("TK06", Place(file), params=params)
