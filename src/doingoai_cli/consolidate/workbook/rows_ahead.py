"""The rows of form sheets, written while the rest of the workbook is still described (ghi dòng trước).

They need nothing of it but the numbers of styles, which the first sheet alone decides.
"""

import io
import pickle
import re
import zipfile
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from doingoai_cli.consolidate.workbook.book import Book, BookSheet
from doingoai_cli.consolidate.workbook.frame import STYLES, frame_of
from doingoai_cli.consolidate.workbook.package_parts import JOINED_CRC, Deflated, deflated
from doingoai_cli.consolidate.workbook.row_xml import BLOCK, RowStream, Stored
from doingoai_cli.model.packed import Each
from doingoai_cli.scratch import scratch_file, written_in

SHEET_DATA_END = b"</sheetData>"


class WritingAhead(NamedTuple):
    """How rows are written ahead."""

    begin: Callable[[Callable[[], Any]], Callable[[], Any]]
    """Begins a piece of work; gives what gives its result."""
    processes: int
    """In how many pieces."""
    inherit: Callable[[Callable[[], Any]], Callable[[], Any]] = cache
    """The same for work that needs all of the merge, which only a forked process has without being sent it."""
    each: Each = map
    """Maps over the forms, in such processes too."""


class SheetRows(NamedTuple):
    """The rows of one sheet."""

    styles: Mapping[str, int]
    """Name of a style → its number, as the cells refer to it."""
    parts: Sequence[Deflated]
    """The XML of the rows, deflated, in pieces that follow one another."""
    links: Sequence[tuple[str, str]]
    """See `RowStream.links`."""


ONE_AFTER_THE_OTHER = WritingAhead(cache, 1)
"""In this process, when the rows are first asked for."""
RowsOfSheets = Mapping[str, Callable[[], SheetRows]]
"""Name of a sheet whose rows are written ahead → what gives these rows, once; it waits for them."""


def nothing_known() -> None:
    """No block of rows is; a function, since it goes to other processes."""


def write_ahead(
    sheets: Sequence[BookSheet],
    long: BookSheet,
    first: BookSheet,
    known: Callable[[], Mapping[bytes, Stored] | None],
    folder: Path,
    writing: WritingAhead,
) -> RowsOfSheets:
    """Begin to write the rows of the sheets into `folder`. `first`: the workbook's first sheet, or its head.

    `known`: gives the blocks that need not be made again. `long`: a list that is written by itself.
    """
    if not JOINED_CRC:
        return {}
    styles = style_numbers(frame_part(first, folder), first)
    shares = shares_of(sheets, writing.processes)
    begun = [writing.begin(partial(_write, share, styles, known, folder)) for share in shares]

    @cache  # each sheet asks; the processes answer once
    def written() -> list[tuple[SomeRows, SheetRows]]:
        results = [result() for result in begun]  # in this order: the rest of a sheet comes after its first rows
        return [each for told in zip(shares, results, strict=True) for each in zip(*told, strict=True)]

    def rows_of(name: str) -> SheetRows:
        found = [rows for some, rows in written() if some.sheet.name == name]
        parts = [part for rows in found for part in rows.parts]
        return SheetRows(styles, parts, [link for rows in found for link in rows.links])

    all_of_it = SomeRows(long, 0, len(long.rows), len(sheets))
    listed = writing.inherit(partial(_write, [all_of_it], styles, nothing_known, folder))
    return {**{sheet.name: partial(rows_of, sheet.name) for sheet in sheets}, long.name: lambda: listed()[0]}


class SomeRows(NamedTuple):
    """Some rows of a sheet, which one process writes."""

    sheet: BookSheet
    start: int
    stop: int
    place: int
    """The sheet's among those that are written ahead; files are named by it, as a sheet's name may name none."""


_AT_MOST = 0.8
"""The share of a process's work that a shared sheet may be: so its first rows are there when the rest is begun."""


def shares_of(sheets: Sequence[BookSheet], processes: int) -> list[list[SomeRows]]:
    """The rows of the sheets for each process, so that all have the same to do.

    Two of them share a sheet where one would have more to do: one writes its first rows before all else, the other
    the rest after all else, since which formulas are written already is known from row to row.
    """
    costs = {sheet.name: len(sheet.rows) * len(sheet.widths) for sheet in sheets}
    whole = [SomeRows(sheet, 0, len(sheet.rows), place) for place, sheet in enumerate(sheets)]
    whole.sort(key=lambda some: costs[some.sheet.name], reverse=True)
    each = sum(costs.values()) / processes
    if max(costs.values(), default=0) > _AT_MOST * each:
        return [share for at in range(processes) if (share := whole[at::processes])]
    shares, room = [list[SomeRows]()], each
    for some in whole:
        cost = costs[some.sheet.name]
        if cost <= room or len(shares) == processes:
            shares[-1].append(some)
            room -= cost
            continue
        split = int(some.stop * room / cost) // BLOCK * BLOCK
        if split:
            shares[-1].insert(0, some._replace(stop=split))
        shares.append([some._replace(start=split)])
        room += each - cost
    return [sorted(share, key=lambda some: some.start > 0) for share in shares]


def _write(
    share: Sequence[SomeRows],
    styles: Mapping[str, int],
    known: Callable[[], Mapping[bytes, Stored] | None],
    folder: Path,
) -> list[SheetRows]:
    blocks, written = known(), []
    for sheet, start, stop, place in share:
        stream = RowStream(sheet, styles)
        shared = folder / f"formulas {place}"
        if start:
            _pass(stream, start, blocks, shared)
        rows = deflated(stream.blocks(blocks, start, stop), folder / f"rows {place} {start}", whole=False)
        if stop < len(sheet.rows):
            _tell(stream, shared)
        written.append(SheetRows(styles, [rows], stream.links))
    return written


def _tell(stream: RowStream, shared: Path) -> None:
    """Tell the process that writes the rest of a sheet which formulas stand in its first rows."""
    part = shared.with_suffix(".part")
    with scratch_file(part) as file:
        pickle.dump(stream.groups, file)
    part.replace(shared)


def _pass(stream: RowStream, start: int, known: Mapping[bytes, Stored] | None, shared: Path) -> None:
    """Begin at row `start`; those before it are made here too where the process that writes them is not so far."""
    try:
        stream.groups = pickle.loads(shared.read_bytes())  # of this run
    except OSError:
        deque(stream.blocks(known, 0, start), maxlen=0)
        stream.links.clear()


def frame_part(sheet: BookSheet, folder: Path) -> bytes:
    """The frame of a sheet that begins a workbook."""
    book = Book((sheet,), {}, {}, 2000)
    with written_in(folder), zipfile.ZipFile(io.BytesIO(frame_of(book, folder))) as frame:
        return frame.read("xl/worksheets/sheet1.xml")


def style_numbers(frame: bytes, sheet: BookSheet) -> dict[str, int]:
    """The numbers of the styles, from the frame of a workbook's first sheet."""
    numbers = re.findall(rb'<c r="[A-Z]+\d+" s="(\d+)"/>', probe_row(frame, sheet))
    return {name: int(number) for name, number in zip(STYLES, numbers, strict=True)}


def probe_row(frame: bytes, sheet: BookSheet) -> bytes:
    """The row in which the frame of the first sheet has a blank cell of each style."""
    start = frame.index(b'<row r="%d"' % (sheet.first_row + 1))
    return frame[start : frame.index(SHEET_DATA_END, start)]
