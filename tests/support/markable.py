"""Senders' workbooks for the tests of the marked copy: made by several programs, with much that could get lost."""

import io
import zipfile

import xlsxwriter
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

PLAN = "Mẫu 02.A"
OTHER = "Ghi chép"
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636000000000050001"
    "a5f645400000000049454e44ae426082"
)
_EXTENSION = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list">'
    "<x14:formula1><xm:f>'Ghi chép'!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>C9</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)


def by_xlsxwriter() -> bytes:
    """Formats, a comment, an image, a table, a chart, a validation, an extended conditional format, names."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": "Kế hoạch", "author": "Sở Y tế"})
    book.set_custom_property("Số văn bản", "12/KH-SYT")
    sheet = book.add_worksheet(PLAN)
    money = book.add_format({"num_format": "#,##0", "border": 1, "bg_color": "#DDEBF7", "bold": True})
    sheet.write_row("A1", ["TT", "Tên đoàn", "Số thành viên"])
    for row in range(1, 9):
        sheet.write_row(row, 0, [row, f"Đoàn {row}"])
        sheet.write_number(row, 2, row * 3, money)
    sheet.write_formula("C10", "=SUM(C2:C9)", money, 108)
    sheet.write_comment("B2", "Nhắc: hỏi lại phòng Tổ chức", {"author": "Nguyễn Văn A"})
    sheet.data_validation("B2:B9", {"validate": "length", "criteria": ">", "value": 2})
    sheet.conditional_format("C2:C9", {"type": "data_bar", "data_bar_2010": True})
    sheet.add_table("E1:F3", {"columns": [{"header": "X"}, {"header": "Y"}]})
    sheet.insert_image("H2", "dau.png", {"image_data": io.BytesIO(_PIXEL)})
    sheet.print_area("A1:C10")
    sheet.merge_range("A12:C12", "NGƯỜI LẬP BIỂU")
    other = book.add_worksheet(OTHER)
    other.write_column("A1", ["một", "hai"])
    other.repeat_rows(0)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{PLAN}'!$C$2:$C$9"})
    other.insert_chart("C3", chart)
    book.define_name("tong", f"='{PLAN}'!$C$10")
    book.close()
    return buffer.getvalue()


def with_extension_validation(data: bytes) -> bytes:
    """The workbook with a list validation that only Excel's extension list knows, on its second sheet."""
    name = "xl/worksheets/sheet2.xml"
    return changed(data, name, lambda xml: xml.replace(b"</worksheet>", _EXTENSION.encode() + b"</worksheet>"))


def by_openpyxl() -> bytes:
    """A plain workbook: inline styles, a comment, a validation, cells only where there is text."""
    book = Workbook()
    sheet = book.active
    sheet.title = PLAN
    side = Side(style="thin")
    for row in range(1, 7):
        for column in range(1, 4):
            cell = sheet.cell(row, column, f"Ô {row}.{column}")
            cell.border = Border(left=side, right=side)
    sheet["B3"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet["B3"].font = Font(name="Times New Roman", italic=True)
    sheet["A2"].comment = Comment("Của cơ quan", "Trần Thị B")
    validation = DataValidation(type="whole", operator="between", formula1="1", formula2="10")
    validation.add("C2:C6")
    sheet.add_data_validation(validation)
    book.create_sheet(OTHER)["A1"] = "không liên quan"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed(data: bytes, name: str, change) -> bytes:  # type: ignore[no-untyped-def]
    """A package with one part passed through `change`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            part = source.read(info)
            target.writestr(info, change(part) if info.filename == name else part)
    return buffer.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """A package's parts by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}
