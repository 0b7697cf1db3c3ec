"""Provinces of neighbouring countries, told apart (tỉnh của nước bạn): which of them a cell names."""

from collections.abc import Mapping
from functools import cache, lru_cache

from doingoai_cli.vietnamese.tables import rows
from doingoai_cli.vietnamese.text import fold, words

_LONGEST = 5  # words of the longest spelling
_FIRST_LETTERS = 3


@lru_cache(maxsize=65536)
def _letters(text: str) -> str:
    return fold(text.replace("-", " ")).replace(" ", "").replace("y", "i")


@cache
def _spellings(country: str) -> Mapping[str, str]:
    return {
        _letters(spelling): province
        for code, province, listed in rows("provinces-abroad.tsv")
        if code == country
        for spelling in (province, *listed.split("|"))
    }


@cache
def _beginnings(country: str) -> frozenset[str]:
    """The first letters of all spellings, one to `_FIRST_LETTERS`: most words of a cell begin none."""
    return frozenset(known[:length] for known in _spellings(country) for length in range(1, _FIRST_LETTERS + 1))


@lru_cache(maxsize=8192)
def places_abroad(text: str, country: str) -> dict[str, str]:
    """The provinces of `country` (alpha-3) that `text` names: name → name, so that several cells add up."""
    known, beginnings, text_words = _spellings(country), _beginnings(country), words(text)
    found: dict[str, str] = {}
    for start, word in enumerate(text_words):
        if word[:_FIRST_LETTERS].replace("y", "i") not in beginnings:
            continue
        for end in range(min(start + _LONGEST, len(text_words)), start, -1):
            province = known.get(_letters("".join(text_words[start:end])))
            if province:
                found[province] = province
                break
    return found
