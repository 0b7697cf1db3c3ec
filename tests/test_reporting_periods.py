"""Periods of reporting as titles, folders and options name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doingoai_cli.vietnamese.time.reporting import ReportingPeriod, period_of_code
from doingoai_cli.vietnamese.time.stated_periods import folder_periods, stated_periods, whole_period


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN TRONG THÁNG 8/2020", ["2020-08"]),
        ("ĐOÀN RA ĐÃ THỰC HIỆN THÁNG 08 NĂM 2020", ["2020-08"]),
        ("Tháng tám năm 2020", ["2020-08"]),
        ("ĐOÀN RA THÁNG 10-2020", ["2020-10"]),
        ("ĐOÀN VÀO QUÝ III/2020", ["2020-Q3"]),
        ("ĐOÀN VÀO QUÍ 3 NĂM 2020", ["2020-Q3"]),
        ("KẾT QUẢ QUÝ I, QUÝ II NĂM 2020", ["2020-H1"]),
        ("ĐOÀN RA NĂM 2020 (tính đến hết tháng 9/2020)", ["2020-9M"]),
        ("ĐOÀN RA ĐẾN HẾT QUÝ III/2020", ["2020-9M"]),
        ("(Từ 01/7 đến 30/9/2020)", ["2020-Q3"]),
        ("KẾT QUẢ QUÝ I+II/2020", ["2020-H1"]),
        ("ĐOÀN RA 6 THÁNG ĐẦU NĂM 2020", ["2020-H1"]),
        ("ĐOÀN RA SÁU THÁNG ĐẦU NĂM 2020", ["2020-H1"]),
        ("ĐOÀN RA 06 THÁNG CUỐI NĂM 2020", ["2020-H2"]),
        ("KẾ HOẠCH ĐOÀN RA NỬA CUỐI NĂM 2020", ["2020-H2"]),
        ("ĐOÀN RA 9 THÁNG NĂM 2020", ["2020-9M"]),
        ("ĐOÀN RA 9 THÁNG", ["2019-9M"]),
        ("CHÍN THÁNG ĐẦU NĂM", ["2019-9M"]),
        ("ĐOÀN RA 9 THÁNG/2020", ["2020-9M"]),
        ("ĐOÀN RA TỪ THÁNG 1 ĐẾN THÁNG 8/2020", ["2020-8M"]),
        ("ĐOÀN RA TỪ ĐẦU NĂM ĐẾN HẾT THÁNG 8 NĂM 2020", ["2020-8M"]),
        ("ĐOÀN RA THÁNG 7, 8, 9 NĂM 2020", ["2020-Q3"]),
        ("ĐOÀN RA (từ ngày 15/12/2019 đến ngày 14/6/2020)", ["2020-H1"]),
        ("ĐOÀN RA từ ngày 15 tháng 7 năm 2020 đến ngày 14 tháng 8 năm 2020", ["2020-08"]),
        ("ĐOÀN RA (01/01/2020 - 30/9/2020)", ["2020-9M"]),
        ("KẾT QUẢ 6 THÁNG ĐẦU NĂM VÀ KẾ HOẠCH 6 THÁNG CUỐI NĂM 2020", ["2019-H1", "2020-H2"]),
        ("BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN TRONG NĂM 2019", []),
        ("ĐOÀN RA (từ ngày 15/12/2019 đến ngày 14/12/2020)", []),
        ("ĐOÀN RA NĂM 2020\n(Kèm theo Công văn số 12/SYT-VP ngày 5 tháng 9 năm 2019)", []),
        ("KẾ HOẠCH ĐOÀN RA NĂM 2020 (Quảng Bình, ngày 10 tháng 9 năm 2019)", []),
        ("Đồng Hới, ngày … tháng 9 năm 2019", []),
        ("Quyết định 06/2020/QĐ-TTg", []),
        ("QUỸ 1 NĂM 2020", []),
        ("ĐOÀN RA T8/2020", ["2020-08"]),
        ("ĐOÀN RA Q.III/2020", ["2020-Q3"]),
        ("ĐOÀN RA 10 THÁNG 2020", ["2020-10M"]),
        ("ĐOÀN RA BA QUÝ ĐẦU NĂM 2020", ["2020-9M"]),
        ("THÔNG TƯ TT8/2020", []),
    ],
)
def test_what_a_title_states(title: str, codes: list[str]) -> None:
    assert [found.of_year(2019).code for found in stated_periods(title)] == codes


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("inbox/2020-08/so-y-te.xlsx", ["2020-08"]),
        ("inbox\\2020-Q3\\so-y-te.xlsx", ["2020-Q3"]),
        ("inbox/2020-h1/so-y-te.xlsx", ["2020-H1"]),
        ("inbox/2020-9M/sở/so-y-te.xlsx", ["2020-9M"]),
        ("inbox/Tháng 8-2020/x.xlsx", ["2020-08"]),
        ("inbox/2020_08/x.xlsx", ["2020-08"]),
        ("inbox/2020.Q3/x.xlsx", ["2020-Q3"]),
        ("inbox/08-2020/x.xlsx", ["2020-08"]),
        ("inbox/8.2020/x.xlsx", ["2020-08"]),
        ("inbox/2020-08-15/x.xlsx", []),
        ("inbox/15.8.2020/x.xlsx", []),
        ("inbox/thang_8_nam_2020/x.xlsx", ["2020-08"]),
        ("inbox/2020/08/x.xlsx", ["2020-08"]),
        ("inbox/2020/Quý III/x.xlsx", ["2020-Q3"]),
        ("inbox/2020/Q3/x.xlsx", ["2020-Q3"]),
        ("inbox/Năm 2020/9M/x.xlsx", ["2020-9M"]),
        ("inbox/202008/x.xlsx", ["2020-08"]),
        ("inbox/202013/x.xlsx", []),
        ("inbox/2020/15/x.xlsx", []),
        ("inbox/2020/x.xlsx", []),
        ("inbox/2020-08/2020-Q3/x.xlsx", ["2020-Q3", "2020-08"]),
        ("inbox/Công văn tháng 8-2020/x.xlsx", []),
        ("inbox/2020-13/2020-Q5/x.xlsx", []),
        ("2020-08.xlsx", []),
    ],
)
def test_what_folders_name(path: str, codes: list[str]) -> None:
    assert [found.code for found in folder_periods(path)] == codes


@given(st.integers(2000, 2099), st.integers(1, 12), st.integers(1, 12))
def test_a_code_and_a_label_name_the_same_period(year: int, one: int, other: int) -> None:
    period = ReportingPeriod(year, min(one, other), max(one, other))
    if ".." not in period.code:
        assert period_of_code(period.code) == period
    if not period.whole:
        stated = whole_period(period.label)
        assert stated is not None
        assert stated.of_year(1999) == period


def test_a_line_that_says_more_is_no_period() -> None:
    assert whole_period("Đi công tác tháng 8/2020") is None
    assert whole_period("(Kỳ báo cáo: tháng 8/2020)") is not None
