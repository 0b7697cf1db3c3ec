"""The agency's name above a table (tên cơ quan gửi): on the agency line, in the letterhead, in the title.

A name without a body or place of its own ("Phòng Nội vụ", "Văn phòng") takes the line of the letterhead above it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from doingoai_cli.intake.closing_lines import is_place_and_date
from doingoai_cli.intake.column_words import is_heading, names_no_agency
from doingoai_cli.intake.full_names import continues_name, full_name, is_person, without_abbreviation
from doingoai_cli.intake.titles import TitleLine
from doingoai_cli.vietnamese.agencies import is_place_or_time
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import fold, is_blank

_AGENCY_LINE = re.compile(
    r"(?:[-–*•+]\s*|\(?\d{1,2}[.)]\s*)?(?:(?:tên )?(?:cơ quan|đơn vị|địa phương)|tên tổ chức)(?:\s*[,/(]?\s*"
    r"(?:cơ quan|đơn vị|địa phương|tổ chức)\)?)*(?: (?:báo cáo|gửi|nộp|lập|biểu|số liệu|chủ trì|thực hiện|"
    r"tổng hợp|kê khai|đăng kí|đề xuất|cung cấp)){0,4}(?:\s*\([^()]{1,60}\)(?=[\s.…_]*:))?(?:\s*[.…_]+(?=\s*:))?"
    r"\s*(?P<end>:|[-–](?= )|$|(?=[.…_]{2,}|…)|(?=\s))[\s.…_]*"
)
_REMARK = re.compile(
    r"\s*[;,]?\s*\b(?:(?:điện thoại|đt|tel|e-?mail|fax|địa chỉ|mã đơn vị|mã số|người lập|ngày lập)\s*[:.\d]"
    r"|(?:mẫu|biểu)(?: số)?:? ?\d).*"
)
"""What is typed behind a name: how to reach the agency, the form's number."""
_PLACEHOLDER = re.compile(r"[\s.…_\-:,;()\[\]<>/]*(?:\((?:ghi|điền|nhập)[^)]*\)|\[[^\]]*\])?[\s.…_\-:]*")
_NOT_AGENCY = re.compile(
    r"\W*(?:mẫu|biểu|phụ lục|bảng|danh sách|danh mục|tổng hợp|viện trợ|kế hoạch|thống kê|dự kiến|kết quả|kính gửi|"
    r"nơi nhận|kèm theo|đơn vị tính|đvt|tên cơ quan|số\s*[:.…/]|báo cáo|biên bản|công văn|phiếu|hội nghị|hội thảo|"
    r"trường hợp|nhà nước|khu vực|bộ phận|ban hành)"
    r"|.*(?:cộng hòa xã hội|độc lập|hạnh phúc|\bngày\b.*\btháng\b|\bnăm\s*\d{4}"
    r"|\bđoàn (?:ra|vào|khách|đi|nước ngoài|quốc tế)\b|\bđảng cộng sản việt nam$|\bkèm theo\b)"
)
_AGENCY = re.compile(rf"(?:{'|'.join(map(fold, names('agency-words.tsv')['begins']))})\b")
_WHOSE = re.compile(
    r"(?!\(|.*\btổng số\b).*\b(?:đoàn (?:ra|vào)|hội nghị|hội thảo)\b.*?"
    r"\bcủa (?P<name>(?!cơ quan|đơn vị).+?)(?:,? (?:trong )?năm \d{4}.*| và (?:dự kiến|kế hoạch).*|\s*\(.*)?"
)
_BESIDE_TITLE = re.compile(r"(?!\().*\b(?:đoàn (?:ra|vào)|hội nghị|hội thảo)\b.*?(?: [-–] |\()(?P<name>[^()]+)\)?")
"""The same set behind a title: "KẾ HOẠCH ĐOÀN RA NĂM 2020 - SỞ Y TẾ"."""
_UNFINISHED = re.compile(
    r"(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|ban chấp hành(?: đảng bộ)?|đảng bộ|ban quản lí(?: dự án)?|"
    r"(?:ủy ban )?mặt trận tổ quốc(?: việt nam)?|văn phòng|(?:hội )?liên hiệp(?: các)?|ban chỉ huy|bộ chỉ huy|"
    r"(?:tổng )?(?:công ti|cty)(?: (?:tnhh|trách nhiệm hữu hạn|mtv|(?:một|hai|1|2) thành viên|cổ phần|cp|nhà nước|"
    r"liên doanh))*|tập đoàn|chi nhánh|trung tâm|trường(?: (?:đại học|cao đẳng|trung cấp|thpt|chính trị))?|"
    r"bệnh viện)"
)
"""Lines that a name breaks off after."""
_COUNCIL = re.compile(r"(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|(?:huyện|thị|thành|quận) ủy)\b")
_NATIONAL_TITLE = re.compile(
    r"(?<=\S)\s+(?:[-–|]\s+)?(?:C[ỘÔ]NG H(?:ÒA|OÀ) XÃ HỘI|ĐỘC LẬP|ĐẢNG CỘNG SẢN VIỆT NAM$).*", re.IGNORECASE
)
_MOST_BESIDE = 2
"""Cells of a line with a name: more are the headings of a table."""
_ITEM = re.compile(r"\d|(?:[IVX]+|[A-Z])\s*[.)/]\s")
"""How an item of a list begins, or a section of a report."""
_LETTER = re.compile(r"[^\W\d_]")
_DATED = re.compile(r"\b(?:tháng|quí|năm|ngày)\s*\d|\d\s*/\s*\d")
_LONGEST = 150
_LONGEST_LINE = 1_000
_NAME_WORDS = (2, 14)
"""The fewest and the most words of a name that is known by its place alone."""


