"""Lines of a table are broken as rich breaks them; colours change nothing else."""

import re
from io import StringIO
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from doingoai_cli.feedback.wrapping import Long, Piece, cells, lines

WORDS = st.sampled_from(
    ("Đoàn", "đi", "Sở Y tế", "nghị", "2020,", "“x”", "…", "—", "→", "½", "\N{SOFT HYPHEN}", "e\u0301t", " ", "  ",
     "\n", "\x07", "a" * 30, "/một/hai/ba/" * 4)
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)


# Blanks at a line's end: rich cuts off a letter to make room for them; we do not.
SETTLED = TEXTS.map(lambda text: "\n".join(line.rstrip(" \x07") for line in text.split("\n")))


def by_rich(text: str, width: int, long: Long) -> list[str]:
    console = Console(file=StringIO(), width=width)
    found = Text(text).wrap(
        console, width, overflow="fold" if long == "fold" else "ellipsis", no_wrap=long == "line"
    )
    return [line.plain.rstrip() for line in found]


@settings(max_examples=200)
@given(SETTLED, st.integers(4, 90), st.sampled_from(get_args(Long)))
def test_lines_are_broken_as_rich_breaks_them(text: str, width: int, long: Long) -> None:
    found = lines([Piece(text)], width, colour=False, long=long)
    assert [line.text.rstrip() for line in found] == by_rich(text, width, long)
    assert all(cells(line.text) == line.width <= width for line in found)


@settings(max_examples=100)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(("", "dim", "bold red"))), max_size=4), st.integers(4, 60))
def test_colours_change_nothing_else(pieces: list[tuple[str, str]], width: int) -> None:
    styled = [Piece(*piece) for piece in pieces]
    plain, coloured = (lines(styled, width, colour=colour) for colour in (False, True))
    assert [re.sub(r"\x1b\[[\d;]*m", "", line.text) for line in coloured] == [line.text for line in plain]


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("日本語の方", 10, ["日本語の方"]),
        ("日本語の方", 5, ["日本", "語の", "方"]),
        ("Đoàn 日本語", 8, ["Đoàn", "日本語"]),
    ],
)
def test_wide_characters_take_two_cells(text: str, width: int, shown: list[str]) -> None:
    assert [line.text.rstrip() for line in lines([Piece(text)], width, colour=False)] == shown


def test_half_a_wide_character_has_no_place() -> None:
    (line,) = lines([Piece("日本語の方")], 6, colour=False, long="line")
    assert line == ("日本 …", 6)
