"""Archives and letters: what lies in them is read like any other file, whatever they are called and hold."""

import json
import random
import zipfile
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import pytest
import rars
from archives import packed_by_outlook, rar, seven_zipped, zipped

from doingoai_cli.feedback.formats import Format
from doingoai_cli.pipeline import unpacking
from doingoai_cli.pipeline.feedback import mark_copies, render
from doingoai_cli.pipeline.inbox import Inbox, Request, open_inbox
from doingoai_cli.pipeline.merge import merge
from doingoai_cli.readers.contents import Contents, open_contents, shown_name
from doingoai_cli.readers.limits import DEFAULT_LIMITS, MIB
from doingoai_cli.readers.unreadable import Reason, Unreadable

BOOK = (Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox" / "so-y-te.xlsx").read_bytes()


def letter(*attached: tuple[str, bytes], html: str = "") -> bytes:
    message = EmailMessage()
    message["From"] = "Sở Y tế <syt@quangbinh.gov.vn>"
    message["To"] = "sngv@quangbinh.gov.vn"
    message["Date"] = "Fri, 13 Sep 2019 08:30:00 +0700"
    message["Subject"] = "Kế hoạch đoàn ra năm 2020"
    message.set_content("Kính gửi Sở Ngoại vụ")
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def opened(data: bytes, **limits: object) -> Contents | Unreadable:
    return open_contents(data, "a", replace(DEFAULT_LIMITS, **limits))  # type: ignore[arg-type]


def names(data: bytes) -> list[str]:
    found = opened(data)
    assert isinstance(found, Contents), found
    return [item.name for item in found.items]


@pytest.mark.parametrize("pack", [zipped, seven_zipped, rar, partial(rar, how="rar20"), partial(rar, how="rar29")])
def test_the_files_of_an_archive(pack) -> None:  # type: ignore[no-untyped-def]
    found = opened(pack(**{"Kế hoạch/so-y-te.xlsx": BOOK, "b.xlsx": b"x"}))
    assert isinstance(found, Contents)
    assert {item.name: item.data for item in found.items} == {"Kế hoạch/so-y-te.xlsx": BOOK, "b.xlsx": b"x"}


def test_a_letter_tells_its_sender_its_subject_and_its_date() -> None:
    found = opened(letter(("Biểu mẫu.xlsx", BOOK), ("Biểu mẫu.xlsx", b"2")))
    assert isinstance(found, Contents)
    assert (found.kind, found.sender, found.subject) == (
        "thư",
        "Sở Y tế <syt@quangbinh.gov.vn>",
        "Kế hoạch đoàn ra năm 2020",
    )
    assert found.sent is not None
    assert found.sent.astimezone().timestamp() == 1568338200
    assert [(item.name, item.data) for item in found.items] == [
        ("Biểu mẫu.xlsx", BOOK),
        ("Biểu mẫu (2).xlsx", b"2"),
    ]


def test_a_form_in_the_text_of_a_letter_is_a_file_of_it() -> None:
    row = "<tr>" + "<td>x</td>" * 6 + "</tr>"
    assert names(letter(html=f"<table>{row}</table>")) == ["nội dung thư.html"]
    assert names(letter(("a.xlsx", BOOK), html="<table><tr><td>Trân trọng</td></tr></table>")) == ["a.xlsx"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/a.xlsx", "etc/a.xlsx"),
        ("C:\\Users\\a\\b.xlsx", "Users/a/b.xlsx"),
        ("/a\x00b\x1b[31m.xlsx", "ab[31m.xlsx"),
        ("", "không tên"),
        ("a" * 400 + ".xlsx", "a" * 144 + "….xlsx"),
    ],
)
def test_names_lead_nowhere(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_an_attachment_without_a_name_is_one_and_what_a_letter_is_signed_with_is_none() -> None:
    def part(kind: str, name: str = "") -> bytes:
        named = f'Content-Disposition: attachment; filename="{name}"\n'.encode() if name else b""
        return b"--b\nContent-Type: " + kind.encode() + b"\n" + named + b"\nx\n"

    kinds = ("text/plain", "image/png", "application/vnd.ms-excel", "application/pkcs7-signature")
    head = b"From: a@b.vn\nTo: c@d.vn\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    whole = head + b"".join(map(part, kinds)) + part("image/png", "anh.png") + b"--b--\n"
    for before in (b"", b"\xef\xbb\xbf", b"From a@b Tue Sep 10 08:30:00 2019\n"):
        assert names(before + whole) == ["đính kèm 3", "anh.png"]


def test_what_a_file_holds_tells_where_its_name_does_not(inbox: Path) -> None:
    for path in inbox.iterdir():
        path.unlink()
    for name in ("Mẫu 02.A", "không đuôi", "tháng 9.2019"):
        (inbox / name).write_bytes(BOOK)
    (inbox / "a.zip").write_bytes(zipped(**{"Mẫu 03": BOOK, "ghi chú": b"x"}))
    (inbox / "ghi chú").write_bytes(b"x")
    (inbox / "anh.heic").write_bytes(b"\0\0\0\x18ftypheic")
    (inbox / "nen.tar.gz").write_bytes(b"\x1f\x8b")
    found = _open()
    outcome = json.loads(render(found, Format.JSON, to_file=True))
    assert {one["path"] for one in outcome["files"] if one["forms"]} == {
        f"inbox/{name}" for name in ("Mẫu 02.A", "không đuôi", "tháng 9.2019", "a.zip/Mẫu 03")
    }
    assert {f.file for f in found.findings if f.code == "CT01"} == {"inbox/anh.heic", "inbox/nen.tar.gz"}
    assert {one["path"] for one in outcome["passed_over"]} == {
        "inbox/a.zip",
        "inbox/a.zip/ghi chú",
        "inbox/ghi chú",
    }


def test_names_of_old_programs_are_read() -> None:
    data = zipped(**{"Ke hoach.xlsx": b"x"})
    utf8 = data.replace(b"Ke hoach.xlsx", "Kếhạ.xlsx".encode())  # no flag says that it is UTF-8
    assert len(utf8) == len(data)
    assert names(utf8) == ["Kếhạ.xlsx"]


def test_limits_hold() -> None:
    big = zipped(a=bytes(3 * MIB))
    reasons = {
        "inflated": opened(big, inflated_bytes=MIB),
        "ratio": opened(big, ratio=10, ratio_from=MIB),
        "inflated 7z": opened(seven_zipped(a=bytes(3 * MIB)), inflated_bytes=MIB),
        "count": opened(zipped(a=b"", b=b"", c=b""), parts=2),
        "locked": opened(seven_zipped("mật khẩu", a=b"x")),
        "cut": opened(seven_zipped(a=b"x")[:-9]),
        "no archive": opened(b"PK\x03\x04" + bytes(50)),
    }
    assert {name: found.reason for name, found in reasons.items() if isinstance(found, Unreadable)} == {
        "inflated": Reason.TOO_LARGE,
        "ratio": Reason.BOMB,
        "inflated 7z": Reason.BOMB,
        "count": Reason.TOO_LARGE,
        "locked": Reason.ENCRYPTED,
        "cut": Reason.CORRUPT,
        "no archive": Reason.TRUNCATED,
    }


@pytest.mark.parametrize(
    "data", [seven_zipped("mật khẩu", a=b"x"), rar("mật khẩu", a=b"x"), seven_zipped(a=b"x")[:-9]]
)
def test_advice_on_an_archive_speaks_of_no_workbook(data: bytes) -> None:
    found = opened(data)
    whole = found if isinstance(found, Unreadable) else found.items[0].data
    assert isinstance(whole, Unreadable)
    assert whole.detail.startswith("Tệp nén")
    assert "từng tệp bên trong" in whole.advice


def test_a_rar_archive_that_cannot_be_opened_says_why() -> None:
    big, built = rar(a=bytes(3 * MIB)), rars.RarBuilder(password="mật khẩu", encrypt_headers=True)
    built.add_bytes(b"x", "a")
    noise = random.Random(1).randbytes(900)
    whole = rar(a=b"x", b=noise)
    damaged = whole.replace(noise[-30:], bytes(30))
    found = {
        "inflated": opened(rar(a=bytes(3 * MIB)), inflated_bytes=MIB),
        "ratio": opened(big, ratio=10, ratio_from=MIB),
        "count": opened(rar(a=b"", b=b"", c=b""), parts=2),
        "names locked": opened(built.to_bytes()),
        "cut": opened(rar(a=b"x")[:20]),
    }
    assert {name: getattr(one, "reason", one) for name, one in found.items()} == {
        "inflated": Reason.TOO_LARGE,
        "ratio": Reason.BOMB,
        "count": Reason.TOO_LARGE,
        "names locked": Reason.ENCRYPTED,
        "cut": Reason.TRUNCATED,
    }
    assert _reasons(rar("mật khẩu", a=b"x", b=b"y")) == [Reason.ENCRYPTED, Reason.ENCRYPTED]
    assert _reasons(damaged) == [b"x", Reason.CORRUPT]
    assert _reasons(whole[: whole.index(noise) + 900]) == [b"x", noise, Reason.TRUNCATED]


def _reasons(data: bytes) -> list[object]:
    found = opened(data)
    assert isinstance(found, Contents), found
    return [getattr(item.data, "reason", item.data) for item in found.items]


def test_one_volume_of_a_rar_archive_misses_the_others(tmp_path: Path) -> None:
    built = rars.RarBuilder(store=True, volume_size=2000)
    built.add_bytes(b"x" * 5000, "a")
    for volume in built.write_volumes(tmp_path / "a.part1.rar"):
        found = opened(Path(volume).read_bytes())
        why = found if isinstance(found, Unreadable) else found.items[0].data
        assert isinstance(why, Unreadable)
        assert "nhiều phần" in why.detail


def test_a_damaged_or_locked_file_of_a_zip_costs_itself() -> None:
    data = bytearray(zipped(zipfile.ZIP_STORED, a=b"a" * 900, b=b"b" * 900))
    data[data.index(b"b" * 900) + 5] ^= 0xFF
    found = opened(bytes(data))
    assert isinstance(found, Contents)
    first, second = (item.data for item in found.items)
    assert first == b"a" * 900
    assert isinstance(second, Unreadable)


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "thu.eml").write_bytes(
        letter(("kem.zip", zipped(**{"gui.7z": seven_zipped(**{"so-y-te.xlsx": BOOK})})))
    )
    (folder / "la.xlsx").write_bytes(zipped(**{"trong.xlsx": b"", "khoa.txt": b"x", "~$a.xlsx": b"x"}))
    return folder


