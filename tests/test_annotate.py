"""The marked workbook: what is marked, what is left as it was, and that marks come off again."""

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from markable import OTHER, PLAN, by_openpyxl, by_xlsxwriter, changed, parts, with_extension_validation
from office import convert, needs_office
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from rawbooks import packed, relationships

from doingoai_cli.feedback.marking.annotate import Marked, annotate
from doingoai_cli.feedback.marking.comments import MARK
from doingoai_cli.feedback.marking.dialect import WORKSHEET
from doingoai_cli.model.findings import Finding, Related, Severity, Waived
from doingoai_cli.model.grid import Addressing, Cell, CellKind, Grid, Range, Workbook
from doingoai_cli.model.own_files import RESULT_SHEET
from doingoai_cli.readers.container import read_workbook

# openpyxl, with which the tests look at the result, says what of a workbook it does not read.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
SENDERS = {"xlsxwriter": by_xlsxwriter, "openpyxl": by_openpyxl}
each_sender = pytest.mark.parametrize("sender", SENDERS.values(), ids=SENDERS)
_FILLS = {"F8B4AC": "error", "FCE08C": "warning", "BCDCF4": "info"}


def finding(code: str, cell: str | None, severity: str = "error", **more: Any) -> Finding:
    row = int(re.findall(r"\d+", cell)[0]) if cell else None
    place = {"sheet": PLAN if cell else None, "cell": cell, "row": row}
    values = {"message": f"Nội dung {code}.", "fix": f"Sửa {code}.", "file": "tep.xlsx", "agency": "Sở Y tế"}
    return Finding(code=code, severity=Severity(severity), **{**place, **values, **more})


FINDINGS = (
    finding("CT10", None, "warning"),
    finding("DR07", "C3"),
    finding("DR12", "C4", "warning"),
    finding("DR11", "C4"),
    finding("DL01", "D5", "info"),
    finding("DL05", "K30", "warning"),
)


def mark(data: bytes, findings: tuple[Finding, ...] = FINDINGS) -> Marked:
    marked = annotate(data, findings, _no_values)
    assert marked is not None
    return marked


def _no_values() -> Workbook | None:
    raise AssertionError("the file is patched where it stands")


def _load(data: bytes) -> Book:
    return load_workbook(io.BytesIO(data))


def _severity(sheet: Worksheet, cell: str) -> str | None:
    """The severity that a cell's fill shows; the low bits of a mark's colour are its memory."""
    colour = sheet[cell].fill.fgColor.rgb
    if sheet[cell].fill.patternType != "solid" or not isinstance(colour, str):
        return None
    return _FILLS.get(f"{int(colour[-6:], 16) & 0xFCFCFC:06X}")


def _looks(data: bytes, *, but: tuple[str, ...] = ()) -> dict[str, tuple[Any, ...]]:
    """All that a person sees of every cell with content (and of the sheet around it)."""
    seen: dict[str, tuple[Any, ...]] = {}
    for sheet in _load(data):
        if sheet.title == RESULT_SHEET:
            continue
        seen[sheet.title] = (
            str(sheet.merged_cells), str(sheet.print_area), sheet.print_title_rows,
            len(sheet._images), len(sheet._charts),
            [(rule.type, str(rule.sqref)) for rule in sheet.data_validations.dataValidation],
            [str(formats.sqref) for formats in sheet.conditional_formatting], list(sheet.tables),
        )  # fmt: skip
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None or cell.coordinate in but:
                    continue
                comment = cell.comment.text if cell.comment else None
                seen[f"{sheet.title}!{cell.coordinate}"] = (
                    cell.value, cell.number_format, repr(cell.font), repr(cell.border), repr(cell.fill),
                    repr(cell.alignment), repr(cell.protection), comment,
                )  # fmt: skip
    return seen


# --- what is marked ---------------------------------------------------------------------


