"""Hidden columns that give live formulas numbers to count: what each row counts as, itself a formula.

A text such as "07 người (02 nữ)" was understood when merging; its formula keeps that reading as long as the text
stands, and reads a plain number or "Quý II" by itself once an officer types one.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from unicodedata import is_normalized

from doingoai_cli.consolidate.workbook.book import Formula
from doingoai_cli.consolidate.workbook.opinion_column import OPINION, is_text, number_of, opinion_formula
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import (
    UNCOUNTED_CODES,
    delegates,
    dollars,
    is_counted,
    month_of,
    persons,
    quarter_of,
)
from doingoai_cli.model.forms import FormSpec, Stage
from doingoai_cli.model.opinions import LEFT_OUT
from doingoai_cli.model.records import Conference, RealisedTrip, Record, column_types
from doingoai_cli.vietnamese.money.usd import UsdValue
from doingoai_cli.vietnamese.places.countries import Destinations, country_name

# In brackets, so that no column of an officer is taken for one of them.
COUNTED, PERSONS, PLAN, COUNTRIES = "[Được tính]", "[Số người]", "[Loại đoàn]", "[Nước]"
VIETNAMESE, FOREIGN, DAYS, SECTION = "[ĐB Việt Nam]", "[ĐB nước ngoài]", "[Số ngày]", "[Mục]"
MONTH, QUARTER = "[Tháng]", "[Quý]"
USD = "[Giá trị USD]"
IN_PLAN, OFF_PLAN = 1, 2
_KEPT = 65_536
"""Formulas held at once: an inbox says the same few thousand things over and over."""
_PLAIN = 255
"""Characters of a text of which we say what a formula makes of it."""


def section_of(spec: FormSpec, row: ConsolidatedRow) -> str:
    """The section that a row stands in; the first where none was told."""
    known = {section.id for section in spec.sections}
    return row.record.section if row.record.section in known else spec.sections[0].id


class Cells(NamedTuple):
    """Where the cells of any row stand: references by field, and those of our own columns ("C" and `ROW`)."""

    fields: dict[str, str]
    codes: str
    opinion: str
    verdict: str
    first: str
    """First and last official cell, the ordinal apart."""
    last: str

    def of(self, field: str) -> str:
        """The cell of a field; an empty text where the form has no such column."""
        return self.fields.get(field, '""')


Reading = Callable[[ConsolidatedRow | None, Cells], Formula | int | str]


def readings_of(spec: FormSpec) -> dict[str, Reading]:
    """The hidden columns of a form, in order: heading → what gives a row's formula (None: a spare row)."""
    fields = {column.field for column in spec.columns}
    columns: dict[str, Reading] = {OPINION: _opinion, COUNTED: _counted}
    if "members" in fields:
        columns[PERSONS] = _number("members", persons)
    if spec.sections:
        columns[SECTION] = lambda row, _cells: section_of(spec, row) if row else ""
    if issubclass(spec.record_model, Conference):
        columns[VIETNAMESE] = _number("vietnamese_delegates", lambda r: delegates(r)[0])
        columns[FOREIGN] = _number("foreign_delegates", lambda r: delegates(r)[1])
        columns[DAYS] = _number("days", _days)
    if issubclass(spec.record_model, RealisedTrip):
        columns[PLAN] = _plan
    if "period" in fields:
        columns[QUARTER if spec.stage is Stage.PLANNED else MONTH] = (
            _quarter if spec.stage is Stage.PLANNED else _month
        )
    if "countries" in fields:
        columns[COUNTRIES] = _countries
    if column_types(spec.record_model).get("value") is UsdValue:
        columns[USD] = _usd
    return columns


def _days(record: Record) -> int:
    return max(record.days.value or 0, 0) if isinstance(record, Conference) else 0


def _opinion(row: ConsolidatedRow | None, cells: Cells) -> Formula:
    text = row.review.opinion if row else ""
    return opinion_formula(cells.opinion, f"{cells.first}:{cells.last}", text, filled=row is not None)


