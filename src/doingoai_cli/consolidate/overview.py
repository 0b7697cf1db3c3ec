"""The first sheet (Tổng quan): the figures as live formulas over the form sheets, and charts over the figures."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate import readings
from doingoai_cli.consolidate.book import Block, Chart, Formula, Row, Series, Sheet, Value, cell, quoted
from doingoai_cli.consolidate.consolidation import Consolidation
from doingoai_cli.consolidate.formrows import NO_AGENCY
from doingoai_cli.consolidate.formsheet import FormSheet
from doingoai_cli.consolidate.readings import country_names
from doingoai_cli.model.consolidated import AGENCY_COLUMN, OVERVIEW_SHEET, ConsolidatedRow
from doingoai_cli.model.counting import delegates, month_of, persons, quarter_of
from doingoai_cli.model.forms import Direction, FormSpec, Stage, fill_years
from doingoai_cli.model.grid import column_letters
from doingoai_cli.model.records import Conference, RealisedTrip, Trip
from doingoai_cli.vietnamese.numbers import roman

_WIDTH = 15
_COLOURS = ("#2F75B5", "#C55A11", "#548235", "#7F6000")
_TOP = 10
_LONG_HEADING = 25
_YEAR = "Năm"


class _Measure(NamedTuple):
    """One column of a table: its heading, the formula's criteria and what a row adds to the cached value."""

    sheet: FormSheet
    heading: str
    summed: str | None
    """The hidden column that is summed; None: rows are counted."""
    adds: Callable[[ConsolidatedRow], int]

    def formula(self, extra: Sequence[tuple[str, str]], rows: Iterable[ConsolidatedRow]) -> Formula:
        """As `over`, the value being that of `rows`."""
        return self.over(extra, sum(self.adds(row) for row in rows))

    def over(self, extra: Sequence[tuple[str, str]], value: int, counted: int = 1) -> Formula:
        """The live sum over the rows that fulfil the criteria, with its value."""
        pairs = ((readings.COUNTED, str(counted)), *extra)
        conditions = ",".join(f"{self.sheet.column(heading)},{wanted}" for heading, wanted in pairs)
        if self.summed is None:
            return Formula(f"COUNTIFS({conditions})", value)
        return Formula(f"SUMIFS({self.sheet.column(self.summed)},{conditions})", value)