@each_sender
def test_cells_take_the_colour_of_their_gravest_finding(sender: Callable[[], bytes]) -> None:
    sheet = _load(mark(sender()).data)[PLAN]
    shown = {cell: _severity(sheet, cell) for cell in ("C2", "C3", "C4", "D5", "K30")}
    assert shown == {"C2": None, "C3": "error", "C4": "error", "D5": "info", "K30": "warning"}


@each_sender
def test_a_comment_says_what_and_how_to_mend_it(sender: Callable[[], bytes]) -> None:
    sheet = _load(mark(sender()).data)[PLAN]
    assert sheet["C3"].comment.text == f"{MARK}\nDR07 (lỗi): Nội dung DR07.\nCách sửa: Sửa DR07."
    assert sheet["C3"].comment.author == "doingoai"
    several = sheet["C4"].comment.text
    assert several.index("DR11 (lỗi)") < several.index("DR12 (cảnh báo)")


@each_sender
def test_a_mark_keeps_the_rest_of_the_cells_format(sender: Callable[[], bytes]) -> None:
    before, after = _load(sender())[PLAN]["C3"], _load(mark(sender()).data)[PLAN]["C3"]
    for name in ("value", "number_format", "font", "border", "alignment", "protection"):
        assert repr(getattr(after, name)) == repr(getattr(before, name))


@pytest.mark.parametrize(
    ("area", "cells", "codes", "severity"),
    [
        ("F3:F4", ("F3", "F4"), ["DR10"], "error"),
        ("F3:F4", ("F4",), ["DR10"], "error"),
        ("E3:F4", ("F4", "E3"), ["DR10"], "error"),
        ("F3:F4", ("F5",), [], None),
    ],
)
def test_a_merged_area_is_marked_where_it_shows(
    area: str, cells: tuple[str, ...], codes: list[str], severity: str | None
) -> None:
    book = Book()
    book.active.title = PLAN
    book.active.merge_cells(area)
    data = io.BytesIO()
    book.save(data)
    sheet = _load(mark(data.getvalue(), tuple(finding("DR10", cell) for cell in cells)).data)[PLAN]
    first = sheet[area.partition(":")[0]]
    assert re.findall(r"(\w+) \(lỗi\)", first.comment.text if first.comment else "") == codes
    assert _severity(sheet, first.coordinate) == severity


def test_the_senders_own_comment_stays_before_ours() -> None:
    sheet = _load(mark(by_xlsxwriter(), (finding("DL01", "B2"),)).data)[PLAN]
    assert sheet["B2"].comment.text.endswith(
        f"hỏi lại phòng Tổ chức\n\n{MARK}\nDL01 (lỗi): Nội dung DL01.\nCách sửa: Sửa DL01."
    )
    assert sheet["B2"].comment.author == "Nguyễn Văn A"


def test_the_first_sheet_lists_everything_with_links() -> None:
    extra = finding(
        "DR05",
        "C5",
        message="Lần thứ 3 <trong năm> & nữa",
        related=(Related(file="khac.xlsx", sheet=PLAN, cell="B9"),),
    )
    book = _load(mark(by_openpyxl(), (*FINDINGS, extra)).data)
    assert book.sheetnames == [RESULT_SHEET, PLAN, OTHER]
    assert book.active.title == RESULT_SHEET
    sheet = book[RESULT_SHEET]
    rows = [[cell.value for cell in row[1:8]] for row in sheet.iter_rows(min_row=8, max_row=14)]
    assert [row[1] for row in rows] == ["CT10", "DR07", "DR12", "DR11", "DL01", "DL05", "DR05"]
    assert rows[0][2:4] == ["Cả tệp", None]
    assert rows[-1][5] == "Lần thứ 3 <trong năm> & nữa Liên quan: khac.xlsx; Mẫu 02.A; B9."
    assert sheet["E9"].hyperlink.location == "'Mẫu 02.A'!C3"
    assert sheet["A2"].value == "Cơ quan, đơn vị: Sở Y tế"
    assert sheet["A3"].value == "Tổng hợp: 3 lỗi, 3 cảnh báo, 1 lưu ý."


