"""Private purposes (du lịch, thăm thân, khám bệnh) told apart from work on the same matter (seed 001, III.1).

"Đi du lịch" is a purpose; "xúc tiến du lịch", "mô hình khám chữa bệnh" are work.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.terms import FoundTerm, Said, Terms, clauses
from doingoai_cli.vietnamese.text import key, words

_WORDS = names("purposes.tsv")
# A private purpose for sure: "đi du lịch", "kết hợp du lịch", "tham quan, du lịch", "nghỉ mát, du lịch".
_PRIVATE_BEFORE = frozenset({"đi", "quan", "mát", "dưỡng", "viếng"})
_ALWAYS_PRIVATE = Terms(_WORDS["private"])
_HEALTH = Terms(_WORDS["health"])
# Heads of a list of fields, commas and all: "xúc tiến thương mại, du lịch", "hợp tác về văn hóa, du lịch".
_FIELDS_OF_WORK = Terms(_WORDS["field of work"])
# Work that has the word within its own item: "khảo sát tuyến du lịch", "hội chợ du lịch quốc tế", "Sở Du lịch".
_WORK = Terms(_WORDS["work"])
_WORK_AFTER = re.compile(
    r"(?:bền vững|cộng đồng|sinh thái|thông minh|biển đảo|giữa|miễn phí|từ thiện|nhân đạo|tình nguyện|lưu động|"
    r"của (?:tỉnh|hai|nước))\b"
)
_NOT_OF_PEOPLE = re.compile(
    r"(?:nhân(?! dân\b| đạo\b)|cây|đàn|động vật|gia súc|gia cầm|voi|rừng|đất|môi trường|hệ sinh thái|"
    r"thuyền viên|(?:lưu )?học sinh|sinh viên|(?:người )?lao động|công nhân|trẻ em|người nghèo|người dân|bộ đội|"
    r"chiến sĩ|bà con)\b"
)
"""What is treated that is no one's own illness: animals, patients ("điều trị bệnh nhân"), and groups of others."""
# "Khám bệnh cho nhân dân" helps others; "chữa bệnh cho con" does not.
_FOR_OTHERS = re.compile(
    r"\bcho (?!(?:bản thân|mình|cá nhân|con|cháu|vợ|chồng|bố|mẹ|cha|ông|bà(?! con)|anh|chị|em|gia đình|người thân|"
    r"người nhà)\b)"
)
_HELP = re.compile(
    r"\b(?:(?:cấp|phát|tặng)(?: phát)? (?:thuốc|quà|gạo)|miễn phí|từ thiện|nhân đạo|tình nguyện|lưu động|"
    r"(?:y )?bác sĩ|thầy thuốc|đoàn y tế|giúp|hỗ trợ)\b"
)
# Kin of those to whom a country owes something, and families that an official visits as such.
_HONOURED = re.compile(
    r"(?:nhân )?(?:(?:các|của|những|và|gia đình|hộ|thân nhân) )*"
    r"(?:liệt sĩ|người có công|có công|thương binh|cựu chiến binh|chuyên gia|quân tình nguyện|chính sách|nạn nhân|"
    r"mẹ việt nam|nguyên |cựu |lãnh đạo|cố |nghèo|kiều bào|việt kiều|cán bộ lão thành|"
    r"hương (?:cách mạng|bác|chủ tịch|cố )|bác|chủ tịch)"
)
_OWN_KIN = Terms(
    ("thăm gia đình", *(f"thăm {kin}" for kin in ["con", "cháu", "bố", "mẹ", "vợ", "chồng", "em", "anh", "chị"]))
)
_NO_KIN = re.compile(r"(?:tàu|đường|người|sông|em|việt nam)\b")
"""What may follow in "thăm con tàu", "thăm Mẹ Việt Nam anh hùng"."""
_NAME_BEFORE = frozenset({"hội", "phòng", "ban", "ngành", "nghề", "sở", "cục", "năm"})  # "Năm Du lịch"

