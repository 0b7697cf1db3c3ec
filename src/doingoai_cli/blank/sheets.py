"""A form spec, laid out, as a sheet of the blank workbook."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from doingoai_cli.blank import formulas
from doingoai_cli.blank.highlights import highlights
from doingoai_cli.blank.input_aids import EntryAid, Offer, WholeNumbers, entry_aids
from doingoai_cli.blank.layout import FormLayout, FreeRows, layout_of
from doingoai_cli.blank.occasion import SECTION, UNIT, FormLimits, Occasion, PrefilledRow
from doingoai_cli.blank.printing import column_widths, height, set_up_page
from doingoai_cli.blank.styles import FormStyles
from doingoai_cli.model.excel_limits import cell_text
from doingoai_cli.model.forms import FormSpec, SectionSpec
from doingoai_cli.model.grid import column_letters, quoted
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


class BlankSheet:
    """The sheet of one form, added to the workbook; `lists` holds the drop-downs of the guidance sheet."""

    def __init__(
        self, book: xlsxwriter.Workbook, styles: FormStyles, spec: FormSpec, occasion: Occasion, lists: Lists
    ) -> None:
        self._book, self._styles, self._spec, self._occasion, self._lists = book, styles, spec, occasion, lists
        self._sheet: Worksheet = book.add_worksheet(spec.sheet)
        self._widths = column_widths(spec)
        self._kinds = column_types(spec.record_model)

    def write(self, limits: FormLimits, rows: Sequence[PrefilledRow], agency_line: str) -> None:
        """The form with the rows that it starts with."""
        layout = layout_of(self._spec, Counter(row.get(SECTION, "") for row in rows))
        self._top(layout, agency_line)
        if self._spec.count_line:
            self._count_line(layout, rows)
        self._heading(layout)
        for block in layout.blocks:
            first = block is layout.blocks[0]
            own = [r for r in rows if r.get(SECTION, "") == block.section or (first and not r.get(SECTION))]
            self._block(block)
            self._rows(block, own)
            if section := self._spec.section(block.section):
                self._section(block, section, own)
        self._notes(layout)
        for aid in entry_aids(layout, limits, self._occasion):
            self._validate(aid)
        for mark in highlights(layout, limits, self._occasion):
            where = f"{mark.columns[0]}{mark.block.first}:{mark.columns[1]}{mark.block.last}"
            look = self._styles.signal(mark.look)
            self._sheet.conditional_format(where, {"type": "formula", "criteria": mark.formula, "format": look})
        set_up_page(self._sheet, layout)
        self._sheet.protect("", dict(PROTECTION))
        heading = f"={quoted(self._spec.sheet)}!$A${layout.heading}"
        self._book.define_name(form_name(self._spec.id, self._spec.version), heading)

    def _looks(self) -> list[Format]:
        """The format of each column's free cells."""

        def look(field: str) -> str:
            if field == "ordinal" or self._kinds[field] is Tick:
                return "center"
            return "count_cell" if self._kinds[field] is Count else "text"

        return [self._styles[look(column.field)] for column in self._spec.columns]

    def _over(self, row: int, first: int, last: int, text: str, look: str) -> None:
        """A text over columns `first` to `last` (1-based) of a row."""
        if first == last:
            self._sheet.write_string(row - 1, first - 1, text, self._styles[look])
        else:
            self._sheet.merge_range(row - 1, first - 1, row - 1, last - 1, text, self._styles[look])

    def _top(self, layout: FormLayout, agency_line: str) -> None:
        half = layout.width - 4
        self._over(1, 1, half, agency_line, "agency")
        self._sheet.write_blank(0, half, None, self._styles["agency"])
        self._over(1, half + 2, layout.width, self._spec.label, "label")
        gaps = (2, layout.attachment, layout.count)
        for row, points in ((1, 20), (layout.title, 22), *((gap, _GAP) for gap in gaps)):
            self._sheet.set_row(row - 1, points)
        self._over(layout.title, 1, layout.width, self._occasion.filled(self._spec.title), "title")
        if self._spec.attachment:
            attachment = self._occasion.filled(self._spec.attachment)
            self._over(layout.attachment, 1, layout.width, attachment, "attachment")
            self._sheet.set_row(layout.attachment - 1, _LINE)

    def _count_line(self, layout: FormLayout, rows: Sequence[PrefilledRow]) -> None:
        self._over(layout.count, 1, layout.width, "", "count")
        named = sum(1 for row in rows if row.get("name"))
        stated = self._spec.count_line.replace("…", str(named))
        formula = formulas.count_line(layout)
        self._sheet.write_formula(layout.count - 1, 0, formula, self._styles["count"], stated)
        self._sheet.set_row(layout.count - 1, 20)

    def _heading(self, layout: FormLayout) -> None:
        top, bottom, look = layout.heading - 1, layout.heading_end - 1, self._styles["heading"]
        columns = self._spec.columns
        for index, (column, width) in enumerate(zip(columns, self._widths, strict=True)):
            self._sheet.set_column(index, index, width)
            self._sheet.write_string(layout.numbers - 1, index, column.number, self._styles["numbers"])
            if not column.group and top != bottom:
                self._sheet.merge_range(top, index, bottom, index, column.label, look)
            else:
                self._sheet.write_string(bottom, index, column.label, look)
        for name in dict.fromkeys(column.group for column in columns if column.group):
            places = [index for index, column in enumerate(columns, 1) if column.group == name]
            self._over(layout.heading, places[0], places[-1], name, "heading")
        whole = height([column.label for column in columns], [width * _BOLD for width in self._widths])
        rows = bottom - top + 1
        for row in range(top, bottom + 1):
            self._sheet.set_row(row, max(whole / rows, _LINE) + 4)
        self._sheet.freeze_panes(layout.numbers, 2)

    def _block(self, block: FreeRows) -> None:
        looks = self._looks()
        for row in range(block.first - 1, block.last):
            # The whole row is unlocked: Excel deletes no row that has a locked cell.
            self._sheet.set_row(row, _OPEN_ROW if row < block.opened else _LOW_ROW, self._styles["free"])
            for index, look in enumerate(looks):
                self._sheet.write_blank(row, index, None, look)
        self._sheet.set_row(block.end - 1, 5, self._styles["end"])

    def _rows(self, block: FreeRows, rows: Sequence[PrefilledRow]) -> None:
        columns, looks = self._spec.columns, self._looks()
        for row, values in enumerate(rows, block.first - 1):
            if values.get(UNIT):
                self._over(row + 1, 1, len(columns), values[UNIT], "unit")
                continue
            texts = [values.get(column.field, "") for column in columns]
            self._sheet.set_row(row, max(height(texts, self._widths), _OPEN_ROW), self._styles["free"])
            for index, (column, text, look) in enumerate(zip(columns, texts, looks, strict=True)):
                if not text:
                    continue
                if self._kinds[column.field] in (Count, Breakdown) and text.isascii() and text.isdigit():
                    self._sheet.write_number(row, index, int(text), look)
                else:
                    self._sheet.write_string(row, index, cell_text(text), look)

    def _section(self, block: FreeRows, section: SectionSpec, rows: Sequence[PrefilledRow]) -> None:
        """The section's title and the row of totals that closes it."""
        columns = self._spec.columns
        self._over(block.above, 1, len(columns), self._occasion.filled(section.title), "section")
        self._sheet.set_row(block.above - 1, 20)
        if not block.total:
            return
        self._over(block.total, 1, 2, section.total, "total")
        self._sheet.set_row(block.total - 1, 20)
        for index, column in enumerate(columns[2:], 2):
            if column.field not in section.total_fields:
                self._sheet.write_blank(block.total - 1, index, None, self._styles["total"])
                continue
            formula = formulas.total(column_letters(index + 1), block)
            place = (block.total - 1, index, block.total - 1, index)
            stated = formulas.total_of([row.get(column.field, "") for row in rows])
            self._sheet.write_array_formula(*place, formula, self._styles["total_number"], stated)

    def _notes(self, layout: FormLayout) -> None:
        for row, note in enumerate(self._spec.notes, layout.notes):
            text = self._occasion.filled(note.text)
            text = f"{note.columns}: {text}" if note.columns else text
            self._over(row, 1, layout.width, text, "note")
            self._sheet.set_row(row - 1, height([text], [sum(self._widths)], 11))
        self._sheet.set_row(layout.notes - 2, _GAP)
        for row in range(layout.end, layout.end + _SIGNING_ROWS):
            self._sheet.set_row(row, None, self._styles["free"])

    def _validate(self, aid: EntryAid) -> None:
        options: dict[str, Any] = {
            "validate": "any", "input_title": aid.title, "input_message": aid.prompt, "ignore_blank": True,
            "error_type": aid.alert.value,
        }  # fmt: skip
        match aid.accepts:
            case Offer(values) as offer:
                options |= {"validate": "list", "source": list(values) if offer.inline else self._lists[values]}
            case WholeNumbers(least, None):
                options |= {"validate": "integer", "criteria": ">=", "value": least}
            case WholeNumbers(least, most):
                options |= {"validate": "integer", "criteria": "between", "minimum": least, "maximum": most}
        if aid.refusal:
            options |= {"error_title": aid.title, "error_message": aid.refusal}
        column = next(i for i, c in enumerate(self._spec.columns) if c.field == aid.field)
        self._sheet.data_validation(aid.block.first - 1, column, aid.block.last - 1, column, options)
