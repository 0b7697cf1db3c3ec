"""What was found in a consolidated workbook, as the merge that replaces it needs it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from doingoai_cli.consolidate.consolidation import Dropped, OfficerNote, Previous, SheetLayout
from doingoai_cli.consolidate.identity import is_officers
from doingoai_cli.consolidate.late_and_missing import rows_with_agencies_apart
from doingoai_cli.consolidate.workbook.officer_notes import notes_on
from doingoai_cli.consolidate.workbook.officer_sheets import OwnSheet, own_sheets
from doingoai_cli.consolidate.workbook.plan_sheets import read_pairings, read_plan_changes
from doingoai_cli.consolidate.workbook.reading.accepted_losses import Accepted
from doingoai_cli.consolidate.workbook.reading.cell_comments import read_comments, with_comments
from doingoai_cli.consolidate.workbook.reading.find_sheets import Sheets
from doingoai_cli.consolidate.workbook.reading.lists import (
    agencies,
    dropped_rows,
    months_sent,
    officer_notes,
    reported_forms,
    withdrawn_rows,
)
from doingoai_cli.consolidate.workbook.reading.options import Reading
from doingoai_cli.consolidate.workbook.reading.sheet import SheetBack
from doingoai_cli.consolidate.workbook.row_digests import SEAL, part
from doingoai_cli.consolidate.workbook.structure import Structure
from doingoai_cli.consolidate.workbook.view_settings import RawLayout, read_layouts
from doingoai_cli.model import own_files
from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow, parts_reported, sections_unstated
from doingoai_cli.model.forms import FormCatalogue, FormSpec
from doingoai_cli.model.grid import Grid, Workbook, column_letters
from doingoai_cli.model.own_files import ListSheet


class FoundParts(NamedTuple):
    """What was found in a workbook, all of it."""

    cycle: int
    structure: Structure | None
    found: Sheets
    taken: Accepted
    beside: "Callable[[], BesideRows]"


class BesideRows(NamedTuple):
    """What is read beside the rows of form sheets."""

    layouts: Mapping[str, RawLayout]
    notes: tuple[OfficerNote, ...]
    """What officers wrote on our lists."""


def beside_rows(workbook: Workbook, structure: Structure | None, reading: Reading) -> BesideRows:
    """That of a workbook; of 100,000 rows that another program has saved it takes 0.4 s."""
    layouts = (
        reading.layouts if reading.layouts is not None else read_layouts(reading.data) if reading.data else {}
    )
    return BesideRows(layouts, () if reading.untouched else tuple(_notes(workbook, structure, reading.day)))


def previous_of(workbook: Workbook, catalogue: FormCatalogue, reading: Reading, parts: FoundParts) -> Previous:
    """The workbook as a merge takes it: rows, reviews, what was set aside, notes, what is to be said."""
    cycle, structure = parts.cycle, parts.structure
    beside = parts.beside()
    sheets, comments = _commented(parts, reading)
    rows = rows_with_agencies_apart(_unique(row for sheet in sheets.values() for row in sheet.rows))
    ids = {row.record_id for row in rows}
    gone = (*withdrawn_rows(workbook, catalogue, cycle), *(r for sheet in sheets.values() for r in sheet.blanked))
    withdrawn = tuple({row.record_id: row for row in gone if row.record_id not in ids}.values())
    back = {record_id for sheet in sheets.values() for record_id in sheet.returned}
    dropped, asked = [], 0
    for line, wanted in dropped_rows(workbook, catalogue, cycle):
        if wanted or line.row.record_id in back:
            asked += 1
        else:
            dropped.append(line)
    reported = reported_forms(workbook, cycle)
    notices = [
        f"Bỏ qua phần không đọc được, xem trang “{ListSheet.NOTES}”: {note.text}" for note in parts.taken.notes
    ]
    notices += [*parts.found.notices, *(line for sheet in sheets.values() for line in sheet.notices)]
    notices += _aside_notices(structure, dropped, withdrawn)
    return Previous(
        consolidated=Consolidated(
            cycle=cycle,
            rows=rows,
            agencies=tuple(agencies(workbook)),
            pack=workbook.properties.get(own_files.PACK, ""),
            path=reading.path,
            reported=None if reported is None else frozenset(sent.form for sent in reported),
            reported_parts=parts_reported((sent.form, sent.period) for sent in reported or ()),
            unstated=sections_unstated((sent.form, sent.unstated) for sent in reported or ()),
            sent=months_sent(workbook, cycle),
            pairings=read_pairings(workbook),
            plan_changes=read_plan_changes(workbook, cycle),
            notices=tuple(notices),
        ),
        withdrawn=withdrawn,
        columns={form: tuple(sheet.head.added) for form, sheet in sheets.items() if sheet.head.added},
        layouts=_layouts(parts.found.forms, sheets, beside.layouts),
        unread=tuple(line for sheet in sheets.values() for line in sheet.unread),
        sheets=(*_own_sheets(workbook, parts.found, reading), *parts.taken.dumps),
        dropped=tuple(dropped),
        deleted=_deleted(structure, sheets, ids | {row.record_id for row in withdrawn}),
        notes=(*officer_notes(workbook), *parts.taken.notes),
        fresh_notes=(*beside.notes, *comments),
    )


def _commented(parts: FoundParts, reading: Reading) -> tuple[dict[str, SheetBack], list[OfficerNote]]:
    """The form sheets with the comments on their rows, and the comments that stand anywhere else."""
    comments = read_comments(reading.data) if reading.data else {}
    names = {spec.form: grid.name for spec, grid in parts.found.forms}
    sheets: dict[str, SheetBack] = {}
    for form, sheet in parts.taken.sheets.items():
        if sheet is not None:
            sheets[form], left = with_comments(sheet, comments.pop(names[form], {}))
            comments[names[form]] = dict(left)
    notes = [
        OfficerNote(reading.day, name, f"{column_letters(col)}{row}", text, "chú thích ô")
        for name, found in comments.items()
        for (row, col), text in sorted(found.items())
    ]
    return sheets, notes


def _own_sheets(workbook: Workbook, sheets: Sheets, reading: Reading) -> Iterator[OwnSheet]:
    """What officers added; copies of a form's sheet are theirs too, and may come without their cells."""
    copies = {grid.index for _, grid in sheets.copies}
    grids = tuple(reading.filled(grid) if grid.index in copies else grid for grid in workbook.grids)
    taken = (grid for _, grid in (*sheets.forms, *sheets.spare))
    yield from own_sheets(replace(workbook, grids=grids), taken)


