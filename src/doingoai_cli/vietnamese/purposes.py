"""Purposes of delegations (mục đích, danh nghĩa): what their words say of who leads them.

Central bodies are named by DR11's exception (seed 000, K2.5): "do Trung ương/Bộ/Ban Đảng/Quốc hội/Chính phủ …
tổ chức", "tháp tùng". A foreign ministry and a province's own "Bộ Chỉ huy" are none.
"""

import re
from functools import lru_cache

from doingoai_cli.vietnamese.places.countries import read_destinations
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import fold

# --- short forms of the centre written out (TƯ, T.Ư, TW, TU) --------------------------------------

_SYLLABLES_OF_WORDS = "PHÁP|VẤN|NHÂN|LỆNH|TƯỞNG|CÁCH|LIỆU|THỤC|SẢN|DUY|THẾ|GIA|CHẤT|TÚC|THƯƠNG"  # "TƯ PHÁP"
_CENTRE = re.compile(rf"\b[Tt]\. ?[ƯưWw]\b\.?|\bTƯ\b(?! (?:{_SYLLABLES_OF_WORDS})\b)|\b[Tt][Ww]\b")
_SIGNS_OF_CENTRE = ("TƯ", "T.", "t.", "W", "w")
_OF_THE_PROVINCE = (
    r"(?:bí thư|lãnh đạo|lđ|thường trực|thường vụ|bt|pbt|btv|tt|uv|uvtv|uvbtv|ủy viên|văn phòng|vp|ban cán sự)"
)
_TU = re.compile(rf"(?P<before>\b{_OF_THE_PROVINCE} )?\bTU\b", re.IGNORECASE)


def _written_centre(text: str) -> str:
    """`text` with the short forms written out: "do T.Ư tổ chức" -> "do Trung ương tổ chức"; "LĐ TU": Tỉnh ủy."""
    if any(sign in text for sign in _SIGNS_OF_CENTRE):  # most texts have none
        text = _CENTRE.sub("Trung ương", text)
    return _TU.sub(_province_or_centre, text) if "TU" in text else text


def _province_or_centre(match: re.Match[str]) -> str:
    if not match[0].endswith("TU"):
        return match[0]  # "tu sửa", "tu nghiệp"
    return f"{match['before']}Tỉnh ủy" if match["before"] else "Trung ương"


# A central body, from its first word on; as everywhere here in folded spelling ("công ti").
_CENTRAL_BODIES = (
    r"(?:\w+[ ,]+){0,6}?trung ương\b",
    r"(?:các )?bộ,? ngành\b",
    r"các bộ\b",
    r"ban,? bộ,? ngành\b",
    r"(?:các )?ban đảng\b",
    r"bộ (?!chỉ huy\b|chqs\b|đội\b|phận\b|môn\b|máy\b|hồ sơ\b|tư lệnh vùng\b|phim\b)\w+",
    r"(?:(?:đoàn đại biểu|đại biểu|văn phòng|đảng đoàn|ủy ban|ub|hội đồng|hđdt) (?:\w+[ ,]+){0,8}?)?quốc hội\b",
    r"(?:văn phòng |thanh tra )?chính phủ\b",
    r"văn phòng chủ tịch nước\b",
    r"chủ tịch (?:nước|quốc hội)\b",
    r"(?:phó )?thủ tướng\b",
    r"tổng bí thư\b",
    r"lãnh đạo (?:cấp cao|đảng)\b",
    r"nhà nước\b",
    r"ban (?:đối ngoại|bí thư)\b",
    r"ủy ban (?:dân tộc|trung ương)\b",
    r"(?:tổng cục|cục|viện hàn lâm|học viện|ban chỉ đạo|bcđ|tổng liên đoàn|kiểm toán nhà nước)\b",
    r"(?:ngân hàng nhà nước|vcci|phòng thương mại|thông tấn xã|ttxvn|kho bạc nhà nước|quân khu)\b",
    r"vụ (?:\w+[ ,]+){1,6}?bộ\b",
    r"(?:đài (?:truyền hình|tiếng nói) việt nam|đài tnvn|đài thvn|vtv|vov|vusta|vufo)\b",
    r"(?:tòa án|viện kiểm sát)(?: nhân dân)? tối cao\b",
    r"(?:(?:tand|vks(?:nd)?) ?(?:tối cao|tc)|tlđlđ(?:vn)?|ktnn|nhnn|ubdt|(?:ub)?mttqvn)\b",
    r"(?:ubtvqh|vp(?:cp|qh|ctn|tw))\b",
    r"(?:hội|liên minh|liên hiệp|liên đoàn|hiệp hội|tổng hội|tổng lđlđ|mặt trận|(?:ub)?mttq|ủy ban|ub|lh|viện|"
    r"bảo hiểm|bhxh) "
    r"(?:\w+[ ,]+){0,6}?(?:việt nam|vn)\b",
)
_CENTRAL = re.compile("|".join(_CENTRAL_BODIES))
# Words of a province within an agent: "Cục Thuế tỉnh", "Đoàn đại biểu Quốc hội tỉnh", "Sở … Việt Nam".
_LOCAL = re.compile(r"\b(?:tỉnh|huyện|thị xã|thành phố|sở|ubnd|ủy ban nhân dân|công ti|tập đoàn|doanh nghiệp)\b")
_ORGANISES = r"(?:chủ trì|tổ chức|thành lập|mời|cử|làm trưởng đoàn|dẫn đầu|triệu tập)"
_BY_AGENT = re.compile(rf"(?<!tự )(?<!không )\bdo ([^;.\n]{{2,90}}?)\s*,?\s*\b{_ORGANISES}\b")
_JOINED = re.compile(
    r"(?:^\W{0,3}|\b(?:tham gia|đi cùng|theo|cùng|tháp tùng|thành phần|thành viên) (?:\w+ ){0,3}?)"
    r"đoàn (?:(?:công tác|đại biểu|liên ngành|cấp cao|đối ngoại|của|do|các) )*(?=([^;.,\n]{2,60}))"
)
_WITH = re.compile(r"\b(?:tham gia|đi) (?:cùng|với|theo) (?=([^;.,\n]{2,60}))")
_ESCORT = re.compile(r"\btháp tùng ?([^;.,\n]{0,60})")
_SCHEME_165 = re.compile(r"\b(?:đoàn|đề án) (?:đề án )?165\b")
# Where the delegation goes is no part of the body's name: "Bộ Y tế tại Nhật Bản", but "Bộ Y tế Nhật Bản".
_GOES = re.compile(r"\b(?:tại|ở|sang|đến|thăm|đi|dự|làm việc)\b")
# "Tổ chức" within a body's name is no verb.
_NAMES_WITH_VERBS = re.compile(r"\bban tổ chức\b|\bcác tổ chức\b|\btổ chức (?:hữu nghị|quốc tế|phi chính phủ)\b")


