"""Names of agencies and localities made comparable (tên cơ quan, địa phương)."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from doingoai_cli.grouping import grouped
from doingoai_cli.vietnamese.abbreviations import written_out
from doingoai_cli.vietnamese.fuzzy import most_alike
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import key

_LEVEL = r"(?:tỉnh|huyện|thị xã|thành phố|quận|xã|phường|thị trấn|trung ương)"
_VIET_NAM = re.compile(rf" việt nam(?= {_LEVEL}\b|$)")
_DISTRICT_DOT = re.compile(r"(?<=nhân dân )h (?=\w)")
# "UBND huyện Lệ Thủy, tỉnh Quảng Bình": the province behind a lower level's name says nothing.
_LOWER_LEVEL = re.compile(r"\b(?:huyện|thị|thành|quận|xã|phường) .+(?P<behind> tỉnh)$")
# Agencies that exist at the province's level alone, so that "tỉnh" behind their name says nothing.
_PROVINCIAL = re.compile(r"(?:sở|báo|đài|ban quản lí|ban dân tộc|quĩ) ")
# "Phòng Nội vụ UBND huyện Lệ Thủy" is "Phòng Nội vụ huyện Lệ Thủy"; "Văn phòng UBND huyện" is an office's name.
_OF_DISTRICT = re.compile(
    r"^(?P<unit>(?:phòng|trung tâm|đội|ban|trạm|thanh tra)\b.*?) (?:thuộc |trực thuộc )?ủy ban nhân dân"
    r"(?= (?:huyện|thị xã|thành phố|quận)\b)"
)
# "BCHQS huyện Lệ Thủy": a district's command is a Ban.
_OF_DISTRICT_FORCES = re.compile(r"^bộ(?= chỉ huy quân sự (?:huyện|thị xã|thành phố|quận|xã|phường|thị trấn) )")
# "Ban Dân tộc UBND tỉnh" is "Ban Dân tộc": a province has one.
_OF_COMMITTEE = re.compile(
    r"^(?P<unit>(?:ban|trung tâm|sở|quĩ|đài) .+?) (?:thuộc |trực thuộc )?ủy ban nhân dân tỉnh$"
)
_OF_PROVINCE = re.compile(r"\b(?:tỉnh|trung ương)\b")
_GENERIC = re.compile(
    r"(?:văn phòng|phòng|ban|trung tâm|đội|trạm|tổ|bộ phận|thanh tra|hội đồng|khoa|đảng ủy|công đoàn|"
    r"đoàn thanh niên)\b"
)
_BARE_COMPANY = re.compile(
    r"(?:tổng )?công ti(?: (?:tnhh|trách nhiệm hữu hạn|mtv|(?:một|hai|1|2) thành viên|cổ phần|cp|nhà nước|"
    r"liên doanh))*|tập đoàn|chi nhánh"
)
_BODY = re.compile(
    r"\b(?:ủy ban nhân dân|hội đồng nhân dân|quốc hội|(?:tỉnh|huyện|thị|thành|quận) (?:ủy|đoàn)|sở|cục|tổng cục|"
    r"bộ|viện|tỉnh|huyện|thị xã|thành phố|quận|xã|phường|thị trấn|trường|đại học|học viện|bệnh viện|công ti|cảng|"
    r"vườn quốc gia|khu kinh tế|trung ương|mặt trận)\b"
)
_OPENS_AS_BODY = re.compile(rf"(?:{_BODY.pattern}|(?:văn phòng|phòng|ban|trung tâm)\b)")
_LEVELS = re.compile(
    r"\b(?:tỉnh|thành phố|tp|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu|địa phương|khu vực|việt nam|trực thuộc|"
    r"trung ương|tên|mã|đồng hới|ba đồn|lệ thủy|bố trạch|quảng trạch|tuyên hóa|minh hóa|đông hà|và)\b"
)
_TIME = re.compile(r"(?:ngày|tháng|quí|năm|giờ|tuần|6 tháng|9 tháng|thứ \w+ ngày) ?(?:\d|[ivx]+\b|$|đầu\b|cuối\b)")
# A district's agencies; a commune (xã, phường, thị trấn) is another level and has no locality here.
_DISTRICT = re.compile(
    r"\b(?:(?P<level>huyện|thị xã|thành phố|quận)(?: ủy| đoàn)?|(?P<short>thị|thành|quận) (?:ủy|đoàn)) "
    r"(?P<name>(?!ủy\b|đoàn\b)\w+(?: (?!tỉnh\b|huyện\b)\w+){0,3})"
)
_COMMUNE = re.compile(r"\b(?:xã|phường|thị trấn) ")
_LONG_LEVEL = {"thị": "thị xã", "thành": "thành phố", "quận": "quận"}


def _any_of(*ranks: str) -> str:
    """The localities of some ranks as a pattern, the longest first."""
    listed = (key(name) for rank in ranks for name in names("localities.tsv")[rank])
    return "|".join(sorted(set(listed), key=lambda name: (-len(name), name)))


_PLACES = _any_of("province", "central city")
_INITIALS = "|".join(
    sorted({"".join(word[0] for word in name.split()) for name in _any_of("province").split("|")})
)
# The province's own name behind its level word, and behind a Sở ("tỉnh Quảng Bình", "Sở Y tế Quảng Bình").
_BEHIND_LEVEL = re.compile(
    rf"\b(tỉnh|tỉnh ủy|tỉnh đoàn) (?:{_any_of('province')}|{_INITIALS})\b"
    rf"|\b(thành phố|thành ủy|thành đoàn) (?:{_any_of('central city')})\b"
)
_PLACE_BEHIND = re.compile(rf"(?:{_PLACES})$")
_BEHIND_NAME = re.compile(rf"(?: (?:tỉnh|thành phố))?(?: (?:{_PLACES}))?$")


@lru_cache(maxsize=8192)  # saves 0.35 s
def agency_key(name: str) -> str:
    """What two spellings of one agency have in common.

    Equal keys are the same agency, similar ones are not: UBND = Ủy ban nhân dân, TX. = thị xã, "Sở GD&ĐT" =
    "Sở Giáo dục và Đào tạo", "Sở Y tế tỉnh Quảng Bình" = "Sở Y tế", "UBND tỉnh Quảng Bình" = "UBND tỉnh". Where
    agencies of two provinces meet, `keys_apart` tells them apart.
    """
    return body_key(written_out(name))


@lru_cache(maxsize=4096)  # saves 0.03 of 3.5 s of 200 files: a body has several leaders
def body_key(words: str) -> str:
    """`agency_key` of words whose abbreviations are written out already."""
    words = _with_place(words)
    words = _BEHIND_LEVEL.sub(lambda match: match[1] or match[2], words)
    if lower := _LOWER_LEVEL.search(words):
        words = words[: lower.start("behind")]
    words = _OF_COMMITTEE.sub(r"\g<unit>", words)
    return _BEHIND_NAME.sub("", words) if _PROVINCIAL.match(words) else words


def _with_place(words: str) -> str:
    """The words of a name in one spelling, its province still in it."""
    words = " ".join(word for word in words.split() if word != "và")
    words = _DISTRICT_DOT.sub("huyện ", _VIET_NAM.sub("", words))
    words = _OF_DISTRICT_FORCES.sub("ban", words)
    return _OF_DISTRICT.sub(r"\g<unit>", words)


def place_left_out(name: str) -> str:
    """The province or central city that `agency_key` leaves out of a name ("Sở Y tế Nghệ An"); "" for none."""
    words, key_words = _with_place(written_out(name)).split(), agency_key(name).split()
    found = _PLACE_BEHIND.search(" ".join(word for word in words if word not in key_words))
    return found[0] if found else ""


def keys_apart(agencies: Iterable[str]) -> Mapping[str, str]:
    """The keys of agencies that meet, by name: with their place where two of one name say different places.

    A place is dropped only where one side names none: "Sở Y tế" is "Sở Y tế Nghệ An" unless "Sở Y tế Hà Tĩnh" is
    there as well.
    """
    keys: dict[str, str] = {}
    for shared, alike in grouped((agency_key(name), name) for name in dict.fromkeys(agencies)).items():
        places = {name: place_left_out(name) for name in alike} if len(alike) > 1 else {}
        apart = len({*places.values()} - {""}) > 1
        keys |= {name: f"{shared} {places[name]}".strip() if apart else shared for name in alike}
    return keys


_LONGEST = 1_000  # characters of a name or a line


def is_generic(name: str) -> bool:
    """Whether a name has no body and no place of its own: "Phòng Nội vụ", "Văn phòng", "Công ty TNHH MTV"."""
    words = _with_place(written_out(name))
    if _BARE_COMPANY.fullmatch(words):
        return True
    if _GENERIC.match(words) is None:
        return False
    return _BODY.search(words) is None and re.search(rf"\b(?:{_PLACES})\b", words) is None


def is_provincial(name: str) -> bool:
    """Whether a province has one agency of the name: "Sở Y tế", "Công an tỉnh"; not "Phòng Y tế"."""
    words = agency_key(name)
    return bool(_PROVINCIAL.match(words) or _OF_PROVINCE.search(words) or place_left_out(name))


def opens_with_body(name: str) -> bool:
    """Whether a text begins as an agency's name does: "Sở Y tế", "UBND huyện", "Phòng Nội vụ"."""
    return words_open_with_body(written_out(name))


