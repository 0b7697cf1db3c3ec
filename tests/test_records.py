# ruff: noqa: E501 - sheets are shown as tables
"""Table → records: texts with their cells, merged cells, errors and formulas, further columns."""

from datetime import datetime

import pytest
from pipetable import grid

from doingoai_cli.intake.submission import read_grids
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.grid import CellKind, Grid, Workbook
from doingoai_cli.model.records import PlannedTrip
from doingoai_cli.model.sources import Source
from doingoai_cli.model.submissions import Submission
from doingoai_cli.resources import forms_dir

CATALOGUE = load_forms(forms_dir())
TOP = """
| Sở Y tế |
| KẾ HOẠCH ĐOÀN RA NĂM 2020 |
| TT | Tên đoàn | Danh nghĩa đoàn | Trưởng đoàn | Số thành viên | Đến nước | Đối tác làm việc | Nội dung hoạt động | Số ngày | Thời gian thực hiện | Nguồn kinh phí | Ghi chú |
"""


def read(body: str, **options: str) -> Submission:
    made: Grid = grid(TOP + body.strip("\n"), **options)  # type: ignore[arg-type]
    return read_grids(Workbook("xlsx", (made,)), "a.xlsx", CATALOGUE)


def trips(body: str, **options: str) -> list[PlannedTrip]:
    found = [record for record in read(body, **options).records if isinstance(record, PlannedTrip)]
    assert len(found) == read(body, **options).rows
    return found


def faults(submission: Submission) -> list[tuple[str | None, str | None, str | None]]:
    return [(o.field, o.place.cell, o.value) for o in submission.observations if o.code == "CT06"]


def test_every_field_keeps_its_text_and_its_cell() -> None:
    (trip,) = trips(
        "| 1 | Đoàn  A\\nsang Lào | Thăm | Trần B, Giám đốc Sở | 05 | Lào | Sở | Hội đàm | 3 | Quý II/2020 | | hoãn |"
    )
    assert (trip.name, trip.members.value, trip.days.value) == ("Đoàn A\nsang Lào", 5, 3)
    assert trip.extras == {"Ghi chú": "hoãn"}
    assert trip.cells["leader"] == Source("D4", 4, 4, CellKind.TEXT)
    assert trip.cells["funding"] == Source("K4", 4, 11, CellKind.BLANK)
    assert trip.text("funding") == ""
    assert trip.provenance[:5] == ("a.xlsx", "Sheet1", 0, 4, 4)


def test_real_dates_and_numbers_are_understood_as_such() -> None:
    (trip,) = trips("| 1 | Đoàn A | Thăm | A | 7 | Lào | Sở | Hội đàm | 2.5 | 2020-05-09 | x |")
    assert (trip.members.value, trip.days.value) == (7, None)
    assert trip.text("period") == "09/05/2020"
    assert trip.cells["period"].kind is CellKind.DATE
    assert trip.period.start == datetime(2020, 5, 9).date()


ORDINALS = [
    (["1", "2", "", "4"], ["1", "2", "3", "4"]),
    (["", "", ""], ["1", "2", "3"]),
    (["01", "", "3."], ["01", "2", "3."]),
    (["=ROW()-3", "=ROW()-3"], ["1", "2"]),
    (["=ROW()-3 → 1", "=ROW()-3 → 2"], ["1", "2"]),
]


@pytest.mark.parametrize(("typed", "read_as"), ORDINALS)
def test_blank_running_numbers_are_filled_in(typed: list[str], read_as: list[str]) -> None:
    body = "\n".join(f"| {n} | Đoàn | Thăm | A | 5 | Lào | Sở | Hội đàm | 3 | Quý II | x |" for n in typed)
    assert [trip.ordinal for trip in trips(body)] == read_as
    assert faults(read(body)) == []


def test_errors_and_lost_formulas_are_told_and_kept_as_text() -> None:
    body = "| 1 | Đoàn | Thăm | A | =SUM(E1:E2) | #REF! | Sở | Hội đàm | =1+2 → 3 | Quý II | x | #N/A |"
    (trip,) = trips(body)
    assert (trip.text("members"), trip.text("countries"), trip.days.value) == ("=SUM(E1:E2)", "#REF!", 3)
    assert not trip.sound("members")
    assert not trip.sound("countries")
    assert trip.sound("days")
    assert faults(read(body)) == [
        ("members", "E4", "=SUM(E1:E2)"),
        ("countries", "F4", "#REF!"),
        (None, "L4", "#N/A"),
    ]


def test_an_error_outside_the_records_is_no_finding() -> None:
    assert faults(read("| TỔNG CỘNG | | | | =SUM(E4:E9) |\n| | | | | #REF! |\n")) == []


