"""Times as offices write them: every example of the rules, and laws that hold for any date."""

import unicodedata
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.time.belongings import seasons
from doingoai_cli.vietnamese.time.periods import (
    Period,
    Precision,
    _read_any,
    overlaps,
    read_period,
    stretches,
    touches,
)

YEAR = 2019  # of the form in every case below

# text | first day | last day
DAYS = """
28/2-2/3 | 2019-02-28 | 2019-03-02
15-20/5/2019 | 2019-05-15 | 2019-05-20
05-07/12 | 2019-12-05 | 2019-12-07
10-18/02/2026 | 2026-02-10 | 2026-02-18
từ ngày 17-21/2 | 2019-02-17 | 2019-02-21
từ ngày 20 - 22/11 | 2019-11-20 | 2019-11-22
Từ 14/7/2018 đến 22/7/2018 | 2018-07-14 | 2018-07-22
từ 12 đến 15/3/2019 | 2019-03-12 | 2019-03-15
Từ 20/4/2018 đến 27 | 2018-04-20 | 2018-04-27
từ ngày 26/7 | 2019-07-26 | 2019-07-26
Từ ngày 30/11 đến 02/12/2019 | 2019-11-30 | 2019-12-02
12&13/3/2019 | 2019-03-12 | 2019-03-13
Ngày đi: 12/3/2019; ngày về: 15/3/2019 | 2019-03-12 | 2019-03-15
từ 8h30 - 11h30 ngày 12/3/2019 | 2019-03-12 | 2019-03-12
đêm 12 rạng sáng 13/3/2019 | 2019-03-12 | 2019-03-13
Từ 28-2 đến 2-3 | 2019-02-28 | 2019-03-02
Từ: 28-2 Đến: 2/3/2019 | 2019-02-28 | 2019-03-02
tháng 3, từ ngày 12 đến 15 | 2019-03-12 | 2019-03-15
20/11 | 2019-11-20 | 2019-11-20
Từ 20/12/2018 đến nay | 2018-12-20 | 2019-12-31
12/5/2019 - nay | 2019-05-12 | 2019-12-31
12∕5∕2019 ⁓ 15⁄5⁄2019 | 2019-05-12 | 2019-05-15
24 tháng kể từ ngày 15/3/2018 | 2018-03-15 | 2020-03-14
Ngày 4.8 | 2019-08-04 | 2019-08-04
Sáng 06-12 | 2019-12-06 | 2019-12-06
Ngày 23/4/2020 | 2020-04-23 | 2020-04-23
12/3/19 | 2019-03-12 | 2019-03-12
12-Mar-19 | 2019-03-12 | 2019-03-12
12-Mar-2019 | 2019-03-12 | 2019-03-12
2019-03-12 | 2019-03-12 | 2019-03-12
2019-03-12 00:00:00 | 2019-03-12 | 2019-03-12
2019-03-12T08:30:00 | 2019-03-12 | 2019-03-12
25-3/2019 | 2019-03-25 | 2019-03-25
12-15-3-2019 | 2019-03-12 | 2019-03-15
12-3-2019 - 15-3-2019 | 2019-03-12 | 2019-03-15
ngày 12 tháng 3 năm 2019 | 2019-03-12 | 2019-03-12
12 tháng 3 đến 15 tháng 3 | 2019-03-12 | 2019-03-15
Từ ngày 12 đến ngày 15 tháng 3 năm 2019 | 2019-03-12 | 2019-03-15
Từ 12 - 15, tháng 3 năm 2019 | 2019-03-12 | 2019-03-15
ngày 5, 7 và 9 tháng 3 | 2019-03-05 | 2019-03-09
tháng 3: 12-15 | 2019-03-12 | 2019-03-15
tháng 5 ngày 12 | 2019-05-12 | 2019-05-12
12/3-15/3 năm 2018 | 2018-03-12 | 2018-03-15
12-15/3, 2018 | 2018-03-12 | 2018-03-15
5/3, 7/3/2019 | 2019-03-05 | 2019-03-07
12-15/3 và 20-22/5/2019 | 2019-03-12 | 2019-05-22
05-07, 12-14/3 | 2019-03-05 | 2019-03-14
đợt 1: 12-15/3; đợt 2: 20-22/5 | 2019-03-12 | 2019-05-22
8h00 ngày 5/3/2020 | 2020-03-05 | 2020-03-05
14 giờ 30 phút, thứ Năm, ngày 5/3/2020 | 2020-03-05 | 2020-03-05
Từ 8h ngày 12/3 đến 17h ngày 13/3/2019 | 2019-03-12 | 2019-03-13
trong 5 ngày, từ 12/3 đến 16/3/2019 | 2019-03-12 | 2019-03-16
05 ngày (12-16/3/2019) | 2019-03-12 | 2019-03-16
5 ngày 4 đêm, 12-16/3/2019 | 2019-03-12 | 2019-03-16
từngày 12/3/2019đến15/3/2019 | 2019-03-12 | 2019-03-15
Quý II (12-15/5/2019) | 2019-05-12 | 2019-05-15
Tháng 5 (từ 12-15/5/2020) | 2020-05-12 | 2020-05-15
20-22/11/2019, tại Quảng Bình | 2019-11-20 | 2019-11-22
29/2/2020 | 2020-02-29 | 2020-02-29
28/12-3/1 | 2019-12-28 | 2020-01-03
28/12/2019-3/1 | 2019-12-28 | 2020-01-03
28/12-3/1/2020 | 2019-12-28 | 2020-01-03
Từ 28/12/2018 đến 03/01/2019 | 2018-12-28 | 2019-01-03
"""

