"""Phrases with a meaning among the words of a leader's cell: abbreviations written out, none across punctuation.

`vietnamese/phrases.py` is for what is found in the words of any text, whatever stands between them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from doingoai_cli.vietnamese.abbreviations import CellWord

_JOINING = frozenset((" ", "", "-", ".", ". "))


def breaks_phrase(gap: str) -> bool:
    """Whether punctuation in a gap separates both sides: anything but spaces, dots and an inner hyphen."""
    return gap not in _JOINING and (gap.strip() not in ("", "."))


def separates_persons(gap: str) -> bool:
    """Whether a gap separates persons: ";" or a line break, but not a line broken behind a comma or a dash."""
    return ";" in gap or ("\n" in gap and not gap.split("\n", 1)[0].rstrip().endswith((",", "-", "–", ":", "(")))


class WordPhrases(NamedTuple):
    """Phrases with their meanings, how many words the longest one with each first word has, and what goes on."""

    meanings: dict[str, str]
    longest: dict[str, int]
    beginnings: frozenset[str]
    """The first words of every phrase of several."""

    @classmethod
    def of(cls, meanings: dict[str, str]) -> "WordPhrases":
        """The table of `meanings`, whose keys are phrases in comparing form."""
        longest: dict[str, int] = {}
        for phrase in meanings:
            first, count = phrase.split(" ", 1)[0], phrase.count(" ") + 1
            longest[first] = max(count, longest.get(first, 0))
        spaces = ((phrase, at) for phrase in meanings for at, letter in enumerate(phrase) if letter == " ")
        return cls(meanings, longest, frozenset(phrase[:at] for phrase, at in spaces))

    def at(self, read: Sequence[CellWord], at: int) -> tuple[int, str] | None:
        """The longest phrase from word `at` on, without punctuation in it, as (word after it, phrase); or None."""
        phrase, end = read[at].word, at + 1
        found = (end, phrase) if phrase in self.meanings else None
        while phrase in self.beginnings and end < len(read) and not breaks_phrase(read[end].gap):
            phrase = f"{phrase} {read[end].word}"
            end += 1
            if phrase in self.meanings:
                found = end, phrase
        return found
