"""Foreign bodies that reside in Viet Nam (cơ quan, tổ chức nước ngoài tại Việt Nam; seed 001, III.1, (iii)).

A body resides where its own name ends in a seat: "Tổ chức MAG tại Quảng Trị". Where anything else than its name
stands between, the place is where the visit took place: "Tổ chức MAG tặng quà tại Quảng Trị". So what is known
here is what names are made of, not what delegations do.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from doingoai_cli.vietnamese.tables import names, rows
from doingoai_cli.vietnamese.text import Phrases, clean, fold, words

_TOKEN = re.compile(r"\w+")
_NO_BODY = frozenset({"cựu", "nguyên", "chánh"})
"""Before a body: a former one, or a post ("Chánh Văn phòng")."""
_ENVOYS = frozenset({"đại sứ", "tổng lãnh sự", "lãnh sự", "cơ quan đại diện", "phái đoàn"})
"""Bodies of which each state has its own: behind "Việt Nam" they are ours."""
_EMBASSIES = frozenset({"quán", "đsq", "tlsq", "lsq"})
"""The words that names of embassies and consulates end in."""
_SHORT_COUNTRIES = frozenset(words("Lào Đức Pháp Nga Mỹ Anh Bỉ Ý Úc Nhật Hàn Áo Séc Trung Thái Ấn"))
_ENDS = re.compile(r"[;\n.!?]")

_MOST_WORDS = 30
"""Words of the longest phrase that is looked for."""


class _TypedWord(NamedTuple):
    word: str
    """In comparing form."""
    typed: str
    gap: str
    """What stands before it."""

    @property
    def capital(self) -> bool:
        return not self.typed.islower()


class _Phrases(Phrases):
    def at(self, tokens: Sequence[_TypedWord], start: int) -> int:
        """How many tokens from `start` on are the longest phrase there; 0 where none is."""
        said = [token.word for token in tokens[start : start + _MOST_WORDS]]
        return self.length_at(said, 0) if said else 0


_AT = _Phrases(
    ("tại", "ở", "đóng tại", "trụ sở tại", "có trụ sở tại", "đặt tại", "đặt trụ sở tại", "thường trú tại")
)
_LEVELS = _Phrases(("tỉnh", "thành phố", "tp", "thủ đô", "địa bàn", "khu vực"))
_NAME_WORDS = names("body-name-words.tsv")
_NOUNS = _Phrases(_NAME_WORDS["noun"])
_WORKS = _Phrases(_NAME_WORDS["work"])
_BEFORE = _Phrases(_NAME_WORDS["before"])
_DOINGS = _Phrases(_NAME_WORDS["doing"])
_SEATS = _Phrases(row[0] for row in rows("vietnam-places.tsv"))

_LONGEST = 2_000  # characters in which a cell says who comes


class ResidentBodies:
    """Foreign bodies as a pack names them: `always` reside here, `others` where a text gives their seat here."""

    def __init__(self, always: tuple[str, ...], others: tuple[str, ...]) -> None:
        self._always, self._others = _Phrases(always), _Phrases(others)
        self._any = Phrases((*always, *others))

    def first(self, text: str) -> str | None:
        """The resident body that `text` names first; None where it names none."""
        if self._any.first(text) is None:  # nearly all texts
            return None
        tokens = _tokens(text[:_LONGEST])
        return self._first(tokens, _has_informative_capitals(tokens))

    def _first(self, tokens: Sequence[_TypedWord], informative: bool) -> str | None:
        at = 0
        while at < len(tokens):
            always, other = self._always.at(tokens, at), self._others.at(tokens, at)
            length = max(always, other)
            other_sense = at > 0 and tokens[at - 1].word in _NO_BODY
            other_sense = other_sense or (informative and _is_inner(tokens, at))
            if length and not other_sense and _resides(tokens, at, length, informative, always=always >= other):
                return " ".join(token.word for token in tokens[at : at + length])
            at += max(length, 1)
        return None


def _tokens(text: str) -> list[_TypedWord]:
    text = clean(text)
    found: list[_TypedWord] = []
    last = 0
    for match in _TOKEN.finditer(text):
        found.append(_TypedWord(fold(match[0]), match[0], text[last : match.start()]))
        last = match.end()
    return found


def _is_inner(tokens: Sequence[_TypedWord], at: int) -> bool:
    """Whether a word with a small letter belongs to the one before it: "thư viện", "gây quỹ"."""
    if at == 0 or tokens[at].capital or tokens[at].gap != " ":
        return False
    return not any(_BEFORE.at(tokens, start) == at - start for start in range(max(at - 3, 0), at))


def _has_informative_capitals(tokens: Sequence[_TypedWord]) -> bool:
    """Whether capitals tell names from other words: not in a text that is all in capitals, or all small."""
    return any(token.capital for token in tokens) and not all(token.typed.isupper() for token in tokens)


def _resides(tokens: Sequence[_TypedWord], at: int, length: int, informative: bool, *, always: bool) -> bool:
    """Whether the body of some tokens resides in Viet Nam."""
    body = " ".join(token.word for token in tokens[at : at + length])
    behind = at + length
    if always:
        return tokens[behind - 1].word not in _EMBASSIES or not _is_ours(tokens, behind)
    if body in _ENVOYS and (_is_ours(tokens, behind) or _word(tokens, behind) == "quán"):
        return False
    proper = any(token.typed.isupper() and len(token.typed) > 1 for token in tokens[at:behind])
    return _name_ends_in_seat(tokens, behind, informative, proper=proper and informative)


def _is_ours(tokens: Sequence[_TypedWord], at: int) -> bool:
    """Whether "Việt Nam" stands right behind a body: "Đại sứ quán Việt Nam tại Lào" is our own."""
    while _word(tokens, at) in ("nước", "chxhcn"):
        at += 1
    return (_word(tokens, at), _word(tokens, at + 1)) == ("việt", "nam")


def _word(tokens: Sequence[_TypedWord], at: int) -> str:
    return tokens[at].word if at < len(tokens) else ""


def _name_ends_in_seat(tokens: Sequence[_TypedWord], at: int, informative: bool, *, proper: bool) -> bool:
    """Whether nothing but a body's name stands from a token on to its seat here.

    `proper`: the body's name alone tells which one it is ("UNICEF"), so that a place right behind it is a seat.
    """
    head = at
    while at < len(tokens) and not _ENDS.search(tokens[at].gap.replace("TP.", "")):
        seat = _seat(tokens, at)
        if seat is not None:
            return seat
        place = _SEATS.at(tokens, at)
        if place and (proper or at > head) and _is_end(tokens, at, place):
            return True
        length = _name_length(tokens, at, -1 if proper else head, informative)
        if not length:
            return False
        at += length
    return False


def _seat(tokens: Sequence[_TypedWord], at: int) -> bool | None:
    """Whether "tại …" is a place here; None where there is no "tại"."""
    begins = _AT.at(tokens, at)
    if not begins:
        return None
    at += begins
    while (level := _LEVELS.at(tokens, at)) and not _SEATS.at(tokens, at):  # "Thành phố Hồ Chí Minh" is one
        at += level
    return _SEATS.at(tokens, at) > 0


def _is_end(tokens: Sequence[_TypedWord], at: int, length: int) -> bool:
    """Whether a place is the end of a name: not the half of "Lào - Việt Nam", nor "Việt Nam tại Lào"."""
    following = tokens[at + length] if at + length < len(tokens) else None
    goes_on = following is not None and (_AT.at(tokens, at + length) > 0 or "-" in fold(following.gap))
    paired = "-" in fold(tokens[at].gap) or (at > 0 and tokens[at - 1].word == "và")
    return not paired and not goes_on


def _name_length(tokens: Sequence[_TypedWord], at: int, head: int, informative: bool) -> int:
    """How many tokens from `at` on belong to a body's name; 0: it has ended. `head`: right behind its noun."""
    token = tokens[at]
    noun, work = _NOUNS.at(tokens, at), _WORKS.at(tokens, at)
    if not informative:  # all in capitals, or all small
        return noun or (work if at == head else 0) or (0 if _DOINGS.at(tokens, at) else 1)
    if token.capital:
        return max(noun, work, 1 + _second_syllable(tokens, at))
    return noun or (work if at == head else 0)


def _second_syllable(tokens: Sequence[_TypedWord], at: int) -> int:
    """Whether the next token, small, is of the same Vietnamese word ("Bình đẳng"); not behind a proper name."""
    token = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.capital or token.typed.isascii() or token.typed.isupper():
        return 0
    proper = token.word in _SHORT_COUNTRIES or (at > 0 and tokens[at - 1].capital and tokens[at].gap == " ")
    begins = (_NOUNS, _DOINGS)
    ends = following.gap != " " or following.word in ("tại", "ở") or any(p.at(tokens, at + 1) for p in begins)
    return 0 if proper or ends else 1
