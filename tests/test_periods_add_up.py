# ruff: noqa: E501 - sheets are shown as tables
"""Monthly and quarterly reports: different periods add up, the same one replaces, a longer one replaces both."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from consolidation import CATALOGUE, PLANNED, REALISED, back, merged, record, written
from consolidation import submission as made
from hypothesis import given, settings
from hypothesis import strategies as st
from pipetable import grid, xlsx

from doingoai_cli.consolidate.settle import Receiving, Settled, settle
from doingoai_cli.consolidate.workbook.reading.lists import reported_forms
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.intake.submission import read_submission
from doingoai_cli.model.findings import Observation, Place, Severity
from doingoai_cli.model.grid import Workbook
from doingoai_cli.model.submissions import Submission
from doingoai_cli.pipeline.periods import period_of_option, with_periods
from doingoai_cli.pipeline.workspace import Workspace
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod

AUGUST, SEPTEMBER = ReportingPeriod(2019, 8, 8), ReportingPeriod(2019, 9, 9)
QUARTER, NINE, YEAR = ReportingPeriod(2019, 7, 9), ReportingPeriod(2019, 1, 9), ReportingPeriod(2019)
CAME = datetime(2019, 10, 1, 8)


def sent(
    path: str,
    period: ReportingPeriod | None,
    *names: str,
    agency: str = "Sở Y tế",
    nil: bool = False,
    after: int = 0,
) -> Submission:
    rows = [{**REALISED, "name": f"Đoàn công tác {name}", "countries": name} for name in names]
    file = made(
        path, agency, {"01.A": rows}, nil=["01.A"] if nil else [], received=CAME + timedelta(hours=after),
        content=path,
    )  # fmt: skip
    return replace(file, period=period)


def settled(*files: Submission) -> Settled:
    return settle([replace(f, received=CAME + timedelta(hours=n)) for n, f in enumerate(files)], Receiving(2020))


def counted(result: Settled) -> list[str]:
    return sorted(r.text("countries") for _, table in result.counted for r in table.records)


def said(result: Settled) -> list[tuple[str, str]]:
    return [(o.severity or "", str(o.params.get("instead", ""))) for o in result.observations if o.code == "TK04"]


def test_three_agencies_times_three_months_are_nine_rows() -> None:
    files = [
        sent(f"2019-0{month}/{agency}.xlsx", ReportingPeriod(2019, month, month), country, agency=f"Sở {agency}")
        for agency, countries in {
            "A": ("Lào", "Pháp", "Đức"),
            "B": ("Nga", "Ý", "Áo"),
            "C": ("Mỹ", "Bỉ", "Séc"),
        }.items()
        for month, country in zip((7, 8, 9), countries, strict=True)
    ]
    result = settled(*files)
    assert len(counted(result)) == 9
    assert said(result) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([(AUGUST, "Lào"), (SEPTEMBER, "Nga"), (AUGUST, "Đức")], ["Nga", "Đức"]),
        ([(AUGUST, "Lào"), (SEPTEMBER, "Nga"), (QUARTER, "Lào", "Nga", "Ý")], ["Lào", "Nga", "Ý"]),
        ([(AUGUST, "Lào"), (QUARTER, "Nga"), (NINE, "Đức")], ["Đức"]),
        ([(AUGUST, "Lào"), (None, "Đức", "Ý")], ["Ý", "Đức"]),
        ([(QUARTER, "Lào", "Nga"), (ReportingPeriod(2019, 1, 6), "Ý")], ["Lào", "Nga", "Ý"]),
    ],
)
def test_what_counts_after_several_periods(
    files: Sequence[tuple[ReportingPeriod | None, str]], expected: list[str]
) -> None:
    inbox = [sent(f"{n}.xlsx", period, *names) for n, (period, *names) in enumerate(files)]
    assert counted(settled(*inbox)) == expected


def test_a_month_that_comes_after_its_quarter_counts_no_row_twice() -> None:
    result = settled(sent("q.xlsx", QUARTER, "Lào", "Nga"), sent("8.xlsx", AUGUST, "Nga", "Ý"))
    assert counted(result) == ["Lào", "Nga", "Ý"]
    assert said(result) == [(Severity.WARNING, "được tính cùng với")]
    assert [(r.path, r.by, len(r.rows)) for r in result.replaced] == [("q.xlsx", "8.xlsx", 1)]
    whole = settled(
        sent("q.xlsx", QUARTER, "Lào", "Nga"), sent("8.xlsx", AUGUST, "Nga", "Ý"), sent("y.xlsx", None, "Lào")
    )
    assert counted(whole) == ["Lào"]
    assert sum(len(r.rows) for r in whole.replaced) == 4


@pytest.mark.parametrize("later", [0, 1])
def test_periods_that_share_months_count_no_row_twice(later: int) -> None:
    half = ReportingPeriod(2019, 7, 12)
    files = [sent("9.xlsx", NINE, "Lào", "Nga"), sent("h2.xlsx", half, "Nga", "Ý")]
    result = settled(files[1 - later], files[later])
    assert counted(result) == ["Lào", "Nga", "Ý"]
    assert [(r.path, len(r.rows)) for r in result.replaced] == [(files[1 - later].path, 1)]
    (said_of_it,) = (o.params["summary"] for o in result.observations if o.code == "TK04")
    assert "có những tháng chung với kỳ này; 01 dòng trùng" in str(said_of_it)


def test_none_withdraws_the_rows_of_its_own_period() -> None:
    result = settled(
        sent("8.xlsx", AUGUST, "Lào"), sent("9.xlsx", SEPTEMBER, "Nga"), sent("8b.xlsx", AUGUST, nil=True)
    )
    assert counted(result) == ["Nga"]
    assert result.observations[0].params["summary"] == "“Không có”, rút 01 dòng"
    assert result.observations[0].severity is Severity.WARNING  # none of the earlier rows recurs


def test_the_workbook_knows_for_which_months_a_form_came() -> None:
    book = merged([sent("8.xlsx", AUGUST, nil=True), sent("9.xlsx", SEPTEMBER, "Nga")])
    again = back(written(book)).consolidated
    for found in (book.consolidated, again):
        assert found.reported == {"01.A"}
        assert found.reported_parts == {"01.A": (AUGUST, SEPTEMBER)}
        assert found.has_reported([("01.A", "")], QUARTER)
        assert not found.has_reported([("01.A", "")], ReportingPeriod(2019, 7, 7))
    assert [period for came in again.sent.values() for period, _ in came] == [AUGUST, SEPTEMBER]


def test_what_a_file_reports_does_not_hang_on_the_name_of_the_one_in_its_place() -> None:
    first = made("a.xlsx", "Sở Y tế", {"01.A": [REALISED], "01.B": []}, received=CAME, nil=("01.B",))
    later = made("mẫu trống.xlsx", "Sở Y tế", {"01.A": [REALISED]}, received=CAME + timedelta(1))
    book = merged([first, later])
    assert "thay bằng mẫu trống.xlsx" in book.files[0].status
    assert back(written(book)).consolidated.reported == book.consolidated.reported == {"01.A", "01.B"}


def test_a_code_with_brackets_is_read_back_from_the_ledger() -> None:
    ledger = grid(
        """
        | TT | Tệp    | Cơ quan, đơn vị | Thời gian nhận | Căn cứ thứ tự | Các mẫu|
        | 1  | a.xlsx | Sở Y tế         | 01/09/2019     |               | KH (xã), 01.A (tháng 8/2019), 4 không có mục II và III (tháng 9/2019) |
        """,
        name="Nhật ký",
    )
    whole = ReportingPeriod(2019)
    expected = (("KH (xã)", whole, ()), ("01.A", AUGUST, ()), ("4", SEPTEMBER, ("II", "III")))
    assert reported_forms(Workbook("xlsx", (ledger,)), 2020) == expected


def test_an_emptied_form_is_said_and_changes_nothing() -> None:
    first = made("a.xlsx", "Sở Y tế", {"01.A": [REALISED], "01.B": [REALISED]}, received=CAME)
    later = made("b.xlsx", "Sở Y tế", {"01.A": [], "01.B": [REALISED]}, received=CAME + timedelta(1))
    result = settle([first, later], Receiving(2020))
    assert [t.form for _, t in result.counted] == ["01.A", "01.A", "01.B"]
    emptied = next(o for o in result.observations if o.params.get("emptied"))
    assert (emptied.severity, emptied.form, emptied.place.sheet) == (Severity.WARNING, "01.A", "Mẫu 01.A")
    assert emptied.params["instead"].startswith("để trống")
    blank = made("b.xlsx", "Sở Y tế", {"01.A": [], "01.B": []}, received=CAME + timedelta(1))
    assert said(settle([first, blank], Receiving(2020))) == []
    monthly = replace(made("c.xlsx", "Sở Y tế", {"01.A": [], "01.B": [REALISED]}), period=SEPTEMBER)
    assert not any(o.params.get("emptied") for o in settle([first, monthly], Receiving(2020)).observations)


def test_one_file_with_months_and_their_quarter_counts_each_row_once() -> None:
    file = made("t.xlsx", "Sở Y tế", {"01.A": [REALISED]})
    row = file.tables[0].records[0]
    august = replace(file.tables[0], period=AUGUST)
    quarter = replace(
        file.tables[0], period=QUARTER, sheet_index=1,
        records=(row, record("01.A", {**REALISED, "name": "Đoàn khác", "countries": "Nga"}, row=20)),
    )  # fmt: skip
    assert len(counted(settle([replace(file, tables=(august, quarter))], Receiving(2020)))) == 2
    other = replace(quarter, records=quarter.records[1:])
    assert len(counted(settle([replace(file, tables=(august, other))], Receiving(2020)))) == 2


def test_a_year_that_is_not_that_of_the_rows_says_nothing_of_them() -> None:
    file = replace(made("a.xlsx", "Sở Y tế", {"01.A": [REALISED], "02.A": []}), period=ReportingPeriod(2020, 8, 8))
    assert {t.form: file.period_of(t).label for t in file.tables}["01.A"] == "năm 2019"


COUNTRIES = st.lists(st.sampled_from(["Lào", "Nga", "Ý", "Đức"]), max_size=3, unique=True)
PERIODS = st.sampled_from([AUGUST, SEPTEMBER, QUARTER, NINE, None])


@given(st.lists(st.tuples(PERIODS, COUNTRIES), max_size=6))
@settings(deadline=None)
def test_every_row_counts_or_is_listed_as_replaced_and_none_of_one_period_twice(
    inbox: list[tuple[ReportingPeriod | None, list[str]]],
) -> None:
    result = settled(*(sent(f"{n}.xlsx", period, *names) for n, (period, names) in enumerate(inbox)))
    rows = sum(len(names) for _, names in inbox)
    assert len(counted(result)) + sum(len(r.rows) for r in result.replaced) == rows
    last = {period: names for period, names in inbox if names}
    if inbox and inbox[-1][0] is None and inbox[-1][1]:
        assert counted(result) == sorted(last[None])


@pytest.mark.parametrize(
    ("path", "option", "label"),
    [
        ("inbox/2019-08/a.xlsx", None, "tháng 8/2019"),
        ("inbox/2019-08/a.xlsx", "2019-Q3", "quý III/2019"),
        ("inbox/a.xlsx", "2019-9M", "9 tháng đầu năm 2019"),
        ("inbox/a.xlsx", None, "năm 2019"),
    ],
)
def test_folder_and_option_name_the_period(path: str, option: str | None, label: str) -> None:
    (file,), _ = with_periods([sent(path, None, "Lào")], option, Workspace())
    assert file.period_of(file.tables[0]).label == label


def test_the_title_stands_and_another_period_of_the_folder_is_said() -> None:
    file = sent("inbox/2019-09/a.xlsx", None, "Lào")
    titled = replace(file, tables=(replace(file.tables[0], period=AUGUST),))
    (found,), notices = with_periods([titled], None, Workspace())
    assert found.period_of(found.tables[0]) == AUGUST
    assert notices == [
        "inbox/2019-09/a.xlsx: tiêu đề ghi tháng 8/2019, thư mục ghi tháng 9/2019; tính theo tiêu đề."
    ]
    with pytest.raises(DoingoaiError, match="2020-Q3"):
        period_of_option("2020-15")


def test_a_report_of_the_year_in_a_folder_of_a_month_is_said() -> None:
    file = made("inbox/2019-09/a.xlsx", "Sở Y tế", {"01.A": [REALISED], "02.A": [PLANNED]})
    tables = (file.tables[0], replace(file.tables[1], rows_year=2020))
    _, (notice,) = with_periods([replace(file, tables=tables)], None, Workspace())
    assert "chỉ áp dụng cho mẫu 01.A; mẫu 02.A của năm khác tính cả năm" in notice


def test_a_period_of_a_year_that_no_form_of_a_file_is_of_is_said() -> None:
    file = made("a.xlsx", "Sở Y tế", {"01.A": [REALISED]})
    (found,), (notice,) = with_periods([file], "2030-08", Workspace())
    assert found.period_of(found.tables[0]).whole
    assert "--period ghi tháng 8/2030, nhưng mẫu 01.A là của năm khác nên tính cả năm" in notice


FORM = """
    | SỞ Y TẾ |
    | {title} |
    | TT | Tên đoàn | Danh nghĩa đoàn | Trưởng đoàn | Số thành viên | Đến nước | Đối tác làm việc | Nội dung hoạt động | Thời gian thực hiện | Kinh phí | Báo cáo | Trong KH | Ngoài KH |
    | 1  | Đoàn A   | Công tác | Nguyễn Văn A, Giám đốc Sở | 5 | Lào | Sở Y tế Khăm Muộn | Ký kết | 12/8/2020-15/8/2020 | 20 triệu | BC 1 ngày 1/9/2020 | X |  |