def name_in_lines(lines: Sequence[TitleLine], *, by_place: bool = True) -> str:
    """The agency above a table: on the agency line, in the letterhead, in the title, else `by_place`; "": none."""
    lines = _cut(lines)
    return _on_cover(lines) or _in_title(lines) or (_by_place(lines) if by_place else "")


def name_on_cover(lines: Sequence[TitleLine]) -> str:
    """The agency on a sheet that is no form: on the agency line or in the letterhead."""
    return _on_cover(_cut(lines))


def _on_cover(lines: Sequence[TitleLine]) -> str:
    names = _letterhead(lines)
    typed = _typed(lines)
    others = [name for name in names if fold(name) != fold(typed)]
    return without_abbreviation(full_name([*others, typed] if typed else names))


def _cut(lines: Sequence[TitleLine]) -> Sequence[TitleLine]:
    """The lines without those that head columns, each cut to the length that one with a name may have."""
    rows = (list(row) for _, row in groupby(lines, attrgetter("row")))
    speaking = (row for row in rows if len(row) == 1 or not all(map(_may_head, row)))
    return [line._replace(text=line.text[:_LONGEST_LINE]) for row in speaking for line in row]


def _may_head(line: TitleLine) -> bool:
    text = line.text[:_LONGEST_LINE]
    return not _is_agency_line(line) and _is_no_name(text)


def _is_no_name(text: str) -> bool:
    """Whether a cell heads a column, or says where, when or who."""
    dated = is_place_and_date(text) or _DATED.search(fold(text)) is not None
    return dated or is_heading(text) or is_place_or_time(text) or is_person(text)


def _is_agency_line(line: TitleLine) -> bool:
    """Whether a line asks for the agency with a colon, or names it: the printed form has its code beside it."""
    folded = fold(" ".join(line.text[:_LONGEST_LINE].split()))
    match = _AGENCY_LINE.match(folded)
    return match is not None and (match["end"] == ":" or _AGENCY.match(folded[match.end() :]) is not None)


def _typed(lines: Sequence[TitleLine]) -> str:
    """What follows "Tên cơ quan, đơn vị:", in its cell or in the next one to the right."""
    for index, line in enumerate(lines):
        text = _agency_line(line.text)
        match = _AGENCY_LINE.match(fold(text))
        if match is None:
            continue
        rest = text[match.end() :]
        if rest and match["end"] != ":" and _AGENCY.match(fold(rest)) is None:
            continue  # "Đơn vị tính: đồng"
        following = lines[index + 1] if index + 1 < len(lines) else None
        beside = following.text if following is not None and following.row == line.row else ""
        if not rest and sum(other.row == line.row for other in lines) > _MOST_BESIDE and match["end"] != ":":
            continue  # a heading "Đơn vị" beside others
        own = _tidy(rest)
        name = own or ("" if _NOT_AGENCY.match(fold(beside)) else _tidy(beside))
        # "Tên cơ quan: Hợp tác xã …" begins as columns are headed
        if name and not (is_place_or_time(name) or names_no_agency(name) if own else _is_no_name(name)):
            return name
    return ""


def typed_texts(texts: Iterable[str]) -> list[str]:
    """What stands behind the colon of an agency line, be it a bare place: a roster may know it ("Lệ Thủy")."""
    lines = ((line, _AGENCY_LINE.match(fold(line))) for line in map(_agency_line, texts))
    return [_tidy(line[match.end() :]) for line, match in lines if match and match["end"] == ":"]


