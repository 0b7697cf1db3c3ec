"""A form's sheet that nobody has edited, from what is known of its rows since they were written (`written_rows`).

Only the headings of the sheet itself are read, and a record where somebody asks for it.
"""

from collections.abc import Sequence

from doingoai_cli.consolidate.workbook.read_cells import by_row
from doingoai_cli.consolidate.workbook.read_headings import find_head
from doingoai_cli.consolidate.workbook.read_sheet import SheetBack
from doingoai_cli.consolidate.workbook.read_untouched import Records, SheetParts, top_of, written_where
from doingoai_cli.consolidate.workbook.sheet_reader import BookFacts, SheetReader
from doingoai_cli.consolidate.workbook.structure import StoredForm
from doingoai_cli.consolidate.workbook.written_rows import WrittenRow
from doingoai_cli.model.consolidated import NO_EXTRAS, NO_REVIEW, Review, sound_row
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.grid import Grid
from doingoai_cli.model.pending import pending
from doingoai_cli.vietnamese.agencies import agency_key


def back_as_written(
    spec: FormSpec,
    grid: Grid,
    book: BookFacts,
    package: SheetParts,
    stored: StoredForm,
    written: Sequence[WrittenRow],
) -> SheetBack | None:
    """A sheet that nobody has edited, as `read_sheet` gives it; None where its columns are not as written."""
    if not written:
        return None
    head = find_head(spec, grid.name, by_row(top_of(grid, package, written[0].number)), stored)
    if head is None or not written_where(head, stored):
        return None
    read = Records(SheetReader(spec, grid, head, book), package, stored)
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
