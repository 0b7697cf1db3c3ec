"""The local page without a browser: who may use it, what it serves and writes, the officer's way by forms."""

import html
import io
import re
import socket
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from doingoai_cli import resources
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import CANNOT_WRITE
from doingoai_cli.pipeline.new_workspace import start_workspace
from doingoai_cli.web import security, uploads
from doingoai_cli.web.jobs import Job
from doingoai_cli.web.open_workspace import OpenWorkspace
from doingoai_cli.web.pages import inbox as inbox_page
from doingoai_cli.web.security import Access
from doingoai_cli.web.server import application, host_names, reached_at, serve
from doingoai_cli.web.uploads import free_path, legal_name, legal_path

HOST = "127.0.0.1:8765"
INBOX = resources.examples_dir() / "ky-2020" / "inbox"
HEALTH = (INBOX / "so-y-te.xlsx").read_bytes()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "ky-2020"
    start_workspace(place, 2020, "Quảng Bình")
    (place / "don-vi.csv").write_bytes((INBOX.parent / "don-vi.csv").read_bytes())
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def access() -> Access:
    return Access(frozenset((HOST,)), "doingoai-8765")


@pytest.fixture
def stranger(folder: Path, access: Access) -> Iterator[TestClient]:
    with TestClient(application(OpenWorkspace(folder), access), base_url=f"http://{HOST}") as client:
        yield client


@pytest.fixture
def client(stranger: TestClient, access: Access) -> TestClient:
    assert stranger.get(f"/?token={access.token}").status_code == 200
    stranger.headers["origin"] = f"http://{HOST}"
    return stranger


def send(client: TestClient, *files: tuple[str, bytes], **data: Any) -> str:
    """The page after files were sent."""
    return client.post("/hop-thu/gui", files=[("tep", file) for file in files], data=data).text


# --- who may use it ----------------------------------------------------------------------------------------


def test_only_the_printed_address_opens_it(stranger: TestClient, access: Access) -> None:
    assert stranger.get("/hop-thu").status_code == 403
    assert stranger.get("/hop-thu?token=khac").status_code == 403
    opened = stranger.get(f"/?token={access.token}", follow_redirects=False)
    cookie = opened.headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie
    assert "token" not in opened.headers["location"]
    assert stranger.get("/hop-thu").status_code == 200


@pytest.mark.parametrize("host", ["evil.example:8765", "127.0.0.1:9999", "127.0.0.1", ""])
def test_another_name_for_this_machine_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/hop-thu", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:8765", ""])
@pytest.mark.parametrize("path", ["/hop-thu/rut", "/hop-thu/gui", "/cai-dat/luu-tep", "/tong-hop/tong-hop", "/mo"])
def test_a_foreign_page_changes_nothing(client: TestClient, folder: Path, origin: str, path: str) -> None:
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert client.post(path, data={"noi-dung": "x"}, headers={"origin": origin}).status_code == 403
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_a_form_without_origin_is_known_by_its_referer(client: TestClient) -> None:
    del client.headers["origin"]
    assert client.post("/tong-hop/tong-hop").status_code == 403
    client.headers["referer"] = f"http://{HOST}/tong-hop"
    assert client.post("/hop-thu/rut", data={"tep": "inbox/x"}).status_code == 200


def test_every_answer_forbids_what_is_not_ours(client: TestClient) -> None:
    for path in ("/hop-thu", "/static/app.js", "/khong-co"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy


def test_pages_hold_no_script_or_style_of_their_own(client: TestClient) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    for path in ("/hop-thu", "/kiem-tra", "/tong-hop", "/bao-cao", "/don-vi", "/cai-dat"):
        text = client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)|<style|\sstyle=|\son\w+=", text), path
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text), path


def test_others_may_come_in_with_the_password(folder: Path) -> None:
    access = Access(frozenset((HOST,)), "c", password="mật khẩu dài")
    with TestClient(application(OpenWorkspace(folder), access), base_url=f"http://{HOST}") as client:
        client.headers["origin"] = f"http://{HOST}"
        assert client.get("/hop-thu").url.path == "/dang-nhap"
        assert client.post("/dang-nhap", data={"mat-khau": "sai"}).status_code == 403
        assert client.get("/hop-thu").url.path == "/dang-nhap"
        decomposed = unicodedata.normalize("NFD", "mật khẩu dài")
        assert client.post("/dang-nhap", data={"mat-khau": decomposed}).url.path == "/hop-thu"
        assert not client.get("/tong-hop").text.count("Mở bằng Excel")  # Excel would start on the server's machine


