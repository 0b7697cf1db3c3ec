"""Signs for the cell above, text under merged cells, members typed once, dates that lost their format."""

from dataclasses import replace

import pytest
from formsheets import HEADS, form_sheet, names, observed, read
from pipetable import grid

from doingoai_cli.model.grid import Addressing, CellKind
from doingoai_cli.vietnamese.ticks import is_ditto

DITTO = ["nt", "NT", "n.t", "-nt-", "- nt -", "như trên", "(Như trên)", "N/T", '"', "''", "”", "//", "-//-", "〃"]
NO_DITTO = ["", "-", "…", "x", "t", "Nga", "Nhật", "Như trên đã báo cáo thì đoàn đi Lào", "/", "5"]


@pytest.mark.parametrize(("text", "ditto"), [(t, True) for t in DITTO] + [(t, False) for t in NO_DITTO])
def test_what_stands_for_the_cell_above(text: str, ditto: bool) -> None:
    assert is_ditto(text) is ditto


@pytest.mark.parametrize("sign", DITTO)
def test_a_sign_for_the_cell_above_has_its_value_and_is_kept(sign: str) -> None:
    repeated = ("Danh", "Trưởng", "Số thành", "Đến", "Đối", "Nội", "Số ngày", "Thời", "Nguồn")
    fields = {"TT": "2", "Tên": "Đoàn hai", **dict.fromkeys(repeated, sign)}
    first, second, third = read(form_sheet("02.A", [1, fields, {**fields, "TT": "3", "Đến": "Thái Lan"}])).records
    for field in (
        "nature",
        "leader",
        "members",
        "countries",
        "partners",
        "activities",
        "days",
        "period",
        "funding",
    ):
        assert second.text(field) == first.text(field)
        assert second.cells[field].typed == sign
        assert third.text(field) == ("Thái Lan" if field == "countries" else first.text(field))
    assert second.text("name") == "Đoàn hai"
    assert (second.cells["countries"].cell, third.cells["countries"].typed) == ("F6", "")


def test_a_row_of_nothing_but_signs_is_a_record() -> None:
    row = "2|" + "|".join(["//"] * HEADS["01.B"].count("|"))
    submission = read(form_sheet("01.B", [1, row]))
    assert names(submission) == ["Đoàn số 1", "Đoàn số 1"]


def test_with_nothing_above_a_sign_is_a_blank_cell() -> None:
    (only,) = read(form_sheet("02.A", [{"TT": "1", "Tên": "Đoàn một", "Đến": "nt", "Số thành": "5"}])).records
    assert (only.text("countries"), only.cells["countries"].typed) == ("", "nt")


def test_text_under_a_merged_cell_is_not_read_but_said() -> None:
    """LibreOffice keeps what stood in the cells that it merges."""
    two = [{"TT": "1", "Tên": "Đoàn một", "Đến": "Lào", "Số thành": "5", "Nội": "Hội đàm"},
           {"TT": "2", "Tên": "Đoàn hai", "Đến": "Đức", "Số thành": "6", "Nội": "Ký kết"}]  # fmt: skip
    submission = read(form_sheet("02.A", two, merges="F5:F6"))
    assert [r.text("countries") for r in submission.records] == ["Lào", "Lào"]
    said = [(o.code, o.place.cell, o.value, o.params["kind"]) for o in submission.observations]
    assert said == [("CT05", "F6", "Đức", "merge")]


@pytest.mark.parametrize(("merges", "read_names", "hidden"), [
    ("A6:K6", ["Đoàn một", "Đoàn ba"], ["Đoàn hai", "Đức", "6"]),
    ("A7:K7", ["Đoàn một", "Đoàn hai"], ["Đoàn ba", "Đức", "6"]),
    ("A5:K7", [], ["Đoàn một", "Đức", "6", "2", "Đoàn hai", "Đức", "6", "3", "Đoàn ba", "Đức", "6"]),
    ("A1:K1", ["Đoàn một", "Đoàn hai", "Đoàn ba"], []),
])  # fmt: skip
def test_a_record_under_a_merged_cell_is_said(merges: str, read_names: list[str], hidden: list[str]) -> None:
    """A program that inserts rows leaves merged ranges where they were."""
    rows = [{"TT": str(n), "Tên": f"Đoàn {name}", "Đến": "Đức", "Số thành": "6"}
            for n, name in enumerate(("một", "hai", "ba"), 1)]  # fmt: skip
    submission = read(form_sheet("02.A", rows, merges=merges))
    assert [name for name in names(submission) if name] == read_names
    said = [str(o.value) for o in submission.observations if o.params.get("kind") == "merge"]
    assert sorted(said) == sorted(hidden)


STRUCK = {
    "struck_rows": frozenset({5}),
    "struck_cells": frozenset({(6, 7)}),
    "struck_parts": frozenset({(7, 5)}),
}


