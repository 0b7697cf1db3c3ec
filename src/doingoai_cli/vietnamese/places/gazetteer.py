"""The words of a destination cell, each known by what it is: a country, a place, a region, a separator, …

A cell becomes a row of signs, one letter a word or mark (`Sign`), so that what surrounds a country can be said
as a short regular expression (`countries.py`). A name is recognised by its letters alone: "Ô-xtrây-li-a",
"Ô xtrây li a" and "Ôxtrâylia" are one name; the longest one that ends with a word wins.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from doingoai_cli.shipped import precomputed
from doingoai_cli.vietnamese.tables import names, rows
from doingoai_cli.vietnamese.text import fold, plain_dashes, without_tones

# One letter a class of `data/destination-words.tsv`; C and P (a country, a place abroad) come from the names.
_SIGNS = {
    "region": "R", "weak": "W", "many": "Q", "noun": "N", "kind": "k", "other": "K", "link": "L", "number": "n",
    "that is": "G", "such as": "g", "except": "!", "transit": "t", "and": "&", "or": "&", "etc": "e", "unit": "u",
    "measure": "m", "no country": "x",
}  # fmt: skip
HOME = "VNM"
"""The code of Viet Nam, which is no destination."""
OR = "or"
"""The value of a sign that separates alternatives."""
NO_COUNTRY = "no country"
"""The value of the signs of names at home and words that only contain a country's."""
_VALUES = {"or": OR, "no country": NO_COUNTRY}
# The signs between which a name that is also another word's part must stand (TQ, Thái, Viên).
_EDGES_BEFORE = frozenset(",(&-\nb:NLGgtdu.")
_EDGES_AFTER = frozenset(",()&-\nb:.edu")

_LONGEST = 48  # letters of the longest name; more is never looked up
_MOST_TOKENS = 32  # syllables and hyphens of it
_TOKEN = re.compile(
    r"(?P<date>\d+(?:[./-]\d+)+)|(?P<digits>\d+)|(?P<etc>…|\.{2,})|(?P<word>[^\W\d_]+)|(?P<newline>\n)|(?P<mark>\S)"
)
_FEW = re.compile(r"\d{1,2}-\d{1,2}")
_MARKS = {
    "(": "(", "[": "(", "{": "(", ")": ")", "]": ")", "}": ")", ":": ":", ".": ".", "&": "&", "+": "&", "'": "",
    '"': "", "’": "", "“": "", "”": "", "_": "", "`": "",
}  # fmt: skip
_AND = frozenset(("và", "and"))  # never the beginning of a name: "và I-ran" is not "vài"
_BULLETS = frozenset("-+*•·–—")


class Country(NamedTuple):
    """A country or territory of ISO 3166: alpha-3 code, sub-region (UN M49), names in Vietnamese and English."""

    code: str
    subregion: str
    name: str
    english: str


class Sign(NamedTuple):
    """One word, name or mark of a cell: its letter, its place in the text, a country's code or a number."""

    letter: str
    start: int
    end: int
    value: str = ""


class _NameWord(NamedTuple):
    """A word or mark before names are put together; `letters`: its part of a name, empty if passed over."""

    letters: str
    letter: str
    start: int
    end: int


class _Meaning(NamedTuple):
    """What a name means: the letter of its sign and a country's code; `alone`: only between separators."""

    letter: str
    value: str = ""
    alone: bool = False


COUNTRIES = {code: Country(code, area, name, english) for code, _, area, name, english in rows("countries.tsv")}
"""Every country by its alpha-3 code (`data/countries.tsv`)."""


# What offices shorten in the full names of states; each alone and all together.
_SHORT_FORMS = (
    ("cộng hòa dân chủ nhân dân", "chdcnd"), ("cộng hòa dân chủ", "chdc"), ("cộng hòa nhân dân", "chnd"),
    ("cộng hòa liên bang", "chlb"), ("cộng hòa", "ch"), ("liên bang", "lb"), ("vương quốc", "vq"),
    ("quần đảo ", ""), ("st.", "saint"), (" - ", " "),
)  # fmt: skip
_SHORTENED = re.compile("|".join(re.escape(long) for long, _ in _SHORT_FORMS))
_PASSED_OVER = str.maketrans(dict.fromkeys(" -.'\"") | {"–": "-", "&": "và", "+": "và"})
# Within a name written as one word the folding of a final y no longer reaches it (Hy-lạp, Hylạp): one letter.
_ONE_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


def _spellings(folded_name: str) -> Iterator[str]:
    """The letters of a name and of its shortened forms, but for "CH Ý": Hồ Chí Minh is no country."""
    forms = [folded_name]
    if _SHORTENED.search(folded_name):
        for long, short in _SHORT_FORMS:
            forms += [form.replace(long, short) for form in forms if long in form]
    for form in forms:
        if form == "ch ý":
            continue
        yield form.replace(" - ", "–").replace(" and ", "và").translate(_PASSED_OVER).translate(_ONE_I)


