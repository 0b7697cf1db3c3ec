"""How alike two texts are (độ giống nhau), 0 … 100, by rapidfuzz: loaded at the first comparison, 7 ms."""

from collections.abc import Callable, Sequence
from types import ModuleType


def load_rapidfuzz() -> ModuleType:
    """The library, at hand from then on."""
    import rapidfuzz.process

    return rapidfuzz


def ratio(one: str, other: str) -> float:
    """By the letters that both hold in the same order (Indel)."""
    alike: float = load_rapidfuzz().fuzz.ratio(one, other)
    return alike


def token_set_ratio(one: str, other: str) -> float:
    """The same, words that both hold counting most: 100 where all words of one are in the other."""
    alike: float = load_rapidfuzz().fuzz.token_set_ratio(one, other)
    return alike


def most_alike(
    text: str, choices: Sequence[str], least: float, most: int = 1, *, by: Callable[[str], str] | None = None
) -> tuple[str, ...]:
    """The `most` choices most like a text, best first, whose words in whatever order are alike by `least` or more.

    `by`: the form in which choices are compared.
    """
    library = load_rapidfuzz()
    found = library.process.extract(
        text, choices, scorer=library.fuzz.token_sort_ratio, processor=by, score_cutoff=least, limit=most
    )
    return tuple(choice for choice, _, _ in found)
