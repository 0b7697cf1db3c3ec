"""The report's legal form, read from the XML: Decree 30/2020, Annex I, and Circular 01/2011 before it."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from consolidateds import book, inbound, out, sample
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt
from hypothesis import given
from hypothesis import strategies as st
from wordfile import MM, NS, Look, WordFile, word_file

from doingoai_cli.consolidate.reconcile import reconcile
from doingoai_cli.errors import ConfigError, DoingoaiError
from doingoai_cli.model import own_files
from doingoai_cli.model.consolidated import AgencyState, AgencyStatus, Consolidated
from doingoai_cli.model.forms import load_forms
from doingoai_cli.report.figures.compute import compute_figures
from doingoai_cli.report.outlines import load_outlines
from doingoai_cli.report.settings import ReportSettings
from doingoai_cli.report.word.decree30 import MOTTO, NATIONAL_TITLE
from doingoai_cli.report.word.document import Report, ReportSource, compile_report
from doingoai_cli.report.word.text_width import balanced, shared, width_mm
from doingoai_cli.resources import forms_dir, outlines_dir
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod
from doingoai_cli.yamlfile import Located, validate

W = f"{{{NS['w']}}}"
CATALOGUE = load_forms(forms_dir())
OUTLINES = load_outlines(outlines_dir())
DECREE_DAY, CIRCULAR_DAY = date(2020, 3, 5), date(2020, 3, 4)


def made(
    kind: str = "nam",
    outline_id: str | None = None,
    *,
    consolidated: Consolidated | None = None,
    year: int = 2020,
    month: int | None = None,
    day: date = DECREE_DAY,
    settings: ReportSettings | None = None,
    reference: bytes | None = None,
    previous: Consolidated | None = None,
) -> Report:
    outline = OUTLINES.choose(kind, outline_id)
    consolidated = consolidated or sample(outline.cycle(year))
    found = reconcile(previous, consolidated).results if previous else None
    window = outline.window(year, month)
    figures = compute_figures(consolidated, previous=previous, reconciliation=found, window=window)
    source = ReportSource(outline, figures, consolidated, settings or ReportSettings(), day, CATALOGUE)
    return compile_report(source, reference=reference)


@pytest.fixture(scope="module")
def annual() -> WordFile:
    return WordFile(made().data)


COMPONENTS: Sequence[tuple[str, str, tuple[float, float], str, str]] = [
    # begins, letters (b bold, i italic, c capitals), size from … to, alignment, what it is
    (NATIONAL_TITLE, "bc", (12, 13), "center", "Quốc hiệu"),
    (MOTTO, "b", (13, 14), "center", "Tiêu ngữ"),
    ("ỦY BAN NHÂN DÂN TỈNH QUẢNG BÌNH", "bc", (12, 13), "center", "Cơ quan ban hành"),
    ("Số:", "", (13, 13), "center", "Số, ký hiệu"),
    ("Quảng Bình, ngày 05 tháng 3 năm 2020", "i", (13, 14), "center", "Địa danh, thời gian"),
    ("BÁO CÁO", "bc", (13, 14), "center", "Tên loại"),
    ("Kết quả hoạt động đối ngoại năm 2019 và kế hoạch", "b", (13, 14), "center", "Trích yếu"),
    ("Thực hiện quy định", "", (13, 14), "both", "Nội dung"),
    ("I. KẾT QUẢ", "bc", (13, 14), "both", "Mục"),
    ("1. Tổ chức và quản lý", "b", (13, 14), "both", "Khoản có tiêu đề"),
    ("TM. ỦY BAN NHÂN DÂN", "bc", (13, 14), "center", "Quyền hạn"),
    ("CHỦ TỊCH", "bc", (13, 14), "center", "Chức vụ"),
    ("[Họ và tên người ký]", "b", (13, 14), "center", "Họ tên"),
    ("Nơi nhận:", "bi", (12, 12), "left", "Nơi nhận"),
    ("- Lưu: VT", "", (11, 11), "left", "Danh sách nơi nhận"),
    ("Phụ lục I", "b", (14, 14), "center", "Số phụ lục"),
    ("BẢNG TỔNG HỢP ĐOÀN RA ĐÃ THỰC HIỆN TRONG NĂM 2019", "bc", (13, 14), "center", "Tên phụ lục"),
    ("(Kèm theo Báo cáo số", "i", (13, 14), "center", "Dòng kèm theo"),
]


@pytest.mark.parametrize(
    ("begins", "letters", "sizes", "align", "what"), COMPONENTS, ids=[c[4] for c in COMPONENTS]
)
def test_every_component_looks_as_the_decree_says(
    annual: WordFile, begins: str, letters: str, sizes: tuple[float, float], align: str, what: str
) -> None:
    look: Look = next(p for p in annual.paragraphs() if p.text.startswith(begins) and _exact(p.text, begins))
    assert (look.bold, look.italic, look.caps) == tuple(mark in letters for mark in "bic"), what
    assert sizes[0] <= look.size <= sizes[1]
    assert (look.align, look.font, look.color) == (align, "Times New Roman", "000000")


def _exact(text: str, begins: str) -> bool:
    """Titles that begin like others ("Phụ lục I", "Phụ lục II") are meant whole."""
    return text == begins if begins in ("Phụ lục I", "CHỦ TỊCH") else True


def test_body_text_is_indented_and_spaced(annual: WordFile) -> None:
    body = [p for p in annual.paragraphs() if p.style == "BodyText"]
    assert len(body) > 10
    assert all(10 <= p.first_line_mm <= 12.8 and p.after >= 6 for p in body)


@pytest.mark.parametrize("index", range(7))
def test_pages_are_a4_with_the_decrees_margins_and_their_own_numbers(annual: WordFile, index: int) -> None:
    section = annual.sections()[index]
    size, margin = section.find("w:pgSz", NS), section.find("w:pgMar", NS)
    sides = sorted(round(int(size.get(f"{W}{side}")) / MM) for side in "wh")
    assert sides == [210, 297]
    assert (size.get(f"{W}orient") == "landscape") == (index > 0)
    mm = {side: round(int(margin.get(f"{W}{side}")) / MM, 1) for side in ("top", "bottom", "left", "right")}
    assert 20 <= mm["top"] <= 25
    assert 20 <= mm["bottom"] <= 25
    assert 30 <= mm["left"] <= 35
    assert 15 <= mm["right"] <= 20
    assert section.find("w:pgNumType", NS).get(f"{W}start") == "1"
    assert section.find("w:titlePg", NS) is not None


@pytest.mark.parametrize(
    ("day", "kind", "align"), [(DECREE_DAY, "header", "center"), (CIRCULAR_DAY, "footer", "right")]
)
def test_page_numbers_follow_the_rules_of_the_documents_date(day: date, kind: str, align: str) -> None:
    file = WordFile(made(day=day).data)
    for section in file.sections():
        references = [r for r in section if r.tag.endswith("Reference")]
        assert [(r.tag, r.get(f"{W}type")) for r in references] == [(f"{W}{kind}Reference", "default")]
        page = file.target(references[0].get(f"{{{NS['r']}}}id"))
        assert "PAGE" in "".join(t.text for t in page.iter(f"{W}instrText"))
        style = file.styles[page.find("w:p/w:pPr/w:pStyle", NS).get(f"{W}val")]
        assert style.find("w:pPr/w:jc", NS).get(f"{W}val") == align
        assert 26 <= int(style.find("w:rPr/w:sz", NS).get(f"{W}val")) <= 28


def rules(file: WordFile) -> list[float]:
    """The lengths in millimetres of the lines in the letterhead and below the abstract."""
    lengths = []
    rooms = iter((65.0, 100.0, 165.0))
    for p in file.body.iter(f"{W}p"):
        border = p.find("w:pPr/w:pBdr/w:bottom", NS)
        if border is not None:
            indent = p.find("w:pPr/w:ind", NS)
            sides = sum(int(indent.get(f"{W}{side}")) for side in ("left", "right"))
            lengths.append(next(rooms) - sides / MM)
    return lengths


def test_lines_are_real_and_of_the_right_length(annual: WordFile) -> None:
    issuer, motto, abstract = rules(annual)
    assert motto == pytest.approx(width_mm(MOTTO, 14), abs=1)
    assert 59 < motto < 61  # the motto in 14 pt bold, measured on a printed page
    assert 1 / 3 <= issuer / balanced("ỦY BAN NHÂN DÂN TỈNH QUẢNG BÌNH", 13, 65).widest_mm <= 1 / 2
    said = "Kết quả hoạt động đối ngoại năm 2019 và kế hoạch hoạt động đối ngoại năm 2020"
    assert 1 / 3 <= abstract / balanced(said, 14, 165).widest_mm <= 1 / 2
    assert not list(annual.body.iter(f"{W}u"))


def test_the_letterhead_is_a_borderless_table_of_two_columns(annual: WordFile) -> None:
    table = annual.body.find("w:tbl", NS)
    assert len(table.find("w:tblGrid", NS)) == 2
    assert table.find("w:tblPr/w:tblBorders", NS) is None
    assert table.find("w:tblPr/w:tblStyle", NS) is None


@pytest.mark.parametrize("province", ["Quảng Bình", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh"])
def test_place_and_date_stand_on_one_line(province: str) -> None:
    settings = ReportSettings(province=province)
    head = Document(BytesIO(made(day=date(2019, 12, 31), settings=settings).data)).tables[0]
    dated = head.rows[1].cells[1].text
    assert dated == f"{settings.signed_place}, ngày 31 tháng 12 năm 2019"
    left, right = (column.width.mm for column in head.columns)
    assert width_mm(dated, 14) < right <= 165 - left + 0.1


@pytest.mark.parametrize(("kind", "day"), [("nam", date(2019, 12, 5)), ("nam", date(2020, 2, 5))])
def test_the_number_line_leaves_room_for_the_number(kind: str, day: date) -> None:
    file = WordFile(made(kind, day=day).data)
    assert file.find("Số:").text.replace(" ", "") == "Số:/BC-UBND"
    month = {12: "tháng 12", 2: "tháng 02"}[day.month]
    assert month in file.find("Quảng Bình, ngày 05").text


def test_headings_are_real_and_in_the_outlines_order(annual: WordFile) -> None:
    found = [(p.style, p.text) for p in annual.paragraphs() if p.style.startswith("Heading")]
    assert [text for style, text in found if style == "Heading1"] == [
        "I. KẾT QUẢ TRIỂN KHAI CÔNG TÁC ĐỐI NGOẠI NĂM 2019",
        "II. Khó khăn vướng mắc, nguyên nhân và đề xuất giải pháp",
        "III. Phương hướng và dự kiến kế hoạch công tác đối ngoại năm 2020",
    ]
    assert ("Heading3", "9.1 Công tác quản lý, bảo vệ biên giới đất liền") in found
    for level in range(1, 5):
        outline = annual.styles[f"Heading{level}"].find("w:pPr/w:outlineLvl", NS)
        assert outline.get(f"{W}val") == str(level - 1)
        assert annual.styles[f"Heading{level}"].find("w:name", NS).get(f"{W}val") == f"heading {level}"


def test_annex_tables_repeat_their_header_rows_and_split_no_row(annual: WordFile) -> None:
    tables = [t for t in annual.body.findall("w:tbl", NS) if t.find("w:tblPr/w:tblStyle", NS) is not None]
    assert len(tables) > 6
    for table in tables:
        rows = table.findall("w:tr", NS)
        assert rows[0].find("w:trPr/w:tblHeader", NS) is not None
        assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in rows)
        widths = [int(c.get(f"{W}w")) for c in table.find("w:tblGrid", NS)]
        for row in rows:
            assert sum(int(c.find("w:tcPr/w:tcW", NS).get(f"{W}w")) for c in row.findall("w:tc", NS)) == sum(
                widths
            )


def test_annexes_hold_the_counted_rows_and_name_the_others() -> None:
    document = Document(BytesIO(made().data))
    by_head = {t.rows[0].cells[1].text: t for t in document.tables if len(t.columns) > 8}
    forms = [t for t in document.tables if len(t.columns) > 8]
    assert [len(t.columns) for t in forms] == [14, 13, 12, 11, 10]
    outs = forms[0]
    assert [c.text for c in outs.rows[0].cells][:5] == [
        "TT",
        "Tên đoàn",
        "Danh nghĩa đoàn",
        "Trưởng đoàn",
        "Số thành viên",
    ]
    assert [c.text for c in outs.rows[2].cells][1:5] == ["(1)", "(2)", "(3)", "(4)"]
    assert len(outs.rows) == 3 + 9
    assert outs.rows[3].cells[-1].text == "Sở Y tế"
    said = [p.text for p in document.paragraphs]
    assert any(line.startswith("Không thống kê") and "Đoàn số 20" in line for line in said)
    assert any(line.startswith("Không đưa vào kế hoạch") and "Đoàn dự kiến 3" in line for line in said)
    totals = [r for r in by_head["Tên Hội nghị, hội thảo quốc tế"].rows if r.cells[0].text == "TỔNG CỘNG"]
    assert [[c.text for c in (r.cells[2], r.cells[3], r.cells[5])] for r in totals] == [
        ["120", "35", "06"],
        ["60", "25", "02"],
    ]


@pytest.mark.parametrize(
    ("kind", "month", "head"),
    [
        ("nam", None, "I. THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG NĂM 2019"),
        ("6-thang", None, "THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG 6 THÁNG ĐẦU NĂM 2019"),
        ("thang", 8, "THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG THÁNG 8/2019"),
        ("ke-hoach", None, "DỰ KIẾN HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG NĂM 2020"),
    ],
)
def test_a_section_of_an_annex_speaks_of_the_reports_window(kind: str, month: int | None, head: str) -> None:
    year = 2020 if kind in ("nam", "ke-hoach") else 2019
    document = Document(BytesIO(made(kind, month=month, year=year, consolidated=sample(2020)).data))
    heads = [
        row.cells[0].text for table in document.tables for row in table.rows if "HỘI NGHỊ" in row.cells[0].text
    ]
    assert heads[0] == head


def test_the_head_of_a_group_stays_with_its_first_row() -> None:
    tables = Document(BytesIO(made().data)).tables
    rows = [row for table in tables if len(table.columns) > 3 for row in table.rows[1:]]
    heads = [
        row for row in rows if len({cell._tc for cell in row.cells}) == 1 and row.cells[0].text != "(Không có)"
    ]
    assert {row.cells[0].text[:12] for row in heads} >= {"I. THỐNG KÊ ", "II. DỰ KIẾN ", "Đã gửi báo c"}
    assert all(p.paragraph_format.keep_with_next for row in heads for p in row.cells[0].paragraphs)


def test_the_ticks_of_an_annex_stand_in_their_own_columns_however_they_were_written() -> None:
    words = [("Ngoài KH", ""), ("Trong kế hoạch", ""), ("", "✓"), ("x", ""), ("x", "x"), ("", "")]
    rows = [
        inbound(i, 2019, "Lào", "5", f"{i}/5/2019", in_plan=inside, off_plan=outside)
        for i, (inside, outside) in enumerate(words, 1)
    ]
    document = Document(BytesIO(made(consolidated=book(2020, *rows)).data))
    ins = [t for t in document.tables if len(t.columns) > 8][1]
    ticks = [tuple(cell.text for cell in row.cells[-3:-1]) for row in ins.rows[3:]]
    assert ticks == [("", "X"), ("X", ""), ("", "X"), ("X", ""), ("x", "x"), ("", "")]


def test_who_has_reported_and_who_has_not() -> None:
    table = Document(BytesIO(made().data)).tables[-1]
    cells = [[c.text for c in row.cells] for row in table.rows]
    assert cells[0] == ["TT", "Cơ quan", "Ngày gửi", "Ghi chú"]
    assert cells[1][0] == "Đã gửi báo cáo: 02 cơ quan, đơn vị"
    assert ["2", "Sở Du lịch", "17/09/2019", "Gửi muộn"] in cells
    assert ["1", "Sở Tư pháp", "", "Chưa gửi"] in cells


def test_who_has_reported_a_month_is_told_of_that_month() -> None:
    may, half, year = ReportingPeriod(2019, 5, 5), ReportingPeriod(2019, 1, 6), ReportingPeriod(2019)
    sent = {
        "sở y tế": ((may, "03/06/2019"), (year, "10/09/2019 08:30")),
        "sở du lịch": ((half, "02/07/2019"), (ReportingPeriod(2019, 7, 7), "17/09/2019 16:05")),
    }
    held = replace(sample(), sent={agency_key(name): came for name, came in sent.items()})
    told = {}
    for month in (5, 7, 8):
        document = Document(BytesIO(made("thang", consolidated=held, year=2019, month=month).data))
        told[month] = [tuple(c.text for c in row.cells[1:]) for row in document.tables[-1].rows]
    assert told[5][2:4] == [("Sở Y tế", "10/09/2019", ""), ("Sở Du lịch", "02/07/2019", "")]
    assert ("Sở Du lịch", "17/09/2019", "") in told[7]
    assert told[8][1][0] == "Đã gửi báo cáo: 01 cơ quan, đơn vị"
    assert ("Sở Du lịch", "", "Chưa gửi") in told[8]
    whole = Document(BytesIO(made(consolidated=held).data)).tables[-1]
    assert ["2", "Sở Du lịch", "17/09/2019", "Gửi muộn"] in [[c.text for c in row.cells] for row in whole.rows]


def test_a_file_of_nobody_is_no_agency() -> None:
    unknown = AgencyStatus("", "", AgencyState.UNLISTED, "10/09/2019 08:30", 1)
    book = replace(sample(), agencies=(*sample().agencies, unknown))
    table = Document(BytesIO(made(consolidated=book).data)).tables[-1]
    assert table.rows[1].cells[0].text == "Đã gửi báo cáo: 02 cơ quan, đơn vị"


def test_refused_rows_are_named_where_there_are_any() -> None:
    said = "".join(p.text for p in WordFile(made().data).paragraphs())
    assert "số đoàn không đưa vào kế hoạch: 01 đoàn ra." in said


def test_a_form_that_nobody_sent_is_marked_and_never_said_to_be_empty() -> None:
    book = replace(sample(), rows=tuple(r for r in sample().rows if r.record.form != "01.A"), reported=frozenset())
    said = "".join(p.text for p in WordFile(made(consolidated=book).data).paragraphs())
    assert "toàn tỉnh cử [Chưa có số liệu: chưa cơ quan, đơn vị nào gửi Mẫu 01.A]" in said
    assert "không có đoàn ra" not in said


@pytest.mark.parametrize("outline", ["nam", "nam-huyen"])
@pytest.mark.parametrize(
    ("forms", "cited"),
    [
        (["01.A", "03I"], ""),
        (["02.B", "03I"], "Kế hoạch cụ thể tại Phụ lục IV kèm theo."),
        (["02.A", "02.B", "03II"], "Kế hoạch cụ thể tại Phụ lục III, Phụ lục IV và Phụ lục V kèm theo."),
    ],
)
def test_the_plan_cites_the_annexes_that_list_a_row_of_it(outline: str, forms: list[str], cited: str) -> None:
    rows = tuple(r for r in sample().rows if f"{r.record.form}{r.record.section}" in forms)
    said = [p.text for p in WordFile(made("nam", outline, consolidated=book(2020, *rows)).data).paragraphs()]
    (sentence,) = [text for text in said if "Kế hoạch cụ thể" in text] or [""]
    assert sentence.endswith(cited)
    assert bool(sentence) is bool(cited)


def test_text_tables_and_figures_say_the_same() -> None:
    said = "\n".join(p.text for p in WordFile(made().data).paragraphs())
    for phrase in (
        "09 đoàn ra với 43 lượt người, trong đó 06 đoàn trong kế hoạch, 03 đoàn ngoài kế hoạch",
        "07 đoàn vào với 42 lượt người",
        "03 hội nghị, hội thảo quốc tế với 120 lượt đại biểu Việt Nam và 35 lượt đại biểu nước ngoài",
        "không thống kê 01 đoàn ra đi tham quan, du lịch",
        "Số liệu tính từ ngày 01/01/2019 đến hết ngày 31/12/2019.",
        "Phụ lục I kèm theo",
    ):
        assert phrase in said


def test_what_is_missing_is_marked_in_place_and_listed() -> None:
    report = made()
    file = WordFile(report.data)
    marked = ["".join(t.text for t in r.iter(f"{W}t")) for r in file.body.iter(f"{W}r")
              if r.find("w:rPr/w:rStyle[@w:val='MissingData']", NS) is not None]  # fmt: skip
    assert "[Chưa có số liệu]" in marked
    assert "[Chưa có số liệu: cần sổ tổng hợp kỳ 2019]" in marked
    assert len(report.missing) == 16
    assert report.missing[0].startswith(
        "I.1. Tổ chức và quản lý đoàn ra, đoàn vào (Mẫu 01.A và 01.B): cần sổ tổng hợp"
    )
    assert "I.9.1. Công tác quản lý, bảo vệ biên giới đất liền: chưa có nội dung, số liệu" in report.missing
    compared = made(previous=sample(2019))
    assert not any("cần sổ tổng hợp" in entry for entry in compared.missing)
    assert "số đoàn ra không thay đổi" in "".join(p.text for p in WordFile(compared.data).paragraphs())


def test_charts_are_native_with_alt_text_and_their_numbers() -> None:
    file = WordFile(made(previous=sample(2019)).data)
    drawings = list(file.body.iter(f"{{{NS['wp']}}}docPr"))
    assert [d.get("descr").partition(":")[0] for d in drawings] == [
        "Số đoàn ra năm 2019 theo nước, vùng lãnh thổ đến",
        "Số đoàn ra năm 2019 theo tháng",
        "Số đoàn vào năm 2019 theo nước, vùng lãnh thổ",
        "Kế hoạch được duyệt và kết quả thực hiện năm 2019",
    ]
    assert "Lào Số đoàn 4" in drawings[0].get("descr")
    chart = file.xml("word/charts/chart1.xml")
    assert [v.text for v in chart.iter(f"{{{NS['c']}}}v")][:4] == ["Số đoàn", "Lào", "Thái Lan", "Trung Quốc"]
    assert chart.find("c:externalData", NS) is not None
    assert "word/embeddings/bieu-do-1.xlsx" in file.parts
    captions = [p.text for p in file.paragraphs() if p.style == "FigureCaption"]
    assert captions[0] == "Hình 1. Số đoàn ra năm 2019 theo nước, vùng lãnh thổ đến"


def bars(file: WordFile, number: int) -> list[str]:
    """The labels of a chart's bars."""
    chart = file.xml(f"word/charts/chart{number}.xml")
    found = chart.find(".//c:cat", NS)
    assert found is not None
    return [v.text or "" for v in found.iter(f"{{{NS['c']}}}v")]


