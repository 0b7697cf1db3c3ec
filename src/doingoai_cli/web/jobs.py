"""Work that takes longer than a page may (việc chạy nền): one at a time, with its progress and its end."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import NO_TRACEBACK
from doingoai_cli.model.consolidated import Review

Tell = Callable[[int, int, int, int], None]
Work = Callable[[Tell], "JobResult"]
_MOST_JOBS = 50
"""Ended jobs that are remembered, so that a page left open can still say how its job ended."""


@dataclass(frozen=True)
class JobResult:
    """How a job ended: sentences for the officer, and whether it did what was asked."""

    lines: tuple[str, ...] = ()
    good: bool = True
    unwritten: Mapping[str, Review] = field(default_factory=dict)
    """Record id → the review that could not be written: the page that follows still has it in its fields."""


@dataclass
class Job:
    """One piece of work; `next` is the page that follows it."""

    number: int
    title: str
    next: str
    progress: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Files read, files in all, rows and findings so far."""
    result: JobResult | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def tell(self, done: int, total: int, rows: int, findings: int) -> None:
        """Record how far the work has come: files read, files in all, rows and findings so far."""
        self.progress = (done, total, rows, findings)


class Jobs:
    """The one worker thread: what changes files is done one after the other, in the order asked for."""

    def __init__(self) -> None:
        self._number = count(1).__next__
        self._jobs: dict[int, Job] = {}
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="doingoai")

    def start(self, title: str, work: Work, next: str) -> Job:
        """Queue a piece of work."""
        number = self._number()
        job = self._jobs[number] = Job(number, title, next)
        for old in list(self._jobs)[:-_MOST_JOBS]:
            del self._jobs[old]
        self._worker.submit(_run, job, work)
        return job

    def find(self, number: int) -> Job | None:
        """A job by its number; None where it is forgotten or never was."""
        return self._jobs.get(number)

    def close(self) -> None:
        """Let the running job end, and start no other."""
        self._worker.shutdown(wait=True, cancel_futures=True)


def _run(job: Job, work: Work) -> None:
    try:
        job.result = work(job.tell)
    except DoingoaiError as error:
        job.result = JobResult((str(error),), good=False)
    except Exception as error:  # a bug of ours must not leave the officer waiting for ever
        job.result = JobResult((NO_TRACEBACK.format(error=f"{type(error).__name__}: {error}"),), good=False)
    job.ended.set()
