"""Everything in the inbox is accounted for: ledger, JSON, page, status; forms that are missing; what changed."""

import html
import io
import json
import os
import shutil
from pathlib import Path

import openpyxl
import pytest
from consolidation import EXAMPLES, PLANNED, REALISED, submission

from doingoai_cli.cli.app import run
from doingoai_cli.consolidate.settle import Receiving, settle
from doingoai_cli.consolidate.status import agency_statuses
from doingoai_cli.model.roster import Roster, RosterEntry
from doingoai_cli.pipeline.forms import TemplateRequest, write_templates

EXAMPLE = Path(__file__).parents[1] / "examples" / "ky-2020"
FORMS = ("01.A", "01.B", "02.A", "02.B", "03")
ROSTER = Roster((RosterEntry("SYT", "Sở Y tế"), RosterEntry("SDL", "Sở Du lịch")))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(EXAMPLE / "inbox" / "so-y-te.xlsx", inbox / "so-y-te.xlsx")
    write_templates(TemplateRequest(year=2020, agency="Sở Du lịch", out=inbox / "trong.xlsx"))
    (inbox / "~$so-y-te.xlsx").write_bytes(b"x")
    (inbox / "ghi-am.mp3").write_bytes(b"x")
    (tmp_path / "don-vi.csv").write_text("code,name\nSYT,Sở Y tế\nSDL,Sở Du lịch\n", encoding="utf-8")
    return tmp_path


