"""What the tool writes carries a seal: a file that somebody edited, or that is not ours, is never overwritten."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from blanks import write_forms
from consolidation import PLANNED, merged, submission, written
from office import convert, needs_office
from rawbooks import packed

from doingoai_cli import pipeline
from doingoai_cli.blank.occasion import FormLimits, Occasion
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.seals import is_untouched, sealed
from doingoai_cli.pipeline.files import is_known, write_own
from doingoai_cli.resources import forms_dir

OCCASION = Occasion(2020, "Quảng Bình", date(2019, 9, 15))
FORMS = write_forms(load_forms(forms_dir()).official[:1], OCCASION, FormLimits())
BOOK = written(merged([submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED]})]))


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def letter() -> bytes:
    """A document with a custom property of its own."""
    from doingoai_cli.report.settings import LetterSettings
    from doingoai_cli.report.word.letters import ReminderFacts, write_reminder

    day = date(2019, 9, 20)
    facts = ReminderFacts(cycle=2020, deadline=day, received="", late=False, missing_forms=(), reply_by=day)
    return write_reminder("Sở Y tế", facts, LetterSettings(), day)


def saved_by_openpyxl(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.worksheets[0]["Z99"] = "Cán bộ ghi thêm"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def saved_by_docx(data: bytes) -> bytes:
    document = docx.Document(io.BytesIO(data))
    document.add_paragraph("Cán bộ sửa trong Word.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("make", "edit"),
    [(lambda: FORMS, saved_by_openpyxl), (lambda: BOOK, saved_by_openpyxl), (letter, saved_by_docx)],
)
def test_a_sealed_file_is_untouched_until_it_is_edited(
    make: Callable[[], bytes], edit: Callable[[bytes], bytes]
) -> None:
    plain = make()
    assert not is_untouched(plain)
    data = sealed(plain)
    assert is_untouched(data)
    assert sealed(data) == data  # the same seal, not a second one
    assert not is_untouched(edit(data))
    with zipfile.ZipFile(io.BytesIO(data)) as after, zipfile.ZipFile(io.BytesIO(plain)) as before:
        assert after.testzip() is None
        assert after.namelist() == before.namelist()


def test_an_edited_file_stays_and_the_new_one_stands_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao-2020.docx"
    assert write_own(path, letter()).notice == ""
    assert write_own(path, letter()).path == path  # nobody touched it
    path.write_bytes(edited := saved_by_docx(path.read_bytes()))
    beside = write_own(path, letter())
    assert path.read_bytes() == edited
    assert beside.path == tmp_path / "bao-cao-2020 (2).docx"
    assert "bao-cao-2020.docx" in beside.notice
    assert "bao-cao-2020 (2).docx" in beside.notice
    assert is_untouched(beside.path.read_bytes())
    assert write_own(path, letter()).path == beside.path  # which is ours and may be replaced
    beside.path.write_bytes(edited)
    assert write_own(path, letter()).path == tmp_path / "bao-cao-2020 (3).docx"


@pytest.mark.parametrize("foreign", [b"", b"PK\x03\x04 no zip", b"{", b'{"tool": 1}', "Ghi chép".encode()])
def test_what_is_not_ours_is_never_overwritten(tmp_path: Path, foreign: bytes) -> None:
    path = tmp_path / "so-y-te.xlsx"
    path.write_bytes(foreign)
    assert write_own(path, FORMS).path == tmp_path / "so-y-te (2).xlsx"
    assert path.read_bytes() == foreign


def test_a_foreign_file_behind_a_link_is_not_overwritten_either(tmp_path: Path) -> None:
    original = tmp_path / "goc.xlsx"
    original.write_bytes(b"sender's")
    link = tmp_path / "ket-qua.xlsx"
    link.symlink_to(original)
    assert write_own(link, FORMS).path == tmp_path / "ket-qua (2).xlsx"
    assert original.read_bytes() == b"sender's"


def test_texts_are_known_by_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "ket-qua.csv"
    write_own(path, b"a,b\n")
    assert write_own(path, b"a,b,c\n").path == path
    assert is_known(b"a,b,c\n")
    path.write_bytes(b"a,b,c,mine\n")
    assert write_own(path, b"a\n").path == tmp_path / "ket-qua (2).csv"
    assert path.read_bytes() == b"a,b,c,mine\n"


def test_an_export_that_somebody_edited_stays_and_its_files_stay_together(tmp_path: Path) -> None:
    (tmp_path / "tonghop.xlsx").write_bytes(BOOK)

    def export() -> tuple[str, ...]:
        return pipeline.export.export(tmp_path / "tonghop.xlsx", "datapackage", tmp_path / "du-lieu")

    assert len(export()) == len(export()) == 2
    table = tmp_path / "du-lieu" / "ban-ghi.csv"
    table.write_bytes(table.read_bytes() + b"x")
    said = export()
    assert sorted(file.name for file in table.parent.iterdir()) == [
        "ban-ghi (2).csv", "ban-ghi.csv", "datapackage (2).json", "datapackage.json",
    ]  # fmt: skip
    assert table.read_bytes().endswith(b"x")
    assert '"path": "ban-ghi (2).csv"' in (table.parent / "datapackage (2).json").read_text(encoding="utf-8")
    assert sum("Giữ nguyên" in line for line in said) == 2


def test_results_for_programs_are_replaced_without_any_memory(tmp_path: Path) -> None:
    path = tmp_path / "ket-qua.json"
    path.write_bytes(b'{"schema_version": "1", "tool": {"name": "doingoai"}}')
    assert write_own(path, b'{"schema_version": "1", "tool": {"name": "doingoai"}, "files": []}').path == path
    path.write_bytes(b'{"runs": [{"tool": {"driver": {"name": "another"}}}]}')
    assert write_own(path, b"{}").path == tmp_path / "ket-qua (2).json"


@needs_office
def test_libreoffice_opens_a_sealed_file_and_what_it_saves_is_an_edited_one(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    path.write_bytes(sealed(FORMS))
    saved = convert(path, "xlsx", tmp_path / "out")
    assert openpyxl.load_workbook(saved).sheetnames == openpyxl.load_workbook(path).sheetnames
    assert not is_untouched(saved.read_bytes())


@pytest.mark.parametrize(
    ("custom", "expected"),
    [
        (b'<Properties xmlns="urn:p" xmlns:vt="urn:v"><property pid="2" name="a\xed\xff"/></Properties>', True),
        (b'<Properties xmlns="urn:p"></Properties>', True),
        (b'<Properties xmlns="urn:p"><property pid="' + b"9" * 5000 + b'"/></Properties>', True),
        (b"", False),
        ("<Properties/>".encode("utf-16"), False),
    ],
)
def test_properties_of_others_that_are_damaged_stay_as_they_are(custom: bytes, expected: bool) -> None:
    data = sealed(packed({"a.xml": b"<a/>", "docProps/custom.xml": custom}))
    assert is_untouched(data) is expected
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = package.read("docProps/custom.xml")
    assert part.startswith(custom.removesuffix(b"</Properties>"))
    assert not expected or b"xmlns:vt=" in part


def test_a_file_that_another_program_saved_is_sealed_anew_in_well_formed_properties() -> None:
    """Openpyxl declares the prefix of the types on each value alone; a marked copy of its file bears one seal."""
    again = sealed(saved_by_openpyxl(FORMS))
    assert is_untouched(again)
    assert again == sealed(again)
    book = openpyxl.load_workbook(io.BytesIO(again))
    assert [one.name for one in book.custom_doc_props.props].count("doingoai.seal") == 1
