"""The consolidated workbook read back: rows as edited, reviews, what officers added; all of it, or nothing."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from doingoai_cli.consolidate.attendance import rows_told_apart
from doingoai_cli.consolidate.consolidation import Dropped, KeptNote, Previous, SheetLayout
from doingoai_cli.consolidate.identity import is_officers
from doingoai_cli.consolidate.workbook.accepted import Accepted, accepted
from doingoai_cli.consolidate.workbook.cell_comments import read_comments, with_comments
from doingoai_cli.consolidate.workbook.copies import copy_loss, differing_rows
from doingoai_cli.consolidate.workbook.find_sheets import FormSheet, Sheets, expected_forms, find_sheets
from doingoai_cli.consolidate.workbook.kept_notes import notes_on
from doingoai_cli.consolidate.workbook.officer_sheets import own_sheets
from doingoai_cli.consolidate.workbook.plan_sheets import read_pairings, read_plan_changes
from doingoai_cli.consolidate.workbook.prints import SEAL, part
from doingoai_cli.consolidate.workbook.read_lists import (
    agencies,
    dropped_rows,
    kept_notes,
    reported_forms,
    withdrawn_rows,
)
from doingoai_cli.consolidate.workbook.read_sheet import SheetBack, read_sheet
from doingoai_cli.consolidate.workbook.structure import DamagedError, Structure, read_structure
from doingoai_cli.consolidate.workbook.view_settings import RawLayout, read_layouts
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import bullet_list
from doingoai_cli.model import own_files
from doingoai_cli.model.consolidated import (
    DROPPED_SHEET,
    KEPT_SHEET,
    LEDGER_SHEET,
    STATUS_SHEET,
    WITHDRAWN_SHEET,
    Consolidated,
    ConsolidatedRow,
)
from doingoai_cli.model.forms import FormCatalogue, FormSpec, fill_years
from doingoai_cli.model.grid import Grid, Workbook, column_letters
from doingoai_cli.vietnamese.text import key

_YEAR = re.compile(r"\b20\d\d\b")


Each = Callable[[Callable[[FormSheet], SheetBack | None], Sequence[FormSheet]], Iterable[SheetBack | None]]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a workbook is read: what the file is called, whose titles it bears, how its sheets are gone through."""

    path: str = ""
    data: bytes = b""
    """The file's bytes, for widths, filters and comments (.xlsx only)."""
    province: str = ""
    """Fills official titles."""
    filled: Callable[[Grid], Grid] = lambda grid: grid
    """Gives the cells of form sheets that come without them."""
    each: Each = map
    """Maps over the form sheets."""
    accept_loss: bool = False
    """Take what can be read; the rest goes to sheets of its own."""
    day: str = ""
    """Today, dd/mm/yyyy."""


def read_back(workbook: Workbook, catalogue: FormCatalogue, how: Reading | None = None) -> Previous:
    """What a consolidated workbook holds now, after whatever officers did to it: all of it, or nothing.

    DoingoaiError where it is no consolidated workbook, its cycle is not to be known, or where a form's sheet, a
    column of ours, a row or a review cannot be found again for certain: the sentence says which, and how to mend
    it. Such a file must never be overwritten or counted (round 2, section 2).
    """
    how = how or Reading()
    structure, losses = _structure(workbook)
    found = find_sheets(workbook, catalogue, expected_forms(catalogue, structure.forms if structure else None))
    cycle = _cycle(workbook, found.forms)
    if not found.forms or cycle is None:
        raise DoingoaiError(
            f"“{how.path}” không phải sổ tổng hợp đọc lại được (không còn trang biểu mẫu hoặc năm kế hoạch). "
            "Chương trình không ghi đè tệp này; chọn tên khác hoặc khôi phục bản trước."
        )

    def back(sheet: FormSheet) -> SheetBack | None:
        spec, grid = sheet
        kept = structure.forms.get(spec.form) if structure else None
        return read_sheet(spec, how.filled(grid), cycle, how.path, how.province, kept)

    sheets = {spec.form: sheet for (spec, _), sheet in zip(found.forms, how.each(back, found.forms), strict=True)}
    copies = [(spec, grid, read_sheet(spec, grid, cycle, how.path, how.province)) for spec, grid in found.copies]
    losses += found.losses
    losses += [_no_head(grid) for spec, grid in found.forms if sheets[spec.form] is None]
    losses += [loss for sheet in sheets.values() if sheet for loss in sheet.losses]
    losses += _copies(found.forms, sheets, copies, structure)
    losses += _lists(workbook, structure)
    if losses and not how.accept_loss:
        raise DoingoaiError(_refusal(how.path, losses))
    taken = accepted(found.forms, sheets, losses, how.day) if losses else Accepted(sheets, (), ())
    return _previous(workbook, catalogue, how, _Parts(cycle, structure, found, taken))


