"""Foreign bodies that reside in Viet Nam (cơ quan, tổ chức nước ngoài tại Việt Nam; seed 001, III.1, (iii)).

A body resides where its own name ends in a seat: "Tổ chức MAG tại Quảng Trị". Where anything else than its name
stands between, the place is where the visit took place: "Tổ chức MAG tặng quà tại Quảng Trị". So what is known
here is what names are made of, not what delegations do.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from doingoai_cli.vietnamese.phrases import Phrases
from doingoai_cli.vietnamese.places.gazetteer import signs
from doingoai_cli.vietnamese.tables import names, rows
from doingoai_cli.vietnamese.text import clean, fold, unwrapped, words

_TOKEN = re.compile(r"\w+")
_NO_BODY = frozenset({"cựu", "nguyên", "chánh"})
"""Before a body: a former one, or a post ("Chánh Văn phòng")."""
_ENVOYS = frozenset({"đại sứ", "tổng lãnh sự", "lãnh sự", "cơ quan đại diện", "phái đoàn"})
"""Bodies of which each state has its own: behind "Việt Nam" they are ours."""
_HEADS_OF_MISSION = frozenset({"đại sứ", "tổng lãnh sự"})
_STYLES = Phrases(("đặc mệnh toàn quyền", "nước", "vương quốc", "cộng hòa", "liên bang"))
"""Between a head of mission and the country: "Đại sứ đặc mệnh toàn quyền Vương quốc Anh"."""
_EMBASSIES = frozenset({"quán", "đsq", "tlsq", "lsq", "embassy", "consulate"})
"""The words that names of embassies and consulates end in."""
_SHORT_COUNTRIES = frozenset(words("Lào Đức Pháp Nga Mỹ Anh Bỉ Ý Úc Nhật Hàn Áo Séc Trung Thái Ấn"))
_ENDS = re.compile(r"[;\n.!?]")


class _Text(NamedTuple):
    """The words of a text."""

    said: Sequence[str]
    """In comparing form."""
    typed: Sequence[str]
    gaps: Sequence[str]
    """What stands before each."""

    def capital(self, at: int) -> bool:
        """Whether a word has a capital letter."""
        return not self.typed[at].islower()

    def word(self, at: int) -> str:
        """A word in comparing form; "" behind the last."""
        return self.said[at] if at < len(self.said) else ""


_AT = Phrases(
    (
        "tại",
        "ở",
        "đóng tại",
        "trụ sở tại",
        "có trụ sở tại",
        "đặt tại",
        "đặt trụ sở tại",
        "thường trú tại",
        "hoạt động tại",
    )
)
_LEVELS = Phrases(("tỉnh", "thành phố", "tp", "thủ đô", "địa bàn", "khu vực"))
_NAME_WORDS = names("body-name-words.tsv")
_NOUNS = Phrases(_NAME_WORDS["noun"])
_WORKS = Phrases(_NAME_WORDS["work"])
_BEFORE = Phrases(_NAME_WORDS["before"])
_DOINGS = Phrases(_NAME_WORDS["doing"])
_NO_SEATS = Phrases(("thái bình dương", "hòa bình"))
"""Read as a province only behind "tại", "tỉnh": the ocean, and peace."""
_SEATS = Phrases(row[0] for row in rows("vietnam-places.tsv"))

_PLACE_BELOW = re.compile(r"\n(?=(?:tại|ở|Việt Nam|Hà Nội|Tại)\b)")
_LONGEST = 2_000  # characters in which a cell says who comes


class ResidentBodies:
    """Foreign bodies as a pack names them: `always` reside here, `others` where a text gives their seat here."""

    def __init__(self, always: tuple[str, ...], others: tuple[str, ...]) -> None:
        self._always, self._others = Phrases(always), Phrases(others)
        self._any = Phrases((*always, *others))
        self._proper = frozenset(fold(name) for name in others if _is_proper(name.split()))

    def first(self, text: str) -> str | None:
        """The resident body that `text` names first; None where it names none."""
        if self._any.first(text) is None:  # nearly all texts
            return None
        read = _read(text[:_LONGEST])
        # Capitals tell names from other words, but not in a text that is all in capitals, or all small.
        informative = not all(map(str.islower, read.typed)) and not all(map(str.isupper, read.typed))
        at = 0
        while at < len(read.said):
            always, other = self._always.length_at(read.said, at), self._others.length_at(read.said, at)
            length = max(always, other)
            if not length:  # nearly every word
                at += 1
                continue
            other_sense = at > 0 and read.said[at - 1] in _NO_BODY
            other_sense = other_sense or (informative and _is_inner(read, at))
            body = " ".join(read.said[at : at + length])
            proper = body in self._proper or (informative and _is_proper(read.typed[at : at + length]))
            if not other_sense and _resides(read, at, length, informative, proper=proper, always=always >= other):
                return body
            at += length
        return None


def _read(text: str) -> _Text:
    text = unwrapped(clean(text))
    text = _PLACE_BELOW.sub(" ", text) if "\n" in text else text
    tokens = list(_TOKEN.finditer(text))
    ends = [0, *(token.end() for token in tokens)]
    return _Text(
        [fold(token[0]) for token in tokens],
        [token[0] for token in tokens],
        [text[end : token.start()] for end, token in zip(ends, tokens, strict=False)],
    )


def _is_inner(read: _Text, at: int) -> bool:
    """Whether a word with a small letter belongs to the one before it: "thư viện", "gây quỹ"."""
    if at == 0 or read.capital(at) or read.gaps[at] != " ":
        return False
    return not any(_BEFORE.length_at(read.said, start) == at - start for start in range(max(at - 3, 0), at))


def _is_proper(typed: Sequence[str]) -> bool:
    """Whether words are a name by themselves: "UNICEF", "World Vision"."""
    return any(word.isupper() and len(word) > 1 for word in typed) or all(map(str.isascii, typed))


def _resides(read: _Text, at: int, length: int, informative: bool, *, proper: bool, always: bool) -> bool:
    """Whether the body of some words resides in Viet Nam."""
    body = " ".join(read.said[at : at + length])
    behind = at + length
    if always:
        ours = _is_ours(read, behind) or (at > 0 and read.said[at - 1] == "vietnamese")
        return read.said[behind - 1] not in _EMBASSIES or not ours
    if body in _ENVOYS and (_is_ours(read, behind) or read.word(behind) == "quán"):
        return False
    while body in _HEADS_OF_MISSION and (style := _STYLES.length_at(read.said, behind)):
        behind += style
    if body in _HEADS_OF_MISSION and _is_of_a_state(read, behind):
        return True
    return _name_ends_in_seat(read, behind, informative, proper=proper)


def _is_of_a_state(read: _Text, at: int) -> bool:
    """Whether a country's name stands right behind a head of mission, and no seat: "Đại sứ Lào thăm tỉnh"."""
    behind = " ".join(read.typed[at : at + 8])
    country = next(iter(signs(behind)), None)
    if country is None or country.letter != "C" or country.start:
        return False
    return _AT.length_at(words(behind[country.end :]), 0) == 0


