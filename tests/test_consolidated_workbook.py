"""The consolidated workbook as a file: sheets, text as data, live figures, links, print set-up."""

import io
import re
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from consolidation import CONFERENCE, EXAMPLES, PLANNED, REALISED, back, merged, submission, workbook_of, written
from consolidation import described as described_grids
from office import convert, needs_office
from openpyxl.worksheet.worksheet import Worksheet

from doingoai_cli.consolidate.consolidation import Consolidation
from doingoai_cli.model.counting import is_counted, persons
from doingoai_cli.model.findings import Finding, Severity, Waived
from doingoai_cli.model.roster import Roster, RosterEntry

TOURISM, HEALTH = "Sở Du lịch", "Sở Y tế"


def finding(code: str, field: str, row: int, form: str = "02.A", **more: object) -> Finding:
    values = {
        "severity": Severity.ERROR, "file": "du-lich.xlsx", "agency": TOURISM, "sheet": f"Mẫu {form}",
        "cell": f"F{row}", "message": f"Lời của {code}.", **more,
    }  # fmt: skip
    return Finding(code=code, form=form, field=field, row=row, **values)  # type: ignore[arg-type]


WAIVED = Waived(reason="được phép", approved_by="Giám đốc Sở", until="2020-12-31")
FINDINGS = [
    finding("DR07", "members", 9),
    finding("DR15", "funding", 9, severity=Severity.WARNING),
    finding("DR11", "days", 9, waived=WAIVED),
    finding("TH05", "activities", 9, form="01.A", severity=Severity.WARNING),
]


def inbox() -> Consolidation:
    tourism = submission(
        "du-lich.xlsx",
        TOURISM,
        {
            "01.A": [
                REALISED,
                {**REALISED, "name": "Đoàn tham quan", "activities": "Du lịch", "members": 30},
                {**REALISED, "name": "Đoàn ba", "members": "07 người (02 nữ)", "countries": "Pháp, Đức",
                 "period": "Từ 14/7/2019 đến 22/7/2019", "in_plan": "", "off_plan": "x"},
            ],
            "02.A": [
                PLANNED,
                {**PLANNED, "name": "=HYPERLINK(\"http://x\")", "members": 12, "Ghi chú": "@SUM(A1)"},
            ],
            "03": [CONFERENCE, {**CONFERENCE, "section": "II", "name": "Hội nghị dự kiến", "period": "Quý III"}],
        },
    )  # fmt: skip
    health = submission(
        "y-te.xlsx", HEALTH, {"01.B": [{**REALISED, "report_ref": "BC số 5"}], "02.B": [PLANNED]},
        received=datetime(2019, 9, 20),
    )  # fmt: skip
    again = submission("y-te-2.xlsx", HEALTH, {"02.B": [{**PLANNED, "days": 4}]}, received=datetime(2019, 9, 21))
    roster = Roster((RosterEntry("DL", TOURISM), RosterEntry("YT", HEALTH), RosterEntry("NV", "Sở Ngoại vụ")))
    return merged([tourism, health, again], findings=FINDINGS, roster=roster)


@pytest.fixture(scope="module")
def data() -> bytes:
    return written(inbox())


@pytest.fixture(scope="module")
def book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def heads(sheet: Worksheet) -> list[str]:
    """The lowest heading of each column, up to the hidden ones."""
    columns = range(1, sheet.max_column + 1)
    found = [next((str(sheet.cell(r, c).value) for r in (6, 5) if sheet.cell(r, c).value), "") for c in columns]
    first_hidden = found.index("Mã bản ghi")
    letters = openpyxl.utils.get_column_letter(first_hidden + 1)
    assert sheet.column_dimensions[letters].hidden
    return [heading for heading in found[:first_hidden] if heading]  # the mark beside the opinion has none


