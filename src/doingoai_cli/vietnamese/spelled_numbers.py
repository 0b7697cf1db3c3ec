"""Whole numbers within text, in figures or spelled out (số viết bằng chữ): "05", "1.250", "hai mươi lăm"."""

import re

_ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"mươi": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000}
_FILLERS = frozenset({"linh", "lẻ"})
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
