"""A large workbook that another program has saved: rows told by their texts are those that their cells give."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from consolidation import CATALOGUE, CYCLE, PLANNED, merged, submission, whole_book, written
from hypothesis import given, settings
from hypothesis import strategies as st
from office import convert, needs_office
from officers import FIRST, INBOX, WRITTEN, edited, on_plans, review
from openpyxl.worksheet.worksheet import Worksheet

from doingoai_cli.consolidate.consolidation import Previous
from doingoai_cli.consolidate.workbook.reading import ways
from doingoai_cli.consolidate.workbook.reading.ways import saved_rows
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.seals import sealed
from doingoai_cli.pipeline import books

Edit = Callable[[Worksheet], None]


def read(data: bytes, folder: Path, *, by_cells: bool = False) -> tuple[Previous | str, list[int]]:
    """The workbook, or why not, as a merge reads a large one; how many rows its sheets tell by their texts."""
    path, told = folder / "tonghop.xlsx", list[int]()

    def counted(*args: Any) -> Any:
        found = None if by_cells else saved_rows(*args)
        told.append(len(found.ready) if found else 0)
        return found

    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(books, "_WORTH_SHARING", 0)
        patch.setattr(books, "cores", lambda: 0)  # all in this process
        patch.setattr(ways, "saved_rows", counted)
        try:
            previous = books.read_previous(path, CATALOGUE, CYCLE)
        except DoingoaiError as error:
            return str(error), told
    assert previous is not None
    return previous, told


def put(row: int, col: int, value: object) -> Edit:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(row, col if col > 0 else sheet.max_column + 1 + col).value = value  # type: ignore[assignment]

    return edit


def swap(sheet: Worksheet) -> None:
    """Two official columns change their texts in one row."""
    one, other = sheet.cell(FIRST + 2, 2), sheet.cell(FIRST + 2, 3)
    one.value, other.value = other.value, one.value


def insert_column(sheet: Worksheet) -> None:
    sheet.insert_cols(3)


def sort_some(sheet: Worksheet) -> None:
    """The official columns of two rows are sorted without the hidden ones."""
    for col in range(2, 11):
        one, other = sheet.cell(FIRST + 3, col), sheet.cell(FIRST + 4, col)
        one.value, other.value = other.value, one.value


EDITS: list[Edit] = [
    review, swap, insert_column, sort_some,
    put(FIRST + 1, 0, "ghi đè công thức ẩn"), put(FIRST + 1, -3, 7), put(FIRST + 2, 40, "ghi ngoài bảng"),
    put(FIRST, 2, " "), put(FIRST, 5, 4.5), put(FIRST, 5, date(2020, 3, 4)), put(FIRST + 5, 4, "hai\ndòng"),
    put(FIRST + 2, 1, None), put(FIRST + 40, 2, "dòng cán bộ thêm"), put(5, 3, "Nhãn khác"),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("saved")


@given(edits=st.lists(st.sampled_from(EDITS), max_size=3))
@settings(max_examples=25, deadline=None)
def test_whatever_officers_did(edits: list[Edit], folder: Path) -> None:
    data = edited(sealed(WRITTEN), *map(on_plans, edits))
    (quick, _), (long, none) = read(data, folder), read(data, folder, by_cells=True)
    assert quick == long
    assert not any(none)
    if isinstance(quick, Previous) and isinstance(long, Previous):
        assert whole_book(merged(INBOX, quick)) == whole_book(merged(INBOX, long))


def test_only_rows_that_were_worked_on_are_read_by_their_cells(folder: Path) -> None:
    data = edited(sealed(WRITTEN), *map(on_plans, (review, put(FIRST, 5, 4.5), put(FIRST + 40, 2, "a"))))
    previous, told = read(data, folder)
    assert isinstance(previous, Previous)
    assert sum(told) == len(previous.consolidated.rows) - 3 - 1  # one of each sheet tells its columns


def test_where_most_rows_were_worked_on_the_sheet_is_read_as_a_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_in_two_lines(sheet: Worksheet) -> None:
        for row in range(FIRST, FIRST + 15):
            sheet.cell(row, 4).value = "hai\ndòng"

    monkeypatch.setattr(ways, "FEW", 30)
    data = edited(sealed(WRITTEN), on_plans(write_in_two_lines))
    (quick, told), (long, _) = read(data, folder), read(data, folder, by_cells=True)
    assert quick == long
    assert [bool(ready) for ready in told] == [True, False, False, False, False]


TEXTS = st.text(max_size=30) | st.sampled_from(["5", "05", "1.5", "=1", "nt", "a | b"])


@given(plans=st.lists(st.dictionaries(st.sampled_from([*PLANNED]), TEXTS), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_whatever_agencies_send(plans: list[dict[str, str]], folder: Path) -> None:
    inbox = [submission("a.xlsx", "Sở Y tế", {"02.A": [{**PLANNED, **plan} for plan in (*plans, {}, {})]})]
    data = edited(sealed(written(merged(inbox))), lambda _book: None)
    (quick, told), (long, _) = read(data, folder), read(data, folder, by_cells=True)
    assert quick == long
    assert isinstance(quick, Previous)
    assert sum(told)


@needs_office
def test_rows_that_libreoffice_has_saved(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(sealed(WRITTEN))
    data = convert(path, "xlsx", tmp_path / "saved").read_bytes()
    (quick, told), (long, _) = read(data, folder), read(data, folder, by_cells=True)
    assert quick == long
    assert isinstance(quick, Previous)
    assert sum(told) >= len(quick.consolidated.rows) - 3
