"""Who sent a file that cannot be read, or that holds no form, has sent something, and has not reported."""

from pathlib import Path

import openpyxl
import pytest
from docx import Document
from province import doingoai, plan_file

UNREAD = "Tệp đã gửi không đọc được hoặc không có biểu mẫu"
REMARKS = {
    "Sở Y tế": "Gửi muộn",
    "Sở Du lịch": UNREAD,  # in the agency's folder
    "Sở Ngoại vụ": "Chưa gửi",
    "Sở Tư pháp": UNREAD,  # named for the agency
    "Sở Xây dựng": UNREAD,  # names the agency, and holds no form
}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An inbox with one agency's plan, two files that cannot be read, and one that is no form."""
    inbox = tmp_path / "inbox"
    (inbox / "Sở Du lịch").mkdir(parents=True)
    plan_file(inbox / "a.xlsx", "Sở Y tế", 2020)
    (inbox / "Sở Du lịch" / "bieu.xlsx").write_bytes(b"PK\x03\x04 broken")
    (inbox / "Bieu mau So Tu phap.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken")
    book = openpyxl.Workbook()
    book.active["A1"] = "Sở Xây dựng"  # type: ignore[index]
    book.save(inbox / "b.xlsx")
    lines = ["code,name,aliases,kind,e-mail", *(f"{name},{name},,," for name in REMARKS)]
    (tmp_path / "don-vi.csv").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_report_and_the_letters_say_so(workspace: Path) -> None:
    cycle, day = ("--year", "2020"), ("--date", "2019-10-01")
    doingoai("merge", "inbox", *cycle, "--roster", "don-vi.csv", "--out", "t.xlsx", "--fail-on", "never")
    doingoai("report", "--from", "t.xlsx", *cycle, *day, "--out", "n.docx")
    rows = [[c.text for c in row.cells] for row in Document(str(workspace / "n.docx")).tables[-1].rows]
    assert rows[1][0] == "Đã gửi báo cáo: 01 cơ quan, đơn vị"
    assert {row[1]: row[3] for row in rows if row[0].isdigit()} == REMARKS
    doingoai("status", "inbox", *cycle, "--roster", "don-vi.csv", "--remind", "nhac", *day)
    letter = "\n".join(p.text for p in Document(str(workspace / "nhac" / "nhac-so-du-lich.docx")).paragraphs)
    assert "nhưng tệp không đọc được hoặc không có biểu mẫu." in letter
    assert "gửi báo cáo và" not in letter
    assert "Các biểu mẫu chưa nhận được: Mẫu 01.A" in letter
