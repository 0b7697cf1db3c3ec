"""A consolidated workbook that one command has read is known to the next, and never another than lies there."""

import os
import shutil
from pathlib import Path

import openpyxl
import pytest
from consolidation import CATALOGUE, PLANNED, merged, submission, written
from officers import FIRST, column

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.pipeline import books
from doingoai_cli.pipeline.known_books import read_book


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    sent = [submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED, {**PLANNED, "name": "Đoàn hai"}]})]
    Path("tonghop.xlsx").write_bytes(written(merged(sent)))
    return Path("tonghop.xlsx")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the workbooks that were read anew."""
    names: list[str] = []
    plain = books.read_data

    def noted(data: bytes, path: Path, catalogue: FormCatalogue) -> Consolidated:
        names.append(path.name)
        return plain(data, path, catalogue)

    monkeypatch.setattr(books, "read_data", noted)
    return names


def test_it_is_read_once_and_is_the_same_then(book: Path, read: list[str]) -> None:
    first, again = read_book(book, CATALOGUE), read_book(book, CATALOGUE)
    assert read == ["tonghop.xlsx"]
    assert again == first == books.read_book(book, CATALOGUE)
    assert [dict(row.record.cells) for row in again.rows] == [dict(row.record.cells) for row in first.rows]
    assert [row.official for row in again.rows] == [row.official for row in first.rows]


def test_a_review_an_edit_and_another_place_are_read(book: Path, read: list[str]) -> None:
    read_book(book, CATALOGUE)
    times = book.stat().st_atime_ns, book.stat().st_mtime_ns
    opened = openpyxl.load_workbook(book)
    sheet = opened["02.A"]
    for row in (FIRST, FIRST + 1):
        sheet.cell(row, column(sheet, OwnColumn.OPINION)).value = "Đồng ý"
    opened.save(book)
    os.utime(book, ns=times)  # what counts is what it holds
    assert {row.review.opinion for row in read_book(book, CATALOGUE).rows} == {"Đồng ý"}
    shutil.copy(book, "khac.xlsx")
    assert read_book(Path("khac.xlsx"), CATALOGUE).path == "khac.xlsx"
    assert read == ["tonghop.xlsx", "tonghop.xlsx", "khac.xlsx"]


def test_with_other_forms_it_is_read(book: Path, read: list[str]) -> None:
    read_book(book, CATALOGUE)
    forms = tuple(
        spec.model_copy(update={"title": f"{spec.title} (mới)"}) if spec.form == "03" else spec
        for spec in CATALOGUE.specs
    )
    read_book(book, FormCatalogue(forms))
    assert len(read) == 2


def test_an_entry_that_is_damaged_and_one_that_nobody_can_write_harm_nothing(book: Path, read: list[str]) -> None:
    first = read_book(book, CATALOGUE)
    for entry in Path("cache").rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes()[:-9])
    assert read_book(book, CATALOGUE) == first
    shutil.rmtree("cache")
    Path("cache").write_bytes(b"no folder")
    assert read_book(book, CATALOGUE) == first
    assert len(read) == 3


def test_what_cannot_be_read_is_said_each_time(book: Path, read: list[str]) -> None:
    book.write_bytes(book.read_bytes()[:2000])
    for _ in range(2):
        with pytest.raises(DoingoaiError, match=r"tonghop\.xlsx"):
            read_book(book, CATALOGUE)
    assert len(read) == 2
