"""What a later submission replaces (thay thế bản nộp trước): by agency, form and period of reporting (TK04)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from doingoai_cli.consolidate.arrival import Arrival
from doingoai_cli.consolidate.changes import Comparison, Kind, cell_changes, compare, recurring_rows
from doingoai_cli.consolidate.reported_parts import ReportedPart, came_one_way, is_one_file, of_several, parts_of
from doingoai_cli.model.findings import Observation, Place, Severity
from doingoai_cli.model.records import Record
from doingoai_cli.model.run import RowPlace, row_place
from doingoai_cli.model.sources import STEP
from doingoai_cli.model.submissions import Agency, AgencySource, Submission, SubmissionKey, Table
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod

_MOST_CHANGES = 1_000
"""The most cells that one TK04 lists; two files that differ in more are two different reports."""


class Replaced(NamedTuple):
    """Rows of one form of a file that do not count, because another file (or the same one again) holds them."""

    of: SubmissionKey
    form: str
    by: str
    agency: str
    rows: tuple[Record, ...]
    identical: bool = False
    """The same bytes again: noted and passed over."""
    period: ReportingPeriod | None = None
    tables: tuple[Table, ...] = ()
    """The tables that are replaced as wholes; () where single rows are."""

    @property
    def path(self) -> str:
        """The file that they stand in."""
        return self.of.path

    @property
    def of_period(self) -> str:
        """The part of a year that it reports, to stand behind the form: " (tháng 8/2020)"; "" for a whole year."""
        return f" ({self.period.label})" if self.period and not self.period.whole else ""


@dataclass(slots=True)
class Replacements:
    """What is replaced among files in the order in which they came, and what is to be said of it (TK04)."""

    came: Mapping[str, Arrival]
    replaced: list[Replaced] = field(default_factory=list)
    observed: list[Observation] = field(default_factory=list)
    _standing: dict[tuple[str, str], list[ReportedPart]] = field(default_factory=dict)
    _places: set[RowPlace] = field(default_factory=set)

    def take(self, later: Submission, agency: Agency) -> None:
        """The next file of an agency that does not send its report in parts."""
        parts = parts_of(later)
        doubled = frozenset(self._repeated_within(parts, agency))
        for part in parts:
            standing = self._standing.setdefault((agency.key, part.form), [])
            if not part.speaks:
                self._observe_emptied(part, parts, standing, agency)
            elif (part.form, part.period) not in doubled:
                self._replace(part, standing, agency)

    def close(self, submissions: Iterable[Submission]) -> None:
        """What a level below had replaced stays so, whatever its officers have made of the later file since."""
        tables = {id(table) for replaced in self.replaced for table in replaced.tables}
        for submission in submissions:
            settled_below = any(table.replaced or table.replaced_rows for table in submission.tables)
            for part in parts_of(submission) if settled_below else ():
                rows = tuple(r for r in part.rows_gone_below if row_place(r) not in self._places)
                whole = part.gone_below and not any(id(table) in tables for table in part.tables)
                if rows or whole:
                    agency = submission.agency or Agency("", "", AgencySource.WORKBOOK)
                    left = part if whole else part._replace(tables=())
                    self._gone(left, submission.path.partition(STEP)[0], agency, rows)

    def _repeated_within(
        self, parts: Sequence[ReportedPart], agency: Agency
    ) -> Iterator[tuple[str, ReportingPeriod]]:
        """Months that the same file holds again in a longer period ("Tháng 7" beside "Quý III")."""
        for part in parts:
            others = [p for p in parts if p.form == part.form and p.period != part.period]
            wider = [p for p in others if p.period.contains(part.period)]
            settled = bool(part.submission.through) and not part.gone_below
            if not wider or settled or not part.rows:
                continue
            if any(compare(part.rows, p.rows).mostly_recurs for p in wider):
                self._gone(part, part.submission.path, agency)
                yield part.form, part.period

    def _replace(self, part: ReportedPart, standing: list[ReportedPart], agency: Agency) -> None:
        for earlier in [one for one in standing if not is_one_file(one.submission, part.submission)]:
            if part.period.contains(earlier.period):
                if came_one_way(earlier, part) and not earlier.gone_below:
                    continue  # its level has kept both
                if _beside(earlier, part):
                    self._add_to(earlier, part, agency, "một tệp có biểu của nhiều cơ quan")
                    continue
                standing.remove(earlier)
                self._gone(earlier, part.submission.path, agency)
                self.observed.append(self._replacement(earlier, part, agency))
            elif earlier.period.overlaps(part.period):
                shared = "đã bao gồm" if earlier.period.contains(part.period) else "có những tháng chung với"
                self._add_to(earlier, part, agency, f"kỳ {earlier.period.label} {shared} kỳ này")
        standing.append(part)

    def _add_to(self, earlier: ReportedPart, part: ReportedPart, agency: Agency, why: str) -> None:
        """A month after the quarter that holds it, one agency's file after that of several: once each."""
        left = self._left(earlier)
        if came_one_way(earlier, part):
            gone = set(map(row_place, earlier.rows_gone_below))
            left = tuple(row for row in left if row_place(row) in gone)
        again = recurring_rows(left, part.rows)
        if again:
            self._gone(earlier._replace(tables=()), part.submission.path, agency, again)
        summary = f"{why}; {_counted_once(len(again))}"
        facts = {"doubtful": True, "instead": "được tính cùng với", "recurring": len(again), "summary": summary}
        self.observed.append(self._observation(earlier, part, agency, facts, Severity.WARNING))

    def _left(self, part: ReportedPart) -> tuple[Record, ...]:
        """Its rows that nothing has replaced yet."""
        return tuple(r for r in part.rows if row_place(r) not in self._places)

    def _gone(self, part: ReportedPart, by: str, agency: Agency, rows: tuple[Record, ...] | None = None) -> None:
        rows = self._left(part) if rows is None else rows
        self._places.update(map(row_place, rows))
        of, tables = part.submission.key, part.tables
        self.replaced.append(Replaced(of, part.form, by, agency.name, rows, period=part.period, tables=tables))

    def _observe_emptied(
        self, part: ReportedPart, parts: Sequence[ReportedPart], standing: Iterable[ReportedPart], agency: Agency
    ) -> None:
        """A form that a file leaves empty while it reports others, where an earlier file had rows."""
        others = [p for p in parts if p.speaks]
        if part.period.whole and any(not p.period.whole for p in others):
            return  # a monthly report leaves the forms of the year blank
        for earlier in standing if others else ():
            one = is_one_file(earlier.submission, part.submission)
            if earlier.rows and part.period.contains(earlier.period) and not one:
                summary = f"{_rows(len(earlier.rows))} đã gửi trước vẫn được tính"
                facts = {"instead": "để trống, không thay", "emptied": True, "summary": summary}
                self.observed.append(self._observation(earlier, part, agency, facts, Severity.WARNING))

    def _replacement(self, earlier: ReportedPart, part: ReportedPart, agency: Agency) -> Observation:
        compared = compare(earlier.rows, part.rows)
        severity = Severity.INFO if compared.mostly_recurs else Severity.WARNING
        facts = {
            "recurring": compared.recurring,
            "added": compared.number("added"),
            "removed": compared.number("removed"),
            "edited": compared.number("edited"),
            "summary": _in_words(compared) if part.rows else f"“Không có”, rút {_rows(compared.earlier)}",
            "doubtful": not compared.mostly_recurs and bool(part.rows),
        }
        observed = self._observation(earlier, part, agency, facts, severity)
        return observed._replace(details=tuple(islice(cell_changes(compared.changes), _MOST_CHANGES)))

    def _observation(
        self,
        earlier: ReportedPart,
        part: ReportedPart,
        agency: Agency,
        facts: Mapping[str, Any],
        severity: Severity,
    ) -> Observation:
        before, after = self.came[earlier.submission.path], self.came[part.submission.path]
        sheet = part.tables[0]
        where = (sheet.sheet, sheet.sheet_index) if facts.get("emptied") else ()
        return Observation(
            code="TK04",
            place=Place(part.submission.path, *where),
            form=part.form,
            params={
                "agency": agency.name,
                "form": part.form,
                "earlier": before.path,
                "later": after.path,
                "earlier_received": before.received,
                "later_received": after.received,
                "basis": after.reason,
                "period": part.named,
                "earlier_period": "" if earlier.period == part.period else earlier.period.label,
                "earlier_rows": len(earlier.rows),
                "later_rows": len(part.rows),
                **facts,
            },
            related=(Place(before.path),),
            severity=severity,
        )


