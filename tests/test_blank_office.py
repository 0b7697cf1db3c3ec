"""Blank forms in LibreOffice: pages, formulas and colours, and what is left after it has saved them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest
from blankcases import COLOURS
from blanks import CATALOGUE, LIMITS, OCCASION, SPECS, example_row, write_forms
from office import convert, needs_office, typed
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from doingoai_cli.blank.highlights import Highlight, highlights
from doingoai_cli.blank.layout import layout_of
from doingoai_cli.blank.occasion import SECTION
from doingoai_cli.intake.submission import read_submission
from doingoai_cli.model import own_files
from doingoai_cli.model.forms import FormSpec

pytestmark = needs_office
FORMS = CATALOGUE.blanks
"""All nine that ship."""


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _rows(count: int) -> dict[str, list[dict[str, str]]]:
    """`count` rows for every form, spread over its sections; the activities take several lines."""
    longer = " và trao đổi việc triển khai các nội dung hợp tác đã ký kết giữa hai tỉnh"
    return {
        spec.id: [
            example_row(spec, ordinal=f"N{n}")
            | ({"activities": example_row(spec)["activities"] + longer} if spec.column("activities") else {})
            | ({SECTION: spec.sections[n % len(spec.sections)].id} if spec.sections else {})
            for n in range(count)
        ]
        for spec in FORMS
    }


def _printed(book: Path, folder: Path) -> dict[str, list[str]]:
    """Sheet's label in the footer → the text of each of its pages."""
    with pdfplumber.open(convert(book, "pdf", folder)) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    found: dict[str, list[str]] = {}
    for text in texts:
        found.setdefault(text.splitlines()[-1].partition(" Trang ")[0], []).append(text)
    return found


@pytest.mark.parametrize("filled", [0, 3])
def test_a_form_with_few_rows_is_one_printed_page(tmp_path: Path, filled: int) -> None:
    forms = write_forms(FORMS, OCCASION, LIMITS, prefill=_rows(filled))
    printed = _printed(_write(tmp_path / "mau.xlsx", forms), tmp_path / "out")
    for spec in FORMS:
        (page,) = printed[spec.label]
        texts = [*(f"N{n}" for n in range(filled)), *(f"{note.columns}:" for note in spec.notes if note.columns)]
        assert [text for text in texts if text not in page] == []
        assert page.count("TỔNG CỘNG") == sum(1 for section in spec.sections if section.total)


@pytest.mark.parametrize("count", [4, 30])
def test_filled_forms_are_read_from_print(tmp_path: Path, count: int) -> None:
    """Sections stand apart on the page, below rows that are kept ready; long forms go on over pages."""
    forms = write_forms(FORMS, OCCASION, LIMITS, prefill=_rows(count))
    printed = convert(_write(tmp_path / "mau.xlsx", forms), "pdf", tmp_path / "out").read_bytes()
    found = read_submission(printed, "mau.pdf", CATALOGUE)
    read = {
        spec.form: [r.text("ordinal") for t in found.tables if t.form == spec.form for r in t.records]
        for spec in FORMS
    }
    assert {form: sorted(rows) for form, rows in read.items()} == {
        spec.form: sorted(f"N{n}" for n in range(count)) for spec in FORMS
    }
    assert [t.missing for t in found.tables if t.missing] == []


def test_many_rows_go_on_page_by_page_under_their_heading(tmp_path: Path) -> None:
    shapes = [spec for spec in SPECS if spec.id in ("01.A", "02.A", "03")]  # grouped columns, plain ones, sections
    forms = write_forms(shapes, OCCASION, LIMITS, prefill=_rows(70))
    printed = _printed(_write(tmp_path / "mau.xlsx", forms), tmp_path / "out")
    for spec in shapes:
        pages = printed[spec.label]
        words = re.findall(r"\bN\d+\b", " ".join(pages))
        assert sorted(words, key=lambda word: int(word[1:])) == [f"N{n}" for n in range(70)]
        assert 3 <= len(pages) <= 10
        assert all(spec.columns[-1].number in page for page in pages)


def test_a_low_row_opens_when_somebody_types_in_it(tmp_path: Path) -> None:
    source = _write(tmp_path / "mau.xlsx", write_forms(SPECS[2:3], OCCASION, LIMITS))
    block = layout_of(SPECS[2]).blocks[0]
    low = block.opened + 10
    text = "Đoàn công tác của Sở Y tế tại tỉnh Khăm Muộn về y tế dự phòng và kiểm dịch biên giới"
    saved = typed(source, "Mẫu 02.A", [f"B{low}"], text, tmp_path / "out")
    sheet = load_workbook(saved)["Mẫu 02.A"]
    assert sheet[f"B{low}"].value == text
    assert sheet.row_dimensions[low].height > 30
    assert sheet.row_dimensions[low + 1].height < 2


