"""A form spec, laid out, as a sheet of the blank workbook."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from doingoai_cli.blank import formulas
from doingoai_cli.blank.highlights import Highlight, highlights
from doingoai_cli.blank.input_aids import EntryAid, Offer, WholeNumbers, entry_aids
from doingoai_cli.blank.layout import FormLayout, FreeRows, layout_of
from doingoai_cli.blank.occasion import SECTION, UNIT, FormLimits, Occasion, Prefill, PrefilledRow
from doingoai_cli.blank.printing import column_widths, height, set_up_page
from doingoai_cli.blank.styles import FormStyles
from doingoai_cli.model.excel_limits import cell_text
from doingoai_cli.model.forms import FormSpec, SectionSpec, fill_years
from doingoai_cli.model.grid import column_letters
from doingoai_cli.model.own_files import form_name
from doingoai_cli.model.records import column_types
from doingoai_cli.model.values import Tick
from doingoai_cli.vietnamese.breakdowns import Breakdown
from doingoai_cli.vietnamese.counts import Count

_LINE = 16.5
"""The height of one line of 12 point text."""
_BOLD = 0.9
"""Bold letters are wider than the widths are reckoned for."""
_GAP = 6
"""The height of a row at the top that holds nothing."""
_SIGNING_ROWS = 12
"""Rows below the notes that are not locked, for a date and a signature."""
_OPEN_ROW = 24
"""The height of a row that is open, until the application fits it to what is typed."""
_LOW_ROW = 0.75
"""The height of a free row that is not open yet: one pixel, until the application fits it to what is typed."""
Lists = Mapping[tuple[str, ...], str]
"""Drop-down values → the range of the guidance sheet that holds them."""

PROTECTION = {
    "format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True,
    "sort": True, "autofilter": True, "insert_hyperlinks": True,
}  # fmt: skip
"""What stays allowed under the protection (which has no password)."""


def write_form(
    book: xlsxwriter.Workbook,
    styles: FormStyles,
    spec: FormSpec,
    occasion: Occasion,
    limits: FormLimits,
    prefill: Prefill,
    lists: Lists,
    agency_line: str,
) -> None:
    """Adds the form's sheet to the workbook."""
    rows = prefill.get(spec.id, ())
    layout = layout_of(spec, Counter(row.get(SECTION, "") for row in rows))
    sheet = book.add_worksheet(spec.sheet)
    _write_top(sheet, styles, layout, occasion, agency_line)
    if spec.count_line:
        _write_count_line(sheet, styles, layout, rows)
    _write_heading(sheet, styles, layout)
    for block in layout.blocks:
        first = block is layout.blocks[0]
        own = [row for row in rows if row.get(SECTION, "") == block.section or (first and not row.get(SECTION))]
        _write_block(sheet, styles, layout, block)
        _write_rows(sheet, styles, layout, block, own)
        if section := spec.section(block.section):
            _write_section(sheet, styles, layout, block, section, own, occasion)
    _write_notes(sheet, styles, layout, occasion)
    for aid in entry_aids(layout, limits, occasion):
        _validate(sheet, layout, aid, lists)
    for mark in highlights(layout, limits, occasion):
        _highlight(sheet, styles, mark)
    set_up_page(sheet, layout)
    sheet.protect("", dict(PROTECTION))
    prefix = formulas.sheet_prefix(spec.sheet)
    book.define_name(form_name(spec.id, spec.version), f"={prefix}$A${layout.heading}")


def _merge(sheet: Worksheet, row: int, first: int, last: int, text: str, look: Any) -> None:
    """A text over columns `first` to `last` (1-based) of a row."""
    if first == last:
        sheet.write_string(row - 1, first - 1, text, look)
    else:
        sheet.merge_range(row - 1, first - 1, row - 1, last - 1, text, look)


def _write_top(
    sheet: Worksheet, styles: FormStyles, layout: FormLayout, occasion: Occasion, agency_line: str
) -> None:
    spec, width = layout.spec, layout.width
    half = width - 4
    _merge(sheet, 1, 1, half, agency_line, styles["agency"])
    sheet.write_blank(0, half, None, styles["agency"])
    _merge(sheet, 1, half + 2, width, spec.label, styles["label"])
    for row, points in ((1, 20), (2, _GAP), (layout.title, 22), (layout.attachment, _GAP), (layout.count, _GAP)):
        sheet.set_row(row - 1, points)
    title = fill_years(spec.title, occasion.cycle, occasion.province)
    _merge(sheet, layout.title, 1, width, title, styles["title"])
    if spec.attachment:
        line = fill_years(spec.attachment, occasion.cycle, occasion.province)
        _merge(sheet, layout.attachment, 1, width, line, styles["attachment"])
        sheet.set_row(layout.attachment - 1, _LINE)


def _write_count_line(
    sheet: Worksheet, styles: FormStyles, layout: FormLayout, rows: Sequence[PrefilledRow]
) -> None:
    _merge(sheet, layout.count, 1, layout.width, "", styles["count"])
    named = sum(1 for row in rows if row.get("name"))
    stated = layout.spec.count_line.replace("…", str(named))
    sheet.write_formula(layout.count - 1, 0, formulas.count_line(layout), styles["count"], stated)
    sheet.set_row(layout.count - 1, 20)


