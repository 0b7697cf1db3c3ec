"""General destinations (ghi chung chung: ASEAN, "một số nước"; seed 000, K2.5) among the signs of a cell."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from doingoai_cli.vietnamese.places.gazetteer import COUNTRIES, HOME, Sign, letters_of
from doingoai_cli.vietnamese.tables import rows
from doingoai_cli.vietnamese.text import key

# --- which countries a region covers (châu lục, khu vực) ------------------------------------------


_REGIONS = tuple((key(words), frozenset(areas.split("|"))) for words, areas in rows("regions.tsv"))


def covers(region: str, code: str) -> bool:
    """Whether the country `code` lies in what the general term `region` names; a region of no area covers all."""
    said = f" {key(region)} "
    areas = next((areas for words, areas in _REGIONS if f" {words} " in said), None)
    return areas is None or COUNTRIES[code].subregion in areas


_TERM = re.compile(
    r"(?:Q{0,6}[dn]?Q{0,6}N[LkN]{0,6}|[LQ]{1,6})?R(?:L{0,3}R)*(?:\(R\))?[NkK]*"
    r"|Q{1,6}N{1,6}[kKL]*(?<!L)|[dn]N{1,6}[kK]*|NK+"
)
# What may stand between a general term and the countries that specify it: "(", ":" or "gồm" and, again, general
# words ("ASEAN (03 nước: Lào, …"), or nothing ("các nước Lào, Thái Lan", "Hội nghị ASEAN tại Lào"). A comma,
# "và" and a dash begin the next item of the list: "các nước ASEAN, Lào" stays general.
_SPECIFIED_AFTER = re.compile(
    r"[xLukK]{0,6}(?:\([^()CP!]*\))?[xL]{0,4}(?:(?:,?[Gg]:?|[(:])[bdnQNLkKRGgx:.\n-]{0,10}|[dnQNL]{0,3})(?:x\()?[CP]"
)
# The members of a heading on lines of their own: "Châu Âu", "- Pháp"; under "Các nước" also without marks.
_HEADING = re.compile(r"\n?b[bdnNLx.]{0,3}[CP]")
_MANY_HEADING = re.compile(r"\n[dnNLx.]{0,3}[CP]")
_SUCH_AS = re.compile(r"[^,;CP]*g[^;]*?e")
# The region that a country lies in: "Thái Lan (ASEAN)", "Thái Lan thuộc khu vực ASEAN".
_COUNTRY_BEFORE = re.compile(r"[CP][x]{0,2}\([xLQN]{0,3}$|[CP]-?$")
# A body or an event there that is named for a region: "Philippines (Ngân hàng Phát triển châu Á)".
_NAMED_IN_BRACKET = re.compile(r"[CP]x{0,2}\(x[xLk&]{0,8}$")


class General(NamedTuple):
    """A general term: where it stands among the signs, as typed; `bare`: nothing but a region's name."""

    start: int
    end: int
    said: str
    bare: bool = False


def general_terms(read: list[Sign], text: str) -> Iterator[General]:
    """The general terms that neither real countries specify nor a country of theirs stands beside."""
    letters = letters_of(sign._replace(letter="x") if sign.value == HOME else sign for sign in read)
    for match in _TERM.finditer(letters):
        start, end = match.span()
        bare = _BARE.fullmatch(match[0]) is not None
        term = General(start, end, text[read[start].start : read[end - 1].end], bare)
        if not _specified(letters, start, end, "R" in match[0]) and not _beside_its_country(read, term, text):
            yield term
    if not any(letter in letters for letter in "CP"):
        rest = _TERM.sub(lambda match: "·" * len(match[0]), letters)
        for match in _WITHOUT_COUNTRIES.finditer(rest):
            start, end = match.span()
            said = text[read[start].start : read[end - 1].end]
            if not match["local"] or key(text[read[end - 1].start : read[end - 1].end]) in _LOCAL:
                yield General(start, end, said)


# "nước ngoài", "nước bạn", "3 tỉnh", "các địa phương"
_WITHOUT_COUNTRIES = re.compile(r"W|Nk+|[Qdn]{1,6}(?P<local>m)")
_LOCAL = frozenset(("tỉnh", "thành phố", "địa phương"))
_BARE = re.compile(r"[LR]*R")


def _beside_its_country(read: list[Sign], term: General, text: str) -> bool:
    """Whether a region stands at one end beside a country that lies in it: "Pháp - Châu Âu", "EU/Bỉ".

    A comma begins the next item of the list: "Lào, ASEAN" stays general.
    """
    if not term.bare or (term.start and term.end < len(read)):
        return False
    letters = "".join("-" if text[sign.start : sign.end].strip() == "/" else sign.letter for sign in read)
    before = _BESIDE.search(letters, max(0, term.start - 4), term.start)
    if term.end == len(letters) and before:
        return covers(term.said, read[before.start()].value)
    return term.start == 0 and letters.startswith("-C", term.end) and covers(term.said, read[term.end + 1].value)


_BESIDE = re.compile(r"C-x{0,2}$")  # "Bỉ - trụ sở EU"
_AROUND = 120
"""Signs before and behind a general term that may specify it."""


def _specified(letters: str, start: int, end: int, region: bool) -> bool:
    after, before = letters[end : end + _AROUND], letters[max(0, start - _AROUND) : start]
    if _SUCH_AS.match(after):
        return False
    if _SPECIFIED_AFTER.match(after):
        return True
    first = start < _AROUND and not before.strip("b\n")
    if first and (_HEADING.match(after) or (not region and _MANY_HEADING.match(after))):
        return True
    located = _COUNTRY_BEFORE.search(before)
    if not located and _BARE.fullmatch(letters, start, end):
        located = _NAMED_IN_BRACKET.search(before)
    if not located:
        return False
    return after.startswith(")") if "(" in located[0] else letters[start] == "L"
