"""The office that a title belongs to (cơ quan của chức vụ), in comparing form: an agency, a locality, one of many.

"Giám đốc Sở" is the head of the agency that sends the form, "Chủ tịch Hội Nông dân huyện" that of its district's.
"""

import re
from functools import lru_cache

from doingoai_cli.vietnamese.agencies import agency_key, commune, locality, stands_apart
from doingoai_cli.vietnamese.people.titles import Title
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import key

# Bodies that name no one agency: "Giám đốc Sở", "Chủ tịch UBND huyện" mean the agency's own.
_OWN = re.compile(
    r"(?:|sở|ban|chi cục|cục|trung tâm|trường|nhà trường|bệnh viện|văn phòng|cơ quan|đơn vị|công ti|viện|hội|"
    r"liên minh|đài|báo|quĩ|đảng ủy|đảng bộ|chi bộ|đảng đoàn)"
    r"(?: (?:sở|ban|cơ quan|đơn vị|trường|nhà trường|ngành))?"
)
# Units that other agencies have: "Giám đốc Trung tâm" is not the head of the Sở that sends the form.
_UNIT = re.compile(r"(?:trung tâm|chi cục|bệnh viện|trường|công ti|viện|trạm|hạt|đồn|báo|đài)\b")
_OWN_DISTRICT = re.compile(
    r"(?:ủy ban nhân dân|hội đồng nhân dân|ban thường vụ|thường trực)? ?(?:huyện|thị|thành)(?: (?:ủy|xã|phố))?"
    r"|quận(?: ủy)?|(?:ủy ban nhân dân|hội đồng nhân dân|đảng ủy|đảng bộ) (?:quận|xã|phường|đặc khu|thị trấn)"
)
_LEVEL = re.compile(r"\b(?:huyện|thị trấn|thị|thành|quận|xã|phường|đặc khu)\b")
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
# Where the province is itself a city, "UBND thành phố" is its own and no district's.
_CITY = re.compile(r"(?:ủy ban nhân dân|hội đồng nhân dân) thành phố|thành ủy")

_CENTRAL_CITIES = frozenset(map(key, names("localities.tsv")["central city"]))


# Heads of an office within a body: their office is the body's, not the body.
_OFFICE_OF_POST = {post: office for office, posts in names("offices-of-posts.tsv").items() for post in posts}
# "Chỉ huy trưởng" of "Bộ CHQS tỉnh", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh" or "BĐBP tỉnh".
_MILITARY = re.compile(r"^(?:(?:bộ |ban )?chỉ huy )*(?:bộ đội )?")
# Offices and inspectorates are part of a department (Sở) and of a district-level locality; the offices of Tỉnh ủy
# and UBND tỉnh, and Thanh tra tỉnh, are agencies of their own.
_STAFF_OFFICES = ("văn phòng", "thanh tra")
_WITH_STAFF_OFFICE = re.compile(r"(?:sở|ban|hội|liên minh|liên đoàn|cục|chi cục|trường|bệnh viện|viện|đài|báo)\b")


@lru_cache(maxsize=4096)  # saves 0.03 s
def office_of(post: str, body: str, agency: str, province: str) -> str:
    """The office that a title belongs to, in comparing form: a district-level locality, or an agency.

    A body that names no agency ("Sở", "UBND huyện") is the agency's own.
    """
    body = body.removesuffix(f" {key(province)}") if province else body
    body = body.removesuffix(" này").strip()
    own = agency_key(agency)
    if province:  # "Trường Đại học Quảng Bình": what is taken from the title's body is taken here too
        own = own.removesuffix(f" {key(province)}")
    if _CITY.search(body) and key(province) in _CENTRAL_CITIES:
        return agency_key(body)
    if _OWN_DISTRICT.fullmatch(body):
        level = _LEVEL.search(body)
        of_commune = level is not None and level[0] in _COMMUNES
        place = commune(agency) or (None if of_commune else locality(agency))
        return place or f"{level[0] if level else body} của {own}"
    within = _OFFICE_OF_POST.get(post.removeprefix("phó "), "")
    office = _own_office(within, body, agency, own)
    if office is None:
        place = None if stands_apart(body) else locality(body) or commune(body)
        if within in _STAFF_OFFICES and (place or _WITH_STAFF_OFFICE.match(body)):
            within = ""
        if place and not within:
            return place
        office = agency_key(body if not within or body.startswith(within) else f"{within} {body}")
    return f"chỉ huy {_MILITARY.sub('', office)}" if within == "chỉ huy" else office


