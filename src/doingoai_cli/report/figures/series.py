"""Figures in rows (bảng số liệu): by country, nature, agency, month, quarter, and money by source."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import month_of, period_of, quarter_of
from doingoai_cli.model.records import Trip
from doingoai_cli.report.figures.measures import PERSONS, SUBJECTS, Rows, Subject, countries_of, money_of
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.vietnamese.numbers import roman
from doingoai_cli.vietnamese.places.countries import country_name, written_countries
from doingoai_cli.vietnamese.text import clean, is_blank, key
from doingoai_cli.vietnamese.time.periods import Precision

Value = int | Decimal | None
NOT_GIVEN = "Chưa xác định"


class Line(NamedTuple):
    """One line: its label, one value a column, and the rows behind it."""

    key: str
    label: str
    values: tuple[Value, ...]
    rows: Rows


class Series(NamedTuple):
    """A small table of figures."""

    id: str
    label: str
    first: str
    """The heading of the labels' column."""
    columns: tuple[str, ...]
    definition: str
    lines: tuple[Line, ...]
    total: tuple[Value, ...] = ()
    """The closing line; empty where lines do not add up to one (a delegation to two countries stands in two)."""


class Grouping(NamedTuple):
    """A way of telling rows apart: `of` gives the (key, label) pairs under which a row stands."""

    id: str
    label: str
    first: str
    definition: str
    of: Callable[[ConsolidatedRow, Window], Iterable[tuple[str, str]]]
    ordered: bool = False
    """By key (months, quarters) instead of by number."""
    exclusive: bool = True
    """Whether a row stands under one key only, so that the lines add up."""


_NOWHERE = ("~", NOT_GIVEN)


def _by_country(row: ConsolidatedRow, _: Window) -> Iterable[tuple[str, str]]:
    written = written_countries(row.record.text("countries"))
    return [(code, written.get(code, "")) for code in countries_of(row)] or [_NOWHERE]


def _as_printed(code: str, written: Counter[str]) -> str:
    """A country as the province prints it: its most frequent spelling in the rows ("Úc", not "Australia")."""
    best = max(written.values(), default=0)
    return next((name for name, number in written.items() if number == best), None) or country_name(code)


def _by_nature(row: ConsolidatedRow, _: Window) -> Iterable[tuple[str, str]]:
    nature = row.record.nature if isinstance(row.record, Trip) else ""
    return [_NOWHERE if is_blank(nature) else (key(nature), clean(nature).replace("\n", " "))]


def _by_agency(row: ConsolidatedRow, _: Window) -> Iterable[tuple[str, str]]:
    return [(row.agency_key or row.agency, row.agency) if row.agency else _NOWHERE]


def _by_month(row: ConsolidatedRow, window: Window) -> Iterable[tuple[str, str]]:
    month = month_of(row.record) if window.closing_day is None else _regime_month(row, window)
    return [_NOWHERE if month is None else (f"{month:02d}", f"Tháng {month}")]


def _regime_month(row: ConsolidatedRow, window: Window) -> int | None:
    """The month that closes on the window's day; only a time given to the day has one."""
    period = period_of(row.record)
    if period is None or period.precision is not Precision.DAY or period.start is None or period.end is None:
        return None
    return window.month_of(min(period.start, period.end))


def _by_quarter(row: ConsolidatedRow, _: Window) -> Iterable[tuple[str, str]]:
    quarter = quarter_of(row.record)
    return [_NOWHERE if quarter is None else (f"{quarter:02d}", f"Quý {roman(quarter)}")]