def test_every_address_of_the_machine_is_shown_as_one_that_opens() -> None:
    shown = reached_at("0.0.0.0")
    assert shown not in ("0.0.0.0", "")
    assert f"{shown.lower()}:80" in host_names("0.0.0.0", 80)
    assert (reached_at("localhost"), reached_at("::1")) == ("127.0.0.1", "::1")
    assert host_names("::1", 80) >= {"[::1]:80"}


def test_a_machine_whose_name_nobody_knows_is_reached_at_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_arguments: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert host_names("0.0.0.0", 80) >= {"127.0.0.1:80", f"{reached_at('0.0.0.0').lower()}:80"}


def test_an_address_that_the_machine_does_not_have_is_said(folder: Path) -> None:
    with pytest.raises(DoingoaiError, match="không có địa chỉ"):
        serve(folder, port=None, host="khong-co.invalid", password="x", browser=False)


# --- what it serves and writes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["../bi-mat.xlsx", "%2e%2e/bi-mat.xlsx", "..%2fbi-mat.xlsx", "doingoai.toml", "inbox", ".an.xlsx",
     "ngoai.xlsx", "%00.xlsx", "khong-co.xlsx"],
)  # fmt: skip
def test_nothing_outside_the_workspace_is_served(client: TestClient, folder: Path, name: str) -> None:
    (folder.parent / "bi-mat.xlsx").write_bytes(HEALTH)
    (folder / ".an.xlsx").write_bytes(HEALTH)
    (folder / "ngoai.xlsx").symlink_to(folder.parent / "bi-mat.xlsx")
    assert client.get(f"/tep/{name}").status_code == 404


def test_a_file_of_the_workspace_comes_as_a_download(client: TestClient, folder: Path) -> None:
    page = folder / "inbox" / "trang.html"
    page.write_text("<script>alert(1)</script>")
    answer = client.get("/tep/inbox/trang.html")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Sở Y tế.xlsx", "Sở Y tế.xlsx"),
        ("a:b?.xlsx", "a_b_.xlsx"),
        ("CON.xlsx", "tep-CON.xlsx"),
        ("lpt1", "tep-lpt1"),
        ("tên .xlsx. ", "tên.xlsx"),
        ("~$so-y-te.xlsx", "tep-so-y-te.xlsx"),
        ("x" * 300 + ".xlsx", "x" * 95 + ".xlsx"),
        ("tre\u0302n.xlsx", "trên.xlsx"),
        ("a\u202exslx.exe", "a_xslx.exe"),
        (".htaccess", "htaccess"),
        ("", "tep-"),
    ],
)
def test_names_are_legal_on_windows(sent: str, kept: str) -> None:
    assert legal_name(sent) == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2020-08/so-y-te.xlsx", "2020-08/so-y-te.xlsx"),
        ("..\\..\\so-y-te.xlsx", "so-y-te.xlsx"),
        ("/etc/so-y-te.xlsx", "etc/so-y-te.xlsx"),
        ("a/b/c/d/e/f.xlsx", "c/d/e/f.xlsx"),
        ("", "tep"),
    ],
)
def test_folders_stay_below_the_inbox(sent: str, kept: str) -> None:
    assert legal_path(sent).as_posix() == kept


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").touch()
    (tmp_path / "a (2).xlsx").symlink_to(tmp_path / "nowhere")
    assert free_path(tmp_path / "a.xlsx").name == "a (3).xlsx"


def test_nothing_is_written_over_and_the_same_file_not_twice(client: TestClient, folder: Path) -> None:
    assert "Đã nhận “so-y-te.xlsx”" in send(client, ("so-y-te.xlsx", HEALTH))
    assert "tệp giống hệt đã có" in send(client, ("ten-khac.xlsx", HEALTH))
    assert "Đã nhận “so-y-te (2).xlsx”" in send(client, ("so-y-te.xlsx", b"khac"))
    assert sorted(path.name for path in (folder / "inbox").iterdir()) == ["so-y-te (2).xlsx", "so-y-te.xlsx"]
    assert (folder / "inbox" / "so-y-te.xlsx").read_bytes() == HEALTH


def test_a_request_is_bounded_before_it_is_read(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "LARGEST_REQUEST", 1000)
    monkeypatch.setattr(security, "LARGEST_FORM", 100)
    assert client.post("/hop-thu/gui", files={"tep": ("a.xlsx", b"x" * 2000)}).status_code == 413
    assert client.post("/cai-dat/luu-tep", data={"noi-dung": "x" * 200}).status_code == 413

    def slowly() -> Iterator[bytes]:  # without a length there is nothing to believe
        yield from (b"x" * 60 for _ in range(3))

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/cai-dat/luu-tep", content=slowly(), headers=headers).status_code == 413


