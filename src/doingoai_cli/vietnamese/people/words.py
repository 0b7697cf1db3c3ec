"""The words of a leader's cell with what begins at each: a form of address, a post, a body, a person."""

import re
from collections.abc import Sequence

from doingoai_cli.shipped import precomputed
from doingoai_cli.vietnamese import tables
from doingoai_cli.vietnamese.abbreviations import CellWord, written_words
from doingoai_cli.vietnamese.people.names import (
    before_middle_name,
    has_no_name,
    is_given_name,
    is_vietnamese_name,
    may_begin_name,
)
from doingoai_cli.vietnamese.people.titles import BEGINNINGS_OF_POSTS, QUALIFIERS, PostRead, post_at
from doingoai_cli.vietnamese.people.word_phrases import WordPhrases, breaks_phrase
from doingoai_cli.vietnamese.text import key

_AND = frozenset(("và", "cùng"))
_SLASHED = re.compile(r"/(?=(?:tá|úy|uý|tướng|chí|b)\b)", re.IGNORECASE)  # Đ/tá, Th/úy, Ô/B
_MOST_ADDRESSES = 16  # "1. Đ/c Đại tá, PGS.TS.BS." are eight
_LONGEST_RUN = 8  # no name has so many words, and so none is looked for in longer runs
_OF = frozenset(("của", "cho", "riêng", "sự", "mặt"))
TITLE_POSTS = frozenset(("head", "deputy"))
"""The classes of posts that begin a title wherever they stand; others only where a title is expected."""


_CLASSES = ("end", "body", "also", "or", "and", "address")


def _read_phrases() -> tuple[WordPhrases, WordPhrases, WordPhrases]:
    words = tables.names("people-words.tsv")
    around = {key(phrase): c for c in _CLASSES for phrase in words[c]}
    compounds = dict.fromkeys(map(key, tables.names("bodies.tsv")["compound"]), "")
    left = dict.fromkeys(map(key, words["former behind"]), "")
    return WordPhrases.of(around), WordPhrases.of(compounds), WordPhrases.of(left)


_PHRASES, _COMPOUNDS, _LEFT = precomputed("people-words", _read_phrases)
"""The words around names and titles: phrase → class; names of bodies with commas or dashes inside; posts left."""

WEAK_ADDRESS = frozenset(map(key, tables.names("people-words.tsv")["weak address"]))
"""Forms of address that are also parts of names and bodies: only where a name or a title may begin."""

_PERSONAL = frozenset(("ông", "bà", "ô", "đồng"))  # "đồng chí"


_END_IN_SURNAMES = frozenset(
    map(
        key,
        (
            "quản lý", "xử lý", "pháp lý", "vật lý", "địa lý", "tâm lý", "đại lý", "thanh lý", "sinh lý",
            "công lý", "kiểm lâm", "nông lâm", "khuyến lâm", "khuyến nông", "nghệ cao", "cộng đồng", "hội đồng",
            "nhân văn", "an ninh", "địa phương", "song phương", "đa phương", "chương trình", "công trình",
            "tư tưởng", "giao lưu", "đại dương", "tiền lương", "trung hoa",
        ),
    )
)  # fmt: skip