BY_COUNTRY = Grouping(
    "by_country", "theo nước", "Nước, vùng lãnh thổ",
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
BY_MONTH = Grouping(
    "by_month", "theo tháng", "Tháng",
    "Theo ngày đầu của thời gian thực hiện; lũy kế từ tháng 1.", _by_month, ordered=True,
)  # fmt: skip
BY_QUARTER = Grouping("by_quarter", "theo quý", "Quý", "Theo quý bắt đầu thực hiện.", _by_quarter, ordered=True)
TRIP_GROUPINGS = (BY_COUNTRY, BY_NATURE, BY_AGENCY, BY_MONTH)
_GROUPINGS: Mapping[str, tuple[Grouping, ...]] = {
    "out": TRIP_GROUPINGS,
    "in": TRIP_GROUPINGS,
    "conferences": (BY_AGENCY, BY_MONTH),
    "plan.out": (BY_COUNTRY, BY_NATURE, BY_AGENCY, BY_QUARTER),
    "plan.in": (BY_COUNTRY, BY_NATURE, BY_AGENCY, BY_QUARTER),
    "plan.conferences": (BY_AGENCY, BY_QUARTER),
}
MONEY = "money"
_MONEY_LABEL = "kinh phí theo nguồn"
_SOURCES = {
    "state": "Ngân sách nhà nước",
    "foreign": "Nước ngoài tài trợ, chi trả",
    "other": "Nguồn khác",
    None: "Không ghi rõ nguồn",
}
SERIES_IDS = tuple(f"{s.id}.{g.id}" for s in SUBJECTS for g in _GROUPINGS[s.id]) + tuple(
    f"{s.id}.{MONEY}" for s in SUBJECTS
)


def series_of(subject: Subject, rows: Rows, window: Window) -> tuple[Series, ...]:
    """All series of a subject over its counted rows."""
    grouped = tuple(_grouped(subject, grouping, rows, window) for grouping in _GROUPINGS[subject.id])
    return (*grouped, _money(subject, rows))


def _grouped(subject: Subject, grouping: Grouping, rows: Rows, window: Window) -> Series:
    groups: dict[str, tuple[str, list[ConsolidatedRow]]] = {}
    spellings: dict[str, Counter[str]] = {}
    for row in rows:
        for group, label in grouping.of(row, window):
            groups.setdefault(group, (label, []))[1].append(row)
            spellings.setdefault(group, Counter()).update([label] if label else ())
    if grouping is BY_COUNTRY:
        groups |= {
            code: (_as_printed(code, spellings[code]), held) for code, (_, held) in groups.items() if code != "~"
        }
    order = sorted(groups, key=lambda g: (g == "~", g if grouping.ordered else "", -len(groups[g][1]), g))
    lines = tuple(
        Line(group, groups[group][0], _values(subject, tuple(groups[group][1])), tuple(groups[group][1]))
        for group in order
    )
    columns = _columns(subject)
    if grouping is BY_MONTH:
        lines, columns = _cumulated(lines), (*columns, *(f"Lũy kế {c.lower()}" for c in columns))
    total = _values(subject, rows) if grouping.exclusive and grouping is not BY_MONTH else ()
    label = f"{subject.label} {grouping.label}"
    return Series(f"{subject.id}.{grouping.id}", label, grouping.first, columns, grouping.definition, lines, total)


def _columns(subject: Subject) -> tuple[str, ...]:
    return ("Số hội nghị, hội thảo",) if "conferences" in subject.id else ("Số đoàn", "Lượt người")


def _values(subject: Subject, rows: Rows) -> tuple[Value, ...]:
    return (len(rows),) if "conferences" in subject.id else (len(rows), PERSONS.of(rows).value)


def _cumulated(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Each month beside the sum of the months up to it; what has no month has no cumulated value."""
    width = len(lines[0].values) if lines else 0
    sums = [0] * width
    result = []
    for line in lines:
        if line.key == "~":
            result.append(line._replace(values=(*line.values, *(None,) * width)))
            continue
        sums = [so_far + int(value or 0) for so_far, value in zip(sums, line.values, strict=True)]
        result.append(line._replace(values=(*line.values, *sums)))
    return tuple(result)


def _money(subject: Subject, rows: Rows) -> Series:
    found: dict[tuple[str, str], list[tuple[ConsolidatedRow, Decimal]]] = {}
    for row in rows:
        for amount in money_of(row).amounts:
            found.setdefault((amount.currency, _SOURCES[amount.source]), []).append((row, Decimal(amount.value)))
    names = list(_SOURCES.values())
    order = sorted(found, key=lambda place: (place[0] != "VND", place[0], names.index(place[1])))
    return Series(
        f"{subject.id}.{MONEY}", f"{subject.label} {_MONEY_LABEL}", "Nguồn kinh phí", ("Số tiền", "Số dòng"),
        "Tổng các số tiền đọc được ở ô kinh phí, theo nguồn và loại tiền; số không đọc được thì không cộng.",
        tuple(_money_line(currency, source, found[currency, source]) for currency, source in order),
    )  # fmt: skip


def _money_line(currency: str, source: str, amounts: list[tuple[ConsolidatedRow, Decimal]]) -> Line:
    rows = tuple({row.record_id: row for row, _ in amounts}.values())
    total = sum((value for _, value in amounts), Decimal(0))
    whole: int | Decimal = int(total) if total == int(total) else total
    return Line(f"{source}|{currency}", f"{source} ({currency})", (whole, len(rows)), rows)
