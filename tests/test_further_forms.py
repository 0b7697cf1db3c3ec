# ruff: noqa: E501 - sheets are shown as tables
"""Agreements, conferences under Decision 06/2020, NGO aid and awards: their values, their sheets, their way through."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from consolidation import AGREEMENT, AID, FURTHER, again, back, described, merged, record, submission, written
from pipetable import grid
from rows import codes

from doingoai_cli.cli.app import run
from doingoai_cli.consolidate.identity import section_of_id
from doingoai_cli.intake.submission import read_grids, read_submission
from doingoai_cli.model.consolidated import Review
from doingoai_cli.model.forms import shipped_forms
from doingoai_cli.model.grid import Grid, Workbook
from doingoai_cli.model.records import Agreement, Award
from doingoai_cli.model.submissions import Submission, Table
from doingoai_cli.vietnamese.agreement_terms import State, read_state, read_validity
from doingoai_cli.vietnamese.levels import read_level
from doingoai_cli.vietnamese.money.usd import read_usd
from doingoai_cli.vietnamese.time.periods import beginning, read_period

CATALOGUE = shipped_forms()

# --- values ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("250000", 250_000), ("250.000", 250_000), ("250,000", 250_000), ("250.000 USD", 250_000), ("$35,000", 35_000),
        ("1,2 triệu USD", 1_200_000), ("35.000 đô la Mỹ", 35_000), ("250.000 USD (5,8 tỷ đồng)", 250_000),
        ("12.000 USD; 3.000 USD", 15_000), ("0", 0), ("120.500,50", 120_500.5),
        ("5 tỷ đồng", None), ("10.000 EUR", None), ("100-150 nghìn USD", None), ("Chưa xác định", None), ("khoảng 100.000", None),
        ("khoảng 100.000 USD", None), ("20.000 USD và 5.000 EUR", None), ("200 USD + 5 triệu đồng", None),
        ("20.000 USD (18.000 EUR)", 20_000), ("120.000 (năm 2019)", 120_000), ("250.000 USD, tương đương 5,8 tỷ đồng", 250_000),
        ("$250k", None), ("5 tỷ", None), ("500 triệu", None), ("1,2 triệu", 1_200_000), ("0,125 triệu USD", 125_000),
        ("45.000 (USD)", 45_000), ("(USD) 45.000", 45_000), ("USD45,000", 45_000), ("US$ 45.5k", None), ("1.2M USD", None),
        ("", None),
        # parts of years, lists, totals besides them: a bare number is dollars wherever it stands alone
        ("2019: 100.000; 2020: 150.000", 250_000), ("2019: 100.000; 2020: 150.000 USD", 250_000),
        ("100.000 (2019)\n150.000 (2020)", 250_000), ("1. 50.000\n2. 60.000", 110_000), ("- Xây trường: 50.000\n- Tập huấn: 60.000", 110_000),
        ("250.000 (2019: 100.000; 2020: 150.000)", 250_000), ("Tổng: 250.000\nNăm 2019: 100.000", 250_000),
        ("100.000 + 150.000 = 250.000", 250_000), ("Giai đoạn 2019-2021: 120.000", 120_000), ("Trị giá: 250.000", 250_000),
        ("50.000 và 60.000 USD", None), ("50.000, 60.000", None), ("EUR: 60.000", None), ("50 xe lăn, 1.200 suất quà, trị giá 5.000 USD", 5_000),
        # what was paid of it, what others add, what took its place
        ("Cam kết 250.000 USD, giải ngân 100.000 USD", 250_000), ("250.000 (đã giải ngân 60%)", 250_000),
        ("Tổng giá trị: 250.000 USD. Giải ngân năm 2019: 100.000 USD", 250_000), ("Đã giải ngân 100.000 USD", None),
        ("Viện trợ: 100.000 USD; đối ứng: 10.000 USD", None), ("PCPNN: 100.000 USD, địa phương: 20.000 USD", None),
        ("Ban đầu 200.000 USD, điều chỉnh thành 250.000 USD", None), ("250.000 (điều chỉnh từ 200.000)", None),
        # another currency told once more in dollars; đồng that say nothing of it; marks of footnotes and terms
        ("10.000 EUR (11.000 USD)", 11_000), ("1.000.000 yên, tương đương 9.200 USD", 9_200), ("10.000 EUR (khoảng 11.000 USD)", None),
        ("5.800.000.000", None), ("tạm tính 50.000 USD", None), ("50.000 (ước)", None), ("250.000 (*)", 250_000), ("250.000 (3 năm)", 250_000),
    ],
)  # fmt: skip
def test_values_in_dollars(text: str, value: float | None) -> None:
    read = read_usd(text).value
    assert (None if read is None else float(read)) == value


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("05 năm", date(2024, 3, 12)), ("36 tháng", date(2022, 3, 12)), ("ba năm", date(2022, 3, 12)),
        ("một năm rưỡi", date(2020, 9, 12)), ("Vĩnh viễn", None),
        ("đến 12/3/2026", date(2026, 3, 12)), ("31/12/2020", date(2020, 12, 31)), ("2019-2024", date(2024, 12, 31)),
        ("từ 12/3/2019 đến 12/3/2023", date(2023, 3, 12)), ("05 năm kể từ ngày ký 1/2/2018", date(2023, 2, 1)),
        ("Không thời hạn", None), ("", None), ("theo thỏa thuận", None),
        ("02 năm 06 tháng", date(2021, 9, 12)), ("2 năm và 6 tháng", date(2021, 9, 12)), ("2,5 năm", date(2021, 9, 12)), ("một (01) năm", date(2020, 3, 12)),
        ("5 năm, từ năm 2019", date(2023, 12, 31)), ("5 năm từ tháng 3/2019", date(2024, 2, 29)), ("12/3/2024 (05 năm kể từ ngày ký)", date(2024, 3, 12)),
        ("đến 12/3/2022, được gia hạn đến 12/3/2025", date(2025, 3, 12)), ("03 năm, gia hạn thêm 02 năm", date(2024, 3, 12)),
        ("12/3/2022, gia hạn 03 năm", date(2025, 3, 12)), ("03 năm (gia hạn theo Công văn số 12)", date(2022, 3, 12)),
        ("03 năm, có thể gia hạn thêm 02 năm", date(2022, 3, 12)), ("đến 12/3/2022, sẽ gia hạn đến 12/3/2025", date(2022, 3, 12)),
        ("05 năm, tự động kéo dài thêm 05 năm", None), ("05 năm, nếu không bên nào chấm dứt thì gia hạn thêm 05 năm", None),
        ("03 năm, không gia hạn", date(2022, 3, 12)), ("đến khi có thông báo chấm dứt", None),
    ],
)  # fmt: skip
def test_how_long_an_agreement_is_in_force(text: str, ends: date | None) -> None:
    agreement = record("4", {**AGREEMENT, "validity": text})
    assert isinstance(agreement, Agreement)
    assert agreement.ends == ends


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ký ngày 12/3/2019", date(2019, 3, 12)), ("Đã ký ngày 12/3/2019, hiệu lực 15/3/2019", date(2019, 3, 12)),
        ("Ký kết vào ngày 12 tháng 3 năm 2019", date(2019, 3, 12)), ("Dự kiến ký quý II/2019", date(2019, 4, 1)), ("Ký", None),
    ],
)  # fmt: skip
def test_the_day_of_signing_in_its_own_column(text: str, day: date | None) -> None:
    signed = record("4", {**AGREEMENT, "signed": text}).signed  # type: ignore[attr-defined]
    assert (signed.start, signed.text) == (day, text)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("2017 - 2019, gia hạn đến 30/6/2020", date(2017, 1, 1), date(2020, 6, 30)), ("2017-2018, đã gia hạn", date(2017, 1, 1), date(2018, 12, 31)),
        ("01/3/2018 đến khi kết thúc", date(2018, 3, 1), date(2019, 12, 31)), ("gia hạn", None, None),
    ],
)  # fmt: skip
def test_projects_that_were_prolonged(text: str, begins: date | None, ends: date | None) -> None:
    period = record("PCPNN", {**AID, "period": text}).period  # type: ignore[attr-defined]
    assert (period.start, period.end, period.text) == (begins, ends, text)


def test_a_leap_day_ends_on_the_day_before() -> None:
    assert read_validity("1 năm").end(date(2020, 2, 29)) == date(2021, 2, 28)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Còn hiệu lực", State.IN_FORCE), ("ĐANG CÓ HIỆU LỰC", State.IN_FORCE), ("Đã hết hiệu lực", State.EXPIRED),
        ("không còn hiệu lực", State.EXPIRED), ("Chấm dứt ngày 3/2/2019", State.TERMINATED), ("Dự kiến ký", State.PLANNED),
        ("Sắp hết hiệu lực", State.IN_FORCE), ("Chưa hết hạn", State.IN_FORCE), ("Còn HL", State.IN_FORCE),
        ("Hết HL", State.EXPIRED), ("Không có hiệu lực", State.EXPIRED), ("Dự kiến chấm dứt", State.IN_FORCE),
        ("Chấm dứt, hết hiệu lực", State.TERMINATED), ("Chưa có hiệu lực", None),
        ("Còn hiệu lực (hết hiệu lực ngày 31/12/2024)", State.IN_FORCE), ("Còn hiệu lực - hết hạn 3/3/2024", State.IN_FORCE),
        ("Còn hiệu lực, dự kiến gia hạn", State.IN_FORCE), ("Chưa chấm dứt", State.IN_FORCE), ("Đề nghị chấm dứt", State.IN_FORCE),
        ("Hết hiệu lực ngày 12/3/2019", State.EXPIRED), ("Có hiệu lực đến khi chấm dứt", State.IN_FORCE), ("Tự động gia hạn", State.IN_FORCE),
        ("Được thay thế bởi thỏa thuận mới", State.TERMINATED), ("Tạm đình chỉ", None), ("Đang soạn thảo", State.PLANNED),
        ("tốt", None), ("", None),
    ],
)  # fmt: skip
def test_states_of_agreements(text: str, state: State | None) -> None:
    assert read_state(text).state is state


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("UBND tỉnh", "Cấp tỉnh"), ("Chủ tịch UBND tỉnh", "Cấp tỉnh"), ("cấp tỉnh", "Cấp tỉnh"), ("Chủ tịch nước", "Nhà nước"),
        ("Nhà nước Lào", "Nhà nước"), ("TTg Chính phủ", "Chính phủ"), ("TTgCP", "Chính phủ"), ("Bộ Ngoại giao", "Bộ, ngành Trung ương"),
        ("Giám đốc Sở Y tế", "Sở, ban, ngành cấp tỉnh"), ("UBND thị xã Ba Đồn", "Cấp huyện"), ("UBND xã Sơn Trạch", "Cấp xã"),
        ("Bộ Chỉ huy BĐBP tỉnh", "Cấp tỉnh"), ("Trường Đại học Quảng Bình", "Tổ chức, cơ sở"), ("khác", None),
        ("Ngân hàng Nhà nước", "Bộ, ngành Trung ương"), ("Tổng Liên đoàn Lao động Việt Nam", "Bộ, ngành Trung ương"), ("Quốc vương Campuchia", "Nhà nước"),
        ("Hội đồng Bộ trưởng Cu-ba", "Chính phủ"), ("UBND huyện Minh Hóa, tỉnh Quảng Bình", "Cấp huyện"),
        ("Chủ tịch UBND tỉnh: 03; Giám đốc Sở Y tế: 02", None), ("UBND tỉnh tặng 03, Sở Y tế tặng 02", None), ("UBND tỉnh: 03; Chủ tịch UBND tỉnh: 01", "Cấp tỉnh"),
    ],
)  # fmt: skip
def test_levels(text: str, level: str | None) -> None:
    assert read_level(text).level == level


def test_a_project_whose_end_alone_is_told_begins_at_no_time() -> None:
    begun = {text: beginning(read_period(text, 2020)).start for text in ("đến 31/12/2020", "Kết thúc: tới 6/2020")}
    assert set(begun.values()) == {None}
    assert beginning(read_period("từ 1/3/2020 đến 31/12/2020", 2020)).start == date(2020, 3, 1)


# --- sheets ----------------------------------------------------------------------------------------------------


def read(*grids: Grid) -> Submission:
    return read_grids(Workbook("xlsx", grids, {}), "tep.xlsx", CATALOGUE, cycle=2022)


def only(sent: Submission) -> Table:
    assert [o.code for o in sent.observations if o.code != "CT10"] == []
    (table,) = sent.tables
    return table


AGREEMENTS = """
    | UBND TỈNH QUẢNG BÌNH |
    | SỞ NGOẠI VỤ |

    | DANH MỤC THỎA THUẬN QUỐC TẾ NĂM 2021 VÀ DỰ KIẾN NĂM 2022 |
    | STT | Tên thỏa thuận | Loại văn bản | Cấp ký | Danh nghĩa ký | Đối tác | Quốc gia | Ngày ký kết | Ngày có hiệu lực | Thời hạn | Tình trạng hiệu lực | Kết quả |
    | A | Các thỏa thuận đã ký kết trong kỳ |
    | 1 | Bản ghi nhớ A | Bản ghi nhớ | Tỉnh | UBND tỉnh | Tỉnh Khăm Muộn | Lào | 12/3/2021 | 12/3/2021 | 5 năm | Còn hiệu lực | Tốt |
    | 2 | Bản ghi nhớ B | Bản ghi nhớ | Sở | Sở Y tế | Bệnh viện Aichi | Nhật Bản | 2021-05-04 | 2021-05-04 | 5 năm | Còn hiệu lực | Tốt |
    | B | Hết hiệu lực hoặc chấm dứt |
    | 1 | Bản ghi nhớ C | Bản ghi nhớ | Tỉnh | UBND tỉnh | Tỉnh Savannakhet | Lào | 1/4/2016 | 1/4/2016 | 1/4/2021 | Hết hiệu lực | Tốt |
    | C | Dự kiến ký kết |
    | 1 | Thỏa thuận D | Thỏa thuận | Tỉnh | UBND tỉnh | Tỉnh Nakhon Phanom | Thái Lan | Quý IV/2021 |  |  | Dự kiến ký |  |
