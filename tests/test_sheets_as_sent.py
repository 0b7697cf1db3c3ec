"""The forms as agencies really send them: rows in random dress come back the same, and no finding on the file."""

from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.intake.submission import read_grids
from doingoai_cli.model.forms import FormSpec, load_forms
from doingoai_cli.model.grid import Cell, CellKind, Grid, Range, Workbook
from doingoai_cli.resources import forms_dir
from doingoai_cli.vietnamese.text import clean

CATALOGUE = load_forms(forms_dir())
VALUES = {
    "ordinal": ["1", "02", "3.", "IV"],
    "name": ["Đoàn công tác của Sở đi Lào", "Tổng cục Du lịch thăm Thái Lan", "Cộng đồng doanh nghiệp", "Đoàn 5"],
    "nature": ["Thăm và làm việc", "Đoàn đối ngoại", ""],
    "leader": ["Nguyễn Văn A, Giám đốc Sở", "Phó Giám đốc", "Chủ tịch UBND huyện"],
    "members": ["05", "7 người", ""],
    "countries": ["Lào", "Thái Lan\nLào", "Nhật Bản, Hàn Quốc"],
    "partners": ["Sở Y tế tỉnh Khăm Muồn", "Đối tác", ""],
    "activities": ["- Hội đàm;\n- Ký kết", "Không tổ chức hội đàm riêng", "Nội dung làm việc"],
    "days": ["3", "05 ngày"],
    "period": ["Quý II/2020", "5/3/2019 - 8/3/2019", "Tháng 10"],
    "cost": ["Ngân sách tỉnh", ""], "funding": ["Tự túc", "Ngân sách tỉnh: 50 triệu đồng"],
    "report_ref": ["BC số 12/BC-SYT ngày 5/4/2019", ""],
    "in_plan": ["X", ""], "off_plan": ["", "x"],
    "vietnamese_delegates": ["80"], "foreign_delegates": ["25 (Lào: 10; Thái Lan: 15)"],
    "theme": ["Bảo tồn hang động"],
    "venue": ["Đồng Hới"], "budget": ["450 triệu đồng"],
}  # fmt: skip
HEADS = [[], ["Tên cơ quan, đơn vị: Sở Y tế"], ["ỦY BAN NHÂN DÂN TỈNH", "SỞ Y TẾ", "Số: 15/BC-SYT"]]
BELOW = [
    ["(1): Ghi tên đoàn công tác của cơ quan, đơn vị", "(6), (7): Những nội dung làm việc chính"],
    ["Lưu ý: gửi về Sở Ngoại vụ theo đúng thời gian yêu cầu."],
    ["Ghi chú:", "- Số liệu tính đến 31/8", "- Chưa gồm các đơn vị trực thuộc"],
    ["NGƯỜI LẬP BIỂU||THỦ TRƯỞNG ĐƠN VỊ", "(Ký, họ tên)||(Ký tên, đóng dấu)", "Trần Thị Bé||Nguyễn Văn Tư"],
    ["Đồng Hới, ngày 05 tháng 9 năm 2019", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Sáu"],
    ["Quảng Bình, ngày…tháng…năm 2019", "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "(đã ký)", "Lê Văn Bảy"],
]
SECTIONS = ["I. Văn phòng Sở", "II - Trường Cao đẳng Y tế", "B. Các bệnh viện"]


class Dress(NamedTuple):
    """How one agency lays its form out."""

    head: list[str]
    title: bool
    numbers: bool
    upper: bool
    extra: bool
    merged: bool
    gap: int
    left: int
    order: list[float]
    section: int | None
    total: bool
    below: list[list[str]]


DRESSES = st.builds(
    Dress, st.sampled_from(HEADS), st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans(),
    st.integers(0, 4), st.integers(0, 2), st.lists(st.floats(0, 1), min_size=14, max_size=14),
    st.none() | st.integers(0, 2), st.booleans(), st.lists(st.sampled_from(BELOW), max_size=3),
)  # fmt: skip
FULL = st.fixed_dictionaries({field: st.sampled_from(values) for field, values in VALUES.items()})
# A Roman number before a label, with nothing but counts beside it, opens a section: a row begun has a figure.
BEGUN = st.fixed_dictionaries(
    {
        f: st.sampled_from(v[:3] if f == "ordinal" else v if f == "name" else ["", "", *v])
        for f, v in VALUES.items()
    }
)
RECORDS = st.lists(FULL | BEGUN, max_size=5)


class _Paper:
    """A sheet while it is written."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.merges: list[Range] = []
        self.row = 1

    def put(self, col: int, text: str, row: int | None = None) -> None:
        if text:
            self.cells.append(Cell(row or self.row, col, CellKind.TEXT, text))

    def line(self, col: int, text: str) -> None:
        for offset, part in enumerate(text.split("|")):
            self.put(col + offset * 3, part)
        self.row += 1


def draw(spec: FormSpec, dress: Dress, records: list[dict[str, str]]) -> tuple[Grid, dict[int, dict[str, str]]]:
    """The sheet, and the records that it shows by row."""
    paper = _Paper()
    first = 1 + dress.left
    for text in dress.head:
        paper.line(first, text)
    paper.row += dress.gap
    if dress.title:
        paper.line(first + 2, spec.title.replace("{Y-1}", "2019").replace("{Y}", "2020"))
        paper.line(first + 2, "(Kèm theo Báo cáo số        ngày     tháng     năm 2019)")
    paper.row += dress.gap // 2
    places = _draw_heading(paper, spec, dress, first)
    shown = _draw_records(paper, spec, dress, records, places)
    if dress.total:
        paper.line(first, "TỔNG CỘNG")
    paper.row += 1
    for block in dress.below:
        for text in block:
            paper.line(first + 1, text)
        paper.row += dress.gap
    return Grid("Sheet1", 0, tuple(sorted(paper.cells)), tuple(paper.merges)), shown


def _draw_heading(paper: _Paper, spec: FormSpec, dress: Dress, first: int) -> dict[str, int]:
    """The heading with its columns moved about: field → column."""
    numbers = dict(zip((c.field for c in spec.columns), dress.order, strict=False))
    moved = sorted(spec.columns, key=lambda c: (bool(c.group), c.field != "ordinal", numbers[c.field]))
    places = {column.field: col for col, column in enumerate(moved, first)}
    grouped = [places[c.field] for c in moved if c.group]
    for column in moved:
        label = column.label.upper() if dress.upper else column.label
        paper.put(places[column.field], label, paper.row + bool(column.group))
    if grouped:
        paper.put(grouped[0], "Loại đoàn")
    if grouped and dress.merged:
        plain = set(places.values()) - set(grouped)
        paper.merges += [Range(paper.row, col, paper.row + 1, col) for col in plain]
        paper.merges.append(Range(paper.row, grouped[0], paper.row, grouped[-1]))
    if dress.extra:
        paper.put(first + len(moved), "Ghi chú")
    paper.row += 1 + bool(grouped)
    if dress.numbers:
        for number, column in enumerate(moved[1:], 1):
            paper.put(places[column.field], f"({number})")
        paper.row += 1
    return places


def _draw_records(
    paper: _Paper, spec: FormSpec, dress: Dress, records: list[dict[str, str]], places: dict[str, int]
) -> dict[int, dict[str, str]]:
    shown: dict[int, dict[str, str]] = {}
    for index, record in enumerate(records):
        if index == dress.section and not spec.sections:
            paper.line(min(places.values()), SECTIONS[index])
        for field, col in places.items():
            paper.put(col, record[field])
        if dress.extra:
            paper.put(max(places.values()) + 1, "hoãn")
        shown[paper.row] = {column.field: clean(record[column.field]) for column in spec.columns}
        paper.row += 1 + dress.gap // 3
    return shown


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(CATALOGUE.official), DRESSES, RECORDS)
def test_records_come_back_whatever_the_dress(spec: FormSpec, dress: Dress, records: list[dict[str, str]]) -> None:
    sheet, shown = draw(spec, dress, records)
    submission = read_grids(Workbook("xlsx", (sheet,)), "a.xlsx", CATALOGUE, cycle=2020)
    assert [(t.form, t.missing) for t in submission.tables] == [(spec.form, ())]
    read = {r.provenance.row: {field: r.text(field) for field in r.cells} for r in submission.records}
    assert read == shown
    expected = [] if dress.head else ["CT10"]
    assert [(o.code, o.place.cell) for o in submission.observations] == [(code, None) for code in expected]
    assert len(shown) + submission.non_records == len({cell.row for cell in sheet.cells})
