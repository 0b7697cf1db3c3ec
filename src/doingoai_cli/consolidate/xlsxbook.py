"""A `Book` as the bytes of an .xlsx, written with XlsxWriter."""

import io
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from doingoai_cli.consolidate.book import Book, Chart, Filter, Formula, Link, Row, Sheet, Value
from doingoai_cli.consolidate.styles import FONT, STYLES

MAX_TEXT = 32_767
CUT = " […còn nữa, xem tệp gốc]"
# Excel refuses a sheet with more links; further ones are written as text.
_MAX_LINKS = 65_000
_WHOLE_STEPS = 12
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}


def cell_text(text: str) -> str:
    """`text` as a cell can hold it: no control characters, at most 32,767 characters.

    What is cut off stays in the sender's file, and the cell says so.
    """
    text = _ILLEGAL.sub("", text)
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(CUT)] + CUT


def render(book: Book) -> bytes:
    """The workbook's bytes; the same book gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    workbook.set_properties({**book.properties, "created": datetime(book.year, 1, 1)})
    for name, value in book.marks.items():
        workbook.set_custom_property(name, value, "text")
    workbook.set_calc_mode("auto")
    formats = {name: workbook.add_format(dict(properties)) for name, properties in STYLES.items()}
    for sheet in book.sheets:
        _SheetWriter(workbook, formats).write(sheet)
    workbook.close()
    return buffer.getvalue()


class _SheetWriter:
    """One sheet on its way into the file."""

    def __init__(self, workbook: Any, formats: dict[str, Any]) -> None:
        self.workbook = workbook
        self.formats = formats
        self.links = 0

    def write(self, sheet: Sheet) -> None:
        page = self.workbook.add_worksheet(sheet.name)
        self.page = page
        _set_up(page, sheet)
        for col, width in enumerate(sheet.widths):
            hidden = sheet.hidden_from is not None and col >= sheet.hidden_from
            page.set_column(col, col, width, None, {"hidden": True} if hidden else {})
        for at, height in sheet.heights.items():
            page.set_row(at, height)
        for block in sheet.blocks:
            style = self.formats[block.style]
            if (block.bottom, block.right) != (block.row, block.col):
                page.merge_range(block.row, block.col, block.bottom, block.right, "", style)
            self._put(block.row, block.col, block.value, block.style)
        for number, row in enumerate(sheet.rows, sheet.first_row):
            self._row(number, row)
        for choice in sheet.choices:
            page.data_validation(
                choice.first_row, choice.col, choice.last_row, choice.col,
                {"validate": "list", "source": list(choice.options), "error_type": "warning",
                 "input_title": choice.title, "input_message": choice.message},
            )  # fmt: skip
        if sheet.filter:
            _filter(page, sheet.filter)
        for chart in sheet.charts:
            page.insert_chart(chart.row, chart.col, _chart(self.workbook, chart))
        for name, at_row, at_col in sheet.names:
            target = f"='{sheet.name}'!${_letters(at_col)}${at_row + 1}"
            self.workbook.define_name(name, target)

    def _row(self, number: int, row: Row) -> None:
        if row.height is not None or row.hidden:
            self.page.set_row(number, row.height, None, {"hidden": True} if row.hidden else {})
        for col, (value, style) in enumerate(zip(row.values, row.styles, strict=True)):
            self._put(number, col, value, style)
        for col, note in row.notes.items():
            self.page.write_comment(number, col, cell_text(note), {"font_name": FONT, "x_scale": 2})

    def _put(self, row: int, col: int, value: Value, style: str) -> None:
        if not style and value is None:
            return
        format_ = self.formats[style]
        if value is None or value == "":
            self.page.write_blank(row, col, None, format_)
        elif isinstance(value, str):
            self.page.write_string(row, col, cell_text(value), format_)
        elif isinstance(value, Formula):
            self.page.write_formula(row, col, "=" + value.text, format_, value.value)
        elif isinstance(value, Link):
            self._link(row, col, value, format_)
        else:
            self.page.write_number(row, col, value, format_)

    def _link(self, row: int, col: int, link: Link, format_: Any) -> None:
        self.links += 1
        if self.links > _MAX_LINKS:
            self.page.write_string(row, col, cell_text(link.text), format_)
        else:
            self.page.write_url(row, col, f"internal:{link.target}", format_, cell_text(link.text))


def _letters(col: int) -> str:
    from doingoai_cli.model.grid import column_letters

    return column_letters(col + 1)


def _set_up(page: Any, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(f'&L&"{FONT}"&9&A&R&"{FONT}"&9Trang &P/&N')
    page.hide_gridlines(2)
    page.freeze_panes(*sheet.freeze)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if sheet.repeat:
        page.repeat_rows(*sheet.repeat)
    if sheet.tab:
        page.set_tab_color(sheet.tab)


def _filter(page: Any, wanted: Filter) -> None:
    page.autofilter(wanted.heading_row, 0, wanted.last_row, wanted.last_col)
    for col, kept in wanted.kept.items():
        page.filter_column_list(col, list(kept))


def _chart(workbook: Any, wanted: Chart) -> Any:
    stacked = {"subtype": "stacked"} if wanted.kind == "bar" else {}
    chart = workbook.add_chart({"type": wanted.kind, **stacked})
    font = {"name": FONT, "size": 10}
    for series in wanted.series:
        chart.add_series(
            {"name": series.name, "categories": "=" + series.categories, "values": "=" + series.values,
             "fill": {"color": series.colour}, "gap": 60},
        )  # fmt: skip
    chart.set_title({"name": wanted.title, "name_font": {"name": FONT, "size": 12, "bold": True}})
    steps = {"major_unit": 1} if wanted.top <= _WHOLE_STEPS else {}
    values = {"num_font": font, "num_format": "0", "min": 0, "major_gridlines": {"visible": True}, **steps}
    categories = {"num_font": font, "major_gridlines": {"visible": False}, "reverse": wanted.kind == "bar"}
    lying = wanted.kind == "bar"  # its categories stand on the upright axis
    chart.set_x_axis(values if lying else categories)
    chart.set_y_axis(categories if lying else values)
    chart.set_legend({"position": "bottom", "font": font, "none": len(wanted.series) < 2})
    chart.set_size({"width": wanted.width, "height": wanted.height})
    return chart


Renderer = Callable[[Book], bytes]
"""What writes a book; `render` is the one at hand."""
