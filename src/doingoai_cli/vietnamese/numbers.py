"""Whole numbers as offices write them (số thành viên, số ngày, số đại biểu), and as official texts print them."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.text import clean, fold


class Count(NamedTuple):
    """A whole number as read from a cell; `value` is None where the text gives none. 0 and -2 are values."""

    text: str
    value: int | None


class Breakdown(NamedTuple):
    """Delegates per country (form 03, column 4): the stated total, the parts, and the number that counts."""

    text: str
    total: int | None
    stated_total: int | None = None
    parts: tuple[tuple[str, int], ...] = ()


def read_count(value: str | int | float | bool | None) -> Count:
    """The whole number that a cell gives."""
    if isinstance(value, bool) or value is None:
        return Count("" if value is None else str(value), None)
    if isinstance(value, (int, float)):
        whole = int(value) if value == value and abs(value) < 1e15 else None  # NaN is not itself
        return Count(str(whole), whole) if whole == value else Count(str(value), None)
    return _read_count(value)


@lru_cache(maxsize=16384)
def _read_count(text: str) -> Count:
    text = clean(text)
    match = re.match(r"-?\d+", fold(text))
    return Count(text, int(match[0]) if match else None)


@lru_cache(maxsize=8192)
def read_breakdown(text: str) -> Breakdown:
    """The number of delegates in all and per country."""
    text = clean(text)
    return Breakdown(text, read_count(text).value)


def format_number(number: int) -> str:
    """`number` as official texts print it: 02 under ten, a dot for thousands (1.250), 0 as it is."""
    if number < 0:
        return "-" + format_number(-number)
    return f"{number:02d}" if 0 < number < 10 else f"{number:,}".replace(",", ".")


def format_decimal(number: float | Decimal, places: int) -> str:
    """`number` rounded half up to `places` places, with a decimal comma: 13,6 or 1.250,5."""
    rounded = Decimal(str(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def roman(number: int) -> str:
    """`number` (1 … 3999) in Roman numerals."""
    if not 0 < number < 4000:
        raise ValueError(f"no Roman numeral for {number}")
    digits = []
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        digits.append(letters * times)
    return "".join(digits)


def read_roman(text: str) -> int | None:
    """The number that `text` writes in Roman numerals of either case; None if it is none."""
    rest, number = text.strip().upper(), 0
    if not rest or set(rest) - set("MDCLXVI"):
        return None
    for value, letters in _ROMAN:
        while rest.startswith(letters):
            number, rest = number + value, rest.removeprefix(letters)
    return number if not rest and 0 < number < 4000 and roman(number) == text.strip().upper() else None
