"""Figures in rows (bảng số liệu): by country, nature, agency, month, quarter, and money by source."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.report.figures.groupings import BY_COUNTRY, BY_MONTH, SOURCES, Grouping, printed_countries
from doingoai_cli.report.figures.measures import Rows, Subject, money_of
from doingoai_cli.report.figures.subjects import SUBJECTS
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.vietnamese.money.sources import Source
from doingoai_cli.vietnamese.text import decapitalised

Value = int | Decimal | None


class SeriesLine(NamedTuple):
    """One line: its label, one value per column, and the rows behind it."""

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
    lines: tuple[SeriesLine, ...]
    unit: str = ""
    """What its first number counts: "đoàn"."""
    total: tuple[Value, ...] = ()
    """The closing line; empty where lines do not add up to one (a delegation to two countries stands in two)."""

    def cut(self, limit: int) -> tuple[tuple[SeriesLine, ...], tuple[SeriesLine, ...]]:
        """The lines that are shown where there is room for `limit`, and those that one line stands for."""
        shown = len(self.lines) if len(self.lines) <= limit else limit - 1
        return self.lines[:shown], self.lines[shown:]


MONEY = "money"
_MONEY_LABEL = "kinh phí theo nguồn"
_SOURCES: Mapping[Source | None, str] = dict((*SOURCES.items(), (None, "Không ghi rõ nguồn")))
SERIES_IDS = frozenset(
    [f"{s.id}.{g.id}" for s in SUBJECTS for g in s.groupings] + [f"{s.id}.{MONEY}" for s in SUBJECTS if s.money]
)
"""The ids that an outline may name."""


def all_series(counted: Mapping[str, Rows], so_far: Mapping[str, Rows], window: Window) -> Mapping[str, Series]:
    """The series of all subjects by their ids; `counted`, `so_far`: subject → its rows, those since January.

    A country has one name in all of them, as a document must.
    """
    abroad = (s.id for s in SUBJECTS if BY_COUNTRY in s.groupings)
    names = printed_countries(row for subject in abroad for row in counted[subject])
    made = (
        _series_of(s, counted[s.id], _before(s, window, so_far.get(s.id, ())), window, names) for s in SUBJECTS
    )
    return {series.id: series for found in made for series in found}


def _series_of(
    subject: Subject, rows: Rows, earlier: Rows, window: Window, names: Mapping[str, str]
) -> tuple[Series, ...]:
    grouped = tuple(_grouped(subject, grouping, rows, window, names) for grouping in subject.groupings)
    grouped = tuple(_with_sums(subject, one, earlier) if one.id.endswith(BY_MONTH.id) else one for one in grouped)
    return (*grouped, _money(subject, rows)) if subject.money else grouped


def _before(subject: Subject, window: Window, so_far: Rows) -> Rows:
    """The rows of the year that lie before the window."""
    months = subject.window(window)
    if months.first == 1:
        return ()
    past = months._replace(first=1, last=months.first - 1)
    return tuple(row for row in so_far if past.holds(subject.when(row.record), row.record.year))


def _grouped(subject: Subject, grouping: Grouping, rows: Rows, window: Window, names: Mapping[str, str]) -> Series:
    groups: dict[str, tuple[str, list[ConsolidatedRow]]] = {}
    for row in rows:
        for group, label in grouping.of(row, window):
            groups.setdefault(group, (names.get(group, label) if grouping is BY_COUNTRY else label, []))[1].append(
                row
            )
    order = sorted(groups, key=lambda g: (g == "~", g if grouping.ordered else "", -len(groups[g][1]), g))
    lines = tuple(
        SeriesLine(group, groups[group][0], _values(subject, tuple(groups[group][1])), tuple(groups[group][1]))
        for group in order
    )
    label = f"{subject.label} {grouping.label}"
    return Series(
        f"{subject.id}.{grouping.id}",
        label,
        grouping.first,
        tuple(heading for heading, _ in subject.columns),
        grouping.definition,
        lines,
        subject.unit,
        _values(subject, rows) if grouping.exclusive and grouping is not BY_MONTH else (),
    )


def _with_sums(subject: Subject, months: Series, earlier: Rows) -> Series:
    """A table by months with its cumulated columns, from January on; `earlier`: rows before its first month."""
    lines = _cumulated(months.lines, _values(subject, earlier) if earlier else ())
    return months._replace(
        lines=lines, columns=(*months.columns, *(f"Lũy kế {decapitalised(c)}" for c in months.columns))
    )


def _values(subject: Subject, rows: Rows) -> tuple[Value, ...]:
    return tuple(subject.measure(measure).of(rows).value for _, measure in subject.columns)


def _cumulated(lines: tuple[SeriesLine, ...], sums: tuple[Value, ...]) -> tuple[SeriesLine, ...]:
    """Each month beside the sum of the year's months up to it; `sums`: of those before the first of `lines`.

    What has no month has no cumulated value; no more has that of which nothing could be read yet.
    """
    result = []
    for line in lines:
        so_far: tuple[Value, ...] = (None,) * len(line.values)
        if line.key != "~":
            sums = so_far = tuple(map(_added, sums or so_far, line.values))
        result.append(line._replace(values=(*line.values, *so_far)))
    return tuple(result)


def _added(one: Value, other: Value) -> Value:
    return other if one is None else one if other is None else one + other


def _money(subject: Subject, rows: Rows) -> Series:
    found = grouped(
        ((amount.currency, _SOURCES[amount.source]), (row, Decimal(amount.value)))
        for row in rows
        for amount in money_of(row).amounts
    )
    names = list(_SOURCES.values())
    order = sorted(found, key=lambda place: (place[0] != "VND", place[0], names.index(place[1])))
    return Series(
        f"{subject.id}.{MONEY}", f"{subject.label} {_MONEY_LABEL}", "Nguồn kinh phí",
        ("Số tiền", subject.columns[0][0]),
        "Tổng các số tiền đọc được ở ô kinh phí, theo nguồn và loại tiền; số không đọc được thì không cộng.",
        tuple(_money_line(currency, source, found[currency, source]) for currency, source in order), subject.unit,
    )  # fmt: skip


def _money_line(currency: str, source: str, amounts: list[tuple[ConsolidatedRow, Decimal]]) -> SeriesLine:
    rows = tuple({row.record_id: row for row, _ in amounts}.values())
    total = sum((value for _, value in amounts), Decimal(0))
    whole: int | Decimal = int(total) if total == int(total) else total
    return SeriesLine(f"{source}|{currency}", f"{source} ({currency})", (whole, len(rows)), rows)
