"""What an inbox holds, in which order, and that reading it never blocks."""

import os
import socket
from pathlib import Path

import pytest
from archives import zipped

from doingoai_cli.readers.file_types import OLE
from doingoai_cli.readers.folder import PassOverReason, expand, natural_key, passed_over_within, read_bytes
from doingoai_cli.readers.unreadable import Reason, Unreadable


def _fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_natural_order_through_folders_and_each_file_once(tmp_path: Path) -> None:
    _fill(tmp_path, "b10.xlsx", "b2.xlsx", "A1.xls", "c/2.ods", "c/10.docx", "c/d/x.xlsm")
    found = expand([tmp_path, tmp_path / "b2.xlsx", tmp_path / "c"])
    names = [item.path.relative_to(tmp_path).as_posix() for item in found]
    assert names == ["A1.xls", "b2.xlsx", "b10.xlsx", "c/2.ods", "c/10.docx", "c/d/x.xlsm"]
    assert not any(item.passed_over for item in found)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("~$bao-cao.xlsx", PassOverReason.LOCK),
        (".~lock.bao-cao.ods#", PassOverReason.LOCK),
        (".DS_Store", PassOverReason.SYSTEM),
        ("Thumbs.db", PassOverReason.SYSTEM),
        ("desktop.ini", PassOverReason.SYSTEM),
        ("~WRL0001.tmp", PassOverReason.TEMPORARY),
        ("bao-cao.xlsx.crdownload", PassOverReason.TEMPORARY),
        ("bao-cao.xlsx~", PassOverReason.TEMPORARY),
        (".an.xlsx", PassOverReason.HIDDEN),
        ("ghi-chu.txt", PassOverReason.OTHER),
        ("ban-quet.pdf", None),
        ("bao-cao.xlsx", None),
        ("-o=x.xlsx", None),
        ("nén.zip", None),
    ],
)
def test_what_a_folder_holds_beside_forms(tmp_path: Path, name: str, reason: PassOverReason | None) -> None:
    _fill(tmp_path, name)
    assert [(item.path.name, item.passed_over) for item in expand([tmp_path])] == [(name, reason)]
    # What is named outright is read, whatever it is.
    assert [item.passed_over for item in expand([tmp_path / name])] == [None]


TABLE = (
    "Tên cơ quan, đơn vị: Sở Y tế\r\n"
    + "TT\tTên đoàn\tSố thành viên\tĐến nước\tSố ngày\r\n1\tĐoàn A\t5\tLào\t3\r\n" * 2
)


@pytest.mark.parametrize("name", ["bieu.xslx", "bieu.txt", "bieu.bin", "bieu.excel"])
@pytest.mark.parametrize(("parts", "is_read"), [
    (("[Content_Types].xml", "xl/workbook.xml"), True),
    (("word/document.xml",), True),
    (("ppt/presentation.xml", "[Content_Types].xml"), False),
    (("META-INF/MANIFEST.MF", "a.class"), False),
])  # fmt: skip
def test_a_workbook_is_read_whatever_its_name_ends_with(
    tmp_path: Path, name: str, parts: tuple[str, ...], is_read: bool
) -> None:
    data = zipped(**dict.fromkeys(parts, b"<x/>"))
    (tmp_path / name).write_bytes(data)
    (found,) = expand([tmp_path])
    assert found.passed_over == (None if is_read else PassOverReason.OTHER)
    assert passed_over_within(f"thu/{name}", data) == found.passed_over


def test_an_old_workbook_is_read_whatever_its_name_ends_with(tmp_path: Path) -> None:
    for name, stream in (("bieu.lxs", "Workbook"), ("so.msi", "Property")):
        (tmp_path / name).write_bytes(OLE + bytes(600) + stream.encode("utf-16-le"))
    assert [found.passed_over for found in expand([tmp_path])] == [None, PassOverReason.OTHER]


