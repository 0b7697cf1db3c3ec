"""The agency that is typed on the line which our own blank forms print for it, beside the form's code."""

from pathlib import Path

import openpyxl
import pytest
from consolidation import CATALOGUE

from doingoai_cli.cli.app import run
from doingoai_cli.intake.submission import read_submission
from doingoai_cli.model.submissions import Submission


def sent(folder: Path, form: str, line: str) -> Submission:
    """A blank form with that line instead of the printed one."""
    path = folder / "mau.xlsx"
    assert run(["new-template", "--year", "2020", "--form", form, "--out", str(path), "--quiet"]) == 0
    book = openpyxl.load_workbook(path)
    sheet = next(sheet for sheet in book if sheet.title == CATALOGUE.of_form(form).sheet)
    printed = next(cell for row in sheet.iter_rows(max_row=3) for cell in row if "cơ quan" in str(cell.value))
    printed.value = line
    book.save(path)
    return read_submission(path.read_bytes(), "mau.xlsx", CATALOGUE)


@pytest.mark.parametrize("form", [spec.form for spec in CATALOGUE.blanks])
@pytest.mark.parametrize("name", ["Sở Y tế", "Hợp tác xã Tân Hòa", "UBND huyện Lệ Thủy"])
def test_the_name_behind_the_printed_line_is_the_agency(tmp_path: Path, form: str, name: str) -> None:
    agency = sent(tmp_path, form, f"Tên cơ quan, đơn vị: {name}").agency
    assert agency is not None
    assert agency.name == name


@pytest.mark.parametrize(
    "line",
    [
        "Tên cơ quan, đơn vị Sở Y tế",
        "Tên đơn vị: Sở Y tế",
        "TÊN CƠ QUAN: Sở Y tế",
        "Cơ quan báo cáo: Sở Y tế",
        "Sở Y tế",
    ],
)
def test_other_ways_to_write_the_line(tmp_path: Path, line: str) -> None:
    agency = sent(tmp_path, "02.A", line).agency
    assert agency is not None
    assert agency.name == "Sở Y tế"


def test_the_printed_line_alone_names_nobody(tmp_path: Path) -> None:
    assert sent(tmp_path, "02.A", "Tên cơ quan, đơn vị:").agency is None
