"""The sums of one cell together: the total that is stated besides its parts, and the source of each."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.vietnamese.money.joint import (
    PART_PAID,
    SHARE,
    STOP,
    one_source,
    shared_before,
    shared_behind,
)
from doingoai_cli.vietnamese.money.sources import Source, is_payer_label, sources_in


class Amount(NamedTuple):
    """A sum of money; `currency` is an ISO 4217 code, `source` the source that the text puts beside it."""

    value: int | Decimal
    currency: str
    source: Source | None = None


class FoundSum(NamedTuple):
    """A sum where it stands in the text; `amount` is None where it is not certain."""

    start: int
    end: int
    amount: Amount | None


# "2.000 USD (tương đương 46 triệu đồng)": one sum twice.
_EQUIVALENT = re.compile(r"\s?[(=,/]?\s?(?:(?:tương đương|quy đổi|khoảng|hay|~|≈)\s?(?:với |là )?)?$")
_OF_IT = re.compile(r"\s?[,.;]?\s?[(:]?\s?(?:trong đó|(?:bao )?gồm|cụ thể)\b[^;\d]*")
"""Between a sum and a part of it in another currency: "120 triệu (bao gồm 3.000 USD)"."""
_TOTAL_WORD = re.compile(r"(?:\btổng\b|\bcộng\b(?: là)? ?:)[^;.\d]*$")
_ADDED_UP = re.compile(r"(?:\btổng\b|\bcộng\b|=)[^;.\d]*$")  # a total only where it is one
_EQUALS = re.compile(r"\s?=")
_PARTS_FOLLOW = re.compile(
    r"\s?[,.;]?\s?(?:\(|:|trong đó|(?:bao )?gồm|cụ thể|chia (?:ra|làm|thành)|chi tiết|phân bổ)"
)
_NO_PARTS = re.compile(r"\b(?:chưa|không|ngoài ra) (?:bao gồm|gồm|kể|tính)\b")


def split_total(folded: str, found: list[FoundSum]) -> tuple[FoundSum | None, list[FoundSum]]:
    """The total that is stated besides its parts, and the parts; what is stated twice is taken once."""
    found = _once(folded, found)
    sums = grouped((one.amount.currency, one.amount.value) for one in found if one.amount is not None)
    all_of = {currency: sum(values) for currency, values in sums.items()}
    for at, one in enumerate(found):
        if one.amount is None or len(sums[one.amount.currency]) < 2:
            continue
        before, all_sums = found[at - 1].end if at else 0, all_of[one.amount.currency]
        adds_up = 2 * one.amount.value == all_sums
        named = _TOTAL_WORD.search(folded, before, one.start) and one_source(folded[before : one.start]) is None
        heads = at == 0 and (
            (all_sums <= 2 * one.amount.value and _holds_parts(folded, one, found[1]))
            or (adds_up and len(found) > 2 and _stands_above(folded, found))
        )
        equals = adds_up and (
            (at and _ADDED_UP.search(folded, before, one.start) and not _labelled(folded[before : one.start]))
            or (at == 0 and _EQUALS.match(folded, one.end))
        )
        if named or heads or equals:
            return one, [f for f in found if f is not one]
    return None, found


def rest_of(folded: str, total: FoundSum, sums: Sequence[FoundSum], parts: Sequence[Amount]) -> Amount | None:
    """What a total holds beyond its parts: "1,2 tỷ đồng, trong đó ngân sách 0,8 tỷ" leaves 0,4 tỷ."""
    if total.amount is None:
        return None
    rest = total.amount.value - sum(part.value for part in parts if part.currency == total.amount.currency)
    if rest <= 0:
        return None
    last = max((one.end for one in sums if one.end <= total.start), default=0)
    ahead, behind = folded[last : total.start].rpartition(";")[2], STOP.split(folded[total.end :], maxsplit=1)[0]
    source = one_source(ahead) or one_source(_PARTS_FOLLOW.split(behind, maxsplit=1)[0])
    if source is None and (left := _LEFT.search(folded, sums[-1].end)):
        source = one_source(left["who"])
    return Amount(rest, total.amount.currency, source)


# "200 triệu, trong đó ngân sách 150 triệu, còn lại đối tác chi"
_LEFT = re.compile(r"\bcòn lại(?: là)?\b(?P<who>[^;.\d]*)")


def _labelled(before: str) -> bool:
    """Whether the words before a sum begin with a part's source behind a separator: "…; tài trợ = 150 triệu"."""
    _, *items = STOP.split(before)
    return bool(items) and one_source(items[-1]) is not None


_LINES_FOLLOW = re.compile(r"\s?[.,]?\s?(?P<mark>-?\s?;|-\s?[-+•]|-)\s?")


def _stands_above(folded: str, sums: Sequence[FoundSum]) -> bool:
    """Whether the first sum has a line of its own above its parts: "120 triệu⏎NSNN: 100 triệu⏎…".

    Behind a dash it is one only where the parts' sources stand before them: "100 triệu - NSNN, …" is a part.
    """
    follows = _LINES_FOLLOW.match(folded, sums[0].end)
    if follows is None or one_source(folded[: sums[0].start]):
        return False
    return follows["mark"] != "-" or not sources_in(folded[sums[-1].end :])


