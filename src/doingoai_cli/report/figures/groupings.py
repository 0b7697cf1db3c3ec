"""Ways of grouping rows (nhóm số liệu): by country, agency, month, quarter, or what a field says."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import month_of, period_of, quarter_of
from doingoai_cli.model.matching import country_codes
from doingoai_cli.model.records import Trip
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.vietnamese.levels import Level
from doingoai_cli.vietnamese.money.sources import Source, funding_sources
from doingoai_cli.vietnamese.numbers import roman
from doingoai_cli.vietnamese.phrases import Phrases
from doingoai_cli.vietnamese.places.countries import country_name, is_printed_name, written_countries
from doingoai_cli.vietnamese.text import clean, is_blank, key
from doingoai_cli.vietnamese.time.periods import Precision

NOT_GIVEN = "Chưa xác định"


class Grouping(NamedTuple):
    """A way of telling rows apart: `of` gives the (key, label) pairs under which a row stands."""

    id: str
    label: str
    first: str
    definition: str
    of: Callable[[ConsolidatedRow, Window], Iterable[tuple[str, str]]]
    ordered: bool = False
    """Whether lines stand in the order of their keys (months, quarters), not by how many rows they have."""
    exclusive: bool = True
    """Whether a row stands under one key only, so that the lines add up."""


_NOWHERE = ("~", NOT_GIVEN)
SOURCES: Mapping[Source, str] = {
    "state": "Ngân sách nhà nước", "foreign": "Nước ngoài tài trợ, chi trả", "other": "Nguồn khác",
}  # fmt: skip


def _by_country(row: ConsolidatedRow, _: Window) -> Iterable[tuple[str, str]]:
    return [(code, country_name(code)) for code in country_codes(row.record)] or [_NOWHERE]


def printed_countries(rows: Iterable[ConsolidatedRow]) -> Mapping[str, str]:
    """Code → a country as the province prints it: its most frequent spelling in the rows ("Úc", "Australia").

    One that no document prints ("LÀO", "lào", "Thailand") is passed over.
    """
    spellings: dict[str, Counter[str]] = {}
    texts = Counter((row.record.text("countries"), country_codes(row.record)) for row in rows)
    for (text, codes), times in texts.items():
        written = written_countries(text)
        for code in codes:
            if code in written and is_printed_name(code, written[code]):
                spellings.setdefault(code, Counter())[written[code]] += times
    return {code: max(counts, key=counts.__getitem__) for code, counts in spellings.items()}


def _by_nature(row: ConsolidatedRow, _: Window) -> Iterable[tuple[str, str]]:
    nature = row.record.nature if isinstance(row.record, Trip) else ""
    return [_NOWHERE if is_blank(nature) else (key(nature), clean(nature).replace("\n", " "))]


def _by_source(row: ConsolidatedRow, _: Window) -> Iterable[tuple[str, str]]:
    named = funding_sources(row.record.text("funding"))
    return [(source, label) for source, label in SOURCES.items() if source in named] or [_NOWHERE]


def _by_agency(row: ConsolidatedRow, _: Window) -> Iterable[tuple[str, str]]:
    return [(row.agency_key or row.agency, row.agency) if row.agency else _NOWHERE]


def _by_month(row: ConsolidatedRow, window: Window) -> Iterable[tuple[str, str]]:
    month = month_of(row.record) if window.closing_day is None else _regime_month(row, window)
    return [_NOWHERE if month is None else (f"{month:02d}", f"Tháng {month}")]


def _regime_month(row: ConsolidatedRow, window: Window) -> int | None:
    """The month that closes on the window's day; only a time given to the day has one."""
    period = period_of(row.record)
    if period is None or period.precision is not Precision.DAY or period.days is None:
        return None
    return window.month_of(period.days[0])


def _by_quarter(row: ConsolidatedRow, _: Window) -> Iterable[tuple[str, str]]:
    quarter = quarter_of(row.record)
    return [_NOWHERE if quarter is None else (f"{quarter:02d}", f"Quý {roman(quarter)}")]