def test_withdrawn_files_are_kept_and_come_back(client: TestClient, folder: Path) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    page = client.post("/hop-thu/rut", data={"tep": "inbox/so-y-te.xlsx"}).text
    assert "Đã rút “so-y-te.xlsx”" in page
    (kept,) = (path for path in (folder / "da-rut").rglob("*.xlsx"))
    assert kept.read_bytes() == HEALTH
    client.post("/hop-thu/tra-lai", data={"tep": kept.relative_to(folder).as_posix()})
    assert (folder / "inbox" / "so-y-te.xlsx").read_bytes() == HEALTH


@pytest.mark.parametrize("name", ["../bi-mat.xlsx", "don-vi.csv", "inbox/khong-co.xlsx", ""])
def test_only_files_of_the_inbox_are_withdrawn(client: TestClient, folder: Path, name: str) -> None:
    (folder.parent / "bi-mat.xlsx").write_bytes(HEALTH)
    assert "không còn trong hộp thư đến" in client.post("/hop-thu/rut", data={"tep": name}).text
    assert (folder / "don-vi.csv").exists()
    assert (folder.parent / "bi-mat.xlsx").exists()


def test_a_file_is_replaced_by_another(client: TestClient, folder: Path) -> None:
    send(client, ("so-y-te.xlsx", b"hong"))
    send(client, ("so-y-te-moi.xlsx", HEALTH), thay="inbox/so-y-te.xlsx")
    assert [path.name for path in (folder / "inbox").iterdir()] == ["so-y-te-moi.xlsx"]
    assert len(list((folder / "da-rut").rglob("*.xlsx"))) == 1