class _Page:
    """The sheet as it grows downward: titles, tables, the charts beside them."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.charts: list[Chart] = []

    @property
    def next(self) -> int:
        return _FIRST + len(self.rows)

    def line(self, values: Sequence[Value], styles: Sequence[str]) -> None:
        wide = [*values, *[None] * (_WIDTH - len(values))]
        self.rows.append(Row(tuple(wide), (*styles, *["subtitle"] * (_WIDTH - len(styles)))))

    def keep_free(self, row: int) -> None:
        """Nothing more above `row`: a chart stands there."""
        while self.next < row:
            self.line((), ())

    def heading(self, text: str) -> None:
        if self.rows:
            self.line((), ())
        self.line((text,), ("heading",))

    def table(
        self, head: Sequence[str], lines: Iterable[Sequence[Value]], total: Sequence[Value] = ()
    ) -> tuple[int, int]:
        """A table with its heading row; gives the first and the last row of its body."""
        self.rows.append(
            Row(
                (*head, *[None] * (_WIDTH - len(head))),
                (*["head"] * len(head), *["subtitle"] * (_WIDTH - len(head))),
                height=62 if max(map(len, head)) > _LONG_HEADING else 34,
            )
        )
        first = self.next
        for values in lines:
            styles = ["year" if h == _YEAR else "number" for h in head[1:]]
            self.line(values, ["text", *styles])
        last = self.next - 1
        if total:
            self.line(total, ["total"] * len(total))
        return first, last


_FIRST = 3


def overview_sheet(consolidation: Consolidation, forms: Mapping[str, FormSheet], province: str = "") -> Sheet:
    """`Tổng quan`. `forms` are the form sheets by code."""
    cycle = consolidation.consolidated.cycle
    page = _Page()
    _by_form(page, forms, cycle)
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
        widths=(34, *[11] * (_WIDTH - 1)),
        rows=page.rows,
        first_row=_FIRST,
        blocks=(
            Block(0, 0, 0, _WIDTH - 1, f"TỔNG HỢP CÔNG TÁC ĐỐI NGOẠI{where.upper()}", "title"),
            Block(
                1, 0, 1, _WIDTH - 1,
                f"Kết quả năm {cycle - 1} và kế hoạch năm {cycle}; mọi số liệu là công thức trên các trang sau",
                "subtitle",
            ),
        ),
        heights={0: 26.0, 1: 18.0},
        charts=tuple(page.charts),
        tab="#1F3864",
    )  # fmt: skip


def _rows(sheet: FormSheet, heading: str = "") -> _Measure:
    return _Measure(sheet, heading, None, lambda _row: 1)


def _persons(sheet: FormSheet, heading: str = "") -> _Measure:
    return _Measure(sheet, heading, readings.PERSONS, lambda row: persons(row.record))


def _short(spec: FormSpec) -> str:
    side = {Direction.OUT: "Đoàn ra", Direction.IN: "Đoàn vào"}.get(spec.direction or Direction.HERE, "")
    stage = "kế hoạch" if spec.stage is Stage.PLANNED else "đã thực hiện"
    return f"{side} {stage} ({spec.form})"


# --- by form -----------------------------------------------------------------------------------------------


def _by_form(page: _Page, forms: Mapping[str, FormSheet], cycle: int) -> None:
    page.heading("1. Số liệu chung")
    trips = [f for f in forms.values() if not issubclass(f.spec.record_model, Conference)]
    page.table(
        ("Nội dung", _YEAR, "Số đoàn", "Lượt người", "Trong KH", "Ngoài KH", "Chưa rõ loại", "Không tính"),
        [_trip_line(sheet, cycle) for sheet in trips],
    )
    conferences = [f for f in forms.values() if issubclass(f.spec.record_model, Conference)]
    lines = [line for sheet in conferences for line in _conference_lines(sheet, cycle)]
    if lines:
        page.line((), ())
        page.table(
            (
                "Nội dung",
                _YEAR,
                "Số hội nghị, hội thảo",
                "Đại biểu Việt Nam",
                "Đại biểu nước ngoài",
                "Số ngày",
                "Không tính",
            ),
            lines,
        )


def _trip_line(sheet: FormSheet, cycle: int) -> list[Value]:
    rows = sheet.counted
    spec = sheet.spec
    has_persons = readings.PERSONS in sheet.columns
    line: list[Value] = [
        _short(spec) if issubclass(spec.record_model, Trip) else fill_years(spec.title, cycle),
        spec.rows_year(cycle),
        _rows(sheet).formula((), rows),
        _persons(sheet).formula((), rows) if has_persons else None,
    ]
    if readings.PLAN in sheet.columns:
        for kind in (readings.IN_PLAN, readings.OFF_PLAN, 0):
            line.append(
                _rows(sheet).formula([(readings.PLAN, str(kind))], [r for r in rows if _plan_of(r) == kind])
            )
    else:
        line += [None, None, None]
    line.append(_rows(sheet).over((), len(sheet.rows) - len(rows), counted=0))
    return line


def _plan_of(row: ConsolidatedRow) -> int:
    record = row.record
    if not isinstance(record, RealisedTrip):
        return 0
    return {True: readings.IN_PLAN, False: readings.OFF_PLAN, None: 0}[record.planned]


def _conference_lines(sheet: FormSheet, cycle: int) -> list[list[Value]]:
    counted = sheet.counted
    lines: list[list[Value]] = []
    for section in sheet.spec.sections:
        inside = [(readings.SECTION, f'"{section.id}"')]
        rows = [r for r in counted if r.record.section == section.id]
        every = [r for r in sheet.rows if r.record.section == section.id]
        stage = "dự kiến" if section.stage is Stage.PLANNED else "đã tổ chức"
        sums: tuple[tuple[str, Callable[[ConsolidatedRow], int]], ...] = (
            (readings.VIETNAMESE, lambda r: delegates(r.record)[0]),
            (readings.FOREIGN, lambda r: delegates(r.record)[1]),
            (readings.DAYS, _conference_days),
        )
        lines.append(
            [
                f"Hội nghị, hội thảo {stage} ({sheet.spec.form}, mục {section.id})",
                sheet.spec.rows_year(cycle, section.id),
                _rows(sheet).formula(inside, rows),
                *(_Measure(sheet, "", column, adds).formula(inside, rows) for column, adds in sums),
                _rows(sheet).over(inside, len(every) - len(rows), counted=0),
            ]
        )
    return lines


def _conference_days(row: ConsolidatedRow) -> int:
    return max(row.record.days.value or 0, 0) if isinstance(row.record, Conference) else 0


# --- by month, quarter, country, agency --------------------------------------------------------------------


class _Grouping(NamedTuple):
    """How rows fall into the lines of a table: what a row's keys are, and the criterion of a line's formula."""

    heading: str
    """The column of the form sheets that the criterion looks at."""
    keys: Callable[[ConsolidatedRow], Iterable[str | int]]
    criterion: Callable[[str | int, str], str]
    """From a line's key and the cell of its label."""


_MONTHS = _Grouping(readings.MONTH, lambda row: (month_of(row.record) or 0,), lambda key, _at: str(key))
_QUARTERS = _Grouping(readings.QUARTER, lambda row: (quarter_of(row.record) or 0,), lambda key, _at: str(key))
_COUNTRIES = _Grouping(
    readings.COUNTRIES, lambda row: country_names(row.record), lambda _key, at: f'"*|"&{at}&"|*"'
)
_AGENCIES = _Grouping(AGENCY_COLUMN, lambda row: (row.agency or NO_AGENCY,), lambda _key, at: at)