MONTHS = """
May-20 | 2020-05-01 | 2020-05-31
Apr-2020 | 2020-04-01 | 2020-04-30
Thg5-20 | 2020-05-01 | 2020-05-31
5/20 | 2020-05-01 | 2020-05-31
tháng 5/2020 | 2020-05-01 | 2020-05-31
tháng 5 | 2019-05-01 | 2019-05-31
T5/2020 | 2020-05-01 | 2020-05-31
5/2020 | 2020-05-01 | 2020-05-31
05-2020 | 2020-05-01 | 2020-05-31
Tháng 5/19 | 2019-05-01 | 2019-05-31
tháng Năm năm 2020 | 2020-05-01 | 2020-05-31
tháng mười hai | 2019-12-01 | 2019-12-31
Tháng 3, 4/2020 | 2020-03-01 | 2020-04-30
tháng 3/4/2020 | 2020-03-01 | 2020-04-30
3-4/2020 | 2020-03-01 | 2020-04-30
tháng 5-6/2020 | 2020-05-01 | 2020-06-30
T5-T6/2020 | 2020-05-01 | 2020-06-30
từ tháng 5 đến tháng 7 | 2019-05-01 | 2019-07-31
tháng 11 - tháng 2 | 2019-11-01 | 2020-02-29
tháng 12/2019 - 2/2020 | 2019-12-01 | 2020-02-29
tháng V/2020 | 2020-05-01 | 2020-05-31
2020-05 | 2020-05-01 | 2020-05-31
02 đợt (tháng 5, 9) | 2019-05-01 | 2019-09-30
hạ tuần tháng 5/2020 | 2020-05-01 | 2020-05-31
cuối tháng 5 | 2019-05-01 | 2019-05-31
cuối tháng 5 đầu tháng 6/2020 | 2020-05-01 | 2020-06-30
tuần 2 tháng 5/2020 | 2020-05-01 | 2020-05-31
2 tuần đầu tháng 5 | 2019-05-01 | 2019-05-31
03 ngày, tháng 5/2020 | 2020-05-01 | 2020-05-31
dự kiến tháng 5/2020 | 2020-05-01 | 2020-05-31
Tháng 4 năm 2020, theo thư mời | 2020-04-01 | 2020-04-30
Tháng 5 năm nay | 2019-05-01 | 2019-05-31
Quý II/2020 (tháng 5) | 2020-05-01 | 2020-05-31
36 tháng từ tháng 1/2018 | 2018-01-01 | 2020-12-31
01/2018 (36 tháng) | 2018-01-01 | 2020-12-31
36 tháng (từ 01/2018) | 2018-01-01 | 2020-12-31
tháng 6 năm 2019 (trong 03 tháng) | 2019-06-01 | 2019-08-31
Tháng 5/2020 nhân kỷ niệm 45 năm thiết lập quan hệ | 2020-05-01 | 2020-05-31
"""