"""


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN TRONG THÁNG 8/2020", "tháng 8/2020"),
        ("BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN TRONG QUÝ III NĂM 2020", "quý III/2020"),
        ("BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN TRONG 9 THÁNG ĐẦU NĂM 2020", "9 tháng đầu năm 2020"),
        ("BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN\\n(từ 15/12/2019 đến 14/6/2020)", "6 tháng đầu năm 2020"),
        ("BÁO CÁO THÁNG 8/2020 |\n    | BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN NĂM 2020", "tháng 8/2020"),
        ("BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN |\n    | (Tháng 8 năm 2020)", "tháng 8/2020"),
        ("BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN TRONG NĂM 2020", "năm 2020"),
        ("BẢNG TỔNG HỢP ĐOÀN RA NĂM 2020 |\n    | (Kèm theo Công văn ngày 5 tháng 9 năm 2020)", "năm 2020"),
        ("Báo cáo gửi trước tháng 9/2020 |\n    | BẢNG TỔNG HỢP ĐOÀN RA NĂM 2020", "năm 2020"),
        ("BÁO CÁO THÁNG 9/2019 |\n    | BẢNG TỔNG HỢP ĐOÀN RA NĂM 2020", "năm 2020"),
    ],
)
def test_a_form_is_known_by_the_title_of_a_part_of_the_year(title: str, label: str) -> None:
    file = read_submission(xlsx([grid(FORM.format(title=title))]), "a.xlsx", CATALOGUE)
    (table,) = file.tables
    assert (table.form, file.title_cycles, file.period_of(table).label) == ("01.A", (2021,), label)


def several(file: Submission, *names: str) -> Submission:
    """The same with sheets of several agencies, as intake says it."""
    doubt = Observation("CT10", Place(file.path), params={"reason": "ambiguous", "names": names})
    return replace(file, observations=(doubt,))


TWO = ("Sở Y tế", "Sở Du lịch")


@pytest.mark.parametrize(
    ("earlier", "later", "left"),
    [
        ((TWO, "Lào", "Nga", "Ý"), ((), "Lào"), ["Lào", "Nga", "Ý"]),
        ((TWO, "Lào", "Nga", "Ý"), ((), "Lào", "Nga"), ["Lào", "Nga", "Ý"]),
        ((TWO, "Lào", "Nga", "Ý"), ((), "Pháp"), ["Lào", "Nga", "Pháp", "Ý"]),
        ((TWO, "Lào", "Nga", "Ý"), ((),), ["Lào", "Nga", "Ý"]),
        (((), "Lào", "Nga"), (TWO, "Lào", "Nga", "Ý"), ["Lào", "Nga", "Ý"]),
        (((), "Lào", "Nga"), (TWO, "Ý"), ["Lào", "Nga", "Ý"]),
        ((TWO, "Lào", "Nga"), (TWO, "Lào", "Ý"), ["Lào", "Ý"]),
        ((TWO, "Lào", "Nga"), (TWO, "Ý", "Bỉ"), ["Bỉ", "Lào", "Nga", "Ý"]),
        # one agency, its name written in two ways
        ((("Văn phòng", "Văn phòng UBND huyện Lệ Thủy"), "Lào", "Nga"), ((), "Ý"), ["Ý"]),
    ],
)
def test_the_file_of_one_agency_takes_no_row_of_another_away(
    earlier: tuple[Sequence[str], ...], later: tuple[Sequence[str], ...], left: list[str]
) -> None:
    """What an agency sends by itself replaced a workbook with its sheet and those of others, rows of theirs and all."""
    files = [
        sent(path, None, *map(str, rows), nil=not rows)
        for path, (_, *rows) in (("1.xlsx", earlier), ("2.xlsx", later))
    ]
    named = (earlier[0], later[0])
    files = [several(file, *names) if names else file for file, names in zip(files, named, strict=True)]
    result = settled(*files)
    assert counted(result) == left
    assert said(result)
