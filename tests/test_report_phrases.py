"""The set phrases of a report, as official texts write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doingoai_cli.vietnamese import report_phrases

COUNT = st.integers(0, 5000)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (25, 22, "tăng 03 đoàn, tương ứng 13,6%"),
        (19, 22, "giảm 03 đoàn, tương ứng 13,6%"),
        (22, 22, "không thay đổi"),
        (0, 0, "không thay đổi"),
        (3, 0, "tăng 03 đoàn, năm trước không có"),
        (0, 4, "giảm 04 đoàn, tương ứng 100%"),
        (3, 2, "tăng 01 đoàn, tương ứng 50%"),
        (2500, 1250, "tăng 1.250 đoàn, tương ứng 100%"),
        (3001, 3000, "tăng 01 đoàn, tương ứng dưới 0,1%"),
        (2999, 3000, "giảm 01 đoàn, tương ứng dưới 0,1%"),
        (2001, 2000, "tăng 01 đoàn, tương ứng 0,1%"),
        (1, 3000, "giảm 2.999 đoàn, tương ứng trên 99,9%"),
        (6001, 3000, "tăng 3.001 đoàn, tương ứng 100%"),
    ],
)
def test_a_change_is_said_in_number_and_per_cent(now: int, before: int, said: str) -> None:
    assert report_phrases.change(now, before, "đoàn") == said


@given(COUNT, COUNT)
def test_a_change_never_divides_by_nothing(now: int, before: int) -> None:
    said = report_phrases.change(now, before, "đoàn")
    assert said == "không thay đổi" if now == before else said.startswith("tăng" if now > before else "giảm")
    assert ("tương ứng" in said) == (now != before and before > 0)


@pytest.mark.parametrize(
    ("count", "persons", "unread", "said"),
    [
        (9, 43, 0, "09 đoàn ra với 43 lượt người"),
        (0, 0, 0, "không có đoàn ra"),
        (9, 38, 1, "09 đoàn ra với 38 lượt người (đọc được số thành viên của 08/09 đoàn)"),
        (2, None, 2, "02 đoàn ra (không đọc được số thành viên của đoàn nào)"),
    ],
)
def test_delegations_are_said_with_their_persons(count: int, persons: int | None, unread: int, said: str) -> None:
    assert report_phrases.delegations("đoàn ra", count, persons, unread) == said


@pytest.mark.parametrize(
    ("inside", "outside", "unclear", "said"),
    [
        (6, 3, 0, "trong đó 06 đoàn trong kế hoạch, 03 đoàn ngoài kế hoạch"),
        (9, 0, 0, "trong đó 09 đoàn trong kế hoạch, không có đoàn ngoài kế hoạch"),
        (
            6,
            2,
            1,
            "trong đó 06 đoàn trong kế hoạch, 02 đoàn ngoài kế hoạch, 01 đoàn chưa rõ trong hay ngoài kế hoạch",
        ),
        (0, 0, 0, ""),
    ],
)
def test_the_parts_of_a_number_add_up(inside: int, outside: int, unclear: int, said: str) -> None:
    assert report_phrases.plan_parts(inside, outside, unclear) == said


@pytest.mark.parametrize(
    ("value", "currency", "said"),
    [
        (1_250_500_000, "VND", "1.250,5 triệu đồng"),
        (150_000_000, "VND", "150 triệu đồng"),
        (12_345_678, "VND", "12.345.678 đồng"),
        (Decimal("1700000000"), "VND", "1.700 triệu đồng"),
        (3000, "USD", "3.000 USD"),
    ],
)
def test_sums_of_money_keep_every_dong(value: int, currency: str, said: str) -> None:
    assert report_phrases.money(value, currency) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2020, 2, 5), "ngày 05 tháng 02 năm 2020"),
        (date(2020, 1, 15), "ngày 15 tháng 01 năm 2020"),
        (date(2020, 3, 9), "ngày 09 tháng 3 năm 2020"),
        (date(2019, 12, 31), "ngày 31 tháng 12 năm 2019"),
    ],
)
def test_letterhead_dates_have_their_zeros(day: date, said: str) -> None:
    assert report_phrases.written_date(day) == said


@pytest.mark.parametrize(
    ("text", "between", "said"),
    [
        ("Đoàn công tác\nvề du lịch", " ", "Đoàn công tác về du lịch"),
        ("3/11/2019\n10/11/2019", " - ", "3/11/2019 - 10/11/2019"),
        ("- 7-12/10\n- 2-6/12", " - ", "7-12/10; 2-6/12"),
        ("3/11\n5/11\n7/11", " - ", "3/11; 5/11; 7/11"),
        ("Quý II", " - ", "Quý II"),
    ],
)
def test_lines_of_a_cell_stand_in_one_sentence(text: str, between: str, said: str) -> None:
    assert report_phrases.in_one_line(text, between) == said
