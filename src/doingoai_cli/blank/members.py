"""The optional sheet of members (Danh sách thành viên)."""

from collections.abc import Sequence
from typing import Any

import xlsxwriter

from doingoai_cli.blank import formulas
from doingoai_cli.blank.printing import set_up_sheet
from doingoai_cli.blank.sheets import PROTECTION
from doingoai_cli.blank.styles import FormStyles
from doingoai_cli.model.own_files import MEMBER_COLUMNS, MEMBERS_SHEET

_ROWS = 200
_RULED_ROWS = 3
_WIDTHS = {"form": 14, "trip": 10, "name": 28, "title": 34, "agency": 34}
_PROMPTS = {
    "trip": "Số thứ tự (cột TT) của đoàn trong biểu mẫu đó.",
    "name": "Ghi rõ họ và tên; mỗi người một dòng, kể cả trưởng đoàn.",
    "title": "Ghi rõ chức vụ hiện tại.",
    "agency": "Cơ quan, đơn vị nơi công tác.",
}
_REMARK = "Không bắt buộc. Nếu liệt kê, ghi đủ mọi thành viên của đoàn để đối chiếu với cột Số thành viên."


def write_members(book: xlsxwriter.Workbook, styles: FormStyles, forms: Sequence[str]) -> None:
    """Adds the members sheet; `forms` are offered in its first column."""
    sheet = book.add_worksheet(MEMBERS_SHEET)
    last = len(MEMBER_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, MEMBERS_SHEET.upper(), styles["title"])
    sheet.merge_range(1, 0, 1, last, _REMARK, styles["attachment"])
    sheet.set_row(0, 24)
    first, end = 4, 4 + _ROWS
    for index, (field, label) in enumerate(MEMBER_COLUMNS):
        sheet.set_column(index, index, _WIDTHS[field])
        sheet.write_string(first - 1, index, label, styles["heading"])
        look = styles["center" if field in ("form", "trip") else "text"]
        for row in range(first, end):
            sheet.write_blank(row, index, None, look)
        prompt = f"Mẫu có đoàn đó: {' hoặc '.join(forms)}." if field == "form" else _PROMPTS[field]
        options: dict[str, Any] = {"validate": "any", "input_title": label, "input_message": prompt}
        if field == "form":
            options |= {"validate": "list", "source": list(forms), "error_type": "information",
                        "error_message": "Chọn mẫu trong danh sách."}  # fmt: skip
        sheet.data_validation(first, index, end - 1, index, options)
    for row in range(first, end):
        sheet.set_row(row, None, styles["free"])
    ruled = f"=OR(ROW()<ROW($A${first + 1})+{_RULED_ROWS},COUNTA($A{first + 1}:$E${end})>0)"
    sheet.conditional_format(
        first, 0, end - 1, last, {"type": "formula", "criteria": ruled, "format": styles.signal("ruled")}
    )
    sheet.set_row(first - 1, 22)
    sheet.freeze_panes(first, 0)
    set_up_sheet(sheet, MEMBERS_SHEET)
    sheet.repeat_rows(first - 1)
    sheet.protect("", dict(PROTECTION))
    at = formulas.sheet_prefix(MEMBERS_SHEET)
    rows = f"{at}$A${first + 1}:$E${end}"
    used = f'MAX(ROW({at}$A${first + 1})+{_RULED_ROWS - 1},SUMPRODUCT(MAX(({rows}<>"")*ROW({rows}))))'
    book.define_name(f"{at}_xlnm.Print_Area", f"=OFFSET({at}$A$1,0,0,{used},{len(MEMBER_COLUMNS)})")
