"""Private purposes (du lịch, thăm thân, khám bệnh) told apart from work on the same matter (seed 001, III.1).

"Đi du lịch" is a purpose; "xúc tiến du lịch", "mô hình khám chữa bệnh" are work.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from doingoai_cli.vietnamese.terms import Found, Terms, clause_starts, clauses
from doingoai_cli.vietnamese.text import key, words

# A private purpose for sure: "đi du lịch", "kết hợp du lịch", "tham quan, du lịch", "nghỉ mát, du lịch".
_PRIVATE_BEFORE = frozenset({"đi", "hợp", "quan", "mát", "dưỡng", "viếng"})
_ALWAYS_PRIVATE = Terms(("thăm thân", "việc riêng", "việc cá nhân", "việc gia đình", "mục đích cá nhân"))
# Heads of a list of fields, commas and all: "xúc tiến thương mại, du lịch", "hợp tác về văn hóa, du lịch".
_FIELDS_OF_WORK = Terms(
    [
        "xúc tiến",
        "quảng bá",
        "hợp tác",
        "phát triển",
        "quản lý",
        "ngành",
        "lĩnh vực",
        "về",
        "thương mại",
        "văn hóa",
        "thể thao",
        "kinh tế",
        "đầu tư",
        "nguồn nhân lực",
        "chiến lược",
        "chính sách",
        "truyền thông",
        "dịch vụ",
        "y tế",
        "giáo dục",
        "môi trường",
        "nông nghiệp",
    ]
)
# Work that has the word within its own item: "khảo sát tuyến du lịch", "hội chợ du lịch quốc tế", "Sở Du lịch".
_WORK = Terms(
    [
        "hội chợ",
        "triển lãm",
        "diễn đàn",
        "hội nghị",
        "hội thảo",
        "sở",
        "cục",
        "tổng cục",
        "bộ",
        "hiệp hội",
        "công ty",
        "doanh nghiệp",
        "cơ quan",
        "trường",
        "đào tạo",
        "tập huấn",
        "bồi dưỡng",
        "học tập",
        "học hỏi",
        "kinh nghiệm",
        "nghiên cứu",
        "khảo sát",
        "làm việc",
        "trao đổi",
        "ký kết",
        "tìm hiểu",
        "giới thiệu",
        "kết nối",
        "thu hút",
        "mô hình",
        "kỹ thuật",
        "chương trình",
        "dự án",
        "sản phẩm",
        "điểm",
        "khu",
        "tuyến",
        "hỗ trợ",
        "chuyên môn",
        "bệnh viện",
        "từ thiện",
        "tình nguyện",
        "nhân đạo",
        "công tác",
        "chuyển giao",
        "liên kết",
        "festival",
        "lễ hội",
        "ngày hội",
        "tuần lễ",
        "mạng lưới",
        "thị trường",
        "famtrip",
        "thỏa thuận",
        "biên bản",
        "tọa đàm",
        "giảng dạy",
        "quy trình",
        "thiết bị",
    ]
)
_WORK_AFTER = re.compile(
    r"(?:bền vững|cộng đồng|sinh thái|thông minh|biển đảo|giữa|miễn phí|từ thiện|nhân đạo|"
    r"cho (?:người|nhân dân|bà con|đồng bào|cán bộ và nhân dân|trẻ em|bệnh nhân)|của (?:tỉnh|hai|nước))\b"
)

_LONGEST_ALONE = 60
"""Characters of a cell that may be nothing but a purpose."""


class PrivatePurposes:
    """Private purposes by a pack's terms (du lịch, khám bệnh …), told apart from work on the same matter.

    "Đi du lịch" is a purpose; "xúc tiến du lịch", "mô hình khám chữa bệnh" are work. `alone`: words that are a
    purpose where a cell says nothing else. Picklable.
    """

    __slots__ = ("_alone", "_terms", "first")

    def __init__(self, terms: Iterable[str], alone: Iterable[str] = ()) -> None:
        self._terms = Terms(terms)
        self._alone = frozenset(map(key, alone))
        self.first = lru_cache(maxsize=16384)(self._first)
        """The first private purpose in a text; None if there is none."""

    def __reduce__(self) -> tuple[type["PrivatePurposes"], tuple[Iterable[str], ...]]:
        return PrivatePurposes, (self._terms.given, self._alone)

    def _first(self, text: str) -> str | None:
        if self._terms.first(text) is not None:
            for found in self._terms.stated(text):
                if _is_private(text, found):
                    return found.term
        return self._whole(text)

    def _whole(self, text: str) -> str | None:
        if len(text) > _LONGEST_ALONE:
            return None
        said = key(text)
        return said if said.removeprefix("đi ").removeprefix("đoàn ") in self._alone else None


def _is_private(text: str, found: Found) -> bool:
    text_words, item = words(text), clause_starts(text)[found.start]
    if _ALWAYS_PRIVATE.first(found.term) or (found.start and text_words[found.start - 1] in _PRIVATE_BEFORE):
        return True
    if _WORK_AFTER.match(" ".join(text_words[found.end : found.end + 5])):
        return False
    within = " ".join(text_words[item : found.start])
    sentence = _sentence_before(text, found.start)
    return _WORK.first(within) is None and _FIELDS_OF_WORK.first(sentence) is None


def _sentence_before(text: str, at: int) -> str:
    """The words of the sentence up to word `at`; commas do not part sentences."""
    count = 0
    for sentence in clauses(text, separators=";\n"):
        length = len(words(sentence))
        if count + length > at:
            return " ".join(words(sentence)[: at - count])
        count += length
    return ""