def test_charts_show_every_month_and_say_how_many_countries_are_left() -> None:
    countries = (
        "Lào", "Lào", "Đức", "Pháp", "Bỉ", "Hà Lan", "Áo", "Ý", "Séc", "Ba Lan", "Nga", "Cuba", "Peru", "Chile",
        "Brazil", "Mexico", "Canada", "Mỹ", "Úc", "Ấn Độ", "Nepal", "Bhutan", "Iran", "Iraq", "Oman", "Qatar",
        "Kuwait", "Kenya", "Mali", "Togo", "Ghana", "Niger", "Chad", "Fiji",
    )  # fmt: skip
    rows = [out(i, 2019, country, "5", f"{i % 27 + 1}/{i % 12 + 1}/2019") for i, country in enumerate(countries)]
    file = WordFile(made(consolidated=book(2020, *rows)).data)
    assert bars(file, 1)[0] == "Lào"
    assert bars(file, 1)[-1] == "Còn lại (4)"
    assert len(bars(file, 1)) == 30
    assert bars(file, 2) == [f"Tháng {month}" for month in range(1, 13)]
    skipped = file.xml("word/charts/chart1.xml").find(".//c:catAx/c:tickLblSkip", NS)
    assert skipped is not None
    assert skipped.get("val") == "1"
    height = next(file.body.iter(f"{{{NS['wp']}}}extent")).get("cy")
    assert int(height) == 30 * 8 * 36_000  # 8 mm a label: LibreOffice leaves out every second one below that


