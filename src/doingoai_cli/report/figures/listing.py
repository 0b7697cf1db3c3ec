"""The figures as text for a terminal; with `explain` each is followed to the rows behind it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from doingoai_cli.messages import aligned
from doingoai_cli.report.figures.compute import Figures
from doingoai_cli.report.figures.figure import Figure
from doingoai_cli.report.figures.measures import CUMULATED, Rows
from doingoai_cli.report.figures.series import Series, Value
from doingoai_cli.report.placeholders import placeholder
from doingoai_cli.vietnamese.report_phrases import number
from doingoai_cli.vietnamese.text import shortened

_LABEL_WIDTH = 72


def figures_as_text(figures: Figures, *, explain: bool) -> str:
    """Every figure with what it leaves out, what is lacking, then the tables; ends with a line break."""
    return "\n".join(_lines(figures, explain)) + "\n"


def _lines(figures: Figures, explain: bool) -> Iterator[str]:
    yield f"Số liệu {figures.window.label}, kế hoạch năm {figures.cycle}"
    yield figures.window.stated
    yield ""
    shown = [f for f in figures.items.values() if figures.window.first > 1 or CUMULATED not in f.id]
    for figure in shown:
        if figure.value is not None:
            yield from _figure(figure, explain)
    lacking = Counter(figure.missing for figure in shown if figure.value is None)
    for missing, times in lacking.items():
        yield f"{placeholder(missing)}: {number(times)} số liệu"
    yield from figures.remarks
    for series in figures.series.values():
        if series.lines:
            yield from _series(series, explain)


def _figure(figure: Figure, explain: bool) -> Iterator[str]:
    note = f" ({figure.note})" if figure.note else ""
    # A rate and an increase name their unit themselves.
    text = f"{figure.text} {figure.unit}" if figure.text[-1:].isdigit() else figure.text
    yield f"{figure.label:<{_LABEL_WIDTH}} {text}{note}".rstrip()
    if explain:
        yield f"    {figure.id}: {figure.definition}{f' [{figure.clause}]' if figure.clause else ''}"
        yield from _rows(figure.rows)


def _series(series: Series, explain: bool) -> Iterator[str]:
    yield ""
    yield series.label
    cells = [[shortened(line.label), *_texts(line.values)] for line in series.lines]
    if series.total:
        cells.append(["Tổng cộng", *_texts(series.total)])
    head = [series.first, *series.columns]
    heading, *lines = (f"  {line}" for line in aligned([head, *cells], right=range(1, len(head))))
    yield heading
    for line, text in zip_longest(series.lines, lines):
        yield text
        if explain and line is not None:
            yield from _rows(line.rows)


def _texts(values: Sequence[Value]) -> list[str]:
    return ["" if value is None else number(value) for value in values]


def _rows(rows: Rows) -> Iterator[str]:
    for row in rows:
        yield f"      - {shortened(row.agency)}: {shortened(row.record.text('name'))} ({row.source})"
