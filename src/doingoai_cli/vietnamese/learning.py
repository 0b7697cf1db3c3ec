"""Trips to learn from others (học tập kinh nghiệm, học tập mô hình): a verb of learning with what is learned."""

from collections.abc import Iterable, Sequence

from doingoai_cli.vietnamese.terms import Said, denied_in
from doingoai_cli.vietnamese.text import words

_BETWEEN = frozenset(["các", "một", "số", "những", "nhiều", "vài", "và", "hoặc", "thêm", "về"])
_MOST_BETWEEN = 12
"""Words between the verb and what is learned: "học tập một số mô hình", "học các kinh nghiệm"."""


class Learning:
    """Verbs with the objects that make a trip to learn of them; the `others` may stand between."""

    def __init__(self, verbs: Iterable[str], objects: Iterable[str], others: Iterable[str] = ()) -> None:
        self._verbs = [words(verb) for verb in verbs]
        self._objects = [words(thing) for thing in objects]
        self._between = _BETWEEN.union(*self._verbs, *map(words, others))

    def asserted(self, text: str) -> str | None:
        """The first verb with its object that `text` states and does not deny, in comparing form."""
        said = words(text)
        if not any(thing[0] in said for thing in self._objects):
            return None
        whole = Said.of(text)
        at = 0
        while at < len(said):
            verb = _phrase_at(said, at, self._verbs)
            end = self._end(said, at + verb) if verb else 0
            if end and not denied_in(whole, at, end):
                return " ".join(said[at:end])
            at = end or at + 1
        return None

    def _end(self, said: Sequence[str], at: int) -> int:
        """The word after the object that the words from `at` on lead to; 0 where they lead to none."""
        for place in range(at, min(at + _MOST_BETWEEN, len(said))):
            thing = _phrase_at(said, place, self._objects)
            if thing:
                return place + thing
            if said[place] not in self._between:
                return 0
        return 0


def _phrase_at(said: Sequence[str], at: int, phrases: Iterable[tuple[str, ...]]) -> int:
    return max((len(phrase) for phrase in phrases if tuple(said[at : at + len(phrase)]) == phrase), default=0)
