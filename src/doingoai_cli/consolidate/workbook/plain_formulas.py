"""What the hidden columns' formulas read of a cell by themselves, and what we know that they make of a text.

Where that is what the row was read as, the formula needs no text of the row's own, and all rows share it.
"""

from collections.abc import Callable
from typing import NamedTuple
from unicodedata import is_normalized

_SURE = 255
"""Characters of a text of which we say what a formula makes of it."""


class PlainFormula(NamedTuple):
    """A formula that reads one cell."""

    formula: Callable[[str], str]
    """From the reference of the cell."""
    gives: Callable[[str], float | str | None]
    """What it shows where the cell holds a text; None where that takes Excel to say."""
    blank: float | str = 0
    """What it shows where the cell is blank."""


# --- numbers -----------------------------------------------------------------------------------------------


def _number_formula(at: str) -> str:
    """The number that a cell is or begins with; else 0."""
    word = f'LEFT(TRIM({at}),FIND(" ",TRIM({at})&" ")-1)'
    # "e0" lets VALUE take plain numbers only: "5-7" alone would be a date to it.
    return f'IF(ISNUMBER({at}),{at},IFERROR(VALUE({word}&"e0"),0))'


def _first_number(text: str) -> int | None:
    word = text.strip().split(" ")[0]
    return 0 if not text.strip() else int(word) if word.isascii() and word.isdigit() else None


# --- time, countries ---------------------------------------------------------------------------------------


def _month_formula(at: str) -> str:
    """The last part but one of "15-20/5/2019" and "tháng 5/2019", where it is a number; else 0."""
    spaced = f'SUBSTITUTE(SUBSTITUTE(LOWER({at}),"tháng",""),"/",REPT(" ",30))'
    part = f"TRIM(LEFT(RIGHT({spaced},60),30))"
    return f'IF(ISNUMBER({at}),MONTH({at}),IFERROR(VALUE({part}&"e0"),0))'


def plain_month(text: str) -> int | None:
    """What `_month_formula` makes of a text; None where that takes Excel to say."""
    spaced = text.lower().replace("tháng", "").replace("/", " " * 30)
    part = spaced[-60:][:30].strip(" ")
    if not part:
        return 0
    sure = part.isascii() and part.isdigit() and len(part) <= 2 and _is_usual(text)
    return int(part) if sure else None


def _is_usual(text: str) -> bool:
    """Whether small letters are as long as the text itself, to Excel as to Python."""
    return len(text) <= _SURE and is_normalized("NFC", text) and len(text.lower()) == len(text)


def plain_quarter(text: str) -> int | None:
    """What `_quarter_formula` makes of a text; None where that takes Excel to say."""
    at = text.lower().find(_QUARTER)
    if at < 0:
        month = plain_month(text)
        return None if month is None else (month + 2) // 3
    numeral = text[at + len(_QUARTER) :][:9].replace("/", " ").split(" ")[0]
    return _NUMERALS.get(numeral) if _is_usual(text) else None


_QUARTER = "quý "
_NUMERALS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_APART = 6
_LISTED = "".join(f"|{numeral}|".ljust(_APART, ".") for numeral in _NUMERALS)
"""The numerals at equal distances: a list in braces is lost to LibreOffice when a row is deleted."""


def _quarter_formula(at: str) -> str:
    """The number after "Quý", Roman or not, else the quarter of the month; 0 where neither is said."""
    after = f'SUBSTITUTE(MID({at},SEARCH("quý ",{at})+4,9),"/"," ")'
    numeral = f'LEFT({after},FIND(" ",{after}&" ")-1)'
    named = f'MOD((SEARCH("|"&{numeral}&"|","{_LISTED}")-1)/{_APART},{len(_NUMERALS) // 2})+1'
    return f"IFERROR({named},IFERROR(INT(({_month_formula(at)}+2)/3),0))"


_A_DAY, _NEAR = 30_000, 100
"""Excel takes larger numbers for days; no form is about a year so far from ours."""


def other_year(year: int, otherwise: int) -> PlainFormula:
    """Whether a date, or a text that ends with a year, names another one; `otherwise` where it names none."""

    def formula(at: str) -> str:
        named = f'VALUE(RIGHT(TRIM({at}),4)&"e0")'
        told = f"IF(ABS({named}-{year})<{_NEAR},--({named}<>{year}),{otherwise})"
        return f"IF(N({at})>{_A_DAY},--(YEAR({at})<>{year}),IFERROR({told},{otherwise}))"

    def gives(text: str) -> int | None:
        last = text.strip(" ")[-4:]
        if not _is_usual(text) or "  " in text:
            return None
        if last.isascii() and last.isdigit():
            return int(int(last) != year) if abs(int(last) - year) < _NEAR else otherwise
        return None if last and set(last) <= _NUMERIC else otherwise

    return PlainFormula(formula, gives, otherwise)


_NUMERIC = frozenset("0123456789+-.,eE ()%$")


def _plain_countries(text: str) -> str:
    return f"|{text.replace(', ', '|').replace('; ', '|').replace(' và ', '|')}|"


def _countries_formula(at: str) -> str:
    listed = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({at},", ","|"),"; ","|")," và ","|")'
    return f'"|"&{listed}&"|"'


NUMBER = PlainFormula(_number_formula, _first_number)
DOLLARS = PlainFormula(lambda at: f"IF(ISNUMBER({at}),{at},0)", lambda _text: 0)
MONTH = PlainFormula(_month_formula, plain_month)
QUARTER = PlainFormula(_quarter_formula, plain_quarter)
COUNTRIES = PlainFormula(_countries_formula, _plain_countries, "||")
