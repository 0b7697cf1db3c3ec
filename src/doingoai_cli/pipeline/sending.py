"""Work sent to the processes that read a run's files (gửi việc cho tiến trình đã đọc tệp), where none is forked.

They hold what was read, or find it in files; so of a record only its place is sent. Of 20,000 rows that takes a
tenth of what the rules across files take, or writing the rows: a merge in fresh processes does both beside the
rest, as one that forks does (`beside.py`).
"""

import copyreg
import gc
import pickle
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from doingoai_cli.model.pending import Later
from doingoai_cli.model.records import MODELS, Record
from doingoai_cli.model.sources import Provenance
from doingoai_cli.pipeline.one_file import FileRead, unpickled
from doingoai_cli.pipeline.processes import stored
from doingoai_cli.pipeline.workers import WorkerPool

T = TypeVar("T")

Place = tuple[str, int, int, int, int]
"""Of a record: the batch, the file in it, what lies in that, the table, the row."""


class Sender:
    """Hands work to the processes of a pool which read the files of a run."""

    def __init__(self, pool: WorkerPool) -> None:
        self._pool = pool
        self._places: dict[Provenance, tuple[Record, Place]] = {}
        """By where a record comes from; of two beside each other in a sheet the second's."""

    def know(self, batch: str, file: int, reads: Sequence[FileRead]) -> None:
        """Where the records of a file lie."""
        self._places |= {
            record.provenance: (record, (batch, file, part, number, row))
            for part, read in enumerate(reads)
            for number, table in enumerate(read.submission.tables)
            for row, record in enumerate(table.records)
        }

    def begin(self, work: Callable[[], T], *, beside: bool) -> Callable[[], T]:
        """A piece of work; what is returned gives its result, worked out once.

        Where it cannot be sent, or goes wrong there, it is done when it is asked for, as without `beside`.
        """
        if not beside:
            return cache(work)
        try:
            job = str(self._pool.share(self._pickled(work)))
            sent = self._pool.submit(do_sent, (job,))
        except Exception:  # it cannot be pickled, or the processes are gone
            return cache(work)

        @cache  # whoever asks again gets the same
        def result() -> T:
            try:
                found: list[T] = sent.result()
            except Exception:  # that process has ended; or the work raises the same here
                return work()
            return found[0]

        return result

    def _pickled(self, work: Callable[[], object]) -> bytes:
        data = BytesIO()
        pickler = pickle.Pickler(data, protocol=5)
        of_records = dict.fromkeys(MODELS.values(), self._reduced)
        pickler.dispatch_table = {**copyreg.dispatch_table, **of_records, Later: _refused}
        pickler.dump(work)
        return data.getvalue()

    def _reduced(self, record: Record) -> tuple[Any, ...]:
        known, place = self._places.get(record.provenance, (None, None))
        return (_record_at, place) if known is record and place else record.__reduce__()


def _refused(_later: Later) -> tuple[Any, ...]:
    raise pickle.PicklingError("rows that are not read yet are read here")


# --- in a worker -------------------------------------------------------------------------------------------

_batches: dict[str, Sequence[tuple[FileRead, ...] | bytes]] = {}
"""In a worker alone: what it read, and what it looked up of others."""


def stored_readings(reads: Sequence[tuple[FileRead, ...] | bytes], folder: str) -> str:
    """The name of a new file in `folder` with the readings of a batch, which stay here too."""
    name = stored(folder, pickle.dumps(reads, protocol=5))
    _batches[name] = reads
    gc.freeze()
    return name


def do_sent(jobs: Sequence[str]) -> list[Any]:
    """The results of pieces of work, by the names of their files."""
    return [pickle.loads(Path(job).read_bytes())() for job in jobs]  # from the process that started this one


def _record_at(batch: str, file: int, part: int, table: int, row: int) -> Record:
    return _reads(batch, file)[part].submission.tables[table].records[row]


@cache  # each record of a piece of work asks: a file is unpacked once
def _reads(batch: str, file: int) -> tuple[FileRead, ...]:
    if batch not in _batches:
        _batches[batch] = pickle.loads(Path(batch).read_bytes())  # of another worker of this run
    return unpickled(_batches[batch][file])
