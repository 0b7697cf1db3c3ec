"""Rows that are no records, in every form: sections with sums, sums in any words, column numbers, lines below."""

import pytest
from formsheets import HEADS, ROWS, form_sheet, names, observed, read

from doingoai_cli.intake.column_numbers import is_numbers_row
from doingoai_cli.intake.other_rows import stated_count
from doingoai_cli.intake.sums import is_count, is_sum
from doingoai_cli.model.grid import Grid

ALL = sorted(HEADS)
DONE = {"03": ["I. THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG NĂM 2019"]}
SUMMED = {"03": {"Số lượng đại biểu Việt": "100", "Số ngày": "4"}}
TWO = {form: ["Hội thảo số 1", "Hội thảo số 2"] if form == "03" else ["Đoàn số 1", "Đoàn số 2"] for form in ALL}

SECTIONS = [
    ("I", "Văn phòng Sở", "Văn phòng Sở"),
    ("II.", "Trường Cao đẳng Y tế", "Trường Cao đẳng Y tế"),
    ("A", "Khối các sở, ban, ngành", "Khối các sở, ban, ngành"),
    ("III", "Quảng Trạch", "Quảng Trạch"),
    ("b)", "Ngoài kế hoạch", "Ngoài kế hoạch"),
    ("", "I. Văn phòng Sở", "Văn phòng Sở"),
    ("", "Phòng Giáo dục và Đào tạo", "Phòng Giáo dục và Đào tạo"),
    ("I.1", "Chi cục Dân số", "Chi cục Dân số"),
    ("-", "Phòng Văn hóa", "Phòng Văn hóa"),
    ("Phòng Văn hóa", "", "Phòng Văn hóa"),
]


@pytest.mark.parametrize("form", ALL)
@pytest.mark.parametrize(("number", "label", "unit"), SECTIONS)
@pytest.mark.parametrize("count", ["10", "02 đoàn/10 lượt người", "1.250 triệu đồng"])
def test_a_section_line_with_sums_is_no_record(form: str, number: str, label: str, unit: str, count: str) -> None:
    sums = SUMMED.get(form, {"Số thành viên": "10", "Thời gian": ""})
    line = {"TT": number, "Tên": label, **dict.fromkeys(sums, count)}
    submission = read(form_sheet(form, [*DONE.get(form, []), 1, line, 2]))
    assert (names(submission), observed(submission)) == (TWO[form], [])
    assert [r.provenance.unit for r in submission.records] == [None, unit]


def test_a_record_of_which_little_is_filled_in_is_no_section() -> None:
    lines = [{"TT": "3", "Tên": "Sở Y tế Khăm Muồn", "Số thành viên": "10"},
             {"TT": "IV", "Tên": "Đoàn công tác đi Lào", "Số thành viên": "5"},
             {"TT": "5", "Tên": "Tổng cục Du lịch thăm Lào", "Số thành viên": "5"},
             {"Tên": "Cộng đồng doanh nghiệp", "Số thành viên": "5", "Đến nước": "Lào"}]  # fmt: skip
    submission = read(form_sheet("02.A", [1, *lines, 2]))
    assert names(submission) == ["Đoàn số 1", *(line["Tên"] for line in lines), "Đoàn số 2"]


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ({"Tên": "phòng chống dịch bệnh", "Nội dung": "sốt rét vùng biên"}, False),
        ({"Tên": "và quản lý bệnh viện", "Đối tác": "Sở Y tế Khăm Muồn", "Nội dung": "tại Lào"}, False),
        # near it: begun in small letters, a line of its own, a running number
        ({"Tên": "đoàn quản lý bệnh viện", "Nội dung": "tại Lào"}, True),
        ({"Tên": "Phòng chống dịch bệnh", "Nội dung": "sốt rét vùng biên"}, True),
        ({"TT": "2", "Tên": "phòng chống dịch bệnh", "Nội dung": "sốt rét vùng biên"}, True),
    ],
)
def test_the_rest_of_a_name_on_a_line_of_its_own_is_no_delegation(line: dict[str, str], own: bool) -> None:
    submission = read(form_sheet("02.A", [1, line, 2]))
    assert names(submission) == ["Đoàn số 1", *([line["Tên"]] if own else []), "Đoàn số 2"]
    assert [code for code, _ in observed(submission)] == ([] if own else ["CT09"])


@pytest.mark.parametrize("line", ["Mẫu số 02.A", "(Biểu 02)", "Phụ lục II", "Trang 2/3", "Số: 12/BC-SYT"])
def test_a_form_s_code_below_or_within_the_table_says_nothing(line: str) -> None:
    submission = read(form_sheet("02.A", [1, {"TT": line}, 2, {"Tên": line}]))
    assert (names(submission), observed(submission)) == (["Đoàn số 1", "Đoàn số 2"], [])


