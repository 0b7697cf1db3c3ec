"""The consolidated workbook read back: rows as edited, reviews, what officers added."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from doingoai_cli.consolidate.attendance import rows_told_apart
from doingoai_cli.consolidate.consolidation import Previous, SheetLayout
from doingoai_cli.consolidate.identity import section_of_id
from doingoai_cli.consolidate.workbook.form_rows import NO_AGENCY
from doingoai_cli.consolidate.workbook.lists import LEDGER_HEADINGS, STATUS_HEADINGS
from doingoai_cli.consolidate.workbook.officer_sheets import own_sheets
from doingoai_cli.consolidate.workbook.plan_sheets import read_pairings, read_plan_changes
from doingoai_cli.consolidate.workbook.read_headings import by_row, text_of
from doingoai_cli.consolidate.workbook.read_sheet import SheetBack, build, read_sheet
from doingoai_cli.consolidate.workbook.set_aside import DATA_COLUMN, WITHDRAWN_HEADINGS
from doingoai_cli.consolidate.workbook.view_settings import RawLayout, read_layouts
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model import own_files
from doingoai_cli.model.consolidated import (
    AGENCY_COLUMN,
    CHANGE_COLUMN,
    ID_COLUMN,
    LEDGER_SHEET,
    OPINION_COLUMN,
    REMARK_COLUMN,
    SEAL_COLUMN,
    SOURCE_COLUMN,
    STATUS_SHEET,
    WITHDRAWN_SHEET,
    AgencyState,
    AgencyStatus,
    Consolidated,
    ConsolidatedRow,
    Review,
)
from doingoai_cli.model.forms import FormCatalogue, FormSpec, fill_years
from doingoai_cli.model.grid import Grid, Workbook
from doingoai_cli.model.records import column_types
from doingoai_cli.model.sources import Provenance
from doingoai_cli.model.values import raw
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.text import key

_YEAR = re.compile(r"\b20\d\d\b")


FormSheet = tuple[FormSpec, Grid]
Each = Callable[[Callable[[FormSheet], SheetBack | None], Sequence[FormSheet]], Iterable[SheetBack | None]]


def read_back(
    workbook: Workbook,
    catalogue: FormCatalogue,
    *,
    path: str = "",
    data: bytes = b"",
    province: str = "",
    filled: Callable[[Grid], Grid] = lambda grid: grid,
    each: Each = map,
) -> Previous:
    """What a consolidated workbook holds now, after whatever officers did to it.

    `data` are the file's bytes, for widths and filters (.xlsx only). `province` fills official titles. `filled`
    gives the cells of form sheets that come without them, where `each` maps over those sheets.
    DoingoaiError where it is no consolidated workbook, or its cycle is not to be known: such a file must never
    be overwritten.
    """
    grids = form_grids(workbook, catalogue)
    cycle = _cycle(workbook, grids)
    if not grids or cycle is None:
        raise DoingoaiError(
            f"“{path}” không phải sổ tổng hợp đọc lại được (không còn trang biểu mẫu hoặc năm kế hoạch). "
            "Chương trình không ghi đè tệp này; chọn tên khác hoặc khôi phục bản trước."
        )
    layouts = read_layouts(data) if data else {}

    def back(sheet: FormSheet) -> SheetBack | None:
        spec, grid = sheet
        return read_sheet(spec, filled(grid), cycle, path, province)

    read = zip(grids, each(back, grids), strict=True)
    sheets = {spec.form: sheet for (spec, _), sheet in read if sheet is not None}
    rows = rows_told_apart(_unique(row for sheet in sheets.values() for row in sheet.rows))
    taken = {row.record_id for row in rows}
    gone = (*_withdrawn(workbook, catalogue, cycle), *(r for sheet in sheets.values() for r in sheet.blanked))
    return Previous(
        consolidated=Consolidated(
            cycle=cycle,
            rows=rows,
            agencies=tuple(_agencies(workbook)),
            pack=workbook.properties.get(own_files.PACK, ""),
            path=path,
            reported=_reported(workbook),
            pairings=read_pairings(workbook),
            plan_changes=read_plan_changes(workbook, cycle),
        ),
        withdrawn=tuple({row.record_id: row for row in gone if row.record_id not in taken}.values()),
        columns={form: tuple(sheet.head.added) for form, sheet in sheets.items() if sheet.head.added},
        layouts=_layouts(grids, sheets, layouts),
        unread=tuple(line for sheet in sheets.values() for line in sheet.unread),
        sheets=own_sheets(workbook, (grid for _, grid in grids)),
    )


def form_grids(workbook: Workbook, catalogue: FormCatalogue) -> list[FormSheet]:
    """The form sheets: by their defined name (it follows a renamed sheet), else by the sheet's own name."""
    named: dict[str, str] = {}
    for name, target in workbook.properties.items():
        known = own_files.form_of_name(name.removeprefix("name:"))
        if known and name.startswith("name:"):
            named[target.lstrip("=").rpartition("!")[0].strip("'").replace("''", "'")] = known[0]
    found = []
    for grid in workbook.grids:
        form_id = named.get(grid.name, grid.name)
        spec = catalogue.by_id.get(form_id)
        if spec is None and form_id in catalogue.forms():
            spec = catalogue.of_form(form_id)
        if spec is not None:
            found.append((spec, grid))
    return found


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


