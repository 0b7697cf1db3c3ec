"""Which agency a file comes from (cơ quan gửi): typed line, embedded mark, letterhead, roster, file name.

Likeness only ever proposes; what is unknown or ambiguous is CT10.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from doingoai_cli.intake.labels import bare
from doingoai_cli.intake.titles import Line
from doingoai_cli.model.roster import Roster, RosterEntry
from doingoai_cli.model.submissions import Agency, AgencySource
from doingoai_cli.vietnamese.agencies import agency_key, similar_agencies
from doingoai_cli.vietnamese.text import fold, is_blank, key

_AGENCY_LINE = re.compile(
    r"(?:tên )?(?:cơ quan|đơn vị|địa phương)(?:\s*[,/]?\s*(?:cơ quan|đơn vị|địa phương|tổ chức))*"
    r"(?: (?:báo cáo|gửi|lập biểu|báo cáo số liệu|chủ trì))?\s*(?P<end>:|$|(?=[.…_]{2,})|(?=\s))\s*"
)
_PLACEHOLDER = re.compile(r"[\s.…_\-:,;()\[\]<>/]*(?:\((?:ghi|điền|nhập)[^)]*\)|\[[^\]]*\])?[\s.…_\-:]*")
_NOT_AGENCY = re.compile(
    r"\W*(?:mẫu|biểu|phụ lục|bảng|danh sách|tổng hợp|kế hoạch|thống kê|dự kiến|kết quả|kính gửi|nơi nhận|kèm theo|"
    r"đơn vị tính|đvt|tên cơ quan|số\s*[:.…/]|báo cáo|biên bản|công văn|phiếu|hội nghị|hội thảo|trường hợp|"
    r"nhà nước|khu vực|bộ phận)"
    r"|.*(?:cộng hòa xã hội|độc lập|hạnh phúc|\bngày\b.*\btháng\b|\bnăm\s*\d{4}|\bđoàn (?:ra|vào)\b"
    r"|\bđảng cộng sản việt nam$|\bkèm theo\b)"
)
_KINDS = (
    "văn phòng", "vp", "sở", "ban", "bql", "ngành", "ubnd", "ủy ban", "hđnd", "hội đồng", "huyện ủy",
    "thị ủy", "thành ủy", "tỉnh ủy", "quận ủy", "tỉnh đoàn", "huyện đoàn", "thành đoàn",
    "đoàn thanh niên", "đoàn đbqh", "đoàn đại biểu quốc hội", "đảng ủy", "đảng bộ", "đảng đoàn",
    "công an", "bộ", "bộ đội", "đồn", "trường", "đại học", "cao đẳng", "học viện", "viện", "trung tâm",
    "bệnh viện", "hội", "hiệp hội", "liên hiệp", "liên minh", "liên đoàn", "mặt trận", "mttq", "ubmttq",
    "cục", "chi cục", "kho bạc", "ngân hàng", "đài", "báo", "tòa án", "viện kiểm sát", "thanh tra",
    "công ty", "tổng công ty", "tập đoàn", "quỹ", "bảo tàng", "thư viện", "bảo hiểm", "hải quan", "cảng",
    "vườn", "nhà", "phòng", "khu", "thông tấn", "cơ quan", "tạp chí", "đội", "chi nhánh", "trạm",
)  # fmt: skip
"""The words that names of agencies begin with."""
_AGENCY = re.compile(rf"(?:{'|'.join(_KINDS)})\b")
_WHOSE = re.compile(
    r"(?!\(|.*\btổng số\b).*\b(?:đoàn (?:ra|vào)|hội nghị|hội thảo)\b.*?"
    r"\bcủa (?P<name>(?!cơ quan|đơn vị).+?)(?:,? (?:trong )?năm \d{4}.*| và (?:dự kiến|kế hoạch).*|\s*\(.*)?"
)
_UNFINISHED = re.compile(
    r"(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|ban chấp hành(?: đảng bộ)?|đảng bộ|ban quản lí(?: dự án)?|"
    r"(?:ủy ban )?mặt trận tổ quốc(?: việt nam)?|văn phòng|(?:hội )?liên hiệp(?: các)?|ban chỉ huy|bộ chỉ huy)"
)
"""Lines that a name breaks off after."""
_ADDRESS = re.compile(r"[^\s<>@,;\"]+@[^\s<>@,;\"]+")
_ARCHIVES = (".zip", ".7z", ".eml", ".msg")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 150
_NAME_WORDS = (2, 14)
"""So many words has a name that only its place tells."""


class AgencyFound(NamedTuple):
    """The agency, and what CT10 says where it is unknown or ambiguous (None: nothing)."""

    agency: Agency | None
    doubt: Mapping[str, object] | None = None


def name_in_lines(lines: Sequence[Line]) -> str:
    """The agency above a table: on the agency line, in the letterhead, else in the title; "" where none is."""
    return _typed(lines) or _letterhead(lines) or _in_title(lines) or _by_place(lines)


def name_on_cover(lines: Sequence[Line]) -> str:
    """The agency on a sheet that is no form: on the agency line or in the letterhead, never told by its place."""
    return _typed(lines) or _letterhead(lines)


def find_agency(
    names: Iterable[str],
    texts: Iterable[str],
    mark: str,
    path: str,
    roster: Roster | None,
    province: str = "",
    sender: str = "",
) -> AgencyFound:
    """The agency of a file: `names` from its sheets in their order, `mark` embedded in it.

    Any of `texts`, all that stands above its tables, counts where the roster knows it letter for letter; a name
    may carry the `province` that the roster leaves out ("Sở Y tế tỉnh Quảng Bình"). `sender` is who sent the
    letter that the file came with.
    """
    named = [Agency(name, agency_key(name), AgencySource.LETTERHEAD) for name in names]
    if mark.strip():
        named.append(Agency(mark.strip(), agency_key(mark), AgencySource.MARK))
    candidates = list({agency.key: agency for agency in reversed(named)}.values())[::-1]
    if roster is None:
        return _without_roster(candidates)
    known = _known([agency.name for agency in candidates], roster, province) or _known(texts, roster, province)
    if known:
        return _listed(known, AgencySource.ROSTER)
    if candidates:
        name = candidates[0].name
        near = similar_agencies(name, [alias for e in roster.entries for alias in (e.name, *e.aliases)])
        return AgencyFound(candidates[0], {"reason": "unlisted", "name": name, "suggestions": near})
    entries = _by_sender(sender, roster) or _by_file_name(path, roster)
    return _listed(entries, AgencySource.FILE_NAME)


def _known(names: Iterable[str], roster: Roster, province: str) -> list[RosterEntry]:
    """The roster's agencies among `names`, each once."""
    found: dict[RosterEntry, None] = {}
    for name in names:
        if len(name) < _LONGEST:
            entry = roster.find(name) or roster.find(_without_province(name, province))
            if entry is not None:
                found[entry] = None
    return list(found)


