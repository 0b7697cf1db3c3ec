"""The set phrases of a report: counted delegations, increases and decreases, dates and sums of money.

Numbers are written as official texts write them: 02 under ten, 13,6 %, 1.250.
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from doingoai_cli.vietnamese.numbers import format_decimal, format_number

NO_YEAR_BEFORE = "năm trước không có"
UNCHANGED = "không thay đổi"
CONFERENCES = "hội nghị, hội thảo quốc tế"


def number(value: int | Decimal) -> str:
    """`value` as printed: whole numbers as 02 and 1.250, others with a decimal comma and at most three places."""
    if value == int(value):
        return format_number(int(value))
    places = min(3, -int(Decimal(value).normalize().as_tuple().exponent))
    return format_decimal(value, places)


def percentage(part: int | Decimal, whole: int | Decimal) -> Decimal:
    """`part` of `whole` in per cent, rounded half up to one place; `whole` is not 0."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def percent(value: Decimal) -> str:
    """A percentage as printed: 13,6%; 50%."""
    return format_decimal(value, 0 if value == int(value) else 1) + "%"


def share(part: int | Decimal, whole: int | Decimal) -> str:
    """`part` of `whole` as printed; rounding never makes it nothing, nor less than all the whole."""
    rounded = percentage(part, whole)
    if part and not rounded:
        return "dưới 0,1%"
    if abs(rounded) == 100 and abs(Decimal(part)) < Decimal(whole):
        return "trên 99,9%"
    return percent(rounded)


def change(now: int | Decimal, before: int | Decimal, unit: str) -> str:
    """Increase or decrease against the year before: "tăng 03 đoàn, tương ứng 13,6%" (seed 000, I.1).

    Without any the year before there is no rate: "tăng 03 đoàn, năm trước không có".
    """
    if now == before:
        return UNCHANGED
    verb = "tăng" if now > before else "giảm"
    difference = abs(Decimal(now - before))
    amount = f"{verb} {number(difference)} {unit}"
    if before == 0:
        return f"{amount}, {NO_YEAR_BEFORE}"
    return f"{amount}, tương ứng {share(difference, before)}"


NONE = "không có"


def counted(count: int, unit: str, none: str = NONE) -> str:
    """`count` things: "09 đoàn ra"; "không có đoàn ra" for none, or what `none` says of them."""
    return f"{format_number(count)} {unit}" if count else f"{none} {unit}"


def delegations(kind: str, count: int, persons: int | None, unread: int = 0) -> str:
    """Delegations with their persons: "09 đoàn ra với 43 lượt người".

    `unread` of them state no readable number of members; `persons` None: none of them does.
    """
    if count == 0:
        return f"không có {kind}"
    if persons is None:
        return f"{format_number(count)} {kind} (không đọc được số thành viên của đoàn nào)"
    text = f"{format_number(count)} {kind} với {format_number(persons)} lượt người"
    if unread:
        text += f" (đọc được số thành viên của {format_number(count - unread)}/{format_number(count)} đoàn)"
    return text


def plan_parts(inside: int, outside: int, unclear: int) -> str:
    """The parts of a number of delegations, which always add up to it.

    "trong đó 06 đoàn trong kế hoạch, 03 đoàn ngoài kế hoạch"; those marked as neither or both are said.
    """
    if not inside + outside + unclear:
        return ""
    parts = [counted(inside, "đoàn trong kế hoạch"), counted(outside, "đoàn ngoài kế hoạch")]
    if unclear:
        parts.append(f"{format_number(unclear)} đoàn chưa rõ trong hay ngoài kế hoạch")
    return "trong đó " + ", ".join(parts)


_CURRENCIES = {"VND": "đồng", "USD": "USD", "EUR": "EUR"}
_MILLION = 1_000_000


def money(value: int | Decimal, currency: str) -> str:
    """A sum of money: "1.250,5 triệu đồng", "12.345.678 đồng", "3.000 USD"."""
    unit = _CURRENCIES.get(currency, currency)
    if currency == "VND" and value >= _MILLION and value % 1000 == 0:
        return f"{number(Decimal(value) / _MILLION)} triệu {unit}"
    return f"{number(value)} {unit}"


def enumerated(parts: Sequence[str]) -> str:
    """A list within a sentence: "Phụ lục I, Phụ lục II và Phụ lục III"."""
    return " và ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def written_date(day: date) -> str:
    """A date as letterheads have it: "ngày 05 tháng 02 năm 2020".

    Days under ten and the months 1 and 2 get a leading 0, the other months do not (Decree 30/2020, Annex I).
    """
    return "ngày {} tháng {} năm {}".format(*short_date(day).split("/"))


def short_date(day: date) -> str:
    """A date within a sentence: "14/6/2020", "05/02/2020"."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def in_one_line(text: str, between: str = " ") -> str:
    """A cell's lines as a sentence takes them: "Đoàn⏎công tác" or, two days below one another, "3/11 - 10/11"."""
    lines = [line.strip(" -•*+;,") for line in text.split("\n")]
    return ("; " if between == " - " and (len(lines) > 2 or "-" in "".join(lines)) else between).join(lines)
