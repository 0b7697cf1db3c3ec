"""The hidden sheet that carries where everything comes from to the level above (`origins`)."""

from doingoai_cli.consolidate.origins import Origins, unpacked
from doingoai_cli.consolidate.workbook.book import BookRow, BookSheet
from doingoai_cli.consolidate.workbook.read_cells import text_of
from doingoai_cli.model.grid import Grid
from doingoai_cli.model.own_files import ListSheet

_PIECE = 30_000
_NOTE = "Trang của chương trình: nguồn gốc từng dòng, để cấp trên tổng hợp tiếp. Không sửa, không xóa."


def origins_sheet(text: str) -> BookSheet:
    """The sheet: a note for whoever unhides it, and the packed origins in pieces that a cell can hold."""
    pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    rows = [BookRow((piece,), ("text",), height=15.0) for piece in (_NOTE, *pieces)]
    return BookSheet(ListSheet.ORIGINS, (60.0,), rows, 0, hidden=True)


def read_origins(grid: Grid) -> Origins | None:
    """What the sheet carries; None where it is not whole."""
    pieces = [text_of(cell) for cell in sorted(grid.cells, key=lambda cell: cell.row) if cell.col == 1]
    return unpacked("".join(pieces[1:]))
