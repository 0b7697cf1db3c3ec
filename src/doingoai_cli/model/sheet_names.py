"""Names of sheets (tên trang tính) that Excel takes: what others called a sheet may be none of them."""

import re
from collections.abc import Collection

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
    candidate, number = bare, 1
    while candidate.casefold() in used:
        number += 1
        candidate = f"{bare[:_WITH_NUMBER]} ({number})"
    return candidate
