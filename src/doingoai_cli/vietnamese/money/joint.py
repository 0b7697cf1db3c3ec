"""Sums that several pay together: "NSNN 50%, đối tác 50%: 90 triệu", "90 triệu do NSNN và đối tác"."""

import re
from itertools import chain, takewhile

from doingoai_cli.vietnamese.money.sources import Source, sources_in

STOP = re.compile(r"[;,\n()+]|\.\s|\bvà\b")
# "200 triệu: 50% ngân sách, 50% đối tác", "(NSNN: 2/3)", "(NSNN hỗ trợ một phần)"
SHARE = re.compile(r"(?<!100)(?<!100 )%|(?<![\d/])\d ?/ ?\d(?![\d/])|\bmột (?:nửa|phần)\b")
# "đối tác chi ăn ở", "phần còn lại": a thing of its own beside the sum.
PART_PAID = re.compile(
    r"\b(?:chi(?! trả)|chi trả|trả|lo|chịu|cấp|tài trợ|hỗ trợ|đài thọ|(?:bảo|đảm) (?:đảm|bảo)|bố trí)\b"
    r"(?! (?:toàn bộ|tất cả|hết)?[\s.]*$)(?=.*\w)|\b(?:vé|ăn|ở|phần|còn lại)\b"
)
_PORTION = re.compile(r"\d{1,2}(?:[.,]\d{1,2})? ?%|(?<![\d/])\d ?/ ?\d(?![\d/])|\bmột (?:nửa|phần)\b")
_AROUND = re.compile(
    r"^\W*(?:nguồn|kinh phí|vốn)[^:]{0,20}:|[:=]\s?(?:(?:tổng|cộng|khoảng|hơn|gần|là)\b[^:\d]{0,30})?$"
)


def one_source(text: str) -> Source | None:
    """The source that `text` names, if it is one alone."""
    sources = sources_in(text)
    return next(iter(sources)) if len(sources) == 1 else None


def shared_before(before: str) -> bool:
    """Whether the words before a sum name several who pay it: "NSNN 50%, đối tác 50%:", "NSNN và đối tác"."""
    clause = before if SHARE.search(before) else before.rpartition(";")[2]
    *others, near = STOP.split(clause)
    joined = clause[: len(clause) - len(near)].endswith(("và", "+"))
    if not others or not (joined or ":" in near or near.rstrip().endswith("=") or SHARE.search(near)):
        return False
    return len(set(takewhile(bool, chain((_payer_alone(near),), map(_listed, reversed(others)))))) > 1


def _payer_alone(item: str) -> Source | None:
    """The source that an item names, if it says nothing else than it and its share."""
    rest = _AROUND.sub("", _PORTION.sub("", item).rstrip())
    return None if PART_PAID.search(rest) or re.search(r"[\d:]", rest) else one_source(rest)


_PAYS = re.compile(r"\w (?:chi|chi trả|trả|lo|chịu|cấp|tài trợ|hỗ trợ|đài thọ)\W*$")


def _listed(item: str) -> Source | None:
    """The source that an item is; "đối tác đài thọ, NSNN: 90 triệu" says what the partner does besides."""
    return None if _PAYS.search(item) else _payer_alone(item)


_JOINS = re.compile(r"(?P<by>và|[+,])(?P<who>[^;,.()+\d]{2,60})(?=$|[;,.()])")
_LISTED = re.compile(r"\s?(?::|từ\b|do\b|nguồn\b)")


def shared_behind(folded: str, end: int, upper: int) -> bool:
    """Whether who pays a sum, told from `end` to `upper`, is one of several: "90 triệu do NSNN và đối tác"."""
    join = _JOINS.match(folded, upper)
    if join is None or (join["by"] == "," and not _LISTED.match(folded, end)):
        return False
    other = _listed(join["who"]) if join["by"] == "," else _payer_alone(join["who"])
    return other not in (None, one_source(folded[end:upper]))
