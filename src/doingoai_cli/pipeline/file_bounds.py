"""One bound for all that is done with a file (giới hạn xử lý một tệp): reading, understanding, checking, marking.

Readers have limits of their own, and lower ones. This one is for what comes after them: whatever a file's content
makes some stage do, the file is given up and the others go on. It counts CPU time, so that a busy machine makes no
good file late; the clock on the wall counts for what sleeps, with much more room.

Who looks at the clock: the system's timer of CPU time, where there is one and in a process's main thread; else
a thread of our own (on Windows, for the page). In a worker process the file is announced besides, so that the
process that started it can end what neither can (`watchdog`).
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from doingoai_cli.pipeline import watchdog
from doingoai_cli.readers.limits import DEFAULT_BOUNDS, FileBounds
from doingoai_cli.readers.unreadable import Reason

_TICK = 0.5
"""Seconds from one look to the next; the signal comes again should some stage have passed it over."""
_STATM = Path("/proc/self/statm")
_TIMER = hasattr(signal, "ITIMER_PROF")


class BoundsPassed(Exception):  # noqa: N818 - the end of a file's bounds, no error of the program
    """A file's time is up, or its memory."""

    def __init__(self, reason: Reason = Reason.TOO_SLOW) -> None:
        super().__init__(reason.value)
        self.reason = reason


class _File:
    """A file that is being worked on, and what there was when it was first looked at."""

    def __init__(self, bounds: FileBounds, cpu: Callable[[], float]) -> None:
        self.bounds = bounds
        self.cpu = cpu
        """CPU seconds so far of the thread that works on it."""
        self.began = time.monotonic()
        self.base: tuple[float, int] | None = None
        self.raised = False

    def passed(self) -> Reason | None:
        """What is used up; None: nothing yet."""
        now = self.cpu(), used_memory()
        self.base = seconds, memory = self.base or now
        if now[0] - seconds > self.bounds.seconds or time.monotonic() - self.began > self.bounds.wall_seconds:
            return Reason.TOO_SLOW
        return Reason.TOO_HUNGRY if now[1] - memory > self.bounds.memory_bytes else None


@contextmanager
def within_bounds(bounds: FileBounds = DEFAULT_BOUNDS) -> Iterator[None]:
    """Raises `BoundsPassed` within as soon as that much CPU time or memory is taken; for a MemoryError too."""
    by_timer = _TIMER and threading.current_thread() is threading.main_thread()
    begin, end = (_time, _stop_timing) if by_timer else (_watch, _stop_watching)
    watchdog.announce(bounds)
    before = begin(bounds)
    try:  # twice: what is raised may come between a step and the next
        try:
            yield
        finally:
            end(before)
    except MemoryError:
        raise BoundsPassed(Reason.TOO_HUNGRY) from None
    finally:
        end(before)
        watchdog.announce(None)


def used_memory() -> int:
    """The bytes of memory that this process holds."""
    if sys.platform == "linux":
        return int(_STATM.read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import psutil  # takes 20 ms and more, and only a file that takes long comes here

    return int(psutil.Process().memory_info().rss)


# --- by the system's timer ---------------------------------------------------------------------------------


def _time(bounds: FileBounds) -> Any:
    """Its signal comes through expressions that never yield, too."""
    file = _File(bounds, time.thread_time)
    if sys.platform == "linux":
        file.passed()  # costs nothing here: what is there now is known

    def look(_signal: int, _frame: object) -> None:
        if reason := file.passed():
            raise BoundsPassed(reason)

    tick = min(_TICK, bounds.seconds)
    return signal.signal(signal.SIGPROF, look), signal.setitimer(signal.ITIMER_PROF, tick, tick)


def _stop_timing(before: Any) -> None:
    handler, timer = before
    signal.setitimer(signal.ITIMER_PROF, *timer)
    # One that is on its way would end the process by default.
    signal.signal(signal.SIGPROF, signal.SIG_IGN if handler is signal.SIG_DFL else handler)


# --- by a thread -------------------------------------------------------------------------------------------

_lock = threading.Lock()
_files: dict[int, _File] = {}
"""Thread → the file that it works on."""
_watcher: tuple[int, threading.Thread] | None = None
"""The process that it is of, and the thread: a forked child has none."""


def _watch(bounds: FileBounds) -> _File | None:
    thread = threading.get_ident()
    with _lock:
        outer = _files.get(thread)
        _files[thread] = _File(bounds, partial(_cpu_of_thread, threading.get_native_id()))
        global _watcher
        if _watcher is None or _watcher[0] != os.getpid():
            _watcher = os.getpid(), threading.Thread(target=_look_at_all, name="doingoai-deadline", daemon=True)
            _watcher[1].start()
    return outer


def _stop_watching(outer: _File | None) -> None:
    thread = threading.get_ident()
    with _lock:
        file = _files.pop(thread, None)
        if outer is not None:
            _files[thread] = outer
        if file is not None and file.raised:
            _await_raised()


def _await_raised() -> None:
    """What was raised in this thread and has not come yet comes here, and to no other file.

    Python delivers it at the next turn of a loop. Taken back with NULL instead, it would leave Python 3.11
    looking for it at each step from then on: all later work is slower, and may never end while it is traced.
    """
    try:
        for _ in range(2):
            pass
    except BoundsPassed:
        pass


def _look_at_all() -> None:
    while True:
        time.sleep(_TICK)
        with _lock:
            for thread, file in _files.items():
                if time.monotonic() - file.began >= _TICK and (reason := file.passed()):
                    file.raised = True
                    _raise_in(thread, _TooHungry if reason is Reason.TOO_HUNGRY else BoundsPassed)


class _TooHungry(BoundsPassed):
    """It says its reason by itself: a thread can only be sent a class."""

    def __init__(self) -> None:
        super().__init__(Reason.TOO_HUNGRY)


def _raise_in(thread: int, what: type[Exception]) -> None:
    import ctypes  # only where a file has gone past its bounds

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(what))


def _cpu_of_thread(native: int) -> float:
    """The CPU seconds of one thread of this process; of all where the system does not tell them apart."""
    import psutil  # as above

    for thread in psutil.Process().threads():
        if thread.id == native:
            return float(thread.user_time + thread.system_time)
    return time.process_time()
