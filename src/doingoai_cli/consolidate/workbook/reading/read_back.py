"""The consolidated workbook read back: rows as edited, reviews, what officers added; all of it, or nothing."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from doingoai_cli.consolidate.consolidation import Previous
from doingoai_cli.consolidate.workbook.reading.accepted_losses import Accepted, accepted
from doingoai_cli.consolidate.workbook.reading.find_sheets import FormGrid, expected_forms, find_sheets
from doingoai_cli.consolidate.workbook.reading.options import Reading
from doingoai_cli.consolidate.workbook.reading.previous import FoundParts, beside_rows, previous_of
from doingoai_cli.consolidate.workbook.reading.sent_rows import RecordsAgain
from doingoai_cli.consolidate.workbook.reading.sheet import SheetBack, read_sheet
from doingoai_cli.consolidate.workbook.reading.sheet_reader import BookFacts, SheetReader
from doingoai_cli.consolidate.workbook.reading.ways import read_form
from doingoai_cli.consolidate.workbook.row_digests import (
    BLANK,
    OPINION,
    OWN,
    REMARK,
    WIDTH,
    digested_fields,
    part,
    row_digest,
    said_by,
)
from doingoai_cli.consolidate.workbook.structure import DamagedError, StoredForm, Structure, read_structure
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import bullet_list
from doingoai_cli.model import own_files
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.forms import FormCatalogue, FormSpec, fill_years
from doingoai_cli.model.grid import Grid, Workbook
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.vietnamese.text import key

__all__ = ["Reading", "begin_back", "read_back"]

_YEAR = re.compile(r"\b20\d\d\b")


def read_back(workbook: Workbook, catalogue: FormCatalogue, reading: Reading | None = None) -> Previous:
    """What a consolidated workbook holds now, after whatever officers did to it: all of it, or nothing.

    DoingoaiError where it is no consolidated workbook, its cycle cannot be known, or where a form's sheet, a
    column of ours, a row or a review cannot be found again for certain: the sentence says which, and how to mend
    it. Such a file must never be overwritten or counted (round 2, section 2).
    """
    reading = reading or Reading()
    return begin_back(workbook, catalogue, reading)(reading.accept_loss)


def begin_back(workbook: Workbook, catalogue: FormCatalogue, reading: Reading) -> Callable[[bool], Previous]:
    """The same, begun (`Reading.begin`); what is returned gives it, told whether losses are accepted."""
    structure, losses = _structure(workbook, known=bool(reading.written))
    found = find_sheets(workbook, catalogue, expected_forms(catalogue, structure))
    cycle = _cycle(workbook, found.forms)
    if not found.forms or cycle is None:
        raise DoingoaiError(
            f"“{reading.path}” không phải sổ tổng hợp đọc lại được (không còn trang biểu mẫu hoặc năm kế hoạch). "
            "Chương trình không ghi đè tệp này; chọn tên khác hoặc khôi phục bản trước."
        )

    book = BookFacts(cycle, reading.path)
    beside = reading.begin(partial(beside_rows, workbook, structure, reading))

    stored = structure.forms if structure else {}
    begun = [
        reading.begin(partial(read_form, sheet, book, reading, stored.get(sheet[0].form))) for sheet in found.forms
    ]

    def back(accept_loss: bool) -> Previous:
        sheets: dict[str, SheetBack | None] = {}
        for (spec, grid), read in zip(found.forms, begun, strict=True):
            sheet = sheets[spec.form] = read()
            if sheet and sheet.later:
                sheet.later.source = RecordsAgain(
                    reading.parts, reading.filled, SheetReader(spec, grid, sheet.head, book)
                )
        filled = [(spec, reading.filled(grid)) for spec, grid in found.copies]
        copies = [(spec, grid, read_sheet(spec, grid, book)) for spec, grid in filled]
        lost = [*losses, *found.losses]
        lost += [_no_head(grid) for spec, grid in found.forms if sheets[spec.form] is None]
        lost += [loss for sheet in sheets.values() if sheet for loss in sheet.losses]
        lost += _copies(found.forms, sheets, copies, structure)
        lost += _lists(workbook, structure)
        if lost and not accept_loss:
            raise DoingoaiError(_refusal(reading.path, lost))
        taken = accepted(found, sheets, lost, reading) if lost else Accepted(sheets, (), ())
        return previous_of(workbook, catalogue, reading, FoundParts(cycle, structure, found, taken, beside))

    return back


def _refusal(path: str, losses: Sequence[str]) -> str:
    lines = list(dict.fromkeys(losses))
    return (
        f"Sổ tổng hợp “{path}” không đọc lại được trọn vẹn, nên không tính số liệu và không ghi đè:\n"
        + bullet_list(lines)
        + "\nSửa sổ như trên rồi chạy lại. Nếu chấp nhận bỏ phần không đọc được: doingoai merge … --accept-loss "
        "(phần đó được chép sang trang riêng trong sổ)."
    )


def _structure(workbook: Workbook, *, known: bool) -> tuple[Structure | None, list[str]]:
    """What was stored of the workbook's structure, and what is wrong with it."""
    try:
        structure = read_structure(workbook.grids, known=known)
    except DamagedError:
        return None, [_DAMAGED]
    if structure is None and workbook.properties.get(own_files.STRUCTURE):
        return None, [_DAMAGED]
    return structure, []