def test_what_was_passed_over_is_in_every_account_with_its_reason(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    others = {"inbox/trong.xlsx", "inbox/~$so-y-te.xlsx", "inbox/ghi-am.mp3"}
    run(["merge", "inbox", "--year", "2020", "--format", "json", "--out", "tonghop.xlsx"])
    data = json.loads(capsys.readouterr().out)
    assert {one["path"] for one in data["passed_over"]} == others
    assert all(one["reason"] for one in data["passed_over"])
    ledger = openpyxl.load_workbook(io.BytesIO((here / "tonghop.xlsx").read_bytes()))["Nhật ký"]
    lines = list(ledger.iter_rows(min_row=5, min_col=2, max_col=9, values_only=True))[:-1]
    assert sorted(row[0] for row in lines) == sorted({"inbox/so-y-te.xlsx", *others})
    assert all(str(row[7]).startswith("bỏ qua: ") for row in lines if row[0] in others)
    assert sum(row[5] for row in lines) == data["rows_read"]
    for arguments in (
        ["check", "inbox", "--year", "2020", "--format", "html"],
        ["status", "inbox", "--year", "2020", "--roster", "don-vi.csv"],
    ):
        run(arguments)
        out = capsys.readouterr().out
        assert {path for path in others if html.escape(path) in out or path in out} == others


NOBODYS = """| KẾ HOẠCH ĐOÀN RA NĂM 2020 |
| TT | Tên đoàn | Trưởng đoàn | Số thành viên | Đến nước |
| 1 | Đoàn A | Giám đốc | 5 | Lào |"""


@pytest.mark.parametrize(("inner", "named", "agency"), [
    ("Sở Y tế", "inbox", "Sở Y tế"),
    ("so-y-te (bản 2)/Mẫu 02", "inbox", "Sở Y tế"),
    ("Sở Du lịch/Sở Y tế", "inbox", "Sở Y tế"),
    ("Các sở", "inbox", ""),
    ("Sở Y tế", "inbox/Sở Y tế", ""),
    ("Sở Y tế", "inbox/Sở Y tế/a.xlsx", ""),
])  # fmt: skip
def test_a_file_that_names_no_agency_is_of_the_one_that_its_folder_is_named_for(
    here: Path, inner: str, named: str, agency: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = here / "inbox" / inner
    folder.mkdir(parents=True)
    (here / "inbox" / "so-y-te.xlsx").unlink()
    made = openpyxl.Workbook()
    for line in NOBODYS.split("\n"):
        made.active.append([text.strip() for text in line.strip("|").split("|")])
    made.save(folder / "a.xlsx")
    run(["check", named, "--year", "2020", "--roster", "don-vi.csv", "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    (file,) = (one for one in data["files"] if one["path"].endswith("/a.xlsx"))
    unknown = [one for one in data["findings"] if one["code"] == "CT10" and one["file"] == file["path"]]
    assert (file["agency"] or "", bool(unknown)) == (agency, not agency)
    assert {one["agency"] or "" for one in data["findings"] if one["file"] == file["path"]} == {agency}


def test_a_form_that_was_left_blank_is_a_nil_return_beside_a_filled_one() -> None:
    filled = submission("a.xlsx", "Sở Y tế", {"01.A": [REALISED], "01.B": [], "02.A": []})
    blank = submission("b.xlsx", "Sở Du lịch", {"01.A": [], "01.B": []})
    nil = submission("c.xlsx", "Sở Nội vụ", {"01.A": [], "01.B": []}, nil=["01.B"])
    assert filled.reported_forms == ("01.A", "01.B", "02.A")
    assert blank.reported_forms == ()
    assert nil.reported_forms == ("01.A", "01.B")


def test_the_forms_that_an_agency_has_not_sent_are_named() -> None:
    one = submission("a.xlsx", "Sở Y tế", {"02.A": [PLANNED]})
    rest = submission("b.xlsx", "Sở Y tế", {form: [EXAMPLES[form]] for form in ("01.A", "01.B", "03")})
    states = agency_statuses(settle([one], Receiving(roster=ROSTER, cycle=2020)), (), ROSTER, FORMS)
    assert [s.missing_forms for s in states] == [("01.A", "01.B", "02.B", "03"), ()]
    states = agency_statuses(settle([one, rest], Receiving(roster=ROSTER, cycle=2020)), (), ROSTER, FORMS)
    assert states[0].missing_forms == ("02.B",)


def test_status_page_json_workbook_and_letter_name_the_missing_forms(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["new-template", "--year", "2020", "--form", "02.A", "--out", "mot.xlsx"])
    book = openpyxl.load_workbook("mot.xlsx")
    sheet = book["Mẫu 02.A"]
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("Tên cơ quan"):
                cell.value = "Tên cơ quan, đơn vị: Sở Du lịch"
            if cell.value == "Tên đoàn":
                first = cell.row + 3
    sheet.cell(first, 2, "Không có")
    book.save("inbox/so-du-lich.xlsx")
    capsys.readouterr()
    run(["status", "inbox", "--year", "2020", "--roster", "don-vi.csv", "--format", "json", "--remind", "nhac"])
    tourism = next(a for a in json.loads(capsys.readouterr().out)["agencies"] if a["name"] == "Sở Du lịch")
    assert tourism["missing_forms"] == ["01.A", "01.B", "02.B", "03"]
    assert list(Path("nhac").glob("*so-du-lich*.docx"))
    for format in ("table", "html"):
        run(["status", "inbox", "--year", "2020", "--roster", "don-vi.csv", "--format", format])
        assert "01.A, 01.B, 02.B, 03" in capsys.readouterr().out


def test_what_changed_between_two_submissions_is_listed_cell_by_cell(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook("inbox/so-y-te.xlsx")
    sheet = book["Mẫu 02.A"]
    heading = next(c for row in sheet.iter_rows(max_row=20) for c in row if c.value == "Số thành viên")
    cell = next(
        sheet.cell(row, heading.column)
        for row in range(heading.row + 1, 60)
        if str(sheet.cell(row, heading.column).value or "").strip().isdigit()
    )
    before = str(cell.value)
    after = str(int(before) + 1)
    cell.value = int(after)
    book.save("inbox/so-y-te 14.9.2020.xlsx")
    os.utime("inbox/so-y-te.xlsx", (1_500_000_000, 1_500_000_000))
    run(["merge", "inbox", "--year", "2020", "--format", "json", "--out", "tonghop.xlsx"])
    found = [
        f for f in json.loads(capsys.readouterr().out)["findings"] if f["code"] == "TK04" and f.get("details")
    ]
    (change,) = [c for f in found for c in f["details"] if c["field"] == "members"]
    assert (change["kind"], change["cell"], change["before"], change["after"]) == (
        "edited", cell.coordinate, before, after,
    )  # fmt: skip
    lines = openpyxl.load_workbook("tonghop.xlsx")["Thay đổi bản nộp"].iter_rows(min_row=5, values_only=True)
    assert ("Số thành viên", cell.coordinate, before, after) in [line[8:12] for line in lines]
    run(["check", "inbox", "--year", "2020", "--format", "html"])
    assert f"<td>{cell.coordinate}</td><td>{before}</td><td>{after}</td>" in capsys.readouterr().out


def test_an_agency_that_sent_a_blank_form_is_missing_and_the_reason_is_said(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["merge", "inbox", "--year", "2020", "--roster", "don-vi.csv", "--format", "json"])
    (found,) = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["code"] == "TK02"]
    assert found["message"].endswith("; tệp inbox/trong.xlsx là biểu mẫu trống.")
    assert "Không có" in found["fix"]