SUMS = [
    "T.Cộng", "Số cộng", "Tổng KP",
    "Cộng Phòng Kế hoạch", "Cộng trang", "Cộng trang 1", "Mang sang", "Mang sang trang sau", "Lũy kế từ đầu năm",
    "Trang trước mang sang", "Luỹ kế đến 31/8/2019", "Tổng hợp: 3 đoàn", "Tổng số", "TỔNG (I+II)", "Cộng lũy kế",
    "Cộng các đơn vị trực thuộc", "Cộng quý I", "Tổng quý II", "Số đoàn: 2", "Cộng dồn", "Tổng cộng I + II",
]  # fmt: skip


@pytest.mark.parametrize("form", ALL)
@pytest.mark.parametrize("label", SUMS)
@pytest.mark.parametrize("counts", [True, False])
def test_sums_in_any_words_are_no_records(form: str, label: str, counts: bool) -> None:
    sums = SUMMED.get(form, {"Số thành viên": "10"}) if counts else {}
    for line in ({"TT": label, **sums}, {"Tên": label, **sums}):
        for body in ([1, line, 2], [1, 2, line]):
            submission = read(form_sheet(form, [*DONE.get(form, []), *body]))
            assert (names(submission), observed(submission)) == (TWO[form], [])
            assert {r.section for r in submission.records} <= {"", "I", "II"}


def test_a_subtotal_closes_no_section_of_form_03() -> None:
    page = {"Tên": "Cộng trang 1", "Số lượng đại biểu Việt": "50"}
    total = {"Tên": "TỔNG CỘNG", "Số lượng đại biểu Việt": "100"}
    submission = read(form_sheet("03", [*DONE["03"], 1, page, 2, total]))
    assert [r.section for r in submission.records] == ["I", "I"]


@pytest.mark.parametrize(("first", "second"), [
    (("A", "Khối tỉnh", "Cộng A"), ("B", "Khối huyện", "Cộng B")),
    (("I", "Văn phòng Sở", "Cộng I"), ("II", "Chi cục Thủy sản", "Tổng II")),
    (("1", "Văn phòng Sở", "Cộng (1)"), ("2", "Chi cục Thủy sản", "Cộng mục 2")),
])  # fmt: skip
def test_the_sum_of_a_unit_closes_no_section_of_form_03(
    first: tuple[str, str, str], second: tuple[str, str, str]
) -> None:
    body: list[int | str | dict[str, str]] = [DONE["03"][0]]
    for at, (number, unit, total) in enumerate((first, second), start=1):
        body += [{"TT": number, "Tên": unit}, at, {"Tên": total, "Số lượng đại biểu Việt": "50"}]
    body.append({"Tên": "TỔNG CỘNG", "Số lượng đại biểu Việt": "100"})
    submission = read(form_sheet("03", body))
    assert [(r.section, r.provenance.unit) for r in submission.records] == [("I", first[1]), ("I", second[1])]
    assert [total.stated for table in submission.tables for total in table.totals] == [100]
    assert [(t.field, t.stated) for t in submission.tables[0].totals] == [("vietnamese_delegates", 100)]


@pytest.mark.parametrize("name", [
    "Cộng đồng doanh nghiệp", "Tổng cục Du lịch", "Tổng Lãnh sự quán Lào", "Cộng hòa Séc",
    "Tổng công ty Sông Gianh", "Tổng hợp báo cáo của Sở", "Tổng kết dự án trồng rừng", "Cộng tác viên",
    "Tổng Giám đốc JICA",
])  # fmt: skip
def test_names_that_begin_as_sums_do_are_none(name: str) -> None:
    assert not is_sum(name)


COUNTS = [
    "10",
    "02 đoàn",
    "15 lượt người",
    "1.250 triệu đồng",
    "150.000.000",
    "02 đoàn/10 người",
    "5 người (02 nữ)",
]
TIMES = ["12/3/2019", "01/2019", "12/3", "15-17/9", "Quý II", "Lào", "3 tầng"]


@pytest.mark.parametrize(("text", "count"), [(t, True) for t in COUNTS] + [(t, False) for t in TIMES])
def test_what_is_a_count_alone(text: str, count: bool) -> None:
    assert is_count(text) is count


