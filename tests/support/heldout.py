"""Rows of the corpora `tests/corpus/held-out` as agencies' workbooks, and what `check` says of each row."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from rows import FAULTLESS
from yaml import safe_load

from doingoai_cli.model.findings import Severity
from doingoai_cli.pipeline.inbox import Request, open_inbox

CORPUS = Path(__file__).parents[1] / "corpus" / "held-out"
CYCLE = 2020
ABOUT_SEVERAL_ROWS = ("DR05", "DL06", "TK")
"""Rules that compare rows: the rows here stand for themselves, whatever their neighbours say."""

TITLES = {
    "01.A": "BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN TRONG NĂM 2019",
    "01.B": "BẢNG TỔNG HỢP ĐOÀN VÀO ĐÃ THỰC HIỆN TRONG NĂM 2019",
    "02.A": "BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020",
    "02.B": "BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN VÀO NĂM 2020",
    "03": "BẢNG THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM 2019 VÀ DỰ KIẾN NĂM 2020",
}
SECTIONS = {
    "I": "I. THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG NĂM 2019",
    "II": "II. DỰ KIẾN HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG NĂM 2020",
}
LABELS = {
    "ordinal": "TT",
    "name": "Tên đoàn",
    "nature": "Danh nghĩa đoàn",
    "leader": "Trưởng đoàn",
    "members": "Số thành viên",
    "countries": "Đến nước",
    "partners": "Đối tác làm việc",
    "activities": "Nội dung hoạt động",
    "days": "Số ngày",
    "period": "Thời gian thực hiện",
    "funding": "Nguồn kinh phí",
    "cost": "Kinh phí",
    "report_ref": "Báo cáo",
    "in_plan": "Trong KH",
    "off_plan": "Ngoài KH",
    "vietnamese_delegates": "Số lượng đại biểu Việt Nam",
    "foreign_delegates": "Số lượng đại biểu có quốc tịch nước ngoài",
    "theme": "Chủ đề, nội dung hội nghị, hội thảo",
    "venue": "Địa điểm tổ chức",
    "budget": "Tổng kinh phí (gồm kinh phí từ ngân sách nhà nước, do nước ngoài tài trợ, từ nguồn khác)",
}
FIELDS = {
    "01.A": "name nature leader members countries partners activities period cost report_ref in_plan off_plan",
    "01.B": "name nature leader members countries partners activities period cost in_plan off_plan",
    "02.A": "name nature leader members countries partners activities days period funding",
    "02.B": "name nature leader members countries activities days period funding",
    "03": "name vietnamese_delegates foreign_delegates theme days period venue budget",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the corpus: its fields over a faultless row, the codes the rules ask of it, and why."""

    form: str
    agency: str
    fields: Mapping[str, object]
    expect: tuple[str, ...]
    why: str

    @property
    def section(self) -> str:
        """The section of form 03."""
        return str(self.fields.get("section", "I"))


def cases(corpus: Path) -> Iterator[Case]:
    """The rows of one corpus: written one by one (`rows`), or as spellings of one field (`lists`)."""
    for group in safe_load(corpus.read_text(encoding="utf-8")):
        for row in (*group.get("rows", ()), *_spelled(group.get("lists", ()))):
            fields = {key: value for key, value in row.items() if key not in ("expect", "why")}
            expect = tuple(sorted(row["expect"]))
            yield Case(group["form"], group.get("agency", "Sở Y tế"), fields, expect, row["why"])


def _spelled(lists: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for listed in lists:
        shared = {key: value for key, value in listed.items() if key not in ("field", "values")}
        for value in listed["values"]:
            yield {**shared, listed["field"]: value}


def found(corpus: Sequence[Case], folder: Path) -> list[tuple[str, ...]]:
    """The codes of each case, one workbook a form and agency, through the whole command."""
    by_file: dict[tuple[str, str], list[int]] = {}
    for at, case in enumerate(corpus):
        by_file.setdefault((case.form, case.agency), []).append(at)
    codes: dict[int, list[str]] = {at: [] for at in range(len(corpus))}
    for n, ((form, agency), positions) in enumerate(by_file.items()):
        path = folder / f"tep-{n}.xlsx"
        rows = write_workbook(path, form, agency, [(at, corpus[at]) for at in positions])
        inbox = open_inbox(Request((str(path),), year=CYCLE, cache=False))
        stray = [f for f in inbox.findings if f.row not in rows and f.severity is not Severity.INFO]
        assert not stray, stray
        for finding in inbox.findings:
            if finding.row in rows and not finding.code.startswith(ABOUT_SEVERAL_ROWS):
                codes[rows[finding.row]].append(finding.code)
    return [tuple(sorted(codes[at])) for at in range(len(corpus))]


def write_workbook(path: Path, form: str, agency: str, numbered: Sequence[tuple[int, Case]]) -> dict[int, int]:
    """One form as an office sends it; Excel row → the case's number."""
    rows: dict[int, int] = {}
    fields = FIELDS[form].split()
    with xlsxwriter.Workbook(str(path)) as book:
        date_format = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Sheet1")
        sheet.write_string(0, 0, agency)
        sheet.write_string(2, 0, TITLES[form])
        for col, field in enumerate(("ordinal", *fields)):
            label = "Tên Hội nghị, hội thảo quốc tế" if (form, field) == ("03", "name") else LABELS[field]
            sheet.write_string(4, col, "Loại đoàn" if field == "in_plan" else label)
        if "in_plan" in fields:
            col = fields.index("in_plan") + 1
            sheet.merge_range(4, col, 4, col + 1, "Loại đoàn")
            sheet.write_row(5, col, ["Trong KH", "Ngoài KH"])
        at = 6
        for section in ("I", "II") if form == "03" else ("I",):
            if form == "03":
                sheet.write_string(at, 0, SECTIONS[section])
                at += 1
            for number, case in numbered:
                if case.section == section:
                    _write_row(sheet, at, number, case, fields, date_format)
                    at += 1
                    rows[at] = number
    return rows


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet,
    at: int,
    number: int,
    case: Case,
    fields: Sequence[str],
    date_format: xlsxwriter.format.Format,
) -> None:
    year = CYCLE - (case.form.startswith("01") or (case.form == "03" and case.section == "I"))
    sheet.write_number(at, 0, number + 1)
    for col, field in enumerate(fields, 1):
        value = case.fields.get(field, FAULTLESS[case.form][field].format(n=100 + number, year=year))
        if isinstance(value, datetime.date):
            sheet.write_datetime(at, col, value, date_format)
        elif isinstance(value, int | float):
            sheet.write_number(at, col, value)
        elif value:
            sheet.write_string(at, col, str(value))
