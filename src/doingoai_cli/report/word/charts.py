"""Native Word charts: XlsxWriter makes the chart with its workbook, both are carried into the document."""

import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from doingoai_cli.report.figures.compute import Figures
from doingoai_cli.report.figures.series import Series
from doingoai_cli.report.figures.subjects import PLANS
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.report.outline import COMPARISON, EXECUTION, ChartSpec
from doingoai_cli.report.word.decree30 import FONT, PORTRAIT
from doingoai_cli.report.word.figure_tables import OTHERS
from doingoai_cli.report.word.markup import drawing
from doingoai_cli.report.word.package import WordPackage
from doingoai_cli.report.word.package_parts import DATA_ID

_HEIGHT_MM = 68
_BAR_MM = 8
"""How high a lying bar with its label is."""
_SHEET = "Số liệu"
_PRINTING = re.compile(rb"<c:printSettings>.*</c:printSettings>", re.DOTALL)
# What is left out here counts as shown for some readers.
_VALUES_ONLY = b"".join(
    b'<c:show%s val="%d"/>' % (name, name == b"Val")
    for name in (b"LegendKey", b"Val", b"CatName", b"SerName", b"Percent", b"BubbleSize")
)
_BLACK_AND_GREYS = ("#404040", "#A6A6A6")


class _Data(NamedTuple):
    """What a chart shows: labels, and one or two rows of numbers."""

    labels: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]
    horizontal: bool


class Charts:
    """Adds charts to a package, one after another."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._count = 0

    def draw(self, spec: ChartSpec, figures: Figures, caption: str) -> str:
        """A paragraph with the chart; "" where there is nothing to show."""
        data = _data(spec, figures)
        if not data.labels or not any(any(values) for values in data.values):
            return ""
        self._count += 1
        rel_id = self._add(*_made(data))
        height = max(_HEIGHT_MM, _BAR_MM * len(data.labels)) if data.horizontal else _HEIGHT_MM
        graphic = (
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart r:id="{rel_id}"/></a:graphicData>'
        )
        size, name = (PORTRAIT.room, height), f"Biểu đồ {self._count}"
        return drawing(size, self._count, name, f"{caption}: {_spoken(data)}", graphic)

    def _add(self, chart: bytes, book: bytes) -> str:
        source = f'<c:externalData r:id="{DATA_ID}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
        return self._package.add_chart(
            _PRINTING.sub(b"", chart).replace(b"</c:chartSpace>", source.encode()), book
        )


def _data(spec: ChartSpec, figures: Figures) -> _Data:
    if spec.of == EXECUTION:
        ids = ("execution.{}.planned", "execution.{}.carried_out")
        return _directions(figures, ids, ("Kế hoạch được duyệt", "Đã thực hiện"))
    if spec.of == COMPARISON:
        names = (figures.window.before.label, figures.window.label)
        return _directions(figures, ("previous.{}.delegations", "{}.delegations"), names)
    series = figures.series[spec.of]
    months = spec.of.endswith(("by_month", "by_quarter"))
    bars = _months(series, figures.window) if spec.of.endswith("by_month") else _bars(series, spec.limit)
    labels, values = tuple(label for label, _ in bars), tuple(value for _, value in bars)
    return _Data(labels, (series.columns[0],), (values,), not months)


def _bars(series: Series, limit: int) -> list[tuple[str, int]]:
    """One bar a line; where they are too many, the last one stands for the rest, each row counted once."""
    shown, rest = series.cut(limit)
    bars = [(line.label, int(line.values[0] or 0)) for line in shown]
    if rest:
        rows = {id(row) for line in rest for row in line.rows}
        bars.append((f"{OTHERS} ({len(rest)})", len(rows)))
    return bars


def _months(series: Series, window: Window) -> list[tuple[str, int]]:
    """Every month of the window, those without a delegation too, then what has no month."""
    counts = {line.key: int(line.values[0] or 0) for line in series.lines}
    last = window.month_of(window.end) or window.last
    bars = [(f"Tháng {month}", counts.get(f"{month:02d}", 0)) for month in range(window.first, last + 1)]
    undated = [(line.label, int(line.values[0] or 0)) for line in series.lines if line.key == "~"]
    return bars + undated


def _directions(figures: Figures, ids: tuple[str, str], names: tuple[str, str]) -> _Data:
    """Two figures of each direction of delegations side by side, where both are at hand."""
    found = [(subject, [figures.items[name.format(subject.id)].value for name in ids]) for subject, _ in PLANS]
    shown = [(subject.label, values) for subject, values in found if None not in values]
    columns = tuple(tuple(int(values[at] or 0) for _, values in shown) for at in range(2))
    return _Data(tuple(label for label, _ in shown), names, columns, False)


def _spoken(data: _Data) -> str:
    """The numbers of a chart as text, for those who cannot see it."""
    return "; ".join(
        f"{label} "
        + ", ".join(f"{name} {values[i]}" for name, values in zip(data.names, data.values, strict=True))
        for i, label in enumerate(data.labels)
    )


def _made(data: _Data) -> tuple[bytes, bytes]:
    """The chart's XML, and the workbook that it is drawn from."""
    from xlsxwriter import Workbook  # 50 ms: most documents have no chart

    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        sheet = book.add_worksheet(_SHEET)
        sheet.write_row(0, 1, data.names)
        sheet.write_column(1, 0, data.labels)
        for column, values in enumerate(data.values, 1):
            sheet.write_column(1, column, values)
        sheet.insert_chart(0, 4, _chart(book, data))
    made = buffer.getvalue()
    with zipfile.ZipFile(BytesIO(made)) as archive:
        chart = archive.read("xl/charts/chart1.xml")
    return chart.replace(b'<c:showVal val="1"/>', _VALUES_ONLY), made


def _chart(book: Any, data: _Data) -> Any:
    chart = book.add_chart({"type": "bar" if data.horizontal else "column"})
    last = len(data.labels)
    font = {"name": FONT, "size": 11, "color": "#000000"}
    for column in range(1, len(data.names) + 1):
        chart.add_series(
            {
                "name": [_SHEET, 0, column],
                "categories": [_SHEET, 1, 0, last, 0],
                "values": [_SHEET, 1, column, last, column],
                "fill": {"color": _BLACK_AND_GREYS[(column - 1) % 2]},
                "data_labels": {"value": True, "font": font},
                "gap": 60,
            }
        )
    # Else every second label may be left out.
    category = {"num_font": font, "reverse": data.horizontal, "major_tick_mark": "none", "interval_unit": 1}
    value = {"num_font": font, "visible": False, "major_gridlines": {"visible": False}, "min": 0}
    # The library calls the category axis of a bar chart its y axis.
    chart.set_x_axis(value if data.horizontal else category)
    chart.set_y_axis(category if data.horizontal else value)
    chart.set_chartarea({"border": {"none": True}})
    chart.set_legend({"none": True} if len(data.names) == 1 else {"position": "bottom", "font": font})
    chart.set_title({"none": True})
    return chart
