"""The command line: what it prints where, how it ends, and that bad input ends in a sentence."""

import json
import os
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from doingoai_cli.cli import run

SO_Y_TE = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox" / "so-y-te.xlsx"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder with one good submission in `inbox`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox").mkdir()
    shutil.copy(SO_Y_TE, tmp_path / "inbox")
    return tmp_path


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object], str]:
    status = run(["check", *arguments, "--format", "json"])
    out, err = capsys.readouterr()
    return status, json.loads(out), err


def codes(data: dict[str, object], file: str) -> list[str]:
    return [f["code"] for f in data["findings"] if f["file"] == file]  # type: ignore[attr-defined, index]


def encrypted(path: Path) -> None:
    with SO_Y_TE.open("rb") as plain, path.open("wb") as out:
        OOXMLFile(plain).encrypt("mật khẩu", out)


BROKEN = {
    "van-ban.xlsx": lambda path: path.write_text("Kính gửi: Sở Ngoại vụ", encoding="utf-8"),
    "cut.xlsx": lambda path: path.write_bytes(SO_Y_TE.read_bytes()[:9000]),
    "locked.xlsx": encrypted,
    "rong.xlsx": lambda path: path.write_bytes(b""),
    "folder.xlsx": lambda path: path.mkdir(),
    "pipe.xlsx": os.mkfifo,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_one_finding_and_the_rest_goes_on(
    name: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    BROKEN[name](here / "inbox" / name)
    status, data, err = checked(capsys, "inbox")
    assert status == 1
    assert codes(data, f"inbox/{name}") == ["CT01"]
    assert "DR07" in codes(data, "inbox/so-y-te.xlsx")
    assert "Traceback" not in err


def test_only_broken_files_need_no_year(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "x.xlsx").write_bytes(b"")
    status, data, _ = checked(capsys, "x.xlsx")
    assert (status, data["cycle"], codes(data, "x.xlsx")) == (1, None, ["CT01"])


def test_a_name_that_no_sender_has_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "inbox", "--year", "2020", "--keep-both", "Sở Y Tế", "--keep-both", "Sở Y tê"])
    err = capsys.readouterr().err
    assert "không tệp nào là của “Sở Y tê”" in err
    assert "“Sở Y Tế”" not in err