@pytest.mark.parametrize(
    ("kind", "outline_id", "year", "month"),
    [
        ("nam", None, 2020, None),
        ("6-thang", None, 2021, None),
        ("thang", None, 2020, 8),
        ("nam", "nam-huyen", 2019, None),
    ],
)
def test_every_kind_opens_and_names_itself(
    kind: str, outline_id: str | None, year: int, month: int | None
) -> None:
    report = made(kind, outline_id, year=year, month=month)
    document = Document(BytesIO(report.data))
    assert document.core_properties.language == "vi-VN"
    assert document.core_properties.title.startswith("Báo cáo ")
    custom = WordFile(report.data).parts["docProps/custom.xml"].decode()
    assert own_files.KIND_REPORT in custom
    assert report.data == made(kind, outline_id, year=year, month=month).data


def test_the_month_and_the_year_so_far_stand_side_by_side() -> None:
    document = Document(BytesIO(made("thang", year=2020, month=8).data))
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "Chỉ tiêu")
    assert [c.text for c in table.rows[0].cells][:3] == ["Chỉ tiêu", "Tháng 8/2020", "8 tháng đầu năm 2020"]
    assert [c.text for c in table.rows[1].cells][:3] == ["Đoàn ra: số đoàn", "01", "08"]
    said = " ".join(p.text for p in document.paragraphs)
    assert "có tổng cộng 08 đoàn ra" in said
    assert "có tổng cộng không" not in said