def _holds_parts(folded: str, one: FoundSum, after: FoundSum) -> bool:
    """Whether `after` is introduced as a part of `one`: by "trong đó", a colon, or brackets around it."""
    opening = _PARTS_FOLLOW.match(folded, one.end)
    if opening is None or _NO_PARTS.search(folded, one.end, after.start):
        return False
    close = folded.find(")", one.end)
    return not opening[0].endswith("(") or close < 0 or close > after.start


def _once(folded: str, sums: list[FoundSum]) -> list[FoundSum]:
    """Sums without the second currency of one that is given in two (đồng stay), or of a part of the one before."""
    distinct: list[FoundSum] = []
    for one in sums:
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
        if _OF_IT.fullmatch(between):
            continue
        same = between.strip() and _EQUIVALENT.fullmatch(between) and between.strip() != ","
        if not same:
            distinct.append(one)
        elif one.amount.currency == "VND":
            distinct[-1] = one._replace(start=last.start)
    return distinct


# "150 triệu đồng, nguồn ngân sách tỉnh": who paid it all; "đối tác chi ăn ở" would be a thing of its own
_SAID_LAST = re.compile(
    r"(?:\s?\([^()]*\)|[^;]*?(?=[,.]\s?(?:từ |trích )?nguồn\b))?[\s,;.]+"
    r"(?:(?:(?:thuộc |trích )?(?:từ )?nguồn(?: kinh phí| vốn)?|kinh phí|do|từ|bằng)\b[\s:]*)?"
    r"(?P<who>[^,;()\d]{2,60}?)(?: năm (?:19|20)\d\d)?[\s.]*"
)


def with_sources(folded: str, sums: list[FoundSum]) -> list[Amount]:
    """The sums with their sources; where none stands beside a sum, that which the cell names last for all."""
    amounts = list(_own_sources(folded, sums))
    if amounts and not any(amount.source for amount in amounts):
        last = _SAID_LAST.fullmatch(folded, sums[-1].end)
        if last and not PART_PAID.search(last["who"]) and (source := one_source(last["who"])):
            return [amount._replace(source=source) for amount in amounts]
    return amounts


def _own_sources(folded: str, sums: list[FoundSum]) -> Iterator[Amount]:
    """The sums with the source that stands in the same clause, before or after; else that of the sum before."""
    source: Source | None = None
    used, words_follow = 0, False  # whether it is the words behind a sum that tell its source
    said = "", ""  # the words before and behind the sum before
    for at, one in enumerate(sums):
        before = folded[used : one.start]
        following = sums[at + 1].start if at + 1 < len(sums) else len(folded)
        upper = _stop_after(folded, one.end, following)
        if before.rstrip().endswith("("):  # "ngân sách 70% (140 triệu)"
            before = before.rstrip()[:-1]
        near = STOP.split(before)[-1]
        label = near.strip(" :=-")
        behind = folded[one.end : upper]
        own = (
            one_source(near)
            or (None if SHARE.search(behind) else one_source(behind))
            or one_source(_behind_bracket(folded, one.end))
        )
        if own is None and (at == 0 or ";" in before):
            own = one_source(before if at == 0 else before.rpartition(";")[2])
        if own is None and label == "khác" and is_payer_label(said[0]) and not _LETTER.search(said[1]):
            own = "other"
        others = label == "nn" or (  # of the state or from abroad
            own is None and words_follow and _LETTER.search(behind)
        )  # "60 triệu NSNN + 1.000 USD (Hội Nhật - Việt)"
        shared = shared_before(before) or (one_source(near) is None and shared_behind(folded, one.end, upper))
        own = None if shared else own
        source = own or (source if ";" not in before and not others and not shared else None)
        words_follow = one_source(near) is None if own else words_follow
        said = near, behind
        used = upper if one_source(near) is None else one.end
        if one.amount is not None:
            yield one.amount._replace(source=source)


_LETTER = re.compile(r"[^\W\d_]")


def _behind_bracket(folded: str, end: int) -> str:
    """What follows the bracket that ends at `end`: "80% (96 triệu) NSNN"; "" where none does."""
    return STOP.split(folded[end + 1 :], maxsplit=1)[0] if folded.startswith(")", end) else ""


_BRACKET = re.compile(r"\s?\([^()]*\)?")


def _stop_after(folded: str, end: int, limit: int) -> int:
    """Where the words on a sum end; a bracket right behind it is one: "120 triệu (ngân sách 40%, đối tác 60%)"."""
    if bracket := _BRACKET.match(folded, end):
        return min(bracket.end(), limit)
    stop = STOP.search(folded, end, limit)
    return stop.start() if stop else limit


def is_label_of_sum(before: str) -> bool:
    """Whether the words right before a sum tell its source, or are a payer's whose kind is not known ("NN")."""
    label = STOP.split(before)[-1]
    return one_source(label) is not None or is_payer_label(label)
