"""The periods of reporting that a title, a folder or a line of text states ("6 tháng đầu năm", "quý III/2020")."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.numbers import read_roman
from doingoai_cli.vietnamese.text import plain_dashes, without_diacritics
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod, period_of_code

_LONGEST = 500
"""Letters of a text in which a period is looked for: titles are shorter."""


class StatedPeriod(NamedTuple):
    """What a text states: months, and the year where it says one."""

    first: int
    last: int
    year: int | None

    def of_year(self, year: int) -> ReportingPeriod:
        """The period; a year that is not said is `year`."""
        return ReportingPeriod(self.year or year, self.first, self.last)


_NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "gieng": 1, "chap": 12,
}  # fmt: skip
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_COUNT = rf"(?:\d{{1,2}}|(?!tu\b)(?:{_WORD}))"
_YEAR_TAIL = r"(?:\s*[/\-.,(]?\s*(?:cua\s+)?(?:nam\s*)?(?P<{}>20\d\d)(?!\d))?"
_TIE = r"\s*(?:-|den|toi)\s*(?:het\s*)?"
_SINCE = r"(?:dau nam\s*den\s*(?:het\s*)?|\bden\s*het\s*)"
_DAY = r"(?:ngay\s*)?(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)"
_DATE_IN_WORDS = re.compile(r"ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})\s*(?:nam|/)\s*(20\d\d)")
_PART_OF_DATE = re.compile(r"(?:ngay\s*)?\b\d{1,2}\s*(?:/\s*)?thang\s*\d{1,2}\b(?!\s*thang)|ngay[\s.…]*thang")
_ENCLOSED = re.compile(r"\(?\s*(?:kem theo|ban hanh kem)\b.*", re.DOTALL)
_FROM_DAY = re.compile(rf"(?:tu\s*)?(?:ngay\s*)?\b(\d{{1,2}})[/.-](\d{{1,2}})(?:[/.-](20\d\d))?{_TIE}{_DAY}")
_STATED = re.compile(
    # 6 tháng đầu năm 2020, chín tháng, 6 tháng cuối năm, nửa đầu năm
    rf"(?<!/)\b(?P<many>{_COUNT})\s*thang\b(?!\s*(?!20\d\d)\d)(?:\s*(?P<side>dau|cuoi)(?:\s*(?:cua\s+)?nam)?)?"
    + _YEAR_TAIL.format("yn")
    + r"|\bnua(?:\s+nam)?\s*(?P<half>dau|cuoi)(?:\s*(?:cua\s+)?nam)?"
    + _YEAR_TAIL.format("yh")
    # ba quý đầu năm 2020
    + r"|\b(?P<quarters>[1-4]|mot|hai|ba|bon)\s*quy\s*(?P<end>dau|cuoi)(?:\s*(?:cua\s+)?nam)?"
    + _YEAR_TAIL.format("ye")
    # quý III/2020, quý I, II năm 2020, quý I - quý III, Q3/2020
    + rf"|(?P<since_q>{_SINCE})?"
    + r"\b(?:quy\s*|q\.?(?=[iv\d]{1,3}\s*[/.-]\s*20\d\d))(?P<q>iv|i{1,3}|[1-4])\b"
    + r"(?:\s*(?:[-,+&]|den|va)\s*(?:het\s*)?(?:quy\s*)?(?P<q2>iv|i{1,3}|[1-4])\b)*"
    + _YEAR_TAIL.format("yq")
    # tháng 8/2020, tháng 7, 8, 9 năm 2020, từ tháng 1 đến tháng 8, (từ đầu năm) đến hết tháng 8, T8/2020
    + rf"|(?P<since>{_SINCE})?"
    + r"\b(?:thang\s*|t\.?(?=\d{1,2}\s*[/.-]\s*20\d\d))"
    + rf"(?P<m>\d{{1,2}}|{_WORD})\b(?!\s*thang)"
    + r"(?:\s*(?:[-,+&]|den|va)\s*(?:het\s*)?(?:thang\s*)?(?P<m2>\d{1,2})(?!\d|/\d{1,2}/))*"
    + _YEAR_TAIL.format("ym")
)


@lru_cache(maxsize=4096)  # saves 0.04 s
def stated_periods(text: str) -> tuple[StatedPeriod, ...]:
    """The periods that a title states, in their order; neither dates of letters nor whole years are."""
    plain = _plain(text[:_LONGEST])
    windows = [found for m in _FROM_DAY.finditer(plain) if (found := _between(m))]
    rest = _PART_OF_DATE.sub(" ", _FROM_DAY.sub(" ", plain))
    named = [found for m in _STATED.finditer(rest) if (found := _named(m))]
    return tuple(found for found in (*named, *windows) if (found.first, found.last) != (1, 12))


_BESIDE_PERIOD = re.compile(r"\W*(?:ki bao cao|ky bao cao|ki|ky|so lieu|bao cao|tinh)?\W*(?:tu|trong|nam)?\W*")


def whole_period(text: str) -> StatedPeriod | None:
    """The one period that a text is, and nothing else: a folder's name, a line below a title; None otherwise."""
    found = stated_periods(text)
    if len(found) != 1:
        return None
    plain = _plain(text)
    rest = _STATED.sub(" ", _FROM_DAY.sub(" ", plain))
    return found[0] if _BESIDE_PERIOD.fullmatch(rest) else None