@pytest.mark.parametrize(("month", "said"), [(1, 0), (2, 1)])
def test_in_january_the_month_is_the_year_so_far(month: int, said: int) -> None:
    rows = [out(1, 2019, "Lào", "5", "3/1/2019"), inbound(2, 2019, "Đài Loan", "5", "4/2/2019")]
    report = made("thang", year=2019, month=month, consolidated=book(2020, *rows))
    lines = [p.text for p in Document(BytesIO(report.data)).paragraphs]
    assert sum("ính chung trong 2 tháng đầu năm 2019" in line for line in lines if "đoàn" in line) == 2 * said
    assert not any("ính chung trong tháng" in line or "  " in line for line in lines if not line.startswith("("))
    assert sum("ới cùng kỳ năm trước, số đoàn" in line for line in lines) == 2


def test_no_territory_is_called_a_country() -> None:
    rows = [inbound(i, 2019, place, "5", f"4/{i}/2019") for i, place in enumerate(["Đài Loan", "Lào"], 1)]
    document = Document(BytesIO(made(consolidated=book(2020, *rows)).data))
    lines = [p.text for p in document.paragraphs if "Đài Loan (01 đoàn)" in p.text]
    assert ["Nước, vùng lãnh thổ có đoàn đến: " in line and "Các nước" not in line for line in lines] == [True]


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        (ReportSettings(), ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
        (
            ReportSettings(authority=("TM. Ủy ban nhân dân", "KT. Chủ tịch"), signer_title="Phó Chủ tịch"),
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
        (ReportSettings(agency="Sở Ngoại vụ", signer_title="Giám đốc"), ["GIÁM ĐỐC"]),
        (ReportSettings(authority=("Q. Giám đốc",), signer_title=""), ["Q. GIÁM ĐỐC"]),
    ],
)
def test_signatures_state_their_authority(settings: ReportSettings, lines: list[str]) -> None:
    file = WordFile(made(settings=settings).data)
    assert [p.text for p in file.paragraphs() if p.style == "Authority"] == lines


