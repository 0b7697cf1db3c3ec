# ruff: noqa: E501 - sheets are shown as tables
"""Grid → tables: headings, marks, which rows are records, no records or neither."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pipetable import grid, moved, shift_from

from doingoai_cli.intake.submission import read_grids
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.grid import Grid, Workbook
from doingoai_cli.model.submissions import Submission, Table
from doingoai_cli.resources import forms_dir

CATALOGUE = load_forms(forms_dir())


def read(*grids: Grid, cycle: int | None = None, **properties: str) -> Submission:
    return read_grids(Workbook("xlsx", grids, properties), "inbox/tep.xlsx", CATALOGUE, cycle=cycle)


def only(submission: Submission) -> Table:
    assert len(submission.tables) == 1, submission
    return submission.tables[0]


def codes(submission: Submission, *, but: str = "CT10") -> list[tuple[str, str | None]]:
    return [(o.code, o.place.cell) for o in submission.observations if o.code not in but.split()]


HEADS = "TT | Tên đoàn | Danh nghĩa đoàn | Trưởng đoàn | Số thành viên | Đến nước | Đối tác làm việc | Nội dung hoạt động"
OUT_PLAN = f"| {HEADS} | Số ngày | Thời gian thực hiện | Nguồn kinh phí |"
ROW = "| {} | Đoàn {} | Thăm chính thức | Nguyễn Văn A, Giám đốc Sở | 5 | Lào | Sở Y tế | Hội đàm | 3 | Quý II/2020 | Ngân sách tỉnh |"


def rows(*numbers: int) -> str:
    return "\n".join(ROW.format(n, n) for n in numbers)


def sheet(body: str, title: str = "| BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020 |", heads: str = OUT_PLAN) -> Grid:
    return grid(f"| Sở Y tế |\n\n{title}\n{heads}\n{body}")


def record_rows(table: Table) -> list[int]:
    return [record.provenance.row for record in table.records]


def test_an_official_form_is_known_by_title_and_headings() -> None:
    submission = read(sheet(rows(1, 2)))
    table = only(submission)
    assert (table.form, table.header_row, table.year, table.rows_year) == ("02.A", 4, 2020, 2020)
    assert table.evidence == ("title", "headings")
    assert record_rows(table) == [5, 6]
    assert codes(submission, but="") == []
    assert submission.title_cycles == (2020,)
    first = table.records[0]
    assert first.cells["members"].cell == "E5"
    assert first.text("countries") == "Lào"


TITLES = [
    ("BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020", "02.A", 2020),
    ("Kế hoạch đoàn ra năm 2020", "02.A", 2020),
    ("DỰ KIẾN KẾ HOẠCH ĐOÀN RA CỦA SỞ Y TẾ TRONG  NĂM 2020", "02.A", 2020),
    ("BẢNG TỔNG HỢP\\nKẾ HOẠCH ĐOÀN RA", "02.A", None),
    ("", "02.A", None),
    ("DANH SÁCH ĐOÀN RA NĂM 2020", "02.A", 2020),
    ("DANH SÁCH ĐOÀN RA DỰ KIẾN NĂM 2020", "02.A", 2020),
    ("BÁO CÁO KẾT QUẢ NĂM 2019 VÀ KẾ HOẠCH ĐOÀN RA NĂM 2020", "02.A", 2020),
    ("THỐNG KÊ ĐOÀN RA NĂM 2020", "02.A", 2020),
]


@pytest.mark.parametrize(("title", "form", "year"), TITLES)
def test_titles_are_read_in_many_wordings(title: str, form: str, year: int | None) -> None:
    table = only(read(sheet(rows(1), f"| {title} |")))
    assert (table.form, table.year) == (form, year)
    assert record_rows(table) == [5]


@pytest.mark.parametrize(
    "title", ["DANH SÁCH ĐOÀN RA NĂM 2019", "TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN NĂM 2019", "KẾT QUẢ ĐOÀN RA 2019"]
)
def test_the_layout_of_a_form_is_told_by_its_own_wording(title: str) -> None:
    official, ha_giang = (only(read(grid(f"| {title} |\n{WITHOUT_TITLE[i][0]}"))) for i in (1, 5))
    assert (official.spec, ha_giang.spec) == ("01.A", "ha-giang-2020-ra")
    assert (official.missing, ha_giang.missing) == ((), ())
    assert official.year == 2019


def test_a_title_over_two_rows_gives_its_year() -> None:
    table = only(read(sheet(rows(1), "| BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA |\n| NĂM 2020 |")))
    assert (table.form, table.year, table.header_row) == ("02.A", 2020, 5)


REALISED = "| Thời gian thực hiện | Kinh phí "
WITHOUT_TITLE = [
    (OUT_PLAN, "02.A"),
    (f"| {HEADS} {REALISED}| Báo cáo | Trong KH | Ngoài KH |", "01.A"),
    (f"| {HEADS} {REALISED}| Trong KH | Ngoài KH |", "01.B"),
    ("| TT | Tên đoàn | Danh nghĩa đoàn | Trưởng đoàn | Số thành viên | Đến từ nước | Nội dung hoạt động | Số ngày "
     "| Thời gian thực hiện | Nguồn kinh phí (VNĐ) |", "02.B"),
    ("| TT | Tên Hội nghị, hội thảo quốc tế | Số lượng đại biểu Việt Nam | Số lượng đại biểu có quốc tịch nước ngoài "
     "| Chủ để, nội dung hội nghị, hội thảo | Số ngày | Thời gian thực hiện | Địa điểm tổ chức | Tổng kinh phí |", "03"),
    ("| STT | Tên đoàn | Trưởng đoàn | Nước đi | Đối tác làm việc | Nội dung | Số người | Thời gian | Kinh phí "
     "| Báo cáo | Đoàn trong KH | Ghi chú |", "01.A"),
    ("| STT | Tên đoàn | Trưởng đoàn | Đến từ nước | Đơn vị, địa phương làm việc | Nội dung | Số người | Thời gian "
     "| Kinh phí | Báo cáo | Đoàn trong KH | Ghi chú |", "01.B"),
]  # fmt: skip


@pytest.mark.parametrize(("heads", "form"), WITHOUT_TITLE)
def test_headings_alone_make_a_form(heads: str, form: str) -> None:
    submission = read(grid(heads))
    table = only(submission)
    assert (table.form, table.evidence, table.missing) == (form, ("headings",), ())
    assert codes(submission) == []


def test_the_embedded_name_makes_a_form_whose_sheet_and_title_are_changed() -> None:
    mark = {"name:_doingoai.form.02.A.v1": "'Kế hoạch'!$A$2"}
    renamed = grid(
        "| Danh sách |\n| TT | Tên đoàn | Đến | Nước đến | Nội dung |\n| 1 | Đoàn A | | Lào | Hội đàm |",
        name="Kế hoạch",
    )
    table = only(read(renamed, **mark))
    assert (table.form, table.evidence) == ("02.A", ("id",))
    assert {"members", "funding"} <= set(table.missing)


LABELS = [
    OUT_PLAN.upper(),
    OUT_PLAN.replace("Tên đoàn", "Tên\\nđoàn").replace("Số ngày", " Số   ngày "),
    OUT_PLAN.replace("hoạt động", "hoa\u0323t đo\u0323\u0302ng"),
    OUT_PLAN.replace("Số thành viên", "Số người").replace("TT", "STT").replace("Đến nước", "Nước đến"),
    OUT_PLAN.replace("Tên đoàn", "1. Tên đoàn")
    .replace("Trưởng đoàn", "3) Trưởng đoàn")
    .replace("Số ngày", "8- Số ngày"),
    OUT_PLAN.replace("Tên đoàn", "Tên đoàn (1)").replace("Trưởng đoàn", "Trưởng đoàn (ghi rõ họ tên, chức vụ)"),
    OUT_PLAN.replace("Trưởng đoàn", "Trưởng đòan").replace("Đối tác làm việc", "Đối tác làm viêc"),
    OUT_PLAN.replace("Nội dung hoạt động", "Nội dung hoạt đông").replace("Nguồn kinh phí", "NGUỒN KINH PHI"),
    OUT_PLAN.replace("Thời gian thực hiện", "TG thực hiện").replace("Nguồn kinh phí", "KP (triệu đồng)"),
    OUT_PLAN.replace("Nội dung hoạt động", "ND làm việc").replace("Thời gian thực hiện", "TG"),
    OUT_PLAN.replace("Đến nước", "Nước/vùng lãnh thổ đến").replace("Nguồn kinh phí", "Nguồn KP (VNĐ)"),
    OUT_PLAN.replace("Nguồn kinh phí", "Dự kiến nguồn kinh phí").replace("Số ngày", "Số ngày (dự kiến)"),
    OUT_PLAN.replace("Nội dung hoạt động", "Nội dung, mục đích chuyến đi").replace(
        "Đối tác làm việc", "Đối tác chính"
    ),
    OUT_PLAN.replace("Đến nước", "Điểm đến")
    .replace("Trưởng đoàn", "Chủ trì đoàn")
    .replace("Số ngày", "Tổng ngày"),
    OUT_PLAN.replace("Số thành viên", "Quy mô đoàn").replace("Thời gian thực hiện", "Thời gian khởi hành"),
    OUT_PLAN.replace("Đến nước", "Nước, vùng lãnh thổ").replace("Trưởng đoàn", "Người đứng đầu đoàn"),
    OUT_PLAN.replace("Đối tác làm việc", "Cơ quan, đơn vị đến làm việc").replace("Trưởng đoàn", "Đ/c trưởng đoàn"),
    OUT_PLAN.replace("Danh nghĩa đoàn", "Tư cách đoàn").replace("Số thành viên", "Thành phần (số người)"),
    OUT_PLAN.replace("Nội dung hoạt động", "Chương trình làm việc").replace("Nguồn kinh phí", "Nguồn tài chính"),
    "| TT | Tên đòan | Danh nghiã đoan | Trưỡng đoàn | Số thành viện | Đên nước | Đối tác làm viêc "
    "| Nội dụng hoạt động | Sô ngày | Thời gian thực hiên | Nguồn kinh phi |",
]


@pytest.mark.parametrize("heads", LABELS)
def test_labels_are_read_in_many_spellings(heads: str) -> None:
    submission = read(sheet(rows(1), heads=heads))
    assert only(submission).missing == ()
    assert codes(submission) == []


@pytest.mark.parametrize(("purpose", "content", "said"), [
    ("Mục đích", "Nội dung", "Thăm; Hội đàm"),
    ("Nội dung hoạt động", "Mục đích chuyến đi", "Thăm; Hội đàm"),
    ("Mục đích", "Nội dung, chương trình", "Thăm; Hội đàm"),
    ("Mục đích công tác", "Ghi chú", "Thăm"),
    ("Nội dung", "Nội dung khác", "Thăm"),
])  # fmt: skip
def test_purpose_and_content_are_one_field(purpose: str, content: str, said: str) -> None:
    """What stood in the second of the columns was the form's only where the other one was not there."""
    heads = "| TT | Tên đoàn | Danh nghĩa đoàn | Trưởng đoàn | Số thành viên | Đến nước "
    table = only(read(sheet("| 1 | Đoàn A | Đối ngoại | A | 5 | Lào | Thăm | Hội đàm | 3 | Quý II |",
                            heads=f"{heads}| {purpose} | {content} | Số ngày | Thời gian |")))  # fmt: skip
    assert table.records[0].text("activities") == said


