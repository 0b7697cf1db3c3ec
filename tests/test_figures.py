"""The figures of a report: counted once, traceable, never invented."""

from dataclasses import replace
from datetime import date

import pytest
from consolidateds import book, conference, inbound, out, planned, sample
from hypothesis import given
from hypothesis import strategies as st

from doingoai_cli.consolidate.reconcile import reconcile
from doingoai_cli.consolidate.workbook.plan_sheets import execution_of
from doingoai_cli.model.consolidated import Consolidated, parts_reported
from doingoai_cli.report.figures.compute import compute_figures
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.report.outline import TableSpec
from doingoai_cli.report.remarks import remarks
from doingoai_cli.report.sentences import figure_functions
from doingoai_cli.report.word.figure_tables import figure_table
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod


def values(*names: str, **options: object) -> list[object]:
    figures = compute_figures(sample(), **options)  # type: ignore[arg-type]
    return [figures[name].value for name in names]


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("out.delegations", 9), ("out.persons", 43), ("out.in_plan", 6), ("out.off_plan", 3),
        ("out.plan_unclear", 0), ("out.not_counted", 1), ("out.countries", 7), ("out.agencies", 1),
        ("out.own", 9), ("out.joined", 0),
        ("in.delegations", 7), ("in.persons", 42), ("conferences.count", 3),
        ("conferences.vietnamese_delegates", 120), ("conferences.foreign_delegates", 35), ("conferences.days", 6),
        ("plan.out.delegations", 2), ("plan.out.persons", 11), ("plan.out.refused", 1), ("plan.in.delegations", 1),
        ("plan.conferences.count", 1), ("plan.conferences.foreign_delegates", 25),
    ],
)  # fmt: skip
def test_the_figures_of_a_year(figure: str, value: int) -> None:
    assert values(figure) == [value]


def test_key_figures_are_worded_as_offices_word_them() -> None:
    say = figure_functions(compute_figures(sample()))
    assert say["delegations"]("out", plan=True) == (
        "09 đoàn ra với 43 lượt người, trong đó 06 đoàn trong kế hoạch, 03 đoàn ngoài kế hoạch"
    )
    assert say["delegations"]("in") == "07 đoàn vào với 42 lượt người"
    assert say["conferences"]("conferences") == "03 hội nghị, hội thảo quốc tế"
    assert say["delegations"]("out", verb="cử").startswith("cử 09 đoàn ra")
    assert figure_functions(compute_figures(book(2020)))["delegations"]("out", verb="cử") == "không có đoàn ra"
    none = figure_functions(compute_figures(book(2020)))["delegations"]("plan.out", verb="dự kiến cử")
    assert none == "dự kiến không có đoàn ra"


def test_without_the_year_before_nothing_is_compared_and_it_is_said_what_is_missing() -> None:
    figures = compute_figures(sample())
    for name in ("previous.out.delegations", "out.delegations.change", "out.delegations.change_percent"):
        assert figures[name].value is None
        assert "2019" in figures[name].missing
    assert figures["execution.out.planned"].value is None
    assert figures["execution.out.adjusted"].missing


def test_a_workbook_of_another_cycle_is_not_the_year_before() -> None:
    figures = compute_figures(sample(), previous=sample(2018), reconciliation={})
    assert figures["out.delegations.change"].missing == "cần sổ tổng hợp kỳ 2019"
    assert figures["execution.out.adjusted"].value is None


def test_the_year_before_gives_increase_and_rate() -> None:
    before = book(2019, *(out(i, 2018, "Lào", "4", f"{i}/5/2018") for i in range(1, 9)))
    figures = compute_figures(sample(), previous=before)
    assert figures["out.delegations.change"].text == "tăng 01 đoàn, tương ứng 12,5%"
    assert figures["out.persons.change"].text == "tăng 11 lượt người, tương ứng 34,4%"
    assert figures["in.delegations.change"].text == "tăng 07 đoàn, năm trước không có"
    assert figures["in.delegations.change_percent"].missing == "năm trước không có"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (["5", "6"], ["4"], "tăng 07 lượt người, tương ứng 175%"),
        (["5", "khoảng 6"], ["4"], "tăng 01 lượt người, tương ứng 25% (kỳ này đọc được 01/02 đoàn)"),
        (["5", "6"], ["4", "vài"], "tăng 07 lượt người, tương ứng 175% (cùng kỳ năm trước đọc được 01/02 đoàn)"),
        (
            ["4", "vài"], ["4", "vài", "vài"],
            "không thay đổi (kỳ này đọc được 01/02 đoàn; cùng kỳ năm trước đọc được 01/03 đoàn)",
        ),
    ],
)  # fmt: skip
def test_a_comparison_of_what_could_be_read_in_part_says_so(now: list[str], before: list[str], said: str) -> None:
    def year(cycle: int, members: list[str]) -> Consolidated:
        return book(cycle, *(out(i, cycle - 1, "Lào", m, f"{i}/5/{cycle - 1}") for i, m in enumerate(members, 1)))

    figures = compute_figures(year(2020, now), previous=year(2019, before))
    assert figures["out.persons.change"].text == said
    table = figure_table(TableSpec(of="comparison"), figures, "Bảng")
    assert ("đọc được" in said) == ("đọc được" in table)