def test_a_waived_finding_is_listed_and_not_marked() -> None:
    waived = finding("DR07", "C3", waived=Waived(reason="Tỉnh đã đồng ý", approved_by="Sở Ngoại vụ"))
    book = _load(mark(by_openpyxl(), (waived,)).data)
    assert _severity(book[PLAN], "C3") is None
    assert book[PLAN]["C3"].comment is None
    assert book[RESULT_SHEET]["B8"].value == "Miễn trừ"
    assert book[RESULT_SHEET]["G8"].value.endswith("(Miễn trừ: Tỉnh đã đồng ý)")


def test_without_findings_the_first_sheet_says_so() -> None:
    sheet = _load(mark(by_openpyxl(), ()).data)[RESULT_SHEET]
    assert sheet["G8"].value == "Không có vi phạm nào."


# --- what is left as it was -----------------------------------------------------------------

_TOUCHED = re.compile(
    r"\[Content_Types\]\.xml|docProps/app\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|"
    r"xl/worksheets/sheet1\.xml|xl/worksheets/_rels/sheet1\.xml\.rels|xl/comments\S*|xl/drawings/vmlDrawing1\.vml|"
    r"xl/drawings/commentsDrawing1\.vml"
)


@each_sender
def test_every_other_part_keeps_its_bytes(sender: Callable[[], bytes]) -> None:
    sent = with_extension_validation(sender())
    before, after = parts(sent), parts(mark(sent).data)
    assert set(before) <= set(after)
    changed_parts = [name for name in before if before[name] != after[name]]
    assert [name for name in changed_parts if not _TOUCHED.fullmatch(name)] == []
    assert b"x14:dataValidation" in after["xl/worksheets/sheet2.xml"]


@each_sender
def test_nothing_else_looks_different(sender: Callable[[], bytes]) -> None:
    marked = ("C3", "C4", "D5", "K30")
    assert _looks(mark(sender()).data, but=marked) == _looks(sender(), but=marked)


def test_names_that_belong_to_a_sheet_move_along() -> None:
    book = _load(mark(by_xlsxwriter()).data)
    assert book[PLAN].print_area == "'Mẫu 02.A'!$A$1:$C$10"
    assert book[OTHER].print_title_rows == "$1:$1"
    assert book[RESULT_SHEET].print_title_rows == "$7:$7"
    assert book.defined_names["tong"].attr_text == "'Mẫu 02.A'!$C$10"


def test_only_the_first_sheet_is_selected() -> None:
    book = _load(mark(by_xlsxwriter()).data)
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book] == [True, False, False]


def test_macros_stay_and_the_name_says_so() -> None:
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    data = changed(by_xlsxwriter(), "[Content_Types].xml", lambda xml: xml.replace(plain, kind))
    marked = mark(data)
    assert marked.suffix == ".xlsm"
    assert kind in parts(marked.data)["[Content_Types].xml"]


@each_sender
def test_children_stand_in_the_schemas_order(sender: Callable[[], bytes]) -> None:
    for name, data in parts(mark(sender()).data).items():
        if name.startswith("xl/worksheets/sheet"):
            children = [etree.QName(child).localname for child in etree.fromstring(data)]
            ranks = [WORKSHEET.index(child) for child in children]
            assert ranks == sorted(ranks)
            rows = [int(row.get("r")) for row in etree.fromstring(data).iter("{*}row")]
            assert rows == sorted(set(rows))


@each_sender
def test_the_package_holds_together(sender: Callable[[], bytes]) -> None:
    """Every part has a content type, every relationship a target, every list the count it states."""
    package = parts(mark(sender()).data)
    types = etree.fromstring(package["[Content_Types].xml"])
    named = {item.get("PartName") for item in types}
    extensions = {item.get("Extension") for item in types}
    assert [n for n in package if f"/{n}" not in named and n.rpartition(".")[2] not in extensions] == []
    for name, data in package.items():
        if name.endswith(".rels"):
            folder = "/" + name.replace("_rels/", "").rpartition("/")[0]
            for item in etree.fromstring(data):
                target = item.get("Target")
                whole = target if target.startswith("/") else Path(folder, target).as_posix()
                steps: list[str] = []
                for step in whole.strip("/").split("/"):
                    steps = steps[:-1] if step == ".." else [*steps, step]
                assert item.get("TargetMode") == "External" or "/".join(steps) in package
    styles = etree.fromstring(package["xl/styles.xml"])
    for holder in ("fonts", "fills", "borders", "cellXfs"):
        element = styles.find(f"{{*}}{holder}")
        assert int(element.get("count", len(element))) == len(element)
    workbook = etree.fromstring(package["xl/workbook.xml"])
    ids = [sheet.get("sheetId") for sheet in workbook.iter("{*}sheet")]
    assert len(ids) == len(set(ids))


