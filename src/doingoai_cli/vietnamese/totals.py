"""Labels of closing lines (dòng cộng), in what agencies send and in what officers type."""

import re

from doingoai_cli.vietnamese.text import fold

_TOTAL = re.compile(
    r"(?:[ivx]+\s*[.):-]\s*)?(?:tổng cộng|cộng|tổng|tổng số|cộng (?:mục|phần)?\s*\w{1,3})"
    r"(?:\s*[:(=-].*|\s*\d.*|\s*(?:chung|toàn.*|mục.*|phần.*|năm.*|cả.*|đoàn (?:ra|vào).*|số.*|cộng.*|"
    r"(?:[ivx]{1,4}|[a-h])(?:\s*[+,và]+\s*(?:[ivx]{1,4}|[a-h]))*))?"
)


def is_total(text: str) -> bool:
    """A closing line: "TỔNG CỘNG", "Cộng:", "Tổng số"."""
    return _TOTAL.fullmatch(fold(text)) is not None