@pytest.mark.parametrize(
    ("opinion", "codes", "said"),
    [
        ("", ("TK01",), "Đoàn ra: 02 dòng có thể trùng nhau"),
        ("Đồng ý", ("DL06",), "Đoàn ra: 02 dòng có thể trùng nhau"),
        ("Không tính", ("TK01",), ""),
        ("", (), ""),
    ],
)
def test_rows_that_may_be_one_are_said_as_long_as_both_are_counted(
    opinion: str, codes: tuple[str, ...], said: str
) -> None:
    same = {"name": "Đoàn Sở Y tế thăm Khăm Muộn", "codes": codes}
    rows = [
        out(1, 2019, "Lào", "5", "12/3/2019", **same),
        out(2, 2019, "Lào", "5", "12/3/2019", agency="Sở Ngoại vụ", opinion=opinion, **same),
        out(3, 2019, "Lào", "5", "12/8/2019", name="Đoàn khảo sát cảng cá", codes=("TK01",)),
    ]
    told = [line for line in remarks(compute_figures(book(2020, *rows))) if "trùng nhau" in line]
    assert [line.startswith(said) for line in told] == [True] * bool(said)


def test_the_plans_execution_repeats_what_reconciling_found() -> None:
    plan = [
        planned("02.A", 1, 2019, "Lào", "5", "Quý I/2019", name="Đoàn số 1"),
        planned("02.A", 2, 2019, "Cuba", "5", "Quý I/2019", name="Đoàn nghiên cứu thủy sản"),
        planned("02.A", 3, 2019, "Peru", "5", "Quý IV/2019", name="Đoàn khảo sát cảng cá"),
        planned("02.A", 9, 2019, "Lào", "5", "Quý I/2019", opinion="Không đồng ý"),
    ]
    before, now = book(2019, *plan), sample()
    until = date(2019, 10, 1)
    found = reconcile(before, now, until=until).results
    window = Window(2019).at(until)
    figures = compute_figures(now, previous=before, reconciliation=found, window=window)
    said = {part: figures[f"execution.out.{part}"].text for part in ("planned", "carried_out", "rate", "not_due")}
    assert said == {"planned": "03", "carried_out": "01", "rate": "33,3%", "not_due": "01"}
    assert [row.record.text("name") for row in figures["execution.out.cancelled"].rows] == [
        "Đoàn nghiên cứu thủy sản"
    ]
    assert figures["execution.in.planned"].value == 0
    assert figures["execution.in.rate"].missing == "kế hoạch không có đoàn nào"


def test_the_window_ends_at_the_documents_day_and_rows_outside_are_listed() -> None:
    rows = [
        out(1, 2019, "Lào", "5", "1/5/2019"),
        out(2, 2019, "Lào", "5", "20/12/2018"),
        out(3, 2019, "Lào", "5", "5/11/2019"),
        out(4, 2019, "Lào", "5", "chưa rõ"),
    ]
    figures = compute_figures(book(2020, *rows), window=Window(2019).at(date(2019, 10, 1)))
    assert figures["out.delegations"].value == 2
    assert [row.record.text("period") for row in figures["out.outside"].rows] == ["20/12/2018", "5/11/2019"]
    assert figures.window.stated == "Số liệu tính đến ngày 01/10/2019 (từ ngày 01/01/2019)."
    may = compute_figures(book(2020, *rows), window=Window(2019, 5, 5).at(date(2019, 6, 3)))
    assert (may["out.delegations"].value, may["out.outside"].value, may["out.undated"].value) == (1, 2, 1)


