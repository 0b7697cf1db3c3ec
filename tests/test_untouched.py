"""A workbook that nobody edited since a merge is read by its seal: to the same end as cell by cell, always."""

import io
import pickle
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from consolidation import CATALOGUE, CONFERENCE, CYCLE, PLANNED, REALISED, merged, submission, whole_book, written
from hypothesis import given, settings
from hypothesis import strategies as st
from office import convert, needs_office
from officers import FIRST, INBOX, LAST, WRITTEN, edited, on_plans, review
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from doingoai_cli.consolidate.consolidation import Consolidation, Previous
from doingoai_cli.consolidate.identity import seal
from doingoai_cli.consolidate.workbook.sheets import BookRequest, write_again
from doingoai_cli.consolidate.workbook.written_rows import WrittenRow
from doingoai_cli.model.pending import known_seal
from doingoai_cli.model.seals import sealed
from doingoai_cli.model.submissions import Submission
from doingoai_cli.pipeline import books
from doingoai_cli.pipeline.last_merge import NOTHING, LastMerge


def read(data: bytes, folder: Path, last: LastMerge = NOTHING, *, quick: bool = True, large: int = 0) -> Previous:
    """The workbook as a merge reads it, with what is known of it.

    Not `quick`: as if it bore no seal; `large`: as one of so many rows that that many processes read its sheets.
    """
    path = folder / "tonghop.xlsx"
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        if not quick:
            patch.setattr(books, "is_untouched", lambda _: False)
        elif not large:  # who counts its rows reads it by its seal as well
            counted = books.read_book(path, CATALOGUE)
            with patch.context() as seal:
                seal.setattr(books, "is_untouched", lambda _: False)
                assert counted == books.read_book(path, CATALOGUE)
        if large:
            patch.setattr(books, "_WORTH_SHARING", 0)
            patch.setattr(books, "cores", lambda: large)
        previous = books.read_previous(path, CATALOGUE, CYCLE, last)
    assert previous is not None
    return previous


def waiting(previous: Previous) -> int:
    """How many records nobody has read yet."""
    return sum(known_seal(row.record) is not None for row in previous.consolidated.rows)


def assert_all_same(consolidation: Consolidation, folder: Path, inbox: Sequence[Submission]) -> Previous:
    """So do both of them and what is known of the workbook since it was written."""
    file = io.BytesIO()
    book = write_again(file, BookRequest(consolidation, CATALOGUE, "Quảng Bình"), dict)
    data = file.getvalue()
    rows = {
        form: [WrittenRow(*r) for told in of_form for r in pickle.loads(told)]
        for form, of_form in book.sheets.items()
    }
    last = LastMerge(sha256(data).hexdigest(), {}, rows, book.layouts, {})
    quick = assert_same(data, folder, inbox)
    known = read(data, folder, last)
    assert waiting(known) >= waiting(quick)
    assert consolidation.by_table
    again, expected = merged(inbox, known, known=consolidation.by_table), merged(inbox, quick)
    assert again == expected
    assert whole_book(again) == whole_book(expected)
    assert known == quick
    assert read(data, folder, last._replace(workbook="another")) == quick
    return known


def assert_same(data: bytes, folder: Path, inbox: Sequence[Submission]) -> Previous:
    """Both ways of reading agree, in every record, and in what the next merge of `inbox` writes."""
    quick, long = read(data, folder), read(data, folder, quick=False)
    for row in quick.consolidated.rows:
        assert known_seal(row.record) in (None, seal(pickle.loads(pickle.dumps(row.record))))
    expected = merged(inbox, long)
    book = whole_book(expected)
    assert whole_book(merged(inbox, read(data, folder))) == book
    assert quick == long
    sparing = read(data, folder, quick=False, large=1)
    assert whole_book(merged(inbox, sparing)) == book
    assert sparing == long
    assert merged(inbox, quick).notices == expected.notices
    return quick


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("untouched")


def changed(inbox: Sequence[Submission], which: int, text: str) -> list[Submission]:
    """The inbox after an agency sent one name anew, or (`text` "") left the row out."""
    sent = inbox[which % len(inbox)]
    table = sent.tables[0]
    at = which % len(table.records)
    there = list(table.records)
    there[at : at + 1] = [replace(there[at], name=text)] if text else []
    new = replace(sent, tables=(replace(table, records=tuple(there)), *sent.tables[1:]), sha256=f"{which}{text}")
    return [new if each is sent else each for each in inbox]


def add_row(sheet: Worksheet) -> None:
    for col in range(1, 12):
        sheet.cell(LAST + 2, col).value = f"cán bộ ghi {col}"


def add_column(sheet: Worksheet) -> None:
    new = sheet.max_column + 1
    sheet.cell(5, new).value = "Người theo dõi"
    sheet.cell(FIRST + 3, new).value = "anh Bình"


def comment(sheet: Worksheet) -> None:
    sheet.cell(FIRST + 1, 3).comment = Comment("hỏi lại Sở", "cán bộ")


def edit_name(sheet: Worksheet) -> None:
    sheet.cell(FIRST + 2, 2).value = "Đoàn  do cán bộ\nsửa tên"


def delete_row(sheet: Worksheet) -> None:
    sheet.delete_rows(FIRST + 5)


def widen(sheet: Worksheet) -> None:
    sheet.column_dimensions["B"].width = 44


OFFICERS = [review, add_row, add_column, comment, edit_name, delete_row, widen]


