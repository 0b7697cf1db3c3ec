"""Findings for a person at a terminal: by file and sheet, each with its cell, message, value and remedy."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple

from doingoai_cli.feedback.severities import SEVERITY_NAMES
from doingoai_cli.feedback.wrapping import Line, Piece, lines
from doingoai_cli.model.findings import Finding, Severity
from doingoai_cli.model.outcome import FileSummary, Outcome
from doingoai_cli.vietnamese.text import clean

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_NARROW = 80
_CELL_WIDTH, _LONGEST_CELL = 6, 24
"""A1 addresses are short; those of Word tables are words."""
_CODE_WIDTH = 5
_GAP = 2
"""Spaces between columns, and before what stands below a heading."""
_LONGEST_VALUE = 80


def to_table(outcome: Outcome, *, colour: bool, width: int) -> str:
    """The findings as text `width` characters wide, with ANSI colours or without."""
    return "".join(f"{line.rstrip()}\n" for line in _page(outcome, _Paper(width, colour)))


class _Paper(NamedTuple):
    """What is written on: `indent` spaces stay free on the left."""

    width: int
    colour: bool
    indent: int = 0

    def indented(self) -> "_Paper":
        return self._replace(width=max(1, self.width - _GAP), indent=self.indent + _GAP)

    def write(self, *pieces: Piece) -> Iterator[str]:
        for line in lines(pieces, self.width, colour=self.colour):
            yield " " * self.indent + line.text


def _page(outcome: Outcome, paper: _Paper) -> Iterator[str]:
    summaries = {summary.path: summary for summary in outcome.files}
    below = paper.indented()
    for path, findings in groupby(outcome.findings, key=lambda f: f.file):
        yield from paper.write(*_file_heading(path, summaries.get(path or "")))
        for sheet, of_sheet in groupby(findings, key=lambda f: f.sheet):
            if sheet:
                yield from below.write(Piece(sheet, "underline"))
            laid_out = _rows if paper.width >= _NARROW else _blocks
            yield from laid_out(list(of_sheet), below)
            yield ""
    yield from paper.write(*_totals(outcome))


def _file_heading(path: str | None, summary: FileSummary | None) -> Iterator[Piece]:
    yield Piece(clean(path) if path else "Toàn bộ kỳ báo cáo", "bold")
    if summary and summary.agency:
        yield Piece(f" · {clean(summary.agency)}")


def _blocks(findings: Iterable[Finding], paper: _Paper) -> Iterator[str]:
    """On a narrow terminal: each message stands below its code and cell."""
    for finding in findings:
        cell = f" {clean(finding.cell)}" if finding.cell else ""
        yield from paper.write(Piece(f"{finding.code}{cell}", _STYLES[finding.severity]))
        yield from paper.indented().write(*_message(finding))


def _rows(findings: Sequence[Finding], paper: _Paper) -> Iterator[str]:
    """On a wide one: three columns, cell, code and message."""
    longest = max(len(f.cell or "") for f in findings)
    cell_width = max(_CELL_WIDTH, min(longest, _LONGEST_CELL))
    room = paper.width - cell_width - _CODE_WIDTH - 3 * _GAP
    for finding in findings:
        cell, code = Piece(clean(finding.cell or "")), Piece(finding.code, _STYLES[finding.severity])
        columns = (
            lines([cell], cell_width, colour=paper.colour, long="line"),
            lines([code], _CODE_WIDTH, colour=paper.colour, long="line"),
            lines(list(_message(finding)), room, colour=paper.colour, long="words"),
        )
        for first, second, message in zip_longest(*columns, fillvalue=Line("", 0)):
            yield " " * paper.indent + _padded(first, cell_width) + _padded(second, _CODE_WIDTH) + message.text


def _padded(line: Line, width: int) -> str:
    return line.text + " " * (width - line.width + _GAP)


def _message(finding: Finding) -> Iterator[Piece]:
    if finding.waived:
        yield Piece(f"[đã miễn trừ: {finding.waived.reason}] ", "dim")
    elif finding.severity is not Severity.ERROR:
        yield Piece(f"({SEVERITY_NAMES[finding.severity]}) ", "dim")
    yield Piece(clean(finding.message).replace("\n", " "))
    value = clean(finding.value or "").replace("\n", " ")
    if value and value not in finding.message:
        shown = value if len(value) <= _LONGEST_VALUE else value[: _LONGEST_VALUE - 1] + "…"
        yield Piece(f" Đang ghi: “{shown}”.", "dim")
    if finding.fix:
        yield Piece(f"\n→ {clean(finding.fix)}", "dim")


def _totals(outcome: Outcome) -> Iterator[Piece]:
    summary = outcome.summary
    yield Piece(f"{summary.files} tệp, {summary.rows} dòng: ")
    if not (summary.error or summary.warning or summary.info):
        yield Piece("không có vi phạm.", "bold green")
        return
    parts = [(Severity.ERROR, summary.error), (Severity.WARNING, summary.warning), (Severity.INFO, summary.info)]
    for index, (severity, number) in enumerate(parts):
        yield Piece(", " if index else "")
        yield Piece(f"{number} {SEVERITY_NAMES[severity]}", _STYLES[severity] if number else "")
    yield Piece(".")