def test_headings_without_diacritics_are_read() -> None:
    heads = ("| TT | TEN DOAN | DANH NGHIA DOAN | TRUONG DOAN | SO THANH VIEN | DEN NUOC | DOI TAC LAM VIEC "
             "| NOI DUNG HOAT DONG | SO NGAY | THOI GIAN THUC HIEN | NGUON KINH PHI |")  # fmt: skip
    assert only(read(sheet(rows(1), heads=heads))).missing == ()


def test_rows_that_are_numbered_as_their_sheet_was_are_read() -> None:
    numbered = [f"| {n} {line}" for n, line in enumerate(rows(1, 2).split("\n"), 5)]
    submission = read(sheet("\n".join(numbered), heads=f"| 4 {OUT_PLAN}"))
    assert record_rows(only(submission)) == [5, 6]


def test_a_missing_column_is_named_with_what_looks_like_it() -> None:
    submission = read(
        sheet("", heads=OUT_PLAN.replace("Số ngày", "Số đêm lưu trú").replace("Đối tác làm việc", "Xyz"))
    )
    found = {o.field: o for o in submission.observations if o.code == "CT04"}
    assert found.keys() == {"days", "partners"} == set(only(submission).missing)
    assert found["partners"].params["label"] == "Đối tác làm việc"
    assert found["partners"].params["suggestion"] is None
    assert found["days"].place.row == 4
    near = read(sheet("", heads=OUT_PLAN.replace("Thời gian thực hiện", "Thời gian tiến hành")))
    assert [o.params["suggestion"] for o in near.observations if o.code == "CT04"] == ["Thời gian tiến hành"]


