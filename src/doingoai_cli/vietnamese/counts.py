"""Whole numbers as offices write them (số thành viên, số ngày, số đại biểu).

Here a cell is told to hold a number at all, and rid of what explains it; `count_items` reads what is left.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.count_items import counted
from doingoai_cli.vietnamese.numbers import NUMBER_WORDS, unnumbered
from doingoai_cli.vietnamese.text import clean, fold, is_blank, without_remarks


class Count(NamedTuple):
    """A whole number as read from a cell; `value` is None where the text gives none. 0 and -2 are values."""

    text: str
    value: int | None


def read_count(value: str | int | float | bool | None) -> Count:
    """The whole number that a cell gives: "05", "07 người (02 nữ)", 7.0, "ba cán bộ", "03 nam, 05 nữ".

    What is vague ("vài", "5-7", "trên 10"), broken (7.5, "1O") or in another unit ("1 tuần") is unread (DL02).
    """
    if isinstance(value, str):
        return _read_count(value)
    if isinstance(value, bool) or value is None:
        return Count("" if value is None else str(value), None)
    whole = int(value) if abs(value) < 1e15 else None  # not so for NaN and infinity
    return Count(str(whole), whole) if whole == value else Count(str(value), None)


@lru_cache(maxsize=32768)  # saves 0.44 s
def _read_count(text: str) -> Count:
    text = clean(text)
    listed = _BULLET.sub("", unnumbered(without_remarks(text)).strip())
    return Count(text, _count_in("\n".join(map(fold, listed.split("\n")))))


# --- what is no number --------------------------------------------------------------------------------------

_VAGUE = re.compile(
    r"\b(?:vài|mấy|khoảng|chừng|xấp xỉ|áng|ước|tầm|cỡ|dự trù|tối đa|tối thiểu|ít nhất|nhiều nhất|không quá|"
    r"chưa (?:xác định|rõ|có|biết)|trở (?:lên|xuống)|đổ lại|hơn|gần|trên dưới|một số|một nhóm|nhiều|mỗi|từng|"
    r"rưỡi|nửa|chục|tá|hoặc|hay|max|min)\b|[~≈<>≤≥±?%…]|\.{2,}|\d ?\+\s*$"
    rf"|\b(?:{NUMBER_WORDS})(?: ?- ?| đến | tới )(?:{NUMBER_WORDS})\b"
)
_RANGE = re.compile(r"(?<!\d)(\d+) ?(?:-|đến|tới) ?(\d+)")
LOOKALIKE = re.compile(
    r"(?<![^\W_])(?:\d+(?:[olisbz][\dolisbz]*| (?:[oil]+|[sbz]))|[olisbz]+\d[\dolisbz]*)(?![^\W_]|-[^\W\d_])"
)
"""A letter typed for a digit, or a digit for a letter: nobody can tell which (not "12 I-xra-en, 3 LB Nga")."""
# "05 ngày (từ 10-14/6)", "05 ngày (12-16/5/2020)", "05 ngày từ 12-16/5"
_WHEN = re.compile(
    r"\((?:từ|ngày|tháng|quí|trong)\b[^()]*\)|\([^()\d]*\d[\d -]*/ ?\d[\d/ -]*\)"
    r"|,? ?\b(?:từ )?(?:ngày )?\d{1,2}(?:/\d{1,2}){0,2} ?(?:-|đến)(?: ngày)? ?\d{1,2}/\d{1,2}(?:/\d{4})?"
)
# "5 ngày 4 đêm", "5 ngày/4 đêm", "5N4Đ"
_NIGHTS = re.compile(r"\b(\d+) ?(?:ngày|n)[ ,/-]{0,3}(?:và )?\d+ ?(?:đêm|đ)\b")
_COMRADES = re.compile(r"đ/ ?[cb]\b")
_GLUED = re.compile(r"(?<=\d)(?=[^\W\d_])")
_SEXES = re.compile(r"(\d ?(?:nam|nữ)) (?=\d)")  # "3 nam 3 nữ"
# "Đợt 1: 5 người; đợt 2: 3 người": which of them it was, and not how many
_WHICH = re.compile(r"\b(?:đợt|nhóm|tổ|tốp|chuyến|đoàn|lần)(?: số)? \d{1,2}(?= ?:)")
# "01 đoàn/05 người", "tổng cộng: 01 đoàn/05 người", "01 đoàn của Sở gồm:⏎- 05 cán bộ", "01 đoàn: lãnh đạo 05, …"
_GROUP = re.compile(
    r"(?:^(?:\d+|một)|(?P<total>(?:tổng(?: số| cộng)?|cộng)(?: là)?[ :]*|= ?)(?:0?1|một)) đoàn\b"
    r"(?:[^\d\n:;()]{0,60}?\bgồm(?: có)?\b[\s:]*(?:[-+*•] ?)?(?=[^\d\n]{0,40}\d)"
    r"|(?: công tác)? ?(?:(?::|có\b|với\b)\s*(?:[-+*•] ?)?(?=[^\d\n]{0,40}\d)|\n\W{0,3}(?=[^\d\n]{1,30}[:(] ?\d))"
    r"|(?: công tác)?[\s:;,/-]*(?:(?:có|với)\b[\s:]*)?(?:[-+*•] ?)?(?=\d))(?!\d+ đoàn\b)"
)
# "01 đoàn có 02 nữ", "01 đoàn (02 nữ)": how many there were in all is not said
_SOME_OF_GROUP = re.compile(r"(?:0?1|một) đoàn\b\D*\d{1,4}(?: (?!việt)[^\W\d_]+){0,3} (?:nam|nữ)\b\D*")
# "KH 10, thực hiện 7": two numbers of one thing
_PLANNED_AND_DONE = re.compile(
    r"\b(?:kế hoạch|kh|đăng kí|dự kiến)\b\D{0,20}\d+\b.{0,200}?\b(?:thực hiện|thực tế|tham gia|th)\b\D{0,20}\d"
    r"|\b(?:thực hiện|thực tế|tham gia|th)\b\D{0,20}\d+\b.{0,200}?\b(?:kế hoạch|kh|đăng kí|dự kiến)\b\D{0,20}\d",
    re.DOTALL,
)
# "01 đoàn (05 người)", "01 đoàn (gồm 05 lãnh đạo, 03 lái xe)"
_GROUP_IN_BRACKETS = re.compile(
    r"^((?:0?1|một) đoàn(?: công tác)?)\s?[(\[] ?((?:(?:bao )?gồm\b"
    r"|\d{1,4} ?(?:người|thành viên|tv|cán bộ|đ/c|đồng chí|đại biểu|khách)\b)[^()\[\]]*)[)\]]\W*$"
)


# Numbers below one another and nothing else: a total with its parts, or those of several delegations in one cell.
_BELOW = re.compile(r"(?:[-+*•] ?)?(\d{1,4})(?: ?(?:người|ngày|thành viên|tv|đại biểu|khách))?\.?")


def _of_lines(folded: str) -> tuple[int, ...]:
    """The numbers of a cell with one number, and nothing else, on each of its lines; none of any other."""
    found = [_BELOW.fullmatch(line.strip()) for line in folded.split("\n")]
    return tuple(int(match[1]) for match in found if match) if len(found) > 1 and all(found) else ()


def _count_in(folded: str) -> int | None:
    if below := _of_lines(folded):
        total, *parts = below
        return total if len(parts) > 1 and total == sum(parts) else None
    folded = _WHEN.sub(" ", folded.lstrip("'’"))  # an apostrophe makes a text of a number
    ranges = any(int(low) < int(high) for low, high in _RANGE.findall(folded) if len(low + high) < 20)
    if is_blank(folded) or ranges or _VAGUE.search(folded) or _SOME_OF_GROUP.fullmatch(folded):
        return None
    if folded.strip(" .()") in ("không", "không có"):
        return 0
    if _PLANNED_AND_DONE.search(folded):
        return None
    folded = _GROUP_IN_BRACKETS.sub(r"\1 \2", folded)
    if not _DIGIT.search(_TOTAL_BESIDE.sub("", _BRACKETED_NUMBER.sub("", folded))):
        folded = _BRACKETED_NUMBER.sub(r": \1", folded)
    outside = _outside_brackets(folded)
    labelled, labels = _LABELLED.subn(r"\g<label>: ", outside)
    body = unbroken(labelled if labels > 1 else outside).strip(" .,;\n") or folded.strip(" .,;()[]\n")
    if LOOKALIKE.search(body):
        return None
    body = _SEXES.sub(r"\1, ", _WHICH.sub("nhóm", body))
    body = _GLUED.sub(" ", _NIGHTS.sub(r"\1 ngày", _COMRADES.sub("đồng chí", body)))
    return counted(_GROUP.sub(r"\g<total>", body))


_BULLET = re.compile(r"^[-+*•–] +(?=0?1 đoàn\b)", re.IGNORECASE)  # "- 01 đoàn, 06 người"
_BRACKETED_NUMBER = re.compile(
    r"(?<=[^\W\d_]) ?\( ?(\d{1,3})(?: (?:người|ngày))? ?\)(?=\s*(?:$|[,;+\n.=]|- |và\b|\(tổng))"
)
# the total above or behind "lãnh đạo (1), chuyên viên (4)"
_TOTAL_BESIDE = re.compile(
    r"^\W*(?:tổng(?: số)?[ :]*)?\d{1,4}(?: [^\W\d]+){0,2}\s*(?:[:\n=-]|\.?,? ?trong đó|gồm)"
    r"|(?:\b(?:tổng|cộng)\b[^\d\n]{0,40}|=\s*)\d{1,4}(?: [^\W\d]+){0,2}[\W]*$"
)
# "chuyên viên - 04; lái xe - 01", "chuyên viên = 04, …"
_LABELLED = re.compile(
    r"(?P<label>(?:^|[;,\n+:•*-] ?|\bvà )[^\W\d][^\d;,\n+:=-]{1,40}?) ?[-=] "
    r"(?=\d{1,3}\s*(?:người\b|$|[;,\n+.(-]|và\b))"
)  # "Sở A (2), Sở B (1)"
_DIGIT = re.compile(r"\d")
_BULLET_BEHIND_BREAK = re.compile(r"[-•*+]")
_NEAR = 80  # letters before a break that may be of its item
_ITEM_BEGINS = re.compile(r"[;,+=/&\n]|\bvà\b|\. | - (?=\d)")
_NUMBERED = re.compile(rf"\D*\d|\W*(?:{NUMBER_WORDS}) [^\W\d_]")
_BARE_NUMBER = re.compile(r"\s*(?:[^\W\d][^\d\n]{0,60} - )?\d{1,4}\s*(?:[.,;=(]|$)")  # "15", "Thái Lan - 15"
_TOTAL_LINE = re.compile(r"\W*(?:tổng|cộng(?! hòa))\b", re.IGNORECASE)


def unbroken(text: str) -> str:
    """`text` with the lines made one that are broken within an item: "05⏎CBCC", "trưởng⏎đoàn + 8", "Lào⏎12"."""
    lines = text.split("\n")
    if len(lines) == 1:
        return text
    last = next((line for line in reversed(lines) if not _TOTAL_LINE.match(line)), "")
    labels_first = _BARE_NUMBER.match(last) is not None
    pieces, near = lines[:1], lines[0][-_NEAR:]
    for line in map(str.strip, lines[1:]):
        before = _ITEM_BEGINS.split(near)[-1].strip()
        if not line or _BULLET_BEHIND_BREAK.match(line) or _begins_item(line, before, labels_first):
            pieces += ("\n", line)
            near = line[-_NEAR:]
        else:
            pieces += (" ", line)
            near = f"{near} {line}"[-_NEAR:]
    return "".join(pieces)


def _begins_item(line: str, before: str, labels_first: bool) -> bool:
    """Whether a line is an item of its own, behind one that has its number and its unit."""
    if _TOTAL_LINE.match(line):
        return True
    if before[-1:].isdigit():
        return line[:1].isdigit() or labels_first or bool(_DIGIT.search(_ITEM_BEGINS.split(line, maxsplit=1)[0]))
    return bool((line[-1:] == ":" or _NUMBERED.match(line)) and _NUMBERED.match(before))


def _outside_brackets(text: str) -> str:
    """`text` without what stands in brackets."""
    outside, depth, last = [], 0, 0
    for match in re.finditer(r"[()\[\]]", text):
        if match[0] in "([":
            if not depth:
                outside.append(text[last : match.start()])
            depth += 1
        elif depth:
            depth -= 1
        if not depth:
            last = match.end()
    return " ".join((*outside, text[last:] if not depth else ""))