def _open() -> Inbox:
    return open_inbox(Request(paths=("inbox",), year=2020, cache=False, across=True))


def test_archives_in_letters_are_opened_and_every_file_is_said_once(inbox: Path) -> None:
    found = _open()
    outcome = json.loads(render(found, Format.JSON, to_file=True))
    deepest = "inbox/thu.eml/kem.zip/gui.7z/so-y-te.xlsx"
    assert [(f["path"], sum(form["rows"] for form in f["forms"])) for f in outcome["files"]] == [
        ("inbox/la.xlsx/trong.xlsx", 0),
        (deepest, 10),
    ]
    origin = outcome["files"][1]["origin"]
    assert (origin["container"], origin["sender"], origin["subject"]) == (
        "inbox/thu.eml/kem.zip/gui.7z",
        "Sở Y tế <syt@quangbinh.gov.vn>",
        "Kế hoạch đoàn ra năm 2020",
    )
    said = {one["path"]: one["reason"] for one in outcome["passed_over"]}
    assert set(said) == {
        "inbox/thu.eml",
        "inbox/thu.eml/kem.zip",
        "inbox/thu.eml/kem.zip/gui.7z",
        "inbox/la.xlsx",
        "inbox/la.xlsx/khoa.txt",
        "inbox/la.xlsx/~$a.xlsx",
    }
    assert "1 tệp bên trong được đọc riêng" in said["inbox/thu.eml"]
    arrival = found.settled.arrivals[deepest]
    assert (arrival.basis, arrival.when) == ("theo ngày gửi của thư", datetime.fromisoformat(origin["sent"]))


