"""Columns split into several, and labels typed with what the form's note says of them."""

from typing import NamedTuple

import pytest
from formsheets import CATALOGUE, HEADS, ROWS, TITLES, observed, read
from openpyxl.utils import get_column_letter
from pipetable import grid

from doingoai_cli.model.grid import Grid


class Split(NamedTuple):
    """A column of a form, the labels of its parts, what a row says in them, and what the field then says."""

    form: str
    label: str
    parts: str
    values: str
    text: str


SPLITS = [
    Split("01.A", "Kinh phí", "NSNN|Đối tác|Khác", "100 triệu|50 triệu|20 triệu",
          "NSNN: 100 triệu; Đối tác: 50 triệu; Khác: 20 triệu"),
    Split("01.B", "Kinh phí", "Ngân sách|Phía bạn|Nguồn khác", "100 triệu||20 triệu",
          "Ngân sách: 100 triệu; Nguồn khác: 20 triệu"),
    Split("02.A", "Nguồn kinh phí", "Ngân sách tỉnh|Tự túc|Đối tác", "x||x", "Ngân sách tỉnh; Đối tác"),
    Split("02.B", "Nguồn kinh phí (VNĐ)", "Tỉnh cấp|Khách tự túc", "100.000.000|50.000.000",
          "Tỉnh cấp: 100.000.000; Khách tự túc: 50.000.000"),
    Split("03", "Tổng kinh phí", "NSNN|Nước ngoài|Nguồn khác", "100 triệu|200 triệu|50 triệu",
          "NSNN: 100 triệu; Nước ngoài: 200 triệu; Nguồn khác: 50 triệu"),
    Split("01.A", "Trưởng đoàn", "Họ tên|Chức vụ", "Nguyễn Văn A|Giám đốc Sở", "Nguyễn Văn A, Giám đốc Sở"),
    Split("02.A", "Trưởng đoàn", "Họ và tên|Chức danh|Đơn vị", "Trần B|Giám đốc|Sở Y tế",
          "Trần B, Giám đốc, Sở Y tế"),
    Split("01.A", "Thời gian thực hiện", "Từ|Đến", "12/3/2019|15/3/2019", "12/3/2019 - 15/3/2019"),
    Split("01.B", "Thời gian thực hiện", "Ngày đến|Ngày đi", "2019-03-12|2019-03-15", "12/03/2019 - 15/03/2019"),
    Split("03", "Thời gian thực hiện", "Bắt đầu|Kết thúc", "43536|43539", "12/03/2019 - 15/03/2019"),
    Split("02.A", "Thời gian thực hiện", "Quý|Tháng", "Quý II|5", "Quý II, tháng 5"),
    Split("02.A", "Thời gian thực hiện", "Quý I|Quý II|Quý III|Quý IV", "|x||", "Quý II"),
    Split("02.B", "Thời gian thực hiện", "Quý I|Quý II|Quý III|Quý IV", "||X|✓", "Quý III, Quý IV"),
    Split("02.A", "Thời gian thực hiện", "Tháng 1|Tháng 2|Tháng 3", "||v", "Tháng 3"),
    Split("02.A", "Số thành viên", "Nam|Nữ", "3|2", "5 (Nam: 3; Nữ: 2)"),
    Split("02.B", "Số thành viên", "Tổng số|Trong đó nữ", "5|2", "5 (Trong đó nữ: 2)"),
    Split("01.A", "Số thành viên", "Công chức|Doanh nghiệp", "2|vài", "Công chức: 2; Doanh nghiệp: vài"),
    Split("02.A", "Số ngày", "Đi lại|Làm việc", "1|3", "4 (Đi lại: 1; Làm việc: 3)"),
    Split("01.A", "Đến nước", "Nước|Thành phố", "Lào|Viêng Chăn", "Lào (Viêng Chăn)"),
    Split("02.A", "Đến nước", "Nước 1|Nước 2|Nước 3", "Lào|Thái Lan|", "Lào, Thái Lan"),
    Split("01.A", "Báo cáo", "Số|Ngày", "12/BC-SYT|20/3/2019", "Số: 12/BC-SYT; Ngày: 20/3/2019"),
    Split("03", "Số lượng đại biểu có quốc tịch nước ngoài", "Tổng số|Theo nước", "25|Lào: 10, Thái Lan: 15",
          "25 (Lào: 10, Thái Lan: 15)"),
    Split("03", "Số lượng đại biểu có quốc tịch nước ngoài", "Lào|Thái Lan", "10|15", "Lào: 10; Thái Lan: 15"),
    Split("03", "Số lượng đại biểu Việt Nam", "Trong tỉnh|Ngoài tỉnh", "30|20",
          "50 (Trong tỉnh: 30; Ngoài tỉnh: 20)"),
    Split("01.B", "Đối tác làm việc", "Cơ quan|Địa chỉ", "Sở Y tế|Đồng Hới",
          "Cơ quan: Sở Y tế; Địa chỉ: Đồng Hới"),
]  # fmt: skip