def test_a_file_that_cannot_be_written_keeps_no_other_out_and_replaces_none(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: what was taken and what was not is said, and the old file is still there."""

    def write(path: Path, data: bytes) -> None:
        if data == b"day":
            raise DoingoaiError(CANNOT_WRITE.format(path=path, reason="ổ đĩa đã đầy"))
        path.write_bytes(data)

    monkeypatch.setattr(uploads, "write_whole", write)
    page = send(client, ("a.xlsx", b"mot"), ("b.xlsx", b"day"), ("c.xlsx", b"ba"))
    assert "“b.xlsx”: không nhận. Không ghi được “inbox/b.xlsx”: ổ đĩa đã đầy." in page
    assert page.index("không nhận") < page.index("Đã nhận “a.xlsx”") < page.index("Đã nhận “c.xlsx”")
    assert "Đã nhận 02 tệp; 01 tệp không nhận được." in page
    assert 'class="said bad"' in page
    page = send(client, ("b.xlsx", b"day"), thay="inbox/a.xlsx")
    assert "“a.xlsx” vẫn ở trong hộp thư đến." in page
    assert sorted(path.name for path in (folder / "inbox").iterdir()) == ["a.xlsx", "c.xlsx"]


def test_a_file_that_another_program_holds_is_said(
    client: TestClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    client.post("/hop-thu/rut", data={"tep": "inbox/so-y-te.xlsx"})
    (kept,) = (folder / "da-rut").rglob("*.xlsx")

    def held(_self: Path, *_: object) -> None:
        raise PermissionError(13, "held")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", held)
        page = client.post("/hop-thu/tra-lai", data={"tep": kept.relative_to(folder).as_posix()}).text
        assert "Không chuyển được" in page
        assert "Đóng tệp ở chương trình khác rồi làm lại." in page
    (folder / "inbox" / "khoa.xlsx").write_bytes(b"khoa")
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: held(path) if path.name == "khoa.xlsx" else read(path))
    assert "Đã nhận “moi.xlsx”" in send(client, ("moi.xlsx", b"moi"))


def test_what_lies_in_an_archive_is_withdrawn_and_fetched_with_it(client: TestClient, folder: Path) -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("Thư mục/Sở Y tế.xlsx", HEALTH)
    send(client, ("gói.zip", package.getvalue()))
    page = html.unescape(client.get("/hop-thu").text)
    assert "inbox/gói.zip/Thư mục/Sở Y tế.xlsx" in page
    (address,) = re.findall(r'href="(/tep/[^"]+)"', page)
    assert client.get(address).content == package.getvalue()
    assert "Rút “inbox/gói.zip” khỏi hộp thư đến, cùng mọi tệp bên trong?" in page
    assert "Đã rút “gói.zip”" in client.post("/hop-thu/rut", data={"tep": "inbox/gói.zip"}).text


def test_what_is_no_form_can_be_withdrawn_too(client: TestClient, folder: Path) -> None:
    text = (INBOX / "truong-dai-hoc-quang-binh.docx").read_bytes()
    page = send(client, ("so-y-te.xlsx", HEALTH), ("ghi-chu.txt", b"x"), ("dh.docx", text))
    assert "Đã nhận “ghi-chu.txt”, nhưng không đọc: không phải bảng tính hay văn bản Word." in page
    assert page.index("“ghi-chu.txt”, nhưng không đọc") < page.index("Đã nhận “dh.docx”.")
    assert "Đã nhận 03 tệp; 01 tệp không được đọc." in page
    assert "Tệp khác trong hộp thư (1)" in page
    assert 'aria-label="Rút inbox/ghi-chu.txt khỏi hộp thư"' in page
    page = client.post("/hop-thu/rut", data={"tep": "inbox/ghi-chu.txt"}).text
    assert "Đã rút “ghi-chu.txt”" in page
    assert "Tệp khác trong hộp thư" not in page


def test_whatever_came_is_fetched_and_only_documents_are_opened(client: TestClient, folder: Path) -> None:
    for name in ("winmail.dat", "Mẫu 02.A", "la.exe"):
        (folder / "inbox" / name).write_bytes(b"x")
        (folder / name).write_bytes(b"x")
        assert client.get(f"/tep/inbox/{name}").status_code == 200, name
    assert client.get("/tep/la.exe").status_code == 404
    client.app.state.opened.can_open = True  # type: ignore[attr-defined]
    assert client.post("/mo", data={"tep": "inbox/la.exe", "ve": "/hop-thu"}).status_code == 404


@pytest.mark.parametrize(("inbox", "kept"), [("../ngoai", "../da-rut"), ("nhan/thu", "da-rut"), (".", "da-rut")])
def test_an_inbox_may_lie_anywhere(client: TestClient, folder: Path, inbox: str, kept: str) -> None:
    (folder / "doingoai.toml").write_text(f'year = 2020\ninbox = "{inbox}"\n', encoding="utf-8")
    send(client, ("so-y-te.xlsx", HEALTH))
    name = (Path(inbox) / "so-y-te.xlsx").as_posix()
    assert client.get(f"/tep/{name}").status_code == (200 if ".." not in name else 404)  # a browser drops ".."
    page = client.post("/hop-thu/rut", data={"tep": name}).text
    assert "Đã rút “so-y-te.xlsx”" in page
    (withdrawn,) = (folder / kept).rglob("*.xlsx")
    assert "Tệp đã rút (1)" in page
    assert "01.A (3 dòng)" not in page
    shown = re.findall(r'name="tep" value="([^"]*da-rut[^"]*)"', page)
    assert "Đã đưa “so-y-te.xlsx” trở lại" in client.post("/hop-thu/tra-lai", data={"tep": shown[0]}).text
    assert not withdrawn.exists()


def test_what_was_withdrawn_is_no_part_of_the_workspace(client: TestClient, folder: Path) -> None:
    """A workbook of a lower level and a text: neither a second workbook of the cycle nor a report."""
    send(client, ("so-y-te.xlsx", HEALTH))
    merged(client)
    lower = (folder / "tonghop.xlsx").read_bytes()
    text = (INBOX / "truong-dai-hoc-quang-binh.docx").read_bytes()
    send(client, ("cap-duoi.xlsx", lower), ("van-ban.docx", text))
    for name in ("cap-duoi.xlsx", "van-ban.docx"):
        client.post("/hop-thu/rut", data={"tep": f"inbox/{name}"})
    assert "sổ tổng hợp của kỳ" not in client.get("/tong-hop").text
    assert "van-ban.docx" not in client.get("/bao-cao").text


def test_two_workbooks_of_a_cycle_are_listed_and_none_is_shown(client: TestClient, folder: Path) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    merged(client)
    (folder / "ban-khac.xlsx").write_bytes((folder / "tonghop.xlsx").read_bytes())
    page = client.get("/tong-hop").text
    assert "Có 2 sổ tổng hợp của kỳ 2020" in page
    assert "ban-khac.xlsx" in page


# --- the officer's way -------------------------------------------------------------------------------------


def test_the_inbox_says_who_has_sent_and_who_has_not(client: TestClient) -> None:
    assert "chưa nộp" in client.get("/hop-thu").text
    page = send(client, ("so-y-te.xlsx", HEALTH), ("hong.xlsx", b"PK\x03\x04hong"))
    assert "Sở Y tế" in page
    assert "inbox/hong.xlsx" in page
    assert "CT01" in client.get("/kiem-tra?tep=inbox/hong.xlsx").text


def test_findings_are_filtered_and_come_with_their_rule(client: TestClient) -> None:
    send(client, *((path.name, path.read_bytes()) for path in sorted(INBOX.iterdir())))
    everything = client.get("/kiem-tra").text
    assert everything.count('<article class="finding') > 5
    only = client.get("/kiem-tra", params={"ma": "DR06"}).text
    assert set(re.findall(r'href="#quy-tac-(\w+)"', only)) == {"DR06"}
    assert "Vì sao" in only
    assert client.get("/kiem-tra", params={"trang": "99999", "ma": "khong"}).status_code == 200
    assert "Đoàn" in client.get("/quy-tac/DR07").text


def test_marked_copies_come_one_by_one_and_as_an_archive(client: TestClient, folder: Path) -> None:
    assert client.get("/kiem-tra/tra-lai.zip").status_code == 404
    send(client, ("so-y-te.xlsx", HEALTH))
    client.post("/kiem-tra/danh-dau")
    wait(client)
    assert "so-y-te.xlsx" in client.get("/kiem-tra/tra-lai").text
    assert client.get("/kiem-tra/tra-lai.zip").content.startswith(b"PK")
    assert (folder / "inbox" / "so-y-te.xlsx").read_bytes() == HEALTH


def wait(client: TestClient) -> None:
    """Until every job so far has ended: the one worker takes what comes after them."""
    client.app.state.opened.jobs._worker.submit(int).result(60)  # type: ignore[attr-defined]


def merged(client: TestClient) -> str:
    """The page of the consolidated workbook after a merge."""
    client.post("/tong-hop/tong-hop")
    wait(client)
    return client.get("/tong-hop").text


def form_of(page: str) -> dict[str, str]:
    """The review form's fields as the page has them."""
    fields = {"ve": "/tong-hop"}
    for record in re.findall(r'name="dong" value="([^"]+)"', page):
        fields |= {f"thay-y-kien.{record}": "", f"thay-ghi-chu.{record}": "", f"ghi-chu.{record}": ""}
        fields |= {f"y-kien.{record}": ""}
    return fields


def review_column(path: Path, sheet: str, heading: str) -> dict[int, str]:
    """Row → text of a column of a form's sheet."""
    grid = openpyxl.load_workbook(path)[sheet]
    (column,) = {cell.column for row in grid.iter_rows(max_row=12) for cell in row if cell.value == heading}
    return {row: str(grid.cell(row, column).value or "") for row in range(1, grid.max_row + 1)}


def test_a_review_is_written_into_the_workbook(client: TestClient, folder: Path) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    page = merged(client)
    record = re.findall(r'name="dong" value="([^"]+)"', client.get("/tong-hop?mau=02.A").text)[0]
    fields = form_of(page) | {f"y-kien.{record}": "Không đồng ý", f"ghi-chu.{record}": "thiếu thư mời\r\nbổ sung"}
    client.post("/tong-hop/y-kien", data={**fields, "dong": [record]})
    wait(client)
    book = folder / "tonghop.xlsx"
    assert "Không đồng ý" in review_column(book, "02.A", "Ý kiến thẩm định").values()
    assert "thiếu thư mời\nbổ sung" in review_column(book, "02.A", "Ghi chú thẩm định").values()
    assert "thiếu thư mời" in client.get("/tong-hop?y-kien=Không đồng ý").text


def test_of_two_windows_the_second_is_told_what_of_it_was_not_written(client: TestClient, folder: Path) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    page = merged(client)
    one, two = re.findall(r'name="dong" value="([^"]+)"', client.get("/tong-hop?mau=02.A").text)[:2]
    first = {**form_of(page), f"y-kien.{one}": "Đồng ý", "dong": [one]}
    second = {**form_of(page), f"y-kien.{one}": "Điều chỉnh", f"y-kien.{two}": "Không đồng ý", "dong": [one, two]}
    for fields in (first, second):
        client.post("/tong-hop/y-kien", data=fields)
        wait(client)
    said = client.get(f"/tong-hop?ket-qua={last_job(client)}").text
    assert "Đã ghi ý kiến của 01 dòng" in said
    assert "giữ “Đồng ý”" in said
    assert {"Đồng ý", "Không đồng ý"} <= set(
        review_column(folder / "tonghop.xlsx", "02.A", "Ý kiến thẩm định").values()
    )


@pytest.mark.parametrize("makes_it_so", [Path.unlink, lambda book: book.write_bytes(b"x")])
def test_a_review_that_cannot_be_written_is_neither_claimed_nor_lost(
    client: TestClient, folder: Path, makes_it_so: Callable[[Path], object]
) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    page, book = merged(client), folder / "tonghop.xlsx"
    record = re.findall(r'name="dong" value="([^"]+)"', client.get("/tong-hop?mau=02.A").text)[0]
    fields = form_of(page) | {f"y-kien.{record}": "Điều chỉnh", f"ghi-chu.{record}": "thiếu thư mời"}
    whole = book.read_bytes()
    makes_it_so(book)
    client.post("/tong-hop/y-kien", data={**fields, "dong": [record]})
    wait(client)
    told = f"/tong-hop?ket-qua={last_job(client)}"
    said = client.get(told).text
    assert "Ý kiến chưa được ghi vào sổ" in said
    assert "Đã ghi ý kiến" not in said
    book.write_bytes(whole)
    again = client.get(told).text
    assert "<option selected>Điều chỉnh</option>" in again
    assert re.search(r"<textarea name=[^>]*>\nthiếu thư mời<", again)


def test_what_is_no_workbook_is_said_before_anybody_merges(client: TestClient, folder: Path) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    (folder / "tonghop.xlsx").write_bytes(b"x")
    page = client.get("/tong-hop").text
    assert "“tonghop.xlsx” trong thư mục làm việc không đọc được" in page
    assert "Chưa có sổ tổng hợp." not in page


def test_the_next_cycle_has_a_workbook_of_its_own(client: TestClient, folder: Path) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    merged(client)
    settings = folder / "doingoai.toml"
    settings.write_text(settings.read_text("utf-8").replace("year = 2020", "year = 2021"), "utf-8")
    merged(client)
    assert (folder / "tonghop-2021.xlsx").is_file()
    assert "tonghop-2021.xlsx" in client.get("/tong-hop").text


def test_opinions_in_an_officers_own_words_are_counted_as_what_they_say(client: TestClient, folder: Path) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    page = merged(client)
    record = re.findall(r'name="dong" value="([^"]+)"', client.get("/tong-hop?mau=02.A").text)[0]
    client.post(
        "/tong-hop/y-kien",
        data={
            **form_of(page),
            f"y-kien.{record}": "ko đồng ý (trùng lịch)",
            f"ghi-chu.{record}": "",
            "dong": [record],
        },
    )
    wait(client)
    assert "01 Không đồng ý" in client.get("/tong-hop").text
    assert record in client.get("/tong-hop?y-kien=Không đồng ý").text
    assert record not in client.get("/tong-hop?y-kien=chưa có ý kiến").text


def test_a_row_shows_its_findings_where_it_is_reviewed(client: TestClient) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    merged(client)
    page = client.get("/tong-hop?mau=02.A").text
    assert re.search(r'<li class="error"><a href="/quy-tac/\w+">', page)


def test_what_excel_holds_meanwhile_is_kept_and_said(client: TestClient, folder: Path) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    page = merged(client)
    records = re.findall(r'name="dong" value="([^"]+)"', client.get("/tong-hop?mau=02.A").text)
    book = folder / "tonghop.xlsx"
    workbook = openpyxl.load_workbook(book)
    grid = workbook["02.A"]
    heading = next(c for row in grid.iter_rows(max_row=12) for c in row if c.value == "Ý kiến thẩm định")
    first = next(row for row in range(heading.row + 1, 40) if str(grid.cell(row, 1).value) == "1")
    grid.cell(first, heading.column).value = "Điều chỉnh"  # an officer, in Excel, after the page was opened
    workbook.save(book)
    fields = form_of(page) | {f"y-kien.{record}": "Đồng ý" for record in records}
    client.post("/tong-hop/y-kien", data={**fields, "dong": records})
    wait(client)
    opinions = [
        text
        for text in review_column(book, "02.A", "Ý kiến thẩm định").values()
        if text in ("Đồng ý", "Điều chỉnh")
    ]
    assert sorted(opinions) == ["Điều chỉnh"] + ["Đồng ý"] * (len(records) - 1)
    assert "giữ “Điều chỉnh”" in client.get("/tong-hop?ket-qua=" + str(last_job(client))).text


def test_a_workbook_is_shown_whole_after_its_files_are_gone(client: TestClient) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    merged(client)
    client.post("/hop-thu/rut", data={"tep": "inbox/so-y-te.xlsx"})
    page = client.get("/tong-hop?mau=02.A").text
    assert "<th>Tên đoàn" in page
    assert 'name="y-kien.' in page
    assert "<option>Không tính</option></select>" not in page  # that is said of what took place


def test_a_remark_of_any_length_is_reviewed(client: TestClient, folder: Path) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    page = merged(client)
    record = re.findall(r'name="dong" value="([^"]+)"', client.get("/tong-hop?mau=02.A").text)[0]
    long = "dài " * 800 + "hết"
    for opinion in ("", "Đồng ý"):
        fields = form_of(page if not opinion else client.get("/tong-hop?mau=02.A").text)
        fields |= {f"thay-ghi-chu.{record}": long if opinion else "", f"ghi-chu.{record}": long}
        client.post("/tong-hop/y-kien", data=fields | {f"y-kien.{record}": opinion, "dong": record})
        wait(client)
    assert long in review_column(folder / "tonghop.xlsx", "02.A", "Ghi chú thẩm định").values()
    assert "Đồng ý" in review_column(folder / "tonghop.xlsx", "02.A", "Ý kiến thẩm định").values()


def last_job(client: TestClient) -> int:
    """The number of the job that was started last."""
    jobs = client.app.state.opened.jobs  # type: ignore[attr-defined]
    return max(number for number in range(1, 100) if jobs.find(number))


def test_agencies_are_told_the_result_of_the_review(client: TestClient, folder: Path) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    page = merged(client)
    records = re.findall(r'name="dong" value="([^"]+)"', client.get("/tong-hop?mau=02.A").text)
    fields = form_of(page) | {f"y-kien.{record}": "Đồng ý" for record in records}
    client.post("/tong-hop/y-kien", data={**fields, "dong": records})
    wait(client)
    (folder / "doingoai.toml").unlink()  # the files say the year
    client.post("/tong-hop/thong-bao")
    wait(client)
    assert list((folder / "thong-bao").glob("*.docx"))


@pytest.mark.parametrize(
    ("kind", "data", "file"),
    [
        ("quy:quy", {"nam": "2019", "quy": "2"}, "bao-cao-quy-2019-2.docx"),
        ("thang:thang", {"nam": "2019", "thang": "8"}, "bao-cao-thang-2019-08.docx"),
        ("9-thang:9-thang", {"nam": "2019"}, "bao-cao-9-thang-2019.docx"),
        ("6-thang:6-thang", {"nam": "2019"}, "bao-cao-6-thang-2019.docx"),
    ],
)
def test_reports_of_parts_of_a_year(
    client: TestClient, folder: Path, kind: str, data: dict[str, str], file: str
) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    merged(client)
    assert f'value="{kind}"' in client.get("/bao-cao").text
    client.post("/bao-cao/viet", data={"loai": kind, "ngay": "2019-12-20", **data})
    wait(client)
    assert (folder / file).exists()


def test_a_report_is_written_and_listed(client: TestClient, folder: Path) -> None:
    send(client, ("so-y-te.xlsx", HEALTH))
    merged(client)
    client.post("/bao-cao/viet", data={"loai": "nam:nam", "nam": "2020", "ngay": "2019-10-01"})
    wait(client)
    assert "bao-cao" in client.get("/bao-cao").text
    assert list(folder.glob("bao-cao*.docx"))


def test_forms_and_letters_for_each_agency(client: TestClient, folder: Path) -> None:
    client.post("/don-vi/bieu-mau", data={"co-quan": "Sở Y tế"})
    wait(client)
    assert (folder / "bieu-mau-2020" / "so-y-te.xlsx").exists()
    send(client, ("so-y-te.xlsx", HEALTH))
    client.post("/don-vi/cong-van")
    wait(client)
    assert list((folder / "nhac-nho").glob("*.docx"))
    assert "nhac-nho/" in client.get("/don-vi").text


def test_settings_keep_their_notes_and_refuse_faults(client: TestClient, folder: Path) -> None:
    file = folder / "doingoai.toml"
    before = file.read_text()
    values = {
        "year": "2021",
        "province": "Quảng Trị",
        "roster": "don-vi.csv",
        "inbox": "inbox",
        "report.place": "Đông Hà",
    }
    client.post("/cai-dat/luu", data=values)
    wait(client)
    after = file.read_text()
    assert "year = 2021" in after
    assert 'place = "Đông Hà"' in after
    assert before.splitlines()[0] in after
    assert "Năm kế hoạch" in client.post("/cai-dat/luu", data=values | {"year": "hai nghìn"}).text
    assert "chưa có “" not in client.post("/cai-dat/luu", data=values).text
    assert "Thư mục hộp thư đến: chưa có “den”" in client.post("/cai-dat/luu", data=values | {"inbox": "den"}).text
    client.post("/cai-dat/luu", data=values)
    page = client.post("/cai-dat/luu-tep", data={"noi-dung": after + "\nkhoa_la = 1\n"}).text
    assert "doingoai.toml:" in page
    assert file.read_text() == after


def test_a_folder_without_settings_is_made_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, access: Access
) -> None:
    monkeypatch.chdir(tmp_path)
    with TestClient(application(OpenWorkspace(tmp_path), access), base_url=f"http://{HOST}") as client:
        client.get(f"/?token={access.token}")
        client.headers["origin"] = f"http://{HOST}"
        assert client.get("/hop-thu").status_code == 200
        client.post("/cai-dat/bat-dau", data={"year": "2020", "province": "Quảng Bình"})
        wait(client)
        assert (tmp_path / "doingoai.toml").exists()


