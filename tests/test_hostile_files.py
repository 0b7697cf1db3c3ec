"""Files that want to do harm, or are no workbook: each gets its reason, quickly, and the next one is read."""

import io
import random
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import convert, needs_office
from rawbooks import MAIN, book, packed, parts, relationships, sheet

from doingoai_cli.model.grid import CellKind, Workbook
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.limits import DEFAULT_LIMITS, MIB, Limits
from doingoai_cli.readers.unreadable import Reason, Unreadable

_ONE = "<sst><si><t>a</t></si></sst>"
CELL = '<row r="1"><c r="A1"><v>7</v></c></row>'
_DOCTYPE = '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def refused(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Unreadable:
    result = read_workbook(data, "thử.xlsx", limits)
    assert isinstance(result, Unreadable), result
    assert result.detail
    assert result.advice
    return result


def _with(part: str, content: str | bytes) -> bytes:
    made = parts({"S": sheet(CELL)})
    made[part] = content if isinstance(content, bytes) else content.encode()
    return packed(made)


def _without(part: str) -> bytes:
    made = parts({"S": sheet(CELL)})
    del made[part]
    return packed(made)


@pytest.mark.parametrize(
    ("data", "reason", "says"),
    [
        (b"", Reason.EMPTY, "rỗng"),
        (b"   \n\n", Reason.EMPTY, "khoảng trắng"),
        (b"%PDF-1.7 ...", Reason.CORRUPT, "PDF"),
        (b"\x89PNG\r\n\x1a\n....", Reason.NOT_A_SPREADSHEET, "ảnh"),
        (b"Rar!\x1a\x07\x00", Reason.CONTAINER, "nén"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", Reason.CORRUPT, "chữ nào"),
        (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', Reason.CORRUPT, "cú pháp"),
        ("Kính gửi quý cơ quan.\nKế hoạch như sau.".encode(), Reason.NOT_A_SPREADSHEET, "văn bản"),
        (bytes(random.Random(1).randbytes(5000)), Reason.UNREADABLE, "định dạng"),
        (packed({"thu.txt": b"xin chao"}), Reason.CONTAINER, "nén"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), Reason.CORRUPT, "nội dung"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.graphics"}),
         Reason.NOT_A_SPREADSHEET, "OpenDocument"),
        (book(CELL)[:-200], Reason.TRUNCATED, "cắt cụt"),
        (book(CELL)[:60], Reason.TRUNCATED, "cắt cụt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), Reason.CORRUPT, "hỏng"),
        (_with("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>"), Reason.CORRUPT, "cú pháp"),
        (_with("xl/worksheets/sheet1.xml", "<worksheet>&xin;</worksheet>"), Reason.CORRUPT, "cú pháp"),
        (_with("xl/workbook.xml", f'<workbook xmlns="{MAIN}"/>'), Reason.CORRUPT, "không có trang tính"),
        (_without("xl/worksheets/sheet1.xml"), Reason.CORRUPT, "trang tính “S”"),
        (book('<row r="1"><c r="A1" t="s"><v>3</v></c></row>'), Reason.CORRUPT, "chuỗi"),
        (book('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', strings=_ONE), Reason.CORRUPT, "chuỗi"),
        (book('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), Reason.CORRUPT, "cùng một ô"),
    ],
)  # fmt: skip
def test_what_is_no_sound_workbook_is_named(data: bytes, reason: Reason, says: str) -> None:
    found = refused(data)
    assert (found.reason, says in found.detail) == (reason, True), found


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_resolved(part: str, encoding: str) -> None:
    root = parts({"S": sheet(CELL)})[part].decode()
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    found = refused(_with(part, (declaration + _DOCTYPE + root).encode(encoding)))
    assert "thực thể" in found.detail


def test_entities_in_properties_do_no_harm_either() -> None:
    made = parts({"S": sheet(CELL)}, custom=_DOCTYPE + "<Properties>&b;</Properties>")
    assert isinstance(read_workbook(packed(made), "a.xlsx"), Workbook)


def test_two_different_parts_of_one_name_are_refused_and_equal_ones_are_not() -> None:
    made = list(parts({"S": sheet(CELL)}).items())
    name, content = next(item for item in made if "sheet1" in item[0])
    with pytest.warns(UserWarning, match="Duplicate name"):
        different = packed([*made, (name, content.replace(b">7<", b">8<"))])
    with pytest.warns(UserWarning, match="Duplicate name"):
        equal = packed([*made, (name, content)])
    other_case = packed([*made, (name.upper(), content.replace(b">7<", b">8<"))])
    assert "cùng tên" in refused(different).detail
    assert "cùng tên" in refused(other_case).detail
    assert isinstance(read_workbook(equal, "a.xlsx"), Workbook)


def test_parts_outside_the_file_are_never_followed() -> None:
    rels = relationships(("rId1", "worksheet", "file:///etc/passwd"))
    rels = rels.replace("Target=", 'TargetMode="External" Target=')
    assert refused(_with("xl/_rels/workbook.xml.rels", rels)).reason is Reason.CORRUPT


def test_a_part_that_lies_about_its_content() -> None:
    data = bytearray(book(CELL))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", data, at + 16, 12345)  # its checksum
    assert "mã kiểm tra" in refused(bytes(data)).detail


# --- Bombs and giants: in a second or a few, and never in much memory


def _sheet_of(pieces: list[bytes], level: int = 6) -> bytes:
    made = parts({"S": b""})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in made.items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for piece in pieces:
                part.write(piece)
            part.write(b"</sheetData></worksheet>")
    return buffer.getvalue()


def _rows(count: int, template: str) -> list[bytes]:
    firsts = range(1, count, 4096)
    return ["".join(template.replace("#", str(n)) for n in range(at, at + 4096)).encode() for at in firsts]


def test_a_bomb_is_given_up_before_it_unfolds() -> None:
    bombs = [_sheet_of([b" " * (32 * MIB)] * 20), _sheet_of([b" " * (16 * MIB)] * 4)]
    assert [refused(bomb).reason for bomb in bombs] == [Reason.BOMB] * 2


@pytest.mark.parametrize(
    "row",
    [
        '<row r="#" spans="1:14" s="1" customFormat="1" ht="15.75" customHeight="1"/>',
        '<row r="#"><c r="A#" s="1"/><c r="B#" s="1"/><c r="C#" s="2"/></row>',
    ],
)
def test_a_million_formatted_blank_rows_are_no_cells(row: str) -> None:
    data = _sheet_of([b'<row r="1"><c r="A1"><v>7</v></c></row>', *_rows(1_048_576, row)])
    result = read_workbook(data, "a.xlsx")
    assert isinstance(result, Workbook)
    assert [(cell.row, cell.value) for cell in result.grids[0].cells] == [(1, 7)]


def test_a_cell_in_the_far_corner_costs_nothing() -> None:
    result = read_workbook(book(CELL + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "a.xlsx")
    assert isinstance(result, Workbook)
    assert result.grids[0].address(*result.grids[0].cells[-1][:2]) == "XFD1048576"


@pytest.mark.parametrize(
    ("limits", "data"),
    [
        (Limits(cells=100), book("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 200)))),
        (Limits(cells=100), book("<row>" + "<c><v>1</v></c>" * 200 + "</row>")),
        (Limits(merges=1), book("", tail='<mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/>')),
        (Limits(sheets=2), packed(parts({name: sheet("") for name in "abc"}))),
        (Limits(parts=3), book(CELL)),
        (Limits(file_bytes=100), book(CELL)),
        (Limits(inflated_bytes=1000), book(CELL)),
        (Limits(text_bytes=100), book(CELL, strings="<sst><si><t>" + "a" * 200 + "</t></si></sst>")),
    ],
    ids=["cells", "cells thoroughly", "merges", "sheets", "parts", "file", "inflated", "text"],
)  # fmt: skip
def test_every_limit_holds(limits: Limits, data: bytes) -> None:
    assert refused(data, limits).reason is Reason.TOO_LARGE
    assert isinstance(read_workbook(data, "a.xlsx"), Workbook)


def test_time_is_a_limit_too() -> None:
    slow = _sheet_of([b"<row>" + b"<c><v>1</v></c>" * 400_000 + b"</row>"])
    assert refused(slow, Limits(seconds=0.2)).reason is Reason.TOO_SLOW


@pytest.mark.parametrize(
    "xml",
    [
        "<a>" * 1000 + "</a>" * 1000,
        "<x " + " ".join(f'a{n}=""' for n in range(5000)) + "/>",
        "".join(f"<n{n}/>" for n in range(20_000)),
        "".join(f'<n n{n}=""/>' for n in range(200_000)),
    ],
    ids=["depth", "attributes", "names", "names of attributes"],
)
def test_xml_that_fattens_its_parser(xml: str) -> None:
    found = refused(_with("xl/worksheets/sheet1.xml", f"<worksheet>{xml}</worksheet>"))
    assert found.reason is Reason.CORRUPT


def test_formulas_that_start_programs_are_only_text() -> None:
    formula = "<f>cmd|'/c calc'!A0</f>"
    rows = f'<row r="1"><c r="A1" t="str">{formula}<v>x</v></c><c r="B1">{formula}</c></row>'
    result = read_workbook(book(rows), "a.xlsx")
    assert isinstance(result, Workbook)
    shown, pending = result.grids[0].cells
    assert (shown.value, shown.formula) == ("x", "=cmd|'/c calc'!A0")
    assert (pending.kind, pending.value) == (CellKind.UNCALCULATED, "=cmd|'/c calc'!A0")


# --- Encrypted and old


def _encrypted(data: bytes, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, buffer)
    return buffer.getvalue()


def test_a_password_is_named_and_the_one_that_excel_itself_sets_opens() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = 7
    buffer = io.BytesIO()
    workbook.save(buffer)
    found = refused(_encrypted(buffer.getvalue(), "bí mật"))
    assert found.reason is Reason.ENCRYPTED
    assert found.params["reason_text"] == "Tệp được đặt mật khẩu"
    assert "Bỏ mật khẩu" in found.params["advice"]
    opened = read_workbook(_encrypted(buffer.getvalue(), "VelvetSweatshop"), "a.xlsx")
    assert isinstance(opened, Workbook)
    assert opened.grids[0].cells[0].value == 7


def test_an_encrypted_package_of_the_zip_kind() -> None:
    data = bytearray(book(CELL))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    assert refused(bytes(data)).reason is Reason.ENCRYPTED
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    ods = packed({"mimetype": kind, "META-INF/manifest.xml": manifest.encode()})
    assert refused(ods).reason is Reason.ENCRYPTED


@needs_office
@pytest.mark.parametrize(
    ("kind", "reason"), [("doc", Reason.TEXT_ONLY), ("odt", Reason.TEXT_ONLY), ("pdf", Reason.NOT_A_SPREADSHEET)]
)
def test_word_and_pdf_under_an_excel_name(kind: str, reason: Reason, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Kế hoạch đoàn ra", encoding="utf-8")
    assert refused(convert(source, kind, tmp_path).read_bytes()).reason is reason


@needs_office
def test_a_cut_xls_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "Đoàn ra"
    workbook.save(source)
    whole = convert(source, "xls", tmp_path).read_bytes()
    assert refused(whole[: len(whole) // 2]).reason is Reason.CORRUPT
    assert refused(whole[:512] + bytes(len(whole) - 512)).reason is Reason.CORRUPT
    result = read_workbook(whole, "a.xls")
    assert isinstance(result, Workbook)
    assert result.grids[0].cells[0].value == "Đoàn ra"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_ever_raises(data: st.DataObject) -> None:
    sound = bytearray(_SOUND)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(sound) - 1))
        sound[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(sound)))
    assert isinstance(read_workbook(bytes(sound[:cut]), "a.xlsx"), Workbook | Unreadable)
    assert isinstance(read_workbook(bytes(sound), "a.xlsx"), Workbook | Unreadable)


_SOUND = book(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="0"><f>A1</f><v>2</v></c></row>',
    strings="<sst><si><t>Sở Y tế</t></si></sst>",
    styles="<styleSheet><cellXfs><xf numFmtId='14'/></cellXfs></styleSheet>",
)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no way to read a process's peak memory here")
def test_memory_stays_bounded() -> None:
    """A giant of 900,000 cells, in a process of its own; `ru_maxrss` would be that of these tests."""
    script = (
        "import re, sys; from doingoai_cli.readers.container import read_workbook;"
        "r = read_workbook(sys.stdin.buffer.read(), 'a.xlsx');"
        "status = open('/proc/self/status').read();"
        "print(len(r.grids[0].cells), int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) // 1024)"
    )
    row = '<row r="#"><c r="A#"><v>#</v></c><c r="B#"><v>1.5</v></c><c r="C#"><v>2</v></c>'
    row += '<c r="D#" t="inlineStr"><is><t>Đoàn công tác số # của Sở Ngoại vụ đi Lào</t></is></c></row>'
    data = _sheet_of(_rows(225_000, row))
    shown = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True, check=True)
    count, megabytes = map(int, shown.stdout.split())
    assert count > 900_000 - 20_000
    assert megabytes < 700


@pytest.mark.parametrize("reference", ["&#x110000;", "&#x1000000000;", "&#99999999999999999999;", "&#xD800;"])
def test_a_reference_beyond_unicode_is_a_damaged_file(reference: str) -> None:
    inline = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{reference}</t></is></c></row>'
    assert refused(book(inline)).reason is Reason.CORRUPT
    strings = f"<sst><si><t>{reference}</t></si></sst>"
    assert refused(book('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings)).reason is Reason.CORRUPT


def test_an_escape_of_no_character_stays_as_it_was_typed() -> None:
    inline = '<row r="1"><c r="A1" t="inlineStr"><is><t>a_xFFFF_b_xD83D_c_x0041_</t></is></c></row>'
    workbook = read_workbook(book(inline), "a.xlsx")
    assert isinstance(workbook, Workbook)
    assert workbook.grids[0].cells[0].value == "a_xFFFF_b_xD83D_cA"


def test_damaged_formats_cost_the_formats_alone() -> None:
    """The values stand without them; that dates may be numbers now is said."""
    found = read_workbook(
        book('<row r="1"><c r="A1" s="1"><v>43588</v></c></row>', styles="<styleSheet><fonts>"), "a.xlsx"
    )
    assert isinstance(found, Workbook)
    assert [cell.value for cell in found.grids[0].cells] == [43588]
    assert "định dạng bị hỏng" in found.notes[0].what
