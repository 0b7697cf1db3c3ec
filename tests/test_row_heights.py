"""The heights of rows with wrapped texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.consolidate.workbook.heights import ColumnRoom, height_of, lines_of
from doingoai_cli.vietnamese.wrapping import word_by_word, wrapped_lines

_TEXTS = st.text(alphabet="ab  c", max_size=60)
_ROOMS = st.floats(min_value=1.0, max_value=20.0)


@settings(deadline=None, max_examples=500)
@given(_TEXTS, _ROOMS)
def test_a_text_takes_the_lines_that_its_words_take_one_by_one(text: str, room: float) -> None:
    assert wrapped_lines(text, room) == word_by_word(text, room)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("một hai ba", 1),
        ("một hai ba bốn", 2),
        ("một\nhai", 2),
        ("a" * 25, 3),
        ("một " * 9, 5),
        ("a\n\nb", 3),
    ],
)
def test_a_word_is_broken_only_where_it_is_longer_than_a_line(text: str, lines: int) -> None:
    assert lines_of(text, ColumnRoom(10, 10.0)) == lines


def test_a_row_is_as_high_as_its_highest_cell_and_no_higher_than_excel_allows() -> None:
    assert height_of(("ngắn", "Tên đoàn"), (20.0, 20.0)) is None
    assert height_of(("ngắn", "Tên đoàn rất dài " * 4), (20.0, 20.0)) == 4 * 13.8 + 2.4
    assert height_of(("x\n" * 500,), (20.0,)) == 409.0
