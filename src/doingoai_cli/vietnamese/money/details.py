"""Sums that only explain the one before them: how it came about, or by what it changed."""

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from doingoai_cli.vietnamese.money.sources import sources_in
from doingoai_cli.vietnamese.money.sums import FoundSum

# "24 triệu (giảm 1 triệu so với dự toán)", "24 triệu, đã tạm ứng 10 triệu": no further sum.
_CHANGE = re.compile(
    r"\s?[(,;.]\s?(?:(?:đã|được|còn|điều chỉnh) ){0,2}"
    r"(?:(?:cắt )?giảm(?! nghèo)|tăng(?! cường)|tiết kiệm|tạm ứng|(?:hoàn|nộp) (?:trả|lại)|trả lại|thu hồi|hủy"
    r"|thừa|dư|thiếu|vượt)\b[^;,\d]*"
)
_MOST_PARTS = 100
_BRACKETED = re.compile(r"\s?(?P<words>(?!:|trong đó|gồm|bao gồm|cụ thể)[^;,.()\d]{0,40})\(")


def without_details(folded: str, sums: Sequence[FoundSum]) -> list[FoundSum]:
    """The sums without those that a bracket only explains: how one came about, or by what it changed.

    "80 triệu NSNN (60 triệu vé + 20 triệu ăn), đối tác 40 triệu": the bracket adds up to the sum before it. Where
    its parts name their sources they stand for the sum.
    """
    kept: list[FoundSum] = []
    at = 0
    while at < len(sums):
        one, at = sums[at], at + 1
        if kept and _CHANGE.fullmatch(folded, kept[-1].end, one.start):
            continue
        words, inside = _in_bracket(folded, sums, at - 1)
        whole = at == 1 and inside == len(sums) - 1 and not words  # the cell's total, told by `split_total`
        if not inside or whole or not sources_in(folded[sums[at].start : sums[at + inside - 1].end]):
            kept.append(one)
            at += 0 if whole else inside
    return kept


def _in_bracket(folded: str, sums: Sequence[FoundSum], at: int) -> tuple[str, int]:
    """How many sums of the bracket behind one add up to it (none or several), and the words before the bracket."""
    one = sums[at].amount
    opening = _BRACKETED.match(folded, sums[at].end)
    close = folded.find(")", opening.end()) if opening else -1
    inside = [f.amount for f in takewhile(lambda f: f.end <= close, islice(sums, at + 1, at + 1 + _MOST_PARTS))]
    values = [part.value for part in inside if part and one and part.currency == one.currency]
    if opening is None or one is None or not 1 < len(values) == len(inside) or sum(values) != one.value:
        return "", 0
    return opening["words"].strip(), len(inside)