def words_open_with_body(words: str) -> bool:
    """The same of words that are written out already."""
    return _OPENS_AS_BODY.match(words) is not None


def is_place_or_time(text: str) -> bool:
    """Whether a text is a place, a time or the heading of a column of places, and so no agency's name."""
    words = key(text[:_LONGEST])
    rest = re.sub(rf"\b(?:{_PLACES})\b", " ", _LEVELS.sub(" ", words))
    return not rest.split() or _TIME.match(words) is not None


def locality(name: str) -> str | None:
    """The district-level locality of an agency or a title: "Huyện ủy Lệ Thủy" -> "huyện lệ thủy".

    None for provincial bodies, for communes, and where the locality is not named ("Bí thư Thị ủy").
    """
    found = _DISTRICT.search(agency_key(name))
    if not found or _COMMUNE.search(agency_key(name), 0, found.start() + 1):
        return None
    level = found["level"] or _LONG_LEVEL[found["short"]]
    return f"{level} {found['name']}"


# What sits in a district and belongs to a body of the province or the centre.
_OF_THE_PROVINCE = re.compile(
    r"(?:bệnh viện|trung tâm y tế|trường|công an|tòa án|viện kiểm sát|chi cục|(?:ban|bộ) chỉ huy quân sự|kho bạc|"
    r"bảo hiểm xã hội|ngân hàng|đồn|hạt kiểm lâm|hải quan|công ti|chi nhánh)\b"
)


def stands_apart(name: str) -> bool:
    """Whether a body in a district is no part of the district's own apparatus: a hospital, the police, a court."""
    return _OF_THE_PROVINCE.match(agency_key(name)) is not None


# The Party committee, council and committee of a commune, whose leaders are leaders of one locality.
_OF_COMMUNE = re.compile(
    r"(?:thường trực |ban thường vụ )?(?:ủy ban nhân dân|hội đồng nhân dân|đảng ủy|đảng bộ)"
    r" (?P<commune>(?:xã|phường|thị trấn|đặc khu) \w+(?: (?!huyện\b|thị xã\b|thành phố\b|tỉnh\b)\w+){0,4})"
)


def commune(name: str) -> str | None:
    """The commune of an agency or a title: "Đảng ủy xã Dân Hóa" -> "xã dân hóa"; None where it names none."""
    found = _OF_COMMUNE.match(agency_key(name))
    return found["commune"] if found else None


def similar_agencies(name: str, agencies: Iterable[str]) -> tuple[str, ...]:
    """The three `agencies` spelt most like `name`, best first, for "có phải …?"; they are not taken for one."""
    return most_alike(agency_key(name), list(agencies), least=70, most=3, by=agency_key)