TWO_ROWS = f"""
| {HEADS} | Thời gian thực hiện | Kinh phí | Báo cáo | Loại đoàn |
|  |  |  |  |  |  |  |  |  |  |  | Trong KH | Ngoài KH |
|  | (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) | (10) | (11) | (12) |
| 1 | Đoàn A | Đối ngoại | A | 5 | Lào | Sở | Hội đàm | 5/3/2019 | 10 triệu | BC 1 | X |
"""


@pytest.mark.parametrize(
    "merges", ["", "L1:M1", "L1:M1 A1:A2 B1:B2 C1:C2 D1:D2 E1:E2 F1:F2 G1:G2 H1:H2 I1:I2 J1:J2 K1:K2"]
)
def test_headings_of_two_rows(merges: str) -> None:
    table = only(read(grid(TWO_ROWS, merges=merges)))
    assert (table.form, table.header_row, record_rows(table), table.missing) == ("01.A", 2, [4], ())
    assert table.columns["off_plan"] == 13
    assert table.records[0].text("in_plan") == "X"


def test_labels_split_over_rows_and_a_group_above() -> None:
    split = grid("""
        | TT | Tên | Danh nghĩa | Trưởng | Số thành | Đến | Đối tác | Nội dung | Số | Thời gian | Nguồn |
        |    | đoàn | đoàn | đoàn | viên | nước | làm việc | hoạt động | ngày | thực hiện | kinh phí |
        | 1 | Đoàn A | Thăm | A | 5 | Lào | Sở | Hội đàm | 3 | Quý I | Ngân sách |
    """)
    table = only(read(split))
    assert (table.form, table.header_row, record_rows(table), table.missing) == ("02.A", 2, [3], ())


@pytest.mark.parametrize("merges", ["", "C1:D1"])
def test_a_group_over_two_columns_merged_or_not(merges: str) -> None:
    heads = grid("""
        | TT | Tên Hội nghị | Số lượng đại biểu | | Nội dung | Số ngày | Thời gian | Địa điểm | Kinh phí |
        |    |              | Việt Nam | Nước ngoài |
    """, merges=merges)  # fmt: skip
    table = only(read(heads))
    assert (table.form, table.missing, table.columns["foreign_delegates"]) == ("03", (), 4)


def test_a_wide_heading_with_parts_gathers_them() -> None:
    parts = grid("""
        | TT | Tên đoàn | Danh nghĩa đoàn | Trưởng đoàn |  | Số thành viên | Đến nước | Đối tác làm việc | Nội dung hoạt động | Số ngày | Thời gian thực hiện |  | Nguồn kinh phí |
        |    |          |                 | Họ tên      | Chức vụ | | | | | | Từ ngày | Đến ngày |
        | 1 | Đoàn A | Thăm | Trần B | Giám đốc Sở | 5 | Lào | Sở | Hội đàm | 3 | 2020-03-01 | 2020-03-04 | Ngân sách |
    """, merges="D1:E1 K1:L1")  # fmt: skip
    record = only(read(parts)).records[0]
    assert record.text("leader") == "Trần B, Giám đốc Sở"
    assert record.text("period") == "01/03/2020 - 04/03/2020"
    assert record.cells["period"].others == ("L3",)
    assert record.extras == {}


