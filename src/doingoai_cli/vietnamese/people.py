"""Persons and titles of a leader's cell (người và chức vụ)."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.abbreviations import written_out
from doingoai_cli.vietnamese.text import clean, fold, key

_SPLIT = re.compile(r"\s+-\s+|[,:()]")
_PERSONS = re.compile(r"[;\n]")
_POST = re.compile(
    r"(?P<before>nguyên |cựu )?(?P<acting>quyền |q\.? )?"
    r"(?P<post>(?:phó )?(?:bí thư|chủ tịch|giám đốc|trưởng ban|chánh văn phòng|chánh thanh tra|hiệu trưởng|chỉ huy trưởng|trưởng phòng))\b\s*(?P<body>.*)"
)


class Title(NamedTuple):
    """One title as typed, with its post ("phó chủ tịch") and body ("ủy ban nhân dân tỉnh") in comparing form."""

    text: str
    post: str
    body: str
    former: bool = False
    acting: bool = False


class Person(NamedTuple):
    """One person of a cell: a name, titles, or both."""

    name: str | None
    titles: tuple[Title, ...]

    def has_title(self, *titles: str) -> bool:
        """Whether one of the person's present titles is, as a whole, one of `titles`."""
        wanted = {normal_title(title) for title in titles}
        return any(f"{t.post} {t.body}".strip() in wanted for t in self.titles if not t.former)


class People(NamedTuple):
    """A leader's cell as read: the persons in the order of mention, the head of the delegation first."""

    text: str
    persons: tuple[Person, ...]


def _title(text: str) -> Title | None:
    found = _POST.match(key(written_out(text)))
    return (
        Title(text, found["post"], found["body"], bool(found["before"]), bool(found["acting"]))
        if found
        else None
    )


@lru_cache(maxsize=8192)
def normal_title(title_text: str) -> str:
    """A title's comparing form, abbreviations written out."""
    title = _title(title_text)
    return f"{title.post} {title.body}".strip() if title else key(written_out(title_text))


@lru_cache(maxsize=16384)
def read_people(text: str) -> People:
    """Who is named in `text`; text that names nobody gives no persons."""
    persons = []
    for part in _PERSONS.split(clean(text)):
        name, titles = None, []
        for piece in filter(None, (p.strip() for p in _SPLIT.split(part))):
            title = _title(piece)
            if title:
                titles.append(title)
            elif name is None and not titles:
                name = piece
        if name or titles:
            persons.append(Person(name, tuple(titles)))
    return People(text, tuple(persons))


def is_key_leader(person: Person, posts: Sequence[str]) -> bool:
    """Whether one of the person's present titles has a post of `posts` (lãnh đạo chủ chốt)."""
    wanted = {normal_title(post) for post in posts}
    return any(t.post in wanted for t in person.titles if not t.former)


def is_unique_post(title: Title) -> bool:
    """Whether one person at a time holds the title: heads, not deputies."""
    return not title.post.startswith("phó ")


def general_head(text: str, terms: Sequence[str]) -> str | None:
    """The one of `terms` that is all the head says ("Lãnh đạo tỉnh"); None where a real title stands (seed 000, F(3))."""
    said = key(written_out(re.sub(r"^(?:đ/c|đồng chí|đại diện|\d+)\s+", "", fold(text))))
    return next((term for term in terms if key(written_out(term)) == said), None)
