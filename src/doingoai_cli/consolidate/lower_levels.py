"""A consolidated workbook of a lower level (sổ tổng hợp của cấp dưới) as the submissions that it was merged from.

Its rows keep their agency, file and cells and gain the workbook that they came through; as edited there. Rows that
the level below left out ("Không đồng ý", "Không tính") stay below; its opinions go up as a column of the sender's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from doingoai_cli.consolidate.arrival import KnownArrival
from doingoai_cli.consolidate.consolidation import Previous
from doingoai_cli.consolidate.origins import Origins
from doingoai_cli.consolidate.source_files import LowerWorkbook, SourceFiles
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.submissions import Submission
from doingoai_cli.vietnamese.numbers import format_number


@dataclass(slots=True)
class Below:
    """What a workbook gives to the level above."""

    submissions: list[Submission] = field(default_factory=list)
    """The workbook itself, without rows, then the files that it was merged from."""
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    """By file: what its own level found in it."""
    arrivals: list[KnownArrival] = field(default_factory=list)
    """When those files came."""
    left_out: int = 0


def below(
    book: LowerWorkbook, previous: Previous, origins: Origins | None, recomputed: Callable[[str], bool]
) -> Below:
    """The submissions within a workbook. `recomputed`: the codes that this level finds itself, over all files."""
    known = origins or Origins(files=(), layouts=(), rows={}, findings=())
    reader = SourceFiles(book, known, previous.consolidated.cycle)
    found = Below()
    for row in previous.consolidated.rows:
        if row.review.left_out:
            found.left_out += 1
        else:
            reader.take(row)
    for replaced in known.replaced:
        reader.take_replaced(replaced)
    files = reader.submissions()
    rows = len(previous.consolidated.rows) - found.left_out
    found.submissions = [_of_workbook(book, len(files), rows, previous.consolidated.cycle, found.left_out), *files]
    found.arrivals = list(reader.arrivals())
    for stored in known.findings:
        finding = replace(stored.finding, sheet_index=stored.sheet_index)
        if not recomputed(finding.code):
            mine = reader.at_this_level(finding)
            found.findings.setdefault(mine.file or book.path, []).append(mine)
    return found


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
    )
