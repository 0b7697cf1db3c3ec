"""Ticks, "Trong kế hoạch", and forms that say there was nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doingoai_cli.vietnamese.ticks import is_nil, read_plan_words, read_tick

TICKS = [
    "x", "X", " x ", "*", "•", "(x)", "X.", "✓", "✔",
    "√", "v", "V", "×", "☒", "1", "1.0", "có", "Có", 1, 1.0, True,
]  # fmt: skip
NOTED = [
    "x (QĐ 12)",
    "X - QĐ số 12",
    "x, bổ sung",
    "X theo CV 12/UBND",
    "Có (QĐ 15/QĐ-UBND)",
    "X\n(CV 12)",
    "☑ (QĐ 5)",
]
NO_TICKS = [None, "", "  ", "-", "–", "…", "...", "0", "không", "Không", "☐", 0, 0.0, False]
OTHER = [
    "Trong Kế hoạch",
    "đoàn ra",
    "2",
    "xem ghi chú",
    2,
    -1,
    0.5,
    "QĐ 12",
    "Có kế hoạch",
    "1/2019",
    "đ/c A",
    "x?",
]


@pytest.mark.parametrize(
    ("value", "mark"),
    [*((v, True) for v in (*TICKS, *NOTED)), *((v, False) for v in NO_TICKS), *((v, None) for v in OTHER)],
)
def test_marks(value: str | float | None, mark: bool | None) -> None:
    assert read_tick(value) is mark


PLAN_WORDS = {
    "Trong Kế hoạch": "in_plan",
    "Trong KH": "in_plan",
    "trong KH năm 2019": "in_plan",
    "x (Trong KH)": "in_plan",
    "Đoàn trong kế hoạch": "in_plan",
    "Theo kế hoạch": "in_plan",
    "Ngoài kế hoạch": "off_plan",
    "ngoài KH": "off_plan",
    "Không có trong kế hoạch": "off_plan",
    "Đột xuất": "off_plan",
    "Trong KH/Ngoài KH": None,
    "x": None,
    "": None,
    "Kế hoạch hợp tác": None,
}


@pytest.mark.parametrize(("text", "side"), PLAN_WORDS.items())
def test_plan_words(text: str, side: str | None) -> None:
    assert read_plan_words(text) == side


NIL = [
    "Không có", "Không", "KHÔNG PHÁT SINH", "(không có)", "Không có đoàn.", "- Không có phát sinh",
    "Không tổ chức",
    "Không có đoàn ra năm 2019", "Năm 2019 không có đoàn vào", "Đơn vị không có đoàn ra", "Đoàn vào: Không",
    "Sở Du lịch không tổ chức hội nghị, hội thảo quốc tế nào", "Chưa phát sinh", "00 đoàn", "Ko có",
    "Trong năm 2019, Sở không tổ chức đoàn ra", "Không có nhu cầu", "Không có thỏa thuận nào được ký kết",
    "khong co", "KHONG PHAT SINH doan ra nam 2020",
    "Không tổ chức do dịch Covid-19", "Đơn vị không cử cán bộ đi nước ngoài", "Chưa triển khai vì thiếu kinh phí",
    "Do dịch bệnh nên không tổ chức đoàn ra", "Vì thiếu kinh phí, Sở không có đoàn vào",
    "Không có kế hoạch đoàn ra", "Trong năm 2020, không đăng ký đoàn nào",
]  # fmt: skip
NOT_NIL = [
    "", "…", "0", "Không gian văn hóa", "Khong gian van hoa", "Dự án Không gian xanh",
    "Đoàn Không quân Lào", "Đoàn công tác của Sở",
    "Không quá 5 người",
    "Quý II",
    "Có", "Trong kế hoạch", "Đoàn không chính thức", "Hội thảo quốc tế Không dịch bệnh", "Bác sĩ không biên giới",
    "Hội nghị không giấy do Sở tổ chức", "Do Hiệp hội Không biên giới mời", "Do không quân Lào tổ chức",
]  # fmt: skip


@pytest.mark.parametrize(("text", "nil"), [*((t, True) for t in NIL), *((t, False) for t in NOT_NIL)])
def test_nil_returns(text: str, nil: bool) -> None:
    assert is_nil(text) is nil


@given(
    st.sampled_from([*NIL, *NOT_NIL, *PLAN_WORDS]),
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from([str.upper, str.lower]),
)
def test_spelling_does_not_change_what_a_cell_says(text: str, form: str, letters: type[str]) -> None:
    typed = f" {unicodedata.normalize(form, letters(text))} "
    assert (read_tick(typed), read_plan_words(typed), is_nil(typed)) == (
        read_tick(text),
        read_plan_words(text),
        is_nil(text),
    )


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert read_tick(text) in (True, False, None)
    assert read_plan_words(text) in ("in_plan", "off_plan", None)
    assert not (is_nil(text) and read_plan_words(text))
