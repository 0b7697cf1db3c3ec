# ruff: noqa: E501 - sheets are shown as tables
"""One file → one submission, from its bytes: the samples, hidden data, own outputs, members, legacy text, no form."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from pipetable import grid, xlsx

from doingoai_cli.intake.submission import read_grids, read_submission
from doingoai_cli.model import own_files
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.grid import Addressing, Cell, CellKind, Grid, Workbook
from doingoai_cli.model.roster import Roster, RosterEntry
from doingoai_cli.model.submissions import OwnOutput, Submission
from doingoai_cli.resources import forms_dir

CATALOGUE = load_forms(forms_dir())
EXAMPLE = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox" / "so-y-te.xlsx"
BODY = """
| Sở Y tế |
| KẾ HOẠCH ĐOÀN RA NĂM 2020 |
| TT | Tên đoàn | Danh nghĩa đoàn | Trưởng đoàn | Số thành viên | Đến nước | Đối tác làm việc | Nội dung hoạt động | Số ngày | Thời gian thực hiện | Nguồn kinh phí |
| 1 | Đoàn A | Thăm | Trần B, Giám đốc Sở | 5 | Lào | Sở | Hội đàm | 3 | Quý II/2020 | Ngân sách tỉnh |
| 2 | Đoàn B | Thăm | Trần C, Giám đốc Sở | 6 | Lào | Sở | Hội đàm | 3 | Quý III/2020 | Ngân sách tỉnh |
"""
MEMBERS = grid(
    """
    | DANH SÁCH THÀNH VIÊN |
    | Mẫu (02.A/01.A) | TT đoàn | Họ và tên | Chức vụ | Cơ quan |
    | 02.A | 1 | Nguyễn Văn A | Giám đốc | Sở Y tế |
    |      |   | Trần Thị B | Chuyên viên | Sở Y tế |
    """,
    merges="A3:A4 B3:B4",
    name="Danh sách thành viên",
    index=1,
)


def read(*grids: Grid, properties: dict[str, str] | None = None, **options: object) -> Submission:
    return read_submission(xlsx(grids, properties), "inbox/a.xlsx", CATALOGUE, **options)  # type: ignore[arg-type]


def test_a_file_becomes_a_submission() -> None:
    data = xlsx([grid(BODY)])
    submission = read_submission(data, "inbox/a.xlsx", CATALOGUE, received=datetime(2019, 9, 1))
    assert (submission.path, submission.format, submission.cycle, submission.rows) == (
        "inbox/a.xlsx",
        "xlsx",
        2020,
        2,
    )
    assert (submission.agency.name if submission.agency else "", submission.received) == (
        "Sở Y tế",
        datetime(2019, 9, 1),
    )
    assert len(submission.sha256) == 64
    assert submission.observations == ()


@pytest.mark.parametrize(
    "data", [b"", b"xin ch\xc3\xa0o", b"PK\x03\x04 h\xe1\xbb\x8fng", b"\xd0\xcf\x11\xe0" + b"\0" * 600]
)
def test_what_cannot_be_read_is_one_finding(data: bytes) -> None:
    submission = read_submission(data, "a.xlsx", CATALOGUE, cycle=2020)
    assert [o.code for o in submission.observations] == ["CT01"]
    assert submission.observations[0].params["reason_text"]
    assert submission.observations[0].params["advice"]
    assert submission.tables == ()


HIDDEN = [
    ({"hidden_rows": [4]}, [("row", "dòng 4", "A4")]),
    ({"hidden_rows": [4, 5]}, [("row", "dòng 4–5", "A4")]),
    ({"hidden_rows": [1, 2, 3]}, []),
    ({"hidden_cols": "F"}, [("column", "cột F", "F4")]),
    ({"hidden_cols": "C D M"}, [("column", "cột C–D", "C4")]),
    ({"hidden": True}, [("sheet", "trang tính “Ẩn”", "A4")]),
]


@pytest.mark.parametrize(("how", "told"), HIDDEN)
def test_hidden_data_is_read_and_said(how: dict[str, object], told: list[tuple[str, str, str]]) -> None:
    submission = read(grid("| Bìa |"), grid(BODY, name="Ẩn", index=1, **how))  # type: ignore[arg-type]
    assert submission.rows == 2
    found = [o for o in submission.observations if o.code == "CT05"]
    assert [(o.params["kind"], o.params["what"], o.place.cell) for o in found] == told


def test_members_are_listed_with_what_merged_cells_say() -> None:
    submission = read(grid(BODY), MEMBERS)
    assert [(m.form, m.trip, m.name, m.provenance.row) for m in submission.members] == [
        ("02.A", "1", "Nguyễn Văn A", 3),
        ("02.A", "1", "Trần Thị B", 4),
    ]
    assert submission.observations == ()


def test_the_roster_names_the_agencies_of_members() -> None:
    roster = Roster((RosterEntry("SYT", "Sở Y tế", ("SYT",)), RosterEntry("SDL", "Sở Du lịch")))
    listed = replace(
        MEMBERS, cells=tuple(c._replace(value="SYT") if c.value == "Sở Y tế" else c for c in MEMBERS.cells)
    )
    assert [m.agency for m in read(grid(BODY), listed, roster=roster).members] == ["Sở Y tế", "Sở Y tế"]
    assert [m.agency for m in read(grid(BODY), listed).members] == ["SYT", "SYT"]


@pytest.mark.parametrize(
    ("typed", "agency"),
    [
        ("Tên cơ quan, đơn vị: Lệ Thủy", "UBND huyện Lệ Thủy"),
        ("Tên cơ quan, đơn vị: …", None),
        ("Kính gửi: Lệ Thủy", None),
    ],
)
def test_a_bare_place_behind_the_agency_line_is_an_agency_where_the_roster_knows_it(
    typed: str, agency: str | None
) -> None:
    roster = Roster((RosterEntry("LT", "UBND huyện Lệ Thủy", ("Lệ Thủy",)),))
    found = read(grid(BODY.replace("Sở Y tế", typed, 1)), roster=roster).agency
    assert (found.name if found else None) == agency


FORM = {own_files.KIND: own_files.KIND_FORM, own_files.AGENCY: "Sở Y tế"}
BLANK = BODY.split("| 1 |")[0]
OWN = [
    (BLANK, FORM, OwnOutput.BLANK),
    (BLANK + "| 1 |\n| 2 |\n| … |", FORM, OwnOutput.BLANK),
    (BLANK + "| Không có |", FORM, None),
    (BLANK.replace("Sở Y tế", "Sở Du lịch"), FORM, OwnOutput.BLANK),
    (BLANK, {}, OwnOutput.BLANK),
    (BLANK + "| | | | | | xem tệp kèm theo |", {}, None),
    (BODY, FORM, None),
    (BODY, {own_files.KIND: own_files.KIND_CONSOLIDATED}, OwnOutput.CONSOLIDATED),
    (BODY, {own_files.KIND: own_files.KIND_REPORT}, OwnOutput.REPORT),
    (BODY, {}, None),
]


@pytest.mark.parametrize(("body", "properties", "own"), OWN)
def test_own_outputs_are_known_by_their_mark(body: str, properties: dict[str, str], own: OwnOutput | None) -> None:
    assert read(grid(body), properties=properties).own is own


def test_the_consolidated_workbook_gives_its_records_with_its_own_columns() -> None:
    body = BODY.replace("Nguồn kinh phí |", "Nguồn kinh phí | Cơ quan | Vi phạm | Mã bản ghi |").replace(
        "Quý II/2020 | Ngân sách tỉnh |", "Quý II/2020 | Ngân sách tỉnh | Sở Y tế | DR07 | k1 |"
    )
    submission = read(
        grid("| Tổng |", name="Tổng quan"), grid(body, name="02.A", index=1, hidden_cols="N"),
        properties={own_files.KIND: own_files.KIND_CONSOLIDATED},
    )  # fmt: skip
    assert submission.records[0].extras == {"Cơ quan": "Sở Y tế", "Vi phạm": "DR07", "Mã bản ghi": "k1"}
    assert submission.observations == ()


def test_legacy_text_is_converted_and_said_once() -> None:
    made = grid(BODY)
    changed = tuple(c._replace(value="Hµn Quèc", font=".VnTime") if c.value == "Lào" else c for c in made.cells)
    submission = read_grids(Workbook("xlsx", (replace(made, cells=changed),)), "a.xlsx", CATALOGUE)
    assert [r.text("countries") for r in submission.records] == ["Hàn Quốc", "Hàn Quốc"]
    assert [(o.code, o.place.cell, o.params["encoding"]) for o in submission.observations] == [
        ("CT11", "F4", "TCVN3")
    ]


def test_headings_in_a_legacy_encoding_are_read_too() -> None:
    labels = ("TT", "Tªn ®oµn", "Danh nghÜa ®oµn", "Tr­ëng ®oµn", "Sè thµnh viªn", "§Õn n­íc", "§èi t¸c lµm viÖc",
              "Néi dung ho¹t ®éng", "Sè ngµy", "Thêi gian thùc hiÖn", "Nguån kinh phÝ")  # fmt: skip
    cells = tuple(Cell(1, col, CellKind.TEXT, label, font=".VnTime") for col, label in enumerate(labels, 1))
    submission = read_grids(Workbook("xls", (Grid("Sheet1", 0, cells),)), "a.xls", CATALOGUE)
    assert [(t.form, t.missing) for t in submission.tables] == [("02.A", ())]


def test_a_font_that_the_sheet_does_not_write_in_converts_nothing() -> None:
    made = grid(BODY.replace("Lào", "Thái Lan"))
    changed = tuple(c._replace(font=".VnTime") for c in made.cells)
    submission = read_grids(Workbook("xlsx", (replace(made, cells=changed),)), "a.xlsx", CATALOGUE)
    assert [r.text("countries") for r in submission.records] == ["Thái Lan", "Thái Lan"]
    assert submission.observations == ()


def test_a_word_table_without_heading_goes_on_with_the_one_before() -> None:
    made = replace(grid(BODY, name="Bảng 1"), addressing=Addressing.WORD)
    last = made.cells[-1].row
    rest = tuple(c._replace(row=1) for c in made.cells if c.row == last)
    further = [
        Grid("Bảng 2", 1, rest, addressing=Addressing.WORD),
        Grid("Bảng 3", 2, tuple(c for c in rest if c.col < 5), addressing=Addressing.WORD),
    ]
    submission = read_grids(Workbook("docx", (made, *further)), "a.docx", CATALOGUE)
    assert [(t.form, t.sheet, len(t.records)) for t in submission.tables] == [
        ("02.A", "Bảng 1", 2),
        ("02.A", "Bảng 2", 1),
    ]
    assert [(o.code, o.place.sheet) for o in submission.observations] == [("CT03", "Bảng 3")]


def test_a_word_table_names_its_cells_by_row_and_column() -> None:
    made = replace(grid(BODY, name="Bảng 1"), addressing=Addressing.WORD)
    submission = read_grids(Workbook("docx", (made,)), "a.docx", CATALOGUE)
    assert submission.records[0].cells["members"].cell == "hàng 4, cột 5"


def test_the_year_comes_from_the_titles_unless_the_run_settles_it() -> None:
    realised = BODY.replace("KẾ HOẠCH ĐOÀN RA NĂM 2020", "ĐOÀN RA ĐÃ THỰC HIỆN NĂM 2019").replace(
        "Số ngày", "Kinh phí"
    )
    both = read(grid(BODY), grid(realised, name="b", index=1))
    assert (both.cycle, both.title_cycles, [t.rows_year for t in both.tables]) == (2020, (2020,), [2020, 2019])
    untitled = read(grid(BODY.replace("NĂM 2020", "")))
    assert (untitled.cycle, untitled.title_cycles) == (None, ())
    assert read(grid(BODY), cycle=2022).records[0].year == 2022


def test_the_combined_sheet_and_the_officials_of_bac_giang() -> None:
    combined = grid(
        """
        | BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA- VÀO ĐÃ THỰC HIỆN NĂM 2018 |

        | I. ĐOÀN RA |
        | TT | Tên đoàn | Danh nghĩa Đoàn | Trưởng Đoàn | Số thành viên | Đến nước | Đối tác làm việc | Nội dung hoạt động | Thời gian thực hiện | Kinh phí | Báo cáo | Loại đoàn |
        |  |  |  |  |  |  |  |  |  |  |  | Trong KH | Ngoài KH |

        | II. ĐOÀN VÀO |
        | TT | Tên đoàn | Đến từ nước | Trưởng Đoàn | Số người | Nội dung hoạt động | Thời gian thực hiện | Kinh phí | Báo cáo | Loại đoàn |
        | 01 | Chính quyền Quận Seo | Hàn Quốc | KANG, CHEOL SIG | 05 | - Làm việc với lãnh đạo thành phố; | 28/2-2/3 | Ăn, nghỉ | Công văn 436/UBND-NgV ngày 6/2/2018 | Trong Kế hoạch |
        """
    )
    officials = grid(
        """
        | BẢNG TỔNG HỢP ĐI NƯỚC NGOÀI NĂM 2018 |
        | CỦA CÁN BỘ THUỘC BAN THƯỜNG VỤ TỈNH ỦY QUẢN LÝ |

        | TT | Họ tên | Chức vụ | Đến nước | Nội dung hoạt động | Thời gian đi | Ghi chú |
        | 1 | Nguyễn Văn A | Chủ tịch UBND thành phố | Trung Quốc | Xúc tiến đầu tư | Từ 20/4/2018 đến 27/2018 | |
        | 2 | Trần Văn B | Phó Chủ tịch UBND thành phố | Thụy Sĩ và Áo | Tham quan | Từ 01/6/2018 đến 09/6/2018 | |
        """,
        index=1,
    )
    submission = read_grids(Workbook("xlsx", (combined, officials)), "a.xlsx", CATALOGUE)
    assert [(t.spec, t.form, t.rows_year, [r.provenance.row for r in t.records]) for t in submission.tables] == [
        ("bac-giang-2018-ra", "01.A", 2018, []),
        ("bac-giang-2018-vao", "01.B", 2018, [9]),
        ("bac-giang-2018-can-bo", "CBDNN", 2018, [5, 6]),
    ]
    assert [o.code for o in submission.observations] == ["CT10"]
    inbound = submission.records[0]
    assert inbound.planned is True  # type: ignore[attr-defined]
    assert not inbound.has("partners")
    assert submission.non_records == 9


OWN_NAMES = ["Hướng dẫn", "Tổng quan", "Vi phạm", "Tình hình nộp", "Nhật ký", "Kết quả kiểm tra"]


@pytest.mark.parametrize("name", OWN_NAMES)
def test_a_form_in_a_sheet_that_bears_a_name_of_ours_is_read(name: str) -> None:
    submission = read(grid(BODY, name=name), properties={own_files.KIND: own_files.KIND_FORM})
    assert submission.rows == 2
    assert [o.code for o in submission.observations] == []


@pytest.mark.parametrize("name", OWN_NAMES)
def test_other_data_in_such_a_sheet_is_said(name: str) -> None:
    table = grid(
        "| TT | Họ tên | Ngày sinh | Quê quán | Nơi ở | Số máy |\n| 1 | A | 1/1 | B | C | 5 |", name=name, index=1
    )
    submission = read(grid(BODY), table)
    assert [o.code for o in submission.observations] == ["CT03"]


def test_a_form_typed_over_the_guidance_of_a_blank_workbook_is_read(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    page = book["Hướng dẫn"]
    for merged in list(page.merged_cells.ranges):
        page.unmerge_cells(str(merged))
    for row, line in enumerate(line for line in BODY.splitlines() if line):
        for col, text in enumerate(line.strip("| ").split("|"), start=1):
            page.cell(row + 1, col, text.strip())
    book.save(tmp_path / "a.xlsx")
    before = read_submission(EXAMPLE.read_bytes(), "a.xlsx", CATALOGUE)
    after = read_submission((tmp_path / "a.xlsx").read_bytes(), "a.xlsx", CATALOGUE)
    assert after.rows >= before.rows + 2
    typed = [t for t in after.tables if t.sheet == "Hướng dẫn"]
    assert [(t.form, t.records[0].text("name"), t.records[1].text("name")) for t in typed[:1]] == [
        ("02.A", "Đoàn A", "Đoàn B")
    ]
