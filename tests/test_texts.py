"""Agencies' texts: outlines filled in, read back, put under the right heading; nothing dropped, nothing run."""

import base64
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from consolidateds import sample
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm
from rawbooks import packed, relationships
from wordfile import word_file

from doingoai_cli.model.forms import load_forms
from doingoai_cli.report.agency_texts import AgencyText, PictureBlock, TableBlock, TextBlock
from doingoai_cli.report.figures.compute import compute_figures
from doingoai_cli.report.outline import Outline
from doingoai_cli.report.outlines import load_outlines
from doingoai_cli.report.read_texts import read_texts
from doingoai_cli.report.settings import ReportSettings
from doingoai_cli.report.vocabulary import place_texts, vocabulary
from doingoai_cli.report.word.document import Report, ReportSource, compile_report
from doingoai_cli.report.word.outline_document import write_outline
from doingoai_cli.resources import forms_dir, outlines_dir

DAY = date(2019, 9, 1)
SETTINGS = ReportSettings()
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def annual() -> Outline:
    return load_outlines(outlines_dir()).choose("nam")


def placed(text: AgencyText) -> dict[str, list[str]]:
    outline = annual()
    found = place_texts(outline, vocabulary(outline, outline.window(2020), SETTINGS, DAY), [text])
    result = {
        section: [b.text for c in contributions for b in c.blocks if isinstance(b, TextBlock)]
        for section, contributions in found.by_section.items()
    }
    left = [b.text for c in found.unplaced for b in c.blocks if isinstance(b, TextBlock)]
    return result | ({"": left} if left else {})


def report(*texts: AgencyText, outline_id: str = "nam") -> Report:
    outlines = load_outlines(outlines_dir())
    outline = outlines.choose(None, outline_id)
    figures = compute_figures(sample(), window=outline.window(2020 if outline_id == "nam" else 2019, 8))
    catalogue = load_forms(forms_dir())
    return compile_report(ReportSource(outline, figures, sample(), SETTINGS, DAY, catalogue), texts, outlines.all)


def lines(data: bytes) -> list[str]:
    return [p.text for p in Document(BytesIO(data)).paragraphs]


@pytest.mark.parametrize("outline_id", ["nam", "6-thang", "thang", "nam-huyen"])
def test_an_unfilled_outline_holds_no_text(outline_id: str) -> None:
    outline = load_outlines(outlines_dir()).choose(None, outline_id)
    window = outline.window(2020, 8)
    data = write_outline(outline, window, SETTINGS, date=DAY, agency="Sở Y tế")
    text = read_texts(data, "so-y-te.docx")
    assert (text.agency, text.problems) == ("Sở Y tế", ())
    found = place_texts(outline, vocabulary(outline, window, SETTINGS, DAY), [text])
    assert (dict(found.by_section), found.unplaced) == ({}, ())


def test_a_filled_outline_comes_back_section_by_section() -> None:
    outline = annual()
    document = Document(
        BytesIO(write_outline(outline, outline.window(2020), SETTINGS, date=DAY, agency="Sở Y tế"))
    )
    wanted = {}
    for section, _ in outline.walk():
        if not section.sections:
            wanted[section.id] = [f"Nội dung của mục {section.id}"]
    spots = [p for p in document.paragraphs if p.text.startswith("[Nhập nội dung")]
    for paragraph, (section_id, _) in zip(spots, wanted.items(), strict=True):
        paragraph.text = f"Nội dung của mục {section_id}"
    buffer = BytesIO()
    document.save(buffer)
    assert placed(read_texts(buffer.getvalue(), "x.docx")) == wanted


HEADED: list[tuple[str, str, str]] = [
    # what the agency typed, its style, the section
    ("5. Công tác ngoại giao kinh tế", "Heading 2", "I.5"),
    ("5. CÔNG TÁC NGOẠI GIAO KINH TẾ", "Normal", "I.5"),
    ("Công tác ngoại giao kinh tế", "Heading 1", "I.5"),
    ("Công tác ngoại giao kinh tế:", "Normal", "I.5"),
    ("6. Văn hóa đối ngoại", "Normal", "I.7"),
    ("1. Tổ chức và quản lý đoàn ra, đoàn vào", "Normal", "I.1"),
    ("9.1. Công tác quản lý bảo vệ biên giới đất liền", "Normal", "I.9.1"),
    ("7. Công tác văn hoá, đối ngoại văn hoá", "Heading 2", "I.7"),
]


@pytest.mark.parametrize(("typed", "style", "section"), HEADED)
def test_headings_are_known_by_style_number_or_wording(typed: str, style: str, section: str) -> None:
    def build(document: Any) -> None:
        document.add_paragraph("I. KẾT QUẢ TRIỂN KHAI CÔNG TÁC ĐỐI NGOẠI NĂM 2019")
        document.add_paragraph(typed, style=style)
        document.add_paragraph("Đã triển khai 03 dự án.")

    assert placed(read_texts(word_file(build), "x.docx")) == {section: ["Đã triển khai 03 dự án."]}


