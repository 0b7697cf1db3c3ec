"""Sums that only explain another: how it came about, by what it changed, or what it is compared with."""

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
# "so với dự toán 100 triệu", "thấp hơn kế hoạch 10 triệu", "đạt 90% dự toán (100 triệu)": what is compared with.
_PLAN = r"(?:dự toán|kế hoạch|dt|kh|cùng kì|năm)\b"
_COMPARES = (
    r"(?:\bso với\b|(?<!không )\b(?:thấp|cao|ít|nhiều) hơn\b"
    rf"|\bvượt (?={_PLAN})|\b(?:bằng|đạt) [\d.,]{{1,6}} ?% (?:của )?(?={_PLAN})|/ ?(?=(?:dự toán|kế hoạch)\b))"
)
_PLANNED = r"\((?:theo )?(?:dự toán|kế hoạch|dt|kh)\b"  # "90 triệu (dự toán: 100 triệu)"
_COMPARED = re.compile(rf"{_COMPARES}|{_PLANNED}|\b(?:lên|xuống)\b")
_COMPARED_WITH = re.compile(
    rf"{_COMPARES}(?:[^;,.:+)\d]|(?:19|20)\d\d(?![\d/])|\d{{1,4}}/)*:?\s?\(?$"
    rf"|\b(?:triệu|tr|tỉ|tỷ|đồng|đ|vnđ|usd)\s?{_PLANNED}(?: là| (?:được )?(?:giao|duyệt)| ban đầu)?:?\s?$"
)
# "tiết kiệm 10 triệu so với …", "giảm 10 triệu (từ 80 triệu xuống 70 triệu)": by how much, and not how much.
_BY = re.compile(r"\b(?:giảm(?! nghèo)|tăng(?! cường)|tiết kiệm|vượt|thừa|dư|thiếu|hụt|chênh|hơn|kém)\b[^;,.\d]*$")
_THAN = re.compile(r"[^;,.(\d]*\(?\s?(?:so với\b|từ (?=\d))")
_FORMERLY = re.compile(r"\btừ\s$")  # "tăng từ 80 triệu lên 100 triệu"
_TO = re.compile(r"[^;,.(\d]*\b(?:lên|xuống)\b")
_NEAR = 60  # letters before a sum that can compare it


def without_compared(folded: str, sums: Sequence[FoundSum]) -> list[FoundSum]:
    """The sums without those that others are compared with, and those that only tell the difference."""
    if not sums or _COMPARED.search(folded) is None:
        return list(sums)
    return [one for one in sums if not _is_compared(folded, max(0, one.start - _NEAR), one)]


def _is_compared(folded: str, near: int, one: FoundSum) -> bool:
    before = folded[near : one.start]
    if _COMPARED_WITH.search(before) or (_FORMERLY.search(before) and _TO.match(folded, one.end)):
        return True
    differs = _BY.search(before)
    return differs is not None and bool(
        _THAN.match(folded, one.end) or "so với" in before[: differs.start()].rpartition(";")[2]
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