def _lines_of(
    page: _Page, measures: Sequence[_Measure], grouping: _Grouping, groups: Sequence[tuple[str, str | int]]
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


def _summed(measure: _Measure, grouping: _Grouping) -> Counter[str | int]:
    got: Counter[str | int] = Counter()
    for row in measure.sheet.counted:
        for key in grouping.keys(row):
            got[key] += measure.adds(row)
    return got


def _trip_table(
    page: _Page, sheets: Sequence[FormSheet], grouping: _Grouping, groups: Sequence[tuple[str, str | int]],
    label: str, *, total: bool = True,
) -> tuple[int, int]:  # fmt: skip
    """Delegations and persons of each form side by side; gives the first and last row of the body."""
    measures = [
        measure
        for sheet in sheets
        for measure in (
            _rows(sheet, f"{_short(sheet.spec)}: số đoàn"),
            _persons(sheet, f"{_short(sheet.spec)}: lượt người"),
        )
    ]
    lines = _lines_of(page, measures, grouping, groups)
    head = (label, *(measure.heading for measure in measures))
    return page.table(head, lines, _totals(page.next + 1, lines) if total else ())


def _totals(first: int, lines: Sequence[Sequence[Value]]) -> list[Value]:
    total: list[Value] = ["Cộng"]
    for col in range(1, len(lines[0])):
        value = sum(_number(line[col]) for line in lines)
        total.append(Formula(f"SUM({cell(first, col)}:{cell(first + len(lines) - 1, col)})", value))
    return total


def _number(value: Value) -> int:
    return value.value if isinstance(value, Formula) and isinstance(value.value, int) else 0


def _by_month(page: _Page, sheets: Sequence[FormSheet], cycle: int) -> None:
    if not sheets:
        return
    page.heading(f"2. Theo tháng, năm {cycle - 1} (đoàn đã thực hiện)")
    groups: list[tuple[str, str | int]] = [(f"Tháng {m}", m) for m in range(1, 13)]
    first, last = _trip_table(page, sheets, _MONTHS, [*groups, ("Chưa rõ tháng", 0)], "Tháng")
    _chart(page, "column", f"Đoàn ra, đoàn vào theo tháng năm {cycle - 1}", sheets, (first, last - 1))


def _by_quarter(page: _Page, sheets: Sequence[FormSheet], cycle: int) -> None:
    if not sheets:
        return
    page.heading(f"3. Theo quý, kế hoạch năm {cycle}")
    groups: list[tuple[str, str | int]] = [(f"Quý {roman(q)}", q) for q in range(1, 5)]
    first, last = _trip_table(page, sheets, _QUARTERS, [*groups, ("Chưa rõ quý", 0)], "Quý")
    _chart(page, "column", f"Kế hoạch đoàn ra, đoàn vào năm {cycle} theo quý", sheets, (first, last - 1))


def _by_country(page: _Page, sheets: Sequence[FormSheet]) -> None:
    uses = Counter(name for s in sheets for row in s.counted for name in country_names(row.record))
    if not uses:
        return
    page.heading("4. Theo nước (một đoàn đi nhiều nước được tính ở mỗi nước)")
    groups = [(name, name) for name in sorted(uses, key=lambda name: (-uses[name], name))]
    first, last = _trip_table(page, sheets, _COUNTRIES, groups, "Nước", total=False)
    _chart(page, "bar", "Các nước có nhiều đoàn nhất", sheets, (first, min(last, first + _TOP - 1)))


def _by_agency(page: _Page, sheets: Sequence[FormSheet]) -> None:
    names = dict.fromkeys(row.agency or NO_AGENCY for sheet in sheets for row in sheet.rows)
    if not names:
        return
    page.heading("5. Theo cơ quan, đơn vị (số dòng được tính)")
    shown = sheets[: _WIDTH - 2]
    lines = _lines_of(page, [_rows(s, s.spec.form) for s in shown], _AGENCIES, [(n, n) for n in names])
    for number, line in enumerate(lines, page.next + 1):
        across = f"{cell(number, 1)}:{cell(number, len(shown))}"
        line.append(Formula(f"SUM({across})", sum(map(_number, line[1:]))))
    head = ("Cơ quan, đơn vị", *(sheet.spec.form for sheet in shown), "Cộng")
    page.table(head, lines, _totals(page.next + 1, lines))


def _chart(page: _Page, kind: str, title: str, sheets: Sequence[FormSheet], body: tuple[int, int]) -> None:
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
    lines = [page.rows[row - _FIRST].values for row in range(first, last + 1)]
    beside = [[_number(values[2 * i + 1]) for i in range(len(series))] for values in lines]
    shown = [sum(numbers) if kind == "bar" else max(numbers) for numbers in beside]
    col = 2 * len(sheets) + 2
    width = (_WIDTH - col) * _COLUMN_PIXELS
    page.charts.append(
        Chart(kind, title, series, first - 1, col, max(width, 360), _CHART_HEIGHT, max(shown, default=0))
    )
    page.keep_free(first - 1 + _CHART_ROWS)


_COLUMN_PIXELS = 82
_CHART_HEIGHT = 300
_CHART_ROWS = 15
