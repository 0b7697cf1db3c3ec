"""One map over several processes (chia việc): on this machine's cores, or on a dask cluster that is already there.

Both are `concurrent.futures` executors; what differs is how they start, break and stop. A batch whose process
dies is done again file by file, each alone, so that one killing file costs itself and nothing else.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from itertools import islice, repeat, takewhile
from typing import Any, NamedTuple, Protocol, TypeVar

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.pipeline.cores import start_method
from doingoai_cli.pipeline.processes import Answer, do_own_work, has_come, local_pool
from doingoai_cli.readers.unreadable import Reason

_AHEAD = 3
"""Batches a worker that are on their way at once: enough that none waits, few enough that memory is bounded."""

J = TypeVar("J")
R = TypeVar("R")


Promised = Future[list[R]] | Answer[R]
"""The results of a batch, as they will be."""


class WorkerPool(Protocol):
    """Processes that take work."""

    workers: int
    broken: tuple[type[Exception], ...]
    """What a future raises whose process died."""
    ended: Mapping[str, Reason]
    """The jobs, by the names that workers announced, whose process was ended for them, and why."""

    def share(self, value: bytes) -> bytes | str:
        """What every batch needs: the bytes themselves, or the name of a file that workers can read."""
        ...

    def submit(self, work: Callable[[Sequence[J]], list[R]], jobs: Sequence[J]) -> Promised[R]:
        """Hand a batch over."""
        ...

    def restart(self) -> None:
        """Start again after a process died."""
        ...

    def close(self, *, abort: bool) -> None:
        """Let the processes go; `abort`: at once, whatever they are doing."""
        ...


def start_pool(scheduler: str | None, workers: int) -> WorkerPool | None:
    """The processes of this machine, or those behind a dask scheduler's address; None where none can begin.

    DoingoaiError where there is no scheduler, or dask is not installed.
    """
    return local_pool(workers) if scheduler is None else ClusterPool(scheduler)


def in_order(
    pool: WorkerPool,
    work: Callable[[Sequence[J]], list[R]],
    jobs: Iterable[J],
    sizes: Iterable[int],
    lost: Callable[[J], R],
    is_ended: Callable[[J], bool] = lambda _: False,
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[R]:
    """The results of the jobs, in the order given, worked in batches of these `sizes`; `lost(job)` where it kills.

    `work` gives one for each job, or one for a whole batch. A job is not tried again where `is_ended` says that
    its process was ended for it. `meanwhile`: done in this process once the first batches are on their way.
    """
    rest = iter(jobs)
    batches = takewhile(len, (tuple(islice(rest, size)) for size in sizes))
    waiting: deque[_SubmittedBatch] = deque()
    while True:
        for batch in islice(batches, _AHEAD * pool.workers - len(waiting)):
            waiting.append(_send(pool, work, batch))
        if not waiting:
            return
        if meanwhile is not None:
            meanwhile()
            meanwhile = None
        jobs_sent, future = waiting.popleft()
        try:
            results = future.result()
        except pool.broken:
            pool.restart()
            results = [lost(job) if is_ended(job) else _alone(pool, work, job, lost) for job in jobs_sent]
            waiting = deque(
                sent if _is_done(sent.future) or any(map(is_ended, sent.jobs)) else _send(pool, work, sent.jobs)
                for sent in waiting
            )
        yield from results


class _SubmittedBatch(NamedTuple):
    jobs: Sequence[Any]
    future: Promised[Any]


def _send(pool: WorkerPool, work: Callable[[Sequence[J]], list[R]], jobs: Sequence[J]) -> _SubmittedBatch:
    try:
        return _SubmittedBatch(jobs, pool.submit(work, jobs))
    except pool.broken as error:  # it broke since the last result was taken
        failed: Future[list[R]] = Future()
        failed.set_exception(error)
        return _SubmittedBatch(jobs, failed)


def _is_done(promised: Promised[Any]) -> bool:
    return promised.has_come() if isinstance(promised, Answer) else has_come(promised)


def _alone(pool: WorkerPool, work: Callable[[Sequence[J]], list[R]], job: J, lost: Callable[[J], R]) -> R:
    try:
        return pool.submit(work, (job,)).result()[0]
    except pool.broken:
        pool.restart()
        return lost(job)


def map_inheriting(work: Callable[[J], R], items: Sequence[J], *, workers: int) -> Iterator[R]:
    """`map(work, items)`, in processes forked with all that `work` holds, so that only results are sent.

    For work on much data with small results. Where processes cannot be forked, it is done in this one.
    """
    workers = min(workers, len(items))
    pool = local_pool(workers, work) if workers > 1 and start_method() == "fork" else None
    if pool is None:
        yield from map(work, items)
        return
    done = False
    try:
        yield from in_order(pool, do_own_work, items, repeat(1), work)
        done = True
    finally:
        pool.close(abort=not done)


# --- on a cluster (cụm máy) ------------------------------------------------------------------------------------


class ClusterPool:
    """The processes behind a dask scheduler that is already there.

    DoingoaiError where it cannot be reached, or dask is not installed.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client, KilledWorker  # an extra
        except ImportError as error:
            raise DoingoaiError(
                "--scheduler cần gói dask: cài bằng pip install 'doingoai-cli[cluster]'."
            ) from error
        try:
            self._client: Any = Client(address, timeout="10s", set_as_default=False)
        except (OSError, ValueError) as error:
            raise DoingoaiError(
                f"Không kết nối được với {address}: kiểm tra địa chỉ, và máy điều phối dask đã chạy chưa."
            ) from error
        self.broken: tuple[type[Exception], ...] = (KilledWorker,)
        self.ended: Mapping[str, Reason] = {}
        self.workers = max(1, sum(self._client.nthreads().values()))
        self._executor: Executor = self._client.get_executor(pure=False)

    def submit(self, work: Callable[[Sequence[J]], list[R]], jobs: Sequence[J]) -> Future[list[R]]:
        """As `WorkerPool` does."""
        return self._executor.submit(work, jobs)

    def share(self, value: bytes) -> bytes:
        """The bytes: the workers may see no file of this machine."""
        return value

    def restart(self) -> None:
        """The scheduler replaces a lost worker itself."""

    def close(self, *, abort: bool) -> None:
        """Leave the cluster; it goes on without us."""
        self._executor.shutdown(wait=not abort)
        self._client.close()