_DASHES_OF_WORDS = re.compile(r"(?<=[a-z])-(?=[a-z\d])|(?<=[a-z])-|-(?=[a-z])")
_QUARTER = re.compile(r"\bqui\b")


def _plain(text: str) -> str:
    """Lower case without diacritics; "quỹ" (a fund) is not "quý" (a quarter)."""
    bare = without_diacritics(unicodedata.normalize("NFC", text).lower().replace("quỹ", "quyx"))
    bare = _DASHES_OF_WORDS.sub(" ", plain_dashes(bare).replace("_", "-"))
    bare = _ENCLOSED.sub(" ", _QUARTER.sub("quy", bare))
    return _DATE_IN_WORDS.sub(r"\1/\2/\3", bare)


def _between(match: re.Match[str]) -> StatedPeriod | None:
    """The months between two days: calendar months, or months that close on the 14th (Decree 09/2019)."""
    try:
        start = date(int(match[3] or match[6]), int(match[2]), int(match[1]))
        end = date(int(match[6]), int(match[5]), int(match[4]))
    except ValueError:
        return None
    closes = end.day in (14, 15) or end.day == monthrange(end.year, end.month)[1]
    opens = start.day in (1, 14, 15, 16)
    year, first = start.year, start.month
    if start.day >= 14:
        year, first = (year + 1, 1) if first == 12 else (year, first + 1)
    if not (opens and closes) or year != end.year or first > end.month:
        return None
    return StatedPeriod(first, end.month, year)


def _named(match: re.Match[str]) -> StatedPeriod | None:
    year = next((int(match[name]) for name in ("yn", "yh", "ye", "yq", "ym") if match[name]), None)
    if match["many"]:
        many = _number(match["many"])
        first, last = (13 - many, 12) if match["side"] == "cuoi" else (1, many)
    elif match["quarters"]:
        many = 3 * _number(match["quarters"])
        first, last = (13 - many, 12) if match["end"] == "cuoi" else (1, many)
    elif match["half"]:
        first, last = (7, 12) if match["half"] == "cuoi" else (1, 6)
    elif match["q"]:
        quarters = _quarter(match["q"]), _quarter(match["q2"] or match["q"])
        first, last = 3 * min(quarters) - 2, 3 * max(quarters)
        first = 1 if match["since_q"] else first
    else:
        months = _number(match["m"]), _number(match["m2"] or match["m"])
        first, last = (1, max(months)) if match["since"] else (min(months), max(months))
    return StatedPeriod(first, last, year) if 1 <= first <= last <= 12 else None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def _quarter(text: str) -> int:
    return int(text) if text.isdigit() else read_roman(text) or 0


def folder_periods(path: str) -> Iterator[ReportingPeriod]:
    """The periods that the folders of a path name, the nearest first: "inbox/2020-08/…", "Quý III-2020".

    A folder that names no year is one of a year's folder ("2020/Tháng 8").
    """
    folders = path.replace("\\", "/").split("/")[:-1]
    for at in range(len(folders) - 1, -1, -1):
        name = folders[at]
        if (coded := period_of_code(name)) is not None:
            if not coded.whole:
                yield coded
            continue
        above = next(_years_above(folders[:at]), None)
        if above and (coded := period_of_code(f"{above}-{name}")) is not None:  # "2020/Q3"
            yield coded
            continue
        stated = whole_period(name) or (_bare_month(name) if at else None)
        year = stated and (stated.year or above)
        if stated is not None and year:
            yield stated.of_year(year)


_BARE = re.compile(r"(?:t|th)?\s*(0?[1-9]|1[0-2])")
_YEAR_FOLDER = re.compile(r"(?:nam[\s-]*)?(20\d\d)")


def _bare_month(name: str) -> StatedPeriod | None:
    found = _BARE.fullmatch(_plain(name))
    return StatedPeriod(int(found[1]), int(found[1]), None) if found else None


def _years_above(folders: list[str]) -> Iterator[int]:
    for name in reversed(folders):
        if found := _YEAR_FOLDER.fullmatch(_plain(name)):
            yield int(found[1])
