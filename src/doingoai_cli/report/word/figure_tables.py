"""The small tables of figures within a report's text."""

from decimal import Decimal

from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.report.figures.comparison import PREVIOUS
from doingoai_cli.report.figures.compute import Figures
from doingoai_cli.report.figures.figure import Figure
from doingoai_cli.report.figures.measures import CUMULATED
from doingoai_cli.report.figures.remaining import PLANNED, REMAINING
from doingoai_cli.report.figures.selection import in_time
from doingoai_cli.report.figures.series import MONEY, Series, SeriesLine, Value
from doingoai_cli.report.figures.subjects import MAIN, PLANS
from doingoai_cli.report.outline import COMPARISON, EXECUTION, UPCOMING, TableSpec
from doingoai_cli.report.placeholders import placeholder
from doingoai_cli.report.word.markup import Align
from doingoai_cli.report.word.tables import TableCell, TableColumn, table
from doingoai_cli.vietnamese.report_phrases import number
from doingoai_cli.vietnamese.text import capitalised

_EXECUTION_PARTS = (
    "planned", "carried_out", "off_plan", "adjusted", "cancelled", "not_due", "unsure", "rate",
)  # fmt: skip
OTHERS = "Còn lại"


def figure_table(spec: TableSpec, figures: Figures, description: str) -> str:
    """A table of figures; "" where the series has no line."""
    if spec.of == COMPARISON:
        return _comparison(figures, description)
    if spec.of == EXECUTION:
        return _execution(figures, description)
    if spec.of == UPCOMING:
        return _upcoming(figures, description)
    series = figures.series[spec.of]
    return _series(series, spec.limit, description) if series.lines else ""


def table_label(spec: TableSpec, figures: Figures) -> str:
    """The caption of a table that has none of its own."""
    if spec.of == COMPARISON:
        return f"Kết quả {figures.window.label} so với cùng kỳ năm trước"
    if spec.of == EXECUTION:
        return f"Kết quả thực hiện kế hoạch {figures.window.label}"
    if spec.of == UPCOMING:
        rest = figures.window.rest
        agreements = figures.selections.get(f"{REMAINING}plan.agreements")
        more = ", thỏa thuận" if agreements and agreements.counted else ""
        return f"Đoàn ra, đoàn vào, hội nghị, hội thảo{more} dự kiến trong {rest.label if rest else 'năm sau'}"
    label, planned = figures.series[spec.of].label, spec.of.startswith("plan.")
    if any(subject.spans_years and spec.of.startswith(f"{subject.id}.") for subject in PLANNED):
        return label
    return f"{label}, {f'năm {figures.cycle}' if planned else figures.window.label}"


def _cell(figure: Figure) -> str | TableCell:
    return TableCell(placeholder(), missing=True) if figure.value is None else figure.text


def _number(value: Value) -> str:
    return "" if value is None else number(value)


def _series(series: Series, limit: int, description: str) -> str:
    shown, rest = series.cut(limit if series.total else len(series.lines))
    rows: list[list[str | TableCell]] = [
        [str(i), line.label, *map(_number, line.values)] for i, line in enumerate(shown, 1)
    ]
    if rest:
        rows.append([str(len(rows) + 1), f"{OTHERS} ({number(len(rest))})", *map(_number, _added(rest))])
    if series.total:
        total = (TableCell(_number(value), bold=True) for value in series.total)
        rows.append([TableCell("Tổng cộng", 2, bold=True), *total])
    widths = 22 if series.id.endswith(MONEY) else 14
    columns = [
        TableColumn("TT", 7, Align.CENTER),
        TableColumn(series.first, 50),
        *(TableColumn(label, widths, Align.CENTER) for label in series.columns),
    ]
    return table(columns, rows, description=description, together=True)


def _added(lines: tuple[SeriesLine, ...]) -> list[Value]:
    return [sum(value or 0 for value in column) for column in zip(*(line.values for line in lines), strict=True)]


def _comparison(figures: Figures, description: str) -> str:
    """The window beside the one a year before and, where it is part of a year, beside the year so far."""
    partial = figures.window.first > 1
    columns = [TableColumn("Chỉ tiêu", 46), TableColumn(capitalised(figures.window.label), 18, Align.CENTER)]
    # That of the month, not of the months so far.
    before = figures.window.before.label if partial else "cùng kỳ năm trước"
    if partial:
        columns.append(TableColumn(capitalised(figures.window.cumulated.label), 18, Align.CENTER))
    columns += [
        TableColumn(capitalised(before), 18, Align.CENTER),
        TableColumn("Tăng (+), giảm (-)", 18, Align.CENTER),
        TableColumn("Tỷ lệ", 14, Align.CENTER),
    ]
    rows: list[list[str | TableCell]] = []
    for subject in MAIN:
        for measure in (m for m in subject.measures if m.compared):
            now = figures.items[f"{subject.id}.{measure.id}"]
            note = figures.items[f"{now.id}.change"].note
            row = [f"{now.label} ({note})" if note else now.label, _cell(now)]
            if partial:
                row.append(_cell(figures.items[CUMULATED + now.id]))
            rows.append([*row, *_against(figures, now)])
    return table(columns, rows, description=description, together=True)


def _against(figures: Figures, now: Figure) -> list[str | TableCell]:
    before = figures.items[PREVIOUS + now.id]
    difference = figures.items[f"{now.id}.change"]
    rate = figures.items[f"{now.id}.change_percent"]
    if difference.value is None:
        missing = TableCell(placeholder(), missing=True)
        return [_cell(before), missing, missing]
    return [_cell(before), _signed(difference.value), rate.text or "-"]


def _signed(value: int | Decimal) -> str:
    return "0" if value == 0 else ("+" if value > 0 else "-") + number(abs(Decimal(value)))


def _execution(figures: Figures, description: str) -> str:
    columns = [
        TableColumn("Chỉ tiêu", 60),
        TableColumn("Đoàn ra", 20, Align.CENTER),
        TableColumn("Đoàn vào", 20, Align.CENTER),
    ]
    rows: list[list[str | TableCell]] = []
    for part in _EXECUTION_PARTS:
        both = [figures.items[f"execution.{subject.id}.{part}"] for subject, _ in PLANS]
        label = both[0].label.partition(": ")[2]
        rows.append([capitalised(label), *(_cell(figure) for figure in both)])
    return table(columns, rows, description=description, together=True)


_UPCOMING = (
    TableColumn("TT", 7, Align.CENTER),
    TableColumn("Nội dung", 52),
    TableColumn("Đến (từ) nước, địa điểm", 26),
    TableColumn("Thời gian", 24),
    TableColumn("Cơ quan, đơn vị", 34),
)
_PLACE_FIELDS = ("countries", "venue")


def _upcoming(figures: Figures, description: str) -> str:
    """The rows of the approved plan that are yet to come, by their times; "" where there is none."""
    cells: list[list[str | TableCell]] = []
    for subject in PLANNED:
        selection = figures.selections.get(REMAINING + subject.id)
        rows = in_time(selection.counted) if selection else ()
        if rows:
            heading = f"{subject.label}: {number(len(rows))}"
            cells.append([TableCell(heading, len(_UPCOMING), bold=True, align=Align.LEFT)])
            cells += [[str(i), *_planned_row(row)] for i, row in enumerate(rows, 1)]
    return table(_UPCOMING, cells, description=description) if cells else ""


def _planned_row(row: ConsolidatedRow) -> tuple[str, ...]:
    record = row.record
    place = next((record.text(field) for field in _PLACE_FIELDS if record.text(field)), "")
    return record.text("name"), place, record.text("period"), row.agency