def test_the_sheets_stand_in_their_order(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [
        "Tổng quan", "01.A", "01.B", "02.A", "02.B", "03", "Ghép kế hoạch", "Điều chỉnh kế hoạch",
        "Vi phạm", "Tình hình nộp", "Nhật ký", "Đã thay thế", "_doingoai",
    ]  # fmt: skip


def test_a_forms_sheet_has_the_official_columns_then_ours_then_the_senders(book: openpyxl.Workbook) -> None:
    sheet = book["02.A"]
    assert sheet["A1"].value == "BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020"
    assert heads(sheet) == [
        "TT", "Tên đoàn", "Danh nghĩa đoàn", "Trưởng đoàn", "Số thành viên", "Đến nước", "Đối tác làm việc",
        "Nội dung hoạt động", "Số ngày", "Thời gian thực hiện", "Nguồn kinh phí",
        "Cơ quan", "Nguồn", "Vi phạm", "Ý kiến thẩm định", "Ghi chú thẩm định", "Ghi chú (đơn vị gửi)",
    ]  # fmt: skip
    assert heads(book["01.A"])[11:13] == ["Trong KH", "Ngoài KH"]
    assert "Báo cáo (đơn vị gửi)" in heads(book["01.B"])  # a column that the official form does not print


def test_rows_carry_their_agency_source_and_codes(book: openpyxl.Workbook) -> None:
    rows = list(book["02.A"].iter_rows(min_row=8, max_row=9, min_col=12, max_col=14, values_only=True))
    assert rows == [
        (TOURISM, "du-lich.xlsx · Mẫu 02.A · dòng 8", None),
        (TOURISM, "du-lich.xlsx · Mẫu 02.A · dòng 9", "DR07, DR15 (Lời của DR07; và 01 mục khác; miễn trừ: DR11)"),
    ]


def test_text_is_never_a_formula_and_plain_numbers_are_numbers(book: openpyxl.Workbook) -> None:
    sheet = book["02.A"]
    assert (sheet["B9"].value, sheet["B9"].data_type) == ('=HYPERLINK("http://x")', "s")
    assert sheet["B9"].hyperlink is None
    assert (sheet["R9"].value, sheet["R9"].data_type) == ("@SUM(A1)", "s")
    assert sheet["E9"].value == 12
    assert book["01.A"]["E10"].value == "07 người (02 nữ)"


def test_control_characters_and_overlong_texts_do_no_harm() -> None:
    long = "rất dài " * 6000
    texts = {**PLANNED, "name": "Đoàn\x0b một\x01", "activities": long}
    consolidation = merged([submission("a.xlsx", TOURISM, {"02.A": [texts]})])
    previous = back(written(consolidation))
    (row,) = previous.consolidated.rows
    assert row.record.text("activities").endswith("xem tệp gốc]")
    again = merged([submission("a.xlsx", TOURISM, {"02.A": [texts]})], previous)
    assert again.edits == {}  # what had to be cut is no officer's edit


def test_findings_lead_to_their_rows_and_rows_say_what_is_amiss(book: openpyxl.Workbook) -> None:
    sheet = book["Vi phạm"]
    links = {sheet.cell(r, 3).value: sheet.cell(r, 7).hyperlink.location for r in range(5, 9)}
    assert links == {"DR07": "'02.A'!E9", "DR15": "'02.A'!K9", "DR11": "'02.A'!I9", "TH05": "'01.A'!H9"}
    assert str(book["02.A"]["N9"].value).startswith("DR07, DR15 (Lời của DR07")  # the code, and what it says
    assert "được phép (Giám đốc Sở, đến 2020-12-31)" in [sheet.cell(r, 13).value for r in range(5, 9)]


def test_cells_with_findings_are_filled_by_severity(book: openpyxl.Workbook) -> None:
    colours = {c: book["02.A"][f"{c}9"].fill.start_color.rgb for c in "EIKB"}
    assert colours == {"E": "FFF8CBAD", "K": "FFFFF2CC", "I": "00000000", "B": "00000000"}


def test_review_columns_offer_the_three_opinions(book: openpyxl.Workbook) -> None:
    (validation,) = book["02.A"].data_validations.dataValidation
    assert validation.formula1 == '"Đồng ý,Điều chỉnh,Không đồng ý"'
    assert str(validation.sqref).startswith("O8:O")


@pytest.mark.parametrize("name", ["01.A", "01.B", "02.A", "02.B", "03", "Vi phạm", "Tình hình nộp", "Nhật ký"])
def test_every_sheet_is_ready_to_print_and_to_filter(book: openpyxl.Workbook, name: str) -> None:
    sheet = book[name]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows
    assert sheet.freeze_panes
    assert sheet.auto_filter.ref


def test_sorting_by_the_filter_takes_the_hidden_id_along(book: openpyxl.Workbook) -> None:
    sheet = book["02.A"]
    last = sheet.auto_filter.ref.split(":")[1]
    columns = [cell.value for cell in sheet[5]]
    assert openpyxl.utils.cell.coordinate_from_string(last)[0] == openpyxl.utils.get_column_letter(len(columns))
    assert columns[-1] == "[Nước]"


def test_the_ledger_lists_every_file_and_its_sums_agree(book: openpyxl.Workbook) -> None:
    rows = list(book["Nhật ký"].iter_rows(min_row=5, min_col=2, max_col=9, values_only=True))
    assert [(r[0], r[5], r[6], r[7]) for r in rows] == [
        ("du-lich.xlsx", 7, 7, "đã tổng hợp"),
        ("y-te-2.xlsx", 1, 1, "đã tổng hợp"),
        ("y-te.xlsx", 2, 1, "đã thay thế: 02.B thay bằng y-te-2.xlsx"),
        ("Tổng cộng", 10, 9, None),
    ]
    status = list(book["Tình hình nộp"].iter_rows(min_row=5, min_col=3, max_col=8, values_only=True))
    assert [(r[0], r[1]) for r in status] == [
        (TOURISM, "đã nộp"),
        (HEALTH, "nộp muộn"),
        ("Sở Ngoại vụ", "chưa nộp"),
    ]


def test_the_overview_counts_what_is_to_be_counted(data: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Tổng quan"]
    lines = {r[0]: r[1:8] for r in sheet.iter_rows(max_col=8, values_only=True) if r[0]}
    assert lines["Đoàn ra đã thực hiện (01.A)"] == (2019, 2, 12, 1, 1, 0, 1)
    assert lines["Đoàn ra kế hoạch (02.A)"][:3] == (2020, 2, 17)
    assert lines["Hội nghị, hội thảo đã tổ chức (03, mục I)"][:5] == (2019, 1, 40, 15, 2)
    assert lines["Tháng 7"][:2] == (1, 7)
    assert lines["Quý II"][:2] == (2, 17)
    assert lines["Pháp"][:2] == lines["Đức"][:2] == (1, 7)
    assert [v for v in lines[TOURISM] if v is not None] == [2, 0, 2, 0, 2, 6]
    charts = openpyxl.load_workbook(io.BytesIO(data))["Tổng quan"]._charts
    assert len(charts) == 3


def test_refused_rows_of_a_plan_and_uncounted_codes_are_left_out() -> None:
    consolidation = inbox()
    counted = [r for r in consolidation.consolidated.rows if is_counted(r)]
    assert len(consolidation.consolidated.rows) - len(counted) == 1
    assert sum(persons(r.record) for r in counted if r.record.form == "01.A") == 12


def test_the_same_inbox_gives_the_same_bytes_and_marks_say_whose_they_are(data: bytes) -> None:
    assert written(inbox()) == data
    properties = workbook_of(data).properties
    assert properties["doingoai.kind"] == "tong-hop"
    assert properties["doingoai.cycle"] == "2020"
    assert properties["name:_doingoai.form.02.A.v1"] == "'02.A'!$A$6"


def test_what_is_described_is_what_is_written(data: bytes) -> None:
    for grid, file in zip(described_grids(inbox()).grids, workbook_of(data).grids, strict=True):
        assert {(c.row, c.col): c.value for c in grid.cells} == {(c.row, c.col): c.value for c in file.cells}


def test_an_empty_cycle_has_all_its_sheets() -> None:
    previous = back(written(merged([])))
    assert previous.consolidated.rows == ()
    assert previous.unread == ()


@pytest.mark.parametrize("form", list(EXAMPLES))
def test_many_strange_headings_share_a_column_and_none_is_lost(form: str) -> None:
    rows = [{**EXAMPLES[form], "name": f"Đoàn {i}", f"Cột lạ {i}": f"giá trị {i}"} for i in range(12)]
    previous = back(written(merged([submission("a.xlsx", TOURISM, {form: rows})])))
    texts = " ".join(t for r in previous.consolidated.rows for t in r.record.extras.values())
    assert all(f"giá trị {i}" in texts for i in range(12))


# --- with a calculating program ----------------------------------------------------------------------------

_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


def recalculated(data: bytes, folder: Path) -> bytes:
    """The workbook after LibreOffice worked out every formula anew."""
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(_RECALCULATE)
    (folder / "so.xlsx").write_bytes(data)
    return convert(folder / "so.xlsx", "xlsx", folder / "out", settings.parent).read_bytes()


def formula_values(formulas: bytes, values: bytes) -> dict[tuple[str, str], object]:
    written_book = openpyxl.load_workbook(io.BytesIO(formulas))
    read = openpyxl.load_workbook(io.BytesIO(values), data_only=True)
    return {
        (sheet.title, cell.coordinate): read[sheet.title][cell.coordinate].value or 0
        for sheet in written_book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@needs_office
def test_stored_values_are_those_that_a_calculating_program_finds(data: bytes, tmp_path: Path) -> None:
    stored = formula_values(data, data)
    assert len(stored) > 100
    assert formula_values(data, recalculated(data, tmp_path)) == stored


@needs_office
def test_figures_follow_what_officers_edit(data: bytes, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    plan, done = book["02.A"], book["01.A"]
    plan["E8"] = "09 người"  # was 5
    plan["O9"] = "Không đồng ý"  # 12 persons
    for row, period in ((10, "Quý IV/2020"), (11, "tháng 8/2020"), (12, "quý 3")):
        for column, value in zip("BDEFJ", (f"Đoàn thêm {row}", "Trần B", 4, "Lào", period), strict=True):
            plan[f"{column}{row}"] = value
    done["I8"], done["L8"], done["M8"] = "15-20/11/2019", None, "X"
    edited = io.BytesIO()
    book.save(edited)
    result = recalculated(edited.getvalue(), tmp_path)
    sheet = openpyxl.load_workbook(io.BytesIO(result), data_only=True)["Tổng quan"]
    lines = {r[0]: r[1:8] for r in sheet.iter_rows(max_col=8, values_only=True) if r[0]}
    assert lines["Đoàn ra kế hoạch (02.A)"][:3] == (2020, 4, 21)
    assert lines["Quý IV"][:2] == (1, 4)
    assert lines["Quý III"][:2] == (2, 8)
    assert lines["Tháng 11"][:2] == (1, 5)
    assert lines["Đoàn ra đã thực hiện (01.A)"][3:5] == (0, 2)
    rows = [r for r in back(result).consolidated.of_form("02.A") if is_counted(r)]
    assert (len(rows), sum(persons(r.record) for r in rows)) == (4, 21)


def test_no_sheet_name_or_defined_name_breaks_excels_rules(book: openpyxl.Workbook) -> None:
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in book.sheetnames)
