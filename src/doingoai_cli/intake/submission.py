"""One file → one `Submission` (đọc bản gửi): the stages of intake joined. Never raises on what an agency sent."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple, TypedDict, Unpack

from doingoai_cli.intake import closing_lines, other_rows
from doingoai_cli.intake.agency import AgencyEvidence, find_agency
from doingoai_cli.intake.agency_parts import by_agency
from doingoai_cli.intake.filled_in_lines import name_filled_in
from doingoai_cli.intake.headings import find_headings
from doingoai_cli.intake.known_forms import KnownForms, known_forms
from doingoai_cli.intake.members import with_agencies, with_delegations
from doingoai_cli.intake.sender_names import name_in_lines, name_on_cover, typed_texts
from doingoai_cli.intake.sheet import sheet_of
from doingoai_cli.intake.sheet_tables import LaidOut, SheetsRead, lay_out_sheets, read_sheets
from doingoai_cli.intake.table import title_cycle
from doingoai_cli.model import own_files
from doingoai_cli.model.findings import Observation, Place, cell_place
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.grid import Grid, NoteKind, Range, Workbook
from doingoai_cli.model.records import Member
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.submissions import OwnOutput, Submission
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.unreadable import Reason, Unreadable, unreadable
from doingoai_cli.vietnamese.agencies import agency_key

_SOME_YEAR = 2000
"""The cycle that records are read for where nothing states one: the run then ends before they are judged."""
_OF_NO_TABLE = (
    other_rows.is_letterhead,
    closing_lines.is_signature,
    closing_lines.is_place_and_date,
    closing_lines.is_contact,
)
"""What a text box says that nobody misses among the cells."""
_LABELS = 4
"""In one column, of a table that is laid out sideways: each delegation has a column of its own."""
_LOWEST, _WIDEST = 100, 30
"""Rows and columns in which these labels are looked for."""


class Known(TypedDict, total=False):
    """What is known of a file besides its bytes."""

    cycle: int | None
    """The plan year; without one the file's own titles decide the year that its records are read for."""
    roster: Roster | None
    received: datetime | None
    province: str
    sender: str
    """Who sent it by mail."""


def read_submissions(
    data: bytes, path: str, catalogue: FormCatalogue, **known: Unpack[Known]
) -> tuple[Submission, ...]:
    """What each agency sent in the bytes of one file, mostly one; `path` is what findings call it."""
    read = _read(data, path, catalogue, **known)
    if not read.may_be_several:
        return (read.whole,)
    return by_agency(read.whole, read.sheets, read.members, known.get("roster"), known.get("province", ""))


def read_submission(data: bytes, path: str, catalogue: FormCatalogue, **known: Unpack[Known]) -> Submission:
    """The same as one submission, whomever its tables name."""
    return _read(data, path, catalogue, **known).whole


class _Read(NamedTuple):
    """A file as one submission, and what it was made from."""

    whole: Submission
    sheets: Sequence[LaidOut] = ()
    members: Sequence[Member] = ()
    may_be_several: bool = False
    """Whether not just one name stands above its tables."""


def _read(data: bytes, path: str, catalogue: FormCatalogue, **known: Unpack[Known]) -> _Read:
    workbook = read_workbook(data, path)
    sha256 = hashlib.sha256(data).hexdigest()
    if isinstance(workbook, Unreadable):
        return _Read(unreadable_submission(path, workbook, sha256=sha256, received=known.get("received")))
    return _read_grids(workbook, path, catalogue, sha256=sha256, **known)


def unreadable_submission(
    path: str, reason: Unreadable, *, sha256: str = "", received: datetime | None = None
) -> Submission:
    """The submission of a file that cannot be read: one CT01, nothing else."""
    observation = Observation("CT01", Place(path), params=reason.params)
    return Submission(path, sha256, observations=(observation,), received=received)


def read_grids(
    workbook: Workbook, path: str, catalogue: FormCatalogue, *, sha256: str = "", **known: Unpack[Known]
) -> Submission:
    """The submission in a file's grids, whomever its tables name."""
    return _read_grids(workbook, path, catalogue, sha256=sha256, **known).whole


