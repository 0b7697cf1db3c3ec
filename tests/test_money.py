"""Sums of money, and who they come from."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doingoai_cli.model.grid import display
from doingoai_cli.vietnamese.money.amounts import Amount, Money, Source, funding_sources, read_money
from doingoai_cli.vietnamese.money.units import unit_said, with_unit

MILLION = 10**6

SINGLE = {
    "1,7tỷ": 1_700 * MILLION,
    "10tỷđồng": 10_000 * MILLION,
    "gần 690 triệu đồng": 690 * MILLION,
    "hơn 1,7 tỷ đồng": 1700 * MILLION,
    "gần 1,5 tỉ đồng": 1500 * MILLION,
    "1.5 tỉ": 1500 * MILLION,
    "0,025 tỷ": 25 * MILLION,
    "0.125 tỷ đồng": 125 * MILLION,
    "trên 1.200 tỷ đồng": 1_200_000 * MILLION,
    "1 tỷ 200 triệu đồng": 1200 * MILLION,
    "1.250 triệu đồng": 1250 * MILLION,
    "1.200.000.000 đ": 1200 * MILLION,
    "150.000.000 VNĐ": 150 * MILLION,
    "150,000,000 VND": 150 * MILLION,
    "45.000.000đ": 45 * MILLION,
    "150tr": 150 * MILLION,
    "150trđ": 150 * MILLION,
    "150 tr.đồng": 150 * MILLION,
    "500 nghìn đồng": 500_000,
    "2 triệu rưỡi": 2_500_000,
    "1 tỷ rưỡi đồng": 1500 * MILLION,
    "150 triệu đồng/đoàn": 150 * MILLION,
    "300.000.000 đồng (Ba trăm triệu đồng)": 300 * MILLION,
    "46 triệu đồng (2.000 USD)": 46 * MILLION,
    "2.000 USD ~ 46.000.000đ": 46 * MILLION,
    "46 triệu VNĐ/2.000 USD": 46 * MILLION,
    "2.000 USD (tương đương 46 triệu đồng)": 46 * MILLION,
    "150000000": 150 * MILLION,
    "150000000.0": 150 * MILLION,
    "10.000": 10_000,
}


def in_dong(money: Money) -> int | Decimal | None:
    """The sum in đồng, nothing counted twice; None where the cell gives none."""
    if money.total is not None and money.total.currency == "VND":
        return money.total.value
    dong = [amount.value for amount in money.amounts if amount.currency == "VND"]
    return sum(dong) if dong else None


@pytest.mark.parametrize(("text", "dong"), SINGLE.items())
def test_single_sums_in_dong(text: str, dong: int) -> None:
    money = read_money(text)
    assert [a[:2] for a in money.amounts] == [(dong, "VND")]
    assert (in_dong(money), money.unread) == (dong, False)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("5.000 USD", 5000, "USD"),
        ("$5,000", 5000, "USD"),
        ("USD45,000", 45000, "USD"),
        ("EUR45.000", 45000, "EUR"),
        ("USD 5,000.50", Decimal("5000.5"), "USD"),
        ("2 triệu đô la Mỹ", 2 * MILLION, "USD"),
        ("10 triệu yên", 10 * MILLION, "JPY"),
        ("200 triệu kíp", 200 * MILLION, "LAK"),
        ("3.000 EUR", 3000, "EUR"),
    ],
)
def test_foreign_currencies(text: str, value: int | Decimal, currency: str) -> None:
    money = read_money(text)
    assert money.amounts == (Amount(value, currency),)
    assert in_dong(money) is None


MIXED = [(200 * MILLION, "state"), (100 * MILLION, "foreign"), (100 * MILLION, "other")]

# text | parts with their source | total in đồng
SEVERAL: list[tuple[str, list[tuple[int, str | None]], int]] = [
    ("Ngân sách tỉnh: 150 triệu đồng; đối tác chi 2.000 USD", [(150 * MILLION, "state"), (2000, "foreign")], 150),
    ("Tổng: 300 triệu (NSNN 200 triệu, tài trợ 100 triệu)", [MIXED[0], MIXED[1]], 300),
    ("300 triệu, trong đó ngân sách tỉnh 200 triệu", [MIXED[0], (100 * MILLION, None)], 300),
    ("Ngân sách tỉnh 300 triệu, trong đó tiền vé 200 triệu", [MIXED[0], (100 * MILLION, "state")], 300),
    ("200 triệu NSNN (150 triệu vé + 50 triệu công tác phí)", [MIXED[0]], 200),
    ("NSNN 200 triệu chi tiêu (vé 150 triệu, ăn 50 triệu), đối tác 100 triệu", [MIXED[0], MIXED[1]], 300),
    ("200tr NSNN/100tr đối tác", [MIXED[0], MIXED[1]], 300),
    ("200 triệu (NSH), 100 triệu (XHH)", [MIXED[0], MIXED[2]], 300),
    ("300 triệu = NSNN 200 triệu + ĐT 100 triệu", [MIXED[0], MIXED[1]], 300),
    ("NSNN 200 triệu, ĐT 100 triệu, tổng 300 triệu", [MIXED[0], MIXED[1]], 300),
    ("Tổng NSNN: 200 triệu; tổng đối tác: 100 triệu", [MIXED[0], MIXED[1]], 300),
    ("1. NSNN: 200 triệu 2. Đối tác: 100 triệu", [MIXED[0], MIXED[1]], 300),
    ("Phía Lào chi 100 triệu, ta chi 200 triệu", [MIXED[1], MIXED[0]], 300),
    ("66% (200 triệu) NSNN; 34% (100 triệu) tự túc", [MIXED[0], MIXED[2]], 300),
    (
        "300 triệu (NSNN 200 triệu, tự túc 100 triệu); thêm 30 triệu",
        [MIXED[0], MIXED[2], (30 * MILLION, None)],
        330,
    ),
    ("JICA tài trợ 100 triệu trong tổng số 300 triệu", [MIXED[1], (200 * MILLION, None)], 300),
    ("DT: 300 triệu; QT: 200 triệu", [(200 * MILLION, None)], 200),
    ("Kế hoạch 300 triệu, thực hiện 200 triệu", [(200 * MILLION, None)], 200),
    ("200 triệu cộng 100 triệu quà tặng", [(200 * MILLION, None), (100 * MILLION, None)], 300),
    ("200 triệu (giảm 10 triệu so với dự toán)", [(200 * MILLION, None)], 200),
    ("Vé 200 triệu; phụ cấp 100 triệu", [(200 * MILLION, None), (100 * MILLION, None)], 300),
    ("NSNN 200 triệu + JICA 100 triệu = 300 triệu", [MIXED[0], MIXED[1]], 300),
    ("NSNN: 200 triệu\nTự túc: 100 triệu\nCộng: 300 triệu", [MIXED[0], MIXED[2]], 300),
    ("200 triệu từ ngân sách, 100 triệu do đối tác", [MIXED[0], MIXED[1]], 300),
    ("200 triệu (NSNN) và 100 triệu (xã hội hóa)", [MIXED[0], MIXED[2]], 300),
    ("NSNN: 200.000.000; tài trợ: 100.000.000", [MIXED[0], MIXED[1]], 300),
    ("Ngân sách: vé 200 triệu, ăn ở 200 triệu; 30 triệu", [MIXED[0], MIXED[0], (30 * MILLION, None)], 430),
    ("Doanh nghiệp tài trợ 100 triệu đồng", [MIXED[2]], 100),
    ("Ngân sách 65% (200 triệu), đối tác 35% (100 triệu)", [MIXED[0], MIXED[1]], 300),
    ("200 triệu đồng (NSNN 40%, đối tác 60%)", [(200 * MILLION, None)], 200),
    ("200 triệu (NSNN: 2/3)", [(200 * MILLION, None)], 200),
    ("200 triệu (NSNN hỗ trợ một phần)", [(200 * MILLION, None)], 200),
    ("200 triệu (NSNN, QĐ ngày 5/6/2019)", [MIXED[0]], 200),
    ("NSNN 200 và đối tác 100 triệu", [MIXED[0], MIXED[1]], 300),
    ("= 300 triệu: (1) NSNN 200 triệu; (2) đối tác 100 triệu", [MIXED[0], MIXED[1]], 300),
    ("Tháng 5, 200 triệu", [(200 * MILLION, None)], 200),
    ("Dự toán 250 triệu, quyết toán 200 triệu", [(200 * MILLION, None)], 200),
    ("Ngân sách tỉnh được duyệt 250 triệu; thực chi 200 triệu", [MIXED[0]], 200),
    ("Ngân sách tỉnh (200 triệu đồng) và tự túc (100 triệu đồng)", [MIXED[0], MIXED[2]], 300),
    # a total above, before or behind its parts, whatever marks them as a list
    ("300 triệu\nNSNN: 200 triệu\nTài trợ: 100 triệu", [MIXED[0], MIXED[1]], 300),
    ("300 triệu đồng\n200 triệu từ NSNN\n100 triệu do đối tác", [MIXED[0], MIXED[1]], 300),
    ("300 triệu - NSNN: 200 triệu - Tự túc: 100 triệu", [MIXED[0], MIXED[2]], 300),
    ("300 triệu [NSNN: 200 triệu; tự túc: 100 triệu]", [MIXED[0], MIXED[2]], 300),
    ("300tr (trong đó: 1) 200tr do NSNN 2) 100tr do đối tác)", [MIXED[0], MIXED[1]], 300),
    ("300 triệu, chia ra: a) NSNN:\n200 triệu; b) Đối tác:\n100 triệu", [MIXED[0], MIXED[1]], 300),
    ("* 200tr (NSNN)\n* 100tr (tự túc)\nTổng cộng: 300tr", [MIXED[0], MIXED[2]], 300),
    ("NSNN:\n200.000.000đ\nTự túc:\n100.000.000đ", [MIXED[0], MIXED[2]], 300),
    ("- NSNN = 200 triệu;\n- Tài trợ = 200 triệu", [MIXED[0], (200 * MILLION, "foreign")], 400),
    ("NSNN 200 triệu; đối tác 100 triệu¹", [MIXED[0], MIXED[1]], 300),
    # … and sums that are no total though the others come to as much
    (
        "300 triệu - NSNN, 200 triệu - NSNN, 100 triệu - tự túc",
        [(300 * MILLION, "state"), MIXED[0], MIXED[2]],
        600,
    ),
    (
        "NSNN 300 triệu; đối tác 100 triệu; tự túc 200 triệu",
        [(300 * MILLION, "state"), MIXED[1], (200 * MILLION, "other")],
        600,
    ),
    # a unit that stands once for all
    ("NSNN: 200, tài trợ: 100 triệu đồng", [MIXED[0], MIXED[1]], 300),
    ("Tổng: 300 triệu\n- Ngân sách tỉnh 200\n- Tự túc 100 triệu", [MIXED[0], MIXED[2]], 300),
    ("NSNN năm 2019, 200 triệu", [MIXED[0]], 200),
    ("Đối tác: 02 chuyến, NSNN 200 triệu", [MIXED[0]], 200),
]


@pytest.mark.parametrize(("text", "parts", "total"), SEVERAL)
def test_parts_have_sources_and_nothing_counts_twice(
    text: str, parts: list[tuple[int, str | None]], total: int
) -> None:
    money = read_money(text)
    assert [(amount.value, amount.source) for amount in money.amounts] == parts
    assert (in_dong(money), money.unread) == (total * MILLION, False)


UNREAD = [
    "12, 15 và 20 triệu", "NSNN: 12; 15; 20 triệu đồng", "12, 15 triệu", "10 và 20 triệu",
    "500k", "US$ 45.5k", "50.000.000kg",
    "Ăn, nghỉ", "Tự túc", "NS tỉnh", "Đài thọ", "Không", "5000", "9.999", "05 đ/c", "100-150 triệu đồng",
    "từ 100 đến 150 triệu", "20 triệu đồng/người", "mỗi người 5 triệu đồng", "1,250 triệu đồng", "1 tỷ 5",
    "500 triệu đến 1 tỷ", "900 triệu - 1,2 tỷ đồng", "60 triệu/chuyến x 2 chuyến", "15 triệu đồng (x 4 người)",
    "80 triệu đồng/chuyến, 02 chuyến", "24 triệu năm trăm", "10 triệu/tháng", "80 triệu/40 triệu",
    "đối tác chi 100%", "Ngân sách tỉnh theo QĐ 123/QĐ-UBND ngày 15/8/2019", "9" * 40,
]  # fmt: skip


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_no_sure_sum_is_unread(text: str) -> None:
    money = read_money(text)
    assert (money.amounts, in_dong(money), money.unread) == ((), None, True)


# What one costs, of several that are counted beside it, is not what all cost; of one alone it is.
COUNTED = [
    ("80 triệu/nhà, 02 nhà", 0),
    ("80 triệu/căn nhà; 02 căn", 0),
    ("80 triệu đồng/lớp (3 lớp)", 0),
    ("80 triệu/trường cho 5 trường", 0),
    ("80 triệu/nhà cho 02 ngôi nhà", 0),
    ("80 triệu/xã; hỗ trợ hai xã", 0),
    ("80 triệu đồng một lớp; 02 lớp tập huấn", 0),
    ("80 triệu cho mỗi trường, 3 trường", 0),
    ("80 triệu/km, 2km", 0),
    ("80 triệu/năm, 3 năm", 0),
    ("02 nhà, 80 triệu/nhà", 0),
    ("03 lớp tập huấn: 80 triệu/lớp", 0),
    ("1.200 hộ nghèo, 2 triệu đồng/hộ", 0),
    ("NSNN 80 triệu/đoàn, đối tác 20 triệu/đoàn; 02 đoàn", 0),
    ("02 nhà: 160 triệu (80 triệu/nhà)", 160),
    ("80 triệu/nhà, 02 nhà, tổng 160 triệu", 160),
    ("80 triệu/nhà", 80),
    ("80 triệu/nhà, 01 nhà", 80),
    ("01 đoàn, 80 triệu/đoàn", 80),
    ("80 triệu/đoàn (6 người)", 80),
    ("80 triệu/năm, tháng 5 năm 2019", 80),
    ("80 triệu cho 02 nhà", 80),
    ("80 triệu/02 nhà", 80),
    ("02 nhà, 80 triệu", 80),
    ("80 triệu/đoàn, 02 phiên dịch", 80),
    ("80 triệu cho 01 đại biểu, 02 đại biểu tự túc", 80),
]


@pytest.mark.parametrize(("text", "millions"), COUNTED)
def test_what_one_of_several_costs_is_no_sum(text: str, millions: int) -> None:
    assert (in_dong(read_money(text)) or 0) == millions * MILLION


# What a sum is compared with, and by how much it differs, are added to nothing.
COMPARED = [
    ("Tiết kiệm 10 triệu so với dự toán 100 triệu", 0),
    ("Tăng 20 triệu so với kế hoạch (100 triệu)", 0),
    ("Vượt 5 triệu so với dự toán được duyệt là 100 triệu", 0),
    ("So với dự toán 100 triệu, tiết kiệm 10 triệu", 0),
    ("Giảm 10 triệu so với năm 2018", 0),
    ("Thấp hơn dự toán 10 triệu", 0),
    ("Chênh lệch 10 triệu so với dự toán", 0),
    ("từ 80 triệu lên đến 100 triệu", 0),
    ("90 triệu (tiết kiệm 10 triệu so với dự toán 100 triệu)", 90),
    ("90 triệu, giảm 10% so với 100 triệu năm trước", 90),
    ("Chi 90 triệu so với dự toán 100 triệu", 90),
    ("So với dự toán 100 triệu, chi 90 triệu", 90),
    ("90 triệu, so với dự toán theo QĐ 123/QĐ-UBND ngày 5/6/2019 là 100 triệu", 90),
    ("90 triệu (thấp hơn dự toán 10 triệu)", 90),
    ("90 triệu, bằng 75% cùng kỳ năm 2018 (120 triệu)", 90),
    ("Chi 90 triệu/dự toán 100 triệu", 90),
    ("90 triệu (dự toán: 100 triệu)", 90),
    ("NSNN 90 triệu tăng 10 triệu so với năm trước", 90),
    ("Tăng từ 80 triệu lên 90 triệu", 90),
    ("Giảm 10 triệu (từ 100 triệu xuống 90 triệu)", 90),
    ("NSNN 80 triệu (giảm so với dự toán); đối tác 10 triệu", 90),
    ("NSNN 80 triệu tăng so với năm 2018, đối tác 10 triệu", 90),
    ("Tăng so với năm 2018: NSNN 80 triệu, đối tác 10 triệu", 90),
    ("Hơn 90 triệu, giảm so với dự toán", 90),
    ("Tăng 02 đoàn so với năm 2018, kinh phí 90 triệu", 90),
    ("Kinh phí tiết kiệm 90 triệu", 90),
    ("Học bổng vượt khó 90 triệu", 90),
    ("Chi 100% dự toán 90 triệu", 90),
    ("(Dự toán 90 triệu)", 90),
    ("90 triệu (dự toán: vé 60 triệu, ăn 30 triệu)", 90),
    ("Không cao hơn 90 triệu", 90),
]


@pytest.mark.parametrize(("text", "millions"), COMPARED)
def test_what_a_sum_is_compared_with_is_not_added(text: str, millions: int) -> None:
    money = read_money(text)
    assert ((in_dong(money) or 0), money.unread) == (millions * MILLION, not millions)


@pytest.mark.parametrize("text", ["", " ", "-", "…"])
def test_a_blank_cell_is_not_unread(text: str) -> None:
    assert not read_money(text).unread


def test_a_rate_beside_its_result_leaves_the_cell_partly_unread() -> None:
    money = read_money("5 người x 20 triệu đồng = 100 triệu đồng")
    assert (in_dong(money), money.unread) == (100 * MILLION, True)


SOURCES: list[tuple[str, set[Source]]] = [
    ("Ngân sách tỉnh chi vé máy bay; đối tác mời chi ăn ở", {"state", "foreign"}),
    ("500 triệu đồng (NSNN 200 triệu; tài trợ 300 triệu)", {"state", "foreign"}),
    ("NS huyện", {"state"}),
    ("Kinh phí tự chủ của đơn vị", {"state"}),
    ("Tự chủ: 100 triệu", {"state"}),
    ("Sự nghiệp y tế: 50 triệu đồng", {"state"}),
    ("Khuyến công 20 triệu đồng", {"state"}),
    ("Công đoàn: 20 triệu đồng", {"other"}),
    ("Tự trang trải: 30 triệu đồng", {"other"}),
    ("Phí đại biểu: 3.000 USD", {"other"}),
    ("Từ nguồn thu sự nghiệp: 5 triệu", {"other"}),
    ("Đài thọ", {"foreign"}),
    ("phía Lào chi ăn ở", {"foreign"}),
    ("Kinh phí do tổ chức PCPNN tài trợ", {"foreign"}),
    ("Dự án JICA", {"foreign"}),
    ("Doanh nghiệp tài trợ", {"other"}),
    ("Tự túc", {"other"}),
    ("Xã hội hoá", {"other"}),
    ("nguồn khác", {"other"}),
    ("Dự án phát triển du lịch", {"other"}),
    ("Kinh phí của Trường Đại học Quảng Bình", {"other"}),
    ("Không sử dụng ngân sách, tự túc", {"other"}),
    ("Ngân sách tỉnh chi tiếp đoàn nước ngoài", {"state"}),
    ("Ngân sách của trường chi tiếp khách", {"state"}),
    ("NSNN (trường chi)", {"state"}),
    ("Kinh phí tổ chức hội thảo quốc tế: 200 triệu", set()),
    ("Ăn, nghỉ", set()),
    ("150 triệu đồng", set()),
    ("", set()),
]


@pytest.mark.parametrize(("text", "sources"), SOURCES)
def test_sources_named_with_or_without_sums(text: str, sources: set[Source]) -> None:
    assert funding_sources(text) == sources


@given(
    st.integers(1, 999),
    st.sampled_from(["triệu", "tỷ", "tỉ", "TRIỆU"]),
    st.sampled_from([" đồng", "", " VNĐ", " vnd"]),
)
def test_any_round_sum_reads_back(number: int, scale: str, currency: str) -> None:
    factor = MILLION if scale.lower() == "triệu" else 1000 * MILLION
    assert in_dong(read_money(f"{number} {scale}{currency}")) == number * factor


@given(
    st.integers(10_000, 10**13),
    st.sampled_from(["{:,} đồng", "{:,}đ", "{:,}", "{} VNĐ", "{}"]),
    st.sampled_from(",. "),
)
def test_any_sum_written_out_reads_back(number: int, style: str, separator: str) -> None:
    assert in_dong(read_money(style.format(number).replace(",", separator))) == number


CELLS = st.sampled_from([*SINGLE, *UNREAD, *(text for text, *_ in SEVERAL)])


@given(CELLS, st.sampled_from(["NFC", "NFD"]), st.sampled_from([str.upper, str.lower]), st.sampled_from(" \u00a0"))
def test_spelling_does_not_change_a_sum(text: str, form: str, letters: type[str], space: str) -> None:
    typed = unicodedata.normalize(form, letters(text)).replace(" ", space)
    assert read_money(typed)[1:] == read_money(text)[1:]


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert read_money(text).unread in (True, False)
    assert funding_sources(text) <= {"state", "foreign", "other"}


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("120 triệu (bao gồm 3.000 USD)", ["120000000 VND"]),
        ("120 triệu đồng, trong đó đối tác tài trợ 3.000 USD", ["120000000 VND"]),
        ("5.000 USD, trong đó ngân sách 20 triệu đồng", ["5000 USD"]),
        ("120 triệu (gồm 3.000 USD và 50 triệu đồng)", ["50000000 VND", "70000000 VND"]),
        ("Trong đó: 120 triệu NSNN; 3.000 USD đối tác", ["120000000 VND", "3000 USD"]),
        ("NSNN 120 triệu, đối tác 3.000 USD", ["120000000 VND", "3000 USD"]),
    ],
)
def test_a_part_in_another_currency_is_no_further_sum(text: str, amounts: list[str]) -> None:
    assert [f"{amount.value} {amount.currency}" for amount in read_money(text).amounts] == amounts


# What stands last names who paid all of it, unless it pays for a thing of its own.
NAMED_LAST: list[tuple[str, str | None]] = [
    ("80 triệu đồng, ngân sách nhà nước năm 2019", "state"),
    ("80 triệu đồng. Nguồn: kinh phí tự chủ của Sở", "state"),
    ("80 triệu đồng theo Quyết định số 12/QĐ-UBND ngày 5/3/2019, nguồn ngân sách tỉnh", "state"),
    ("80 triệu đồng (tám mươi triệu đồng), ngân sách tỉnh", "state"),
    ("80\ntriệu đồng\n(ngân sách tỉnh)", "state"),
    ("1) Ngân sách tỉnh: 80 triệu\n(2) Đối tác lo ăn ở", "state"),
    ("80 triệu đồng, kinh phí do phía Lào đảm bảo", "foreign"),
    ("80 triệu, đối tác chi trả toàn bộ", "foreign"),
    ("80 triệu đồng; cá nhân tự túc", "other"),
    ("80 triệu (ngân sách tỉnh), bạn lo ăn ở", "state"),
    ("80 triệu, đối tác chi ăn ở", None),
    ("80 triệu vé máy bay, đối tác lo lưu trú", None),
    ("80 triệu, phía bạn đài thọ phần còn lại", None),
    ("80 triệu, ngân sách tỉnh hỗ trợ tiếp đón", None),
    ("80 triệu đồng theo thư mời của đối tác", None),
    ("80 triệu: 50% NSNN, 50% đối tác", None),
    ("80 triệu: 100% NSNN", "state"),
]


# Several who pay one sum: whose it is cannot be told. What another does besides, or pays with a sum of its own,
# leaves the sum to whom it is said of.
JOINT: list[tuple[str, str | None]] = [
    ("NSNN 50%, đối tác 50%: 80 triệu", None),
    ("50% NSNN; 50% đối tác: 80 triệu", None),
    ("NSNN 1/2, đối tác 1/2 = 80 triệu", None),
    ("NSNN chi 50%, đối tác chi 50%: 80 triệu", None),
    ("NSNN một phần, đối tác một phần: tổng cộng 80 triệu", None),
    ("NSNN 30%, đối tác 50%, tự túc 20% (80 triệu)", None),
    ("Nguồn: NSNN và đối tác: 80 triệu", None),
    ("NSNN, đối tác: 80 triệu", None),
    ("NSNN + tự túc 80 triệu", None),
    ("80 triệu do NSNN và đối tác chi", None),
    ("80 triệu từ ngân sách tỉnh và nguồn xã hội hóa", None),
    ("80 triệu: NSNN, đối tác", None),
    ("NSNN 50%: 80 triệu", "state"),
    ("Ngân sách tỉnh và ngân sách huyện: 80 triệu", "state"),
    ("80 triệu do UBND tỉnh và Sở cấp", "state"),
    ("Đối tác lo ăn ở và NSNN: 80 triệu", "state"),
    ("Đối tác đài thọ, NSNN: 80 triệu", "state"),
    ("Đối tác chi 100% ăn ở, NSNN: 80 triệu", "state"),
    ("80 triệu NSNN, đối tác lo ăn ở", "state"),
    ("80 triệu từ NSNN, đối tác đài thọ", "state"),
    ("80 triệu NSNN và quà tặng đối tác", "state"),
]


@pytest.mark.parametrize(("text", "source"), [*NAMED_LAST, *JOINT])
def test_a_source_that_is_named_last_is_that_of_all_sums(text: str, source: str | None) -> None:
    assert [(amount.value, amount.source) for amount in read_money(text).amounts] == [(80 * MILLION, source)]


def test_what_is_left_of_a_total_has_the_source_that_is_said_of_it() -> None:
    said = read_money("200 triệu, trong đó ngân sách tỉnh 150 triệu, còn lại đối tác chi").amounts
    assert [(amount.value, amount.source) for amount in said] == [
        (150 * MILLION, "state"), (50 * MILLION, "foreign"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["50% của 200 triệu NSNN", "NSNN 50% tổng kinh phí 200 triệu"])
def test_a_share_of_a_sum_is_unread(text: str) -> None:
    assert read_money(text)[1:3] == ((), True)


# Whoever pays from abroad is no authority of ours; a place abroad alone is where the money is spent.
PAYERS: list[tuple[str, list[str]]] = [
    ("100.000 Baht (tỉnh Nakhon Phanom hỗ trợ)", ["100000 THB foreign"]),
    ("Tỉnh Quảng Bình: 40 triệu; tỉnh Khăm Muộn: 20 triệu", ["40000000 VND state", "20000000 VND foreign"]),
    ("Tỉnh Quảng Tây (Trung Quốc): 20 triệu", ["20000000 VND foreign"]),
    ("Bạn Lào chi 40 triệu kíp; ta chi 30 triệu", ["40000000 LAK foreign", "30000000 VND state"]),
    ("Đại sứ quán Hoa Kỳ: 4.000 USD", ["4000 USD foreign"]),
    ("Lào: 40 triệu; Thái Lan: 20 triệu", ["40000000 VND None", "20000000 VND None"]),
    ("Ngân sách tỉnh: Lào 40 triệu; Thái Lan 20 triệu", ["40000000 VND state", "20000000 VND None"]),
    ("Vé máy bay Hà Nội - Tokyo: 60 triệu (ngân sách tỉnh)", ["60000000 VND state"]),
    # words behind a sum are not those of the next one, which has its own
    ("60 triệu (ngân sách tỉnh) + 1.000 USD (Hội Nhật - Việt)", ["60000000 VND state", "1000 USD None"]),
    ("60 triệu (ngân sách tỉnh) + 20 triệu", ["60000000 VND state", "20000000 VND state"]),
    ("NSNN 50%: 45 triệu, đối tác 50%: 40 triệu", ["45000000 VND state", "40000000 VND foreign"]),
    ("NSNN 20 triệu, đối tác và tự túc: 30 triệu", ["20000000 VND state", "30000000 VND None"]),
    # "khác" behind payers is a payer, behind a kind of expense another; "NN" is the state or somebody abroad
    (
        "NSNN 200, NN 100, khác 50 triệu",
        ["200000000 VND state", "100000000 VND None", "50000000 VND other"],
    ),
    ("NSNN: 100 triệu; Khác: 20 triệu", ["100000000 VND state", "20000000 VND other"]),
    ("Ngân sách tỉnh 100, đối tác 40, khác 20 triệu",
     ["100000000 VND state", "40000000 VND foreign", "20000000 VND other"]),
    ("NSNN: vé 12 triệu, khác 5 triệu", ["12000000 VND state", "5000000 VND state"]),
    ("NSNN: vé 12, khác 5 triệu", ["12000000 VND state", "5000000 VND state"]),
    ("NSNN 12 triệu tiền vé, khác 5 triệu", ["12000000 VND state", "5000000 VND state"]),
    ("NSNN mua quà 12 triệu, khác 5 triệu", ["12000000 VND state", "5000000 VND state"]),
    ("vé 12 triệu, khác 5 triệu", ["12000000 VND None", "5000000 VND None"]),
    # what was spent stands for what there was to spend
    ("Ngân sách tỉnh 100 triệu, đã chi 85 triệu", ["85000000 VND state"]),
    ("Ngân sách tỉnh 100 triệu (cả vé); quyết toán 85 triệu", ["85000000 VND state"]),
    ("Ngân sách tỉnh 100 triệu; đối tác đã chi 85 triệu", ["100000000 VND state", "85000000 VND foreign"]),
    # what a sum is made of, was changed by or leaves out
    ("NST 200 triệu, chia ra: vé 120 triệu, ở 80 triệu", ["120000000 VND state", "80000000 VND state"]),
    ("200 triệu;\ntrong đó: NSNN 150 triệu;\nbạn 50 triệu", ["150000000 VND state", "50000000 VND foreign"]),
    ("Ngân sách tỉnh 200 triệu, đã tạm ứng 100 triệu", ["200000000 VND state"]),
    ("NSNN 200 triệu, tiết kiệm 10 triệu; bạn 50 triệu", ["200000000 VND state", "50000000 VND foreign"]),
    ("NSNN 200 triệu; tăng cường năng lực 50 triệu", ["200000000 VND state", "50000000 VND None"]),
    (
        "Ngân sách tỉnh 200 triệu (chưa bao gồm 50 triệu vé do đối tác chi)",
        ["200000000 VND state", "50000000 VND foreign"],
    ),
    ("Bạn hỗ trợ 100 triệu kíp, ta 50 triệu đồng", ["100000000 LAK foreign", "50000000 VND state"]),
    ("Ngân sách xã 20 triệu; nhân dân 30 triệu", ["20000000 VND state", "30000000 VND other"]),
    ("UBND xã 20 triệu; quà tặng nhân dân Lào 5 triệu", ["20000000 VND state", "5000000 VND None"]),
    ("NST 20 triệu; NSX 10 triệu", ["20000000 VND state", "10000000 VND state"]),
    # a dollar is the one that it is called
    ("5.000 đô la Canada", ["5000 CAD None"]),
    ("5.000 đô Úc; 2.000 đô la Mỹ", ["5000 AUD None", "2000 USD None"]),
    ("10.000 đô la Hồng Kông", ["10000 HKD None"]),
    ("1.000.000 Riel", ["1000000 KHR None"]),
    ("20.000.000 rúp-pi", ["20000000 INR None"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "amounts"), PAYERS)
def test_who_pays_and_in_which_currency(text: str, amounts: list[str]) -> None:
    read = read_money(text).amounts
    assert [f"{amount.value} {amount.currency} {amount.source}" for amount in read] == amounts


@pytest.mark.parametrize(
    ("heading", "held", "value"),
    [
        ("Kinh phí (triệu đồng)", 90.125, 90_125_000),
        ("Kinh phí (triệu đồng)", 1200.125, 1_200_125_000),
        ("Kinh phí (triệu đồng)", 90.5, 90_500_000),
        ("Kinh phí (triệu đồng)", 0.5, 500_000),
        ("Kinh phí (triệu đồng)", 90.0, 90 * MILLION),
        ("Kinh phí (triệu đồng)", "90.125", 90_125 * MILLION),  # typed as text: thousands
        ("Kinh phí (triệu đồng)", "90,5", 90_500_000),
        ("Kinh phí (nghìn đồng)", "90.000", 90 * MILLION),
        ("Kinh phí", 90.125, None),
        ("Kinh phí", 90000000.5, Decimal("90000000.5")),
    ],
)  # fmt: skip
def test_a_number_that_excel_holds_has_decimals_and_no_thousands(
    heading: str, held: float | str, value: Decimal | int | None
) -> None:
    amounts = read_money(with_unit(display(held), unit_said(heading))).amounts
    assert [amount.value for amount in amounts] == ([] if value is None else [value])


@pytest.mark.parametrize(
    ("text", "millions"),
    [
        ("NSNN cấp 80 triệu; đã thanh toán 75 triệu; còn dư 5 triệu", 75),
        ("NSNN 80 triệu, đã giải ngân 70 triệu", 70),
        ("Quyết toán 90 triệu, nộp trả ngân sách 10 triệu", 90),
        ("80 triệu; huỷ 20 triệu", 80),
        ("100 triệu đồng (đã cắt giảm 20 triệu đồng)", 100),
        ("NSNN 80 triệu, còn lại 20 triệu do đối tác chi", 100),
        ("300 triệu theo dự toán; quyết toán 250 triệu", 250),
        ("300 triệu đồng được duyệt, thực chi 250 triệu đồng", 250),
        ("300 triệu; theo dự toán của cơ quan 20 triệu quà tặng", 320),
        ("200 + 100 triệu", 0),
        ("35.000.000 + 15.000.000", 50),
        ("Nguồn tiết kiệm chi: 30 triệu", 30),
        ("NSNN: 100 triệu; giảm nghèo bền vững: 200 triệu", 300),
        ("Kinh phí dư năm trước chuyển sang: 30 triệu", 30),
    ],
)
def test_what_is_left_over_saved_or_cancelled_was_not_spent(text: str, millions: int) -> None:
    assert sum(amount.value for amount in read_money(text).amounts) == millions * MILLION


@pytest.mark.parametrize(
    ("text", "partly"),
    [
        ("NSNN: 1,192 tỷ đồng; tài trợ 90 triệu", True),
        ("NSNN 90 triệu; đối tác 2 triệu/người", True),
        ("Ngân sách tỉnh: 90 triệu đồng (15 triệu đồng/người)", False),
        ("90 triệu đồng (6 người x 15 triệu đồng)", False),
        ("10 triệu x 5 người = 50 triệu", False),
        ("Mỗi người 20 triệu, tổng 100 triệu", False),
        ("NSNN 90 triệu; tự túc vé", False),
        ("100-150 triệu", False),
        ("NS 90 triệu; đối tác 100-150 triệu", True),
        ("NS 90 triệu; đối tác 2.000-3.000 USD", True),
        ("NS 90 triệu; đối tác 100/150 triệu", True),
        ("NS 90 triệu (giai đoạn 2018-2019)", False),
        ("NS 90 triệu theo QĐ 12-2019/QĐ-UBND; điện thoại 0232-3822345", False),
        ("Tự túc", False),
    ],
)
def test_a_cell_of_which_a_sum_could_not_be_read_says_so(text: str, partly: bool) -> None:
    assert read_money(text).partly is partly