def test_a_wrong_authority_is_refused() -> None:
    data = {"authority": ["Thay mặt UBND"]}
    with pytest.raises(ConfigError, match="quyền hạn"):
        validate(ReportSettings, Located(data, {(): 1}, "doingoai.toml"))


def test_those_whom_a_report_goes_up_to_are_its_first_recipients() -> None:
    settings = ReportSettings(addressees=("Bộ Ngoại giao",), recipients=("Bộ Ngoại giao", "Tỉnh ủy"))
    lines = [p.text for p in WordFile(made(settings=settings).data).paragraphs() if p.style == "Recipients"]
    assert lines == ["- Như trên;", "- Tỉnh ủy;", "- Lưu: VT, NgV."]


def test_a_reference_document_changes_what_the_rules_leave_open() -> None:
    def build(document: Any) -> None:
        document.styles["Heading 1"].font.size = Pt(13)
        document.styles["Body Text"].paragraph_format.space_after = Pt(8)
        document.styles.add_style("Quốc hiệu", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(12.5)
        document.add_paragraph("Nội dung của tệp mẫu")
        document.sections[0].header.paragraphs[0].text = "Đầu trang của tệp mẫu"

    file = WordFile(made(reference=word_file(build)).data)
    assert file.find("I. KẾT QUẢ").size == 13
    title = file.find(NATIONAL_TITLE)
    assert (title.size, title.style) == (12.5, "Quốchiệu")
    assert not any("tệp mẫu" in p.text for p in file.paragraphs())
    assert file.find("Nơi nhận:").style == "RecipientsHead"
    assert b"\xc4\x90\xe1\xba\xa7u trang" not in b"".join(v for k, v in file.parts.items() if "header" in k)


def test_an_ordinary_document_cannot_break_the_legal_form() -> None:
    report = made(reference=word_file(lambda document: document.add_heading("Tiêu đề", 0)))
    file = WordFile(report.data)
    name = file.find("BÁO CÁO")
    assert (name.size, name.bold) == (14, True)
    assert any("cỡ 26, dùng cỡ 14" in refused for refused in report.refused)
    styles = file.parts["word/styles.xml"].decode()
    assert "17365D" not in re.findall(r'<w:style [^>]*w:styleId="Title".*?</w:style>', styles, re.DOTALL)[0]
    assert file.find("I. KẾT QUẢ").size == 14


def test_a_report_of_ours_as_reference_has_every_part_once() -> None:
    ours = made(previous=sample(2019)).data
    again = made(previous=sample(2019), reference=ours)
    with zipfile.ZipFile(BytesIO(again.data)) as package:
        names = package.namelist()
    assert sorted(names) == sorted(set(names))
    assert again.refused == ()
    assert [p.style for p in WordFile(again.data).paragraphs()] == [p.style for p in WordFile(ours).paragraphs()]


def test_a_reference_that_is_no_word_file_is_refused() -> None:
    with pytest.raises(DoingoaiError, match=r"\.docx"):
        made(reference=b"khong phai docx")


def test_odd_text_of_agencies_stays_text() -> None:
    typed = 'Đoàn <w:p> & "x" \x07 =1+1 {{ year }}'
    consolidated = book(2020, out(1, 2019, "Lào", "5", "1/5/2019", name=typed))
    table = next(t for t in Document(BytesIO(made(consolidated=consolidated).data)).tables if len(t.columns) == 14)
    assert table.rows[3].cells[1].text == typed.replace("\x07 ", "")


def test_a_thousand_annex_rows_stand_in_the_document() -> None:
    consolidated = book(2020, *(out(i, 2019, "Lào", "5", "1/5/2019") for i in range(1, 1201)))
    data = made(consolidated=consolidated).data
    assert WordFile(data).parts["word/document.xml"].count(b"<w:cantSplit/>") > 1200


@given(st.lists(st.text("aăâbcdđeêgh mnoôơpqrstuưvxyÁẾỘ", min_size=1, max_size=40), min_size=1, max_size=20))
def test_any_text_can_be_balanced(parts: list[str]) -> None:
    text = " ".join(parts).strip() or "a"
    setting = balanced(text, 14, 65)
    assert setting.lines >= 1
    assert 0 <= setting.side_mm < 65 / 2


def test_a_time_without_spaces_makes_no_column_wide() -> None:
    rows = [out(i, 2019, "Lào", "5", f"từ {i}/5/2019–{i + 9}/12/2019") for i in range(1, 4)]
    document = Document(BytesIO(made(consolidated=book(2020, *rows)).data))
    annex = next(table for table in document.tables if len(table.columns) > 8)
    assert annex.columns[8].width.mm < 28


def test_no_word_of_an_annex_is_wider_than_its_column() -> None:
    assert shared(100, [1, 1, 2], [10, 60, 10]) == [pytest.approx(x, abs=12) for x in (17, 60, 23)]
    assert sum(shared(252, [5] * 14, [30.0] + [10.0] * 13)) == pytest.approx(252)
    assert shared(252, [5] * 14, [30.0] + [10.0] * 13)[0] == 30