NUMBERS = [
    "Cột (1)|Cột (2)|Cột (3)|Cột (4)",
    "B1|B2|B3|B4|B5",
    "C.1|C.2|C.3",
    "1|2||4|5||7|8||10",
    "(A)|(B)|(1)|(2)|(3)|(4)|(5)", "A|B|1|2|3|4|5", "1.|2.|3.|4.|5.", "(1)|(2a)|(2b)|(3)|(4)", "1|2|3|4|5=3+4",
    "[1]|[2]|[3]|[4]", "I|II|III|IV|V|VI", "A|B|C|D|E|F", "a|b|c|d|đ|e", "Cột 1|Cột 2|Cột 3|Cột 4", "①|②|③|④|⑤",
    "(1)|(2)|(3)|(4)|(4)|(5)", "C1|C2|C3|C4|C5", "-1|-2|-3|-4", "1/|2/|3/|4/", "TT|1|2|3|4|5|6", "8|9|10|11=12",
    "(1)|(2)|(3)|(4)|(5)|(6)|(7)|Ghi chú", "(1)|(2)|(3)=(4)+(5)|(4)|(5)",
    "(1)|(2)|(3)|(4)|(6)|(5)|(7)|(9)|(8)", "TT|(1)|(3)|(2)|(5)|(4)|(6)", "1|2|4|3|6|5|7", "(A)|(2)|(1)|(3)",
    "TT|(1)|(2)|(3)|(4)|(5)|(6)|(7)|Ghi chú",
]  # fmt: skip
NO_NUMBERS = [
    "10|25|4",
    "5|8|9|12|15|20",
    "1|2||10|12",
    "1|Đoàn A|3|4",
    "5|5|5",
    "TT|1|2|3|4|5|6|Ghi chú",
    "Sở|(1)|(2)|(3)|Ghi chú",
    "1|2",
    "3|1|2",
    "(5)|(3)|(9)",
    "6|2|4|3|9|5|7",
    "1|2|2|3|1|4",
    "X|Y",
    "I|Văn phòng|10",
    "12/3|13/3|14/3",
]


@pytest.mark.parametrize(("row", "numbers"), [(r, True) for r in NUMBERS] + [(r, False) for r in NO_NUMBERS])
def test_column_numbers_in_any_notation(row: str, numbers: bool) -> None:
    assert is_numbers_row(row.split("|")) is numbers


@pytest.mark.parametrize("form", ALL)
@pytest.mark.parametrize("style", ["({})", "{}.", "[{}]", "Cột {}", "{}", "({}a)"])
def test_a_row_of_column_numbers_is_part_of_the_heading(form: str, style: str) -> None:
    row = "|".join(style.format(n) for n in range(1, HEADS[form].count("|") + 2))
    submission = read(form_sheet(form, [row, 1, 2]))
    assert (names(submission), observed(submission)) == (TWO[form], [])


BELOW = [
    "Tổng kinh phí: 500 triệu đồng", "Tổng kinh phí|500 triệu đồng", "Tổng số lượt người: 25 lượt người",
    "Trong đó: ngân sách tỉnh 200 triệu, đối tác 300 triệu", "Đồng Hới, ngày 05/9/2019", "Ngày 05/9/2019",
    "05/9/2019", "Lệ Thủy, ngày 05-09-2019", "Đồng Hới, 5.9.2019", "Quảng Bình, tháng 9 năm 2019", "2019-09-05",
    "TP. Đồng Hới ngày 5 tháng 9 năm 2019", "Trong đó ngân sách tỉnh: 10 triệu đồng", "Đơn vị tính: triệu đồng",
    "Ấn định danh sách 02 đoàn", "Số tiền viết bằng chữ: hai trăm triệu đồng", "Địa chỉ: 2 Hồ Xuân Hương",
    "Tài khoản: 3713.0.1234", "Mã QHNS: 1012345", "Thời gian ký: 05/09/2019 10:12:33 +07:00", "[Chữ ký số]",
    "HẾT", "./.",
    "Trên đây là kế hoạch đoàn ra năm 2020 của Sở.", "Kính đề nghị Sở Ngoại vụ xem xét, tổng hợp./.",
    "Số liệu tính đến ngày 31/8/2019", "(Ban hành kèm theo Công văn số 12)", "P. GIÁM ĐỐC",
    "Tổng số: 02 đoàn, trong đó: trong kế hoạch 01, ngoài kế hoạch 01",
    "Tổng chi: 1.200.000 đồng (Một triệu hai trăm)",
    "Nơi nhận:| | | |GIÁM ĐỐC\n- Như trên;| | | |(Ký tên, đóng dấu)\n- Lưu: VT.| | | |Nguyễn Văn An",
]  # fmt: skip


@pytest.mark.parametrize("form", ["02.A", "02.B", "03"])
@pytest.mark.parametrize("below", BELOW)
def test_ordinary_lines_below_the_table_are_non_records(form: str, below: str) -> None:
    for indent in ("", " |"):
        lines = [indent + line for line in below.split("\n")]
        submission = read(form_sheet(form, [1, 2, "", *lines]))
        assert (names(submission), observed(submission)) == (TWO[form], [])


