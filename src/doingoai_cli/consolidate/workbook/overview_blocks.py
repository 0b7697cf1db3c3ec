"""Building blocks of the first sheet: tables of live sums, one below the other."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from doingoai_cli.consolidate.workbook import counted_columns
from doingoai_cli.consolidate.workbook.book import BookRow, Chart, Formula, Value, cell
from doingoai_cli.consolidate.workbook.form_sheet import FormSheet
from doingoai_cli.consolidate.workbook.heights import height_of
from doingoai_cli.consolidate.workbook.overview_counts import RowCounts
from doingoai_cli.model.consolidated import ConsolidatedRow

FIRST = 3
"""The first row below the titles."""
WIDTH = 15
"""Columns of the sheet."""
WIDTHS = (38.0, *[11.0] * (WIDTH - 1))
_LABEL_WIDTH = WIDTHS[0] * 0.96
"""LibreOffice sets text wider than Excel."""
YEAR = "Năm"
LONG_HEADING = 25
PRINT_SCALE = 70
"""Per cent: the columns fit an A4 page that lies."""
_PAGE, _LINE = 715.0, 15.0
"""Points of rows on such a page; the height of a row that has none of its own."""
_TOP = 59.0
"""Points of the rows above the first."""


class OverviewMeasure(NamedTuple):
    """One column of a table: its heading, the formula's criteria and what a row adds to the cached value."""

    sheet: FormSheet
    heading: str
    summed: str | None
    """The hidden column that is summed; None: rows are counted."""
    adds: Callable[[RowCounts], int | float]

    def formula(self, extra: Sequence[tuple[str, str]], rows: Iterable[RowCounts]) -> Formula:
        """As `over`, the value being that of `rows`."""
        return self.over(extra, sum(self.adds(row) for row in rows))

    def over(self, extra: Sequence[tuple[str, str]], value: float, counted: int = 1) -> Formula:
        """The live sum over the rows that fulfil the criteria, with its value."""
        pairs = ((counted_columns.COUNTED, str(counted)), *extra)
        conditions = ",".join(f"{self.sheet.column(heading)},{wanted}" for heading, wanted in pairs)
        if self.summed is None:
            return Formula(f"COUNTIFS({conditions})", value)
        return Formula(f"SUMIFS({self.sheet.column(self.summed)},{conditions})", value)


def rows_of(sheet: FormSheet, heading: str = "") -> OverviewMeasure:
    """How many rows of a form count."""
    return OverviewMeasure(sheet, heading, None, lambda _row: 1)


def sum_of(column: str, sheet: FormSheet, heading: str = "") -> OverviewMeasure:
    """What the counted rows of a form come to in a hidden column."""
    return OverviewMeasure(sheet, heading, column, counted_columns.ADDS[column])


_KEPT_ROWS = 5


