"""Tables side by side, the agency on a cover sheet."""

from collections.abc import Sequence

import pytest
from formsheets import HEADS, ROWS, TITLES, observed, read
from pipetable import grid

from doingoai_cli.model.grid import Grid
from doingoai_cli.model.submissions import Submission

Block = list[str]


def block(
    form: str, *numbers: int, head: Sequence[str] = ("Sở Y tế", ""), title: bool = True, more: str = ""
) -> Block:
    """A form's lines, with faultless rows of these numbers."""
    lines = [*head, TITLES[form] if title else "", *([more] if more else [])]
    return [*lines, HEADS[form], *(ROWS[form].format(n=n) for n in numbers)]


def beside(*blocks: Block, gap: int = 1) -> Grid:
    """The blocks side by side, with `gap` columns between."""
    lines = []
    for at in range(max(map(len, blocks))):
        cells: list[str] = []
        for lines_of in blocks:
            width = 1 + max(line.count("|") for line in lines_of)
            own = (lines_of[at] if at < len(lines_of) else "").split("|")
            cells += [*own, *[""] * (width - len(own) + gap)]
        lines.append(f"| {' | '.join(cells)} |")
    return grid("\n".join(lines))


def shown(submission: Submission) -> list[tuple[str, list[str | None]]]:
    return [(t.form, [r.cells["name"].cell for r in t.records]) for t in submission.tables]


NO_HEAD = ("", "")
PAIRS = [
    ((block("01.A", 1, 2), block("01.B", 1, 2, 3)), 1, [("01.A", ["B5", "B6"]), ("01.B", ["P5", "P6", "P7"])]),
    ((block("02.A", 1, 2), block("02.B", 1, 2)), 0, [("02.A", ["B5", "B6"]), ("02.B", ["M5", "M6"])]),
    ((block("02.A", 1), block("03", 1, 2, head=NO_HEAD)), 2, [("02.A", ["B5"]), ("03", ["O5", "O6"])]),
    ((block("02.A", 1, 2), block("02.A", 3, head=NO_HEAD, title=False)), 1,
     [("02.A", ["B5", "B6"]), ("02.A", ["N5"])]),
    ((block("02.A", 1), block("02.B", 1), block("03", 1)), 1,
     [("02.A", ["B5"]), ("02.B", ["N5"]), ("03", ["Y5"])]),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "gap", "expected"), PAIRS)
def test_every_table_side_by_side_is_read(blocks: Sequence[Block], gap: int, expected: object) -> None:
    submission = read(beside(*blocks, gap=gap))
    assert shown(submission) == expected
    assert observed(submission) == []
    assert all(not table.missing for table in submission.tables)
    assert submission.agency is not None
    assert submission.agency.name == "Sở Y tế"


def test_a_count_above_two_halves_is_of_both() -> None:
    count = "I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị {} đoàn"
    for stated, expected in ((3, []), (2, [("CT07", "A4")])):
        left = block("01.A", 1, 2, more=count.format(stated))
        right = block("01.A", 3, head=NO_HEAD, title=False, more=" ")
        submission = read(beside(left, right))
        assert len(submission.records) == 3
        assert observed(submission) == expected


def test_one_title_over_two_directions() -> None:
    left = block(
        "01.A", 1, title=False, head=("Sở Y tế", "TỔNG HỢP ĐOÀN RA, ĐOÀN VÀO NĂM 2019"), more="I. ĐOÀN RA"
    )
    right = block("01.B", 1, head=NO_HEAD, title=False, more="II. ĐOÀN VÀO")
    assert shown(read(beside(left, right))) == [("01.A", ["B6"]), ("01.B", ["P6"])]


def test_hidden_rows_through_both_tables_are_said_once() -> None:
    made = beside(block("01.A", 1, 2), block("01.B", 1, 2))
    hidden = Grid(made.name, 0, made.cells, hidden_rows=frozenset({6}))
    assert [code for code, _ in observed(read(hidden))] == ["CT05"]


