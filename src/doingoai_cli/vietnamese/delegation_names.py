"""Names of delegations, conferences and the like made comparable (so sánh tên đoàn).

Two spellings of one name have the same words once abbreviations are written out, a country in brackets and words
that say nothing ("đoàn", "công tác") are left out; two names with other numbers or codes ("A1", "A2"; "khóa II",
"khóa III") are never one (`spec`: names compared).
"""

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.abbreviations import written_words
from doingoai_cli.vietnamese.fuzzy import ratio
from doingoai_cli.vietnamese.numbers import read_roman
from doingoai_cli.vietnamese.places.countries import country_name, read_destinations
from doingoai_cli.vietnamese.places.gazetteer import signs
from doingoai_cli.vietnamese.places.provinces import one_spelling_of_provinces, provinces_in
from doingoai_cli.vietnamese.syllables import is_syllable
from doingoai_cli.vietnamese.text import clean, fold, words


class ComparedName(NamedTuple):
    """A name in comparing form."""

    words: str
    """Its words in alphabetical order, as rapidfuzz's token-sort ratio compares them; "" for a blank name."""
    codes: tuple[str, ...]
    """Its numbers and codes, sorted: ("1",), ("a1",), ("165",)."""
    places: frozenset[str]
    """The provinces of neighbouring countries that it names."""
    generic: bool = False
    """Whether it says no more than "Đoàn công tác tại Lào"."""
    localities: frozenset[str] = frozenset()
    """The provinces, districts and communes with names of two syllables: {"lệ thủy"}."""


# What a name may or may not say without becoming another name: the generic words of the contract, "làm việc" with
# them ("thăm và làm việc"), and the prepositions between them ("Đoàn của Sở Y tế đi Lào").
_GENERIC = tuple(
    tuple(said.split()) for said in ("công tác", "làm việc", "tổ chức", "cán bộ", "lãnh đạo", "đồng chí", "đoàn")
)
_PREPOSITIONS = frozenset(("của", "và", "các", "đi", "sang", "tại", "ở"))
# "đoàn" is part of a body's name behind these words ("Tỉnh đoàn", "tập đoàn") and before those.
_UNION_BEFORE = frozenset(
    ("tỉnh", "thành", "huyện", "thị", "quận", "xã", "trung", "tập", "công", "sư", "lữ", "quân", "binh", "liên")
)
_UNION_AFTER = frozenset(("thể", "thanh", "viên", "kết", "luật", "tncs"))

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_COUNTED = "thứ|đợt|khóa|khoá|lần|số|nhóm|vòng|phiên|kỳ|kì|giai đoạn|tổ|lớp"
_ROMAN = re.compile(rf"(?i:\b(?P<noun>{_COUNTED})\s+)?\b(?P<roman>[IVXLC]+)\b(?![.&])")
_ORDINAL = re.compile(r"\bthứ\s+(nhất|nhì|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)\b", re.IGNORECASE)
_ORDINALS = {
    "nhất": 1, "nhì": 2, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10,
}  # fmt: skip
_LETTER = re.compile(r"(?<=[^\W_]\s)(?P<code>[A-HK-X])\b(?!\s?[.&])")
"""A letter of its own ("Bệnh viện A", "lớp B"); Y is a word."""
_CODE = re.compile(r"((?<!\w)[^\W\d]*+\d\w*)")
# Most names have none: this one look spares two that take thirty times as long.
_CAPITALS = re.compile(r"\b[A-X]+\b")
"""A word of capitals alone, as Roman numerals and single letters are."""
_CAPITAL_ENDS = re.compile(r"[A-X]\b")
"""Quicker to look for: the last letter of such a word, or of one like it."""
_NUMBER = re.compile(r"\d+")
_LONGEST = 4_000  # characters of a name; what goes on longer is no name
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


@lru_cache(maxsize=16384)  # saves 0.38 s
def compared_name(text: str, year: int = 0) -> ComparedName:
    """A name in comparing form; `year`, that of its form, says nothing where the name repeats it."""
    plain = clean(text[:_LONGEST])
    if year and str(year) in plain:
        plain = re.sub(rf"(?i:\bnăm\s+)?\b{year}\b", " ", plain)
    capitals = _CAPITALS.search(plain) is not None
    arabic = _ROMAN.sub(_arabic, plain) if capitals else plain
    counted = "thứ" in arabic.lower()
    numbered = _ORDINAL.sub(lambda found: f"thứ {_ORDINALS[found[1].lower()]}", arabic) if counted else arabic
    letters = [found["code"].lower() for found in _LETTER.finditer(numbered)] if capitals else []
    parts = _CODE.split(numbered)  # between the codes, and each second the code itself
    named = _without_codes(" ".join(parts[::2]))
    codes = sorted([*map(_code, parts[1::2]), *letters])
    return ComparedName(named.words, tuple(codes), named.places, localities=named.localities) if codes else named


def numbers_in(text: str, year: int) -> tuple[str, ...]:
    """The numbers in the codes of `compared_name`, sorted: those of the text where nothing is written otherwise.

    `text` is clean, as those of records are. 2 µs where taking the name apart takes 10; most rows of an inbox
    share them with no other.
    """
    plain = text[:_LONGEST]
    if str(year) in plain or _CAPITAL_ENDS.search(plain) or "thứ" in plain.lower():
        plain = " ".join(compared_name(text, year).codes)
    found = _NUMBER.findall(plain)
    if not "".join(found).isascii():
        found = _NUMBER.findall(" ".join(compared_name(text, year).codes))
    return tuple(sorted([number.lstrip("0") for number in found]))