@pytest.mark.parametrize("label", ["Loại đoàn", "Trong/ngoài KH"])
def test_one_column_for_both_kinds_of_delegation_is_no_missing_one(label: str) -> None:
    submission = read(grid(f"| {HEADS} {REALISED}| Báo cáo | {label} |"))
    table = only(submission)
    assert (table.form, table.missing, codes(submission)) == ("01.A", (), [])


OTHER_ROWS = [
    "| (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) | (10) | (11) |",
    "| 3 |",
    "| … | … | … |",
    "| 3 | - | - |",
    "| 3 | … | … | … | … | … | … | … | … | … | … |",
    "| Bằng chữ: Một trăm triệu đồng |",
    "| (Danh sách trên gồm 02 đoàn) |",
    "| | Người lập biểu: Nguyễn Thị Lan - SĐT: 0912 345 678 |",
    "| Cán bộ đầu mối: Nguyễn Thị Lan, Phòng Kế hoạch, ĐT 0912 345 678 |",
    "| | | | | | | | T/M ĐƠN VỊ |\n| | | | | | | | BS. Nguyễn Văn Hùng |",
    "| =ROW()-4 |",
    "| TỔNG CỘNG | | | | 10 |",
    "| Cộng: |",
    "| | Tổng số | | | 10 |",
    "| Tổng cộng: 02 đoàn |",
    "| (1): Ghi tên đoàn công tác |",
    "| (6), (7): Những nội dung chính |",
    "| Lưu ý: gửi về Sở Ngoại vụ đúng hạn. |",
    "| Ghi chú: |\n| - Số liệu tính đến 31/8 |\n| - Chưa gồm đoàn của huyện |",
    "| | | | | | | | Đồng Hới, ngày 10 tháng 9 năm 2019 |\n| | NGƯỜI LẬP BIỂU | | | | | | THỦ TRƯỞNG ĐƠN VỊ |\n"
    "| | (Ký, ghi rõ họ tên) | | | | | | (Ký tên, đóng dấu) |\n\n| | Trần Thị B | | | | | | Nguyễn Văn C |",
    "| | Người lập | | | | | | KT. GIÁM ĐỐC |\n| | | | | | | | PHÓ GIÁM ĐỐC |\n\n| | | | | | | | Nguyễn Văn C |",
    "| Trang 1/2 |",
    "| -1 | -2 | -3 | -4 | -5 | -6 | -7 | -8 | -9 | -10 | -11 |",
    "| (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) | (10)=(8)x(9) | (11) |",
    "| Người liên hệ: chị Hoa, ĐT 0912 345 678 |",
    OUT_PLAN,
]  # fmt: skip


@pytest.mark.parametrize("rest", OTHER_ROWS)
def test_non_records_below_the_records_is_no_record(rest: str) -> None:
    submission = read(sheet(f"{rows(1, 2)}\n\n{rest}"))
    assert record_rows(only(submission)) == [5, 6]
    assert codes(submission) == []
    assert submission.non_records == 3 + len([line for line in rest.split("\n") if line])


UNKNOWN = [
    "| | | | | | xem tệp kèm theo |",
    "| | | | | | | | | | | | | | lạc dòng |",
    "| | Số liệu chưa đầy đủ |",
    "| Sẽ bổ sung danh sách đoàn của các đơn vị trực thuộc |",
]


@pytest.mark.parametrize("rest", UNKNOWN)
def test_what_is_neither_record_nor_non_records_is_said(rest: str) -> None:
    submission = read(sheet(f"{rows(1, 2)}\n{rest}"))
    assert record_rows(only(submission)) == [5, 6]
    assert [code for code, _ in codes(submission)] == ["CT09"]
    assert submission.observations[0].place.row == 7


def test_a_further_table_that_is_no_form_is_said_row_by_row() -> None:
    submission = read(sheet(f"{rows(1, 2)}\n\n| STT | Khoản chi | Số tiền |\n| 1 | Vé | 900 |\n| 2 | Ăn | 80 |"))
    assert record_rows(only(submission)) == [5, 6]
    assert [(o.code, o.place.row) for o in submission.observations] == [("CT09", 8), ("CT09", 9), ("CT09", 10)]


BEGUN = [
    ("| 3 | Đoàn chỉ có tên |", [5, 6, 7]),
    ("| | Đoàn C | Thăm | A | 5 | Lào | Sở |", [5, 6, 7]),
    ("| 3 | | | | 5 | Lào |", [5, 6, 7]),
    ("\n\n" + ROW.format("", "C"), [5, 6, 9]),
    ("| Lưu ý: dòng sau là đoàn bổ sung |\n" + ROW.format(3, 3), [5, 6, 8]),
]


@pytest.mark.parametrize(("rest", "expected"), BEGUN)
def test_sparse_rows_are_records_all_the_same(rest: str, expected: list[int]) -> None:
    assert record_rows(only(read(sheet(f"{rows(1, 2)}\n{rest}")))) == expected