def test_everything_survives_being_saved_as_ods_and_back(tmp_path: Path) -> None:
    source = _write(tmp_path / "mau.xlsx", write_forms(SPECS, OCCASION, LIMITS, agency="Sở Y tế"))
    ods = convert(source, "ods", tmp_path / "ods")
    back = load_workbook(convert(ods, "xlsx:Calc MS Excel 2007 XML", tmp_path / "back"))
    properties = {item.name: item.value for item in back.custom_doc_props.props}
    assert properties[own_files.KIND] == own_files.KIND_FORM
    assert properties[own_files.AGENCY] == "Sở Y tế"
    assert {own_files.form_of_name(name) for name in back.defined_names} == {(spec.id, 1) for spec in SPECS}
    before = load_workbook(source)
    for spec in SPECS:
        mine, theirs = before[spec.sheet], back[spec.sheet]
        assert _guided(theirs) == _guided(mine)
        assert _coloured(theirs) == _coloured(mine)
        assert theirs.protection.sheet
        first = layout_of(spec).blocks[0].first
        assert not theirs.cell(first, 2).protection.locked


def test_counts_and_totals_follow_what_is_typed(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(write_forms(SPECS, OCCASION, LIMITS)))
    trips, conferences = book["Mẫu 01.A"], book["Mẫu 03"]
    for row in (9, 11, 68):
        trips.cell(row, 2, "Đoàn công tác")
    first, second = layout_of(SPECS[-1]).blocks
    for row, texts in (
        (9, (80, "25 (Lào: 10; Thái Lan: 15)", 2)),
        (10, ("05", 7, 1)),
        (second.first, (3, "Lào: 3", 1)),
    ):
        for column, value in zip((3, 4, 6), texts, strict=True):
            conferences.cell(row, column, value)
    source = tmp_path / "mau.xlsx"
    book.save(source)
    back = load_workbook(convert(source, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out"), data_only=True)
    assert back["Mẫu 01.A"]["A5"].value == "I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị 3 đoàn"
    totals = [
        [back["Mẫu 03"].cell(block.total, column).value for column in (3, 4, 6)] for block in (first, second)
    ]
    # A number per country without a total: the sheet does not guess one.
    assert totals == [[85, 32, 3], [3, None, 1]]


def test_a_row_takes_the_colours_of_its_faults(tmp_path: Path) -> None:
    """Each conditional format's formula stands in a cell beside a row, one sheet a case."""
    book = Workbook()
    book.remove(book.active)
    for form, changes, _ in COLOURS:
        spec = next(spec for spec in SPECS if spec.id == form)
        layout, row = layout_of(spec), example_row(spec, **changes)
        first = layout.blocks[0].first
        sheet = book.create_sheet()
        for number, column in enumerate(spec.columns, 1):
            text = row[column.field]
            sheet.cell(first, number, int(text) if text.isdecimal() else text or None)
        for number, mark in enumerate(_of_first_block(spec), 40):
            sheet.cell(first, number, ArrayFormula(sheet.cell(first, number).coordinate, mark.formula))
    source = tmp_path / "mau.xlsx"
    book.save(source)
    computed = load_workbook(convert(source, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out"), data_only=True)
    seen = []
    for sheet, (form, changes, _) in zip(computed, COLOURS, strict=True):
        spec = next(spec for spec in SPECS if spec.id == form)
        first = layout_of(spec).blocks[0].first
        shown = [
            f"{mark.code} {mark.look}".strip()
            for number, mark in enumerate(_of_first_block(spec), 40)
            if mark.look != "ruled" and sheet.cell(first, number).value
        ]
        seen.append((form, changes, " ".join(shown)))
    assert seen == COLOURS


def _coloured(sheet: Worksheet) -> set[str]:
    """Every cell that has a conditional format (LibreOffice joins ranges of one formula)."""
    return {cell for formats in sheet.conditional_formatting for cell in _cells(formats.sqref)}


def _guided(sheet: Worksheet) -> dict[str, tuple[str, str]]:
    """The kind of entry and the prompt of every cell that has a validation."""
    rules = sheet.data_validations.dataValidation
    return {cell: (rule.type or "none", rule.prompt) for rule in rules for cell in _cells(rule.sqref)}


def _cells(areas: MultiCellRange) -> Iterator[str]:
    return (get_column_letter(column) + str(row) for area in areas.ranges for row, column in area.cells)


def _of_first_block(spec: FormSpec) -> list[Highlight]:
    layout = layout_of(spec)
    return [mark for mark in highlights(layout, LIMITS, OCCASION) if mark.block is layout.blocks[0]]