def test_no_data_is_not_none() -> None:
    rows = [planned("02.A", 1, 2020, "Lào", "5", "Quý I/2020")]
    before = book(2019, *(out(i, 2018, "Lào", "4", f"{i}/5/2018") for i in range(1, 9)))
    unsent = compute_figures(replace(book(2020, *rows), reported=frozenset({"02.A"})), previous=before)
    assert unsent["out.delegations"].value is None
    assert unsent["out.delegations.change"].missing == "chưa cơ quan, đơn vị nào gửi Mẫu 01.A"
    assert unsent["plan.out.delegations"].value == 1
    nil = compute_figures(replace(book(2020, *rows), reported=frozenset({"01.A", "02.A"})), previous=before)
    assert nil["out.delegations"].value == 0
    assert nil["out.delegations.change"].text == "giảm 08 đoàn, tương ứng 100%"


@pytest.mark.parametrize(
    ("plan_forms", "result_forms", "said"),
    [
        ({"01.A"}, {"01.A"}, "[Chưa có số liệu: chưa cơ quan, đơn vị nào gửi Mẫu 02.A (kế hoạch năm 2019)]."),
        (
            {"02.A"}, {"02.A"},
            "01 đoàn được duyệt; kết quả thực hiện: [Chưa có số liệu: chưa cơ quan, đơn vị nào gửi Mẫu 01.A "
            "(kết quả năm 2019)].",
        ),
        (
            {"02.A"}, {"01.A"},
            "không có đoàn trong kế hoạch đã thực hiện trên tổng số 01 đoàn được duyệt, đạt tỷ lệ 0%; không có "
            "đoàn ngoài kế hoạch; không có đoàn điều chỉnh; 01 đoàn hủy hoặc không thực hiện.",
        ),
    ],
)  # fmt: skip
def test_a_plan_is_neither_empty_nor_dropped_where_nobody_has_sent_the_form(
    plan_forms: set[str], result_forms: set[str], said: str
) -> None:
    rows = [planned("02.A", 1, 2019, "Lào", "5", "Quý I/2019")] if "02.A" in plan_forms else []
    before = replace(book(2019, *rows), reported=frozenset(plan_forms))
    now = replace(book(2020), reported=frozenset(result_forms))
    found = reconcile(before, now)
    figures = compute_figures(now, previous=before, reconciliation=found.results)
    sentence = figure_functions(figures)["execution"]("out")
    assert sentence == f"Về thực hiện kế hoạch đoàn ra đã được duyệt: {said}"
    repeated = (("carried_out", "in_plan"), ("off_plan", "off_plan"), ("rate", "execution_rate"))
    for part, key in (("planned", "planned"), *repeated):
        figure, number = figures[f"execution.out.{part}"], found.directions[0].summary[key]
        assert figure.value == number
        assert (figure.value is None) == bool(figure.missing)
    assert ("chưa có số liệu" in execution_of(found)[0]) == ("Chưa có số liệu" in said)


def test_a_form_that_came_for_some_months_says_nothing_of_the_others() -> None:
    sent = [("01.A", ReportingPeriod(2019, 1, 3)), ("01.A", ReportingPeriod(2019, 5, 5))]
    held = replace(book(2020), reported=frozenset({"01.A"}), reported_parts=parts_reported(sent))
    for (first, last), value in {(5, 5): 0, (1, 6): 0, (3, 3): 0, (1, 12): 0, (6, 6): None, (7, 9): None}.items():
        figure = compute_figures(held, window=Window(2019, first, last))["out.delegations"]
        assert figure.value == value, (first, last)
    assert figure.missing == "chưa cơ quan, đơn vị nào gửi Mẫu 01.A quý III/2019"
    assert parts_reported([*sent, ("01.A", ReportingPeriod(2019))]) == {}


def test_the_review_of_the_plan_is_counted_however_it_is_written() -> None:
    said = ("Đồng ý", "đồng ý (đã sửa)", "Điều chỉnh", "Không đồng ý", "", "  ", "xem lại")
    rows = [planned("02.A", i, 2020, "Lào", "5", "Quý I/2020", opinion=text) for i, text in enumerate(said)]
    figures = compute_figures(book(2020, *rows))
    counts = {o: figures[f"plan.out.review_{o}"].value for o in ("agreed", "adjust", "refused", "other", "open")}
    assert counts == {"agreed": 2, "adjust": 1, "refused": 1, "other": 1, "open": 2}