@pytest.mark.parametrize(
    "below",
    ["Ngoài ra còn 02 đoàn đi Lào tháng 10", "Đề nghị Sở Ngoại vụ bổ sung 01 đoàn đi Lào", "Xem tệp thứ hai"],
)
def test_what_may_declare_something_below_the_table_is_said(below: str) -> None:
    assert [code for code, _ in observed(read(form_sheet("02.A", [1, 2, "", below])))] == ["CT09"]


COUNTED = [
    ("ba (03) đoàn (trong đó 02 đoàn trong kế hoạch)", 3),
    ("03 (ba) đoàn", 3),
    ("hai mươi mốt (21) đoàn", 21),
    ("ba đoàn", 3),
    ("năm đoàn", 5),
    ("2 đoàn (trong KH: 1 đoàn; ngoài KH: 1 đoàn)", 2),
    ("04 lượt đoàn", 4),
    ("01 đoàn trong KH, 02 đoàn ngoài KH", 3),
    ("03 đoàn trong kế hoạch và một đoàn ngoài kế hoạch", 4),
    ("03 đoàn, 01 đoàn ngoài KH", 3),
    ("03 đoàn trong KH", 3),
    ("02 đoàn/10 người", 2),
    ("… đoàn", None),
]


@pytest.mark.parametrize(("said", "count"), COUNTED)
def test_a_count_in_words_and_with_its_parts(said: str, count: int | None) -> None:
    assert stated_count(f"I. ĐOÀN RA: Tổng số đoàn ra của cơ quan/đơn vị {said}") == count
    assert stated_count(f"Tổng số đoàn ra trong năm 2019 của Sở: {said}") == count


PLAN = "02.A"
TABLES = [
    ([1, "I. Văn phòng Sở| | | |10", 2], [None, "Văn phòng Sở"]),
    ([1, "II|Văn phòng Sở| | |=SUM(E6:E8)", 2], [None, "Văn phòng Sở"]),
    ([1, 2, "|Cộng Phòng Kế hoạch| | |=SUM(E6:E8)"], [None, None]),
    ([1, 2, " | | | |5"], [None, None]),
    (["|Lào| | |5", 1, "|Châu Á| | |5", 2], ["Lào", "Châu Á"]),
    ([1, 2, "|So với cùng kỳ| | |5", "|Tăng (+), giảm (-)| | |2", "|Tỷ lệ %| | |40%"], [None, None]),
    ([1, 2, " | | | |=SUM(E5:E6)| |3"], [None, None]),
    (["|Tổng số| | |10", 1, 2], [None, None]),
    (["I|Văn phòng Sở| | |10", 1, "a|Đoàn trong kế hoạch| | |5", 2], ["Văn phòng Sở", "Đoàn trong kế hoạch"]),
    ([1, "Trang 1/2", "Mang sang| | | |5", HEADS[PLAN], "Trang trước chuyển sang| | | |5", 2], [None, None]),
    (["|Quý I| | |5", 1, "|Quý II| | |5", 2], [None, None]),
    (["I|Lào", 1, "II|Thái Lan", 2], ["Lào", "Thái Lan"]),
    ([1, 2, "|Tổng số đoàn: 02| | |10", "|Trong đó: - Lào| | |5", "|- Thái Lan| | |5"], [None, None]),
    ([1, 2, "Tổng kinh phí: 300 triệu", "- Ngân sách tỉnh: 200 triệu", "- Đối tác: 100 triệu"], [None, None]),
    ([1, 2, "|x|x|x|x|x|x|x|x|x|x"], [None, None]),
    (["I|Văn phòng Sở| | |10 người|3 nước| | |6 ngày| |150 triệu", 1, 2], ["Văn phòng Sở"] * 2),
]  # fmt: skip


@pytest.mark.parametrize(("body", "units"), TABLES)
def test_tables_with_all_that_offices_put_between_their_rows(body: list, units: list[str | None]) -> None:
    submission = read(form_sheet(PLAN, body))
    assert (names(submission), observed(submission)) == (TWO[PLAN], [])
    assert [r.provenance.unit for r in submission.records] == units


@pytest.mark.parametrize(
    ("line", "heads"),
    [
        ("I|Các đoàn trong kế hoạch", True),
        ("A|Các đoàn của lãnh đạo tỉnh", True),
        ("I|Văn phòng Sở", True),
        ("I|Đoàn học tập tại Lào", False),
        ("I|Các đoàn trong kế hoạch| | |5|Lào", False),
        ("1|Khảo sát giống lúa", False),
        ("1|Đoàn của Sở Y tế", False),
    ],
)
def test_a_section_heads_records_that_bear_no_numbers(line: str, heads: bool) -> None:
    bare = [ROWS["02.A"].format(n=n).replace(f"{n}|", "|", 1) for n in (1, 2)]
    submission = read(form_sheet("02.A", [line, *bare]))
    assert len(names(submission)) == (2 if heads else 3)


