"""One map over several processes (chia việc): on this machine's cores, or on a dask cluster that is already there.

Both are `concurrent.futures` executors; what differs is how they start, break and stop. A batch whose process
dies is done again file by file, each alone, so that one killing file costs itself and nothing else.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory, mkstemp
from typing import Any, NamedTuple, Protocol, TypeVar

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.pipeline.cores import start_method
from doingoai_cli.pipeline.watching import Watch, announce_in
from doingoai_cli.readers.unreadable import Reason

_GRACE = 1.0
"""Seconds that a process gets to end in when told to."""
_AHEAD = 3
"""Batches a worker that are on their way at once: enough that none waits, few enough that memory is bounded."""

J = TypeVar("J")
R = TypeVar("R")


class Crew(Protocol):
    """Processes that take work."""

    workers: int
    broken: tuple[type[Exception], ...]
    """What a future raises whose process died."""
    ended: Mapping[str, Reason]
    """The jobs, by the names that workers announced, whose process was ended for them, and why."""

    def share(self, value: bytes) -> bytes | str:
        """What every batch needs: the bytes themselves, or the name of a file that workers can read."""
        ...

    def submit(self, work: Callable[[Sequence[J]], list[R]], jobs: Sequence[J]) -> Future[list[R]]:
        """Hand a batch over."""
        ...

    def restart(self) -> None:
        """Start again after a process died."""
        ...

    def close(self, *, abort: bool) -> None:
        """Let the processes go; `abort`: at once, whatever they are doing."""
        ...


def start_crew(scheduler: str | None, workers: int) -> Crew:
    """The processes of this machine, or those behind a dask scheduler's address.

    DoingoaiError where there is no scheduler, or dask is not installed.
    """
    return _LocalCrew(workers) if scheduler is None else _ClusterCrew(scheduler)


def in_order(
    crew: Crew,
    work: Callable[[Sequence[J]], list[R]],
    jobs: Iterable[J],
    size: int,
    lost: Callable[[J], R],
    is_ended: Callable[[J], bool] = lambda _: False,
) -> Iterator[R]:
    """The results of the jobs, in the order given, worked in batches of `size`; `lost(job)` where it kills.

    `work` gives one for each job, or one for a whole batch. A job is not tried again where `is_ended` says that
    its process was ended for it.
    """
    batches = _batches(jobs, size)
    waiting: deque[_Sent] = deque()
    while True:
        for batch in islice(batches, _AHEAD * crew.workers - len(waiting)):
            waiting.append(_send(crew, work, batch))
        if not waiting:
            return
        jobs_sent, future = waiting.popleft()
        try:
            results = future.result()
        except crew.broken:
            crew.restart()
            results = [lost(job) if is_ended(job) else _alone(crew, work, job, lost) for job in jobs_sent]
            waiting = deque(
                sent if _is_done(sent.future) or any(map(is_ended, sent.jobs)) else _send(crew, work, sent.jobs)
                for sent in waiting
            )
        yield from results


class _Sent(NamedTuple):
    jobs: Sequence[Any]
    future: Future[list[Any]]


def _batches(jobs: Iterable[J], size: int) -> Iterator[tuple[J, ...]]:
    rest = iter(jobs)
    while batch := tuple(islice(rest, size)):
        yield batch


def _send(crew: Crew, work: Callable[[Sequence[J]], list[R]], jobs: Sequence[J]) -> _Sent:
    try:
        return _Sent(jobs, crew.submit(work, jobs))
    except crew.broken as error:  # it broke since the last result was taken
        failed: Future[list[R]] = Future()
        failed.set_exception(error)
        return _Sent(jobs, failed)


def _is_done(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _alone(crew: Crew, work: Callable[[Sequence[J]], list[R]], job: J, lost: Callable[[J], R]) -> R:
    try:
        return crew.submit(work, (job,)).result()[0]
    except crew.broken:
        crew.restart()
        return lost(job)


# --- this machine ------------------------------------------------------------------------------------------


class _LocalCrew:
    def __init__(self, workers: int, work: Callable[[Any], Any] | None = None) -> None:
        self.workers = workers
        self._work = work
        self.broken: tuple[type[Exception], ...] = (BrokenExecutor,)
        self._before = set(multiprocessing.active_children())
        self._folder = TemporaryDirectory(prefix="doingoai-", ignore_cleanup_errors=True)
        with _without_interrupts():  # its thread must not take them either
            self._watch = Watch(self._folder.name)
        self.ended: Mapping[str, Reason] = self._watch.ended
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context(start_method())
        self._pool = ProcessPoolExecutor(
            self.workers,
            mp_context=context,
            initializer=_begin,
            initargs=(self._work, self._folder.name, gc.get_threshold()),
        )
        try:
            with _without_interrupts(), self._watch.paused:
                self._pool.submit(_begun)  # where they fork, they all do so now
        except BaseException:
            self.close(abort=True)
            raise

    def share(self, value: bytes) -> str:
        return _stored(self._folder.name, value)

    def submit(self, work: Callable[[Sequence[J]], list[R]], jobs: Sequence[J]) -> Future[list[R]]:
        sent: Future[str | bytes] = self._pool.submit(_answered, self._folder.name, work, jobs)
        results: Future[list[R]] = Future()
        sent.add_done_callback(partial(_taken, results))
        return results

    def restart(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._start()

    def close(self, *, abort: bool) -> None:
        self._watch.close()
        if abort:
            for child in set(multiprocessing.active_children()) - self._before:
                child.terminate()
                child.join(_GRACE)
        self._pool.shutdown(cancel_futures=True)
        self._folder.cleanup()


_AT_ONCE = 2048
"""Bytes that a pipe takes whole or not at all: Linux gives 4,096, headers included."""


def _answered(folder: str, work: Callable[[Sequence[J]], list[R]], jobs: Sequence[J]) -> str | bytes:
    """In a worker: the pickled results, or the name of the file that holds them where they are long.

    A process that is killed while it writes long results into the pipe leaves its parent waiting for the rest.
    """
    answer = pickle.dumps(work(jobs), protocol=5)
    return answer if len(answer) <= _AT_ONCE else _stored(folder, answer)


def _stored(folder: str, data: bytes) -> str:
    """The name of a new file in `folder` that holds the bytes."""
    descriptor, name = mkstemp(dir=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    return name


def _taken(results: Future[list[R]], sent: Future[str | bytes]) -> None:
    """In the parent: what a worker has answered becomes the result that was promised."""
    try:
        answer = sent.result()
        if isinstance(answer, str):
            path = Path(answer)
            answer = path.read_bytes()
            path.unlink()
        results.set_result(pickle.loads(answer))  # from our own worker
    except BaseException as error:  # also of the work itself, and that it was cancelled
        results.set_exception(BrokenExecutor() if isinstance(error, CancelledError) else error)


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Ctrl-C waits meanwhile; processes forked now never see it: it is their parent's to answer."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begun() -> None:
    """The first piece of work: none."""


def _begin(work: Callable[[Any], Any] | None, folder: str, threshold: tuple[int, int, int]) -> None:
    """In a worker: it hears no Ctrl-C, does not outlive its parent, tells what it does, knows what it is for.

    What it was forked with, or has imported, stays: nobody need look through it for cycles.
    """
    global _own_work
    _own_work = work
    gc.freeze()
    gc.set_threshold(*threshold)
    announce_in(folder)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


# --- by inheritance ----------------------------------------------------------------------------------------

_own_work: Callable[[Any], Any] | None = None
"""In a worker alone: the work that it was forked with, which need not be pickled."""


def map_inheriting(work: Callable[[J], R], items: Sequence[J], *, workers: int) -> Iterator[R]:
    """`map(work, items)`, in processes forked with all that `work` holds, so that only results are sent.

    For work on much data with small results. Where processes cannot be forked, it is done in this one.
    """
    workers = min(workers, len(items))
    if workers < 2 or start_method() != "fork":
        yield from map(work, items)
        return
    crew = _LocalCrew(workers, work)
    done = False
    try:
        yield from in_order(crew, _do_own_work, items, 1, work)
        done = True
    finally:
        crew.close(abort=not done)


def _do_own_work(items: Sequence[Any]) -> list[Any]:
    assert _own_work is not None
    return [_own_work(item) for item in items]


# --- a cluster ---------------------------------------------------------------------------------------------


class _ClusterCrew:
    def __init__(self, address: str) -> None:
        try:
            from distributed import Client, KilledWorker
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
        return self._executor.submit(work, jobs)

    def share(self, value: bytes) -> bytes:
        return value

    def restart(self) -> None:
        """The scheduler replaces a lost worker itself."""

    def close(self, *, abort: bool) -> None:
        self._executor.shutdown(wait=not abort)
        self._client.close()
