"""The first sheet (Tổng quan): the figures as live formulas over the form sheets, and charts over the figures."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from doingoai_cli.consolidate.consolidation import Consolidation
from doingoai_cli.consolidate.workbook import counted_columns
from doingoai_cli.consolidate.workbook.book import Chart, Formula, Series, Sheet, TextBlock, Value, cell, quoted
from doingoai_cli.consolidate.workbook.counted_columns import country_names
from doingoai_cli.consolidate.workbook.form_sheet import FormSheet
from doingoai_cli.consolidate.workbook.overview_blocks import (
    FIRST,
    WIDTH,
    WIDTHS,
    YEAR,
    OverviewGrouping,
    OverviewMeasure,
    OverviewPage,
    lines_of,
    number_of,
    persons_of,
    rows_of,
    totals,
)
from doingoai_cli.consolidate.workbook.overview_reviews import add_reviews
from doingoai_cli.model.consolidated import AGENCY_COLUMN, NO_AGENCY, OVERVIEW_SHEET, ConsolidatedRow
from doingoai_cli.model.counting import delegates, dollars, is_counted, month_of, quarter_of
from doingoai_cli.model.forms import Direction, FormSpec, SectionSpec, Stage, fill_years
from doingoai_cli.model.grid import column_letters
from doingoai_cli.model.records import Conference, OfficialTrip, RealisedTrip, Trip
from doingoai_cli.vietnamese.numbers import roman

_COLOURS = ("#2F75B5", "#C55A11", "#548235", "#7F6000")
_TOP = 10


def overview_sheet(consolidation: Consolidation, forms: Mapping[str, FormSheet], province: str = "") -> Sheet:
    """`Tổng quan`. `forms` are the form sheets by code."""
    cycle = consolidation.consolidated.cycle
    page = OverviewPage()
    _by_form(page, forms, cycle)
    add_reviews(page, list(forms.values()))
    out_in = [f for f in forms.values() if issubclass(f.spec.record_model, Trip)]
    realised = [f for f in out_in if f.spec.stage is Stage.REALISED]
    planned = [f for f in out_in if f.spec.stage is Stage.PLANNED]
    _by_month(page, realised, cycle)
    _by_quarter(page, planned, cycle)
    _by_country(page, out_in)
    _by_agency(page, list(forms.values()))
    where = f" {province}" if province else ""
    return Sheet(
        name=OVERVIEW_SHEET,
        widths=WIDTHS,
        rows=page.rows,
        first_row=FIRST,
        blocks=(
            TextBlock(0, 0, 0, WIDTH - 1, f"TỔNG HỢP CÔNG TÁC ĐỐI NGOẠI{where.upper()}", "title"),
            TextBlock(
                1, 0, 1, WIDTH - 1,
                f"Kết quả năm {cycle - 1} và kế hoạch năm {cycle}; mọi số liệu là công thức trên các trang sau",
                "subtitle",
            ),
        ),
        heights={0: 26.0, 1: 18.0},
        charts=tuple(page.charts),
        tab="#1F3864",
    )  # fmt: skip


def _short(spec: FormSpec) -> str:
    side = {Direction.OUT: "Đoàn ra", Direction.IN: "Đoàn vào"}.get(spec.direction or Direction.HERE, "")
    stage = "kế hoạch" if spec.stage is Stage.PLANNED else "đã thực hiện"
    return f"{side} {stage} ({spec.form})"


# --- by form -----------------------------------------------------------------------------------------------


def _by_form(page: OverviewPage, forms: Mapping[str, FormSheet], cycle: int) -> None:
    page.heading("1. Số liệu chung")
    trips = [f for f in forms.values() if issubclass(f.spec.record_model, Trip | OfficialTrip)]
    page.table(
        ("Nội dung", YEAR, "Số đoàn", "Lượt người", "Trong KH", "Ngoài KH", "Chưa rõ loại", "Không tính"),
        [_trip_line(sheet, cycle) for sheet in trips],
    )
    conferences = [f for f in forms.values() if issubclass(f.spec.record_model, Conference)]
    lines = [line for sheet in conferences for line in _conference_lines(sheet, cycle)]
    if lines:
        page.line((), ())
        page.table(
            (
                "Nội dung",
                YEAR,
                "Số hội nghị, hội thảo",
                "Đại biểu Việt Nam",
                "Đại biểu nước ngoài",
                "Số ngày",
                "Không tính",
            ),
            lines,
        )
    others = [f for f in forms.values() if not issubclass(f.spec.record_model, Trip | OfficialTrip | Conference)]
    lines = [line for sheet in others for line in _other_lines(sheet, cycle)]
    if lines:
        page.line((), ())
        page.table(("Nội dung", YEAR, "Số lượng", "Giá trị (USD)", "Không tính"), lines)


def _other_lines(sheet: FormSheet, cycle: int) -> list[list[Value]]:
    """Agreements, aid, awards: how many rows of each section count, and what they come to in dollars."""
    spec = sheet.spec
    lines: list[list[Value]] = []
    for section in spec.sections or (None,):
        inside = [(counted_columns.SECTION, f'"{section.id}"')] if section else []
        every = [r for r in sheet.rows if not section or counted_columns.section_of(spec, r) == section.id]
        rows = [r for r in every if is_counted(r)]
        value = OverviewMeasure(sheet, "", counted_columns.USD, lambda row: dollars(row.record))
        lines.append(
            [
                fill_years(f"{_summary(section or spec)} ({spec.label})", cycle),
                spec.rows_year(cycle, section.id if section else ""),
                rows_of(sheet).formula(inside, rows),
                value.formula(inside, rows) if counted_columns.USD in sheet.columns else None,
                rows_of(sheet).over(inside, len(every) - len(rows), counted=0),
            ]
        )
    return lines


def _summary(spec: SectionSpec | FormSpec) -> str:
    """What the rows are; a title in capitals where a form of the province's own does not say it."""
    if spec.summary:
        return spec.summary
    title = spec.title.split(". ", 1)[-1]
    return title.capitalize().replace("{y", "{Y") if title.isupper() else title


