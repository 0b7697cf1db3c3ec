"""Purposes of delegations (mục đích, danh nghĩa): what their words say of who leads them.

Central bodies are named by DR11's exception (seed 000, K2.5): "do Trung ương/Bộ/Ban Đảng/Quốc hội/Chính phủ …
tổ chức", "tháp tùng".
"""

import re
from functools import lru_cache

from doingoai_cli.vietnamese.text import fold

_CENTRAL_BODY = (
    r"(?:(?:các cơ quan |cơ quan |ban,? bộ,? ngành |các ban đảng |ban đảng )?(?:ở )?trung ương|"
    r"các bộ(?:,? ngành)?|bộ (?!chỉ huy\b|đội\b|phận\b|môn\b|máy\b|hồ sơ\b|tư lệnh vùng\b)\w+|quốc hội|chính phủ|"
    r"văn phòng chính phủ|chủ tịch nước|thủ tướng|phó thủ tướng|tổng bí thư|ban đối ngoại|ban bí thư|"
    r"bộ chính trị|ủy ban trung ương|tổng cục \w+|tổng liên đoàn|trung ương đoàn|trung ương hội)"
)
_ORGANISED = r"(?:chủ trì|tổ chức|chủ trì,? tổ chức|thành lập|mời tham gia|cử|làm trưởng đoàn|dẫn đầu)"
_ESCORT = re.compile(r"\btháp tùng\b")
_BY_CENTRAL = re.compile(
    rf"\bdo (?:\w+[ ,]+){{0,2}}?{_CENTRAL_BODY}\b[^.;]*?\b{_ORGANISED}\b|"
    rf"\b(?:tham gia|đi cùng|theo|cùng) (?:\w+ )?(?:đoàn|đoàn công tác)(?: công tác)?(?: liên ngành| cấp cao)?"
    rf"(?: của| do)? {_CENTRAL_BODY}\b|\bđoàn (?:đề án )?165\b"
)


@lru_cache(maxsize=16384)
def organised_centrally(text: str) -> bool:
    """Whether `text` says that a central body organises the delegation, or that it escorts one (tháp tùng)."""
    folded = fold(text)
    return _ESCORT.search(folded) is not None or _BY_CENTRAL.search(folded) is not None


def joined(name: str, nature: str, activities: str) -> bool:
    """Whether the province only joined the delegation, else led it (seed 001, III.1, Lưu ý (i))."""
    return any(organised_centrally(text) for text in (name, nature, activities))
