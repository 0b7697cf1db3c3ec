"""The first sheet (Tổng quan): the figures as live formulas over the form sheets, and charts over the figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from doingoai_cli.consolidate.consolidation import Consolidation
from doingoai_cli.consolidate.workbook import counted_columns
from doingoai_cli.consolidate.workbook.book import (
    BookSheet,
    Chart,
    ChartSeries,
    Formula,
    SheetText,
    Value,
    cell,
)
from doingoai_cli.consolidate.workbook.form_sheet import FormSheet
from doingoai_cli.consolidate.workbook.opinion_column import OPINION, OPINION_NUMBERS
from doingoai_cli.consolidate.workbook.overview_blocks import (
    FIRST,
    PRINT_SCALE,
    WIDTH,
    WIDTHS,
    OverviewGrouping,
    OverviewPage,
    lines_of,
    number_of,
    rows_of,
    sum_of,
    totals,
)
from doingoai_cli.consolidate.workbook.overview_forms import add_forms, printed_name, short_name
from doingoai_cli.model.consolidated import NO_AGENCY
from doingoai_cli.model.counting import NO_OPINION, OTHER_OPINION, review_counts
from doingoai_cli.model.forms import Stage
from doingoai_cli.model.grid import column_letters, quoted
from doingoai_cli.model.opinions import Opinion
from doingoai_cli.model.own_files import ListSheet, OwnColumn
from doingoai_cli.model.records import Trip
from doingoai_cli.vietnamese.numbers import roman

_COLOURS = ("#2F75B5", "#C55A11", "#548235", "#7F6000")
_TOP = 10


def overview_sheet(consolidation: Consolidation, forms: Mapping[str, FormSheet], province: str) -> BookSheet:
    """`Tổng quan`. `forms` are the form sheets by code."""
    cycle = consolidation.consolidated.cycle
    page = OverviewPage()
    add_forms(page, forms, cycle)
    _add_reviews(page, list(forms.values()))
    out_in = [f for f in forms.values() if issubclass(f.spec.record_model, Trip)]
    realised = [f for f in out_in if f.spec.stage is Stage.REALISED]
    planned = [f for f in out_in if f.spec.stage is Stage.PLANNED]
    _by_month(page, realised, cycle)
    _by_quarter(page, planned, cycle)
    _by_country(page, out_in)
    _by_agency(page, list(forms.values()))
    head = overview_head(cycle, province)
    return replace(head, rows=page.rows, charts=tuple(page.charts), breaks=page.breaks)


def overview_head(cycle: int, province: str) -> BookSheet:
    """The same without its tables: nothing of the rows of forms."""
    where = f" {province}" if province else ""
    return BookSheet(
        name=ListSheet.OVERVIEW,
        widths=WIDTHS,
        rows=(),
        first_row=FIRST,
        blocks=(
            SheetText(0, 0, 0, WIDTH - 1, f"TỔNG HỢP CÔNG TÁC ĐỐI NGOẠI{where.upper()}", "title"),
            SheetText(
                1, 0, 1, WIDTH - 1,
                f"Kết quả cả năm {cycle - 1} và kế hoạch năm {cycle}; mọi số liệu là công thức trên các trang sau."
                f" Báo cáo ký trước ngày 31/12/{cycle - 1} chỉ tính đến ngày ký.",
                "subtitle",
            ),
        ),
        heights={0: 26.0, 1: 18.0},
        scale=PRINT_SCALE,
        tab="#1F3864",
    )  # fmt: skip


_MONTHS = OverviewGrouping(counted_columns.MONTH, lambda _row, counts: (counts.month,), lambda key, _at: str(key))
_QUARTERS = OverviewGrouping(
    counted_columns.QUARTER, lambda _row, counts: (counts.quarter,), lambda key, _at: str(key)
)
_COUNTRIES = OverviewGrouping(
    counted_columns.COUNTRIES, lambda _row, counts: counts.countries, lambda _key, at: f'"*|"&{at}&"|*"'
)
_AGENCIES = OverviewGrouping(
    OwnColumn.AGENCY, lambda row, _counts: ((row.agency or NO_AGENCY).casefold(),), lambda _key, at: _exactly(at)
)
"""COUNTIFS makes no difference between upper and lower case."""


def _exactly(at: str) -> str:
    """The criterion of cells that hold what another does: to COUNTIFS "Sở *" is a pattern and "=Lào" a test."""
    escaped = at
    for sign in ("~", "*", "?"):
        escaped = f'SUBSTITUTE({escaped},"{sign}","~{sign}")'
    return f'"="&{escaped}'


def _trip_table(
    page: OverviewPage,
    sheets: Sequence[FormSheet],
    grouping: OverviewGrouping,
    groups: Sequence[tuple[str, str | int]],
    label: str,
    *,
    total: bool = True,
) -> tuple[int, int]:
    """Delegations and persons of each form side by side; gives the first and last row of the body."""
    measures = [
        measure
        for sheet in sheets
        for measure in (
            rows_of(sheet, f"{short_name(sheet.spec)}: số đoàn"),
            sum_of(counted_columns.PERSONS, sheet, f"{short_name(sheet.spec)}: lượt người"),
        )
    ]
    lines = lines_of(page, measures, grouping, groups)
    head = (label, *(measure.heading for measure in measures))
    return page.table(head, lines, totals(page.next + 1, lines) if total else ())


def _by_month(page: OverviewPage, sheets: Sequence[FormSheet], cycle: int) -> None:
    if not sheets:
        return
    page.heading(f"2. Theo tháng, năm {cycle - 1} (đoàn đã thực hiện)")
    groups: list[tuple[str, str | int]] = [(f"Tháng {m}", m) for m in range(1, 13)]
    first, last = _trip_table(page, sheets, _MONTHS, [*groups, ("Chưa rõ tháng", 0)], "Tháng")
    _chart(page, "column", f"Đoàn ra, đoàn vào theo tháng năm {cycle - 1}", sheets, (first, last - 1))


def _by_quarter(page: OverviewPage, sheets: Sequence[FormSheet], cycle: int) -> None:
    if not sheets:
        return
    page.heading(f"3. Theo quý, kế hoạch năm {cycle}")
    groups: list[tuple[str, str | int]] = [(f"Quý {roman(q)}", q) for q in range(1, 5)]
    first, last = _trip_table(page, sheets, _QUARTERS, [*groups, ("Chưa rõ quý", 0)], "Quý")
    _chart(page, "column", f"Kế hoạch đoàn ra, đoàn vào năm {cycle} theo quý", sheets, (first, last - 1))


def _by_country(page: OverviewPage, sheets: Sequence[FormSheet]) -> None:
    uses = Counter(name for s in sheets for counts in s.counted_as for name in counts.countries)
    if not uses:
        return
    page.heading("4. Theo nước (một đoàn đi nhiều nước được tính ở mỗi nước)")
    groups = [(name, name) for name in sorted(uses, key=lambda name: (-uses[name], name))]
    first, last = _trip_table(page, sheets, _COUNTRIES, groups, "Nước", total=False)
    _chart(page, "bar", "Nước, vùng lãnh thổ có nhiều đoàn nhất", sheets, (first, min(last, first + _TOP - 1)))


def _by_agency(page: OverviewPage, sheets: Sequence[FormSheet]) -> None:
    names: dict[str, str] = {}
    for name in (row.agency or NO_AGENCY for sheet in sheets for row in sheet.rows):
        names.setdefault(name.casefold(), name)
    if not names:
        return
    page.heading("5. Theo cơ quan, đơn vị (số dòng được tính)")
    shown = sheets[: WIDTH - 2]
    lines = lines_of(page, [rows_of(s, s.spec.form) for s in shown], _AGENCIES, [(n, k) for k, n in names.items()])
    for number, line in enumerate(lines, page.next + 1):
        across = f"{cell(number, 1)}:{cell(number, len(shown))}"
        line.append(Formula(f"SUM({across})", sum(map(number_of, line[1:]))))
    head = ("Cơ quan, đơn vị", *(sheet.spec.form for sheet in shown), "Cộng")
    page.table(head, lines, totals(page.next + 1, lines))


def _chart(page: OverviewPage, kind: str, title: str, sheets: Sequence[FormSheet], body: tuple[int, int]) -> None:
    """A chart of the numbers of delegations at the right of their table."""
    name = quoted(ListSheet.OVERVIEW)
    first, last = body
    series = tuple(
        ChartSeries(
            short_name(sheet.spec),
            f"{name}!$A${first + 1}:$A${last + 1}",
            f"{name}!${column_letters(2 * i + 2)}${first + 1}:${column_letters(2 * i + 2)}${last + 1}",
            colour,
        )
        for i, (sheet, colour) in enumerate(zip(sheets, _COLOURS, strict=False))
    )
    lines = [page.rows[row - FIRST].values for row in range(first, last + 1)]
    beside = [[number_of(values[2 * i + 1]) for i in range(len(series))] for values in lines]
    shown = [sum(numbers) if kind == "bar" else max(numbers) for numbers in beside]
    col = 2 * len(sheets) + 2
    width = (WIDTH - col) * _COLUMN_PIXELS
    page.charts.append(
        Chart(kind, title, series, first - 1, col, max(width, 360), _CHART_HEIGHT, max(shown, default=0))
    )
    page.keep_free(first - 1 + _CHART_ROWS)


_COLUMN_PIXELS = 82
_CHART_HEIGHT = 230
_CHART_ROWS = 12


# --- how far the officers have come with their reviews, form by form -------------------------------------------

_OPINION_HEADS = (
    ("Đồng ý", Opinion.AGREED), ("Điều chỉnh", Opinion.ADJUST), ("Không đồng ý", Opinion.REFUSED),
    ("Không tính", Opinion.UNCOUNTED), ("Ý kiến khác", OTHER_OPINION), ("Chưa có ý kiến", NO_OPINION),
)  # fmt: skip


def _add_reviews(page: OverviewPage, sheets: Sequence[FormSheet]) -> None:
    """How many rows of each form are Đồng ý, Điều chỉnh, Không đồng ý, chưa có ý kiến."""
    page.gap()
    lines: list[list[Value]] = []
    for number, sheet in enumerate(sheets, page.next + 1):
        counts, column = review_counts(sheet.rows), sheet.column(OPINION)
        line: list[Value] = [printed_name(sheet.spec)]
        line += [
            Formula(f"COUNTIFS({column},{OPINION_NUMBERS[opinion]})", counts.get(opinion, 0))
            for _, opinion in _OPINION_HEADS
        ]
        across = f"{cell(number, 1)}:{cell(number, len(_OPINION_HEADS))}"
        line.append(Formula(f"SUM({across})", sum(counts.values())))
        lines.append(line)
    head = ("Ý kiến thẩm định", *(label for label, _ in _OPINION_HEADS), "Số dòng")
    page.table(head, lines, totals(page.next + 1, lines))