def _is_ours(read: _Text, at: int) -> bool:
    """Whether "Việt Nam" stands right behind a body: "Đại sứ quán Việt Nam tại Lào" is our own."""
    while read.word(at) in _BETWEEN:
        at += 1
    return read.word(at) == "vietnam" or (read.word(at) in ("việt", "viet") and read.word(at + 1) == "nam")


_BETWEEN = frozenset(("nước", "chxhcn", "general", "of", "the", "socialist", "republic"))
"""What may stand between an embassy and the country: "Embassy of the Socialist Republic of Viet Nam"."""


def _name_ends_in_seat(read: _Text, at: int, informative: bool, *, proper: bool) -> bool:
    """Whether nothing but a body's name stands from a word on to its seat here.

    `proper`: the body's name alone tells which one it is ("UNICEF"), so that a place right behind it is a seat.
    """
    head = at
    while at < len(read.said) and not _ENDS.search(read.gaps[at].replace("TP.", "")):
        seat = _seat(read.said, at)
        if seat is not None:
            return seat
        no_seat = _NO_SEATS.length_at(read.said, at)
        place = 0 if no_seat else _SEATS.length_at(read.said, at)
        if place and (proper or at > head) and _is_end(read, at, place, informative):
            return True
        length = no_seat or _name_length(read, at, -1 if proper else head, informative)
        if not length:
            return False
        at += length
    return False


def _seat(words: Sequence[str], at: int) -> bool | None:
    """Whether "tại …" is a place here; None where there is no "tại"."""
    begins = _AT.length_at(words, at)
    if not begins:
        return None
    at += begins
    while (level := _LEVELS.length_at(words, at)) and not _SEATS.length_at(words, at):
        at += level  # "Thành phố Hồ Chí Minh" is one
    return _SEATS.length_at(words, at) > 0


def _is_end(read: _Text, at: int, length: int, informative: bool) -> bool:
    """Whether a place is the end of a name: not the half of "Lào - Việt Nam", nor "Việt Nam tại Lào"."""
    behind = at + length
    goes_on = behind < len(read.said) and (_AT.length_at(read.said, behind) > 0 or "-" in fold(read.gaps[behind]))
    if (
        informative and behind < len(read.said) and read.gaps[behind] == " " and read.capital(behind)
    ):  # "Nam Định Hướng"
        goes_on = goes_on or not (_SEATS.length_at(read.said, behind) or _DOINGS.length_at(read.said, behind))
    paired = "-" in fold(read.gaps[at]) or (at > 0 and read.said[at - 1] == "và")
    return not paired and not goes_on


def _name_length(read: _Text, at: int, head: int, informative: bool) -> int:
    """How many words from `at` on belong to a body's name; 0: it has ended. `head`: right behind its noun."""
    noun, work = _NOUNS.length_at(read.said, at), _WORKS.length_at(read.said, at)
    if not informative:  # all in capitals, or all small
        return noun or (work if at == head else 0) or (0 if _DOINGS.length_at(read.said, at) else 1)
    if read.capital(at):
        return max(noun, work, 1 + _second_syllable(read, at))
    return noun or (work if at == head else 0)


def _second_syllable(read: _Text, at: int) -> int:
    """Whether the next word, small, is of the same Vietnamese word ("Bình đẳng"); not behind a proper name."""
    typed, following = read.typed[at], at + 1
    if following == len(read.said) or read.capital(following) or typed.isascii() or typed.isupper():
        return 0
    proper = read.said[at] in _SHORT_COUNTRIES or (at > 0 and read.capital(at - 1) and read.gaps[at] == " ")
    begins = (_NOUNS, _DOINGS)
    ends = read.gaps[following] != " " or read.said[following] in ("tại", "ở")
    return 0 if proper or ends or any(p.length_at(read.said, following) for p in begins) else 1
