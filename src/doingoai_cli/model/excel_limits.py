"""What Excel takes (giới hạn của Excel): texts of cells and names of sheets; what others wrote may be none."""

import re
from collections.abc import Collection
from itertools import chain, count

MAX_UNITS = 32_767
"""Units of UTF-16 that a cell can hold."""
CUT = " […còn nữa, xem tệp gốc]"
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What no XML can hold, so neither a workbook nor a document: controls, half a surrogate pair, no-characters."""


def cell_text(text: str) -> str:
    """`text` as a cell can hold it. What is cut off stays in the sender's file, and the cell says so."""
    text = NOT_IN_XML.sub("", text)
    if len(text) <= MAX_UNITS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_UNITS:
        return text
    return units[: 2 * (MAX_UNITS - len(CUT))].decode("utf-16-le", "ignore") + CUT


_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST = 31
_WITH_NUMBER = 26
"""Of the longest name, what leaves room for a number."""
_NAMELESS = "Trang tính"


def free_name(name: str, taken: Collection[str]) -> str:
    """`name` as Excel takes it, and with a number where one of `taken` is the same; a good one stays as it is."""
    bare = _FORBIDDEN.sub(" ", name)[:_LONGEST].strip("'")
    bare = bare if bare.strip() else _NAMELESS
    used = {other.casefold() for other in taken}
    candidates = chain([bare], (f"{bare[:_WITH_NUMBER]} ({number})" for number in count(2)))
    return next(candidate for candidate in candidates if candidate.casefold() not in used)
