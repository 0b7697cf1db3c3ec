"""One deadline for all that is done with a file (thời hạn xử lý một tệp): reading, understanding, checking.

Readers have limits of their own, and lower ones. This one is for what comes after them: whatever a file's content
makes some stage do, the file is given up and the others go on. It counts CPU time, so that a busy machine makes no
good file late, and works where the system has such a timer (not on Windows) and in a process's main thread.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 60.0
"""Of CPU time: ten times what the largest file takes that the readers let through."""
_AGAIN = 1.0
"""Seconds after which the signal comes again, should some stage have passed it over."""


class DeadlinePassed(Exception):  # noqa: N818 - the end of a file's time, no error of the program
    """A file's time is up."""


@contextmanager
def deadline(seconds: float = SECONDS) -> Iterator[None]:
    """Raises `DeadlinePassed` within, once so much CPU time has been spent."""
    if not hasattr(signal, "ITIMER_VIRTUAL") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise DeadlinePassed