_DAMAGED = (
    f"Trang “{ListSheet.LEDGER}” bị xóa hoặc mất các ô ẩn ghi cấu trúc của sổ. Cách sửa: lấy lại trang "
    f"“{ListSheet.LEDGER}” từ bản trước của sổ."
)


def _no_head(grid: Grid) -> str:
    return (
        f"Trang “{grid.name}”: không nhận ra dòng tiêu đề cột. Cách sửa: hoàn tác, hoặc lấy lại các dòng tiêu đề "
        "của trang này từ bản trước."
    )


def _copies(
    forms: Sequence[FormGrid],
    sheets: Mapping[str, SheetBack | None],
    copies: Sequence[tuple[FormSpec, Grid, SheetBack | None]],
    structure: Structure | None,
) -> Iterator[str]:
    """Copies of a form's sheet that say something that the sheet itself does not."""
    mains = {spec.form: grid for spec, grid in forms}
    for spec, grid, copy in copies:
        main = sheets[spec.form]
        stored = structure.forms.get(spec.form) if structure else None
        if main is None:
            continue
        differing = _differing_rows(copy.rows, main.rows, stored, spec) if copy else []
        moved = _moved_rows(grid, main.rows, stored) if stored and not differing else []
        if differing:
            yield _copy_loss(spec, mains[spec.form], grid, differing)
        elif moved:
            yield _moved_loss(mains[spec.form], grid, moved)


def _lists(workbook: Workbook, structure: Structure | None) -> Iterator[str]:
    """Lists that are needed and gone: who has sent, the ledger, rows that were set aside with their reviews."""
    names = {grid.name for grid in workbook.grids}
    needed = [ListSheet.STATUS, ListSheet.LEDGER] if structure else []
    if structure and structure.aside.get(ListSheet.WITHDRAWN):
        needed.append(ListSheet.WITHDRAWN)
    for name in needed:
        if name not in names:
            shown = ", ".join(f"“{grid.name}”" for grid in workbook.grids if not grid.hidden)
            yield (
                f"Thiếu trang “{name}”. Các trang hiện có: {shown}. Cách sửa: lấy lại trang này từ bản trước, "
                f"hoặc đặt lại tên “{name}” cho trang đó."
            )


def _cycle(workbook: Workbook, grids: Iterable[FormGrid]) -> int | None:
    stated = workbook.properties.get(own_files.CYCLE, "").strip()
    if stated.isdigit():
        return int(stated)
    for spec, grid in grids:
        for cell in grid.cells[:20]:
            years = _YEAR.findall(str(cell.value))
            if years and key(str(cell.value)).startswith(key(fill_years(spec.title, 0).split("{")[0])[:12]):
                return int(years[0]) + spec.title_year
    return None


# --- copies that officers made of a form's sheet: harmless where they say nothing of their own -----------------


def _differing_rows(
    copy: Sequence[ConsolidatedRow], main: Sequence[ConsolidatedRow], stored: StoredForm | None, spec: FormSpec
) -> list[int]:
    """The rows of a copy whose review or text is neither what the main sheet holds nor what was written there."""
    fields = stored.fields if stored else digested_fields(spec)
    mains = {row.record_id: row_digest(said_by(row, fields)) for row in main}
    blank = BLANK * (OWN + len(fields))
    differing = []
    for row in copy:
        said = row_digest(said_by(row, fields))
        known = [mains.get(row.record_id, blank), (stored.digests if stored else {}).get(row.record_id, blank)]
        reviews = (
            part(said, place) in (BLANK, *(part(each, place) for each in known)) for place in (OPINION, REMARK)
        )
        texts = any(said[OWN * WIDTH :] == each[OWN * WIDTH :] for each in known)
        if not (all(reviews) and texts):
            differing.append(row.record.provenance.row)
    return differing


def _moved_rows(grid: Grid, main: Sequence[ConsolidatedRow], stored: StoredForm) -> list[int]:
    """The rows of another sheet with the id of a record that the form's own sheet has no more."""
    there = {row.record_id for row in main}
    held = {cell.row: str(cell.value).strip() for cell in grid.cells if str(cell.value).strip() in stored.digests}
    return sorted(number for number, record_id in held.items() if record_id not in there)


def _moved_loss(main: Grid, other: Grid, moved: Sequence[int]) -> str:
    """The sentence on them."""
    rows = ", ".join(map(str, moved[:8])) + (" …" if len(moved) > 8 else "")
    return (
        f"{format_number(len(moved))} dòng không còn ở trang “{main.name}” mà ở trang “{other.name}” (dòng "
        f"{rows}). Cách sửa: chuyển các dòng đó về trang “{main.name}”; muốn bỏ thì xóa ở cả trang "
        f"“{other.name}” hoặc chuyển trang đó sang tệp khác."
    )


def _copy_loss(spec: FormSpec, main: Grid, copy: Grid, differing: Sequence[int]) -> str:
    """The sentence on a copy that says something of its own."""
    rows = ", ".join(map(str, differing[:8])) + (" …" if len(differing) > 8 else "")
    return (
        f"Mẫu {spec.form} có ở hai trang “{main.name}” và “{copy.name}”, ý kiến hoặc nội dung khác nhau (dòng "
        f"{rows} của trang “{copy.name}”). Cách sửa: chuyển phần cần giữ về một trang, rồi xóa trang kia hoặc "
        "chuyển nó sang tệp khác."
    )
