"""The items of a count (các phần của một số đếm) and what they come to.

The grammar: a cell is items between line breaks, ";", ",", "+", "và", dashes; an item is a number with its unit
("06 chuyên viên"), a label with its number ("Nam: 03"), or words alone. Items side by side are groups and add up,
unless the first is the whole: it says "tổng", names nobody in particular ("07 người") and the others explain it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from doingoai_cli.vietnamese.numbers import DIGITS, NUMBER_WORDS, integer_in
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import fold

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
_DIGIT = re.compile(r"\d")

_SEPARATOR = re.compile(
    r"\n[-•*+ ]*|[;+=/&]|\.(?= (?:tổng|cộng)\b)|,(?!\d)|(?<!\d),|(?<= )-(?= )|\b(?:và|cùng với|cùng)\b"
)
_BULLET = re.compile(r"^ *(?:[•*+:.]|-(?!\d)) *")
_ADDS = frozenset(("+", "&", "và", "cùng", "cùng với"))
_NUMBER_FIRST = re.compile(rf"(?P<number>{DIGITS}|{NUMBER_WORDS})(?![^\W_])(?P<rest>.*)")
_BEHIND_LABEL = re.compile(r"(?P<number>\d{1,4})(?![\d.,])(?P<rest>\D*)")
_TOTAL = "Σ"
_PER_DELEGATION = re.compile(r"(?:1 |01 |một )?(?:đoàn|chuyến|đợt|lượt|lần)\b")


class _CountItem(NamedTuple):
    """A number with the words beside it; `sep` separates it from the item before.

    `value` None: words without a number. `whole`: it says that it is the total, or its parts follow it at once.
    """

    sep: str
    value: int | None
    unit: str
    whole: bool = False
    labelled: bool = False


def _items(body: str) -> Iterator[_CountItem]:
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


def _item(sep: str, text: str, first: bool) -> _CountItem | None:
    """One item; None for the beginning of an explanation behind the first ("trong đó …")."""
    total = False
    if first:
        text, total = _behind_lead(text)
    elif _phrase_at_start(text, "detail"):
        return None
    elif closing := _closing_total(text):
        return closing._replace(sep=sep)
    match = None if sep == "/" and _PER_DELEGATION.match(text) else _NUMBER_FIRST.match(text)
    if match:
        unit, parts_follow = _unit(match["rest"])
        return _CountItem(sep, integer_in(match["number"]), unit, total or parts_follow)
    digit = _DIGIT.search(text)
    match = _BEHIND_LABEL.fullmatch(text, digit.start()) if digit else None
    if digit and match and _WORD.search(text, 0, digit.start()):
        before = text[: digit.start()].rstrip()
        label, unit = before.strip(" :"), match["rest"].strip()
        return _CountItem(sep, int(match["number"]), f"{label} {unit}".strip(), labelled=not before.endswith(":"))
    return _CountItem(sep, None, text)


def _closing_total(text: str) -> _CountItem | None:
    """The total that a cell states behind its parts: "02 lãnh đạo; 03 chuyên viên; tổng số là 05 người"."""
    rest, announced = _behind_lead(text)
    match = _NUMBER_FIRST.match(rest) if announced else None
    unit = match["rest"].strip(" .") if match else ""
    if match is None or (unit and unit not in _LISTED["whole"] and unit not in _LISTED["staff"]):
        return None
    return _CountItem("", integer_in(match["number"]), f"{_TOTAL}{unit}", whole=True)


def _behind_lead(text: str) -> tuple[str, bool]:
    """What stands behind "tổng số:", "đoàn gồm", "01 đoàn/" …, and whether the whole was announced."""
    total = False
    while True:
        text = text.lstrip(" :.•*+")
        length = _phrase_at_start(text, "lead")
        if not length or not text[length:].strip(" :."):
            return text, total
        total = total or text[:length] in _LISTED["total"]
        text = text[length:]


_HAS_SOME = re.compile(r"có (?:\d{1,4}|một) ")


def _unit(words: str) -> tuple[str, bool]:
    """The words behind a number up to where its parts or an explanation begin, and whether they do."""
    for match in re.finditer(r":|(?<![^\W\d_])[^\W\d_]+", words):
        has = _HAS_SOME.match(words, match.start())
        if has and words[has.end() :].strip(" .") in _LISTED["subgroup"]:  # "05 người có 02 nữ"
            return words[: match.start()].strip(), True
        if match[0] == ":" or _phrase_at_start(words[match.start() : match.start() + 40], "detail"):
            return words[: match.start()].strip(" :,.;"), True
    return words.strip(" ."), False


# --- items together -----------------------------------------------------------------------------------------


def counted(body: str) -> int | None:
    """The number that the items of folded text give together; None for none that is sure."""
    items = list(_items(body))
    read = list(_without_words(items))
    if all(item.value is None for item in items) or any(item is None or item.value is None for item in read):
        return None
    numbers = [item for item in read if item is not None]
    if numbers[-1].unit.startswith(_TOTAL):
        days = "ngày" in numbers[-1].unit
        return numbers[-1].value if days == any("ngày" in item.unit for item in numbers[:-1]) else None
    equals = next((at for at, item in enumerate(numbers) if item.sep == "="), None)
    if equals is not None:
        left, right = (sum(item.value or 0 for item in side) for side in (numbers[:equals], numbers[equals:]))
        return right if left in (0, right) else None  # "7 = 5 + 2"; "5 + 2 = 8" is no sure number
    if len(numbers) == 1:
        return None if numbers[0].labelled else numbers[0].value
    return _sum_or_whole(numbers[0], numbers[1:])


def _without_words(items: Sequence[_CountItem]) -> Iterator[_CountItem | None]:
    """The items that count persons; a single person counts one; None: an item is not understood."""
    several = len(items) > 1
    persons = several and items[0].value is None and items[0].unit in _LISTED["one"]  # "GĐ, PGĐ và 04 chuyên viên"
    for at, item in enumerate(items):
        unit = item.unit
        one_more = item.sep == "+" or (item.sep in _ADDS and items[0].unit in ("", *_LISTED["whole"]))
        if item.value is not None:
            yield None if _counts_something_else(unit) or re.search(r"\d", unit) else item
        elif item.sep == "/" and _PER_DELEGATION.match(unit):
            continue
        elif several and unit in _LISTED["one"] and (at == 0 or persons or one_more):
            yield item._replace(value=1)
        elif at == 0 or item.sep in ("/", "=", "+") or re.search(r"\d", unit):
            yield None  # words before any number, or stray digits, are not understood


def _counts_something_else(unit: str) -> bool:
    return bool(_phrase_at_start(unit, "other unit")) and not unit.startswith("đồng chí")


_SEXES = {"nam", "nữ"}
_BELOW = frozenset(("-", "\n"))
"""What parts of a whole stand behind."""


def _sum_or_whole(first: _CountItem, others: Sequence[_CountItem]) -> int | None:
    numbers = [other.value or 0 for other in others]
    anybody = not first.unit or first.unit in _LISTED["whole"]
    if anybody and len(others) == 1 and others[0].sep == "/" and others[0].unit in _SEXES:
        return first.value if numbers[0] <= (first.value or 0) else None  # "05 người/02 nữ"
    if first.unit.endswith("đi") and others[0].unit.endswith("về"):
        return first.value if numbers == [first.value] else None  # the same persons there and back
    if any(other.sep == "/" for other in others) and {first.unit, others[0].unit} != _SEXES:
        return None  # "3 nam/2 nữ" adds up
    below = others[0].sep in _BELOW and len(others) > 1 and sum(numbers) == first.value
    if below and first.unit in _LISTED["staff"]:
        return first.value  # "06 CBCC - 03 chuyên viên, 03 lái xe"
    if any(other.sep not in _ADDS for other in others):
        subgroups = all(other.unit in _LISTED["subgroup"] for other in others)
        if first.unit not in _LISTED["subgroup"] and subgroups and sum(numbers) <= (first.value or 0):
            return first.value
        if anybody and (sum(numbers) == first.value or others[0].sep not in (*_ADDS, ",", ";")):
            return first.value
        if anybody and others[0].sep not in _ADDS:
            return None  # "07 người, 01 phiên dịch": seven or eight
    return (first.value or 0) + sum(numbers)