SECTIONS = [
    ("| I. Văn phòng Sở |", "Văn phòng Sở"),
    ("| II | Trường Trung cấp Y tế |", "Trường Trung cấp Y tế"),
    ("| A - Khối bệnh viện |", "Khối bệnh viện"),
    ("| | Chi cục Dân số |", "Chi cục Dân số"),
    ("| Các đơn vị khác |", "Các đơn vị khác"),
    ("| B | CÁC ĐOÀN NGOÀI KẾ HOẠCH |", "CÁC ĐOÀN NGOÀI KẾ HOẠCH"),
    ("| II | Đoàn của lãnh đạo huyện |", "Đoàn của lãnh đạo huyện"),
]


@pytest.mark.parametrize(("line", "unit"), SECTIONS)
def test_section_rows_are_non_records_and_their_unit_is_kept(line: str, unit: str) -> None:
    submission = read(sheet(f"{rows(1)}\n{line}\n{rows(2)}"))
    table = only(submission)
    assert [r.provenance.unit for r in table.records] == [None, unit]
    assert codes(submission) == []


CONFERENCES = """
| BẢNG THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM 2019 VÀ DỰ KIẾN NĂM 2020 |
| TT | Tên Hội nghị, hội thảo quốc tế | Số lượng đại biểu Việt Nam | Số lượng đại biểu có quốc tịch nước ngoài | Chủ đề, nội dung hội nghị, hội thảo | Số ngày | Thời gian thực hiện | Địa điểm tổ chức | Tổng kinh phí (gồm kinh phí từ ngân sách nhà nước, do nước ngoài tài trợ, từ nguồn khác) |
| (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) |
| {one} |
| 1 | Hội thảo hang động | 80 | 25 | Bảo tồn | 2 | 15/5/2019 | Đồng Hới | 450 triệu |
| TỔNG CỘNG | | 80 | 26 | | 2 |
| {two} |
| 1 | Hội thảo du lịch | 60 | 15 | Du lịch | 1 | Quý II/2020 | Đồng Hới | 300 triệu |
| TỔNG CỘNG | | 60 | 15 | | =SUM(F9:F9) |
"""


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("I. THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG NĂM 2019",
         "II. DỰ KIẾN HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG NĂM 2020"),
        ("I | Năm 2019", "II | Năm 2020"),
        ("Năm 2019", "Trong năm 2020"),
        ("Thống kê hội nghị, hội thảo năm 2019", "Dự kiến hội nghị, hội thảo năm 2020"),
        ("Mục I: hội nghị đã tổ chức", "Mục II: hội nghị dự kiến"),
    ],
)  # fmt: skip
def test_the_two_sections_of_form_03(one: str, two: str) -> None:
    submission = read(grid(CONFERENCES.format(one=one, two=two)))
    table = only(submission)
    assert [(r.section, r.year, r.provenance.row) for r in table.records] == [("I", 2019, 5), ("II", 2020, 8)]
    assert codes(submission) == []
    assert submission.title_cycles == (2020,)
    stated = [(t.section, t.field, t.stated, t.cell) for t in table.totals]
    assert stated == [
        ("I", "vietnamese_delegates", 80, "C6"), ("I", "foreign_delegates", 26, "D6"), ("I", "days", 2, "F6"),
        ("II", "vietnamese_delegates", 60, "C9"), ("II", "foreign_delegates", 15, "D9"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("I. HỘI NGHỊ, HỘI THẢO QUỐC TẾ ĐÃ TỔ CHỨC NĂM 2019", "II. HỘI NGHỊ, HỘI THẢO QUỐC TẾ DỰ KIẾN NĂM 2020"),
        ("Hội nghị, hội thảo đã diễn ra trong năm", "Hội nghị, hội thảo sẽ tổ chức trong năm tới"),
        ("1. Hội nghị, hội thảo năm 2019", "2. Hội nghị, hội thảo năm 2020"),
        ("* Năm 2019:", "* Năm 2020:"),
        ("Các hội nghị của năm 2019", "Các hội nghị đề xuất tổ chức"),
    ],
)
def test_sections_of_form_03_that_no_total_closes(one: str, two: str) -> None:
    body = "\n".join(line for line in CONFERENCES.splitlines() if "TỔNG CỘNG" not in line)
    submission = read(grid(body.format(one=one, two=two)))
    records = only(submission).records
    assert [(r.section, r.year, r.provenance.unit) for r in records] == [("I", 2019, None), ("II", 2020, None)]
    assert codes(submission) == []


COMPARED = [
    ("So với năm 2019", "tăng 10%"), ("Tỷ lệ thực hiện", "75%"), ("Đạt tỷ lệ", "75%"), ("Tăng/giảm", "-2"),
    ("Chênh lệch", "+3"), ("Hoàn thành kế hoạch", "100%"), ("Số lượt người", "39"), ("Kinh phí bình quân", "50 triệu đồng"),
]  # fmt: skip
OF_THE_SUM = [
    ("Trong KH", "20"),
    ("Ngoài kế hoạch", "19 người"),
    ("Nữ", "3"),
    ("Còn lại", "3"),
    ("Kế hoạch năm 2020", "40"),
]


@pytest.mark.parametrize("total", ["| | Tổng cộng | | | 10 |\n", ""])
@pytest.mark.parametrize(("label", "count"), [*COMPARED, *OF_THE_SUM])
def test_what_compares_or_divides_the_sums_is_no_delegation(label: str, count: str, total: str) -> None:
    """Below a table "Trong KH | 20" was a delegation of twenty; without a sum above, it may be one still."""
    found = only(read(sheet(f"{rows(1, 2)}\n{total}| | {label} | | | {count} |"))).records
    assert len(found) == 2 + (not total and (label, count) in OF_THE_SUM)


