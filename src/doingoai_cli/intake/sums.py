"""Lines of sums (dòng cộng, dòng mang sang) and the levels of running numbers (cấp của số thứ tự).

What makes a line one of sums is its grammar: one label, and beside it nothing but counts.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from doingoai_cli.intake import other_rows
from doingoai_cli.intake.sheet import Row
from doingoai_cli.model.grid import CellKind, display
from doingoai_cli.vietnamese.places.countries import read_destinations, written_countries
from doingoai_cli.vietnamese.text import fold, is_blank
from doingoai_cli.vietnamese.totals import is_total

_LONGEST = 100
"""Characters of a sum's label."""
_UNITS = (
    "đoàn|lượt|người|khách|ngày|đêm|nước|quốc gia|vùng lãnh thổ|cuộc|lần|chuyến|hội nghị|hội thảo|đại biểu|"
    "thành viên|cán bộ|đồng|vnđ|vnd|đ|triệu|tr|trđ|tỉ|nghìn|ngàn|usd|eur|ra|vào|trong|ngoài|kế hoạch|kh|"
    "việt nam|quốc tế|văn bản|bc|báo cáo|đơn vị|nam|nữ"
)
_COUNT = rf"\d[\d.,]*(?: \d{{3}}\b)*\s*(?:(?:{_UNITS})\b\s*|%\s*)*"
_COUNTS = re.compile(
    rf"(?:[(=+-]|tăng|giảm|đạt)?\s*{_COUNT}(?:(?:\s*[/;,+(]\s*| - )(?:trong đó:? )?{_COUNT}\)?)*[).:]?"
)
_TIME = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|.*\d/(?:19|20)\d\d\b")