def test_a_broken_setting_is_said_on_every_page(client: TestClient, folder: Path) -> None:
    (folder / "doingoai.toml").write_text("year = \n")
    for path in ("/hop-thu", "/kiem-tra", "/tong-hop", "/bao-cao", "/don-vi", "/cai-dat"):
        answer = client.get(path)
        assert answer.status_code in (200, 409), path
        assert "Traceback" not in answer.text
    for path in ("/hop-thu", "/tong-hop", "/cai-dat"):
        assert "doingoai.toml:1: cú pháp TOML sai" in client.get(path).text, path
    assert "Chưa có sổ tổng hợp" not in client.get("/tong-hop").text
    page = client.post("/cai-dat/luu", data={"year": "2020"}).text
    assert "Chưa lưu: tệp cài đặt đang sai" in page
    assert "doingoai.toml:1" in page
    assert "ngoài dự kiến" not in page
    assert (folder / "doingoai.toml").read_text() == "year = \n"


def test_what_cannot_be_read_is_not_said_to_be_missing(client: TestClient, folder: Path) -> None:
    """Files have come and a setting is at fault: every page says so, none that nothing has come."""
    (folder / "inbox" / "so-y-te.xlsx").write_bytes(HEALTH)
    (folder / "doingoai.toml").write_text('year = 2020\nroster = "don-vi.csv"\nhistory = ["khong-co.xlsx"]\n')
    for path in ("/hop-thu", "/kiem-tra", "/tong-hop", "/don-vi"):
        text = client.get(path).text
        assert "doingoai.toml:3" in text, path
        for untrue in ("chưa nộp", "chưa có tệp nào", "0 tất cả", "Tổng hợp 0 tệp"):
            assert untrue not in text, (path, untrue)


