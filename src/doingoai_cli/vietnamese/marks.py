"""Ticks and set phrases of the forms (dấu X, "Trong kế hoạch", "Không phát sinh"): what a short cell says."""

import re
from functools import lru_cache
from typing import Literal

from doingoai_cli.vietnamese.text import fold, is_blank, key

PlanWords = Literal["in_plan", "off_plan"]

# "×", "✕" … are what Word and phone keyboards offer for an x; "þ", "ü" and "P" are the ticks of Wingdings.
_TICKS = frozenset("x xx 1 01 1.0 v √ ✓ ✔ ✗ ✘ ☑ ☒ × ✕ ✖ ⨯ х þ ü có true đúng đ yes".split())
_NO_TICKS = frozenset("0 00 0.0 o ☐ □ không ko k kh false no sai".split())
_AROUND_TICK = " \t.,;()[]{}'\"\ufe0e\ufe0f"


def read_mark(value: str | int | float | bool | None) -> bool | None:
    """Whether a cell of a tick column is marked; None where it says something else (TH01)."""
    if value is None:
        return False
    if isinstance(value, str):
        return _read_mark(value)
    return bool(value) if value in (0, 1) else None


@lru_cache(maxsize=4096)
def _read_mark(text: str) -> bool | None:
    word = fold(text).strip(_AROUND_TICK)
    if word in _TICKS:
        return True
    if word in _NO_TICKS or is_blank(word):
        return False
    return None


# "Trong Kế hoạch", "Trong KH năm 2019", "Ngoài KH", "Trong chương trình", "TKH", "NKH".
_PLAN = re.compile(
    r"(?:(?:loại )?đoàn )?(?:thuộc |nằm |là )?(?P<side>trong|ngoài|không trong|không có trong|không thuộc|"
    r"không nằm trong|chưa có trong|theo|có trong|đúng)"
    r" (?:kế hoạch|kh|k h|chương trình|ct)\b(?P<rest>.*)"
)
_PLAN_SHORT: dict[str, PlanWords] = {
    "tkh": "in_plan",
    "trong": "in_plan",
    "nkh": "off_plan",
    "ngoài": "off_plan",
    "đột xuất": "off_plan",
    "phát sinh": "off_plan",
    "bổ sung": "off_plan",
    "phát sinh ngoài kế hoạch": "off_plan",
    "đột xuất ngoài kế hoạch": "off_plan",
    "bổ sung ngoài kế hoạch": "off_plan",
}
_IN_PLAN_SIDES = frozenset({"trong", "theo", "có trong", "đúng"})


@lru_cache(maxsize=4096)
def read_plan_words(text: str) -> PlanWords | None:
    """Which kind of delegation (loại đoàn) a cell names in words; None where it does not, or names both."""
    said = re.sub(r"^x |\bx$", "", key(text)).strip()
    if said in _PLAN_SHORT:
        return _PLAN_SHORT[said]
    match = _PLAN.fullmatch(said)
    if match is None or re.search(r"\b(?:trong|ngoài)\b", match["rest"]):
        return None
    return "in_plan" if match["side"] in _IN_PLAN_SIDES else "off_plan"


# What says that nothing took place: "Không", "Không có", "Không phát sinh", "Không có đoàn ra năm 2019",
# "Đơn vị không tổ chức đoàn nào", "Chưa phát sinh", "00 đoàn".
_NIL = re.compile(
    r"(?:(?:trong )?(?:năm|kì) ?\d* )?(?:(?:hiện )?(?:cơ quan|đơn vị|sở|địa phương|ban|huyện|thị xã|thành phố|xã) )?"
    r"(?:(?:không|ko|chưa)(?: (?:có|phát sinh|tổ chức|cử|đón|tiếp nhận|tiếp|thực hiện|triển khai|dự kiến|đăng kí|"
    r"xây dựng|tham gia|bố trí))*"
    r"(?: (?:các|bất kì))?"
    r"(?: (?:đoàn|đoàn ra|đoàn vào|đoàn công tác|đoàn khách|chuyến|hội nghị|hội thảo|sự kiện|nội dung|hoạt động|"
    r"kế hoạch|số liệu|dữ liệu|trường hợp|việc|nước ngoài|quốc tế|đi|đến|ra|vào|công tác))*"
    r"(?: (?:nào|gì|phát sinh))*"
    r"(?: (?:(?:trong )?(?:năm|kì)(?: nay| này| báo cáo| \d+)?))?"
    r"|nil|0+ đoàn(?: (?:ra|vào))?)"
)


@lru_cache(maxsize=4096)
def is_nil(text: str) -> bool:
    """Whether a form's only content says that there was nothing to declare ("Không phát sinh")."""
    return _NIL.fullmatch(key(text)) is not None
