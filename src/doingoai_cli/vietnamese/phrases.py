"""Sets of phrases looked for in texts (cụm từ), on whole words."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from doingoai_cli.grouping import grouped
from doingoai_cli.vietnamese.text import words


class Phrases:
    """A set of phrases searched for on whole words, the longest first (so "Chủ tịch" is not in "Phó Chủ tịch").

    Punctuation between the words of a phrase is passed over: "Ô-xtrây-li-a" is found in "Ô xtrây li a".
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = tuple(phrases)

    @cached_property  # built by the first text: most lists of a run are never asked, all would take 0.1 s a start
    def _index(self) -> tuple[Mapping[str, Sequence[int]], Mapping[tuple[str, ...], str]]:
        """First word → how long phrases are that begin with it, the longest first; their words → as given."""
        given = {said: phrase for phrase in reversed(self._phrases) if (said := words(phrase))}
        lengths = grouped((said[0], len(said)) for said in sorted(given, key=len, reverse=True))
        return {first: tuple(dict.fromkeys(of_first)) for first, of_first in lengths.items()}, given

    def find(self, text: str) -> Sequence[tuple[int, int, str]]:
        """The phrases in `text`, left to right without overlap: (first word, end word, the phrase as given)."""
        said, lengths = words(text), self._index[0]
        if lengths.keys().isdisjoint(said):
            return ()
        found: list[tuple[int, int, str]] = []
        end = 0
        for at in [at for at, word in enumerate(said) if word in lengths]:
            if at >= end and (phrase := self.longest_at(said, at))[0]:
                end = at + phrase[0]
                found.append((at, end, phrase[1]))
        return found

    def covered(self, words: Sequence[str]) -> set[int]:
        """The places of the words that belong to any phrase, overlapping ones too."""
        return {place for at in range(len(words)) for place in range(at, at + self.length_at(words, at))}

    def longest_at(self, words: Sequence[str], at: int) -> tuple[int, str]:
        """The longest phrase from word `at` on: how many words, the phrase as given; (0, "") where none is."""
        lengths, given = self._index
        for length in lengths.get(words[at], ()) if at < len(words) else ():
            if (phrase := given.get(part := tuple(words[at : at + length]))) is not None:
                return len(part), phrase
        return 0, ""

    def length_at(self, words: Sequence[str], at: int) -> int:
        """How many words from `at` on are the longest phrase there; 0 where none is."""
        return self.longest_at(words, at)[0]

    def first(self, text: str) -> str | None:
        """The first phrase in `text`, as it was given; None if there is none."""
        found = self.find(text)
        return found[0][2] if found else None

    def __bool__(self) -> bool:
        return bool(self._index[0])
