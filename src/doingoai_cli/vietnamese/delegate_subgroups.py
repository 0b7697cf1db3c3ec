"""Delegates counted by another trait than where they come from (nữ, trực tuyến, diễn giả …; form 03, column 4).

"20 đại biểu, trong đó có 05 diễn giả", "Lào 15 (02 nữ)": a number beside a country or region is that country's;
one beside a rank, a sex, "trực tuyến" or "quốc tịch" is a subgroup's, and no part of the sum.
"""

import re
from collections.abc import Iterable

from doingoai_cli.vietnamese.phrases import Phrases
from doingoai_cli.vietnamese.places.countries import read_destinations
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import key

_TRAITS = Phrases(names("delegate-traits.tsv")["trait"])
_NATIONALITY = re.compile(r"\bquốc tịch (?!nước ngoài\b)")
BRACKET = re.compile(r"\(([^()]*)\)")
_PARTS_OF_CELL = re.compile(
    r"(?:[;,\n]|\.(?=\s|$))\s*|(?=\btrong đó\b)|(?=\btrong số (?:đó|này)\b)", re.IGNORECASE
)
_AMONG = re.compile(r"\s*(?:trong (?:đó|số (?:đó|này))|có|kể cả|gồm cả)\b", re.IGNORECASE)
_ANY_DIGIT = re.compile(r"\d")


_BRACKETS = re.compile(r"[()]")


def within_brackets(text: str) -> str:
    """What a text says that stands in brackets as a whole: "(Tổng: 57 người, Pháp 20)"; any other as it is."""
    bare, depth = text.strip(), 0
    if not (bare.startswith("(") and bare.endswith(")")):
        return text
    for bracket in _BRACKETS.finditer(bare):
        depth += 1 if bracket[0] == "(" else -1
        if depth == 0:
            return bare[1:-1] if bracket.end() == len(bare) else text
    return text


_NEAR = 200  # letters before a bracket that may name whose number it divides


def without_places(text: str) -> str:
    """`text` without the brackets that divide a country's number: "20 (Trung Quốc 12 (Quảng Tây 7, …); Lào 8)"."""
    kept, start, depth, inner = list[str](), 0, 0, 0
    for mark in _BRACKETS.finditer(text):
        if mark[0] == "(":
            depth += 1
            if not inner and _divides_a_country(text[max(start, mark.start() - _NEAR) : mark.start()], depth):
                kept.append(text[start : mark.start()])
                inner = depth
        else:
            if inner and depth == inner:
                start, inner = mark.end(), 0
            depth = max(0, depth - 1)
    return text if inner else "".join((*kept, text[start:]))


_ITEM_BEGINS = re.compile(r"[;,(\n+*•]|= ?(?=[^\W\d_])|(?<=[^\W\d_]) - (?=[^\W\d_])|\bvà\b", re.IGNORECASE)
_NUMBER_FIRST = re.compile(r"\d{1,4} (?!.*(?:\b(?:từ|gồm|của)\b|:))", re.IGNORECASE)
_DELEGATES = re.compile(
    r"(?<=\d)\s*(?:người|đại biểu|khách|chuyên gia|thành viên)(?:\s+(?:mời\s+)?(?:quốc tế|nước ngoài))?\s*$",
    re.IGNORECASE,
)


def _divides_a_country(before: str, depth: int) -> bool:
    """Whether a bracket stands behind the number of a country or of those "trực tuyến", or of any in a bracket."""
    item = _ITEM_BEGINS.split(_DELEGATES.sub("", before))[-1].strip()
    behind = item[-1:].isdigit()
    if not behind and (depth > 1 or not _NUMBER_FIRST.match(item)):
        return False
    label = item.rstrip("0123456789. :=-") if behind else item.lstrip("0123456789. ")
    return depth > 1 or ATTENDING.search(key(label)) is not None or is_place(label)


def is_place(label: str) -> bool:
    """Whether a label names a country or a region."""
    places = read_destinations(label)
    return bool(places.countries or places.vague)


_BOTH_SEXES = re.compile(
    r"(?P<place>[^\W\d_][^\d;,()\n]{0,60}?)(?P<gap>[\s:(-]*)(?P<one>\d{1,4})\s*(?:nam|nữ)[\s,;+&]*(?:và\s*)?"
    r"(?P<other>\d{1,4})\s*(?:nam|nữ)\b",
    re.IGNORECASE,
)
# "Hàn Quốc (05 người: 03 nam, 02 nữ)"
_SEXES_OF_A_NUMBER = re.compile(
    r"(?P<all>\b\d{1,4}(?:\s*(?:người|đại biểu|khách))?)\s*:"
    r"\s*\d{1,4}\s*(?:nam|nữ)[\s,;+&]*(?:và\s*)?\d{1,4}\s*(?:nam|nữ)\b",
    re.IGNORECASE,
)