_NUMBERING = r"[\W_]*(?:(?:[ivxlc]{1,4}|[a-hđ]|\d{1,2})\s*[.):-]\s*)?"
# "Cộng đồng", "Tổng cục", "Tổng Lãnh sự" begin names.
_NAMES = (
    r"(?!\s*(?:đồng|hòa|tác|sinh|sản|hưởng|cục|công ti|cty|lãnh sự|thống|giám đốc|bí thư|thư kí|hội|đài|đội|"
    r"liên đoàn|kho|thanh tra|biên tập|tham mưu|quan|duyệt|phụ trách|đạo diễn|trấn|trưởng|ủy|thầu)\b)"
)
_SUMMED = (
    r"(?:\W*$|\W*\d|\W*[(:=]|\s+(?:cộng|số|kinh phí|kp|chi|cả|chung|toàn|mục|phần|năm|quí|tháng|đoàn|lượt|người|"
    r"khách|thành viên|ngày|tiền|giá trị|các|khối|trang|tờ|đơn vị|nguồn|ngân sách|đại biểu|hội nghị|hội thảo|"
    r"cuộc|nhóm|lũy kế|[ivx]{1,4}|[a-h])\b)"
)
_CARRIED = (
    r"(?:(?:số )?lũy kế|(?:số )?(?:mang|chuyển) sang|(?:trang|số|kì|tháng|quí|năm) trước (?:mang|chuyển) sang|"
    r"(?:từ )?trang trước|cộng dồn)\b"
)
_COUNTED = r"(?:số (?:đoàn|lượt|người|ngày|hội nghị|hội thảo|cuộc)\b[^:]{0,30}:\s*\d{1,4}\b.{0,20}$)"
_PERIOD = (
    r"(?:(?:6|9|sáu|chín) tháng(?: (?:đầu|cuối))?(?: năm)?|cả năm|quí (?:[ivx]+|\d)|tháng \d{1,2}|năm)"
    r"(?:[/ ]*(?:19|20)\d\d)?\W*$"
)
_COMPARED = (
    r"(?:tăng|giảm|tăng[ (,/+-]+giảm|chênh lệch|tỉ (?:lệ|trọng)|(?:thực hiện|số liệu|kết quả|số)? ?"
    r"(?:cùng kì|(?:cùng kì )?(?:kì|năm) (?:trước|báo cáo|này|(?:19|20)\d\d))|"
    r"(?:số )?(?:đầu|cuối) kì|(?:số )?(?:mang|chuyển)(?: sang)? trang sau)"
    r"(?:\W*$|\W*[(%+/-]|\s+so\b)|so (?:với|sánh) (?:với )?(?:cùng kì|kì|năm|quí|tháng|kế hoạch|kh)\b"
)
_SHARES = (
    r"(?:đạt )?tỉ (?:lệ|trọng)\b|hoàn thành (?:kế hoạch|kh|chỉ tiêu)\b|"
    r"(?:kinh phí|kp|chi phí) (?:bình quân|trung bình)\b|"
    r"số (?:đoàn|lượt(?: người)?|người|ngày|thành viên|đại biểu)\W*$"
)
_WHOLE = (
    r"(?:(?:sub|grand)?[ -]?total|tc|t/c|t\.\s?cộng|số cộng|sum|∑|σ)(?:\W*$|\W*\d)|"
    r"toàn (?:tỉnh|huyện|thành phố|đơn vị|cơ quan|ngành|sở|trường|khối|công ti)\W*$"
)
_BESIDE_COUNTS = re.compile(
    rf"{_NUMBERING}(?:(?:tổng|cộng){_NAMES}(?!\w)|{_CARRIED}|{_COUNTED}|{_PERIOD}|{_COMPARED}|{_SHARES}|{_WHOLE}|"
    r"(?:trong đó|bình quân|trung bình)\b)"
)
_ALONE = re.compile(
    rf"{_NUMBERING}(?:(?:t\.\s?|số )?cộng{_NAMES}(?!\w)|tổng(?: hợp| kết)?{_SUMMED}|{_CARRIED}|{_COUNTED}|"
    rf"trong đó(?:\s*:|[^:\d]{{0,40}}:\s*\d))"
)
_PART = re.compile(
    r"\W*(?:(?:trong|ngoài) (?:kế hoạch|kh)|(?:số )?(?:nam|nữ)(?: giới)?|còn lại"
    r"|(?:kế hoạch|kh)(?: được (?:duyệt|giao))?(?: cả)?(?: năm(?: (?:19|20)\d\d)?)?)\W*"
)
_REPORT = re.compile(rf"{_NUMBERING}tổng (?:hợp|kết)\s+(?!\d)[^\W\d]")

_ORDINAL = re.compile(
    r"[(\[]?\s*(?P<number>\d{1,4}(?:\.\d{1,3})*|[ivxlc]{1,6}|[a-zđ](?:\.\d{1,2})*|[ivx]+\.\d{1,2})\s*[)\].:,/-]*"
)
_BULLET = re.compile(r"[*+•\-–·>]+")


class SumLevel(StrEnum):
    """How a running number is written: what outranks what in a numbered table."""

    ARABIC = "1"
    DOTTED = "1.1"
    ROMAN = "I"
    LETTER = "A"
    BULLET = "-"


_ARABIC = frozenset({SumLevel.ARABIC})


def levels_of(text: str) -> frozenset[SumLevel]:
    """The levels that a running number may be of ("C" is a letter, and a Roman hundred); none for other texts."""
    if text.isdecimal():  # nearly every number of nearly every file
        return _ARABIC
    folded = fold(text)
    if _BULLET.fullmatch(folded):
        return frozenset({SumLevel.BULLET})
    match = _ORDINAL.fullmatch(folded)
    if match is None:
        return frozenset()
    number = match["number"]
    if "." in number:
        return frozenset({SumLevel.DOTTED})
    if number.isdecimal():
        return _ARABIC
    roman = {SumLevel.ROMAN} if not number.strip("ivxlc") else set[SumLevel]()
    return frozenset(roman | ({SumLevel.LETTER} if len(number) == 1 else set()))