def test_members_that_cannot_be_read_are_said_not_guessed() -> None:
    rows = [out(1, 2019, "Lào", "5", "1/5/2019"), out(2, 2019, "Lào", "khoảng 6", "2/5/2019")]
    persons = compute_figures(book(2020, *rows))["out.persons"]
    assert (persons.value, persons.note) == (5, "đọc được 01/02 đoàn")
    none = compute_figures(book(2020, rows[1]))["out.persons"]
    assert none.value is None
    assert none.missing


def test_neither_or_both_marks_are_a_part_of_their_own() -> None:
    rows = [
        out(1, 2019, "Lào", "5", "1/5/2019", "x"),
        out(2, 2019, "Lào", "5", "2/5/2019", ""),
        out(3, 2019, "Lào", "5", "3/5/2019", "x", off_plan="X"),
    ]
    figures = compute_figures(book(2020, *rows))
    assert [figures[f"out.{p}"].value for p in ("in_plan", "off_plan", "plan_unclear")] == [1, 0, 2]


@pytest.mark.parametrize(
    ("name", "nature", "joined"),
    [
        ("Đoàn công tác của Sở", "Đoàn đối ngoại", 0),
        ("Đoàn do Bộ Ngoại giao tổ chức", "Đoàn đối ngoại", 1),
        ("Đoàn công tác", "Tháp tùng Lãnh đạo Cấp cao", 1),
        ("Đoàn khảo sát tuyến đường 9", "Do tỉnh Quảng Trị tổ chức", 1),
        ("Tham gia đoàn của UBND tỉnh Hà Tĩnh", "Đoàn đối ngoại", 1),
        ("Đoàn do UBND tỉnh Quảng Bình tổ chức", "Đoàn đối ngoại", 0),
        ("Đoàn do tỉnh tổ chức", "Đoàn đối ngoại", 0),
        ("Đoàn tham quan do tỉnh Khăm Muộn (Lào) tổ chức", "Đoàn đối ngoại", 0),
        ("Đoàn tuần tra chung do Bộ Chỉ huy Bộ đội Biên phòng tỉnh tổ chức", "Đoàn đối ngoại", 0),
    ],
)
def test_own_and_joined_delegations_are_apart(name: str, nature: str, joined: int) -> None:
    row = out(1, 2019, "Lào", "5", "1/5/2019", name=name, nature=nature)
    figures = compute_figures(book(2020, row), province="Quảng Bình")
    assert (figures["out.joined"].value, figures["out.own"].value) == (joined, 1 - joined)


MONTHS = [
    # time typed, month it counts to (calendar), month under the regime that closes on the 14th
    ("10/3/2019 - 12/3/2019", 3, 3),
    ("15/3/2019", 3, 4),
    ("30/3/2019 - 02/4/2019", 3, 4),
    ("28/12/2018 - 03/01/2019", 1, 1),
    ("Tháng 3/2019", 3, None),
    ("Quý II/2019", None, None),
    ("chưa rõ", None, None),
]


@pytest.mark.parametrize(("when", "month", "regime"), MONTHS)
def test_a_delegation_counts_to_one_month_or_is_said_to_be_undated(
    when: str, month: int | None, regime: int | None
) -> None:
    consolidated = book(2020, out(1, 2019, "Lào", "5", when))
    for closing_day, expected in ((None, month), (14, regime)):
        found = [
            m
            for m in range(1, 13)
            if compute_figures(consolidated, window=Window(2019, m, m, closing_day))["out.delegations"].value
        ]
        assert found == ([expected] if expected else [])
        if expected is None:
            march = compute_figures(consolidated, window=Window(2019, 3, 3, closing_day))
            undated = march["out.undated"].value
            assert undated == (0 if when.startswith("Quý") else 1)


def test_months_stand_beside_the_year_so_far() -> None:
    figures = compute_figures(sample(), window=Window(2019, 8, 8))
    assert (figures["out.delegations"].value, figures["cumulated.out.delegations"].value) == (1, 8)
    assert figures.window.cumulated.label == "8 tháng đầu năm 2019"


