"""Opinions written into a consolidated workbook on disk, as officers do in Excel."""

from pathlib import Path

import openpyxl


def plan_rows(path: Path, form: str) -> list[tuple[int, int, str]]:
    """(row, column of the opinion, name) of each row of a form's sheet."""
    grid = openpyxl.load_workbook(path)[form]
    heading = next(c for row in grid.iter_rows(max_row=14) for c in row if c.value == "Ý kiến thẩm định")
    below = range(heading.row + 1, grid.max_row + 1)
    return [
        (row, heading.column, str(grid.cell(row, 2).value))
        for row in below
        if str(grid.cell(row, 1).value).isdigit() and grid.cell(row, 2).value
    ]


def review(path: Path, form: str, opinions: list[str]) -> dict[str, str]:
    """Write opinions in the order of the rows, as in Excel; name → opinion."""
    found = plan_rows(path, form)
    book = openpyxl.load_workbook(path)
    given = {}
    for (row, column, name), opinion in zip(found, opinions, strict=False):
        book[form].cell(row, column).value = opinion
        given[name] = opinion
    book.save(path)
    return given
