"""Where the rows of a consolidated workbook come from, exactly (nguồn gốc): what goes up the tree with it.

The visible sheets say file, sheet and row. For the level above that is not enough: it settles anew which file
stands and looks again for what only several files show, so it needs the files with their digests, the cells of
every row and the findings of every file. All this is packed into one text, checked by its digest when it is read.
"""

import base64
import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from doingoai_cli.consolidate.settle import Settled
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.grid import CellKind
from doingoai_cli.model.records import MODELS, Member, Record
from doingoai_cli.model.roster import Roster, entry_of, listed_name
from doingoai_cli.model.run import key_of, place_of
from doingoai_cli.model.sources import Provenance, RowCells, Source
from doingoai_cli.model.submissions import Submission, Table
from doingoai_cli.model.values import Raw
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod

VERSION = "2"
_LARGEST = 128 << 20
"""Bytes of the packed data (a row takes some 230): what is longer is cut, not whole and not believed."""
_LEVEL = 6
_LETTERS = {kind: chr(ord("a") + number) for number, kind in enumerate(CellKind)}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_STORED = ConfigDict(defer_build=True, extra="ignore")


class SourceTable(NamedTuple):
    """A table of a file; `counted` tells whether a later file had replaced it already."""

    form: str
    spec: str
    sheet: str
    sheet_index: int
    header_row: int
    year: int | None
    rows_year: int
    missing: tuple[str, ...]
    nil: bool
    period: ReportingPeriod | None
    counted: bool


class SourceFile(NamedTuple):
    """A file of the inbox that was merged."""

    path: str
    sha256: str
    agency: str
    code: str
    received: str
    """As the ledger shows it, and `reason` what told so (`arrival.arrival_in_ledger`)."""
    reason: str
    format: str
    title_cycles: tuple[int, ...]
    period: ReportingPeriod | None
    through: tuple[str, ...]
    """The levels that it came through before ("UBND huyện X: tonghop.xlsx", …), its own label last."""
    tables: tuple[SourceTable, ...]
    members: tuple[Member, ...]


class SourceRow(NamedTuple):
    """Where a row of the workbook stands in its file, and each of its fields."""

    file: int
    table: int
    row: int
    last_row: int
    unit: str | None
    hidden: bool
    layout: int
    """Which of the layouts its cells follow; -1 where `cells` has them one by one."""
    kinds: str
    cells: Mapping[str, Source]


class ReplacedRow(NamedTuple):
    """A row that a later file had replaced: no sheet shows it, but the level above settles anew by it."""

    origin: SourceRow
    model: str
    form: str
    section: str
    year: int
    fields: Mapping[str, str]
    """The texts of its fields."""
    extras: Mapping[str, str]


class StoredFinding(NamedTuple):
    """A finding, with the number of its sheet, which the printed form leaves out."""

    finding: Finding
    sheet_index: int


@dataclass(frozen=True, slots=True, config=_STORED)
class Origins:
    """All of a workbook."""

    files: tuple[SourceFile, ...]
    layouts: tuple[tuple[tuple[str, int, str], ...], ...]
    """(field, column, its letters) of the rows of one table."""
    rows: Mapping[str, SourceRow]
    """By the record's id."""
    findings: tuple[StoredFinding, ...]
    replaced: tuple[ReplacedRow, ...] = ()


_ADAPTER = TypeAdapter(Origins)


def origins_of(
    settled: Settled, ids: Iterable[tuple[str, Record]], findings: Sequence[Finding], roster: Roster | None = None
) -> Origins:
    """What goes up with a merge; `ids`: each counted record with the id that its row has."""
    rows = _Rows(settled)
    gone = {place_of(record) for replaced in settled.replaced for record in replaced.rows}
    replaced = [r for s in settled.submissions for r in s.records if place_of(r) in gone] if gone else []
    return Origins(
        files=tuple(_file(submission, settled, roster) for submission in settled.submissions),
        rows={record_id: rows.origin(record) for record_id, record in ids},
        replaced=tuple(rows.replaced(record) for record in replaced),
        findings=tuple(StoredFinding(finding, finding.sheet_index) for finding in findings),
        layouts=tuple(rows.layouts),
    )


def _file(submission: Submission, settled: Settled, roster: Roster | None) -> SourceFile:
    came = settled.arrivals[submission.path]
    gone = settled.superseded
    agency, entry = submission.agency, entry_of(submission.agency, roster)
    return SourceFile(
        path=submission.path,
        sha256=submission.sha256,
        agency=listed_name(agency, roster),
        code=entry.code if entry else (agency.code or "") if agency else "",
        received=came.received,
        reason=came.reason,
        format=submission.format,
        title_cycles=submission.title_cycles,
        period=submission.period,
        through=submission.through,
        tables=tuple(_table(t, counted=key_of(submission.path, t) not in gone) for t in submission.tables),
        members=submission.members,
    )