def organised_centrally(text: str) -> bool:
    """Whether `text` says that a central body organises the delegation, or that it escorts one (tháp tùng)."""
    written = fold(_written_centre(text))
    flat = _without_verbs(written)
    if "165" in flat and _SCHEME_165.search(flat):
        return True
    if "tháp tùng" in flat and any(not _LOCAL.search(match[1]) for match in _ESCORT.finditer(flat)):
        return True
    return any(map(_is_central, _agents(flat))) or any(_is_central(match[1]) for match in _WITH.finditer(flat))


def _agents(flat: str) -> list[str]:
    """The words from which on those may stand who organise the delegation or lead the one that was joined."""
    signs = (("do ", _BY_AGENT), ("đoàn ", _JOINED))
    return [match[1] for sign, pattern in signs if sign in flat for match in pattern.finditer(flat)]


def _without_verbs(flat: str) -> str:
    """A folded text in whose names of bodies no verb stands."""
    if "tổ chức" not in flat:
        return flat
    return _NAMES_WITH_VERBS.sub(lambda match: match[0].replace("tổ chức", "tổchức"), flat)


def _is_central(agent: str) -> bool:
    """Whether the words begin with a central body of Viet Nam."""
    body = _CENTRAL.match(agent)
    if body is None:
        return False
    named = _GOES.split(agent[: body.end() + 25])[0]
    return not _LOCAL.search(named) and not read_destinations(named.replace("việt nam", "")).countries


def organised_elsewhere(text: str, own: str = "") -> bool:
    """Whether `text` says that another province of Viet Nam than `own` organises or leads the delegation."""
    flat = _without_verbs(fold(text))
    mine = fold(own)
    named = ((agent, set(_PROVINCE.findall(agent)) - {mine}) for agent in _agents(flat))
    return any(others and not read_destinations(agent).countries for agent, others in named)


_PROVINCES = [fold(name) for rank in ("province", "central city") for name in names("localities.tsv")[rank]]
_PROVINCE = re.compile(rf"\b(?:{'|'.join(map(re.escape, _PROVINCES))})\b")
"""The provinces and cities of Viet Nam, as they compare."""


def only_joined(name: str, nature: str, activities: str, own: str = "") -> bool:
    """Whether the province `own` only joined the delegation, else led it (seed 001, III.1, Lưu ý (i)).

    A central body or another locality led the delegation that it joined.
    """
    return any(_joined(text, own) for text in (name, nature, activities))


@lru_cache(maxsize=8192)  # saves 0.1 s of a report of 1,200 rows: figures ask again, natures come again
def _joined(text: str, own: str) -> bool:
    return organised_centrally(text) or organised_elsewhere(text, own)
