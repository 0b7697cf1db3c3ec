"""Consolidated workbooks opened and read back (đọc lại sổ tổng hợp)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from doingoai_cli.consolidate.arrival import KnownArrival
from doingoai_cli.consolidate.consolidation import Previous
from doingoai_cli.consolidate.workbook.reading.find_sheets import likely_forms
from doingoai_cli.consolidate.workbook.reading.ledger import read_ledger
from doingoai_cli.consolidate.workbook.reading.read_back import Reading, begin_back, read_back
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import CANNOT_READ
from doingoai_cli.model import own_files
from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.grid import Grid, Workbook
from doingoai_cli.model.own_files import MADE_ANEW, ListSheet
from doingoai_cli.model.seals import is_untouched
from doingoai_cli.pipeline.beside import Begun
from doingoai_cli.pipeline.cores import cores, start_method
from doingoai_cli.pipeline.file_bounds import BoundsPassed, within_bounds
from doingoai_cli.pipeline.files import read_input
from doingoai_cli.pipeline.last_merge import NOTHING, LastMerge
from doingoai_cli.readers.container import open_workbook, read_properties, read_workbook
from doingoai_cli.readers.limits import DEFAULT_BOUNDS, DEFAULT_LIMITS, MIB, OWN_LIMITS, FileBounds
from doingoai_cli.readers.sheet_xml import Unaccounted
from doingoai_cli.readers.unreadable import GiveUp, Unreadable, unreadable

_WORTH_SHARING = 2 << 20
"""Bytes of a workbook, some 8,000 rows, from which on several processes read it sooner."""
_SECONDS_EACH_MIB = 10.0
"""Of CPU time, beside what every file has: some ten times what reading back takes."""
_BYTES_EACH_BYTE = 100
"""Bytes of memory for each byte of the workbook, likewise."""


def read_book(path: Path, catalogue: FormCatalogue) -> Consolidated:
    """A consolidated workbook as officers left it; DoingoaiError where the file is another or cannot be read."""
    return read_data(read_input(path), path, catalogue)


def read_data(data: bytes, path: Path, catalogue: FormCatalogue) -> Consolidated:
    """The same of the bytes of the file at `path`."""
    return _read(data, _BookToRead(path, catalogue)).consolidated


class BegunBook:
    """A workbook that is being read."""

    def __init__(self, data: bytes, back: Callable[[bool], Previous], frame: Sequence[Grid]) -> None:
        """`back`: see `begin_back`; `frame`: its sheets, those of forms without what they hold."""
        self._held = [(data, back)]
        self._ledgers = [grid for grid in frame if grid.name == ListSheet.LEDGER]

    def ledger(self) -> Callable[[], tuple[KnownArrival, ...]]:
        """When files came, as its ledger has it; once, for the same reason."""
        ledgers, self._ledgers = self._ledgers, []
        return lambda: tuple(line for grid in ledgers for line in read_ledger(grid))

    def back(self, data: bytes) -> Callable[[bool], Previous] | None:
        """What gives it, where the file still has these bytes; once, so that nobody holds its rows."""
        begun, back = self._held.pop() if self._held else (b"", None)
        return back if begun == data else None


class _BookToRead(NamedTuple):
    """A workbook that is to be read."""

    path: Path
    catalogue: FormCatalogue
    last: LastMerge | None = None
    """For who merges into it, what is known of it; None: the rows are wanted, not what officers set up."""
    begun: BegunBook | None = None
    accept_loss: bool = False


def begin_previous(path: Path, catalogue: FormCatalogue) -> BegunBook | None:
    """Begin to read a large workbook that another program has saved: each sheet in a process of its own.

    Of 100,000 rows these take 4 s of CPU, which pass while the inbox is read. None where it is read when it is
    asked for; what is wrong with it is said there.
    """
    if start_method() != "fork" or cores() == 1:
        return None
    try:
        data = path.read_bytes()
        if len(data) < _WORTH_SHARING or is_untouched(data):
            return None
        with within_bounds(bounds_of_book(len(data))):
            return _begin_by_sheet(data, _BookToRead(path, catalogue, NOTHING))
    except Exception:
        return None


def read_previous(
    path: Path,
    catalogue: FormCatalogue,
    cycle: int,
    last: LastMerge = NOTHING,
    begun: BegunBook | None = None,
    *,
    accept_loss: bool = False,
) -> Previous | None:
    """The workbook that a merge is about to replace; None where no file stands there. `last`: what is known of it.

    `begun`: it counts where the file is still the same.

    DoingoaiError where it cannot be read back, or belongs to another cycle: it must not be overwritten then.
    """
    if not path.exists():
        return None
    try:
        previous = _read(read_input(path), _BookToRead(path, catalogue, last, begun, accept_loss))
    except DoingoaiError as error:
        raise DoingoaiError(
            f"{error}\nTệp được giữ nguyên, không ghi đè; hoặc chọn tên khác bằng --out."
        ) from error
    if previous.consolidated.cycle != cycle:
        raise DoingoaiError(
            f"“{path}” là sổ tổng hợp kỳ {previous.consolidated.cycle}, không phải kỳ {cycle}; không ghi đè. "
            "Chọn tên khác bằng --out."
        )
    return previous


def today() -> str:
    """The day of a run, as officers write it."""
    return f"{date.today():%d/%m/%Y}"


def _read(data: bytes, to_read: _BookToRead) -> Previous:
    """The workbook within a bound that grows with it; whatever goes wrong is a sentence, and it stays as it is."""
    path = to_read.path
    try:
        with within_bounds(bounds_of_book(len(data))):
            return _read_by_sheet(data, to_read) or _read_data(data, to_read)
    except BoundsPassed as passed:
        reason = unreadable(passed.reason).detail.rstrip(".")
        raise DoingoaiError(CANNOT_READ.format(path=path, reason=reason)) from None
    except DoingoaiError:
        raise
    except Exception as error:  # a fault of ours must not end in a traceback, nor in a workbook that is replaced
        reason = f"chương trình gặp lỗi khi đọc sổ này ({type(error).__name__})"
        raise DoingoaiError(CANNOT_READ.format(path=path, reason=reason)) from error


def bounds_of_book(size: int) -> FileBounds:
    """What reading a consolidated workbook of that many bytes may take."""
    return DEFAULT_BOUNDS.more(_SECONDS_EACH_MIB * size / MIB, _BYTES_EACH_BYTE * size)


def _read_data(data: bytes, to_read: _BookToRead) -> Previous:
    path = to_read.path
    ours = own_files.is_consolidated(read_properties(data, OWN_LIMITS))
    workbook = read_workbook(data, path.name, OWN_LIMITS if ours else DEFAULT_LIMITS)
    if isinstance(workbook, Unreadable):
        raise DoingoaiError(CANNOT_READ.format(path=path, reason=workbook.detail.rstrip(".")))
    if not _is_book(workbook):
        raise DoingoaiError(
            f"“{path}” không phải sổ tổng hợp do doingoai merge tạo; chỉ đúng tệp mà lệnh đó đã ghi."
        )
    held = b"" if to_read.last is None else data
    how = Reading(path.as_posix(), held, accept_loss=to_read.accept_loss, day=today())
    return read_back(workbook, to_read.catalogue, how)


def _read_by_sheet(data: bytes, to_read: _BookToRead) -> Previous | None:
    """The same sheet by sheet; None where it cannot be read so: the plain way says why."""
    try:
        back = to_read.begun.back(data) if to_read.begun else None
        if back is None and (begun := _begin_by_sheet(data, to_read)):
            back = begun.back(data)
        return back(to_read.accept_loss) if back else None
    except (GiveUp, Unaccounted):
        return None


def _begin_by_sheet(data: bytes, to_read: _BookToRead) -> BegunBook | None:
    """Begin it: in a process each where the workbook is large and not as a merge wrote it. May raise `GiveUp`."""
    catalogue, last = to_read.catalogue, to_read.last
    properties = read_properties(data, OWN_LIMITS)
    ours = own_files.is_consolidated(properties)
    untouched = ours and is_untouched(data)
    # Other sheets are kept with their formulas where a merge replaces the workbook; nobody else asks for them.
    by_sheet = untouched or last is None or len(data) >= _WORTH_SHARING
    if not (ours and by_sheet and properties.get(own_files.CYCLE, "").isdigit()):
        return None
    book = open_workbook(data, OWN_LIMITS)
    if book is None:
        return None
    forms = likely_forms(book.frame, catalogue)
    known = last if untouched and last is not None and last.speaks_of(data) else None
    filled = book.filled if untouched else book.shown
    unread = MADE_ANEW if untouched else ()
    grids = tuple(
        grid if grid.index in forms or grid.name in unread else filled(grid) for grid in book.frame.grids
    )
    how = Reading(
        path=to_read.path.as_posix(),
        data=b"" if last is None else data,
        filled=filled,
        untouched=untouched,
        written=known.sheets if known else {},
        layouts=known.layouts if known else None,
        parts=book,
        on_demand=last is not None,
        begin=partial(Begun, beside=not untouched and len(data) >= _WORTH_SHARING and cores() > 1),
        day=today(),
    )
    return BegunBook(data, begin_back(replace(book.frame, grids=grids), catalogue, how), grids)


def _is_book(workbook: Workbook) -> bool:
    """By its mark; where that got lost (a copy by another program), by the sheets that only we write."""
    kind = workbook.properties.get(own_files.KIND)
    sheets = {grid.name for grid in workbook.grids}
    return kind == own_files.KIND_CONSOLIDATED if kind else {ListSheet.OVERVIEW, ListSheet.LEDGER} <= sheets
