"""A consolidated workbook of a lower level (sổ tổng hợp của cấp dưới) as the submissions that it was merged from.

Its rows keep their agency, file and cells and gain the workbook that they came through; as edited there. Rows that
the level below left out ("Không đồng ý", "Không tính") stay below; its opinions go up as a column of the sender's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from doingoai_cli.consolidate.arrival import KnownArrival
from doingoai_cli.consolidate.consolidation import Previous
from doingoai_cli.consolidate.origins import Origins
from doingoai_cli.consolidate.source_files import LowerWorkbook, SourceFiles
from doingoai_cli.grouping import grouped
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.submissions import Submission
from doingoai_cli.vietnamese.numbers import format_number


class FilesBelow(NamedTuple):
    """What a workbook gives to the level above."""

    submissions: Sequence[Submission] = ()
    """The workbook itself, without rows, then the files that it was merged from."""
    findings: Mapping[str, Sequence[Finding]] = {}
    """By file: what its own level found in it."""
    arrivals: Sequence[KnownArrival] = ()
    """When those files came."""


def below(
    book: LowerWorkbook, previous: Previous, origins: Origins | None, recomputed: Callable[[str], bool]
) -> FilesBelow:
    """The submissions within a workbook. `recomputed`: the codes that this level finds itself, over all files."""
    known = origins or Origins(files=(), layouts=(), rows={}, findings=())
    cycle, every = previous.consolidated.cycle, previous.consolidated.rows
    reader = SourceFiles(book, known, cycle)
    rows = [row for row in every if not row.review.left_out]
    for row in rows:
        reader.take(row)
    for replaced in known.replaced:
        reader.take_replaced(replaced)
    files = reader.submissions()
    kept = (stored for stored in known.findings if not recomputed(stored.finding.code))
    stored = (replace(finding, sheet_index=index) for finding, index in kept)
    found = grouped((mine.file or book.path, mine) for mine in map(reader.at_this_level, stored))
    whole = _of_workbook(book, len({file.path for file in files}), len(rows), cycle, len(every) - len(rows))
    return FilesBelow((whole, *files), found, tuple(reader.arrivals()))


def _of_workbook(book: LowerWorkbook, files: int, rows: int, cycle: int, left_out: int) -> Submission:
    out = f"; {format_number(left_out)} dòng cấp dưới không đồng ý, không tính" if left_out else ""
    note = f"sổ tổng hợp của cấp dưới: {format_number(files)} tệp, {format_number(rows)} dòng{out}"
    return Submission(
        path=book.path,
        sha256=book.sha256,
        agency=book.owner,
        cycle=cycle,
        title_cycles=(cycle,),
        through=(book.label,),
        note=note,
        received=book.received,
    )