def test_text_on_the_line_of_its_heading_is_kept() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("5. Công tác ngoại giao kinh tế: Thu hút 02 dự án FDI.")

    assert placed(read_texts(word_file(build), "x.docx")) == {"I.5": ["Thu hút 02 dự án FDI."]}


GUIDANCE = "- Các hoạt động giao lưu văn hóa, thể thao với các tỉnh của 3 nước Việt Nam, Lào, Thái Lan và các nước"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (f"{GUIDANCE}. Sở đã tổ chức 02 giải.", "Sở đã tổ chức 02 giải."),
        ("[Nhập nội dung của cơ quan, đơn vị tại đây] Sở đã tổ chức 02 giải.", "Sở đã tổ chức 02 giải."),
        (f"{GUIDANCE}: 02 giải.", f"{GUIDANCE}: 02 giải."),
        (f"{GUIDANCE}. : 02 giải.", f"{GUIDANCE}. : 02 giải."),
        (f"{GUIDANCE} đạt kết quả tốt.", f"{GUIDANCE} đạt kết quả tốt."),
    ],
)
def test_guidance_before_what_was_typed_is_nobodys(typed: str, said: str) -> None:
    text = AgencyText("Sở Văn hóa", "a.docx", (TextBlock("7. Văn hoá đối ngoại", 2), TextBlock(typed)))
    assert placed(text) == {"I.7": [said]}


def test_numbered_sentences_are_text_and_not_headings() -> None:
    said = ["1. Tiếp tục tuyên truyền, nâng cao nhận thức cho cán bộ.", "2. Triển khai các chương trình của tỉnh."]

    def build(document: Any) -> None:
        document.add_paragraph("1. Phương hướng, nhiệm vụ trọng tâm", style="Heading 2")
        for line in said:
            document.add_paragraph(line)

    assert placed(read_texts(word_file(build), "x.docx")) == {"III.1": said}


def test_a_part_that_the_outline_does_not_have_is_nobodys() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("I. KẾT QUẢ TRIỂN KHAI CÔNG TÁC ĐỐI NGOẠI NĂM 2019")
        document.add_paragraph("12. Công tác khen thưởng đối ngoại")
        document.add_paragraph("Tặng 02 bằng khen.")
        document.add_paragraph("A. Kết quả khác", style="Heading 1")
        document.add_paragraph("Nội dung khác.")

    assert placed(read_texts(word_file(build), "x.docx")) == {
        "I.12": ["Tặng 02 bằng khen."],
        "": ["A. Kết quả khác", "Nội dung khác."],
    }


def test_what_follows_the_signature_is_not_lost_but_recipients_are_no_text() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("12. Công tác khen thưởng đối ngoại")
        for line in ("Tặng 02 bằng khen.", "Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT.", "GIÁM ĐỐC", "Nguyễn Văn An"):
            document.add_paragraph(line)
        document.add_paragraph("BIỂU KÈM THEO: 05 DỰ ÁN")
        document.add_table(1, 1).cell(0, 0).text = "TT"

    text = read_texts(word_file(build), "x.docx")
    assert placed(text) == {"I.12": ["Tặng 02 bằng khen."], "": ["BIỂU KÈM THEO: 05 DỰ ÁN"]}
    assert "2 đoạn" in report(text).unplaced[0]


def test_headings_numbered_in_another_way_and_with_text_behind_them_are_found() -> None:
    def build(document: Any) -> None:
        for line in (
            "BÁO CÁO", "Kết quả hoạt động đối ngoại năm 2019 và kế hoạch năm 2020",
            "1) Tổ chức và quản lý đoàn ra, đoàn vào", "Một.", "2/ Công tác hợp tác với các nước: Hai.",
            "II. KHÓ KHĂN, VƯỚNG MẮC", "Khó.",
        ):  # fmt: skip
            document.add_paragraph(line)

    text = read_texts(word_file(build), "x.docx")
    assert placed(text) == {"I.1": ["Một."], "I.2": ["Hai."], "II": ["Khó."]}


SHORTENED = (
    "I. KẾT QUẢ TRIỂN KHAI CÔNG TÁC ĐỐI NGOẠI NĂM 2019", "I.1. Đoàn ra, đoàn vào", "Một.", "1. Đoàn ra tăng",
    "2. Hợp tác với các nước láng giềng được tăng cường", "Mục 2: Công tác hợp tác với các nước", "Hai.",
    "9.1. Công tác quản lý, bảo vệ biên giới đất liền", "Chín một.", "9.2 Biên giới biển", "Chín hai.",
)  # fmt: skip


