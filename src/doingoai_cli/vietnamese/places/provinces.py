"""Provinces of neighbouring countries, told apart (tỉnh của nước bạn): which of them a cell names."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.shipped import precomputed
from doingoai_cli.vietnamese.tables import rows
from doingoai_cli.vietnamese.text import fold, words

_LONGEST = 5  # words of the longest spelling
_TONES_TELL = 7  # letters: with fewer, another name may differ by its diacritics alone
_BARE = str.maketrans(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵyđ",
    "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "i" * 6 + "d",
)
"""Folded letters without their diacritics, y as i."""
_WORD = re.compile(r"\w+")
_CAPITALS = frozenset(("Viêng Chăn",))
"""Cities beside a province of the same name, which is meant where "tỉnh" stands before it."""


@lru_cache(maxsize=8192)  # 0.18 µs a word for 0.82
def _bare(word: str) -> str:
    return word.translate(_BARE)


def _letters(text: str) -> str:
    """What names are compared by: longer ones, which every office hears otherwise, without their diacritics."""
    letters = fold(text.replace("-", " ")).replace(" ", "").replace("y", "i")
    return letters if len(letters) < _TONES_TELL else _bare(letters)


class _Provinces(NamedTuple):
    """The provinces of a country by the letters of each spelling."""

    spellings: dict[str, str]
    beginnings: frozenset[str]
    """What each spelling begins with, by one letter or more, without diacritics: most words begin none."""


_NONE = _Provinces({}, frozenset())


def _by_country() -> dict[str, _Provinces]:
    spellings: dict[str, dict[str, str]] = {}
    for code, province, listed in rows("provinces-abroad.tsv"):
        known = spellings.setdefault(code, {})
        known |= {_letters(spelling): province for spelling in (province, *listed.split("|"))}
    return {
        code: _Provinces(
            known, frozenset(_bare(letters)[: at + 1] for letters in known for at in range(len(letters)))
        )
        for code, known in spellings.items()
    }


def _neighbours() -> dict[str, _Provinces]:
    """The provinces of each neighbouring country, by its code."""
    return precomputed("provinces-abroad", _by_country)


def places_abroad(text: str, country: str) -> dict[str, str]:
    """The provinces of `country` (alpha-3) that `text` names: name → name, so that several cells add up."""
    return {province: province for _, _, province in _found(words(text), country)}


def _found(text_words: Sequence[str], country: str) -> Iterator[tuple[int, int, str]]:
    """Each province that the words name: first word, the word after it, the province."""
    known, beginnings = _neighbours().get(country, _NONE)
    bare = [*map(_bare, text_words)]
    if beginnings.isdisjoint(bare):
        return
    for start in range(len(bare)):
        letters, end = "", start
        while end < min(start + _LONGEST, len(bare)) and (letters := letters + bare[end]) in beginnings:
            end += 1
        for last in range(end, start, -1):
            province = known.get(_letters("".join(text_words[start:last])))
            if province:
                of_the_name = province in _CAPITALS and start and text_words[start - 1] == "tỉnh"
                yield start, last, f"tỉnh {province}" if of_the_name else province
                break


def provinces_in(text: str) -> frozenset[str]:
    """The provinces of all neighbouring countries that `text` names."""
    return frozenset(name for country in _neighbours() for name in places_abroad(text, country))


def one_spelling_of_provinces(text: str) -> str:
    """`text` with every province of a neighbouring country under its one name: "Khammouane" is "Khăm Muộn"."""
    tokens = list(_WORD.finditer(text))
    typed = [fold(token[0]) for token in tokens]
    found = [place for country in _neighbours() for place in _found(typed, country)]
    for start, end, province in sorted(found, reverse=True):
        text = f"{text[: tokens[start].start()]}{province}{text[tokens[end - 1].end() :]}"
    return text
