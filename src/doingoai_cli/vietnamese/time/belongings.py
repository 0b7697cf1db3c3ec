"""Which of the times in a cell are the delegation's own (thời gian của chuyến đi), and which are something else's.

The grammar: a cell is clauses and brackets. A time that begins a clause, or is all that a bracket says, is the
trip's. One behind other words belongs to them: to a document (thư mời, công văn), to what has a period of its own
(chương trình, nhiệm kỳ, kỷ niệm), to the time from which a trip was moved (hoãn từ …), or to anything else that is
named. Only the trip's own times count; where there are none, the others do, the likeliest first.
"""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import takewhile
from typing import NamedTuple

from doingoai_cli.vietnamese.phrases import Phrases
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import fold


class Claim(IntEnum):
    """How sure it is that a time is not the trip's own; a greater value is surer."""

    OWN = 0
    BESIDE_WORDS = 1
    BEHIND_OWNER = 2
    PERIOD = 3
    DOCUMENT = 4


def candidates(folded: str) -> Iterator[str]:
    """`folded` text (with line breaks) with the times left in that may be the trip's: the surest first, each once.

    The date of a document is in none of them.
    """
    words = _claimed(_words(folded))
    claims = sorted({word.claim for word in words if word.timely} - {Claim.DOCUMENT})
    for most in claims or [Claim.OWN]:
        pieces, at = [], 0
        for word in words:
            if word.owner or (word.timely and word.claim > most):
                pieces.append(folded[at : word.start] + (_ANY_WORD if word.owner else " "))
                at = word.end
        yield "".join((*pieces, folded[at:]))


