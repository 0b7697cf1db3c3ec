# ruff: noqa: E501 - files as they are sent
"""An inbox of every kind of file that agencies send: every row arrives, every file is in the ledger once, none stops another."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from email.message import EmailMessage
from html import escape
from pathlib import Path

import docx
import openpyxl
import pytest
from archives import rar, seven_zipped, zipped
from docx.shared import Mm, Pt
from office import convert, needs_office
from oldbinaries import binary_workbook, outlook_letter

from doingoai_cli.cli.app import run
from doingoai_cli.feedback.formats import Format
from doingoai_cli.messages import passed_over
from doingoai_cli.pipeline.feedback import render
from doingoai_cli.pipeline.inbox import Inbox, Request, open_inbox
from doingoai_cli.pipeline.merge import merge
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.contents import open_contents
from doingoai_cli.readers.limits import DEFAULT_LIMITS, MIB
from doingoai_cli.readers.unreadable import Unreadable

pytestmark = needs_office
HEADING = ["TT", "Tên đoàn", "Danh nghĩa đoàn", "Trưởng đoàn", "Số thành viên", "Đến nước", "Đối tác làm việc", "Nội dung hoạt động", "Số ngày", "Thời gian thực hiện", "Nguồn kinh phí"]  # fmt: skip
AGENCIES = ["Sở Y tế", "Sở Du lịch", "Sở Tư pháp", "Sở Tài chính", "Sở Xây dựng", "Sở Nội vụ", "Sở Công Thương",
            "Sở Giao thông vận tải", "Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ",
            "Sở Tài nguyên và Môi trường", "Sở Kế hoạch và Đầu tư", "Sở Giáo dục và Đào tạo",
            "Sở Văn hóa và Thể thao", "Ban Dân tộc", "Thanh tra tỉnh", "Tỉnh đoàn", "Hội Nông dân tỉnh",
            "UBND huyện Lệ Thủy", "UBND huyện Bố Trạch", "UBND thị xã Ba Đồn", "UBND huyện Minh Hóa",
            "UBND huyện Quảng Trạch", "UBND huyện Quảng Ninh", "UBND huyện Tuyên Hóa", "UBND thành phố Đồng Hới",
            "Sở Ngoại vụ", "Cục Hải quan tỉnh", "Công an tỉnh", "Đài Phát thanh và Truyền hình", "Liên minh Hợp tác xã tỉnh",
            "Sở Lao động - Thương binh và Xã hội", "Trường Đại học Quảng Bình", "Hội Chữ thập đỏ tỉnh"]  # fmt: skip


def lines(agency: str) -> list[list[str]]:
    """A plan of two trips."""
    trips = [[str(n), f"Đoàn {n} của {agency}", "Thăm", "Trần Văn B, Giám đốc", str(n + 4), "Lào",
              "Tỉnh Khăm Muồn", "Hội đàm", "3", "Quý II/2020", "Ngân sách tỉnh"] for n in (1, 2)]  # fmt: skip
    return [[agency], ["KẾ HOẠCH ĐOÀN RA NĂM 2020"], HEADING, *trips]


def book(agency: str) -> bytes:
    made = openpyxl.Workbook()
    for line in lines(agency):
        made.active.append(line)
    return _saved(made)


def word(agency: str) -> bytes:
    made = docx.Document()
    made.sections[0].page_width, made.sections[0].page_height = Mm(420), Mm(297)
    title, year, *rows = lines(agency)
    made.add_paragraph(title[0])
    made.add_paragraph(year[0])
    table = made.add_table(len(rows), len(HEADING), style="Table Grid")
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
            cell.paragraphs[0].runs[0].font.size = Pt(9)
    made.add_paragraph("Người lập biểu")
    return _saved(made)


def _saved(made) -> bytes:  # type: ignore[no-untyped-def]
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def page(agency: str) -> bytes:
    title, year, *rows = lines(agency)
    table = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)
    return f"<html><meta charset=utf-8><p>{title[0]}</p><p>{year[0]}</p><table>{table}</table></html>".encode()


def delimited(agency: str, separator: str) -> str:
    return "".join(separator.join([*line, *[""] * (11 - len(line))]) + "\r\n" for line in lines(agency))


def xml_2003(agency: str) -> bytes:
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{escape(text)}</Data></Cell>' for text in line) + "</Row>"
        for line in lines(agency)
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="a"><Table>{rows}</Table></Worksheet></Workbook>'.encode()


def letter(files: Mapping[str, bytes], html: bytes = b"") -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "Văn thư <vt@quangbinh.gov.vn>", "sngv@quangbinh.gov.vn"
    message["Date"], message["Subject"] = "Tue, 10 Sep 2019 08:30:00 +0700", "Kế hoạch đoàn ra"
    message.set_content("Kính gửi")
    if html:
        message.add_alternative(html.decode(), subtype="html")
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def archived_page(agency: str) -> bytes:
    head = 'MIME-Version: 1.0\nX-Document-Type: Workbook\nContent-Type: multipart/related; boundary="b"\n\n'
    part = "--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return f"{head}{part}{page(agency).decode()}\n--b--\n".encode()


def report(agency: str) -> bytes:
    made = docx.Document()
    for text in (agency, "BÁO CÁO", "Kết quả công tác đối ngoại năm 2019", "Không có vướng mắc."):
        made.add_paragraph(text)
    return _saved(made)


def letterheaded(agency: str) -> bytes:
    """A report as it is really written: a letterhead in a table, text, a small table, signatures in a table."""
    made = docx.Document()
    made.add_table(1, 2).cell(0, 0).text = f"UBND TỈNH QUẢNG BÌNH\n{agency.upper()}"
    for text in (
        "BÁO CÁO",
        "Kết quả công tác đối ngoại năm 2019",
        "Trong năm, đơn vị đã tổ chức nhiều hoạt động đối ngoại.",
    ):
        made.add_paragraph(text)
    for number, cell in enumerate(cell for row in made.add_table(2, 3).rows for cell in row.cells):
        cell.text = f"Ô {number}"
    made.add_paragraph("Nơi nhận:")
    made.add_table(1, 2).cell(0, 1).text = "GIÁM ĐỐC"
    return _saved(made)


_CONVERTED = {
    "xls": "xlsx",
    "ods": "xlsx",
    "fods": "xlsx",
    "doc": "docx",
    "rtf": "docx",
    "odt": "docx",
    "pdf": "docx",
}


def converted(folder: Path, sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each source in the format of its key, by LibreOffice."""
    made = {}
    for kind, data in sources.items():
        source = folder / f"{kind}.{_CONVERTED[kind]}"
        source.write_bytes(data)
        made[kind] = convert(source, kind, folder).read_bytes()
    return made


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Sixty files by name; those of `_BAD` hold nothing that can be read."""
    a = iter(AGENCIES)
    folder = tmp_path_factory.mktemp("converted")
    by_office = converted(folder, {k: (word if s == "docx" else book)(next(a)) for k, s in _CONVERTED.items()})
    first, early = book(next(a)), next(a)
    return {
        **{f"mau.{kind}": data for kind, data in by_office.items()},
        "dau-tien.xlsx": first,
        "sao-y.xlsx": first,
        "macro.xlsm": book(next(a)),
        "nhi-phan.xlsb": binary_workbook(lines(next(a))),
        "word.docx": word(next(a)),
        "trang-web.xls": page(next(a)),
        "luu-tru.mht": archived_page(next(a)),
        "xml-2003.xls": xml_2003(next(a)),
        "cham-phay.csv": b"\xef\xbb\xbf" + delimited(next(a), ";").encode(),
        "the.xls": delimited(next(a), "\t").encode("utf-16"),
        "hai-tep.zip": zipped(**{"Kế hoạch/a.xlsx": book(next(a)), "b.docx": word(next(a))}),
        "bay.7z": seven_zipped(**{"a.xlsx": book(next(a))}),
        "thu.eml": letter({"biểu mẫu.xlsx": book(next(a)), "kèm.zip": zipped(**{"c.xlsx": book(next(a))})}),
        "trong-thu.eml": letter({}, html=page(next(a))),
        "outlook.msg": outlook_letter("Văn thư <vt@a.vn>", "Kế hoạch", datetime(2019, 9, 11, tzinfo=UTC), {"d.xlsx": book(next(a))}),
        "ten-sai.doc": book(next(a)),
        "2019-09-01 cu.xlsx": book(early),
        "2019-09-12 moi.xlsx": book(early),
        "bao-cao.docx": report(AGENCIES[0]),
        "khoa.zip": zipped(**{"a.xlsx": b"x"}).replace(b"\x00\x00\x08\x00", b"\x01\x00\x08\x00"),
        "khoa.7z": seven_zipped("mật khẩu", **{"a.xlsx": b"x"}),
        "cut.xlsx": first[: len(first) // 2],
        "anh.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "nen.rar": rar(**{"đoàn ra.xlsx": book(next(a))}),
        "Mẫu 02.A": book(next(a)),
        "khong-ten.eml": letter({"x": book(next(a))}).replace(b'\nContent-Disposition: attachment; filename="x"', b""),
        "hop-thu.eml": b"From a@b Tue Sep 10 08:30:00 2019\n" + letter({"x.xlsx": book(next(a))}),
        "khong-dau.xls": delimited(next(a), "\t").encode("utf-16-le"),
        "the-hien.htm": page(next(a)).replace(b"<td>", b"<td style='text-align:left'>&nbsp;"),
        "mang.xml": xml_2003(next(a)).decode().replace("</Data>", "</Data><Comment><Data>xem lại</Data></Comment>").encode(),
        "ba-lop.zip": zipped(**{"1.zip": zipped(**{"Thư mục/2.rar": rar(**{"e.xlsx": book(next(a))})})}),
        "nhieu-tep.zip": zipped(**{"__MACOSX/._a.xlsx": b"x", "Thumbs.db": b"x", "f.xlsx": book(next(a))}),
        "dau-muc.docx": letterheaded(AGENCIES[1]),
        "anh.heic": b"\0\0\0\x18ftypheic" + bytes(50),
        "nen.tar.gz": b"\x1f\x8b" + bytes(50),
        "lien-ket.gsheet": b'{"url": "x"}',
        "bang.numbers": zipped(**{"Index/Document.iwa": b"x"}),
        "ghi-am.mp3": b"ID3",
        **dict.fromkeys(("phim.mp4", "lich.ics", "danh-ba.vcf", "ban-do.dwg", "~$b.docx"), b"x"),
        "khoa.rar": rar("mật khẩu", **{"a.xlsx": b"x"}),
        "rong.xlsx": b"",
        "chup.pdf": b"%PDF-1.4\n%%EOF",
        "trinh-chieu.xlsx": zipped(**{"ppt/presentation.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}),
        "chu.csv": "Kính gửi Sở Ngoại vụ.\nXin báo cáo.".encode(),
        "~$dau-tien.xlsx": b"x",
        "Thumbs.db": b"x",
        "ghi-chu.txt": b"x",
        "tai-ve.xlsx.crdownload": b"x",
        ".an.xlsx": b"x",
    }  # fmt: skip


_BAD = {
    "khoa.zip/a.xlsx",
    "khoa.7z",
    "cut.xlsx",
    "anh.png",
    "khoa.rar/a.xlsx",
    "anh.heic",
    "nen.tar.gz",
    "lien-ket.gsheet",
    "bang.numbers",
    "rong.xlsx",
    "chup.pdf",
    "trinh-chieu.xlsx",
    "chu.csv",
}
_PASSED_OVER = {"bao-cao.docx", "~$dau-tien.xlsx", "Thumbs.db", "ghi-chu.txt", "tai-ve.xlsx.crdownload", ".an.xlsx", "hai-tep.zip", "bay.7z", "nen.rar", "khoa.rar", "khong-ten.eml", "hop-thu.eml",
                "ba-lop.zip", "ba-lop.zip/1.zip", "ba-lop.zip/1.zip/Thư mục/2.rar", "nhieu-tep.zip", "nhieu-tep.zip/__MACOSX/._a.xlsx",
                "nhieu-tep.zip/Thumbs.db", "dau-muc.docx", "ghi-am.mp3", "phim.mp4", "lich.ics", "danh-ba.vcf", "ban-do.dwg", "~$b.docx", "thu.eml",
                "thu.eml/kèm.zip", "trong-thu.eml", "outlook.msg", "khoa.zip"}  # fmt: skip
_TOLD_TO_BE_COMPARED = {"mau.pdf", "nhi-phan.xlsb"}


@pytest.fixture(scope="module")
def found(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inbox]:
    """The inbox, read once; tests run in its folder and write elsewhere."""
    folder = tmp_path_factory.mktemp("september")
    (folder / "inbox").mkdir()
    for name, data in files.items():
        (folder / "inbox" / name).write_bytes(data)
    (folder / "don-vi.csv").write_text("name\n" + "\n".join(AGENCIES) + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))  # where commands look
        yield open_inbox(Request(paths=("inbox",), year=2020, roster=(Path("don-vi.csv"),), across=True))


def test_every_row_arrives_and_every_file_is_in_the_ledger_once(
    files: dict[str, bytes], found: Inbox, tmp_path: Path
) -> None:
    assert len(files) >= 60
    done = merge(found, tmp_path / "tonghop.xlsx").consolidation
    assert done is not None
    names = sorted(" ".join(row.record.text("name").split()) for row in done.consolidated.rows)
    assert names == sorted(f"Đoàn {n} của {agency}" for agency in AGENCIES for n in (1, 2))
    ledger = [entry.path.removeprefix("inbox/") for entry in done.files]
    assert len(ledger) == len(set(ledger))
    assert set(files) <= set(ledger)
    assert {path for path in ledger if path not in files} == {
        "hai-tep.zip/Kế hoạch/a.xlsx", "hai-tep.zip/b.docx", "bay.7z/a.xlsx", "nen.rar/đoàn ra.xlsx", "khoa.rar/a.xlsx", "khong-ten.eml/đính kèm 2", "hop-thu.eml/x.xlsx",
        "ba-lop.zip/1.zip", "ba-lop.zip/1.zip/Thư mục/2.rar", "ba-lop.zip/1.zip/Thư mục/2.rar/e.xlsx", "nhieu-tep.zip/__MACOSX/._a.xlsx",
        "nhieu-tep.zip/Thumbs.db", "nhieu-tep.zip/f.xlsx", "thu.eml/biểu mẫu.xlsx", "thu.eml/kèm.zip",
        "thu.eml/kèm.zip/c.xlsx", "trong-thu.eml/nội dung thư.html", "outlook.msg/d.xlsx", "khoa.zip/a.xlsx",
    }  # fmt: skip


def test_what_cannot_be_read_is_ct01_and_what_is_none_has_its_reason(found: Inbox) -> None:
    outcome = json.loads(render(found, Format.JSON, to_file=True))
    codes: dict[str, set[str]] = {}
    for finding in outcome["findings"]:
        if finding["file"]:
            codes.setdefault(finding["file"].removeprefix("inbox/"), set()).add(finding["code"])
    assert {path for path, own in codes.items() if "CT01" in own} == _BAD
    assert {path for path, own in codes.items() if "CT11" in own} == _TOLD_TO_BE_COMPARED
    assert not {code for path, own in codes.items() for code in own if path not in _BAD} & {
        "CT02",
        "CT03",
        "CT09",
        "CT10",
    }
    said = {one["path"].removeprefix("inbox/"): one["reason"] for one in outcome["passed_over"]}
    assert set(said) == _PASSED_OVER
    assert all(said.values())
    opened = {path for path, reason in said.items() if passed_over(path, reason).startswith(f"{path}: đã mở")}
    assert opened == {path for path in said if path.endswith((".zip", ".7z", ".rar", ".eml", ".msg"))}
    assert all(passed_over(path, said[path]).startswith("Bỏ qua ") for path in said.keys() - opened)
    shown = {file["path"] for file in outcome["files"]} | {one["path"] for one in outcome["passed_over"]}
    assert len(shown) == len(outcome["files"]) + len(outcome["passed_over"])
    origins = {file["path"]: file["origin"] for file in outcome["files"] if "origin" in file}
    assert origins["inbox/thu.eml/kèm.zip/c.xlsx"]["subject"] == "Kế hoạch đoàn ra"
    assert origins["inbox/outlook.msg/d.xlsx"]["sender"] == "Văn thư <vt@a.vn>"


def test_the_commands_say_it_all(found: Inbox, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["status", "inbox", "--year", "2020", "--roster", "don-vi.csv"]) in (0, 1)
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("bao-cao.docx", "hai-tep.zip", "ghi-chu.txt", "Thumbs.db"))
    run(["check", "inbox", "--year", "2020", "--annotate", str(tmp_path / "danh-dau")])
    said = capsys.readouterr().err
    assert said.count("Đã ghi ") + said.count("Không tạo được bản đánh dấu") == len(AGENCIES) + 2 + len(_BAD)


def test_several_processes_and_the_cache_say_the_same(
    found: Inbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("doingoai_cli.pipeline.reading.cores", lambda: 3)
    alone = render(found, Format.JSON, to_file=True)
    for _ in range(2):
        again = open_inbox(Request(paths=("inbox",), year=2020, roster=(Path("don-vi.csv"),), across=True))
        assert render(again, Format.JSON, to_file=True) == alone


# --- hostile variants: made so that only our limits suffer ---------------------------------------------------

_MANY = 3 * 10**6


def _deep(tag: str, count: int) -> bytes:
    return (f"<{tag}>" * count + f"</{tag}>" * count).encode()


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "zip that swells": lambda: zipped(**{"a.xlsx": bytes(600 * MIB)}),
    "zip of many": lambda: zipped(**{f"{n}.xlsx": b"" for n in range(2500)}),
    "rar that swells": lambda: rar(**{"a.xlsx": bytes(48 * MIB)}),
    "rar of many": lambda: rar(**{f"{n}.xlsx": b"" for n in range(2500)}),
    "page of many cells": lambda: b"<html><table>" + b"<tr>" + b"<td>x" * _MANY + b"</table></html>",
    "page of many spans": lambda: b"<html><table>" + b"<tr><td rowspan=1000 colspan=1000>x" * 3000 + b"</table></html>",
    "page in a page": lambda: b"<html>" + _deep("table><tr><td", 30_000) + b"</html>",
    "text of many cells": lambda: b"a;b;c\n" + b"x;x;x\n" * (_MANY // 3),
    "text that never ends a quote": lambda: b'a;b;c\n1;2;3\n"' + b"x" * (8 * MIB),
    "XML of 2003 of many cells": lambda: b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row>'
    + b"<Cell><Data>x</Data></Cell>" * (_MANY // 2) + b"</Row></Table></Worksheet></Workbook>",
    "letter of many parts": lambda: letter({f"{n}.txt": b"x" for n in range(600)}),
    "letter in a letter": lambda: b"From: a\nTo: b\nContent-Type: message/rfc822\n\n" * 3000,
    "PDF of many words": lambda: b"%PDF-1.4\n" + b"1 0 obj\n<<>>\nendobj\n" * 100_000,
    "Word of old that is none": lambda: b"{\\rtf1 " + b"{\\b " * 200_000 + b"}" * 200_000 + b"}",
}  # fmt: skip


_READ = (
    "import resource, sys, pathlib\n"
    "from doingoai_cli.readers.container import read_workbook\n"
    "from doingoai_cli.readers.contents import open_contents\n"
    "from doingoai_cli.readers.guard import _guards\n"
    "data = pathlib.Path(sys.argv[1]).read_bytes()\n"
    "found = read_workbook(data, 'a.xls')\n"
    "if getattr(found, 'reason', None) == 'container': found = open_contents(data, 'a')\n"
    "for guard in _guards.values(): guard.close()\n"
    "own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))\n"
    "print(getattr(found, 'reason', type(found).__name__), own.ru_utime + own.ru_stime + children.ru_utime"
    " + children.ru_stime, max(own.ru_maxrss, children.ru_maxrss) // 1024)\n"
)


@pytest.fixture(scope="module")
def readings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, Future[str]]]:
    """What reading each hostile variant that is asked for comes to, each in a process of its own, two at a time."""
    folder = tmp_path_factory.mktemp("hostile")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    def read(number: int, name: str) -> str:
        path = folder / f"{number}.xls"
        path.write_bytes(HOSTILE[name]())
        command = [sys.executable, "-c", _READ, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=300)
        return done.stdout

    asked = [getattr(item, "callspec", None) for item in request.session.items]
    names = [name for name in HOSTILE if any(one and one.params.get("name") == name for one in asked)]
    with ThreadPoolExecutor(2) as pool:
        yield {name: pool.submit(read, number, name) for number, name in enumerate(names)}


@pytest.mark.skipif(sys.platform == "win32", reason="rlimit")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_variant_is_one_finding_within_its_bounds(
    name: str, readings: Mapping[str, Future[str]]
) -> None:
    """10 s of CPU and 1 GiB for all that reading it takes, children included."""
    said = readings[name].result()
    reason, seconds, mebibytes = said.split()
    assert reason in {"too-large", "bomb", "too-slow", "too-hungry", "corrupt", "not-a-spreadsheet", "text-only", "legacy-word",
                      "unreadable", "Contents"}, said  # fmt: skip
    assert float(mebibytes) <= 1024
    assert float(seconds) <= 20


def test_no_reader_of_a_new_kind_raises(files: dict[str, bytes]) -> None:
    """Every prefix of every file, and the file with a byte turned, is read or said."""
    for name, data in files.items():
        cuts = 1 if name.endswith((".doc", ".rtf")) else 5  # each of these starts LibreOffice
        for cut in range(0, len(data), len(data) // cuts + 1):
            turned = data[:cut] + bytes([data[cut] ^ 0x55]) + data[cut + 1 :]
            for variant in (data[:cut], turned):
                found = read_workbook(variant, name)
                if isinstance(found, Unreadable) and found.reason == "container":
                    open_contents(variant, name, DEFAULT_LIMITS)