@pytest.mark.parametrize("line", ["1|Đoàn của Sở Y tế", "1|Các đoàn của tỉnh", "I|Đoàn của Sở Y tế"])
def test_the_only_row_of_a_form_is_a_record_however_little_it_says(line: str) -> None:
    """Nothing stands below that it could head: taken for a section, the whole file would be a blank form."""
    assert len(names(read(form_sheet("02.A", [line])))) == 1


def test_records_below_a_unit_may_be_numbered_in_two_parts() -> None:
    rows = [ROWS["02.A"].format(n=n).replace(f"{n}|", f"{n}.1|", 1) for n in (1, 2)]
    for sums in ("", "| | |10"):
        submission = read(form_sheet("02.A", ["1|Văn phòng Sở" + sums, rows[0], "2|Trường Y" + sums, rows[1]]))
        assert [r.provenance.unit for r in submission.records] == ["Văn phòng Sở", "Trường Y"]


def test_a_table_may_be_numbered_in_roman() -> None:
    rows = [ROWS["02.A"].format(n=1).replace("1|", "I|", 1), "II|Đoàn hai| | |5"]
    assert names(read(form_sheet("02.A", rows))) == ["Đoàn số 1", "Đoàn hai"]


def test_the_sums_of_section_lines_open_the_sections_of_form_03() -> None:
    body = [
        "I|ĐÃ TỔ CHỨC TRONG NĂM 2019|100|50| |4",
        1,
        "Tổng I|100|50",
        "II|DỰ KIẾN NĂM 2020|100|50| |4",
        2,
        "Tổng II|100",
    ]
    assert [(r.section, r.year) for r in read(form_sheet("03", body)).records] == [("I", 2019), ("II", 2020)]


def test_what_closes_a_table_stands_above_no_further_one() -> None:
    first = form_sheet("02.A", [1, 2, "|Cộng trang", "Tổng số: 02 đoàn", ""])
    start = max(cell.row for cell in first.cells) + 2
    second = form_sheet("02.B", [1], agency="(Kèm theo Báo cáo số    ngày     tháng    năm)", start=f"A{start}")
    submission = read(Grid("Sheet1", 0, (*first.cells, *second.cells)))
    assert [(t.form, len(t.records)) for t in submission.tables] == [("02.A", 2), ("02.B", 1)]
    assert observed(submission) == []


@pytest.mark.parametrize("line", [
    {"Trưởng": "Giám đốc Koica", "Danh nghĩa": "Chương trình tình nguyện"},
    {"Trưởng": "Trưởng phòng Đào tạo", "Nội dung": "dưỡng quản lý di sản"},
    {"Trưởng": "Chủ tịch Hội", "Đến nước": "Lào"}, {"Trưởng": "Giám đốc Sở", "Đến nước": "Hàn Quốc"},
    {"Trưởng": "Giám đốc Koica", "Thời gian": "Tháng 7/2020"},
])  # fmt: skip
def test_part_of_a_delegation_below_the_table_is_no_signature(line: dict[str, str]) -> None:
    submission = read(form_sheet("02.A", [1, 2, line]))
    assert (names(submission), [code for code, _ in observed(submission)]) == (TWO["02.A"], ["CT09"])


@pytest.mark.parametrize("line", [
    {"Tên": "Người lập biểu", "Nội dung": "GIÁM ĐỐC"}, {"Tên": "Nguyễn Văn Nam", "Nội dung": "Giám đốc"},
    {"Tên": "PHÒNG TỔNG HỢP", "Nội dung": "GIÁM ĐỐC"}, {"Tên": "- Như trên;", "Nội dung": "KT. GIÁM ĐỐC"},
    {"Tên": "0912 345 678", "Nội dung": "Thủ trưởng đơn vị"},
])  # fmt: skip
def test_a_signature_is_none_of_the_table(line: dict[str, str]) -> None:
    submission = read(form_sheet("02.A", [1, 2, line]))
    assert (names(submission), observed(submission)) == (TWO["02.A"], [])


def test_a_delegation_of_which_nothing_but_its_name_is_given_is_said() -> None:
    submission = read(form_sheet("02.A", [1, {"Tên": "Đoàn Sở Giáo dục tỉnh Savannakhet"}, 2]))
    assert (names(submission), observed(submission)) == (TWO["02.A"], [("CT09", "B6")])


@pytest.mark.parametrize("line", [
    {"Trưởng": "Giám đốc Sở", "Nội dung": "kết thỏa thuận"}, {"Đến nước": "Đức", "Số ngày": "3"},
    {"Đối tác": "Bộ Y tế", "Nội dung": "Ký kết", "Nguồn": "Đối tác: 50 triệu"},
])  # fmt: skip
def test_what_goes_on_below_a_numbered_delegation_is_no_further_one(line: dict[str, str]) -> None:
    submission = read(form_sheet("02.A", [1, line, 2]))
    assert (names(submission), [code for code, _ in observed(submission)]) == (TWO["02.A"], ["CT09"])