def _refusal(path: str, losses: Sequence[str]) -> str:
    lines = list(dict.fromkeys(losses))
    return (
        f"Sổ tổng hợp “{path}” không đọc lại được trọn vẹn, nên không tính số liệu và không ghi đè:\n"
        + bullet_list(lines)
        + "\nSửa sổ như trên rồi chạy lại. Nếu chấp nhận bỏ phần không đọc được: doingoai merge … --accept-loss "
        "(phần đó được chép sang trang riêng trong sổ)."
    )


def _structure(workbook: Workbook) -> tuple[Structure | None, list[str]]:
    """What was kept of the workbook's structure, and what is wrong with it."""
    try:
        structure = read_structure(workbook.grids)
    except DamagedError:
        return None, [_DAMAGED]
    if structure is None and workbook.properties.get(own_files.STRUCTURE):
        return None, [_DAMAGED]
    return structure, []


_DAMAGED = (
    f"Trang “{LEDGER_SHEET}” bị xóa hoặc mất các ô ẩn ghi cấu trúc của sổ. Cách sửa: lấy lại trang "
    f"“{LEDGER_SHEET}” từ bản trước của sổ."
)


def _no_head(grid: Grid) -> str:
    return (
        f"Trang “{grid.name}”: không nhận ra dòng tiêu đề cột. Cách sửa: hoàn tác, hoặc lấy lại các dòng tiêu đề "
        "của trang này từ bản trước."
    )


def _copies(
    forms: Sequence[FormSheet],
    sheets: Mapping[str, SheetBack | None],
    copies: Sequence[tuple[FormSpec, Grid, SheetBack | None]],
    structure: Structure | None,
) -> Iterator[str]:
    """Copies of a form's sheet that say something that the sheet itself does not."""
    mains = {spec.form: grid for spec, grid in forms}
    for spec, grid, copy in copies:
        main = sheets[spec.form]
        if copy is not None and main is not None:
            kept = structure.forms.get(spec.form) if structure else None
            differing = differing_rows(copy.rows, main.rows, kept, spec)
            if differing:
                yield copy_loss(spec, mains[spec.form], grid, differing)


def _lists(workbook: Workbook, structure: Structure | None) -> Iterator[str]:
    """Lists that are needed and gone: who has sent, the ledger, rows that were set aside with their reviews."""
    names = {grid.name for grid in workbook.grids}
    needed = [STATUS_SHEET, LEDGER_SHEET] if structure else []
    if structure and structure.aside.get(WITHDRAWN_SHEET):
        needed.append(WITHDRAWN_SHEET)
    for name in needed:
        if name not in names:
            shown = ", ".join(f"“{grid.name}”" for grid in workbook.grids if not grid.hidden)
            yield (
                f"Thiếu trang “{name}”. Các trang hiện có: {shown}. Cách sửa: lấy lại trang này từ bản trước, "
                f"hoặc đặt lại tên “{name}” cho trang đó."
            )


class _Parts(NamedTuple):
    """What was found in a workbook."""

    cycle: int
    structure: Structure | None
    found: Sheets
    taken: Accepted


def _previous(workbook: Workbook, catalogue: FormCatalogue, how: Reading, parts: _Parts) -> Previous:
    cycle, structure = parts.cycle, parts.structure
    layouts = read_layouts(how.data) if how.data else {}
    sheets, comments = _commented(parts, how)
    rows = rows_told_apart(_unique(row for sheet in sheets.values() for row in sheet.rows))
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
    notices = [f"Bỏ qua phần không đọc được, xem trang “{KEPT_SHEET}”: {note.text}" for note in parts.taken.notes]
    notices += [*parts.found.notices, *(line for sheet in sheets.values() for line in sheet.notices)]
    notices += _aside_notices(structure, dropped, withdrawn)
    return Previous(
        consolidated=Consolidated(
            cycle=cycle,
            rows=rows,
            agencies=tuple(agencies(workbook)),
            pack=workbook.properties.get(own_files.PACK, ""),
            path=how.path,
            reported=reported_forms(workbook),
            pairings=read_pairings(workbook),
            plan_changes=read_plan_changes(workbook, cycle),
            notices=tuple(notices),
        ),
        withdrawn=withdrawn,
        columns={form: tuple(sheet.head.added) for form, sheet in sheets.items() if sheet.head.added},
        layouts=_layouts(parts.found.forms, sheets, layouts),
        unread=tuple(line for sheet in sheets.values() for line in sheet.unread),
        sheets=(*own_sheets(workbook, (grid for _, grid in parts.found.forms)), *parts.taken.dumps),
        dropped=tuple(dropped),
        deleted=_deleted(sheets, ids | {row.record_id for row in withdrawn}),
        notes=(*kept_notes(workbook), *parts.taken.notes),
        fresh_notes=(*_notes(workbook, structure, how.day), *comments),
        notices=tuple(notices),
    )