QUARTERS = """
Quý II/2020 | 2020-04-01 | 2020-06-30
Quý II/20 | 2020-04-01 | 2020-06-30
QUÝ II NĂM 2020 | 2020-04-01 | 2020-06-30
quý 2 | 2019-04-01 | 2019-06-30
Q1 | 2019-01-01 | 2019-03-31
QII | 2019-04-01 | 2019-06-30
QuýII/2020 | 2020-04-01 | 2020-06-30
quí 3 năm 2020 | 2020-07-01 | 2020-09-30
quý một | 2019-01-01 | 2019-03-31
quý đầu năm | 2019-01-01 | 2019-03-31
3 tháng cuối năm | 2019-10-01 | 2019-12-31
II/2020 | 2020-04-01 | 2020-06-30
Quý l/2020 | 2020-01-01 | 2020-03-31
Quý I, II | 2019-01-01 | 2019-06-30
Quý II, III/2020 | 2020-04-01 | 2020-09-30
Quý II - III | 2019-04-01 | 2019-09-30
Quý 2-3/2020 | 2020-04-01 | 2020-09-30
Quý II hoặc Quý III | 2019-04-01 | 2019-09-30
Quý 3 hoặc 4 | 2019-07-01 | 2019-12-31
quý thứ hai | 2019-04-01 | 2019-06-30
cuối quý II, đầu quý III | 2019-04-01 | 2019-09-30
2 quý đầu năm | 2019-01-01 | 2019-06-30
Quý IV/2019 - Quý I/2020 | 2019-10-01 | 2020-03-31
Quý II/2020 (dự kiến) | 2020-04-01 | 2020-06-30
Quý II - năm 2020 | 2020-04-01 | 2020-06-30
Năm 2020: Quý II | 2020-04-01 | 2020-06-30
Quý III/2020 theo thư mời ngày 5/3/2019 | 2020-07-01 | 2020-09-30
"""

HALVES = """
6 tháng đầu năm 2021 | 2021-01-01 | 2021-06-30
06 tháng đầu năm | 2019-01-01 | 2019-06-30
sáu tháng đầu năm | 2019-01-01 | 2019-06-30
6 tháng cuối năm | 2019-07-01 | 2019-12-31
nửa đầu năm | 2019-01-01 | 2019-06-30
Sau lễ 2/9 | 2019-09-01 | 2019-12-31
Ngay sau hội nghị ngày 5/6/2020 | 2020-06-01 | 2020-12-31
Trước ngày thành lập Đảng 3/2 | 2019-01-01 | 2019-02-28
Đầu xuân | 2019-01-01 | 2019-12-31
Rằm tháng Bảy | 2019-01-01 | 2019-12-31
Sau rằm tháng Giêng | 2019-01-01 | 2019-12-31
Từ tháng 4/2020 | 2020-04-01 | 2020-12-31
Dự kiến từ đầu quý II | 2019-04-01 | 2019-12-31
"""

YEARS = """
2020 | 2020-01-01 | 2020-12-31
năm 2020 | 2020-01-01 | 2020-12-31
trong năm | 2019-01-01 | 2019-12-31
Cả năm | 2019-01-01 | 2019-12-31
trong năm 2020 (khi có thư mời) | 2020-01-01 | 2020-12-31
hằng năm | 2019-01-01 | 2019-12-31
Mỗi quý 1 lần | 2019-01-01 | 2019-12-31
Mỗi tháng | 2019-01-01 | 2019-12-31
cuối năm | 2019-01-01 | 2019-12-31
9 tháng đầu năm | 2019-01-01 | 2019-09-30
từ tháng 5 đến cuối năm 2020 | 2020-05-01 | 2020-12-31
2019-2020 | 2019-01-01 | 2020-12-31
năm 2018-2020 | 2018-01-01 | 2020-12-31
Các năm 2019 - 2021 | 2019-01-01 | 2021-12-31
02 năm (2018-2019) | 2018-01-01 | 2019-12-31
3 năm, từ 2018 | 2018-01-01 | 2020-12-31
Từ 2017 đến nay | 2017-01-01 | 2019-12-31
2017 - nay | 2017-01-01 | 2019-12-31
từ tháng 3/2017 tới hiện tại | 2017-03-01 | 2019-12-31
"""