SPREAD = """
| 1 | Đoàn A | Thăm | Trần B | 5 | Lào | Sở Y tế | Hội đàm | 3 | Quý II | x |
|   |        |      |        |   | Thái Lan | Sở Y tế Nakhon | Ký kết | | | |
| 2 | Đoàn B | Thăm | Trần C | 6 | Lào | Sở | Hội đàm | 3 | Quý II | x |
"""


@pytest.mark.parametrize(
    "merges", ["A4:A5 B4:B5", "B4:B5", "A4:A5", "A4:A5 B4:B5 C4:C5 D4:D5 E4:E5 I4:I5 J4:J5 K4:K5", "E4:E5"]
)
def test_one_record_over_several_rows(merges: str) -> None:
    first, second = trips(SPREAD, merges=merges)
    assert (first.provenance.row, first.provenance.last_row, second.provenance.row) == (4, 5, 6)
    assert first.text("countries") == "Lào\nThái Lan"
    assert first.cells["countries"][:2] == ("F4", 4)
    assert first.cells["countries"].others == ("F5",)
    assert first.text("members") == "5"
    assert first.members.value == 5


SHARED = """
| 1 | Đoàn A | Thăm | Trần B | 5 | Lào | Sở Y tế | Hội đàm | 3 | Quý II | Ngân sách tỉnh |
| 2 | Đoàn B | Thăm | Trần C | 6 |     | Sở | Hội đàm | 3 | Quý II | |
| 3 | Đoàn C | Thăm | Trần D | 7 | Lào | Sở | Hội đàm | 3 | Quý II | x |
"""


def test_one_value_over_several_records() -> None:
    submission = read(SHARED, merges="F4:F5 K4:K5")
    first, second, third = submission.records
    assert [r.text("countries") for r in (first, second, third)] == ["Lào", "Lào", "Lào"]
    assert second.text("funding") == "Ngân sách tỉnh"
    assert first.cells["countries"] == Source("F4", 4, 6, CellKind.TEXT, ("F5",))
    assert second.cells["countries"] == Source("F5", 5, 6, CellKind.TEXT, ("F4",))
    assert third.cells["countries"].others == ()


def test_shared_numbers_and_names_leave_the_records_apart() -> None:
    same_name = SHARED.replace("Đoàn B", "")
    assert [r.text("name") for r in read(same_name, merges="B4:B5").records] == ["Đoàn A", "Đoàn A", "Đoàn C"]
    same_number = SHARED.replace("| 2 |", "| |")
    assert [r.provenance.row for r in read(same_number, merges="A4:A5").records] == [4, 5, 6]


def test_what_begins_in_another_column_is_no_leader_number_country_or_time() -> None:
    row = "| 1 | Đoàn | Thăm theo lời mời | | 5 | Lào | | Hội đàm | 3 | | Tự túc |"
    (trip,) = trips(row, merges="C4:D4 F4:G4 I4:J4")
    assert (trip.nature, trip.leader.text, trip.partners, trip.period.text) == ("Thăm theo lời mời", "", "Lào", "")


def test_one_value_over_several_columns() -> None:
    (trip,) = trips("| 1 | Đoàn | Thăm | A | 5 | Lào | Hội đàm với Sở Y tế | | 3 | Quý II | x |", merges="G4:H4")
    assert (trip.partners, trip.activities) == ("Hội đàm với Sở Y tế", "Hội đàm với Sở Y tế")
    assert trip.cells["activities"][:3] == ("G4", 4, 7)


def test_text_beside_the_table_is_kept_by_its_column() -> None:
    (trip,) = trips("| 1 | Đoàn | Thăm | A | 5 | Lào | Sở | Hội đàm | 3 | Quý II | x | | | ngoài lề |")
    assert trip.extras == {"Cột N": "ngoài lề"}


def test_a_layout_says_what_its_blank_cells_mean() -> None:
    made = grid("""
        | THỐNG KÊ ĐOÀN RA NĂM 2020 |
        | STT | Tên đoàn | Trưởng đoàn | Nước đi | Đối tác làm việc | Nội dung | Số người | Thời gian | Kinh phí | Báo cáo | Đoàn trong KH |
        | 1 | Đoàn A | A | Lào | Sở | Hội đàm | 5 | 5/3/2020 | x | BC 1 | X |
        | 2 | Đoàn B | A | Lào | Sở | Hội đàm | 5 | 5/3/2020 | x | BC 1 |  |
    """)
    submission = read_grids(Workbook("xlsx", (made,)), "a.xlsx", CATALOGUE)
    assert [table.spec for table in submission.tables] == ["ha-giang-2020-ra"]
    assert [record.planned for record in submission.records] == [True, False]  # type: ignore[attr-defined]