def _commented(parts: _Parts, how: Reading) -> tuple[dict[str, SheetBack], list[KeptNote]]:
    """The form sheets with the comments on their rows, and the comments that stand anywhere else."""
    comments = read_comments(how.data) if how.data else {}
    names = {spec.form: grid.name for spec, grid in parts.found.forms}
    sheets: dict[str, SheetBack] = {}
    for form, sheet in parts.taken.sheets.items():
        if sheet is not None:
            sheets[form], left = with_comments(sheet, comments.pop(names[form], {}))
            comments[names[form]] = dict(left)
    notes = [
        KeptNote(how.day, name, f"{column_letters(col)}{row}", text, "chú thích ô")
        for name, found in comments.items()
        for (row, col), text in sorted(found.items())
    ]
    return sheets, notes


def _deleted(sheets: Mapping[str, SheetBack], there: Collection[str]) -> dict[str, bytes]:
    """The sheets' deleted rows, officers' own apart: theirs are gone when they delete them."""
    return {
        record_id: part(mark, SEAL)
        for sheet in sheets.values()
        for record_id, mark in sheet.deleted.items()
        if record_id not in there and not is_officers(record_id)
    }


def _aside_notices(
    structure: Structure | None, dropped: Sequence[Dropped], withdrawn: Sequence[ConsolidatedRow]
) -> Iterator[str]:
    """What officers took off the lists of rows that were set aside."""
    if structure is None:
        return
    now = {
        WITHDRAWN_SHEET: {row.record_id for row in withdrawn},
        DROPPED_SHEET: {d.row.record_id for d in dropped},
    }
    for name, ids in structure.aside.items():
        left = len(set(ids) - now.get(name, set()))
        if left:
            what = "được đưa lại bảng" if name == DROPPED_SHEET else "đã được cán bộ xóa khỏi trang"
            yield f"Trang “{name}”: {left} dòng {what}."


def _notes(workbook: Workbook, structure: Structure | None, day: str) -> Iterator[KeptNote]:
    """What officers wrote on our lists."""
    for grid in workbook.grids:
        if structure is not None and grid.name in structure.lists:
            yield from notes_on(grid, structure.lists[grid.name], day)


def _cycle(workbook: Workbook, grids: Iterable[FormSheet]) -> int | None:
    stated = workbook.properties.get(own_files.CYCLE, "").strip()
    if stated.isdigit():
        return int(stated)
    for spec, grid in grids:
        for cell in grid.cells[:20]:
            years = _YEAR.findall(str(cell.value))
            if years and key(str(cell.value)).startswith(key(fill_years(spec.title, 0).split("{")[0])[:12]):
                return int(years[0]) + spec.title_year
    return None


def _unique(rows: Iterable[ConsolidatedRow]) -> tuple[ConsolidatedRow, ...]:
    """Rows with an id each: a row that was copied in Excel becomes one of the officer's own."""
    taken: set[str] = set()
    kept: list[ConsolidatedRow] = []
    for row in rows:
        record_id, number = row.record_id, 2
        while record_id in taken:
            base = row.record_id if row.record_id.startswith("CB-") else f"CB-{row.record_id}"
            record_id, number = (base if number == 2 and base not in taken else f"{base}-{number}"), number + 1
        taken.add(record_id)
        kept.append(row if record_id == row.record_id else replace(row, record_id=record_id, seal=""))
    return tuple(kept)


# --- layouts -----------------------------------------------------------------------------------------------


def _layouts(
    grids: Iterable[tuple[FormSpec, Grid]],
    sheets: Mapping[str, SheetBack],
    layouts: Mapping[str, RawLayout],
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
        {headings[col]: kept for col, kept in layout.filters.items() if col in headings},
    )
