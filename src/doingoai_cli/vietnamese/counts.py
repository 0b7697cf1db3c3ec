"""Whole numbers as offices write them (số thành viên, số ngày, số đại biểu)."""

import re
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.text import clean, fold, is_blank


class Count(NamedTuple):
    """A whole number as read from a cell; `value` is None where the text gives none. 0 and -2 are values."""

    text: str
    value: int | None


def read_count(value: str | int | float | bool | None) -> Count:
    """The whole number that a cell gives: "05", "07 người (02 nữ)", 7.0, "ba cán bộ", "01 đoàn/05 người".

    What is vague ("vài", "5-7", "trên 10"), broken (7.5) or in another unit ("1 tuần") is unread (DL02).
    """
    if isinstance(value, str):
        return _read_count(value)
    if isinstance(value, bool) or value is None:
        return Count("" if value is None else str(value), None)
    whole = int(value) if abs(value) < 1e15 else None  # not so for NaN and infinity
    return Count(str(whole), whole) if whole == value else Count(str(value), None)


# --- numbers within text ------------------------------------------------------------

_ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"mươi": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000}
_FILLERS = frozenset({"linh", "lẻ"})
_NUMBER_WORD = "|".join((*_ONES, *_SCALES, *_FILLERS, "mười"))
NUMBER_WORDS = rf"(?:{_NUMBER_WORD})\b(?: (?:{_NUMBER_WORD})\b)*"
"""A pattern for whole numbers in words within folded text; `number_in_words` reads what it finds."""

_DIGITS = r"-?\d{1,3}(?:[. ]\d{3})+(?!\d)|-?\d{1,3}(?:,\d{3})+(?!\d)|-?\d+(?:[.,]0{1,2})?(?![.,]?\d)"


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


def _integer(token: str) -> int | None:
    if not token[-1].isdigit():
        return number_in_words(token)
    token = re.sub(r"[.,]0{1,2}$", "", token)
    digits = re.sub(r"[., ]", "", token)
    return int(digits) if len(digits) < 16 else None


# --- one count ------------------------------------------------------------

_VAGUE = re.compile(
    r"\b(?:vài|mấy|khoảng|chừng|xấp xỉ|áng|ước|tầm|cỡ|dự trù|tối đa|tối thiểu|ít nhất|nhiều nhất|không quá|"
    r"chưa (?:xác định|rõ|có|biết)|trở (?:lên|xuống)|đổ lại|hơn|gần|trên dưới|một số|một nhóm|nhiều|mỗi|từng|"
    r"rưỡi|nửa|hoặc|hay|max|min)\b|[~≈<>≤≥±?%…]|\.{2,}|\d\s?(?:-|đến|tới)\s?\d"
    rf"|\b(?:{_NUMBER_WORD})(?: ?- ?| đến | tới )(?:{_NUMBER_WORD})\b"
)
_WHEN = re.compile(r"\((?:từ|ngày|tháng|quí|trong)\b[^()]*\)")  # "05 ngày (từ 10-14/6)"
_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?")
# What follows these words explains the number and is not part of it.
_DETAIL = re.compile(
    r"[\s,;.]*(?::|\b(?:trong đó|trong số|(?:bao )?gồm|cụ thể|(?:có )?danh sách|kèm|theo|đến từ|từ|do|kể cả|"
    r"tính cả|(?:chưa|không) (?:kể|tính|bao gồm)|ghi chú|bằng chữ)\b).*"
)
# "01 đoàn gồm 05 thành viên", "01 đoàn/05 người": the group is not the count, its members are.
_LEAD = (
    r"(?:(?:\d+|một) đoàn\b[\s:,/-]*(?:(?:gồm|có|với)\b[\s:]*)?(?=\d))?"
    r"(?:(?:tổng(?: số| cộng)?|số(?: lượng| người| ngày| thành viên| đại biểu)?|(?:bao )?gồm|có|dự kiến|đoàn|"
    r"thành phần|thành viên|trưởng đoàn|là|cử|đi)\b[\s:]*|-\s+|[:.•*+]\s*)*"
)
_BEGIN = re.compile(rf"{_LEAD}(?P<number>{_DIGITS}|{NUMBER_WORDS})")
_TERM = re.compile(rf"(?P<number>{_DIGITS}|{NUMBER_WORDS})\s*(?P<unit>\D*)")
_COMRADES = re.compile(r"\bđ/ ?c\b")
_JOINER = re.compile(r"\s*(\+|;|/|=|,(?!\d)|(?<!\d),|\bvà\b|\bcùng(?: với)?\b)\s*")
# "5 ngày 4 đêm", "5 ngày/4 đêm", "5N4Đ"
_NIGHTS = re.compile(r"\b(\d+) ?(?:ngày|n)[\s,/-]*(?:và )?\d+ ?(?:đêm|đ)\b")
_OTHER_UNITS = re.compile(
    r"(?:tuần|tháng|quí|năm|giờ|tiếng|phút|buổi|đêm|nước|quốc gia|triệu|tỉ|đồng(?! chí)|đ|usd|lần|đợt|chuyến)\b"
)
_PER_DELEGATION = re.compile(r"(?:1 |01 |một )?(?:đoàn|chuyến|đợt|lượt|lần)\b.*")
# Terms side by side are added only where none is part of another: head and members, men and women.
_DISJOINT = (re.compile(r"trưởng đoàn.*\bthành viên"), re.compile(r"\bnam\b.*\bnữ\b|\bnữ\b.*\bnam\b"))


