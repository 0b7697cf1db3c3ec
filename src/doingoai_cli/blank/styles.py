"""How a blank workbook looks: Times New Roman, ruled tables, three signal colours."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format

FONT = "Times New Roman"
TEXT = "@"
COUNT = "00"
"""Counts as an office writes them: 5 shows as 05."""
TOTAL = "00;-00;"
"""A total of nothing shows as nothing."""
DEFAULT = {"font_name": FONT, "font_size": 12}
"""The font of cells without a format of their own."""


class SignalColour(NamedTuple):
    """A colour that a cell takes as one types, and what it says."""

    fill: str
    ink: str
    meaning: str
    of_ticks: str = ""
    """What it says besides in forms with the columns Trong KH, Ngoài KH."""

    def said(self, *, ticks: bool) -> str:
        """The meaning as a sentence; `ticks`: a form of the workbook has these columns."""
        return f"{self.meaning}{self.of_ticks if ticks else ''}."


SIGNALS: Mapping[str, SignalColour] = {
    "missing": SignalColour(
        "#FFF2CC", "#000000", "Ô bắt buộc còn trống trong dòng đang nhập",
        "; hoặc chưa đánh dấu đúng một trong hai cột Trong KH, Ngoài KH",
    ),
    "breach": SignalColour(
        "#FFC7CE", "#9C0006", "Trái quy định: vượt mức cho phép hoặc ghi chung chung; phải sửa"
    ),
    "caution": SignalColour(
        "#FFD8A8", "#7F3F00",
        "Cần xem lại: chưa đủ cụ thể, hoặc chỉ được trong trường hợp ngoại lệ và phải giải trình",
    ),
}  # fmt: skip

_ENTRY = {"locked": False, "text_wrap": True}
_BASE = {**DEFAULT, "valign": "vcenter"}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "agency": {"bold": True, "locked": False, "num_format": TEXT},
    "label": {"bold": True, "align": "right"},
    "title": {"bold": True, "font_size": 14, "align": "center", "text_wrap": True},
    "attachment": {"italic": True, "align": "center"},
    "count": {"bold": True},
    "heading": {"bold": True, "align": "center", "border": 1, "text_wrap": True, "bg_color": "#E7E6E6"},
    "numbers": {"italic": True, "align": "center", "border": 1, "font_size": 11},
    "section": {"bold": True, "border": 1, "text_wrap": True},
    "unit": {"bold": True, "border": 1, "locked": False, "num_format": TEXT},
    "total": {"bold": True, "border": 1, "align": "center"},
    "total_number": {"bold": True, "border": 1, "align": "center", "num_format": TOTAL},
    "end": {"font_size": 4},
    "note": {"italic": True, "font_size": 11, "text_wrap": True, "valign": "top"},
    "text": {**_ENTRY, "num_format": TEXT},
    "center": {**_ENTRY, "num_format": TEXT, "align": "center"},
    "count_cell": {**_ENTRY, "num_format": COUNT, "align": "center"},
    "free": {**_ENTRY},
    "guide_title": {"bold": True, "font_size": 15, "align": "center", "text_wrap": True},
    "guide_subtitle": {"italic": True, "align": "center", "text_wrap": True},
    "guide_heading": {"bold": True, "font_size": 13, "font_color": "#1F3864", "bottom": 1},
    "guide_text": {"text_wrap": True, "valign": "top"},
    "guide_cell": {"text_wrap": True, "valign": "top", "border": 1},
    "guide_center": {"text_wrap": True, "valign": "top", "align": "center", "border": 1},
    "guide_avoid": {"text_wrap": True, "valign": "top", "border": 1, "font_color": "#9C0006"},
    "guide_label": {"bold": True, "valign": "top"},
}


class FormStyles:
    """The formats of one workbook, made when first asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        if name not in self._made:
            self._made[name] = self._book.add_format({**_BASE, **_LOOKS[name]})
        return self._made[name]

    def signal(self, name: str) -> Format:
        """A conditional format's look: a signal colour, or the rules of a row in use."""
        key = f"signal:{name}"
        if key not in self._made:
            # The rules again in each colour: LibreOffice applies one conditional format a cell, Excel all.
            look: dict[str, Any] = {"border": 1}
            if name in SIGNALS:
                look |= {"bg_color": SIGNALS[name].fill, "font_color": SIGNALS[name].ink}
            self._made[key] = self._book.add_format(look)
        return self._made[key]

    def swatch(self, name: str) -> Format:
        """A cell that shows a signal colour in the legend."""
        key = f"swatch:{name}"
        if key not in self._made:
            fill = SIGNALS[name].fill
            self._made[key] = self._book.add_format({**_BASE, "bg_color": fill, "border": 1, "align": "center"})
        return self._made[key]
