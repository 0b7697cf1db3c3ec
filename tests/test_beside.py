"""Work done beside: the same result in a process of its own, in this one, and where that process dies."""

import errno
import multiprocessing
import os
import pickle
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from doingoai_cli.checks.pack import load_pack
from doingoai_cli.model.forms import shipped_forms
from doingoai_cli.model.pending import Later, pending
from doingoai_cli.model.records import Record
from doingoai_cli.pipeline.beside import Begun, map_in_halves
from doingoai_cli.pipeline.cores import START_METHOD, start_method
from doingoai_cli.pipeline.one_file import ReadJob, ReadSetting, unpickled
from doingoai_cli.pipeline.reading import read_batch
from doingoai_cli.pipeline.sending import Sender
from doingoai_cli.pipeline.workers import map_inheriting, start_pool

HERE = os.getpid()
EXAMPLE = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"
forks = pytest.mark.skipif(start_method() != "fork", reason="this system forks nothing")
alone = pytest.mark.usefixtures("no_other_thread")


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doingoai_cli.pipeline.beside.cores", lambda: 2)


@pytest.fixture
def no_other_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that other tests have left behind do not count."""
    monkeypatch.setattr("doingoai_cli.pipeline.beside.threading.active_count", lambda: 1)


def where() -> tuple[int, int]:
    return os.getpid(), 10**6


@forks
@alone
def test_the_work_is_done_in_a_process_of_its_own() -> None:
    pid, result = Begun(where, beside=True)()
    assert (pid != HERE, result) == (True, 10**6)


@forks
@alone
def test_the_result_may_be_longer_than_a_pipe_holds() -> None:
    assert Begun(lambda: b"x" * (1 << 20), beside=True)() == b"x" * (1 << 20)


@contextmanager
def another_start(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(START_METHOD, "spawn")
    yield


@contextmanager
def another_thread(_monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    yield
    done.set()
    thread.join()


@contextmanager
def no_more_processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fork", refuse)
        yield


@pytest.mark.parametrize("circumstance", [another_start, another_thread, no_more_processes])
def test_where_nothing_can_be_forked_it_is_done_here(
    circumstance: Callable[..., Iterator[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with circumstance(monkeypatch):
        assert Begun(where, beside=True)()[0] == HERE
    assert Begun(where, beside=False)()[0] == HERE


@forks
def test_where_no_pool_can_begin_its_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    with no_more_processes(monkeypatch):
        assert start_pool(None, 2) is None
        assert list(map_inheriting(lambda number: (number, os.getpid()), range(3), workers=2)) == [
            (number, HERE) for number in range(3)
        ]
        assert Begun(where, beside=True)()[0] == HERE


@forks
@alone
def test_a_process_that_dies_costs_the_time_alone() -> None:
    def work() -> int:
        if os.getpid() != HERE:
            os._exit(0)  # without a word
        return 7

    assert Begun(work, beside=True)() == 7


def test_what_goes_wrong_is_raised_where_the_result_is_asked_for() -> None:
    def work() -> int:
        raise ValueError("wrong")

    begun = Begun(work, beside=True)
    with pytest.raises(ValueError, match="wrong"):
        begun()


def test_it_is_worked_out_once() -> None:
    done: list[int] = []
    begun = Begun(lambda: done.append(1) or len(done), beside=False)
    assert (begun(), begun()) == (1, 1)


@forks
@alone
def test_nobody_is_left_behind_where_the_result_is_not_wanted() -> None:
    begun = Begun(threading.Event().wait, beside=True)
    assert begun._process is not None
    child = begun._process._child
    del begun
    with pytest.raises(ChildProcessError):
        os.waitpid(child, os.WNOHANG)


@forks
@alone
@pytest.mark.parametrize("number", range(8))
def test_half_of_a_list_is_done_beside_in_its_order(number: int) -> None:
    found = list(map_in_halves(lambda item: (item, os.getpid() == HERE), range(number)))
    assert [item for item, _ in found] == list(range(number))
    assert [here for _, here in found] == [at % 4 in (0, 3) for at in range(number)]


# --- sent to the processes that read the files, where none can be forked -----------------------------------------


@pytest.fixture
def sender(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Sender, list[Record]]]:
    """What knows the rows of a file that one of two processes has read; and its rows."""
    monkeypatch.setenv(START_METHOD, "spawn")
    path = min(EXAMPLE.iterdir())
    setting, pool = ReadSetting(shipped_forms(), None, "", load_pack("quang-binh-2020"), 2020), start_pool(None, 2)
    reading = partial(read_batch, pool.share(pickle.dumps(setting)), keeps=True)
    (name,) = pool.submit(reading, [ReadJob(path)]).result()
    sender, reads = Sender(pool), unpickled(pickle.loads(Path(str(name)).read_bytes())[0])
    sender.know(str(name), 0, reads)
    yield sender, [record for table in reads[0].submission.tables for record in table.records]
    pool.close(abort=False)


def test_of_rows_that_were_read_only_their_place_is_sent(sender: tuple[Sender, list[Record]]) -> None:
    known, rows = sender
    other = replace(rows[0], name="Đoàn khác")  # made here: it is sent as it is
    work = partial(pickle.dumps, [*rows, other, rows[0]])
    assert len(known._pickled(work)) < len(pickle.dumps(work)) / 2
    found = pickle.loads(known.begin(work, beside=True)())
    assert found == [*rows, other, rows[0]]
    assert found[0] is found[-1]
    assert known.begin(os.getpid, beside=True)() != HERE


def test_what_cannot_be_sent_or_goes_wrong_there_is_done_here(sender: tuple[Sender, list[Record]]) -> None:
    known, rows = sender
    assert known.begin(lambda: os.getpid(), beside=True)() == HERE
    assert known.begin(os.getpid, beside=False)() == HERE
    waiting = pending(type(rows[0]), Later(lambda number: rows[number]), 0, "")
    assert known.begin(partial(next, iter([waiting])), beside=True)() is waiting
    with pytest.raises(ValueError, match="'x'"):
        known.begin(partial(int, "x"), beside=True)()
    for child in multiprocessing.active_children():
        child.kill()
    assert known.begin(os.getpid, beside=True)() == HERE
