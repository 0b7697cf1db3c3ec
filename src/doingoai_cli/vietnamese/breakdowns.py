"""Delegates per country (số đại biểu nước ngoài theo nước; form 03, column 4)."""

import re
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.counts import LOOKALIKE, read_count
from doingoai_cli.vietnamese.places.countries import read_destinations
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import Phrases, clean, fold, key, plain_dashes


class Breakdown(NamedTuple):
    """Delegates in all and per country, as a cell gives them.

    `stated_total` is the total that is written, `parts` are the labels (countries as typed) and numbers.
    `total` is the number that counts: the stated one, else the sum; None where there is no sure number.
    """

    text: str
    total: int | None
    stated_total: int | None = None
    parts: tuple[tuple[str, int], ...] = ()


@lru_cache(maxsize=8192)  # saves 0.043 s
def read_breakdown(text: str) -> Breakdown:
    """The numbers in "25 (Lào: 10, Thái Lan 15)", "Lào: 10, Thái Lan: 15", "40 khách từ Lào (15), …"."""
    text = clean(text)
    flat = plain_dashes(_without_subgroups(_without_places(_with_sexes_added(text))).replace("\n", "; "))
    if _VAGUE.search(fold(text)) or LOOKALIKE.search(fold(text)):
        return Breakdown(text, None)
    stated, rest = _stated_total(flat)
    if _EACH.search(fold(rest)):
        return Breakdown(text, stated, stated)
    parts = _parts(rest)
    if not parts:
        single = len(re.findall(_NUMBER, _NOT_DELEGATES.sub(" ", flat))) < 2 or not _WORD.search(flat)
        total = read_count(flat).value if stated is None and single else stated
        return Breakdown(text, total, total)
    if stated is not None and not any(label for label, _ in parts):
        return Breakdown(text, read_count(flat).value)  # "03 Đại sứ, 12 chuyên gia"
    parts = _of_places(parts, stated)
    return Breakdown(text, sum(n for _, n in parts) if stated is None else stated, stated, parts)


_Parts = tuple[tuple[str, int], ...]


def _of_places(parts: _Parts, stated: int | None) -> _Parts:
    """The parts that are compared: no sex, no way of attending beside countries, no trait where they add up."""
    placed = tuple(part for part in parts if _is_place(part[0]))
    if placed and sum(number for _, number in placed) == stated:
        return placed
    return tuple(part for part in parts if not _PART.search(key(part[0]))) if placed else parts


def _is_place(label: str) -> bool:
    places = read_destinations(label)
    return bool(places.countries or places.vague)


_WORD = re.compile(r"[^\W\d_]")
_VAGUE = re.compile(
    r"\b(?:vài|mấy|khoảng|chừng|xấp xỉ|ước|tối đa|tối thiểu|ít nhất|không quá|trở lên|hơn|gần|dưới|một số)\b|"
    r"\btrên (?=\d)|\d\s?(?:-|đến|tới)\s?\d|[~≈<>≤≥±?]"
)
# "Lào, Thái Lan mỗi nước 10", "3 nước x 10 người": a number that stands for several
_EACH = re.compile(r"\b(?:mỗi|từng)\b|/ ?(?:nước|quốc gia|đoàn)\b|(?<![^\W\d_])[x×*] ?\d")
_NUMBER = r"\d{1,3}(?:[.]\d{3}){1,3}(?!\d)|\d{1,9}(?!\d)"
# Words for delegates that name no country.
_PEOPLE = (
    r"(?:(?:đại biểu|đại diện|người|khách(?: mời)?|thành viên|chuyên gia|học giả|diễn giả|cán bộ|đại sứ|"
    r"giáo sư|nhà khoa học|doanh nghiệp|lượt|quốc tế|nước ngoài|nước|có|mang|là|quốc tịch|đ/c|đb)\b\s*)+"
)
_TOTAL_WORD = r"(?:tổng(?:\s+(?:số|cộng))?|cộng)"
_OPENING = re.compile(
    rf"\s*(?:[-•*+]\s+)?(?P<word>{_TOTAL_WORD}[\s:]*(?:{_PEOPLE})?[\s:]*(?:là\s*)?)?(?P<number>{_NUMBER})(?![.,]\d|\s*nước\b(?!\s+ngoài))\s*(?:{_PEOPLE})?\s*"
    rf"(?:$|[:(,;.=-]|(?=\b(?:trong đó|(?:bao )?gồm|đến từ|từ|cụ thể|của)\b))",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    rf"[\s,;.(]*(?:\b{_TOTAL_WORD}[\s:]*(?:{_PEOPLE})?[\s:]*|(?<=[\d)])\s*=\s*)(?P<number>{_NUMBER})\s*(?:{_PEOPLE})?[\s).]*$",
    re.IGNORECASE,
)


