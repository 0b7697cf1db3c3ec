# ruff: noqa: E501 - tables and pages as they are sent
"""Pages, XML of Excel 2003, delimited texts and flat OpenDocument under an Excel name are read as the table they show."""

import unicodedata
from html import escape
from pathlib import Path

import pytest
from office import convert, needs_office
from pipetable import grid, xlsx

from doingoai_cli.intake.submission import read_submission
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.grid import Grid, Workbook
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.limits import Limits
from doingoai_cli.readers.unreadable import Reason, Unreadable
from doingoai_cli.resources import forms_dir

CATALOGUE = load_forms(forms_dir())
LINES = [
    ["Sở Y tế"],
    ["KẾ HOẠCH ĐOÀN RA NĂM 2020"],
    ["TT", "Tên đoàn", "Danh nghĩa đoàn", "Trưởng đoàn", "Số thành viên", "Đến nước", "Đối tác làm việc",
     "Nội dung hoạt động", "Số ngày", "Thời gian thực hiện", "Nguồn kinh phí"],
    ["1", "Đoàn A; thăm", "Thăm", "Trần B, Giám đốc Sở", "05", "Lào", "Sở", "Hội đàm", "3", "Quý II/2020", "Tỉnh"],
    ["2", "Đoàn B", "Thăm", "Trần C, Giám đốc Sở", "6", "Lào", "Sở", "Hội đàm\nký kết", "3", "Quý III/2020", "Tỉnh"],
]  # fmt: skip


def page(head: str = '<meta charset="utf-8">') -> str:
    rows = ""
    for line in LINES[2:]:
        cells = "".join("<td>" + escape(text).replace("\n", "<br>") + "</td>" for text in line)
        rows += f"<tr>{cells}</tr>"
    titles = "".join(f"<p>{line[0]}</p>" for line in LINES[:2])
    return f"<html><head>{head}</head><body>{titles}<table border=1>{rows}</table></body></html>"


def archived() -> str:
    return (
        'MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary="b"\n\n'
        "--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        f"{page()}\n--b\nContent-Type: image/png\n\nx\n--b--\n"
    )


def delimited(separator: str) -> str:
    def field(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if separator in text or "\n" in text else text

    width = len(LINES[2])
    return "".join(separator.join(map(field, [*line, *[""] * (width - len(line))])) + "\r\n" for line in LINES)


def spreadsheetml() -> str:
    def cell(text: str) -> str:
        kind = "Number" if text.isdigit() and text[0] != "0" else "String"
        return f'<Cell><Data ss:Type="{kind}">{escape(text)}</Data></Cell>'

    rows = "".join(f"<Row>{''.join(map(cell, line))}</Row>" for line in LINES)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="{space}" '
        f'xmlns:ss="{space}"><Worksheet ss:Name="Mẫu 02.A"><Table>{rows}</Table></Worksheet></Workbook>'
    )


def in_1258(text: str) -> bytes:
    """Text as Vietnamese Windows writes it: tones behind their vowels."""
    keep = "âêôăơưđÂÊÔĂƠƯĐ"
    out = ""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tone or not tone))
        out += base + tone if base in keep or tone else letter
    return out.encode("cp1258")


MADE = {
    "page": page().encode(),
    "page without a word on its encoding": page("").encode(),
    "page in UTF-16": page().encode("utf-16"),
    "page in UTF-16 without its mark": page().encode("utf-16-be"),
    "page of Vietnamese Windows": in_1258(page('<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">')),
    "archived page": archived().encode(),
    "comma": delimited(",").encode(),
    "semicolon with a mark": b"\xef\xbb\xbf" + delimited(";").encode(),
    "tab in UTF-16": delimited("\t").encode("utf-16"),
    "tab in UTF-16 without its mark": delimited("\t").encode("utf-16-le"),
    "bar": delimited("|").encode(),
    "separator stated": ("sep=;\r\n" + delimited(";")).encode(),
    "semicolon of Vietnamese Windows": in_1258(delimited(";")),
    "XML of 2003": spreadsheetml().encode(),
}  # fmt: skip