def with_sexes_added(text: str) -> str:
    """`text` with one number where a country's stands by sexes: "Lào: 2 nam, 3 nữ" is "Lào: 5"."""

    def added(match: re.Match[str]) -> str:
        number = int(match["one"]) + int(match["other"])
        return f"{match['place']}{match['gap']}{number}" if is_place(match["place"]) else match[0]

    if "nữ" not in text.casefold():
        return text
    return _BOTH_SEXES.sub(added, _SEXES_OF_A_NUMBER.sub(r"\g<all>", text))


def without_subgroups(text: str) -> str:
    """A cell of delegates without the numbers of subgroups; the cell itself where it holds nothing else."""
    bare = BRACKET.sub(lambda match: " " if _is_subgroup(match[1], among=False) else match[0], text)
    if not _ANY_DIGIT.search(bare):
        return text
    whole, beside, most = "", False, 0
    start = 0
    for end_of_part in (*_PARTS_OF_CELL.finditer(bare), None):
        end = end_of_part.start() if end_of_part else len(bare)
        part = bare[start:end]
        among = _AMONG.match(part) is not None
        if not (whole and _is_subgroup(part, among=among)) or _largest(part) > most:
            whole += part + (end_of_part[0] if end_of_part else "")
            most = max(most, _largest(part))
        else:
            beside = beside or not (among or ATTENDING.search(key(part)))
            if part.count(")") > part.count("("):  # the bracket that it ended stays closed
                whole += ")"
        start = end_of_part.end() if end_of_part else end
    whole = whole.rstrip(" ,;\n")
    return whole if _counts_delegates(whole) and not (beside and _is_some(whole)) else text


_TOTAL = re.compile(r"\W*(?:tổng|cộng(?! hòa))\b", re.IGNORECASE)


def _largest(text: str) -> int:
    """The largest number in a text: no subgroup is larger than its whole ("12 chuyên gia, 13 học giả")."""
    return max((int(digits.replace(".", "")) for digits in _NUMBERS.findall(text)), default=0)


_NUMBERS = re.compile(r"(?<!\d)\d{1,3}(?:\.\d{3})+(?!\d)|(?<!\d)\d{1,9}(?!\d)")


def _is_subgroup(part: str, *, among: bool) -> bool:
    """Whether the numbers of a part of a cell stand beside no country: beside a trait, or among those counted."""
    if not _ANY_DIGIT.search(part) or _TOTAL.match(part):
        return False
    if _NATIONALITY.search(key(part)):
        return True
    places = read_destinations(part)
    if places.countries or places.vague:
        return False
    return among or _TRAITS.first(part) is not None


def _counts_delegates(text: str) -> bool:
    """Whether what is left of a cell counts delegates, and is not itself one of several subgroups."""
    places = read_destinations(text)
    return bool(_ANY_DIGIT.search(text)) and (bool(places.countries or places.vague) or _is_whole(text))


_ANYBODY = frozenset(("khách", "khách mời", "chuyên gia"))


def _is_some(text: str) -> bool:
    """Whether the number counts some beside others: those of a rank, or of a nationality."""
    trait = _TRAITS.first(text)
    return trait is not None and key(trait) not in _ANYBODY


_ANYONE = re.compile(r"\b(?:người|đại biểu|đại diện|đb|khách|thành viên|lượt|tổng|cộng)\b")


def lists_ranks(opening: str, labels: Iterable[str]) -> bool:
    """Whether the first number of a list counts those of one rank beside others, and is no total of them.

    "15 bác sĩ, ", ["điều dưỡng"]; not "15 khách, " nor "15 bác sĩ: ", nor where a label is a sex or a country.
    """
    said = key(opening)
    if not opening.rstrip().endswith((",", ";")) or _ANYONE.search(said) or not _is_some(opening):
        return False
    return not any(ATTENDING.search(key(label)) or is_place(label) for label in labels)


ATTENDING = re.compile(r"\b(?:nam|nữ|trực tuyến|trực tiếp|online)\b")
"""A sex or a way of attending (in comparing form)."""


def _is_whole(text: str) -> bool:
    """Whether a number stands for all: alone, or beside nothing but words for delegates."""
    return ATTENDING.search(key(text)) is None
