"""Values that a column gives in US dollars (giá trị, USD): a bare number there is dollars, not đồng."""

import math
import re
from decimal import Decimal
from typing import NamedTuple

from doingoai_cli.vietnamese.money.amounts import lines_as_items, read_money
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import clean, fold, is_blank

_IN_DONG = r"(?:đồng|vnđ|vnd)"
_WORDS = (word for code, words in names("currencies.tsv").items() if code != "USD" for word in words)
_OTHER = "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
_IN_OTHERS = re.compile(rf"(?<!\w)(?:{_OTHER})(?!\w)")
_BESIDE = re.compile(
    rf"\s?\([^()]*{_IN_DONG}[^()]*\)|[,;]?\s?(?:tương đương|quy đổi|=|~|≈)[^()]{{0,200}}?{_IN_DONG}"
    r"|\s?\((?:năm |giai đoạn |cả )?\d{4}(?: ?[-–] ?\d{4})?\)|\s?\((?:trong |cho )?\d{1,2} (?:năm|tháng)\)"
    r"|\s?\((?:đã )?giải ngân[^()\d]*\d{1,3}(?:[.,]\d{1,2})? ?%\)|\s?\((?:\*+|\d)\)|\s?\[\d\]|^\*+ ?",
    re.IGNORECASE,
)
"""What is no sum, or the same sum repeated: the dollars in đồng, the years that they are for, a footnote."""
_OTHER_FIRST = re.compile(
    rf"^(?:[-–•*+] )?(?:{_OTHER})?\s?[\d.,\s]{{1,30}}(?:tỉ|tỷ|triệu|tr|nghìn|ngàn)?\s?(?:{_OTHER})?\s?"
    r"(?:\((?:tương đương|quy đổi)?(?: với| là| ra)?:? ?"
    r"|[,;]?\s?(?:tương đương|quy đổi|=|~|≈)(?: với| là| ra)?:?)(?P<rest>[^()]*)\)?[\s.,;*]*$",
    re.IGNORECASE,
)
"""The same the other way round: "5,8 tỷ đồng (250.000 USD)", "10.000 EUR (11.000 USD)"."""
_ABOUT = re.compile(
    r"(?<!\()(?:\b(?:khoảng|chừng|ước(?: tính)?|gần|hơn|trên|dưới|tối đa|tối thiểu|không quá|tạm tính)|[~≈<>])"
    r"\s?(?:usd|us\$|\$)?\s?\d|\((?:ước(?: tính)?|tạm tính)\)"
)
"""A sum that is not exact to the dollar; in brackets it repeats another one."""
_SCALE = r"(?: ?(?P<scale>tỉ|tỷ|triệu|tr|nghìn|ngàn))"
_BARE = re.compile(
    r"(?:\d{1,3}(?P<sep>[., ])\d{3}(?:(?P=sep)\d{3})*(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)"
    + _SCALE
    + "?(?=[ .]*$)"
)
_OF_A_LIST = re.compile(
    r"(?:(?:^|; ?)tổng(?: (?:số|cộng|giá trị|kinh phí|vốn))? |^|[:=;+] ?)(?:(?:[-–•*+]|\d{1,2}[.)]) +)?"
    r"(?:[1-9]\d{0,2}(?P<sep>[., ])\d{3}(?:(?P=sep)\d{3})*(?:[.,]\d{1,2})?|[1-9]\d{4,}"
    rf"|\d+(?:[.,]\d{{1,2}})?{_SCALE})"
    r"(?= ?(?:$|[;()=]|[,.] |\.$|\+ ?\d))"
)
"""Numbers that stand alone in a list, behind a year or what they are for: "2019: 100.000; 2020: 150.000"."""
_UNMEASURED = re.compile(
    r"(?<![\d.,$])(?<!usd)(?<!usd )(?<!\$ )\d{1,3}(?:[.,]\d{3})+(?![\d.,]*\d)(?= ?(?:$|[;,()=/–-]|và\b|\.(?: |$)))"
)
_TOTAL = re.compile(r"^(?:tổng(?: (?:số|cộng|giá trị|kinh phí|vốn))?|giá trị|trị giá) ?:? ?(?=\d)")