@pytest.mark.parametrize(
    "line", [{"TT": "VD"}, {"Tên": "Ví dụ: Đoàn thăm Lào"}, {"TT": "1", "Tên": "(VD) Đoàn A"}]
)
def test_an_example_of_how_to_fill_in_is_no_delegation(line: dict[str, str]) -> None:
    full = {"Tên": "Đoàn A", "Trưởng": "Giám đốc", "Số thành": "5", "Đến nước": "Lào", "Nội dung": "Hội đàm"}
    submission = read(form_sheet("02.A", [full | line, 1, 2]))
    assert (names(submission), observed(submission)[0][0]) == (TWO["02.A"], "CT09")


@pytest.mark.parametrize(("note", "codes"), [
    ("Ghi chú: Ngoài ra Sở dự kiến bổ sung 01 đoàn đi Đức", ["CT09"]), ("Lưu ý: hủy đoàn số 2", ["CT09"]),
    ("Lưu ý: Để việc xây dựng kế hoạch đoàn ra theo đúng quy định, đề nghị bám sát hướng dẫn", []),
])  # fmt: skip
def test_a_note_that_adds_or_cancels_a_delegation_is_said(note: str, codes: list[str]) -> None:
    submission = read(form_sheet("02.A", [1, 2, "", note]))
    assert (names(submission), [code for code, _ in observed(submission)]) == (TWO["02.A"], codes)


@pytest.mark.parametrize("line", ["1|0", "|0", "1|0|0|0|0|0|0|0|0|0|0"])
def test_a_zero_for_a_name_is_a_nil_return(line: str) -> None:
    (table,) = read(form_sheet("02.A", [line])).tables
    assert (table.nil, table.records) == (True, ())


@pytest.mark.parametrize("form", ALL)
@pytest.mark.parametrize("page", ["Trang 2/3", "Trang 2", "- Trang 2 -"])
def test_a_page_number_within_a_table_ends_nothing(form: str, page: str) -> None:
    section = {"TT": "II", "Tên": "Chi cục Kiểm lâm"} if form != "03" else {}
    submission = read(form_sheet(form, [*DONE.get(form, []), 1, {"Thời gian": page}, section, 2]))
    assert (names(submission), observed(submission)) == (TWO[form], [])


def test_numbers_with_a_stroke_are_running_numbers() -> None:
    one, two = (ROWS["02.A"].format(n=n).replace(f"{n}|", f"{n}/|", 1) for n in (1, 2))
    submission = read(form_sheet("02.A", [one, {"Tên": "Trung tâm Xúc tiến đầu tư"}, two]))
    assert (names(submission), [r.provenance.unit for r in submission.records][1:]) == (
        TWO["02.A"], ["Trung tâm Xúc tiến đầu tư"]
    )  # fmt: skip


def test_a_row_crossed_out_but_for_a_column_of_the_senders_is_said() -> None:
    heads = HEADS["02.A"] + "|Ghi chú"
    submission = read(form_sheet("02.A", [1, 2, "|".join(["9", *["-"] * 10, "bỏ"])], heads=heads))
    assert (names(submission), observed(submission)) == (TWO["02.A"], [("CT09", "A7")])


def test_a_list_without_section_rows_is_told_apart_by_its_rows_own_times() -> None:
    times = ("10/5/2019", "Quý II/2020", "2020-03-01", "Quý III", "12/2018")
    lines = [{"Tên": f"Hội thảo số {n}", "Thời gian": t, "Địa điểm": "Huế"} for n, t in enumerate(times)]
    (table,) = read(form_sheet("03", lines)).tables
    assert [(r.section, r.year) for r in table.records] == [
        ("I", 2019), ("II", 2020), ("II", 2020), ("I", 2019), ("I", 2019)
    ]  # fmt: skip
    (table,) = read(form_sheet("03", [*DONE["03"], *lines])).tables
    assert {r.section for r in table.records} == {"I"}


@pytest.mark.parametrize("line", [
    {"TT": "a", "Thời gian": "15/8/2019"}, {"Chủ đề": "Sở Y tế"}, {"Địa điểm": "Trung tâm Hội nghị tỉnh"},
])  # fmt: skip
def test_a_word_in_a_column_of_its_own_opens_no_section(line: dict[str, str]) -> None:
    submission = read(form_sheet("03", [*DONE["03"], 1, line, 2]))
    assert [code for code, _ in observed(submission) if code == "CT09"] or len(submission.records) == 3
    assert {r.section for r in submission.records} == {"I"}


