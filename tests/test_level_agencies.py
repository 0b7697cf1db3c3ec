"""Agencies of two districts that bear one name are two agencies: neither replaces the other's rows."""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from consolidation import PLANNED, back, merged, submission, written
from province import fill_form

from doingoai_cli.cli.app import run
from doingoai_cli.model.roster import Roster, RosterEntry
from doingoai_cli.model.submissions import Submission
from doingoai_cli.pipeline.level_agencies import owned_name, told_apart_by_level
from doingoai_cli.pipeline.notices import _addressed

MINH_SON, LAM_GIANG = "UBND huyện Minh Sơn: ms.xlsx", "UBND huyện Lâm Giang: lg.xlsx"
OWNERS = {MINH_SON: "UBND huyện Minh Sơn", LAM_GIANG: "UBND huyện Lâm Giang", "x.xlsx": "", "y.xlsx": ""}


@pytest.mark.parametrize(
    ("name", "owner", "full"),
    [
        ("Phòng Y tế", "UBND huyện Lệ Thủy", "Phòng Y tế UBND huyện Lệ Thủy"),
        ("Văn phòng HĐND và UBND", "UBND huyện Lệ Thủy", "Văn phòng HĐND và UBND huyện Lệ Thủy"),
        ("Công an huyện", "UBND huyện Lệ Thủy", "Công an huyện Lệ Thủy"),
        ("UBND xã Tân Lập", "UBND huyện Lệ Thủy", "UBND xã Tân Lập huyện Lệ Thủy"),
        ("Hội Nông dân", "Phòng Nội vụ thị xã Ba Đồn", "Hội Nông dân thị xã Ba Đồn"),
        ("Phòng Tổ chức", "Sở Y tế", "Phòng Tổ chức Sở Y tế"),
        ("Phòng Y tế huyện Minh Sơn", "UBND huyện Lệ Thủy", "Phòng Y tế huyện Minh Sơn"),
        ("Sở Y tế", "UBND huyện Lệ Thủy", "Sở Y tế"),
        ("Công an tỉnh", "UBND huyện Lệ Thủy", "Công an tỉnh"),
    ],
)
def test_a_name_takes_in_the_level_that_sent_it_up(name: str, owner: str, full: str) -> None:
    assert owned_name(name, owner) == full


def sent(path: str, agency: str, *through: str, sha: str = "") -> Submission:
    return replace(submission(path, agency, {"02.A": [PLANNED]}), through=through, sha256=sha or path)


def names(*files: Submission, roster: Roster | None = None) -> Mapping[str, str]:
    return {one.path: one.agency_name for one in told_apart_by_level(files, OWNERS, roster)}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            [("a", "Phòng Y tế", MINH_SON, "f"), ("b", "Phòng Y tế", LAM_GIANG, "f")],
            ["Phòng Y tế UBND huyện Minh Sơn", "Phòng Y tế UBND huyện Lâm Giang"],
            id="two districts",
        ),
        pytest.param([("a", "Phòng Y tế", MINH_SON, "f")], ["Phòng Y tế"], id="one alone keeps its name"),
        pytest.param(
            [("a", "Phòng Y tế", MINH_SON, "f"), ("b", "Phòng Y tế", MINH_SON, "g")],
            ["Phòng Y tế", "Phòng Y tế"],
            id="two files of one district",
        ),
        pytest.param(
            [("a", "Sở Y tế", MINH_SON, "f"), ("b", "Sở Y tế", LAM_GIANG, "f")],
            ["Sở Y tế", "Sở Y tế"],
            id="a province has one",
        ),
        pytest.param(
            [("a", "Phòng Y tế", "x.xlsx", "f"), ("b", "Phòng Y tế", "y.xlsx", "f")],
            ["Phòng Y tế", "Phòng Y tế"],
            id="nobody says whose workbooks these are",
        ),
        pytest.param(
            [("a", "Phòng Y tế",), ("b", "Phòng Y tế", MINH_SON, "f"), ("c", "Phòng Y tế", LAM_GIANG, "f")],
            ["Phòng Y tế", "Phòng Y tế UBND huyện Minh Sơn", "Phòng Y tế UBND huyện Lâm Giang"],
            id="one came itself",
        ),
    ],
)  # fmt: skip
def test_one_name_of_two_levels_is_two_agencies(files: list[tuple[str, ...]], expected: list[str]) -> None:
    assert [*names(*(sent(path, agency, *way) for path, agency, *way in files)).values()] == expected


def test_a_file_by_two_ways_is_one_agency() -> None:
    found = names(
        sent("a", "Phòng Y tế", MINH_SON, "f", sha="1"), sent("b", "Phòng Y tế", LAM_GIANG, "f", sha="1")
    )
    assert set(found.values()) == {"Phòng Y tế"}


