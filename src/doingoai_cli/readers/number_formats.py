"""What a number format shows (định dạng số): a point in time, and how much of it; words around a number.

What a person sees in the cell counts: a date shown as "05/2019" says no day, and 2 shown as "Quý 2/2020" is no
number.
"""

import re
from collections.abc import Mapping
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.model.grid import CellKind, CellValue

Valued = tuple[CellKind, CellValue]


class ShownPrecision(StrEnum):
    """How much of a point in time a format shows."""

    FULL = "full"
    MONTH = "month"
    MONTH_OF_ANY_YEAR = "month-of-any-year"
    YEAR = "year"


class Shown(NamedTuple):
    """What a format makes of a number, where it is not just the number."""

    precision: ShownPrecision | None = None
    """Of a format that shows a point in time; None for any other."""
    before: str = ""
    after: str = ""
    core: str = ""
    """Of a number between the words `before` and `after`: its digits ("00", "#,##0.0,,")."""


# ECMA-376 part 1, 18.8.30; 27-36 and 50-58 are dates in the East Asian editions.
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_BUILT_IN_MONTHS = frozenset((17, 55))
_ELAPSED_HOURS = 46  # [h]:mm:ss
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_PIECES = re.compile(
    r'"([^"]*)"|\\(.)|\[\$([^\]-]+)[^\]]*\]|(_.|\*.|\[[^\]]*\])|(General|[0#?][0#?,]*(?:\.[0#?]*)?,*)|(.)',
    re.IGNORECASE | re.DOTALL,
)
_TELLING = re.compile(r"[^\W_]|[$€£¥₫]")
_MOST_SHOWN = 1e15
"""Excel shows no more digits than fifteen."""
_YEAR_WORDS = re.compile(r"\b(?:năm|nam|year)\b", re.IGNORECASE)


def shown_by_id(format_id: int, codes: Mapping[int, str]) -> Shown | None:
    """What a number format's id shows (None: the number alone); `codes` are the file's own formats, which win."""
    code = codes.get(format_id)
    if code is not None:
        return shown_by(code)
    if format_id in _BUILT_IN_DATES and format_id != _ELAPSED_HOURS:
        return Shown(ShownPrecision.MONTH if format_id in _BUILT_IN_MONTHS else ShownPrecision.FULL)
    return None


@lru_cache(maxsize=4096)  # .xls: 1 µs a cell, and a workbook has a handful of formats
def shown_by(code: str) -> Shown | None:
    """What a number format shows; None where that is the number alone. Elapsed hours ("[h]:mm") are a number."""
    first = code.split(";", 1)[0]
    bare = _LITERALS.sub("", first)
    if _ELAPSED.search(bare):
        return None
    if _DATE_LETTERS.search(bare):
        precision = _precision(bare.lower())
        return Shown(precision, *_around_year(first)) if precision is ShownPrecision.YEAR else Shown(precision)
    return _words(first)


def _precision(bare: str) -> ShownPrecision:
    if "d" in bare or "h" in bare or "s" in bare:
        return ShownPrecision.FULL
    if "y" not in bare:
        return ShownPrecision.MONTH_OF_ANY_YEAR
    return ShownPrecision.MONTH if "m" in bare else ShownPrecision.YEAR


def _around_year(code: str) -> tuple[str, str]:
    """The words around a year that stands alone ("Quý II năm "yyyy); none where they only call it one."""
    before = after = ""
    seen = False
    for quoted, escaped, _, _, _, other in _PIECES.findall(code):
        seen = seen or other.lower() == "y"
        if seen:
            after += quoted or escaped
        else:
            before += quoted or escaped
    return (before, after) if says_more_than_year(f"{before} {after}") else ("", "")


def says_more_than_year(words: str) -> bool:
    """Whether words around a year are more than "năm"."""
    return _TELLING.search(_YEAR_WORDS.sub(" ", words)) is not None


def _words(code: str) -> Shown | None:
    """The words, or the currency, around a number; None where there are none, or it is shown in another way."""
    before, after, core = "", "", ""
    for quoted, escaped, currency, space, number, other in _PIECES.findall(code):
        text = quoted or escaped or currency or other
        if (number and core) or (other and other not in " -/():–$€£¥₫"):
            return None
        if number:
            core = number
        elif not space and not core:
            before += text
        elif not space:
            after += text
    if not core or not _TELLING.search(before + after):
        return None
    return Shown(None, before, after, core)


def _digits(core: str, value: float) -> str:
    """A number in the digits of its format, as Vietnamese Excel separates them; fractions as far as they go."""
    if core.lower() == "general":
        return f"{value:.11g}".replace(".", ",")
    whole, _, fraction = core.rstrip(",").partition(".")
    thousands = len(core) - len(core.rstrip(","))
    rounded = Decimal(str(value)).scaleb(-3 * thousands).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    before, _, after = f"{rounded:{',' if ',' in whole else ''}f}".partition(".")
    after = after.rstrip("0")
    return before.replace(",", ".").zfill(whole.count("0")) + (f",{after}" if after else "")


def as_shown(shown: Shown, valued: Valued) -> Valued:
    """A number, or the point in time that it means, as the cell shows it."""
    kind, value = valued
    if shown.precision is None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _MOST_SHOWN:
            return valued
        return CellKind.TEXT, f"{shown.before}{_digits(shown.core, value)}{shown.after}"
    if kind is not CellKind.DATE or not isinstance(value, datetime) or isinstance(value, time):
        return valued
    match shown.precision:
        case ShownPrecision.MONTH:
            return CellKind.TEXT, f"{value:%m/%Y}"
        case ShownPrecision.MONTH_OF_ANY_YEAR:
            return CellKind.TEXT, f"tháng {value.month}"
        case ShownPrecision.YEAR:
            return CellKind.TEXT, f"{shown.before}{value:%Y}{shown.after}"
    return valued
