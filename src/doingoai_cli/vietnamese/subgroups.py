"""Numbers of a cell of delegates that count a part of them by another trait than where they come from.

"20 đại biểu, trong đó có 05 diễn giả", "Lào 15 (02 nữ)": a number beside a country or region is that country's;
one beside a rank, a sex, "trực tuyến" or "quốc tịch" is a subgroup's, and no part of the sum.
"""

import re

from doingoai_cli.vietnamese.places.countries import read_destinations
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import Phrases, key

_TRAITS = Phrases(names("delegate-traits.tsv")["trait"])
_NATIONALITY = re.compile(r"\bquốc tịch (?!nước ngoài\b)")
_BRACKET = re.compile(r"\(([^()]*)\)")
_PARTS = re.compile(r"(?:[;,\n]|\.(?=\s|$))\s*|(?=\btrong đó\b)|(?=\btrong số (?:đó|này)\b)", re.IGNORECASE)
_AMONG = re.compile(r"\s*(?:trong (?:đó|số (?:đó|này))|có|kể cả|gồm cả)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


def without_subgroups(text: str) -> str:
    """A cell of delegates without the numbers of subgroups; the cell itself where it holds nothing else."""
    bare = _BRACKET.sub(lambda match: " " if _is_subgroup(match[1], among=False) else match[0], text)
    if not _DIGIT.search(bare):
        return text
    kept = ""
    start = 0
    for mark in (*_PARTS.finditer(bare), None):
        end = mark.start() if mark else len(bare)
        part = bare[start:end]
        if not (kept and _is_subgroup(part, among=_AMONG.match(part) is not None)):
            kept += part + (mark[0] if mark else "")
        elif part.count("(") != part.count(")"):  # the bracket that it began or ended stays closed
            kept += ")" if part.count(")") > part.count("(") else ""
        start = mark.end() if mark else end
    kept = kept.rstrip(" ,;\n")
    return kept if _counts_delegates(kept) else text


def _is_subgroup(part: str, *, among: bool) -> bool:
    """Whether the numbers of a part of a cell stand beside no country: beside a trait, or among those counted."""
    if not _DIGIT.search(part):
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
    return bool(_DIGIT.search(text)) and (bool(places.countries or places.vague) or _is_whole(text))


def _is_whole(text: str) -> bool:
    """Whether a number stands for all: alone, or beside nothing but words for delegates."""
    return re.search(r"\b(?:nam|nữ|trực tuyến|trực tiếp|online)\b", key(text)) is None
