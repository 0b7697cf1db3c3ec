"""The sums of one cell together: the total that is stated besides its parts, and the source of each."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.vietnamese.money.sources import Source, sources_in


class Amount(NamedTuple):
    """A sum of money; `currency` is an ISO 4217 code, `source` the source that the text puts beside it."""

    value: int | Decimal
    currency: str
    source: Source | None = None


class FoundSum(NamedTuple):
    """A sum where it stands in the text; `amount` is None where it is no sure one."""

    start: int
    end: int
    amount: Amount | None


# "2.000 USD (tương đương 46 triệu đồng)": one sum twice.
_EQUIVALENT = re.compile(r"\s?[(=,]?\s?(?:(?:tương đương|quy đổi|khoảng|hay|~|≈)\s?(?:với |là )?)?$")
_TOTAL_WORD = re.compile(r"(?:\btổng\b|\bcộng\b|=)[^;.\d]*$")
_PARTS_FOLLOW = re.compile(r"\s?[,.;]?\s?(?:\(|:|trong đó|(?:bao )?gồm|cụ thể)")


def split_total(folded: str, found: list[FoundSum]) -> tuple[Amount | None, list[FoundSum]]:
    """The total that is stated besides its parts, and the parts; what is stated twice is taken once."""
    found = _once(folded, found)
    sums = grouped((one.amount.currency, one.amount.value) for one in found if one.amount is not None)
    for at, one in enumerate(found):
        if one.amount is None or len(sums[one.amount.currency]) < 2:
            continue
        named = _TOTAL_WORD.search(folded, found[at - 1].end if at else 0, one.start)
        heads = at == 0 and _holds_parts(folded, one, found[1])
        if named or (heads and sum(sums[one.amount.currency]) <= 2 * one.amount.value):
            return one.amount, [f for f in found if f is not one]
    return None, found


def _holds_parts(folded: str, one: FoundSum, after: FoundSum) -> bool:
    """Whether `after` is introduced as a part of `one`: by "trong đó", a colon, or brackets around it."""
    opening = _PARTS_FOLLOW.match(folded, one.end)
    if opening is None:
        return False
    close = folded.find(")", one.end)
    return not opening[0].endswith("(") or close < 0 or close > after.start


def _once(folded: str, found: list[FoundSum]) -> list[FoundSum]:
    """Sums without the second currency of one that is given in two; đồng stay."""
    distinct: list[FoundSum] = []
    for one in found:
        last = distinct[-1] if distinct else None
        if (
            last is None
            or one.amount is None
            or last.amount is None
            or one.amount.currency == last.amount.currency
        ):
            distinct.append(one)
            continue
        between = folded[last.end : one.start]
        same = between.strip() and _EQUIVALENT.fullmatch(between) and between.strip() != ","
        if not same:
            distinct.append(one)
        elif one.amount.currency == "VND":
            distinct[-1] = one._replace(start=last.start)
    return distinct


_STOP = re.compile(r"[;,\n()+]|\.\s|\bvà\b")


def with_sources(folded: str, found: list[FoundSum]) -> Iterator[Amount]:
    """The sums with the source that stands in the same clause, before or after; else that of the sum before."""
    source: Source | None = None
    used = 0
    for at, one in enumerate(found):
        before = folded[used : one.start]
        stop = _stop_after(folded, one.end)
        following = found[at + 1].start if at + 1 < len(found) else len(folded)
        upper = min(stop, following)
        *_, outside, near = ("", *_STOP.split(before))
        if before.rstrip().endswith("("):  # "ngân sách 70% (140 triệu)"
            near = outside
        own = _one(near) or _one(folded[one.end : upper])
        if own is None and (at == 0 or ";" in before):
            own = _one(before)
        source = own or (source if ";" not in before else None)
        used = upper if _one(near) is None else one.end
        if one.amount is not None:
            yield one.amount._replace(source=source)


_BRACKET = re.compile(r"\s?\([^()]*\)?")


def _stop_after(folded: str, end: int) -> int:
    """Where the words on a sum end; a bracket right behind it is one: "120 triệu (ngân sách 40%, đối tác 60%)"."""
    bracket = _BRACKET.match(folded, end)
    stop = _STOP.search(folded, bracket.end() if bracket else end)
    return bracket.end() if bracket else stop.start() if stop else len(folded)


def _one(text: str) -> Source | None:
    """The source that `text` names, if it is one alone."""
    sources = sources_in(text)
    return next(iter(sources)) if len(sources) == 1 else None