@pytest.mark.parametrize(
    "name", ["Đoàn Hội Phụ nữ", "Tỉnh đoàn", "Kế hoạch hợp tác với Lào", "Trong khuôn khổ ASEAN", "Nữ doanh nhân"]
)
def test_a_delegation_below_a_sum_that_is_called_nearly_so(name: str) -> None:
    found = only(
        read(sheet(f"{rows(1)}\n| | Tổng cộng | | | 5 |\n{ROW.format(2, 2).replace('Đoàn 2', name)}"))
    ).records
    assert [r.text("name") for r in found] == ["Đoàn 1", name]


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("THỐNG KÊ ĐOÀN RA DỰ KIẾN THỰC HIỆN NĂM 2020", "02.A"),
        ("DANH SÁCH ĐOÀN RA SẼ TỔ CHỨC, DỰ KIẾN THỰC HIỆN NĂM 2020", "02.A"),
        ("KẾ HOẠCH THỰC HIỆN ĐOÀN RA NĂM 2020", "02.A"),
        ("TỔNG HỢP ĐOÀN RA THỰC HIỆN NĂM 2019", "01.A"),
        ("KẾT QUẢ THỰC HIỆN KẾ HOẠCH ĐOÀN RA NĂM 2019", "01.A"),
    ],
)
def test_what_is_to_be_carried_out_is_planned(title: str, form: str) -> None:
    assert only(read(sheet(rows(1), f"| {title} |"), cycle=2020)).form == form


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("BẢNG THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ DỰ KIẾN TỔ CHỨC NĂM 2020", "II"),
        ("THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ DỰ KIẾN NĂM 2020", "II"),
        ("KẾ HOẠCH TỔ CHỨC HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM 2020", "II"),
        ("BẢNG THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM 2019", "I"),
        ("BẢNG THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM 2019 VÀ DỰ KIẾN NĂM TỚI", "I"),
        ("BẢNG THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ ĐÃ TỔ CHỨC THEO KẾ HOẠCH NĂM 2019", "I"),
    ],
)
def test_a_title_of_one_year_tells_the_section_of_form_03(title: str, section: str) -> None:
    head = CONFERENCES.splitlines()[2]
    row = "| 1 | Hội thảo du lịch | 60 | 15 | Du lịch | 1 | 5/5/{} | Đồng Hới | NSNN: 300 triệu |"
    body = row.format(2020 if section == "II" else 2019)
    assert [r.section for r in only(read(grid(f"| {title} |\n{head}\n{body}"), cycle=2020)).records] == [section]


@pytest.mark.parametrize("below", ["", "| | Không có |\n"])
@pytest.mark.parametrize(
    "heads",
    [
        ("I | Đảng ủy phường", "II | UBND phường", "III | Mặt trận và các đoàn thể"),
        ("A | Đảng ủy", "B | HĐND", "C | Cơ quan khác"),
        ("I | Khối Đảng", "II | Đoàn do phường cử", "III | Đoàn tự túc"),
    ],
)
def test_a_section_at_the_end_of_which_nothing_is_reported(heads: tuple[str, str, str], below: str) -> None:
    one, two, three = (f"| {head} |\n" for head in heads)
    submission = read(sheet(f"{one}{rows(1)}\n{two}{rows(1)}\n{three}{below}"))
    assert record_rows(only(submission)) == [6, 8]
    assert codes(submission) == []


@pytest.mark.parametrize(
    "nil",
    [
        "| Không có |",
        "| | Không phát sinh |",
        "| 1 | Không | Không | Không |",
        "| | Không | | | 0 |",
        "| Năm 2020 đơn vị không có kế hoạch đoàn ra |",
    ],
)
def test_a_nil_return_is_a_form_without_rows(nil: str) -> None:
    submission = read(sheet(nil))
    table = only(submission)
    assert (table.nil, table.records, codes(submission)) == (True, (), [])


def test_a_nil_return_without_any_table() -> None:
    submission = read(grid("| Sở Y tế |\n| KẾ HOẠCH ĐOÀN VÀO NĂM 2020 |\n| Không phát sinh |"))
    table = only(submission)
    assert (table.form, table.nil, table.year, codes(submission, but="")) == ("02.B", True, 2020, [])


def test_two_forms_in_one_sheet_each_with_its_heading() -> None:
    inbound = WITHOUT_TITLE[3][0]
    body = f"""{rows(1, 2)}
| Người lập biểu |

| BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN VÀO NĂM 2020 |
{inbound}
| 1 | Đoàn khách | Thăm | Tỉnh trưởng | 8 | Lào | Hội đàm | 3 | Quý III/2020 | Ngân sách tỉnh |"""
    submission = read(sheet(body))
    assert [(t.form, record_rows(t), t.year) for t in submission.tables] == [
        ("02.A", [5, 6], 2020),
        ("02.B", [11], 2020),
    ]
    assert codes(submission) == []


