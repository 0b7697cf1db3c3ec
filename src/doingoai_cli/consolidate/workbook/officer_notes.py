"""The sheet of what officers wrote outside the tables (Ghi chép giữ lại), and what `--accept-loss` passed over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from doingoai_cli.consolidate.consolidation import Consolidation, OfficerNote
from doingoai_cli.consolidate.workbook.book import BookSheet, Formula, Value, shown
from doingoai_cli.consolidate.workbook.lists import LEDGER_HEADINGS, RECEIVED_HEADING, Heading, list_sheet
from doingoai_cli.consolidate.workbook.read_cells import by_row, is_formula, text_of
from doingoai_cli.consolidate.workbook.row_digests import as_cells_give
from doingoai_cli.consolidate.workbook.structure import digest_of_line, is_structure, line_digest
from doingoai_cli.model.excel_limits import cell_text
from doingoai_cli.model.grid import Cell, Grid, column_letters, display
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.vietnamese.text import clean

NOTES_HEADINGS = (
    Heading("TT", 5, "centre"), Heading("Ngày", 11, "centre"), Heading("Trang", 18),
    Heading("Vị trí", 14, "centre"), Heading("Nội dung", 70), Heading("Lý do giữ", 40),
)  # fmt: skip


def notes_sheet(consolidation: Consolidation) -> BookSheet | None:
    """The notes; None where there are none."""
    if not consolidation.notes:
        return None
    rows: list[Sequence[Value]] = [(number, *note) for number, note in enumerate(consolidation.notes, 1)]
    subtitle = "(Chữ cán bộ ghi ngoài bảng và phần không đọc lại được; xóa dòng khi không cần nữa)"
    return list_sheet(ListSheet.NOTES, "GHI CHÉP GIỮ LẠI", subtitle, NOTES_HEADINGS, rows)


def lines_of(sheet: BookSheet) -> frozenset[bytes]:
    """The digests of a list's lines as they are written: whatever line has another one is somebody's note."""
    blocks: dict[int, dict[int, Value]] = {}
    for block in sheet.blocks:
        blocks.setdefault(block.row, {})[block.col] = block.value
    rows = range(sheet.first_row, sheet.first_row + len(sheet.rows))
    above = ([v for _, v in sorted(line.items())] for number, line in blocks.items() if number not in rows)
    lines = chain(above, (row.values for row in sheet.rows))  # one after the other: there may be 100,000
    if sheet.name == ListSheet.LEDGER:
        lines = chain(lines, (_without_time(row.values) for row in sheet.rows))
    told = ([*_written(sheet.name, line)] for line in lines)
    return frozenset(
        digest_of_line(line) if as_cells_give(line, at_once=True) else line_digest(map(_read, line))
        for line in told
    )


_TIME = next(at for at, heading in enumerate(LEDGER_HEADINGS) if heading.text == RECEIVED_HEADING)


def _without_time(values: Sequence[Value]) -> Sequence[Value]:
    """A line of the ledger without when its file came: officers set that right there, and it is read back."""
    return [*values[:_TIME], *values[_TIME + 1 :]]


def _read(text: str) -> str:
    """A text as its cell gives it back."""
    return clean(cell_text(text))


def _written(sheet: str, values: Iterable[Value]) -> Iterator[str]:
    for value in values:
        text = shown(value)
        if isinstance(text, str) and not is_structure(text):
            yield text
        elif isinstance(text, int | float) and sheet != ListSheet.OVERVIEW and not isinstance(value, Formula):
            yield display(text)


def notes_on(grid: Grid, lines: frozenset[bytes], day: str) -> Iterator[OfficerNote]:
    """What stands on one of our lists and was not written by us."""
    ledger = grid.name == ListSheet.LEDGER
    times = {cell.col for cell in grid.cells if text_of(cell) == RECEIVED_HEADING} if ledger else set()
    for number, cells in sorted(by_row(grid).items()):
        told = {col: text for col, cell in sorted(cells.items()) if (text := _told(grid.name, cell))}
        if not told or line_digest(told.values()) in lines:
            continue
        if times and line_digest(text for col, text in told.items() if col not in times) in lines:
            continue
        for col, text in _strange(told, lines):
            place = f"{column_letters(col)}{number}" if col else f"dòng {number}"
            yield OfficerNote(day, grid.name, place, text, "chữ cán bộ ghi vào trang do chương trình lập lại")


def _told(sheet: str, cell: Cell) -> str:
    if is_formula(cell) or (sheet == ListSheet.OVERVIEW and not isinstance(cell.value, str)):
        return ""
    text = text_of(cell)
    return "" if is_structure(text) else text


def _strange(texts: Mapping[int, str], lines: frozenset[bytes]) -> list[tuple[int, str]]:
    """The cells of a line without which it is one of ours; all of it, as column 0, where no few cells are."""
    cols = list(texts)
    for at in range(len(cols) - 1, 0, -1):  # cells right of the table
        if line_digest(texts[col] for col in cols[:at]) in lines:
            return [(col, texts[col]) for col in cols[at:]]
    for col in cols:
        if line_digest(text for other, text in texts.items() if other != col) in lines:
            return [(col, texts[col])]
    if len(cols) == 1:
        return [(cols[0], texts[cols[0]])]
    return [(0, " | ".join(texts.values()))]
