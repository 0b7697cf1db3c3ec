"""What the last merge into a workbook worked out, so that the next one need not (lần tổng hợp trước).

The cache holds one entry for each workbook, under the fingerprint that stands for the program and its settings:

- where blocks of rows lie in the workbook. A block is known by a digest of all that it is made of: the files that
  its records come from, what was found in them, reviews, columns, place. Its bytes are taken out of the workbook;
  out of a copy, an entry of its own, where another program has saved the workbook since;
- what stands in the rows of sheets that read back as they were written (`workbook/written_rows`), widths, filters;
  it is believed of a workbook of the very same bytes alone. It is kept with each block, and taken over with it;
- the digests of the records of each table, and what these count for, under the digest of their file
  (`consolidate/record_digests`).

So what is found is right, and a merge that finds nothing makes the very same workbook. One file of 200
changed (20,000 rows): 2.3 s of CPU instead of 3.4; after LibreOffice has saved the workbook, the copy saves 1.2 s.
"""

import io
import pickle
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import file_digest, sha256
from itertools import chain
from pathlib import Path
from struct import unpack_from
from typing import TYPE_CHECKING, Any, NamedTuple

from doingoai_cli.consolidate.record_digests import MOST_ROWS, RecordDigests, TableDigests, TableName
from doingoai_cli.consolidate.workbook.overview_counts import RowCounts
from doingoai_cli.consolidate.workbook.row_xml import Stored
from doingoai_cli.consolidate.workbook.view_settings import RawLayout
from doingoai_cli.consolidate.workbook.written_rows import WrittenRow, WrittenSheets
from doingoai_cli.pipeline.cache import ParseCache, unpickled

if TYPE_CHECKING:  # who reads a workbook writes none
    from doingoai_cli.consolidate.workbook.sheets import WrittenBook

_LOCAL_HEADER = 30
_LARGEST_COPY = 48 << 20
"""Bytes of a workbook, some 170,000 rows, of which a copy is stored."""
_MOST_COUNTS = 2 * MOST_ROWS
"""Different ones that are kept, of which rows of an earlier merge had some."""


_File = tuple[str, str, str]
"""What a `TableName` says of the file that holds the table."""
_OfFile = Mapping[int, Sequence[RecordDigests]]
"""Number of the table in its file → the digests of its records."""


class LastMerge(NamedTuple):
    """What the next merge into a workbook may take over."""

    workbook: str
    """The digest of the bytes that were written."""
    places: Mapping[bytes, tuple[Any, ...]]
    """By its key: part, begin and length of a block, and what `Stored` holds beside its bytes."""
    sheets: WrittenSheets
    layouts: Mapping[str, RawLayout]
    files: Mapping[_File, tuple[bytes, _OfFile]]
    """The digests of the tables of each file, as they are stored and unpickled."""
    counts: Sequence[RowCounts] = ()
    """What the records there add to figures, which say it by a number."""

    @property
    def tables(self) -> TableDigests:
        """The digests of all tables."""
        files = self.files.items()
        return {TableName(*file, at): rows for file, (_, tables) in files for at, rows in tables.items()}

    def speaks_of(self, data: bytes) -> bool:
        """Whether the workbook has these very bytes: nothing is known of any other."""
        return sha256(data).hexdigest() == self.workbook

    def blocks(self, path: Path, cache: ParseCache | None) -> Mapping[bytes, Stored]:
        """The blocks of rows of the workbook, by their keys; those of a copy where it was saved since."""
        try:
            data = path.read_bytes() if self.places else b""
            if data and not self.speaks_of(data):
                data = cache.get_file(_copy(path)) if cache is not None else b""
            if not data or not self.speaks_of(data):
                return {}
            begins = _begins(data)
            return {
                key: Stored(data[begins[part] + at : begins[part] + at + length], *told)
                for key, (part, at, length, *told) in self.places.items()
            }
        except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile):
            return {}


