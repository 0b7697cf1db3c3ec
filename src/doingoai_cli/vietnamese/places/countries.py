"""Destinations (nước đến): which countries a cell names, and which general terms it hides behind.

A cell is read as signs (`gazetteer.py`); what stands around a country or a general term is then a pattern of
letters: C a country, P a place abroad, R a region, Q "các, một số", N "nước", k and K "bạn", "khác", L "thuộc, khu
vực, tại", d and n numbers, G "gồm", g "như", W "nước ngoài", t "quá cảnh", x any other word, and the marks.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.places.gazetteer import Sign, countries, signs
from doingoai_cli.vietnamese.text import clean, is_blank

SUBREGIONS = (
    "Northern Africa",
    "Sub-Saharan Africa",
    "Latin America and the Caribbean",
    "Northern America",
    "Central Asia",
    "Eastern Asia",
    "South-eastern Asia",
    "Southern Asia",
    "Western Asia",
    "Eastern Europe",
    "Northern Europe",
    "Southern Europe",
    "Western Europe",
    "Oceania",
    "Antarctica",
)

_HOME = "VNM"
# What is written beside "Trung Quốc" for one destination: "Trung Quốc (Đài Loan)", "Hồng Kông (Trung Quốc)".
_BESIDE_CHINA = frozenset({"TWN", "HKG", "MAC"})


class Destinations(NamedTuple):
    """A destination cell as read.

    `countries`: alpha-3 codes in order of mention, once each; not Viet Nam, and not a country of transit where
    another one stays. `vague`: the general terms that no real country specifies, as typed. `unknown`: there is
    text, but neither a country nor a general term. `counts`: numbers of persons by country, where given.
    """

    text: str
    countries: tuple[str, ...]
    vague: tuple[str, ...]
    unknown: bool
    counts: tuple[tuple[str, int], ...] = ()


@lru_cache(maxsize=16384)  # saves 1.8 s
def read_destinations(text: str) -> Destinations:
    """What `text` names as destinations; never raises."""
    if is_blank(text):
        return Destinations(text, (), (), False)
    cleaned = _unnumbered(clean(text))
    read = _one_china(signs(cleaned))
    codes = tuple(dict.fromkeys(_visited(read)))
    vague = tuple(cleaned[start:end] for start, end in _vague(read))
    return Destinations(text, codes, vague, not codes and not vague, tuple(_counts(read)))


def country_name(code: str) -> str:
    """The Vietnamese name of a country for display (CLDR): "LAO" -> "Lào". KeyError for an unknown code."""
    return countries()[code].name


def subregion(code: str) -> str:
    """The UN M49 sub-region of a country, one of `SUBREGIONS`: "LAO" -> "South-eastern Asia"."""
    return countries()[code].subregion


_FIRST_NUMBER = re.compile(r"\s*\(?0?1[.)]\s*\D")
_LIST_NUMBER = re.compile(r"(?:^|(?<=[\s,;.]))\(?\d{1,2}[.)](?!\d)")


def _unnumbered(text: str) -> str:
    """`text` with the numbers of a list ("1. Lào 2. Thái Lan") made line breaks, every letter in its place."""
    if not _FIRST_NUMBER.match(text):
        return text
    return _LIST_NUMBER.sub(lambda match: "\n".ljust(len(match[0])), text)


def _letters(read: list[Sign]) -> str:
    return "".join(sign.letter for sign in read)


def _one_china(read: list[Sign]) -> list[Sign]:
    """The signs without "Trung Quốc" where it only says whose territory the one beside it in brackets is."""
    dropped = set()
    for match in re.finditer(r"(?=(C)(\()?(C)(\))?)", _letters(read)):
        bracketed = match[2] and match[4]
        plain = not match[2] and not match[4]
        if bracketed or plain:
            pair = {read[match.start(1)].value: match.start(1), read[match.start(3)].value: match.start(3)}
            if "CHN" in pair and _BESIDE_CHINA & pair.keys():
                dropped.add(pair["CHN"])
    return [sign._replace(letter="x") if at in dropped else sign for at, sign in enumerate(read)]


# "quá cảnh (tại) Thái Lan", "(quá cảnh Thái Lan, Hàn Quốc)", "Thái Lan (quá cảnh)"
_TRANSIT = re.compile(r"\([^()]*t[^()]*\)|t[:LxN]{0,2}[CP]|[CP](?=\([Lx]{0,2}t\))")
# A place that a country beside it covers: "Cambridge (Mỹ)", "Mỹ (Cambridge, Manchester)", "Mỹ: Cambridge, Oxford".
_COVERED_AFTER = re.compile(r"P(?=\([NLx]{0,3}C)")
_COVERED_BEFORE = re.compile(r"C(?:\([^()C]*|:[^;C\n]*)")


def _visited(read: list[Sign]) -> Iterator[str]:
    """The codes of the countries visited, in order of mention, repeated as they are."""
    letters = _letters(read)
    covered = {match.start() for match in _COVERED_AFTER.finditer(letters)}
    for match in _COVERED_BEFORE.finditer(letters):
        covered.update(range(match.start() + 1, match.end()))
    transit = {at for match in _TRANSIT.finditer(letters) for at in range(match.start(), match.end())}
    named = [
        (at, sign.value)
        for at, sign in enumerate(read)
        if sign.letter == "C" or (sign.letter == "P" and at not in covered)
    ]
    named = [(at, code) for at, code in named if code != _HOME]
    staying = [code for at, code in named if at not in transit]
    return iter(staying or [code for _, code in named])


_TERM = re.compile(r"(?:Q*[dn]?Q*N[LkN]*|[LQ]+)?R(?:L*R)*(?:\(R\))?[NkK]*|Q+N+[kKL]*(?<!L)|[dn]N+[kK]*|NK+")
# What may stand between a general term and the countries that specify it: "(", ":" or "gồm" and, again, general
# words ("ASEAN (03 nước: Lào, …"), or nothing ("các nước Lào, Thái Lan", "Hội nghị ASEAN tại Lào"). A comma,
# "và" and a dash begin the next item of the list: "các nước ASEAN, Lào" stays general.
_SPECIFIED_AFTER = re.compile(
    r"[xLukK]{0,6}(?:\([^()CP!]*\))?[xL]{0,4}(?:(?:,?[Gg]:?|[(:])[bdnQNLkKRGgx:.\n-]{0,10}|[dnQNL]{0,3})[CP]"
)
# The members of a heading on lines of their own: "Châu Âu", "- Pháp"; under "Các nước" also without marks.
_HEADING = re.compile(r"\n?b[bdnNLx.]{0,3}[CP]")
_MANY_HEADING = re.compile(r"\n[dnNLx.]{0,3}[CP]")
_SUCH_AS = re.compile(r"[^,;CP]*g[^;]*?e")
# The region that a country lies in: "Thái Lan (ASEAN)", "Thái Lan thuộc khu vực ASEAN".
_COUNTRY_BEFORE = re.compile(r"[CP][x]{0,2}\([xLQN]{0,3}$|[CP]-?$")


def _vague(read: list[Sign]) -> Iterator[tuple[int, int]]:
    """Where the general terms stand (start, end in the text) that real countries do not specify."""
    letters = _letters(read)
    for match in _TERM.finditer(letters):
        if not _specified(letters, match.start(), match.end(), region="R" in match[0]):
            yield read[match.start()].start, read[match.end() - 1].end
    if not any(letter in letters for letter in "CP"):
        for sign in read:
            if sign.letter == "W":
                yield sign.start, sign.end


def _specified(letters: str, start: int, end: int, region: bool) -> bool:
    after, before = letters[end:], letters[:start]
    if _SUCH_AS.match(after):
        return False
    if _SPECIFIED_AFTER.match(after):
        return True
    if not before.strip("b\n") and (_HEADING.match(after) or (not region and _MANY_HEADING.match(after))):
        return True
    located = _COUNTRY_BEFORE.search(before)
    if not located:
        return False
    return after.startswith(")") if "(" in located[0] else letters[start] == "L"


_COUNT_AFTER = re.compile(
    r"[CP](?P<open>\()?[:-]?(?P<number>d)(?P<unit>u)?(?=(?P<close>\))|[,&\ne-]|\.(?![CP])|$)"
)
_NO_COUNT = re.compile(r"19\d\d|20\d\d|\d{5,}")  # a year, or no number of persons
_COUNT_BEFORE = re.compile(r"(?P<number>d)u?[LN]?[CP]")


def _counts(read: list[Sign]) -> Iterator[tuple[str, int]]:
    """The persons by country: "Lào: 10; Thái Lan: 15", "Lào (10)", "10 người Lào, 15 người Thái Lan"."""
    letters = _letters(read)
    found = [
        (read[match.start()].value, read[match.start("number")].value)
        for match in _COUNT_AFTER.finditer(letters)
        if not match["open"] or match["close"]
    ]
    if not found:
        found = [(read[m.end() - 1].value, read[m.start("number")].value) for m in _COUNT_BEFORE.finditer(letters)]
        if len(found) < len({sign.value for sign in read if sign.letter == "C"}):
            return  # "50 đại biểu từ Lào, Thái Lan": the number of them all
    totals: dict[str, int] = {}
    for code, digits in found:
        if not _NO_COUNT.fullmatch(digits):
            totals[code] = totals.get(code, 0) + int(digits)
    yield from totals.items()