_REACH = 60
"""Words before a purpose in which work is looked for that it is a part of."""
_LONGEST_ALONE = 60
"""Characters of a cell that may be nothing but a purpose."""


class PrivatePurposes:
    """Private purposes by a pack's terms (du lịch, khám bệnh …), told apart from work on the same matter.

    "Đi du lịch" is a purpose; "xúc tiến du lịch", "mô hình khám chữa bệnh" are work. `alone`: words that are a
    purpose where a cell says nothing else. Picklable.
    """

    __slots__ = ("_alone", "_terms")

    def __init__(self, terms: Iterable[str], alone: Iterable[str] = ()) -> None:
        self._terms = Terms(terms)
        self._alone = frozenset(map(key, alone))

    def __reduce__(self) -> tuple[type["PrivatePurposes"], tuple[Iterable[str], ...]]:
        return PrivatePurposes, (self._terms, self._alone)

    def first(self, text: str) -> str | None:
        """The first private purpose in a text; None if there is none."""
        for found, said in self._terms.stated_in(text):
            if _is_private(text, found, said):
                return found.term
        return self._whole(text)

    def _whole(self, text: str) -> str | None:
        if len(text) > _LONGEST_ALONE:
            return None
        said = key(text)
        return said if said.removeprefix("đi ").removeprefix("đoàn ") in self._alone else None


def _is_private(text: str, term: FoundTerm, said: Said) -> bool:
    before = said.words[term.start - 1] if term.start else ""
    after = " ".join(said.words[term.end : term.end + 8])
    if _HONOURED.match(after) or (_OWN_KIN.first(term.term) and _NO_KIN.match(after)):
        return False
    if _ALWAYS_PRIVATE.first(term.term) or _OWN_KIN.first(term.term) or _goes_privately(before, said, term):
        return True
    if (
        _WORK_AFTER.match(after)
        or before in _NAME_BEFORE
        or (_HEALTH.first(term.term) and _helps(text, term.term))
    ):
        return False
    within = " ".join(said.words[max(said.starts[term.start], term.start - _REACH) : term.start])
    sentence = _sentence_before(text, term.start)
    return _WORK.first(within) is None and _FIELDS_OF_WORK.first(sentence) is None


def _goes_privately(before: str, text: Said, term: FoundTerm) -> bool:
    """Whether what stands before makes it private: "đi", "kết hợp du lịch", but not "phối hợp khám bệnh"."""
    two_before = " ".join(text.words[max(0, term.start - 2) : term.start])
    sights = before != "quan" or two_before in ("tham quan", "thăm quan")  # not "cơ quan du lịch"
    return (before in _PRIVATE_BEFORE and sights) or two_before == "kết hợp"


@lru_cache(maxsize=8)  # a text of many such terms is asked for each: it was read anew for all of them
def _helps(text: str, term: str) -> bool:
    """Whether care is given to others: for whom, by what else is done or by who does it in the same sentence."""
    sentences = list(clauses(text, separators=";\n"))
    own = next((s for s in sentences if key(term) in key(s)), "")
    behind = key(own).partition(key(term))[2]
    signs = (_FOR_OTHERS.search(behind), _HELP.search(key(own)), _NOT_OF_PEOPLE.match(behind.strip()))
    return any(sign is not None for sign in signs)


def _sentence_before(text: str, at: int) -> str:
    """The words of the sentence up to word `at`, no further back than work can reach; commas do not end it."""
    ends, sentences = _sentences(text)
    place = bisect_right(ends, at)
    if place == len(sentences):
        return ""
    within = at - (ends[place - 1] if place else 0)
    return " ".join(sentences[place][max(0, within - _REACH) : within])


@lru_cache(maxsize=8)  # as above
def _sentences(text: str) -> tuple[list[int], list[tuple[str, ...]]]:
    """The sentences as words, and after how many words of the text each ends."""
    sentences = [words(sentence) for sentence in clauses(text, separators=";\n")]
    return list(accumulate(map(len, sentences))), sentences
