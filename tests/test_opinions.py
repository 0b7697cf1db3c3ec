"""What an officer says of a row is one thing however it is written, and leaves the row out of every figure."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from consolidation import CATALOGUE, CONFERENCE, PLANNED, REALISED, again, described, merged, submission, written
from office import convert, needs_office

from doingoai_cli.consolidate.workbook.opinion_column import OPINION_NUMBERS, opinion_formula
from doingoai_cli.model.consolidated import Review
from doingoai_cli.model.counting import NO_OPINION, OTHER_OPINION, is_counted, review_counts, stated_opinion
from doingoai_cli.model.opinions import LEFT_OUT, Opinion, is_plain, opinion_of

WRITTEN = {
    Opinion.REFUSED: (
        "Không đồng ý", "Không đồng ý.", "Không đồng ý (thiếu thư mời)", "Khong dong y", "KHÔNG ĐỒNG Ý",
        "ko đồng ý", " không  đồng ý: trùng đoàn", "Không đồng ý\nvì thiếu kinh phí", "Khôn đồng ý",
        "Không đồg ý", "không nhất trí", "Không chấp thuận", "Từ chối",
        "- Không đồng ý", "Không đồng ý / trùng đoàn", "Lãnh đạo Sở không đồng ý", "Không đồng ý", "Kh. đồng ý",
        "Không phê duyệt", "KĐY", "Không ĐY", "ko đ/ý", "K/đồng ý",
    ),
    Opinion.UNCOUNTED: (
        "Không tính", "không tính (trùng với Mẫu 01.B)", "Khong tinh.", "KHÔNG TÍNH", "Ko tính",
        "Đề nghị không tính", "Không được tính",
    ),
    Opinion.ADJUST: (
        "Điều chỉnh", "điều chỉnh thời gian", "Dieu chinh", "Đồng ý, điều chỉnh số ngày", "Cần điều chỉnh",
        "Đề nghị điều chỉnh thành phần", "Đồng ý có điều chỉnh", "Sửa đổi",
        "Đồng ý nhưng đề nghị điều chỉnh số người", "Nhất trí, cần sửa thời gian",
    ),
    Opinion.AGREED: (
        "Đồng ý", "đồng ý.", "Dong y", "ĐỒNG Ý (theo Tờ trình 12)", "Nhất trí", "Đã duyệt", "OK", "Thống nhất",
        "Đồng ý; Công an tỉnh lúc đầu không đồng ý", "Đ/ý", "ĐY.", "Cơ bản đồng ý", "Đồng ý (đã điều chỉnh)",
        "Đồng ý, không cần điều chỉnh", "Đồng ý; đề nghị không điều chỉnh thêm",
    ),
    None: ("", "-", "…", "Chưa đồng ý", "Xem lại", "Hỏi lại Sở Y tế", "Không điều chỉnh", "Đã xem", "?",
           "Không", "Đồng ý/Không đồng ý", "Đồng ý hoặc điều chỉnh"),
}  # fmt: skip
WRITTEN_OUT = ("Không đồng ý", "Không tính")
CASES = [(text, opinion) for opinion, texts in WRITTEN.items() for text in texts]


@pytest.mark.parametrize(("text", "opinion"), CASES)
def test_an_opinion_is_one_however_it_is_written(text: str, opinion: Opinion | None) -> None:
    assert opinion_of(text) is opinion
    assert Review(text).left_out is (opinion in (Opinion.REFUSED, Opinion.UNCOUNTED))


@pytest.mark.parametrize("form", ["01.A", "01.B", "02.A", "02.B", "03"])
@pytest.mark.parametrize("text", ["Không đồng ý (thiếu thư mời)", "khong tinh"])
def test_a_row_that_is_left_out_is_in_no_figure_of_any_form(form: str, text: str) -> None:
    texts = {"0": PLANNED, "1": REALISED}.get("0" if form.startswith("02") else "1", REALISED)
    texts = CONFERENCE if form == "03" else texts
    (row,) = merged([submission("a.xlsx", "Sở Y tế", {form: [texts]})]).consolidated.rows
    assert is_counted(row)
    assert not is_counted(replace(row, review=Review(text)))


def test_reviews_are_counted_by_what_they_say() -> None:
    (row,) = merged([submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED]})]).consolidated.rows
    rows = [replace(row, review=Review(text)) for text, _ in CASES]
    counts = review_counts(rows)
    assert {o: counts[o] for o in Opinion} == {o: len(WRITTEN[o]) for o in Opinion}
    assert counts[NO_OPINION] == 1
    assert counts[OTHER_OPINION] == len(WRITTEN[None]) - 1


def test_words_that_state_no_opinion_are_named_when_merging_again() -> None:
    sent = [submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED]})]
    first = merged(sent)
    for text, told in (("xem lại", True), ("Không đồng ý!", False), ("", False)):
        rows = tuple(replace(row, review=Review(text)) for row in first.consolidated.rows)
        edited = replace(first, consolidated=replace(first.consolidated, rows=rows))
        said = [line for line in merged(sent, again(described(edited))).notices if "ý kiến thẩm định khác" in line]
        assert bool(said) is told
        assert all(f"01 dòng ghi ý kiến thẩm định khác (“{text}”)" in line for line in said)


def test_the_overview_says_how_far_the_review_has_come() -> None:
    plans = [{**PLANNED, "name": f"Đoàn {name}"} for name in ("Hà", "Lan", "Mai", "Cúc", "Đào")]
    consolidation = merged([submission("a.xlsx", "Sở Y tế", {"02.A": plans, "03": [CONFERENCE]})])
    said = ("Đồng ý", "Điều chỉnh thời gian", "khong dong y", "", "hỏi lại", "Không tính")
    rows = tuple(
        replace(r, review=Review(text)) for r, text in zip(consolidation.consolidated.rows, said, strict=True)
    )
    data = written(replace(consolidation, consolidated=replace(consolidation.consolidated, rows=rows)))
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Tổng quan"]
    lines = {r[0]: r[1:8] for r in sheet.iter_rows(max_col=8, values_only=True) if r[0]}
    assert lines["Ý kiến thẩm định"] == (
        "Đồng ý", "Điều chỉnh", "Không đồng ý", "Không tính", "Ý kiến khác", "Chưa có ý kiến", "Số dòng",
    )  # fmt: skip
    assert lines[CATALOGUE.of_form("02.A").label] == (1, 1, 1, 0, 1, 1, 5)
    assert lines[CATALOGUE.of_form("03").label] == (0, 0, 0, 1, 0, 0, 1)
    choices = openpyxl.load_workbook(io.BytesIO(data))
    offered = {form: choices[form].data_validations.dataValidation[0].formula1 for form in ("01.A", "02.A", "03")}
    assert "Không tính" in offered["01.A"]
    assert "Không tính" in offered["03"]
    assert "Không tính" not in offered["02.A"]


def verdict_of(text: str) -> int:
    return OPINION_NUMBERS[stated_opinion(text)]


@needs_office
def test_the_live_formula_says_the_same(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, (text, _) in enumerate(CASES, 1):
        sheet.cell(number, 1).value = "Đoàn"
        sheet.cell(number, 2).value = text
        sheet.cell(number, 3).value = "=" + opinion_formula(f"B{number}", f"A{number}", text, filled=True).text
        sheet.cell(number, 4).value = "=" + opinion_formula(f"B{number}", f"A{number}", "", filled=True).text
    path = tmp_path / "y-kien.xlsx"
    book.save(path)
    saved = openpyxl.load_workbook(convert(path, "xlsx", tmp_path / "out"), data_only=True).worksheets[0]
    got = [saved.cell(number, 3).value for number in range(1, len(CASES) + 1)]
    assert got == [verdict_of(text) for text, _ in CASES]
    # typed since the workbook was written: what leaves a row out is seen, but for slips of the finger
    typed = {text: saved.cell(number, 4).value for number, (text, _) in enumerate(CASES, 1)}
    seen = [text for text, opinion in CASES if opinion in LEFT_OUT and typed[text] == verdict_of(text)]
    assert {"ko đồng ý", "Lãnh đạo Sở không đồng ý", "KĐY", "K/đồng ý", "Ko tính", "Đề nghị không tính"} <= {*seen}
    wrong = [
        text for text, opinion in CASES if opinion not in LEFT_OUT and typed[text] in map(verdict_of, WRITTEN_OUT)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Không đồng ý", True), ("khong dong y.", True), ("ko đồng ý", True), ("Đồng ý!", True),
        ("Không đồng ý (thiếu thư mời)", False), ("Điều chỉnh: giảm người", False), ("xem lại", False),
        ("", False),
    ],
)  # fmt: skip
def test_an_opinion_alone_gives_no_reason_to_pass_on(text: str, plain: bool) -> None:
    assert is_plain(text) is plain