def _by_time(row: ConsolidatedRow, _: Window) -> Iterable[tuple[str, str]]:
    period = period_of(row.record)
    if period is None or period.days is None:
        return [_NOWHERE]
    first = period.days[0]
    if period.precision > Precision.QUARTER:
        return [(f"{first.year}-5", f"Năm {first.year}")]
    quarter = (first.month + 2) // 3
    return [(f"{first.year}-{quarter}", f"Quý {roman(quarter)}/{first.year}")]


BY_COUNTRY = Grouping(
    "by_country", "theo nước, vùng lãnh thổ", "Nước, vùng lãnh thổ",
    "Đoàn đi (đến từ) nhiều nước được tính ở từng nước; nước không nhận ra được ghi “Chưa xác định”.",
    _by_country, exclusive=False,
)  # fmt: skip
BY_NATURE = Grouping(
    "by_nature",
    "theo danh nghĩa đoàn",
    "Danh nghĩa đoàn",
    "Theo chữ ở cột Danh nghĩa đoàn, gộp cách viết.",
    _by_nature,
)
BY_AGENCY = Grouping(
    "by_agency", "theo cơ quan, đơn vị", "Cơ quan, đơn vị", "Theo cơ quan, đơn vị gửi số liệu.", _by_agency
)
BY_SOURCE = Grouping(
    "by_source", "theo nguồn kinh phí", "Nguồn kinh phí",
    "Theo nguồn ghi ở cột Nguồn kinh phí, có hay không có số tiền; đoàn có nhiều nguồn được tính ở từng nguồn.",
    _by_source, exclusive=False,
)  # fmt: skip
BY_MONTH = Grouping(
    "by_month", "theo tháng", "Tháng",
    "Theo ngày đầu của thời gian thực hiện; lũy kế từ tháng 1.", _by_month, ordered=True,
)  # fmt: skip
BY_TIME = Grouping(
    "by_time", "theo thời gian", "Thời gian",
    "Theo quý và năm bắt đầu; thời gian không rõ quý thì theo năm.", _by_time, ordered=True,
)  # fmt: skip
BY_QUARTER = Grouping("by_quarter", "theo quý", "Quý", "Theo quý bắt đầu thực hiện.", _by_quarter, ordered=True)


def by_text(field: str, id: str, label: str, first: str) -> Grouping:
    """By the words of a field; spellings of one text together, a level under its one name."""

    def of(row: ConsolidatedRow, _: Window) -> Iterable[tuple[str, str]]:
        value = getattr(row.record, field, None)
        if isinstance(value, Level):
            return [(value.level, value.level) if value.level else _NOWHERE]
        text = clean(row.record.text(field)).replace("\n", " ")
        return [_NOWHERE if is_blank(text) else (key(text), text)]

    return Grouping(id, label, first, f"Theo chữ ở cột {first}, gộp cách viết.", of)


# "UBND tỉnh (sau khi có ý kiến của Bộ Ngoại giao)"
_ASIDE = re.compile(r"[(;\n]|\b(?:theo|sau khi|trên cơ sở|căn cứ|được)\b", re.IGNORECASE)


def by_words(
    field: str,
    id: str,
    label: str,
    first: str,
    words: Iterable[tuple[str, Iterable[str]]],
    *,
    before_asides: bool = False,
) -> Grouping:
    """By the first name of `words` (name, its phrases) that a field says, before any aside if so asked."""
    known = tuple((name, Phrases(phrases)) for name, phrases in words)

    def of(row: ConsolidatedRow, _: Window) -> Iterable[tuple[str, str]]:
        text = row.record.text(field)
        parts = (_ASIDE.split(text, maxsplit=1)[0], text) if before_asides else (text,)
        return [next(((name, name) for part in parts for name, phrases in known if phrases.first(part)), _NOWHERE)]

    return Grouping(id, label, first, f"Theo nội dung cột {first}.", of)
