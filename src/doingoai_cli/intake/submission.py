"""One file → one `Submission` (đọc bản gửi): the stages of intake joined. Never raises on what an agency sent."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from doingoai_cli.intake.agency import find_agency, name_in_lines
from doingoai_cli.intake.hidden import hidden_data
from doingoai_cli.intake.layout import Layout, continued, embedded_forms, lay_out, lines_of
from doingoai_cli.intake.members import is_members_sheet, read_members
from doingoai_cli.intake.own_sheets import is_guidance, is_own_sheet
from doingoai_cli.intake.sheet import Sheet, sheet_of
from doingoai_cli.intake.table import read_table, stray_rows, title_cycle
from doingoai_cli.intake.titles import Line
from doingoai_cli.model import own_files
from doingoai_cli.model.findings import Observation, Place
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.grid import NoteKind, Workbook
from doingoai_cli.model.records import Member
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.submissions import OwnOutput, Submission, Table
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.limits import DEFAULT_LIMITS, Limits
from doingoai_cli.readers.unreadable import Unreadable
from doingoai_cli.vietnamese.agencies import agency_key

_SOME_YEAR = 2000
"""The cycle that records are read for where nothing states one: the run then ends before they are judged."""
_HEAD = 10
"""Rows at the top of a sheet without a form where the agency's name may stand."""