@pytest.mark.parametrize("label", [
    "II. DỰ KIẾN NĂM 2020", "DỰ KIẾN HỘI NGHỊ, HỘI THẢO TỔ CHỨC NĂM 2020", "* Dự kiến năm 2020", "(2) Sẽ tổ chức",
    "II",
    "Các hội nghị, hội thảo dự kiến tổ chức", "Hội nghị, hội thảo năm 2020", "Kế hoạch 2020:", "Phần 2: Dự kiến",
])  # fmt: skip
@pytest.mark.parametrize("column", ["TT", "Tên", "Chủ đề"])
def test_a_section_is_opened_in_whatever_column_its_title_stands(label: str, column: str) -> None:
    submission = read(form_sheet("03", [*DONE["03"], 1, {column: label}, 2]))
    assert ([r.section for r in submission.records], observed(submission)) == (["I", "II"], [])


def test_a_delegation_without_number_of_which_only_the_members_are_given_is_no_section() -> None:
    line = {"Tên": "Đoàn Hội Hữu nghị Lào - Việt tỉnh Bolikhamxay", "Số thành viên": "10"}
    assert len(read(form_sheet("02.B", [1, line, 2])).records) == 3


@pytest.mark.parametrize("line", [
    "Ghi chú: thời gian dự kiến có thể thay đổi", "Hội thảo dự kiến về biến đổi khí hậu", "Tổng cộng năm 2020",
])  # fmt: skip
def test_a_remark_a_sum_and_a_conferences_name_open_no_section(line: str) -> None:
    submission = read(form_sheet("03", [*DONE["03"], 1, {"Tên": line}, 2, 3]))
    assert [r.section for r in submission.records][:1] == ["I"]
    assert line.startswith("Tổng") or {r.section for r in submission.records} == {"I"}


@pytest.mark.parametrize("form", ALL)
@pytest.mark.parametrize(
    "time", ["Quý    /2020", "Quý …/2020", "Từ ngày … đến ngày …", "Tháng .../2020", "0", "Quý .../20..."]
)
def test_prepared_rows_that_nobody_filled_in_are_no_records(form: str, time: str) -> None:
    prepared = [{"TT": str(n), "Thời gian": time} for n in (3, 4)]
    submission = read(form_sheet(form, [*DONE.get(form, []), 1, 2, *prepared]))
    assert (names(submission), observed(submission)) == (TWO[form], [])


@pytest.mark.parametrize("time", ["Quý I/2020", "12/3", "Từ tháng 5 đến tháng 6"])
def test_a_numbered_row_with_a_time_alone_is_a_record(time: str) -> None:
    assert len(read(form_sheet("02.A", [1, 2, {"TT": "3", "Thời gian": time}])).records) == 3


HINTS = [
    {"Số thành viên": "(người)", "Số ngày": "(ngày)", "Nguồn": "(triệu đồng)"},
    {"Trưởng đoàn": "(ghi rõ họ tên)", "Đến nước": "(theo lộ trình)"},
    {"Số thành viên": "người", "Nguồn": "Triệu đồng"},
    {
        "Tên": "(ghi đầy đủ)", "Danh nghĩa": "(đối ngoại, đào tạo...)", "Trưởng đoàn": "(tên, chức vụ)",
        "Số thành viên": "(người)", "Đến nước": "(theo lộ trình)", "Số ngày": "(ngày)",
        "Thời gian": "(ví dụ: Quý II/2020)", "Nguồn": "(VNĐ)",
    },
]  # fmt: skip


@pytest.mark.parametrize("hints", HINTS)
@pytest.mark.parametrize("numbers", [True, False])
def test_units_and_hints_below_the_labels_are_part_of_the_heading(hints: dict[str, str], numbers: bool) -> None:
    row = ["|".join(f"({n})" for n in range(1, 12))] if numbers else []
    for above in ([hints, *row], [*row, hints]):
        submission = read(form_sheet("02.A", [*above, 1, 2]))
        assert (names(submission), observed(submission)) == (TWO["02.A"], [])


@pytest.mark.parametrize("line", [
    "Đề nghị Sở Ngoại vụ xem xét, tổng hợp trình UBND tỉnh./.", "Kính gửi Sở Ngoại vụ tổng hợp, báo cáo. /.",
])  # fmt: skip
def test_the_closing_line_of_a_letter_is_none_of_the_table(line: str) -> None:
    submission = read(form_sheet("02.A", [1, 2, {"TT": line.replace(" /.", "/.")}]))
    assert (names(submission), observed(submission)) == (TWO["02.A"], [])


@pytest.mark.parametrize("label", ["Quý I", "Quý II/2020", "Tháng 5 năm 2020", "Các đoàn đi Lào"])
def test_a_group_without_a_number_is_a_section(label: str) -> None:
    submission = read(form_sheet("02.A", [{"Tên": label}, 1, 2]))
    assert (names(submission), observed(submission)) == (TWO["02.A"], [])
    assert {r.provenance.unit for r in submission.records} == {label}