def _stated_total(text: str) -> tuple[int | None, str]:
    """The total written at either end of `text`, and what remains."""
    match = _CLOSING.search(text, max(0, len(text) - _LONGEST_PIECE))
    if match and re.search(r"\d", text[: match.start()]):
        return _value(match["number"]), text[: match.start()]
    match = _OPENING.match(text)
    if match is None or (not match["word"] and _is_one_of_several(text, match)):
        return None, text
    return _value(match["number"]), text[match.end() :]


def _is_one_of_several(text: str, match: re.Match[str]) -> bool:
    """Whether a bracket tells where the first number is from, and another follows: "10 (Lào), 5 (Úc)"."""
    if not match[0].endswith("("):
        return False
    without_places = _BRACKET.sub(" ", text[match.end() - 1 :])  # "20 (Champasak (Lào): 15; Úc: 5)"
    return _ANY_DIGIT.search(_BRACKET.sub(" ", without_places)) is not None


def _value(digits: str) -> int:
    return int(digits.replace(".", ""))


_LONGEST_PIECE = 200
# "Lào: 5, Thái Lan: 10", also without the comma
_SEPARATOR = re.compile(r"\s*(?:[,;+]|\bvà\b)\s*|(?<=\d)\s+(?=[^\W\d_][^\d,;:()]{0,40}:\s?\d)", re.IGNORECASE)
# Numbers that count no delegates of a country: "5 nước", "(02 nữ)".
_NOT_DELEGATES = re.compile(
    r"\(?\s*\b\d+\s+(?:nước|quốc gia|vùng|tổ chức|nữ|nam|tỉnh|đoàn)\b\s*\)?", re.IGNORECASE
)
_INTRODUCTION = re.compile(
    r"^[\s:(,;-]*(?:(?:có|trong đó(?: có)?|(?:bao )?gồm(?: có)?|đến từ|từ|cụ thể|của|các nước|là)\b[\s:(-]*)*",
    re.IGNORECASE,
)
_LABEL_FIRST = re.compile(
    rf"(?P<label>\D*?[^\W\d]\)?)[\s:=(-]*\b(?P<number>{_NUMBER})\s*(?:{_PEOPLE})?[\s).]*", re.IGNORECASE
)
_NUMBER_FIRST = re.compile(
    rf"[\s(-]*(?P<number>{_NUMBER})\s*(?:{_PEOPLE})?(?:đến từ|từ|của)?[\s:(-]*(?P<label>[^\W\d]\D*?)[\s).]*",
    re.IGNORECASE,
)


def _parts(text: str) -> _Parts:
    """The (country, number) pairs of a list; none at all where a piece of it is not understood."""
    body = _INTRODUCTION.sub("", _NOT_DELEGATES.sub(" ", text)).strip()
    pieces = [piece for piece in _SEPARATOR.split(body) if piece]
    if not any(re.search(r"\d", piece) for piece in pieces):
        return ()
    pattern = _NUMBER_FIRST if re.match(r"[\s(-]*\d", body) else _LABEL_FIRST
    if any(len(piece) > _LONGEST_PIECE for piece in pieces):
        return ()  # no country and its number
    found = []
    for piece in _whole_pieces(body, pattern is _NUMBER_FIRST):
        if len(piece) > _LONGEST_PIECE:
            return ()
        match = pattern.fullmatch(piece) or _NUMBER_FIRST.fullmatch(piece) or _LABEL_FIRST.fullmatch(piece)
        if match is None:
            return ()
        found.append((_label(match["label"]), _value(match["number"])))
    return tuple(found)


def _whole_pieces(body: str, number_first: bool) -> list[str]:
    """The pieces of a list; one without a number (as in "Bosnia và Herzegovina: 3") joins its other half."""
    bounds = [(m.start(), m.end()) for m in _SEPARATOR.finditer(body)]
    starts = [0, *(end for _, end in bounds)]
    ends = [*(start for start, _ in bounds), len(body)]
    pieces: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        if not body[start:end].strip(" ).("):
            continue
        joins = pieces and not re.search(r"\d", body[start:end] if number_first else body[slice(*pieces[-1])])
        if joins:
            start = pieces.pop()[0]
        pieces.append((start, end))
    return [body[start:end] for start, end in pieces]


def _label(text: str) -> str:
    text = re.sub(rf"^(?:{_PEOPLE})", "", text.strip(" :-"), flags=re.IGNORECASE)
    return text if text.count("(") == text.count(")") else text.strip("() ")


