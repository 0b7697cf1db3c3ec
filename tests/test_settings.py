"""Each document has its own issuer, signer, addressees and recipients; faults have their line."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from doingoai_cli.cli.app import run
from doingoai_cli.errors import ConfigError
from doingoai_cli.model.forms import load_forms
from doingoai_cli.pipeline.document_settings import is_issuer, letter_settings, report_settings, settings_of
from doingoai_cli.pipeline.new_workspace import start_workspace
from doingoai_cli.pipeline.report_basis import outlines_of
from doingoai_cli.pipeline.workspace import Workspace, read_workspace
from doingoai_cli.report.settings import LetterSettings, ReportSettings
from doingoai_cli.report.vocabulary import receivers, vocabulary
from doingoai_cli.resources import forms_dir

TOML = """\
province = "Hà Tĩnh"

[report]
signer_name = "Nguyễn A"
recipients = ["Thường trực Tỉnh ủy"]

[report.6-thang]
agency = "Sở Ngoại vụ"
addressees = ["Bộ Ngoại giao"]
authority = []
signer_title = "GIÁM ĐỐC"

[letter]
signer_name = "Trần B"

[letter.nhac]
authority = ["TL. GIÁM ĐỐC"]
signer_title = "CHÁNH VĂN PHÒNG"
recipients = ["Như trên", "UBND tỉnh (b/c)"]
"""


def workspace(folder: Path, text: str) -> Workspace:
    path = folder / "doingoai.toml"
    path.write_text(text, encoding="utf-8")
    return read_workspace(path)


def test_a_peoples_committee_signs_on_behalf_of_it_however_it_is_written() -> None:
    signed = {name: ReportSettings(agency=name).authority_lines[0] for name in (
        "", "UBND tỉnh Quảng Bình", "Ủy ban nhân dân huyện X", "Sở Ngoại vụ", "Ủy ban Mặt trận Tổ quốc tỉnh"
    )}  # fmt: skip
    assert list(signed.values()) == ["TM. ỦY BAN NHÂN DÂN"] * 3 + ["GIÁM ĐỐC", "CHỦ TỊCH"]


CITY = ("Thường trực Thành ủy", "Thường trực HĐND thành phố", "Chủ tịch, các PCT UBND thành phố", "Sở Ngoại vụ")


@pytest.mark.parametrize(
    ("stated", "issuer", "place", "below"),
    [
        ({}, "Ủy ban nhân dân tỉnh Quảng Bình", "Quảng Bình", ""),
        ({"province": "tỉnh Nghệ An"}, "Ủy ban nhân dân tỉnh Nghệ An", "Nghệ An", ""),
        ({"province": "Đà Nẵng"}, "Ủy ban nhân dân thành phố Đà Nẵng", "Đà Nẵng", ""),
        ({"province": "Huế"}, "Ủy ban nhân dân thành phố Huế", "Huế", ""),
        ({"province": "Thừa Thiên Huế"}, "Ủy ban nhân dân tỉnh Thừa Thiên Huế", "Thừa Thiên Huế", ""),
        ({"province": "TP. Hồ Chí Minh"}, "Ủy ban nhân dân Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh", ""),
        ({"agency": "UBND huyện Lệ Thủy"}, "Ủy ban nhân dân huyện Lệ Thủy", "Lệ Thủy", ""),
        ({"agency": "UBND TP Bắc Giang"}, "Ủy ban nhân dân thành phố Bắc Giang", "Bắc Giang", ""),
        ({"agency": "UBND Quận 1", "province": "Hồ Chí Minh"}, "Ủy ban nhân dân Quận 1", "Quận 1", ""),
        ({"agency": "UBND tỉnh"}, "Ủy ban nhân dân tỉnh", "Quảng Bình", ""),
        ({"agency": "Sở Ngoại vụ"}, "Sở Ngoại vụ", "Quảng Bình", "Ủy ban nhân dân tỉnh Quảng Bình"),
        (
            {"agency": "Sở Ngoại vụ", "province": "Hải Phòng"},
            "Sở Ngoại vụ", "Hải Phòng", "Ủy ban nhân dân thành phố Hải Phòng",
        ),
        ({"agency": "Công an tỉnh"}, "Công an tỉnh", "Quảng Bình", ""),
        ({"agency": "UBND huyện X", "place": "Y"}, "Ủy ban nhân dân huyện X", "Y", ""),
    ],
)  # fmt: skip
def test_a_documents_head_follows_from_who_issues_it(
    stated: dict[str, str], issuer: str, place: str, below: str
) -> None:
    settings = ReportSettings(**stated)  # type: ignore[arg-type]
    assert (settings.issuer, settings.signed_place, settings.parent_body) == (issuer, place, below)


@pytest.mark.parametrize(
    ("stated", "symbol", "signer", "recipients"),
    [
        ({"province": "Đà Nẵng"}, "BC-UBND", "CHỦ TỊCH", CITY),
        ({"agency": "Sở Ngoại vụ"}, "BC-SNgV", "GIÁM ĐỐC", ("UBND tỉnh",)),
        ({"agency": "Sở Nội vụ"}, "BC-SNV", "GIÁM ĐỐC", ("UBND tỉnh", "Sở Ngoại vụ")),
        ({"agency": "Sở Kế hoạch và Đầu tư"}, "BC-SKHĐT", "GIÁM ĐỐC", ("UBND tỉnh", "Sở Ngoại vụ")),
        ({"agency": "UBND xã X", "province": "Cần Thơ"}, "BC-UBND", "CHỦ TỊCH", ("UBND thành phố", "Sở Ngoại vụ")),
        ({"agency": "Sở Y tế", "symbol": "BC-SYTE", "signer_title": "PHÓ GIÁM ĐỐC"}, "BC-SYTE", "PHÓ GIÁM ĐỐC",
         ("UBND tỉnh", "Sở Ngoại vụ")),
        ({"province": "Đà Nẵng", "recipients": ("Bộ Ngoại giao",)}, "BC-UBND", "CHỦ TỊCH", ("Bộ Ngoại giao",)),
    ],
)  # fmt: skip
def test_so_do_symbol_signer_and_recipients(
    stated: dict[str, str], symbol: str, signer: str, recipients: tuple[str, ...]
) -> None:
    settings = ReportSettings(**stated)  # type: ignore[arg-type]
    assert (settings.symbol, settings.signer_title, settings.recipients) == (symbol, signer, recipients)


@pytest.mark.parametrize(
    ("head", "above", "committee"),
    [
        ("province = 'Đà Nẵng'", "Ủy ban nhân dân thành phố Đà Nẵng", "Thành ủy"),
        (
            "province = 'Gia Định'\n[report]\nprovince_kind = 'thành phố'",
            "Ủy ban nhân dân thành phố Gia Định", "Thành ủy",
        ),
        ("province = 'Hà Tĩnh'", "Ủy ban nhân dân tỉnh Hà Tĩnh", "Tỉnh ủy"),
        ("[report]\nagency = 'UBND huyện X'", "Ủy ban nhân dân tỉnh Quảng Bình", "Huyện ủy"),
    ],
)  # fmt: skip
def test_letters_and_proposals_know_the_rank_of_the_province(
    head: str, above: str, committee: str, tmp_path: Path
) -> None:
    there = workspace(tmp_path, head + "\n")
    assert letter_settings(there).parent_body == above
    outline = outlines_of(there, load_forms(forms_dir())).choose("to-trinh", None)
    settings = settings_of(there, outline.kind, outline.id, addressed=True)
    words = vocabulary(outline, outline.window(2020, None), settings, date(2019, 12, 31))
    assert receivers(outline, settings, words) == (f"Ban Thường vụ {committee}",)


def test_each_document_has_its_own_settings(tmp_path: Path) -> None:
    there = workspace(tmp_path, TOML)
    annual, half = report_settings(there, "nam"), report_settings(there, "6-thang")
    assert (annual.issuer, annual.signer_title) == ("Ủy ban nhân dân tỉnh Hà Tĩnh", "CHỦ TỊCH")
    assert (half.issuer, half.authority_lines, half.addressees) == (
        "Sở Ngoại vụ",
        ("GIÁM ĐỐC",),
        ("Bộ Ngoại giao",),
    )
    assert half.recipients == annual.recipients == ("Thường trực Tỉnh ủy",)
    assert half.signer_name == annual.signer_name == "Nguyễn A"
    reminder, notice = letter_settings(there, "nhac"), letter_settings(there, "thong-bao")
    assert reminder.authority_lines == ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")
    assert notice.authority_lines == ("GIÁM ĐỐC",)
    assert reminder.signer_name == notice.signer_name == "Trần B"
    assert (reminder.issuer, reminder.parent_body) == ("Sở Ngoại vụ", "Ủy ban nhân dân tỉnh Hà Tĩnh")


@pytest.mark.parametrize(
    ("kind", "below", "goes_to"),
    [
        ("nam", "", ("Bộ Ngoại giao",)),
        ("to-trinh", "", ("Ban Thường vụ Tỉnh ủy",)),
        ("ke-hoach", "", ()),
        ("to-trinh", '[report.to-trinh]\naddressees = ["HĐND tỉnh"]\n', ("HĐND tỉnh",)),
        ("ke-hoach", '[report.ke-hoach]\naddressees = ["Các sở, ngành"]\n', ("Các sở, ngành",)),
    ],
)
def test_a_proposal_does_not_go_where_all_reports_go(
    kind: str, below: str, goes_to: tuple[str, ...], tmp_path: Path
) -> None:
    there = workspace(tmp_path, f'[report]\naddressees = ["Bộ Ngoại giao"]\n{below}')
    outline = outlines_of(there, load_forms(forms_dir())).choose(kind, None)
    settings = settings_of(there, outline.kind, outline.id, addressed=outline.addressees is not None)
    words = vocabulary(outline, outline.window(2020, None), settings, date(2019, 12, 31))
    assert receivers(outline, settings, words) == goes_to


@pytest.mark.parametrize(
    ("wrong", "line", "says"),
    [
        ("[letter]\nsignr_name = 'A'\n", 2, "signer_name"),
        ("[letter.nhacc]\nsigner_name = 'A'\n", 1, "nhac"),
        ("[report.thnag]\nplace = 'Huế'\n", 1, "thang"),
        ("[report]\nplace = 'Huế'\n[report.thang]\nauthority = ['Thay mặt']\n", 4, "TM."),
        ("[report]\nrecipients = 'Sở'\n", 2, "danh sách"),
        ("[report]\nprovince_kind = 'huyện'\n", 2, "thành phố"),
        ("[report]\nplace = 'A'\n\n[report.quy]\nplaces = 'B'\n", 5, "place"),
    ],
)
def test_a_fault_has_its_line(tmp_path: Path, wrong: str, line: int, says: str) -> None:
    there = workspace(tmp_path, wrong)
    with pytest.raises(ConfigError) as caught:
        (report_settings if "[report" in wrong else letter_settings)(there, "")
    assert f"doingoai.toml:{line}:" in caught.value.problems[0]
    assert says in caught.value.problems[0]


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ("[report]\nsignr_name = 'A'\n", 2),
        ("[letter]\nauthority = ['Thay mặt']\n", 2),
        ("[calendar]\nclosing_day = 40\n", 2),
    ],
)
def test_a_broken_table_is_misuse_for_check_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wrong: str, line: int
) -> None:
    monkeypatch.chdir(tmp_path)
    workspace(tmp_path, wrong)
    Path("a.csv").write_text("Tên đoàn\n", encoding="utf-8")
    assert run(["check", "a.csv", "--year", "2020"]) == 2
    assert f"doingoai.toml:{line}: " in capsys.readouterr().err


def test_a_folder_of_outlines_that_is_not_there_is_said(tmp_path: Path) -> None:
    there = workspace(tmp_path, "outlines = 'khong-co'\n")
    with pytest.raises(ConfigError, match=r"doingoai\.toml:1: .*khong-co"):
        outlines_of(there, load_forms(forms_dir()))


def test_the_file_that_init_writes_names_every_key_and_every_line_of_it_works(tmp_path: Path) -> None:
    start_workspace(tmp_path, 2020, "Quảng Bình")
    text = (tmp_path / "doingoai.toml").read_text(encoding="utf-8")
    for name in set(Workspace.model_fields) - {"folder", "source"}:
        assert re.search(rf"^(?:# )?(?:{name} = |\[{name}\])", text, re.MULTILINE), name
    told = {name for name in ReportSettings.model_fields if f"# {name} = " in text}
    assert told == set(ReportSettings.model_fields) - {"province"}
    meant = [
        line.removeprefix("# ") if " = " in line or line.startswith("# [") else line for line in text.split("\n")
    ]
    written = "\n".join(line for line in meant if not line.startswith("#"))
    assert tomllib.loads(written)["letter"]["nhac"]
    there = workspace(tmp_path, written)
    assert report_settings(there, "thang").authority_lines == ("GIÁM ĐỐC",)
    assert letter_settings(there, "nhac").authority_lines == ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")


def test_nobody_writes_to_himself() -> None:
    settings = LetterSettings()
    assert is_issuer(settings, "Sở Ngoại vụ tỉnh Quảng Bình")
    assert not is_issuer(settings, "Sở Y tế")
    assert is_issuer(LetterSettings(agency="Văn phòng UBND tỉnh"), "Sở Ngoại vụ")