REVERSED = """
15/3/2019 - 12/3/2019 | 2019-03-12 | 2019-03-15
20-15/5/2019 | 2019-05-15 | 2019-05-20
10/5 - 3/4 | 2019-04-03 | 2019-05-10
28/12/2019-3/1/2019 | 2019-01-03 | 2019-12-28
tháng 7 đến tháng 5 | 2019-05-01 | 2019-07-31
"""

UNREADABLE = [
    "l2/3/2019", "1O/3/2019", "12/O3/2019", "12/3/2O19", "12/3/20l9", "O5-08/6/2019", "05-O8/6/2019", "12/1O/2019",
    "Từ 20/4/2018 đến 27/2018", "Từ 27/2018 đến 20/4/2018", "Từ 20/4/2018 đến",
    "Từ 20/4/2018 đến …", "Từ 12/3/2019 đến khi xong", "Từ 31/2 đến 3/3", "từ 12/3 đến 45/3", "31/2", "31/4/2019",
    "29/2/2019", "45/13/2020", "12/13/2019", "0/5/2019", "12/3/20199", "tháng 13", "quý V", "quý 5/2020", "quý 0",
    "ngày 12", "03 ngày", "03 ngày/đợt", "ba ngày", "5-7 ngày", "1 tuần", "6 tháng", "05 ngày 04 đêm",
    "sắp xếp sau", "khi có thư mời", "chưa xác định", "Theo kế hoạch của Bộ",
    "Theo Kế hoạch số 45/KH-UBND ngày 12/11/2019", "Theo Quyết định số 45/QĐ-UBND ngày 12/11/2019",
    "Chương trình số 12-CTr/TU ngày 3/5/2019", "#REF!", "", "…", "-",
]  # fmt: skip


def _table(text: str, precision: Precision, backwards: bool = False) -> list[tuple[str, Period]]:
    rows = [line.split(" | ") for line in text.strip().splitlines()]
    return [
        (row[0], Period(row[0], date.fromisoformat(row[1]), date.fromisoformat(row[2]), precision, backwards))
        for row in rows
    ]


READABLE = [
    *_table(DAYS, Precision.DAY),
    *_table(MONTHS, Precision.MONTH),
    *_table(QUARTERS, Precision.QUARTER),
    *_table(HALVES, Precision.HALF),
    *_table(YEARS, Precision.YEAR),
    *_table(REVERSED, Precision.DAY, backwards=True)[:-1],
    *_table(REVERSED, Precision.MONTH, backwards=True)[-1:],
]


@pytest.mark.parametrize(("text", "period"), READABLE)
def test_times_are_read(text: str, period: Period) -> None:
    assert read_period(text, YEAR)._replace(spans=()) == period


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_time_or_half_a_time_is_unreadable(text: str) -> None:
    assert read_period(text, YEAR) == Period(text, None, None, Precision.NONE)


@pytest.mark.parametrize(
    ("cell", "start", "precision"),
    [
        (datetime(2019, 3, 12, 8), date(2019, 3, 12), Precision.DAY),
        (date(2019, 3, 12), date(2019, 3, 12), Precision.DAY),
        (43000, date(2017, 9, 22), Precision.DAY),
        (43000.75, date(2017, 9, 22), Precision.DAY),
        (2020, date(2020, 1, 1), Precision.YEAR),
        (2020.0, date(2020, 1, 1), Precision.YEAR),
        (4.8, date(2019, 8, 4), Precision.DAY),
        (4.1, None, Precision.NONE),  # January, or October
        (5, None, Precision.NONE),
        (-5, None, Precision.NONE),
        (1e12, None, Precision.NONE),
        (float("nan"), None, Precision.NONE),
        (float("inf"), None, Precision.NONE),
        (None, None, Precision.NONE),
    ],
)
def test_cells_that_hold_no_text(cell: date | float | None, start: date | None, precision: Precision) -> None:
    period = read_period(cell, YEAR)
    assert (period.start, period.precision) == (start, precision)


# fmt: off
FULL = st.sampled_from([
    "{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "{0:%d.%m.%Y}", "{0:%d-%m-%Y}", "{0:%Y-%m-%d}",
    "ngày {0.day} tháng {0.month} năm {0.year}", "{0.day} tháng {0.month}/{0.year}",
])
RANGES = st.sampled_from([
    "{} - {}", "{}–{}", "{} — {}", "từ {} đến {}", "Từ ngày {} đến hết ngày {}", "{} tới {}",
    "05 ngày, từ {} đến {}", "từ 8h00 {} đến 17 giờ 30 {}", "{}\nđến {}", "{} ~ {}",
])
# fmt: on
STARTS = st.dates(date(2000, 1, 1), date(2060, 1, 1))
LENGTHS = st.integers(1, 400).map(lambda days: timedelta(days=days))


