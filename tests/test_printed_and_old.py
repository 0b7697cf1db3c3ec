# ruff: noqa: E501 - sentences and files as they are sent
"""What Word prints as PDF, its files of old, and reports without a table."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from office import convert, needs_office

from doingoai_cli.intake.submission import read_submission
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.grid import NoteKind, Workbook
from doingoai_cli.pipeline.contributions import inbox_texts
from doingoai_cli.pipeline.feedback import outcome
from doingoai_cli.pipeline.inbox import Request, open_inbox
from doingoai_cli.readers import libreoffice
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.limits import DEFAULT_LIMITS, Limits
from doingoai_cli.readers.unreadable import Reason, Unreadable
from doingoai_cli.report.agency_texts import TableBlock, TextBlock
from doingoai_cli.resources import forms_dir

CATALOGUE = load_forms(forms_dir())
HEADING = [column.label for column in CATALOGUE.of_form("02.A").columns]
ROWS = 12


def _row(number: int) -> list[str]:
    country = ("Lào", "Hàn Quốc", "Thái Lan, Lào")[number % 3]
    name = f"Đoàn công tác số {number} của Sở Y tế thăm và làm việc với các bệnh viện"
    return [str(number), name, "Thăm", "Trần Văn B, Giám đốc Sở", f"0{number % 5 + 2}", country, "Sở Y tế Khăm Muồn",
            "Hội đàm; ký kết thỏa thuận hợp tác về đào tạo", "3", "Quý II/2020", "Ngân sách tỉnh"]  # fmt: skip


def _form(path: Path, rows: int = ROWS) -> Path:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(10)
    head = document.add_table(1, 2)
    head.cell(0, 0).text, head.cell(0, 1).text = "SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    document.add_paragraph("BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020")
    table = document.add_table(rows + 2, len(HEADING))
    table.style = "Table Grid"
    lines = [HEADING, [f"({n})" for n in range(1, 12)], *map(_row, range(1, rows + 1))]
    for cells, texts in zip(table.rows, lines, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
            cell.paragraphs[0].runs[0].font.size = Pt(9)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    document.add_paragraph("Ngày 10 tháng 9 năm 2019")
    document.save(str(path))
    return path


def _report(path: Path) -> Path:
    document = docx.Document()
    for text in (
        "UBND TỈNH QUẢNG BÌNH",
        "SỞ Y TẾ",
        "BÁO CÁO",
        "Kết quả công tác đối ngoại năm 2019",
        "Không có vướng mắc.",
    ):
        document.add_paragraph(text)
    document.save(str(path))
    return path


def _texts(data: bytes, name: str) -> list[list[str]]:
    submission = read_submission(data, name, CATALOGUE)
    fields = ("ordinal", "name", "members", "countries", "activities", "period")
    return [[" ".join(record.text(field).split()) for field in fields] for record in submission.records]


EXPECTED = [[row[0], row[1], row[4], row[5], row[7], row[9]] for row in map(_row, range(1, ROWS + 1))]


@needs_office
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt", "pdf"])
def test_the_rows_of_a_form_in_every_format_of_word(kind: str, tmp_path: Path) -> None:
    source = _form(tmp_path / "a.docx")
    assert _texts(source.read_bytes(), "a.docx") == EXPECTED
    data = convert(source, kind, tmp_path / "out").read_bytes()
    submission = read_submission(data, f"a.{kind}", CATALOGUE)
    assert submission.agency is not None
    assert submission.agency.key == "sở y tế"
    assert _texts(data, f"a.{kind}") == EXPECTED
    said = [o.params.get("source") for o in submission.observations if o.code == "CT11"]
    assert said == (["đọc từ PDF"] if kind == "pdf" else [])
    assert [o.code for o in submission.observations if o.code != "CT11"] == []


@needs_office
def test_a_pdf_always_says_that_it_must_be_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    convert(_form(tmp_path / "a.docx", rows=2), "pdf", tmp_path / "inbox")
    found = open_inbox(Request(paths=("inbox/a.pdf",), year=2020, cache=False))
    said = [f for f in found.findings if f.code == "CT11"]
    assert [(f.severity, "đọc từ PDF: cần đối chiếu" in f.message) for f in said] == [("warning", True)]


@needs_office
def test_a_pdf_without_ruled_tables_or_without_text_is_said(tmp_path: Path) -> None:
    printed = convert(_report(tmp_path / "a.docx"), "pdf", tmp_path / "out").read_bytes()
    found = read_workbook(printed, "a.pdf")
    assert isinstance(found, Unreadable)
    assert "không thấy bảng" in found.detail
    assert found.advice.endswith("thì gửi bằng Word (.docx)")
    blank = docx.Document()
    blank.save(str(tmp_path / "b.docx"))
    found = read_workbook(convert(tmp_path / "b.docx", "pdf", tmp_path / "out").read_bytes(), "b.pdf")
    assert isinstance(found, Unreadable)
    assert "bản chụp" in found.detail
    assert "(.xlsx) hoặc Word," in found.advice


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 1 0 R>> endobj trailer <</Root 1 0 R>>"]
)
def test_a_broken_pdf_is_no_more_than_that(data: bytes) -> None:
    found = read_workbook(data, "a.pdf")
    assert isinstance(found, Unreadable)
    assert found.reason in (Reason.CORRUPT, Reason.NOT_A_SPREADSHEET)


@needs_office
def test_the_limits_of_a_pdf_hold(tmp_path: Path) -> None:
    data = convert(_form(tmp_path / "a.docx"), "pdf", tmp_path / "out").read_bytes()
    cells = read_workbook(data, "a.pdf", Limits(cells=20))
    assert isinstance(cells, Unreadable)
    assert cells.reason is Reason.TOO_LARGE
    slow = read_workbook(data, "a.pdf", Limits(seconds=0.01))
    assert isinstance(slow, Unreadable)
    assert slow.reason is Reason.TOO_SLOW


@needs_office
def test_without_libreoffice_an_old_file_is_ct01_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = convert(_form(tmp_path / "a.docx", rows=1), "doc", tmp_path / "out").read_bytes()
    monkeypatch.setenv(libreoffice.PROGRAM_VARIABLE, "")
    found = read_workbook(data, "a.doc")
    assert isinstance(found, Unreadable)
    assert (found.reason, "LibreOffice" in found.advice) == (Reason.LEGACY_WORD, True)
    assert isinstance(read_workbook(b"{\\rtf1 a}", "a.rtf"), Unreadable)


def _stand_in(folder: Path, script: str) -> Path:
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\nimport sys, time, shutil, pathlib\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for the program")
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("time.sleep(60)", Reason.TOO_SLOW),
        ("while True: pass", Reason.TOO_SLOW),
        ("sys.exit(1)", Reason.LEGACY_WORD),
        ("pass", Reason.LEGACY_WORD),
    ],
)
def test_a_program_that_hangs_fails_or_writes_nothing_costs_one_file(
    script: str, reason: Reason, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(libreoffice.PROGRAM_VARIABLE, str(_stand_in(tmp_path, script)))
    monkeypatch.setattr(libreoffice, "_SECONDS", 1)
    found = read_workbook(b"{\\rtf1 a}", "a.rtf", replace(DEFAULT_LIMITS, wall_seconds=3.0))
    assert isinstance(found, Unreadable)
    assert found.reason is reason


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for the program")
def test_a_conversion_that_loses_text_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _form(tmp_path / "made.docx", rows=1)
    script = (
        "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1]) / 'van-ban'\n"
        f"if 'docx' in sys.argv: shutil.copy({str(made)!r}, out.with_suffix('.docx'))\n"
        "else: out.with_suffix('.txt').write_text('chữ ' * 5000)"
    )
    monkeypatch.setenv(libreoffice.PROGRAM_VARIABLE, str(_stand_in(tmp_path, script)))
    found = read_workbook(b"{\\rtf1 a}", "a.rtf")
    assert isinstance(found, Workbook)
    ((kind, what, *_),) = found.notes
    assert (kind, "thiếu chữ" in what) == (NoteKind.CONVERTED, True)


@needs_office
def test_libreoffice_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert isinstance(read_workbook(b"{\\rtf1 chi co chu}", "a.rtf"), Unreadable)
    assert list(tmp_path.iterdir()) == []
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert f"UserInstallation={tmp_path.as_uri()}" not in running


def test_a_report_without_a_table_is_a_text_for_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    _report(inbox / "bao-cao.docx")
    _form(inbox / "so-y-te.docx", rows=1)
    (tmp_path / "don-vi.csv").write_text("code,name\nSYT,Sở Y tế\n", encoding="utf-8")
    found = open_inbox(Request(paths=("inbox",), year=2020, roster=(Path("don-vi.csv"),), cache=False))
    assert [f.code for f in found.findings if f.file and f.file.endswith("bao-cao.docx")] == []
    (said,) = outcome(found).passed_over
    assert (said.path, said.agency) == ("inbox/bao-cao.docx", "Sở Y tế")
    assert "văn bản báo cáo của Sở Y tế" in said.reason
    (text,) = inbox_texts(inbox, ["Sở Y tế"])
    assert text.agency == "Sở Y tế"
    assert any("Không có vướng mắc." in str(block) for block in text.blocks)


def _with_letterhead(path: Path, *, columns: int) -> Path:
    made = docx.Document()
    made.add_table(1, 2).cell(0, 0).text = "UBND TỈNH QUẢNG BÌNH\nSỞ Y TẾ"
    for text in ("BÁO CÁO", "Kết quả công tác đối ngoại năm 2019"):
        made.add_paragraph(text)
    made.add_heading("I. Kết quả", 1)
    made.add_paragraph("Trong năm 2019, đơn vị đã tổ chức nhiều hoạt động; không có vướng mắc.")
    table = made.add_table(2, columns, style="Table Grid")
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"Mục {number}"
    made.add_paragraph("II. Phương hướng")
    made.add_table(1, 2).cell(0, 1).text = "GIÁM ĐỐC"
    made.add_paragraph("./.")  # LibreOffice loses a table that ends a document, on the way to .doc
    made.save(str(path))
    return path


@needs_office
def test_a_report_with_its_letterhead_and_a_small_table_is_a_text_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    source = _with_letterhead(inbox / "a.docx", columns=3)
    convert(source, "odt", inbox)
    convert(source, "doc", inbox)
    _with_letterhead(inbox / "bieu-la.docx", columns=6)  # what may be a form is never taken for a text
    found = open_inbox(Request(paths=("inbox",), year=2020, cache=False))
    assert [one.path for one in outcome(found).passed_over if "văn bản báo cáo" in one.reason] == [
        "inbox/a.doc", "inbox/a.docx", "inbox/a.odt",
    ]  # fmt: skip
    assert [f.file for f in found.findings if f.code == "CT02"] == ["inbox/bieu-la.docx"]
    texts = {text.name: text for text in inbox_texts(inbox, ["Sở Y tế"])}
    assert {name: text.agency for name, text in texts.items()} == dict.fromkeys(
        ("a.doc", "a.docx", "a.odt"), "Sở Y tế"
    )
    for text in texts.values():
        (heading,) = (block for block in text.blocks if isinstance(block, TextBlock) and block.level == 1)
        assert heading.text == "I. Kết quả"
        tables = [block.rows for block in text.blocks if isinstance(block, TableBlock)]
        assert (("Mục 0", "Mục 1", "Mục 2"), ("Mục 3", "Mục 4", "Mục 5")) in tables
        assert any(isinstance(block, TextBlock) and "không có vướng mắc" in block.text for block in text.blocks)
