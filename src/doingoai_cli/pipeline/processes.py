"""Processes on this machine that take work, watched from outside, and let go at once where Ctrl-C asks for it."""

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import mkstemp
from typing import Any, Generic, TypeVar

from doingoai_cli.compiled import no_plugins, reuse_compiled
from doingoai_cli.pipeline.cores import start_method
from doingoai_cli.pipeline.watchdog import Watchdog, announce_in
from doingoai_cli.readers.unreadable import Reason
from doingoai_cli.scratch import own_folder

J = TypeVar("J")
R = TypeVar("R")

_GRACE = 1.0
"""Seconds that a process gets to end in when told to."""


class LocalPool:
    """The processes of this machine. `work`: what each is forked with, and need not be sent."""

    def __init__(self, workers: int, work: Callable[[Any], Any] | None = None) -> None:
        self.workers = workers
        self._work = work
        self.broken: tuple[type[Exception], ...] = (BrokenExecutor,)
        self._before = set(multiprocessing.active_children())
        self._folder = own_folder()
        with _without_interrupts():  # its thread must not take them either
            self._watch = Watchdog(self._folder.name)
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
        """The name of a file with the bytes."""
        return stored(self._folder.name, value)

    def submit(self, work: Callable[[Sequence[J]], list[R]], jobs: Sequence[J]) -> "Answer[R]":
        """As `WorkerPool` does; results that are long come back in a file."""
        return Answer(self._pool.submit(_answered, self._folder.name, work, jobs))

    def restart(self) -> None:
        """Other processes, with the same work."""
        self._pool.shutdown(cancel_futures=True)
        self._start()

    def close(self, *, abort: bool) -> None:
        """Let them go; those that work on end with this process, or at once (`abort`)."""
        self._watch.close()
        if abort:
            for child in set(multiprocessing.active_children()) - self._before:
                child.terminate()
                child.join(_GRACE)
        self._pool.shutdown(cancel_futures=True)
        self._folder.cleanup()


def local_pool(workers: int, work: Callable[[Any], Any] | None = None) -> LocalPool | None:
    """Processes of this machine; None where the system lets none begin (hết số tiến trình được phép)."""
    try:
        return LocalPool(workers, work)
    except (OSError, RuntimeError):  # RuntimeError: no further thread
        return None


_AT_ONCE = 2048
"""Bytes that a pipe takes whole or not at all: Linux gives 4,096, headers included."""


def _answered(folder: str, work: Callable[[Sequence[J]], list[R]], jobs: Sequence[J]) -> str | bytes:
    """In a worker: the pickled results, or the name of the file that holds them where they are long.

    A process that is killed while it writes long results into the pipe leaves its parent waiting for the rest.
    """
    answer = pickle.dumps(work(jobs), protocol=5)
    return answer if len(answer) <= _AT_ONCE else stored(folder, answer)


def stored(folder: str, data: bytes) -> str:
    """The name of a new file in `folder` that holds the bytes."""
    descriptor, name = mkstemp(dir=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    return name


def has_come(future: Future[Any]) -> bool:
    """Whether results are there."""
    return future.done() and not future.cancelled() and future.exception() is None


class Answer(Generic[R]):
    """What a worker was asked for: read when it is needed, so that what is long waits on the disk meanwhile."""

    def __init__(self, sent: Future[str | bytes]) -> None:
        self._sent = sent

    def has_come(self) -> bool:
        """Whether results are there."""
        return has_come(self._sent)

    def result(self) -> list[R]:
        """The results, once; what the work raised, BrokenExecutor where its process ended."""
        try:
            answer = self._sent.result()
        except CancelledError as error:
            raise BrokenExecutor from error
        if isinstance(answer, str):
            path = Path(answer)
            answer = path.read_bytes()
            path.unlink()
        results: list[R] = pickle.loads(answer)  # from our own worker
        return results


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
    no_plugins()
    reuse_compiled()
    announce_in(folder)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


_own_work: Callable[[Any], Any] | None = None
"""In a worker alone: the work that it was forked with, which need not be pickled."""


def do_own_work(items: Sequence[Any]) -> list[Any]:
    """In a worker: the work that it was forked with."""
    assert _own_work is not None
    return [_own_work(item) for item in items]
