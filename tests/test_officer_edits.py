"""The workbook survives the officer: every row, review and column is found again, or nothing is taken."""

import io
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from blanks import PACK
from consolidation import CATALOGUE, merged, submission, written
from hypothesis import example, given, settings
from hypothesis import strategies as st
from office import convert, needs_office
from officers import (
    FIRST,
    INBOX,
    LAST,
    REVIEWED,
    Edit,
    column,
    edited,
    merged_again,
    on_plans,
    plans,
    read,
    remark,
    review,
    shift_up,
    sort_columns,
    unmerge,
)
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from doingoai_cli.checks.engine import check_submission
from doingoai_cli.consolidate.consolidation import Consolidation, Previous
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import Review
from doingoai_cli.model.counting import is_counted
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.pipeline import books
from doingoai_cli.vietnamese.text import clean

COUNTED = 13
"""Of the twenty plans; seven are refused."""


def reviews(book: Previous | Consolidation) -> Counter[bool]:
    """How many of the plans stand beside the review that was written for them."""
    rows = book.consolidated.of_form("02.A")
    return Counter(row.review.remark == remark(row.record.text("name")) for row in rows)


def retype_numbers(sheet: Worksheet) -> None:
    for col in range(1, 12):
        sheet.cell(7, col).value = col


def number_in_letters(sheet: Worksheet) -> None:
    for col in range(1, 12):
        sheet.cell(7, col).value = f"({chr(64 + col)})"


def drop_rows(first: int, count: int = 1) -> Callable[[Worksheet], None]:
    def edit(sheet: Worksheet) -> None:
        unmerge(sheet)
        sheet.delete_rows(first, count)

    return edit


def insert_rows(first: int, count: int) -> Callable[[Worksheet], None]:
    def edit(sheet: Worksheet) -> None:
        unmerge(sheet)
        sheet.insert_rows(first, count)

    return edit


def rename(*pairs: tuple[str, str]) -> Callable[[Worksheet], None]:
    def edit(sheet: Worksheet) -> None:
        for old, new in pairs:
            sheet.cell(5, column(sheet, old)).value = new

    return edit


def put(heading: str, row: int, value: str) -> Callable[[Worksheet], None]:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(row, column(sheet, heading)).value = value

    return edit


def rename_sheet(book: openpyxl.Workbook) -> None:
    book["02.A"].title = "Kế hoạch đoàn ra"
    for name in list(book.defined_names):
        del book.defined_names[name]


PLANS = range(FIRST, LAST + 1)


def marks(sheet: Worksheet) -> int:
    """The hidden column beside the opinions, which says whose they are."""
    return column(sheet, "Ý kiến thẩm định") + 1


def sort_up_to_findings(sheet: Worksheet) -> None:
    """Reviews, their marks and all that is hidden behind them stay where they are."""
    sort_columns(sheet, 1, column(sheet, "Vi phạm"))


def fill_marks(text: str | None = None) -> Callable[[Worksheet], None]:
    """The marks of all plans as that of the first, or another text."""

    def edit(sheet: Worksheet) -> None:
        for row in PLANS:
            cell = sheet.cell(row, marks(sheet))
            cell.value = sheet.cell(FIRST, cell.column).value if text is None else text

    return edit


