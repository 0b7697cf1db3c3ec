"""Tables without a heading, below a line or on a sheet of their own, that go on with the one before them."""

import io

import docx
import openpyxl
import pytest

from doingoai_cli.intake.submission import read_submission
from doingoai_cli.model.forms import load_forms
from doingoai_cli.resources import forms_dir

CATALOGUE = load_forms(forms_dir())
HEADING = [column.label for column in CATALOGUE.of_form("02.A").columns]


def _row(number: int, name: str, members: str = "4", country: str = "Lào") -> list[str]:
    return [
        str(number),
        name,
        "Thăm",
        "Trần Văn B, Giám đốc",
        members,
        country,
        "Sở Y tế",
        "Hội đàm",
        "3",
        "Quý II/2020",
        "Tự túc",
    ]


FIRST = [HEADING, _row(1, "Đoàn A"), _row(2, "Đoàn B")]


def _word(between: str, second: list[list[str]]) -> tuple[bytes, str]:
    made = docx.Document()
    made.add_paragraph("SỞ Y TẾ")
    made.add_paragraph("BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020")
    for rows in (FIRST, second):
        table = made.add_table(len(rows), len(HEADING), style="Table Grid")
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
        made.add_paragraph(between if rows is FIRST else "")
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue(), "a.docx"


def _book(between: str, second: list[list[str]]) -> tuple[bytes, str]:
    made = openpyxl.Workbook()
    for row in [["SỞ Y TẾ"], ["BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020"], *FIRST]:
        made.active.append(row)
    page = made.create_sheet()
    for row in [[between], *second]:
        page.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue(), "a.xlsx"


@pytest.mark.parametrize("make", [_word, _book])
@pytest.mark.parametrize(
    ("between", "second", "read"),
    [
        ("", [_row(3, "Đoàn C")], True),
        ("(tiếp theo)", [_row(3, "Đoàn C")], True),
        ("II. CÁC ĐƠN VỊ TRỰC THUỘC", [_row(3, "Đoàn C")], True),
        ("Bệnh viện Đa khoa", [_row(1, "Đoàn C")], True),
        # no part of it: another sender, another form, columns that ask for something else, a number out of turn
        ("SỞ DU LỊCH", [_row(1, "Đoàn C")], False),
        ("UBND huyện Lệ Thủy", [_row(3, "Đoàn C")], False),
        ("KẾ HOẠCH ĐOÀN VÀO NĂM 2020", [_row(3, "Đoàn C")], False),
        ("Phòng Tài chính", [_row(3, "Máy tính", "cái", "Tốt")], False),
        ("Bệnh viện Đa khoa", [_row(7, "Đoàn C")], False),
    ],
)
def test_a_part_below_a_line_goes_on(make, between: str, second: list[list[str]], read: bool) -> None:  # type: ignore[no-untyped-def]
    found = read_submission(*make(between, second), CATALOGUE)
    assert [r.text("name") for t in found.tables for r in t.records] == [
        "Đoàn A",
        "Đoàn B",
        *(["Đoàn C"] if read else []),
    ]
    assert {o.code for o in found.observations} - {"CT10"} == (set() if read else {"CT03"})
