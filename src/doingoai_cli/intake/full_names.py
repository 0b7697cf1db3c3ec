"""Names of a letterhead put together (tên cơ quan đầy đủ): what a line leaves open stands in the line above it."""

import re
from collections.abc import Sequence

from doingoai_cli.intake.column_words import names_no_agency
from doingoai_cli.vietnamese.agencies import is_generic, is_place_or_time, locality
from doingoai_cli.vietnamese.people.names import surnames
from doingoai_cli.vietnamese.text import fold

_BODY_BEHIND = re.compile(
    r"(?P<own>.+?) (?:(?:UBND|HĐND|ỦY BAN|UỶ BAN|HỘI ĐỒNG|SỞ|CỤC|TRƯỜNG|BỆNH VIỆN|CÔNG TY|VIỆN|ĐẢNG ỦY)\b"
    r"|\S+ (?:ỦY|UỶ)\b).*",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(r"(?:ubnd|ủy ban nhân dân)\b")
_ORGAN = re.compile(
    r"(?:ban chấp hành|bch|ban thường vụ|btv|chi nhánh|ban đại diện)"
    r"(?: (?:tỉnh|huyện|thị xã|thành phố|tp\.?|quận|xã|phường|đặc khu|khu vực|miền|số \d+)\b.*)"
)
"""What a body has in every province or district: "Ban Chấp hành tỉnh Quảng Bình" is of women or youth."""
_OFFICE = re.compile(r"văn phòng|thanh tra|ban tổ chức|phòng\b.*")
"""Names that several bodies of a province have."""
# A body whose place the name leaves out: "Văn phòng HĐND và UBND", "Ban Dân vận Huyện ủy", "Phòng Nội vụ huyện".
_UNPLACED = re.compile(
    r".+\b(?:(?P<council>ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân)"
    r"|(?P<level>huyện|thị|thành|quận) ủy|(?P<named>huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu))"
)
_PLACED = re.compile(
    r"(?:(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|đảng bộ|ban chấp hành đảng bộ) )?"
    r"(?P<whole>(?P<level>(?:huyện|thị|thành|quận) ủy|huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu|tỉnh)"
    r"(?P<place> .+))"
)


# What is no part of a name: an address, a telephone, a stamp, a remark.
_NO_PART = re.compile(
    r".*(?:[:@(]|\d{4}|\d\s*/\s*\d)|(?:đt|đ/c|tel|fax|địa chỉ|điện thoại|(?:tuyệt |tối )?mật|khẩn|hỏa tốc|dự thảo|"
    r"bản|gửi|lần|ghi chú|thực hiện)\b"
)
_LONGEST_PERSON = 4


def continues_name(name: str, text: str, *, unfinished: bool) -> bool:
    """Whether a line is a further part of the name above it, and no address, stamp or person below it."""
    if _NO_PART.match(fold(text)):
        return False
    if unfinished or is_place_or_time(text):
        return True
    return text.isupper() if name.isupper() else not is_person(text)


def is_person(text: str) -> bool:
    """Whether a text is a person's name: a surname and up to three words behind it."""
    words = text.split()
    return 0 < len(words) <= _LONGEST_PERSON and fold(words[0]) in surnames("strong")


_ABBREVIATED = re.compile(r"(?P<name>.+?)\s*\((?P<letters>[^\W\d_]{2,12})\)")


def without_abbreviation(name: str) -> str:
    """A name without its own first letters behind it: "Sở Y tế (SYT)" is "Sở Y tế"."""
    match = _ABBREVIATED.fullmatch(name)
    if match is None:
        return name
    first = "".join(word[0] for word in re.findall(r"\w+", fold(match["name"])) if word != "và")
    return match["name"] if fold(match["letters"]) == first else name


def own_part(name: str) -> str:
    """A name without the body that the letterhead put behind it ("PHÒNG NỘI VỤ UBND HUYỆN LỆ THỦY")."""
    match = _BODY_BEHIND.fullmatch(" ".join(name.split()))
    return match["own"] if match and is_generic(match["own"]) else name


def full_name(names: Sequence[str]) -> str:
    """The lowest of the names of a letterhead; without a body or place it takes in the name above it."""
    if not names:
        return ""
    *above, name = names
    if names_no_agency(name):
        return full_name(above)
    if above and (placed := _with_place(name, full_name(above))):
        return placed
    if above and _ORGAN.fullmatch(fold(name)):
        return f"{full_name(above)} {name}"
    parent = full_name(above) if above and is_generic(name) else ""
    of_province = _COMMITTEE.match(fold(parent)) is not None and locality(parent) is None
    needless = of_province and _OFFICE.fullmatch(fold(name)) is None
    return f"{name} {parent}" if parent and not needless else name


def _with_place(name: str, parent: str) -> str:
    """ "VĂN PHÒNG HUYỆN ỦY" below "HUYỆN ỦY LỆ THỦY" with its place; "" where it asks for none.

    Offices of two districts are two agencies, though each calls itself "Văn phòng Huyện ủy".
    """
    parent = " ".join(parent.split())
    open_, placed = _UNPLACED.fullmatch(fold(" ".join(name.split()))), _PLACED.fullmatch(fold(parent))
    if open_ is None or placed is None:
        return ""
    if open_["council"]:
        return "" if placed["level"].endswith("ủy") else f"{name} {parent[placed.start('whole') :]}"
    same = placed["level"].removesuffix(" ủy").startswith(open_["level"] or open_["named"])
    return f"{name}{parent[placed.start('place') :]}" if same else ""
