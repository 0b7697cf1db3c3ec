"""Titles (chức vụ): a post, its body and what qualifies it: "Phó Chủ tịch Thường trực UBND tỉnh"."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.shipped import precomputed
from doingoai_cli.vietnamese.abbreviations import CellWord, written_words
from doingoai_cli.vietnamese.agencies import body_key
from doingoai_cli.vietnamese.people.word_phrases import WordPhrases, breaks_phrase
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import clean, key

GENERAL = "lãnh đạo"
"""The post of somebody who is only said to be a leader: no title at all (seed 000, F(3))."""

_LEVELS = tuple(map(key, ("tỉnh", "huyện", "thị xã", "thành phố", "quận", "xã", "phường", "thị trấn", "đặc khu")))
_COMMITTEES = {
    "tỉnh": "tỉnh ủy", "huyện": "huyện ủy", "thị xã": "thị ủy", "thành phố": "thành ủy", "quận": "quận ủy",
}  # fmt: skip
# An agency has several of these: no single person is meant while the body is not named.
_SEVERAL_BODIES = frozenset(
    map(
        key,
        (
            "trung tâm",
            "chi cục",
            "phòng",
            "ban",
            "công ty",
            "bệnh viện",
            "đơn vị",
            "đơn vị trực thuộc",
            "doanh nghiệp",
            "hội thành viên",
            "trung học phổ thông",
            "THPT",
            "trung học cơ sở",
            "THCS",
            "tiểu học",
            "mầm non",
        ),
    )
)
_SEVERAL_POSTS = frozenset(
    map(
        key,
        ("trưởng phòng", "trưởng ban", "trưởng khoa", "trưởng bộ môn", "trạm trưởng", "đội trưởng", "tổ trưởng"),
    )
)


# Who has several boards: "Trưởng ban HĐND tỉnh", "Trưởng ban Đảng".
_WHOSE_BOARDS = re.compile(r"(?:(?:hội đồng nhân dân|ủy ban nhân dân|tỉnh ủy|huyện ủy|thị ủy|thành ủy|đảng)\b.*)?")


class Title(NamedTuple):
    """One title as typed, with its post ("phó chủ tịch") and body ("ủy ban nhân dân tỉnh") in comparing form.

    `former`: nguyên, cựu; `acting`: quyền; `standing`: thường trực. The body is empty where only a post is given,
    and keeps no name of a province ("UBND tỉnh Quảng Bình" = "UBND tỉnh").
    """

    text: str
    post: str
    body: str
    former: bool = False
    acting: bool = False
    standing: bool = False

    @property
    def key(self) -> str:
        """Post and body, what two spellings of one title have in common."""
        post = f"{self.post} thường trực" if self.standing else self.post
        return f"{post} {self.body}".rstrip()


class Posts(NamedTuple):
    """The posts with their classes in `data/posts.tsv`, their other names, the words that a body may repeat."""

    classes: WordPhrases
    same_as: dict[str, str]
    own_word: dict[str, str]


def _read_posts() -> Posts:
    """The table of posts; every head has its deputy."""
    table = names("posts.tsv")
    classes = {}
    for post_class in ("head", "member", "general", "beside", "aside", "label", "next"):
        for post in map(key, table[post_class]):
            classes[post] = post_class
            if post_class == "head":
                classes[f"phó {post}"] = "deputy"
    same_as = _pairs(table["same as"])
    for name, post in same_as.items():
        classes[name] = classes[post]
    # Labels that a title contains ("phó trưởng đoàn đại biểu quốc hội") are shorter: the longest wins.
    return Posts(WordPhrases.of(classes), same_as, _pairs(table["own word"]))


def _pairs(listed: Sequence[str]) -> dict[str, str]:
    pairs = (pair.split(" = ") for pair in listed)
    return {key(name): key(meaning) for name, meaning in pairs}


POSTS = precomputed("posts", _read_posts)
"""The posts that the tables know."""

_QUALIFIERS = WordPhrases.of(dict.fromkeys(map(key, names("people-words.tsv")["standing"]), ""))


class PostRead(NamedTuple):
    """A post found among words: its class, normal form and qualifiers; `end` is the word after them."""

    end: int
    post_class: str
    post: str
    former: bool = False
    acting: bool = False
    standing: bool = False


_BEFORE = {"former": frozenset(("nguyên", "cựu", "từng")), "acting": frozenset(("quyền", "q"))}

QUALIFIERS = frozenset[str]().union(*_BEFORE.values())
"""The words of which one may stand before a post ("nguyên Giám đốc"); people are called so too ("Phan Nguyên")."""
BEGINNINGS_OF_POSTS = frozenset(POSTS.classes.longest).union(*_BEFORE.values())
"""The words that a post, or what stands before it, can begin with."""

_MOST_QUALIFIERS = 4  # "nguyên", "quyền" before a post


def post_at(read: Sequence[CellWord], at: int) -> PostRead | None:
    """The post that begins with word `at`, "nguyên", "quyền" before and "thường trực" behind it; None for none."""
    former = acting = False
    start = at
    while start < min(at + _MOST_QUALIFIERS, len(read) - 1) and (
        start == at or not breaks_phrase(read[start].gap)
    ):
        word = read[start].word
        if word in _BEFORE["former"] or (former and word == "là"):
            former = True
        elif word in _BEFORE["acting"]:
            acting = True
        else:
            break
        start += 1
    found = POSTS.classes.at(read, start)
    if not found or (start > at and breaks_phrase(read[start].gap)):
        return None
    end, post = found
    if end > start + 1 and read[start + 1].word in ("trưởng", "phó") and "\n" in read[start + 1].gap:
        return None  # "Giám đốc Công an tỉnh⏎Trưởng phòng" has no Tỉnh trưởng, "Lê Hiệu⏎Phó Giám đốc" no Hiệu phó
    post_class = POSTS.classes.meanings[post]
    standing = False
    while end < len(read) and not breaks_phrase(read[end].gap) and post_class in ("head", "deputy"):
        qualifier = _QUALIFIERS.at(read, end)
        if not qualifier:
            break
        standing = standing or qualifier[1] == "thường trực"
        end = qualifier[0]
    return PostRead(end, post_class, POSTS.same_as.get(post, post), former, acting, standing)


def title_of(text: str, post: PostRead, body_words: Sequence[str]) -> Title:
    """The title of a post and the words of its body."""
    body = body_key(" ".join(body_words)).removeprefix("của ")
    own = POSTS.own_word.get(post.post.removeprefix("phó "))
    if own and (body == own or body.startswith(f"{own} ")):
        body = body[len(own) + 1 :]
    body = _completed(post.post.removeprefix("phó "), body)
    return Title(text, post.post, body, post.former, post.acting, post.standing)


def _completed(post: str, body: str) -> str:
    """The body behind a bare level: "Chủ tịch tỉnh" is UBND tỉnh's, "Bí thư huyện X" is Huyện ủy X's."""
    if not body.startswith(_LEVELS):
        return body
    level = next((level for level in _LEVELS if body == level or body.startswith(f"{level} ")), None)
    if level is None:
        return body
    if post == "chủ tịch":
        return f"ủy ban nhân dân {body}"
    if (
        post == "bí thư"
        and level in _COMMITTEES
        and not body.startswith(f"{level} ủy")
        and "đoàn" not in body.split()[:2]
    ):
        return f"{_COMMITTEES[level]}{body[len(level) :]}"
    return body


@lru_cache(maxsize=512)  # large delegations ask for the same few of a pack: 5 % of an inbox of new texts
def parse_title(text: str) -> Title | None:
    """The one title that `text` is, as in a rule pack; None where it begins with no post."""
    cleaned = clean(text)
    read = written_words(cleaned)
    post = post_at(read, 0) if read else None
    return title_of(cleaned, post, [word.word for word in read[post.end :]]) if post else None


def is_unique_post(title: Title) -> bool:
    """Whether one person at a time holds the title: the head of a body, or its standing deputy (thường trực).

    "Phó Chủ tịch UBND tỉnh" is held by several; so is "Giám đốc Trung tâm" where no centre is named. A bare post
    ("Giám đốc", "Giám đốc Sở") is the agency's own: the caller completes it.
    """
    post_class = POSTS.classes.meanings.get(title.post)
    if title.body in _SEVERAL_BODIES or (title.post in _SEVERAL_POSTS and _WHOSE_BOARDS.fullmatch(title.body)):
        return False
    return post_class == "head" or (post_class == "deputy" and title.standing)


_ANY_BODY = frozenset(("", "nhà trường", "trường", "cơ quan", "đơn vị"))
# Bodies that every office has, beside the one of that kind which is named.
_OWN_BODY = frozenset(("đảng ủy", "đảng bộ", "chi bộ", "công đoàn"))


def may_be_one(body: str, other: str) -> bool:
    """Whether two bodies may be the same: one is not named, or only by its first words ("Sở" of "Sở Y tế")."""
    short, long = sorted((body, other), key=len)
    if short in _ANY_BODY or short == long:
        return True
    begins = long.startswith(f"{short} ") and not long.startswith(f"{short} đồng ")  # Hội, but Hội đồng
    return begins and short not in _OWN_BODY
