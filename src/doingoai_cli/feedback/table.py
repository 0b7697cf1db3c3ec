"""Findings for a person at a terminal: by file and sheet, each with its cell, message, value and remedy."""

import io
from collections.abc import Iterable
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from doingoai_cli.feedback.formats import PLAIN, Surroundings
from doingoai_cli.model.findings import Finding, Severity
from doingoai_cli.model.outcome import FileSummary, Outcome
from doingoai_cli.vietnamese.text import clean, shortened

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_NARROW = 80
_CELL_WIDTH, _LONGEST_CELL = 6, 24
"""A1 addresses are short; those of Word tables are words."""
_LONGEST_VALUE = 80


def to_table(outcome: Outcome, around: Surroundings = PLAIN) -> str:
    """The findings as text as wide as the screen, with ANSI colours or without."""
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=around.width,
        force_terminal=around.colour,
        no_color=not around.colour,
        color_system="standard" if around.colour else None,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    summaries = {summary.path: summary for summary in outcome.files}
    for path, findings in groupby(outcome.findings, key=lambda f: f.file):
        console.print(_file_heading(path, summaries.get(path or "")))
        for sheet, of_sheet in groupby(findings, key=lambda f: f.sheet):
            if sheet:
                console.print(Padding(Text(sheet, style="underline"), (0, 0, 0, 2)))
            console.print(Padding(_rows(of_sheet, around.width), (0, 0, 1, 2)))
    console.print(_totals(outcome))
    return "\n".join(line.rstrip() for line in buffer.getvalue().split("\n"))


def _file_heading(path: str | None, summary: FileSummary | None) -> Text:
    heading = Text(clean(path) if path else "Toàn bộ kỳ báo cáo", style="bold")
    if summary and summary.agency:
        heading.append(f" · {clean(summary.agency)}", style="not bold")
    return heading


def _rows(findings: Iterable[Finding], width: int) -> RenderableType:
    """One line per finding on a wide terminal; on a narrow one the message stands below its cell and code."""
    shown = list(findings)
    if width < _NARROW:
        return Group(*(Group(_label(f), Padding(_message(f), (0, 0, 0, 2))) for f in shown))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), expand=True)
    longest = max(len(f.cell or "") for f in shown)
    table.add_column(no_wrap=True, width=max(_CELL_WIDTH, min(longest, _LONGEST_CELL)))
    table.add_column(no_wrap=True, width=5)
    table.add_column(ratio=1)
    for finding in shown:
        table.add_row(
            clean(finding.cell or ""), Text(finding.code, style=_STYLES[finding.severity]), _message(finding)
        )
    return table


def _label(finding: Finding) -> Text:
    label = Text(finding.code, style=_STYLES[finding.severity])
    return label.append(f" {clean(finding.cell)}" if finding.cell else "", style="none")


def _message(finding: Finding) -> Text:
    text = Text()
    if finding.waived:
        text.append(f"[đã miễn trừ: {finding.waived.reason}] ", style="dim")
    elif finding.severity is not Severity.ERROR:
        text.append(f"({finding.severity.word}) ", style="dim")
    text.append(clean(finding.message).replace("\n", " "))
    value = clean(finding.value or "").replace("\n", " ")
    if value and value not in finding.message:
        text.append(f" Đang ghi: “{shortened(value, _LONGEST_VALUE)}”.", style="dim")
    if finding.fix:
        text.append(f"\n→ {clean(finding.fix)}", style="dim")
    return text


def _totals(outcome: Outcome) -> Text:
    summary = outcome.summary
    text = Text(f"{summary.files} tệp, {summary.rows} dòng: ")
    if not (summary.error or summary.warning or summary.info):
        return text.append("không có vi phạm.", style="bold green")
    parts = [(Severity.ERROR, summary.error), (Severity.WARNING, summary.warning), (Severity.INFO, summary.info)]
    for index, (severity, number) in enumerate(parts):
        text.append(", " if index else "")
        text.append(f"{number} {severity.word}", style=_STYLES[severity] if number else "none")
    return text.append(".")
