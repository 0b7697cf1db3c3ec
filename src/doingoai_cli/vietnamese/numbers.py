"""Numbers (số liệu): how official texts print them, and whole ones in text (figures, words, Roman numerals)."""

import re
from decimal import ROUND_HALF_UP, Decimal

# --- as printed ---------------------------------------------------------------------------------------------


def format_number(number: int) -> str:
    """`number` as official texts print it: 02 under ten, a dot for thousands (1.250), 0 as it is."""
    if number < 0:
        return "-" + format_number(-number)
    return f"{number:02d}" if 0 < number < 10 else f"{number:,}".replace(",", ".")


def format_decimal(number: float | Decimal, places: int) -> str:
    """`number` rounded half up to `places` places, with a decimal comma: 13,6 or 1.250,5."""
    rounded = Decimal(str(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman(number: int) -> str:
    """`number` (1 … 3999) in Roman numerals; ValueError for any other."""
    if not 0 < number < 4000:
        raise ValueError(f"no Roman numeral for {number}")
    digits = []
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        digits.append(letters * times)
    return "".join(digits)


def read_roman(text: str) -> int | None:
    """The number that `text` writes in Roman numerals of either case; None if it is none."""
    numeral = text.strip().upper()
    rest, number = numeral, 0
    for value, letters in _ROMAN:
        while rest.startswith(letters):
            number, rest = number + value, rest.removeprefix(letters)
    return number if not rest and 0 < number < 4000 and roman(number) == numeral else None


# --- within text --------------------------------------------------------------------------------------------

_ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"mươi": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000}
_FILLERS = ("linh", "lẻ")
_NUMBER_WORD = "|".join((*_ONES, *_SCALES, *_FILLERS, "mười"))
NUMBER_WORDS = rf"(?:{_NUMBER_WORD})\b(?: (?:{_NUMBER_WORD})\b){{0,9}}"
"""A pattern for whole numbers in words within folded text; `number_in_words` reads what it finds."""

DIGITS = r"-?\d{1,3}(?:[. ]\d{3})+(?!\d)|-?\d{1,3}(?:,\d{3})+(?!\d)|-?\d+(?:[.,]0{1,2})?(?![.,]?\d)"


def number_in_words(text: str) -> int | None:
    """The whole number that folded `text` spells out ("hai mươi lăm"); None for "hai ba" and the like."""
    total, group, last = 0, 0, ""
    for word in text.split():
        if word == "mười":
            if last in _ONES:  # "hai mười" is nobody's number
                return None
            group += 10
        elif word in _ONES:
            if last in _ONES and last != "không":
                return None
            group += _ONES[word]
        elif word == "mươi":
            group += 9 * (group % 10)  # the ones just read are tens
        elif word == "trăm":
            group *= 100
        elif word in _SCALES:
            total, group = total + group * 1000, 0
        last = word
    return total + group


def integer_in(token: str) -> int | None:
    """The whole number that a match of `DIGITS` or `NUMBER_WORDS` writes; None for none that is sure."""
    if not token[-1].isdigit():
        return number_in_words(token)
    token = re.sub(r"[.,]0{1,2}$", "", token)
    digits = re.sub(r"[., ]", "", token)
    return int(digits) if len(digits) < 16 else None


_FIRST_OF_LIST = re.compile(r"\s*(?:[-•*+–] ?)?\(?(?:0?1[.)]|[ai]\))\s*\D", re.IGNORECASE)
_LETTERS = r"(?:[a-eđ]|i{1,3}|iv|vi{0,3})\)"
_NUMBER_OF_LIST = re.compile(
    rf"(?:^|(?<=[\s,;.]))(?:[-•*+–] ?)?\(?(?:\d{{1,2}}[.)](?!\d)|{_LETTERS})", re.IGNORECASE
)
# "22 người, trong đó: 1) …", "120 triệu (a) …": a list behind its total or behind what announces it
_LIST_WITHIN = re.compile(
    r"(?:\n|(?:trong đó|gồm|chia ra|cụ thể|chi tiết)\s?[:(]?\s?"
    r"|\d[^\W\d]{0,2}(?: [^\W\d]{1,5}){0,4}(?:\s?[:(\[=-]\s?| (?=\()))"
    r"(?=(?:0?1[.)]|[ai]\))\s.{3,200}?[\s;,.](?:0?2[.)]|b\)|ii\))\s*[^\W_]"
    r"|\((?:0?1|[ai])\)\s.{3,200}?[\s;,.]\((?:0?2|b|ii)\)\s*[^\W_])",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER_WITHIN = re.compile(
    rf"(?:^|(?<=[\s,;.]))\(?(?:\d{{1,2}}[.)](?=\s*[^\W_])|{_LETTERS})(?!\d)", re.IGNORECASE
)

_ENDS = re.compile(r" ?(?:$|[\n;,])")
_MAY_NUMBER = re.compile(r"[1aA][.)]|[iI]\)")  # in every list; found in a tenth of the time


# "= 15 người: …", "Tổng số = 15": nothing is added up before it
_EQUALS = re.compile(r"(\s*(?:tổng(?: số| cộng)?|cộng|số(?: lượng)?)?)\s*:?\s*=\s*", re.IGNORECASE)


def unnumbered(text: str) -> str:
    """`text` with the numbers of a list ("1. Lào 2. Thái Lan", "a) …", "i) …") made line breaks.

    An equals sign that the text begins with, or that follows "tổng số" there, is dropped; the rest stays.
    """
    if "=" in text and (equals := _EQUALS.match(text)):
        text = f"{equals[1]} {text[equals.end() :]}".lstrip()
    if _MAY_NUMBER.search(text) is None:
        return text
    if _FIRST_OF_LIST.match(text):
        return _without_numbers(text, _NUMBER_OF_LIST)
    begins = _LIST_WITHIN.search(text)
    return (
        text[: begins.end()].rstrip(" -–") + _without_numbers(text[begins.end() :], _NUMBER_WITHIN)
        if begins
        else text
    )


def _without_numbers(text: str, number: re.Pattern[str]) -> str:
    """`text` with line breaks for the numbers of a list that follow one another, and no "(18)" between."""
    following = 1
    bracketed = text.lstrip(" -•*+–\n").startswith("(")

    def broken(match: re.Match[str]) -> str:
        nonlocal following
        digits = re.sub(r"\D", "", match[0])
        counts = bracketed and text[match.start() - 1 : match.start()] not in ("", "\n")
        if digits and (int(digits) != following or ("(" in match[0]) != bracketed):
            return match[0]
        if counts and _ENDS.match(text, match.end()):  # "(3) lái xe (4)"
            return match[0]
        following += bool(digits)
        return "\n".ljust(len(match[0]))

    return number.sub(broken, text)
