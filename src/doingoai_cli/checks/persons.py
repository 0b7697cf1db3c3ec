"""Who travels (người đi): the persons of a delegation, their offices, and when two mentions are one person.

The rules are those of the specification, "Who is a person": a name is a person within one agency; across agencies
the title must agree too; an unnamed post that one person holds is that person.
"""

from collections.abc import Sequence
from typing import NamedTuple

from doingoai_cli.checks.alike import DisjointSets
from doingoai_cli.checks.kind import Context
from doingoai_cli.checks.offices import is_one_of_many, office_of, seat
from doingoai_cli.model.records import Trip
from doingoai_cli.vietnamese.people.leaders import is_key_leader
from doingoai_cli.vietnamese.people.persons import Person, Title, is_unique_post, read_people
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
    found = [Traveller(person, context.agency) for person in _who_go(trip.leader.persons)]
    listed = context.members_of(trip)
    if not listed:
        return tuple(found)
    known = {key(t.person.name) for t in found if t.person.name}
    for member in listed:
        titles = tuple(t for person in read_people(member.title).persons for t in person.titles)
        person = Person(member.name or None, titles)
        if person.name and key(person.name) in known:
            continue
        if any(_same_titles(person, t.person) for t in found if not t.person.name):
            continue  # the head, named here and by post only in the form
        found.append(Traveller(person, member.agency or context.agency))
    return tuple(found)


def _who_go(named: Sequence[Person]) -> list[Person]:
    """The persons of a leader's cell without those who go only instead of another: of these the first counts."""
    undecided = [person for person in named if person.undecided]
    first = undecided[0]._replace(titles=undecided[0].titles[:1]) if undecided else None
    goes = (person if not person.undecided else first for person in named if person not in undecided[1:])
    return [person for person in goes if person]


def _same_titles(one: Person, other: Person) -> bool:
    mine, theirs = ({(t.post, t.body) for t in p.titles} for p in (one, other))
    return bool(mine & theirs)


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
    """What identifies the person of a mention: the keys of the name, those of unique posts, the name."""

    keys: tuple[PersonKey, ...]
    posts: tuple[PersonKey, ...]
    name: str | None


def name_key(traveller: Traveller, agency: str) -> PersonKey | None:
    """The first of the keys of `identity`: the name within an agency (its key); None for an unnamed person."""
    return None if traveller.person.name is None else ("name", agency, key(traveller.person.name))


def identity(traveller: Traveller, agency: str, province: str) -> Identity | None:
    """What identifies `traveller`, of agency key `agency`; None: not counted (a shared post without a name)."""
    present = [title for title in traveller.person.titles if not title.former]
    held = [(t, seat(t, traveller.agency, province)) for t in present]
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
    if is_one_of_many(office):
        return False
    if is_unique_post(title):
        return True
    kind = title.body or title.post.removeprefix("trưởng ")
    return office.startswith(f"{kind} ") and is_unique_post(title._replace(body=office))


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