def test_an_agency_of_the_roster_is_one() -> None:
    roster = Roster((RosterEntry(code="HND", name="Hội Nông dân"),))
    files = (sent("a", "Hội Nông dân", MINH_SON, "f"), sent("b", "Hội Nông dân", LAM_GIANG, "f"))
    assert set(names(*files, roster=roster).values()) == {"Hội Nông dân"}
    assert len(set(names(*files).values())) == 2


def test_the_rows_of_two_districts_offices_of_one_name_are_all_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tinh").mkdir()
    for district in ("Minh Sơn", "Lâm Giang"):
        folder = tmp_path / district
        (folder / "inbox").mkdir(parents=True)
        form = folder / "inbox" / "phong-y-te.xlsx"
        assert (
            run(["new-template", "--year", "2020", "--form", "02.A", "--agency", "Phòng Y tế", "--out", str(form)])
            == 0
        )
        fill_form(form, [("02.A", (1, f"Đoàn của {district}"))])
        setting = f'year = 2020\n[report]\nagency = "UBND huyện {district}"\n'
        (folder / "doingoai.toml").write_text(setting, encoding="utf-8")
        monkeypatch.chdir(folder)
        target = str(tmp_path / "tinh" / f"{district}.xlsx")
        assert run(["merge", "inbox", "--out", target, "--quiet", "--fail-on", "never"]) == 0
    monkeypatch.chdir(tmp_path / "tinh")
    capsys.readouterr()
    run(["merge", ".", "--year", "2020", "-f", "json", "--quiet"])
    data = json.loads(capsys.readouterr().out)
    assert (data["rows_merged"], data["superseded"]) == (2, [])
    assert {f["agency"] for f in data["findings"] if f["form"] == "02.A"} == {
        "Phòng Y tế UBND huyện Minh Sơn",
        "Phòng Y tế UBND huyện Lâm Giang",
    }


@pytest.mark.parametrize(
    ("sources", "named"),
    [
        (["UBND huyện Minh Sơn: ms.xlsx › Phòng Y tế: a.xlsx › Mẫu 02.A!B8"], "Phòng Y tế UBND huyện Minh Sơn"),
        (["inbox/a.xlsx · Mẫu 02.A · dòng 8"], "Phòng Y tế"),
        (["ms.xlsx › Phòng Y tế: a.xlsx › Mẫu 02.A!B8"], "Phòng Y tế"),
        (["UBND huyện Minh Sơn: ms.xlsx › a.xlsx › 02.A!B8", "inbox/a.xlsx · 02.A · dòng 8"], "Phòng Y tế"),
    ],
)
def test_a_letter_names_the_district_of_an_office(sources: list[str], named: str) -> None:
    made = merged([submission("a.xlsx", "Phòng Y tế", {"02.A": [PLANNED]})]).consolidated.rows[0]
    assert _addressed("Phòng Y tế", [replace(made, stated_source=source) for source in sources]) == named


@pytest.mark.parametrize("merged_between", [True, False])
@pytest.mark.parametrize(
    ("before", "now", "out"),
    [
        ("Phòng Y tế", ["Phòng Y tế UBND huyện Minh Sơn"], True),
        ("Công an huyện Lệ Thủy", ["Công an huyện"], True),
        ("Phòng Y tế", ["Phòng Y tế UBND huyện Minh Sơn", "Hội Nông dân"], True),
        ("Phòng Y tế", ["Phòng Nội vụ"], False),
        ("Sở Y", ["Sở Yên"], False),
    ],
)
def test_a_deleted_row_stays_out_when_its_office_takes_its_districts_name(
    before: str, now: list[str], out: bool, merged_between: bool
) -> None:
    pair = [PLANNED, {**PLANNED, "name": "Đoàn giao lưu văn nghệ", "countries": "Nhật Bản"}]
    book = openpyxl.load_workbook(io.BytesIO(written(merged([submission("a.xlsx", before, {"02.A": pair})]))))
    (row,) = [cell.row for cell in book["02.A"]["B"] if cell.value == "Đoàn giao lưu văn nghệ"]
    book["02.A"].delete_rows(row)
    saved = io.BytesIO()
    book.save(saved)
    previous = back(saved.getvalue())
    if merged_between:
        previous = back(written(merged([submission("a.xlsx", before, {"02.A": pair})], previous)))
    first, *others = now
    further = [submission(f"{n}.xlsx", one, {"02.A": [PLANNED]}) for n, one in enumerate(others)]
    result = merged([submission("b.xlsx", first, {"02.A": pair}), *further], previous)
    gone = {dropped.row.record_id for dropped in result.dropped}
    counted = [row.record.text("name") for row in result.consolidated.rows if row.record_id not in gone]
    assert counted.count("Đoàn giao lưu văn nghệ") == (0 if out else 1)
    assert len(counted) == len(now) + (0 if out else 1)