def _counted(row: ConsolidatedRow | None, cells: Cells) -> Formula:
    value = int(is_counted(row)) if row else ""
    return _counted_formula(cells.codes, cells.verdict, f"{cells.first}:{cells.last}", value)


@lru_cache(maxsize=64)  # saves 0.27 s
def _counted_formula(codes: str, verdict: str, sent: str, value: int | str) -> Formula:
    told = f'LEFT({codes},FIND("(",{codes}&"(")-1)'
    barred = "".join(f',1-ISNUMBER(SEARCH("{code}",{told}))' for code in sorted(UNCOUNTED_CODES))
    barred += "".join(f",1-({verdict}={number_of(opinion)})" for opinion in sorted(LEFT_OUT))
    return Formula(f'IF(COUNTA({sent})=0,"",MIN(1{barred}))', value, shared=True)


# --- numbers -----------------------------------------------------------------------------------------------


def _number(field: str, of: Callable[[Record], int]) -> Reading:
    def reading(row: ConsolidatedRow | None, cells: Cells) -> Formula:
        at = cells.of(field)
        plain = _number_formula(at)
        if row is None:
            return Formula(plain, 0, shared=True)
        text, value = row.record.text(field), of(row.record)
        return _kept(at, text, value, plain, _first_number(text))

    return reading


def _number_formula(at: str) -> str:
    """The number that a cell is or begins with; else 0."""
    word = f'LEFT(TRIM({at}),FIND(" ",TRIM({at})&" ")-1)'
    # "e0" lets VALUE take plain numbers only: "5-7" alone would be a date to it.
    return f'IF(ISNUMBER({at}),{at},IFERROR(VALUE({word}&"e0"),0))'


def _first_number(text: str) -> int | None:
    word = text.strip().split(" ")[0]
    return 0 if not text.strip() else int(word) if word.isascii() and word.isdigit() else None


@lru_cache(maxsize=_KEPT)  # saves 0.051 s
def _kept(at: str, text: str, value: float | str, plain: str, plain_value: float | str | None) -> Formula:
    """The formula that gives `value` as long as the cell holds `text`; `plain` alone where it says the same.

    `plain_value`: what `plain` makes of the text; None where that is not known for sure.
    """
    if plain_value == value:
        return Formula(plain, value, shared=True)
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return Formula(f"IF({is_text(at, text)},{shown},{plain})", value)


def _usd_formula(at: str) -> str:
    """The number that a cell is; else 0."""
    return f"IF(ISNUMBER({at}),{at},0)"


def _usd(row: ConsolidatedRow | None, cells: Cells) -> Formula:
    at = cells.of("value")
    if row is None:
        return Formula(_usd_formula(at), 0, shared=True)
    return _kept(at, row.record.text("value"), dollars(row.record), _usd_formula(at), 0)  # the cell is a text


# --- plan, time, countries ---------------------------------------------------------------------------------


def _plan(row: ConsolidatedRow | None, cells: Cells) -> Formula:
    places = cells.of("in_plan"), cells.of("off_plan")
    if row is None or not isinstance(row.record, RealisedTrip):
        return _plan_formula(*places, ("", ""), 0)
    marks = row.record.text("in_plan"), row.record.text("off_plan")
    return _plan_formula(*places, marks, {True: IN_PLAN, False: OFF_PLAN, None: 0}[row.record.planned])


def _plan_formula(inside: str, outside: str, marks: tuple[str, str], value: int) -> Formula:
    plain = (
        f'IF(AND({inside}&""<>"",{outside}&""=""),{IN_PLAN},IF(AND({inside}&""="",{outside}&""<>""),{OFF_PLAN},0))'
    )
    by_place = IN_PLAN if marks[0] and not marks[1] else OFF_PLAN if marks[1] and not marks[0] else 0
    if by_place == value:
        return Formula(plain, value, shared=True)
    as_read = f"AND({is_text(inside, marks[0])},{is_text(outside, marks[1])})"
    return Formula(f"IF({as_read},{value},{plain})", value)