def test_the_list_of_sheets_in_the_properties_is_true() -> None:
    app = etree.fromstring(parts(mark(by_xlsxwriter()).data)["docProps/app.xml"])
    titles = [item.text for item in app.find("{*}TitlesOfParts/{*}vector")]
    assert titles[:3] == [RESULT_SHEET, PLAN, OTHER]
    assert app.find("{*}HeadingPairs/{*}vector/{*}variant/{*}i4").text == "3"


# --- checked again -----------------------------------------------------------------------------


@each_sender
def test_marking_twice_is_marking_once(sender: Callable[[], bytes]) -> None:
    once = mark(sender()).data
    assert parts(mark(once).data) == parts(once)


@each_sender
def test_marks_come_off_when_all_is_mended(sender: Callable[[], bytes]) -> None:
    again = mark(mark(sender()).data, ()).data
    assert _looks(again) == _looks(sender())
    assert not [name for name in parts(again) if b"[doingoai]" in parts(again)[name] and "comments" in name]


def test_marks_come_off_after_rows_were_inserted_and_another_program_saved_the_file() -> None:
    findings = (finding("DL01", "B3"), finding("DL01", "A2"))
    book = _load(mark(by_openpyxl(), findings).data)
    book[PLAN].insert_rows(1)
    buffer = io.BytesIO()
    book.save(buffer)
    sheet = _load(mark(buffer.getvalue(), (finding("DL02", "C6"),)).data)[PLAN]
    assert sheet["B4"].fill.fgColor.rgb == "FFFFFF00"
    assert _severity(sheet, "A3") is None
    assert _severity(sheet, "C6") == "error"
    texts = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert texts == ["Của cơ quan", f"{MARK}\nDL02 (lỗi): Nội dung DL02.\nCách sửa: Sửa DL02."]


@needs_office
@each_sender
def test_libreoffice_opens_saves_and_gives_back_what_can_be_checked_again(
    tmp_path: Path, sender: Callable[[], bytes]
) -> None:
    source = tmp_path / "ban-danh-dau.xlsx"
    source.write_bytes(mark(sender()).data)
    saved = convert(source, "xlsx:Calc MS Excel 2007 XML", tmp_path / "luu")
    book = load_workbook(saved)
    assert book.sheetnames == [RESULT_SHEET, PLAN, OTHER]
    assert book[PLAN]["C3"].comment.text.startswith(MARK)
    assert _severity(book[PLAN], "C3") == "error"
    again = _load(mark(saved.read_bytes(), (finding("DL01", "C5"),)).data)[PLAN]
    assert [_severity(again, cell) for cell in ("C3", "C4", "C5", "K30")] == [None, None, "error", None]
    commented = [cell for row in again.iter_rows() for cell in row if cell.comment]
    ours = [cell.coordinate for cell in commented if MARK in cell.comment.text]
    assert ours == ["C5"]


# --- odd workbooks -----------------------------------------------------------------------------


def test_cells_and_rows_without_references() -> None:
    def bare(xml: bytes) -> bytes:
        return re.sub(rb' r="[A-Z]*[0-9]+"', b"", xml)

    data = changed(by_openpyxl(), "xl/worksheets/sheet1.xml", bare)
    sheet = _load(mark(data).data)[PLAN]
    assert sheet["C3"].value == "Ô 3.3"
    assert _severity(sheet, "C3") == "error"