@pytest.mark.parametrize("data", MADE.values(), ids=MADE)
def test_it_gives_the_rows_that_a_person_sees(data: bytes) -> None:
    check(data, "ke-hoach.xls")


@pytest.mark.parametrize("code_page", ["cp1252", "ascii"])
def test_a_text_whose_letters_were_lost_says_so(code_page: str) -> None:
    lost = read_workbook(delimited(",").encode(code_page, errors="replace"), "a.csv")
    assert isinstance(lost, Unreadable)
    assert "Chữ có dấu đã mất" in lost.detail
    assert "CSV UTF-8" in lost.advice


@pytest.mark.parametrize("text", [
    delimited(",") + "a?b,c?d,e?f\r\ng?h,i?j,k?l\r\n", "TT,Doan,Nuoc\r\n1,a?b,Lao?\r\n2,Ai di? Di dau?,Lao\r\n",
])  # fmt: skip
def test_questions_are_no_lost_letters(text: str) -> None:
    assert isinstance(read_workbook(text.encode(), "a.csv"), Workbook)


def check(data: bytes, name: str) -> None:
    submission = read_submission(data, name, CATALOGUE)
    assert submission.agency is not None
    assert submission.agency.key == "sở y tế"
    assert [table.form for table in submission.tables] == ["02.A"]
    assert [
        (r.text("name"), r.text("members"), r.text("period"), r.text("activities")) for r in submission.records
    ] == [("Đoàn A; thăm", "05", "Quý II/2020", "Hội đàm"), ("Đoàn B", "6", "Quý III/2020", "Hội đàm\nký kết")]
    assert [o.code for o in submission.observations] == []


@needs_office
@pytest.mark.parametrize("kind", ["fods", "html"])
def test_what_libreoffice_writes(kind: str, tmp_path: Path) -> None:
    table = "\n".join("| " + " | ".join(text.replace("\n", " ") for text in line) + " |" for line in LINES)
    (tmp_path / "a.xlsx").write_bytes(xlsx([grid(table.replace("Hội đàm ký kết", "Hội đàm"))]))
    submission = read_submission(
        convert(tmp_path / "a.xlsx", kind, tmp_path / "out").read_bytes(), "a.xls", CATALOGUE
    )
    assert [r.text("name") for r in submission.records] == ["Đoàn A; thăm", "Đoàn B"]


def _page(body: str) -> tuple[Grid, ...]:
    found = read_workbook(f"<html><body>{body}</body></html>".encode(), "a.xls")
    assert isinstance(found, Workbook), found
    return found.grids


def test_rows_of_a_page_are_hidden_and_struck_through_as_a_whole() -> None:
    rows = "".join(
        f"<tr {look}><td>{n}<td>x<td>y"
        for n, look in enumerate(
            (
                "",
                "hidden",
                'style="height:0pt"',
                'style="line-height:0.5"',
                'style="text-decoration:line-through"',
            ),
            1,
        )
    )
    (sheet,) = _page(f"<table>{rows}</table>")
    assert (len(sheet.cells), sheet.hidden_rows, sheet.struck_rows) == (15, {2, 3}, {5})


def test_a_comment_that_libreoffice_writes_into_a_cell_is_none_of_its_text() -> None:
    (grid,) = _page("<table><tr><td><comment>Đề nghị sửa</comment><font>Đoàn A</font></td><td>5</td></tr></table>")
    assert [cell.value for cell in grid.cells] == ["Đoàn A", "5"]