def _month_formula(at: str) -> str:
    """The last part but one of "15-20/5/2019" and "tháng 5/2019", where it is a number; else 0."""
    spaced = f'SUBSTITUTE(SUBSTITUTE(LOWER({at}),"tháng",""),"/",REPT(" ",30))'
    part = f"TRIM(LEFT(RIGHT({spaced},60),30))"
    return f'IF(ISNUMBER({at}),MONTH({at}),IFERROR(VALUE({part}&"e0"),0))'


@lru_cache(maxsize=_KEPT)
def plain_month(text: str) -> int | None:
    """What `_month_formula` makes of a text; None where that takes Excel to say."""
    spaced = text.lower().replace("tháng", "").replace("/", " " * 30)
    part = spaced[-60:][:30].strip(" ")
    if not part:
        return 0
    sure = part.isascii() and part.isdigit() and len(part) <= 2 and _is_plain(text)
    return int(part) if sure else None


def _is_plain(text: str) -> bool:
    """Whether small letters are as long as the text itself, to Excel as to Python."""
    return len(text) <= _PLAIN and is_normalized("NFC", text) and len(text.lower()) == len(text)


def _month(row: ConsolidatedRow | None, cells: Cells) -> Formula:
    at = cells.of("period")
    if row is None:
        return Formula(_month_formula(at), 0, shared=True)
    text = row.record.text("period")
    return _kept(at, text, month_of(row.record) or 0, _month_formula(at), plain_month(text))


def _quarter(row: ConsolidatedRow | None, cells: Cells) -> Formula:
    at = cells.of("period")
    plain = _quarter_formula(at)
    if row is None:
        return Formula(plain, 0, shared=True)
    text = row.record.text("period")
    return _kept(at, text, quarter_of(row.record) or 0, plain, plain_quarter(text))


@lru_cache(maxsize=_KEPT)
def plain_quarter(text: str) -> int | None:
    """What `_quarter_formula` makes of a text; None where that takes Excel to say."""
    at = text.lower().find(_QUARTER)
    if at < 0:
        month = plain_month(text)
        return None if month is None else (month + 2) // 3
    numeral = text[at + len(_QUARTER) :][:9].replace("/", " ").split(" ")[0]
    return _NUMERALS.get(numeral) if _is_plain(text) else None


_QUARTER = "quý "
_NUMERALS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _quarter_formula(at: str) -> str:
    """The number after "Quý", Roman or not, else the quarter of the month; 0 where neither is said."""
    after = f'SUBSTITUTE(MID({at},SEARCH("quý ",{at})+4,9),"/"," ")'
    numeral = f'LEFT({after},FIND(" ",{after}&" ")-1)'
    named = (f"MATCH({numeral},{{{names}}},0)" for names in ('"I","II","III","IV"', '"1","2","3","4"'))
    return f"IFERROR({next(named)},IFERROR({next(named)},IFERROR(INT(({_month_formula(at)}+2)/3),0)))"


def _countries(row: ConsolidatedRow | None, cells: Cells) -> Formula:
    at = cells.of("countries")
    plain = _countries_formula(at)
    if row is None:
        return Formula(plain, "||", shared=True)
    text, names = row.record.text("countries"), "|".join(country_names(row.record))
    return _kept(at, text, f"|{names}|", plain, f"|{_plain_countries(text)}|")


def _plain_countries(text: str) -> str:
    return text.replace(", ", "|").replace("; ", "|").replace(" và ", "|")


def _countries_formula(at: str) -> str:
    listed = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({at},", ","|"),"; ","|")," và ","|")'
    return f'"|"&{listed}&"|"'


def country_names(record: Record) -> tuple[str, ...]:
    """The Vietnamese names of a record's countries; none where it has none that is known."""
    places = getattr(record, "countries", None)
    return _names(places.countries) if isinstance(places, Destinations) else ()


def _names(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(country_name, codes))
