"""A form's sheet read back by the way that reads least of it and knows all the same what it holds."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from doingoai_cli.consolidate.identity import id_pattern
from doingoai_cli.consolidate.workbook.read_cells import by_row, text_of
from doingoai_cli.consolidate.workbook.reading.find_columns import is_reading
from doingoai_cli.consolidate.workbook.reading.find_sheets import FormGrid
from doingoai_cli.consolidate.workbook.reading.headings import find_head
from doingoai_cli.consolidate.workbook.reading.options import Reading
from doingoai_cli.consolidate.workbook.reading.sent_rows import RecordsAgain, SentRows
from doingoai_cli.consolidate.workbook.reading.sheet import SheetBack, read_sheet
from doingoai_cli.consolidate.workbook.reading.sheet_reader import BookFacts, SheetReader
from doingoai_cli.consolidate.workbook.reading.untouched import (
    ReadyRows,
    as_it_stands,
    take_apart,
    top_of,
    written_where,
)
from doingoai_cli.consolidate.workbook.row_digests import RowDigest
from doingoai_cli.consolidate.workbook.structure import StoredForm
from doingoai_cli.consolidate.workbook.written_rows import WrittenRow
from doingoai_cli.model.consolidated import NO_EXTRAS, NO_REVIEW, Review, sound_row
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.grid import Grid
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.pending import pending
from doingoai_cli.readers.sheet_xml import Unaccounted
from doingoai_cli.readers.xlsx import OoxmlSheets
from doingoai_cli.vietnamese.agencies import agency_key


def read_form(sheet: FormGrid, book: BookFacts, reading: Reading, stored: StoredForm | None) -> SheetBack | None:
    """A form's sheet; None for any other. `stored`: what it held when it was written, where that is known."""
    spec, grid = sheet
    apart = None
    if reading.untouched and reading.parts and stored:
        if known := _as_written(spec, grid, book, reading.parts, stored, reading.written.get(spec.form, ())):
            return known
        apart = (take_apart if reading.on_demand else as_it_stands)(grid, reading.parts, stored)
    elif reading.on_demand and stored:
        with suppress(Unaccounted):  # it is written otherwise
            apart = saved_rows(spec, grid, book, reading, stored)
    if apart and (quick := read_sheet(spec, apart.grid, book, stored, apart, on_demand=not reading.untouched)):
        return quick
    return read_sheet(spec, reading.filled(grid), book, stored, on_demand=reading.on_demand)


def _as_written(
    spec: FormSpec,
    grid: Grid,
    book: BookFacts,
    package: OoxmlSheets,
    stored: StoredForm,
    written: Sequence[WrittenRow],
) -> SheetBack | None:
    """A sheet that nobody has edited, from what is known of its rows since they were written (`written_rows`).

    Only its headings are read, and a record where somebody asks for it. None where its columns are not as written.
    """
    if not written:
        return None
    head = find_head(spec, grid.name, by_row(top_of(grid, package, written[0].number)), stored)
    if head is None or not written_where(head, stored):
        return None
    read = RecordsAgain(package, package.filled, SheetReader(spec, grid, head, book))
    keys = {agency: agency_key(agency) for agency in {row.agency for row in written}}
    model = spec.record_model
    rows = tuple(
        sound_row(
            pending(model, read, number, seal), agency, keys[agency], source, record_id, codes,
            Review(opinion, remark) if opinion or remark else NO_REVIEW, extras or NO_EXTRAS, change, seal,
            NO_EXTRAS, b"",
        )
        for number, agency, source, record_id, codes, opinion, remark, extras, change, seal in written
    )  # fmt: skip
    return SheetBack(rows, (), head, ())


# --- rows of a sheet that another program has saved -----------------------------------------------------------

FEW = 2000
"""Rows that are read by their cells beside a fifth of all; where there are more, reading all so is as quick."""


def saved_rows(
    spec: FormSpec, grid: Grid, book: BookFacts, reading: Reading, stored: StoredForm
) -> ReadyRows | None:
    """The rows of a sheet that say what was sent, ready, and the others; None where it must be read as a whole.

    A row is told as such by its texts (`sent_rows`): of 20,000 rows that takes 0.4 s instead of 1.5.
    """
    parts = reading.parts
    if parts is None or stored.whole is None or parts.has_controls(grid):
        return None
    sent: SentRows | None = None
    own = readings = frozenset[int]()
    is_id = id_pattern(spec.form).fullmatch
    id_col = next((col for col, column in enumerate(stored.columns, 1) if column.key == OwnColumn.ID), 0)
    ready: dict[int, Mapping[int, str]] = {}
    officials: dict[int, RowDigest] = {}
    others: list[bytes] = []
    for row in parts.rows(grid, len(stored.columns)):
        texts = row.texts
        official = sent.official_of_plain(texts) if sent and texts and row.behind <= readings else None
        if official is not None and texts:
            ready[row.number] = {col: text for col, text in texts.items() if col in own}
            officials[row.number] = official
            continue
        others.append(row.xml)
        if len(others) > FEW + len(ready) // 4:
            return None
        if sent is None and texts and is_id(texts.get(id_col, "")):  # the headings end here
            top = by_row(replace(grid, cells=parts.cells(b"".join(others))))
            head = find_head(spec, grid.name, top, stored)
            if head is None or not written_where(head, stored):
                return None
            reader = SheetReader(spec, grid, head, book)
            sent = SentRows(reader, stored)
            own = frozenset(range(1, len(stored.columns) + 1)) - reader.official
            heads = (cell for number in head.non_records for cell in top.get(number, {}).values())
            readings = frozenset(cell.col for cell in heads if is_reading(text_of(cell)))
    if not ready:
        return None
    rest = replace(grid, cells=parts.cells(b"".join(others)))
    return ReadyRows(rest, ready, partial(RecordsAgain, parts, reading.filled), officials)