def test_what_outlook_packs_in_a_winmail_dat_is_read(inbox: Path) -> None:
    packed = packed_by_outlook(**{"Mẫu 02A.xlsx": BOOK, "b.xlsx": b"xyz"})
    found = opened(packed)
    assert isinstance(found, Contents)
    assert {item.name: item.data for item in found.items} == {"Mẫu 02A.xlsx": BOOK, "b.xlsx": b"xyz"}
    for entry in inbox.iterdir():
        entry.unlink()
    (inbox / "thu.eml").write_bytes(letter(("winmail.dat", packed_by_outlook(**{"a.xlsx": BOOK}))))
    (inbox / "winmail.dat").write_bytes(packed_by_outlook(**{"b.xlsx": BOOK}))
    (inbox / "hong.dat").write_bytes(packed[:12])
    outcome = json.loads(render(_open(), Format.JSON, to_file=True))
    rows = {f["path"]: sum(form["rows"] for form in f["forms"]) for f in outcome["files"]}
    assert rows == {
        "inbox/hong.dat": 0, "inbox/thu.eml/winmail.dat/a.xlsx": 10, "inbox/winmail.dat/b.xlsx": 10,
    }  # fmt: skip
    assert {f["file"] for f in outcome["findings"] if f["code"] == "CT01"} == {"inbox/hong.dat"}
    origins = {f["path"]: f.get("origin", {}).get("sender", "") for f in outcome["files"]}
    assert origins["inbox/thu.eml/winmail.dat/a.xlsx"] == "Sở Y tế <syt@quangbinh.gov.vn>"