def test_a_page_is_read_as_it_shows() -> None:
    head = "<style>.x{font-family:'.VnTime'} .g{text-decoration:line-through} .an{display:none}</style>"
    (sheet,) = _page(
        f"{head}<table><tr><th rowspan=2>TT<th colspan=2>Tên<th class=x>S\xad</tr><tr><td>a<td>b<td>c</tr>"
        "<tr class=an><td>1<td>ẩn<td>x<td>5</tr><tr class=g><td class=g>1<td class=g>bỏ<td><td>5</tr>"
        "<tr><td>2<td><input type=checkbox checked> Trong KH<td><select><option>Lào<option selected>Pháp</select><td></table>"
    )
    assert [(cell.row, cell.col, cell.value) for cell in sheet.cells] == [
        (1, 1, "TT"), (1, 2, "Tên"), (1, 4, "S\xad"), (2, 2, "a"), (2, 3, "b"), (2, 4, "c"),
        (3, 1, "1"), (3, 2, "ẩn"), (3, 3, "x"), (3, 4, "5"), (4, 1, "1"), (4, 2, "bỏ"), (4, 4, "5"),
        (5, 1, "2"), (5, 2, "☒  Trong KH"), (5, 3, "Pháp"),
    ]  # fmt: skip
    assert (sheet.hidden_rows, sheet.struck_rows) == ({3}, {4})
    assert sheet.cells[2].font == ".VnTime"
    assert [tuple(merge) for merge in sheet.merges] == [(1, 1, 2, 1), (1, 2, 1, 3)]


def test_a_table_that_lays_out_the_page_is_walked_through_and_wide_tables_stand_apart() -> None:
    wide = "<table><tr>" + "<td>x</td>" * 6 + "</tr></table>"
    grids = _page(f"<table><tr><td>Đầu trang<td>{wide}<p>Bảng hai</p>{wide}</table>")
    assert [(g.name, g.cells[0].value, len(g.cells)) for g in grids] == [
        ("Trang 1", "Đầu trang", 7),
        ("Trang 2", "Bảng hai", 7),
    ]


@pytest.mark.parametrize(
    ("data", "limits", "reason"),
    [
        (page().encode(), Limits(cells=5), Reason.TOO_LARGE),
        (page().encode(), Limits(text_bytes=50), Reason.TOO_LARGE),
        (delimited(";").encode(), Limits(cells=5), Reason.TOO_LARGE),
        (spreadsheetml().encode(), Limits(cells=5), Reason.TOO_LARGE),
        (spreadsheetml().replace("<Worksheet", "<!DOCTYPE a><Worksheet").encode(), Limits(), Reason.CORRUPT),
        (spreadsheetml()[:-40].encode(), Limits(), Reason.CORRUPT),
        (b"<html><body></body></html>", Limits(), Reason.CORRUPT),
        ("Kính gửi Sở Ngoại vụ, theo yêu cầu.\nĐơn vị xin báo cáo.".encode(), Limits(), Reason.NOT_A_SPREADSHEET),
        (b"<note><to>a</to></note>", Limits(), Reason.NOT_A_SPREADSHEET),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, limits: Limits, reason: Reason) -> None:
    found = read_workbook(data, "a.xls", limits)
    assert isinstance(found, Unreadable)
    assert found.reason is reason


def test_dates_of_excel_2003_are_what_their_format_shows() -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    data = (
        f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Styles><Style ss:ID="s1"><NumberFormat ss:Format="mmm-yy"/>'
        '<Font ss:StrikeThrough="1" ss:FontName="Arial"/></Style></Styles><Worksheet ss:Name="S"><Table>'
        '<Row ss:Index="3"><Cell ss:Index="2" ss:StyleID="s1" ss:MergeDown="1"><Data ss:Type="DateTime">'
        '2019-05-01T00:00:00.000</Data><Comment><Data>ghi chú</Data></Comment></Cell></Row><Row ss:Hidden="1"><Cell ss:Formula="=R[-1]C"/></Row></Table>'
        "</Worksheet></Workbook>"
    )
    found = read_workbook(data.encode(), "a.xls")
    assert isinstance(found, Workbook)
    (sheet,) = found.grids
    assert [(c.row, c.col, c.value, c.font) for c in sheet.cells] == [
        (3, 2, "05/2019", "Arial"),
        (4, 1, "=R[-1]C", None),
    ]
    assert (sheet.hidden_rows, sheet.struck_rows, tuple(sheet.merges[0])) == ({4}, {3}, (3, 2, 4, 2))
