"""Files → submissions with their findings, in the order given, in as many processes as pay (đọc song song).

A process takes a batch of files, reads and checks each, and answers with one pickle for all of them: values that
come again in a batch are sent once. What the cache knows is read from it here, without a process. The results do
not depend on how many processes there are.
"""

import gc
import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from doingoai_cli import pipeline
from doingoai_cli.checks.engine import check_submission
from doingoai_cli.checks.pack import Pack
from doingoai_cli.intake.submission import unreadable_submission
from doingoai_cli.model.packed import PackedRecords
from doingoai_cli.model.submissions import Submission
from doingoai_cli.pipeline.beside import Begin, Begun
from doingoai_cli.pipeline.cores import FILES_WORTH_SHARING, cores
from doingoai_cli.pipeline.one_file import FileRead, ReadJob, ReadSetting, packed, read_file, unpickled
from doingoai_cli.pipeline.unpacking import file_of
from doingoai_cli.pipeline.watchdog import announce_name
from doingoai_cli.readers.folder import read_bytes, real_path, shown_path
from doingoai_cli.readers.unreadable import Reason, unreadable

_LARGEST_BATCH = 25
_WORTH_SHARING = FILES_WORTH_SHARING
PACKED_FROM = 24 << 20
"""Bytes of files from which on records are held packed: some 150,000 rows of .xlsx.

Packed, a merge of 100,000 takes 180 MiB instead of 328, and 14.3 s instead of 12.1.
"""
_LOST = unreadable(Reason.UNREADABLE, "Tệp làm tiến trình đọc dừng đột ngột (tệp hỏng hoặc độc hại)")

Tell = Callable[[int, int, int, int], None]
"""Told after each file: files done, files in all, records and findings so far."""


def _read(job: ReadJob, setting: ReadSetting) -> tuple[FileRead, ...] | bytes:
    """What `read_file` gives; pickled where the cache keeps it too."""
    cache = setting.cache
    if cache is None:
        return _held(read_file(job, setting), setting)
    job = job._replace(data=read_bytes(job.path) if job.data is None else job.data)
    reads = read_file(job, setting)
    if isinstance(job.data, bytes):
        pickled = pickle.dumps(reads, protocol=5)
        cache.put(_entry(job.path, job.data), pickled)
        if not setting.packs:
            return pickled
    return _held(reads, setting)


def _held(reads: tuple[FileRead, ...], setting: ReadSetting) -> tuple[FileRead, ...]:
    return tuple(map(packed, reads)) if setting.packs else reads


def _entry(path: Path, data: bytes) -> str:
    """What the cache calls the reading of a file."""
    return hashlib.sha256(data + path.as_posix().encode("utf-8", "surrogateescape")).hexdigest()


def read_batch(setting: bytes | str, jobs: Sequence[ReadJob], *, keeps: bool = False) -> list[bytes | str]:
    """What a worker process does: the files' `FileRead`s in the order given, as one pickle.

    `keeps`: it lies in a file beside the setting's, by whose name work sent later finds it.
    """
    unpickled, reads = _setting(setting), []
    for job in jobs:
        announce_name(job.name)
        reads.append(_read(job, unpickled))
    if keeps:
        return [pipeline.sending.stored_readings(reads, str(Path(str(setting)).parent))]
    return [pickle.dumps(reads, protocol=5)]


@lru_cache(maxsize=4)  # it is the same for every batch
def _setting(shared: bytes | str) -> ReadSetting:
    pickled = shared if isinstance(shared, bytes) else Path(shared).read_bytes()
    setting: ReadSetting = pickle.loads(pickled)  # from the process that started this one
    return setting