@pytest.mark.parametrize(
    ("name", "known"), [("syt", True), ("Ngành Y tế", True), ("Sở Y tế", True), ("SDL", False), ("Ngành", False)]
)
def test_keep_both_takes_any_name_that_the_roster_has(
    here: Path, name: str, known: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """The agency's name, an alias or its code; what means no sender is said."""
    (here / "don-vi.csv").write_text(
        "code,name,aliases\nSYT,Sở Y tế,Ngành Y tế\nSDL,Sở Du lịch,\n", encoding="utf-8"
    )
    first = next(path for path in (here / "inbox").iterdir() if path.suffix == ".xlsx")
    second = openpyxl.load_workbook(first)
    second.properties.title = "2"
    second.save(here / "inbox" / f"2-{first.name}")
    run(["check", "inbox", "--year", "2020", "--roster", "don-vi.csv", "--keep-both", name])
    out, err = capsys.readouterr()
    assert (f"không tệp nào là của “{name}”" not in err) is known
    assert ("TK04" not in out) is known


@pytest.mark.parametrize(
    "asked", [["--select", "dr07,DR08"], ["--select", "DR07", "--select", "DR08"], ["--select", "DR07, DR08"]]
)
def test_codes_are_taken_one_by_one_or_with_commas(
    here: Path, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", "inbox", "--year", "2020", "--format", "json", *asked])
    assert {f["code"] for f in json.loads(capsys.readouterr().out)["findings"]} == {"DR07", "DR08"}


def test_options_that_name_lists_are_repeatable(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "so.csv").write_text("code,name\nYT,Sở Y tế\n", encoding="utf-8")
    (here / "huyen.csv").write_text("code,name\nMH,UBND huyện Minh Hóa\n", encoding="utf-8")
    for name, code in (("a", "DR07"), ("b", "DR08")):
        text = f"- {{code: {code}, agency: A, reason: b, approved_by: c, until: 2019-01-01}}\n"
        (here / f"{name}.yaml").write_text(text, encoding="utf-8")
    lists = ["--roster", "so.csv", "--roster", "huyen.csv", "--waivers", "a.yaml", "--waivers", "b.yaml"]
    for command in (["check", "inbox"], ["merge", "inbox", "--out", "t.xlsx"]):
        run([*command, "--year", "2020", *lists, "--format", "json"])
        found = json.loads(capsys.readouterr().out)["findings"]
        assert "CT10" not in {f["code"] for f in found}
        assert {f["file"] for f in found if f["code"] == "TK06"} == {"a.yaml", "b.yaml"}
    assert ["UBND huyện Minh Hóa" in f["message"] for f in found if f["code"] == "TK02"] == [True]


def test_a_roster_without_agencies_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "trong.csv").write_text("code,name,aliases,kind\n", encoding="utf-8")
    run(["status", "inbox", "--year", "2020", "--roster", "trong.csv"])
    assert "Danh sách đơn vị chưa có đơn vị nào" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "khong-co.xlsx"], "Không tìm thấy"),
        (["check", "trong"], "Không có tệp nào"),
        (["check"], "Thiếu “ĐƯỜNG_DẪN...”. Xem hướng dẫn: doingoai check --help"),
        (["check", "inbox", "--nope"], "Không có tùy chọn --nope"),
        (["chek"], "Không có lệnh “chek”"),
        (["check", "inbox", "--year", "hai"], "Giá trị của “--year” không hợp lệ: “hai” không phải là số"),
        (["check", "inbox", "--year", "20"], "20 không nằm trong khoảng từ 1990 đến 2100"),
        (["check", "inbox", "-f", "xls"], "“xls” không thuộc các giá trị: table, json"),
        (["check", "inbox", "--rules", "khong-co"], "Không có bộ quy tắc “khong-co”"),
        (["check", "inbox", "--select", "ZZ99"], "Không có mã quy tắc “ZZ99”"),
        (["check", "inbox", "--roster", "khong-co.csv"], "không mở được danh sách"),
        (["merge", "inbox", "--out", "inbox"], "Không ghi được"),
        (["report", "--year", "2020"], "Không tìm thấy sổ tổng hợp"),
        (["report", "--year", "2020", "--from", "inbox/so-y-te.xlsx"], "không phải sổ tổng hợp"),
        (["report", "--year", "2020", "--date", "1/10/2019"], "Ngày “1/10/2019” không hợp lệ"),
        (["new-template"], "Cần --year"),
        (["new-template", "--year", "2020", "--kind", "thang"], "ghi thêm --outline"),
        (["new-template", "--year", "2020", "--month", "3"], "ghi thêm --outline"),
        (["status", "inbox", "--date", "1/10/2019"], "Ngày “1/10/2019” không hợp lệ"),
        (["rules", "nope"], "Xem hướng dẫn: doingoai rules --help"),
        (["new-template", "--year", "2020", "--form", "99"], "Không có mẫu “99”"),
        (["status", "inbox"], "Cần danh sách đơn vị"),
        (["rules", "show", "ZZ99"], "Không có mã quy tắc “ZZ99”"),
    ],
)
def test_misuse_is_a_vietnamese_sentence_and_status_2(
    arguments: list[str], words: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "trong").mkdir()
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert words in err
    assert "Traceback" not in err
    assert out == ""