def _without_province(name: str, province: str) -> str:
    tail = re.compile(rf"\s+(?:tỉnh\s+|thành phố\s+|tp\.?\s+)?{re.escape(fold(province))}$") if province else None
    return tail.sub("", fold(name)) if tail else name


def _listed(entries: Sequence[RosterEntry], source: AgencySource) -> AgencyFound:
    if len(entries) == 1:
        return AgencyFound(_of_entry(entries[0], source))
    if not entries:
        return AgencyFound(None, {"reason": "missing"})
    doubt = {"reason": "ambiguous", "names": tuple(entry.name for entry in entries)}
    return AgencyFound(_of_entry(entries[0], source) if source is AgencySource.ROSTER else None, doubt)


def _without_roster(candidates: Sequence[Agency]) -> AgencyFound:
    if not candidates:
        return AgencyFound(None, {"reason": "missing"})
    if len(candidates) > 1:
        names = tuple(agency.name for agency in candidates)
        return AgencyFound(candidates[0], {"reason": "ambiguous", "names": names})
    return AgencyFound(candidates[0])


def _of_entry(entry: RosterEntry, source: AgencySource) -> Agency:
    return Agency(entry.name, agency_key(entry.name), source, entry.code)


def _by_sender(sender: str, roster: Roster) -> Sequence[RosterEntry]:
    """The roster's agencies with the address that a letter came from."""
    addresses = {address.lower() for address in _ADDRESS.findall(sender)}
    return [entry for entry in roster.entries if entry.email and entry.email.strip().lower() in addresses]


def _by_file_name(path: str, roster: Roster) -> Sequence[RosterEntry]:
    """The roster's agencies that the file's name spells, or that of the archive that it lies in."""
    name, *outer = reversed(PurePosixPath(path).parts)
    archives = (part for part in outer if PurePosixPath(part).suffix.lower() in _ARCHIVES)
    found = (_spelt_in(PurePosixPath(part).stem, roster) for part in (name, *archives))
    return next(filter(None, found), ())


