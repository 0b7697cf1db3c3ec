"""Files → submissions, in the order given, in as many processes as pay (đọc song song).

One lost worker costs one file (`intake.guard`); the results do not depend on how many processes there are.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from doingoai_cli.intake.reading import read_submission, unreadable_submission
from doingoai_cli.intake.unreadable import Unreadable
from doingoai_cli.intake.walk import read_bytes
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.submissions import Submission

_WORTH_A_POOL = 24
"""Below this many files, starting processes costs more than it saves."""
_BATCH = 25


Tell = Callable[[int, int, int], None]
"""Told after each file: files done, files in all, records so far."""


class _Setting(NamedTuple):
    """What every file of a run is read with; goes to a worker once a batch."""

    catalogue: FormCatalogue
    roster: Roster | None
    province: str


def read_file(path: Path, cycle: int | None, setting: _Setting) -> Submission:
    """One file; whatever is wrong with it is among its observations."""
    shown = path.as_posix()
    data = read_bytes(path)
    if isinstance(data, Unreadable):
        return unreadable_submission(shown, data)
    return read_submission(
        data,
        shown,
        setting.catalogue,
        cycle=cycle,
        roster=setting.roster,
        received=_received(path),
        province=setting.province,
    )


def _received(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).replace(microsecond=0)
    except OSError:
        return None


def _read_batch(paths: Sequence[Path], cycle: int | None, setting: _Setting) -> list[Submission]:
    return [read_file(path, cycle, setting) for path in paths]


class Reader:
    """Reads files for one run."""

    def __init__(
        self, catalogue: FormCatalogue, roster: Roster | None, province: str, cache: bool, scheduler: str | None
    ) -> None:
        self._setting = _Setting(catalogue, roster, province)
        self._cache = cache
        self._scheduler = scheduler
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=error is None, cancel_futures=True)

    def read(self, paths: Iterable[Path], cycle: int | None, tell: Tell | None = None) -> Iterator[Submission]:
        """The submissions of `paths`, in that order."""
        wanted = list(paths)
        rows = 0
        for done, submission in enumerate(self._map(wanted, cycle), 1):
            rows += submission.rows
            if tell is not None:
                tell(done, len(wanted), rows)
            yield submission

    def _map(self, paths: list[Path], cycle: int | None) -> Iterator[Submission]:
        if len(paths) < _WORTH_A_POOL or (os.cpu_count() or 1) < 2:
            for path in paths:
                yield read_file(path, cycle, self._setting)
            return
        if self._pool is None:
            method = "fork" if "fork" in get_all_start_methods() else "spawn"
            self._pool = ProcessPoolExecutor(mp_context=get_context(method))
        work = partial(_read_batch, cycle=cycle, setting=self._setting)
        batches = [paths[at : at + _BATCH] for at in range(0, len(paths), _BATCH)]
        for batch in self._pool.map(work, batches):
            yield from batch
