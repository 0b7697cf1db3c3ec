"""A reader in a process of its own (tiến trình canh giữ): what kills, hangs or fattens it costs one file, no more.

The worker is a bare interpreter that reads requests from its standard input and answers on its standard output.
It is started when the first such file comes, serves one after the other, and is replaced when it is lost. Every
process has its own, so that a pool of readers needs nothing further.
"""

import atexit
import os
import pickle
import subprocess
import sys
import threading
from importlib import import_module
from typing import IO, Any

from doingoai_cli.model.grid import Workbook
from doingoai_cli.readers.limits import Limits
from doingoai_cli.readers.unreadable import Reason, Unreadable, unreadable

_LEGACY_READER = "doingoai_cli.readers.xls:read_legacy"
_SERVE = "from doingoai_cli.readers.guard import serve; serve()"
_GRACE = 1.0
"""Seconds past the reader's own limit before the process is ended: a reader that sees the clock ends itself."""

_LOST = unreadable(Reason.UNREADABLE, "Tệp làm trình đọc dừng đột ngột (tệp hỏng hoặc độc hại)")


class Guard:
    """One worker process; `reader` is "module:function", called with (data, name, limits)."""

    def __init__(self, reader: str = _LEGACY_READER) -> None:
        self._reader = reader
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, data: bytes, name: str, limits: Limits) -> Workbook | Unreadable:
        """What the reader makes of one file, within the limits of time and memory."""
        with self._lock:
            process = self._running()
            late = threading.Event()
            watchdog = threading.Timer(limits.seconds + _GRACE, _end, (process, late))
            watchdog.start()
            try:
                return self._ask(process, (self._reader, data, name, limits))
            except (OSError, EOFError, pickle.UnpicklingError):
                self.close()
                return unreadable(Reason.TOO_SLOW) if late.is_set() else _LOST
            finally:
                watchdog.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                # Without asserts: xlrd's stop at deviations from the format that do no harm to the data.
                [sys.executable, "-O", "-c", _SERVE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], request: tuple[Any, ...]) -> Workbook | Unreadable:
        if process.stdin is None or process.stdout is None:
            raise EOFError
        pickle.dump(request, process.stdin, protocol=5)
        process.stdin.flush()
        answer: object = pickle.load(process.stdout)  # from our own worker, as trusted as this process
        if not isinstance(answer, Workbook | Unreadable):
            raise EOFError
        if isinstance(answer, Unreadable) and answer.reason is Reason.TOO_HUNGRY:
            self.close()  # its memory is fragmented: the next file gets a fresh one
        return answer

    def close(self) -> None:
        """End the worker; a later `read` starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # unsent bytes of a request that nobody will read
                    continue


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


_guards: dict[int, Guard] = {}
"""The guard of this process, by process id: a forked child must not share its parent's pipes."""


def read_guarded(data: bytes, name: str, limits: Limits) -> Workbook | Unreadable:
    """`data` read by the legacy reader in this process's worker."""
    pid = os.getpid()
    guard = _guards.get(pid)
    if guard is None:
        _guards.clear()
        guard = _guards[pid] = Guard()
        atexit.register(guard.close)
    return guard.read(data, name, limits)


def serve() -> None:
    """The worker's loop: a request in, an answer out, until its parent is gone."""
    requests, answers = sys.stdin.buffer, _private_stdout()
    while True:
        try:
            reader, data, name, limits = pickle.load(requests)
        except EOFError:
            return
        _limit(limits)
        try:
            answer = _function(reader)(data, name, limits)
        except MemoryError:
            answer = unreadable(Reason.TOO_HUNGRY)
        pickle.dump(answer, answers, protocol=5)
        answers.flush()


def _private_stdout() -> IO[bytes]:
    """The pipe to the parent; what libraries print goes nowhere."""
    pipe = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return pipe


def _function(reader: str) -> Any:
    module, _, name = reader.partition(":")
    return getattr(import_module(module), name)


def _limit(limits: Limits) -> None:
    """Bound this process where the system can: its memory, and its life should the parent be gone."""
    if sys.platform == "win32":
        return
    import resource
    import signal

    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + 2 * _GRACE)