def _spelt_in(stem: str, roster: Roster) -> Sequence[RosterEntry]:
    """The roster's agencies whose name or alias a name spells, diacritics apart; the longest names only."""
    stem = f" {bare(key(stem.replace('_', ' ')))} "
    spelt: list[tuple[int, RosterEntry]] = []
    for entry in roster.entries:
        names = [f" {bare(key(name))} " for name in (entry.name, *entry.aliases)]
        spelt.append((max((len(name) for name in names if name in stem), default=0), entry))
    longest = max((length for length, _ in spelt), default=0)
    return [entry for length, entry in spelt if longest and length == longest]


def _typed(lines: Sequence[Line]) -> str:
    """What follows "Tên cơ quan, đơn vị:", in its cell or in the next one to the right."""
    for index, line in enumerate(lines):
        text = " ".join(line.text.split())
        match = _AGENCY_LINE.match(fold(text))
        if match is None:
            continue
        rest = text[match.end() :]
        if rest and not match["end"] and _AGENCY.match(fold(rest)) is None:
            continue  # "Đơn vị tính: đồng"
        following = lines[index + 1] if index + 1 < len(lines) else None
        beside = following.text if following is not None and following.row == line.row else ""
        name = _tidy(rest) or ("" if _NOT_AGENCY.match(fold(beside)) else _tidy(beside))
        if name:
            return name
    return ""


def _in_title(lines: Sequence[Line]) -> str:
    """Whose delegations a title says it lists: "KẾ HOẠCH ĐOÀN RA CỦA SỞ Y TẾ NĂM 2020"."""
    for line in lines:
        text = " ".join(line.text.split())
        match = _WHOSE.fullmatch(fold(text)) if len(text) <= _LONGEST else None
        if match and _AGENCY.match(match["name"]):
            return text[match.start("name") : match.end("name")]
    return ""


def _by_place(lines: Sequence[Line]) -> str:
    """The first line of the sheet where it can only be a name of a kind that we do not know ("Đơn vị số 12")."""
    first = next((line for line in lines if not is_blank(line.text)), None)
    if first is None or any(line.row == first.row and line.col < first.col for line in lines):
        return ""
    text = " ".join(first.text.split())
    folded = fold(text)
    proper = text[:1].isupper() and _NAME_WORDS[0] <= len(folded.split()) <= _NAME_WORDS[1]
    plain = not any(sign in text for sign in ":;?!()[]…") and not text.endswith(".")
    named = _NOT_AGENCY.match(folded) is None and _AGENCY_LINE.fullmatch(folded) is None
    return text if proper and plain and named else ""


def _tidy(text: str) -> str:
    """A typed name without the dots of the line that it stands on; "" where it is only a placeholder."""
    name = " ".join(text.split()).strip(" .…_:;-–")
    return "" if _PLACEHOLDER.fullmatch(name) else name


def _letterhead(lines: Sequence[Line]) -> str:
    """The lowest agency of the leftmost letterhead: the body above it is its parent."""
    columns: dict[int, list[str]] = {}
    for line in lines:
        columns.setdefault(line.col, []).extend(_lines_of(line.text))
    for col in sorted(columns):
        names = _names_in(columns[col])
        if names:
            return names[-1]
    return ""


def _lines_of(text: str) -> Iterable[str]:
    """The lines of a cell; "UBND tỉnh - Sở Y tế" are two."""
    for line in text.split("\n"):
        parts = line.split(" - ")
        several = len(parts) > 1 and all(_AGENCY.match(fold(part)) for part in parts)
        yield from (part.strip() for part in parts) if several else (line.strip(),)


def _names_in(texts: Iterable[str]) -> list[str]:
    """The agencies that lines below one another name, each with the lines that it goes on over."""
    names: list[str] = []
    open_ = False
    for text in filter(None, texts):
        folded = fold(text)
        if _NOT_AGENCY.match(folded) or len(text) > _LONGEST or text[:1].isdigit() or not _LETTER.search(text):
            open_ = False
        elif names and open_ and (_UNFINISHED.fullmatch(fold(names[-1])) or not _AGENCY.match(folded)):
            names[-1] = f"{names[-1]} {text}"
        elif _AGENCY.match(folded) and _AGENCY_LINE.fullmatch(folded) is None:
            names.append(text)
            open_ = True
    return names