@settings(max_examples=200, deadline=None)
@given(STARTS, LENGTHS, FULL, FULL, RANGES)
def test_any_range_with_two_full_dates_reads_back(
    start: date, length: timedelta, one: str, other: str, style: str
) -> None:
    text = style.format(one.format(start), other.format(start + length))
    assert read_period(text, YEAR)[1:5] == (start, start + length, Precision.DAY, False)


SHORT = st.sampled_from(["{0.day}/{0.month}", "{0:%d/%m}", "ngày {0.day} tháng {0.month}", "{0:%d.%m}"])


@settings(deadline=None)
@given(STARTS, st.integers(1, 45), SHORT, FULL.filter(lambda f: "%Y-" not in f), RANGES)
def test_the_year_once_is_enough(start: date, days: int, one: str, other: str, style: str) -> None:
    end = start + timedelta(days=days)
    read = read_period(style.format(one.format(start), other.format(end)), YEAR)
    crosses_elsewhere = start.year != end.year and not (start.month >= 11 and end.month <= 2)
    assert crosses_elsewhere or read[1:5] == (start, end, Precision.DAY, False)


DAY_RANGES = st.sampled_from(["{0.day}-{1.day}/{1.month}/{1.year}", "từ {0.day} đến {1:%d/%m/%Y}",
                              "{0.day}–{1.day}.{1.month}.{1.year}",
                              "ngày {0.day} - {1.day} tháng {1.month} năm {1.year}"])  # fmt: skip


@settings(deadline=None)
@given(STARTS, st.integers(1, 30), DAY_RANGES)
def test_days_share_a_month(start: date, days: int, style: str) -> None:
    end = date(start.year, start.month, min(start.day + days, 28))
    if start < end:
        assert read_period(style.format(start, end), YEAR)[1:5] == (start, end, Precision.DAY, False)


@settings(deadline=None)
@given(
    st.sampled_from(READABLE),
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from([str.upper, str.lower, str]),
    st.sampled_from("-–—−‐"),
    st.sampled_from([" ", "  ", "\u00a0", "\n"]),
)
def test_spelling_does_not_change_a_time(
    case: tuple[str, Period], form: str, letters: type[str], dash: str, space: str
) -> None:
    text, period = case
    typed = unicodedata.normalize(form, letters(text)).replace(" ", space)
    assert read_period(typed.replace("-", dash) + space, YEAR)[1:5] == period[1:5]


@settings(deadline=None)
@given(st.sampled_from([case for case in READABLE if "T08" not in case[0]]))
def test_spaces_around_dashes_and_slashes_do_not_change_a_time(case: tuple[str, Period]) -> None:
    text, period = case
    assert read_period(text.replace("-", " - ").replace("/", " / "), YEAR)[1:5] == period[1:5]
    assert read_period(text.replace(" - ", "-"), YEAR)[1:5] == period[1:5]


# fmt: off
PIECES = st.lists(st.sampled_from([
    "từ", "đến", "ngày", "tháng", "quý", "năm", "II", "12", "3", "2019", "31/2", "5/2020", "-", ",", "(", ")",
    "tuần", "đầu", "cuối", "6", "và", "theo", "8h", "nửa", "hai", "số",
]), max_size=8).map(" ".join)
# fmt: on


@settings(deadline=None)
@given(st.one_of(st.text(), PIECES), st.integers(1, 9998))
def test_any_text_is_taken(text: str, year: int) -> None:
    period = read_period(text, year)
    if period.precision is Precision.NONE:
        assert (period.start, period.end) == (None, None)
    else:
        assert period.start is not None
        assert period.end is not None
        assert period.start <= period.end


