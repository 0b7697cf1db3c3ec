"""Where the rows of a consolidated workbook come from, exactly (nguồn gốc): what goes up the tree with it.

The visible sheets say file, sheet and row. For the level above that is not enough: it settles anew which file
stands and looks again for what only several files show, so it needs the files with their digests, the cells of
every row and the findings of every file. All this is packed into one text, checked by its digest when it is read.
"""

import base64
import hashlib
import pickle
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from doingoai_cli.deflate import deflate
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.grid import CellKind
from doingoai_cli.model.records import MODELS, Member, Record
from doingoai_cli.model.sources import Provenance, RowCells, Source
from doingoai_cli.model.values import Raw
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod

VERSION = "2"
_LARGEST = 128 << 20
"""Bytes of the packed data (a row takes some 230): anything longer is refused as damaged."""
_LEVEL = 6
LETTERS = {kind: chr(ord("a") + number) for number, kind in enumerate(CellKind)}
_KINDS = {letter: kind for kind, letter in LETTERS.items()}
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
    unstated: tuple[str, ...] = ()


class SourceFile(NamedTuple):
    """A file of the inbox that was merged."""

    path: str
    sha256: str
    agency: str
    code: str
    received: str
    """As the ledger shows it, and `reason` how it is known (`arrival.arrival_in_ledger`)."""
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
    """Where all rows of a workbook come from, and what was found in them, for the level above."""

    files: tuple[SourceFile, ...]
    layouts: tuple[tuple[tuple[str, int, str], ...], ...]
    """(field, column, its letters) of the rows of one table."""
    rows: Mapping[str, SourceRow]
    """By the record's id."""
    findings: tuple[StoredFinding, ...]
    replaced: tuple[ReplacedRow, ...] = ()


_ADAPTER = TypeAdapter(Origins)


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


T = TypeVar("T")
Layout = tuple[tuple[str, int, str], ...]
_PIECE = 1000
_ENCODED = 3 << 16
"""Bytes that are encoded at once: a multiple of three."""


class PackedOrigins(NamedTuple):
    """Where some rows come from, on its way into the text of `packed`: deflated, so that little is held."""

    pieces: Sequence[bytes]
    """Pickled: ids, and the values of `SourceRow`s whose layouts are numbers of the places of `layouts`."""
    layouts: Sequence[int]
    """Which of the layouts of `Origins` these are."""

    def json(self) -> Iterator[bytes]:
        """The rows as `Origins` has them, without the brackets around them."""
        for piece in self.pieces:
            ids, rows = pickle.loads(deflate.decompress(piece))  # of this run
            numbers = [*self.layouts, -1]  # the last for rows of no layout
            origins = (SourceRow._make((*at, numbers[layout], kinds, cells)) for *at, layout, kinds, cells in rows)
            yield _ROWS.dump_json(dict(zip(ids, origins, strict=True)))[1:-1]


def deflated_rows(ids: Sequence[str], rows: Sequence[SourceRow]) -> tuple[bytes, ...]:
    """The pieces of `PackedOrigins`."""
    starts = range(0, len(ids), _PIECE)
    pieces = ((ids[start : start + _PIECE], [*map(tuple, rows[start : start + _PIECE])]) for start in starts)
    return tuple(deflate.compress(pickle.dumps(piece, protocol=5), 1) for piece in pieces)


_ROWS = TypeAdapter(dict[str, SourceRow])
_FILES = TypeAdapter(tuple[SourceFile, ...])
_LAYOUTS = TypeAdapter(tuple[Layout, ...])
_FINDINGS = TypeAdapter(tuple[StoredFinding, ...])
_REPLACED = TypeAdapter(tuple[ReplacedRow, ...])


def packed(
    files: Iterable[SourceFile],
    layouts: Iterable[Layout],
    rows: Iterable[PackedOrigins],
    findings: Iterable[Finding],
    replaced: Iterable[ReplacedRow],
) -> str:
    """The text that `unpacked` reads as `Origins` of all this.

    Deflated as it is made: the JSON of a million rows and their findings takes more than 300 MiB.
    """
    compressor = zlib.compressobj(_LEVEL)
    stored = (StoredFinding(finding, finding.sheet_index) for finding in findings)
    pieces = chain(
        (b'{"files":[',), _json(_FILES, files),
        (b'],"layouts":[',), _json(_LAYOUTS, layouts),
        (b'],"rows":{',), _joined(chain.from_iterable(some.json() for some in rows)),
        (b'},"findings":[',), _json(_FINDINGS, stored),
        (b'],"replaced":[',), _json(_REPLACED, replaced), (b"]}",),
    )  # fmt: skip
    data = b"".join([*map(compressor.compress, pieces), compressor.flush()])
    starts = range(0, len(data), _ENCODED)  # of a million rows the text takes 30 MiB: it is held twice at most
    text = [base64.b64encode(data[start : start + _ENCODED]).decode("ascii") for start in starts]
    return "".join((f"{VERSION}:{_digest(text)}:", *text))


def _json(kind: TypeAdapter[tuple[T, ...]], values: Iterable[T]) -> Iterator[bytes]:
    """Some values as JSON, piece by piece, without the brackets around all of them."""
    rest = iter(values)
    return _joined(kind.dump_json(batch)[1:-1] for batch in iter(lambda: tuple(islice(rest, _PIECE)), ()))


def _joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for number, piece in enumerate(pieces):
        yield b"," + piece if number else piece


def unpacked(text: str) -> Origins | None:
    """The origins; None where the text is not whole, or of another version: the visible sheets must do then."""
    version, _, rest = text.partition(":")
    digest, _, body = rest.partition(":")
    if version != VERSION or digest != _digest((body,)):
        return None
    try:
        data = zlib.decompressobj().decompress(base64.b64decode(body, validate=True), _LARGEST)
        return _ADAPTER.validate_json(data)
    except (ValueError, zlib.error, ValidationError, RecursionError):
        return None


def _digest(pieces: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece.encode("ascii", "replace"))
    return digest.hexdigest()[:16]
