"""Search over the years: by country, partner, person, agency or name, however it is spelt."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from consolidation import CATALOGUE, CONFERENCE, PLANNED, REALISED, back, merged, submission, written

from doingoai_cli.cli.app import run
from doingoai_cli.consolidate.search import search
from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.search_fields import SearchField


def book(cycle_path: str = "a.xlsx") -> Consolidated:
    files = [
        submission(
            cycle_path, "Sở Y tế",
            {
                "01.A": [{**REALISED, "partners": "Sở Y tế tỉnh Khammouane", "countries": "Lào"}],
                "02.A": [{**PLANNED, "name": "Đoàn sang Nhật", "countries": "Nhật Bản", "partners": "Tỉnh Aichi",
                          "leader": "Trần Thị Bưởi, Phó Giám đốc Sở", "period": "Quý IV"}],
                "03": [CONFERENCE],
            },
        ),
        submission("b.xlsx", "Sở Giáo dục và Đào tạo", {"01.B": [{**REALISED, "countries": "Hàn Quốc"}]}),
    ]  # fmt: skip
    return back(written(merged(files))).consolidated


BOOK = book()


@pytest.mark.parametrize(
    ("text", "field", "forms"),
    [
        ("Khăm Muộn", SearchField.PARTNER, ["01.A", "01.B"]),
        ("Khăm Muồn", None, ["01.A", "01.B"]),
        ("kham muon", SearchField.PARTNER, ["01.A", "01.B"]),
        ("CHDCND Lào", SearchField.COUNTRY, ["01.A", "03"]),
        ("nhat ban", SearchField.COUNTRY, ["02.A"]),
        ("nhat", SearchField.COUNTRY, ["02.A"]),
        ("dai han dan quoc", SearchField.COUNTRY, ["01.B"]),
        ("y", SearchField.COUNTRY, []),
        ("Japan", SearchField.COUNTRY, ["02.A"]),
        ("Trần Thị Bưởi", SearchField.PERSON, ["02.A"]),
        ("tran thi buoi", None, ["02.A"]),
        ("Bưởi", SearchField.AGENCY, []),
        ("Sở GD&ĐT", SearchField.AGENCY, ["01.B"]),
        ("sang Nhật", SearchField.NAME, ["02.A"]),
        ("hang động", SearchField.NAME, ["03"]),
        ("Đoàn", SearchField.COUNTRY, []),
        ("ý", SearchField.COUNTRY, []),
    ],
)
def test_what_is_found(text: str, field: SearchField | None, forms: list[str]) -> None:
    assert sorted(hit.form for hit in search(text, [BOOK], CATALOGUE, field)) == forms


def test_the_latest_comes_first_and_a_row_of_two_workbooks_once() -> None:
    hits = search("Sở Y tế", [BOOK, BOOK], CATALOGUE, SearchField.AGENCY)
    assert [(hit.form, hit.planned) for hit in hits] == [("02.A", True), ("01.A", False), ("03", False)]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    data = written(merged([submission("a.xlsx", "Sở Y tế", {"01.A": [{**REALISED, "name": "=Đoàn công tác"}]})]))
    for name in ("luu/tonghop-2020.xlsx", "inbox/cap-duoi.xlsx"):
        Path(name).parent.mkdir()
        Path(name).write_bytes(data)
    Path("hong.xlsx").write_bytes(b"x")
    return tmp_path


def test_the_answer_is_a_table_csv_json_or_a_workbook(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", "Lào", "--field", "country"]) == 0
    table = capsys.readouterr().out
    assert "Sở Y tế" in table
    assert "12/BC-SDL" in table
    assert "01 dòng, năm 2019." in table
    run(["find", "Lào", "--format", "csv"])
    (line,) = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert (line["Tên đoàn, hoạt động"], line["Loại"]) == ("'=Đoàn công tác", "đã thực hiện")
    assert line["Sổ tổng hợp"] == "luu/tonghop-2020.xlsx"
    run(["find", "Lào", "--format", "json"])
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert (row["year"], row["found_in"]) == (2019, ["country"])
    assert run(["find", "Lào", "-o", "ket-qua.xlsx"]) == 0
    sheet = openpyxl.load_workbook("ket-qua.xlsx")["Tra cứu"]
    assert sheet["E5"].value == "=Đoàn công tác"
    assert sheet["E5"].data_type == "s"
    run(["find", "Atlantis"])
    assert "Không tìm thấy" in capsys.readouterr().out


def test_nothing_to_look_for_or_to_look_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["find", "Lào"]) == 2
    assert run(["find", " … "]) == 2
