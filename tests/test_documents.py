"""Numbers and dates of the documents that agencies refer to."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doingoai_cli.vietnamese.documents import read_document

AUGUST = date(2019, 8, 15)
COMPLETE = [
    ("Báo cáo số 123/BC-SYT ngày 15/8/2019", "123/BC-SYT", AUGUST),
    ("Công văn 436/UBND-NgV ngày 6/2/2018 của Chủ tịch UBND tỉnh", "436/UBND-NgV", date(2018, 2, 6)),
    ("BC 45/BC-SNgV, 20/3/2019", "45/BC-SNgV", date(2019, 3, 20)),
    ("Báo cáo số 45/BC-SNgV ngày 2019/03/20", "45/BC-SNgV", date(2019, 3, 20)),
    ("No. 45/BC-SNgV, 20 March 2019", "45/BC-SNgV", date(2019, 3, 20)),
    ("Số: 12/BC ngày 05 tháng 3 năm 2019", "12/BC", date(2019, 3, 5)),
    ("123/BC-SYT (15/8/2019)", "123/BC-SYT", AUGUST),
    ("số 12/BC-SYT, ngày 15.8.2019", "12/BC-SYT", AUGUST),
    ("01/BC-UBND ngày 15-08-2019", "01/BC-UBND", AUGUST),
    ("Báo cáo số 07-BC/TU ngày 15/8/2019", "07-BC/TU", AUGUST),
    ("Báo cáo số 12/2019/BC-UBND, ngày 15/8/2019", "12/2019/BC-UBND", AUGUST),
    ("Đã báo cáo (BC số 12/BC-SYT\nngày 15/8/2019)", "12/BC-SYT", AUGUST),
    ("Báo cáo số 45 ngày 15/8/2019", "45", AUGUST),
    ("BC số 12/BC-SYT ngày 15/8/19", "12/BC-SYT", AUGUST),
    ("12/BC-SYT-15/8/2019", "12/BC-SYT", AUGUST),
    ("12/BC-SYT ngày 15/8 năm 2019", "12/BC-SYT", AUGUST),
    ("12/BC-SYT 2019-08-15", "12/BC-SYT", AUGUST),
    ("12/BC－SYT, 15﹣8﹣2019", "12/BC-SYT", AUGUST),
]
INCOMPLETE = [
    ("BC số 12/BC-SYT", "12/BC-SYT", None),
    ("Báo cáo số 123/BC-SYT ngày 15/8", "123/BC-SYT", None),
    ("Báo cáo số 123/BC-SYT tháng 8/2019", "123/BC-SYT", None),
    ("Báo cáo số 123/BC-SYT ngày 31/2/2019", "123/BC-SYT", None),
    ("Báo cáo số 12/BC-SYT về chuyến đi từ 12/3/2019 đến 15/3/2019", "12/BC-SYT", None),
    ("ngày 15/8/2019", None, AUGUST),
    ("Báo cáo ngày 15/8/2019", None, AUGUST),
    ("Báo cáo 15/8/2019", None, AUGUST),
    ("Báo cáo 15 tháng 8 năm 2019", None, AUGUST),
    ("Báo cáo số     /BC-SYT ngày 15/8/2019", None, AUGUST),
    ("Báo cáo kết quả năm 2019 - Sở Y tế, 15/8/2019", None, AUGUST),
    ("Đã báo cáo", None, None),
    ("Sẽ báo cáo sau", None, None),
    ("Báo cáo tháng 8/2019", None, None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "number", "day"), [*COMPLETE, *INCOMPLETE])
def test_number_and_date(text: str, number: str | None, day: date | None) -> None:
    reference = read_document(text)
    assert (reference.number, reference.date) == (number, day)
    assert reference.is_complete == (number is not None and day is not None)


@given(
    st.sampled_from([*COMPLETE, *INCOMPLETE]),
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from("-–‐"),
    st.booleans(),
)
def test_spelling_does_not_change_what_is_missing(
    case: tuple[str, str | None, date | None], form: str, dash: str, capitals: bool
) -> None:
    text, number, day = case
    typed = unicodedata.normalize(form, text.upper() if capitals else text).replace("-", dash).replace(" ", "  ")
    reference = read_document(typed)
    assert (reference.number is None, reference.date) == (number is None, day)


SYMBOLS = st.sampled_from(["BC-SYT", "BC-UBND", "BC", "UBND-NgV", "BC-ĐHQB"])
STYLES = st.sampled_from(["Báo cáo số {}/{} ngày {:%d/%m/%Y}", "BC {}/{}, {:%d.%m.%Y}", "Số: {}/{} ({:%d-%m-%Y})"])


@given(st.integers(1, 9999), SYMBOLS, st.dates(date(2000, 1, 1)), STYLES)
def test_any_reference_reads_back(number: int, symbol: str, day: date, style: str) -> None:
    reference = read_document(style.format(number, symbol, day))
    assert (reference.number, reference.date) == (f"{number}/{symbol}", day)


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert read_document(text).is_complete in (True, False)
