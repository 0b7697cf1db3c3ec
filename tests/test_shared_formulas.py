"""Formulas that most rows of a column share: what we say they show is what LibreOffice computes."""

import re
import zipfile
import zlib
from functools import cache
from io import BytesIO

import openpyxl
import pytest
from consolidation import PLANNED, REALISED, merged, submission, written
from office import convert, needs_office

from doingoai_cli.consolidate.workbook import package_parts, plain_formulas, rows_ahead

PERIODS = [
    "15-20/5/2019", "tháng 5/2019", "THÁNG 5/2019", "Tháng 5", "5/2019", "23/2/2019 - 1/3/2019",
    "12/5/2019", "2019",
    "Từ 25/01/2019 đến 27/01/2019", "Quý II/2020", "quý 3", "Quý IV", "QUÝ III/2020", "Quý iv/2020", "Quý 5/2020",
    "quý II, III/2020", "Quý II-III/2020", "từ quý I đến quý II/2020", "Quý", "Quý ", "/5/", "//", "5/", "/2019",
    "tháng tháng 5/2019", "5 /2019", "05/2019", "1O/2019", "13/2019", "0/2019", "đầu tháng 4/2020", "Không rõ",
    "x", "15/5/2019\n20/5/2019", "tháng\n5/2019", "tháng 4 và tháng 5/2020", "quý *", "Quý I*/2020",
    "İ/5/2019", "V/2019",
    "a" * 300 + "/5/2019", "5e1/2019", "5,5/2019", "-5/2019", "+5/2019", "quí II/2020", "Qúy 2/2020",
]  # fmt: skip
COUNTRIES = [
    "Lào", "LÀO", "lào", "Lào, Thái Lan", "Lào; Thái Lan", "Lào và Thái Lan", "Lào, Thái Lan và Pháp",
    "Lào,Thái Lan",
    "CHLB Đức", "Lào (Viêng Chăn)", "Các nước ASEAN", "Lào\nThái Lan", "Lào | Thái Lan", '"Lào"', "Anh & Pháp",
]  # fmt: skip


@cache
def book() -> bytes:
    """Every period on both kinds of forms, every country."""
    done = [{**REALISED, "name": f"Đoàn {n}", "period": text} for n, text in enumerate(PERIODS)]
    done += [{**REALISED, "name": f"Đoàn đi {n}", "countries": text} for n, text in enumerate(COUNTRIES)]
    done += [
        {**REALISED, "name": f"Đoàn có {text}", "members": text} for text in ("5", "05", "07 người", "5-7", "x")
    ]
    plan = [{**PLANNED, "name": f"Kế hoạch {n}", "period": text} for n, text in enumerate(PERIODS)]
    return written(merged([submission("a.xlsx", "Sở Du lịch", {"01.A": done, "02.A": plan})]))


def hidden(data: bytes, sheet: str) -> dict[str, object]:
    """What the counting columns show."""
    page = openpyxl.load_workbook(BytesIO(data), data_only=True)[sheet]
    headings = {c: page.cell(5, c).value for c in range(1, page.max_column + 1)}
    return {
        f"{headings[cell.column]} {cell.row}": cell.value
        for row in page.iter_rows(min_row=8)
        for cell in row
        if str(headings[cell.column]).startswith("[") and cell.value not in (None, "")
    }


@needs_office
@pytest.mark.parametrize("form", ["01.A", "02.A"])
def test_what_is_stored_is_what_libreoffice_computes(form: str, computed: bytes) -> None:
    stored = hidden(book(), form)
    assert len(stored) > 200
    assert hidden(computed, form) == stored


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("computed")
    source = folder / "so.xlsx"
    source.write_bytes(without_values(book()))
    return convert(source, "xlsx", folder / "out").read_bytes()


def without_values(data: bytes) -> bytes:
    """The workbook without the stored values of its formulas, so that they must be computed."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"(</f>|<f [^>]*/>)<v>[^<]*</v>", rb"\1", old.read(name)))
    return result.getvalue()


def test_a_column_says_its_formula_once_and_every_row_has_it() -> None:
    page = openpyxl.load_workbook(BytesIO(book()))["02.A"]
    last, column = page.max_row, next(c for c in range(1, page.max_column) if page.cell(5, c).value == "[Ý kiến]")
    first = page.cell(8, column).value
    for number in (9, last):
        assert page.cell(number, column).value == re.sub(r"([A-Z])8\b", rf"\g<1>{number}", first)
    with zipfile.ZipFile(BytesIO(book())) as package:
        xml = package.read("xl/worksheets/sheet4.xml").decode()
    masters = re.findall(r'<f t="shared" ref="([A-Z]+)8:([A-Z]+)(\d+)" si="\d+">', xml)
    assert len(masters) >= 3
    assert {(one == other, int(end)) for one, other, end in masters} == {(True, last)}


def test_no_shared_formula_holds_a_list_in_braces() -> None:
    """LibreOffice makes #REF! of all of them, or a quarter nobody knows, when a row is deleted."""
    package = zipfile.ZipFile(BytesIO(book()))
    sheets = [package.read(name).decode() for name in package.namelist() if "/worksheets/sheet" in name]
    shared = [text for xml in sheets for text in re.findall(r'<f t="shared" ref[^>]*>([^<]*)', xml)]
    assert shared
    assert [text for text in shared if "{" in text] == []


@pytest.mark.parametrize(
    ("text", "month", "quarter"),
    [
        ("15-20/5/2019", 5, 2), ("Tháng 5", 5, 2), ("23/2/2019 - 1/3/2019", 3, 1), ("", 0, 0), ("/2019", 0, 0),
        ("13/2019", 13, 5), ("Không rõ", None, None), ("1O/2019", None, None), ("5e1/2019", None, None),
        ("Quý II/2020", None, 2), ("quý 3", None, 3), ("Quý iv/2020", None, None), ("quý *", None, None),
        ("Quý I*/2020", None, None), ("İ/5/2019", None, None), ("a" * 300 + "/5/2019", None, None),
    ],
)  # fmt: skip
def test_what_a_formula_makes_of_a_text_is_said_where_it_is_sure(
    text: str, month: object, quarter: object
) -> None:
    assert (plain_formulas.plain_month(text), plain_formulas.plain_quarter(text)) == (month, quarter)


def test_the_workbook_does_not_depend_on_who_deflates_it(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = zipfile.ZipFile(BytesIO(book()))
    monkeypatch.setattr(package_parts, "deflate", zlib)
    for module in (package_parts, rows_ahead):
        monkeypatch.setattr(module, "JOINED_CRC", False)
    other = zipfile.ZipFile(BytesIO(book()))
    assert other.testzip() is None
    assert {name: other.read(name) for name in other.namelist()} == {
        name: usual.read(name) for name in usual.namelist()
    }