def test_a_prefixed_namespace() -> None:
    def prefixed(xml: bytes) -> bytes:
        xml = re.sub(rb"<(/?)(?!\?|\w+:)(\w)", rb"<\1x:\2", xml)
        return xml.replace(b"xmlns=", b"xmlns:x=")

    data = changed(by_openpyxl(), "xl/worksheets/sheet1.xml", prefixed)
    assert _severity(_load(mark(data).data)[PLAN], "C3") == "error"


def test_a_format_of_a_row_or_column_is_the_cells_own() -> None:
    book = Book()
    book.active.title = PLAN
    book.active["A1"] = "TT"
    book.active.column_dimensions["C"].number_format = "@"
    buffer = io.BytesIO()
    book.save(buffer)
    assert _load(mark(buffer.getvalue()).data)[PLAN]["C3"].number_format == "@"


def test_a_finding_of_a_sheet_that_is_not_there_is_only_listed() -> None:
    book = _load(mark(by_openpyxl(), (finding("DL01", "C3", sheet="Khác"),)).data)
    assert book[RESULT_SHEET]["E8"].value == "C3"
    assert book[RESULT_SHEET]["E8"].hyperlink is None


# --- other formats -----------------------------------------------------------------------------

WORD = Workbook(
    "docx",
    (
        Grid(
            "Bảng 1: kế hoạch / [2020]",
            0,
            (
                Cell(1, 1, CellKind.TEXT, "Tên đoàn"),
                Cell(2, 1, CellKind.TEXT, "=Đoàn"),
                Cell(2, 2, CellKind.NUMBER, 12.0),
                Cell(2, 3, CellKind.DATE, date(2020, 5, 9)),
                Cell(3, 1, CellKind.ERROR, "#REF!"),
            ),
            merges=(Range(1, 1, 1, 3),),
            addressing=Addressing.WORD,
        ),
    ),
)


def test_other_formats_come_back_as_a_copy_of_the_values() -> None:
    place = {"sheet": WORD.grids[0].name, "row": 2}
    marked = annotate(b"PK\x03\x04", (finding("DR07", "hàng 2, cột 2", **place),), lambda: WORD)
    assert marked is not None
    assert (marked.suffix, marked.note[:35]) == (".xlsx", "Tệp gốc không phải là .xlsx: bản nà")
    book = _load(marked.data)
    sheet = book.worksheets[1]
    assert [sheet[cell].value for cell in ("A1", "A2", "B2", "A3")] == ["Tên đoàn", "=Đoàn", 12, "#REF!"]
    assert sheet["A2"].data_type == "s"
    assert sheet["C2"].value.date() == date(2020, 5, 9)
    assert _severity(sheet, "B2") == "error"
    assert book[RESULT_SHEET]["E8"].hyperlink.location == f"'{sheet.title}'!B2"
    assert book[RESULT_SHEET]["A5"].value == marked.note


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"text"])
def test_what_cannot_be_read_has_no_marked_copy(data: bytes) -> None:
    assert annotate(data, (), lambda: None) is None
    assert annotate(by_openpyxl(), (finding("CT01", None),), _no_values) is None


def _content(data: bytes) -> Workbook | None:
    found = read_workbook(data, "tep.xlsx")
    return found if isinstance(found, Workbook) else None


_SIGNED = (
    '<Relationship Id="sig" Type="http://schemas.openxmlformats.org/package/2006/relationships/'
    'digital-signature/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>'
)


_NO_TITLES = b'<TitlesOfParts><vt:vector size="0"/></TitlesOfParts>'


@pytest.mark.parametrize(
    ("part", "old", "new", "patched"),
    [
        ("docProps/app.xml", rb"<TitlesOfParts>.*</TitlesOfParts>", _NO_TITLES, True),
        ("xl/worksheets/sheet1.xml", rb'defaultRowHeight="[^"]*"', b'defaultRowHeight="x"', False),
    ],
)  # fmt: skip
def test_an_odd_part_costs_at_most_the_formats(part: str, old: bytes, new: bytes, patched: bool) -> None:
    odd = changed(by_xlsxwriter(), part, lambda xml: re.sub(old, new, xml, count=1, flags=re.DOTALL))
    marked = annotate(odd, FINDINGS, lambda: _content(odd))
    assert marked is not None
    assert (marked.note == "") is patched or "không cho phép đánh dấu trực tiếp" in marked.note
    assert _severity(_load(marked.data)[PLAN], "C3") == "error"