def test_touching_a_year_and_one_another() -> None:
    new_year = read_period("28/12/2019-3/1/2020", YEAR)
    assert [touches(new_year, year) for year in (2018, 2019, 2020, 2021)] == [False, True, True, False]
    assert overlaps(new_year, read_period("Quý I/2020", YEAR))
    assert not overlaps(new_year, read_period("Quý II/2020", YEAR))
    nothing = read_period("sắp xếp sau", YEAR)
    assert not touches(nothing, YEAR)
    assert not overlaps(nothing, nothing)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Quý I, Quý III", "1-3 7-9"), ("Quý I, II", "1-6"), ("Tháng 3 và tháng 9", "3-3 9-9"),
        ("Tháng 3, 4, 9", "3-4 9-9"), ("12-14/3 và 20-22/9/2020", "3-3 9-9"), ("Quý II (tháng 5)", "5-5"),
        ("30/4 và 01/5/2020", "4-5"), ("sau", ""),
        ("Bắt đầu tháng 3, kết thúc tháng 9", "3-9"), ("Đi 12/3/2020, về 15/4/2020", "3-4"),
        ("12/5 ⁓ 15/7/2020", "5-7"), ("Đợt 1: tháng 3; đợt 2: tháng 9", "3-3 9-9"),
        ("Tháng 3\nTháng 9", "3-3 9-9"), ("5/3, 7/6/2020", "3-6"),
    ],
)  # fmt: skip
def test_times_that_are_named_apart_are_told_apart(text: str, months: str) -> None:
    times = stretches(read_period(text, 2020))
    assert " ".join(f"{first.month}-{last.month}" for first, last in times) == months


# several times in one cell, or one with marks of a list or a note around it | first and last day
@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1. 19-26.3.2019", "19/3 26/3"), ("1. 19/03/2019 → 26/03/2019", "19/3 26/3"),
        ("05 ngày (22-26/3/2019) (1)", "22/3 26/3"), ("22-26/3/2019 (năm 2018: 5-9/3)", "22/3 26/3"),
        ("Đợt 1 - 19-26/3/2019; Đợt 2 - 4-8/5/2019", "19/3 8/5"),
        ("Lần 1 - 19-26.3.2019\nLần 2: 8-13.4.2019", "19/3 13/4"),
        ("Đoàn 1 - 19/03/2019 - 26/03/2019 - Đoàn 2 - 04/05/2019 - 08/05/2019", "19/3 8/5"),
        ("a) Lần 1 - 10-11/3/2019; b) Lần 2: 3-5/4/2019", "10/3 5/4"),
        ("- 7-12/3/2019\n- 2-6/5/2019", "7/3 6/5"), ("- Từ 21-24/3/2019\n- Từ 2-10/5/2019", "21/3 10/5"),
        ("21-22.3.2019 - 13-15.5.2019", "21/3 15/5"), ("1) Đợt 1: 21-22.3.2019 2) Đợt 2: 3-5.5.2019", "21/3 5/5"),
        ("1) từ ngày 28 tháng 3 đến ngày 7 tháng 4 năm 2019 2) từ ngày 18 tháng 5 đến ngày 23 tháng 5 năm 2019",
         "28/3 23/5"),
        # and ranges that stay ranges
        ("01 đoàn 5 - 10/6/2019", "5/6 10/6"), ("- 03/4/2019\n- 06/4/2019", "3/4 6/4"),
        ("03/4/2019\n- 06/4/2019", "3/4 6/4"), ("- 28/3-2/4/2019", "28/3 2/4"),
    ],
)  # fmt: skip
def test_marks_of_a_list_are_no_days(text: str, days: str) -> None:
    period = read_period(text, YEAR)
    assert " ".join(f"{day.day}/{day.month}" for day in period.days or ()) == days


def test_times_apart_share_no_day_with_what_lies_between_them() -> None:
    twice = read_period("Quý I, Quý III", 2020)
    assert [overlaps(twice, read_period(f"Quý {n}", 2020)) for n in ("I", "II", "III", "IV")] == [
        True,
        False,
        True,
        False,
    ]
    assert not overlaps(twice, read_period("Tháng 4 và tháng 12", 2020))
    assert overlaps(read_period("Tháng 2 và tháng 12", 2020), twice)


def test_precision_is_ordered_from_fine_to_coarse() -> None:
    assert sorted(Precision) == [
        Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.HALF, Precision.YEAR, Precision.NONE
    ]  # fmt: skip


def test_a_bare_year_in_a_cell_with_a_date_format_is_a_year() -> None:
    """Excel shows 2020 with a date format as 12/07/1905."""
    assert read_period(datetime(1905, 7, 12), 2020) == read_period(2020, 2020)


