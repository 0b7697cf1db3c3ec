"""The sheets of a file → its tables and members, with what was observed on the way (đọc từng trang tính)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.intake.headings import find_headings
from doingoai_cli.intake.hidden_data import hidden_data
from doingoai_cli.intake.known_forms import known_forms
from doingoai_cli.intake.layout import SheetForms, continued_table, lay_out, lines_of
from doingoai_cli.intake.members import is_members_sheet, read_members
from doingoai_cli.intake.nil_returns import forms_above, with_nil_returns
from doingoai_cli.intake.sheet import Sheet, sheet_of
from doingoai_cli.intake.side_by_side import tables_apart
from doingoai_cli.intake.table import TableReader, stray_rows
from doingoai_cli.intake.titles import TitleLine
from doingoai_cli.model import own_files
from doingoai_cli.model.findings import Observation, cell_place
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.grid import Workbook
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.model.records import Member
from doingoai_cli.model.submissions import Table
from doingoai_cli.vietnamese.text import fold, key

# --- sheets that the tool itself put into a workbook (trang của chương trình), told by their names ------------

_GUIDANCE = re.compile(r"\W*(?:bảng |phần |trang )?hướng dẫn\b.*", re.DOTALL)
_GUIDANCE_COLUMNS = 5
_ADDRESSED = re.compile(r"\W*kính gửi\b")
_LETTER_COLUMNS = 2
"""Sender and national title, recipients and signature, stand beside each other."""
_CONSOLIDATED = frozenset(map(key, (ListSheet.OVERVIEW, ListSheet.FINDINGS, ListSheet.STATUS, ListSheet.LEDGER)))
_RESULT_HEADING = tuple(map(key, own_files.RESULT_COLUMNS))


def is_own_sheet(sheet: Sheet, properties: Mapping[str, str]) -> bool:
    """Whether a sheet with something in it is one of ours; `properties` are its workbook's."""
    name = key(sheet.grid.name)
    if name == key(own_files.GUIDANCE_SHEET):
        return key(_first(sheet)) == key(own_files.GUIDANCE_TITLE) and not _is_wide(sheet)
    if name.startswith(key(own_files.RESULT_SHEET)):
        return key(_first(sheet)) == key(own_files.RESULT_TITLE) and any(
            tuple(map(key, row.texts.values())) == _RESULT_HEADING for row in sheet.rows[: own_files.RESULT_HEAD]
        )
    return name in _CONSOLIDATED and own_files.is_consolidated(properties)


def is_guidance(sheet: Sheet) -> bool:
    """Whether a sheet without a form tells how to fill one in: by its first line, or by its name and shape."""
    if _GUIDANCE.fullmatch(fold(_first(sheet))):
        return not _is_wide(sheet)
    return _GUIDANCE.fullmatch(fold(sheet.grid.name)) is not None and not _is_wide(sheet)


def _is_letter(sheet: Sheet) -> bool:
    """Whether a sheet without a form is the letter that comes with one: addressed at its top, without a table."""
    addressed = any(_ADDRESSED.match(fold(text)) for row in sheet.rows[:_HEAD] for text in row.texts.values())
    return addressed and all(len(row.texts) <= _LETTER_COLUMNS for row in sheet.rows)


def _first(sheet: Sheet) -> str:
    return next(iter(sheet.rows[0].texts.values()))


def _is_wide(sheet: Sheet) -> bool:
    """Whether rows have more cells than guidance has columns: a table stands there."""
    return any(len(row.texts) > _GUIDANCE_COLUMNS for row in sheet.rows)


_HEAD = 10
"""Rows at the top of a sheet without a form where the agency's name may stand."""


class LaidOut(NamedTuple):
    """A sheet, or one of the tables side by side in it, laid out; its records wait for the cycle."""

    sheet: Sheet
    layout: SheetForms
    lists_members: bool
    passed_over: bool

    @property
    def heads(self) -> tuple[tuple[TitleLine, ...], ...]:
        """What stands above each table."""
        return tuple(region.lines for region in self.layout.regions)

    @property
    def cover(self) -> tuple[TitleLine, ...]:
        """The first rows of a sheet without a form: a cover letter, say."""
        if self.layout.regions or self.lists_members or self.passed_over or is_guidance(self.sheet):
            return ()
        return lines_of(self.sheet.rows[:_HEAD])


class SheetsRead(NamedTuple):
    """What was read of a sheet."""

    tables: tuple[Table, ...] = ()
    members: tuple[Member, ...] = ()
    observations: tuple[Observation, ...] = ()
    non_records: int = 0