def test_what_is_struck_through_is_said_at_its_cell() -> None:
    made = replace(form_sheet("02.A", [1, 2, 3]), **STRUCK)
    said = [(o.place.cell, o.params["kind"], o.params["what"]) for o in read(made).observations]
    assert said == [("A5", "struck", "dòng 5"), ("G6", "struck", "ô G6"), ("E7", "part", "ô E7")]
    word = replace(made, addressing=Addressing.WORD, lead=3)  # rows are counted from the table's own first
    assert [o.params["what"] for o in read(word).observations][:2] == ["dòng 2", "ô hàng 3, cột 7"]


def test_one_record_over_two_rows_reads_no_text_that_nobody_sees() -> None:
    rows = [{"TT": "1", "Tên": "Đoàn một", "Đến": "Lào", "Số thành": "5", "Nội": "Hội đàm"},
            {"Đến": "Đức", "Nội": "Ký kết"}]  # fmt: skip
    submission = read(form_sheet("02.A", rows, merges="A5:A6 B5:B6 E5:E6 F5:F6"))
    (record,) = submission.records
    assert (record.text("countries"), record.text("activities")) == ("Lào", "Hội đàm\nKý kết")
    assert observed(submission) == [("CT05", "F6")]


def test_what_lies_under_a_merged_title_is_no_data() -> None:
    made = grid("| Sở Y tế | Sở Y tế | x |\n" + "\n".join(_lines()), merges="A1:C1")
    assert observed(read(made)) == []


def _lines() -> list[str]:
    cells = form_sheet("02.A", [1]).cells
    rows: dict[int, dict[int, str]] = {}
    for cell in cells:
        rows.setdefault(cell.row, {})[cell.col] = str(cell.value)
    return [" | ".join(["", *(rows[r].get(c, "") for c in range(1, 12)), ""]) for r in sorted(rows)[1:]]


MEMBERS = """
| Mẫu | TT đoàn | Họ và tên | Chức vụ | Cơ quan |
| 02.A | 1 | Nguyễn Văn An | Giám đốc | Sở Y tế |
| | | Trần Thị Bình | Phó Giám đốc | nt |
| | | Lê Văn Cường | Chuyên viên | Sở Tài chính |
| | 2 | Phạm Dũng | Trưởng phòng | Sở Y tế |
| nt | nt | Hoàng Em | nt | như trên |
| 01.A | | Võ Giang | Giám đốc | Sở Y tế |
| | 3 | Bùi Hà | Giám đốc | Sở Y tế |
"""


def test_what_is_typed_once_in_the_members_sheet_counts_for_the_rows_below() -> None:
    members = read(form_sheet("02.A", [1]), grid(MEMBERS, name="Danh sách thành viên", index=1)).members
    assert [(m.form, m.trip, m.name.split()[-1], m.agency) for m in members] == [
        ("02.A", "1", "An", "Sở Y tế"), ("02.A", "1", "Bình", "Sở Y tế"), ("02.A", "1", "Cường", "Sở Tài chính"),
        ("02.A", "2", "Dũng", "Sở Y tế"), ("02.A", "2", "Em", "Sở Y tế"), ("01.A", "", "Giang", "Sở Y tế"),
        ("01.A", "3", "Hà", "Sở Y tế"),
    ]  # fmt: skip
    assert members[4].title == "Trưởng phòng"


def test_a_date_without_its_format_is_written_as_the_date_that_it_is() -> None:
    (record,) = read(form_sheet("01.B", [{"TT": "1", "Tên": "Đoàn", "Số thành": "5", "Thời": "43600"}])).records
    assert record.cells["period"].kind is CellKind.NUMBER
    assert record.text("period") == "15/05/2019"


@pytest.mark.parametrize(
    ("form", "trip"),
    [
        ("02.A", "1"), ("Mẫu 02.A", "01."), ("02a", "(1)"), ("Mẫu số 2-A", "Đoàn số 1"), ("", "1"),
        ("02.A", "đoàn số 1"), ("Biểu 02 A", "STT 1"),
    ],
)  # fmt: skip
def test_a_delegation_of_the_members_sheet_is_known_however_it_is_called(form: str, trip: str) -> None:
    listed = f"""
| Mẫu | TT đoàn | Họ và tên | Chức vụ |
| {form} | {trip} | Nguyễn Văn An | Giám đốc |
"""
    submission = read(form_sheet("02.A", [1, 2]), grid(listed, name="Thành viên", index=1))
    assert [(m.form, m.trip) for m in submission.members] == [("02.A", "1")]
    assert observed(submission) == []


@pytest.mark.parametrize(("form", "trip"), [("02.A", "9"), ("01.A", "1"), ("02.Z", "1"), ("", "")])
def test_members_of_a_delegation_that_is_not_there_are_said(form: str, trip: str) -> None:
    listed = f"""
| Mẫu | TT đoàn | Họ và tên | Chức vụ |
| {form} | {trip} | Nguyễn Văn An | Giám đốc |
| | | Trần Thị Bình | Chuyên viên |
"""
    submission = read(form_sheet("02.A", [1, 2]), grid(listed, name="Thành viên", index=1))
    assert observed(submission) == [("CT09", "B2")]
