"""What a row that is no record says (dòng không phải bản ghi): note, total, signature, section, nothing."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from doingoai_cli.vietnamese.text import fold, is_blank
from doingoai_cli.vietnamese.ticks import is_nil

_ORDINAL = re.compile(r"[(\[]?\s*(?:\d{1,4}(?:\.\d{1,3})*|[ivxlc]{1,6}|[a-zđ])\s*[)\].:,]?(?:\s*/\s*)?")
_LONGEST_NUMBER = 4
_NUMERIC = re.compile(r"[(\[]?\s*\d{1,4}\s*[)\].:,]?")
_COLUMN_NUMBER = re.compile(
    r"[(\[]\s*(\d{1,2})\s*[)\]](?:\s*[,;=+-]\s*[(\[]\s*\d{1,2}\s*[)\]])*(?:\s*=.*)?|-?(\d{1,2})"
)
"""Excel takes a typed "(1)" for -1."""
_NOTE = re.compile(
    r"[(\[]\s*\d{1,2}\s*[)\]](?:\s*(?:[,;&-]|và|đến)\s*[(\[]?\s*\d{1,2}\s*[)\]]?)*\s*[:.-]?\s*\D{3,}"
    r"|cột\s*[(\[]?\d{1,2}\b.*"
    r"|(?:chú thích|chú giải|hướng dẫn(?: ghi| cách ghi)?|giải thích|yêu cầu|n\.?b)\b\W*(?::|\.|-|$).*"
    r"|(?:lưu ý|chú ý|ghi chú)\b.*"
    r"|\(?\*+\)?.*|trang \d+(?:\s*/\s*\d+)?"
    r"|\(?(?:bằng chữ|(?:danh sách|biểu|bảng)(?: này| trên)? (?:gồm|có))\b.*"
)
_NOTE_GOES_ON = re.compile(r"[-+*•·–▪→].*|\d{1,2}[.)]\s.*|[a-zđ][.)]\s.*")
_TOTAL = re.compile(
    r"(?:[ivx]+\s*[.):-]\s*)?(?:tổng cộng|cộng|tổng|tổng số|cộng (?:mục|phần)?\s*\w{1,3})"
    r"(?:\s*[:(=-].*|\s*\d.*|\s*(?:chung|toàn.*|mục.*|phần.*|năm.*|cả.*|đoàn (?:ra|vào).*|số.*|cộng.*))?"
)
_COUNT_LINE = re.compile(r".*\btổng (?:số|cộng)\b.{0,80}\bđoàn\b.*")
_STATED = (
    re.compile(r"(?<![\d/.])(\d{1,4})\s*đoàn\b"),
    re.compile(r"(?:đoàn|đơn vị)\b[^\d]*[:=]\s*(\d{1,4})(?![\d/])"),
)
_YEARS = re.compile(r"\bnăm\s*\d{4}\b|\bngày\s*[\d/.-]+")
_PLACE_AND_DATE = re.compile(r"(?:.{0,60},)?\s*ngày\s*[\d.…_\s]*\s*tháng\s*[\d.…_\s]*\s*năm\b.{0,20}")
_SIGNATURE = re.compile(
    r"\(?\s*(?:"
    r"(?:người|cán bộ|chuyên viên)\s*(?:lập|tổng hợp|soạn|duyệt|báo cáo|thực hiện|kiểm tra)\b.{0,100}"
    r"|lập (?:biểu|bảng)\b.{0,20}|thủ trưởng\b.{0,60}|thủ tướng\b.{0,20}"
    r"|(?:đã )?k[íi]\b.{0,60}|đóng dấu\b.{0,40}|xác nhận\b.{0,60}|phê duyệt\b.{0,40}|duyệt\b.{0,40}"
    r"|(?:kt|tl|tm|tuq|q)\b\s*[./]\s*.{0,80}|(?:k/t|t/l|t/m|tm|kt|tl|tuq)\b\.?\s+.{0,80}"
    r"|(?:phó )?(?:giám đốc|tổng giám đốc|chủ tịch|hiệu trưởng|viện trưởng|cục trưởng|chi cục trưởng|trưởng ban|"
    r"trưởng phòng|bí thư|chỉ huy trưởng|tổng biên tập|trưởng đoàn đbqh)\b.{0,60}"
    r"|(?:phó )?(?:chánh văn phòng|chánh thanh tra|chánh án)\b.{0,60}|kế toán\b.{0,30}|đại diện\b.{0,60}"
    r"|lãnh đạo (?:đơn vị|cơ quan|sở|ban|phòng)\b.{0,40}"
    r")\)?"
)
_CONTACT = re.compile(
    r"(?:nơi nhận|(?:mọi )?(?:thông tin )?(?:người |đầu mối )?liên hệ"
    r"|(?:cán bộ |người )?(?:đầu mối|phụ trách|theo dõi)|(?:số )?điện thoại|đt|sđt|di động|email|e-mail)\b.*"
)
_NUMBERED = re.compile(
    r"(?P<number>[ivxlc]{1,6}|[a-hđ]|\d{1,2}(?:\.\d{1,2})*)\s*[.):/-]+\s*(?P<unit>\S.*)", re.DOTALL | re.IGNORECASE
)
_NEGATION = re.compile(r"không|ko|chưa|nil|(?<![0-9])00?(?![0-9])", re.IGNORECASE)
_IN_YEAR = re.compile(r"(?:trong )?năm \d{4}\s*[,:]?\s*(?=\w)", re.IGNORECASE)
_GROUP_OF_TRIPS = re.compile(
    r"các (?:đoàn|chuyến)\b.*"
    r"|(?:các )?đoàn (?:ra|vào|(?:trong|ngoài|theo) (?:kế hoạch|kh)|đột xuất|cấp|của|do|thuộc)\b.*"
)
_UNIT = re.compile(
    r"(?:các |khối |(?:các )?đoàn )?(?:cấp|văn phòng|phòng|sở|ban|trường|trung tâm|chi cục|cục|đơn vị|cơ quan|"
    r"khối|ubnd|ủy ban|hội|viện|bệnh viện|công ty|đảng ủy|huyện|thị xã|thành phố|xã|phường|quận|công an|đồn|"
    r"khoa|bộ chỉ huy|ngành|nhóm|lĩnh vực|thanh tra|đài|báo|tỉnh|chi nhánh|quỹ)\b.*"
)
_NAME_OF_PERSON = re.compile(
    r"(?:(?:ThS|TS|PGS|GS|BS|KS|Ths|Ts|Thạc sĩ|Tiến sĩ|Ông|Bà|Đ/c)[. ]+)*[^\W\d_]+(?: [^\W\d_]+){1,5}"
)


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
    return len(text) < 12 and fold(text).rstrip(".") in ("tt", "stt", "số tt", "số thứ tự")


def is_numbers_row(texts: Iterable[str]) -> bool:
    """Whether a row is the printed column numbers, "(1) (2) …" or "1 2 …": at least three, each higher."""
    numbers: list[int] = []
    plain = 0
    for text in texts:
        match = _COLUMN_NUMBER.fullmatch(text)
        if match is None:
            if is_blank(text) or (len(text) == 1 and text.isupper()):  # "A", "B" over the first columns
                continue
            return False
        plain += match[1] is None
        numbers.append(int(match[1] or match[2]))
    rising = all(a < b for a, b in pairwise(numbers))
    return len(numbers) >= 3 and rising and (not plain or numbers[-1] - numbers[0] == len(numbers) - 1)


def is_note(text: str) -> bool:
    """A note below the table: "(1): Ghi tên …", "Lưu ý: …", "Ghi chú:"."""
    return _NOTE.fullmatch(fold(text)) is not None


def goes_on(text: str) -> bool:
    """A line of a list that began above ("- …", "1. …"), or the rest of a sentence."""
    return _NOTE_GOES_ON.fullmatch(fold(text)) is not None or text[:1].islower()


def is_total(text: str) -> bool:
    """A closing line: "TỔNG CỘNG", "Cộng:", "Tổng số"."""
    return _TOTAL.fullmatch(fold(text)) is not None


def is_count_line(text: str) -> bool:
    """ "I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị … đoàn"."""
    return _COUNT_LINE.fullmatch(fold(text)) is not None


def stated_count(text: str) -> int | None:
    """The number of delegations that a count line states; None where it leaves it open."""
    line = _YEARS.sub(" ", fold(text))
    start = line.find("tổng")
    for pattern in _STATED:
        match = pattern.search(line, max(start, 0))
        if match:
            return int(match[1])
    return None


def is_place_and_date(text: str) -> bool:
    """ "Đồng Hới, ngày 10 tháng 9 năm 2019"."""
    return _PLACE_AND_DATE.fullmatch(fold(text)) is not None


def is_signature(text: str) -> bool:
    """A line of a signature block: "NGƯỜI LẬP BIỂU", "KT. GIÁM ĐỐC", "(Ký tên, đóng dấu)"."""
    return _SIGNATURE.fullmatch(fold(text)) is not None


def is_contact(text: str) -> bool:
    """ "Nơi nhận:", "Người liên hệ: …"."""
    return _CONTACT.fullmatch(fold(text)) is not None


def is_closing(text: str) -> bool:
    """Whether a text is of a signature block, in the wide sense: with place and date and whom to ask."""
    return is_signature(text) or is_place_and_date(text) or is_contact(text)


def is_person(text: str) -> bool:
    """Whether a text may be a signer's name: two to six words, each with a capital."""
    return (
        len(text) <= 60
        and _NAME_OF_PERSON.fullmatch(text) is not None
        and all(word[:1].isupper() for word in text.split())
    )


