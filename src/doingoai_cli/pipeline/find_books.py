"""Consolidated workbooks found (tìm sổ tổng hợp): in the workspace, beside another, by their marks and ledgers."""

import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from doingoai_cli.consolidate.arrival import KnownArrival
from doingoai_cli.consolidate.workbook.reading.ledger import read_ledger
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import bullet_list
from doingoai_cli.model import own_files
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.readers.container import open_workbook
from doingoai_cli.readers.folder import WITHDRAWN_FOLDER
from doingoai_cli.readers.limits import OWN_LIMITS
from doingoai_cli.readers.properties import read_properties as read_custom_properties
from doingoai_cli.readers.unreadable import GiveUp
from doingoai_cli.vietnamese.agencies import agency_key

_SEARCH_DEPTH = 2
"""How many folders below the workspace a consolidated workbook is looked for."""

_CUSTOM = "docProps/custom.xml"

_LARGEST_CUSTOM = 1 << 20

_LONGEST_PATH = 1024


def known_arrivals(
    folder: Path, books: Iterable[Path], inboxes: Iterable[Path], apart: Path | None
) -> tuple[KnownArrival, ...]:
    """When files came, as the ledgers of a workspace's consolidated workbooks have it, and of `books` besides.

    What lies in folders of `inboxes` was sent by others: its ledgers speak of their files. A workbook that cannot
    be read says nothing here; whoever needs it says why. `apart`: a workbook whose ledger is read elsewhere.
    """
    sent = [inbox.resolve() for inbox in inboxes if not folder.resolve().is_relative_to(inbox.resolve())]
    found = [path for path, _ in _books(folder, sent)]
    every = {path.resolve(): path for path in (*found, *books)}
    if apart is not None:
        every.pop(apart.resolve(), None)
    return tuple(line for path in every.values() for line in _ledger(path))


def _ledger(path: Path) -> tuple[KnownArrival, ...]:
    try:
        book = open_workbook(path.read_bytes(), OWN_LIMITS)
        grids = [grid for grid in book.frame.grids if grid.name == ListSheet.LEDGER] if book else []
        return tuple(line for grid in grids if book for line in read_ledger(book.filled(grid)))
    except (OSError, GiveUp):
        return ()


def books_of(folder: Path, inbox: Path, agency: str) -> tuple[Path, ...]:
    """The consolidated workbooks that were merged in a workspace, by cycle, those nearest to its folder first.

    What others sent is left out, into the inbox of this year or of an earlier one: see `find_book`.
    """
    sent = inbox.resolve()
    found = [
        (year, len(path.parts), path)
        for path, year in _books(folder)
        if not path.resolve().is_relative_to(sent) and _is_own(path, folder, inbox, agency)
    ]
    return tuple(path for *_, path in sorted(found))


class SeveralBooksError(DoingoaiError):
    """More than one consolidated workbook of a cycle, so that one has to be named."""


def find_book(folder: Path, cycle: int, *, inbox: Path | None, agency: str) -> Path:
    """The one consolidated workbook of a cycle that was merged in this workspace.

    What lies in the inbox was sent by others, whatever marks it bears; so was a workbook whose mark names another
    agency than `agency`, and whose ledger names no file that is here. DoingoaiError where there is none,
    SeveralBooksError where there is more than one; both list what was found.
    """
    found = list(_books(folder))
    sent = {path for path, _ in found if inbox is not None and _lies_in(path, inbox, folder)}
    fitting = [
        p for p, year in found if year == str(cycle) and p not in sent and _is_own(p, folder, inbox, agency)
    ]
    if len(fitting) == 1:
        return fitting[0]
    listed = bullet_list(
        f"{path.as_posix()} (kỳ {year or '?'}{', do cơ quan khác gửi' if path in sent else ''})"
        for path, year in found
    )
    if fitting:
        raise SeveralBooksError(
            f"Có {len(fitting)} sổ tổng hợp của kỳ {cycle}; chỉ rõ bằng --from TỆP:\n"
            + bullet_list(path.as_posix() for path in fitting)
        )
    seen = f" Các sổ tìm thấy:\n{listed}" if found else ""
    raise DoingoaiError(
        f"Không tìm thấy sổ tổng hợp của kỳ {cycle} (kết quả năm {cycle - 1}, kế hoạch năm {cycle}) trong "
        f"{folder}. Tạo sổ bằng doingoai merge, hoặc chỉ rõ bằng --from TỆP.{seen}"
    )