class OverviewPage:
    """The sheet as it grows downward: titles, tables, the charts beside them."""

    def __init__(self) -> None:
        self.rows: list[BookRow] = []
        self.charts: list[Chart] = []
        self.starts: list[tuple[int, int]] = []
        """Each part of the page: where in `rows` it begins, and up to where it stays with its heading."""

    @property
    def next(self) -> int:
        """The row that comes next (0-based)."""
        return FIRST + len(self.rows)

    def line(self, values: Sequence[Value], styles: Sequence[str]) -> None:
        """One row, blank to the right of its values."""
        wide = [*values, *[None] * (WIDTH - len(values))]
        height = height_of((str(values[0]),), (_LABEL_WIDTH,)) if styles[:1] == ["text"] else None
        self.rows.append(BookRow(tuple(wide), (*styles, *["subtitle"] * (WIDTH - len(styles))), height))

    def keep_free(self, row: int) -> None:
        """Nothing more above `row`: a chart stands there."""
        while self.next < row:
            self.line((), ())
        self.starts[-1] = (self.starts[-1][0], row - FIRST)

    def heading(self, text: str) -> None:
        """The title of a table, after a blank row."""
        if self.rows:
            self.line((), ())
        self._part()
        self.line((text,), ("heading",))

    def gap(self) -> None:
        """A blank row before a further table."""
        self.line((), ())
        self._part()

    def _part(self) -> None:
        self.starts.append((len(self.rows), len(self.rows) + _KEPT_ROWS))

    @property
    def breaks(self) -> tuple[int, ...]:
        """The rows that begin a printed page: no chart is cut, and a table only where it is longer than a page."""
        heights = [row.height or _LINE for row in self.rows]
        found, used = [], _TOP
        ends = [*(start for start, _ in self.starts[1:]), len(self.rows)]
        for (start, kept), end in zip(self.starts, ends, strict=True):
            whole, least = sum(heights[start:end]), sum(heights[start:kept])
            if start and used and used + (whole if whole <= _PAGE else least) > _PAGE:
                found.append(FIRST + start)
                used = 0.0
            used = (used + whole) if used + whole <= _PAGE else (used + whole) % _PAGE
        return tuple(found)

    def table(
        self, head: Sequence[str], lines: Iterable[Sequence[Value]], total: Sequence[Value] = ()
    ) -> tuple[int, int]:
        """A table with its heading row; gives the first and the last row of its body."""
        self.rows.append(
            BookRow(
                (*head, *[None] * (WIDTH - len(head))),
                (*["head"] * len(head), *["subtitle"] * (WIDTH - len(head))),
                height=62 if max(map(len, head)) > LONG_HEADING else 34,
            )
        )
        first = self.next
        for values in lines:
            styles = ["year" if h == YEAR else "number" for h in head[1:]]
            self.line(values, ["text", *styles])
        last = self.next - 1
        if total:
            self.line(total, ["total"] * len(total))
        return first, last


class OverviewGrouping(NamedTuple):
    """How rows fall into the lines of a table: what a row's keys are, and the criterion of a line's formula."""

    heading: str
    """The column of the form sheets that the criterion looks at."""
    keys: Callable[[ConsolidatedRow, RowCounts], Sequence[str | int]]
    criterion: Callable[[str | int, str], str]
    """From a line's key and the cell of its label."""


def lines_of(
    page: OverviewPage,
    measures: Sequence[OverviewMeasure],
    grouping: OverviewGrouping,
    groups: Sequence[tuple[str, str | int]],
) -> list[list[Value]]:
    """The lines of a table that begins below the page's next row: label, then each measure's formula."""
    sums = [_summed(measure, grouping) for measure in measures]
    lines: list[list[Value]] = []
    for number, (label, key) in enumerate(groups, page.next + 1):
        criterion = grouping.criterion(key, f"$A{number + 1}")
        formulas = (
            measure.over([(grouping.heading, criterion)], got[key])
            for measure, got in zip(measures, sums, strict=True)
        )
        lines.append([label, *formulas])
    return lines


def _summed(measure: OverviewMeasure, grouping: OverviewGrouping) -> Counter[str | int]:
    """What a measure gives for each key of the sheet's counted rows."""
    sheet = measure.sheet
    keyed = map(grouping.keys, sheet.counted, sheet.counted_as)
    if measure.summed is None:
        return Counter(chain.from_iterable(keyed))
    got: Counter[str | int] = Counter()
    for counts, keys in zip(sheet.counted_as, keyed, strict=True):
        adds = measure.adds(counts)
        for key in keys:
            got[key] += int(adds)
    return got


def totals(first: int, lines: Sequence[Sequence[Value]]) -> list[Value]:
    """The closing row of a table: live sums of its columns."""
    total: list[Value] = ["Cộng"]
    for col in range(1, len(lines[0])):
        value = sum(number_of(line[col]) for line in lines)
        total.append(Formula(f"SUM({cell(first, col)}:{cell(first + len(lines) - 1, col)})", value))
    return total


def number_of(value: Value) -> int:
    """The number that a formula has now; 0 for anything else."""
    return value.value if isinstance(value, Formula) and isinstance(value.value, int) else 0
