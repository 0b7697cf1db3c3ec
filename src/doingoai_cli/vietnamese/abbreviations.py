"""The words of titles and agencies with their abbreviations written out (từ viết tắt): one table for both.

"PCT UBND", "P.CT U.B.N.D" and "Phó Chủ tịch Ủy ban nhân dân" are the same words; "Sở GD&ĐT" and "Sở Giáo dục và
Đào tạo" too ("và" between the parts of a name says nothing). Every word keeps its place in the text.
"""

import re
from typing import NamedTuple

from doingoai_cli.shipped import precomputed
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import clean, fold

_WORDS = re.compile(r"([^\W\d_]+|\d+|[&+])")
_FREELY_SPACED = 4
"""Fewer letters are an abbreviation only as one word or with dots ("P.GĐ"), not as two words ("B T")."""
_LONGEST_NAME = 1_000  # characters; what goes on longer names nothing


class CellWord(NamedTuple):
    """A word in comparing form: where the text has it, and what stands between it and the word before."""

    word: str
    start: int
    end: int
    gap: str


def _typed_words(text: str) -> list[CellWord]:
    """The words of a cleaned text as typed, folded one by one; "&" and "+" are "và"."""
    make, end, pieces = tuple.__new__, 0, iter(_WORDS.split(text))
    read: list[CellWord] = []
    for gap, typed in zip(pieces, pieces, strict=False):  # behind the last word stands a gap alone
        start = end + len(gap)
        end = start + len(typed)
        # Not by the named tuple's own constructor: leaders' cells are mostly new, of ten words each.
        read.append(make(CellWord, ("và" if typed in "&+" else fold(typed), start, end, gap)))
    return read


class _Abbreviations(NamedTuple):
    """The letters of every abbreviation ("và" left out) -> its words; and all that these letters begin with."""

    table: dict[str, tuple[str, ...]]
    beginnings: frozenset[str]


def _abbreviations() -> _Abbreviations:
    return precomputed("abbreviations", _every_abbreviation)


def _every_abbreviation() -> _Abbreviations:
    table = {}
    for long, listed in names("abbreviations.tsv").items():
        for short in listed:
            table["".join(word.word for word in _typed_words(short))] = tuple(fold(long).split())
    beginnings = frozenset(letters[:end] for letters in table for end in range(1, len(letters) + 1))
    return _Abbreviations(table, beginnings)


def _abbreviated(read: list[CellWord], at: int) -> tuple[int, tuple[str, ...]] | None:
    """The words for the longest abbreviation that begins with word `at`, and the word after it."""
    (table, beginnings), letters, found, spaced = _abbreviations(), "", None, False
    for end in range(at, len(read)):
        gap = read[end].gap
        if end > at:
            if "\n" in gap or ";" in gap or ("," in gap and gap != ","):  # "Sở VH,TT&DL"
                break
            spaced = spaced or " " in gap
        if read[end].word != "và":
            letters += read[end].word
        if letters not in beginnings:
            break
        if letters in table and read[end].word != "và" and (not spaced or len(letters) >= _FREELY_SPACED):
            found = end + 1, table[letters]
    return found


def written_words(text: str) -> tuple[CellWord, ...]:
    """The words of a cleaned `text`, abbreviations written out; the words of one abbreviation share its place."""
    typed, at = _typed_words(text), 0
    read: list[CellWord] = []
    beginnings = _abbreviations().beginnings
    while at < len(typed):
        first = typed[at]
        found = _abbreviated(typed, at) if first.word in beginnings and first.word != "và" else None
        if found:
            after, long = found
            end = typed[after - 1].end
            read.append(CellWord(long[0], first.start, end, first.gap))
            read.extend(CellWord(word, first.start, end, " ") for word in long[1:])
            at = after
        else:
            read.append(first)
            at += 1
    return tuple(read)


def written_out(text: str) -> str:
    """`text` as words alone, abbreviations written out: "PCT. UBND" -> "phó chủ tịch ủy ban nhân dân"."""
    return " ".join(word.word for word in written_words(clean(text[:_LONGEST_NAME])))
