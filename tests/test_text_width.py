"""How texts are set in reports: no last word of a heading alone on a line, columns as wide as their texts ask."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.report.outlines import load_outlines
from doingoai_cli.report.word.decree30 import BODY_SIZE, FIRST_LINE_MM, LANDSCAPE, PORTRAIT
from doingoai_cli.report.word.text_width import levelled, narrowing, width_mm
from doingoai_cli.resources import outlines_dir


def last_lines(text: str, room: float) -> list[str]:
    """The words of the last line, set as a word processor does."""
    lines: list[list[str]] = [[]]
    used = FIRST_LINE_MM
    for word in text.split():
        wide = width_mm(word, BODY_SIZE) + (width_mm(" ", BODY_SIZE) if lines[-1] else 0)
        if lines[-1] and used + wide > room:
            lines.append([])
            used, wide = 0.0, width_mm(word, BODY_SIZE)
        lines[-1].append(word)
        used += wide
    return lines[-1] if len(lines) > 1 else []


HEADINGS = sorted(
    {
        section.heading
        for outline in load_outlines(outlines_dir()).all
        for part in outline.sections
        for section in (part, *part.sections)
        if "{" not in section.heading
    }
)


@pytest.mark.parametrize("heading", HEADINGS)
def test_no_word_of_a_heading_stands_alone(heading: str) -> None:
    room = PORTRAIT.room - narrowing(heading, BODY_SIZE, PORTRAIT.room, FIRST_LINE_MM)
    assert len(last_lines(heading, room)) != 1
    assert len(last_lines(heading, room / 1.045)) != 1


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["công", "tác", "hội", "nghị", "quốc", "tế", "(Mẫu", "03)"]), min_size=1, max_size=60)
)
def test_any_heading_is_set_without_a_lonely_word(words: list[str]) -> None:
    text = " ".join(words)
    less = narrowing(text, BODY_SIZE, PORTRAIT.room, FIRST_LINE_MM)
    assert 0 <= less < PORTRAIT.room / 3
    assert len(last_lines(text, PORTRAIT.room - less)) != 1


@settings(deadline=None)
@given(
    st.lists(st.floats(8, 30), min_size=2, max_size=9),
    st.lists(st.lists(st.floats(0, 900), min_size=9, max_size=9), min_size=1, max_size=12),
)
def test_columns_share_the_page_and_keep_what_they_need(needed: list[float], rows: list[list[float]]) -> None:
    texts = [row[: len(needed)] for row in rows]
    widths = levelled(LANDSCAPE.room, needed, texts)
    assert sum(widths) == pytest.approx(LANDSCAPE.room)
    if sum(needed) <= LANDSCAPE.room:
        assert all(width >= need - 1e-6 for width, need in zip(widths, needed, strict=True))
    assert widths == _millimetre_by_millimetre(LANDSCAPE.room, needed, texts)


def _millimetre_by_millimetre(room: float, needed: list[float], texts: list[list[float]]) -> list[float]:
    """The plain way: every row looked at anew for each millimetre."""
    widths = list(needed)
    for _ in range(int(room - sum(needed))):
        lines = [0.0] * len(widths)
        for row in texts:
            told = [text / max(1.0, width - 7) for text, width in zip(row, widths, strict=True)]
            lines[told.index(max(told))] += max(told)
        widths[lines.index(max(lines))] += 1
    return [width * room / sum(widths) for width in widths]


def test_the_column_with_the_longest_texts_gets_the_room() -> None:
    assert levelled(100, [20, 20, 20], [[10, 400, 40], [10, 380, 300]]) == pytest.approx([20, 47, 33], abs=6)