def says_nothing_to_declare(text: str) -> bool:
    """ "Không phát sinh", alone or after a colon ("II. ĐOÀN VÀO: không có")."""
    if _NEGATION.search(text) is None:  # most texts, told without folding them
        return False
    year = _IN_YEAR.match(text)
    return is_nil(text[year.end() :] if year else text) or (
        ":" in text and bool(text.rpartition(":")[2].strip()) and is_nil(text.rpartition(":")[2])
    )


def all_nil(values: Sequence[str]) -> bool:
    """Whether all that a row holds is "Không có" (and zeros)."""
    # From the right: names stand on the left, and each of them is new.
    return not any(map(_is_content, reversed(values))) and any(map(says_nothing_to_declare, values))


@lru_cache(maxsize=16384)
def _is_content(text: str) -> bool:
    """Whether a text declares something: more than blanks, zeros and "Không có"."""
    return bool(text.strip("0. ")) and not is_blank(text) and not says_nothing_to_declare(text)


def numbered_title(text: str) -> tuple[str, str] | None:
    """Number and words of "I. Văn phòng Sở", "A - Khối sở", "2) Trường …"; None for anything else."""
    match = _NUMBERED.fullmatch(text)
    return (match["number"], match["unit"].strip()) if match else None


def is_group(text: str) -> bool:
    """Whether a text heads several delegations: capitals, a unit, "Các đoàn ngoài kế hoạch"."""
    return (" " in text and text.isupper()) or is_unit(text) or _GROUP_OF_TRIPS.fullmatch(fold(text)) is not None


def is_unit(text: str) -> bool:
    """Whether a text begins as names of units do ("Văn phòng Sở", "Trường Cao đẳng …")."""
    return _UNIT.fullmatch(fold(text)) is not None
