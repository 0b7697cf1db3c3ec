"""The hidden sheet that carries where everything comes from to the level above (`origins`)."""

from collections.abc import Iterator
from itertools import chain

from doingoai_cli.consolidate.origins import Origins, unpacked
from doingoai_cli.consolidate.workbook.book import BookRow, BookSheet, RowsMade
from doingoai_cli.consolidate.workbook.read_cells import text_of
from doingoai_cli.model.grid import Grid
from doingoai_cli.model.own_files import ListSheet

_PIECE = 30_000
_NOTE = "Trang của chương trình: nguồn gốc từng dòng, để cấp trên tổng hợp tiếp. Không sửa, không xóa."


def origins_sheet(text: str) -> BookSheet:
    """The sheet: a note for whoever unhides it, and the packed origins in pieces that a cell can hold."""
    starts = range(0, len(text), _PIECE)

    def made() -> Iterator[BookRow]:
        for piece in chain((_NOTE,), (text[at : at + _PIECE] for at in starts)):
            yield BookRow((piece,), ("text",), height=15.0)

    return BookSheet(ListSheet.ORIGINS, (60.0,), RowsMade(1 + len(starts), made), 0, hidden=True)


def read_origins(grid: Grid) -> Origins | None:
    """What the sheet carries; None where it is not whole."""
    pieces = [text_of(cell) for cell in sorted(grid.cells, key=lambda cell: cell.row) if cell.col == 1]
    return unpacked("".join(pieces[1:]))