# --- lists -------------------------------------------------------------------------------------------------


def _list_rows(workbook: Workbook, name: str, headings: Iterable[str]) -> Iterable[dict[str, str]]:
    """The lines of one of our lists as heading → text; none where the sheet or its headings are gone."""
    grid = next((g for g in workbook.grids if g.name == name), None)
    if grid is None:
        return
    wanted = {key(heading): heading for heading in headings}
    columns: dict[int, str] = {}
    for cells in by_row(grid).values():
        texts = {col: text_of(cell) for col, cell in cells.items()}
        if not columns:
            found = {col: wanted[key(text)] for col, text in texts.items() if key(text) in wanted}
            columns = found if len(found) >= 3 else {}
        else:
            yield {heading: texts.get(col, "") for col, heading in columns.items()}


def _agencies(workbook: Workbook) -> Iterable[AgencyStatus]:
    _, code, name, state, received, *numbers, lacking = (h.text for h in STATUS_HEADINGS)
    states = {key(s.value): s for s in AgencyState}
    for line in _list_rows(workbook, STATUS_SHEET, (h.text for h in STATUS_HEADINGS)):
        known = states.get(key(line.get(state, "")))
        if known is None:
            continue
        files, rows, errors, warnings = (_whole(line.get(heading, "")) for heading in numbers)
        agency = "" if line.get(name) == NO_AGENCY else line.get(name, "")
        yield AgencyStatus(
            agency,
            line.get(code, ""),
            known,
            line.get(received, ""),
            files,
            rows,
            errors,
            warnings,
            tuple(form for part in line.get(lacking, "").split(",") if (form := part.strip())),
        )


def _reported(workbook: Workbook) -> frozenset[str] | None:
    """The forms that came with rows or as "Không có", as the ledger lists them; None where it is gone."""
    lines = list(_list_rows(workbook, LEDGER_SHEET, (h.text for h in LEDGER_HEADINGS)))
    told = [line for line in lines if line.get("Các mẫu") and "trống" not in line.get("Kết quả", "")]
    forms = (part.strip() for line in told for part in line["Các mẫu"].split(","))
    return frozenset(filter(None, forms)) if lines else None


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _withdrawn(workbook: Workbook, catalogue: FormCatalogue, cycle: int) -> Iterable[ConsolidatedRow]:
    for line in _list_rows(workbook, WITHDRAWN_SHEET, (h.text for h in WITHDRAWN_HEADINGS)):
        form, record_id = line.get("Mẫu", ""), line.get(ID_COLUMN, "")
        if form not in catalogue.forms() or not record_id:
            continue
        spec = catalogue.of_form(form)
        known = column_types(spec.record_model)
        kept = _unpacked(line.get(DATA_COLUMN, ""))
        values = {field: raw(text) for field, text in kept["texts"].items() if field in known}
        place = Provenance("", WITHDRAWN_SHEET, -1, 0, 0)
        agency = "" if line.get(AGENCY_COLUMN) == NO_AGENCY else line.get(AGENCY_COLUMN, "")
        yield ConsolidatedRow(
            record=build(spec, section_of_id(record_id, spec.form), cycle, values, place, {}, {}),
            agency=agency,
            agency_key=agency_key(agency),
            source=line.get(SOURCE_COLUMN, ""),
            record_id=record_id,
            review=Review(line.get(OPINION_COLUMN, ""), line.get(REMARK_COLUMN, "")),
            extras=kept["extras"],
            change=line.get(CHANGE_COLUMN, ""),
            seal=line.get(SEAL_COLUMN, ""),
        )


def _unpacked(text: str) -> dict[str, dict[str, str]]:
    try:
        data = json.loads(text)
        return {part: {str(k): str(v) for k, v in data[part].items()} for part in ("texts", "extras")}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {"texts": {}, "extras": {}}


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