"""


def test_agreements_of_an_agencys_own_layout() -> None:
    table = only(read(grid(AGREEMENTS)))
    assert (table.form, [r.section for r in table.records]) == ("4", ["I", "I", "II", "III"])
    first = table.records[0]
    assert isinstance(first, Agreement)
    assert (first.signed.start, first.ends, first.level.level) == (
        date(2021, 3, 12),
        date(2026, 3, 12),
        "Cấp tỉnh",
    )
    assert first.countries.countries == ("LAO",)


OTHER_WORDS = [
    (
        "4", """
        | THỐNG KÊ CÁC THỎA THUẬN QUỐC TẾ ĐÃ KÝ KẾT NĂM 2021 |
        | STT | Tên văn bản hợp tác | Nước, vùng lãnh thổ | Phía nước ngoài | Cơ quan, đơn vị ký kết | Cấp ký kết | Thể loại | Ngày, tháng, năm ký kết | Có hiệu lực từ | Thời gian hiệu lực | Tình trạng hiện nay | Đánh giá kết quả thực hiện |
        | A | Đã ký trong năm |
        | 1 | Bản ghi nhớ A | Lào | Bệnh viện Savannakhet | Sở Y tế | Cấp sở | MOU | 15/02/2021 | 15/02/2021 | 3 năm | Đang có hiệu lực | Tốt |
        """, {"section": "I", "partners": "Bệnh viện Savannakhet", "validity": "3 năm", "result": "Tốt"},
    ),
    (
        "5", """
        | TRƯỜNG ĐẠI HỌC QUẢNG BÌNH |

        | DANH MỤC HỘI NGHỊ, HỘI THẢO QUỐC TẾ THEO QUYẾT ĐỊNH SỐ 06/2020/QĐ-TTG |
        | (từ 15/12/2020 đến 14/12/2021) |
        | STT | Tên hội nghị/hội thảo | Chủ đề | Thời gian diễn ra | Thời lượng (ngày) | Địa điểm | Đại biểu trong nước | Đại biểu quốc tế | Văn bản cho phép | Phương thức tổ chức | Đối tác phối hợp nước ngoài | Kinh phí, nguồn kinh phí | Báo cáo kết quả tổ chức |
        | 1 | Hội thảo AI | Trí tuệ nhân tạo | 20/11/2021 | 1 | Đồng Hới | 120 | 12 | Công văn số 12/UBND-NC | Trực tuyến | ĐH Kyoto | Sự nghiệp 150 triệu đồng | BC số 15/BC-ĐHQB |
        """, {"vietnamese_delegates": "120", "foreign_delegates": "12", "held": "Trực tuyến", "foreign_partner": "ĐH Kyoto"},
    ),
    (
        "PCPNN", """
        | TỔNG HỢP CÁC DỰ ÁN VIỆN TRỢ PCPNN NĂM 2021 |
        | TT | Tên nhà tài trợ | Quốc tịch | Tên chương trình/dự án | Lĩnh vực tài trợ | Địa bàn dự án | Tổng giá trị dự án (USD) | Thời gian dự án | Giấy phép hoạt động | Kết quả giải ngân |
        | 1 | AFAP | Úc | Dự án Vệ sinh | Y tế | Lệ Thủy | 45,500.50 USD | 01/6/2021 - 31/12/2021 | Chưa có | 50% |
        |  | Tổng cộng |  |  |  |  | 45.500,5 |  |  |  |
        """, {"organisation": "AFAP", "value": "45,500.50 USD", "registration": "Chưa có", "result": "50%"},
    ),
    (
        "7", """
        | DANH SÁCH KHEN THƯỞNG ĐỐI NGOẠI NĂM 2021 |
        | STT | Họ và tên | Quốc tịch | Chức danh | Hình thức khen | Cơ quan quyết định khen thưởng | Quyết định khen thưởng |
        | I | Khen thưởng cho tập thể, cá nhân nước ngoài |
        | II | Được nước ngoài khen thưởng |
        | 1 | Sở Y tế | Lào | Y tế | Huân chương Hữu nghị | Nhà nước Lào | Số 12 ngày 1/7/2021 |
        """, {"section": "II", "position": "Y tế", "award": "Huân chương Hữu nghị", "level": "Nhà nước Lào"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("form", "sheet", "told"), OTHER_WORDS)
def test_columns_under_other_words_in_another_order(form: str, sheet: str, told: dict[str, str]) -> None:
    table = only(read(grid(sheet)))
    (found,) = table.records
    assert table.form == form
    assert {name: found.section if name == "section" else found.text(name) for name in told} == told


@pytest.mark.parametrize(
    ("heading", "line", "cell", "value"),
    [
        ("Giá trị (USD)", "", "250000", 250_000), ("Giá trị (nghìn USD)", "", "250", 250_000), ("Giá trị (1.000 USD)", "", "250", 250_000),
        ("Giá trị (triệu USD)", "", "1,2", 1_200_000), ("Giá trị (nghìn USD)", "", "250.000 USD", 250_000),
        ("Giá trị (nghìn USD)", "", "2019: 100; 2020: 150", 250_000), ("Giá trị dự án (nghìn đô la Mỹ)", "", "250", 250_000),
        ("Giá trị", "ĐVT: nghìn USD", "250", 250_000), ("Giá trị", "ĐVT: USD", "250", 250), ("Giá trị (USD)", "ĐVT: triệu đồng", "250", 250),
        ("Giá trị (triệu đồng)", "", "500", None), ("Giá trị (đồng)", "", "50000000", None), ("Giá trị (EUR)", "", "50", None),
        ("Giá trị", "ĐVT: đồng", "50000000", None), ("Giá trị (VNĐ hoặc USD)", "", "250", 250),
        ("Giá trị (triệu đồng hay USD)", "", "250", 250), ("Giá trị (USD, ghi rõ nếu là EUR)", "", "250", 250), ("Giá trị (ĐVT: 1.000.000 đồng)", "", "250", None),
    ],
)  # fmt: skip
def test_values_in_the_unit_of_their_heading(heading: str, line: str, cell: str, value: float | None) -> None:
    table = only(
        read(
            grid(f"""
            | UBND TỈNH QUẢNG BÌNH |
            | SỞ NGOẠI VỤ |
            | TỔNG HỢP CÁC DỰ ÁN VIỆN TRỢ PCPNN NĂM 2021 |
            | | | | | | {line or "(Kèm theo Báo cáo)"} |
            | TT | Tên tổ chức | Nước | Tên dự án | Lĩnh vực | Địa bàn | {heading} | Thời gian thực hiện | Số giấy đăng ký | Kết quả |
            | 1 | AFAP | Úc | Dự án Vệ sinh | Y tế | Lệ Thủy | {cell} | 01/6/2021 - 31/12/2021 | Chưa có | Tốt |
            """)
        )
    )
    assert table.records[0].value.value == value  # type: ignore[attr-defined]


AWARDS = """
    | THỐNG KÊ CÁC HÌNH THỨC KHEN THƯỞNG ĐỐI NGOẠI NĂM 2021 |
    | TT | Tên cá nhân, tập thể | Quốc tịch | Chức vụ, lĩnh vực | Hình thức khen thưởng | Cấp khen thưởng | Quyết định (số, ngày) | Ghi chú |
    | I | Khen thưởng tặng cho người nước ngoài |
    | 1 | Ông John | Anh | Giáo dục | Bằng khen | UBND tỉnh | QĐ số 5/QĐ-UBND ngày 1/3/2021 |  |
    | II | Khen thưởng của nước ngoài tặng cho tập thể, cá nhân tại địa phương |
    | 1 | Sở Y tế | Lào | Y tế | Huân chương | Nhà nước Lào | QĐ số 8/QĐ ngày 4/4/2021 | |
