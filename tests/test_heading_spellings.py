"""Headings and letterheads as offices write them: numbers of footnotes, translations, all in one cell, or none."""

from collections.abc import Callable

import pytest
from formsheets import HEADS, ROWS, TITLES, form_sheet, names, observed, read
from pipetable import grid

ENGLISH = (
    "No",
    "Delegation",
    "Type",
    "Head",
    "Members",
    "Countries",
    "Partners",
    "Content",
    "Days",
    "Time",
    "Money",
)
NARROW = (
    "STT",
    "Tên đoàn CT",
    "DN đoàn",
    "Tr. đoàn",
    "SL TV",
    "Nước đến",
    "Đối tác LV",
    "ND hoạt động",
    "SN",
    "TG",
    "KP",
)
SPELLINGS: dict[str, Callable[[int, str], str]] = {
    "raised": lambda at, label: label + "¹²³⁴⁵⁶⁷⁸⁹"[at % 9],
    "raised by its format": lambda at, label: f"{label}{at + 1}",
    "on the first line": lambda at, label: f"{label}²\\n(ghi rõ)" if at else label,
    "the column's number": lambda at, label: f"({at + 1}) {label}",
    "its number below": lambda at, label: f"{label}\\n({at + 1})",
    "translated below": lambda at, label: f"{label}\\n{ENGLISH[at]}",
    "translated behind": lambda at, label: f"{label}/{ENGLISH[at]}",
    "shortened": lambda at, _: NARROW[at],
    "underscores": lambda _, label: label.replace(" ", "_"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_label_is_known_however_it_is_numbered(spelling: str) -> None:
    heads = "|".join(SPELLINGS[spelling](*item) for item in enumerate(HEADS["02.A"].split("|")))
    submission = read(form_sheet("02.A", [1, 2], heads=heads))
    assert (names(submission), observed(submission)) == (["Đoàn số 1", "Đoàn số 2"], [])


@pytest.mark.parametrize("head", [
    "UBND TỈNH QUẢNG BÌNH\\nTên cơ quan, đơn vị: Sở Y tế\\n{title}",
    "Cơ quan, đơn vị:\\nSở\\nY tế\\nMẫu số 02.A\\n{title}",
    "Tên cơ quan, đơn vị: Sở Y tế\\nBiểu tổng hợp",
])  # fmt: skip
def test_the_agency_is_found_in_a_cell_with_the_whole_letterhead(head: str) -> None:
    submission = read(form_sheet("02.A", [1, 2], agency=head.format(title=TITLES["02.A"])))
    assert submission.agency is not None
    assert submission.agency.name == "Sở Y tế"


@pytest.mark.parametrize(("head", "numbers", "read_on"), [
    ([], (3, 4), True), (["(tiếp theo)"], (3, 4), True), (["Mẫu 02.A (tiếp)"], (3,), True), ([], (1, 2), False),
    (["Danh sách khác"], (3, 4), False),
])  # fmt: skip
def test_a_sheet_without_heading_goes_on_with_the_table_before(
    head: list[str], numbers: tuple[int, ...], read_on: bool
) -> None:
    rows = [*head, *(ROWS["02.A"].format(n=n) for n in numbers)]
    further = grid("\n".join(f"| {row.replace('|', ' | ')} |" for row in rows), name="Trang 2", index=1)
    submission = read(form_sheet("02.A", [1, 2]), further)
    assert len(submission.records) == 2 + read_on * len(numbers)
    assert observed(submission) == ([] if read_on else [("CT03", "A1")])


def test_a_list_of_persons_on_the_next_sheet_is_no_part_of_the_table() -> None:
    persons = grid("| 3 | Nguyễn Văn A | Chuyên viên | Sở | Nam | 1980 | Đại học | x |", name="Cán bộ", index=1)
    assert observed(read(form_sheet("02.A", [1, 2]), persons)) == [("CT03", "A1")]


@pytest.mark.parametrize(("stated", "codes"), [(4, []), (2, []), (3, ["CT07"])])
def test_a_stated_count_may_be_of_a_table_that_goes_on(stated: int, codes: list[str]) -> None:
    first = form_sheet("01.A", [1, 2, f"Tổng số đoàn ra: {stated} đoàn"])
    rows = "\n".join(f"| {ROWS['01.A'].format(n=n).replace('|', ' | ')} |" for n in (3, 4))
    submission = read(first, grid(rows, name="Trang 2", index=1))
    assert [o.code for o in submission.observations] == codes


@pytest.mark.parametrize(("lines", "nil"), [
    ([TITLES["02.B"], "Không có"], ["02.B"]),
    (["Mẫu 02.B", TITLES["02.B"], "(Kèm theo …)", "Không phát sinh"], ["02.B"]),
    ([f"{TITLES['02.B']}: Không có"], ["02.B"]), ([TITLES["02.B"], "Đơn vị không có đoàn vào năm 2020"], ["02.B"]),
    ([TITLES["02.B"], "Không có", TITLES["01.A"], "", "Không có", TITLES["03"], "Không"], ["02.B", "01.A", "03"]),
    (["Không có"], []), (["Ghi chú: Năm 2020 đơn vị không có đoàn ra"], []),
])  # fmt: skip
def test_a_form_below_a_table_of_which_there_is_none_is_a_nil_return(lines: list[str], nil: list[str]) -> None:
    submission = read(form_sheet("02.A", [1, 2, "", *lines]))
    assert [(t.form, len(t.records), t.nil) for t in submission.tables] == [
        ("02.A", 2, False), *((form, 0, True) for form in nil)
    ]  # fmt: skip
    assert observed(submission) == []


def test_forms_above_the_first_table_of_which_there_is_none_are_nil_returns() -> None:
    table = [TITLES["02.A"], HEADS["02.A"], ROWS["02.A"].format(n=1)]
    lines = ["Sở Y tế", "", TITLES["01.A"], "Đơn vị không có đoàn ra", "", f"{TITLES['01.B']}: Không", *table]
    submission = read(grid("\n".join(f"| {line.replace('|', ' | ')} |" for line in lines)))
    assert [(t.form, len(t.records), t.nil) for t in submission.tables] == [
        ("01.A", 0, True), ("01.B", 0, True), ("02.A", 1, False)
    ]  # fmt: skip
    assert (observed(submission), submission.agency and submission.agency.name) == ([], "Sở Y tế")


BASIS = "Căn cứ Công văn số 1566/UBND-NV về báo cáo đoàn ra, đoàn vào năm 2019 và kế hoạch năm 2020"
SHORT = {
    "01.A": "ĐOÀN RA NĂM 2019",
    "01.B": "ĐOÀN VÀO NĂM 2019",
    "02.A": "ĐOÀN RA NĂM 2020",
    "02.B": "ĐOÀN VÀO NĂM 2020",
}


@pytest.mark.parametrize("form", SHORT)
@pytest.mark.parametrize(
    "above", [[BASIS], ["SỐ LIỆU NĂM 2019 VÀ KẾ HOẠCH NĂM 2020"], ["Thực hiện Công văn về kế hoạch đoàn vào"]]
)
@pytest.mark.parametrize("before", sorted(SHORT))
def test_a_short_title_is_a_tables_own_whatever_stands_above(form: str, above: list[str], before: str) -> None:
    first = [TITLES[before], HEADS[before], ROWS[before].format(n=1)]
    second = [*above, SHORT[form], HEADS[form], ROWS[form].format(n=2)]
    for tables, forms in ((second, [form]), ([*first, "", *second], [before, form])):
        lines = "\n".join(f"| {line.replace('|', ' | ')} |" for line in tables)
        assert [t.form for t in read(grid(lines)).tables] == forms


def test_a_title_over_two_lines_may_have_its_year_on_the_first() -> None:
    lines = ["BẢNG TỔNG HỢP ĐI NƯỚC NGOÀI NĂM 2018", "CỦA CÁN BỘ THUỘC BAN THƯỜNG VỤ TỈNH ỦY QUẢN LÝ",
             "TT|Họ tên|Chức vụ|Đến nước|Nội dung hoạt động|Thời gian đi|Ghi chú",
             "1|Nguyễn Văn A|Giám đốc Sở|Lào|Hội đàm|12/3/2019|"]  # fmt: skip
    (table,) = read(grid("\n".join(f"| {line.replace('|', ' | ')} |" for line in lines))).tables
    assert (table.form, table.year, len(table.records)) == ("CBDNN", 2018, 1)


TURNS = [
    ("I. ĐOÀN RA", "II. ĐOÀN VÀO"), ("Phần I: Đoàn ra", "Phần II: Đoàn vào"),
    ("I/ Các đoàn ra", "II/ Các đoàn vào"),
    ("Danh sách đoàn ra", "Danh sách đoàn vào"), ("(1) Đoàn ra", "(2) Đoàn vào"), ("* Đoàn ra", "* Đoàn vào"),
    ("I. Đoàn đi nước ngoài", "II. Đoàn khách nước ngoài"), ("Mẫu 01.A", "Mẫu 01.B"),
    ("Biểu 1: Đoàn ra", "Biểu 2: Đoàn vào"),
]  # fmt: skip


@pytest.mark.parametrize(("out", "into"), TURNS)
@pytest.mark.parametrize("heading", [True, False])
def test_a_line_of_any_shape_turns_a_table_to_the_other_direction(out: str, into: str, heading: bool) -> None:
    head, one = HEADS["01.A"], ROWS["01.A"]
    two = one.format(n=2).replace("BC số 1/BC-SYT ngày 5/4/2019", "")
    table = [out, head, one.format(n=1), into, head, two] if heading else [head, out, one.format(n=1), into, two]
    lines = ["Sở Y tế", "BÁO CÁO ĐOÀN RA, ĐOÀN VÀO NĂM 2019", *table]
    submission = read(grid("\n".join(f"| {line.replace('|', ' | ')} |" for line in lines)))
    assert [(r.form, r.text("name")) for r in submission.records] == [("01.A", "Đoàn số 1"), ("01.B", "Đoàn số 2")]
    assert observed(submission) == []


@pytest.mark.parametrize("name", ["Đoàn khách quốc tế thăm Phong Nha", "Đoàn ra nước ngoài học tập kinh nghiệm"])
def test_a_delegations_name_turns_no_table(name: str) -> None:
    submission = read(form_sheet("01.A", [1, {"Tên": name}, 2]))
    assert {r.form for r in submission.records} == {"01.A"}


RETYPED = {
    "01.A": "STT|Tên đoàn đi nước ngoài|Danh nghĩa đi|Người dẫn đoàn|Số cán bộ đi|Nước thăm và làm việc|"
    "Cơ quan mời|Mục đích công tác|Thời gian đi công tác|Kinh phí đã sử dụng|Báo cáo|Trong chương trình|Đột xuất",
    "01.B": "STT|Tên đoàn khách quốc tế|Hình thức đoàn|Trưởng đoàn khách|Số lượng khách|Thuộc nước|"
    "Đơn vị tiếp và làm việc|Mục đích đến|Thời gian đến làm việc|Kinh phí đón tiếp|Trong KH|Phát sinh",
    "02.A": "STT|Tên chuyến công tác|Danh nghĩa|Trưởng đoàn công tác|Số người tham gia|Nước công tác|Đối tác mời|"
    "Hoạt động chính|Thời lượng|Quý thực hiện|Nguồn kinh phí đảm bảo",
    "02.B": "STT|Đoàn khách quốc tế|Danh nghĩa|Trưởng đoàn phía bạn|Số khách|Quốc tịch đoàn|Nội dung chuyến thăm|"
    "Số ngày đi|Dự kiến quý|Nguồn kinh phí chi trả",
    "03": "STT|Hội nghị, hội thảo|Đại biểu Việt Nam tham dự|Đại biểu quốc tế tham dự|Chủ đề|Thời lượng|"
    "Thời gian diễn ra|Địa điểm diễn ra|Kinh phí thực hiện",
}


@pytest.mark.parametrize("form", RETYPED)
def test_headings_retyped_in_other_words_name_the_same_columns(form: str) -> None:
    submission = read(form_sheet(form, [1, 2], heads=RETYPED[form]))
    official = read(form_sheet(form, [1, 2]))
    assert observed(submission) == []
    assert [r.texts for r in submission.records] == [r.texts for r in official.records]


@pytest.mark.parametrize(
    "extra", ["Nội dung chi trả", "Kinh phí đã sử dụng", "Số ngày lưu trú", "Đối tác mời", "Số người đi"]
)
def test_a_further_column_with_more_words_is_no_part_of_the_official_one(extra: str) -> None:
    sheet = form_sheet("02.A", [ROWS["02.A"].format(n=1) + "|Khác"], heads=f"{HEADS['02.A']}|{extra}")
    (record,) = read(sheet).records
    (plain,) = read(form_sheet("02.A", [1])).records
    assert record.texts == plain.texts
    assert record.extras == {extra: "Khác"}


@pytest.mark.parametrize("form", HEADS)
@pytest.mark.parametrize("dropped", [0, 1])
def test_a_heading_printed_again_without_one_of_its_labels_begins_no_other_table(form: str, dropped: int) -> None:
    heads = RETYPED[form]
    again = heads.split("|")
    again[len(again) - dropped :] = ["(x)"] * dropped
    first, second = (ROWS[form].format(n=n) for n in (1, 2))
    section = ["I. THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG NĂM 2019"] if form == "03" else []
    submission = read(form_sheet(form, [*section, first, "|".join(again), second], heads=heads))
    assert [(r.form, r.texts) for table in submission.tables for r in table.records] == [
        (form, r.texts) for r in read(form_sheet(form, [*section, 1, 2])).records
    ]
    assert observed(submission) == []