def test_what_lies_in_an_archive_is_merged_and_marked(inbox: Path) -> None:
    found = _open()
    merged = merge(found, Path("tonghop.xlsx"))
    assert merged.consolidation is not None
    assert merged.consolidation.rows_merged == 10
    entry = next(file for file in merged.consolidation.files if file.path.endswith("so-y-te.xlsx"))
    assert "Kế hoạch đoàn ra năm 2020" in entry.origin
    paths = [file.path for file in merged.consolidation.files]
    assert len(paths) == len(set(paths)) == 8
    said = mark_copies(found, Path("danh-dau"))
    (written,) = [line for line in said if line.startswith("Đã ghi danh-dau/so-y-te.xlsx")]
    assert written.partition(": bản đánh dấu của ")[2] == entry.path


def test_a_copy_whose_name_does_not_tell_says_whose_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("inbox/a/bieu.xlsx", "inbox/b/bieu.xlsx"):
        Path(name).parent.mkdir(parents=True)
        Path(name).write_bytes(BOOK)
    Path("inbox/b/bieu.xlsx").write_bytes(BOOK + b"\0")
    said = mark_copies(_open(), Path("ra"))
    assert said == ("Đã ghi ra/bieu.xlsx", "Đã ghi ra/bieu-2.xlsx: bản đánh dấu của inbox/b/bieu.xlsx")


def test_four_layers_are_one_too_many(inbox: Path) -> None:
    for path in inbox.iterdir():
        path.unlink()
    data = BOOK
    for layer in range(4):
        data = zipped(**{f"{layer}.zip" if layer else "a.xlsx": data})
    (inbox / "a.zip").write_bytes(data)
    (finding,) = _open().findings
    assert (finding.code, finding.file) == ("CT01", "inbox/a.zip/3.zip/2.zip/1.zip")
    assert "lồng nhau" in finding.message


def test_a_letter_with_nothing_attached_is_said(inbox: Path) -> None:
    for path in inbox.iterdir():
        path.unlink()
    (inbox / "thu.eml").write_bytes(letter())
    found = _open()
    (finding,) = found.findings
    assert (finding.code, "không có tệp đính kèm" in finding.message) == ("CT01", True)
    assert len(found.settled.submissions[0].sha256) == 64


@pytest.mark.parametrize(("with_form", "code"), [(True, None), (False, "CT01")])
def test_a_logo_in_the_text_of_a_letter_is_no_scan_beside_a_form(
    inbox: Path, with_form: bool, code: str | None
) -> None:
    for path in inbox.iterdir():
        path.unlink()
    message = EmailMessage()
    message["From"], message["To"] = "Sở Y tế <syt@quangbinh.gov.vn>", "sngv@quangbinh.gov.vn"
    message.set_content('<p>Trân trọng</p><img src="cid:logo@a.vn">', subtype="html")
    message.add_related(b"\x89PNG\r\n\x1a\n", "image", "png", cid="<logo@a.vn>", filename="logo.png")
    if with_form:
        message.add_attachment(BOOK, maintype="application", subtype="octet-stream", filename="a.xlsx")
    (inbox / "thu.eml").write_bytes(message.as_bytes())
    found = _open()
    assert {f.code for f in found.findings if f.file == "inbox/thu.eml/logo.png"} == ({code} if code else set())
    assert any(one.path == "inbox/thu.eml/logo.png" for one in found.passed_over) is with_form


def test_an_archive_of_many_archives_is_given_up(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "_MOST", 3)
    for path in inbox.iterdir():
        path.unlink()
    (inbox / "a.zip").write_bytes(zipped(**{f"{n}.zip": zipped(**{"a.xlsx": BOOK}) for n in range(4)}))
    found = _open()
    assert [(f.code, f.file) for f in found.findings if f.code == "CT01"] == [
        ("CT01", "inbox/a.zip/2.zip"),
        ("CT01", "inbox/a.zip/3.zip"),
    ]