def read_submission(
    data: bytes,
    path: str,
    catalogue: FormCatalogue,
    *,
    cycle: int | None = None,
    roster: Roster | None = None,
    received: datetime | None = None,
    province: str = "",
    sender: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> Submission:
    """The submission in the bytes of one file; `path` is what findings call it, `sender` who sent it by mail.

    Without a `cycle` the file's own titles decide the year that its records are read for.
    """
    workbook = read_workbook(data, path, limits)
    sha256 = hashlib.sha256(data).hexdigest()
    if isinstance(workbook, Unreadable):
        return unreadable_submission(path, workbook, sha256=sha256, received=received)
    return read_grids(
        workbook,
        path,
        catalogue,
        cycle=cycle,
        roster=roster,
        received=received,
        province=province,
        sender=sender,
        sha256=sha256,
    )


def unreadable_submission(
    path: str, why: Unreadable, *, sha256: str = "", received: datetime | None = None
) -> Submission:
    """The submission of a file that cannot be read: one CT01, nothing else."""
    observation = Observation("CT01", Place(path), params=why.params)
    return Submission(path, sha256, observations=(observation,), received=received)


def read_grids(
    workbook: Workbook,
    path: str,
    catalogue: FormCatalogue,
    *,
    cycle: int | None = None,
    roster: Roster | None = None,
    received: datetime | None = None,
    province: str = "",
    sender: str = "",
    sha256: str = "",
) -> Submission:
    """The submission in a file's grids."""
    sheets = _lay_out(workbook, catalogue)
    regions = [region for sheet in sheets for region in sheet.layout.regions]
    title_cycles = [stated for region in regions if (stated := title_cycle(region)) is not None]
    settled = cycle if cycle is not None else _commonest(title_cycles)
    read = [_read_sheet(sheet, path, settled or _SOME_YEAR) for sheet in sheets]
    tables = tuple(table for sheet in read for table in sheet.tables)
    members = tuple(member for sheet in read for member in sheet.members)
    heads = [lines for sheet in sheets if sheet.layout.regions or not regions for lines in sheet.heads]
    names = [name for lines in heads if (name := name_in_lines(lines))]
    texts = [line.text for lines in heads for line in lines]
    mark = workbook.properties.get(own_files.AGENCY, "")
    agency = find_agency(names, texts, mark, path, roster, province, sender)
    own = _own_output(
        workbook, tables, members, filled_in={agency_key(name) for name in names} - {agency_key(mark)}
    )
    observations = [observation for sheet in read for observation in sheet.observations]
    observations += _of_reader(workbook, path)
    if not tables:
        observations = [Observation("CT02", Place(path)), *(o for o in observations if o.code != "CT03")]
    if agency.doubt is not None:
        observations.insert(0, Observation("CT10", Place(path), params=agency.doubt))
    return Submission(
        path=path,
        sha256=sha256,
        tables=tables,
        members=members,
        agency=agency.agency,
        observations=() if own else tuple(observations),
        cycle=settled,
        title_cycles=tuple(dict.fromkeys(title_cycles)),
        received=received,
        own=own,
        furniture=sum(sheet.furniture for sheet in read),
        format=workbook.format,
    )


class _LaidOut(NamedTuple):
    """A sheet whose tables are found; their records wait for the cycle."""

    sheet: Sheet
    layout: Layout
    lists_members: bool
    passed_over: bool

    @property
    def heads(self) -> tuple[tuple[Line, ...], ...]:
        """What stands above each table; the first rows of a sheet that is no form."""
        if self.layout.regions or self.lists_members or self.passed_over:
            return tuple(region.lines for region in self.layout.regions)
        return (lines_of(self.sheet.rows[:_HEAD]),)


class _Read(NamedTuple):
    tables: tuple[Table, ...] = ()
    members: tuple[Member, ...] = ()
    observations: tuple[Observation, ...] = ()
    furniture: int = 0


def _lay_out(workbook: Workbook, catalogue: FormCatalogue) -> list[_LaidOut]:
    embedded = embedded_forms(workbook.properties)
    sheets: list[_LaidOut] = []
    for grid in workbook.grids:
        sheet = sheet_of(grid)
        passed_over = not sheet.rows or is_own_sheet(sheet, workbook.properties)
        layout = Layout(()) if passed_over else lay_out(sheet, catalogue, embedded.get(grid.name, ()))
        if sheets and not passed_over and not layout.regions:
            layout = continued(sheet, sheets[-1].sheet, sheets[-1].layout) or layout
        members = not passed_over and not layout.regions and is_members_sheet(sheet)
        sheets.append(_LaidOut(sheet, layout, members, passed_over))
    return sheets


def _read_sheet(laid_out: _LaidOut, path: str, cycle: int) -> _Read:
    sheet, layout = laid_out.sheet, laid_out.layout
    if laid_out.passed_over:
        return _Read()
    if laid_out.lists_members:
        return _Read(members=read_members(sheet, path))
    if not layout.regions and is_guidance(sheet):
        return _Read()
    if not layout.regions:
        return _Read(observations=(_of_sheet("CT03", sheet, path), *_legacy(sheet, path)))
    read = [read_table(sheet, region, path, cycle) for region in layout.regions]
    data_rows = {number for table in read for number in table.data_rows} | {row.number for row in layout.strays}
    return _Read(
        tables=tuple(table.table for table in read),
        observations=(
            *(observation for table in read for observation in table.observations),
            *stray_rows(sheet, layout, path),
            *hidden_data(sheet, data_rows, path),
            *_legacy(sheet, path),
        ),
        furniture=sum(table.furniture for table in read),
    )


def _of_sheet(code: str, sheet: Sheet, path: str) -> Observation:
    first = sheet.rows[0]
    col = min(first.texts)
    grid = sheet.grid
    place = Place(path, grid.name, grid.index, grid.own_row(first.number), grid.address(first.number, col))
    return Observation(code, place, value=first.texts[col], params={"sheet": grid.name})


def _legacy(sheet: Sheet, path: str) -> tuple[Observation, ...]:
    """CT11: once a sheet, at the first cell that was converted."""
    if sheet.legacy is None:
        return ()
    cell, grid = sheet.legacy.cell, sheet.grid
    place = Place(path, grid.name, grid.index, grid.own_row(cell.row), grid.address(cell.row, cell.col))
    params = {"encoding": sheet.legacy.encoding}
    return (Observation("CT11", place, value=str(cell.value), params=params),)


def _of_reader(workbook: Workbook, path: str) -> Iterator[Observation]:
    """What the reader has to say: CT11 for content that was converted, CT09 for what it could not read."""
    grids = {grid.index: grid for grid in workbook.grids}
    for note in workbook.notes:
        grid = grids.get(note.grid) if note.grid is not None else None
        place = Place(path)
        if grid is not None:
            place = Place(path, grid.name, grid.index, grid.own_row(note.row), grid.address(note.row, note.col))
        if note.kind is NoteKind.CONVERTED:
            yield Observation("CT11", place, params={"source": note.what})
        else:
            yield Observation("CT09", place, params={"unread": note.what})


def _commonest(cycles: Sequence[int]) -> int | None:
    """The plan year that most titles state, the later of equals; None where none states one."""
    counts = Counter(cycles)
    return max(counts, key=lambda cycle: (counts[cycle], cycle), default=None)


def _own_output(
    workbook: Workbook, tables: Sequence[Table], members: Sequence[Member], *, filled_in: set[str]
) -> OwnOutput | None:
    """What the tool itself wrote, by its mark; a form counts as a submission once anything is filled in."""
    match workbook.properties.get(own_files.KIND):
        case own_files.KIND_CONSOLIDATED:
            return OwnOutput.CONSOLIDATED
        case own_files.KIND_REPORT | own_files.KIND_LETTER:
            return OwnOutput.REPORT
        case own_files.KIND_OUTLINE:
            return OwnOutput.OUTLINE
        case own_files.KIND_FORM if not (members or filled_in or any(t.records or t.nil for t in tables)):
            return OwnOutput.BLANK
    return None
