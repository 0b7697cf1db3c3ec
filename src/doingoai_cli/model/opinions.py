"""What an officer says of a row (ý kiến thẩm định), however written: with a reason, a dot, without accents."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from doingoai_cli.vietnamese.fuzzy import ratio
from doingoai_cli.vietnamese.text import ascii_slug, is_blank


class Opinion(StrEnum):
    """Ý kiến thẩm định; the last one is for what took place (Mẫu 01.x, 03)."""

    AGREED = "Đồng ý"
    ADJUST = "Điều chỉnh"
    REFUSED = "Không đồng ý"
    UNCOUNTED = "Không tính"


LEFT_OUT = frozenset({Opinion.REFUSED, Opinion.UNCOUNTED})
"""A row of which an officer says this is in no figure (round 2, section 2)."""
_NOT = ("khong", "ko", "kg", "kh", "k")
_AGREEING = ("dongy", "nhattri", "thongnhat", "tanthanh", "chapthuan", "chapnhan", "pheduyet", "duyet", "chophep")
_COUNTING = ("tinh", "duoctinh", "dem", "thongke")
_REFUSED = (*(n + word for n in _NOT for word in (*_AGREEING, "dy")), "tuchoi")
_UNCOUNTED = tuple(n + word for n in _NOT for word in _COUNTING)
_ADJUST = ("dieuchinh", "suadoi", "chinhsua")
_AGREED = (*_AGREEING, "daduyet", "dadongy", "ok", "dy", "hoantoandongy", "cobandongy")
_WITH_CHANGES = re.compile(
    rf"(?:{'|'.join(_AGREED)})(?:(?!khong).)*(?:denghi|yeucau|can|phai|nhung|dieukien|voi)"
    rf"(?:(?!khong|da).)*(?:{'|'.join((*_ADJUST, 'sua'))})"
)
"""Agreed to on terms: "Đồng ý nhưng đề nghị điều chỉnh số ngày"; not "Đồng ý, không cần điều chỉnh"."""
_CLEARLY_REFUSED = ("khongdongy", "khongnhattri", "khongtanthanh", "khongchapthuan", "khongthongnhat", "tuchoi")
_UNDECIDED = ("khong", "chua")
_NEAR = 90


@lru_cache(maxsize=4096)  # saves 2.4 s
def opinion_of(text: str) -> Opinion | None:
    """The opinion that a cell states; None for a blank one and for words that state none of them."""
    if not text or is_blank(text) or _is_a_choice(text):
        return None
    said = ascii_slug(text).replace("-", "")
    for opinion, openings in _OPENINGS:
        if said.startswith(openings):
            return Opinion.ADJUST if opinion is Opinion.AGREED and _WITH_CHANGES.match(said) else opinion
    if any(word in said for word in _CLEARLY_REFUSED) or _nearly(said, "khongdongy"):
        return Opinion.REFUSED
    if "khongtinh" in said or _nearly(said, "khongtinh"):
        return Opinion.UNCOUNTED
    if any(word in said for word in _ADJUST) and not said.startswith(_UNDECIDED):
        return Opinion.ADJUST
    return None


_BETWEEN = re.compile(r"[/|\\]|\b(?:hoặc|hay)\b", re.IGNORECASE)


def _is_a_choice(text: str) -> bool:
    """Whether a cell only names opinions to choose from ("Đồng ý / Không đồng ý"), none of them struck out."""
    named = _BETWEEN.split(text) if _BETWEEN.search(text) else []
    return len({opinion_of(one) for one in named if is_plain(one)}) > 1


def is_plain(text: str) -> bool:
    """Whether a cell states an opinion and nothing else ("ko dong y."), so that there is no reason to pass on."""
    said = ascii_slug(text).replace("-", "")
    return any(said in openings for _, openings in _OPENINGS)


_OPENINGS: Sequence[tuple[Opinion, tuple[str, ...]]] = (
    (Opinion.REFUSED, _REFUSED),
    (Opinion.UNCOUNTED, _UNCOUNTED),
    (Opinion.ADJUST, (*_ADJUST, *(agreed + word for agreed in ("dongy", "dongyco") for word in _ADJUST))),
    (Opinion.AGREED, _AGREED),
)


def _nearly(words: str, opinion: str) -> bool:
    """Whether it is the opinion with a typing slip ("Khôn đồng ý"), alone or before its reason."""
    if words[:1] != opinion[:1]:
        return False
    lengths = (len(opinion) - 1, len(opinion), len(opinion) + 1)
    return any(ratio(words[:length], opinion) >= _NEAR for length in lengths)