def _write_heading(sheet: Worksheet, styles: FormStyles, layout: FormLayout) -> None:
    top, bottom, look = layout.heading - 1, layout.heading_end - 1, styles["heading"]
    columns, widths = layout.spec.columns, column_widths(layout.spec)
    for index, (column, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(index, index, width)
        sheet.write_string(layout.numbers - 1, index, column.number, styles["numbers"])
        if not column.group and top != bottom:
            sheet.merge_range(top, index, bottom, index, column.label, look)
        else:
            sheet.write_string(bottom, index, column.label, look)
    for name in dict.fromkeys(column.group for column in columns if column.group):
        places = [index for index, column in enumerate(columns, 1) if column.group == name]
        _merge(sheet, layout.heading, places[0], places[-1], name, look)
    whole = height([column.label for column in columns], [width * _BOLD for width in widths])
    rows = bottom - top + 1
    for row in range(top, bottom + 1):
        sheet.set_row(row, max(whole / rows, _LINE) + 4)
    sheet.freeze_panes(layout.numbers, 2)


def _looks(layout: FormLayout) -> list[str]:
    """The format of each column's free cells."""
    kinds = column_types(layout.spec.record_model)

    def look(field: str) -> str:
        if field == "ordinal" or kinds[field] is Tick:
            return "center"
        if kinds[field] is Count:
            return "count_cell"
        return "text"

    return [look(column.field) for column in layout.spec.columns]


def _write_block(sheet: Worksheet, styles: FormStyles, layout: FormLayout, block: FreeRows) -> None:
    looks = [styles[look] for look in _looks(layout)]
    for row in range(block.first - 1, block.last):
        # The whole row is unlocked: Excel deletes no row that has a locked cell.
        sheet.set_row(row, _OPEN_ROW if row < block.opened else _LOW_ROW, styles["free"])
        for index, look in enumerate(looks):
            sheet.write_blank(row, index, None, look)
    sheet.set_row(block.end - 1, 5, styles["end"])


def _write_section(
    sheet: Worksheet,
    styles: FormStyles,
    layout: FormLayout,
    block: FreeRows,
    section: SectionSpec,
    rows: Sequence[PrefilledRow],
    occasion: Occasion,
) -> None:
    """The section's title and the row of totals that closes it."""
    title = fill_years(section.title, occasion.cycle, occasion.province)
    _merge(sheet, block.above, 1, layout.width, title, styles["section"])
    sheet.set_row(block.above - 1, 20)
    if not block.total:
        return
    _merge(sheet, block.total, 1, 2, section.total, styles["total"])
    sheet.set_row(block.total - 1, 20)
    for index, column in enumerate(layout.spec.columns[2:], 2):
        if column.field not in section.total_fields:
            sheet.write_blank(block.total - 1, index, None, styles["total"])
            continue
        formula = formulas.total(column_letters(index + 1), block)
        place = (block.total - 1, index, block.total - 1, index)
        stated = formulas.total_of([row.get(column.field, "") for row in rows])
        sheet.write_array_formula(*place, formula, styles["total_number"], stated)


def _write_rows(
    sheet: Worksheet, styles: FormStyles, layout: FormLayout, block: FreeRows, rows: Sequence[PrefilledRow]
) -> None:
    kinds, looks, widths = column_types(layout.spec.record_model), _looks(layout), column_widths(layout.spec)
    for number, values in enumerate(rows):
        row = block.first - 1 + number
        if values.get(UNIT):
            sheet.merge_range(row, 0, row, layout.width - 1, values[UNIT], styles["unit"])
            continue
        texts = [values.get(column.field, "") for column in layout.spec.columns]
        sheet.set_row(row, max(height(texts, widths), _OPEN_ROW), styles["free"])
        for index, (column, text) in enumerate(zip(layout.spec.columns, texts, strict=True)):
            if not text:
                continue
            if kinds[column.field] in (Count, Breakdown) and text.isascii() and text.isdigit():
                sheet.write_number(row, index, int(text), styles[looks[index]])
            else:
                sheet.write_string(row, index, cell_text(text), styles[looks[index]])


def _write_notes(sheet: Worksheet, styles: FormStyles, layout: FormLayout, occasion: Occasion) -> None:
    width = sum(column_widths(layout.spec))
    for row, note in enumerate(layout.spec.notes, layout.notes):
        text = fill_years(note.text, occasion.cycle, occasion.province)
        text = f"{note.columns}: {text}" if note.columns else text
        _merge(sheet, row, 1, layout.width, text, styles["note"])
        sheet.set_row(row - 1, height([text], [width], 11))
    sheet.set_row(layout.notes - 2, _GAP)
    for row in range(layout.end, layout.end + _SIGNING_ROWS):
        sheet.set_row(row, None, styles["free"])


def _validate(sheet: Worksheet, layout: FormLayout, aid: EntryAid, lists: Lists) -> None:
    options: dict[str, Any] = {
        "validate": "any", "input_title": aid.title, "input_message": aid.prompt, "ignore_blank": True,
        "error_type": aid.alert.value,
    }  # fmt: skip
    match aid.accepts:
        case Offer(values) as offer:
            options |= {"validate": "list", "source": list(values) if offer.inline else lists[values]}
        case WholeNumbers(least, None):
            options |= {"validate": "integer", "criteria": ">=", "value": least}
        case WholeNumbers(least, most):
            options |= {"validate": "integer", "criteria": "between", "minimum": least, "maximum": most}
    if aid.refusal:
        options |= {"error_title": aid.title, "error_message": aid.refusal}
    column = next(i for i, c in enumerate(layout.spec.columns) if c.field == aid.field)
    sheet.data_validation(aid.block.first - 1, column, aid.block.last - 1, column, options)


def _highlight(sheet: Worksheet, styles: FormStyles, mark: Highlight) -> None:
    where = f"{mark.columns[0]}{mark.block.first}:{mark.columns[1]}{mark.block.last}"
    sheet.conditional_format(
        where, {"type": "formula", "criteria": mark.formula, "format": styles.signal(mark.look)}
    )