def split_sheet(split: Split, style: str) -> Grid:
    """The form with two rows, its heading `merged`, merged on both ways (`full`), not at all, or in `one` row."""
    heads, row = HEADS[split.form].split("|"), ROWS[split.form].format(n=1).split("|")
    parts, values = split.parts.split("|"), split.values.split("|")
    at, count = heads.index(split.label), len(parts)
    widened = [*heads[:at], split.label, *[""] * (count - 1), *heads[at + 1 :]]
    below = [*[""] * at, *parts, *[""] * (len(heads) - at - 1)]
    one = [*heads[:at], *(f"{split.label} - {part}" for part in parts), *heads[at + 1 :]]
    data = [*row[:at], *values, *row[at + 1 :]]
    lines = [["Sở Y tế"], [], [TITLES[split.form]], *([one] if style == "one" else [widened, below])]
    text = "\n".join(f"| {' | '.join(line)} |" if line else "" for line in [*lines, data, ["2", *data[1:]]])
    wide = f"{get_column_letter(at + 1)}4:{get_column_letter(at + count)}4"
    others = (get_column_letter(n + 1) for n in range(len(widened)) if not at <= n < at + count)
    merges = {"merged": wide, "full": " ".join([wide, *(f"{letter}4:{letter}5" for letter in others)])}
    return grid(text, merges=merges.get(style, ""))


@pytest.mark.parametrize("split", SPLITS, ids=lambda s: f"{s.form} {s.label}: {s.parts}")
@pytest.mark.parametrize("style", ["merged", "full", "plain", "one"])
def test_a_split_column_is_one_field(split: Split, style: str) -> None:
    spec = CATALOGUE.of_form(split.form)
    field = next(column.field for column in spec.columns if column.label.startswith(split.label))
    submission = read(split_sheet(split, style))
    assert observed(submission) == []
    first, second = submission.records
    assert (first.text(field), second.text(field)) == (split.text, split.text)
    assert first.extras == {}
    filled = sum(bool(value) for value in split.values.split("|"))
    assert len({first.cells[field].cell, *first.cells[field].others}) == filled


def test_a_column_of_that_name_of_its_own_is_none_of_the_parts() -> None:
    (record, _) = read(split_sheet(SPLITS[0], "merged")).records
    assert record.text("partners") == "Sở Y tế Khăm Muồn"


