"""The marked copy of a file that is no .xlsx: every text has the lines that it takes in print."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from doingoai_cli.feedback.marking.rebuild import rebuild
from doingoai_cli.model.grid import Cell, CellKind, Grid, Range, Workbook

LONG = "Mỗi đoàn, hội nghị, hội thảo, thỏa thuận, dự án ghi trên một dòng, từ dòng trống đầu tiên. " * 4


def text(row: int, col: int, value: str) -> Cell:
    return Cell(row, col, CellKind.TEXT, value)


def copied(cells: list[Cell], merges: tuple[Range, ...] = ()) -> Worksheet:
    grid = Grid(name="Hướng dẫn", index=0, cells=tuple(cells), merges=merges)
    data = rebuild(Workbook(format="ods", grids=(grid,))).data
    sheet: Worksheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return sheet


def heights(cells: list[Cell], merges: tuple[Range, ...] = ()) -> dict[int, float]:
    rows = copied(cells, merges).row_dimensions
    return {number: rows[number].height or 0 for number in range(1, 6)}


@pytest.mark.parametrize(
    ("merge", "least"),
    [
        pytest.param((), 4 * 16.5, id="a text alone"),
        pytest.param((Range(2, 1, 2, 5),), 2 * 16.5, id="merged over columns"),
    ],
)
def test_a_long_line_is_as_high_as_it_takes(merge: tuple[Range, ...], least: float) -> None:
    cells = [text(1, col, f"Cột {col}") for col in range(1, 6)] + [text(2, 1, LONG)]
    found = heights(cells, merge)
    assert found[2] >= least
    assert found[1] == 16.5


def test_a_text_merged_over_rows_has_room_in_all_of_them() -> None:
    cells = [text(1, 1, LONG), text(1, 2, "Sở Y tế"), text(2, 2, "Sở Du lịch")]
    assert heights(cells, (Range(1, 1, 4, 1),))[1] == 16.5


def test_a_long_line_widens_no_column_but_its_own_merged_ones() -> None:
    cells = [text(row, 1, str(row)) for row in range(1, 4)] + [text(5, 1, LONG)]
    assert copied(cells, (Range(5, 1, 5, 8),)).column_dimensions["A"].width < 12
