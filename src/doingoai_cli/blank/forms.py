"""Form specs → blank workbooks (mẫu trống) with their list of members; one package serves a whole roster."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape  # `xml.sax.saxutils` would load half of `urllib`
from typing import Any

import xlsxwriter

from doingoai_cli.blank.guidance import write_guidance
from doingoai_cli.blank.input_aids import Offer, entry_aids
from doingoai_cli.blank.layout import layout_of
from doingoai_cli.blank.occasion import FormLimits, Occasion, Prefill
from doingoai_cli.blank.printing import set_up_sheet
from doingoai_cli.blank.sheets import PROTECTION, BlankSheet
from doingoai_cli.blank.styles import DEFAULT, FormStyles
from doingoai_cli.model import own_files
from doingoai_cli.model.excel_limits import free_name
from doingoai_cli.model.forms import Direction, FormSpec
from doingoai_cli.model.grid import quoted
from doingoai_cli.model.own_files import MEMBER_COLUMNS, MEMBERS_SHEET
from doingoai_cli.vietnamese.text import clean

_AGENCY = "{{doingoai.agency}}"
"""Stands for the agency's name in a prepared package."""
_STAMPED = ("xl/sharedStrings.xml", "docProps/custom.xml")
"""The parts that name the agency."""
_APPLICATION = "docProps/app.xml"
"""Names the program that wrote the file. LibreOffice trusts Excel's stored results; what any other program wrote
it computes anew."""
_FIXED_HEIGHT = re.compile(rb'(<row [^>]*customFormat="1" ht="[^"]*") customHeight="1"')
"""A free row's height, to be fixed no longer: the application fits it to what is typed."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A blank workbook without its agency: the finished parts packed, the two that name the agency apart."""

    package: bytes
    parts: tuple[tuple[str, str], ...]
    """(name, XML) of the parts still to be stamped."""


def prepare(
    specs: Sequence[FormSpec], occasion: Occasion, limits: FormLimits, *, prefill: Prefill | None = None
) -> Prepared:
    """A blank workbook that `stamp` makes each agency's: guidance, the forms, the optional sheet of members.

    The same input gives the same bytes.
    """
    specs = _apart(specs)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_format_properties": DEFAULT})
    _describe(book, occasion)
    styles = FormStyles(book)
    long_lists = _lists(specs, occasion, limits)
    places = write_guidance(book, styles, specs, occasion, limits, long_lists)
    for spec in specs:
        rows = (prefill or {}).get(spec.id, ())
        BlankSheet(book, styles, spec, occasion, places).write(limits, rows, f"{spec.agency_line}: {_AGENCY}")
    trips = [spec.form for spec in specs if spec.direction is Direction.OUT and spec.column("members")]
    if trips:
        write_members(book, styles, trips)
    book.close()
    return _take_apart(buffer.getvalue())


def _apart(specs: Sequence[FormSpec]) -> Sequence[FormSpec]:
    """The forms, no two of one sheet's name: a province's own form may be a copy under another code."""
    names: list[str] = []
    for spec in specs:
        names.append(free_name(spec.sheet, names))
    return [
        spec if name == spec.sheet else spec.model_copy(update={"sheet": name})
        for spec, name in zip(specs, names, strict=True)
    ]


def stamp(prepared: Prepared, agency: str | None) -> bytes:
    """The workbook of one agency; None: its line is left to be filled in."""
    name = escape(" ".join(clean(agency).split()), quote=False) if agency else ""
    buffer = io.BytesIO(prepared.package)
    with zipfile.ZipFile(buffer, "a") as package:
        for part, text in prepared.parts:
            line = text.replace(f": {_AGENCY}", f": {name}" if name else ":").replace(_AGENCY, name)
            _add(package, part, line.encode())
    return buffer.getvalue()


def _describe(book: xlsxwriter.Workbook, occasion: Occasion) -> None:
    title = f"Biểu mẫu công tác đối ngoại: kết quả năm {occasion.cycle - 1}, kế hoạch năm {occasion.cycle}"
    # A fixed date, so that the same forms are the same bytes.
    book.set_properties({"title": title, "created": datetime(occasion.cycle - 1, 1, 1)})
    custom = own_files.own_properties(own_files.KIND_FORM, occasion.cycle, {own_files.AGENCY: _AGENCY})
    for key, value in custom.items():
        book.set_custom_property(key, value, "text")


def _lists(specs: Sequence[FormSpec], occasion: Occasion, limits: FormLimits) -> dict[tuple[str, ...], str]:
    """The drop-downs that a validation cannot hold (commas, length) → what they are for."""
    found: dict[tuple[str, ...], str] = {}
    for spec in specs:
        for aid in entry_aids(layout_of(spec), limits, occasion):
            if isinstance(aid.accepts, Offer) and not aid.accepts.inline:
                found.setdefault(aid.accepts.values, f"{aid.title} ({spec.label})")
    return found


def _take_apart(package: bytes) -> Prepared:
    buffer = io.BytesIO()
    parts = []
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(buffer, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename in _STAMPED:
                parts.append((info.filename, data.decode()))
                continue
            if info.filename == _APPLICATION:
                data = data.replace(b"Microsoft Excel", b"doingoai")
            elif info.filename.startswith("xl/worksheets/"):
                data = _FIXED_HEIGHT.sub(rb"\1", data)
            _add(target, info.filename, data)
    return Prepared(buffer.getvalue(), tuple(parts))


def _add(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


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
    at = f"{quoted(MEMBERS_SHEET)}!"
    rows = f"{at}$A${first + 1}:$E${end}"
    used = f'MAX(ROW({at}$A${first + 1})+{_RULED_ROWS - 1},SUMPRODUCT(MAX(({rows}<>"")*ROW({rows}))))'
    book.define_name(f"{at}_xlnm.Print_Area", f"=OFFSET({at}$A$1,0,0,{used},{len(MEMBER_COLUMNS)})")
