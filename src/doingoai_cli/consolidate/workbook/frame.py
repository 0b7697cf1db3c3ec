"""A `Book` without its rows, by XlsxWriter: styles, headings, charts, lists to choose from, print set-up."""

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from doingoai_cli.consolidate.workbook.book import Book, BookSheet, Chart, Formula
from doingoai_cli.model.excel_limits import cell_text
from doingoai_cli.model.grid import column_letters, quoted

# --- how the consolidated workbook looks: named styles, severity fills, fonts --------------------------------

FONT = "Times New Roman"
SEVERITY_FILLS = {"error": "#F8CBAD", "warning": "#FFF2CC", "info": "#DDEBF7"}
_BODY: Mapping[str, Any] = {
    "font_name": FONT,
    "font_size": 11,
    "valign": "top",
    "text_wrap": True,
    "border": 1,
    "border_color": "#A6A6A6",
}
_CENTRE = {**_BODY, "align": "center"}
_HEAD = {
    **_BODY,
    "bold": True,
    "align": "center",
    "valign": "vcenter",
    "bg_color": "#DCE6F1",
    "border_color": "#7F7F7F",
}
_PLAIN = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}

_BASE: Mapping[str, Mapping[str, Any]] = {
    "text": _BODY,
    "centre": _CENTRE,
    "small": {**_BODY, "font_size": 9, "font_color": "#595959"},
    # A space keeps it apart from the next column: LibreOffice ignores an indent there.
    "number": {**_BODY, "align": "right", "num_format": "#,##0_)"},
    "review": {**_BODY, "bg_color": "#F2F9EC"},
    "link": {**_BODY, "font_color": "#0563C1", "underline": 1},
    "codes": {**_BODY, "font_size": 10, "font_color": "#C00000"},
    "rate": {**_BODY, "align": "right", "indent": 1, "num_format": "General"},
    "year": {**_CENTRE, "num_format": "0"},
    "hidden": {"font_name": FONT, "font_size": 9, "font_color": "#7F7F7F"},
    "head": _HEAD,
    "head.review": {**_HEAD, "bg_color": "#C6E0B4"},
    "head.other": {**_HEAD, "bg_color": "#EDEDED"},
    "numbers": {**_HEAD, "bold": False, "italic": True, "font_size": 9},
    "section": {**_BODY, "bold": True, "bg_color": "#F2F2F2"},
    "section.title": {**_BODY, "bold": True, "bg_color": "#F2F2F2", "text_wrap": False},
    "total": {**_BODY, "bold": True, "align": "center", "bg_color": "#F2F2F2", "num_format": "#,##0"},
    "title": {**_PLAIN, "bold": True, "font_size": 14, "align": "center", "text_wrap": True},
    "subtitle": {**_PLAIN, "italic": True, "align": "center", "text_wrap": True},
    "note": {**_PLAIN, "italic": True, "text_wrap": True, "valign": "top"},
    "line": {**_PLAIN, "bold": True, "align": "left"},
    "heading": {**_PLAIN, "bold": True, "font_size": 12, "font_color": "#1F3864"},
}


_MARKED = ("text", "centre", "number")
"""Of a cell in which something was found, or which an officer edited."""
STYLES: Mapping[str, Mapping[str, Any]] = {
    **_BASE,
    **{f"{n}.{s}": {**_BASE[n], "bg_color": fill} for n in _MARKED for s, fill in SEVERITY_FILLS.items()},
    **{f"{n}.edited": {**_BASE[n], "bg_color": "#E2EFDA", "italic": True} for n in _MARKED},
}
"""Style name → format properties in XlsxWriter's words."""


# --- the frame --------------------------------------------------------------------------------------------

_WHOLE_STEPS = 12

_OPTIONS = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}

# Columns are as wide in LibreOffice as in Excel: both have the digits of this font, not those of Calibri.
_DEFAULT_FORMAT = {"font_name": FONT, "font_size": 11}


def frame_of(book: Book, folder: Path) -> bytes:
    """The whole package but the rows, by way of temporary files in `folder`: what is stored of rows is long.

    OSError where they cannot be written.
    """
    import xlsxwriter  # 50 ms: not for what only reads workbooks

    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        buffer, {**_OPTIONS, "tmpdir": str(folder), "default_format_properties": {**_DEFAULT_FORMAT}}
    )  # it adds to them
    workbook.set_properties({**book.properties, "created": datetime(book.year, 1, 1)})
    for name, value in book.custom.items():
        workbook.set_custom_property(name, value, "text")
    workbook.set_calc_mode("auto")
    formats = {name: workbook.add_format(dict(properties)) for name, properties in STYLES.items()}
    for number, sheet in enumerate(book.sheets):
        page = workbook.add_worksheet(sheet.name)
        if number == 0:  # one blank cell of each style, to learn the numbers that the package gives them
            for col, format_ in enumerate(formats.values()):
                page.write_blank(sheet.first_row, col, None, format_)
        _write_frame(workbook, page, sheet, formats)
    try:
        workbook.close()
    except xlsxwriter.exceptions.FileCreateError as error:  # it wraps what the disk said
        raise error.args[0] from error
    return buffer.getvalue()


def _write_frame(workbook: Any, page: Any, sheet: BookSheet, formats: Mapping[str, Any]) -> None:
    _set_up(page, sheet)
    for col, width in enumerate(sheet.widths):
        hidden = col in sheet.hidden_columns or (sheet.hidden_from is not None and col >= sheet.hidden_from)
        page.set_column(col, col, width, None, {"hidden": True} if hidden else {})
    for row, height in sheet.heights.items():
        page.set_row(row, height)
    for block in sheet.blocks:
        style = formats[block.style]
        if (block.bottom, block.right) != (block.row, block.col):
            page.merge_range(block.row, block.col, block.bottom, block.right, "", style)
        if isinstance(block.value, Formula):
            page.write_formula(block.row, block.col, "=" + block.value.text, style, block.value.value)
        elif block.value:
            page.write_string(block.row, block.col, cell_text(block.value), style)
        else:
            page.write_blank(block.row, block.col, None, style)
    for choice in sheet.choices:
        page.data_validation(
            choice.first_row, choice.col, choice.last_row, choice.col,
            {"validate": "list", "source": list(choice.options), "error_type": "warning",
             "input_title": choice.title, "input_message": choice.message},
        )  # fmt: skip
    for chart in sheet.charts:
        page.insert_chart(chart.row, chart.col, _chart(workbook, chart))
    for at, col, note in sheet.notes:
        page.write_comment(at, col, cell_text(note), {"font_name": FONT, "x_scale": 2})
    for name, at_row, at_col in sheet.names:
        workbook.define_name(name, f"={quoted(sheet.name)}!${column_letters(at_col + 1)}${at_row + 1}")


def _set_up(page: Any, sheet: BookSheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    if sheet.scale:
        page.set_print_scale(sheet.scale)
        page.set_h_pagebreaks(sheet.breaks)
    else:
        page.fit_to_pages(1, 1 if sheet.one_page else 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(f'&L&"{FONT}"&9&A&R&"{FONT}"&9Trang &P/&N')
    page.hide_gridlines(2)
    page.freeze_panes(*sheet.freeze)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if sheet.repeat:
        page.repeat_rows(*sheet.repeat)
    if sheet.tab:
        page.set_tab_color(sheet.tab)
    if sheet.hidden:
        page.very_hidden()
    if sheet.filter:
        page.autofilter(sheet.filter.heading_row, 0, sheet.filter.last_row, sheet.filter.last_col)
        for col, shown in sheet.filter.shown.items():
            page.filter_column_list(col, list(shown))


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