@pytest.mark.parametrize(
    ("window", "start", "end", "label"),
    [
        (Window(2019), date(2019, 1, 1), date(2019, 12, 31), "năm 2019"),
        (Window(2019, closing_day=14), date(2018, 12, 15), date(2019, 12, 14), "năm 2019"),
        (Window(2021, 1, 6), date(2021, 1, 1), date(2021, 6, 30), "6 tháng đầu năm 2021"),
        (Window(2021, 1, 6, 14), date(2020, 12, 15), date(2021, 6, 14), "6 tháng đầu năm 2021"),
        (Window(2020, 2, 2), date(2020, 2, 1), date(2020, 2, 29), "tháng 2/2020"),
        (Window(2020, 1, 1, 14), date(2019, 12, 15), date(2020, 1, 14), "tháng 1/2020"),
        (Window(2020, 7, 12), date(2020, 7, 1), date(2020, 12, 31), "6 tháng cuối năm 2020"),
    ],
)
def test_windows_are_data(window: Window, start: date, end: date, label: str) -> None:
    assert (window.start, window.end, window.label) == (start, end, label)


def test_a_reporting_year_takes_december_from_the_workbook_before() -> None:
    before = book(2019, out(1, 2018, "Lào", "5", "20/12/2018"), out(2, 2018, "Lào", "5", "10/12/2018"))
    now = book(2020, out(1, 2019, "Lào", "5", "3/3/2019"), out(2, 2019, "Lào", "5", "20/12/2019"))
    figures = compute_figures(now, previous=before, window=Window(2019, closing_day=14))
    assert figures["out.delegations"].value == 2
    assert [line.label for line in figures.series["out.by_month"].lines] == ["Tháng 1", "Tháng 3"]
    assert figures.lacking == ("cùng kỳ năm trước, từ ngày 15/12/2017 đến hết năm, cần sổ tổng hợp kỳ 2018",)
    february = compute_figures(now, previous=before, window=Window(2019, 2, 2, 14))
    assert (february["out.delegations"].value, february["cumulated.out.delegations"].value) == (0, 1)
    alone = compute_figures(now, window=Window(2019, closing_day=14))
    assert alone["out.delegations"].value == 1
    assert alone.lacking == ("từ ngày 15/12/2018 đến hết năm, cần sổ tổng hợp kỳ 2019",)
    assert compute_figures(now).lacking == ()


def test_series_add_up_and_a_delegation_to_two_countries_stands_in_both() -> None:
    figures = compute_figures(sample())
    assert [(line.label, line.values) for line in figures.series["out.by_country"].lines][:2] == [
        ("Lào", (4, 20)), ("Thái Lan", (2, 10)),
    ]  # fmt: skip
    months = figures.series["out.by_month"].lines
    assert months[-1].values[2:] == (9, 43)
    for name in ("out.by_nature", "out.by_agency", "in.by_agency", "plan.out.by_quarter"):
        series = figures.series[name]
        assert tuple(map(sum, zip(*(line.values for line in series.lines), strict=True))) == series.total  # type: ignore[arg-type]


def test_a_country_has_one_name_in_all_tables() -> None:
    rows = [
        out(1, 2019, "Úc", "5", "2/2/2019"), inbound(1, 2019, "Australia", "3", "3/3/2019"),
        planned("02.A", 1, 2020, "Ô-xtrây-li-a, Mỹ", "4", "Quý I/2020"), inbound(2, 2019, "Úc", "3", "3/3/2019"),
        *(planned("02.B", i, 2020, "Hoa Kỳ", "4", "Quý I/2020") for i in (1, 2)),
    ]  # fmt: skip
    series = compute_figures(book(2020, *rows)).series
    subjects = ("out", "in", "plan.out", "plan.in")
    named = {name: [line.label for line in series[f"{name}.by_country"].lines] for name in subjects}
    assert named == {"out": ["Úc"], "in": ["Úc"], "plan.out": ["Úc", "Hoa Kỳ"], "plan.in": ["Hoa Kỳ"]}


def test_months_of_a_quarter_are_cumulated_from_january() -> None:
    told = (("5", "2/2"), ("3", "Quý I"), ("4", "9/5"), ("2", "1/6"), ("7", "1/7"), ("1", "28/3-2/4"))
    rows = [out(i, 2019, "Lào", members, f"{when}/2019") for i, (members, when) in enumerate(told)]
    quarter = compute_figures(book(2020, *rows), window=Window(2019, 4, 6, quarter=True))
    lines = quarter.series["out.by_month"].lines
    assert [(line.label, line.values) for line in lines] == [
        ("Tháng 5", (1, 4, 4, 13)),
        ("Tháng 6", (1, 2, 5, 15)),
    ]
    assert lines[-1].values[2] == quarter["cumulated.out.delegations"].value
    may = compute_figures(book(2020, *rows), window=Window(2019, 5, 5)).series["out.by_month"].lines
    assert [line.values for line in may] == [(1, 4, 4, 13)]


