"""Delegates per country (số đại biểu nước ngoài theo nước; form 03, column 4)."""

import re
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.counts import LOOKALIKE, read_count, unbroken
from doingoai_cli.vietnamese.delegate_subgroups import (
    ATTENDING,
    BRACKET,
    is_place,
    lists_ranks,
    with_sexes_added,
    within_brackets,
    without_places,
    without_subgroups,
)
from doingoai_cli.vietnamese.numbers import NUMBER_WORDS, unnumbered
from doingoai_cli.vietnamese.text import clean, fold, key, plain_dashes, without_remarks


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
    listed = _BULLET.sub("", unnumbered(within_brackets(without_remarks(text).translate(_ROUND))).strip())
    whole = unbroken(_NATIONS.sub("nước", _IN_WORDS.sub(" ", listed)))
    flat = plain_dashes(without_subgroups(without_places(with_sexes_added(whole))).replace("\n", "; "))
    said = fold(listed)
    if _VAGUE.search(said) or LOOKALIKE.search(said):
        return Breakdown(text, None)
    stated, rest = _stated_total(flat)
    if _EACH.search(fold(rest)):
        return Breakdown(text, stated, stated)
    parts = _parts(rest)
    if not parts:
        bare = _NOT_DELEGATES.sub(" ", flat).strip(" /,;:-")
        single = len(re.findall(_NUMBER, bare)) < 2 or not _WORD.search(flat)
        counted = read_count(flat).value if single or stated is not None else None
        if counted is None and single and stated is None:
            counted = read_count(bare).value
        # "02 Đại sứ; 10 chuyên gia (Lào 4, Thái Lan 6)" are twelve; a total with its parts is no twice as many
        sure = counted is None or (stated is not None and (counted < stated or counted == 2 * stated))
        total = stated if sure else counted
        return Breakdown(text, total, total)
    if stated is not None and _SOME.match(fold(rest)) and sum(number for _, number in parts) < stated:
        return Breakdown(text, stated, stated)
    if stated is not None and not any(label for label, _ in parts):
        return Breakdown(text, read_count(flat).value)  # "03 Đại sứ, 12 chuyên gia"
    if stated is not None and flat.endswith(rest) and sum(number for _, number in parts) != stated:
        opening, labels = flat[: len(flat) - len(rest)], [label for label, _ in parts]
        if lists_ranks(opening, labels) and (summed := read_count(flat).value):
            return Breakdown(text, summed)  # "15 bác sĩ, 10 điều dưỡng"
    parts = _of_places(parts, stated)
    return Breakdown(text, sum(n for _, n in parts) if stated is None else stated, stated, parts)


_NATIONS = re.compile(r"(?<=\d )quốc tịch(?=\s*(?:[:;,.()]|$))", re.IGNORECASE)  # "thuộc 4 quốc tịch: …"
_ROUND = str.maketrans("[]", "()")
_BULLET = re.compile(
    r"(?:^|(?<=[\n(=:])|(?<=[=:] )|(?<=gồm ))\s*(?:[•*+] ?|[-–] |[-–](?!\d))(?=\w)"
)  # "-5" is none
_IN_WORDS = re.compile(rf"(?<=\d) ?\((?:{NUMBER_WORDS})(?: [^\W\d_]+){{0,3}}\) ?", re.IGNORECASE)


_Parts = tuple[tuple[str, int], ...]


def _of_places(parts: _Parts, stated: int | None) -> _Parts:
    """The parts that are compared: no sex, no way of attending beside countries, no trait where they add up.

    "10 (UNESCO: 02; JICA: 05)" tells some of them by body, none by country.
    """
    if stated is not None and all(_ACRONYM.fullmatch(label) and not is_place(label) for label, _ in parts):
        return ()
    placed = tuple(part for part in parts if is_place(part[0]))
    if placed and sum(number for _, number in placed) == stated:
        return placed
    return (
        tuple(part for part in parts if part in placed or not ATTENDING.search(key(part[0]))) if placed else parts
    )