def _own_office(within: str, body: str, agency: str, own: str) -> str | None:
    """The office where the body names none, or no more than the agency's name begins with ("Ban Quản lý")."""
    if not _OWN.fullmatch(body) and not own.startswith((f"{body} ", f"{within} {body} ".lstrip())):
        return None
    unit = _UNIT.match(body or within)
    if unit and unit[0] not in own:
        return f"{unit[0]} của {own}"
    whole = locality(agency) or commune(agency) or own
    return f"{within} {whole}" if within == "phòng" else whole


_ONE_OF_MANY = re.compile(
    r"(?:trung tâm|chi cục|bệnh viện|trường|công ti|viện|trạm|hạt|đồn|báo|đài|huyện|quận|thị|thị xã|thành|xã|"
    r"phường|thị trấn|đặc khu) của "
)
_BARE_LEVEL = re.compile(r"\b(?P<level>huyện|thị xã|(?<!hợp tác )xã|phường|thị trấn|đặc khu)(?: ủy| đoàn)?$")
_PLACE = re.compile(r"\b(?:huyện|thị xã|thành phố|quận|thị|thành)\b(?! đoàn)(?: ủy)?(?: .*)?$")
_COMMUNE = re.compile(r"\b(?:xã|phường|thị trấn|đặc khu)\b(?: .*)?$")
_PARTY = re.compile(r"(?:ban thường vụ |thường trực )?đảng (?:ủy|bộ)")  # "Đảng ủy" of a commune names no place


def seat(title: Title, agency: str, province: str) -> str:
    """The office, and in a district-level locality or a commune the body: HĐND and UBND have a chairman each.

    A body that names no place is the locality's own where it sends the form: every district has a Hội Nông dân.
    """
    office = office_of(title.post, title.body, agency, province)
    home = locality(agency) or commune(agency)
    bare = _BARE_LEVEL.search(office)
    if bare and not (home and home.startswith(f"{bare['level']} ")):
        return f"{bare['level']} của {office}"
    if is_one_of_many(office):
        return office
    body = title.body or (agency_key(agency) if locality(agency) or (home and title.post != "bí thư") else "")
    place = _COMMUNE if _COMMUNE.match(office) else _PLACE
    if home and office != home and _is_local(office, home):
        level_alone = bare is not None and bare[0] == bare["level"]  # "Hội Nông dân huyện", not "Huyện đoàn"
        own = office[: bare.start()].rstrip() if bare and level_alone else office
        return f"{own} {home}"
    if _EVERYBODY_S.fullmatch(office):
        return f"{office} {agency_key(agency)}"
    if not place.search(body):
        return office
    return f"{_PARTY.sub('', place.sub('', body)).strip()} {office}".lstrip()


_A_PLACE = re.compile(r"(?:huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu) (?!đoàn\b|ủy\b)")
# What every agency has, in the form that `agency_key` gives: the one that sends the form is meant.
_EVERYBODY_S = re.compile(
    r"công đoàn(?: (?:ngành|cơ sở|bộ phận))?|đoàn(?: (?:thanh niên|trường|cơ sở))?|hội (?:cựu chiến binh|phụ nữ)|"
    r"hội đồng (?:trường|quản trị|thành viên)|(?:ban )?(?:quản lí )?dự án|trung tâm dịch vụ|"
    r"(?:ban )?(?:tổ chức|thanh tra nhân dân|dân vận|tuyên giáo|kiểm tra)"
)
# What no locality has of its own: the province's and the centre's bodies, and those that name their place.
_WIDER = re.compile(r"sở |bộ |.*\b(?:tỉnh|trung ương|việt nam|quốc gia)\b")


def _is_local(office: str, home: str) -> bool:
    """Whether an office that names no place is one of the locality `home`."""
    named = _A_PLACE.match(office) or locality(office) or commune(office) or home in office
    return not named and not _WIDER.match(office)


def is_one_of_many(office: str) -> bool:
    """Whether `seat` tells no single office: a unit of an agency's, or one of a level and no name."""
    return _ONE_OF_MANY.match(office) is not None