@given(
    st.sampled_from(["", "Từ ", "từ ", "ngày ", "Từ ngày "]),
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["-", " - ", " -", " đến ", " đến ngày "]),
    st.integers(-2, 60),
    st.sampled_from(["{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "30/2/{0.year}"]),
)
@settings(max_examples=200, deadline=None)
def test_two_whole_dates_are_read_at_one_look_as_at_length(
    before: str, start: date, between: str, days: int, style: str
) -> None:
    text = f"{before}{style.format(start)}{between}{style.format(start + timedelta(days=days))}"
    assert read_period(text, YEAR) == _read_any(text, YEAR)


OWNERS = [word for kind in ("document", "period", "moved") for word in names("time-words.tsv")[kind]]
OWN_TIMES = ("Tháng 5", "Quý II", "12-16/5", "Cuối tháng 9", "từ 3/4 đến 8/4")


@settings(deadline=None)
@given(
    st.sampled_from(OWN_TIMES),
    st.sampled_from(OWNERS),
    st.sampled_from((" ({})", " [{}]", "; {}", "\n{}", " - {}", ", {}", " {}")),
    st.sampled_from(("{} ngày 20/8/2017", "{} năm 2017", "{} số 45 ngày 03/6/2017", "{} 2016-2018", "{} 11/2017")),
)
def test_what_belongs_to_something_else_never_dates_the_trip(own: str, owner: str, place: str, dated: str) -> None:
    assert read_period(own + place.format(dated.format(owner)), YEAR)[1:] == read_period(own, YEAR)[1:]


@settings(deadline=None)
@given(
    st.sampled_from(OWN_TIMES), st.sampled_from((" (2021)", " (năm 2021)", ", năm 2021", "; 2021", " năm 2021"))
)
def test_a_clause_that_is_nothing_but_a_year_dates_the_trip(own: str, year: str) -> None:
    assert touches(read_period(own + year, YEAR), 2021)


@settings(deadline=None)
@given(
    st.sampled_from(seasons()), st.sampled_from(("{}", "dịp {}", "sau {}", "{} 2020", "{} năm 2020", "trước {}"))
)
def test_seasons_feasts_and_terms_are_readable_but_coarse(season: str, said: str) -> None:
    assert Precision.QUARTER < read_period(said.format(season), 2020).precision < Precision.NONE


@pytest.mark.parametrize(
    ("text", "start", "end", "backwards"),
    [
        ("Đi 15/3/2019, về 12/3/2019", date(2019, 3, 12), date(2019, 3, 15), True),
        ("Ngày đi: 12/3/2019\nNgày về: 15/3/2019", date(2019, 3, 12), date(2019, 3, 15), False),
        ("Xuất cảnh 28/12/2018; nhập cảnh 3/1/2019", date(2018, 12, 28), date(2019, 1, 3), False),
        ("12/3/2019 (1/2 ngày)", date(2019, 3, 12), date(2019, 3, 12), False),
        ("ngày 12/3/2019 đến ngày 15 cùng tháng", date(2019, 3, 12), date(2019, 3, 15), False),
        ("ngày 1/2 - 5/2/2019", date(2019, 2, 1), date(2019, 2, 5), False),
        # numbers of a list, of a note and of a month in Roman figures
        ("1. 12-15/3/2019\n2. 20-22/5/2019", date(2019, 3, 12), date(2019, 5, 22), False),
        ("1) 12/3/2019; 2) 15/3/2019", date(2019, 3, 12), date(2019, 3, 15), False),
        ("12-16/3/2019 (1)", date(2019, 3, 12), date(2019, 3, 16), False),
        ("12-16/3/2019 [2]", date(2019, 3, 12), date(2019, 3, 16), False),
        ("1. 5. 2019 - 2. 6. 2019", date(2019, 5, 1), date(2019, 6, 2), False),
        ("12 - 16 tháng III/2019", date(2019, 3, 12), date(2019, 3, 16), False),
        ("Tháng I, II/2019", date(2019, 1, 1), date(2019, 2, 28), False),
        ("tháng IV-V/2019", date(2019, 4, 1), date(2019, 5, 31), False),
    ],
)
def test_the_day_of_going_is_told_from_that_of_coming_back(
    text: str, start: date, end: date, backwards: bool
) -> None:
    read = read_period(text, 2019)
    assert (read.start, read.end, read.reversed) == (start, end, backwards)