@pytest.mark.parametrize(("out", "into"), [("I. ĐOÀN RA", "II. ĐOÀN VÀO"), ("I | ĐOÀN RA", "II | ĐOÀN VÀO")])
def test_two_directions_under_one_heading(out: str, into: str) -> None:
    body = f"| {out} |\n{rows(1, 2)}\n| {into} |\n{rows(1)}"
    submission = read(sheet(body, "| KẾ HOẠCH ĐOÀN RA, ĐOÀN VÀO NĂM 2020 |"))
    assert [(t.form, record_rows(t), t.year) for t in submission.tables] == [
        ("02.A", [6, 7], 2020),
        ("02.B", [9], 2020),
    ]
    assert submission.tables[1].records[0].extras == {"Đối tác làm việc": "Sở Y tế"}
    assert codes(submission) == []


def test_a_heading_printed_again_on_the_next_page_is_non_records() -> None:
    submission = read(sheet(f"{rows(1)}\n{OUT_PLAN}\n{rows(2)}"))
    assert record_rows(only(submission)) == [5, 7]
    assert codes(submission) == []


COUNT_LINES = [
    ("| I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị … đoàn |", None),
    ("| I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị 02 đoàn |", None),
    ("| I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị năm 2019: 5 đoàn |", 5),
    ("| Tổng số đoàn ra: 3 |", 3),
    ("| Tổng số đoàn ra của cơ quan/đơn vị | | 4 | đoàn |", 4),
    ('| ="Tổng số đoàn "&COUNTA(B5:B9)&" đoàn" → Tổng số đoàn 9 đoàn |', None),
]


@pytest.mark.parametrize(("line", "stated"), COUNT_LINES)
def test_a_stated_count_is_compared_with_the_rows(line: str, stated: int | None) -> None:
    title = "| BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020 |"
    for submission in (read(sheet(rows(1, 2), f"{title}\n{line}")), read(sheet(f"{rows(1, 2)}\n{line}", title))):
        found = [(o.params["stated"], o.params["counted"]) for o in submission.observations if o.code == "CT07"]
        assert found == ([(stated, 2)] if stated is not None else [])
        assert codes(submission, but="CT10 CT07") == []


def test_the_wrong_year_in_a_title_is_told() -> None:
    submission = read(sheet(rows(1)), cycle=2021)
    (observation,) = [o for o in submission.observations if o.code == "CT08"]
    assert (observation.place.cell, observation.form) == ("A3", "02.A")
    assert (observation.params["year"], observation.params["expected"]) == (2020, 2021)
    assert only(submission).rows_year == 2021
    assert codes(read(sheet(rows(1)), cycle=2020)) == []


OTHER_SHEETS = [
    (grid("| Hướng dẫn ghi |", name="Hướng dẫn", index=1), []),
    (grid("| KẾT QUẢ KIỂM TRA |\n| STT | Mức độ | Mã | Trang tính | Ô | Giá trị | Nội dung | Cách sửa | Căn cứ |",
          name="Kết quả kiểm tra", index=1), []),
    (grid("| Mã | Nội dung |", name="Kết quả kiểm tra", index=1), ["CT03"]),  # the sender's own, by that name
    (grid("| HƯỚNG DẪN CÁCH GHI BIỂU MẪU |\n| 1. Cột (1): ghi tên đoàn |", name="HD", index=1), []),
    (grid("", name="Sheet2", index=1), []),
    (grid("| Danh bạ |\n| Tên | Số |", name="Sheet3", index=1), ["CT03"]),
]  # fmt: skip


@pytest.mark.parametrize(("other", "expected"), OTHER_SHEETS)
def test_sheets_that_are_no_form(other: Grid, expected: list[str]) -> None:
    assert [code for code, _ in codes(read(sheet(rows(1)), other))] == expected


def test_a_file_without_any_form_is_one_finding() -> None:
    assert codes(read(grid("| Danh bạ |\n| Tên | Số |"), grid("| a |", name="b", index=1))) == [("CT02", None)]
    assert codes(read()) == [("CT02", None)]


# --- laws ----------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["", "Đoàn công tác", "Lào", "05", "Quý II/2020", "Ngân sách tỉnh", "Hội đàm", "-", "X"])
LINES = st.one_of(
    st.lists(WORDS, min_size=11, max_size=11),
    st.sampled_from(
        ["I. Văn phòng Sở", "TỔNG CỘNG", "(1): Ghi tên", "Ghi chú: không", "một dòng lạ", "Không có"]
    ).map(lambda text: [text]),
    st.tuples(st.just("7"), st.text("ab ", max_size=3)).map(list),
    st.just([]),
)


def _sheet_of(lines: list[list[str]]) -> Grid:
    return sheet("\n".join(f"| {' | '.join(line)} |" if any(line) else "" for line in lines) or "|")


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=8))
def test_every_row_is_a_record_or_non_records_or_told(lines: list[list[str]]) -> None:
    made = _sheet_of(lines)
    submission = read(made)
    used = {cell.row for cell in made.cells}
    told = {o.place.row for o in submission.observations if o.code == "CT09"}
    records = set(record_rows(only(submission)))
    assert not told & records
    assert len(records) + len(told) + submission.non_records == len(used)


