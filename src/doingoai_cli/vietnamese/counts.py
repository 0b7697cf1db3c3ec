"""Whole numbers as offices write them (số thành viên, số ngày, số đại biểu).

The grammar: a cell is items between line breaks, ";", ",", "+", "và", dashes; an item is a number with its unit
("06 chuyên viên"), a label with its number ("Nam: 03"), or words alone. Items side by side are groups and add up,
unless the first is the whole: it says "tổng", names nobody in particular ("07 người") and the others explain it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.numbers import DIGITS, NUMBER_WORDS, integer_in
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import clean, fold, is_blank


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
    return Count(text, _count_in("\n".join(map(fold, text.split("\n")))))


_LISTED = {word_class: frozenset(map(fold, listed)) for word_class, listed in names("count-words.tsv").items()}
"""The phrases of each class (`data/count-words.tsv`)."""


_LONGEST = {word_class: max(phrase.count(" ") + 1 for phrase in listed) for word_class, listed in _LISTED.items()}
"""Words of the longest phrase of each class."""


def _phrase_at_start(text: str, word_class: str) -> int:
    """The length of the longest phrase of a class that `text` begins with; 0 for none."""
    listed = _LISTED[word_class]
    ends = [match.end() for match, _ in zip(_WORD.finditer(text), range(_LONGEST[word_class]), strict=False)]
    return next((end for end in reversed(ends) if text[:end] in listed), 0)


_WORD = re.compile(r"[^\W\d_]+")

# --- what is no number --------------------------------------------------------------------------------------

_VAGUE = re.compile(
    r"\b(?:vài|mấy|khoảng|chừng|xấp xỉ|áng|ước|tầm|cỡ|dự trù|tối đa|tối thiểu|ít nhất|nhiều nhất|không quá|"
    r"chưa (?:xác định|rõ|có|biết)|trở (?:lên|xuống)|đổ lại|hơn|gần|trên dưới|một số|một nhóm|nhiều|mỗi|từng|"
    r"rưỡi|nửa|hoặc|hay|max|min)\b|[~≈<>≤≥±?%…]|\.{2,}|\d ?\+\s*$"
    rf"|\b(?:{NUMBER_WORDS})(?: ?- ?| đến | tới )(?:{NUMBER_WORDS})\b"
)
_RANGE = re.compile(r"(?<!\d)(\d+) ?(?:-|đến|tới) ?(\d+)")
# A letter typed for a digit, or a digit for a letter: nobody can tell which.
_LOOKALIKE = re.compile(r"(?<![^\W_])(?:\d+[olisbz][\dolisbz]*|[olisbz]+\d[\dolisbz]*)(?![^\W_])")
_WHEN = re.compile(r"\((?:từ|ngày|tháng|quí|trong)\b[^()]*\)")  # "05 ngày (từ 10-14/6)"
# "5 ngày 4 đêm", "5 ngày/4 đêm", "5N4Đ"
_NIGHTS = re.compile(r"\b(\d+) ?(?:ngày|n)[ ,/-]{0,3}(?:và )?\d+ ?(?:đêm|đ)\b")
_COMRADES = re.compile(r"đ/ ?c\b")
_GLUED = re.compile(r"(?<=\d)(?=[^\W\d_])")
_GROUP = re.compile(r"(?:\d+|một) đoàn\b[ :,/-]*(?:(?:gồm|có|với)\b[ :]*)?(?=\d)")  # "01 đoàn/05 người"


def _count_in(folded: str) -> int | None:
    folded = _WHEN.sub(" ", folded)
    ranges = any(int(low) < int(high) for low, high in _RANGE.findall(folded) if len(low + high) < 20)
    if is_blank(folded) or ranges or _VAGUE.search(folded):
        return None
    if folded.strip(" .()") in ("không", "không có"):
        return 0
    body = _unbroken(_outside_brackets(folded)).strip(" .,;\n") or folded.strip(" .,;()[]\n")
    if _LOOKALIKE.search(body):
        return None
    body = _GLUED.sub(" ", _NIGHTS.sub(r"\1 ngày", _COMRADES.sub("đồng chí", body)))
    if group := _GROUP.match(body):
        body = body[group.end() :]
    return _combined(list(_items(body)))


_DIGIT = re.compile(r"\d")
_BULLET_BEHIND_BREAK = re.compile(r"[-•*+]")
_NEAR = 80  # letters before a break that may be of its item
_ITEM_BEGINS = re.compile(r"[;,+=/&\n]|\bvà\b")


def _unbroken(text: str) -> str:
    """`text` with the lines made one that are broken within an item: "05⏎CBCC", "trưởng⏎đoàn + 8"."""
    lines = text.split("\n")
    joined = lines[:1]
    for line in map(str.strip, lines[1:]):
        before = _ITEM_BEGINS.split(joined[-1][-_NEAR:])[-1].strip()
        if not line or _BULLET_BEHIND_BREAK.match(line) or _begins_item(line, before):
            joined.append(line)
        else:
            joined[-1] = f"{joined[-1].rstrip()} {line}"
    return "\n".join(joined)


def _begins_item(line: str, before: str) -> bool:
    """Whether a line is an item of its own, behind one that has its number and its unit."""
    if before[-1:].isdigit():
        labels = not before[:1].isdigit() and not line[:1].isdigit() and bool(_DIGIT.search(line))
        return line[:1].isdigit() or labels
    return bool(_DIGIT.search(line) and _DIGIT.search(before))


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


# --- items --------------------------------------------------------------------------------------------------

_SEPARATOR = re.compile(r"\n[-•*+ ]*|[;+=/&]|,(?!\d)|(?<!\d),|(?<= )-(?= )|\b(?:và|cùng với|cùng)\b")
_BULLET = re.compile(r"^ *(?:[•*+:.]|-(?!\d)) *")
_ADDS = frozenset(("+", "&", "và", "cùng", "cùng với"))
_NUMBER_FIRST = re.compile(rf"(?P<number>{DIGITS}|{NUMBER_WORDS})(?![^\W_])(?P<rest>.*)")
_BEHIND_LABEL = re.compile(r"(?P<number>\d{1,4})(?![\d.,])(?P<rest>\D*)")
_PER_DELEGATION = re.compile(r"(?:1 |01 |một )?(?:đoàn|chuyến|đợt|lượt|lần)\b")


class _Item(NamedTuple):
    """A number with the words beside it; `sep` parts it from the item before.

    `value` None: words without a number. `whole`: it says that it is the total, or its parts follow it at once.
    """

    sep: str
    value: int | None
    unit: str
    whole: bool = False
    labelled: bool = False


def _items(body: str) -> Iterator[_Item]:
    """The items of a body, up to where an explanation begins."""
    sep, at, begun = "", 0, False
    bounds = [(match.start(), match.end(), match[0]) for match in _SEPARATOR.finditer(body)]
    for start, end, following in (*bounds, (len(body), len(body), "")):
        said = _BULLET.sub("", body[at:start]).strip(" .:")
        if said:
            item = _item(sep, said, first=not begun)
            if begun and item is None:
                return
            if item is not None:
                yield item
                begun = begun or item.value is not None
                if item.whole:
                    return
            sep = ""
        sep = sep or following.strip(" -•*+") or following.strip(" ") or following
        at = end


def _item(sep: str, said: str, first: bool) -> _Item | None:
    """One item; None for the beginning of an explanation behind the first ("trong đó …")."""
    total = False
    if first:
        said, total = _behind_lead(said)
    elif _phrase_at_start(said, "detail"):
        return None
    match = None if sep == "/" and _PER_DELEGATION.match(said) else _NUMBER_FIRST.match(said)
    if match:
        unit, parts_follow = _unit(match["rest"])
        return _Item(sep, integer_in(match["number"]), unit, total or parts_follow)
    digit = _DIGIT.search(said)
    match = _BEHIND_LABEL.fullmatch(said, digit.start()) if digit else None
    if digit and match and _WORD.search(said, 0, digit.start()):
        before = said[: digit.start()].rstrip()
        label, unit = before.strip(" :"), match["rest"].strip()
        if _LISTED["total"] & {label}:
            return _Item(sep, int(match["number"]), "", whole=True)
        return _Item(sep, int(match["number"]), f"{label} {unit}".strip(), labelled=not before.endswith(":"))
    return _Item(sep, None, said)


def _behind_lead(said: str) -> tuple[str, bool]:
    """What stands behind "tổng số:", "đoàn gồm", "01 đoàn/" …, and whether the whole was announced."""
    total = False
    while True:
        said = said.lstrip(" :.•*+")
        length = _phrase_at_start(said, "lead")
        if not length or not said[length:].strip(" :."):
            return said, total
        total = total or said[:length] in _LISTED["total"]
        said = said[length:]


def _unit(rest: str) -> tuple[str, bool]:
    """The words behind a number up to where its parts or an explanation begin, and whether they do."""
    for match in re.finditer(r":|(?<![^\W\d_])[^\W\d_]+", rest):
        if match[0] == ":" or _phrase_at_start(rest[match.start() : match.start() + 40], "detail"):
            return rest[: match.start()].strip(" :,.;"), True
    return rest.strip(" ."), False


# --- items together -----------------------------------------------------------------------------------------


def _combined(items: list[_Item]) -> int | None:
    """The number that the items give together."""
    read = list(_without_words(items))
    if all(item.value is None for item in items) or any(item is None or item.value is None for item in read):
        return None
    numbers = [item for item in read if item is not None]
    equals = next((item for item in numbers if item.sep == "="), None)
    if equals is not None:
        return equals.value
    if len(numbers) == 1:
        return None if numbers[0].labelled else numbers[0].value
    return _sum_or_whole(numbers[0], numbers[1:])


def _without_words(items: Sequence[_Item]) -> Iterator[_Item | None]:
    """The items that count persons; a single person counts one; None: an item is not understood."""
    several = len(items) > 1
    for at, item in enumerate(items):
        unit = item.unit
        if item.value is not None:
            yield None if _counts_something_else(unit) or re.search(r"\d", unit) else item
        elif item.sep == "/" and _PER_DELEGATION.match(unit):
            continue
        elif several and unit in _LISTED["one"] and (at == 0 or item.sep == "+"):
            yield item._replace(value=1)
        elif at == 0 or item.sep in ("/", "=", "+") or re.search(r"\d", unit):
            yield None  # words before any number, or stray digits, are not understood


def _counts_something_else(unit: str) -> bool:
    return bool(_phrase_at_start(unit, "other unit")) and not unit.startswith("đồng chí")


def _sum_or_whole(first: _Item, others: Sequence[_Item]) -> int | None:
    numbers = [other.value or 0 for other in others]
    if any(other.sep == "/" for other in others):
        return None
    if any(other.sep not in _ADDS for other in others):
        anybody = not first.unit or first.unit in _LISTED["whole"]
        subgroups = all(other.unit in _LISTED["subgroup"] for other in others)
        if first.unit not in _LISTED["subgroup"] and subgroups and sum(numbers) <= (first.value or 0):
            return first.value
        if anybody and (sum(numbers) == first.value or others[0].sep not in (*_ADDS, ",", ";")):
            return first.value
        if anybody and others[0].sep not in _ADDS:
            return None  # "07 người, 01 phiên dịch": seven or eight
    return (first.value or 0) + sum(numbers)