LABELS = {
    ("02.A", "Số ngày"): [
        "Số ngày ở nước ngoài", "Tổng số ngày ở nước ngoài (kể cả đi về)", "(8) Số ngày",
        "Số ngày - không kể quá cảnh",
        "Số ngày: tổng số ngày ở nước ngoài kể cả thời gian đi về và quá cảnh",
    ],
    ("02.B", "Số ngày"): ["Số ngày ở Quảng Bình", "Tổng số ngày ở tỉnh Quảng Trị", "Số ngày ở Việt Nam"],
    ("02.A", "Trưởng đoàn"): [
        "Trưởng đoàn ghi rõ chức vụ", "Trưởng đoàn - ghi rõ họ tên, chức vụ", "Chức vụ trưởng đoàn dự kiến",
        "Tên, chức vụ trưởng đoàn", "Trưởng đoàn: họ tên, chức vụ",
    ],
    ("02.A", "Số thành viên"): ["Số thành viên tham gia", "Số lượng thành viên tham gia đoàn dự kiến"],
    ("01.A", "Đến nước"): ["Đến nước theo lộ trình", "Nước đến công tác", "Tên các nước đến"],
    ("02.B", "Đến từ nước"): ["Tên nước cử đoàn", "Đến từ nước nào"],
    ("02.A", "Đối tác làm việc"): ["Đối tác chủ yếu sẽ làm việc", "Các đối tác làm việc chính"],
    ("02.A", "Nội dung hoạt động"): ["Những nội dung làm việc chính"],
    ("02.A", "Thời gian thực hiện"): ["Thời gian thực hiện cụ thể đến quý", "Thời gian thực hiện - ghi đến quý"],
    ("01.A", "Thời gian thực hiện"): ["Ngày, tháng, năm triển khai hoạt động"],
    ("01.A", "Báo cáo"): ["Số, ngày, tháng, năm của văn bản báo cáo", "Báo cáo số, ngày"],
    ("02.A", "Nguồn kinh phí"): ["Kinh phí từ nguồn nào", "Nguồn kinh phí: ghi cụ thể từ nguồn nào"],
    ("03", "Tổng kinh phí"): ["Tổng kinh phí phục vụ tổ chức Hội nghị, hội thảo"],
    ("03", "Số lượng đại biểu Việt Nam"): ["Số lượng đại biểu có quốc tịch Việt Nam"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("form", "label", "typed"), [(*at, typed) for at, all_ in LABELS.items() for typed in all_]
)
def test_a_label_with_its_own_note_is_no_missing_column(form: str, label: str, typed: str) -> None:
    heads = "|".join(typed if head == label else head for head in HEADS[form].split("|"))
    lines = ["Sở Y tế", "", TITLES[form], heads, ROWS[form].format(n=1)]
    submission = read(grid("\n".join(f"| {line.replace('|', ' | ')} |" if line else "" for line in lines)))
    assert observed(submission) == []
    assert submission.records[0].extras == {}


@pytest.mark.parametrize(
    ("heading", "typed", "text"),
    [
        ("Kinh phí (nghìn đồng)", "150000", "150000 nghìn đồng"),
        ("Kinh phí (ĐVT: triệu đồng)", "150,5", "150,5 triệu đồng"),
        ("Kinh phí (1.000đ)", "NSNN: 150.000; đối tác: 50", "NSNN: 150.000 nghìn đồng; đối tác: 50 nghìn đồng"),
        ("Kinh phí (USD)", "25000", "25000 USD"),
        # a sum that has its unit, that is too large for its column's, and a column without one
        ("Kinh phí (triệu đồng)", "150 triệu", "150 triệu"),
        ("Kinh phí (triệu đồng)", "150.000.000", "150.000.000"),
        ("Kinh phí (VNĐ)", "150000000", "150000000"),
        ("Kinh phí", "150", "150"),
    ],
)
def test_sums_have_the_unit_of_their_column(heading: str, typed: str, text: str) -> None:
    heads, row = HEADS["01.A"].split("|"), ROWS["01.A"].format(n=1).split("|")
    at = heads.index("Kinh phí")
    heads[at], row[at] = heading, typed
    lines = [["Sở Y tế"], [], [TITLES["01.A"]], heads, row]
    (record,) = read(grid("\n".join(f"| {' | '.join(line)} |" if line else "" for line in lines))).records
    assert record.text("cost") == text
    assert record.cells["cost"].typed == ("" if typed == text else typed)


def test_a_line_above_the_table_states_the_unit() -> None:
    heads, row = HEADS["01.A"].split("|"), ROWS["01.A"].format(n=1).split("|")
    row[heads.index("Kinh phí")] = "150"
    lines = [["Sở Y tế"], [], [TITLES["01.A"]], ["Đơn vị tính: Triệu đồng"], heads, row]
    (record,) = read(grid("\n".join(f"| {' | '.join(line)} |" if line else "" for line in lines))).records
    assert record.text("cost") == "150 triệu đồng"


def test_data_in_the_words_of_a_note_head_no_table() -> None:
    row = "2|Đoàn công tác của Sở|Thăm và làm việc|Trưởng đoàn dự kiến|5|Lào|Đối tác|Hội đàm|3|Quý II/2020|Tự túc"
    lines = [
        "Sở Y tế",
        "",
        TITLES["02.A"],
        HEADS["02.A"],
        ROWS["02.A"].format(n=1),
        row.replace("2|", "IV|", 1),
        row,
    ]
    submission = read(grid("\n".join(f"| {line.replace('|', ' | ')} |" if line else "" for line in lines)))
    assert len(submission.records) == 3
