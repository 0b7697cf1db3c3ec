"""Rows of another year: the overview, live too, counts and sets apart what the report counts and sets apart."""

from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from consolidation import (
    AGREEMENT,
    AID,
    AWARD,
    CATALOGUE,
    CONFERENCE,
    INTERNATIONAL,
    REALISED,
    back,
    merged,
    submission,
    written,
)
from office import convert, needs_office

from doingoai_cli.consolidate.export_table import table
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.report.figures.compute import compute_figures

FORMS = FormCatalogue(CATALOGUE.specs, ["01.A", "01.B", "02.A", "02.B", "03", "4", "5", "7", "PCPNN"])
# Form, record, the field of its time: times inside 2019, of another year, and none.
CASES: dict[str, tuple[dict[str, Any], str, list[str]]] = {
    "01.A": (REALISED, "period", ["3-5/5/2019", "28/12/2018 - 3/1/2019", "12/12/2018", "5/1/2020", "chưa rõ"]),
    "01.B": (REALISED, "period", ["tháng 12/2018", "Quý IV/2019", "31/12/2019 - 4/1/2020", "2018"]),
    "03": (CONFERENCE, "period", ["10-11/4/2019", "20/12/2018", "tháng 5", "1/2/2020"]),
    "5": (INTERNATIONAL, "period", ["20/12/2018", "20/12/2019", "10/4/2019", "tháng 4/2019", "sau này"]),
    "4": (AGREEMENT, "signed", ["12/3/2019", "12/3/2017", "chưa rõ"]),
    "PCPNN": (AID, "period", ["1/3/2019 - 31/12/2021", "1/3/2017 - 31/12/2019", "nhiều năm"]),
    "7": (AWARD, "decision", ["Quyết định số 5/QĐ-UBND ngày 20/3/2019", "Số 6/QĐ ngày 2/1/2018", "Số 7/QĐ"]),
}
_GIVEN = "Khen thưởng tặng cho người nước ngoài, người Việt Nam ở nước ngoài năm 2019 (Mẫu 7)"
SUBJECTS = {
    "Đoàn ra đã thực hiện (01.A)": ("out", "delegations", 1, 6),
    "Đoàn vào đã thực hiện (01.B)": ("in", "delegations", 1, 6),
    "Hội nghị, hội thảo đã tổ chức (03, mục I)": ("conferences", "count", 1, 5),
    "Hội nghị, hội thảo đã tổ chức (5, mục I)": ("international", "count", 1, 5),
    "Thỏa thuận quốc tế ký kết trong năm 2019 (Mẫu 4)": ("agreements", "count", 1, 3),
    "Dự án viện trợ phi chính phủ nước ngoài năm 2019 (Viện trợ PCPNN)": ("aid", "count", 1, 3),
    _GIVEN: ("awards.given", "count", 1, 3),
}
"""The overview's line → subject and measure; where the line counts, and where it says what lies outside."""


def book() -> bytes:
    forms = {
        form: [{**base, field: text, "name": f"Việc {n}"} for n, text in enumerate(texts)]
        for form, (base, field, texts) in CASES.items()
    }
    return written(merged([submission("a.xlsx", "Sở Du lịch", forms)]))


def lines(data: bytes) -> dict[str, list[Any]]:
    page = openpyxl.load_workbook(BytesIO(data), data_only=True)["Tổng quan"]
    return {str(row[0]): list(row[1:]) for row in page.iter_rows(max_col=10, values_only=True) if row[0]}


def told(data: bytes) -> dict[str, tuple[Any, ...]]:
    """Line of the overview → counted, left out, outside, undated as it says."""
    found = lines(data)
    return {
        label: tuple(number or 0 for number in (found[label][at], *found[label][left : left + 3]))
        for label, (_, _, at, left) in SUBJECTS.items()
    }


def figured(data: bytes) -> dict[str, tuple[Any, ...]]:
    """The same as the report's figures say."""
    parts = ("not_counted", "outside", "undated")
    figures = compute_figures(back(data).consolidated, catalogue=FORMS)
    return {
        label: tuple(figures[f"{subject}.{part}"].value or 0 for part in (measure, *parts))
        for label, (subject, measure, *_) in SUBJECTS.items()
    }


def test_the_overview_sets_apart_what_the_report_sets_apart() -> None:
    data = book()
    assert told(data) == figured(data)
    assert told(data)["Đoàn ra đã thực hiện (01.A)"] == (3, 0, 2, 0)
    assert told(data)["Hội nghị, hội thảo đã tổ chức (5, mục I)"] == (3, 0, 1, 1)
    assert any(str(label).startswith("Ngoài kỳ:") for label in lines(data))


@needs_office
def test_an_officer_who_types_another_year_sees_what_the_report_will_say(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(BytesIO(book()))
    for form, column in (("01.A", "I"), ("03", "G"), ("4", "H")):
        row = next(cell.row for cell in page[form][column] if str(cell.value).endswith("/2019"))
        page[form][f"{column}{row}"] = "15/6/2018"
    source = tmp_path / "so.xlsx"
    page.save(source)
    saved = convert(source, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out").read_bytes()
    assert told(saved) == figured(saved)
    assert told(saved)["Đoàn ra đã thực hiện (01.A)"] == (2, 0, 3, 0)


def test_an_export_counts_the_same_rows() -> None:
    data = book()
    counted = [row for row in table(back(data).consolidated, CATALOGUE) if row["counted"]]
    forms = Counter(str(row["form"]) for row in counted)
    assert [forms[form] for form in ("01.A", "01.B", "03", "5", "4", "PCPNN", "7")] == [
        numbers[0] for numbers in told(data).values()
    ]
