"""The row of printed column numbers (dòng số cột) in any notation: "(1) (2) …", "A B 1 2", "(2a)", "4=5+6"."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from doingoai_cli.vietnamese.numbers import read_roman
from doingoai_cli.vietnamese.text import fold, is_blank

_FEWEST = 3
_MANY = 6
"""Numbers among which other texts may stand: labels that were left there ("TT", "Ghi chú")."""
_LABELS = 2
"""How many; beside bare figures one."""
_FIRST = 2
"""The highest number of a first column, where others are missing behind it."""
_ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
_SKIPPED = 2
"""From one letter to the next: Vietnamese has no f, j, w, z."""
_LONGEST = 20
"""Characters of a column's number with what it is made of."""
_OWN = r"(?:(?P<number>\d{1,2})(?P<letter>[a-z]?)|(?P<word>[a-zđ]|[ivx]{2,5}))"
_OTHER = r"\W*(?:\d{1,2}[a-z]?|[a-zđ]|[ivx]{1,5})"
_TOKEN = re.compile(
    rf"(?P<before>\W*(?:cột\W*|[a-zđ]\W?(?=\d))?){_OWN}(?P<after>(?:(?:\W+(?:và )?|[x*×]){_OTHER})*\W*)"
)


class _Number(NamedTuple):
    value: int | None
    """None for a letter."""
    letter: str
    plain: bool
    """Whether nothing but the figure tells that it is a column's number."""


def is_numbers_row(texts: Iterable[str]) -> bool:
    """Whether a row is the printed column numbers: at least three, rising; letters may stand first.

    Bare figures have to follow one another, or they may be counts. Where columns changed places with their numbers
    ("(1) (3) (2)"), none may be missing.
    """
    found: list[_Number] = []
    others = 0
    for text in texts:
        number = _read(text) if len(text) <= _LONGEST else None
        if number is not None:
            found.append(number)
        elif not is_blank(text):
            others += 1
            if others > _LABELS:
                return False
    numbers = [number for number in found if number.value is not None]
    if others and len(numbers) < _MANY:
        return False
    plain = any(number.plain for number in numbers)
    if others > 1 and plain:
        return False
    if len(numbers) < _FEWEST:
        return not numbers and _are_letters([number.letter for number in found])
    places = [(number.value or 0, number.letter) for number in numbers]
    if (len(numbers) >= _MANY or not plain) and _are_all_of_a_count(places):
        return True
    if not plain:  # "(6)" may stand over both parts of a column
        return all(a <= b for a, b in pairwise(places)) and places[0] < places[-1]
    span, known = places[-1][0] - places[0][0], len({value for value, _ in places})
    gaps = known if known >= _MANY and places[0][0] <= _FIRST else 0  # cells that were left blank
    return all(a < b for a, b in pairwise(places)) and span <= known - 1 + gaps


def _are_all_of_a_count(places: list[tuple[int, str]]) -> bool:
    """Whether they are the numbers from a first column's on, each once, in any order."""
    values = {value for value, _ in places}
    return len(values) == len(places) and min(values) <= _FIRST and max(values) - min(values) == len(values) - 1


@lru_cache(maxsize=4096)  # saves 0.05 s
def _read(text: str) -> _Number | None:
    match = _TOKEN.fullmatch(fold(unicodedata.normalize("NFKC", text)))  # "①" is 1
    if match is None or ("/" in match["after"].rstrip("/ ") and "=" not in match["after"]):  # "12/3" is a date
        return None
    if match["number"]:
        # Excel takes a typed "(1)" for -1.
        plain = (
            not (match["before"].strip("-' ") or match["letter"] or match["after"].strip(".-' "))
            and text.isascii()
        )
        return _Number(int(match["number"]), match["letter"], plain)
    return _Number(None, match["word"], False)


def _are_letters(letters: list[str]) -> bool:
    """Whether letters or Roman numbers count columns: "A B C D", "I II III IV"."""
    if len(letters) <= _FEWEST:
        return False
    roman = [read_roman(letter) or 0 for letter in letters]
    if all(roman) and all(b - a == 1 for a, b in pairwise(roman)):
        return True
    places = [_ALPHABET.find(letter) for letter in letters]
    return min(places) >= 0 and all(0 < b - a <= _SKIPPED for a, b in pairwise(places))
