"""Promises of the command line that are easily broken: what is written when nothing is said, what is refused."""

import json
import shutil
from pathlib import Path

import pytest
from wordfile import WordFile

from doingoai_cli.cli import run

INBOX = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"
WAIVER = """\
- code: DR07
  agency: Sở Y tế
  record: Đoàn học tập mô hình bệnh viện vệ tinh
  reason: Theo chỉ đạo
  approved_by: Chủ tịch UBND tỉnh
  until: 2099-12-31
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder with one good submission in `inbox` and a roster."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox").mkdir()
    shutil.copy(INBOX / "so-y-te.xlsx", tmp_path / "inbox")
    (tmp_path / "don-vi.csv").write_text("code,name\nSYT,Sở Y tế\nSDL,Sở Du lịch\n", encoding="utf-8")
    return tmp_path


def test_quiet_writes_the_marked_copies_all_the_same(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "inbox", "--year", "2020", "--annotate", "tra-lai", "--quiet"]) == 1
    assert capsys.readouterr().err == ""
    assert [p.name for p in (here / "tra-lai").iterdir()] == ["so-y-te.xlsx"]


def test_a_marked_copy_never_takes_the_place_of_what_was_sent(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (here / "inbox" / "so-y-te.xlsx").read_bytes()
    assert run(["check", "inbox", "--year", "2020", "--annotate", "inbox"]) == 2
    assert "ghi đè tệp gốc inbox/so-y-te.xlsx" in capsys.readouterr().err
    assert (here / "inbox" / "so-y-te.xlsx").read_bytes() == before


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_whoever_is_late_or_missing_gets_a_letter(quiet: list[str], here: Path) -> None:
    arguments = ["status", "inbox", "--year", "2020", "--roster", "don-vi.csv", "--remind", "nhac", *quiet]
    assert run(arguments) == 0
    assert sorted(p.name for p in (here / "nhac").glob("*.docx")) == ["nhac-so-du-lich.docx", "nhac-so-y-te.docx"]


@pytest.mark.parametrize(("day", "asked"), [("2019-09-05", "15/9/2019"), ("2019-10-01", "08/10/2019")])
def test_a_reminder_asks_for_nothing_before_the_deadline_it_names(day: str, asked: str, here: Path) -> None:
    arguments = ["status", "inbox", "--year", "2020", "--roster", "don-vi.csv", "--remind", "nhac", "--date", day]
    assert run(arguments) == 0
    request = next(p.text for p in WordFile((here / "nhac" / "nhac-so-du-lich.docx").read_bytes()).paragraphs()
                   if "khẩn trương" in p.text)  # fmt: skip
    assert f"trước ngày {asked}" in request


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new-template", "--year", "2020", "--agency", "Sở Y tế", "--roster", "don-vi.csv"], "một trong hai"),
        (["new-template", "--year", "2020", "--out", "mau.csv"], "đuôi .xlsx"),
        (["merge", "inbox", "--year", "2020", "--out", "tonghop.csv"], "đuôi .xlsx"),
        (["report", "--year", "2020", "--out", "bao-cao.pdf"], "đuôi .docx"),
        (["check", "inbox", "--year", "1800"], "1800 không nằm trong khoảng từ 1990 đến 2100"),
        (["check", "inbox", "--year", "2020", "--roster", "khong-co.csv"], "không có tệp hoặc thư mục này"),
        (["check", "inbox", "--year", "2020", "--annotate", "don-vi.csv"], "đã có tệp cùng tên"),
    ],
)
def test_misuse_is_refused_in_vietnamese(
    arguments: list[str], words: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert words in err
    assert out == ""


def test_a_month_is_for_monthly_reports_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["merge", "inbox", "--year", "2020"])
    capsys.readouterr()
    assert run(["report", "--year", "2020", "--month", "5"]) == 2
    assert "--kind thang" in capsys.readouterr().err


def test_the_workbook_that_is_named_tells_the_year_even_in_a_workspace_of_another(here: Path) -> None:
    run(["merge", "inbox", "--year", "2020"])
    (here / "doingoai.toml").write_text("year = 2022\n", encoding="utf-8")
    arguments = ["report", "--kind", "thang", "--month", "5", "--from", "tonghop.xlsx"]
    assert run(arguments) == 0
    assert (here / "bao-cao-thang-2019-05.docx").is_file()


def test_nothing_that_can_be_merged_is_a_finding_not_misuse(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "hong.xlsx").write_bytes(b"")
    assert run(["merge", "hong.xlsx", "--format", "json"]) == 1
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert (data["cycle"], data["out"], data["rows_read"], data["rows_merged"]) == (None, None, 0, 0)
    assert [f["code"] for f in data["findings"]] == ["CT01"]
    assert "chưa ghi sổ tổng hợp" in err
    assert not (here / "tonghop.xlsx").exists()


@pytest.mark.parametrize("command", ["check", "merge"])
def test_what_is_printed_as_json_is_as_the_schema_says(
    command: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "mien-tru.yaml").write_text(WAIVER, encoding="utf-8")
    assert run(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    run([command, "inbox", "--year", "2020", "--waivers", "mien-tru.yaml", "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    name = {"check": "Outcome", "merge": "MergeOutcome"}[command]
    assert {"$ref": f"#/$defs/{name}"} in schema["anyOf"]
    described = schema["$defs"][name]
    assert [key for key in data if key in described["required"]] == described["required"]
    assert set(data) <= set(described["properties"])
    finding = schema["$defs"]["Finding"]
    assert any("waived" in f for f in data["findings"])
    assert all(set(finding["required"]) <= set(f) <= set(finding["properties"]) for f in data["findings"])


def test_figures_are_those_of_the_report_with_the_year_before_at_hand(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["merge", "inbox", "--year", "2020"])
    run(["merge", "inbox", "--year", "2019", "--out", "cu/tonghop.xlsx"])
    capsys.readouterr()
    assert run(["figures", "--from", "tonghop.xlsx", "--previous", "cu/tonghop.xlsx"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("đoàn hủy" in line for line in lines)
    assert not any("cần đối chiếu" in line or "% %" in line for line in lines)
    assert [line for line in lines if "thay đổi" in line and not line.endswith("không thay đổi")] == []


@pytest.mark.parametrize("command", ["report", "figures"])
def test_a_workbook_of_another_year_than_asked_for_is_refused(
    command: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["merge", "inbox", "--year", "2020"])
    capsys.readouterr()
    assert run([command, "--year", "2021", "--from", "tonghop.xlsx"]) == 2
    assert "kỳ 2020, không phải kỳ 2021" in capsys.readouterr().err


@pytest.mark.parametrize("exists", [True, False])
def test_forms_go_into_a_folder_that_out_names(exists: bool, here: Path) -> None:
    if exists:
        (here / "mau").mkdir()
    assert run(["new-template", "--year", "2020", "--form", "03", "--out", "mau", "--outline"]) == 0
    assert sorted(p.name for p in (here / "mau").iterdir()) == ["bieu-mau-2020.xlsx", "de-cuong-2020.docx"]


def test_a_form_that_is_open_in_excel_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "mau").mkdir()
    (here / "mau" / "~$so-du-lich.xlsx").touch()
    assert run(["new-template", "--year", "2020", "--roster", "don-vi.csv", "--out", "mau"]) == 2
    assert "đang mở trong Excel" in capsys.readouterr().err