def _tokens(text: str) -> list[_NameWord]:
    tokens = []
    for match in _TOKEN.finditer(text):
        kind, typed, start, end = match.lastgroup, match[0], match.start(), match.end()
        if kind == "word":
            word = fold(typed).translate(_ONE_I)
            tokens.append(_NameWord("và", "&", start, end) if word in _AND else _NameWord(word, "x", start, end))
        elif kind == "digits":
            tokens.append(_NameWord(typed, "d", start, end))
        elif kind == "date":
            tokens.append(_NameWord("", "n" if _FEW.fullmatch(typed) else "m", start, end))  # "1-2 nước"
        elif kind == "etc":
            tokens.append(_NameWord("…", "e", start, end))
        elif kind == "newline":
            tokens.append(_NameWord("", "\n", start, end))
        else:
            tokens.append(_mark(text, start, tokens))
    return tokens


def _mark(text: str, at: int, before: list[_NameWord]) -> _NameWord:
    """A single mark: what it separates, and whether a name may run across it."""
    mark = text[at]
    if mark in _BULLETS and (not before or before[-1].letter == "\n"):
        return _NameWord("", "b", at, at + 1)
    if plain_dashes(mark) == "-":
        spaced = text[at - 1 : at].isspace() and text[at + 1 : at + 2].isspace()
        return _NameWord("-" if spaced else "", "-", at, at + 1)
    letter = _MARKS.get(mark, ",")
    letters = {"&": "và", ".": "", "": ""}.get(letter, letter)
    return _NameWord(letters, letter, at, at + 1)


def _named() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every name we know: its sign, a country's code, the names; an earlier meaning of a name wins."""
    for country in COUNTRIES.values():
        yield "C", country.code, (country.name,)
    for code, listed in names("country-aliases.tsv").items():
        yield "C", code, listed
    for word_class, listed in names("destination-words.tsv").items():
        yield _SIGNS[word_class], _VALUES.get(word_class, ""), listed
    for country in COUNTRIES.values():
        yield "C", country.code, (country.english,)
    for code, listed in names("foreign-places.tsv").items():
        yield "P", code, listed


def _lexicon() -> dict[str, _Meaning]:
    return precomputed("lexicon", _every_spelling)


def _every_spelling() -> dict[str, _Meaning]:
    meanings = list(_named())
    # One pass of folding over all the names at once: a call for each would cost every start a tenth of a second.
    folded = fold("|".join(name for _, _, listed in meanings for name in listed)).split("|")
    lexicon: dict[str, _Meaning] = {}
    at = 0
    for letter, value, listed in meanings:
        always, alone = _Meaning(letter, value), _Meaning(letter, value, alone=True)
        for name in folded[at : at + len(listed)]:
            entry = alone if name.endswith("=") else always
            for spelling in _spellings(name.removesuffix("=")):
                lexicon.setdefault(spelling, entry)
                if letter == "C" and name.count("-") > 1:  # a sound written out: "Bêlarut" for "Bê-la-rút"
                    lexicon.setdefault(without_tones(spelling), entry)
        at += len(listed)
    return lexicon


def letters_of(read: Iterable[Sign]) -> str:
    """The letters of a row of signs."""
    return "".join(sign.letter for sign in read)


def country_spellings() -> Iterator[str]:
    """The letters of every name of a country."""
    return (spelling for spelling, entry in _lexicon().items() if entry.letter == "C")


_Named = tuple[int, _Meaning]


def _longest_name(tokens: list[_NameWord], at: int) -> _Named | None:
    """The entry of the longest name that begins with token `at`, and the token after it.

    A country's shorter name goes before where another country's begins behind it: "Dominica⏎Na Uy".
    """
    shorter, longest = _two_names(tokens, at)
    if shorter and longest and shorter[1].letter == "C":
        _, behind = _two_names(tokens, shorter[0] + (not tokens[shorter[0]].letters))
        if behind and behind[1].letter == "C" and behind[0] > longest[0]:
            return shorter
    return longest


def _two_names(tokens: list[_NameWord], at: int) -> tuple[_Named | None, _Named | None]:
    """The two longest names that begin with token `at`, the longest last."""
    lexicon, letters, spaces_only = _lexicon(), "", True
    shorter: _Named | None = None
    longest: _Named | None = None
    for end in range(at, min(at + _MOST_TOKENS, len(tokens))):
        token = tokens[end]
        letters += token.letters
        if len(letters) > _LONGEST:
            break
        if not token.letters:
            spaces_only = False
        elif (entry := lexicon.get(letters)) and (spaces_only or entry.letter != "x"):
            # "Đức-Thọ" and "Đức", "Thọ" on two lines are not the one word that "Đức Thọ" is.
            shorter, longest = longest, (end + 1, entry)
    return shorter, longest


def signs(text: str) -> list[Sign]:
    """The signs of a (cleaned) text, left to right."""
    tokens, at = _tokens(text), 0
    read: list[Sign] = []
    alone = []
    while at < len(tokens):
        token = tokens[at]
        named = _longest_name(tokens, at) if token.letter in "xd" else None
        if named:
            end, entry = named
            if entry.alone:
                alone.append(len(read))
            read.append(Sign(entry.letter, token.start, tokens[end - 1].end, entry.value))
            at = end
            continue
        if token.letter:
            read.append(Sign(token.letter, token.start, token.end, token.letters if token.letter == "d" else ""))
        at += 1
    for index in alone:
        before = read[index - 1].letter if index else ","
        after = read[index + 1].letter if index + 1 < len(read) else ","
        if before not in _EDGES_BEFORE or after not in _EDGES_AFTER:
            read[index] = read[index]._replace(letter="x", value="")
    return read
