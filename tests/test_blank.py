"""Blank workbooks: what stands where, what is free, what guides the hand; and one package stamped for all."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from blanks import CYCLE, LIMITS, OCCASION, PROVINCE, SPECS, example_row, example_rows, write_forms
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from doingoai_cli.blank import formulas
from doingoai_cli.blank.forms import prepare, stamp
from doingoai_cli.blank.highlights import highlights
from doingoai_cli.blank.layout import FREE_ROWS, layout_of
from doingoai_cli.blank.occasion import FormLimits
from doingoai_cli.model import own_files
from doingoai_cli.model.forms import FormSpec, fill_years

IDS = [spec.id for spec in SPECS]
each_form = pytest.mark.parametrize("spec", SPECS, ids=IDS)


def _load(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def blank() -> Workbook:
    return _load(write_forms(SPECS, OCCASION, LIMITS))


def _free_rows(sheet: Worksheet, spec: FormSpec) -> list[int]:
    """Rows whose cells under the heading are all empty and unlocked."""
    width = len(spec.columns)
    return [
        row[0].row
        for row in sheet.iter_rows(min_row=6, max_col=width)
        if all(cell.value is None and not cell.protection.locked for cell in row)
    ]


def _values(data: bytes) -> dict[str, list[Any]]:
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in _load(data)}


def test_sheets_stand_in_order(blank: Workbook) -> None:
    forms = ["Mẫu 01.A", "Mẫu 01.B", "Mẫu 02.A", "Mẫu 02.B", "Mẫu 03"]
    assert blank.sheetnames == ["Hướng dẫn", *forms, "Danh sách thành viên"]


@each_form
def test_a_form_prints_its_text(blank: Workbook, spec: FormSpec) -> None:
    sheet = blank[spec.sheet]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    filled = [fill_years(text, CYCLE, PROVINCE) for text in (spec.title, spec.attachment, spec.label) if text]
    notes = [f"{note.columns}: {note.text}" if note.columns else note.text for note in spec.notes]
    expected = [*filled, *(fill_years(note, CYCLE, PROVINCE) for note in notes), *(c.label for c in spec.columns)]
    assert [text for text in expected if text not in texts] == []
    assert sheet["A1"].value == "Tên cơ quan, đơn vị:"
    assert not sheet["A1"].protection.locked


@each_form
def test_sixty_rows_are_free(blank: Workbook, spec: FormSpec) -> None:
    assert len(_free_rows(blank[spec.sheet], spec)) >= 60 == FREE_ROWS


@each_form
def test_headings_are_locked_without_a_password_and_rows_can_be_inserted(blank: Workbook, spec: FormSpec) -> None:
    sheet, layout = blank[spec.sheet], layout_of(spec)
    protection = sheet.protection
    assert (protection.sheet, protection.password) == (True, None)
    # False: not forbidden.
    allowed = ("insertRows", "deleteRows", "formatRows", "formatColumns", "formatCells", "sort", "autoFilter")
    assert [name for name in allowed if getattr(protection, name)] == []
    rows = (layout.title, layout.heading, layout.heading_end, layout.numbers, layout.notes)
    assert all(sheet.cell(row, 1).protection.locked for row in rows)


@each_form
def test_times_stay_text_and_counts_may_have_a_zero_in_front(blank: Workbook, spec: FormSpec) -> None:
    sheet, layout = blank[spec.sheet], layout_of(spec)
    formats = {
        column.field: sheet.cell(layout.blocks[0].first, number).number_format
        for number, column in enumerate(spec.columns, 1)
    }
    assert formats["period"] == "@"
    assert {formats[field] for field in ("members", "days", "vietnamese_delegates") if field in formats} == {"00"}


@each_form
def test_the_page_is_set_up(blank: Workbook, spec: FormSpec) -> None:
    sheet, layout = blank[spec.sheet], layout_of(spec)
    setup = sheet.page_setup
    # Without a number: one page wide.
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${layout.heading}:${layout.numbers}"
    assert sheet.print_options.horizontalCentered
    assert "&P" in sheet.oddFooter.right.text
    assert sheet.freeze_panes == f"C{layout.numbers + 1}"


@each_form
def test_frozen_rows_leave_most_of_a_laptop(blank: Workbook, spec: FormSpec) -> None:
    """Excel shows about 360 points of rows on 1366 × 768, at the sheet's 90 %."""
    sheet, layout = blank[spec.sheet], layout_of(spec)
    frozen = sum(sheet.row_dimensions[row].height or 15 for row in range(1, layout.numbers + 1))
    assert frozen * 0.9 < 360 / 2.5


def test_marks_tell_the_file_and_the_forms(blank: Workbook) -> None:
    properties = {item.name: item.value for item in blank.custom_doc_props.props}
    assert properties[own_files.KIND] == own_files.KIND_FORM
    assert properties[own_files.CYCLE] == "2020"
    assert not properties[own_files.AGENCY]
    named = {own_files.form_of_name(name): item.attr_text for name, item in blank.defined_names.items()}
    assert named == {(spec.id, 1): f"'{spec.sheet}'!$A$6" for spec in SPECS}


