"""Whether a leader's cell names a key leader (lãnh đạo chủ chốt), or nobody in particular ("Lãnh đạo tỉnh")."""

import re
from collections.abc import Sequence
from functools import lru_cache

from doingoai_cli.vietnamese.abbreviations import written_out
from doingoai_cli.vietnamese.agencies import opens_with_body
from doingoai_cli.vietnamese.people.persons import Person, read_people
from doingoai_cli.vietnamese.people.titles import GENERAL, parse_title


def is_key_leader(person: Person, posts: Sequence[str]) -> bool:
    """Whether one of the person's present titles has a post of `posts` (lãnh đạo chủ chốt, K2.2).

    "Phó Chủ tịch Thường trực" is a Phó Chủ tịch; "Thư ký Chủ tịch", "Trưởng phòng" are not among the usual posts.
    """
    wanted = _posts(tuple(posts))
    return any(title.post in wanted for title in person.titles if not title.former)


@lru_cache(maxsize=256)  # saves 0.72 s
def _posts(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(title.post if (title := parse_title(name)) else written_out(name) for name in names)


_OF_BODIES = re.compile(r"^(?:(?:đại diện|các|một số|\d+) )+")


def general_head(text: str, terms: Sequence[str]) -> str | None:
    """The one of `terms` that is all the head says ("Lãnh đạo tỉnh"); None where a real title stands (F(3)).

    A personal name is no title: "Nguyễn Văn A - lãnh đạo tỉnh" is as general. "Lãnh đạo Sở" among the terms stands
    for every "lãnh đạo Sở …", "lãnh đạo tỉnh" only for the province's, a bare "lãnh đạo" for those of any body but
    a central one. Thường trực, Ban Thường vụ, Ban Giám đốc … are leaders too, and so is a body that stands there
    alone ("Sở Tài chính", "Đại diện UBND tỉnh").
    """
    people = read_people(text)
    titles = people.persons[0].titles if people.persons else ()
    if not titles:
        said = written_out(text)
        if same := next((term for term in terms if written_out(term) == said), None):
            return same
        body = _OF_BODIES.sub("", said)
        leaders = parse_title(f"{GENERAL} {body}") if not people.persons and opens_with_body(body) else None
        titles = (leaders,) if leaders else ()
    if not titles or any(title.post != GENERAL for title in titles):
        return None
    body = titles[0].body
    for term in sorted(terms, key=len, reverse=True):
        wanted = parse_title(term)
        if wanted and _within(body, wanted.body):
            return term
    return None


_CENTRAL_BODY = re.compile(
    r"bộ (?!chỉ huy\b|đội\b|phận\b|môn\b)|trung ương|ban (?:bí thư|đối ngoại trung ương)|(?:đảng,? )?nhà nước|"
    r"chính phủ|quốc hội|tổng cục|tổng liên đoàn"
)


def _within(body: str, title: str) -> bool:
    if not title:
        return not _CENTRAL_BODY.match(body)
    return body == title or (title != "tỉnh" and body.startswith(f"{title} "))
