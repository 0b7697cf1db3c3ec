"""Headings of reports: no last word alone on a line, in fonts a little wider too."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.report.outlines import load_outlines
from doingoai_cli.report.word.decree30 import BODY_SIZE, FIRST_LINE_MM, PORTRAIT
from doingoai_cli.report.word.text_width import narrowing, width_mm
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