def test_what_nobody_could_read_yet_adds_up_to_nothing_known() -> None:
    rows = [out(1, 2019, "Lào", "vài", "2/4/2019"), out(2, 2019, "Lào", "3", "2/5/2019")]
    for window in (Window(2019), Window(2019, 4, 6, quarter=True)):
        lines = compute_figures(book(2020, *rows), window=window).series["out.by_month"].lines
        assert [line.values for line in lines] == [(1, None, 1, None), (1, 3, 2, 3)]


def test_money_is_added_by_source_with_how_much_could_be_read() -> None:
    rows = [
        out(1, 2019, "Lào", "5", "1/5/2019", cost="Ngân sách tỉnh: 150 triệu đồng"),
        out(2, 2019, "Lào", "5", "2/5/2019", cost="Đối tác chi trả"),
    ]
    figures = compute_figures(book(2020, *rows))
    assert figures["out.amounts_read"].value == 1
    assert [line.values for line in figures.series["out.money"].lines] == [(150_000_000, 1)]


def test_every_figure_can_be_followed_to_its_rows() -> None:
    data = compute_figures(sample(), previous=sample(2019)).as_data(explain=True)
    by_id = {figure["id"]: figure for figure in data["figures"]}
    assert len(by_id) == len(data["figures"])
    for figure in by_id.values():
        assert figure["label"]
        assert figure["definition"]
        assert (figure["value"] is None) == bool(figure["missing"])
    assert [row["id"] for row in by_id["out.not_counted"]["rows"]] == ["01.A--2019-20"]
    assert len(by_id["out.delegations"]["rows"]) == 9
    assert "rows" not in compute_figures(sample()).as_data()["figures"][0]


def test_one_changed_row_changes_only_the_figures_that_depend_on_it() -> None:
    before = sample()
    rows = list(before.rows)
    at = next(i for i, row in enumerate(rows) if row.record.form == "01.B")
    rows[at] = inbound(1, 2019, "Lào", "8", "11/4/2019", agency="Sở Du lịch")
    after = replace(before, rows=tuple(rows))
    old, new = compute_figures(before), compute_figures(after)
    changed = {name for name in old.items if old[name].value != new[name].value}
    assert changed == {"in.persons", "cumulated.in.persons"}


_ROW = st.builds(
    lambda n, form, members, month, plan: (out if form else inbound)(
        n, 2019, "Lào", members, f"05/{month}/2019" if month else "chưa rõ", plan
    ),
    st.integers(1, 99), st.booleans(), st.sampled_from(["5", "07", "vài", "0"]), st.integers(0, 12),
    st.sampled_from(["x", "n", ""]),
)  # fmt: skip


@given(st.lists(_ROW, max_size=12))
def test_parts_add_up_to_the_whole_and_no_row_is_lost(rows: list[object]) -> None:
    consolidated: Consolidated = book(2020, *rows)  # type: ignore[arg-type]
    year = compute_figures(consolidated)
    monthly = [compute_figures(consolidated, window=Window(2019, m, m)) for m in range(1, 13)]
    for way in ("out", "in"):
        total = year[f"{way}.delegations"].value
        assert total == sum(int(year[f"{way}.{p}"].value or 0) for p in ("in_plan", "off_plan", "plan_unclear"))
        assert total == sum(int(year[f"{way}.{p}"].value or 0) for p in ("own", "joined"))
        dated = sum(int(figures[f"{way}.delegations"].value or 0) for figures in monthly)
        assert total == dated + int(monthly[0][f"{way}.undated"].value or 0)


def test_conferences_by_section() -> None:
    rows = [conference(1, 2019, "I", "10", "5", "1/2/2019"), conference(2, 2020, "II", "20", "vài", "Quý I/2020")]
    figures = compute_figures(book(2020, *rows))
    assert figures["conferences.foreign_delegates"].value == 5
    assert figures["plan.conferences.foreign_delegates"].value is None