class CellWords:
    """A cell's words and what begins at each: worked out once, asked for many times."""

    def __init__(self, text: str) -> None:
        self.text, self._in_capitals = text, text.isupper()
        self.words = written_words(_SLASHED.sub(".", text))
        phrases, post_beginnings = _PHRASES.longest, BEGINNINGS_OF_POSTS
        self.classes = [
            _class_at(self.words, at) if word.word in phrases else (at + 1, "")
            for at, word in enumerate(self.words)
        ]
        self.posts = [
            _post_at(self.words, at, self.classes[at]) if word.word in post_beginnings else None
            for at, word in enumerate(self.words)
        ]
        for at, post in enumerate(self.posts):
            if post and self.words[at].word in QUALIFIERS and self._ends_name(at):
                self.posts[at] = None
            # "UBND tỉnh Trưởng đoàn": what begins a label is no part of a post (tỉnh trưởng) before it
            last = self.posts[post.end - 1] if post and post.end - 1 > at else None
            if post and last and last.post_class == "label" and last.end > post.end:
                self.posts[at] = None

    def _ends_name(self, at: int) -> bool:
        """Whether word `at` is the given name behind a surname: "Phan Thanh Nguyên⏎Giám đốc", "Lê Quyền Phó …"."""
        if "\n" not in self.words[at + 1].gap and not self._has_own_capital(at):
            return False
        start = at
        while start > max(0, at - 4) and self.words[start].gap == " ":
            start -= 1
            if self.classes[start][1] != "address" and may_begin_name(self.words[start].word, expected=True):
                # "Trưởng đoàn nguyên Chủ tịch" names no Mr Đoàn
                return not any(post and post.end > start for post in self.posts[max(0, start - 3) : start])
        return False

    def _is_given_name_of(self, at: int, end: int) -> bool:
        """Whether word `end`, which mostly ends a name that began at `at`, is its last: "Lê Hữu Được, Phó …"."""
        if end < at + 2 or self.classes[end][0] > end + 1:
            return False
        after = self.words[end + 1] if end + 1 < len(self.words) else None
        if after is None or (breaks_phrase(after.gap) and "\n" not in after.gap):
            return True
        post = self.posts[end + 1] if self.classes[end][1] not in ("and", "or") else None
        titled = post is not None and post.post_class in ("head", "deputy", "member")
        return titled and ("\n" in after.gap or self._has_own_capital(end))

    def _has_own_capital(self, at: int) -> bool:
        """Whether word `at` is capitalised where not all are."""
        return not self._in_capitals and self.text[self.words[at].start].isupper() and len(self.words[at].word) > 1

    def typed(self, start: int, end: int) -> str:
        """Words `start` to `end` as typed."""
        return self.text[self.words[start].start : self.words[end - 1].end]

    def past_address(self, at: int) -> int:
        """The first word behind forms of address, degrees, ranks, numbers ("01 đồng chí", "PGS.TS")."""
        for _ in range(_MOST_ADDRESSES):
            if at >= len(self.words) - 1:
                break
            end, word_class = self.classes[at]
            if word_class == "address" and end < len(self.words):
                at = end
            elif self.words[at].word.isdigit():
                at += 1
            else:
                break
        return at

    def post_behind(self, at: int) -> bool:
        """Whether a post begins at word `at`, behind "của", "cho" and forms of address."""
        while at < len(self.words) and self.words[at].word in _OF and not breaks_phrase(self.words[at].gap):
            at += 1
        if at >= len(self.words) or breaks_phrase(self.words[at].gap):
            return False
        post = self.posts[self.past_address(at)]
        return post is not None and post.post_class not in ("aside", "label", "next")

    def run_end(self, at: int) -> int:
        """The end of the words from `at` on that may be one name: no mark, "và", post or body between them."""
        end = at + 1
        most = min(at + _LONGEST_RUN, len(self.words))
        while end < most and not breaks_phrase(self.words[end].gap) and "\n" not in self.words[end].gap:
            after, word_class = self.classes[end]
            if word_class in ("and", "or", "also", "end") and not self._is_given_name_of(at, end):
                break
            if word_class == "body" and after - end > 1 and not self._given_name(at, end, after):
                break
            post = self.posts[end]
            if post and (post.post_class in TITLE_POSTS or post.post_class == "label"):
                break
            if post and post.post_class == "aside" and self.post_behind(post.end):
                if self._is_given_name_of(at, end):
                    return end + 1
                break
            end += 1
        return end

    def _given_name(self, at: int, start: int, end: int) -> bool:
        """Whether the body's words are the given name behind surname `at`: "Trần Công An, Giám đốc"."""
        if start != at + 1 or not is_given_name(self.words[start:end]):
            return False
        return end == len(self.words) or breaks_phrase(self.words[end].gap) or self.posts[end] is not None

    def name_end(self, at: int, expected: bool) -> int:
        """The end of the Vietnamese name that begins with word `at`; `at` where there is none."""
        inside_abbreviation = at > 0 and self.words[at].start == self.words[at - 1].start
        expected = expected or before_middle_name(self.words, at)
        if inside_abbreviation or not may_begin_name(self.words[at].word, expected) or self._ends_word(at):
            return at
        end = self.run_end(at)
        return end if is_vietnamese_name(self.words[at:end], expected) else at

    def _ends_word(self, at: int) -> bool:
        """Whether a surname is the last syllable of a word: "Ban quản lý rừng" names no Mr Lý."""
        if not at or self.words[at].gap != " ":
            return False
        return f"{self.words[at - 1].word} {self.words[at].word}" in _END_IN_SURNAMES

    def person_at(self, at: int) -> int | None:
        """Where a post or a name begins behind forms of address, from word `at` on; None if neither does."""
        start = self.past_address(at)
        if start >= len(self.words):
            return None
        if self.posts[start] or self.name_end(start, expected=start > at) > start:
            return start
        return start if self.words[at].word in _PERSONAL and self._is_given_name_alone(start) else None

    def _is_given_name_alone(self, at: int) -> bool:
        """Whether one word stands where a name is due: "Giám đốc và bà Bình, Phó Giám đốc"."""
        return self.run_end(at) == at + 1 and not has_no_name(self.words[at : at + 1])

    def begins_person(self, at: int) -> bool:
        """Whether a person begins on the line of word `at`, and not the rest of a name on the line before."""
        if ";" in self.words[at].gap:
            return True
        after = self.after_and(at)
        if after is not None:
            return self.person_at(after) is not None
        return self.classes[at][1] not in ("body", "end", "also", "or")

    def left_behind(self, at: int) -> int:
        """The end of what says that the title before word `at` is held no more ("(nguyên)"); `at` for nothing."""
        found = _LEFT.at(self.words, at) if at < len(self.words) else None
        if not found:
            return at
        end, said = found
        closed = end == len(self.words) or self.words[end].gap != " "
        return end if " " in said or (closed and breaks_phrase(self.words[at].gap)) else at

    def line_begins(self, at: int) -> bool:
        """Whether word `at` begins a line, and a person with it."""
        return "\n" in self.words[at].gap and self.begins_person(at)

    def after_and(self, at: int) -> int | None:
        """The word behind "và", "cùng" at word `at`; None for any other word."""
        end, word_class = self.classes[at]
        if word_class == "end" and self.words[at].word in _AND:
            # "và đoàn công tác" ends a body, "và Đoàn Văn B" begins a person.
            return at + 1
        return end if word_class == "and" else None


def _class_at(words: Sequence[CellWord], at: int) -> tuple[int, str]:
    """The class of the phrase that begins with word `at` ("" for none), and the word after it."""
    found = _PHRASES.at(words, at)
    return (found[0], _PHRASES.meanings[found[1]]) if found else (at + 1, "")


def _post_at(words: Sequence[CellWord], at: int, phrase: tuple[int, str]) -> PostRead | None:
    """The post at word `at`, unless a body's name is longer there (Đại sứ quán)."""
    post = post_at(words, at)
    end, word_class = phrase
    return None if post and word_class == "body" and end > post.end else post


def compound_end(words: Sequence[CellWord], at: int) -> int:
    """The end of the name with commas or dashes inside that begins with word `at`; `at` for none."""
    longest = _COMPOUNDS.longest.get(words[at].word, 0)
    if not longest:
        return at
    name, found = words[at].word, at
    for end in range(at + 1, len(words)):
        if ";" in words[end].gap or name.count(" ") + 1 >= longest:
            break
        if words[end].word != "và":
            name += f" {words[end].word}"
            if name in _COMPOUNDS.meanings:
                found = end + 1
    return found
