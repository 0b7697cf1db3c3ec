"""The abbreviations of offices, written out (từ viết tắt): one table for titles, agencies and bodies."""

import re
from functools import lru_cache

from doingoai_cli.vietnamese.text import fold

# Folded abbreviation -> folded words. The longest wins; each stands as a whole word.
_WRITTEN_OUT = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "ct": "chủ tịch",
    "pct": "phó chủ tịch",
    "gđ": "giám đốc",
    "pgđ": "phó giám đốc",
    "bt": "bí thư",
    "pbt": "phó bí thư",
    "btv": "ban thường vụ",
    "tx": "thị xã",
    "tp": "thành phố",
}
_ABBREVIATION = re.compile(
    r"\b(" + "|".join(sorted(map(re.escape, _WRITTEN_OUT), key=len, reverse=True)) + r")\b\.?"
)


@lru_cache(maxsize=16384)
def written_out(text: str) -> str:
    """The comparing form of `text` with every abbreviation written out ("PCT UBND" -> "phó chủ tịch ủy ban nhân dân")."""
    return _ABBREVIATION.sub(lambda match: _WRITTEN_OUT[match[1]], fold(text))
