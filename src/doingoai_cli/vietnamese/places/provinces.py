"""Provinces of neighbouring countries, told apart (tỉnh của nước bạn): which of them a cell names."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doingoai_cli.shipped import precomputed
from doingoai_cli.vietnamese.tables import rows
from doingoai_cli.vietnamese.text import fold, words

_LONGEST = 5  # words of the longest spelling
_FIRST_LETTERS = 3
_TONES_TELL = 7  # letters: with fewer, another name may differ by its diacritics alone
_BARE = str.maketrans(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵyđ",
    "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "i" * 6 + "d",
)
"""Folded letters without their diacritics, y as i."""
_WORD = re.compile(r"\w+")


def _letters(text: str) -> str:
    """What names are compared by: longer ones, which every office hears otherwise, without their diacritics."""
    letters = fold(text.replace("-", " ")).replace(" ", "").replace("y", "i")
    return letters if len(letters) < _TONES_TELL else letters.translate(_BARE)


class _Provinces(NamedTuple):
    """The provinces of a country by the letters of each spelling."""

    spellings: dict[str, str]
    beginnings: frozenset[str]
    """The first letters of all spellings, one to `_FIRST_LETTERS`: most words of a cell begin none."""


_NONE = _Provinces({}, frozenset())


def _by_country() -> dict[str, _Provinces]:
    spellings: dict[str, dict[str, str]] = {}
    for code, province, listed in rows("provinces-abroad.tsv"):
        known = spellings.setdefault(code, {})
        known |= {_letters(spelling): province for spelling in (province, *listed.split("|"))}
    lengths = range(1, _FIRST_LETTERS + 1)
    return {
        code: _Provinces(
            known, frozenset(letters.translate(_BARE)[:length] for letters in known for length in lengths)
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
    for start, word in enumerate(text_words):
        if word[:_FIRST_LETTERS].translate(_BARE) not in beginnings:
            continue
        for end in range(min(start + _LONGEST, len(text_words)), start, -1):
            province = known.get(_letters("".join(text_words[start:end])))
            if province:
                yield start, end, province
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