def _facts(submission: Submission) -> list[dict[str, str]]:
    return [{field: r.text(field) for field in r.cells} for t in submission.tables for r in t.records]


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=8), st.integers(1, 14), st.integers(1, 3), st.integers(1, 12), st.integers(1, 2))
def test_inserted_rows_and_columns_change_no_record_and_addresses_follow(
    lines: list[list[str]], row: int, rows_more: int, col: int, cols_more: int
) -> None:
    made = _sheet_of(lines)
    down, right = shift_from(row, rows_more), shift_from(col, cols_more)
    before, after = read(made), read(moved(made, down, right))
    assert _facts(before) == _facts(after)
    for old, new in zip(before.records, after.records, strict=True):
        assert new.provenance.row == down(old.provenance.row)
        for field, source in old.cells.items():
            assert (new.cells[field].row, new.cells[field].col) == (down(source.row), right(source.col))
    seen = [(o.code, o.place.row and down(o.place.row)) for o in before.observations]
    assert sorted(map(str, seen)) == sorted(str((o.code, o.place.row)) for o in after.observations)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=6), st.permutations(range(1, 12)))
@example([["", "-", "-", "", "05", "-", "", "-", "-", "-", "Đoàn công tác"]], [2, 3, 9, 11, 8, 10, 4, 6, 7, 1, 5])
def test_moved_columns_change_no_record(lines: list[list[str]], order: list[int]) -> None:
    full = [line for line in lines if len(line) == 11]
    made = sheet("\n".join(f"| {' | '.join(line)} |" for line in full if any(line)) or "|", "| ĐOÀN RA 2020 |")
    head, body = [c for c in made.cells if c.row < 4], [c for c in made.cells if c.row >= 4]
    shuffled = Grid("Sheet1", 0, tuple(sorted((*head, *(c._replace(col=order[c.col - 1]) for c in body)))))
    before, after = read(made), read(shuffled)
    assert _facts(before) == _facts(after)
    assert before.non_records == after.non_records


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(1, 10)))
def test_hidden_rows_are_read_and_said(hidden: set[int]) -> None:
    open_, closed = sheet(rows(1, 2, 3)), grid_hidden(hidden)
    assert _facts(read(open_)) == _facts(read(closed))
    assert {r.provenance.row for r in read(closed).records if r.provenance.hidden} == hidden & {5, 6, 7}
    told = [o for o in read(closed).observations if o.code == "CT05"]
    assert bool(told) == bool(hidden & {5, 6, 7})


def grid_hidden(hidden: set[int]) -> Grid:
    made = sheet(rows(1, 2, 3))
    return Grid(made.name, 0, made.cells, hidden_rows=frozenset(hidden))


@pytest.mark.parametrize(("title", "form"), [
    ("ĐOÀN RA - VÀO ĐÃ THỰC HIỆN NĂM 2019", "01.B"),
    ("ĐOÀN RA, VÀO ĐÃ THỰC HIỆN NĂM 2019", "01.B"),
    ("ĐOÀN VÀO/RA ĐÃ THỰC HIỆN NĂM 2019", "01.B"),
    ("ĐOÀN RA ĐÃ THỰC HIỆN NĂM 2019", "01.A"),
])  # fmt: skip
def test_a_title_of_both_directions_leaves_it_to_the_headings(title: str, form: str) -> None:
    heads = "| TT | Tên đoàn | Đến từ nước | Trưởng đoàn | Số người | Nội dung hoạt động | Thời gian thực hiện | Kinh phí | Báo cáo | Loại đoàn |"
    row = "| 1 | Đoàn A | Lào | A | 5 | Hội đàm | 5/3/2019 - 8/3/2019 | 20 triệu | | Trong Kế hoạch |"
    assert only(read(sheet(row, f"| BẢNG TỔNG HỢP KẾ HOẠCH {title} |", heads))).form == form


def test_a_table_that_is_laid_out_sideways_is_told() -> None:
    labels = HEADS.split(" | ")
    lines = [f"| {label} | {value} |" for label, value in zip(labels, ROW.strip("| ").split(" | "), strict=False)]
    found = read(grid("\n".join(["| Sở Y tế |", "| KẾ HOẠCH ĐOÀN RA NĂM 2020 |", *lines])))
    other = read(grid("| Danh bạ |\n| Họ tên | Điện thoại |\n| Nguyễn Văn A | 1 |"))
    told = [[o.params for o in one.observations if o.code == "CT02"] for one in (found, other)]
    assert told == [[{"sideways": True}], [{"sideways": False}]]


@pytest.mark.parametrize(("plan", "known"), [
    ("Trong kế hoạch | Ngoài kế hoạch", {"X |": True, "| X": False, "|": None, "X | X": None}),
    ("Đoàn trong KH |", {"X |": True, "|": False}),
])  # fmt: skip
def test_a_table_is_of_the_layout_that_reads_more_of_its_columns_whatever_words_they_have(
    plan: str, known: dict[str, bool | None]
) -> None:
    heads = (
        "STT | Tên đoàn | Trưởng đoàn | Nước đi | Đối tác làm việc | Nội dung | Số người | Thời gian | Kinh phí"
    )
    report = "Số, ngày báo cáo" if "Ngoài" in plan else "Báo cáo"
    row = "1 | Đoàn A | Lê A, Trưởng phòng | Lào | Sở bạn | Hội đàm | 5 | 12/3/2019 | Tự túc | Số 1/BC ngày 20/3/2019"
    body = "\n".join(f"| {row} | {ticks} |" for ticks in known)
    found = read(
        grid(f"| Sở Y tế |\n\n| ĐOÀN RA ĐÃ THỰC HIỆN NĂM 2019 |\n| {heads} | {report} | {plan} |\n{body}")
    )
    assert [record.planned for record in only(found).records] == list(known.values())
    assert {record.text("report_ref") for record in only(found).records} == {"Số 1/BC ngày 20/3/2019"}
