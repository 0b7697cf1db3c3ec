"""Rows that a merge takes over as they are stored: the workbook is the very same, whatever lies in the cache."""

import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doingoai_cli.cli.app import run
from doingoai_cli.consolidate.workbook import row_xml
from doingoai_cli.pipeline import merge
from doingoai_cli.pipeline.last_merge import LastMerge, last_merge
from doingoai_cli.resources import examples_dir

MERGE = ["merge", "inbox", "--year", "2020", "--fail-on", "never", "--quiet"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(examples_dir() / "ky-2020" / "inbox", tmp_path / "inbox")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setattr(row_xml, "BLOCK", 2)  # so that the example has several blocks a sheet
    merged("--no-cache")  # XlsxWriter names the first workbook's default font otherwise than that of later ones
    Path("tonghop.xlsx").unlink()
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the rows that were turned into XML."""
    numbers: list[int] = []
    row = row_xml.RowStream._row

    def counted(self: row_xml.RowStream, number: int, what: object) -> bytes:
        numbers.append(number)
        return row(self, number, what)  # type: ignore[arg-type]

    monkeypatch.setattr(row_xml.RowStream, "_row", counted)
    return numbers


def merged(*more: str) -> bytes:
    """The workbook after a merge; as it was, where officers' edits were such that it is refused."""
    run([*MERGE, "--out", "tonghop.xlsx", *more])
    return Path("tonghop.xlsx").read_bytes()


def assert_as_without_cache() -> None:
    """What a merge makes with the cache is what it makes without, part by part and byte by byte."""
    before = Path("tonghop.xlsx").read_bytes()
    plain = merged("--no-cache")
    Path("tonghop.xlsx").write_bytes(before)
    assert merged() == plain


def test_a_merge_of_the_same_files_takes_all_rows_over(here: Path, made: list[int]) -> None:
    first = merged()
    there = len(made)
    made.clear()
    assert merged() == first
    assert there - len(made) >= 90  # the lists, and what adds rows up, are made anew
    with zipfile.ZipFile("tonghop.xlsx") as package:
        assert package.testzip() is None
    assert len(openpyxl.load_workbook("tonghop.xlsx").sheetnames) > 5


EDITS = st.lists(
    st.tuples(st.sampled_from(["02.A", "01.A", "03"]), st.integers(8, 12), st.integers(2, 18)), max_size=2
)


@given(edits=EDITS, cell=st.tuples(st.integers(0, 5), st.integers(8, 14), st.integers(2, 6)), damage=st.booleans())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_officers_and_agencies_change_is_written(
    here: Path, edits: list[tuple[str, int, int]], cell: tuple[int, int, int], damage: bool
) -> None:
    merged()
    if edits:
        book = openpyxl.load_workbook("tonghop.xlsx")
        for sheet, row, col in edits:
            if book[sheet].cell(row, col).value is not None:
                book[sheet].cell(row, col).value = f"cán bộ {row} {col}"
        book.save("tonghop.xlsx")
        assert_as_without_cache()
    which, row, col = cell
    files = sorted(Path("inbox").rglob("*.xlsx"))
    file = files[which % len(files)]
    sent = openpyxl.load_workbook(file)
    sheet = sent.worksheets[which % len(sent.worksheets)]
    if not isinstance(sheet.cell(row, col), openpyxl.cell.cell.MergedCell):
        sheet.cell(row, col).value = "Đơn vị sửa"
    sent.save(file)
    if damage:
        for entry in (here / "cache").rglob("*"):
            if entry.is_file():
                entry.write_bytes(entry.read_bytes()[:-3] + b"abc")
    assert_as_without_cache()


def test_what_is_stored_of_rows_taken_over_is_what_is_stored_of_new_ones(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[LastMerge] = []
    monkeypatch.setattr(merge, "last_merge", lambda *where: found.append(last_merge(*where)) or found[-1])
    merged()
    file = Path("inbox/so-y-te.xlsx")
    sent = openpyxl.load_workbook(file)
    sent["Mẫu 01.A"]["B9"].value = "Đoàn khác"
    sent.save(file)
    merged()
    merged()
    shutil.rmtree(here / "cache")
    merged()
    merged()
    again, anew = found[-3], found[-1]
    assert (again.workbook, again.sheets, again.tables) == (anew.workbook, anew.sheets, anew.tables)
    assert len(again.sheets) > 1
    assert again.places.keys() == anew.places.keys()
    assert all(again.places[key][:-1] == anew.places[key][:-1] for key in anew.places)


def test_rows_are_taken_over_though_another_program_has_saved_the_workbook(here: Path, made: list[int]) -> None:
    merged()
    there = len(made)
    openpyxl.load_workbook("tonghop.xlsx").save("tonghop.xlsx")
    made.clear()
    merged()
    assert there - len(made) >= 90
    openpyxl.load_workbook("tonghop.xlsx").save("tonghop.xlsx")
    assert_as_without_cache()


def test_the_rows_of_another_workbook_are_not_found(here: Path, made: list[int]) -> None:
    merged()
    sorted(Path("inbox").rglob("*.xlsx"))[0].unlink()
    for entry in (here / "cache").rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes()[:-9])
    openpyxl.load_workbook("tonghop.xlsx").save("tonghop.xlsx")
    made.clear()
    assert_as_without_cache()
    assert len(made) > 20


def test_a_row_found_faulty_is_written_anew(here: Path) -> None:
    merged()
    assert_as_without_cache()
    assert run([*MERGE, "--out", "tonghop.xlsx", "--ignore", "DR"]) == 0
    told = Path("tonghop.xlsx").read_bytes()
    Path("tonghop.xlsx").unlink()
    assert run([*MERGE, "--out", "tonghop.xlsx", "--ignore", "DR", "--no-cache"]) == 0
    assert Path("tonghop.xlsx").read_bytes() == told
