"""The guidance sheet (Hướng dẫn): what to fill in where, by which rules, until when, and what the colours say."""

from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from doingoai_cli.blank import formulas
from doingoai_cli.blank.guidance_texts import column_rows, entry_rules, introduction, rule_lines
from doingoai_cli.blank.printing import height, set_up_sheet
from doingoai_cli.blank.sheets import Lists
from doingoai_cli.blank.styles import SIGNALS, FormStyles
from doingoai_cli.blank.values import FormLimits, Occasion
from doingoai_cli.model.forms import FormSpec, fill_years
from doingoai_cli.model.own_files import GUIDANCE_SHEET

_WIDTHS = (9, 26, 52, 44, 40)
_SIZES = {"guide_title": 15, "guide_heading": 13}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


class _GuidanceSheet:
    """The sheet with the row that is written next."""

    def __init__(self, sheet: Worksheet, styles: FormStyles) -> None:
        self.sheet = sheet
        self.styles = styles
        self.row = 0
        self._sections = iter(_ROMAN)

    def wide(self, text: str, look: str, *, space: float = 2) -> None:
        """A text over the whole width."""
        self.sheet.merge_range(self.row, 0, self.row, len(_WIDTHS) - 1, text, self.styles[look])
        self.sheet.set_row(self.row, height([text], [sum(_WIDTHS)], _SIZES.get(look, 12)) + space)
        self.row += 1

    def heading(self, text: str) -> None:
        """A section's heading, numbered, with a blank row before it."""
        self.row += 1
        self.wide(f"{next(self._sections)}. {text}", "guide_heading", space=5)

    def line(self, texts: Sequence[str], looks: Sequence[str]) -> None:
        """A table row; fewer texts than columns: the last one runs to the right edge."""
        last = len(texts) - 1
        widths = []
        for index, (text, look) in enumerate(zip(texts, looks, strict=True)):
            stop = len(_WIDTHS) - 1 if index == last else index
            if stop > index:
                self.sheet.merge_range(self.row, index, self.row, stop, text, self.styles[look])
            else:
                self.sheet.write_string(self.row, index, text, self.styles[look])
            widths.append(sum(_WIDTHS[index : stop + 1]))
        self.sheet.set_row(self.row, height(texts, widths) + 2)
        self.row += 1


def write_guidance(
    book: xlsxwriter.Workbook,
    styles: FormStyles,
    specs: Sequence[FormSpec],
    occasion: Occasion,
    limits: FormLimits,
    long_lists: Mapping[tuple[str, ...], str],
) -> Lists:
    """Adds the guidance sheet; where each of `long_lists` (values → what they are for) stands on it.

    The drop-downs that are too long for a validation refer to it.
    """
    sheet = book.add_worksheet(GUIDANCE_SHEET)
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    page = _GuidanceSheet(sheet, styles)
    for text, look in introduction(specs, occasion):
        page.wide(text, look)
    _write_numbered(page, "CÁCH NHẬP", entry_rules(specs))
    _write_numbered(page, "QUY ĐỊNH CẦN TUÂN THỦ", rule_lines(specs, occasion, limits))
    _write_legend(page)
    _write_columns(page, specs, occasion)
    places = _write_lists(page, long_lists)
    _write_codes(page, occasion)
    set_up_sheet(sheet, GUIDANCE_SHEET)
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return places


def _write_numbered(page: _GuidanceSheet, heading: str, texts: Sequence[str]) -> None:
    if not texts:
        return
    page.heading(heading)
    for number, text in enumerate(texts, 1):
        page.wide(f"{number}. {text}", "guide_text")


def _write_legend(page: _GuidanceSheet) -> None:
    page.heading("MÀU BÁO HIỆU KHI NHẬP")
    for name, signal in SIGNALS.items():
        page.sheet.write_string(page.row, 0, "Mẫu màu", page.styles.swatch(name))
        last = len(_WIDTHS) - 1
        page.sheet.merge_range(page.row, 1, page.row, last, signal.meaning, page.styles["guide_cell"])
        page.sheet.set_row(page.row, 20)
        page.row += 1


def _write_columns(page: _GuidanceSheet, specs: Sequence[FormSpec], occasion: Occasion) -> None:
    page.sheet.set_h_pagebreaks([page.row + 1])
    page.heading("CÁCH GHI TỪNG CỘT")
    for spec in specs:
        page.row += 1
        title = fill_years(spec.title, occasion.cycle, occasion.province)
        page.wide(f"{spec.label}: {title}", "guide_label", space=4)
        page.line(("Cột", "Tên cột", "Cách ghi", "Ví dụ", "Không ghi"), ("heading",) * 5)
        looks = ("guide_center", "guide_cell", "guide_cell", "guide_cell", "guide_avoid")
        for texts in column_rows(spec, occasion):
            page.line(texts, looks)


def _write_lists(page: _GuidanceSheet, long_lists: Mapping[tuple[str, ...], str]) -> Lists:
    at = formulas.sheet_prefix(GUIDANCE_SHEET)
    places: dict[tuple[str, ...], str] = {}
    if long_lists:
        page.heading("DANH MỤC GỢI Ý (các danh sách chọn trong biểu mẫu lấy từ đây)")
    for values, label in long_lists.items():
        page.wide(label, "guide_label", space=4)
        places[values] = f"={at}$A${page.row + 1}:$A${page.row + len(values)}"
        for value in values:
            page.wide(value, "guide_cell")
    return places


def _write_codes(page: _GuidanceSheet, occasion: Occasion) -> None:
    if not occasion.codes:
        return
    page.heading("MÃ KIỂM TRA (ghi trong bản nhận xét gửi lại cơ quan, đơn vị)")
    page.line(("Mã", "Mức", "Nội dung"), ("heading",) * 3)
    for code in occasion.codes:
        page.line(
            (code.code, code.severity.word.capitalize(), code.text), ("guide_center", "guide_cell", "guide_cell")
        )