def test_a_damaged_picture_does_not_keep_the_copy_from_being_made() -> None:
    data = bytearray(by_xlsxwriter())
    at = data.index(b"xl/media/image1.png") + len(b"xl/media/image1.png")
    data[at + 20] ^= 0xFF
    marked = annotate(bytes(data), FINDINGS, lambda: _content(bytes(data)))
    assert marked is not None
    assert "không cho phép đánh dấu trực tiếp" in marked.note


def test_a_stylesheet_without_fills_gets_the_two_that_are_reserved() -> None:
    bare = changed(by_openpyxl(), "xl/styles.xml", lambda xml: re.sub(rb"<fills.*</fills>", b"", xml, flags=re.S))
    styles = etree.fromstring(parts(mark(bare).data)["xl/styles.xml"])
    patterns = [fill.get("patternType") for fill in styles.iterfind("{*}fills/{*}fill/{*}patternFill")]
    assert patterns[:2] == ["none", "gray125"]
    assert _severity(_load(mark(bare).data)[PLAN], "C3") == "error"


def test_a_signature_that_the_marks_break_is_taken_out_and_said() -> None:
    made = parts(changed(by_openpyxl(), "_rels/.rels", lambda x: x.replace(b"</Relationships>", _SIGNED.encode())))
    made["_xmlsignatures/origin.sigs"] = b""
    made["_xmlsignatures/_rels/origin.sigs.rels"] = relationships(("s1", "signature", "sig1.xml")).encode()
    made["_xmlsignatures/sig1.xml"] = b"<Signature/>"
    marked = mark(packed(made))
    assert not [name for name in parts(marked.data) if "signature" in name or "sig" in name]
    assert b"digital-signature" not in parts(marked.data)["_rels/.rels"]
    assert "chữ ký" in marked.note


def test_no_escape_of_a_cell_keeps_it_from_being_marked() -> None:
    book = Book()
    book.active.title = PLAN
    book.active["C3"] = "_xFFFF_ _xD800_"
    buffer = io.BytesIO()
    book.save(buffer)
    said = finding("DL02", "C3", message="Cột ghi “_xFFFF_ \uffff \ud800”", value="\uffff")
    assert _severity(_load(mark(buffer.getvalue(), (said,)).data)[PLAN], "C3") == "error"


def test_a_result_sheet_of_the_senders_own_stays() -> None:
    book = Book()
    book.active.title = PLAN
    book.create_sheet(RESULT_SHEET)["A1"] = "Của cơ quan"
    buffer = io.BytesIO()
    book.save(buffer)
    once = mark(buffer.getvalue())
    twice = _load(mark(once.data).data)
    assert twice.sheetnames == [f"{RESULT_SHEET} (2)", PLAN, RESULT_SHEET]
    assert twice[RESULT_SHEET]["A1"].value == "Của cơ quan"


def test_a_copy_of_values_takes_sheets_of_one_name_and_overlapping_merged_areas() -> None:
    cells = (Cell(1, 1, CellKind.TEXT, "một"), Cell(2, 2, CellKind.TEXT, "hai"))
    merges = (Range(1, 1, 1, 8), Range(1, 2, 2, 4))
    sent = Workbook("ods", tuple(Grid("A/b", index, cells, merges) for index in range(4)))
    made = annotate(b"khong phai goi", (), lambda: sent)
    assert made is not None
    book = load_workbook(io.BytesIO(made.data))
    assert book.sheetnames[1:] == ["A b", "A b (2)", "A b (3)", "A b (4)"]
    assert [(sheet["A1"].value, sheet["B2"].value) for sheet in book.worksheets[1:]] == [("một", "hai")] * 4