def _beside(earlier: ReportedPart, part: ReportedPart) -> bool:
    """Whether a file stands beside an earlier one, since one of them holds other agencies' rows as well."""
    if not of_several(part):
        return of_several(earlier)
    return not compare(earlier.rows, part.rows).mostly_recurs


def _counted_once(again: int) -> str:
    if not again:
        return "không có dòng nào trùng nhau, các dòng của cả hai tệp đều được tính"
    return f"{_rows(again)} trùng chỉ tính theo tệp này, các dòng khác của cả hai tệp đều được tính"


def _rows(number: int) -> str:
    return f"{format_number(number)} dòng"


def _in_words(compared: Comparison) -> str:
    words: tuple[tuple[str, Kind], ...] = (("thêm", "added"), ("bỏ", "removed"), ("sửa", "edited"))
    numbers = [(verb, compared.number(kind)) for verb, kind in words]
    parts = [f"{verb} {_rows(number)}" for verb, number in numbers if number]
    return ", ".join(parts) or "không thay đổi dòng nào"


def replacements(
    ordered: Sequence[Submission], came: Mapping[str, Arrival], in_parts: Callable[[Agency], bool]
) -> tuple[tuple[Replaced, ...], tuple[Observation, ...]]:
    """What is replaced, and TK04. `in_parts` tells whose several files are parts of one report.

    A file without an agency replaces nothing; a form without rows that is not declared empty replaces nothing
    either, which is said where an earlier one had rows.
    """
    found = Replacements(came)
    for later in ordered:
        if later.agency is not None and not in_parts(later.agency):
            found.take(later, later.agency)
    found.close(ordered)
    return tuple(found.replaced), tuple(found.observed)