def test_a_shortened_heading_is_found_by_its_number_and_an_item_of_a_list_is_none() -> None:
    def build(document: Any) -> None:
        for line in SHORTENED:
            document.add_paragraph(line)

    assert placed(read_texts(word_file(build), "x.docx")) == {
        "I.1": ["Một.", SHORTENED[3], SHORTENED[4]], "I.2": ["Hai."],
        "I.9.1": ["Chín một."], "I.9.2": ["Chín hai."],
    }  # fmt: skip


def test_what_no_heading_is_found_for_is_listed_and_letterheads_are_not() -> None:
    def build(document: Any) -> None:
        for line in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/BC-SYT",
            "Quảng Bình, ngày 10 tháng 9 năm 2019", "BÁO CÁO", "Thực hiện công văn của tỉnh, Sở báo cáo như sau:",
        ):  # fmt: skip
            document.add_paragraph(line)

    text = read_texts(word_file(build), "so-y-te.docx")._replace(agency="Sở Y tế")
    assert placed(text) == {"": ["Thực hiện công văn của tỉnh, Sở báo cáo như sau:"]}
    made = report(text)
    assert "so-y-te.docx" in made.unplaced[0]
    assert "Sở Y tế: Thực hiện công văn của tỉnh, Sở báo cáo như sau:" in lines(made.data)


def test_texts_are_attributed_in_their_order_with_tables_and_pictures() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("6. Công tác phi chính phủ nước ngoài", style="Heading 2")
        document.add_paragraph("Có 02 dự án:")
        table = document.add_table(2, 2)
        for cell, text in zip((c for row in table.rows for c in row.cells), "ABCD", strict=True):
            cell.text = text
        document.add_picture(BytesIO(PNG), width=Mm(30))
        document.add_paragraph("Hết.")

    first = read_texts(word_file(build), "a.docx")._replace(agency="Sở Y tế")
    assert [type(b) for b in first.blocks] == [TextBlock, TextBlock, TableBlock, PictureBlock, TextBlock]
    made = report(first, AgencyText("Sở Du lịch", "b.docx", first.blocks[:2]))
    said = lines(made.data)
    assert said.index("Sở Y tế: Có 02 dự án:") < said.index("Hết.") < said.index("Sở Du lịch: Có 02 dự án:")
    document = Document(BytesIO(made.data))
    assert any([c.text for c in t.rows[0].cells] == ["A", "B"] for t in document.tables)
    assert any(r.reltype.endswith("/image") for r in document.part.rels.values())
    assert not any(entry.startswith("I.6. ") for entry in made.missing)


def test_a_text_is_read_as_it_is_shown() -> None:
    def build(document: Any) -> None:
        own = document.styles.add_style("Muc", WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = document.styles["Heading 2"]
        document.add_paragraph("1. Mục con", style="Muc")
        paragraph = document.add_paragraph("Đã đón ")
        paragraph.add_run("chưa chắc ").font.hidden = True
        paragraph.add_run("04 đoàn")
        table = document.add_table(3, 2)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "Lào"
        paragraph = table.cell(0, 1).paragraphs[0]
        paragraph.add_run("5").font.strike = True
        paragraph.add_run("7")
        table.cell(1, 1).text = "8"
        inner = table.cell(2, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "trong", "ô"

    assert read_texts(word_file(build), "x.docx").blocks == (
        TextBlock("1. Mục con", 2), TextBlock("Đã đón 04 đoàn"),
        TableBlock((("Lào", "7"), ("", "8"), ("", "trong ô"))),
    )  # fmt: skip


def test_what_is_anchored_in_a_heading_comes_after_it_and_notes_come_last() -> None:
    text = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>".format
    box = f"<w:r><w:pict><w:txbxContent>{text('trong hộp')}</w:txbxContent></w:pict></w:r>"
    level = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    heading = f"<w:p>{level}{box}<w:r><w:t>Đề mục</w:t></w:r></w:p>"
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    made = {
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relationships(("rId1", "footnotes", "footnotes.xml")),
        "word/document.xml": f"<w:document {names}><w:body>{heading}{text('Hết.')}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {names}><w:footnote>{text('theo QĐ 1')}</w:footnote></w:footnotes>",
    }
    said = read_texts(packed({name: part.encode() for name, part in made.items()}), "x.docx").blocks
    assert said == (
        TextBlock("Đề mục", 1), TextBlock("trong hộp"), TextBlock("Hết."), TextBlock("Chú thích: theo QĐ 1"),
    )  # fmt: skip


def test_text_from_agencies_never_runs_as_a_template() -> None:
    typed = "{{ 7 * 6 }} {% for x in range(9) %}x{% endfor %} <w:b/> & [Chưa có số liệu]"

    def build(document: Any) -> None:
        document.add_paragraph("5. Công tác ngoại giao kinh tế", style="Heading 2")
        document.add_paragraph(typed)

    assert f"Sở Y tế: {typed}" in lines(
        report(read_texts(word_file(build), "x.docx")._replace(agency="Sở Y tế")).data
    )


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"not a document at all"])
def test_files_that_cannot_be_read_are_said(data: bytes) -> None:
    text = read_texts(data, "hop/so-tu-phap.docx")
    assert (text.agency, text.blocks) == ("so-tu-phap", ())
    assert "không đọc được" in text.problems[0]
    assert report(text).unplaced == (f"hop/so-tu-phap.docx: {text.problems[0]}",)


