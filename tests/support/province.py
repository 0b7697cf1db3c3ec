"""A province of three years in invented facts: what fifteen agencies and two districts' units plan and carry out.

Facts are known here before any program reads them; tests count in them what reports must say.
"""

import contextlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from pipetable import grid, xlsx

from doingoai_cli.cli.app import run

YEARS = (2019, 2020, 2021)
AGENCIES = {
    "Sở Y tế": "chính quyền", "Sở Du lịch": "chính quyền", "Sở Ngoại vụ": "chính quyền",
    "Sở Tài chính": "chính quyền", "Sở Công Thương": "chính quyền", "Sở Nội vụ": "chính quyền",
    "Sở Xây dựng": "chính quyền", "Sở Tư pháp": "chính quyền", "Ban Tổ chức Tỉnh ủy": "Đảng",
    "Ban Tuyên giáo Tỉnh ủy": "Đảng", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh": "Mặt trận",
    "Tỉnh đoàn Quảng Bình": "Mặt trận", "Hội Nông dân tỉnh": "Mặt trận",
    "Liên hiệp các tổ chức hữu nghị tỉnh": "hữu nghị", "Trường Đại học Quảng Bình": "trường",
}  # fmt: skip
UNITS = {
    "UBND huyện Lệ Thủy": ("Phòng Y tế huyện Lệ Thủy", "Phòng Nội vụ huyện Lệ Thủy"),
    "UBND huyện Minh Hóa": ("Phòng Nội vụ huyện Minh Hóa", "Phòng Văn hóa huyện Minh Hóa"),
}
SENDERS = (*AGENCIES, *(unit for units in UNITS.values() for unit in units))
COUNTRIES = ("Lào", "Thái Lan", "Nhật Bản", "Hàn Quốc", "Pháp", "Úc", "Singapore", "Đức")
THEMES = (
    "xúc tiến đầu tư", "đào tạo nghề", "trao đổi văn hóa", "khảo sát cảng cá", "phòng chống dịch",
    "bảo tồn hang động", "quản lý rừng", "kết nghĩa thanh niên", "nông nghiệp sạch", "chuyển đổi số",
)  # fmt: skip
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Bùi", "Đỗ", "Võ", "Đinh", "Mai")
GIVEN = ("An", "Bình", "Cường", "Dung", "Giang", "Hà", "Khánh", "Lan", "Minh", "Nam")
_HEAD = "TT|Tên đoàn|Danh nghĩa đoàn|Trưởng đoàn|Số thành viên|Đến nước|"
_WORK = "Đối tác làm việc|Nội dung hoạt động|"
_SHEETS = {
    "01.A": ("ĐOÀN RA", f"{_HEAD}{_WORK}Thời gian thực hiện|Kinh phí|Báo cáo|Trong KH|Ngoài KH"),
    "01.B": ("ĐOÀN VÀO", f"{_HEAD}{_WORK}Thời gian thực hiện|Kinh phí|Trong KH|Ngoài KH"),
    "02.A": ("KẾ HOẠCH ĐOÀN RA", f"{_HEAD}{_WORK}Số ngày|Thời gian thực hiện|Nguồn kinh phí"),
    "02.B": ("KẾ HOẠCH ĐOÀN VÀO", _HEAD.replace("Đến nước", "Đến từ nước")
             + "Nội dung hoạt động|Số ngày|Thời gian thực hiện|Nguồn kinh phí (VNĐ)"),
}  # fmt: skip


@dataclass(frozen=True)
class Delegation:
    """One delegation of a sender in a year; `month` is when it took place, 0 where it never did."""

    sender: str
    year: int
    outbound: bool
    number: int
    quarter: int
    month: int
    planned: bool = True

    @property
    def at(self) -> int:
        return SENDERS.index(self.sender)

    @property
    def theme(self) -> str:
        return THEMES[(self.at + 3 * self.number + self.year) % len(THEMES)]

    @property
    def country(self) -> str:
        return COUNTRIES[(self.at + 2 * self.number + self.year) % len(COUNTRIES)]

    @property
    def members(self) -> int:
        return 3 + (self.at + self.number) % 4

    @property
    def name(self) -> str:
        way = "đi" if self.outbound else "khách"
        return f"Đoàn {way} {self.theme} của {self.sender} {self.year}.{self.number}"

    @property
    def refused(self) -> bool:
        """What the officer writes at the review of the plan."""
        return self.planned and self.at % 7 == 3 and self.number == 1

    @property
    def to_adjust(self) -> bool:
        return self.planned and self.at == 4 and self.number == 1

    @property
    def agreed(self) -> bool:
        return self.planned and not self.refused and not self.to_adjust

    def head(self, place: str = "") -> tuple[object, ...]:
        """The cells from TT to what it does; 02.B has no partner."""
        leader = f"{FAMILY[self.at % 10]} Văn {GIVEN[(self.at // 10 + 2 * self.number) % 10]}, Phó Giám đốc"
        nominal = "Thăm và làm việc theo lời mời"
        partner = f"Chính quyền vùng {place or self.theme}"
        return (
            self.number,
            self.name,
            nominal,
            leader,
            self.members,
            self.country,
            partner,
            f"Hội đàm về {self.theme}",
        )

    def as_plan(self) -> tuple[object, ...]:
        cells = self.head() if self.outbound else (*self.head()[:6], self.head()[7])
        return (*cells, 3, f"Quý {('I', 'II', 'III', 'IV')[self.quarter - 1]}/{self.year}", "Ngân sách tỉnh")

    def as_result(self) -> tuple[object, ...]:
        time = f"10/{self.month}/{self.year} - 12/{self.month}/{self.year}"
        report = (f"Báo cáo số {self.at + 1}/BC ngày 20/{self.month}/{self.year}",) if self.outbound else ()
        return (
            *self.head(),
            time,
            "Ngân sách tỉnh: 90 triệu đồng",
            *report,
            *(("x", "") if self.planned else ("", "x")),
        )


