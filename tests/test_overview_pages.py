"""The overview's printed pages: charts stand whole on one, tables are parted only where they are longer."""

import itertools
from io import BytesIO

import openpyxl
import pytest
from consolidation import (
    AGREEMENT,
    AID,
    CATALOGUE,
    EXAMPLES,
    FURTHER,
    PLANNED,
    REALISED,
    merged,
    submission,
    written,
)

# A4 that lies, less margins of 0.4, 0.5 and 0.6 inches, in points.
WIDTH, HEIGHT = 842 - 0.8 * 72, 595 - 1.1 * 72
COUNTRIES = ("Lào", "Thái Lan", "Nhật Bản", "Hàn Quốc", "Pháp", "Đức", "Trung Quốc", "Hoa Kỳ", "Anh", "Bỉ", "Ý")


def overview(agencies: int, rows: int) -> openpyxl.worksheet.worksheet.Worksheet:
    forms = {**EXAMPLES, **(FURTHER if rows > 1 else {})}

    def files() -> list[dict[str, object]]:
        return [
            {
                form: [
                    {**base, "name": f"{base.get('name')} {a}.{n}", "countries": COUNTRIES[(a + n) % 11]}
                    for n in range(rows)
                ]
                for form, base in forms.items()
            }
            for a in range(agencies)
        ]

    sent = [submission(f"{a}.xlsx", f"Sở Văn hóa số {a}", held) for a, held in enumerate(files())]
    return openpyxl.load_workbook(BytesIO(written(merged(sent))))["Tổng quan"]


@pytest.mark.parametrize(("agencies", "rows"), [(1, 1), (8, 2), (60, 2)])
def test_no_chart_is_cut_by_the_end_of_a_page(agencies: int, rows: int) -> None:
    sheet = overview(agencies, rows)
    scale = sheet.page_setup.scale / 100
    assert not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage
    dimensions = sheet.column_dimensions
    assert (dimensions["A"].width + 14 * dimensions["B"].width) * 7 * 0.75 * scale < WIDTH
    heights = [sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 30)]
    breaks = [0, *(item.id for item in sheet.row_breaks.brk)]
    assert len(sheet._charts) == 3
    for chart in sheet._charts:
        first, last = chart.anchor._from.row, chart.anchor.to.row
        begins = max(at for at in breaks if at <= first)
        assert not [at for at in breaks if first < at <= last]
        assert sum(heights[begins : last + 1]) * scale < HEIGHT
    # No page is left nearly empty above a break.
    for begins, ends in itertools.pairwise(breaks):
        assert sum(heights[begins:ends]) * scale > HEIGHT / 4


def test_a_link_to_a_row_is_wide_enough_for_its_number() -> None:
    """LibreOffice sets a link in one line and cuts it at its column: "dòng 25" must not be read as "dòng 2"."""
    book = openpyxl.load_workbook(BytesIO(written(merged([submission("a.xlsx", "Sở A", {"01.A": [REALISED]})]))))
    sheet = book["Vi phạm"]
    heading = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Dòng trong sổ")
    width = sheet.column_dimensions[heading.column_letter].width
    assert all(len(f"{form}, dòng 1234") / 1.16 < width for form in CATALOGUE.forms())


def test_a_form_that_prints_no_label_is_named_by_its_code() -> None:
    officials = {
        "name": "Nguyễn Văn A",
        "title": "Giám đốc Sở",
        "countries": "Lào",
        "period": "3/4/2019 - 5/4/2019",
    }
    sent = submission("a.xlsx", "Thành ủy", {"CBDNN": [{**officials, "activities": "Hội đàm"}]})
    sheet = openpyxl.load_workbook(BytesIO(written(merged([sent]))))["Tổng quan"]
    named = [cell.value for cell in sheet["A"] if "CBDNN" in str(cell.value)]
    assert named == [
        "Cán bộ thuộc diện Ban Thường vụ Tỉnh ủy quản lý đi nước ngoài năm 2019 (Mẫu CBDNN)", "Mẫu CBDNN",
    ]  # fmt: skip
    row = next(cell.row for cell in sheet["A"] if cell.value == named[0])
    assert sheet.row_dimensions[row].height > 40  # three lines


def test_a_date_and_the_name_of_a_country_stand_in_one_line() -> None:
    """Columns of a form with many are narrow; "07/12/2019" must not be read as "07/12/201"."""
    rows = {"01.A": [REALISED], "02.A": [PLANNED], "4": [AGREEMENT], "PCPNN": [AID]}
    book = openpyxl.load_workbook(BytesIO(written(merged([submission("a.xlsx", "Sở A", rows)]))))
    for form in rows:
        sheet = book[form]
        for cell in sheet[5]:
            if cell.value in {"Đến nước", "Nước", "Thời gian thực hiện", "Ngày ký", "Ngày hiệu lực"}:
                assert sheet.column_dimensions[cell.column_letter].width >= 9.5, (form, cell.value)