def test_a_report_of_our_own_is_no_text() -> None:
    assert "chương trình lập" in read_texts(report().data, "bao-cao.docx").problems[0]


@pytest.mark.parametrize(
    ("letterhead", "name", "agency"),
    [
        ("UBND TỈNH QUẢNG BÌNH\nSỞ DU LỊCH", "bao cao.docx", "Sở Du lịch"),
        ("UBND tỉnh", "so-du-lich.docx", "Sở Du lịch"),
        ("UBND tỉnh", "bao cao.docx", "bao cao"),
        ("UBND tỉnh", "Sở Du lịch.docx", "Sở Du lịch"),
    ],
)
def test_an_agency_that_does_not_name_itself_is_told_by_letterhead_or_file(
    letterhead: str, name: str, agency: str
) -> None:
    def build(document: Any) -> None:
        document.add_table(1, 2).cell(0, 0).text = letterhead
        document.add_paragraph("BÁO CÁO")

    text = read_texts(word_file(build), name, known=("Sở Y tế", "Sở Du lịch"))
    assert (text.agency, text.of_nobody) == (agency, agency == "bao cao")


def filled(outline_id: str, *, marked: bool = True) -> AgencyText:
    """An outline of ours with one section filled in; `marked` False: saved by a program that drops our marks."""
    outline = load_outlines(outlines_dir()).choose(None, outline_id)
    document = Document(
        BytesIO(write_outline(outline, outline.window(2020, 8), SETTINGS, date=DAY, agency="Sở Y tế"))
    )
    here = next(p for p in document.paragraphs if p.text.startswith("[Nhập nội dung"))
    here.runs[0].text = "Đã đón 04 đoàn chuyên gia."
    buffer = BytesIO()
    document.save(buffer)
    text = read_texts(buffer.getvalue(), "so-y-te.docx")
    return text if marked else text._replace(outline="", period="")


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("made_from", ["nam", "6-thang", "nam-huyen"])
def test_a_text_of_another_outline_is_no_content_and_is_said(made_from: str, marked: bool) -> None:
    made = report(filled(made_from, marked=marked), outline_id="thang")
    said = lines(made.data)
    assert not any("Sở Y tế:" in line for line in said)
    assert not any("Đã đón 04 đoàn" in line for line in said)
    assert made.unplaced[0].startswith("so-y-te.docx: ")
    assert f"“{made_from}”" in made.unplaced[0]


def test_a_text_for_another_period_is_no_content() -> None:
    assert "lập cho kỳ" in report(filled("nam")._replace(period="năm 2018")).unplaced[0]
    assert "Sở Y tế: Đã đón 04 đoàn chuyên gia." in lines(report(filled("nam")).data)


@pytest.mark.parametrize("style", ["Heading 2", None])
def test_a_heading_of_an_agencys_own_is_said_and_is_in_no_section(style: str | None) -> None:
    def build(document: Any) -> None:
        document.add_paragraph("11. Công tác đối với người Việt Nam ở nước ngoài", style="Heading 2")
        for line in ("1. Gặp mặt kiều bào dịp Tết", "2. Hỗ trợ 05 doanh nhân"):
            document.add_paragraph(line)
        document.add_paragraph("13. Công tác khác", style=style)
        document.add_paragraph("Tổ chức hội thi ảnh đẹp.")
        document.add_paragraph("II. Khó khăn vướng mắc, nguyên nhân và đề xuất giải pháp", style="Heading 1")
        document.add_paragraph("1. Khó khăn, vướng mắc và nguyên nhân", style="Heading 2")
        document.add_paragraph("Thiếu biên chế.")

    text = read_texts(word_file(build), "so-y-te.docx")._replace(agency="Sở Y tế")
    assert placed(text) == {
        "I.11": ["1. Gặp mặt kiều bào dịp Tết", "2. Hỗ trợ 05 doanh nhân"],
        "": ["13. Công tác khác", "Tổ chức hội thi ảnh đẹp."],
        "II.1": ["Thiếu biên chế."],
    }
    assert "đề mục riêng “13. Công tác khác” của Sở Y tế" in report(text).unplaced[0]