COVERS = [
    ("| ỦY BAN NHÂN DÂN TỈNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
     "| SỞ DU LỊCH | Độc lập - Tự do - Hạnh phúc |\n| Số: 12/SDL-KH |\n\n| Kính gửi: Sở Ngoại vụ |", "SỞ DU LỊCH"),
    ("| Đơn vị báo cáo: | Sở Du lịch |", "Sở Du lịch"),
    ("| Tên cơ quan, đơn vị: Sở Du lịch |", "Sở Du lịch"),
    ("| Danh bạ cán bộ |\n| Nguyễn Văn A | 0912 |", None),
]  # fmt: skip


@pytest.mark.parametrize(("cover", "agency"), COVERS)
def test_the_agency_may_be_named_on_a_cover_sheet(cover: str, agency: str | None) -> None:
    form = beside(block("02.A", 1, head=NO_HEAD))
    submission = read(grid(cover, name="Công văn"), Grid("02.A", 1, form.cells))
    assert (submission.agency.name if submission.agency else None) == agency
    assert ("CT10", None) not in observed(submission) or agency is None


def test_the_agency_above_the_form_goes_before_the_cover() -> None:
    form = beside(block("02.A", 1))
    submission = read(grid("| SỞ DU LỊCH |", name="Bìa"), Grid("02.A", 1, form.cells))
    assert submission.agency is not None
    assert submission.agency.name == "Sở Y tế"


@pytest.mark.parametrize("lower", [1, 2, 6, 11])
@pytest.mark.parametrize(
    ("left", "right", "col"), [("02.A", "02.B", "N"), ("01.A", "01.B", "P"), ("03", "02.A", "L")]
)
def test_tables_whose_headings_stand_on_different_rows_are_read(
    lower: int, left: str, right: str, col: str
) -> None:
    below = ["", *[""] * lower, *block(right, 1, 2, head=("",))]
    expected = [(left, [f"B{row}" for row in (5, 6)]), (right, [f"{col}{lower + row}" for row in (5, 6)])]
    submission = read(beside(block(left, 1, 2), below))
    assert (shown(submission), observed(submission)) == (expected, [])


def test_a_blank_column_within_a_table_parts_none() -> None:
    heads = HEADS["02.A"].replace("|Số thành viên", "||Số thành viên")
    rows = [ROWS["02.A"].format(n=n).replace("|5|", "||5|") for n in (1, 2)]
    submission = read(beside(["Sở Y tế", "", TITLES["02.A"], heads, *rows]))
    assert (shown(submission), observed(submission)) == ([("02.A", ["B5", "B6"])], [])


def test_three_tables_whose_headings_are_of_one_and_two_rows_are_read() -> None:
    tall = [*block("01.A", 1, 2)[:3], HEADS["01.A"].replace("Trong KH|Ngoài KH", "Loại đoàn|"),
            "|" * 10 + "|Trong KH|Ngoài KH", *(ROWS["01.A"].format(n=n) for n in (1, 2))]  # fmt: skip
    submission = read(beside(tall, ["", *block("02.B", 1)], ["", "", *block("02.A", 1, 2)]))
    assert shown(submission) == [("01.A", ["B6", "B7"]), ("02.B", ["P6"]), ("02.A", ["AA7", "AA8"])]
    assert observed(submission) == []


@pytest.mark.parametrize("unit", ["Đơn vị tính: triệu đồng", "ĐVT: Triệu đồng", "(Đơn vị: 1.000 đồng)"])
@pytest.mark.parametrize("form", ["01.B", "02.A", "02.B", "03"])
def test_a_unit_line_between_title_and_heading_parts_them_not(form: str, unit: str) -> None:
    lines = [*block("01.A", 1), "", *block(form, 1, more="|" * 8 + unit)]
    submission = read(beside(lines))
    assert ([t.form for t in submission.tables], observed(submission)) == (["01.A", form], [])
