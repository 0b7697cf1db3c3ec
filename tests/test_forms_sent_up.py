"""`new-template --from`: the official forms filled with a workbook's rows, as a district sends them."""

from pathlib import Path

import openpyxl
import pytest
from consolidation import CONFERENCE, PLANNED, REALISED, back, merged, submission, written

from doingoai_cli.cli.app import run
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.submissions import Submission
from doingoai_cli.pipeline.books import read_book
from doingoai_cli.pipeline.inbox import Request, open_inbox
from doingoai_cli.resources import forms_dir

CATALOGUE = load_forms(forms_dir())


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    conferences = [CONFERENCE, {**CONFERENCE, "section": "II", "period": "Quý II/2020", "name": "Hội thảo sau"}]
    files = [
        submission("a.xlsx", "Phòng Y tế", {"02.A": [PLANNED], "03": conferences, "01.B": []}, nil=["01.B"]),
        submission("b.xlsx", "Phòng Nội vụ", {"02.A": [{**PLANNED, "name": "Đoàn hai", "members": 7}] * 70}),
        submission("c.xlsx", "Phòng Văn hóa", {"01.A": [{**REALISED, "members": "05 người (02 nữ)"}]}),
    ]
    Path("tonghop.xlsx").write_bytes(written(merged(files)))
    return Path("tonghop.xlsx")


def sent(path: str) -> Submission:
    (file,) = open_inbox(Request((path,), year=2020)).run.submissions
    return file


def texts(file: Submission) -> list[tuple[str, ...]]:
    return sorted((r.form, r.section, *(r.text(f) for f in r.fields if f != "ordinal")) for r in file.records)


def test_the_forms_hold_the_rows_of_the_workbook_below_a_line_for_each_agency(book: Path) -> None:
    assert run(["new-template", "--from", "tonghop.xlsx", "--agency", "UBND huyện Lệ Thủy"]) == 0
    file = sent("bieu-tong-hop-2020.xlsx")
    assert file.agency is not None
    assert file.agency.name == "UBND huyện Lệ Thủy"
    rows = read_book(book, CATALOGUE).rows
    assert texts(file) == sorted(
        (r.record.form, r.record.section, *(r.record.text(f) for f in r.record.fields if f != "ordinal"))
        for r in rows
    )
    units = {r.provenance.unit for r in file.records if r.form == "02.A"}
    assert units == {"Phòng Nội vụ", "Phòng Y tế"}
    assert [t.form for t in file.tables if t.nil] == ["01.B"]
    assert not [o for o in file.observations if o.code.startswith("CT")]


def test_an_agency_of_the_workbook_gets_its_own_rows(book: Path) -> None:
    run(["new-template", "--from", "tonghop.xlsx", "--agency", "PHÒNG Y TẾ", "--out", "y-te.xlsx"])
    file = sent("y-te.xlsx")
    assert [(r.form, r.text("name")) for r in file.records] == [
        ("02.A", PLANNED["name"]), ("03", CONFERENCE["name"]), ("03", "Hội thảo sau"),
    ]  # fmt: skip
    Path("don-vi.csv").write_text("name\nPhòng Y tế\nPhòng Khác\n", encoding="utf-8")
    run(["new-template", "--from", "tonghop.xlsx", "--roster", "don-vi.csv", "--out", "ra"])
    assert texts(sent("ra/phong-y-te.xlsx")) == texts(file)
    assert sent("ra/phong-khac.xlsx").records == ()


def test_what_officers_left_out_is_not_sent_up_and_said(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = openpyxl.load_workbook("tonghop.xlsx")
    cells = [cell for row in sheet["02.A"].iter_rows() for cell in row]
    column = next(cell.column for cell in cells if cell.value == "Ý kiến thẩm định")
    trip = next(cell for cell in cells if cell.value == PLANNED["name"])
    sheet["02.A"].cell(trip.row, column, "Không đồng ý (trùng)")
    sheet.save("tonghop.xlsx")
    assert run(["new-template", "--from", "tonghop.xlsx"]) == 0
    assert "01 dòng “Không đồng ý”" in capsys.readouterr().err
    assert PLANNED["name"] not in {
        r.text("name") for r in sent("bieu-tong-hop-2020.xlsx").records if r.form == "02.A"
    }
    assert back(book.read_bytes()).consolidated.rows


def test_another_year_or_two_sources_are_refused(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new-template", "--from", "tonghop.xlsx", "--year", "2021"]) == 2
    assert "kỳ 2020" in capsys.readouterr().err
    assert run(["new-template", "--from", "tonghop.xlsx", "--prefill", "tonghop.xlsx"]) == 2


def test_the_plan_of_the_year_before_fills_the_forms_of_what_took_place(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its own year's plan would stand there as that year's results."""
    assert run(["new-template", "--prefill", "tonghop.xlsx", "--year", "2020"]) == 2
    assert "“tonghop.xlsx” là sổ kỳ 2020; --prefill cần sổ của kỳ 2019." in capsys.readouterr().err
    out = ["--agency", "PHÒNG Y TẾ", "--out", "mau.xlsx"]
    assert run(["new-template", "--prefill", "tonghop.xlsx", "--year", "2021", *out]) == 0
    page = openpyxl.load_workbook("mau.xlsx")["Mẫu 01.A"]
    assert PLANNED["name"] in {cell.value for row in page.iter_rows() for cell in row}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--separate", "--out", "mau.xlsx"], "--out là tên thư mục, không phải tên tệp (“mau.xlsx”)"),
        (["--roster", "don-vi.csv", "--out", "mau.xlsx"], "--out là tên thư mục"),
        (["--outline", "--kind", "quy", "--month", "8"], "--month chỉ dùng với báo cáo tháng"),
        (["--outline", "--kind", "thang", "--quarter", "3"], "--quarter chỉ dùng với báo cáo quý"),
    ],
)
def test_options_that_do_not_fit_are_said(
    book: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    Path("don-vi.csv").write_text("code,name\nA,Sở Y tế\n", encoding="utf-8")
    assert run(["new-template", "--year", "2020", *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["find", "Aichi", "--from", "tonghop.xlsx", "--output", "kq.docx"],
        ["figures", "--from", "tonghop.xlsx", "--output", "so-lieu.xls"],
        ["check", "tonghop.xlsx", "--year", "2020", "--output", "ket-qua.XLSX"],
        ["check", "tonghop.xlsx", "--year", "2020", "--format", "csv", "--output", "ket-qua.xlsx"],
    ],
)
def test_a_text_is_not_written_under_the_name_of_a_workbook_or_document(
    book: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert run(words) == 2
    assert "đặt tên có đuôi .txt, .csv, .json hoặc .html" in capsys.readouterr().err
    assert not Path(words[-1]).exists()