HARMLESS: dict[str, Edit] = {
    "nothing": lambda _book: None,
    "the number row retyped": on_plans(retype_numbers),
    "the number row in letters": on_plans(number_in_letters),
    "the number row deleted": on_plans(drop_rows(7)),
    "the first row of headings deleted": on_plans(drop_rows(5)),
    "the second row of headings deleted": on_plans(drop_rows(6)),
    "all rows of headings deleted": on_plans(drop_rows(5, 3)),
    "everything above the rows deleted": on_plans(drop_rows(1, 7)),
    "fifty rows inserted above": on_plans(insert_rows(1, 50)),
    "a blank row below the headings": on_plans(insert_rows(8, 1)),
    "three blank rows above the numbers": on_plans(insert_rows(7, 3)),
    "a note under a heading": on_plans(put("Ý kiến thẩm định", 7, "Phòng HTQT ghi")),
    "a heading renamed": on_plans(rename(("Ý kiến thẩm định", "Ý kiến của phòng"))),
    "two headings renamed": on_plans(rename(("Ý kiến thẩm định", "YK"), ("Ghi chú thẩm định", "Lưu ý"))),
    "an official heading renamed": on_plans(rename(("Trưởng đoàn", "Người dẫn đầu"))),
    "the headings below a common one deleted": lambda book: drop_rows(6)(book["01.A"]),
    "the heading of the ids renamed": on_plans(rename(("Mã bản ghi", "x"))),
    "a heading emptied": on_plans(rename(("Ghi chú thẩm định", ""))),
    "the sheet renamed, its name lost": rename_sheet,
    "a copy of the sheet": lambda book: book.copy_worksheet(book["02.A"]),
    "all columns sorted": on_plans(lambda sheet: sort_columns(sheet, 1, sheet.max_column)),
    "visible columns sorted": on_plans(lambda sheet: sort_columns(sheet, 1, column(sheet, "Ghi chú thẩm định"))),
    "the marks of reviews deleted": on_plans(lambda sheet: sheet.delete_cols(marks(sheet))),
    "one mark of a review filled down, visible columns sorted": on_plans(
        lambda sheet: [fill_marks()(sheet), sort_columns(sheet, 1, column(sheet, "Ghi chú thẩm định"))]
    ),
    "ids cleared": on_plans(
        lambda sheet: [put("Mã bản ghi", row, "")(sheet) for row in range(FIRST, LAST + 1)],
    ),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_every_row_and_review_is_found_again(what: str) -> None:
    previous = read(edited(REVIEWED, HARMLESS[what]))
    assert reviews(previous) == {True: 20}
    assert sum(map(is_counted, previous.consolidated.of_form("02.A"))) == COUNTED
    again = merged(INBOX, previous)
    assert reviews(again) == {True: 20}
    assert (again.rows_read, again.rows_merged, len(again.consolidated.rows)) == (25, 25, 25)
    assert (again.dropped, again.edits, again.withdrawn) == ((), {}, ())
    assert reviews(read(written(again))) == {True: 20}


LOSSES: dict[str, tuple[Edit, str]] = {
    "a form's sheet deleted": (lambda book: book.remove(book["02.A"]), "Thiếu trang của Mẫu 02.A"),
    "an empty form's sheet deleted": (lambda book: book.remove(book["01.B"]), "Thiếu trang của Mẫu 01.B"),
    "the ledger deleted": (lambda book: book.remove(book["Nhật ký"]), "“Nhật ký”"),
    "who has sent deleted": (lambda book: book.remove(book["Tình hình nộp"]), "“Tình hình nộp”"),
    "opinions deleted": (
        on_plans(lambda sheet: sheet.delete_cols(column(sheet, "Ý kiến thẩm định"))),
        "thiếu cột “Ý kiến thẩm định”",
    ),
    "remarks deleted": (
        on_plans(lambda sheet: sheet.delete_cols(column(sheet, "Ghi chú thẩm định"))),
        "thiếu cột “Ghi chú thẩm định”",
    ),
    "agencies deleted": (
        on_plans(lambda sheet: sheet.delete_cols(column(sheet, "Cơ quan"))), "thiếu cột “Cơ quan”",
    ),
    "an official column deleted": (
        on_plans(lambda sheet: sheet.delete_cols(column(sheet, "Đến nước"))), "thiếu cột “Đến nước”",
    ),
    "ids deleted": (on_plans(lambda sheet: sheet.delete_cols(column(sheet, "Mã bản ghi"))), "Mã bản ghi"),
    "official columns sorted alone": (on_plans(lambda sheet: sort_columns(sheet, 1, 11)), "cơ quan, nguồn của"),
    "all columns up to the findings sorted alone": (on_plans(sort_up_to_findings), "cột ý kiến"),
    "all cells up to the findings moved up": (
        on_plans(lambda sheet: shift_up(sheet, 1, column(sheet, "Vi phạm"))), "cột ý kiến",
    ),
    "last cells moved up": (
        on_plans(lambda sheet: shift_up(sheet, 5, column(sheet, "Ghi chú thẩm định"), LAST - 1)), "dồn ô một số",
    ),
    "names sorted alone": (on_plans(lambda sheet: sort_columns(sheet, 2, 2)), "cột “Tên đoàn”"),
    "times sorted alone": (on_plans(lambda sheet: sort_columns(sheet, 10, 10, by=2)), "cột “Thời gian thực hiện”"),
    "agencies sorted alone": (on_plans(lambda sheet: sort_columns(sheet, 12, 12)), "cột “Cơ quan”"),
    "four columns sorted alone": (on_plans(lambda sheet: sort_columns(sheet, 1, 4)), "cột “Tên đoàn”"),
    "official cells moved up": (on_plans(lambda sheet: shift_up(sheet, 1, 11)), "cơ quan, nguồn của"),
    "names moved up": (on_plans(lambda sheet: shift_up(sheet, 2, 2)), "cột “Tên đoàn”"),
}  # fmt: skip


@pytest.mark.parametrize("what", LOSSES)
def test_what_cannot_be_found_again_is_said_and_nothing_is_taken(what: str) -> None:
    edit, said = LOSSES[what]
    with pytest.raises(DoingoaiError) as refused:
        read(edited(REVIEWED, edit))
    assert said in str(refused.value)
    assert "Cách sửa" in str(refused.value)
    assert "--accept-loss" in str(refused.value)


@pytest.mark.parametrize("what", LOSSES)
def test_accept_loss_takes_the_rest_and_keeps_the_lost_part_on_a_sheet(what: str) -> None:
    again = merged_again(edited(REVIEWED, LOSSES[what][0]), accept_loss=True)
    assert (again.rows_merged, len(again.consolidated.rows), again.edits, again.dropped) == (25, 25, {}, ())
    assert any(LOSSES[what][1] in note.text and "--accept-loss" in note.reason for note in again.notes)
    assert False not in {r.review.remark in ("", remark(r.record.text("name"))) for r in again.consolidated.rows}
    after = read(written(again))
    assert [note.text for note in after.notes] == [note.text for note in again.notes]
    assert len(after.consolidated.rows) == 25


def two_copies(sheet_to_edit: str) -> Edit:
    def edit(book: openpyxl.Workbook) -> None:
        book.copy_worksheet(book["02.A"])
        put("Ý kiến thẩm định", FIRST + 1, "Điều chỉnh")(book[sheet_to_edit])

    return edit


def test_a_copy_that_says_something_of_its_own_is_no_backup_any_more() -> None:
    with pytest.raises(DoingoaiError, match=r"hai trang “02\.A” và “02\.A Copy”"):
        read(edited(REVIEWED, two_copies("02.A Copy")))


def test_a_stale_backup_is_kept_as_a_sheet_of_the_officers() -> None:
    known = written(merged_again(REVIEWED))  # the workbook knows the reviews that the copy holds
    again = merged_again(edited(known, two_copies("02.A")))
    assert [sheet.name for sheet in again.sheets] == ["02.A Copy"]
    assert again.consolidated.of_form("02.A")[1].review.opinion == "Điều chỉnh"


def test_rows_that_stand_on_another_sheet_are_not_deleted_ones() -> None:
    """Moved to a sheet of the officer's, or the form's sheet renamed and another put in its place."""

    def moved(book: openpyxl.Workbook) -> None:
        own, other = book["02.A"], book.create_sheet("02.A tiếp")
        for row in (FIRST - 2, FIRST, FIRST + 1):
            other.append([cell.value for cell in own[row]])
        own.delete_rows(FIRST, 2)

    known = written(merged_again(REVIEWED))
    with pytest.raises(DoingoaiError, match=r"02 dòng không còn ở trang “02\.A” mà ở trang “02\.A tiếp”"):
        read(edited(known, moved))
    assert len(merged_again(edited(known, moved), accept_loss=True).dropped) == 2


def bearing_the_mark(book: openpyxl.Workbook) -> None:
    """As LibreOffice copies a sheet: the copy takes the mark, the first keeps its name."""
    book.copy_worksheet(book["02.A"]).title = "02.A_2"
    book.defined_names["_doingoai.form.02.A.v1"].attr_text = "'02.A_2'!$A$6"


@pytest.mark.parametrize("bytes_worth_sharing", [0, 1 << 30])
def test_a_copy_that_bears_the_mark_is_a_backup(
    bytes_worth_sharing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "_WORTH_SHARING", bytes_worth_sharing)
    path = tmp_path / "tonghop.xlsx"
    path.write_bytes(edited(REVIEWED, bearing_the_mark))
    previous = books.read_previous(path, CATALOGUE, 2020)
    assert previous is not None
    assert reviews(previous) == {True: 20}
    ((name, cells),) = previous.sheets
    assert name == "02.A_2"
    assert len(cells) > 300
    put_there = edited(
        REVIEWED, bearing_the_mark, lambda book: put("Ý kiến thẩm định", FIRST, "Hoãn")(book["02.A_2"])
    )
    path.write_bytes(put_there)
    with pytest.raises(DoingoaiError, match="hai trang"):
        books.read_previous(path, CATALOGUE, 2020)
    accepted = books.read_previous(path, CATALOGUE, 2020, accept_loss=True)
    assert accepted is not None
    assert [len(sheet.cells) for sheet in accepted.sheets] == [len(cells)]


def test_what_is_accepted_twice_stands_on_two_sheets() -> None:
    lost = on_plans(lambda sheet: sheet.delete_cols(column(sheet, "Đến nước")))
    book = written(merged_again(edited(REVIEWED, lost), accept_loss=True))
    again = merged_again(edited(book, lost), accept_loss=True)
    names = openpyxl.load_workbook(io.BytesIO(written(again))).sheetnames
    assert {"02.A (bản cũ)", "02.A (bản cũ) (2)"} <= set(names)
    assert len(again.notes) == 2


def test_columns_sorted_before_anything_was_reviewed_do_no_harm() -> None:
    previous = read(edited(written(merged(INBOX)), on_plans(sort_up_to_findings)))
    assert len(previous.consolidated.of_form("02.A")) == 20
    assert any("nhận lại theo nội dung" in line for line in previous.consolidated.notices)


def test_a_review_that_is_cut_and_pasted_beside_another_row_goes_with_it() -> None:
    def move(sheet: Worksheet) -> None:
        for col in range(marks(sheet) - 1, marks(sheet) + 2):
            sheet.cell(FIRST + 4, col).value, sheet.cell(FIRST, col).value = sheet.cell(FIRST, col).value, None

    previous = read(edited(REVIEWED, on_plans(move)))
    rows = previous.consolidated.of_form("02.A")
    assert rows[4].review.remark == remark(rows[0].record.text("name"))


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_an_opinion_and_a_note_pasted_as_two_cells_are_both_read(rows: int) -> None:
    """Excel pastes into hidden columns too: the note lands between opinion and note."""

    def paste(sheet: Worksheet) -> None:
        for row in range(FIRST, FIRST + rows):
            sheet.cell(row, marks(sheet) - 1).value = "Điều chỉnh"
            sheet.cell(row, column(sheet, "Ghi chú thẩm định") - 1).value = "Bổ sung thư mời"

    previous = read(edited(written(merged(INBOX)), on_plans(paste)))
    found = [row.review for row in previous.consolidated.of_form("02.A")]
    assert found.count(Review("Điều chỉnh", "Bổ sung thư mời")) == rows
    again = read(written(merged(INBOX, previous)))
    assert [row.review for row in again.consolidated.of_form("02.A")] == found


def test_who_reviews_after_such_a_sort_is_told_how_to_say_so() -> None:
    """Whether reviews were written before the sort or after it, no cell tells: the officer does."""
    sorted_first = edited(written(merged(INBOX)), on_plans(sort_up_to_findings), on_plans(review))
    with pytest.raises(DoingoaiError) as refused:
        read(sorted_first)
    assert "bỏ ẩn cột ngay sau cột ý kiến" in str(refused.value)
    previous = read(edited(sorted_first, on_plans(fill_marks(""))))
    assert reviews(previous) == {True: 20}
    again = merged(INBOX, previous)
    assert (reviews(again), again.edits, again.dropped) == ({True: 20}, {}, ())
    assert reviews(read(written(again))) == {True: 20}


# --- rows that are deleted, copied, overwritten -----------------------------------------------------------------


def test_a_deleted_row_stays_deleted_is_said_and_comes_back_when_asked_for() -> None:
    name = INBOX[0].tables[0].records[3].text("name")

    def delete(sheet: Worksheet) -> None:
        row = next(n for n in range(FIRST, LAST + 1) if sheet.cell(n, 2).value == name)
        sheet.delete_rows(row)

    book = edited(REVIEWED, on_plans(delete))
    for _ in range(3):  # at every merge
        again = merged_again(book)
        assert name not in {row.record.text("name") for row in again.consolidated.rows}
        assert [(d.row.record.text("name"), d.row.agency, d.day) for d in again.dropped] == [
            (name, "Sở Y tế", "05/11/2019"),
        ]
        assert any(name in line and ListSheet.DROPPED in line for line in again.notices)
        assert again.rows_read == again.rows_merged
        book = written(again)

    def ask(book: openpyxl.Workbook) -> None:
        sheet = book[ListSheet.DROPPED]
        sheet.cell(5, column(sheet, "Đưa lại (ghi x)")).value = "x"

    def take_off(book: openpyxl.Workbook) -> None:
        book[ListSheet.DROPPED].delete_rows(5)

    def move(book: openpyxl.Workbook) -> None:
        cells = [cell.value for cell in book[ListSheet.DROPPED][5]]
        book[ListSheet.DROPPED].delete_rows(5)
        for col, value in enumerate(cells, 1):
            book["02.A"].cell(LAST + 3, col).value = value

    for edit in (ask, take_off, move):
        back = merged_again(edited(book, edit))
        assert name in {row.record.text("name") for row in back.consolidated.rows}
        assert back.dropped == ()
        assert len(back.consolidated.rows) == 25
        assert any(ListSheet.DROPPED in line and "đưa lại" in line for line in back.notices)


def test_a_deleted_row_comes_back_when_its_agency_sends_another_text() -> None:
    book = written(merged_again(edited(REVIEWED, on_plans(lambda sheet: sheet.delete_rows(FIRST + 2)))))
    (gone,) = merged(INBOX, read(book)).dropped
    rows = plans(8, "du lịch") if gone.row.agency == "Sở Du lịch" else plans(12, "y tế")
    sent = [
        {**r, "partners": "Đối tác khác hẳn"} if r["name"] == gone.row.record.text("name") else r for r in rows
    ]
    (mine,) = [s for s in INBOX if s.agency and s.agency.name == gone.row.agency]
    new = submission(mine.path, gone.row.agency, {"02.A": sent, **_others(mine.path)})
    again = merged([new, *(s for s in INBOX if s is not mine)], read(book))
    assert again.dropped == ()
    assert len(again.consolidated.rows) == 25
    assert any("nay đơn vị gửi nội dung khác" in line for line in again.notices)


def test_a_deleted_row_stays_out_though_its_file_was_away_meanwhile() -> None:
    book = edited(REVIEWED, on_plans(lambda sheet: sheet.delete_rows(FIRST + 2)))
    (gone,) = merged_again(book).dropped
    rest = [s for s in INBOX if s.agency and s.agency.name != gone.row.agency]
    for _ in range(2):
        away = merged(rest, read(book))
        assert away.dropped == ()
        book = written(away)
    back = merged(INBOX, read(book))
    assert [d.row.record_id for d in back.dropped] == [gone.row.record_id]
    assert gone.row.record_id not in {row.record_id for row in back.consolidated.rows}
    assert back.deleted == {}


def _others(path: str) -> dict[str, list[dict[str, object]]]:
    (mine,) = [s for s in INBOX if s.path == path]
    return {
        table.form: [{f: r.text(f) for f in r.fields} for r in table.records]
        for table in mine.tables
        if table.form != "02.A"
    }


def test_a_row_that_the_officer_typed_and_deletes_is_gone() -> None:
    def type_in(sheet: Worksheet) -> None:
        for heading, value in {
            "Tên đoàn": "Đoàn gọi điện",
            "Đến nước": "Lào",
            "Cơ quan": "Sở Công Thương",
        }.items():
            put(heading, LAST + 1, value)(sheet)

    typed = written(merged_again(edited(REVIEWED, on_plans(type_in))))
    assert len(read(typed).consolidated.of_form("02.A")) == 21
    again = merged_again(edited(typed, on_plans(lambda sheet: sheet.delete_rows(LAST + 1))))
    assert (len(again.consolidated.rows), again.dropped, again.withdrawn) == (25, (), ())


@pytest.mark.parametrize(
    ("label", "counts"),
    [("TỔNG CỘNG", False), ("Cộng:", False), ("Tổng số đoàn", False), ("Đoàn Tổng cục Du lịch", True),
     ("Tổng Lãnh sự quán Lào", True)],
)  # fmt: skip
def test_a_line_of_sums_that_the_officer_types_is_no_delegation(label: str, counts: bool) -> None:
    def type_in(sheet: Worksheet) -> None:
        for heading, value in {"Tên đoàn": label, "Số thành viên": 150, "Số ngày": 40}.items():
            put(heading, LAST + 1, value)(sheet)

    again = merged_again(edited(REVIEWED, on_plans(type_in)))
    assert len(again.consolidated.of_form("02.A")) == (21 if counts else 20)
    assert counts or any(label in note.text for note in again.notes)


@pytest.mark.parametrize("change", [{}, {2: "Đoàn mới tinh", 6: "Cuba"}])
def test_a_copied_row_counts_as_the_officers_and_is_said(change: dict[int, str]) -> None:
    def copy(sheet: Worksheet) -> None:
        for col in range(1, sheet.max_column + 1):
            sheet.cell(LAST + 3, col).value = change.get(col, sheet.cell(FIRST + 1, col).value)

    previous = read(edited(REVIEWED, on_plans(copy)))
    assert len(previous.consolidated.of_form("02.A")) == 21
    said = [
        line
        for line in previous.consolidated.notices
        if f"dòng {LAST + 3}" in line and f"dòng {FIRST + 1}" in line
    ]
    assert len(said) == 1


def test_a_row_that_is_overwritten_becomes_the_officers_and_the_old_one_is_set_aside() -> None:
    def overwrite(sheet: Worksheet) -> None:
        for col in range(2, 12):
            sheet.cell(FIRST + 2, col).value = f"khác hẳn {col}"

    again = merged_again(edited(REVIEWED, on_plans(overwrite)))
    assert len(again.dropped) == 1
    assert len(again.consolidated.rows) == 25
    assert any("nội dung khác hẳn" in line for line in again.notices)


def test_visible_cells_moved_up_are_one_deleted_row() -> None:
    edit = on_plans(lambda sheet: shift_up(sheet, 1, column(sheet, "Ghi chú thẩm định")))
    again = merged_again(edited(REVIEWED, edit))
    assert len(again.dropped) == 1
    assert reviews(again) == {True: 19}
    assert any("nhận lại theo nội dung" in line for line in again.notices)


def test_a_long_text_that_was_withdrawn_comes_back_whole_and_as_sent() -> None:
    partners = ("Bệnh viện A; " * 900).strip()
    long = {**plans(1, "dài")[0], "activities": "Trao đổi kinh nghiệm; " * 1400, "partners": partners}
    only = submission("dai.xlsx", "Sở Y tế", {"02.A": [long]})
    reviewed = edited(written(merged([only])), on_plans(put("Ý kiến thẩm định", FIRST, "Đồng ý")))
    gone = merged([INBOX[1]], read(reviewed))
    assert len(gone.withdrawn) == 1
    back = merged([only], read(written(gone)))
    assert back.edits == {}
    (row,) = [r for r in back.consolidated.rows if r.agency == "Sở Y tế"]
    assert (row.review.opinion, row.change) == ("Đồng ý", "")
    assert row.record.text("partners") == partners


# --- notes ------------------------------------------------------------------------------------------------------


def test_notes_on_our_lists_and_beside_the_tables_are_kept_and_said() -> None:
    def note(book: openpyxl.Workbook) -> None:
        book["Tình hình nộp"]["L6"] = "Đã gọi điện 12/9"
        book["Tổng quan"]["Q3"] = "xem lại số này"
        book["Vi phạm"]["B30"] = "hỏi thanh tra"
        book["02.A"]["C3"] = "bản trình 1"
        book["02.A"]["O7"] = "phòng HTQT"

    again = merged_again(edited(REVIEWED, note))
    said = " ".join(again.notices)
    texts = ("Đã gọi điện 12/9", "xem lại số này", "hỏi thanh tra", "bản trình 1", "phòng HTQT")
    assert all(text in said for text in texts)
    book = written(again)
    for _ in range(2):
        held = " ".join(note.text for note in read(book).notes)
        assert all(text in held for text in texts)
        book = written(merged_again(book))
    assert ListSheet.NOTES in openpyxl.load_workbook(io.BytesIO(book)).sheetnames


@pytest.mark.parametrize("heading", ["Cơ quan", "Nguồn", "Vi phạm"])
def test_what_is_written_into_a_column_that_is_made_anew_is_said_and_kept(heading: str) -> None:
    def write(sheet: Worksheet) -> None:
        sheet.cell(FIRST + 2, column(sheet, heading)).value = "Sở Nội vụ"

    again = merged_again(edited(REVIEWED, on_plans(write)))
    line = f"02.A, dòng {FIRST + 2}, cột “{heading}” (mỗi lần tổng hợp được lập lại): Sở Nội vụ"
    assert [note.text for note in again.notes] == [line]
    assert any(line in said for said in again.notices)
    assert merged(INBOX, read(written(again))).notes == again.notes
    assert merged_again(REVIEWED).notes == ()


def test_comments_follow_their_rows_and_others_are_kept_as_notes() -> None:
    def comment(book: openpyxl.Workbook) -> None:
        sheet = book["02.A"]
        sheet.cell(FIRST + 3, 2).comment = Comment("Hỏi lại tên đoàn", "cán bộ")
        sheet.cell(FIRST + 3, column(sheet, "Cơ quan")).comment = Comment("Gọi chị Lan", "cán bộ")
        sheet.cell(5, 4).comment = Comment("Cột này xem kỹ", "cán bộ")
        book["Tổng quan"]["B8"].comment = Comment("Đối chiếu với thanh tra", "cán bộ")
        sheet.cell(FIRST + 3, 5).value = 99  # an edit, which has a comment of ours beside

    name = merged_again(REVIEWED).consolidated.of_form("02.A")[3].record.text("name")
    book = edited(REVIEWED, comment)
    for _ in range(3):
        again = merged_again(book)
        (row,) = [r for r in again.consolidated.rows if r.record.text("name") == name]
        assert row.comments == {"name": "Hỏi lại tên đoàn", "Cơ quan": "Gọi chị Lan"}
        assert {note.text for note in again.notes} == {"Cột này xem kỹ", "Đối chiếu với thanh tra"}
        book = written(again)
    sheet = openpyxl.load_workbook(io.BytesIO(book))["02.A"]
    told = [c.comment.text for cells in sheet.iter_rows() for c in cells if c.comment]
    assert len(told) == 3
    assert any("Đơn vị gửi" in text for text in told)
    mine = next(r.agency for r in again.consolidated.rows if r.record.text("name") == name)
    others = [s for s in INBOX if s.agency and s.agency.name != mine]
    gone = merged(others, read(book))  # the agency's file is taken out: the comment waits for it
    back = merged(INBOX, read(written(gone)))
    (row,) = [r for r in back.consolidated.rows if r.record.text("name") == name]
    assert row.comments == {"name": "Hỏi lại tên đoàn", "Cơ quan": "Gọi chị Lan"}


def test_nothing_is_taken_for_a_note_where_nobody_wrote_one() -> None:
    assert merged_again(written(merged_again(REVIEWED))).notes == ()


@pytest.mark.parametrize("piece", ["Nguyễn Văn A; ", "<b>&", "_x000D_ ", "😀", "a\u0301", "dòng\n", "x"])
def test_cells_near_the_limit_of_excel_come_back_as_they_went(piece: str) -> None:
    """In the agency's columns, in the findings that quote them, and in the officer's own."""
    text = (piece * 32_767)[: 32_767 // (2 if piece == "😀" else 1)]
    rows = [
        {**plans(1, f"dài {field}")[0], field: text}
        for field in ("name", "activities", "partners", "countries", "period", "leader", "members", "days")
    ]
    only = submission("dai.xlsx", "Sở Y tế", {"02.A": rows})

    typed = text[:15_000]  # openpyxl neither writes "_x000D_" as Excel does nor counts as Excel does

    def write(sheet: Worksheet) -> None:
        for row in range(FIRST, FIRST + len(rows)):
            sheet.cell(row, column(sheet, "Ghi chú thẩm định")).value = typed.replace("_x", "_x005F_x")
            sheet.cell(row, column(sheet, "Ghi chú thẩm định")).data_type = "s"

    findings = check_submission(only, PACK)
    assert any(f.value and len(f.value) > 10_000 for f in findings)
    book = written(merged([only], findings=findings))
    for _ in range(2):
        again = merged([only], read(book), findings=findings)
        assert (again.notes, again.edits, again.withdrawn, again.dropped) == ((), {}, (), ())
        book = edited(written(again), on_plans(write))
    (remarks,) = {row.review.remark for row in read(book).consolidated.rows}
    assert " ".join(remarks.split()) == " ".join(clean(typed).split())


# --- office programs --------------------------------------------------------------------------------------------


@needs_office
@pytest.mark.parametrize("kinds", [("xlsx", "xlsx"), ("ods",), ("xls",), ("ods", "xlsx"), ("xls", "xlsx")])
def test_what_libreoffice_saves_is_read_back_whole(kinds: tuple[str, ...], tmp_path: Path) -> None:
    from doingoai_cli.pipeline.books import read_book

    path = tmp_path / "tonghop.xlsx"
    path.write_bytes(edited(written(merged_again(REVIEWED)), on_plans(lambda sheet: sheet.delete_rows(FIRST + 2))))
    for number, kind in enumerate(kinds):
        path = convert(path, kind, tmp_path / str(number))
    book = read_book(path, CATALOGUE)
    rows = book.of_form("02.A")
    assert len(rows) == 19
    assert {row.review.remark == remark(row.record.text("name")) for row in rows} == {True}
    assert book.notices == ()
    if kinds[-1] == "xlsx":
        again = merged_again(path.read_bytes())
        assert (len(again.dropped), again.edits, again.notes, reviews(again)) == (1, {}, (), {True: 19})


# --- any officer ------------------------------------------------------------------------------------------------

HEADINGS = ("Tên đoàn", "Trưởng đoàn", "Cơ quan", "Vi phạm", "Ý kiến thẩm định", "Ghi chú thẩm định", "Đến nước")
ROWS = st.integers(FIRST, LAST)
COLS = st.integers(1, 19)


def sort(sheet: Worksheet, first: int, last: int, by: int) -> None:
    sort_columns(sheet, min(first, last), max(first, last), by)


def copy_row(sheet: Worksheet, source: int, hidden: bool) -> None:
    """Below the table, wherever rows that were inserted moved its end."""
    below = next(row for row in count(LAST + 2) if not any(sheet.cell(row, col).value for col in range(1, 30)))
    for col in range(1, 30 if hidden else 17):
        sheet.cell(below, col).value = sheet.cell(source, col).value


def move_up(sheet: Worksheet, row: int, first: int, last: int) -> None:
    shift_up(sheet, min(first, last), max(first, last), row)


def rename_heading(sheet: Worksheet, heading: str, text: str) -> None:
    if any(cell.value == heading for row in sheet.iter_rows(max_row=9) for cell in row):
        rename((heading, text))(sheet)


def type_over(sheet: Worksheet, row: int, col: int) -> None:
    sheet.cell(row, col).value = "Sửa tay"


def _drop(sheet: Worksheet, first: int, count: int) -> None:
    sheet.delete_rows(first, count)


EDITS = st.one_of(
    st.tuples(st.just(sort), COLS, COLS, st.integers(1, 16)),
    st.tuples(st.just(_drop), ROWS, st.just(1)),
    st.tuples(st.just(Worksheet.insert_rows), st.integers(8, LAST), st.integers(1, 3)),
    st.tuples(st.just(copy_row), ROWS, st.booleans()),
    st.tuples(st.just(move_up), ROWS, COLS, COLS),
    st.tuples(st.just(rename_heading), st.sampled_from(HEADINGS), st.sampled_from(["", "Khác"])),
    st.tuples(st.just(type_over), ROWS, st.integers(2, 11)),
    st.tuples(st.just(Worksheet.insert_cols), COLS),
    st.tuples(st.just(Worksheet.delete_cols), COLS),
    st.tuples(st.just(retype_numbers)),
    st.tuples(st.just(_drop), st.integers(1, 7), st.integers(1, 3)),
)
KNOWN = written(merged_again(REVIEWED))
SENT = {r.text("name"): s.agency.name for s in INBOX for t in s.tables for r in t.records if s.agency}


@settings(max_examples=40, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=3))
@example([(move_up, 26, 8, 17)])
@example([(move_up, 26, 17, 17)])
@example([(move_up, 25, 1, 2)])
@example([(move_up, 25, 2, 2)])
@example([(Worksheet.insert_cols, 18), (Worksheet.insert_cols, 18), (move_up, 26, 16, 6)])
def test_no_officer_loses_or_doubles_a_row_or_a_review_without_being_told(edits: list[tuple[Any, ...]]) -> None:
    def all_of_them(sheet: Worksheet) -> None:
        unmerge(sheet)
        for edit, *how in edits:
            edit(sheet, *how)

    try:
        previous = read(edited(KNOWN, on_plans(all_of_them)))
    except DoingoaiError:
        return
    again = merged(INBOX, previous)
    told = " ".join(again.notices)
    assert again.rows_read == again.rows_merged == 25
    out = {d.row.record.text("name") for d in again.dropped}
    assert all(name in told or len(out) > 5 for name in out)
    rows = [r for r in again.consolidated.rows if not r.record_id.startswith("CB-")]
    assert len(rows) + len(out) == 25
    assert all(SENT.get(r.record.text("name"), r.agency) == r.agency for r in rows)
    own = [r for r in again.consolidated.rows if r.record_id.startswith("CB-")]
    assert not own or "dòng cán bộ thêm" in told
    for row in rows:
        if row.review.remark.startswith("đã xem") and row.record.text("name") in SENT:
            assert row.review.remark == remark(row.record.text("name")) or "cột" in told, row.record.text("name")