def test_a_page_that_waits_leads_back_to_itself(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two windows that wait for one reading each goes on to its own page, with filters and what was done."""
    monkeypatch.setattr(OpenWorkspace, "view", lambda _: Job(7, "Đang đọc hộp thư đến", "/"))
    for address in ("/hop-thu?ket-qua=3", "/kiem-tra?ma=CT01&muc=error"):
        text = html.unescape(client.get(address).text)
        assert f'data-next="{address}"' in text
        assert f"url={address}" in text


def test_rules_that_were_changed_are_read_again(client: TestClient, folder: Path) -> None:
    (folder / "inbox" / "so-y-te.xlsx").write_bytes(HEALTH)
    settings = (folder / "doingoai.toml").read_text(encoding="utf-8")
    (folder / "doingoai.toml").write_text('rules = "quy-tac.yaml"\n' + settings, encoding="utf-8")
    pack = folder / "quy-tac.yaml"
    pack.write_text("id: rieng\nextends: quang-binh-2020\n", encoding="utf-8")
    assert "DR07" in client.get("/kiem-tra").text
    pack.write_text("id: rieng\nextends: quang-binh-2020\nrules: {DR07: off, DR08: off}\n", encoding="utf-8")
    assert "DR07" not in client.get("/kiem-tra").text


def test_the_script_is_answered_in_a_sentence(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_page, "_MOST_FILES", 3)
    files = [("tep", (f"{n}.xlsx", b"x")) for n in range(5)]
    answer = client.post("/hop-thu/gui", files=files, headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert answer.text.startswith("Chưa nhận tệp nào")
    assert "<" not in answer.text


def test_the_next_step_of_an_empty_inbox_is_to_fill_it(client: TestClient) -> None:
    assert "Việc tiếp theo: thả tệp vào khung trên" in client.get("/hop-thu").text
    for path in ("/kiem-tra", "/tong-hop"):
        assert 'Việc tiếp theo: <a href="/hop-thu">nhận tệp ở hộp thư đến</a>.' in client.get(path).text
    send(client, ("so-y-te.xlsx", HEALTH))
    assert "thả tệp vào khung trên" not in client.get("/hop-thu").text
    assert "gửi trả các bản đánh dấu" in client.get("/kiem-tra").text