# --- numbers that count a part of the delegates by another trait than where they come from --------------------
# "20 đại biểu, trong đó có 05 diễn giả", "Lào 15 (02 nữ)": a number beside a country or region is that country's;
# one beside a rank, a sex, "trực tuyến" or "quốc tịch" is a subgroup's, and no part of the sum.

_TRAITS = Phrases(names("delegate-traits.tsv")["trait"])
_NATIONALITY = re.compile(r"\bquốc tịch (?!nước ngoài\b)")
_BRACKET = re.compile(r"\(([^()]*)\)")
_PARTS_OF_CELL = re.compile(
    r"(?:[;,\n]|\.(?=\s|$))\s*|(?=\btrong đó\b)|(?=\btrong số (?:đó|này)\b)", re.IGNORECASE
)
_AMONG = re.compile(r"\s*(?:trong (?:đó|số (?:đó|này))|có|kể cả|gồm cả)\b", re.IGNORECASE)
_ANY_DIGIT = re.compile(r"\d")


_BOTH_SEXES = re.compile(
    r"(?P<place>[^\W\d_][^\d;,()\n]{0,60}?)(?P<gap>[\s:(-]*)(?P<one>\d{1,4})\s*(?:nam|nữ)[\s,;+&]*(?:và\s*)?"
    r"(?P<other>\d{1,4})\s*(?:nam|nữ)\b",
    re.IGNORECASE,
)


def _with_sexes_added(text: str) -> str:
    """`text` with one number where a country's stands by sexes: "Lào: 2 nam, 3 nữ" is "Lào: 5"."""

    def added(match: re.Match[str]) -> str:
        number = int(match["one"]) + int(match["other"])
        return f"{match['place']}{match['gap']}{number}" if _is_place(match["place"]) else match[0]

    return _BOTH_SEXES.sub(added, text) if "nữ" in text.casefold() else text


def _without_places(text: str) -> str:
    """`text` without the brackets that divide a country's number: "20 (Trung Quốc 12 (Quảng Tây 7, …); Lào 8)"."""
    kept, start, depth, inner = "", 0, 0, 0
    for mark in _BRACKETS.finditer(text):
        if mark[0] == "(":
            depth += 1
            if not inner and _divides_a_country(
                text[max(start, mark.start() - _LONGEST_PIECE) : mark.start()], depth
            ):
                kept, inner = kept + text[start : mark.start()], depth
        else:
            if inner and depth == inner:
                start, inner = mark.end(), 0
            depth = max(0, depth - 1)
    return text if inner else kept + text[start:]


_BRACKETS = re.compile(r"[()]")
_ITEM_BEGINS = re.compile(r"[;,(\n]")


def _divides_a_country(before: str, depth: int) -> bool:
    """Whether a bracket stands right behind a number: a country's, or any within a bracket."""
    item = _ITEM_BEGINS.split(before)[-1].rstrip()
    return item[-1:].isdigit() and (depth > 1 or _is_place(item.rstrip("0123456789. :=-")))


def _without_subgroups(text: str) -> str:
    """A cell of delegates without the numbers of subgroups; the cell itself where it holds nothing else."""
    bare = _BRACKET.sub(lambda match: " " if _is_subgroup(match[1], among=False) else match[0], text)
    if not _ANY_DIGIT.search(bare):
        return text
    whole, beside = "", False
    start = 0
    for end_of_part in (*_PARTS_OF_CELL.finditer(bare), None):
        end = end_of_part.start() if end_of_part else len(bare)
        part = bare[start:end]
        among = _AMONG.match(part) is not None
        if not (whole and _is_subgroup(part, among=among)):
            whole += part + (end_of_part[0] if end_of_part else "")
        else:
            beside = beside or not (among or _PART.search(key(part)))
            if part.count(")") > part.count("("):  # the bracket that it ended stays closed
                whole += ")"
        start = end_of_part.end() if end_of_part else end
    whole = whole.rstrip(" ,;\n")
    return whole if _counts_delegates(whole) and not (beside and _is_some(whole)) else text


def _is_subgroup(part: str, *, among: bool) -> bool:
    """Whether the numbers of a part of a cell stand beside no country: beside a trait, or among those counted."""
    if not _ANY_DIGIT.search(part):
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


_PART = re.compile(r"\b(?:nam|nữ|trực tuyến|trực tiếp|online)\b")


def _is_whole(text: str) -> bool:
    """Whether a number stands for all: alone, or beside nothing but words for delegates."""
    return _PART.search(key(text)) is None
