"""What a cell of Excel can hold (nội dung ô): no control characters, at most 32,767 units of UTF-16."""

import re

MAX_UNITS = 32_767
CUT = " […còn nữa, xem tệp gốc]"
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def cell_text(text: str) -> str:
    """`text` as a cell can hold it. What is cut off stays in the sender's file, and the cell says so."""
    text = _ILLEGAL.sub("", text)
    if len(text) <= MAX_UNITS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_UNITS:
        return text
    return units[: 2 * (MAX_UNITS - len(CUT))].decode("utf-16-le", "ignore") + CUT