class Reader:
    """Reads files for one run, in this process or in several."""

    def __init__(
        self,
        setting: ReadSetting,
        *,
        cache: bool = False,
        scheduler: str | None = None,
        pool: Any = None,
        meanwhile: Callable[[], object] | None = None,
    ) -> None:
        """`pool`: fresh processes that are there already, and stay until the run is over.

        `meanwhile`: done in this process while others read.
        """
        self._cached = cache and scheduler is None
        self._setting = setting.with_cache() if self._cached else setting
        self._scheduler = scheduler
        self._pool = pool
        self._has_pool = pool is not None
        self._meanwhile = meanwhile
        self._sender: Any = None
        self.begin: Begin = Begun
        """Begins work that may be done beside this process, on what was read."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        gc.unfreeze()
        if self._pool is not None and not self._has_pool:
            self._pool.close(abort=error is not None)
        if self._setting.cache is not None and error is None:
            self._setting.cache.trim()

    def read(self, paths: Iterable[Path], tell: Tell | None = None) -> Iterator[FileRead]:
        """The files at `paths`, in that order, each followed by what lies in it."""
        wanted = list(paths)
        rows = findings = 0
        for done, reads in enumerate(self._map(wanted), 1):
            rows += sum(read.submission.rows for read in reads)
            findings += sum(len(read.findings) for read in reads)
            if tell is not None:
                tell(done, len(wanted), rows, findings)
            received = _received(wanted[done - 1])
            for read in reads:
                sent = read.submission.origin.sent if read.submission.origin else None
                yield read._replace(submission=replace(read.submission, received=sent or received))

    def again(self, reads: Sequence[FileRead], cycle: int, pack: Pack) -> tuple[FileRead, ...]:
        """What was read without a cycle, for the one that the run settled on and its pack.

        Only files whose titles state another year are read again.
        """
        same_pack = pack.id == self._setting.pack.id
        setting = replace(self._setting, cycle=cycle, pack=pack)
        self._setting = setting.with_cache() if self._cached else setting
        changed = (r.submission.path for r in reads if r.submission.cycle != cycle and r.submission.tables)
        others = dict.fromkeys(file_of(real_path(path)) for path in changed)
        reread = {read.submission.key: read for read in self.read(others)}
        return tuple(
            reread.get(read.submission.key) or (read if same_pack else self.checked(read.submission))
            for read in reads
        )

    def checked(self, submission: Submission) -> FileRead:
        """A submission that was changed since it was read, with its findings."""
        return FileRead(submission, check_submission(submission, self._setting.pack))

    def _map(self, paths: Sequence[Path]) -> Iterator[tuple[FileRead, ...]]:
        """The readings of the files; those that the cache knows cost their unpickling and no process."""
        self._setting = replace(self._setting, packs=sum(map(_size, paths)) >= PACKED_FROM)
        known = list(map(self._known, paths))
        new = self._read_new([path for path, reads in zip(paths, known, strict=True) if reads is None])
        yield from (next(new) if reads is None else reads for reads in known)

    def _known(self, path: Path) -> tuple[FileRead, ...] | None:
        """What the cache holds of the same bytes under the same name."""
        cache = self._setting.cache
        data = read_bytes(path) if cache is not None else b""
        known: tuple[FileRead, ...] | None = None
        if cache is not None and isinstance(data, bytes):
            known = cache.get(_entry(path, data))
            gc.freeze()  # what was read stays: looking through it for cycles took 0.1 s of a check of 200 files
        return known and _held(known, self._setting)

    def _read_new(self, paths: Sequence[Path]) -> Iterator[tuple[FileRead, ...]]:
        workers = cores() if len(paths) >= _WORTH_SHARING else 1
        if self._pool is None and (workers > 1 or self._scheduler is not None):
            self._pool = pipeline.workers.start_pool(self._scheduler, workers)
        if self._pool is None or (workers == 1 and self._scheduler is None):
            yield from (unpickled(_read(ReadJob(path), self._setting)) for path in paths)
            return
        setting = self._pool.share(pickle.dumps(self._setting))
        with_data = self._scheduler is not None
        jobs = (ReadJob(path, read_bytes(path)) if with_data else ReadJob(path) for path in paths)
        keeps = self._has_pool and not self._setting.packs
        work, is_ended = partial(read_batch, setting, keeps=keeps), self._is_ended
        if keeps and self._sender is None:
            self._sender = pipeline.sending.Sender(self._pool)
            self.begin = self._sender.begin
        sizes = _batch_sizes(len(paths), self._pool.workers)
        batches = pipeline.workers.in_order(self._pool, work, jobs, sizes, self._lost, is_ended, self._meanwhile)
        for batch in batches:
            data = batch if isinstance(batch, bytes) else Path(batch).read_bytes()
            for file, reads in enumerate(map(unpickled, pickle.loads(data))):  # from our own worker
                if self._sender and isinstance(batch, str):
                    self._sender.know(batch, file, reads)
                yield reads
            gc.freeze()

    def _is_ended(self, job: ReadJob) -> bool:
        return job.name in self._pool.ended

    def _lost(self, job: ReadJob) -> bytes | str:
        """CT01 for the file that ended the process which read it, or for which it was ended."""
        why = unreadable(self._pool.ended[job.name]) if self._is_ended(job) else _LOST
        submission = unreadable_submission(shown_path(job.path), why)
        return pickle.dumps([(self.checked(submission),)], protocol=5)


def _batch_sizes(files: int, workers: int) -> Iterator[int]:
    """How many files go to a process at once: fewer towards the end, so that all end at about the same time.

    With even batches of 25 one of two processes waits 0.1 s for the other at the end.
    """
    largest = max(1, min(_LARGEST_BATCH, files // (8 * workers)))
    while files:
        yield (size := max(1, min(largest, files // (2 * workers))))
        files -= size


def map_over_forms(submissions: Iterable[Submission]) -> Callable[..., Iterable[Any]]:
    """What maps over the forms of a run: where records are packed, processes that take the unpacked ones along."""
    if not any(isinstance(table.records, PackedRecords) for s in submissions for table in s.tables):
        return map
    return partial(pipeline.workers.map_inheriting, workers=cores())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # it is said where the file is read
        return 0


def _received(path: Path) -> datetime | None:
    """The file's own time, seen here and now: neither the cache nor another machine knows it."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).replace(microsecond=0)
    except (OSError, OverflowError, ValueError):  # a time past the year 9999 is a clock that went wrong
        return None
