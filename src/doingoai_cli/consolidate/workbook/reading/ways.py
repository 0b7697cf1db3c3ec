"""A form's sheet read back by the way that reads least of it and knows all the same what it holds."""

from collections.abc import Sequence
from contextlib import suppress

from doingoai_cli.consolidate.workbook.read_cells import by_row
from doingoai_cli.consolidate.workbook.reading.find_sheets import FormSheet
from doingoai_cli.consolidate.workbook.reading.headings import find_head
from doingoai_cli.consolidate.workbook.reading.options import Reading
from doingoai_cli.consolidate.workbook.reading.saved import saved_rows
from doingoai_cli.consolidate.workbook.reading.sent_rows import RecordsAgain
from doingoai_cli.consolidate.workbook.reading.sheet import SheetBack, read_sheet
from doingoai_cli.consolidate.workbook.reading.sheet_reader import BookFacts, SheetReader
from doingoai_cli.consolidate.workbook.reading.untouched import take_apart, top_of, written_where
from doingoai_cli.consolidate.workbook.structure import StoredForm
from doingoai_cli.consolidate.workbook.written_rows import WrittenRow
from doingoai_cli.model.consolidated import NO_EXTRAS, NO_REVIEW, Review, sound_row
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.grid import Grid
from doingoai_cli.model.pending import pending
from doingoai_cli.readers.sheet_xml import Unaccounted
from doingoai_cli.readers.xlsx import OoxmlSheets
from doingoai_cli.vietnamese.agencies import agency_key


def read_form(sheet: FormSheet, book: BookFacts, how: Reading, stored: StoredForm | None) -> SheetBack | None:
    """A form's sheet; None where it is none. `stored`: what it held when it was written, where that is known."""
    spec, grid = sheet
    apart = None
    if how.untouched and how.parts and stored:
        if known := _as_written(spec, grid, book, how.parts, stored, how.written.get(spec.form, ())):
            return known
        apart = take_apart(grid, how.parts, stored)
    elif how.on_demand and stored:
        with suppress(Unaccounted):  # it is written otherwise
            apart = saved_rows(spec, grid, book, how, stored)
    if apart and (quick := read_sheet(spec, apart.grid, book, stored, apart, on_demand=not how.untouched)):
        return quick
    return read_sheet(spec, how.filled(grid), book, stored, on_demand=how.on_demand)


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