def lay_out_sheets(workbook: Workbook, catalogue: FormCatalogue) -> list[LaidOut]:
    """The sheets of a file in their order, tables that stand side by side in one of them apart."""
    forms = known_forms(catalogue)
    embedded = grouped((sheet, (form, row)) for form, sheet, row in own_files.marked_forms(workbook.properties))
    laid_out: list[LaidOut] = []
    for grid in workbook.grids:
        whole = sheet_of(grid)
        if not whole.rows or is_own_sheet(whole, workbook.properties):
            laid_out.append(LaidOut(whole, SheetForms(()), lists_members=False, passed_over=True))
            continue
        headings = find_headings(whole, forms.labels)
        for number, sheet in enumerate(tables_apart(whole, headings, forms.labels)):
            own = headings if sheet is whole else find_headings(sheet, forms.labels)
            named = embedded.get(grid.name, ()) if number == 0 else ()
            above, below = forms_above(sheet, own, forms)
            own = find_headings(below, forms.labels) if above else own
            layout = with_nil_returns(sheet, lay_out(below, forms, own, named), forms, named)
            layout = layout._replace(regions=(*above, *layout.regions))
            if laid_out and not layout.regions:
                layout = continued_table(sheet, laid_out[-1].sheet, laid_out[-1].layout) or layout
            members = not layout.regions and is_members_sheet(sheet)
            laid_out.append(LaidOut(sheet, layout, members, passed_over=False))
    return laid_out


def read_sheets(sheets: Sequence[LaidOut], path: str, cycle: int) -> SheetsRead:
    """All that the sheets hold, read for a cycle."""
    read = [_read_sheet(sheet, path, cycle) for sheet in sheets]
    return SheetsRead(
        tuple(table for each in read for table in each.tables),
        tuple(member for each in read for member in each.members),
        tuple(_of_neighbours([o for each in read for o in each.observations], read)),
        sum(each.non_records for each in read),
    )


def _of_neighbours(observations: Sequence[Observation], read: Sequence[SheetsRead]) -> Iterator[Observation]:
    """What was observed of each sheet once, though its tables stand side by side.

    A count above them may be of all their rows, or of all the form's where the table goes on in a further one.
    Hidden rows run through all of them.
    """
    rows: Counter[tuple[str, int | None]] = Counter()
    for each in read:
        for table in each.tables:
            rows[table.form, table.sheet_index] += len(table.records)
            rows[table.form, None] += len(table.records)
    seen: set[tuple[object, ...]] = set()
    for o in observations:
        if o.code == "CT07" and o.params["stated"] in {
            rows[o.form or "", at] for at in (o.place.sheet_index, None)
        }:
            continue
        once = (o.code, o.place.sheet_index, o.place.cell if o.code == "CT07" else o.params.get("what"))
        if o.code in ("CT05", "CT07") and once in seen and o.params.get("kind") != "merge":
            continue
        seen.add(once)
        yield o


def _read_sheet(laid_out: LaidOut, path: str, cycle: int) -> SheetsRead:
    sheet, layout = laid_out.sheet, laid_out.layout
    if laid_out.passed_over:
        return SheetsRead()
    if laid_out.lists_members:
        return SheetsRead(members=read_members(sheet, path))
    if not layout.regions and (is_guidance(sheet) or _is_letter(sheet)):
        return SheetsRead()
    if not layout.regions:
        first = sheet.rows[0]
        col = min(first.texts)
        place = cell_place(path, sheet.grid, first.number, col)
        unknown = Observation("CT03", place, value=first.texts[col], params={"sheet": sheet.grid.name})
        return SheetsRead(observations=(unknown, *_legacy(sheet, path)))
    read = [TableReader(sheet, region, path, cycle).read() for region in layout.regions]
    data_rows = {number for table in read for number in table.data_rows} | {row.number for row in layout.strays}
    return SheetsRead(
        tables=tuple(table.table for table in read),
        observations=(
            *(observation for table in read for observation in table.observations),
            *stray_rows(sheet, layout, path),
            *hidden_data(sheet, data_rows, path, layout.regions[0].header_row),
            *_legacy(sheet, path),
        ),
        non_records=sum(table.non_records for table in read),
    )


def _legacy(sheet: Sheet, path: str) -> tuple[Observation, ...]:
    """CT11: once a sheet, at the first cell that was converted."""
    if sheet.legacy is None:
        return ()
    cell = sheet.legacy.cell
    place = cell_place(path, sheet.grid, cell.row, cell.col)
    params = {"encoding": sheet.legacy.encoding}
    return (Observation("CT11", place, value=str(cell.value), params=params),)