NOTHING = LastMerge("", {}, {}, {}, {})


def last_merge(path: Path, cache: ParseCache | None) -> LastMerge:
    """What the cache holds of the workbook at `path`."""
    stored = cache.get(_name(path)) if cache is not None else None
    try:
        workbook, places, sheets, layouts, files, told = stored or ("", {}, {}, {}, {}, ())
        counts = [*map(RowCounts._make, told)]
        rows = {form: list(map(WrittenRow._make, _joined(blocks))) for form, blocks in sheets.items()}
        widths = {name: RawLayout(*layout) for name, layout in layouts.items()}
        digests = {file: (of_file, _digests(of_file, counts)) for file, of_file in files.items()}
        return LastMerge(workbook, places, rows, widths, digests, counts)
    except Exception:  # whatever is wrong with an entry, it is as if there were none
        return NOTHING


def store_merge(
    path: Path,
    file: io.BufferedRandom,
    written: "WrittenBook",
    tables: TableDigests,
    last: LastMerge,
    cache: ParseCache,
) -> None:
    """Store what is known of the workbook that is written now into `file`, and will stand at `path`.

    `last`: what was known before; it is stored again where it is still so.
    """
    file.seek(0)
    workbook = file_digest(file, "sha256").hexdigest()
    if file.tell() <= _LARGEST_COPY:
        file.seek(0)
        cache.put_file(_copy(path), file)
    blocks = written.rendered.blocks.items()
    places = {key: (part, at, length, *stored[1:]) for key, (part, at, length, stored) in blocks}
    layouts = {name: tuple(layout) for name, layout in written.layouts.items()}
    last = last if len(last.counts) < _MOST_COUNTS else NOTHING  # what nobody refers to any more goes
    counts = {found: number for number, found in enumerate(last.counts)}
    files = _by_file(tables, last, counts)
    entry = workbook, places, written.sheets, layouts, files, [*map(tuple, counts)]
    cache.put(_name(path), pickle.dumps(entry, protocol=5))


def _joined(blocks: Iterable[bytes]) -> Iterator[Any]:
    return chain.from_iterable(map(unpickled, blocks))


def _digests(of_file: bytes, counts: Sequence[RowCounts]) -> _OfFile:
    return {
        number: [
            RecordDigests._make((base, seal, cells, back, counts[at])) for base, seal, cells, back, at in rows
        ]
        for number, rows in unpickled(of_file).items()
    }


def _by_file(tables: TableDigests, last: LastMerge, counts: dict[RowCounts, int]) -> Mapping[_File, bytes]:
    """The digests of tables, file by file; those that are as they were need not be pickled again.

    `counts`: the numbers of what records add to figures; further ones are added.
    """
    files: dict[_File, dict[int, Sequence[RecordDigests]]] = {}
    for name, rows in tables.items():
        files.setdefault((name.path, name.sha256, name.agency_key), {})[name.number] = rows
    told = ((file, of_file, last.files.get(file, (b"", None))) for file, of_file in files.items())
    return {
        file: stored if known == of_file else _pickled(of_file, counts) for file, of_file, (stored, known) in told
    }


def _pickled(of_file: _OfFile, counts: dict[RowCounts, int]) -> bytes:
    told = {
        number: [(*row[:-1], counts.setdefault(row.counts, len(counts))) for row in rows]
        for number, rows in of_file.items()
    }
    return pickle.dumps(told, protocol=5)


def _name(path: Path) -> str:
    return f"merge into {path.resolve()}"


def _copy(path: Path) -> str:
    return f"copy of {path.resolve()}"


def _begins(data: bytes) -> Mapping[str, int]:
    """Where each part of a package begins, behind its header."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        headers = {info.filename: info.header_offset for info in package.infolist()}
    return {name: at + _LOCAL_HEADER + sum(unpack_from("<HH", data, at + 26)) for name, at in headers.items()}