def _table(table: Table, *, counted: bool) -> SourceTable:
    return SourceTable(
        table.form, table.spec, table.sheet, table.sheet_index, table.header_row, table.year, table.rows_year,
        table.missing, table.nil, table.period, counted,
    )  # fmt: skip


class _Rows:
    """Finds where each record stands, and collects the layouts of their cells."""

    def __init__(self, settled: Settled) -> None:
        self.layouts: list[tuple[tuple[str, int, str], ...]] = []
        self._numbers: dict[int, int] = {}
        self._held: list[object] = []
        self._places = {
            place_of(record): (number, index)
            for number, submission in enumerate(settled.submissions)
            for index, table in enumerate(submission.tables)
            for record in table.records
        }

    def origin(self, record: Record) -> SourceRow:
        """Where a record stands."""
        at = record.provenance
        file, table = self._places[place_of(record)]
        layout, kinds, cells = self._cells(record.cells)
        return SourceRow(file, table, at.row, at.last_row, at.unit, at.hidden, layout, kinds, cells)

    def replaced(self, record: Record) -> ReplacedRow:
        """A record that does not count, whole."""
        texts = {field: text for field in record.fields if (text := record.text(field))}
        return ReplacedRow(
            self.origin(record),
            type(record).__name__,
            record.form,
            record.section,
            record.year,
            texts,
            record.extras,
        )

    def _cells(self, cells: Mapping[str, Source]) -> tuple[int, str, Mapping[str, Source]]:
        if not isinstance(cells, RowCells):
            return -1, "", dict(cells)
        columns, kinds = cells.layout
        number = self._numbers.get(id(columns))
        if number is None:
            number = self._numbers[id(columns)] = len(self.layouts)
            self._held.append(columns)  # so that no other takes its place in memory, and with it its id
            ordered = sorted(columns.items(), key=lambda item: item[1][0])
            self.layouts.append(tuple((field, col, letters) for field, (_, col, letters) in ordered))
        return number, "".join(map(_LETTERS.__getitem__, kinds)), {}


def cells_of(origin: SourceRow, layouts: Sequence[tuple[tuple[str, int, str], ...]]) -> Mapping[str, Source]:
    """The cells of a row, as its file had them."""
    if origin.layout < 0 or origin.layout >= len(layouts):
        return origin.cells
    fields = layouts[origin.layout]
    columns = {field: (index, col, letters) for index, (field, col, letters) in enumerate(fields)}
    kinds = [_KINDS.get(letter, CellKind.TEXT) for letter in origin.kinds]
    return RowCells(origin.row, columns, [*kinds, *(CellKind.TEXT for _ in range(len(fields) - len(kinds)))])


def record_of(row: ReplacedRow, place: Provenance, layouts: Sequence[tuple[tuple[str, int, str], ...]]) -> Record:
    """A row that does not count as its file had it."""
    fields: dict[str, Any] = {field: Raw(text, None) for field, text in row.fields.items()}
    return MODELS[row.model](
        form=row.form, section=row.section, year=row.year, provenance=place, cells=cells_of(row.origin, layouts),
        extras=row.extras, **fields,
    )  # fmt: skip


def provenance_of(origin: SourceRow, table: SourceTable, path: str, through: tuple[str, ...]) -> Provenance:
    """Where a row stands, from the level above."""
    return Provenance(
        path, table.sheet, table.sheet_index, origin.row, origin.last_row, origin.unit, origin.hidden, through
    )


def packed(origins: Origins) -> str:
    """The text that `unpacked` reads again."""
    data = _ADAPTER.dump_json(origins)
    text = base64.b64encode(zlib.compress(data, _LEVEL)).decode("ascii")
    return f"{VERSION}:{_digest(text)}:{text}"


def unpacked(text: str) -> Origins | None:
    """The origins; None where the text is not whole, or of another version: the visible sheets must do then."""
    version, _, rest = text.partition(":")
    digest, _, body = rest.partition(":")
    if version != VERSION or digest != _digest(body):
        return None
    try:
        data = zlib.decompressobj().decompress(base64.b64decode(body, validate=True), _LARGEST)
        return _ADAPTER.validate_json(data)
    except (ValueError, zlib.error, ValidationError, RecursionError):
        return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("ascii", "replace")).hexdigest()[:16]
