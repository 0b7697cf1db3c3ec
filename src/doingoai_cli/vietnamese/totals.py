"""Labels of closing lines (dòng cộng), in what agencies send and in what officers type."""

import re

from doingoai_cli.vietnamese.text import fold

_TOTAL = re.compile(
    r"(?:[ivx]+\s*[.):-]\s*)?(?:tổng cộng|cộng|tổng|tổng số|cộng (?:mục|phần)?\s*\w{1,3})"
    r"(?:\s*[:(=-].*|\s*\d.*|\s*(?:chung|toàn.*|mục.*|phần.*|năm.*|cả.*|đoàn (?:ra|vào).*|số.*|cộng.*|"
    r"(?:[ivx]{1,4}|[a-h])(?:\s*[+,và]+\s*(?:[ivx]{1,4}|[a-h]))*))?"
)


_OF_A_PART = re.compile(r"(?:tổng )?(?:cộng|tổng|tổng số)(?: mục| phần)?[ (]+(?:[ivx]{1,4}|[a-hđ]|\d{1,2})\W*")


def is_total(text: str) -> bool:
    """A closing line: "TỔNG CỘNG", "Cộng:", "Tổng số"."""
    return _TOTAL.fullmatch(fold(text)) is not None


def is_total_of_part(text: str) -> bool:
    """A closing line that says which part it sums: "Cộng A", "Tổng II"."""
    return _OF_A_PART.fullmatch(fold(text)) is not None