_ACRONYM = re.compile(r"[A-Z]{2,8}")
_WORD = re.compile(r"[^\W\d_]")
_VAGUE = re.compile(
    r"\b(?:vài|mấy|khoảng|chừng|xấp xỉ|ước|tối đa|tối thiểu|ít nhất|không quá|trở lên|hơn|gần|dưới|một số)\b|"
    r"\btrên (?=\d)|\d\s?(?:-|đến|tới)\s?\d|[~≈<>≤≥±?]"
)
# "Lào, Thái Lan mỗi nước 10", "3 nước x 10 người": a number that stands for several
_EACH = re.compile(r"\b(?:mỗi|từng)\b|/ ?(?:nước|quốc gia|đoàn)\b|(?<![^\W\d_])[x×*] ?\d")
# What follows names some of the delegates: "30 (trong đó có 10 đại biểu Lào)", "15, chủ yếu từ Lào: 10"
_SOME = re.compile(
    r"\W*(?:trong (?:đó|số đó) có|chủ yếu|đa số|phần lớn|phần đông|nhiều nhất|nhất là|riêng|kể cả)\b"
)
_NUMBER = r"\d{1,3}(?:[.]\d{3}){1,3}(?!\d)|\d{1,9}(?!\d)"
# Words for delegates that name no country.
_PEOPLE = (
    r"(?:(?:đại biểu|đại diện|người|khách(?: mời)?|thành viên|chuyên gia|học giả|diễn giả|cán bộ|đại sứ|"
    r"giáo sư|phó giáo sư|tiến sĩ|thạc sĩ|gs|pgs|ts|ths|bác sĩ|kỹ sư|giảng viên|sinh viên|học viên|phóng viên|"
    r"nhà khoa học|nhà nghiên cứu|nghiên cứu sinh|doanh nghiệp|lượt|"
    r"quốc tế|nước ngoài|nước|có|mang|là|quốc tịch|đ/c|đ/b|đb)\b\s*)+"
)
_TOTAL_WORD = r"(?:tổng(?:\s+(?:số|cộng))?|cộng)"
_OPENING = re.compile(
    rf"\s*(?:[-•*+]\s+)?(?P<word>{_TOTAL_WORD}[\s:]*(?:{_PEOPLE})?[\s:]*(?:là\s*)?)?(?P<number>{_NUMBER})(?![.,]\d|\s*nước\b(?!\s+ngoài))\s*(?:{_PEOPLE})?\s*"
    rf"(?:$|[:(,;.=-]|(?=\b(?:trong đó|(?:bao )?gồm|đến từ|từ|cụ thể|(?:phân|chia) ra|chi tiết|của|thuộc)\b))",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    rf"[\s,;.(]*(?:\b{_TOTAL_WORD}[\s:]*(?:{_PEOPLE})?[\s:]*|(?<=[\d).])\s*=\s*|(?:(?<=người)|(?<=khách)|(?<=biểu))\s*=\s*)(?P<number>{_NUMBER})\s*(?:{_PEOPLE})?[\s).]*$",
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


# "10 từ Lào, 5 từ Úc", "10 - Lào; 5 - Úc"
_NEXT_ALIKE = re.compile(
    rf"\s*(?:{_PEOPLE})?(?P<link>-|(?:đến )?từ\b|của\b)[^\d;,\n]*(?:[;,\n+]|\s-\s|\bvà\s)[\s;]*"
    rf"(?:và\s)?\d{{1,4}}\s*(?:{_PEOPLE})?(?P=link)",
    re.IGNORECASE,
)
# "10 từ nước ngoài, 05 ở trong nước"
_ABROAD = re.compile(rf"\s*(?:{_PEOPLE})?(?:đến )?từ nước ngoài\s*(?:[;,\n+]|và\b)[\s;]*\d", re.IGNORECASE)


def _is_one_of_several(text: str, match: re.Match[str]) -> bool:
    """Whether another number follows that is told like the first: "10 (Lào), 5 (Úc)", "10 - Lào; 5 - Úc"."""
    if _NEXT_ALIKE.match(text, match.end("number")) or _ABROAD.match(text, match.end("number")):
        return True
    if not match[0].endswith("("):
        return False
    places_out = BRACKET.sub(" ", text[match.end() - 1 :])  # "20 (Champasak (Lào): 15; Úc: 5)"
    return re.search(r"\d", BRACKET.sub(" ", places_out)) is not None


def _value(digits: str) -> int:
    return int(digits.replace(".", ""))


_LONGEST_PIECE = 200
# "Lào: 5, Thái Lan: 10", also without the comma
_SEPARATOR = re.compile(
    r"\s*(?:[,;+]|\bvà\b)\s*|(?<=\d)\s+(?:- )?(?=[^\W\d_][^\d,;:()]{0,40}:\s?\d)", re.IGNORECASE
)
# Numbers that count no delegates of a country: "5 nước", "(02 nữ)", "(có mặt 2 ngày)".
_NOT_DELEGATES = re.compile(
    r"\(?\s*\b\d+\s+(?:nước(?! ngoài)|quốc gia|vùng|tổ chức|nữ|nam|tỉnh|đoàn|điểm cầu)\b\s*\)?"
    r"|\([^()\d]*\b\d+\s+(?:ngày|buổi|phiên|bài|gian hàng|dự án)\b[^()\d]*\)",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"^[\s:(,;-]*"
    r"(?:(?:có|trong đó(?: có)?|(?:bao )?gồm(?: có)?|đến từ|từ|thuộc|cụ thể|chi tiết"
    r"|(?:phân|chia) ra|của|các nước|là)\b[\s:(-]*)*",
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


_LINK = re.compile(r"^(?:[\s+*•;-]|và\b)+", re.IGNORECASE)  # what is left of a list before a label


def _label(text: str) -> str:
    text = re.sub(rf"^(?:{_PEOPLE})", "", _LINK.sub("", text).strip(" :-"), flags=re.IGNORECASE)
    text = _LINK.sub("", text)
    return text if text.count("(") == text.count(")") else text.strip("() ")
