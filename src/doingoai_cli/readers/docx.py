"""A Word document (.docx) → `Workbook` of its tables, or its `DocumentText`.

The official forms are circulated in Word and come back so, and what agencies report in words does.

Each table of three columns or more is a grid "Bảng 1", "Bảng 2", … in the document's order. A document also lays
out text with borderless tables of one or two columns (letterhead, signature block), and writes titles above its
tables: all that text belongs to the table that follows it, or to the last one, and becomes rows of that grid.
`Grid.lead` says how many rows stand before the table's own first one; addresses count from there.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from doingoai_cli.model import own_files
from doingoai_cli.model.grid import Addressing, Cell, CellKind, Grid, NoteKind, Range, ReaderNote, Workbook
from doingoai_cli.readers.document_flow import Flow
from doingoai_cli.readers.document_parts import (
    FORM_COLUMNS,
    LAYOUT_COLUMNS,
    Block,
    Paragraph,
    Picture,
    WordCell,
    WordRow,
    WordTable,
)
from doingoai_cli.readers.docx_fonts import WordFonts
from doingoai_cli.readers.docx_parse import FlowReader
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.package import Package
from doingoai_cli.readers.properties import custom_properties
from doingoai_cli.readers.unreadable import GiveUp, Reason, corrupt, unreadable
from doingoai_cli.readers.xml_events import parse

_MOST_LEAD = 20
"""Rows of text above a table: a longer text before it is gathered in the first one, so that the table's headings
stay near the top of the grid, where they are looked for."""
_LEAST_PROSE = 60
"""Letters of a text of two sentences."""
_NO_TABLE_TO_READ = unreadable(
    Reason.NOT_A_SPREADSHEET,
    "Văn bản Word không có bảng để đọc, chỉ có ảnh hoặc tệp nhúng bên trong",
    "Mở văn bản, chép bảng trong ảnh hoặc tệp nhúng vào biểu mẫu Excel (.xlsx) rồi gửi lại",
)

_TRACKED = "còn theo dõi thay đổi (Track Changes), chữ và dòng đã đánh dấu xóa không được đọc"
_HIDDEN = "có chữ ẩn (Hidden) trong bảng, chữ đó không được đọc"

Line = tuple[tuple[int, WordCell | Paragraph], ...]
"""A row of a grid: (column, what stands there)."""


class DocumentText(NamedTuple):
    """All that a document says, in its order."""

    flow: Flow
    properties: Mapping[str, str]
    package: Package
    """Where the pictures are."""


def read_text(package: Package, part: str, meter: Meter) -> DocumentText:
    """The text of the document whose main part is `part`. Raises `GiveUp`."""
    flow = _flow(package, part, meter)
    flow.in_note = True
    for relationship in package.relationships(part):
        if relationship.kind in ("footnotes", "endnotes") and relationship.target in package:
            parse(package.chunks(relationship.target), flow.start, flow.end, flow.text, meter=meter)
    return DocumentText(flow, custom_properties(package), package)


def _flow(package: Package, part: str, meter: Meter) -> FlowReader:
    if part not in package:
        raise corrupt("thiếu nội dung")
    fonts, targets = WordFonts(), dict[str, str]()
    # What the styles say, as far as it goes where they are damaged: a legacy encoding is told by the letters, too.
    with suppress(GiveUp):
        for relationship in package.relationships(part):
            if relationship.target in package:
                targets[relationship.id] = relationship.target
                if relationship.kind == "styles":
                    parse(package.read(relationship.target) or b"", fonts.start, fonts.end)
    flow = FlowReader(fonts, meter, targets)
    parse(package.chunks(part), flow.start, flow.end, flow.text, meter=meter)
    return flow


def read_word(package: Package, part: str, meter: Meter) -> Workbook:
    """The tables of the document whose main part is `part`.

    Raises `GiveUp` for a document that has neither a table nor a mark of ours.
    """
    flow = _flow(package, part, meter)
    properties = custom_properties(package)
    has_table = any(isinstance(block, WordTable) for block in flow.blocks)
    if not has_table and own_files.KIND not in properties and _hides_a_table(flow):
        raise GiveUp(_NO_TABLE_TO_READ)
    workbook = laid_out(flow.blocks, "docx", properties)
    said = ((flow.deletes_in_tables, _TRACKED), (flow.hides_in_tables, _HIDDEN))
    told = [ReaderNote(NoteKind.CONVERTED, what) for is_so, what in said if is_so and not workbook.is_prose]
    is_pictured = flow.objects.pictures > 0 and not workbook.is_prose  # a report has its photographs
    unread = [*flow.objects.embedded, *(["ảnh lớn trong văn bản"] if is_pictured else [])]
    told += [ReaderNote(NoteKind.UNREAD, what) for what in unread]
    return replace(workbook, notes=(*workbook.notes, *told))


def _hides_a_table(flow: FlowReader) -> bool:
    """Whether what a document without tables shows may stand in a file within it, or in a picture."""
    letters = sum(_letters(block.text) for block in flow.blocks if isinstance(block, Paragraph))
    return bool(flow.objects.embedded) or (flow.objects.pictures > 0 and letters < _LEAST_PROSE)


def laid_out(blocks: Sequence[Block], format_: str, properties: Mapping[str, str]) -> Workbook:
    """The tables of a document's flow as grids, with the text around them.

    Raises `GiveUp` for a document that has neither a table nor a mark of ours.
    """
    forms = [block for block in blocks if isinstance(block, WordTable) and block.columns > LAYOUT_COLUMNS]
    chosen = forms or [block for block in blocks if isinstance(block, WordTable)]
    if not chosen and own_files.KIND not in properties:  # an outline or a letter of ours is known without a table
        raise GiveUp(unreadable(Reason.TEXT_ONLY))
    grids = _grids(blocks, chosen)
    notes = tuple(
        ReaderNote(NoteKind.UNREAD, row.cut, grid.index, grid.lead + number, 1)
        for grid, table in zip(grids, chosen, strict=True)
        for number, row in enumerate(table.rows, start=1)
        if row.cut
    )
    return Workbook(format_, tuple(grids), properties, notes, is_prose=_is_prose(blocks))


def _is_prose(blocks: Sequence[Block]) -> bool:
    """Whether a document is rather a text than tables; its letterhead and signatures count for neither."""
    tables = [block for block in blocks if isinstance(block, WordTable) and block.columns > LAYOUT_COLUMNS]
    in_tables = sum(_letters(cell.text) for table in tables for row in table.rows for cell in row.cells)
    beside = sum(_letters(block.text) for block in blocks if isinstance(block, Paragraph))
    return beside >= max(in_tables, _LEAST_PROSE) and all(table.columns < FORM_COLUMNS for table in tables)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _grids(blocks: Sequence[Block], chosen: Sequence[WordTable]) -> list[Grid]:
    """A grid for each of `chosen`; every other block is text before the next one, or after the last."""
    grids: list[Grid] = []
    lead: list[Line] = []
    waiting: tuple[WordTable, list[Line]] | None = None
    for block in blocks:
        if not isinstance(block, WordTable) or not any(block is table for table in chosen):
            lead += _text_lines(block)
            continue
        if waiting is not None:
            grids.append(_grid(*waiting, trail=[], index=len(grids)))
        waiting, lead = (block, lead), []
    if waiting is not None:
        grids.append(_grid(*waiting, trail=lead, index=len(grids)))
    return grids


def _text_lines(block: Block) -> list[Line]:
    if isinstance(block, Paragraph):
        return [((1, block),)]
    if isinstance(block, Picture):
        return []
    return [tuple((cell.col, cell) for cell in row.cells if cell.text) for row in block.rows]


def _grid(table: WordTable, lead: list[Line], trail: list[Line], index: int) -> Grid:
    lead = _shortened([line for line in lead if line])
    first = len(lead)
    own = [tuple((cell.col, cell) for cell in row.cells if cell.text) for row in table.rows]
    cells = [
        Cell(row, col, CellKind.TEXT, content.text, None, content.font)
        for row, line in enumerate(chain(lead, own, (line for line in trail if line)), start=1)
        for col, content in line
    ]
    return Grid(
        name=f"Bảng {index + 1}",
        index=index,
        cells=tuple(cells),
        merges=tuple(
            Range(merge.top + first, merge.left, merge.bottom + first, merge.right) for merge in table.merges()
        ),
        hidden_rows=frozenset(first + number for number, row in enumerate(table.rows, start=1) if row.hidden),
        struck_rows=frozenset(first + number for number, row in enumerate(table.rows, start=1) if row.struck),
        struck_cells=_places(table, first, lambda row, cell: cell.struck and not row.struck),
        struck_parts=_places(table, first, lambda _, cell: cell.struck_partly),
        addressing=Addressing.WORD,
        lead=first,
    )


def _places(
    table: WordTable, lead: int, chosen: Callable[[WordRow, WordCell], bool]
) -> frozenset[tuple[int, int]]:
    """Where the chosen cells of a table stand in its grid."""
    rows = enumerate(table.rows, start=lead + 1)
    return frozenset((number, cell.col) for number, row in rows for cell in row.cells if chosen(row, cell))


def _shortened(lead: list[Line]) -> list[Line]:
    """`lead` with its earliest lines gathered in one, where it is long."""
    if len(lead) <= _MOST_LEAD:
        return lead
    early, late = lead[: 1 - _MOST_LEAD], lead[1 - _MOST_LEAD :]
    texts = [content.text for line in early for _, content in line]
    return [((1, Paragraph("\n".join(texts), early[0][0][1].font)),), *late]