@pytest.mark.parametrize(("label", "is_section"), [
    ("Quý I", True), ("Tháng 5/2020", True), ("Các đoàn đi Lào", True), ("Đoàn của Sở đi Lào", False),
    ("Quý Công ty", False), ("Đoàn đi Lào quý I", False), ("+ Đoàn số 1 chờ ý kiến", True),
])  # fmt: skip
def test_what_names_no_delegation_is_a_section_where_records_have_no_numbers(label: str, is_section: bool) -> None:
    bare = [f"|Đoàn số {n}|Thăm|Giám đốc|5|Lào|Sở Y tế|Hội đàm|3|Quý II/2020|Ngân sách tỉnh" for n in (1, 2)]
    found = names(read(form_sheet("02.A", [bare[0], {"Tên": label}, bare[1]])))
    assert found == ["Đoàn số 1", *([] if is_section else [label]), "Đoàn số 2"]


UNIT, OTHER = {"TT": "1", "Tên": "Chi cục Thủy sản"}, {"TT": "2", "Tên": "Trường Trung cấp Nghề"}
NUMBERED = [
    ([UNIT, 1, 2, OTHER, 1, 2], [UNIT["Tên"]] * 2 + [OTHER["Tên"]] * 2),
    ([UNIT, 1, 2, OTHER, 3, 4], [UNIT["Tên"]] * 2 + [OTHER["Tên"]] * 2),
    ([1, OTHER, 3], [None, None, None]),
    ([1, 2, {"TT": "3", "Tên": "Chi cục Thủy sản"}], [None, None, None]),
    ([{**UNIT, "Đến nước": "Lào"}, 1, 2], [None, None, None]),
    ([{"TT": "1", "Tên": "Đoàn Sở Y tế Khăm Muồn"}, 1, 2], [None, None, None]),
]


@pytest.mark.parametrize(("body", "units"), NUMBERED)
def test_a_units_number_that_breaks_those_of_the_records_heads_them(
    body: list[int | dict[str, str]], units: list[str | None]
) -> None:
    submission = read(form_sheet("02.A", body))
    assert [record.provenance.unit for record in submission.records] == units


PARTS = [
    ([1, 2, "|Tổng cộng: 02 đoàn", 3, "|Tổng số đoàn: 03 đoàn"], []),
    (["I|Văn phòng Sở", 1, 2, "|Tổng số: 02 đoàn", "II|Chi cục Dân số", 3, "|Tổng số: 01 đoàn"], []),
    ([1, 2, "|Tổng số đoàn: 01 đoàn", 3], ["CT07"]),
    ([1, 2, 3, "|Tổng số đoàn: 02 đoàn"], ["CT07"]),
]


@pytest.mark.parametrize(("body", "codes"), PARTS)
def test_a_count_among_the_records_is_of_those_above_it(body: list[int | str], codes: list[str]) -> None:
    assert [code for code, _ in observed(read(form_sheet("02.A", body)))] == codes


@pytest.mark.parametrize("label", ["TỔNG CỘNG", "Tổng:", "Cộng", ""])
def test_sums_before_their_label_or_without_one_are_no_record(label: str) -> None:
    moved = "TT|Số lượng đại biểu Việt Nam|Số lượng đại biểu có quốc tịch nước ngoài|Số ngày|Địa điểm tổ chức|"
    heads = (
        moved
        + "Tên Hội nghị, hội thảo quốc tế|Chủ đề, nội dung hội nghị, hội thảo|Thời gian thực hiện|Tổng kinh phí"
    )
    rows = [f"{n}|50|25|2|Đồng Hới|Hội thảo số {n}|Du lịch|1{n}/9/2019|Ngân sách tỉnh 50 triệu" for n in (1, 2)]
    for body in ([*rows, f"|100|50|4||{label}"], [rows[0], f"|50|25|2||{label}", rows[1]]):
        submission = read(form_sheet("03", [*DONE["03"], *body], heads=heads))
        assert (names(submission), observed(submission)) == (TWO["03"], [])


def test_a_name_behind_counts_is_a_record() -> None:
    heads = "TT|Số thành viên|Số ngày|Tên đoàn|Danh nghĩa đoàn|Trưởng đoàn|Đến nước|Đối tác làm việc|"
    sheet = form_sheet(
        "02.A",
        [
            "1|5|3|Đoàn số 1|Đoàn đối ngoại|Giám đốc Sở|Lào|Sở Y tế|Hội đàm|Quý II/2020|Ngân sách tỉnh",
            "2|5|3|Đoàn số 2",
        ],
        heads=heads + "Nội dung hoạt động|Thời gian thực hiện|Nguồn kinh phí",
    )
    assert names(read(sheet)) == TWO["02.A"]
