"""Work done beside: the same result in a process of its own, in this one, and where that process dies."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from doingoai_cli.pipeline.beside import Begun
from doingoai_cli.pipeline.cores import START_METHOD, start_method

HERE = os.getpid()
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


@pytest.mark.parametrize("circumstance", [another_start, another_thread])
def test_where_nothing_can_be_forked_it_is_done_here(
    circumstance: Callable[..., Iterator[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with circumstance(monkeypatch):
        assert Begun(where, beside=True)()[0] == HERE
    assert Begun(where, beside=False)()[0] == HERE


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
