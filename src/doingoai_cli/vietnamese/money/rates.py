"""Sums that are no sure one: the end of a range ("100-150 triệu"), what one costs ("80 triệu/nhà, 02 nhà")."""

import re

# A number right before a sum ("100-150 triệu", "từ 100 đến 150 triệu") makes a range of it; "x", "/người" a rate.
# So do bare numbers: "12, 15 và 20 triệu" are three sums, or two of which one has a decimal comma.
_RANGE_BEFORE = re.compile(
    r"\d\s?(?:-|đến|tới|hoặc|~)\s?$|\d/$|(?<![^\W\d_])[x×*]\s?$"
    r"|(?<![\w.,/-])\d{1,3}(?:[.,]\d{1,2})? và $"
    r"|(?:^|[:;,(=]\s?|\bvà )\d{1,3}(?:[.,]\d{1,2})?\s?[,;]\s?$"
    r"|(?<![\w.,/-])\d{1,3}(?:[.,]\d{1,2})?\s?\+\s?$"
)
_RATE_AFTER = re.compile(
    r"[^\W\d_]"  # "$250k"
    r"|\s?(?:/|một|mỗi)\s?1?\s?(?:người|ngày|đêm|suất|khách|đại biểu|thành viên|lượt|phòng|bữa|tháng|tuần|buổi|"
    r"học viên|cán bộ|em|cháu|xe|vé|chiếc|bộ|usd)\b"
    r"|(?:\s?/\s?1?\s?[^\W\d_]+(?: [^\W\d_]+)?)?\s?[(,]?\s?[x×*]\s?\d"  # "60 triệu/chuyến x 2 chuyến"
    r"|\s\d{1,3}\b(?![.)] ?[^\W\d])"  # "1 tỷ 5" is half a number, "80 triệu 2. Đối tác" none
    r"|\s(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín) (?:trăm|mươi|chục|nghìn|ngàn)\b"
)
_RATE_BEFORE = re.compile(r"\bmỗi \w+(?: \w+)? ?$|% (?:của |trên )?(?:tổng(?: số| kinh phí| chi phí)? )?$")
_NEAR = 60  # letters around a sum that can speak of it

# "80 triệu/căn nhà", "80 triệu cho một đoàn": what one costs; a sum of its own only where there is but one.
_NOUN = r"(?:(?P<kind>căn|ngôi|cái) (?=[^\W\d_]))?(?P<noun>[^\W\d_]+)"
_FOR_ONE = re.compile(rf"\s?(?:/\s?(?:0?1(?!\d)\s?)?|(?:(?:cho|trên) )?(?:một|mỗi) ){_NOUN}")
_COUNTED = re.compile(
    r"(?<![\w.,-])(?<!\d/)(?<!tháng )(?<!quí )(?<!số )"
    rf"(?:(?!0?1 )\d{{1,3}}(?:\.\d{{3}})?|hai|ba|bốn|sáu|bảy|tám|chín|mười) ?{_NOUN}"
)


def is_unsure(folded: str, start: int, end: int) -> bool:
    """Whether what stands around the sum from `start` to `end` makes it the end of a range, or a rate."""
    near = max(0, start - _NEAR)
    return bool(
        _RANGE_BEFORE.search(folded, near, start)
        or _RATE_AFTER.match(folded, end)
        or _RATE_BEFORE.search(folded, near, start)
        or _is_counted(folded, start, end)
    )


def _is_counted(folded: str, start: int, end: int) -> bool:
    """Whether a sum is for one of several things that are counted beside it: "02 nhà, 80 triệu/nhà"."""
    one = _FOR_ONE.match(folded, end)
    if one is None:
        return False
    around = f"{folded[max(0, start - _NEAR) : start]};{folded[one.end() : one.end() + _NEAR]}"
    return any(several["noun"] in one.groups() for several in _COUNTED.finditer(around))