@pytest.mark.parametrize(
    ("place", "sheet"),
    [
        ("='Mẫu 01.A'!$A$6", "Mẫu 01.A"),
        ("Sheet1!$A$6", "Sheet1"),
        ("'D''Or'!$A$6", "D'Or"),
        ("$'Mẫu 01.A'.$A$6", "Mẫu 01.A"),  # OpenDocument
        ("$Sheet1.$A$6", "Sheet1"),
    ],
)
def test_the_mark_of_a_form_is_found_however_its_place_is_written(place: str, sheet: str) -> None:
    properties = {f"name:{own_files.form_name('01.A', 1)}": place, "name:Khác": "Khác!$A$1"}
    assert list(own_files.marked_forms(properties)) == [("01.A", sheet, 6)]


def test_the_count_line_is_a_formula_over_every_free_row() -> None:
    data = write_forms(SPECS[:1], OCCASION, LIMITS)
    formula = _load(data)["Mẫu 01.A"]["A5"].value
    assert formula == '="I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị "&(COUNTA(B8:B69)-1)&" đoàn"'
    stored = load_workbook(io.BytesIO(data), data_only=True)["Mẫu 01.A"]["A5"].value
    assert stored == "I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị 0 đoàn"


def test_form_03_sums_each_section(blank: Workbook) -> None:
    spec, sheet = SPECS[-1], blank["Mẫu 03"]
    for block in layout_of(spec).blocks:
        assert sheet.cell(block.above, 1).value.endswith(("NĂM 2019", "NĂM 2020"))
        assert sheet.cell(block.total, 1).value == "TỔNG CỘNG"
        summed = [get_column_letter(n) for n in range(2, 10) if sheet.cell(block.total, n).value is not None]
        assert summed == ["C", "D", "F"]


def _validations(sheet: Worksheet, cell: str) -> Iterator[Any]:
    return (item for item in sheet.data_validations.dataValidation if cell in item.sqref)


@each_form
def test_every_required_column_has_a_prompt(blank: Workbook, spec: FormSpec) -> None:
    sheet, first = blank[spec.sheet], layout_of(spec).blocks[0].first
    for number, column in enumerate(spec.columns, 1):
        (validation,) = _validations(sheet, f"{get_column_letter(number)}{first}")
        assert validation.promptTitle == column.label[:32] or column.label.startswith(validation.promptTitle[:-1])
        assert validation.prompt
        assert len(validation.prompt) <= 255
        assert len(validation.error or "") <= 255


# form · field · type · what it accepts · what happens to anything else
VALIDATIONS = """
01.A nature  list    Đoàn đối ngoại,Đoàn nghiên cứu,Đoàn đào tạo                    information
01.A members whole   1..10                                                          warning
01.A in_plan list    X                                                              information
01.B members whole   >=1                                                            stop
02.A members whole   1..10                                                          stop
02.A days    whole   >=1                                                            stop
02.A period  list    Quý I/2020,Quý II/2020,Quý III/2020,Quý IV/2020                information
02.B period  list    Quý I/2020,Quý II/2020,Quý III/2020,Quý IV/2020                information
02.B members whole   >=1                                                            stop
03   vietnamese_delegates whole >=0                                                 stop
"""


@pytest.mark.parametrize("line", VALIDATIONS.strip().splitlines(), ids=lambda line: " ".join(line.split()[:2]))
def test_entries_are_guided(blank: Workbook, line: str) -> None:
    form, field, kind, rest = line.split(maxsplit=3)
    accepts, alert = rest.rsplit(maxsplit=1)
    spec = SPECS[IDS.index(form)]
    layout = layout_of(spec)
    (found,) = _validations(blank[spec.sheet], f"{layout.letters(field)}{layout.blocks[0].first}")
    shown = f"{found.formula1}..{found.formula2}" if found.formula2 else f">={found.formula1}"
    assert (found.type, found.errorStyle or "stop") == (kind, alert)
    assert (found.formula1.strip('"') if kind == "list" else shown) == accepts.strip()


def test_a_limit_states_its_rule_and_clause(blank: Workbook) -> None:
    (members,) = _validations(blank["Mẫu 02.A"], "E8")
    assert "Không quá 07 người/đoàn; không quá 10 người nếu trưởng đoàn là Bí thư Tỉnh ủy" in members.error
    assert "Căn cứ: mục 1, gạch đầu dòng thứ ba về đoàn ra." in members.error
    assert members.prompt.startswith("Ghi rõ số lượng thành viên tham gia đoàn dự kiến. Không quá 07 người")


