"""The local page in a real browser: an officer's September by mouse and keyboard; nothing leaves the machine."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from doingoai_cli import resources
from doingoai_cli.pipeline.new_workspace import start_workspace

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
INBOX = resources.examples_dir() / "ky-2020" / "inbox"
AGENCIES = (
    "Sở Y tế", "UBND huyện Lệ Thủy", "Trường Đại học Quảng Bình", "Sở Công Thương", "Sở Tư pháp", "Sở Xây dựng",
)  # fmt: skip
LABELS = (
    "TT", "Tên đoàn", "Danh nghĩa đoàn", "Trưởng đoàn", "Số thành viên", "Đến nước", "Đối tác làm việc",
    "Nội dung hoạt động", "Số ngày", "Thời gian thực hiện", "Nguồn kinh phí",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "ky-2020"
    start_workspace(place, 2020, "Quảng Bình")
    roster = "code,name,aliases,kind,e-mail\n" + "".join(f"M{n},{name},,sở,\n" for n, name in enumerate(AGENCIES))
    (place / "don-vi.csv").write_text(roster, "utf-8")
    return place


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "doingoai_cli", "web", "--no-browser", "--port", str(port)],
        cwd=folder, stdout=subprocess.PIPE, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert server.stdout is not None
    line = server.stdout.readline().strip()
    assert re.fullmatch(rf"http://127\.0\.0\.1:{port}/\?token=\S+", line)
    yield line
    server.terminate()
    server.wait(20)
    server.stdout.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page on an ordinary laptop; nothing is asked of another machine, no script fails."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True, locale="vi-VN")
    opened = context.new_page()
    asked: list[str] = []
    failed: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: failed.append(str(error)))
    opened.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
    opened.on("dialog", lambda dialog: dialog.accept())
    opened.goto(address)
    yield opened
    own = address.partition("?")[0]
    assert not [url for url in asked if not url.startswith(own)]
    assert not failed
    context.close()


def step(page: Page, name: str) -> None:
    """Go to one of the officer's tasks."""
    page.get_by_role("navigation", name="Các việc").get_by_role("link", name=name).click()


def choose(page: Page, name: str, value: str) -> None:
    """Choose in a filter, which applies at once: where the page's script has begun its work."""
    expect(page.locator("html.script")).to_have_count(1)
    page.locator(f"select[name={name}]").select_option(value=value)
    page.wait_for_url(re.compile(f"{name}={re.escape(value)}"))


def test_the_september_of_six_agencies_by_mouse(page: Page, folder: Path) -> None:
    expect(page.get_by_text("06 chưa nộp")).to_be_visible()
    with page.expect_file_chooser() as chooser:
        page.get_by_text("Chọn tệp", exact=True).click()
    chooser.value.set_files(sorted(INBOX.iterdir()))
    expect(page.get_by_role("status")).to_contain_text("Đã nhận “so-y-te.xlsx”")
    expect(page.get_by_role("row", name=re.compile("^Sở Tư pháp"))).to_contain_text("chưa nộp")

    page.get_by_role("row", name=re.compile("^Sở Y tế")).get_by_role("link").first.click()  # its errors
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kiểm tra")
    assert set(page.locator("article.finding header b").all_inner_texts()) == {"Sở Y tế"}
    page.get_by_role("link", name="Bỏ lọc").click()
    expect(page.get_by_role("link", name="Bỏ lọc")).to_have_count(0)
    choose(page, "ma", "DR06")
    page.wait_for_url(re.compile("ma=DR06"))  # applies at once
    expect(page.locator("article.finding .mark").first).to_contain_text("DR06")
    expect(page.locator("td.here").first).to_be_visible()
    expect(page.get_by_role("complementary")).to_contain_text("Căn cứ")
    page.get_by_role("button", name="Đánh dấu mọi tệp").click()
    with page.expect_download() as archive:
        page.get_by_role("link", name="Tải tất cả").click()
    assert Path(archive.value.path()).read_bytes().startswith(b"PK")

    step(page, "Tổng hợp")
    page.get_by_role("button", name="Tổng hợp 3 tệp").click()
    expect(page.get_by_role("status")).to_contain_text("Đã tổng hợp 3 tệp")
    choose(page, "mau", "02.A")
    first = page.locator("article.review").first
    first.get_by_label("Ý kiến thẩm định").select_option("Điều chỉnh")
    first.get_by_label("Ghi chú thẩm định").fill("giảm còn 07 người")
    page.get_by_role("button", name="Ghi ý kiến vào sổ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi ý kiến của 01 dòng")
    written = [str(cell.value) for row in openpyxl.load_workbook(folder / "tonghop.xlsx")["02.A"] for cell in row]
    assert "Điều chỉnh" in written
    assert "giảm còn 07 người" in written

    step(page, "Báo cáo")
    page.get_by_label("Ngày ký").fill("2019-10-01")
    page.get_by_role("button", name="Viết báo cáo").click()
    expect(page.get_by_role("row", name=re.compile("bao-cao.*docx"))).to_be_visible(timeout=30_000)

    step(page, "Đơn vị")
    page.get_by_role("button", name="Viết công văn nhắc").click()
    expect(page.locator("th.path", has_text="tu-phap")).to_be_visible(timeout=30_000)


