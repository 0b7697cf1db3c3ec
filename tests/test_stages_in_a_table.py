# ruff: noqa: E501 - sheets are shown as tables
"""One heading over what took place and what is planned: section rows with a year part the table."""

import pytest
from pipetable import grid

from doingoai_cli.intake.submission import read_grids
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.grid import Workbook
from doingoai_cli.resources import forms_dir

CATALOGUE = load_forms(forms_dir())
HEADS = "| TT | Tên đoàn | Trưởng đoàn | Số thành viên | Đến nước | Đối tác làm việc | Nội dung hoạt động | Thời gian | Nguồn kinh phí |"
ROW = "| {} | Đoàn {} | Nguyễn Văn A, Giám đốc Sở | 5 | Lào | Sở Y tế | Hội đàm | Tháng 5 | Ngân sách tỉnh |"


def read(title: str, *body: str) -> list[tuple[str, int | None, list[str]]]:
    """Form, year and delegations of each table; a digit in `body` stands for a delegation's row."""
    lines = [ROW.format(1, one) if one.isdigit() else f"| {one} |" for one in body]
    text = "\n".join(["| Sở Y tế |", "", f"| {title} |", HEADS, *lines])
    tables = read_grids(Workbook("xlsx", (grid(text),), {}), "inbox/tep.xlsx", CATALOGUE).tables
    return [(one.form, one.year, [record.text("name").split()[-1] for record in one.records]) for one in tables]


BOTH = [("01.A", 2019, ["1"]), ("02.A", 2020, ["2"])]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("DANH SÁCH ĐOÀN RA", ["I | Kết quả thực hiện năm 2019", "1", "II | Kế hoạch năm 2020", "2"]),
        ("ĐOÀN RA NĂM 2019, 2020", ["I. Năm 2019", "1", "II. Năm 2020 (dự kiến)", "2"]),
        (
            "TỔNG HỢP ĐOÀN RA",
            ["(1) | (2) | (3) | (4)", "A. Đã thực hiện năm 2019", "1", "B. Đăng ký năm 2020", "2"],
        ),
        ("KẾT QUẢ ĐOÀN RA NĂM 2019", ["1", "II. Dự kiến đoàn ra năm 2020", "2"]),
        ("KẾT QUẢ ĐOÀN RA NĂM 2019 VÀ KẾ HOẠCH NĂM 2020", ["1", "Kế hoạch năm 2020:", "2"]),
        (
            "BÁO CÁO ĐOÀN RA",
            ["1 | Thực hiện kế hoạch năm 2019", "1", "2 | Kế hoạch đoàn đi công tác nước ngoài năm 2020", "2"],
        ),
    ],
)
def test_last_year_took_place_and_the_next_is_planned(title: str, body: list[str]) -> None:
    assert read(title, *body) == BOTH


def test_the_plan_may_come_first() -> None:
    assert read("KẾ HOẠCH ĐOÀN RA NĂM 2020", "2", "Kết quả năm 2019", "1") == BOTH[::-1]


FOUR = [("01.A", 2019, ["1"]), ("01.B", 2019, ["2"]), ("02.A", 2020, ["3"]), ("02.B", 2020, ["4"])]


@pytest.mark.parametrize(
    ("body", "order"),
    [
        (
            ["A. Kết quả năm 2019", "I | Đoàn ra", "1", "II | Đoàn vào", "2",
             "B. Kế hoạch năm 2020", "I | Đoàn ra", "3", "II | Đoàn vào", "4"],
            (0, 1, 2, 3),
        ),
        (
            ["I. Đoàn ra", "1 | Kết quả năm 2019", "1", "2 | Kế hoạch năm 2020", "3",
             "II. Đoàn vào", "1 | Kết quả năm 2019", "2", "2 | Kế hoạch năm 2020", "4"],
            (0, 2, 1, 3),
        ),
    ],
)  # fmt: skip
def test_stages_and_directions_in_one_table(body: list[str], order: tuple[int, ...]) -> None:
    assert read("SỐ LIỆU ĐOÀN RA, ĐOÀN VÀO", *body) == [FOUR[at] for at in order]


@pytest.mark.parametrize(
    ("title", "body", "form"),
    [
        (
            "KẾT QUẢ ĐOÀN RA NĂM 2019",
            ["I. Theo kế hoạch năm 2019", "1", "II. Ngoài kế hoạch năm 2019", "2"],
            "01.A",
        ),
        ("KẾT QUẢ ĐOÀN RA NĂM 2019", ["1", "II. Bổ sung kế hoạch năm 2019", "2"], "01.A"),
        ("KẾT QUẢ ĐOÀN RA NĂM 2019", ["Kết quả năm 2018", "1", "Kết quả năm 2019", "2"], "01.A"),
        ("KẾ HOẠCH ĐOÀN RA NĂM 2020", ["Năm 2020", "1", "Năm 2021", "2"], "02.A"),
        ("KẾ HOẠCH ĐOÀN RA NĂM 2020", ["Kế hoạch năm 2020", "1", "Kế hoạch năm 2021", "2"], "02.A"),
        ("KẾ HOẠCH ĐOÀN RA NĂM 2020", ["Kết quả năm 2018", "1", "Kế hoạch năm 2020", "2"], "02.A"),
        ("KẾT QUẢ ĐOÀN RA", ["1", "Kế hoạch năm 2020", "2"], "01.A"),
    ],
)
def test_other_sections_leave_a_table_whole(title: str, body: list[str], form: str) -> None:
    assert [(found[0], found[2]) for found in read(title, *body)] == [(form, ["1", "2"])]