def test_suggestions_with_commas_stand_on_the_guidance_sheet(blank: Workbook) -> None:
    (nature,) = _validations(blank["Mẫu 02.A"], "C8")
    sheet, cells = nature.formula1.split("!")
    listed = [row[0].value for row in blank[sheet.strip("'")][cells.replace("$", "")]]
    assert listed == list(SPECS[2].column("nature").suggestions)


def test_only_planned_sections_offer_quarters(blank: Workbook) -> None:
    blocks = layout_of(SPECS[-1]).blocks
    kinds = [next(_validations(blank["Mẫu 03"], f"G{block.first}")).type for block in blocks]
    assert kinds == [None, "list"]


@each_form
def test_no_formula_is_longer_than_excel_takes(spec: FormSpec) -> None:
    layout = layout_of(spec)
    written = [mark.formula for mark in highlights(layout, LIMITS, OCCASION)]
    written += [formulas.total("C", block) for block in layout.blocks]
    assert max(map(len, written)) < 8192
    assert max(len(text) for formula in written for text in re.findall(r'"[^"]*"', formula)) <= 255


def test_without_rules_a_form_still_asks_for_whole_numbers() -> None:
    sheet = _load(write_forms(SPECS[2:3], OCCASION, FormLimits()))["Mẫu 02.A"]
    (members,) = _validations(sheet, "E8")
    assert (members.formula1, members.formula2, members.errorStyle) == ("1", None, None)


def test_the_guidance_sheet_says_where_when_and_by_which_rules(blank: Workbook) -> None:
    text = "\n".join(str(cell.value) for row in blank["Hướng dẫn"].iter_rows() for cell in row if cell.value)
    for part in (
        "Nơi nhận: Ủy ban nhân dân tỉnh (qua Sở Ngoại vụ).",
        "Thời hạn: trước ngày 15/9/2019.",
        "Không quá 07 người/đoàn",
        "Mỗi chuyến công tác không quá 03 nước.",
        "Mỗi nước không quá 03 ngày; không quá 05 ngày",
        "Nguyễn Văn A",
        "Tổng số ngày ở Quảng Bình",
        "DR07",
    ):
        assert part in text
    assert "{" not in text


def test_the_members_sheet_offers_the_forms(blank: Workbook) -> None:
    sheet = blank[own_files.MEMBERS_SHEET]
    assert [cell.value for cell in sheet[4]] == [label for _, label in own_files.MEMBER_COLUMNS]
    (form,) = _validations(sheet, "A5")
    assert form.formula1 == '"01.A,02.A"'


def test_one_form_a_file() -> None:
    assert _load(write_forms(SPECS[3:4], OCCASION, LIMITS)).sheetnames == ["Hướng dẫn", "Mẫu 02.B"]


def test_an_agency_is_printed_on_every_form() -> None:
    book = _load(write_forms(SPECS, OCCASION, LIMITS, agency="Sở  Khoa học & <Công nghệ>"))
    name = "Sở Khoa học & <Công nghệ>"
    assert {book[spec.sheet]["A1"].value for spec in SPECS} == {f"Tên cơ quan, đơn vị: {name}"}
    assert {item.name: item.value for item in book.custom_doc_props.props}[own_files.AGENCY] == name


def test_a_stamped_package_equals_a_fresh_one() -> None:
    prepared = prepare(SPECS, OCCASION, LIMITS)
    for agency in (None, "Sở Y tế", 'UBND huyện "A" & B'):
        fresh = write_forms(SPECS, OCCASION, LIMITS, agency=agency)
        assert stamp(prepared, agency) == fresh
        assert zipfile.ZipFile(io.BytesIO(fresh)).testzip() is None
    assert _values(stamp(prepared, "Sở Y tế")) != _values(stamp(prepared, None))


def test_prefilled_rows_stand_first_and_leave_room() -> None:
    rows = {"01.A": [example_row(SPECS[0], name=f"=Đoàn {n}") for n in range(90)]}
    book = _load(write_forms(SPECS[:1], OCCASION, LIMITS, prefill=rows))
    sheet = book["Mẫu 01.A"]
    assert [sheet.cell(row, 2).value for row in (9, 98)] == ["=Đoàn 0", "=Đoàn 89"]
    assert {sheet.cell(row, 2).data_type for row in (9, 98)} == {"s"}
    assert sheet["E9"].value == 5
    assert len(_free_rows(sheet, SPECS[0])) >= 30


def test_what_is_computed_is_right_from_the_start() -> None:
    data = write_forms(SPECS, OCCASION, LIMITS, prefill=example_rows(3))
    book = load_workbook(io.BytesIO(data), data_only=True)
    assert book["Mẫu 01.A"]["A5"].value.endswith("cơ quan/đơn vị 3 đoàn")
    total = layout_of(SPECS[-1]).blocks[0].total
    assert [book["Mẫu 03"].cell(total, column).value for column in (3, 4, 6)] == [240, 75, 6]
