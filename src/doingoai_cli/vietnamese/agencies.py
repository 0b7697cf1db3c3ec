"""Names of agencies and localities made comparable (tên cơ quan, địa phương)."""

import re
from collections.abc import Iterable
from functools import lru_cache

from doingoai_cli.vietnamese.abbreviations import written_out
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import key

_LEVEL = r"(?:tỉnh|huyện|thị xã|thành phố|quận|xã|phường|thị trấn|trung ương)"
_VIET_NAM = re.compile(rf" việt nam(?= {_LEVEL}\b|$)")
_DISTRICT_DOT = re.compile(r"(?<=nhân dân )h (?=\w)")
# "UBND huyện Lệ Thủy, tỉnh Quảng Bình": the province behind a lower level's name says nothing.
_LOWER_LEVEL = re.compile(r"\b(?:huyện|thị|thành|quận|xã|phường) .+(?P<behind> tỉnh)$")
# Agencies that exist at the province's level alone, so that "tỉnh" behind their name says nothing.
_PROVINCIAL = re.compile(r"(?:sở|báo|đài|ban quản lí|ban dân tộc|quỹ) ")
# A district's agencies; a commune (xã, phường, thị trấn) is another level and has no locality here.
_DISTRICT = re.compile(
    r"\b(?:(?P<level>huyện|thị xã|thành phố|quận)(?: ủy| đoàn)?|(?P<short>thị|thành|quận) (?:ủy|đoàn)) "
    r"(?P<name>(?!ủy\b|đoàn\b)\w+(?: (?!tỉnh\b|huyện\b)\w+){0,3})"
)
_COMMUNE = re.compile(r"\b(?:xã|phường|thị trấn) ")
_LONG_LEVEL = {"thị": "thị xã", "thành": "thành phố", "quận": "quận"}


def _read_own_name() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The province's own name behind its level word, and behind a Sở ("tỉnh Quảng Bình", "Sở Y tế Quảng Bình")."""
    table = names("localities.tsv")
    provinces = "|".join(sorted(map(key, table["province"]), key=len, reverse=True))
    shortened = {"".join(word[0] for word in key(name).split()) for name in table["province"]}
    initials = "|".join(sorted(shortened))
    cities = "|".join(sorted(map(key, table["central city"]), key=len, reverse=True))
    behind_level = re.compile(
        rf"\b(tỉnh|tỉnh ủy|tỉnh đoàn) (?:{provinces}|{initials})\b"
        rf"|\b(thành phố|thành ủy|thành đoàn) (?:{cities})\b"
    )
    behind_name = re.compile(rf"(?: (?:tỉnh|thành phố))?(?: (?:{provinces}|{cities}))?$")
    return behind_level, behind_name


_OWN_NAME = _read_own_name()


@lru_cache(maxsize=8192)  # saves 0.35 s
def agency_key(name: str) -> str:
    """What two spellings of one agency have in common.

    Equal keys are the same agency, similar ones are not: UBND = Ủy ban nhân dân, TX. = thị xã, "Sở GD&ĐT" =
    "Sở Giáo dục và Đào tạo", "Sở Y tế tỉnh Quảng Bình" = "Sở Y tế", "UBND tỉnh Quảng Bình" = "UBND tỉnh".
    """
    return body_key(written_out(name))


def body_key(words: str) -> str:
    """`agency_key` of words whose abbreviations are written out already."""
    behind_level, behind_name = _OWN_NAME
    words = " ".join(word for word in words.split() if word != "và")
    words = _DISTRICT_DOT.sub("huyện ", _VIET_NAM.sub("", words))
    words = behind_level.sub(lambda match: match[1] or match[2], words)
    if lower := _LOWER_LEVEL.search(words):
        words = words[: lower.start("behind")]
    return behind_name.sub("", words) if _PROVINCIAL.match(words) else words


def locality(name: str) -> str | None:
    """The district-level locality of an agency or a title: "Huyện ủy Lệ Thủy" -> "huyện lệ thủy".

    None for provincial bodies, for communes, and where the locality is not named ("Bí thư Thị ủy").
    """
    found = _DISTRICT.search(agency_key(name))
    if not found or _COMMUNE.search(agency_key(name), 0, found.start() + 1):
        return None
    level = found["level"] or _LONG_LEVEL[found["short"]]
    return f"{level} {found['name']}"


# The Party committee, council and committee of a commune, whose leaders are leaders of one locality.
_OF_COMMUNE = re.compile(
    r"(?:thường trực |ban thường vụ )?(?:ủy ban nhân dân|hội đồng nhân dân|đảng ủy|đảng bộ)"
    r" (?P<commune>(?:xã|phường|thị trấn|đặc khu) \w+(?: (?!huyện\b|thị xã\b|thành phố\b|tỉnh\b)\w+){0,4})"
)


def commune(name: str) -> str | None:
    """The commune of an agency or a title: "Đảng ủy xã Dân Hóa" -> "xã dân hóa"; None where it names none."""
    found = _OF_COMMUNE.match(agency_key(name))
    return found["commune"] if found else None


def similar_agencies(name: str, agencies: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The `agencies` spelt most like `name`, best first, for "có phải …?"; never a ground to take two for one."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        agency_key(name),
        list(agencies),
        scorer=fuzz.token_sort_ratio,
        processor=agency_key,
        limit=limit,
        score_cutoff=70,
    )
    return tuple(agency for agency, _, _ in found)