_MOST_BESIDE = 60
"""In a folder of more workbooks than this, an inbox, no earlier one is looked for."""


def book_beside(path: Path, cycle: int) -> Path | None:
    """The one consolidated workbook of a cycle in the folder of another; None where there is none, or several."""
    beside = [p for p in path.resolve().parent.glob("*.xlsx") if not p.name.startswith("~$")]
    if len(beside) > _MOST_BESIDE:
        return None
    of_cycle = [
        p for p in beside
        if own_files.is_consolidated(found := _properties(p))
        and found.get(own_files.CYCLE) == str(cycle)
    ]  # fmt: skip
    return _relative(of_cycle[0]) if len(of_cycle) == 1 else None


def _lies_in(path: Path, inbox: Path, folder: Path) -> bool:
    """Whether a file lies in the inbox; a workspace that is all inbox holds its own workbook too."""
    there = inbox.resolve()
    return path.resolve().is_relative_to(there) and not folder.resolve().is_relative_to(there)


def _is_own(path: Path, folder: Path, inbox: Path | None, agency: str) -> bool:
    """Whether a workbook was merged here: its mark names nobody else, or its ledger names files that are here."""
    try:
        book = open_workbook(path.read_bytes(), OWN_LIMITS)
        ledger = next((g for g in book.frame.grids if g.name == ListSheet.LEDGER), None) if book else None
        if book is None or ledger is None:
            return False
        owner = book.frame.properties.get(own_files.AGENCY, "")
        if not owner or not agency or agency_key(owner) == agency_key(agency):
            return True
        names = {cell.value for cell in book.filled(ledger).cells if isinstance(cell.value, str)}
    except (OSError, GiveUp):
        return False
    return any(_is_here(name, folder, inbox) for name in names if "." in name and len(name) < _LONGEST_PATH)


def _is_here(name: str, folder: Path, inbox: Path | None) -> bool:
    places = (folder / name, Path(name), *((inbox / PurePosixPath(name).name,) if inbox else ()))
    try:
        return any(place.is_file() for place in places)
    except (OSError, ValueError):
        return False


def _books(folder: Path, apart: Sequence[Path] = ()) -> Iterator[tuple[Path, str]]:
    """The consolidated workbooks of a workspace, each with its cycle; not deeper than `_SEARCH_DEPTH` folders.

    What lies in the folders `apart` (absolute) is not looked into.
    """
    left_out = frozenset(apart)
    for path in sorted(_workbooks(folder.resolve(), _SEARCH_DEPTH)):
        real = path.resolve() if left_out else path
        if not left_out.isdisjoint((real, *real.parents)):
            continue
        properties = _properties(path)
        if own_files.is_consolidated(properties):
            yield _relative(path), properties.get(own_files.CYCLE, "")


def _workbooks(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.name == WITHDRAWN_FOLDER:
            continue
        if entry.is_dir(follow_symlinks=False) and depth:
            yield from _workbooks(folder / entry.name, depth - 1)
        elif entry.name.lower().endswith(".xlsx") and Path(entry.path).is_file():
            yield folder / entry.name


def _relative(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _properties(path: Path) -> Mapping[str, str]:
    """The custom document properties, without reading the sheets; {} for anything that is no such workbook."""
    try:
        with zipfile.ZipFile(path) as package, package.open(_CUSTOM) as part:
            return read_custom_properties(part.read(_LARGEST_CUSTOM))
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, GiveUp):
        return {}
