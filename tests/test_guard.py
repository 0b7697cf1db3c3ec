"""A reader that hangs, dies or eats memory costs its own file and nothing else."""

import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from badreader import outcome

from doingoai_cli.model.grid import Workbook
from doingoai_cli.readers.guard import Guard
from doingoai_cli.readers.limits import MIB, Limits
from doingoai_cli.readers.unreadable import Reason, Unreadable

_READER = "badreader:read"
_LIMITS = Limits(seconds=1.0, memory_bytes=400 * MIB)


@pytest.fixture
def guard() -> Iterator[Guard]:
    guard = Guard(_READER)
    yield guard
    guard.close()


def _reason(result: Workbook | Unreadable) -> Reason | str:
    return result.reason if isinstance(result, Unreadable) else result.format


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        (b"hang", Reason.TOO_SLOW),
        (b"abort", Reason.UNREADABLE),
        (b"exit", Reason.UNREADABLE),
        (b"noise", "xls"),
        (b"lie", Reason.UNREADABLE),
        pytest.param(
            b"fatten", Reason.TOO_HUNGRY, marks=pytest.mark.skipif(sys.platform == "win32", reason="no rlimit")
        ),
    ],
)
def test_a_bad_reader_is_given_up_and_the_next_file_is_read(
    guard: Guard, task: bytes, reason: Reason | str
) -> None:
    started = time.monotonic()
    assert _reason(guard.read(task, "a.xls", _LIMITS)) == reason
    assert _reason(guard.read(b"fine", "b.xls", _LIMITS)) == "xls"
    assert time.monotonic() - started < 8


def test_one_worker_serves_many_files(guard: Guard) -> None:
    workers = set()
    for _ in range(3):
        result = guard.read(b"who", "a.xls", _LIMITS)
        assert isinstance(result, Workbook)
        workers.add(result.properties["pid"])
    assert len(workers) == 1
    assert workers != {str(os.getpid())}


def test_it_serves_in_a_pool_of_processes(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.xls" for number in range(4)]
    for path in paths:
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(outcome, paths)) == ["corrupt"] * 4
