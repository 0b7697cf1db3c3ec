"""What a row that is no record says (dòng không phải bản ghi): note, total, signature, section, nothing."""

import re
from collections.abc import Sequence

from doingoai_cli.vietnamese.numbers import NUMBER_WORDS, integer_in
from doingoai_cli.vietnamese.text import fold, is_blank
from doingoai_cli.vietnamese.ticks import is_nil

_ORDINAL = re.compile(r"[(\[]?\s*(?:\d{1,4}(?:\.\d{1,3})*|[ivxlc]{1,6}|[a-zđ])\s*[)\].:,]?(?:\s*/\s*)?")
_LONGEST_NUMBER = 4
_NUMERIC = re.compile(r"[(\[]?\s*\d{1,4}\s*[)\].:,/]?")
_NOTE = re.compile(
    r"[(\[]\s*\d{1,2}\s*[)\]](?:\s*(?:[,;&-]|và|đến)\s*[(\[]?\s*\d{1,2}\s*[)\]]?)*"
    r"(?:\s*[:.-]?\s*\D{3,}|\s*:\s*[^\W\d]\D{2}.*)"
    r"|cột\s*[(\[]?\d{1,2}\b.*"
    r"|(?:chú thích|chú giải|hướng dẫn(?: ghi| cách ghi)?|giải thích|yêu cầu|n\.?b)\b\W*(?::|\.|-|$).*"
    r"|(?:lưu ý|chú ý|ghi chú)\b(?!.*\b(?:bổ sung|thêm|ngoài ra|thay thế|hủy|hoãn|dời)\b.*\bđoàn\b).*"
    r"|\(?\*+\)?(?!\W*(?:trong )?năm\W*\d{4}\W*$).*"
    r"|\(?(?:(?:số tiền )?(?:viết )?bằng chữ|ấn định (?:danh sách|biểu|bảng)|"
    r"(?:danh sách|biểu|bảng)(?: này| trên)? (?:gồm|có))\b.*"
    r"|\(?số liệu (?:tính )?(?:đến|từ|trong)\b.*|(?:nguồn(?: số liệu)?|thuyết minh)\s*:.*"
    r"|\W*hết\W*|.{20,}\./\.?[\s)”]*"
)
_UNFILLED = re.compile(r"(?:quí|tháng|ngày|năm|từ|đến|đoàn|người|(?:19|20)(?:\d\d)?(?!\d)|0|[\W_])*")
_HINT = re.compile(
    r"\((?=[^()]*[^\W\d_])[^()]{1,60}\)"
    r"|(?:đvt\W*)?(?:người|ngày|đoàn|lượt|quí|đồng|vnđ|usd|(?:triệu|nghìn|ngàn|tỉ)(?: đồng)?)"
)
_LETTERHEAD = re.compile(
    r"cộng hòa xã hội chủ nghĩa việt nam\b.{0,60}|độc lập\W+tự do\W+hạnh phúc\W*"
    r"|số\s*:?\s*[\d.…_ ]*/\s*[\w.&/-]+|\(?(?:mẫu|biểu(?: mẫu)?|phụ lục)(?: số)?\s*[\w.]{1,6}\)?"
)
_PAGE_NUMBER = re.compile(r"\W*(?:trang|tờ)(?: số)? \d+(?:\s*/\s*\d+)?\W*")
_UNIT_OF_MONEY = re.compile(
    r"\(?(?:(?:đơn vị tính|đvt)\s*:.*|đơn vị\s*:\s*(?:triệu|nghìn|ngàn|tỉ|đồng|vnđ|vnd|usd|1[.,]?000)\b.*)"
)
_ATTACHMENT = re.compile(r"\(?(?:ban hành )?kèm theo\b")
_NOTE_GOES_ON = re.compile(r"[-+*•·–▪→].*|\d{1,2}[.)]\s.*|[a-zđ][.)]\s.*")
_COUNT_LINE = re.compile(r".*\btổng (?:số|cộng)\b.{0,80}\bđoàn\b.*")
_HOW_MANY = rf"(?<![\d/.,])(?P<number>\d{{1,4}}(?![\d/.,]\d)|\b{NUMBER_WORDS})"
_STATED = (
    re.compile(rf"{_HOW_MANY}\s*(?:lượt )?đoàn\b"),
    re.compile(r"(?:đoàn|đơn vị)\b[^\d]*[:=]\s*(?P<number>\d{1,4})(?![\d/])"),
)
# "01 đoàn trong KH, 01 đoàn ngoài KH": the total is their sum.
_BY_PLAN = re.compile(
    rf"{_HOW_MANY}\s*(?:lượt )?đoàn (?:trong|ngoài) (?:kh|kế hoạch)\b[,;+\s]*(?:và )?"
    rf"(?P<other>\d{{1,4}}|{NUMBER_WORDS})\s*(?:lượt )?đoàn (?:trong|ngoài) (?:kh|kế hoạch)\b"
)
# "ba (03) đoàn", "03 (ba) đoàn": one number in figures and in words.
_TWICE = re.compile(
    rf"{NUMBER_WORDS}\s*\(\s*(?P<figures>\d{{1,4}})\s*\)|(?P<first>\d{{1,4}})\s*\(\s*{NUMBER_WORDS}\s*\)"
)
_AMONG = re.compile(r"\(?\s*(?:trong đó|bao gồm|gồm|cụ thể)\b.*|\([^()]*\b(?:trong|ngoài) (?:kh|kế hoạch)\b.*")
_YEARS = re.compile(r"\bnăm\s*\d{4}\b|\bngày\s*[\d/.-]+")
_NUMBERED = re.compile(
    r"(?P<number>[ivxlc]{1,6}|[a-hđ]|\d{1,2}(?:\.\d{1,2})*)\s*[.):/-]+\s*(?P<unit>\S.*)", re.DOTALL | re.IGNORECASE
)
_IN_YEAR = re.compile(r"(?:trong )?(?:năm \d{4}|năm(?=,)|kỳ(?=,))\s*[,:]?\s*(?=\w)", re.IGNORECASE)
_PLURAL = re.compile(
    r"các (?:đoàn|chuyến)\b.*|(?:quí (?:[ivx]+|\d)|tháng \d{1,2})(?:\W*(?:năm )?(?:19|20)\d\d)?\W*"
)
_GROUP_OF_TRIPS = re.compile(
    r"(?:các )?đoàn (?:ra|vào|(?:trong|ngoài|theo) (?:kế hoạch|kh)|đột xuất|cấp|của|do|thuộc)\b.*"
)
_LONGEST_LINE = 1_000  # characters of a line that states a number
_OF_RECORD = re.compile(r"(?:đoàn|hội nghị|hội thảo|tọa đàm|diễn đàn|chuyến)\b")
_NO_UNIT = r"(?!(?:hội (?:nghị|thảo|đàm|chợ|diễn|thao|thi)|báo cáo|khoa học|viện trợ|phòng,? chống|đài loan)\b)"
"""Words that begin as names of units do, and name none: a conference is no association."""
_UNIT = re.compile(
    rf"(?:các |khối |(?:các )?đoàn )?{_NO_UNIT}(?:cấp|văn phòng|phòng|sở|ban|trường|trung tâm|chi cục|cục|đơn vị|"
    r"cơ quan|khối|ubnd|ủy ban|hội|viện|bệnh viện|công ty|đảng ủy|huyện|thị xã|thành phố|xã|phường|quận|công an|"
    r"đồn|đặc khu|thị trấn|hđnd|mặt trận|liên minh|liên đoàn|khoa|bộ chỉ huy|ngành|nhóm|lĩnh vực|thanh tra|đài|"
    r"báo|tỉnh|chi nhánh|quỹ)\b.*"
)
_ONE_TRIP = re.compile(r"đoàn (?!khối\b|thanh niên\b|trường\b|các\b)")