@lru_cache(maxsize=32768)
def _read_count(text: str) -> Count:
    text = clean(text)
    return Count(text, _count_in(fold(text)))


def _count_in(folded: str) -> int | None:
    folded = _WHEN.sub(" ", folded)
    if is_blank(folded) or _VAGUE.search(folded):
        return None
    if folded.strip(" .()") in ("không", "không có"):
        return 0
    folded = _COMRADES.sub("đồng chí", folded)
    body = _BRACKETS.sub(" ", folded).strip(" .,;") or folded.strip(" .,;()[]")
    begin = _BEGIN.match(body)
    if begin is None:
        return None
    detail = _DETAIL.search(body, begin.end())
    body = body[begin.start("number") : detail.start() if detail else None]
    pieces = _JOINER.split(_NIGHTS.sub(r"\1 ngày", body))
    return _combined(pieces[::2], pieces[1::2])


def _combined(parts: list[str], joiners: list[str]) -> int | None:
    """The number that `parts` give together, with the signs and words that stand between them."""
    terms: list[tuple[int, str]] = []
    signs: set[str] = set()
    for part, joiner in zip(parts, ["", *joiners], strict=True):
        if joiner == "/" and _PER_DELEGATION.fullmatch(part) and terms:
            continue
        term = _term(part)
        if term is None:
            # "05 cán bộ và giáo viên" stays 5; words before any number, or stray digits, are not understood.
            if not terms or not part or joiner == "/" or re.search(r"\d", part):
                return None
            continue
        if joiner == "=":
            return term[0]
        if terms:
            signs.add(joiner)
        terms.append(term)
    return _sum(terms, signs)


def _term(part: str) -> tuple[int, str] | None:
    match = _TERM.fullmatch(part)
    number = _integer(match["number"]) if match else None
    if match is None or number is None or _OTHER_UNITS.match(match["unit"]):
        return None
    return number, match["unit"]


def _sum(terms: list[tuple[int, str]], signs: set[str]) -> int | None:
    units = " / ".join(unit for _, unit in terms)
    adds_up = signs <= {"+", "và", "cùng", "cùng với"} or any(p.search(units) for p in _DISJOINT)
    if not adds_up:
        return None
    return sum(number for number, _ in terms) if terms else None
