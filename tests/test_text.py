"""The comparing form of Vietnamese text: one spelling for what people type in many."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doingoai_cli.vietnamese.text import clean, fold, is_blank, unwrapped, without_remarks

SPELLINGS = [
    ("hòa", "hoà"), ("khỏe", "khoẻ"), ("thủy", "thuỷ"), ("Ủy ban", "uỷ  ban"), ("Hoa Kỳ", "hoa kì"), ("lý", "lí"),
    ("28/2–2/3", "28/2-2/3"), ("Đoàn", "\u00d0oàn"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_spellings_of_one_word_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["hoặc", "ngoặc", "quyết", "toàn", "khoẻn", "nguyễn", "thuyền", "ý", "y"])
def test_other_words_keep_their_letters(word: str) -> None:
    assert fold(word) == word


@given(st.text(alphabet="aăâeêioôơuưyđqhklmnt\u0300\u0301\u0303\u0309\u0323 -–", max_size=12))
def test_folding_is_settled_and_composition_does_not_matter(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_every_letter_is_cleaned_alike_whether_one_look_tells_that_nothing_is_to_be_done() -> None:
    for letter in map(chr, range(0x1_0000)):
        assert clean(f"a{letter}a b") == clean(f"a{letter}a  b"), (
            f"{ord(letter):#x}"
        )  # two spaces: not at one look


def test_a_text_is_blank_where_no_letter_and_no_figure_stands_in_it() -> None:
    assert all(map(is_blank, ("", " ", "…", "-", "- . _ /", "......", "–/–", "\u200b-")))
    for letter in filter(str.isalnum, map(chr, range(0x3000))):
        assert not any(map(is_blank, (letter, f"{letter}-", f"({letter})", f"- {letter} -"))), f"{ord(letter):#x}"


@pytest.mark.parametrize(("text", "said"), [
    ("Không\nsử dụng vốn vay", "Không sử dụng vốn vay"), ("Quỹ\nphúc lợi\ncủa Sở", "Quỹ phúc lợi của Sở"),
    ("Ngân sách tỉnh\nPhía bạn", "Ngân sách tỉnh\nPhía bạn"), ("ngân sách\nđối tác", "ngân sách\nđối tác"),
    ("Gồm:\nan ninh", "Gồm:\nan ninh"), ("Chi:\na) vé\nb) ăn", "Chi:\na) vé\nb) ăn"), ("- Vé\năn", "- Vé\năn"),
    ("Một dòng", "Một dòng"),
])  # fmt: skip
def test_a_line_broken_within_a_sentence_is_one(text: str, said: str) -> None:
    assert unwrapped(text) == said


@pytest.mark.parametrize(("text", "said"), [
    ("Lào: 12\nGhi chú: chưa kể phóng viên", "Lào: 12"), ("20 (Lào 12) (dự kiến)", "20 (Lào 12)"),
    ("Quý II (dự kiến);", "Quý II;"), ("(dự kiến) Quý II", "(dự kiến) Quý II"),
    ("Ghi chú: không", "Ghi chú: không"),
    ("Tháng 5\n* Lưu ý: theo thư mời", "Tháng 5"), ("Lào", "Lào"),
    ("05 (kế hoạch: 40)", "05"), ("Lào 5*", "Lào 5"), ("(kế hoạch: 40)", "(kế hoạch: 40)"), ("* Lào", "* Lào"),
])  # fmt: skip
def test_remarks_are_no_part_of_a_value(text: str, said: str) -> None:
    assert without_remarks(text) == said
