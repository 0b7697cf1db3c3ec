"""Values that a column gives in US dollars (giá trị, USD): a bare number there is dollars, not đồng."""

import re
from decimal import Decimal
from typing import NamedTuple

from doingoai_cli.vietnamese.money.amounts import read_money
from doingoai_cli.vietnamese.text import clean, fold, is_blank

_IN_DONG = r"(?:đồng|vnđ|vnd)"
_BESIDE = re.compile(
    rf"\s?\([^()]*{_IN_DONG}[^()]*\)|[,;]?\s?(?:tương đương|quy đổi|=|~|≈)[^()]{{0,200}}?{_IN_DONG}"
    r"|\s?\((?:năm |giai đoạn |cả )?\d{4}(?: ?[-–] ?\d{4})?\)",
    re.IGNORECASE,
)
"""What says the same once more: what the dollars come to in đồng, the years that they are for."""
_DONG_FIRST = re.compile(
    rf"^[\d.,\s]{{1,30}}(?:tỉ|tỷ|triệu|tr|nghìn|ngàn)?\s?{_IN_DONG}\s?"
    r"(?:\((?:tương đương|quy đổi)?(?: với| là| ra)?:? ?"
    r"|[,;]?\s?(?:tương đương|quy đổi|=|~|≈)(?: với| là| ra)?:?)(?P<rest>[^()]*)\)?$",
    re.IGNORECASE,
)
"""The same the other way round: "5,8 tỷ đồng (250.000 USD)"."""
_ABOUT = re.compile(
    r"(?<!\()(?:\b(?:khoảng|chừng|ước(?: tính)?|gần|hơn|trên|dưới|tối đa|tối thiểu|không quá)|[~≈<>])"
    r"\s?(?:usd|us\$|\$)?\s?\d"
)
"""A sum that is not told to the dollar; in brackets it says another one once more."""
_BARE = re.compile(
    r"(?P<number>\d{1,3}(?:[.,\s]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)"
    r"(?:\s?(?P<scale>tỉ|tỷ|triệu|tr|nghìn|ngàn))?\s?\.?"
)
_TOTAL = re.compile(r"^(?:tổng(?: (?:số|cộng|giá trị|kinh phí))?|giá trị) ?:? ?(?=\d)")

_MOST_DOLLARS = 20_000_000
"""What is written in millions without a currency and comes to more is đồng: "5 tỷ", "500 triệu"."""
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
    if (told := _DONG_FIRST.match(cleaned)) and read_money(told["rest"]).amounts:
        dollars_alone = told["rest"].strip()
    folded = fold(dollars_alone.replace("\n", " "))
    if _ABOUT.search(folded):
        return UsdValue(cleaned)
    terms = [_BARE.fullmatch(term.strip()) for term in _TOTAL.sub("", folded).split("+")]
    bare = [term for term in terms if term]
    # What is dollars in this column is đồng elsewhere: the unit is put where the column's heading has it.
    in_dollars = " + ".join(f"{term[0].rstrip(' .')} USD" for term in bare)
    money = read_money(in_dollars if len(bare) == len(terms) else dollars_alone)
    if any(term["scale"] for term in bare) and any(amount.value > _MOST_DOLLARS for amount in money.amounts):
        return UsdValue(cleaned)
    if money.total is not None and money.total.currency == "USD":
        return UsdValue(cleaned, money.total.value)
    dollars = [amount.value for amount in money.amounts if amount.currency == "USD"]
    if not dollars or money.unread or len(dollars) < len(money.amounts) or _RATE.search(folded):
        return UsdValue(cleaned)
    total = sum((Decimal(value) for value in dollars), Decimal(0))
    return UsdValue(cleaned, int(total) if total == int(total) else total)
