"""Work that a process of its own does while this one goes on (làm song song): begun now, asked for later.

The process is forked with all that the work needs; only the pickled result is sent. Where none can be forked, or
it dies, the work is done when it is asked for: so there is a result in any case, and always the same one. A merge
of 200 workbooks takes 2.9 s instead of 3.3 thus, and merged again 1.6 instead of 2.0 (two cores).
"""

import gc
import os
import pickle
import signal
import threading
import weakref
from collections.abc import Callable, Iterable, Sequence
from io import FileIO
from typing import Any, Generic, TypeVar

from doingoai_cli.pipeline.cores import cores, start_method

T = TypeVar("T")
Begin = Callable[..., Callable[[], Any]]
"""`Begun`, or what begins work in another way: called alike."""


class Begun(Generic[T]):
    """A piece of work; calling it gives its result, worked out once."""

    def __init__(self, work: Callable[[], T], *, beside: bool) -> None:
        """`beside`: in a process of its own, where there are two cores and no thread could be holding a lock."""
        self._work: Callable[[], T] | None = work
        self._result: list[T] = []
        can = beside and start_method() == "fork" and cores() > 1 and threading.active_count() == 1
        self._process = _begun(work) if can else None

    def __call__(self) -> T:
        """The result; whatever the work raises is raised here."""
        if self._work is not None:
            work, process = self._work, self._process
            self._work = self._process = None
            self._result += (process.result() if process else []) or [work()]
        return self._result[0]


def map_in_halves(work: Callable[[Any], T], items: Sequence[Any]) -> Iterable[T]:
    """`map(work, items)`, half of the items in a process of its own: the 2nd and 3rd, 6th and 7th, … of them.

    Of the rules across 100,000 rows, 1.5 s of CPU, this process is left with 0.9; both together spend 0.2 s more.
    """
    theirs = [at for at in range(len(items)) if at % 4 in (1, 2)]
    rest = Begun(lambda: [work(items[at]) for at in theirs], beside=bool(theirs))
    found = {at: work(item) for at, item in enumerate(items) if at not in theirs}
    found |= zip(theirs, rest(), strict=True)
    return [found[at] for at in range(len(items))]


def _begun(work: Callable[[], object]) -> "_Process | None":
    try:
        return _Process(work)
    except OSError:  # the system lets no further process begin: then it is done here
        return None


class _Process:
    """A child of this process that does one piece of work; it is ended when nobody wants its result any more."""

    def __init__(self, work: Callable[[], object]) -> None:
        reading, writing = os.pipe()
        try:
            child = os.fork()
        except OSError:
            os.close(reading)
            os.close(writing)
            raise
        if not child:
            os.close(reading)
            _do(work, writing)
        os.close(writing)
        self._child, self._pipe = child, FileIO(reading)
        self._end = weakref.finalize(self, _ended, os.getpid(), child, self._pipe)

    def result(self) -> list[Any]:
        """The result, as one item; none where the process could not tell it."""
        answer = self._pipe.readall()
        self._end.detach()
        self._pipe.close()
        _, status = os.waitpid(self._child, 0)
        return [] if status or not answer else [pickle.loads(answer)]  # from our own child


def _do(work: Callable[[], object], pipe: int) -> None:
    """In the child: the work, its result into the pipe, the end. What goes wrong the parent finds by itself."""
    status = 1
    try:
        gc.freeze()
        with FileIO(pipe, "w") as file:
            answer = memoryview(pickle.dumps(work(), protocol=5))
            while answer:
                answer = answer[file.write(answer) or 0 :]
        status = 0
    finally:
        os._exit(status)


def _ended(parent: int, child: int, pipe: FileIO) -> None:
    if os.getpid() == parent:  # not in another child, which knows of this one as well
        pipe.close()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
