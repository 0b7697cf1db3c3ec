"""Levels at which one signs or awards (cấp ký, cấp khen): one name for the ways of writing each."""

import re
from typing import NamedTuple

from doingoai_cli.vietnamese.abbreviations import written_out
from doingoai_cli.vietnamese.text import clean

STATE, GOVERNMENT, MINISTRY = "Nhà nước", "Chính phủ", "Bộ, ngành Trung ương"
PROVINCE, DEPARTMENT, DISTRICT, COMMUNE = "Cấp tỉnh", "Sở, ban, ngành cấp tỉnh", "Cấp huyện", "Cấp xã"
BODY = "Tổ chức, cơ sở"

# The first that fits counts: "Giám đốc Sở" before "tỉnh", "Chủ tịch nước" before "Chủ tịch".
_LEVELS = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (STATE, r"\b(?:nhà nước|chủ tịch nước|quốc gia|quốc hội)\b"),
        (GOVERNMENT, r"\b(?:chính phủ|thủ tướng|ttg|ttgcp)\b"),
        (DEPARTMENT, r"\b(?:sở|ban quản lí|cục|chi cục|ban,? ngành|đoàn thể|tỉnh đoàn|đồn biên phòng)\b"),
        (MINISTRY, r"\b(?:bộ(?! chỉ huy| đội)|trung ương|ngành trung ương|tổng cục)\b"),
        (COMMUNE, r"(?<!thị )\b(?:xã|phường|thị trấn|đặc khu)\b"),
        (DISTRICT, r"\b(?:huyện|thị xã|quận)\b|\bthành phố (?:trực )?thuộc tỉnh\b"),
        (PROVINCE, r"\b(?:tỉnh|thành phố|ủy ban nhân dân|hội đồng nhân dân|tỉnh ủy|thành ủy)\b"),
        (BODY, r"\b(?:hội|liên hiệp|doanh nghiệp|công ti|trường|bệnh viện|cơ sở|tổ chức|viện|trung tâm)\b"),
    )
)


class Level(NamedTuple):
    """A level as typed, and under which of the names above it is counted; None where the words tell none."""

    text: str
    level: str | None = None


def read_level(text: str) -> Level:
    """The level that a cell names: "UBND tỉnh", "Tỉnh", "cấp tỉnh" are one."""
    cleaned = clean(text)
    words = written_out(cleaned)
    return Level(cleaned, next((level for level, pattern in _LEVELS if pattern.search(words)), None))