def test_dropped_folders_keep_their_names(page: Page, folder: Path, tmp_path: Path) -> None:
    period = tmp_path / "2020-08"
    period.mkdir()
    shutil.copy(INBOX / "so-y-te.xlsx", period)
    page.locator("[data-folder]").set_input_files(period)
    expect(page.get_by_role("status")).to_contain_text("2020-08/so-y-te.xlsx")
    assert (folder / "inbox" / "2020-08" / "so-y-te.xlsx").exists()


def test_by_keyboard_alone(page: Page, folder: Path) -> None:
    shutil.copy(INBOX / "so-y-te.xlsx", folder / "inbox")
    page.reload()
    reached = []
    for _ in range(8):  # the way to "Kiểm tra" leads over the skip link and the tasks
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert reached[0] == "Đến nội dung"
    assert reached[1:7] == ["Hộp thư đến", "Kiểm tra", "Tổng hợp", "Báo cáo", "Đơn vị", "Cài đặt"]
    outline = page.evaluate("getComputedStyle(document.activeElement.closest('label, a, button')).outlineStyle")
    assert outline != "none"
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tổng hợp")
    page.get_by_role("button", name="Tổng hợp 1 tệp").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã tổng hợp 1 tệp")
    expect(page.locator("#said")).to_be_focused()  # a screen reader is told


def test_a_double_click_asks_once(page: Page, folder: Path) -> None:
    shutil.copy(INBOX / "so-y-te.xlsx", folder / "inbox")
    page.reload()
    step(page, "Tổng hợp")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="Tổng hợp 1 tệp").dblclick()
    expect(page.get_by_role("status")).to_contain_text("Đã tổng hợp 1 tệp")
    assert len(asked) == 1
    page.get_by_role("button", name="Tổng hợp lại 1 tệp").click()  # anew, when it has ended
    expect(page.get_by_role("status")).to_contain_text("không có gì mới")


def test_a_filter_is_gone_through_by_keyboard(page: Page, folder: Path) -> None:
    shutil.copy(INBOX / "so-y-te.xlsx", folder / "inbox")
    page.reload()
    step(page, "Kiểm tra")
    expect(page.locator("article.finding").first).to_be_visible()
    expect(page.locator("html.script")).to_have_count(1)
    codes = page.locator("select[name=ma]")
    codes.focus()
    for _ in range(2):
        before = page.url
        page.keyboard.press("ArrowDown")
        page.wait_for_url(lambda url: url != before)  # noqa: B023
        expect(codes).to_be_focused()
    assert codes.evaluate("list => list.selectedIndex") == 2


def test_the_year_goes_with_the_kind_of_report(page: Page, folder: Path) -> None:
    shutil.copy(INBOX / "so-y-te.xlsx", folder / "inbox")
    step(page, "Báo cáo")
    year = page.locator("input[name=nam]")
    expect(year).to_have_value("2020")
    expect(page.locator("html.script")).to_have_count(1)
    page.locator("select[name=loai]").select_option(label="Báo cáo tháng")
    expect(year).to_have_value("2019")
    year.fill("2018")
    page.locator("select[name=loai]").select_option(label="Báo cáo năm")
    expect(year).to_have_value("2018")  # what was typed stays


def test_withdrawing_asks_first_and_keeps_the_file(page: Page, folder: Path) -> None:
    shutil.copy(INBOX / "so-y-te.xlsx", folder / "inbox")
    page.reload()
    page.get_by_text("Thay, rút").first.click()
    page.get_by_role("button", name="Rút khỏi hộp thư").click()
    expect(page.get_by_role("status")).to_contain_text("Đã rút")
    page.get_by_text("Tệp đã rút (1)").click()
    page.get_by_role("button", name="Đưa trở lại").click()
    expect(page.get_by_role("status")).to_contain_text("trở lại hộp thư đến")
    assert (folder / "inbox" / "so-y-te.xlsx").exists()


def test_five_thousand_findings_come_a_page_at_a_time(page: Page, folder: Path) -> None:
    book = openpyxl.Workbook()
    grid = book.active
    assert grid is not None
    grid.append(["Tên cơ quan, đơn vị: Sở Y tế"])
    grid.append(["BẢNG TỔNG HỢP KẾ HOẠCH ĐOÀN RA NĂM 2020"])
    grid.append(LABELS)
    for number in range(1, 801):  # every other cell is blank: eight findings a row
        grid.append([number, f"Đoàn công tác số {number}", *[None] * 8, "Ngân sách tỉnh"])
    book.save(folder / "inbox" / "nhieu.xlsx")
    page.goto(page.url.replace("hop-thu", "kiem-tra"))
    expect(page.locator("article.finding").first).to_be_visible(timeout=60_000)
    text = page.get_by_role("heading", level=1).inner_text()
    shown = re.search(r"([\d.]+) tất cả", text)
    assert shown is not None
    assert int(shown[1].replace(".", "")) > 5000
    assert page.locator("article.finding").count() == 50
    page.get_by_role("link", name="Trang sau").click()
    expect(page.get_by_text(re.compile(r"Trang 2 / \d+"))).to_be_visible()


def test_pages_fit_a_laptop_and_print_without_their_buttons(page: Page, folder: Path) -> None:
    for path in INBOX.iterdir():
        shutil.copy(path, folder / "inbox")
    for path in ("hop-thu", "kiem-tra", "tong-hop", "bao-cao", "don-vi", "cai-dat"):
        page.goto(re.sub(r"(http://[^/]+/).*", rf"\1{path}", page.url))
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=30_000)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        page.emulate_media(media="print")
        assert not page.locator("header.top").is_visible()
        page.emulate_media(media="screen")