@lru_cache(maxsize=1024)  # a file has them above each of its tables: saves 0.06 ms of it
def _agency_line(text: str) -> str:
    """Of a cell with a whole letterhead the agency's line, with those that it goes on over."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    start = next((at for at, line in enumerate(lines) if _AGENCY_LINE.match(fold(line))), 0)
    rest = lines[start + 1 :]
    end = next((at for at, line in enumerate(rest) if _NOT_AGENCY.match(fold(line))), len(rest))
    return " ".join([*lines[start : start + 1], *rest[:end]])


def _in_title(lines: Sequence[TitleLine]) -> str:
    """Whose delegations a title says it lists: "KẾ HOẠCH ĐOÀN RA CỦA SỞ Y TẾ NĂM 2020"."""
    for line in lines:
        text = " ".join(line.text.split())
        folded = fold(text) if len(text) <= _LONGEST else ""
        match = _WHOSE.fullmatch(folded) if "của" in folded else _BESIDE_TITLE.fullmatch(folded)
        if match and _AGENCY.match(match["name"]) and not _NOT_AGENCY.match(match["name"]):
            return text[match.start("name") : match.end("name")]
    return ""


def _by_place(lines: Sequence[TitleLine]) -> str:
    """The first line of the sheet where it can only be a name of a kind that we do not know ("Đơn vị số 12").

    The next line, where it is one as well, is told with it: bodies of one superior are several agencies.
    """
    first = next((line for line in lines if not is_blank(line.text)), None)
    name = _placed(first.text) if first and all(_is_beside(line, first) for line in lines) else ""
    if first is None or not name:
        return ""
    below = next((line.text for line in lines if (line.row, line.col) == (first.row + 1, first.col)), "")
    return " ".join(filter(None, (name, _placed(below) if below else "")))


@lru_cache(maxsize=1024)  # a file has it above each of its tables: saves 0.15 s
def _placed(line: str) -> str:
    """A line as a name that only its place tells; "" where it says anything else."""
    text = " ".join(line.split())
    folded = fold(text)
    proper = text[:1].isupper() and _NAME_WORDS[0] <= len(folded.split()) <= _NAME_WORDS[1]
    plain = not any(sign in text for sign in ":;?!()[]…") and not text.endswith(".")
    named = _NOT_AGENCY.match(folded) is None and _AGENCY_LINE.fullmatch(folded) is None
    if not (proper and plain and named) or is_heading(line) or _DATED.search(folded):
        return ""
    nowhere = not is_place_or_time(text) and not is_place_and_date(text)
    return text if nowhere and not is_person(text) else ""


def _is_beside(line: TitleLine, first: TitleLine) -> bool:
    """Whether the name before this line in its row can still be a letterhead's and no heading's."""
    above = line.row != first.row or line is first
    return above or bool(_NOT_AGENCY.match(fold(line.text))) or is_place_and_date(line.text) or is_blank(line.text)


def _tidy(text: str) -> str:
    """A typed name without the dots of the line that it stands on; "" where it is only a placeholder."""
    text = " ".join(text.split())
    remark = _REMARK.search(fold(text))
    name = (text[: remark.start()] if remark else text).strip(" .…_:;-–")
    return "" if _PLACEHOLDER.fullmatch(name) else name


def _letterhead(lines: Sequence[TitleLine]) -> list[str]:
    """The agencies of the leftmost letterhead from top to bottom: a body stands above what is its own."""
    columns: dict[int, list[tuple[int, str]]] = {}
    for line in lines:
        columns.setdefault(line.col, []).extend((line.row, text) for text in _lines_of(line.text))
    for col in sorted(columns):
        names = _names_in(columns[col])
        if names:
            return names
    return []


def _lines_of(text: str) -> Iterable[str]:
    """The lines of a cell; "UBND tỉnh - Sở Y tế" are two, "Văn phòng HĐND - UBND" is one.

    What stands on the national title's side of a line is no part of a name ("SỞ Y TẾ      CỘNG HÒA XÃ HỘI …").
    """
    for line in text.split("\n"):
        line = _NATIONAL_TITLE.sub("", line)
        parts = line.split(" - ")
        several = len(parts) > 1 and all(_AGENCY.match(fold(part)) for part in parts)
        several = several and not any(_COUNCIL.match(fold(part)) for part in parts[1:])
        yield from (part.strip() for part in parts) if several else (line.strip(),)


def _names_in(lines: Iterable[tuple[int, str]]) -> list[str]:
    """The agencies that lines (row, text) below one another name, each with the lines that it goes on over.

    A finished name goes on in the next row only: what stands below an empty one is a title.
    """
    names: list[str] = []
    open_, last = False, 0
    for row, text in lines:
        if not text:
            continue
        folded = fold(text)
        unfinished = bool(names) and _UNFINISHED.fullmatch(fold(names[-1])) is not None
        open_ = open_ and (unfinished or row - last <= 1)
        last = row
        if _NOT_AGENCY.match(folded) or len(text) > _LONGEST or _ITEM.match(text) or not _LETTER.search(text):
            open_ = False
        elif names and open_ and (unfinished or not _AGENCY.match(folded)):
            open_ = continues_name(names[-1], text, unfinished=unfinished)
            names[-1] = f"{names[-1]} {text}" if open_ else names[-1]
        elif _AGENCY.match(folded) and _AGENCY_LINE.fullmatch(folded) is None:
            names.append(text)
            open_ = True
    return names
