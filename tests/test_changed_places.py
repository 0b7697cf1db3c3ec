"""A column that was sorted by itself is told from one in which an officer edits cells."""

import random
from collections.abc import Callable, Sequence

import pytest
from consolidation import PLANNED, back, merged, submission, written
from hypothesis import given
from hypothesis import strategies as st
from officers import column, edited
from openpyxl.worksheet.worksheet import Worksheet

from doingoai_cli.consolidate.workbook.reading.changed_places import Change, are_mixed, moved_together
from doingoai_cli.consolidate.workbook.row_digests import cell_digest
from doingoai_cli.errors import DoingoaiError

Cells = list[str]
Edit = Callable[[Cells], Cells]
WORDINGS = ("{}", "0{} người", "{} cán bộ", "{} đ/c", "{} thành viên", "Đoàn {} người")


def wordings(count: int) -> Cells:
    """That many numbers of members, no two written alike, in no order."""
    texts = [WORDINGS[n % len(WORDINGS)].format(2 + n // 2) for n in range(count)]
    random.Random(count).shuffle(texts)
    return texts


def mixed(before: Sequence[str], after: Sequence[str]) -> bool:
    ids = [f"r{n}" for n in range(len(before))]
    cells = [
        (n, ids[n], cell_digest(now), cell_digest(was))
        for n, (was, now) in enumerate(zip(before, after, strict=True))
    ]
    changes = [Change(*cell) for cell in cells if cell[2] != cell[3]]
    return are_mixed(
        changes,
        {i: cell_digest(was) for i, was in zip(ids, before, strict=True)},
        {i: n for n, i in enumerate(ids)},
    )


def copied(*pairs: tuple[int, int]) -> Edit:
    """The text of one row typed into another, which is another's still where that is not typed over."""

    def edit(cells: Cells) -> Cells:
        after = list(cells)
        for row, origin in pairs:
            after[row] = cells[origin]
        return after

    return edit


def retyped(*rows: int) -> Edit:
    return lambda cells: [f"{n + 70} người" if n in rows else cell for n, cell in enumerate(cells)]


def sort(first: int = 0, last: int | None = None) -> Edit:
    def edit(cells: Cells) -> Cells:
        end = len(cells) if last is None else last
        return cells[:first] + sorted(cells[first:end]) + cells[end:]

    return edit


def shifted(first: int) -> Edit:
    return lambda cells: [*cells[:first], *cells[first + 1 :], ""]


def turned(first: int, last: int) -> Edit:
    return lambda cells: [*cells[:first], *cells[first + 1 : last], cells[first], *cells[last:]]


def both(*edits: Edit) -> Edit:
    def edit(cells: Cells) -> Cells:
        for each in edits:
            cells = each(cells)
        return cells

    return edit


EIGHT = ((3, 40), (9, 22), (14, 51), (20, 7), (27, 33), (31, 3), (38, 45), (50, 12))
FEW = ((1, 7), (4, 10), (9, 5))
EDITED = {
    "one cell": (9, copied((2, 6))),
    "two cells change places": (9, copied((2, 6), (6, 2))),
    "two cells change places among 54": (54, copied((2, 40), (40, 2))),
    "three cells of twelve": (12, copied(*FEW)),
    "eight cells of 54, all from elsewhere": (54, copied(*EIGHT)),
    "eight cells, some of them to new texts": (54, both(copied(*EIGHT[:5]), retyped(31, 38, 50))),
    "eight cells, two of them changing places": (54, both(copied(*EIGHT[:6]), copied((44, 46), (46, 44)))),
    "four rows below each other": (54, copied((10, 30), (11, 33), (12, 34), (13, 40))),
    "six rows below each other, in no order": (
        54,
        copied(*zip(range(10, 16), (30, 33, 21, 40, 6, 7), strict=True)),
    ),
    "sixteen of 54": (54, copied(*((n, (n * 17 + 5) % 54) for n in range(0, 52, 13)), *EIGHT)),
    "new texts throughout": (20, retyped(*range(20))),
    "one text in many cells": (20, copied(*((n, 0) for n in range(4, 12)))),
    "all texts alike, some edited": (20, both(lambda cells: ["5"] * len(cells), retyped(1, 5, 9))),
}
SORTED = {
    "all of nine": (9, sort()),
    "all of twenty": (20, sort()),
    "all of sixty": (60, sort()),
    "a run of five": (54, sort(20, 25)),
    "the first half": (20, sort(0, 10)),
    "moved up from the first": (20, shifted(0)),
    "moved up within": (54, shifted(30)),
    "sorted, then a few cells retyped": (54, both(sort(), retyped(1, 9, 30))),
    "sorted, then eight cells edited to texts of others": (54, both(sort(), copied(*EIGHT))),
    "a run, and eight cells beside it": (54, both(sort(15, 20), copied(*EIGHT))),
    "edited before it was sorted": (54, both(copied(*EIGHT), sort())),
    "sorted but for an edit in each third": (9, both(sort(), retyped(4, 8))),
    "three cells all round": (54, copied((3, 9), (9, 40), (40, 3))),
    "two pairs change places": (54, copied((3, 9), (9, 3), (20, 40), (40, 20))),
    "rows of a filter pasted below each other": (54, copied((10, 30), (11, 33), (12, 34), (13, 40), (14, 47))),
    "a block pasted over another": (54, copied((10, 30), (11, 31), (12, 32))),
}


@pytest.mark.parametrize("what", EDITED)
def test_edits_are_no_sort(what: str) -> None:
    count, edit = EDITED[what]
    before = wordings(count)
    assert not mixed(before, edit(before))


@pytest.mark.parametrize("what", SORTED)
def test_a_sort_is_told(what: str) -> None:
    count, edit = SORTED[what]
    before = wordings(count)
    assert mixed(before, edit(before))


@given(st.integers(9, 60), st.randoms(use_true_random=False), st.integers(0, 3))
def test_a_column_sorted_with_a_few_edits_is_always_told(count: int, chance: random.Random, edits: int) -> None:
    before = wordings(count)
    chance.shuffle(before)
    after = sorted(before)
    for row in chance.sample(range(count), min(edits, count // 9)):
        after[row] = chance.choice([*before, "99 người"])
    assert mixed(before, after) or sum(map(str.__ne__, before, after)) < 5


@given(st.lists(st.sampled_from("abcd"), min_size=9, max_size=60))
def test_words_that_many_rows_share_are_told_where_several_changed_places(before: Cells) -> None:
    assert mixed(before, sorted(before)) == (sum(map(str.__ne__, before, sorted(before))) >= 3)


@pytest.mark.parametrize("count", [20, 54, 60])
@pytest.mark.parametrize("share", [1, 5, 10, 15, 30])
def test_edits_at_random_hardly_ever_seem_a_sort(count: int, share: int) -> None:
    """Of 200 sheets with that many percent of cells edited, all to texts of other rows; all were refused."""
    chance, alarms = random.Random(share), 0
    for _ in range(200):
        before = wordings(count)
        rows = chance.sample(range(count), max(1, count * share // 100))
        alarms += mixed(before, copied(*((row, chance.randrange(count)) for row in rows))(before))
    assert alarms <= (4 if share <= 15 else 24)


@pytest.mark.parametrize(
    ("moves", "told"),
    [
        ([(7, 8), (8, 9)], {7, 8}),
        ([(7, 8), (9, 10), (3, 30), (4, 40), (5, 12)], set()),
        ([(7, 8), (8, 9), (3, 30), (4, 40), (5, 12)], {7, 8}),
        ([(7, 8), (12, 13), (20, 21), *((n, 3 * n) for n in range(30, 40))], {7, 12, 20}),
        ([(7, 9), (20, 22)], {7, 20}),
        ([(7, 9), (20, 23)], set()),
    ],
)  # fmt: skip
def test_texts_that_moved_by_as_many_rows(moves: list[tuple[int, int]], told: set[int]) -> None:
    assert moved_together(moves) == told


# --- in a workbook ----------------------------------------------------------------------------------------------

COUNT, FIRST = 54, 8
SENT = [
    {
        **PLANNED, "name": f"Đoàn {n * 31 % 97} đi học nghề", "members": text,
        "funding": f"Ngân sách tỉnh {n * 7 % 61 + 1} triệu", "leader": f"Nguyễn Văn {chr(65 + n * 7 % 26)}{n}",
        "period": f"{1 + n * 11 % 28}/{1 + n % 12}/2020",
    }
    for n, text in enumerate(wordings(COUNT))
]  # fmt: skip
INBOX = [submission("a.xlsx", "Sở Y tế", {"02.A": SENT})]


def reviewed(sheet: Worksheet) -> None:
    for row in range(FIRST, FIRST + COUNT):
        sheet.cell(row, column(sheet, "Ghi chú thẩm định")).value = f"xem {row * 31 % 997}"


BOOK = written(merged(INBOX, back(edited(written(merged(INBOX)), lambda book: reviewed(book["02.A"])))))


def with_column(heading: str, edit: Edit) -> bytes:
    def change(sheet: Worksheet) -> None:
        cells = [sheet.cell(row, column(sheet, heading)) for row in range(FIRST, FIRST + COUNT)]
        for cell, text in zip(cells, edit([str(cell.value or "") for cell in cells]), strict=True):
            cell.value = text

    return edited(BOOK, lambda book: change(book["02.A"]))


HEADINGS = [
    "Số thành viên",
    "Thời gian thực hiện",
    "Nguồn kinh phí",
    "Trưởng đoàn",
    "Ghi chú thẩm định",
    "Tên đoàn",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_an_officer_who_edits_eight_of_54_cells_goes_on(heading: str) -> None:
    previous = back(with_column(heading, copied(*EIGHT)))
    again = merged(INBOX, previous)
    assert (again.rows_merged, len(again.consolidated.rows), again.dropped) == (COUNT, COUNT, ())
    assert sum(map(len, again.edits.values())) == (0 if heading == "Ghi chú thẩm định" else 8)


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize(
    "edit", [sort(), turned(20, 25), both(sort(), copied(*EIGHT))], ids=["all", "run", "edits"]
)
def test_a_column_of_a_workbook_that_was_sorted_is_refused(heading: str, edit: Edit) -> None:
    with pytest.raises(DoingoaiError, match=f"cột “{heading}” của"):
        back(with_column(heading, edit))
