"""Several workbooks of one sender (nhiều sổ của một đơn vị): the later replaces what it speaks of, and no more.

A workbook of one month, or of the plan alone, replaces none of another month or of the results: it is a
submission, and one replaces what is of the same agency, form and period. What a later workbook says of a form and
period stands whole, though: an agency's rows that it holds no longer were taken out.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from doingoai_cli.consolidate.consolidation import Previous
from doingoai_cli.consolidate.lower_levels import FilesBelow
from doingoai_cli.consolidate.origins import Origins
from doingoai_cli.consolidate.source_files import LowerWorkbook, SourceFiles
from doingoai_cli.grouping import grouped
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.submissions import Submission, Table
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod


class SpokenOf(NamedTuple):
    """A form and period of which a workbook says something of an agency ("" where that is not known)."""

    agency: str
    form: str
    period: ReportingPeriod


def spoken_of(book: LowerWorkbook, previous: Previous, origins: Origins | None) -> frozenset[SpokenOf]:
    """What a workbook speaks of, with the rows that its officers refused or deleted, and with "Không có"."""
    known = origins or Origins(files=(), layouts=(), rows={}, findings=())
    reader = SourceFiles(book, known, previous.consolidated.cycle)
    for row in previous.consolidated.rows:
        reader.take(row)
    files = reader.submissions()
    sent = {(files[row.file].key, row.table) for row in known.rows.values() if row.file < len(files)}
    return frozenset(
        _part(file, table)
        for file in files
        for number, table in enumerate(file.tables)
        if table.records or table.nil or (file.key, number) in sent
    )


def agencies_gone(earlier: FilesBelow, later: Collection[SpokenOf]) -> tuple[str, ...]:
    """Agencies with rows that a later workbook of the same form and period leaves out: its sender took them out.

    Or forgot them: so they are named.
    """
    still = {(one.agency, one.form) for one in later}
    gone = (
        file.agency_name
        for file in earlier.submissions
        for part, table in ((_part(file, table), table) for table in file.tables)
        if table.records and not table.replaced and part[:2] not in still and _is_replaced(part, later)
    )
    return tuple(dict.fromkeys(filter(None, gone)))


def not_replaced(earlier: FilesBelow, later: Collection[SpokenOf], newer: str) -> FilesBelow:
    """What a workbook holds that no later one of its sender replaces; nothing where that is no row or "Không có".

    `later`: what those speak of; `newer`: the path of the last one.
    """
    whole, *files = earlier.submissions
    left = [one for one in (_without(file, later) for file in files) if one.tables]
    if not left:
        return FilesBelow()
    rows = sum(file.rows for file in left)
    note = (
        f"{whole.note}; đã có bản mới hơn: {newer}, chỉ lấy phần bản ấy không có: "
        f"{format_number(len(left))} tệp, {format_number(rows)} dòng"
    )
    tables = grouped((file.path, table) for file in left for table in file.tables)
    found = {path: _of_tables(earlier.findings.get(path, ()), of_file) for path, of_file in tables.items()}
    return FilesBelow((replace(whole, note=note), *left), found, earlier.arrivals)


def _without(file: Submission, later: Collection[SpokenOf]) -> Submission:
    tables = (table for table in file.tables if table.records or table.nil)
    return replace(file, tables=tuple(table for table in tables if not _is_replaced(_part(file, table), later)))


def _is_replaced(part: SpokenOf, later: Iterable[SpokenOf]) -> bool:
    """By the same form of the same agency and no shorter period, or of any agency and just this period."""
    same = (one for one in later if one.form == part.form)
    return any(
        one.period == part.period or (one.agency == part.agency and one.period.contains(part.period))
        for one in same
    )


def _of_tables(findings: Iterable[Finding], tables: Iterable[Table]) -> list[Finding]:
    """The findings on a file that speak of those tables, or of the file as a whole."""
    sheets = {table.sheet for table in tables}
    return [finding for finding in findings if finding.sheet is None or finding.sheet in sheets]


def _part(file: Submission, table: Table) -> SpokenOf:
    return SpokenOf(file.agency.key if file.agency else "", table.form, file.period_of(table))
