"""Phrases searched for among the words of a cell whose abbreviations are written out, and what parts words."""

from collections.abc import Sequence
from typing import NamedTuple

from doingoai_cli.vietnamese.abbreviations import Word

_JOINING = frozenset((" ", "", "-", ".", ". "))


def parted(gap: str) -> bool:
    """Whether the marks in a gap part what stands on both sides: anything but spaces, dots and an inner hyphen."""
    return gap not in _JOINING and (gap.strip() not in ("", "."))


class WordPhrases(NamedTuple):
    """Phrases with their meanings, and how many words the longest one with each first word has."""

    meanings: dict[str, str]
    longest: dict[str, int]

    @classmethod
    def of(cls, meanings: dict[str, str]) -> "WordPhrases":
        """The table of `meanings`, whose keys are phrases in comparing form."""
        longest: dict[str, int] = {}
        for phrase in meanings:
            first, count = phrase.split(" ", 1)[0], phrase.count(" ") + 1
            longest[first] = max(count, longest.get(first, 0))
        return cls(meanings, longest)

    def at(self, read: Sequence[Word], at: int) -> tuple[int, str] | None:
        """The longest phrase that begins with word `at` and runs over no mark: (the word after it, the phrase)."""
        longest = self.longest.get(read[at].word)
        if longest is None:
            return None
        if longest == 1:
            return at + 1, read[at].word
        end, last = at + 1, min(len(read), at + longest)
        while end < last and not parted(read[end].gap):
            end += 1
        for stop in range(end, at, -1):
            phrase = " ".join([word.word for word in read[at:stop]])
            if phrase in self.meanings:
                return stop, phrase
        return None