def is_count(text: str) -> bool:
    """Whether a cell holds a count or a sum and nothing else: "10", "02 đoàn", "1.250 triệu đồng"; no time."""
    if not (text[:1].isdigit() or text[:1] in ("(", "=", "+", "-") or text[:1].lower() in ("t", "g", "đ")):
        return False
    folded = fold(text)
    return _COUNTS.fullmatch(folded) is not None and _TIME.match(folded) is None


def are_sums(rows: Sequence[Row]) -> bool:
    """Whether cells hold only numbers, or formulas that may give one: below a table, without any label, sums."""
    cells = [cell for row in rows for cell in row.cells.values()]
    return all(cell.kind is CellKind.UNCALCULATED or is_count(display(cell.value)) for cell in cells)


def is_sum_beside_counts(text: str) -> bool:
    """Whether a label beside nothing but counts says that they are sums ("Cộng Phòng Kế hoạch", "6 tháng")."""
    return len(text) <= _LONGEST and _BESIDE_COUNTS.match(fold(text)) is not None


def is_sum(text: str) -> bool:
    """Whether a text is a line of sums by itself: "Cộng trang 1", "Mang sang", "Tổng kinh phí: 500 triệu đồng"."""
    folded = fold(text)
    return len(text) <= _LONGEST and _ALONE.match(folded) is not None and _REPORT.match(folded) is None


class SumLine(NamedTuple):
    """A row of a number, a label and, perhaps, nothing but counts beside them."""

    number: str
    """What stands before the label in the ordinal's column; "" where nothing does."""
    col: int
    label: str
    counts: bool
    """Whether counts stand beside it."""

    @property
    def is_subtotal(self) -> bool:
        """Whether its counts are sums of a page, a unit, a quarter."""
        counted = levels_of(self.number) == {SumLevel.ARABIC}
        return is_sum(self.label) if counted else is_sum_beside_counts(self.label)

    @property
    def is_part(self) -> bool:
        """Whether it tells some of the sum above it: "Trong kế hoạch", "Nữ", "Kế hoạch năm 2019"."""
        return not self.number and _PART.fullmatch(fold(self.label)) is not None

    def heads(self, levels: frozenset[SumLevel]) -> bool:
        """Whether it heads records whose numbers are of `levels`: by its own number's level, or as a unit does."""
        titled = None if self.number else other_rows.numbered_title(self.label)
        number, label = titled or (self.number, self.label)
        own = levels_of(number) if number else frozenset[SumLevel]()
        if not own:
            return other_rows.is_group(label) or (self.counts and bool(levels) and _is_place(label))
        if not own.isdisjoint(levels):
            return False
        high = not own.isdisjoint((SumLevel.ROMAN, SumLevel.LETTER))
        return other_rows.is_group(label) or (high and not other_rows.is_of_record(label))


def _is_place(text: str) -> bool:
    """Whether a text is nothing but a country's or a region's name."""
    return read_destinations(text).regions == (text,) or [*written_countries(text).values()] == [text]


def read_line(row: Row, ordinal: int) -> SumLine | None:
    """A row as a number in column `ordinal`, one label and counts; None where it says anything else.

    Counts stand before the label too where it says that they are sums: columns may have been moved.
    """
    texts = row.texts
    number = texts.get(ordinal, "")
    if number and not levels_of(number):
        number = ""
    label: tuple[int, str] | None = None
    counts = before = False
    for col, text in texts.items():
        if (number and col == ordinal) or is_blank(text):
            continue
        count = is_count(text) or row.cells[col].kind is CellKind.UNCALCULATED
        if count:
            before, counts = before or label is None, True
        elif label is None:
            label = (col, text)
        else:
            return None
    if label is None or (before and not (is_total(label[1]) or is_sum_beside_counts(label[1]))):
        return None
    return SumLine(number, *label, counts)