def delegations(year: int) -> tuple[Delegation, ...]:
    """Of a year: two outbound and one inbound planned by each sender, and some outside the plan."""
    return tuple(_delegations(year))


def _delegations(year: int) -> Iterator[Delegation]:
    for at, sender in enumerate(SENDERS):
        for outbound, number in ((True, 1), (True, 2), (False, 1)):
            quarter = (at + number + year) % 4 + 1
            plan = Delegation(sender, year, outbound, number, quarter, 3 * quarter - at % 3)
            happens = plan.agreed and (at + number + year) % 5 != 0
            yield plan if happens else Delegation(sender, year, outbound, number, quarter, 0)
        if at % 6 == 1:
            yield Delegation(sender, year, True, 3, 2, 4, planned=False)


def took_place(year: int, first: int = 1, last: int = 12, *, outbound: bool = True) -> list[Delegation]:
    """What was carried out in months of a year."""
    return [d for d in delegations(year) if first <= d.month <= last and d.outbound is outbound]


# --- what agencies do ----------------------------------------------------------------------------------------


def fill_form(path: Path, rows: Iterable[tuple[str, Sequence[object]]]) -> None:
    """Type rows into the sheets of a form that `new-template` wrote, below the row of column numbers."""
    book = openpyxl.load_workbook(path)
    below: dict[str, int] = {}
    for sheet, cells in rows:
        page = book[f"Mẫu {sheet}"]
        below[sheet] = below.get(sheet) or _numbers_row(page)
        below[sheet] += 1
        for column, cell in enumerate(cells, 1):
            page.cell(below[sheet], column).value = cell  # type: ignore[assignment]
    book.save(path)


def _numbers_row(page: Worksheet) -> int:
    return next(cell.row for row in page.iter_rows(max_row=30) for cell in row if cell.value == "(2)")


def monthly_file(path: Path, sender: str, rows: Sequence[Delegation]) -> None:
    """A sender's results of a month; the folder says which."""
    by_form = {form: [d.as_result() for d in rows if d.outbound is (form == "01.A")] for form in ("01.A", "01.B")}
    _write(path, sender, {form: lines for form, lines in by_form.items() if lines}, "ĐÃ THỰC HIỆN")


def plan_file(path: Path, sender: str, year: int) -> None:
    """A sender's plan of a year on sheets of its own making."""
    mine = [d for d in delegations(year) if d.sender == sender and d.planned]
    by_form = {form: [d.as_plan() for d in mine if d.outbound is (form == "02.A")] for form in ("02.A", "02.B")}
    _write(path, sender, by_form, f"NĂM {year}")


def _write(path: Path, sender: str, forms: Mapping[str, Sequence[Sequence[object]]], when: str) -> None:
    sheets = []
    for form, rows in forms.items():
        title, heading = _SHEETS[form]
        lines = [sender, "", f"BẢNG TỔNG HỢP {title} {when}", "", heading.replace("|", " | ")]
        lines += [" | ".join(map(str, row)) for row in rows]
        text = "\n".join(f"| {line} |" if line else "" for line in lines)
        sheets.append(grid(text, name=f"Mẫu {form}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(xlsx(sheets))


# --- what officers do ----------------------------------------------------------------------------------------


def heads(page: Worksheet, wanted: str) -> tuple[int, dict[str, int]]:
    """The row of headings that holds `wanted`, and heading → column."""
    row = next(cell.row for cells in page.iter_rows(max_row=40) for cell in cells if cell.value == wanted)
    return row, {str(cell.value): cell.column for cell in page[row] if cell.value}


def doingoai(*arguments: str) -> tuple[int, str, str]:
    """A command, as typed: exit status, stdout, stderr."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(list(arguments))
    return status, out.getvalue(), err.getvalue()
