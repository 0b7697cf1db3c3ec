"""Persons and titles of a leader's cell (trưởng đoàn, thành viên): who is one person, who are two.

Persons are separated by ";", a line break, "và", "cùng", or a second personal name; "và" inside an agency's name
("Sở Văn hóa và Thể thao") separates nothing. A cell's case carries no meaning: offices write names in capitals.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.agencies import commune, locality
from doingoai_cli.vietnamese.people.mentions import BREAKS, PersonPart, items
from doingoai_cli.vietnamese.people.titles import Title, is_unique_post, may_be_one, parse_title
from doingoai_cli.vietnamese.text import clean

__all__ = [
    "People", "Person", "Title", "is_unique_post", "read_people",
]  # fmt: skip


class Person(NamedTuple):
    """One person of a cell: a name as typed (without forms of address), titles, or both.

    `undecided`: only one of several goes ("Giám đốc hoặc Phó Giám đốc Sở").
    """

    name: str | None
    titles: tuple[Title, ...]
    undecided: bool = False

    def has_title(self, *titles: str) -> bool:
        """Whether one of the person's present titles is, as a whole, one of `titles`.

        "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh" has "Chủ tịch UBND tỉnh"; deputies, former holders and the
        chairmen of other bodies have not.
        """
        wanted = {(title.post, title.body) for title in map(parse_title, titles) if title}
        return any((title.post, title.body) in wanted for title in self.titles if not title.former)


class People(NamedTuple):
    """A leader's cell as read: the persons in the order of mention, the head of the delegation first."""

    text: str
    persons: tuple[Person, ...]


@lru_cache(maxsize=16384)  # saves 2.2 s
def read_people(text: str) -> People:
    """Who is named in `text`; text that names nobody gives no persons. Never raises."""
    persons = [person for group in _groups(items(clean(text))) for person in _persons(group)]
    return People(text, tuple(_filled(persons) if len(persons) > 1 or _undecided(persons) else persons))


def _undecided(persons: Sequence[Person]) -> bool:
    return any(person.undecided for person in persons)


def _parts(read: Sequence[PersonPart]) -> Iterator[tuple[bool, list[PersonPart]]]:
    """The items between two breaks, and whether they begin on a line of their own (or behind ";")."""
    line = False
    part: list[PersonPart] = []
    for item in read:
        if item.kind in BREAKS:
            if part:
                yield line, part
            line, part = item.kind == "line", []
        else:
            part.append(item)
    if part:
        yield line, part


def _groups(read: Sequence[PersonPart]) -> list[list[PersonPart]]:
    """The parts; a name alone and the titles on the lines under it are one, and titles with the name below."""
    groups: list[list[PersonPart]] = []
    open_name = False
    for line, part in _parts(read):
        kinds = {item.kind for item in part}
        if line and open_name and kinds == {"title"}:
            groups[-1] += part
            continue
        name_alone = kinds == {"name"} and len(part) == 1
        if line and name_alone and groups and all(item.kind == "title" for item in groups[-1]):
            groups[-1] += part
            open_name = False
            continue
        groups.append(part)
        open_name = name_alone
    return groups


def _persons(group: list[PersonPart]) -> Iterator[Person]:
    """The persons of one group."""
    named = [item for item in group if item.kind == "name"]
    if len(named) > 1:
        yield from _several(group)
        return
    titles = [item.title for item in group if item.title]
    undecided = any(item.instead for item in group)
    if named:
        yield Person(named[0].text, tuple(titles), undecided)
        return
    start = 0
    for at in range(1, len(titles) + 1):
        another = at < len(titles) and _begins_another(titles, start, at)
        undecided = undecided or (another and group[at].alternative)
        if at == len(titles) or (another and not group[at].alternative):
            yield from [Person(None, tuple(titles[start:at]), undecided)] * _holders(group[start:at])
            start = at


def _begins_another(titles: Sequence[Title], start: int, at: int) -> bool:
    """Whether title `at` is not one more of the person whose titles begin at `start`."""
    return any(_another_person(before, titles[at]) for before in titles[max(start, at - _MOST_TITLES) : at])


def _holders(group: list[PersonPart]) -> int:
    """How many persons are meant: "02 Phó Giám đốc Sở" are two, "02 Giám đốc sở" lead two offices."""
    return max((item.holders for item in group if item.title and item.title.post.startswith("phó ")), default=1)