_TOKEN = re.compile(r"(?P<number>\d+(?:[/.-]\d+)*)|(?P<word>[^\W\d_]+)|(?P<mark>[(),;:\n\[\]-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS = re.compile(r"(?:19|20)\d\d ?- ?(?:19|20)\d\d\b(?![/.-])")
_DATE = re.compile(r"\s*(?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d(?!\d| ?- ?\d| đến)")
_DAY_PRECISE = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d\d?-\d\d?")
_ANY_WORD = " xx "
_OPENING = frozenset("([")
_CLOSING = frozenset(")]")
_ONWARDS = frozenset(("sang", "đến", "tới", "qua"))


class _Word(NamedTuple):
    """A word or phrase, a number or a mark, with its class in `data/time-words.tsv` ("" for any other word)."""

    said: str
    word_class: str
    start: int
    end: int
    claim: Claim = Claim.OWN

    @property
    def timely(self) -> bool:
        """Whether it is part of a time rather than a word for something else."""
        return self.word_class in ("number", "neutral", "resets", "season")

    @property
    def owner(self) -> bool:
        """Whether it is known that a time behind it is not the trip's; "năm sinh" holds a time's own word."""
        return self.word_class in ("document", "period", "moved")

    @property
    def foreign(self) -> bool:
        """Whether it names something that a time can belong to."""
        return self.owner or not self.word_class


_CLASSES = {fold(phrase): c for c, listed in reversed(names("time-words.tsv").items()) for phrase in listed}
"""Phrase → its class, the first one that the table gives it."""
_PHRASES = Phrases(_CLASSES)


def seasons() -> tuple[str, ...]:
    """The words for seasons, feasts and school terms, in comparing form."""
    return tuple(map(fold, names("time-words.tsv")["season"]))


def _words(folded: str) -> list[_Word]:
    """The words and phrases of a text; a phrase may be broken over lines."""
    tokens = list(_TOKEN.finditer(folded))
    in_lines = [token for token in tokens if token[0] != "\n"]
    said = [token[0] for token in in_lines]
    read: list[_Word] = []
    at = end = 0
    for token in tokens:
        if token.start() < end:  # within a phrase
            at += token[0] != "\n"
            continue
        word_class, end = token.lastgroup or "", token.end()
        if word_class == "word":
            length, phrase = _PHRASES.longest_at(said, at)
            word_class, end = _CLASSES.get(phrase, ""), in_lines[at + max(length, 1) - 1].end()
        read.append(_Word(token[0], word_class, token.start(), end))
        at += token[0] != "\n"
    return read


def _claimed(words: list[_Word]) -> list[_Word]:
    """The words, each with what is claimed of a time there."""
    reader = _Claims(words)
    for at in range(len(words)):
        reader.take(at)
    reader.end_clause(len(words))
    return [word._replace(claim=claim) for word, claim in zip(words, reader.claims, strict=True)]


class _Claims:
    """One pass over the words; `_owner` is the class of what the times from here on belong to."""

    def __init__(self, words: Sequence[_Word]) -> None:
        self._words = words
        self.claims: list[Claim] = []
        self._claim, self._owner = Claim.OWN, ""
        self._outside: list[tuple[Claim, str]] = []
        self._pure = list(_pure_brackets(words))
        self._clause = 0

    def take(self, at: int) -> None:
        """Read one word."""
        word = self._words[at]
        if word.word_class == "mark":
            self._mark(at, word)
        elif word.word_class == "resets":
            self._claim, self._owner = Claim.OWN, ""
        elif self._owner == "moved" and word.said in _ONWARDS:
            self.claims.append(self._claim)  # "sang" itself goes with what is left behind
            self._claim, self._owner = Claim.OWN, ""
            return
        elif word.owner:
            self._claim, self._owner = Claim.PERIOD, "document" if self._is_code(at) else word.word_class
        elif word.foreign and self._claim is Claim.OWN:
            self._claim, self._owner = Claim.BESIDE_WORDS, "words"
        self.claims.append(self._claim_of(at, word))
        last = at - 1 - (at > 1 and self._words[at - 1].said == "\n")
        before = self._words[max(last, 0)]
        if (before.said, before.word_class) == ("năm", "neutral") and self._spans_years(at):
            self.claims[last] = max(self.claims[last], self.claims[at])  # "năm 2018-2020": it goes with its years

    def _is_code(self, at: int) -> bool:
        """Whether the word is part of a document's number: "45/KH-UBND", "12-CTr/TU"."""
        before = self._words[at - 1] if at else None
        return before is not None and before.word_class == "number" and self._words[at].start == before.end + 1

    def _claim_of(self, at: int, word: _Word) -> Claim:
        if word.word_class == "number":
            if self._owner == "document" and self._claim is Claim.PERIOD and _DAY_PRECISE.fullmatch(word.said):
                return Claim.DOCUMENT
            if self._claim is Claim.OWN and self._spans_years(at):
                return Claim.BESIDE_WORDS
        return self._claim

    def _spans_years(self, at: int) -> bool:
        """Whether the number is one of "2016-2020": a trip has no such time."""
        said, before = self._words[at].said, self._words[at - 2] if at > 1 else None
        if _YEARS.match(said) or self._follows_years(at):
            return True
        dash = at > 1 and self._words[at - 1].said == "-"
        return bool(dash and before and _YEAR.fullmatch(before.said) and _YEAR.fullmatch(said))

    def _follows_years(self, at: int) -> bool:
        three = [word.said for word in self._words[at : at + 3]]
        return len(three) == 3 and three[1] == "-" and all(_YEAR.fullmatch(said) for said in (three[0], three[2]))

    def _mark(self, at: int, word: _Word) -> None:
        if word.said in _OPENING:
            self._outside.append((self._claim, self._owner))
            if self._claim is not Claim.OWN:
                self._claim = min(self._claim, Claim.BEHIND_OWNER)
            elif not self._pure[at]:
                self._claim, self._owner = Claim.BESIDE_WORDS, "words"
        elif word.said in _CLOSING:
            self._claim, self._owner = self._outside.pop() if self._outside else (Claim.OWN, "")
        elif word.said == ":":
            if self._owner != "document":
                self._begin_clause()
        elif word.said == "-":
            following = self._words[at + 1] if at + 1 < len(self._words) else None
            within = at and following and self._words[at - 1].end + 1 == following.start  # "QĐ-UBND"
            if (
                following
                and not within
                and following.word_class not in ("number", "mark")
                and self._owner in ("words", "document")
            ):
                self._claim, self._owner = Claim.OWN, ""
        else:
            self._part(at)

    def _part(self, at: int) -> None:
        """A comma, a semicolon or a line break: a new clause, unless it goes on with the owner's date or years."""
        if not self._outside:
            self.end_clause(at)
            self._clause = at + 1
        rest = [word for word in self._words[at + 1 : at + 6] if word.said != "\n"]
        if self._words[at].said == "\n" and self._owner and rest and not rest[0].timely:
            return  # a line broken within its sentence
        said = " ".join(word.said for word in rest)
        if self._owner in ("document", "period") and _DATE.match(said):
            self._claim = Claim.BEHIND_OWNER
        elif not (self._owner and _YEARS.match(said)):
            self._begin_clause()

    def _begin_clause(self) -> None:
        """A new clause is the trip's own, but in a bracket that speaks of something else."""
        inside = bool(self._outside) and self._claim is not Claim.OWN
        self._claim, self._owner = (Claim.BESIDE_WORDS, "words") if inside else (Claim.OWN, "")

    def end_clause(self, end: int) -> None:
        """A clause that begins with a bare year and says more is about that year: "năm 2019 chưa thực hiện"."""
        clause = list(takewhile(lambda word: word.said not in _OPENING, self._words[self._clause : end]))
        leading = [word for word in clause[:2] if word.said != "năm"]
        if leading and _YEAR.fullmatch(leading[0].said) and any(word.foreign for word in clause):
            for at in range(self._clause, self._clause + len(clause)):
                self.claims[at] = max(self.claims[at], Claim.BESIDE_WORDS)


def _pure_brackets(words: Sequence[_Word]) -> Iterator[bool]:
    """For each word that opens a bracket: whether nothing but a time stands in it."""
    foreign = [0]
    for word in words:
        foreign.append(foreign[-1] + word.foreign)
    ends: dict[int, int] = {}
    opened: list[int] = []
    for at, word in enumerate(words):
        if word.said in _OPENING:
            opened.append(at)
        elif word.said in _CLOSING and opened:
            ends[opened.pop()] = at
    for at in range(len(words)):
        yield foreign[ends.get(at, len(words))] == foreign[at + 1]