_PAID = r"\b(?:giải ngân|thực chi|đã (?:chi|chuyển|nhận|tiếp nhận|thực hiện|quyết toán))\b"
_PAID_OF_IT = re.compile(rf"\([^()]*{_PAID}[^()]*\)|(?:^|;|[,.] )[^;,.]{{0,40}}?{_PAID}[^;]*")
"""What has been paid so far of the value that is agreed upon, which the column asks for."""
_NOT_ADDED = re.compile(rf"{_PAID}|\b(?:đối ứng|điều chỉnh|địa phương|ngân sách|nsnn|nhân dân|người dân)\b")
"""Beside a sum: another that is not the organisation's, or that was replaced by it."""

_MOST_DOLLARS = 20_000_000
"""What is written in millions without a currency and comes to more is đồng: "5 tỷ", "500 triệu"."""
_MOST_BARE = 100_000_000
"""And so is what is written out: "5.800.000.000"."""
_CURRENCY_ASIDE = re.compile(r"\(\s?(usd|us\$|\$|đô la(?: mỹ)?|đô)\s?\)", re.IGNORECASE)
""" "45.000 (USD)"."""
_RATE = re.compile(r"(?:/|\bmỗi|\bmột|\bhằng|\bhàng) ?(?:năm|quý|tháng)\b")
"""What is paid each year is no whole value."""


class UsdValue(NamedTuple):
    """A value in US dollars; None where the cell gives no sure one, or gives it in another currency."""

    text: str
    value: int | Decimal | None = None


def read_usd(text: str) -> UsdValue:
    """What a cell of a column in USD says: "250.000", "1,2 triệu USD", "$ 35,000", "250.000 USD (5,8 tỷ đồng)"."""
    cleaned = clean(text)
    if is_blank(cleaned):
        return UsdValue(cleaned)
    dollars_alone = _BESIDE.sub("", _CURRENCY_ASIDE.sub(r" \1 ", cleaned)).strip()
    if (told := _OTHER_FIRST.match(cleaned)) and read_money(told["rest"]).amounts:
        dollars_alone = told["rest"].strip()
    folded = fold(lines_as_items(dollars_alone))
    if _ABOUT.search(folded):
        return UsdValue(cleaned)
    measured, most = _in_dollars(_PAID_OF_IT.sub("", folded))
    money = read_money(measured)
    if any(amount.value > most for amount in money.amounts) or _UNMEASURED.search(measured):
        return UsdValue(cleaned)
    if (len(money.amounts) > 1 or "%" in measured) and _NOT_ADDED.search(measured):
        return UsdValue(cleaned)
    if money.total is not None and money.total.currency == "USD":
        return UsdValue(cleaned, money.total.value)
    dollars = [amount.value for amount in money.amounts if amount.currency == "USD"]
    if not dollars or money.unread or len(dollars) < len(money.amounts) or _RATE.search(folded):
        return UsdValue(cleaned)
    total = sum((Decimal(value) for value in dollars), Decimal(0))
    return UsdValue(cleaned, int(total) if total == int(total) else total)


def _in_dollars(folded: str) -> tuple[str, float]:
    """A cell with its bare numbers in dollars (they are đồng elsewhere), and the most that these are believed."""
    alone = _BARE.match(_TOTAL.sub("", folded))
    bare = [alone] if alone else list(_OF_A_LIST.finditer(folded))
    if not bare or _IN_OTHERS.search(folded):
        return folded, math.inf
    measured = f"{alone[0]} usd" if alone else _OF_A_LIST.sub(r"\g<0> usd", folded)
    return measured, _MOST_DOLLARS if any(number["scale"] for number in bare) else _MOST_BARE