"""


def test_awards_given_and_received() -> None:
    table = only(read(grid(AWARDS)))
    assert (table.form, [r.section for r in table.records]) == ("7", ["I", "II"])
    given = table.records[0]
    assert isinstance(given, Award)
    assert (given.period.start, given.level.level) == (date(2021, 3, 1), "Cấp tỉnh")


PROJECTS = """
    | DANH SÁCH CÁC DỰ ÁN VIỆN TRỢ PHI CHÍNH PHỦ NƯỚC NGOÀI NĂM 2021 |
    | TT | Tổ chức PCPNN | Quốc gia | Tên chương trình, dự án | Lĩnh vực | Địa bàn triển khai | Giá trị (USD) | Thời gian | Giấy đăng ký | Kết quả thực hiện |
    | 1 | Plan | Anh | Nước sạch | Giáo dục | Minh Hóa | 250000 | 3/2021 - 12/2022 | 123/CNV | Tốt |
    | Tổng cộng | | | | | | 250000 | | | |
"""


def test_aid_projects() -> None:
    table = only(read(grid(PROJECTS)))
    assert (table.form, [r.text("value") for r in table.records]) == ("PCPNN", ["250000"])


CONFERENCES = """
    | {title} |
    | TT | Tên hội nghị, hội thảo |{more} Đại biểu Việt Nam | Đại biểu nước ngoài | Chủ đề, nội dung | Số ngày | Thời gian | Địa điểm | Tổng kinh phí |{last}
    | 1 | Hội thảo hang động |{held} 40 | 10 | Hang động | 2 | 1-2/4/2021 | Đồng Hới | Ngân sách tỉnh |{report}
