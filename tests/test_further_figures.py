"""Figures and statements on agreements, conferences under Decision 06/2020, NGO aid and awards."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from consolidation import AGREEMENT, AID, AWARD, CATALOGUE, CONFERENCE, INTERNATIONAL, Texts, merged, submission
from docx import Document

from doingoai_cli.consolidate.reconcile import reconcile
from doingoai_cli.consolidate.reconciliation_json import reconciled_data
from doingoai_cli.consolidate.workbook.reconciliation import write_reconciliation
from doingoai_cli.model.consolidated import Consolidated, Review
from doingoai_cli.report.figures.compute import Figures, compute_figures
from doingoai_cli.report.figures.listing import figures_as_text
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.report.outlines import load_outlines
from doingoai_cli.report.remarks import remarks
from doingoai_cli.report.sentences import figure_functions
from doingoai_cli.report.settings import ReportSettings
from doingoai_cli.report.word.document import ReportSource, compile_report
from doingoai_cli.resources import outlines_dir

HALF = Window(2019, 1, 6)
Rows = Mapping[str, Sequence[Texts]]


def book(forms: Rows, cycle: int = 2020) -> Consolidated:
    made = merged([submission("a.xlsx", "Sở Y tế", forms)]).consolidated
    return replace(made, cycle=cycle, reported=frozenset(forms))


def figures(forms: Rows, window: Window = HALF, previous: Consolidated | None = None) -> Figures:
    return compute_figures(book(forms), previous=previous, window=window)


def signed(name: str, day: str, **more: str) -> Texts:
    return {**AGREEMENT, "name": name, "signed": day, "effective": "", **more}


ENDED = {"section": "II", "state": "Hết hiệu lực", "signed": "1/4/2014"}
SIGNED = [
    signed("A", "12/3/2019"),
    signed("B", "30/6/2019", countries="Nhật Bản", level="Sở Y tế"),
    signed("C", "1/7/2019"),
    signed("D", "3/4/2015"),
    signed("E", "tháng 3/2019"),
    {**AGREEMENT, "name": "F", **ENDED, "effective": "1/4/2014", "validity": "05 năm"},
    {**AGREEMENT, "name": "G", **ENDED, "state": "Chấm dứt", "effective": "", "validity": "2/5/2019"},
    {**AGREEMENT, "name": "H", **ENDED, "effective": "", "validity": "31/12/2019"},
    {**AGREEMENT, "name": "I", "section": "III", "state": "Dự kiến ký", "signed": "Quý II/2020", "effective": ""},
]


def test_agreements_are_counted_by_the_day_that_their_section_speaks_of() -> None:
    half, year = figures({"4": SIGNED}), figures({"4": SIGNED}, Window(2019))
    assert [row.record.text("name") for row in half["agreements.count"].rows] == ["A", "B", "E"]
    assert [row.record.text("name") for row in half["agreements.outside"].rows] == ["C", "D"]
    assert [row.record.text("name") for row in half["agreements.ended.count"].rows] == ["F", "G"]
    assert [half[f"agreements.ended.{s}"].value for s in ("expired", "terminated")] == [1, 1]
    assert year["agreements.count"].value == 4  # C too, and never D of 2015
    assert year["agreements.ended.count"].value == 3
    assert half["plan.agreements.count"].value == 1
    assert [(line.label, line.values[0]) for line in half.series["agreements.by_country"].lines] == [
        ("Lào", 2), ("Nhật Bản", 1),
    ]  # fmt: skip
    assert {line.label for line in half.series["agreements.by_level"].lines} == {
        "Cấp tỉnh",
        "Sở, ban, ngành cấp tỉnh",
    }


def test_an_agreement_outside_the_window_is_named_with_the_day_it_is_judged_by() -> None:
    told = [line for line in remarks(figures({"4": SIGNED})) if line.startswith("  - ")]
    assert "  - Sở Y tế: H (hết hiệu lực ngày 31/12/2019)" in told
    assert "  - Sở Y tế: C (1/7/2019)" in told
    assert "Ngoài kỳ báo cáo, không tính 01 dòng: H (Sở Y tế, hết hiệu lực ngày 31/12/2019)." in text_of(
        "6-thang", 2019, book({"4": SIGNED}), of_2019([], {})
    )


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (["LÀO", "LÀO", "Lào"], "Lào"),
        (["LÀO"], "Lào"),
        (["lào"], "Lào"),
        (["Úc", "ÚC"], "Úc"),
        (["Thailand"], "Thái Lan"),
        (["Xin-ga-po"], "Xin-ga-po"),
        (["Singapore"], "Singapore"),
        (["Mỹ"], "Mỹ"),
    ],
)
def test_a_country_in_capitals_is_printed_as_a_name(written: list[str], printed: str) -> None:
    found = figures({"4": [signed(f"T{n}", "12/3/2019", countries=text) for n, text in enumerate(written)]})
    assert [line.label for line in found.series["agreements.by_country"].lines] == [printed]


def test_headings_of_sums_keep_their_names() -> None:
    assert (
        "Lũy kế đại biểu Việt Nam"
        in figures({"5": [conference("1/3/2019")]}).series["international.by_month"].columns
    )


def conference(day: str, **more: str) -> Texts:
    return {**INTERNATIONAL, "period": day, **more}


@pytest.mark.parametrize(
    ("window", "days", "later"),
    [
        (Window(2019), ["15/12/2018", "1/3/2019", "14/6/2019", "15/6/2019", "14/12/2019"], []),
        (HALF, ["15/12/2018", "1/3/2019", "14/6/2019"], ["15/6/2019", "14/12/2019"]),
        (Window(2019, 7, 12), ["15/6/2019", "14/12/2019"], []),
    ],
)
def test_conferences_of_decision_06_have_a_window_of_their_own(
    window: Window, days: list[str], later: list[str]
) -> None:
    every = ["14/12/2018", "15/12/2018", "1/3/2019", "14/6/2019", "15/6/2019", "14/12/2019", "15/12/2019"]
    found = figures({"5": [conference(day, name=f"Hội thảo {n}") for n, day in enumerate(every)]}, window)
    assert [row.record.text("period") for row in found["international.count"].rows] == days
    assert [row.record.text("period") for row in found["international.outside"].rows] == [
        "14/12/2018",
        *later,
        "15/12/2019",
    ]


def test_conferences_by_form_and_permission() -> None:
    rows = [
        conference("1/3/2019", held="Trực tiếp kết hợp trực tuyến", permitted_by="TTgCP", name="A"),
        conference("2/3/2019", held="Trực tuyến qua Zoom", permitted_by="CV số 5/UBND-NC của UBND tỉnh", name="B"),
        conference("3/3/2019", held="trực tiếp", permitted_by="Chủ tịch Ủy ban nhân dân tỉnh", name="C"),
        conference(
            "4/3/2019", held="Trực tuyến (kết hợp trực tiếp)", name="D",
            permitted_by="UBND tỉnh (sau khi có ý kiến của Bộ Ngoại giao)",
        ),
        conference("5/3/2019", held="trực tiếp", permitted_by="UBND tỉnh theo ủy quyền của Thủ tướng", name="E"),
    ]  # fmt: skip
    found = figures({"5": rows})
    assert {line.label: line.values for line in found.series["international.by_form"].lines} == {
        "Kết hợp trực tiếp và trực tuyến": (2, 80, 30), "Trực tiếp": (2, 80, 30), "Trực tuyến": (1, 40, 15),
    }  # fmt: skip
    assert {line.label: line.values[0] for line in found.series["international.by_permission"].lines} == {
        "Thủ tướng Chính phủ": 1, "Ủy ban nhân dân cấp tỉnh": 4,
    }  # fmt: skip
    assert found["conferences.count"].value is None  # form 03 was not sent, and this is not it


def test_what_nobody_could_read_is_said_once() -> None:
    rows = [conference("1/3/2019", vietnamese_delegates="vài", name="A")]
    said = figure_functions(figures({"5": rows}))["statement"]("international")
    assert "với [Chưa có số liệu: đọc được 0/01 hội nghị, hội thảo] lượt đại biểu Việt Nam và 15 lượt" in said


def test_conferences_of_decision_06_state_days_and_money() -> None:
    rows = [
        conference("1/3/2019", days="3", budget="NSNN: 80 triệu đồng; đối tác tài trợ 1.500 USD", name="A"),
        conference("2/3/2019", budget="Đối tác chi trả", name="B"),
    ]
    said = figure_functions(figures({"5": rows}))["statement"]("international")
    assert "30 lượt đại biểu nước ngoài, tổng số 05 ngày; so với" in said
    assert (
        "Kinh phí tổ chức (đọc được 01/02 hội nghị, hội thảo): ngân sách nhà nước 80 triệu đồng; nước ngoài "
        "tài trợ, chi trả 1.500 USD." in said
    )


def project(name: str, period: str, value: str = "100.000", **more: str) -> Texts:
    return {**AID, "name": name, "period": period, "value": value, **more}


PROJECTS = [
    project("A", "1/3/2019 - 31/12/2020"),
    project("B", "tháng 4/2019 - tháng 12/2021", "1,2 triệu USD", organisation="MAG", registration="chưa có"),
    project("C", "1/9/2019 - 31/12/2019", "5.000"),
    project("D", "2017 - 2020"),
    project("E", "2019 - 2021", "7.000"),
    project("G", "5/5/2019 - 6/6/2019", "chưa rõ", sector="Y tế"),
]


@pytest.mark.parametrize(
    ("begins", "said"),
    [("15/8/2019", "Lũy kế 3 tháng đầu năm 2019: không có dự án."), ("15/1/2019", "2019: 01 dự án, 200.000 USD.")],
)
def test_projects_so_far_are_none_or_worth_something(begins: str, said: str) -> None:
    found = figures({"PCPNN": [project("X", f"{begins} - 1/3/2020", "200.000")]}, Window(2019, 3, 3))
    assert said in figure_functions(found)["statement"]("aid")


def test_new_projects_are_those_that_begin_in_the_window() -> None:
    half, year = figures({"PCPNN": PROJECTS}), figures({"PCPNN": PROJECTS}, Window(2019))
    assert [row.record.text("name") for row in half["aid.count"].rows] == ["A", "B", "G"]
    assert (half["aid.value"].value, half["aid.value"].note) == (1_300_000, "đọc được 02/03 dự án")
    assert [half[f"aid.{part}"].value for part in ("organisations", "registered", "unregistered")] == [2, 1, 1]
    assert [row.record.text("name") for row in half["aid.outside"].rows] == ["C", "D"]
    assert [row.record.text("name") for row in half["aid.undated"].rows] == ["E"]
    assert year["aid.count"].value == 5
    assert year["aid.value"].value == 1_312_000


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("12/BNG-UBPCPNN", 1),
        ("Có", 1),
        ("Đã có", 1),
        ("Đã được cấp", 1),
        ("chưa có", 0),
        ("Không", 0),
        ("đang xin cấp", 0),
        ("-", 0),
    ],
)
def test_an_organisation_that_says_it_is_registered_is(written: str, registered: int) -> None:
    found = figures({"PCPNN": [project("A", "1/3/2019", registration=written)]})
    counts = [found[f"aid.{part}"].value for part in ("registered", "unregistered")]
    assert counts == [registered, 1 - registered]


def test_awards_by_level_given_and_received() -> None:
    rows = [
        AWARD,
        {**AWARD, "name": "Bà Mary", "level": "Chủ tịch nước", "decision": "QĐ số 1/QĐ-CTN ngày 1/9/2019"},
        {**AWARD, "name": "Sở Y tế", "section": "II", "level": "Nhà nước Lào", "countries": "Lào"},
        {**AWARD, "name": "Ông Tom", "decision": "đang trình"},
    ]
    half = figures({"7": rows})
    assert [half[f"awards.{way}.count"].value for way in ("given", "received")] == [1, 1]
    assert [(line.label, line.values) for line in half.series["awards.given.by_level"].lines] == [
        ("Cấp tỉnh", (1,))
    ]
    assert half["awards.given.undated"].value == 1
    several = figures({"7": [{**AWARD, "level": "UBND tỉnh: 03; Sở Y tế: 02"}]})
    assert [line.label for line in several.series["awards.given.by_level"].lines] == ["Chưa xác định"]
    assert figures({"7": rows}, Window(2019))["awards.given.count"].value == 2


def test_against_the_year_before() -> None:
    before = book(
        {"4": [signed("X", "1/2/2018")], "PCPNN": [project("Y", "1/2/2018 - 1/3/2018", "200.000")]}, 2019
    )
    rows = tuple(replace(row, record=replace(row.record, year=2018)) for row in before.rows)
    found = figures({"4": SIGNED, "PCPNN": PROJECTS}, previous=replace(before, rows=rows))
    assert found["agreements.count.change"].text == "tăng 02 thỏa thuận quốc tế, tương ứng 200%"
    assert found["aid.value.change"].text == "tăng 1.100.000 USD, tương ứng 550% (kỳ này đọc được 02/03 dự án)"
    found = figures({"PCPNN": [project("A", "1/3/2019", "1.250.000,5")]}, previous=before)
    assert found["aid.value.change"].text == "tăng 1.050.000,5 USD, tương ứng 525%"


def test_what_an_officer_refused_is_left_out() -> None:
    made = book({"4": SIGNED})
    rows = tuple(
        replace(row, review=Review("Không tính")) if row.record.text("name") == "A" else row for row in made.rows
    )
    assert compute_figures(replace(made, rows=rows), window=HALF)["agreements.count"].value == 2


# --- statements ---------------------------------------------------------------------------------------------

STATEMENTS = ("agreements", "international", "aid", "awards.given")
EVERY: Rows = {"4": SIGNED, "5": [conference("1/3/2019")], "PCPNN": PROJECTS, "7": [AWARD]}


def test_what_the_province_does_not_use_is_not_spoken_of() -> None:
    say = figure_functions(compute_figures(book({"02.A": []}), window=HALF))
    assert [say["statement"](name) for name in STATEMENTS] == [""] * 4


def test_what_it_uses_and_nobody_sent_is_marked() -> None:
    found = compute_figures(book({"02.A": []}), window=HALF, catalogue=CATALOGUE.using(["4", "5", "7", "PCPNN"]))
    say = figure_functions(found)
    for name, form in zip(STATEMENTS, ("4", "5", "PCPNN", "7"), strict=True):
        assert f"chưa cơ quan, đơn vị nào gửi Mẫu {form}]" in say["statement"](name), name


def test_statements_state_the_figures() -> None:
    say = figure_functions(figures(EVERY))
    said = say["statement"]("agreements")
    assert "ký kết 03 thỏa thuận quốc tế (Lào: 02, Nhật Bản: 01)" in said
    assert "Có 02 thỏa thuận quốc tế hết hoặc chấm dứt hiệu lực trong kỳ (01 hết hiệu lực, 01 chấm dứt" in said
    assert "Dự kiến ký kết 01 thỏa thuận quốc tế" in said
    assert "Không tính 03 thỏa thuận có thời gian ngoài kỳ báo cáo" in said
    said = say["statement"]("international")
    assert "từ ngày 15/12/2018 đến hết ngày 14/6/2019" in said
    assert "tổ chức 01 hội nghị, hội thảo quốc tế theo Quyết định số 06/2020/QĐ-TTg với 40 lượt đại biểu" in said
    said = say["statement"]("aid")
    assert "tổng giá trị 1.300.000 USD (đọc được 02/03 dự án)" in said
    assert "02 dự án bắt đầu ngoài kỳ báo cáo. Chưa tính 01 dự án" in said
    assert "có 01 trường hợp khen thưởng tặng cho" in say["statement"]("awards.given")


def test_none_is_said_in_words() -> None:
    say = figure_functions(figures({"4": [], "5": [], "PCPNN": [], "7": []}))
    assert "không ký kết thỏa thuận quốc tế nào" in say["statement"]("agreements")
    assert "không tổ chức hội nghị, hội thảo quốc tế nào" in say["statement"]("international")
    assert "không tiếp nhận dự án viện trợ" in say["statement"]("aid")
    assert "không có trường hợp khen thưởng tặng cho" in say["statement"]("awards.given")


@pytest.mark.parametrize(
    ("outline", "sections"),
    [("6-thang", ("III.2.a", "III.3", "III.5", "III.11")), ("nam", ("I.3", "I.6", "I.12"))],
)
def test_the_sections_that_ask_for_them_hold_sentences_tables_and_annexes(
    outline: str, sections: tuple[str, ...]
) -> None:
    chosen = load_outlines(outlines_dir()).choose(None, outline)
    year = 2019 if outline == "6-thang" else 2020
    before = merged([submission("b.xlsx", "Sở Y tế", {})]).consolidated
    now = book(EVERY)
    earlier = replace(before, cycle=2019, reported=frozenset(EVERY))
    figures = compute_figures(now, previous=earlier, window=chosen.window(year))
    settings = ReportSettings(province="Quảng Bình")
    made = compile_report(ReportSource(chosen, figures, now, settings, date(2020, 1, 5), CATALOGUE))
    missing = {entry.split(". ")[0] for entry in made.missing}
    assert missing.isdisjoint(sections), made.missing
    document = Document(BytesIO(made.data))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "Bảng" in text
    assert "THỎA THUẬN QUỐC TẾ" in text
    assert any("Bà Mary" in c.text or "Ông John Smith" in c.text for t in document.tables for c in t._cells)


def text_of(outline: str, year: int, now: Consolidated, before: Consolidated) -> str:
    """All text of a report."""
    chosen = load_outlines(outlines_dir()).choose(None, outline)
    figures = compute_figures(now, previous=before, window=chosen.window(year))
    settings = ReportSettings(province="Quảng Bình")
    made = compile_report(ReportSource(chosen, figures, now, settings, date(2020, 1, 5), CATALOGUE))
    document = Document(BytesIO(made.data))
    cells = [cell.text for table in document.tables for cell in table._cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_rest_of_the_year_holds_its_conferences_and_agreements() -> None:
    before = of_2019(
        [planned("Thỏa thuận kết nghĩa", "Quý IV/2019"), planned("Biên bản đã qua", "Quý I/2019")],
        {"5": [conference("Quý III/2019", name="Hội thảo về biển", section="II")]},
    )
    text = text_of("6-thang", 2019, book(EVERY), before)
    assert "không có hội nghị" not in text.split("Theo kế hoạch đã được duyệt", 1)[1].split("\n")[0]
    assert "dự kiến tổ chức 01 hội nghị, hội thảo quốc tế theo Quyết định số 06/2020/QĐ-TTg" in text
    assert "dự kiến ký kết 01 thỏa thuận quốc tế." in text
    assert "Thỏa thuận kết nghĩa" in text
    assert "Biên bản đã qua" not in text
    without = text_of("6-thang", 2019, book({"03": [CONFERENCE]}), of_2019([], {"02.A": [], "03": []}))
    assert "không có hội nghị, hội thảo quốc tế." in without


PLANNED_CONFERENCE = {**CONFERENCE, "section": "II", "period": "Quý II/2020"}
PLANS_OF_CONFERENCES = [
    ({}, {}, "dự kiến tổ chức [Chưa có số liệu: chưa cơ quan, đơn vị nào gửi Mẫu 03]"),
    ({"03": []}, {}, "dự kiến không có hội nghị, hội thảo quốc tế"),
    ({"03": [PLANNED_CONFERENCE]}, {}, "dự kiến tổ chức 01 hội nghị, hội thảo quốc tế"),
    ({"03": []}, {"5": 1}, "dự kiến tổ chức 01 hội nghị, hội thảo quốc tế theo Quyết định số 06/2020/QĐ-TTg"),
    (
        {"03": [PLANNED_CONFERENCE]}, {"5": 2},
        "dự kiến tổ chức 01 hội nghị, hội thảo quốc tế, "
        "02 hội nghị, hội thảo quốc tế theo Quyết định số 06/2020/QĐ-TTg",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("forms", "more", "said"), PLANS_OF_CONFERENCES)
def test_planned_conferences_of_either_form(forms: Rows, more: Mapping[str, int], said: str) -> None:
    rows = {
        form: [conference("Quý III/2020", name=f"Hội thảo {n}", section="II") for n in range(number)]
        for form, number in more.items()
    }
    assert figure_functions(figures({"02.A": [], **forms, **rows}))["planned_conferences"]() == said


def test_none_of_form_03_says_by_which_form_where_mau_5_holds_some() -> None:
    sent: Rows = {"03": [], "5": [conference("10/5/2019")]}
    assert figure_functions(figures(sent))["conferences"]("conferences", verb="tổ chức").endswith("theo Mẫu số 03")
    assert figure_functions(figures({"03": []}))["conferences"]("conferences").endswith("quốc tế")


@pytest.mark.parametrize(
    ("outline", "annex"), [("ke-hoach", "Hội thảo kế hoạch"), ("to-trinh", ""), ("nam-huyen", "Hội thảo kế hoạch")]
)
def test_plans_and_proposals_hold_the_conferences_of_mau_5(outline: str, annex: str) -> None:
    made = book(
        {
            "02.A": [],
            "02.B": [],
            "03": [],
            "5": [conference("Quý III/2020", name="Hội thảo kế hoạch", section="II")],
        }
    )
    agreed = replace(made, rows=tuple(replace(row, review=Review("Đồng ý")) for row in made.rows))
    text = text_of(outline, 2020, agreed, of_2019([]))
    assert "dự kiến tổ chức 01 hội nghị, hội thảo quốc tế theo Quyết định số 06/2020/QĐ-TTg" in text
    assert annex in text


@pytest.mark.parametrize("outline", ["6-thang", "nam"])
def test_both_forms_of_conferences_are_stated_apart(outline: str) -> None:
    year = 2019 if outline == "6-thang" else 2020
    now = book({"03": [CONFERENCE], "5": [conference("1/3/2019"), conference("2/3/2019", name="Hội thảo B")]})
    text = text_of(outline, year, now, of_2019([]))
    assert "01 hội nghị, hội thảo quốc tế" in text
    assert "tổ chức 02 hội nghị, hội thảo quốc tế theo Quyết định số 06/2020/QĐ-TTg" in text
    assert "thống kê riêng, không cộng" in text


@pytest.mark.parametrize("month", [3, 5])
def test_a_month_states_the_conferences_that_came(month: int) -> None:
    chosen = load_outlines(outlines_dir()).choose(None, "thang")
    now = book({"5": [conference("1/3/2019", name="Hội thảo về biển")]})
    found = compute_figures(now, window=chosen.window(2019, month))
    settings = ReportSettings(province="Quảng Bình")
    made = compile_report(ReportSource(chosen, found, now, settings, date(2020, 1, 5), CATALOGUE))
    document = Document(BytesIO(made.data))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "Mẫu 03" not in text
    assert ("tổ chức 01 hội nghị, hội thảo quốc tế theo Quyết định số 06/2020/QĐ-TTg" in text) == (month == 3)
    assert ("không tổ chức hội nghị, hội thảo quốc tế nào" in text) == (month == 5)
    assert "Năm 2020" not in text
    assert any("Hội thảo về biển" in c.text for t in document.tables for c in t._cells) == (month == 3)


def test_agreements_that_are_to_be_signed_stand_under_their_times() -> None:
    times = ("Quý IV/2019", "tháng 11/2019", "Quý II/2020", "năm 2020", "chưa rõ")
    found = figures({"4": [planned(f"Thỏa thuận {n}", time) for n, time in enumerate(times)]})
    assert [(line.label, line.values[0]) for line in found.series["plan.agreements.by_time"].lines] == [
        ("Quý IV/2019", 2), ("Quý II/2020", 1), ("Năm 2020", 1), ("Chưa xác định", 1),
    ]  # fmt: skip


# --- planned to sign against signed -----------------------------------------------------------------------


def planned(name: str, when: str, **more: str) -> Texts:
    return signed(name, when, section="III", state="Dự kiến ký", **more)


def of_2019(rows: Sequence[Texts], more: Rows | None = None) -> Consolidated:
    """The workbook of cycle 2019, with the agreements (and more) that are planned for 2019."""
    made = book({"4": rows, **(more or {})}, 2019)
    return replace(made, rows=tuple(replace(row, record=replace(row.record, year=2019)) for row in made.rows))


def test_what_became_of_agreements_that_were_to_be_signed() -> None:
    plan = of_2019(
        [
            planned("Bản ghi nhớ về y tế với tỉnh Aichi", "Quý II/2019"),
            planned("Thỏa thuận kết nghĩa huyện Minh Hóa", "Quý III/2019"),
            planned("Chương trình hợp tác du lịch", "Quý I/2019"),
        ]
    )
    results = book(
        {
            "4": [
                signed("Bản ghi nhớ về hợp tác y tế với tỉnh Aichi", "5/5/2019"),
                signed("Ý định thư về đào tạo nghề", "6/6/2019"),
                signed("Bản ghi nhớ cũ", "6/6/2012"),
                planned("Thoả thuận kết nghĩa huyện Minh Hoá", "Quý I/2020"),
            ]
        }
    )
    found = reconcile(plan, results).agreements
    assert [(p.row.record.text("name")[:9], p.state.value) for p in found.planned] == [
        ("Bản ghi n", "signed"), ("Thỏa thuậ", "moved"), ("Chương tr", "not-signed"),
    ]  # fmt: skip
    assert [row.record.text("name") for row in found.off_plan] == ["Ý định thư về đào tạo nghề"]
    assert found.signed == 2
    early = reconcile(plan, results, until=date(2019, 2, 1)).agreements
    assert [p.state.value for p in early.planned] == ["not-due", "moved", "not-due"]
    unsent = reconcile(plan, book({"01.A": []})).agreements
    assert {p.state.value for p in unsent.planned} == {"unsure"}
    data = reconciled_data(reconcile(plan, results))["agreements"]
    assert data["summary"]["signed"] == 1
    assert data["plan"][0]["match"]["period"] == "5/5/2019"
    sheets = openpyxl.load_workbook(BytesIO(write_reconciliation(reconcile(plan, results)))).sheetnames
    assert "Thỏa thuận quốc tế" in sheets


def test_the_listed_tables_keep_the_cents_that_the_figure_has() -> None:
    listed = figures_as_text(figures({"PCPNN": [{**AID, "value": "1500,50"}]}), explain=False)
    assert [line.split()[-1] for line in listed.splitlines() if "1.500" in line][1:] == ["1.500,5"] * 5
