"""Counts, breakdowns per country, and numbers as official texts print them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.vietnamese.breakdowns import read_breakdown
from doingoai_cli.vietnamese.counts import read_count
from doingoai_cli.vietnamese.numbers import format_decimal, format_number, read_roman, roman
from doingoai_cli.vietnamese.tables import names

# fmt: off
COUNTS = {
    # as the forms are filled in
    "05": 5, "5": 5, "7.0": 7, "07 người": 7, "05 người (02 nữ)": 5, "10 (có danh sách kèm theo)": 10,
    "01 Đoàn": 1, "55 cán bộ": 55, "gồm 02 thành viên": 2, "Đoàn gồm 05 đồng chí": 5, "05 đ/c": 5, "5ng": 5,
    "Tổng số: 05 người": 5, "- 05 người": 5, "05\n(02 nữ)": 5, "(05 người)": 5, "số lượng: 08": 8,
    "12 thành viên do ông A làm trưởng đoàn": 12, "01 người (Phó Giám đốc Sở)": 1, "03 người/chuyến": 3,
    "05 cán bộ Sở Kế hoạch và Đầu tư": 5, "05 cán bộ, giáo viên": 5, "dự kiến 05 người": 5,
    "05 ngày kể cả thời gian đi về": 5, "5 ngày 4 đêm": 5, "08 ngày cả đi và về": 8,
    # in words
    "ba": 3, "Ba cán bộ": 3, "ba (03) người": 3, "05 (năm) người": 5, "mười": 10, "mười hai": 12,
    "mười lăm ngày": 15, "hai mươi lăm người": 25, "hai mươi mốt": 21, "một trăm linh năm": 105,
    "một nghìn hai trăm năm mươi": 1250,
    # thousands
    "1.250 đại biểu": 1250, "1,250": 1250, "1 250 đại biểu": 1250,
    # one number inside another, or beside it
    "05 người, trong đó 02 nữ": 5, "05 người gồm 02 nữ và 03 nam": 5, "05 người: 01 trưởng đoàn, 04 thành viên": 5,
    "01 trưởng đoàn và 04 thành viên": 5, "01 trưởng đoàn, 04 thành viên": 5, "02 nam, 03 nữ": 5, "4+1=5": 5,
    "04+01 phiên dịch": 5, "01 đoàn/05 người": 5, "01 đoàn, 05 người": 5, "01 đoàn gồm 05 thành viên": 5,
    "6 người đi, 6 người về": 6, "- 1. Lãnh đạo: 02\n- 2. Chuyên viên: 03": 5,
    "3 nam/2 nữ": 5, "GĐ, 01 PGĐ và 04 trưởng phòng": 6,
    # a total behind its parts
    "Lãnh đạo: 02\nChuyên viên: 03\nTổng: 05": 5, "02 lãnh đạo; 03 chuyên viên. Tổng số là 05 người": 5,
    "Nam: 3; Nữ: 2; Cộng: 5": 5, "02 LĐ, 03 CV\nTổng cộng: 6": 6, "03 chuyên viên, 02 tổng giám đốc": 5,
    "3 ngày tại Lào, 2 ngày tại Thái Lan; tổng cộng 05 ngày": 5,
    # a list that is numbered
    "1. Lãnh đạo: 02\n2. Chuyên viên: 03": 5, "1) 02 lãnh đạo; 2) 03 chuyên viên": 5,
    "a) Lãnh đạo: 02\nb) Chuyên viên: 03": 5, "(1) LĐ: 2; (2) CV: 3; Cộng: 5": 5,
    "UBND tỉnh (1), Sở Ngoại vụ (2)": 3, "Bảy (07)": 7, "Sở A (1), Sở B (2).": 3, "- 01 đoàn, 06 người": 6,
    "Lào (02 ngày), Thái Lan (03 ngày)": 5, "05 ngày (12-16/5/2020)": 5, "05 ngày từ 12-16/5": 5,
    "Đợt 1: 5 người; đợt 2: 3 người": 8, "07 người, chia 02 đợt": 7, "15 người dự hội thảo": 15, "3 nam 4 nữ": 7,
    # one delegation and whoever is in it
    "01 đoàn gồm:\n- 05 lãnh đạo\n- 03 lái xe": 8, "01 đoàn: 1) 05 lãnh đạo; 2) 03 lái xe": 8,
    "01 đoàn; 05 người": 5,
    "01 đoàn bao gồm lãnh đạo 05, lái xe 03": 8, "01 đoàn công tác của Sở gồm 05 người": 5, "01 đoàn\n05 người": 5,
    "01 đoàn\n- Lãnh đạo: 05\n- Lái xe: 03": 8, "01 đoàn (05 người, 02 nữ)": 5, "01 đoàn (gồm 05 LĐ, 03 CV)": 8,
    "Một đoàn gồm (1) 05 lãnh đạo (2) 03 lái xe": 8, "01 đoàn gồm: lãnh đạo (5), lái xe (3)": 8,
    "01 đoàn 05 người có 02 nữ": 5, "05 người có 02 nữ": 5, "05 người/02 nữ": 5, "01 đoàn có 02 nữ, 03 nam": 5,
    "01 đoàn\nTheo QĐ số 123": 1, "01 đoàn (QĐ số 123)": 1,
    "01 đoàn\n02 đoàn": 3, "01 đoàn của UBND tỉnh": 1,
    # a list that is numbered in brackets, with numbers in brackets
    "(1) lãnh đạo (18)\n(2) lái xe (3)\n(3) CBCC (2)": 23, "(1) lái xe (2)\n(2) CBCC (3)": 5,
    # values that the check refuses with its limit
    "= 15 người: (1) 01 lãnh đạo; (2) 14 chuyên viên": 15, "=15 (01 lãnh đạo, 14 chuyên viên)": 15, "= 5 + 2": 7,
    "Tổng số = 15 người: 01 lãnh đạo; 14 CV": 15, "= 1.033 đại biểu: (1) 9 cấp bộ; (2) 1.024 cấp tỉnh": 1033,
    "GĐ, PGĐ và 04 chuyên viên": 6, "14 người và trưởng đoàn": 15, "05 và phiên dịch": 6, "05 cán bộ và lái xe": 5,
    "05 người, phiên dịch": 5, "Dự kiến 5 người tham gia": 5, "05 người (kế hoạch 10)": 5,
    "15 người: i) 01 lãnh đạo; ii) 14 CV": 15, "10 người I-xra-en": 10,
    "7 = 5 + 2": 7, "07 người = 05 Sở + 02 huyện": 7,
    # a list behind its total, whatever numbers, marks or breaks it
    "07 người, trong đó: 1) 06 chuyên viên 2) 01 lái xe": 7, "07 người gồm a) CBCC: 6; b) lái xe: 01": 7,
    "07 người - 1. 06 chuyên viên\n2. 01 lái xe": 7, "Tổng số 07, trong đó a) 05\ncán bộ; b) 02\nlái xe": 7,
    "09 người\nlái xe:\n3\ncán bộ:\n6": 9, "bảy cán bộ\nbốn lái xe": 11, "Tổng: 01 đoàn/07 người\n5 LĐ, 2 CV": 7,
    "05 LĐ, 02 CV = 01 đoàn/07 người": 7, "Lãnh đạo (2), lái xe (5). Tổng cộng: 07 người": 7,
    "07 người: lãnh đạo (2), lái xe (5)": 7, "1. Lãnh đạo (2)\n2. Lái xe (5)": 7,
    "Phó Giám đốc - 06; lái xe - 03": 9, "Lãnh đạo = 2, lái xe = 5": 7, "trưởng đoàn - 05 chuyên viên": 6,
    # what the plan or another year had, and marks of a note
    "02 LĐ; 03 CV\nCộng: 05 người*": 5, "05 người (kế hoạch: 40)": 5, "05 người (đạt 100%)": 5, "05 người¹": 5,
    "05 người (tăng 3 so với năm 2018)": 5, "02 LĐ, 03 CV (năm 2018: 12)": 5,
    "5\n3\n2": 5, "8\n- 5\n- 3": 8, "5\n02 nữ": 5, "'05": 5, "’5 người": 5,
    "0": 0, "Không": 0, "-2": -2, "\u22122": -2,
}

NO_COUNTS = [
    "", "-", "…", "vài", "vài chục", "mấy người", "5-7", "5 – 7 người", "5 đến 7 người", "từ 5 đến 7", "5 hoặc 6",
    "KH 10, thực hiện 7", "Thực hiện 7, kế hoạch 10", "một chục", "5 + 2 = 8", "= 5 + 2 = 8",
    # women of a delegation of which nobody says how many it had
    "01 đoàn có 02 nữ", "01 đoàn, 02 nữ", "01 đoàn gồm 02 cán bộ nữ", "01 đoàn\n02 nữ", "01 đoàn (02 nữ)",
    "01 đoàn, trong đó 02 nữ",
    "khoảng 6", "khoảng mười người", "trên 10", "hơn 10", "gần 10", "dưới 5", "tối đa 7", "không quá 7",
    "ít nhất 5", "10+", "~5", "≥ 5", "5 người trở lên", "7.5", "7,5", "1/2 ngày", "nửa ngày", "01 ngày rưỡi",
    "5\n4", "- 5\n- 4", "5 người\n4 người", "5\n5", "8\n3\n4",  # several delegations in one cell
    "5/7", "5, 6", "9" * 5000, "6 người đi, 5 người về",
    "hai ba người", "một số cán bộ", "nhiều người", "1 tuần", "3 tháng", "3 ngày/nước", "05 người, 04 ngày",
    "1. Nguyễn Văn A\n2. Trần Văn B\n3. Lê Văn C", "05 người, tổng số 4 ngày", "05 người; tổng kinh phí 100 triệu",
    "02 hội thảo", "03 hội nghị, hội thảo", "Theo QĐ số 123", "danh sách tại Phụ lục 2",
    "cả đoàn", "chưa xác định", "#REF!",
]
# fmt: on


@pytest.mark.parametrize(("text", "value"), COUNTS.items())
def test_counts_are_read(text: str, value: int) -> None:
    assert read_count(text).value == value


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_is_vague_or_broken_is_unread(text: str) -> None:
    assert read_count(text).value is None


@pytest.mark.parametrize(
    ("value", "count"),
    [(7, 7), (7.0, 7), (0, 0), (-2, -2), (7.5, None), (True, None), (None, None), (float("nan"), None),
     (float("inf"), None), (1e20, None)],
)  # fmt: skip
def test_number_cells(value: float | None, count: int | None) -> None:
    assert read_count(value).value == count


def test_the_text_of_a_whole_float_has_no_fraction() -> None:
    assert read_count(7.0).text == "7"


@settings(deadline=None)
@given(
    st.sampled_from(sorted(COUNTS)),
    st.sampled_from(["NFD", "NFC"]),
    st.booleans(),
    st.sampled_from(["", " ", "\u00a0"]),
)
def test_spelling_does_not_change_a_count(text: str, form: str, capitals: bool, space: str) -> None:
    typed = unicodedata.normalize(form, text.upper() if capitals else text)
    assert read_count(space + typed + space).value == COUNTS[text]


@settings(max_examples=200)
@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    read_count(text)
    read_breakdown(text)


LAOS_THAILAND = (("Lào", 10), ("Thái Lan", 15))
BREAKDOWNS = [
    ("Lào: 10, Thái Lan: 15", 25, None, LAOS_THAILAND),
    ("25 (Lào: 10, Thái Lan 15)", 25, 25, LAOS_THAILAND),
    ("25 (Khăm Muộn (Lào): 10; Thái Lan: 15)", 25, 25, (("Khăm Muộn (Lào)", 10), ("Thái Lan", 15))),
    ("10 (Lào), 15 (Nakhon Phanom (Thái Lan))", 25, None, (("Lào", 10), ("Nakhon Phanom (Thái Lan", 15))),
    ("Lào, Thái Lan mỗi nước 10", None, None, ()),
    ("03 nước x 10 người", None, None, ()),
    ("30 (Lào, Thái Lan, Campuchia mỗi nước 10)", 30, 30, ()),
    ("Tổng 25, trong đó: Lào 10; Thái Lan 15", 25, 25, LAOS_THAILAND),
    ("Tổng: 30\n- Lào: 10\n- Thái Lan: 15", 30, 30, LAOS_THAILAND),
    ("30 đại biểu nước ngoài, trong đó: 10 đại biểu Lào, 15 đại biểu Thái Lan", 30, 30, LAOS_THAILAND),
    ("Lào: 10 người; Thái Lan: 15 người; Tổng số: 26 người", 26, 26, LAOS_THAILAND),
    ("Lào 10 + Thái Lan 15 = 25", 25, 25, LAOS_THAILAND),
    ("25 đại biểu đến từ 02 nước: Lào 10, Thái Lan 15", 25, 25, LAOS_THAILAND),
    ("10 Lào, 15 Thái Lan", 25, None, LAOS_THAILAND),
    ("Lào - 10\nThái Lan – 15", 25, None, LAOS_THAILAND),
    ("Lào=10, Thái Lan=15", 25, None, LAOS_THAILAND),
    ("Lào - 10\nThái Lan - 15", 25, None, LAOS_THAILAND),
    ("Lào - 10\nThái Lan - 15.", 25, None, LAOS_THAILAND),
    ("Lào: 10 (02 nữ), Thái Lan: 15", 25, None, LAOS_THAILAND),
    ("10 đại biểu Lào, Thái Lan: 15", 25, None, LAOS_THAILAND),
    ("40 đại biểu đến từ Lào (15), Thái Lan (25)", 40, 40, (("Lào", 15), ("Thái Lan", 25))),
    ("Papua New Guinea: 01; Malaysia: 11", 12, None, (("Papua New Guinea", 1), ("Malaysia", 11))),
    ("Bosnia và Herzegovina: 3, Lào: 2", 5, None, (("Bosnia và Herzegovina", 3), ("Lào", 2))),
    ("3 Bosnia và Herzegovina, 5 Lào", 8, None, (("Bosnia và Herzegovina", 3), ("Lào", 5))),
    ("Trung Quốc (Đài Loan): 5; Lào: 3", 8, None, (("Trung Quốc (Đài Loan)", 5), ("Lào", 3))),
    ("1.250 (Lào: 1.000, Nhật Bản: 250)", 1250, 1250, (("Lào", 1000), ("Nhật Bản", 250))),
    ("25 đại biểu đến từ 3 nước (Lào, Thái Lan, Trung Quốc)", 25, 25, ()),
    ("25 người (Lào)", 25, 25, ()),
    ("10 (Lào), 15 (Thái Lan)", 25, None, LAOS_THAILAND),
    ("1. Lào: 10\n2. Thái Lan: 15", 25, None, LAOS_THAILAND),
    ("1) Lào: 10; 2) Thái Lan: 15; Tổng: 25", 25, 25, LAOS_THAILAND),
    ("Lào 10 người; Thái Lan 15 người (có mặt 2 ngày)", 25, None, LAOS_THAILAND),
    ("10 Lào (02 Viêng Chăn, 08 Khăm Muộn), 15 Thái Lan", 25, None, LAOS_THAILAND),
    ("25 đại biểu từ Lào (10), Thái Lan (15)", 25, 25, LAOS_THAILAND),
    ("Lào: 10 GS; Thái Lan: 15 thạc sĩ", 25, None, LAOS_THAILAND),
    ("25 người thuộc 2 quốc tịch: Lào 10, Thái Lan 15", 25, 25, LAOS_THAILAND),
    ("5 nước/25 đại biểu", 25, 25, ()),
    ("Trực tiếp: 5 (Lào); trực tuyến: 10 (Úc 6, Mỹ 4)", 15, None, (("Trực tiếp", 5), ("trực tuyến", 10))),
    ("5 trực tiếp (Lào); 10 trực tuyến (Úc 6, Mỹ 4)", 15, None, (("trực tiếp", 5), ("trực tuyến", 10))),
    ("Tổng số: 30 - Lào: 10 - Thái Lan: 15", 30, 30, LAOS_THAILAND),
    ("10 - Lào;\n15 - Thái Lan", 25, None, LAOS_THAILAND),
    ("10 - Lào; 15 - Thái Lan", 25, None, LAOS_THAILAND),
    ("10 từ Lào, 15 từ Thái Lan", 25, None, LAOS_THAILAND),
    ("40 đại biểu từ 3 nước: 20 từ Lào, 20 từ Úc", 40, 40, (("Lào", 20), ("Úc", 20))),
    ("10 đại biểu trực tuyến (Úc 6; Mỹ 4)", 10, None, (("trực tuyến", 10),)),
    ("10 chuyên gia (Lào), 15 chuyên gia Thái Lan", 25, None, LAOS_THAILAND),
    ("10 quốc tịch Lào, 15 quốc tịch Thái Lan", 25, None, LAOS_THAILAND),
    ("03 Đại sứ, 12 chuyên gia", 15, None, ()),
    ("02 Đại sứ; 10 chuyên gia (Lào 4, Thái Lan 6)", 12, 12, ()),
    ("25 đại biểu; 10 nước", 25, 25, ()),
    ("80 đại biểu, 02 điểm cầu", 80, 80, ()),
    ("(Tổng: 57 người, Pháp 20, Đức 37)", 57, 57, (("Pháp", 20), ("Đức", 37))),
    ("(Lào: 10), (Thái Lan: 15)", 25, None, (("Lào", 10), ("Thái Lan", 15))),
    ("03 điểm cầu: Lào 20, Thái Lan 15", 35, None, (("Lào", 20), ("Thái Lan", 15))),
    ("- 1. Lào: 20\n- 2. Thái Lan: 15", 35, None, (("Lào", 20), ("Thái Lan", 15))),
    ("Lào: 25 người (Khăm Muồn 10, Savannakhet 15)", 25, None, (("Lào", 25),)),
    ("Hàn Quốc (05 người: 03 nam, 02 nữ)", 5, None, (("Hàn Quốc", 5),)),
    ("20 học giả, trong đó 05 giáo sư; 10 trực tuyến", 20, 20, ()),
    # lists broken, numbered, starred, in square brackets, with a total at either end
    ("10\nLào; 15\nThái Lan", 25, None, LAOS_THAILAND),
    ("25 khách\nTrong đó:\n10\nLào\n15\nThái Lan", 25, 25, LAOS_THAILAND),
    ("- 10 từ Lào\n- 15 từ Thái Lan", 25, None, LAOS_THAILAND),
    ("10 từ Lào\n15 từ Thái Lan\nTổng cộng: 25 khách", 25, 25, LAOS_THAILAND),
    ("25 khách: 1) 10 Lào 2) 15 Thái Lan", 25, 25, LAOS_THAILAND),
    ("25 khách [Lào: 10; Thái Lan: 15]", 25, 25, LAOS_THAILAND),
    ("25 đại biểu = Lào (10) + Thái Lan (15)", 25, 25, LAOS_THAILAND),
    ("25 đại biểu - Lào (10), Thái Lan (15)", 25, 25, LAOS_THAILAND),
    ("1. Lào (10)\n2. Thái Lan (15). Tổng cộng: 25", 25, 25, LAOS_THAILAND),
    ("• Lào: 10 người\n• Thái Lan: 15 người = 25 khách", 25, 25, LAOS_THAILAND),
    ("25 khách\nChia ra:\n* Lào: 10\n* Thái Lan: 15", 25, 25, LAOS_THAILAND),
    ("10 (mười) Lào; 15 (mười lăm) Thái Lan", 25, None, LAOS_THAILAND),
    ("25 (Lào: 10 người và Thái Lan: 15 người)", 25, 25, LAOS_THAILAND),
    ("Lào: 10, Thái Lan: 15 (năm 2018: 12)", 25, None, LAOS_THAILAND),
    ("Lào: 10, Thái Lan: 15 (tăng 3 so với năm 2018)*", 25, None, LAOS_THAILAND),
    ("- Cộng hòa Séc: 10\n- Thái Lan: 15", 25, None, (("Cộng hòa Séc", 10), ("Thái Lan", 15))),
    ("12 chuyên gia, 13 học giả", 25, None, ()),
    ("1.200 khách, 300 diễn giả", 1200, 1200, ()),
    # ranks beside one another are a list; what divides a total, by sex or by what it is made of, is none
    ("15 bác sĩ, 10 điều dưỡng", 25, None, ()),
    ("05 đại sứ; 10 tham tán", 15, None, ()),
    ("10 giáo sư, 20 nghiên cứu sinh, 5 doanh nhân", 35, None, ()),
    ("20 kỹ sư\n03 phiên dịch", 23, None, ()),
    ("10 diễn giả, 20 khách mời", 30, None, ()),
    ("20 bác sĩ, 12 nữ", 20, 20, ()),
    ("20 bác sĩ: 12 nội khoa, 08 ngoại khoa", 20, 20, (("nội khoa", 12), ("ngoại khoa", 8))),
    ("20 bác sĩ, 12 nội khoa, 08 ngoại khoa", 20, 20, (("nội khoa", 12), ("ngoại khoa", 8))),
    ("20 thành viên, 03 điều dưỡng", 20, 20, (("điều dưỡng", 3),)),
    ("25", 25, 25, ()),
    ("0", 0, 0, ()),
    ("khoảng 25", None, None, ()),
    ("-5", -5, -5, ()),
    ("1O", None, None, ()),
    ("Lào: 5, Úc: 1 O", None, None, ()),
    ("Lào: 10, Thái Lan: 1 5O", None, None, ()),
    ("Lào: 10 Thái Lan: 15", 25, None, LAOS_THAILAND),
    ("Lào: 10-15, Thái Lan: 5", None, None, ()),
    ("", None, None, ()),
]


@pytest.mark.parametrize(("text", "total", "stated", "parts"), BREAKDOWNS)
def test_delegates_per_country(
    text: str, total: int | None, stated: int | None, parts: tuple[tuple[str, int], ...]
) -> None:
    assert read_breakdown(text)[1:] == (total, stated, parts)


LISTS = st.lists(
    st.tuples(st.sampled_from(["Lào", "Thái Lan", "Nhật Bản", "Úc", "Hoa Kỳ"]), st.integers(1, 5000)),
    min_size=2,
    max_size=6,
)
ITEMS = st.sampled_from(["{}: {}", "{} {}", "{} ({})", "{}: {} người"])


@settings(deadline=None)
@given(LISTS, ITEMS, st.sampled_from([", ", "; ", "\n"]), st.booleans())
def test_the_parts_of_any_list_add_up(
    parts: list[tuple[str, int]], item: str, separator: str, stated: bool
) -> None:
    total = sum(number for _, number in parts)
    text = separator.join(item.format(label, format_number(number)) for label, number in parts)
    read = read_breakdown(f"{format_number(total)} đại biểu, gồm: {text}" if stated else text)
    assert read[1:] == (total, total if stated else None, tuple(parts))


def test_numbers_are_printed_as_official_texts_do() -> None:
    assert [format_number(n) for n in (0, 2, 10, 999, 1250, 1000000, -3)] == [
        "0", "02", "10", "999", "1.250", "1.000.000", "-03"
    ]  # fmt: skip
    assert format_decimal(13.55, 1) == "13,6"
    assert format_decimal(1250.5, 1) == "1.250,5"
    assert format_decimal(-0.25, 1) == "-0,3"


@settings(deadline=None)
@given(st.integers(1, 3999))
def test_roman_numerals_read_back(number: int) -> None:
    assert read_roman(roman(number)) == read_roman(roman(number).lower()) == number


@pytest.mark.parametrize("text", ["", "IIII", "VX", "Q", "IC", "2"])
def test_what_is_no_roman_numeral(text: str) -> None:
    assert read_roman(text) is None
    with pytest.raises(ValueError, match="4000"):
        roman(4000)


UNITS = ("lãnh đạo", "chuyên viên", "bác sĩ", "CBCC", "doanh nghiệp", "phóng viên", "VĐV", "người Sở Y tế")
GROUPS = st.lists(st.tuples(st.integers(1, 11), st.sampled_from(UNITS)), min_size=2, max_size=5)
BETWEEN = st.sampled_from((", ", "; ", " + ", " và ", "\n", "\n- ", "\n+ ", " & "))


@settings(deadline=None)
@given(GROUPS, BETWEEN, st.sampled_from(("{n:02d} {unit}", "{n} {unit}", "{unit}: {n:02d}")))
def test_groups_side_by_side_add_up(groups: list[tuple[int, str]], between: str, form: str) -> None:
    said = between.join(form.format(n=n, unit=unit) for n, unit in groups)
    assert read_count(said).value == sum(n for n, _ in groups)


@settings(deadline=None)
@given(GROUPS, BETWEEN, st.sampled_from((": {}", " gồm {}", " ({})", " - {}", "\n- {}", ", trong đó {}", " [{}]")))
def test_a_total_stands_whatever_its_parts_say(groups: list[tuple[int, str]], between: str, place: str) -> None:
    parts = between.join(f"{n:02d} {unit}" for n, unit in groups)
    assert read_count("12 người" + place.format(parts)).value == 12
    assert read_count("Tổng số: 12" + place.format(parts)).value == 12


@settings(deadline=None)
@given(st.sampled_from(names("count-words.tsv")["one"]), st.integers(1, 20))
def test_one_person_named_without_a_number_is_one(one: str, number: int) -> None:
    assert read_count(f"{one} + {number}").value == number + 1
    assert read_count(f"{number} thành viên + {one}").value == number + 1


@settings(deadline=None)
@given(st.sampled_from(names("count-words.tsv")["other unit"]), st.integers(1, 20))
def test_another_unit_is_no_count(unit: str, number: int) -> None:
    assert read_count(f"{number} {unit}").value is None


@settings(deadline=None)
@given(st.integers(0, 99), st.sampled_from("oOlISsBzZ"))
def test_a_letter_is_no_digit(number: int, letter: str) -> None:
    assert read_count(f"{number}{letter}").value is None
    assert read_count(f"{letter}{number} người").value is None


@pytest.mark.parametrize(
    ("text", "total", "parts"),
    [
        ("15 người (Lào 2 nam 3 nữ, Thái Lan 10)", 15, [("Lào", 5), ("Thái Lan", 10)]),
        ("Lào (3 nam và 2 nữ), Thái Lan (10)", 15, [("Lào", 5), ("Thái Lan", 10)]),
        ("15 (Lào 5 (2 nam, 3 nữ), Thái Lan 10)", 15, [("Lào", 5), ("Thái Lan", 10)]),
        ("10 khách Lào, 5 nam 5 nữ", 10, [("Lào", 10)]),
        ("15 khách: 8 nam, 7 nữ", 15, []),
    ],
)
def test_a_country_s_delegates_may_stand_by_sexes(text: str, total: int, parts: list[tuple[str, int]]) -> None:
    found = read_breakdown(text)
    assert (found.total, list(found.parts)) == (total, parts)


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Trung Quốc (Quảng Tây 6, Vân Nam 4)", 10),
        ("Vân Nam: 5, Hải Nam: 3, Lào: 2", 10),
        ("Trung Quốc (Nam Ninh: 6, Côn Minh: 4)", 10),
        ("Nam Phi: 3, Lào: 2, nữ: 1", 5),
        ("- Lào: 3\n- I-xra-en: 14", 17),
        ("45 đại biểu (27 I-xra-en, 18 LB Nga)", 45),
        ("9 Bờ Biển Ngà, 2 Li-băng", 11),
        ("3 O-man, 2 I-rắc", 5),
        ("10 từ nước ngoài, 5 ở trong nước", 15),
        ("10 khách từ nước ngoài và 5 khách ở Việt Nam", 15),
        ("15 từ nước ngoài (Lào 10, Úc 5)", 15),
        ("= 31 đại biểu: (1) 20 Cuba; (2) 11 Malaysia", 31),
        ("= 20 (Cuba) + 11 (Malaysia)", 31),
        ("=31 (Cuba 20, Malaysia 11)", 31),
        ("33 (a) 9 Lào; (b) 24 Thái Lan", 33),
        ("33 đại biểu: i) Lào 9; ii) Thái Lan 24", 33),
    ],
)
def test_names_of_countries_and_numbers_of_lists(text: str, total: int) -> None:
    assert read_breakdown(text).total == total