def _another_person(one: Title, other: Title) -> bool:
    """Nobody is head and deputy of the same body: "Giám đốc Sở Y tế, Phó Giám đốc Sở" are two."""
    posts = one.post.removeprefix("phó "), other.post.removeprefix("phó ")
    related = one.post != other.post and (posts[0] == posts[1] or {*posts} in _SIDE_BY_SIDE)
    return related and may_be_one(one.body, other.body) and not one.former and not other.former


_MOST_TITLES = 12  # of one person

# Two heads of one body, whom no one person is (thủ trưởng quân sự và chính trị).
_SIDE_BY_SIDE = (
    {"chính ủy", "chỉ huy trưởng"},
    {"chính ủy", "tư lệnh"},
    {"chính trị viên", "chỉ huy trưởng"},
    {"chính trị viên", "đồn trưởng"},
)


def _filled(persons: list[Person]) -> Iterator[Person]:
    """ "Giám đốc và Phó Giám đốc Sở Y tế": the body that one title names stands behind its neighbour too."""
    for at, person in enumerate(persons):
        after = persons[at + 1].titles[:_MOST_TITLES] if at + 1 < len(persons) else ()
        beside = (*after, *(persons[at - 1].titles[-_MOST_TITLES:] if at else ()))
        own = person.titles[-_MOST_TITLES:]
        bodies = {title: other.body for title in own for other in (*own, *after) if _another_person(title, other)}
        titles = tuple(title._replace(body=title.body or bodies.get(title, "")) for title in person.titles)
        here = any(_place(title.body) for title in titles)
        yield person._replace(titles=titles if here else tuple(_located(title, beside) for title in titles))


_BARE = re.compile(
    r"(?P<short>huyện|thị|thành|quận) ủy|(?P<party>đảng ủy)(?: (?P<cell>xã|phường|thị trấn|đặc khu))?|"
    r"(?:ủy ban|hội đồng) nhân dân(?: (?P<long>huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu))?"
)
_PARTY_POSTS = ("bí thư", "phó bí thư")
_LEVEL = re.compile(r"(?:huyện|thị xã|thị trấn|thành phố|quận|xã|phường|đặc khu) ")


def _place(body: str) -> str | None:
    return locality(body) or commune(body)


def _located(title: Title, beside: Sequence[Title]) -> Title:
    """ "Bí thư Huyện ủy; Chủ tịch UBND huyện Lệ Thủy": the one names the locality for the other, in either order.

    So for communes ("Bí thư Đảng ủy và Chủ tịch UBND xã Kim Thủy") and where the level is said once ("Chủ tịch
    HĐND và Chủ tịch UBND xã Kim Thủy"). A secretary without a body is the locality's: "Bí thư và Chủ tịch UBND
    huyện Lệ Thủy".
    """
    if title.post in _PARTY_POSTS and not title.body:
        place = next(filter(None, (_place(other.body) for other in beside)), None)
        return title._replace(body=f"đảng ủy {place}") if place else title
    bare = _BARE.fullmatch(title.body)
    if not bare:
        return title
    level = bare["short"] or bare["cell"] or bare["long"] or ""
    places = (commune(other.body) if bare["party"] else _place(other.body) for other in beside)
    place = next((place for place in places if place and place.startswith(level)), None)
    if not place:
        return title
    return title._replace(body=f"{title.body} {_LEVEL.sub('', place, count=1) if level else place}")


def _several(group: list[PersonPart]) -> Iterator[Person]:
    """Several names: a title is that of the name before it, or behind it where a title came first; or of all names
    behind it ("02 Phó Giám đốc Sở: Nguyễn Văn A, Trần Thị B").
    """
    shared = [group[0].title] if group[0].title and _holders(group[:1]) > 1 else []
    titles_first = group[0].kind == "title"
    owned: list[tuple[str, list[Title]]] = []
    waiting: list[Title] = []
    for at, item in enumerate(group):
        if item.title is None:
            owned.append((item.text, waiting))
            waiting = []
        elif titles_first or not owned or (at + 1 < len(group) and group[at + 1].glued):
            waiting.append(item.title)
        else:
            owned[-1][1].append(item.title)
    owned[-1][1].extend(waiting)
    undecided = any(item.instead for item in group)
    return (Person(name, tuple(titles or shared), undecided) for name, titles in owned)