_EXAMPLE = re.compile(r"\W*(?:ví dụ|vd)\b")


def is_ordinal(text: str) -> bool:
    """Whether a text is a running number ("1", "05.", "II", "a)", "…")."""
    return is_blank(text) or _ORDINAL.fullmatch(fold(text)) is not None


def is_number(text: str) -> bool:
    """Whether a text is a running number in digits."""
    if text.isdecimal():
        return len(text) <= _LONGEST_NUMBER
    return not text[:1].isalpha() and _NUMERIC.fullmatch(text) is not None


def is_ordinal_label(text: str) -> bool:
    """Whether a text heads a column of running numbers ("STT")."""
    return 0 < len(text) < 12 and fold(text).rstrip(".") in ("tt", "stt", "số tt", "số thứ tự")


def is_item(text: str) -> bool:
    """An item of a list with a dash: "- Ngân sách tỉnh: 200 triệu"."""
    return text[:1] in ("-", "+", "*", "•", "–") and len(text) > 1


def is_note(text: str) -> bool:
    """A note below the table: "(1): Ghi tên …", "Lưu ý: …", "Ghi chú:"."""
    return _NOTE.fullmatch(fold(text)) is not None or is_unit_of_money(text)


def is_unit_of_money(text: str) -> bool:
    """ "Đơn vị tính: triệu đồng", above a table's heading or below it."""
    return _UNIT_OF_MONEY.fullmatch(fold(text)) is not None


def is_unfilled(text: str) -> bool:
    """Whether a text leaves open what it is there for: 0, "Quý …/2020", "Từ … đến …"."""
    return _UNFILLED.fullmatch(fold(text)) is not None


def are_hints(values: Sequence[str]) -> bool:
    """Units and hints below the labels of columns: "(người) | (ngày) | (triệu đồng)"."""
    return len(values) > 1 and all(_HINT.fullmatch(fold(text)) for text in values)


def is_page_number(text: str) -> bool:
    """ "Trang 2/3", which stands anywhere in a table that was printed before."""
    return _PAGE_NUMBER.fullmatch(fold(text)) is not None


