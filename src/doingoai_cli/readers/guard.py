"""A reader in a process of its own (tiến trình canh giữ): what kills, hangs or exhausts it costs one file.

The worker is a bare interpreter that reads requests from its standard input and answers on its standard output.
It is started when the first such file comes, serves one after the other, and is replaced when it is lost. Every
process has its own, so that a pool of readers needs nothing further.
"""

import atexit
import math
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import IO, Any, TypeVar

from doingoai_cli.readers.limits import Limits, Meter
from doingoai_cli.readers.unreadable import GiveUp, Reason, Unreadable, unreadable

if sys.platform != "win32":
    import resource

_SERVE = "from doingoai_cli.readers.guard import serve; serve()"
_GRACE = 1.0
"""Seconds past the reader's own limits before the process is ended: a reader that sees the clock ends itself."""

_LOST = unreadable(Reason.UNREADABLE, "Tệp làm trình đọc dừng đột ngột (tệp hỏng hoặc độc hại)")
_CRAMPED = unreadable(
    Reason.TOO_HUNGRY,
    "Máy đang giới hạn bộ nhớ của chương trình, không đủ để đọc tệp",
    "Bỏ giới hạn bộ nhớ (ulimit -v) hoặc đọc trên máy khác; hoặc lưu tệp dạng .xlsx rồi gửi lại",
)

_TIME_IS_UP = 124
_SLOW = (_TIME_IS_UP, *(-getattr(signal, name) for name in ("SIGXCPU", "SIGALRM") if hasattr(signal, name)))
"""How a worker ends whose time is up."""

Answer = TypeVar("Answer")


class Guard:
    """One worker process, which calls "module:function" with (data, name, limits) for each file."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, reader: str, data: bytes, name: str, limits: Limits, kind: type[Answer]) -> Answer | Unreadable:
        """What `reader` makes of one file, a value of `kind`, within the limits of time and memory."""
        with self._lock:
            process = self._running()
            late = threading.Event()
            watchdog = threading.Timer(limits.wall_seconds + _GRACE, _end, (process, late))
            watchdog.daemon = True
            watchdog.start()
            try:
                return self._ask(process, (reader, data, name, limits), kind)
            except (OSError, EOFError, pickle.UnpicklingError):
                return self._why(process, late.is_set(), limits)
            finally:
                watchdog.cancel()

    def _why(self, process: subprocess.Popen[bytes], late: bool, limits: Limits) -> Unreadable:
        """Why a worker was lost: the limits of time, those of this machine, or the file."""
        self.close()
        if late or process.returncode in _SLOW:
            return unreadable(Reason.TOO_SLOW)
        return _CRAMPED if _memory_limit() < limits.memory_bytes else _LOST

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

    def _ask(
        self, process: subprocess.Popen[bytes], request: tuple[Any, ...], kind: type[Answer]
    ) -> Answer | Unreadable:
        if process.stdin is None or process.stdout is None:
            raise EOFError
        pickle.dump(request, process.stdin, protocol=5)
        process.stdin.flush()
        answer: object = pickle.load(process.stdout)  # from our own worker, as trusted as this process
        if isinstance(answer, Unreadable):
            if answer.reason is Reason.TOO_HUNGRY:
                self.close()  # its memory is fragmented: the next file gets a fresh one
            return answer
        if not isinstance(answer, kind):
            raise EOFError
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


def read_guarded(reader: str, data: bytes, name: str, limits: Limits, kind: type[Answer]) -> Answer | Unreadable:
    """`data` read by "module:function" in this process's worker."""
    pid = os.getpid()
    guard = _guards.get(pid)
    if guard is None:
        _guards.clear()
        guard = _guards[pid] = Guard()
        atexit.register(guard.close)
    return guard.read(reader, data, name, limits, kind)


def never_raises(
    broken: Unreadable,
) -> Callable[[Callable[[bytes, str, Meter], Answer]], Callable[[bytes, str, Limits], Answer | Unreadable]]:
    """Makes a reader of the guarded process answer whatever happens.

    Libraries let every kind of error out of a broken file: each is `broken`, but for `GiveUp`, which says why.
    """

    def decorate(
        read: Callable[[bytes, str, Meter], Answer],
    ) -> Callable[[bytes, str, Limits], Answer | Unreadable]:
        @wraps(read)
        def answer(data: bytes, name: str, limits: Limits) -> Answer | Unreadable:
            try:
                return read(data, name, Meter(limits))
            except GiveUp as given_up:
                return given_up.unreadable
            except MemoryError:
                return unreadable(Reason.TOO_HUNGRY)
            except Exception:
                return broken

        return answer

    return decorate


def serve() -> None:
    """The worker's loop: a request in, an answer out, until its parent is gone."""
    requests, answers, clock = sys.stdin.buffer, _private_stdout(), _Clock()
    while True:
        try:
            reader, data, name, limits = pickle.load(requests)
        except EOFError:
            return
        _limit(limits, clock)
        try:
            answer = function_of(reader)(data, name, limits)
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


def function_of(reader: str) -> Any:
    """The function that "module:function" names."""
    module, _, name = reader.partition(":")
    return getattr(import_module(module), name)


class _Clock:
    """Ends this process when its CPU time is up, where the system does not do so (Windows)."""

    def __init__(self) -> None:
        self.until = math.inf
        if sys.platform == "win32":
            threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while _spent() < self.until:
            time.sleep(_GRACE / 4)
        os._exit(_TIME_IS_UP)


def _limit(limits: Limits, clock: _Clock) -> None:
    """Bound this process: its CPU time and its memory, and its life should the parent be gone."""
    if sys.platform == "win32":
        clock.until = _spent() + limits.seconds + _GRACE
        return
    # A limit that the system has set already stays in force where it is the lower one.
    _bound(resource.RLIMIT_AS, limits.memory_bytes)
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_CPU, math.ceil(_spent() + limits.seconds + _GRACE))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds + 2 * _GRACE)


def _spent() -> float:
    """CPU seconds of this process so far."""
    return time.process_time()


def _bound(what: int, limit: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _memory_limit() -> float:
    """The bytes of memory that the system allows this process; infinite where it sets no limit."""
    if sys.platform == "win32":
        return math.inf
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return math.inf if soft == resource.RLIM_INFINITY else soft
