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
        (STATE, r"(?<!ngân hàng )(?<!kho bạc )\bnhà nước\b|\b(?:chủ tịch nước|quốc hội|tổng thống|nhà vua)\b"),
        (STATE, r"\bquốc vương\b|(?:^|\bcấp )quốc gia\b"),
        (GOVERNMENT, r"\b(?:chính phủ|thủ tướng|ttg|ttgcp|hội đồng bộ trưởng)\b"),
        (DEPARTMENT, r"\b(?:sở|ban quản lí|cục|chi cục|ban,? ngành|đoàn thể|tỉnh đoàn|đồn biên phòng)\b"),
        (MINISTRY, r"\b(?:bộ(?! chỉ huy| đội)|trung ương|ngành trung ương|tổng cục|tổng liên đoàn)\b"),
        (MINISTRY, r"\b(?:(?:ngân hàng|kho bạc) nhà nước|ủy ban dân tộc)\b"),
        (COMMUNE, r"(?<!thị )\b(?:xã|phường|thị trấn|đặc khu)\b"),
        (DISTRICT, r"\b(?:huyện|thị xã|quận)\b|\bthành phố (?:trực )?thuộc tỉnh\b"),
        (PROVINCE, r"\b(?:tỉnh|thành phố|ủy ban nhân dân|hội đồng nhân dân|tỉnh ủy|thành ủy)\b"),
        (BODY, r"\b(?:hội|liên hiệp|doanh nghiệp|công ti|trường|bệnh viện|cơ sở|tổ chức|viện|trung tâm)\b"),
        (BODY, r"\b(?:đơn vị|vufo)\b"),
    )
)


class Level(NamedTuple):
    """A level as typed, and under which of the names above it is counted; None where the words tell none."""

    text: str
    level: str | None = None


def read_level(text: str) -> Level:
    """The level that a cell names: "UBND tỉnh", "Tỉnh", "cấp tỉnh" are one."""
    cleaned = clean(text)
    numbered = [item for item in _ITEMS.split(cleaned) if _NUMBER.search(item)]
    levels = {_level_of(item) for item in numbered} - {None}
    return Level(cleaned, None if len(levels) > 1 else _level_of(cleaned))


def _level_of(text: str) -> str | None:
    words = written_out(text)
    return next((level for level, pattern in _LEVELS if pattern.search(words)), None)


_ITEMS = re.compile(r"[;\n]|,\s")
_NUMBER = re.compile(r"(?<![\d/.])\d{1,3}(?![\d/.])")
"""Of several levels with a number each ("UBND tỉnh: 03; Sở Y tế: 02") none is the row's."""