@pytest.mark.parametrize(("level", "status"), [("error", 1), ("warning", 1), ("never", 0)])
def test_fail_on_decides_the_exit_status(level: str, status: int, here: Path) -> None:
    assert run(["check", "inbox", "--fail-on", level]) == status


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["--select", "DR07"], {"DR07"}),
        (["--select", "DR", "--ignore", "DR07"], {"DR02", "DR08", "DR10", "DR13", "DR14"}),
    ],
)
def test_select_and_ignore_take_codes_and_groups(
    arguments: list[str], shown: set[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, data, _ = checked(capsys, "inbox", *arguments)
    assert set(codes(data, "inbox/so-y-te.xlsx")) == shown


def test_the_year_comes_from_the_titles_and_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, data, err = checked(capsys, "inbox")
    assert data["cycle"] == 2020
    assert "Năm kế hoạch: 2020" in err


def test_a_wrong_year_is_a_finding_on_every_form(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, data, _ = checked(capsys, "inbox", "--year", "2021", "--select", "CT08")
    assert {f["form"] for f in data["findings"]} == {"01.A", "01.B", "02.A", "02.B", "03"}  # type: ignore[attr-defined]


def test_findings_go_to_a_file_with_output(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "inbox", "--format", "csv", "--output", "ket-qua/vi-pham.csv"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "Đã ghi ket-qua/vi-pham.csv" in said.err
    run(["check", "inbox", "--format", "csv", "--output", "ket-qua/vi-pham.csv", "--quiet"])
    assert "Đã ghi" not in capsys.readouterr().err
    assert (here / "ket-qua" / "vi-pham.csv").read_text("utf-8").startswith("\ufeffMức độ,Mã")


def test_the_same_input_gives_the_same_bytes(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (checked(capsys, "inbox")[1] for _ in range(2))
    assert first == second


def test_own_outputs_are_passed_over_and_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["merge", "inbox", "--out", "inbox/tonghop.xlsx"])
    run(["new-template", "--year", "2020", "--out", "inbox/mau.xlsx"])
    capsys.readouterr()
    _, data, err = checked(capsys, "inbox")
    assert [f["path"] for f in data["files"]] == ["inbox/so-y-te.xlsx"]  # type: ignore[attr-defined, index]
    assert "inbox/tonghop.xlsx" in err
    assert "inbox/mau.xlsx" in err


def test_a_blank_form_has_no_findings(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["new-template", "--year", "2020", "--out", "mau.xlsx"])
    capsys.readouterr()
    status, data, _ = checked(capsys, "mau.xlsx")
    assert (status, data["findings"]) == (0, [])


def test_merge_tells_every_row(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["merge", "inbox", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["rows_read"] == data["rows_merged"] == sum(data["rows_by_form"].values()) == 10
    assert (here / "tonghop.xlsx").is_file()


def test_report_finds_the_workbook_that_merge_wrote(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["merge", "inbox"])
    assert run(["report", "--year", "2020", "--date", "2019-10-01"]) == 0
    assert (here / "bao-cao-2020.docx").is_file()
    assert "Còn" in capsys.readouterr().err


def test_report_says_whose_text_nobody_knows(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["merge", "inbox"])
    (here / "van-ban").mkdir()
    document = docx.Document()
    document.add_paragraph("2. Công tác hợp tác với các nước")
    document.add_paragraph("Đã ký 02 biên bản.")
    document.save(str(here / "van-ban" / "gửi sau.docx"))
    assert run(["report", "--year", "2020", "--date", "2019-10-01", "--texts", "van-ban"]) == 0
    assert "Chưa rõ gửi sau.docx là của cơ quan nào" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("day", "more", "said"),
    [
        ("2019-08-01", ["--kind", "quy", "--quarter", "4", "--year", "2019"], "quý IV/2019, từ ngày 01/10/2019"),
        ("2018-12-31", ["--year", "2020"], "năm 2019, từ ngày 01/01/2019"),
        ("2019-10-01", ["--kind", "quy", "--quarter", "4", "--year", "2019"], ""),
        ("2019-01-01", ["--year", "2020"], ""),
    ],
)
def test_a_day_before_the_period_is_said(
    here: Path, capsys: pytest.CaptureFixture[str], day: str, more: list[str], said: str
) -> None:
    run(["merge", "inbox"])
    for command in ("report", "figures"):
        capsys.readouterr()
        assert run([command, "--date", day, *more]) == 0
        err = capsys.readouterr().err
        assert ("ở trước kỳ báo cáo" in err) == bool(said)
        assert said in err


def test_several_workbooks_of_a_cycle_are_listed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["merge", "inbox", "--out", "a.xlsx"])
    run(["merge", "inbox", "--out", "b.xlsx"])
    capsys.readouterr()
    assert run(["report", "--year", "2020"]) == 2
    err = capsys.readouterr().err
    assert "a.xlsx" in err
    assert "b.xlsx" in err


def test_a_workspace_names_year_roster_and_province(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", ".", "--year", "2020"]) == 0
    assert run(["status", "inbox", "--format", "json"]) == 0
    assert "Sở Ngoại vụ" in capsys.readouterr().out


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    plain = "init new-template check merge report status reconcile figures export schema demo rules"
    nested = [f"rules {name}" for name in ("show", "kinds", "diff", "validate")]
    for command in (*plain.split(), *nested):
        assert run([*command.split(), "--help"]) == 0
        text = capsys.readouterr().out
        assert f"Ví dụ: doingoai {command.split()[0]}" in text
        assert "Usage" not in text


def test_an_outline_alone_goes_into_the_document_that_is_named(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["new-template", "--year", "2020", "--out", "de-cuong.docx"]
    assert run([*asked, "--outline", "--kind", "6-thang"]) == 0
    assert {p.name for p in here.iterdir() if p.suffix in (".docx", ".xlsx")} == {"de-cuong.docx"}
    assert "gửi đề cương cho" in capsys.readouterr().err
    assert run(asked) == 2
    assert "phải có đuôi .xlsx" in capsys.readouterr().err


def test_no_copies_are_to_be_sent_back_where_none_was_written(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "hong.xlsx").write_bytes(b"no workbook")
    assert run(["check", "hong.xlsx", "--annotate", "tra-lai"]) == 1
    assert "gửi trả các tệp trong" not in capsys.readouterr().err
    assert run(["check", "inbox", "--year", "2020", "--annotate", "tra-lai"]) == 1
    assert "gửi trả các tệp trong tra-lai" in capsys.readouterr().err


def test_our_own_documents_in_the_inbox_are_no_forms(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["merge", "inbox", "--year", "2020"])
    run(["report", "--year", "2020", "--date", "2019-10-01", "--out", "inbox/bao-cao.docx"])
    run(["new-template", "--year", "2020", "--outline", "--out", "mau.xlsx"])
    shutil.copy("de-cuong-2020.docx", "inbox")
    (here / "don-vi.csv").write_text("name\nSở Du lịch\n", encoding="utf-8")
    run(["status", "inbox", "--year", "2020", "--roster", "don-vi.csv", "--remind", "inbox"])
    capsys.readouterr()
    _, data, err = checked(capsys, "inbox")
    assert [f["path"] for f in data["files"]] == ["inbox/so-y-te.xlsx"]  # type: ignore[attr-defined, index]
    assert "đề cương" in err
    assert "nhac-so-du-lich.docx" in err


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("hộp thư", 'doingoai merge "hộp thư" --out tonghop.xlsx.'),
        ("inbox", "doingoai merge inbox --out tonghop.xlsx."),
    ],
)
def test_the_next_step_names_what_was_given(
    here: Path, capsys: pytest.CaptureFixture[str], named: str, said: str
) -> None:
    (here / "inbox").rename(here / "tam")
    (here / "tam").rename(here / named)
    (here / "don-vi.csv").write_text("code,name\nA,Sở Y tế\n", encoding="utf-8")
    for words in (
        ["check", named, "--year", "2020"],
        ["status", named, "--year", "2020", "--roster", "don-vi.csv"],
    ):
        run(words)
        assert said in capsys.readouterr().err


@pytest.mark.parametrize("settings", ["year = 2020\n", 'year = 2020\nroster = "don-vi.csv"\n', ""])
def test_the_roster_is_no_submission_of_the_agency_that_it_begins_with(
    here: Path, capsys: pytest.CaptureFixture[str], settings: str
) -> None:
    """A workspace that is all inbox: who has sent nothing is missing, and the list is no file without a form."""
    (here / "don-vi.csv").write_text("code,name\nN,Sở Ngoại vụ\nA,Sở Y tế\n", encoding="utf-8")
    if settings:
        (here / "doingoai.toml").write_text(settings, encoding="utf-8")
    option = [] if settings else ["--roster", "don-vi.csv"]
    status, data, err = checked(capsys, ".", "--year", "2020", "--no-cache", *option)
    assert [file["path"] for file in data["files"]] == ["inbox/so-y-te.xlsx"]  # type: ignore[attr-defined]
    assert "Bỏ qua don-vi.csv: danh sách của cán bộ tổng hợp, không phải tệp nộp" in err
    assert status == 1
    assert codes(checked(capsys, "don-vi.csv", *option)[1], "don-vi.csv")  # named outright
