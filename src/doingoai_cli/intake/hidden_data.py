"""What is hidden or struck through in a sheet and holds data (CT05): it is read all the same, and said so.

Text under a merged range, which nobody sees whatever he unhides, is not read; it is said, too.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.findings import Observation, cell_place
from doingoai_cli.model.grid import column_letters, display
from doingoai_cli.vietnamese.text import clean


def hidden_data(sheet: Sheet, data_rows: Collection[int], file: str, heading: int) -> Iterator[Observation]:
    """One observation for a hidden sheet, each run of hidden or struck rows, each run of hidden columns with data.

    `data_rows` are the rows of records and of CT09: a hidden title, note or unused row hides nothing. Under a
    merged range a whole record may lie: below the row `heading`, the last of the first heading, all text is said.
    """
    grid = sheet.grid

    def own_row(number: int) -> str:
        return str(grid.own_row(number))

    rows = [row for row in sheet.rows if row.number in data_rows]
    if rows and grid.hidden:
        yield _observe(sheet, file, rows[0], min(rows[0].texts), "sheet", f"trang tính “{grid.name}”")
    for run in _runs([row.number for row in rows if row.hidden]):
        row = sheet.by_number[run[0]]
        yield _observe(sheet, file, row, min(row.texts), "row", f"dòng {_span(run, own_row)}")
    for run in _runs([row.number for row in rows if row.number in grid.struck_rows]):
        row = sheet.by_number[run[0]]
        yield _observe(sheet, file, row, min(row.texts), "struck", f"dòng {_span(run, own_row)}")
    numbers = {row.number for row in rows}
    for kind, places in (("struck", grid.struck_cells), ("part", grid.struck_parts)):
        for number, col in sorted(place for place in places if place[0] in numbers):
            row = sheet.by_number[number]
            if col in row.texts:
                yield _observe(sheet, file, row, col, kind, f"ô {grid.address(number, col)}")
    cols = {col for row in rows for col in row.texts.keys() & grid.hidden_cols} if grid.hidden_cols else ()
    for run in _runs(sorted(cols)):
        row, col = next((row, col) for row in rows for col in run if col in row.texts)
        yield _observe(sheet, file, row, col, "column", f"cột {_span(run, column_letters)}")
    yield from _covered(sheet, heading, file)


def _covered(sheet: Sheet, heading: int, file: str) -> Iterator[Observation]:
    """One observation for each cell with something in it below the row `heading` and under a merged range."""
    grid = sheet.grid
    for cell, merge in sheet.covered:
        if merge.bottom <= heading:
            continue
        place = cell_place(file, grid, cell.row, cell.col)
        what = f"dưới ô gộp {grid.address(merge.top, merge.left)}"
        yield Observation("CT05", place, value=clean(display(cell.value)), params={"kind": "merge", "what": what})


def _observe(sheet: Sheet, file: str, row: Row, col: int, kind: str, what: str) -> Observation:
    place = cell_place(file, sheet.grid, row.number, col)
    return Observation("CT05", place, value=row.texts[col], params={"kind": kind, "what": what})


def _runs(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Neighbouring numbers together: 3, 4, 5, 9 → (3, 4, 5), (9,)."""
    start = 0
    for end in range(1, len(numbers) + 1):
        if end == len(numbers) or numbers[end] != numbers[end - 1] + 1:
            yield numbers[start:end]
            start = end


def _span(run: Sequence[int], name: Callable[[int], str]) -> str:
    return name(run[0]) if len(run) == 1 else f"{name(run[0])}–{name(run[-1])}"