@pytest.mark.parametrize(
    ("when", "counted", "undated"),
    [
        ("Quý III/2020", 1, 0),
        ("tháng 12/2020", 1, 0),
        ("Quý II/2020", 0, 0),
        ("Quý II, III/2020", 0, 1),
        ("sắp xếp sau", 0, 1),
        ("28/6/2020 - 3/7/2020", 0, 0),
        ("02/7/2020 - 05/7/2020", 1, 0),
    ],
)
def test_the_half_year_names_what_the_approved_plan_holds_for_the_rest(
    when: str, counted: int, undated: int
) -> None:
    approved = book(
        2020, planned("02.A", 1, 2020, "Lào", "05", when), planned("02.A", 2, 2020, "Đức", "04", "Quý I")
    )
    half = Window(2020, 1, 6)
    figures = compute_figures(book(2021), previous=approved, window=half)
    assert figures["remaining.plan.out.delegations"].value == counted
    assert figures["remaining.plan.out.undated"].value == undated
    assert compute_figures(book(2021), window=half)["remaining.plan.out.delegations"].value is None


def test_after_a_whole_year_nothing_remains() -> None:
    figures = compute_figures(book(2021), previous=book(2020), window=Window(2020))
    assert figures["remaining.plan.out.delegations"].value is None
    assert "hết năm" in figures["remaining.plan.out.delegations"].missing


def test_countries_are_named_as_the_province_names_them() -> None:
    typed = ("Úc", "Úc", "Australia", "Mỹ", "CHDCND Lào")
    rows = [out(i, 2019, country, "5", f"{i}/5/2019") for i, country in enumerate(typed, 1)]
    series = compute_figures(book(2020, *rows)).series["out.by_country"]
    assert {line.label: line.values[0] for line in series.lines} == {"Úc": 3, "Mỹ": 1, "Lào": 1}


@pytest.mark.parametrize(
    ("countries", "said"),
    [
        (["Lào", "Lào", "Pháp"], "Lào (02 đoàn), Pháp (01 đoàn)"),
        (["Lào", "một số nước", ""], "Lào (01 đoàn); chưa xác định (02 đoàn)"),
        (["một số nước"], ""),
    ],
)
def test_a_listing_says_how_many_rows_it_leaves_out(countries: list[str], said: str) -> None:
    rows = [out(i, 2019, country, "5", f"{i}/3/2019") for i, country in enumerate(countries, 1)]
    listing = figure_functions(compute_figures(book(2020, *rows)))["listing"]
    assert listing("out.by_country") == said


@pytest.mark.parametrize(
    ("window", "sent", "lacking"),
    [
        (Window(2019, 7, 7), [(7, 7)], ("Mẫu 01.A 6 tháng đầu năm 2019",)),
        (Window(2019, 9, 9), [(1, 6), (7, 7), (9, 9)], ("Mẫu 01.A tháng 8/2019",)),
        (Window(2019, 1, 9), [(1, 6), (7, 9)], ()),
        (Window(2019, until=date(2019, 10, 1)), [(1, 6), (7, 9)], ()),
        (Window(2019), [(1, 3), (6, 6)], ("Mẫu 01.A từ tháng 4 đến tháng 5/2019, 6 tháng cuối năm 2019",)),
        (Window(2019), [(1, 3), (1, 12)], ()),
        (Window(2019), [], ()),
    ],
)
def test_months_that_nobody_has_sent_are_marked(
    window: Window, sent: list[tuple[int, int]], lacking: tuple[str, ...]
) -> None:
    parts = parts_reported(("01.A", ReportingPeriod(2019, *months)) for months in sent)
    held = replace(book(2020), reported=frozenset({"01.A"} if sent else set()), reported_parts=parts)
    figures = compute_figures(held, window=window)
    assert figures.lacking == tuple(f"chưa cơ quan, đơn vị nào gửi {what}" for what in lacking)


def test_money_that_was_read_in_part_is_said() -> None:
    rows = [
        out(1, 2019, "Lào", "5", "1/3/2019", cost="NSNN: 1,192 tỷ đồng; tài trợ 90 triệu đồng"),
        out(2, 2019, "Lào", "5", "1/4/2019", cost="NSNN: 50 triệu đồng"),
    ]
    figures = compute_figures(book(2020, *rows))
    assert (figures["out.amounts_read"].value, figures["out.amounts_read"].note) == (
        2,
        "01 dòng chỉ đọc được một phần",
    )
    said = figure_functions(figures)["besides"]
    assert (said("out.amounts_read"), said("in.amounts_read")) == (", 01 dòng chỉ đọc được một phần", "")