def _trip_line(sheet: FormSheet, cycle: int) -> list[Value]:
    rows = sheet.counted
    spec = sheet.spec
    has_persons = counted_columns.PERSONS in sheet.columns
    line: list[Value] = [
        _short(spec) if issubclass(spec.record_model, Trip) else fill_years(spec.title, cycle),
        spec.rows_year(cycle),
        rows_of(sheet).formula((), rows),
        persons_of(sheet).formula((), rows) if has_persons else None,
    ]
    if counted_columns.PLAN in sheet.columns:
        kinds = Counter(map(_plan_of, rows))
        line += [
            rows_of(sheet).over([(counted_columns.PLAN, str(kind))], kinds[kind])
            for kind in (counted_columns.IN_PLAN, counted_columns.OFF_PLAN, 0)
        ]
    else:
        line += [None, None, None]
    line.append(rows_of(sheet).over((), len(sheet.rows) - len(rows), counted=0))
    return line


def _plan_of(row: ConsolidatedRow) -> int:
    record = row.record
    if not isinstance(record, RealisedTrip):
        return 0
    return {True: counted_columns.IN_PLAN, False: counted_columns.OFF_PLAN, None: 0}[record.planned]


def _conference_lines(sheet: FormSheet, cycle: int) -> list[list[Value]]:
    lines: list[list[Value]] = []
    for section in sheet.spec.sections:
        inside = [(counted_columns.SECTION, f'"{section.id}"')]
        rows = [r for r in sheet.counted if counted_columns.section_of(sheet.spec, r) == section.id]
        every = [r for r in sheet.rows if counted_columns.section_of(sheet.spec, r) == section.id]
        stage = "dự kiến" if section.stage is Stage.PLANNED else "đã tổ chức"
        sums: tuple[tuple[str, Callable[[ConsolidatedRow], int]], ...] = (
            (counted_columns.VIETNAMESE, lambda r: delegates(r.record)[0]),
            (counted_columns.FOREIGN, lambda r: delegates(r.record)[1]),
            (counted_columns.DAYS, _conference_days),
        )
        lines.append(
            [
                f"Hội nghị, hội thảo {stage} ({sheet.spec.form}, mục {section.id})",
                sheet.spec.rows_year(cycle, section.id),
                rows_of(sheet).formula(inside, rows),
                *(OverviewMeasure(sheet, "", column, adds).formula(inside, rows) for column, adds in sums),
                rows_of(sheet).over(inside, len(every) - len(rows), counted=0),
            ]
        )
    return lines


def _conference_days(row: ConsolidatedRow) -> int:
    return max(row.record.days.value or 0, 0) if isinstance(row.record, Conference) else 0


# --- by month, quarter, country, agency --------------------------------------------------------------------


_MONTHS = OverviewGrouping(
    counted_columns.MONTH, lambda row: (month_of(row.record) or 0,), lambda key, _at: str(key)
)
_QUARTERS = OverviewGrouping(
    counted_columns.QUARTER, lambda row: (quarter_of(row.record) or 0,), lambda key, _at: str(key)
)
_COUNTRIES = OverviewGrouping(
    counted_columns.COUNTRIES, lambda row: country_names(row.record), lambda _key, at: f'"*|"&{at}&"|*"'
)
_AGENCIES = OverviewGrouping(
    AGENCY_COLUMN, lambda row: (_folded(row.agency or NO_AGENCY),), lambda _key, at: _exactly(at)
)


def _folded(agency: str) -> str:
    """An agency's name as COUNTIFS compares it: large and small letters are one."""
    return agency.casefold()


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
            rows_of(sheet, f"{_short(sheet.spec)}: số đoàn"),
            persons_of(sheet, f"{_short(sheet.spec)}: lượt người"),
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
    uses = Counter(name for s in sheets for row in s.counted for name in country_names(row.record))
    if not uses:
        return
    page.heading("4. Theo nước (một đoàn đi nhiều nước được tính ở mỗi nước)")
    groups = [(name, name) for name in sorted(uses, key=lambda name: (-uses[name], name))]
    first, last = _trip_table(page, sheets, _COUNTRIES, groups, "Nước", total=False)
    _chart(page, "bar", "Các nước có nhiều đoàn nhất", sheets, (first, min(last, first + _TOP - 1)))


def _by_agency(page: OverviewPage, sheets: Sequence[FormSheet]) -> None:
    names: dict[str, str] = {}
    for row in (row for sheet in sheets for row in sheet.rows):
        names.setdefault(_folded(row.agency or NO_AGENCY), row.agency or NO_AGENCY)
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
    name = quoted(OVERVIEW_SHEET)
    first, last = body
    series = tuple(
        Series(
            _short(sheet.spec),
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
