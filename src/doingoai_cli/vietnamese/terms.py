"""Lists of terms looked for in cells (từ khóa): whole words, remembered per cell, denials told apart."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core.core_schema import CoreSchema, no_info_after_validator_function

from doingoai_cli.vietnamese.phrases import Phrases
from doingoai_cli.vietnamese.text import clean, fold, unwrapped, words

# What denies the words after it, within `_REACH` words: "không sử dụng nguồn kinh phí của doanh nghiệp".
_DENIALS = frozenset({"không", "ko", "chẳng", "chưa"})
_REACH = 8
_NEAR = 60  # words of a clause that is longer than anybody writes one
_DENIAL_ENDS = frozenset({"mà", "nhưng", "còn", "chỉ"})
# Words after a "không" that denies nothing: "không chỉ … mà còn", "không quá", "không gian".
_NO_DENIAL_BEFORE = frozenset({"chỉ", "những", "quá", "gian", "khí", "quân", "dưới", "ít", "hoàn"})
_TOKEN = re.compile(r"\w+|[;,\n]|\.(?=\s|$)|(?<=\s)\+(?=\s)")


class FoundTerm(NamedTuple):
    """A term in a text: its first word, the word after it, the term as given."""

    start: int
    end: int
    term: str


class Said:
    """The words of a text, and for each the first word of its clause: worked out once, asked for many times."""

    def __init__(self, text: str) -> None:
        self.words = words(text)
        self.denies = not _DENIALS.isdisjoint(self.words)
        """Whether any word of it may deny others; nearly no text has one."""
        self._text = text

    @cached_property  # of most texts nobody asks
    def starts(self) -> tuple[int, ...]:
        """For each word the first word of its clause."""
        return clause_starts(self._text)

    def rest(self, at: int) -> str:
        """The words from `at` to the end of their clause, as many as may speak of what stands before them."""
        if at >= len(self.words) or (at and self.starts[at] != self.starts[at - 1]):
            return ""
        return " ".join(self.words[at : self._end(at)])

    def clause(self, at: int) -> str:
        """The clause of word `at`, as much of it as lies around the word."""
        return " ".join(self.words[max(self.starts[at], at - _NEAR) : self._end(at)])

    def _end(self, at: int) -> int:
        near = range(at, min(at + _NEAR, len(self.words)))
        return next((i for i in near if self.starts[i] != self.starts[at]), near.stop)


class Terms(tuple[str, ...]):
    """Terms as packs give them, to be looked for; answers are remembered. Picklable.

    `but`: phrases that hold a term and mean something else ("hãng thông tấn" is no "hãng").
    """

    but: frozenset[str]
    phrases: Phrases
    first: Callable[[str], str | None]
    """The first term in a text, as it was given; None if there is none."""
    asserted: Callable[[str], str | None]
    """The first term that a text states and does not deny ("không …")."""

    def __new__(cls, terms: Iterable[str], but: Iterable[str] = ()) -> Self:
        """The terms in the order in which they were given."""
        made = super().__new__(cls, terms)
        made.but = frozenset(but)
        made.phrases = Phrases((*made, *made.but))
        made.first = lru_cache(maxsize=4096)(made._first)  # saves 1 µs a row that is like others
        made.asserted = lru_cache(maxsize=16384)(made._asserted)  # saves 0.2 s
        return made

    def __reduce__(self) -> tuple[type["Terms"], tuple[tuple[str, ...], frozenset[str]]]:
        return Terms, (tuple(self), self.but)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, read: GetCoreSchemaHandler) -> CoreSchema:
        # As a field of what is read from a file: a list of texts.
        return no_info_after_validator_function(cls, read(tuple[str, ...]))

    def _first(self, text: str) -> str | None:
        for _, _, term in self.phrases.find(text):
            if term not in self.but:
                return term
        return None

    def stated_in(self, text: str) -> Iterator[tuple[FoundTerm, Said]]:
        """Every term that is not denied, with what surrounds it."""
        found = [FoundTerm(*one) for one in self.phrases.find(text) if one[2] not in self.but]
        if found:
            said = Said(text)
            yield from ((one, said) for one in found if not _denied_in(said, one.start, one.end))

    def _asserted(self, text: str) -> str | None:
        for found, _ in self.stated_in(text):
            return found.term
        return None


def _folded_lines(text: str) -> str:
    return "\n".join(fold(line) for line in unwrapped(clean(text)).split("\n"))


def clause_starts(text: str) -> tuple[int, ...]:
    """For each word of `text`, the first word of its clause (";", ",", " + ", full stops, line breaks end one)."""
    starts: list[int] = []
    begin = 0
    for token in _TOKEN.findall(_folded_lines(text)):
        if token[0].isalnum() or token[0] == "_":
            starts.append(begin)
        else:
            begin = len(starts)
    return tuple(starts)


def _denied_in(text: Said, start: int, end: int) -> bool:
    """Whether a denial shortly before the words `start` … `end`, in their own clause, reaches them.

    It also reaches over a comma to a clause that is nothing but these words: "không dùng vốn vay, vốn ODA".
    """
    if not text.denies:
        return False
    starts = text.starts
    begin = starts[start]
    alone = start - begin <= 1 and (end == len(starts) or starts[end] == end)
    return _denied_before(text.words, start, begin) or (
        alone and begin > 0 and _denied_before(text.words, begin, starts[begin - 1])
    )


def _denied_before(words: Sequence[str], at: int, begin: int) -> bool:
    for place in range(at - 1, max(at - 1 - _REACH, begin - 1), -1):
        if words[place] in _DENIAL_ENDS:
            return False
        if words[place] in _DENIALS and words[place + 1] not in _NO_DENIAL_BEFORE:
            return True
    return False


def clauses(text: str, separators: str = ";,\n") -> tuple[str, ...]:
    """The clauses of a cell, folded; a full stop before a space ends one too."""
    parts = re.split(rf"[{re.escape(separators)}]|\.(?=\s|$)", _folded_lines(text))
    return tuple(part.strip() for part in parts if part.strip())


# --- trips to learn from others (học tập kinh nghiệm, học tập mô hình) -----------------------------------------

_BETWEEN = frozenset(
    ["các", "một", "số", "những", "nhiều", "vài", "và", "hoặc", "thêm", "về", "lẫn", "nhau", "được"]
)
_MOST_BETWEEN = 12
"""Words between the verb and what is learned: "học tập một số mô hình", "học các kinh nghiệm"."""


class Learning:
    """Verbs with the objects that make a trip to learn of them; the `others` may stand between. Picklable."""

    def __init__(self, verbs: Iterable[str], objects: Iterable[str], others: Iterable[str] = ()) -> None:
        self._given = tuple(verbs), tuple(objects), tuple(others)
        self._verbs, self._objects = Phrases(self._given[0]), Phrases(self._given[1])
        self._between = _BETWEEN.union(*map(words, (*self._given[0], *self._given[2])))

    def __reduce__(self) -> tuple[type["Learning"], tuple[tuple[str, ...], ...]]:
        return Learning, self._given

    def asserted(self, text: str) -> str | None:
        """The first verb with its object that a text states and does not deny, in comparing form; or None."""
        said = words(text)
        if self._objects.first(text) is None:
            return None
        whole = Said(text)
        at = 0
        while at < len(said):
            verb = self._verbs.length_at(said, at)
            end = self._end(said, at + verb) if verb else 0
            if end and not _denied_in(whole, at, end):
                return " ".join(said[at:end])
            at = end or at + 1
        return None

    def _end(self, words: Sequence[str], at: int) -> int:
        """The index of the word behind the object that the words from `at` on have; 0 where they have none."""
        for place in range(at, min(at + _MOST_BETWEEN, len(words))):
            thing = self._objects.length_at(words, place)
            if thing:
                return place + thing
            if words[place] not in self._between:
                return 0
        return 0