@lru_cache(maxsize=65536)  # saves 0.98 s
def _without_codes(text: str) -> ComparedName:
    """What a name without numbers says; many of an inbox differ in their numbers alone."""
    plain = _one_spelling_of_places(_BRACKETS.sub(_without_country, text))
    named = [word.word for word in written_words(plain)]
    told = [word for word in _told(named) if word not in _PREPOSITIONS]
    generic = set(told) <= _words_of_countries(plain)
    return ComparedName(" ".join(sorted(told or named)), (), provinces_in(plain), generic, _localities(plain))


_LOCALITY = re.compile(
    r"(?i:\b(?:tỉnh|huyện|thị xã|tx|thành phố|tp|quận|xã|phường|thị trấn|"
    r"(?:tỉnh|huyện|thị|thành|quận) (?:[uủ][ỷy]|đoàn)))(?=\.? ?(?P<first>[^\W\d_]+) (?P<second>[^\W\d_]+))"
)


def _localities(text: str) -> frozenset[str]:
    """ "huyện Lệ Thủy" is another than "huyện Minh Hóa", "tỉnh Vân Nam" than "tỉnh Hải Nam"; "xã hội" is none."""
    found = (match.group("first", "second") for match in _LOCALITY.finditer(text))
    return frozenset(
        fold(" ".join(name)) for name in found if all(word[0].isupper() and is_syllable(word) for word in name)
    )


_OPPOSITES = (
    frozenset(("nam", "nữ")),
    frozenset(("bắc", "nam", "đông", "tây", "trung")),
    frozenset(("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")),
    frozenset(("anh", "pháp", "nga", "đức", "nhật", "hàn", "trung", "lào", "thái")),
)
"""Words that tell two names apart where nothing else does: "giảng viên nữ", "ba tỉnh", "tiếng Pháp"."""
_MISSPELLED = 75
"""From how alike on (0 … 100) two proper names may be one: "Savanakhet", "Savannakhet"."""


def told_apart(one: ComparedName, other: ComparedName) -> bool:
    """Whether two names that look alike name different things: "Tập đoàn SK", "Tập đoàn LG"; two districts."""
    if one.words == other.words:
        return False
    if one.localities - other.localities and other.localities - one.localities:
        return True
    mine, theirs = Counter(one.words.split()), Counter(other.words.split())
    left, right = [*(mine - theirs).elements()], [*(theirs - mine).elements()]
    if ("phó" in left) != ("phó" in right):
        return True
    if len(left) == len(right) == 1 and any(left[0] in group and right[0] in group for group in _OPPOSITES):
        return True
    proper = [[word for word in side if len(word) > 1 and not is_syllable(word)] for side in (left, right)]
    return all(proper) and not any(ratio(a, b) >= _MISSPELLED for a in proper[0] for b in proper[1])


def _code(typed: str) -> str:
    """A number or code in comparing form, without leading zeros."""
    folded = fold(typed)
    return _ZEROS.sub("", folded) if "0" in folded else folded


def _words_of_countries(text: str) -> frozenset[str]:
    return frozenset(word for code in read_destinations(text).countries for word in words(country_name(code)))


def _one_spelling_of_places(text: str) -> str:
    """A country has one name ("thăm Mỹ" is "thăm Hoa Kỳ"), and so has a province abroad."""
    for sign in reversed(signs(text)):
        if sign.letter == "C":
            text = f"{text[: sign.start]}{country_name(sign.value)}{text[sign.end :]}"
    return one_spelling_of_provinces(text)


def _without_country(bracket: re.Match[str]) -> str:
    """Nothing for "(Nhật Bản)", what stands in other brackets as it is."""
    inside = bracket[1]
    read = signs(inside)
    only = any(sign.letter == "C" for sign in read) and all(sign.letter in "CNkKLG&,;:-." for sign in read)
    return " " if only else f" {inside} "


def _arabic(found: re.Match[str]) -> str:
    """Arabic numerals for Roman ones ("khóa III" → "khóa 3"); a single letter only behind a word that counts."""
    noun, number = found["noun"] or "", read_roman(found["roman"])
    return f"{noun} {number}" if number and (noun or len(found["roman"]) > 1) else found[0]


def _told(named: list[str]) -> list[str]:
    """The words without the generic ones."""
    told: list[str] = []
    at = 0
    while at < len(named):
        generic = next((g for g in _GENERIC if tuple(named[at : at + len(g)]) == g), ())
        if generic == ("đoàn",) and _is_union(named, at):
            generic = ()
        if not generic:
            told.append(named[at])
        at += len(generic) or 1
    return told


def _is_union(named: list[str], at: int) -> bool:
    before = named[at - 1] if at else ""
    after = named[at + 1] if at + 1 < len(named) else ""
    return before in _UNION_BEFORE or after in _UNION_AFTER


@lru_cache(maxsize=4096)  # saves 0.014 s
def partner_key(text: str) -> str:
    """A partner's own words, its country left out: "Bộ Giáo dục và Thể thao Lào" = "Bộ Giáo dục & Thể thao"."""
    name = partner_words(text)
    named = {fold(country_name(code)) for code in read_destinations(text).countries}
    for country in named:
        name = re.sub(
            rf"(?:\b(?:chdcnd|nước|cộng hòa dân chủ nhân dân) )*\b{re.escape(country)}$", "", name
        ).strip()
    name = name.replace("việt nam", "việt")
    return " ".join(word for word in name.split() if word != "và")


def partner_words(text: str) -> str:
    """A partner's words written out, its country among them: all that tells what kind of body it is."""
    name = " ".join(word.word for word in written_words(_BRACKETS.sub(_without_country, clean(text))))
    return _SCHOOL.sub("", name)


_SCHOOL = re.compile(r"\btrường (?=đại học\b|cao đẳng\b|trung cấp\b|trung học\b)")
