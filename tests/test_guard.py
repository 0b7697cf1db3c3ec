"""A reader that hangs, dies or eats memory costs its own file and nothing else."""

import os
import subprocess
import sys
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
_LIMITS = Limits(seconds=1.0, wall_seconds=2.0, memory_bytes=400 * MIB)


@pytest.fixture
def guard() -> Iterator[Guard]:
    guard = Guard()
    yield guard
    guard.close()


def _read(guard: Guard, task: bytes, limits: Limits = _LIMITS) -> Workbook | Unreadable:
    return guard.read(_READER, task, "a.xls", limits, Workbook)


def _reason(result: Workbook | Unreadable) -> Reason | str:
    return result.reason if isinstance(result, Unreadable) else result.format


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        (b"hang", Reason.TOO_SLOW),
        (b"spin", Reason.TOO_SLOW),
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
    assert _reason(_read(guard, task)) == reason
    assert _reason(_read(guard, b"fine")) == "xls"


def test_one_worker_serves_many_files(guard: Guard) -> None:
    workers = set()
    for _ in range(3):
        result = _read(guard, b"who")
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


def test_a_busy_machine_makes_no_good_file_unreadable(guard: Guard) -> None:
    """What waits is given the wall limit: only its own work counts against the shorter one."""
    assert _reason(_read(guard, b"wait", Limits(seconds=0.5, wall_seconds=20.0))) == "xls"


@pytest.mark.skipif(sys.platform == "win32", reason="no rlimit")
def test_a_memory_limit_that_the_system_has_set_is_respected() -> None:
    """Readers work below `ulimit -v`, and say so where it leaves them too little."""
    script = (
        "import resource, sys; limit = int(sys.argv[1]) << 20;"
        "resource.setrlimit(resource.RLIMIT_AS, (limit, limit));"
        "from doingoai_cli.readers.guard import read_guarded; from doingoai_cli.readers.limits import Limits;"
        "from doingoai_cli.model.grid import Workbook;"
        "r = read_guarded('badreader:read', sys.argv[2].encode(), 'a', Limits(), Workbook);"
        "print(getattr(r, 'format', None) or r.detail)"
    )
    enough, fatten = (
        subprocess.run(
            [sys.executable, "-c", script, "700", task],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for task in ("fine", "fatten")
    )
    assert enough.strip() == "xls"
    assert "bộ nhớ" in fatten