def is_attachment(text: str) -> bool:
    """ "(Kèm theo Báo cáo số …)", which stands below a title or below a table."""
    return _ATTACHMENT.match(fold(text)) is not None


def is_letterhead(text: str) -> bool:
    """ "Số: 12/BC-SDL", "Mẫu số 02.A", the name of the state and its motto, which often stand in text boxes."""
    return _LETTERHEAD.fullmatch(fold(text)) is not None


def continues_list(text: str) -> bool:
    """A line of a list that began above ("- …", "1. …"), or the rest of a sentence."""
    return _NOTE_GOES_ON.fullmatch(fold(text)) is not None or text[:1].islower()


def is_count_line(text: str) -> bool:
    """ "I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị … đoàn"."""
    return _COUNT_LINE.fullmatch(fold(text)) is not None


def stated_count(text: str) -> int | None:
    """The number of delegations that a count line states; None where it leaves it open."""
    line = _YEARS.sub(" ", fold(text[:_LONGEST_LINE]))
    line = _TWICE.sub(lambda match: f" {match['figures'] or match['first']} ", line)
    start = line.find("tổng")
    line = line[: start + 1] + _AMONG.sub("", line[start + 1 :])
    for pattern in _STATED:
        match = pattern.search(line, max(start, 0))
        if match:
            parts = _BY_PLAN.match(line, match.start()) or match
            numbers = [integer_in(said) for said in parts.groupdict().values()]
            read = [number for number in numbers if number is not None]
            return sum(read) if len(read) == len(numbers) else None
    return None


def says_nothing_to_declare(text: str) -> bool:
    """ "Không phát sinh", alone or after a colon ("II. ĐOÀN VÀO: không có")."""
    low = text.lower()
    no = "khô" in low or "kho" in low or "ko" in low or "kô" in low or "chư" in low or "chu" in low
    if not (no or "0" in low or "nil" in low):
        return False  # most texts, told without folding them, in half the time that an expression takes
    year = _IN_YEAR.match(text)
    return is_nil(text[year.end() :] if year else text) or (
        ":" in text and bool(text.rpartition(":")[2].strip()) and is_nil(text.rpartition(":")[2])
    )


def all_nil(values: Sequence[str]) -> bool:
    """Whether all that a row holds is "Không có" (and zeros)."""
    # From the right: names stand on the left, and each of them is new.
    return not any(map(_is_content, reversed(values))) and any(map(says_nothing_to_declare, values))


def are_zeros(name: str, values: Sequence[str]) -> bool:
    """Whether a row gives 0 for a delegation's name, and for all the rest that it fills in."""
    return bool(name) and not name.strip("0 ") and all(is_blank(text) or not text.strip("0. ") for text in values)


def is_example(text: str) -> bool:
    """Whether a text marks what shows how to fill in a form ("VD", "Ví dụ: Đoàn A thăm tỉnh B")."""
    if text[:1].isalnum() and text[0] not in "vVｖＶ":  # nearly every name, told without folding it
        return False
    return "v" in text[:4].lower() and _EXAMPLE.match(fold(text)) is not None


def _is_content(text: str) -> bool:
    """Whether a text declares something: more than blanks, zeros and "Không có"."""
    return bool(text.strip("0. ")) and not is_blank(text) and not says_nothing_to_declare(text)


def numbered_title(text: str) -> tuple[str, str] | None:
    """Number and words of "I. Văn phòng Sở", "A - Khối sở", "2) Trường …"; None for anything else."""
    match = _NUMBERED.fullmatch(text)
    return (match["number"], match["unit"].strip()) if match else None


def is_group(text: str) -> bool:
    """Whether a text heads several delegations: capitals, a unit, "Các đoàn ngoài kế hoạch", "Quý I"."""
    in_capitals = " " in text and text.isupper()
    unit = is_unit(text) and not is_one_trip(text)
    return in_capitals or unit or is_plural(text) or _GROUP_OF_TRIPS.fullmatch(fold(text)) is not None


def is_plural(text: str) -> bool:
    """Whether a text can be no name of one delegation: "Các đoàn đi Lào", "Quý I", "Tháng 5/2020"."""
    return _PLURAL.fullmatch(fold(text)) is not None


def is_of_record(text: str) -> bool:
    """Whether a text begins as the name of one delegation or conference does ("Đoàn …", "Hội thảo …")."""
    return _OF_RECORD.match(fold(text)) is not None and not is_group(text)


def is_rest_of_name(text: str) -> bool:
    """Whether a text is the rest of the name on the line above, without merged cells ("phòng chống dịch bệnh")."""
    return text[:1].islower() and not is_of_record(text)


def is_one_trip(text: str) -> bool:
    """Whether a text names one delegation, though a unit's name follows ("Đoàn Sở Y tế Khăm Muồn")."""
    return _ONE_TRIP.match(fold(text)) is not None


def is_unit(text: str) -> bool:
    """Whether a text begins as names of units do ("Văn phòng Sở", "Trường Cao đẳng …")."""
    return _UNIT.fullmatch(fold(text)) is not None