def _deleted(
    structure: Structure | None, sheets: Mapping[str, SheetBack], ids: Collection[str]
) -> dict[str, bytes]:
    """The sheets' deleted rows, officers' own apart: theirs are gone when they delete them."""
    lately = {r: part(digest, SEAL) for sheet in sheets.values() for r, digest in sheet.deleted.items()}
    deleted = {**(structure.deleted if structure else {}), **lately}
    return {r: seal for r, seal in deleted.items() if r not in ids and not is_officers(r)}


def _aside_notices(
    structure: Structure | None, dropped: Sequence[Dropped], withdrawn: Sequence[ConsolidatedRow]
) -> Iterator[str]:
    """What officers took off the lists of rows that were set aside."""
    if structure is None:
        return
    now: dict[str, set[str]] = {
        ListSheet.WITHDRAWN: {row.record_id for row in withdrawn},
        ListSheet.DROPPED: {d.row.record_id for d in dropped},
    }
    for name, ids in structure.aside.items():
        left = len(set(ids) - now.get(name, set()))
        if left:
            what = "được đưa lại bảng" if name == ListSheet.DROPPED else "đã được cán bộ xóa khỏi trang"
            yield f"Trang “{name}”: {left} dòng {what}."


def _notes(workbook: Workbook, structure: Structure | None, day: str) -> Iterator[OfficerNote]:
    """What officers wrote on our lists."""
    for grid in workbook.grids:
        if structure is not None and grid.name in structure.lists:
            yield from notes_on(grid, structure.lists[grid.name], day)


def _unique(rows: Iterable[ConsolidatedRow]) -> tuple[ConsolidatedRow, ...]:
    """Rows, each with an id of its own: a row that was copied in Excel becomes the officer's."""
    taken: set[str] = set()
    unique: list[ConsolidatedRow] = []
    for row in rows:
        record_id, number = row.record_id, 2
        while record_id in taken:
            base = row.record_id if row.record_id.startswith("CB-") else f"CB-{row.record_id}"
            record_id, number = (base if number == 2 and base not in taken else f"{base}-{number}"), number + 1
        taken.add(record_id)
        unique.append(row if record_id == row.record_id else replace(row, record_id=record_id, seal=""))
    return tuple(unique)


# --- layouts -----------------------------------------------------------------------------------------------


def _layouts(
    grids: Iterable[tuple[FormSpec, Grid]], sheets: Mapping[str, SheetBack], layouts: Mapping[str, RawLayout]
) -> dict[str, SheetLayout]:
    """Sheet (by form code, lists by their name) → widths and filters by heading."""
    found: dict[str, SheetLayout] = {}
    for spec, grid in grids:
        if spec.form in sheets and grid.name in layouts:
            head = sheets[spec.form].head
            labels = {head.fields[c.field]: c.label for c in spec.columns if c.field in head.fields}
            found[spec.form] = _by_heading({**labels, **head.headings}, layouts[grid.name])
    return found


def _by_heading(headings: Mapping[int, str], layout: RawLayout) -> SheetLayout:
    return SheetLayout(
        {headings[col]: width for col, width in layout.widths.items() if col in headings},
        {headings[col]: shown for col, shown in layout.filters.items() if col in headings},
    )
