"""Who travels (người đi): the persons of a delegation, their offices, and when two mentions are one person.

The rules are those of the specification, "Who is a person": a name is a person within one agency; across agencies
the title must agree too; an unnamed post that one person holds is that person.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.checks.alike import DisjointSets
from doingoai_cli.checks.kind import Context
from doingoai_cli.model.records import Trip
from doingoai_cli.vietnamese.agencies import agency_key, commune, locality, stands_apart
from doingoai_cli.vietnamese.people.persons import Person, Title, is_key_leader, is_unique_post, read_people
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import key


class Traveller(NamedTuple):
    """One person of a delegation and the agency that the person belongs to, as printed."""

    person: Person
    agency: str

    @property
    def said(self) -> str:
        """The person as a reader knows him."""
        titles = ", ".join(title.text for title in self.person.titles)
        return " - ".join(part for part in (self.person.name or "", titles) if part)


def travellers(trip: Trip, context: Context) -> tuple[Traveller, ...]:
    """The persons of the leader's cell, and those whom the optional members sheet lists for the delegation."""
    found = [Traveller(person, context.agency) for person in trip.leader.persons]
    listed = context.members_of(trip)
    if not listed:
        return tuple(found)
    known = {key(t.person.name) for t in found if t.person.name}
    for member in listed:
        person = _member(member.name, member.title)
        if person.name and key(person.name) in known:
            continue
        if any(_same_titles(person, t.person) for t in found if not t.person.name):
            continue  # the head, named here and by post only in the form
        found.append(Traveller(person, member.agency or context.agency))
    return tuple(found)


def _member(name: str, title: str) -> Person:
    titles = tuple(t for person in read_people(title).persons for t in person.titles)
    return Person(name or None, titles)


def _same_titles(one: Person, other: Person) -> bool:
    mine, theirs = ({(t.post, t.body) for t in p.titles} for p in (one, other))
    return bool(mine & theirs)


# --- offices -----------------------------------------------------------------------------------------------

# Bodies that name no one agency: "Giám đốc Sở", "Chủ tịch UBND huyện" mean the agency's own.
_OWN = re.compile(
    r"(?:|sở|ban|chi cục|cục|trung tâm|trường|nhà trường|bệnh viện|văn phòng|cơ quan|đơn vị|công ti|viện|hội|"
    r"liên minh|đài|báo|quĩ|đảng ủy|đảng bộ|chi bộ|đảng đoàn)"
    r"(?: (?:sở|ban|cơ quan|đơn vị|trường|nhà trường|ngành))?"
)
# Units that other agencies have: "Giám đốc Trung tâm" is not the head of the Sở that sends the form.
_UNIT = re.compile(r"(?:trung tâm|chi cục|bệnh viện|trường|công ti|viện|trạm|hạt|đồn)\b")
_OWN_DISTRICT = re.compile(
    r"(?:ủy ban nhân dân|hội đồng nhân dân|ban thường vụ|thường trực)? ?(?:huyện|thị|thành)(?: (?:ủy|xã|phố))?"
    r"|quận(?: ủy)?|(?:ủy ban nhân dân|hội đồng nhân dân|đảng ủy|đảng bộ) (?:quận|xã|phường|đặc khu|thị trấn)"
)
_LEVEL = re.compile(r"\b(?:huyện|thị trấn|thị|thành|quận|xã|phường|đặc khu)\b")
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
        return locality(agency) or commune(agency) or f"{level[0] if level else body} của {own}"
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


def same_office(
    leaders: Sequence[Traveller], posts: Sequence[str], province: str
) -> tuple[Traveller, Traveller] | None:
    """The first two of `leaders` who hold key posts in one office (K2.2); None where no two do."""
    holder: dict[str, Traveller] = {}
    for leader in leaders:
        for title in leader.person.titles:
            if title.former or not is_key_leader(Person(None, (title,)), posts):
                continue
            office = office_of(title.post, title.body, leader.agency, province)
            first = holder.setdefault(office, leader)
            if first is not leader:
                return first, leader
    return None


# --- identity ----------------------------------------------------------------------------------------------

PersonKey = tuple[str, ...]
"""Something that tells a person: a name within an agency, a name with a title, a post that one person holds."""


class Identity(NamedTuple):
    """What tells one mention of a person: the keys of the name, those of unique posts, the name."""

    keys: tuple[PersonKey, ...]
    posts: tuple[PersonKey, ...]
    name: str | None


def name_key(traveller: Traveller, agency: str) -> PersonKey | None:
    """The first of the keys of `identity`: the name within an agency (its key); None for an unnamed person."""
    return None if traveller.person.name is None else ("name", agency, key(traveller.person.name))


def identity(traveller: Traveller, agency: str, province: str) -> Identity | None:
    """What tells `traveller`, of agency key `agency`; None: not to be counted (a shared post without a name)."""
    present = [title for title in traveller.person.titles if not title.former]
    held = [(t, _seat(t, traveller.agency, province)) for t in present]
    posts = tuple(("post", t.post, office) for t, office in held if _is_unique(t, office))
    named = name_key(traveller, agency)
    if named is None:
        return Identity((), posts, None) if posts else None
    name = named[-1]
    marks = (named, *(("title", name, t.post, office) for t, office in held))
    return Identity(marks, posts, name)


def _is_unique(title: Title, office: str) -> bool:
    """A unique post, or one whose bare body the office shows to be the agency itself.

    "Giám đốc Bệnh viện" is one person in the hospital's own form, "Trưởng ban" in that of a Ban.
    """
    if _UNIT.match(office) and " của " in office:
        return False
    if is_unique_post(title):
        return True
    kind = title.body or title.post.removeprefix("trưởng ")
    return office.startswith(f"{kind} ") and is_unique_post(title._replace(body=office))


_PLACE = re.compile(r"\b(?:huyện|thị xã|thành phố|quận|thị|thành)\b(?! đoàn)(?: ủy)?(?: .*)?$")
_COMMUNE = re.compile(r"\b(?:xã|phường|thị trấn|đặc khu)\b(?: .*)?$")
_PARTY = re.compile(r"(?:ban thường vụ |thường trực )?đảng (?:ủy|bộ)")  # "Đảng ủy" of a commune names no place


def _seat(title: Title, agency: str, province: str) -> str:
    """The office, and in a district-level locality or a commune the body: HĐND and UBND have a chairman each."""
    office = office_of(title.post, title.body, agency, province)
    of_place = locality(agency) or (title.post != "bí thư" and commune(agency))
    body = title.body or (agency_key(agency) if of_place else "")
    place = _COMMUNE if _COMMUNE.match(office) else _PLACE
    if not place.search(body):
        return office
    return f"{_PARTY.sub('', place.sub('', body)).strip()} {office}".lstrip()


class Persons:
    """Mentions joined into persons."""

    def __init__(self, identities: Sequence[Identity]) -> None:
        self._joined = DisjointSets(one.keys for one in identities)
        holders: dict[PersonKey, set[str]] = {}
        for one in identities:
            for post in one.posts:
                if one.name:
                    holders.setdefault(post, set()).add(one.name)
        for one in identities:
            if one.name is None:
                self._joined.join(one.posts)
                continue
            # A post that two names hold in the run belongs to neither of them for sure.
            self._joined.join((*one.keys[:1], *(p for p in one.posts if len(holders[p]) == 1)))

    def of(self, one: Identity) -> PersonKey:
        """The person's representative key."""
        return self._joined.of((one.keys or one.posts)[0])
