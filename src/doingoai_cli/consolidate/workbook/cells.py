"""What the cells of a workbook that was read say (ô của sổ đọc lại), row by row."""

from doingoai_cli.model.grid import Cell, CellKind, Grid, display
from doingoai_cli.vietnamese.text import clean


def by_row(grid: Grid) -> dict[int, dict[int, Cell]]:
    """The grid's cells by row, then column."""
    rows: dict[int, dict[int, Cell]] = {}
    for cell in grid.cells:
        if not isinstance(cell.value, str) or cell.value.strip():
            rows.setdefault(cell.row, {})[cell.col] = cell
    return rows


def is_formula(cell: Cell) -> bool:
    """Whether a cell is calculated: nobody wrote what it says."""
    return cell.formula is not None or cell.kind is CellKind.UNCALCULATED


def text_of(cell: Cell | None) -> str:
    """What a cell says; "" where there is none."""
    if cell is None:
        return ""
    return clean(cell.value) if isinstance(cell.value, str) else display(cell.value)
