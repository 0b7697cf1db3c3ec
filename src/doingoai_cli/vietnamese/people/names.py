"""Personal names among the words of a cell (họ tên): Vietnamese ones by their surname, others by their place.

Letter case is no evidence: cells are typed in capitals, or without any.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from doingoai_cli.shipped import precomputed
from doingoai_cli.vietnamese import tables
from doingoai_cli.vietnamese.abbreviations import CellWord
from doingoai_cli.vietnamese.people.word_phrases import WordPhrases
from doingoai_cli.vietnamese.text import key, without_diacritics

_LONGEST_NAME = 5  # syllables
# A syllable of Vietnamese without its diacritics; "kang", "cheol", "bounthong" are none.
_SYLLABLE = re.compile(
    r"(?:(?:b|ch?|d|đ|gi?|h|kh|l|m|ng?|nh|ph?|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}|(?:k|gh|ngh)[eiy][aeu]?)"
    r"(?:ch?|m|ng?|nh|p|t)?"
)


# Bodies of one syllable that people are called too ("Nguyễn Đăng Khoa").
_SYLLABLES_OF_NAMES = tuple(
    map(
        key,
        (
            "đoàn", "hội", "bộ", "viện", "báo", "đài", "khu", "nhà", "vụ", "cục", "quỹ", "trường", "hạt", "đội",
            "đồn", "khoa", "cảng", "trạm",
        ),
    )
)  # fmt: skip


class _Names(NamedTuple):
    """What the tables say of names, in comparing form."""

    surnames: dict[str, frozenset[str]]
    """By tier."""
    given: frozenset[str]
    """Given names that are also words of offices."""
    offices: WordPhrases
    """Words of offices, which no personal name has."""
    provinces: frozenset[str]


def _read_names() -> _Names:
    words, localities = tables.names("people-words.tsv"), tables.names("localities.tsv")
    offices = (key(phrase) for kind in ("no name", "body") for phrase in words[kind])
    return _Names(
        {tier: frozenset(map(key, listed)) for tier, listed in tables.names("surnames.tsv").items()},
        frozenset(map(key, words["given name"])),
        WordPhrases.of({phrase: "" for phrase in offices if phrase not in _SYLLABLES_OF_NAMES}),
        frozenset(key(name) for rank in ("province", "central city") for name in localities[rank]),
    )


_NAMES = precomputed("names", _read_names)


def surnames(tier: str) -> frozenset[str]:
    """The surnames of a tier of `data/surnames.tsv`: "strong" or "weak"."""
    return _NAMES.surnames[tier]


def has_no_name(read: Sequence[CellWord]) -> bool:
    """Whether the words hold a word of offices ("công tác", "văn phòng") that no personal name has.

    One that begins with a surname counts only at the beginning: "Văn hóa" is none, "Nguyễn Văn Hóa" is a name; and
    so does one of a single word at the end: "Lê Văn Ban".
    """
    return any(
        _NAMES.offices.at(read, at)
        for at in range(len(read) if len(read) < 3 else len(read) - 1)
        if at == 0 or not may_begin_name(read[at].word, expected=True)
    )


def is_given_name(read: Sequence[CellWord]) -> bool:
    """Whether the words are a given name that is also a word of offices ("Hữu Nghị", "Công An")."""
    return " ".join(word.word for word in read) in _NAMES.given


def may_begin_name(word: str, expected: bool) -> bool:
    """Whether `word` is a surname; `expected`: a name may stand here, so that rare surnames count."""
    return word in surnames("strong") or (expected and word in surnames("weak"))


_MIDDLE = frozenset(map(key, ("văn", "thị")))


def before_middle_name(read: Sequence[CellWord], at: int) -> bool:
    """Whether "Văn" or "Thị" stands behind word `at`: a rare surname is one there ("Giám đốc Sở Hầu Văn Hải")."""
    return at + 2 < len(read) and read[at + 1].word in _MIDDLE and read[at + 1].gap == read[at + 2].gap == " "


def is_vietnamese_name(read: Sequence[CellWord], expected: bool) -> bool:
    """Whether the words are one Vietnamese name; `expected` as for `may_begin_name`."""
    expected = expected or before_middle_name(read, 0)
    if not 2 <= len(read) <= _LONGEST_NAME or not may_begin_name(read[0].word, expected):
        return False
    if any(word.word.isdigit() for word in read) or (has_no_name(read) and not _is_surname_and_given(read)):
        return False
    return " ".join([word.word for word in read]) not in _NAMES.provinces


def _is_surname_and_given(read: Sequence[CellWord]) -> bool:
    """ "Nguyễn Hữu Nghị" is a name; "Đoàn hữu nghị", "Đoàn công an" are delegations."""
    surname = read[0].word
    return surname != "đoàn" and may_begin_name(surname, expected=False) and is_given_name(read[1:])


def looks_foreign(read: Sequence[CellWord]) -> bool:
    """Whether the words may be a foreign name: few, none of offices, not all of them Vietnamese syllables."""
    if not 1 <= len(read) <= _LONGEST_NAME or not all(
        _SOUNDS.search(without_diacritics(word.word)) for word in read
    ):
        return False
    if has_no_name(read):
        return False
    return not all(_SYLLABLE.fullmatch(without_diacritics(word.word)) for word in read)


_SOUNDS = re.compile(r"^(?!.*[^aeiouy\W\d]{6}).*[aeiouy]|^[^\W\d]$")  # no abbreviation (UVBCHTW), no number