def _read_grids(
    workbook: Workbook, path: str, catalogue: FormCatalogue, *, sha256: str = "", **known: Unpack[Known]
) -> _Read:
    sheets = lay_out_sheets(workbook, catalogue)
    regions = [region for sheet in sheets for region in sheet.layout.regions]
    title_cycles = [stated for region in regions if (stated := title_cycle(region)) is not None]
    cycle = known.get("cycle")
    settled = cycle if cycle is not None else _commonest(title_cycles)
    read = read_sheets(sheets, path, settled or _SOME_YEAR)
    tables = read.tables
    members, lost = with_delegations(read.members, tables)
    mark = workbook.properties.get(own_files.AGENCY, "")
    names, texts, typed = _names(sheets)
    evidence = AgencyEvidence(path, names, [*texts, *typed], mark, known.get("sender", ""))
    agency = find_agency(evidence, known.get("roster"), known.get("province", ""))
    observations = [*read.observations, *lost, *_of_reader(workbook, path)]
    own = _own_output(workbook, read, observations)
    if workbook.is_prose and not tables and not own and not workbook.notes:
        return _Read(unreadable_submission(path, unreadable(Reason.TEXT_ONLY), sha256=sha256))
    if not tables:
        sideways = any(_is_sideways(grid, known_forms(catalogue)) for grid in workbook.grids)
        none = Observation("CT02", Place(path), params={"sideways": sideways})
        observations = [none, *(o for o in observations if o.code != "CT03")]
    if agency.doubt is not None:
        observations.insert(0, Observation("CT10", Place(path), params=agency.doubt))
    whole = Submission(
        path=path,
        sha256=sha256,
        tables=tables,
        members=with_agencies(members, known.get("roster")),
        agency=agency.agency,
        observations=() if own and own_files.KIND in workbook.properties else tuple(observations),
        cycle=settled,
        title_cycles=tuple(dict.fromkeys(title_cycles)),
        received=known.get("received"),
        own=own,
        non_records=read.non_records,
        format=workbook.format,
    )
    return _Read(whole, sheets, read.members, len({*map(agency_key, filter(None, (*names, *typed)))}) != 1)


def _names(sheets: Sequence[LaidOut]) -> tuple[list[str], list[str], list[str]]:
    """The agencies named above the tables, all texts there, and what is typed on an agency's line.

    Else those on another sheet, else in printed lines.
    """
    heads = [lines for sheet in sheets for lines in sheet.heads]
    names = [name for lines in heads if (name := name_in_lines(lines))]
    covers = [sheet.cover for sheet in sheets if sheet.cover] if not names else []
    name_of = name_on_cover if heads else name_in_lines
    names += [name for lines in covers if (name := name_of(lines))]
    names = names or [name for lines in heads if (name := name_filled_in(lines))]
    texts = [line.text for lines in (*heads, *covers) for line in lines]
    return names, texts, typed_texts(texts)


def _is_sideways(grid: Grid, forms: KnownForms) -> bool:
    """Whether a form's labels stand in one column of a grid without a known form (bảng kẻ dọc)."""
    near = (cell for cell in grid.cells if cell.row <= _LOWEST and cell.col <= _WIDEST)
    cells = sorted((cell._replace(row=cell.col, col=cell.row) for cell in near), key=lambda cell: cell[:2])
    merges = tuple(Range(m.left, m.top, m.right, m.bottom) for m in grid.merges)
    turned = sheet_of(replace(grid, cells=tuple(cells), merges=merges, hidden_rows=grid.hidden_cols))
    return any(len(heading.cells) >= _LABELS for heading in islice(find_headings(turned, forms.labels), 3))


def _of_reader(workbook: Workbook, path: str) -> Iterator[Observation]:
    """What the reader has to say: CT11 for content that was converted, CT09 for what it could not read."""
    grids = {grid.index: grid for grid in workbook.grids}
    for note in workbook.notes:
        grid = grids.get(note.grid) if note.grid is not None else None
        place = cell_place(path, grid, note.row, note.col) if grid else Place(path)
        if note.kind is NoteKind.CONVERTED:
            yield Observation("CT11", place, params={"source": note.what})
        elif not any(says(note.text) for says in _OF_NO_TABLE):
            yield Observation("CT09", place, params={"unread": note.what})


def _commonest(cycles: Sequence[int]) -> int | None:
    """The plan year that most titles state, the later of equals; None where none states one."""
    counts = Counter(cycles)
    return max(counts, key=lambda cycle: (counts[cycle], cycle), default=None)


def _own_output(workbook: Workbook, read: SheetsRead, observations: Sequence[Observation]) -> OwnOutput | None:
    """What the tool itself wrote, by its mark; a form is a submission once a row or "Không có" is filled in.

    A form is blank without our mark as well, where it holds nothing else and nothing is wrong with it.
    """
    empty = not (read.members or any(table.records or table.nil for table in read.tables))
    match workbook.properties.get(own_files.KIND):
        case own_files.KIND_CONSOLIDATED:
            return OwnOutput.CONSOLIDATED
        case own_files.KIND_REPORT | own_files.KIND_LETTER:
            return OwnOutput.REPORT
        case own_files.KIND_OUTLINE:
            return OwnOutput.OUTLINE
        case own_files.KIND_FORM if empty:
            return OwnOutput.BLANK
    blank = empty and bool(read.tables) and not observations
    return OwnOutput.BLANK if blank else None
