"""Destinations (nước đến): which countries a cell names, and which general terms it hides behind.

A cell is read as signs (`gazetteer.py`); what stands around a country or a general term is then a pattern of
letters: C a country, P a place abroad, R a region, Q "các, một số", N "nước", k and K "bạn", "khác", L "thuộc, khu
vực, tại", d and n numbers, G "gồm", g "như", W "nước ngoài", t "quá cảnh", x any other word, and the marks.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from doingoai_cli.vietnamese.numbers import unnumbered
from doingoai_cli.vietnamese.places.gazetteer import COUNTRIES, HOME, OR, Sign, letters_of, signs
from doingoai_cli.vietnamese.places.general import general_terms
from doingoai_cli.vietnamese.places.unknown_countries import unknown_countries
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import ascii_slug, clean, is_blank, without_remarks

SUBREGIONS = (
    "Northern Africa", "Sub-Saharan Africa", "Latin America and the Caribbean", "Northern America", "Central Asia",
    "Eastern Asia", "South-eastern Asia", "Southern Asia", "Western Asia", "Eastern Europe", "Northern Europe",
    "Southern Europe", "Western Europe", "Oceania", "Antarctica",
)  # fmt: skip

# What is written beside "Trung Quốc" for one destination: "Trung Quốc (Đài Loan)", "Hồng Kông (Trung Quốc)".
_BESIDE_CHINA = frozenset({"TWN", "HKG", "MAC"})
_STATE_OF = {code: state for state, codes in names("territories.tsv").items() for code in codes}


class Destinations(NamedTuple):
    """A destination cell as read.

    `countries`: alpha-3 codes in order of mention, once each; not Viet Nam, and not a country of transit where
    another one stays. `vague`: the general terms that no real country specifies, as typed. `unknown`: there is
    text, but neither a country nor a general term. `counts`: numbers of persons by country, where given.
    `unknown_items`: items of a list that are no known country. `choices`: how many of the countries are
    alternatives to another ("A hoặc B": one). `regions`: those of `vague` that are nothing but a region's name.
    """

    text: str
    countries: tuple[str, ...]
    vague: tuple[str, ...]
    unknown: bool
    counts: tuple[tuple[str, int], ...] = ()
    unknown_items: tuple[str, ...] = ()
    choices: int = 0
    regions: tuple[str, ...] = ()


@lru_cache(maxsize=16384)  # saves 1.8 s
def read_destinations(text: str) -> Destinations:
    """What `text` names as destinations; never raises."""
    if is_blank(text):
        return Destinations(text, (), (), False)
    cleaned = _BROKEN.sub(lambda broken: broken[0].replace("\n", " "), unnumbered(without_remarks(clean(text))))
    if not cleaned.endswith(".."):
        cleaned = _AROUND.sub("", cleaned)
    read = _one_china(signs(cleaned))
    stays = _visited(read)
    codes = _without_territories(tuple(dict.fromkeys(code for _, code in stays)), read)
    general = list(general_terms(read, cleaned))
    vague = tuple(term.said for term in general)
    regions = tuple(term.said for term in general if term.bare)
    choices = min(_choices(read, stays, cleaned), max(len(codes) - 1, 0))
    return Destinations(
        text,
        codes,
        vague,
        not codes and not vague,
        tuple(_counts(read)),
        unknown_countries(cleaned, read),
        choices,
        regions,
    )


_AROUND = re.compile(r"^[-+*•–] (?=\w)|[.;,]$")
"""A bullet before the destinations, and the mark that ends them."""
# A line broken within an item: "Đan Mạch⏎(Greenland)", "EU -⏎Bỉ".
_BROKEN = re.compile(
    r"\n(?=[(\[])|(?<= [-–—])\n|\b(?:các|nhiều|số|vài|nước|quốc|\d{1,2}) ?\n"
    r"(?=(?:nước|quốc gia|gia|bạn|khác|thứ)\b)|\b(?:qua|cảnh|cảnh:)\n",
    re.IGNORECASE,
)


def country_name(code: str) -> str:
    """The Vietnamese name of a country for display: "LAO" -> "Lào". KeyError for an unknown code."""
    return COUNTRIES[code].name


def is_printed_name(code: str, written: str) -> bool:
    """Whether a document names a country so: "Úc" and "CHLB Đức", not "LÀO", "lào", "Thailand"."""
    country = COUNTRIES[code]
    if written == country.name:
        return True
    return not (written == country.english or written.isupper() or written.islower())


def place_kind(code: str) -> str:
    """What documents call it: "nước", or "vùng lãnh thổ" for what is no state to them (Đài Loan)."""
    return "vùng lãnh thổ" if code in _TERRITORIES else "nước"


_TERRITORIES = frozenset({"TWN", "HKG", "MAC"})


def countries_without_marks(text: str) -> frozenset[str]:
    """The countries that a text typed without diacritics may name: "nhat ban" → {"JPN"}, "han quoc" → {"KOR"}."""
    typed, aliases = ascii_slug(text), names("country-aliases.tsv")
    return frozenset(
        code
        for code, country in COUNTRIES.items()
        if any(ascii_slug(name) == typed for name in (country.name, *aliases.get(code, ())))
    )


_ABBREVIATED = re.compile(r"[A-ZĐ]{2}|\.")


def written_countries(text: str) -> Mapping[str, str]:
    """Code → the name as `text` writes it ("Úc", "Mỹ"), where that can be printed: in full and capitalised."""
    cleaned = unnumbered(clean(text))
    found: dict[str, str] = {}
    for sign in signs(cleaned):
        name = cleaned[sign.start : sign.end].strip()
        if sign.letter == "C" and name[:1].isupper() and not _ABBREVIATED.search(name):
            found.setdefault(sign.value, " ".join(name.split()))
    return found


def subregion(code: str) -> str:
    """The UN M49 sub-region of a country, one of `SUBREGIONS`: "LAO" -> "South-eastern Asia"."""
    return COUNTRIES[code].subregion


_PAIR = re.compile(r"(?=(C)(\()?(C)(\))?)")


def _one_china(read: list[Sign]) -> list[Sign]:
    """The signs without "Trung Quốc" where it only says whose territory the one beside it in brackets is."""
    dropped = set()
    for match in _PAIR.finditer(letters_of(read)):
        bracketed = match[2] and match[4]
        plain = not match[2] and not match[4]
        if bracketed or plain:
            pair = {read[match.start(1)].value: match.start(1), read[match.start(3)].value: match.start(3)}
            if "CHN" in pair and _BESIDE_CHINA & pair.keys():
                dropped.add(pair["CHN"])
    return [sign._replace(letter="x") if at in dropped else sign for at, sign in enumerate(read)]


def _without_territories(codes: tuple[str, ...], read: list[Sign]) -> tuple[str, ...]:
    """The codes without the territories of a state that is named too: "Guam (Hoa Kỳ)", "Trung Quốc, Ma Cao"."""
    codes = tuple(code for code in codes if _STATE_OF.get(code) not in codes)
    both = [code for code in codes if _STATE_OF.get(code) == "CHN"]
    if len(both) > 1 and any(sign.value == "CHN" for sign in read):
        return tuple(code for code in codes if code != both[1])
    return codes


# "quá cảnh (tại) Thái Lan", "(quá cảnh Thái Lan, Hàn Quốc)", "Thái Lan (quá cảnh)", "Úc, quá cảnh Qatar và UAE"
_TRANSIT = re.compile(
    r"(?:(?<=[CP)])|(?<=[CP)][,;\n-]))t[:LxN]{0,2}[CP]&L?[CP](?=[;)\n.]|$)"
    r"|t[:LxN]{0,2}[CP](?:\([^()]*\))?|[CP](?=\([Lx]{0,2}t\))"
)
_BRACKET = re.compile(r"\([^()]*\)")
# A place that a country beside it covers: "Cambridge (Mỹ)", "Mỹ: Cambridge, Oxford"; and whatever stands in the
# bracket right behind a country, be it a territory of its own in ISO 3166: "Trung Quốc (Hồng Kông, Ma Cao)".
_COVERED_AFTER = re.compile(r"P(?=\([NLx]{0,3}C)")
_COVERED_BEFORE = re.compile(r"C(?:\([^()]*|:[^;C\n]*)")


def _visited(read: list[Sign]) -> list[tuple[int, str]]:
    """The countries where the delegation stays, repeated as they are: (the sign's place, the code)."""
    letters = letters_of(read)
    covered = {match.start() for match in _COVERED_AFTER.finditer(letters)}
    for match in _COVERED_BEFORE.finditer(letters):
        covered.update(range(match.start() + 1, match.end()))
    over = [*_TRANSIT.finditer(letters), *(one for one in _BRACKET.finditer(letters) if "t" in one[0])]
    transit = {at for match in over for at in range(match.start(), match.end())}
    return [
        (at, sign.value)
        for at, sign in enumerate(read)
        if sign.letter in "CP" and sign.value != HOME and at not in covered and at not in transit
    ]


def _choices(read: list[Sign], stays: list[tuple[int, str]], text: str) -> int:
    """How many of the countries are alternatives to the one before them ("A hoặc B")."""
    return sum(
        one != other and any(_is_alternative(sign, text) for sign in read[at:after])
        for (at, one), (after, other) in pairwise(stays)
    )


def _is_alternative(sign: Sign, text: str) -> bool:
    """Whether a sign is "hoặc" or "hay", which folds as the number "hai" does."""
    return sign.value == OR or (sign.letter == "n" and text[sign.start : sign.end].lower() == "hay")


_COUNT_AFTER = re.compile(
    r"[CP](?P<open>\()?[:-]?(?P<number>d)(?P<unit>u)?(?=(?P<close>\))|[,&\ne-]|\.(?![CP])|$)"
)
_NO_COUNT = re.compile(r"19\d\d|20\d\d|\d{5,}")  # a year, or no number of persons
_COUNT_BEFORE = re.compile(r"(?P<number>d)u?[LN]?[CP]")


def _counts(read: list[Sign]) -> Iterator[tuple[str, int]]:
    """The persons by country: "Lào: 10; Thái Lan: 15", "Lào (10)", "10 người Lào, 15 người Thái Lan"."""
    letters = letters_of(read)
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