@pytest.mark.parametrize(("data", "is_read"), [
    (TABLE.encode("utf-16"), True),
    (TABLE.encode(), True),
    (TABLE.replace("\t", " ").encode(), False),
    ("Kính gửi:\tSở Ngoại vụ\n\tXin gửi báo cáo\t\t\n".encode(), False),
    (b"", False),
])  # fmt: skip
def test_a_text_is_read_where_it_is_a_table(tmp_path: Path, data: bytes, is_read: bool) -> None:
    """Excel saves "Text (Tab delimited)" and "Unicode Text" as .txt; most others are notes."""
    (tmp_path / "a.TXT").write_bytes(data)
    (found,) = expand([tmp_path])
    assert found.passed_over == (None if is_read else PassOverReason.OTHER)
    assert passed_over_within("thu/a.txt", data) == found.passed_over


def test_links_are_not_followed(tmp_path: Path) -> None:
    _fill(tmp_path, "ngoai/x.xlsx", "hop-thu/y.xlsx")
    inbox = tmp_path / "hop-thu"
    (inbox / "a").symlink_to(tmp_path / "ngoai")
    (inbox / "b.xlsx").symlink_to(tmp_path / "ngoai" / "x.xlsx")
    (inbox / "c").symlink_to(inbox)
    (inbox / "d.xlsx").symlink_to(tmp_path / "không-có")
    found = {item.path.name: item.passed_over for item in expand([inbox])}
    link = PassOverReason.LINK
    assert found == {"a": link, "b.xlsx": link, "c": link, "d.xlsx": link, "y.xlsx": None}


def test_what_is_no_regular_file_is_an_entry_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "thu-muc.xlsx").mkdir()
    _fill(tmp_path, "thu-muc.xlsx/xl/a.xlsx")
    os.mkfifo(tmp_path / "ong.xlsx")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "o.xlsx"))
        found = expand([tmp_path])
        reasons = {item.path.name: read_bytes(item.path) for item in found}
    assert {
        name: result.reason for name, result in reasons.items() if isinstance(result, Unreadable)
    } == dict.fromkeys(("o.xlsx", "ong.xlsx", "thu-muc.xlsx"), Reason.NOT_REGULAR)


def test_reading(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"0123456789")
    (tmp_path / "rong.xlsx").touch()
    (tmp_path / "vong").symlink_to(tmp_path / "vong")
    assert read_bytes(tmp_path / "a.xlsx") == b"0123456789"
    expected = {
        (tmp_path / "a.xlsx", 9): Reason.TOO_LARGE,
        (tmp_path / "rong.xlsx", 99): Reason.EMPTY,
        (tmp_path / "không-có.xlsx", 99): Reason.MISSING,
        (tmp_path / "vong", 99): Reason.UNREADABLE,
        (tmp_path / "a\0b", 99): Reason.UNREADABLE,
        (Path("/dev/zero"), 99): Reason.NOT_REGULAR,
    }
    for (path, limit), reason in expected.items():
        result = read_bytes(path, limit)
        assert isinstance(result, Unreadable), path
        assert result.reason is reason


def test_a_file_that_grows_while_it_is_opened_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"0123456789")
    before = os.fstat
    monkeypatch.setattr(os, "fstat", lambda file: os.stat_result([*before(file)[:6], 4, *before(file)[7:]]))
    assert read_bytes(path) == b"0123456789"
    assert isinstance(read_bytes(path, 9), Unreadable)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    _fill(tmp_path, "kin/a.xlsx", "b.xlsx")
    (tmp_path / "kin").chmod(0)
    (tmp_path / "b.xlsx").chmod(0)
    results = [read_bytes(item.path) for item in expand([tmp_path])]
    (tmp_path / "kin").chmod(0o700)
    assert all(isinstance(result, Unreadable) for result in results)


def test_natural_key_tells_apart_what_reads_alike() -> None:
    assert sorted(["a1", "A1", "a01", "a"], key=natural_key) == ["a", "A1", "a01", "a1"]
