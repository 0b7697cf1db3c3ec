"""Sums of money and the sources they come from (kinh phí, nguồn kinh phí)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from doingoai_cli.vietnamese.money.details import without_compared, without_details
from doingoai_cli.vietnamese.money.rates import is_unsure
from doingoai_cli.vietnamese.money.sources import Source, funding_sources
from doingoai_cli.vietnamese.money.sums import (
    Amount,
    FoundSum,
    is_label_of_sum,
    rest_of,
    split_total,
    with_sources,
)
from doingoai_cli.vietnamese.numbers import unnumbered
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import clean, fold, is_blank

__all__ = ["Amount", "Money", "Source", "funding_sources", "read_money"]


class Money(NamedTuple):
    """What a cell says of money.

    `amounts` are the sums that add up; `total` is a total stated besides them ("Tổng: 300 triệu (NSNN 200
    triệu, tài trợ 100 triệu)"), whose rest is an amount too where its parts come to less. `unread`: the cell
    says something, and not all that it says is a sure sum ("Tự túc", "100-150 triệu").
    """

    text: str
    amounts: tuple[Amount, ...] = ()
    unread: bool = False
    total: Amount | None = None
    partly: bool = False
    """Whether a further sum stands beside those of `amounts` that may be read in two ways, or is a rate."""


@lru_cache(maxsize=16384)  # saves 0.67 s
def read_money(text: str) -> Money:
    """The sums in a cell: "gần 690 triệu đồng", "1,7 tỷ", "150tr", "Ngân sách: 150 triệu; đối tác 2.000 USD".

    A bare number is đồng from 10.000 on. Ranges, rates ("20 triệu đồng/người") and numbers that may be read in
    two ways ("1,250 triệu") are no amounts.
    """
    text = clean(text)
    folded = _with_units(fold(lines_as_items(text)))
    if is_blank(folded):
        return Money(text)
    found = without_compared(folded, _spent(folded, _without_ranges(folded, list(_found(folded)))))
    sure = [f for f in found if f.amount is not None]
    sure = without_details(folded, sure)
    unread = not sure or any(one.amount is None for one in found)
    total, parts = split_total(folded, sure)
    amounts = tuple(with_sources(folded, parts))
    rest = rest_of(folded, total, parts, amounts) if total else None
    partly = bool(amounts) and any(one.amount is None and not _explains(folded, one) for one in found)
    return Money(text, (*amounts, rest) if rest else amounts, unread, total.amount if total else None, partly)


def _explains(folded: str, one: FoundSum) -> bool:
    """Whether a sum only tells how another came about: in brackets, before "=", or where a total follows."""
    before = folded[max(0, one.start - _NEAR) : one.start]
    return before.rfind("(") > before.rfind(")") or _COMES_TO.match(folded, one.end) is not None


_COMES_TO = re.compile(r"[^;=]{0,60}?(?:=|\b(?:tổng|cộng|thành)\b)")


def lines_as_items(text: str) -> str:
    """A cell on one line: its lines behind semicolons, without bullets, but where a sum or its bracket goes on."""
    listed = unnumbered(text).translate(_ROUND)
    listed = _STAR.sub("", listed) if "*" in listed else listed
    return _LINE_ENDS.sub("; ", _LINE_GOES_ON.sub(" ", listed)) if "\n" in listed else listed


# --- sums -----------------------------------------------------------------------------------------------

_NUMBER = r"\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+|(?: \d{3})+)(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?(?!\d)"
_SCALES = {"tỉ": 10**9, "tỷ": 10**9, "triệu": 10**6, "tr": 10**6, "nghìn": 10**3, "ngàn": 10**3}
_SCALE = r"(?:tỉ|tỷ|triệu|tr|nghìn|ngàn)(?![^\W_đ])"
_CODES = {word: code for code, words in names("currencies.tsv").items() for word in words}
_CURRENCY = "|".join(re.escape(word) for word in sorted(_CODES, key=len, reverse=True))
_AFTER = r"(?![^\W_])"  # the word ends here
# "150⏎triệu đồng", "150 triệu đồng⏎(ngân sách tỉnh)"
_LINE_ENDS = re.compile(r"[;,]?\s?\n\s*")
_STAR = re.compile(r"(?:^|(?<=[\n(:=])|(?<=[:=] )|(?<=gồm ))\* ?(?=\w)")  # before an item: it multiplies nothing
_ROUND = str.maketrans("[]", "()", "¹²³⁴⁵")
_LINE_GOES_ON = re.compile(
    rf"(?<=\d) ?\n\s{{0,9}}(?=(?:{_SCALE}|{_CURRENCY}){_AFTER})|\n\s{{0,9}}(?=\((?!\d{{1,2}}\)))"
    r"|(?<=:)\n\s{0,9}(?=\d)",
    re.IGNORECASE,
)

_SUM = re.compile(
    rf"(?:(?<![^\W_])(?P<before>usd|eur|us\$|\$|€|£|¥)\s?|(?<![\w.,-])(?<!\d/)"
    rf"|(?<=\d[-/])(?=[\d.,]{{1,20}}\s?(?:{_SCALE}|(?:{_CURRENCY}){_AFTER})))(?P<number>{_NUMBER})"
    # 1 tỷ 200 triệu, 2 triệu rưỡi
    rf"(?:\s?(?P<scale>{_SCALE})(?:\s?(?P<half>rưỡi){_AFTER}|\s?(?P<more>\d{{1,3}})\s?(?P<lower>triệu|tr|nghìn|ngàn){_AFTER})?)?"
    rf"(?:[\s.]?(?P<currency>{_CURRENCY})(?!\s?/\s?c\b){_AFTER})?"
)
_SCALED = re.compile(rf"(?<![\w.,/-])(?:{_NUMBER})(?P<unit>\s?{_SCALE}(?:[\s.]?(?:{_CURRENCY}){_AFTER})?)?")
_NEXT_ITEM = re.compile(r"\s?(?:[;,+.-]|và\b)")
_NO_SUM = re.compile(r"\b(?:năm|tháng|quí|ngày|số|đợt|lần|lượt|chuyến|khoản|mục|điều)\W*$")


def _with_units(folded: str) -> str:
    """`folded` text with a unit that is given once at each sum: "NSNN: 40, đối tác: 60 triệu đồng"."""
    numbers = list(_SCALED.finditer(folded))
    if len(numbers) < 2:
        return folded
    last, unit = len(folded), ""
    pieces: list[str] = []
    for at in reversed(range(len(numbers))):
        one = numbers[at]
        begins = max(numbers[at - 1].end() if at else 0, one.start() - _NEAR)
        if one["unit"] or not (unit and _NEXT_ITEM.match(folded, one.end()) and one[0][0] != "0"):
            unit = one["unit"] or ""
        elif (label := folded[begins : one.start()]) and _NO_SUM.search(label) is None and is_label_of_sum(label):
            pieces += (folded[one.end() : last], unit)
            last = one.end()
        else:
            unit = ""
    return folded[:last] + "".join(reversed(pieces))


_RANGE_BETWEEN = re.compile(r"\s?(?:-|(?:lên )?(?:đến|tới)|hoặc|~|/)\s?")
_NEAR = 60  # letters before a sum that can speak of it
_EXCHANGE = re.compile(r"\btỉ giá[^;,\d]*$")
_ALONE = re.compile(rf"(?:{_NUMBER})\s?\.?")
_PLAIN = re.compile(r"(\d{1,3}(?:([., ])\d{3}(?:\2\d{3})*)|\d+)(?:[.,](\d{1,2}|\d{4,}))?")


def _found(folded: str) -> Iterator[FoundSum]:
    """The sums in folded text, left to right."""
    if _ALONE.fullmatch(folded):
        value = _plain_number(re.sub(r"\.0$|\s?\.$", "", folded))
        yield FoundSum(0, len(folded), Amount(value, "VND") if value is not None and value >= 10_000 else None)
        return
    for match in _SUM.finditer(folded):
        if _is_sum(match) and not _EXCHANGE.search(folded, max(0, match.start() - _NEAR), match.start()):
            value = _value(match)
            sure = value is not None and not is_unsure(folded, *match.span())
            code = _CODES.get(match["currency"] or match["before"] or "đồng", "VND")
            yield FoundSum(*match.span(), Amount(value, code) if sure and value is not None else None)


def _without_ranges(folded: str, sums: list[FoundSum]) -> list[FoundSum]:
    """The sums, none of them sure that are the two ends of a range: "500 triệu đến 1 tỷ"."""
    ends = {
        end
        for pair in pairwise(sums)
        if _of_one_currency(*pair) and _RANGE_BETWEEN.fullmatch(folded, pair[0].end, pair[1].start)
        for end in pair
    }
    return [one._replace(amount=None) if one in ends else one for one in sums]


def _of_one_currency(one: FoundSum, other: FoundSum) -> bool:
    """Whether two sums can be the ends of a range; "3.000 USD ~ 69.000.000đ" is one sum twice."""
    return not (one.amount and other.amount) or one.amount.currency == other.amount.currency


def _is_sum(match: re.Match[str]) -> bool:
    """Whether a number counts money: by its unit, or as đồng written out ("NSNN: 150.000.000")."""
    if match["scale"] or match["currency"] or match["before"]:
        return True
    grouped = len(re.findall(r"[., ]\d{3}", match["number"])) > 1
    return grouped or (len(match["number"]) > 6 and match["number"].isdigit() and match["number"][0] != "0")


def _value(match: re.Match[str]) -> int | Decimal | None:
    scale = _SCALES.get(match["scale"] or "", 1)
    if scale > 1 and re.fullmatch(r"[1-9]\d{0,2},\d{3}", match["number"]):
        return None  # "1,250 triệu": a decimal comma, or thousands in the English way
    number = _plain_number(match["number"])
    if number is None:
        return None
    value = number * scale + (int(match["more"]) * _SCALES[match["lower"]] if match["more"] else 0)
    value += scale // 2 if match["half"] else 0
    return int(value) if value == int(value) else value


def _plain_number(token: str) -> int | Decimal | None:
    """A number with dots, commas or spaces between thousands and either sign before decimals."""
    if re.fullmatch(r"0[.,]\d{1,9}", token):  # "0,025 tỷ"
        return Decimal(token.replace(",", "."))
    if len(token) > 24 or (match := _PLAIN.fullmatch(token)) is None:
        return None
    whole = re.sub(r"\D", "", match[1])
    return Decimal(f"{whole}.{match[3]}") if match[3] else int(whole)


_PAID = "chi|dùng|sử dụng|quyết toán|thanh toán|giải ngân"
_SPENT = re.compile(rf"\b(?:quyết toán|qt|thực chi|đã (?:{_PAID})|thực tế|chi thực|thực hiện)\b[^;,\d]*$")
_GRANT = "dự toán|dt|dự kiến|kế hoạch|phê duyệt|(?:được )?duyệt|được (?:giao|cấp)"
_GRANTED = re.compile(rf"\b(?:{_GRANT})\b[^;,\d]*$")


def _spent(folded: str, sums: list[FoundSum]) -> list[FoundSum]:
    """The sums without what was granted where it is told what was spent: "dự toán 50 triệu, quyết toán 45"."""
    before = [folded[max(0, one.start - _NEAR) : one.start] for one in sums]
    if not any(map(_SPENT.search, before)):
        return sums
    granted = {one for one, after in pairwise(sums) if _SPENT_OF_IT.fullmatch(folded, one.end, after.start)}
    return [
        one for one, said in zip(sums, before, strict=True) if one not in granted and not _GRANTED.search(said)
    ]


# "ngân sách tỉnh 100 triệu, đã chi 85 triệu": the sum before is what there was to spend
_SPENT_OF_IT = re.compile(
    rf"(?:\s?\([^()\d]*\)|\s(?:(?:theo|là|đã) )?(?:{_GRANT}))?"
    r"[\s,;.(/-]*(?:(?:nhưng|và|mới|hiện|đến nay|kinh phí|số)\s){0,3}"
    rf"(?:quyết toán|qt|thực chi|đã (?:{_PAID})|thực tế(?: chi)?|chi thực(?: tế)?|thực hiện)"
    r"(?: (?:hết|được|là|số tiền))?\W*"
)