"""
SIMPLE = {"more": "", "last": "", "held": "", "report": ""}
OF_DECISION = {
    "more": " Cơ quan cho phép | Hình thức |", "last": " Báo cáo |", "held": " UBND tỉnh | Trực tiếp |",
    "report": " BC số 1/BC-SNV ngày 5/4/2021 |",
}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "columns", "form"),
    [
        ("THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM 2021", SIMPLE, "03"),
        ("THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM 2021", OF_DECISION, "5"),
        ("DANH MỤC HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM 2021", OF_DECISION, "5"),
        ("BẢNG THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM 2021 VÀ DỰ KIẾN NĂM 2022", SIMPLE, "03"),
    ],
)
def test_form_03_and_form_5_are_told_apart_by_their_columns(
    title: str, columns: dict[str, str], form: str
) -> None:
    (table,) = read(grid(CONFERENCES.format(title=title, **columns))).tables
    assert (table.form, len(table.records)) == (form, 1)


def test_a_word_table_of_awards() -> None:
    document = docx.Document()
    document.add_paragraph("BẢNG THỐNG KÊ KHEN THƯỞNG ĐỐI NGOẠI NĂM 2021")
    lines = [line.strip().strip("|").split("|") for line in AWARDS.strip().splitlines()[1:]]
    table = document.add_table(rows=len(lines), cols=8)
    for row, cells in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, cells, strict=False):
            cell.text = text.strip()
    buffer = io.BytesIO()
    document.save(buffer)
    sent = read_submission(buffer.getvalue(), "khen-thuong.docx", CATALOGUE, cycle=2022)
    assert [(t.form, [r.section for r in t.records]) for t in sent.tables] == [("7", ["I", "II"])]


@pytest.mark.parametrize("form", list(FURTHER))
def test_a_nil_return(form: str) -> None:
    spec = CATALOGUE.of_form(form)
    heads = " | ".join(c.label.replace("\n", " ") for c in spec.columns)
    title = spec.title.replace("{Y-1}", "2021").replace("{Y}", "2022")
    (table,) = read(grid(f"| {title} |\n| {heads} |\n| | Không có |")).tables
    assert (table.form, table.nil, table.records) == (form, True, ())


# --- merged, reviewed, merged again --------------------------------------------------------------------------------


def every_form(path: str = "a.xlsx", **change: str) -> Submission:
    return submission(path, "Sở Y tế", {form: [{**row, **change}] for form, row in FURTHER.items()})


def test_a_merge_a_review_and_a_second_merge_lose_nothing() -> None:
    first = merged([every_form()])
    rows = tuple(
        replace(row, review=Review("Đồng ý", f"ghi chú {row.record.form}")) for row in first.consolidated.rows
    )
    previous = back(written(replace(first, consolidated=replace(first.consolidated, rows=rows))))
    second = merged([every_form("b.xlsx", result="Đã báo cáo")], previous)
    found = {r.record.form: r for r in second.consolidated.rows}
    assert {form: row.review for form, row in found.items()} == {
        form: Review("Đồng ý", f"ghi chú {form}") for form in FURTHER
    }
    assert "Kết quả" in found["PCPNN"].change
    assert found["7"].change == ""
    third = again(described(second))
    assert [(r.record_id, r.review) for r in third.consolidated.rows] == [
        (r.record_id, r.review) for r in second.consolidated.rows
    ]


def test_rows_of_sections_come_back_in_their_sections() -> None:
    rows = [{**AGREEMENT, "name": f"Thỏa thuận {part}", "section": part} for part in ("I", "II", "III")]
    book = again(described(merged([submission("a.xlsx", "Sở Y tế", {"4": rows})]))).consolidated
    assert [(r.record.text("name"), r.record.section) for r in book.rows] == [
        (f"Thỏa thuận {part}", part) for part in ("I", "II", "III")
    ]


def test_an_id_tells_the_section_of_a_form_with_a_hyphen() -> None:
    assert section_of_id("KH-XA-3f9c2e71ab04", "KH-XA") == ""
    assert section_of_id("KH-XA-II-3f9c2e71ab04", "KH-XA") == "II"


def test_aid_is_summed_by_live_formulas() -> None:
    rows = [
        {**AID, "name": f"Dự án {n}", "value": text}
        for n, text in enumerate(("250.000", "1,2 triệu USD", "chưa rõ"))
    ]
    book = openpyxl.load_workbook(
        io.BytesIO(written(merged([submission("a.xlsx", "Sở Y tế", {"PCPNN": rows})]))), data_only=True
    )
    lines = {row[0].value: [cell.value for cell in row[1:5]] for row in book["Tổng quan"].iter_rows()}
    line = next(values for label, values in lines.items() if label and "Viện trợ PCPNN" in str(label))
    assert line == [2019, 3, 1_450_000, 0]


# --- issued --------------------------------------------------------------------------------------------------------


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.chdir(tmp_path)
    return lambda *words: run(list(words))


def forms_in(path: Path) -> list[str]:
    return [n for n in openpyxl.load_workbook(path).sheetnames if n.startswith(("Mẫu", "Viện trợ"))]


def test_the_default_is_the_five_forms_and_all_writes_every_one(call: Callable[..., int], tmp_path: Path) -> None:
    assert call("new-template", "--year", "2022", "--out", "nam.xlsx") == 0
    assert call("new-template", "--year", "2022", "--all", "--out", "tat-ca.xlsx") == 0
    assert (
        call(
            "new-template",
            "--year",
            "2022",
            "--form",
            "04",
            "--form",
            "Mẫu 7",
            "--form",
            "pcpnn",
            "--out",
            "ba.xlsx",
        )
        == 0
    )
    five = ["Mẫu 01.A", "Mẫu 01.B", "Mẫu 02.A", "Mẫu 02.B", "Mẫu 03"]
    assert forms_in(tmp_path / "nam.xlsx") == five
    assert forms_in(tmp_path / "tat-ca.xlsx") == [*five, "Mẫu 4", "Mẫu 5", "Mẫu 7", "Viện trợ PCPNN"]
    assert forms_in(tmp_path / "ba.xlsx") == ["Mẫu 4", "Mẫu 7", "Viện trợ PCPNN"]
    said = " ".join(
        str(c.value) for row in openpyxl.load_workbook(tmp_path / "ba.xlsx")["Hướng dẫn"].iter_rows() for c in row
    )
    assert said.count("Mẫu do Sở Ngoại vụ đề xuất") == 3
    assert call("check", "tat-ca.xlsx", "--year", "2022", "--fail-on", "warning") == 0


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1/3/2021 - 31/12/2022", date(2021, 3, 1), date(2021, 3, 1)),
        ("3/2021 - 12/2022", date(2021, 3, 1), date(2021, 3, 31)),
        ("tháng 4/2021 - tháng 12/2021", date(2021, 4, 1), date(2021, 4, 30)),
        ("từ tháng 4 đến tháng 12/2021", date(2021, 4, 1), date(2021, 4, 30)),
        ("2019 - 2022", date(2019, 1, 1), date(2019, 12, 31)),
        ("Quý II/2021 - Quý IV/2022", date(2021, 4, 1), date(2021, 6, 30)),
        ("năm 2021", date(2021, 1, 1), date(2021, 12, 31)),
    ],
)
def test_when_a_project_begins(text: str, first: date, last: date) -> None:
    begins = beginning(read_period(text, 2021))
    assert (begins.start, begins.end) == (first, last)


def test_the_guidance_sheet_speaks_of_the_forms_of_its_workbook_alone(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    assert run(["new-template", "--year", "2020", "--form", "5", "--out", str(path), "--quiet"]) == 0
    sheet = openpyxl.load_workbook(path)["Hướng dẫn"]
    lines = [str(row[0].value) for row in sheet.iter_rows()]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "Quyết định số 06/2020/QĐ-TTg".casefold() in text.casefold()
    assert "qđ-ttg" not in text
    assert "HN09" in lines
    assert not {"DR07", "TH01", "KT01"} & set(lines)
    assert "Trong KH" not in text


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("Từ năm 2017", []),
        ("bắt đầu từ tháng 3/2018", []),
        ("2017 - 2018", ["DL04"]),
        ("từ 1/2017 đến 6/2018", ["DL04"]),
    ],
)
def test_a_project_without_an_end_goes_on(period: str, found: list[str]) -> None:
    assert codes("PCPNN", {"period": period}) == found