@given(
    edits=st.lists(st.sampled_from(OFFICERS), max_size=3, unique=True),
    which=st.integers(0, 30),
    text=st.sampled_from(["", "Đoàn mới khác hẳn", "Đoàn y tế số 1 sang Thái Lan (điều chỉnh)"]),
)
@settings(max_examples=12, deadline=None)
def test_whatever_officers_did_before_the_last_merge(
    edits: list[Any], which: int, text: str, folder: Path
) -> None:
    officers = edited(sealed(WRITTEN), *map(on_plans, edits))
    again = merged(INBOX, read(officers, folder))
    quick = assert_all_same(again, folder, changed(INBOX, which, text))
    assert waiting(quick) >= len(quick.consolidated.rows) - 8


TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(st.sampled_from(" |\n\t\r_x00D\u00a0\u200b\u0301\ufffe\x0b<&>ẫâ"), max_size=20),
    st.sampled_from(["", "_x000D_", "a | b", "x" * 32_760, "y" * 40_000, "=1+1", "5", "05", "43600", "nt", "TT"]),
)
HEADINGS = st.sampled_from(["Ghi chú", "Báo cáo", "Cột riêng", "Cơ quan", "Nguồn", "Tên đoàn"])


@given(
    plans=st.lists(
        st.dictionaries(st.sampled_from([*PLANNED, "report_ref"]), TEXTS, max_size=5), min_size=1, max_size=5
    ),
    more=st.dictionaries(HEADINGS, TEXTS, max_size=3),
    agency=TEXTS,
)
@settings(max_examples=30, deadline=None)
def test_whatever_agencies_send(
    plans: list[dict[str, str]], more: dict[str, str], agency: str, folder: Path
) -> None:
    sent = [{**PLANNED, "name": f"Đoàn {n}", **plan} for n, plan in enumerate(plans)]
    forms = {"02.A": [*sent, {**PLANNED, **more}], "01.A": [{**REALISED, **more}], "03": [CONFERENCE]}
    inbox = [submission("a.xlsx", agency, forms), submission("b.xlsx", "Sở Y tế", {"02.A": [PLANNED]})]
    assert_all_same(merged(inbox), folder, changed(inbox, 0, "Đoàn khác"))


def test_records_are_read_only_where_an_agency_sends_something_else(folder: Path) -> None:
    data = sealed(WRITTEN)
    previous = read(data, folder)
    assert waiting(previous) == len(previous.consolidated.rows) - 3  # one of each sheet tells its columns
    asked: list[int] = []
    for row in previous.consolidated.rows:
        if known_seal(row.record) is not None:
            object.__setattr__(row.record, "_read", _told(row.record._read, asked))  # type: ignore[attr-defined]
    merged(INBOX, previous)
    assert asked == []
    merged(changed(INBOX, 2, "Đoàn khác"), previous)
    assert asked == [FIRST + 8 + 2]  # behind the eight of Sở Du lịch


def _told(read_: Any, asked: list[int]) -> Any:
    def told(number: int) -> Any:
        asked.append(number)
        return read_(number)

    return told


def one_cell(sheet: Worksheet) -> None:
    sheet.cell(FIRST + 2, 2).value = "Đoàn mà cán bộ sửa"


def repacked(data: bytes, other: bytes) -> bytes:
    """The parts of one workbook beside the properties, and so the seal, of another."""
    new = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as package,
        zipfile.ZipFile(io.BytesIO(other)) as second,
        zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in package.namelist():
            made.writestr(name, (second if name == "docProps/custom.xml" else package).read(name))
    return new.getvalue()


def workbook() -> Consolidation:
    return merged(INBOX)


@pytest.mark.parametrize(
    "how",
    [
        lambda data: edited(data, on_plans(one_cell)),
        lambda data: repacked(edited(data, on_plans(one_cell)), data),
        lambda data: repacked(data, sealed(written(merged(INBOX[:1])))),
    ],
    ids=["edited", "edited under its seal", "another's seal"],
)
def test_a_workbook_that_does_not_bear_out_its_seal_is_read_cell_by_cell(how: Any, folder: Path) -> None:
    data = how(sealed(written(workbook())))
    assert waiting(assert_same(data, folder, INBOX)) == 0


@pytest.mark.parametrize("processes", [1, 2])
def test_a_large_workbook_that_was_saved_since_gives_records_where_they_are_asked_for(
    processes: int, folder: Path
) -> None:
    data = edited(sealed(written(workbook())), on_plans(one_cell))
    long, sparing = read(data, folder), read(data, folder, large=processes)
    assert len(long.consolidated.rows) - 2 <= waiting(sparing) < len(long.consolidated.rows)
    assert merged(changed(INBOX, 2, "Đoàn khác"), sparing) == merged(changed(INBOX, 2, "Đoàn khác"), long)
    assert waiting(sparing) >= len(long.consolidated.rows) - 2
    assert sparing == long


@needs_office
def test_a_workbook_saved_by_another_program_is_read_cell_by_cell(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(sealed(written(workbook())))
    saved = convert(path, "xlsx", tmp_path / "saved").read_bytes()
    assert waiting(assert_same(saved, folder, INBOX)) == 0
    large = read(saved, folder, large=1)
    assert waiting(large) >= len(large.consolidated.rows) - 2


def test_a_workbook_of_an_earlier_version_is_read_cell_by_cell(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from doingoai_cli.consolidate.workbook import structure

    old = structure.to_cells

    def before(kept: structure.Structure) -> tuple[str, ...]:
        return old(replace(kept, forms={f: replace(k, whole=None) for f, k in kept.forms.items()}))

    monkeypatch.setattr(structure, "to_cells", before)
    assert waiting(assert_same(sealed(written(workbook())), folder, INBOX)) == 0
