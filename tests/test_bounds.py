"""One bound of time and memory for all that is done with a file, whoever looks at the clock."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from itertools import repeat
from pathlib import Path

import pytest
from deafworker import deaf

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.pipeline import (
    books,
    contributions,
    cores,
    file_bounds,
    merge,
    one_file,
    reading,
    watchdog,
    workers,
)
from doingoai_cli.pipeline.contributions import bounded_text
from doingoai_cli.pipeline.file_bounds import BoundsPassed
from doingoai_cli.pipeline.inbox import Inbox, Request, open_inbox
from doingoai_cli.readers.limits import MIB, FileBounds
from doingoai_cli.readers.unreadable import Reason
from doingoai_cli.report.agency_texts import AgencyText

EXAMPLE = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"
NO_TIME = FileBounds(seconds=0.3, wall_seconds=60)
NO_MEMORY = FileBounds(seconds=60, memory_bytes=64 * MIB)
BY_TIMER = pytest.param(True, marks=pytest.mark.skipif(not file_bounds._TIMER, reason="no timer of CPU time"))
"""The system's timer looks at the clock, or a thread of ours, as on Windows."""


def spin() -> None:
    """What does not end by itself."""
    while True:
        pass


def hoard() -> None:
    """What takes more and more memory, and little time."""
    held = []
    while len(held) < 400:
        held.append(os.urandom(MIB))  # no page is left untouched


def low(what: Callable[[], None]) -> FileBounds:
    """Bounds that it passes."""
    return NO_MEMORY if what is hoard else NO_TIME


@pytest.fixture(autouse=True)
def looked_at_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_bounds, "_TICK", 0.1)


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(3):
        for file in sorted(EXAMPLE.glob("*.xlsx")):
            (folder / f"{number}-{file.name}").write_bytes(
                file.read_bytes() + bytes(number)
            )  # no identical copies
    return folder


def opened() -> Inbox:
    return open_inbox(Request(paths=("inbox",), year=2020, cache=False))


def unread(found: Inbox) -> dict[str, str]:
    """The files that could not be read, with why."""
    return {Path(f.file).name: f.message for f in found.findings if f.code == "CT01" and f.file}


def hold_up(monkeypatch: pytest.MonkeyPatch, stage: str, name: str, what: Callable[[], None]) -> None:
    """A stage that does something else when it comes to the file of that name, under low bounds."""
    real = getattr(one_file, stage)
    done: list[str] = []

    def held_up(first: object, *rest: object, **more: object) -> object:
        path = rest[0] if stage == "read_submissions" else first.path  # type: ignore[attr-defined]
        if str(path).endswith(name) and not done:
            done.append(name)
            what()
        return real(first, *rest, **more)

    monkeypatch.setattr(one_file, stage, held_up)
    monkeypatch.setattr(one_file, "within_bounds", lambda _: file_bounds.within_bounds(low(what)))


WHYS = [(spin, "quá thời gian"), (hoard, "quá nhiều bộ nhớ")]


@pytest.mark.parametrize("by_timer", [BY_TIMER, False])
@pytest.mark.parametrize("stage", ["read_submissions", "check_submission"])
@pytest.mark.parametrize(("what", "said"), WHYS)
def test_a_stage_past_the_bounds_of_a_file_costs_that_file(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, by_timer: bool, stage: str, what: Callable[[], None], said: str
) -> None:
    monkeypatch.setattr(reading, "cores", lambda: 1)
    monkeypatch.setattr(file_bounds, "_TIMER", by_timer)
    hold_up(monkeypatch, stage, "0-so-y-te.xlsx", what)
    found = opened()
    ((name, message),) = unread(found).items()
    assert name == "0-so-y-te.xlsx"
    assert said in message
    assert len(found.settled.submissions) == len(list(inbox.iterdir()))
    assert file_bounds._files == {}
    if by_timer:
        assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


@pytest.mark.skipif(sys.platform != "linux", reason="processes that are forked with what the test put in place")
@pytest.mark.parametrize(("what", "said"), WHYS)
def test_so_it_does_in_several_processes(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, what: Callable[[], None], said: str
) -> None:
    monkeypatch.setattr(reading, "cores", lambda: 2)
    monkeypatch.setattr(reading, "_WORTH_SHARING", 2)
    hold_up(monkeypatch, "read_submissions", "1-so-y-te.xlsx", what)
    ((name, message),) = unread(opened()).items()
    assert name == "1-so-y-te.xlsx"
    assert said in message


@pytest.mark.parametrize("by_timer", [BY_TIMER, False])
def test_a_busy_machine_makes_no_file_late(inbox: Path, monkeypatch: pytest.MonkeyPatch, by_timer: bool) -> None:
    monkeypatch.setattr(reading, "cores", lambda: 1)
    monkeypatch.setattr(file_bounds, "_TIMER", by_timer)
    hold_up(monkeypatch, "read_submissions", "0-so-y-te.xlsx", lambda: time.sleep(2))  # others had the processor
    assert unread(opened()) == {}


def test_what_sleeps_for_ever_has_its_end_too() -> None:
    file = file_bounds._File(FileBounds(seconds=60, wall_seconds=-1), lambda: 0.0)
    assert file.passed() is Reason.TOO_SLOW


def test_a_bound_within_another_leaves_the_outer_one_in_force() -> None:
    def work() -> None:
        with file_bounds.within_bounds(NO_TIME):
            with file_bounds.within_bounds():
                pass
            spin()

    with pytest.raises(BoundsPassed):
        work()


def test_other_threads_have_a_bound_of_their_own() -> None:
    """The page works in threads: what one takes is not put down to another."""
    ends: dict[str, str] = {}

    def work(name: str, what: Callable[[], None]) -> None:
        try:
            with file_bounds.within_bounds(NO_TIME):
                what()
            ends[name] = "done"
        except BoundsPassed as passed:
            ends[name] = passed.reason

    threads = [
        threading.Thread(target=work, args=("spins", spin)),
        threading.Thread(target=work, args=("sleeps", lambda: time.sleep(2.5))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends == {"spins": Reason.TOO_SLOW, "sleeps": "done"}


_TRACED_LATER = """
import sys
from doingoai_cli.pipeline import file_bounds
from doingoai_cli.readers.limits import FileBounds

file_bounds._TIMER = False
try:
    with file_bounds.within_bounds(FileBounds(seconds=0.3, wall_seconds=60)):
        while True:
            pass
except file_bounds.BoundsPassed as passed:
    print(passed.reason.name)

def step():
    return "done"

sys.settrace(lambda *_: None)
print(step())
"""


def test_a_file_past_its_bounds_leaves_nothing_for_what_comes_later() -> None:
    ran = subprocess.run([sys.executable, "-c", _TRACED_LATER], capture_output=True, text=True, timeout=60)
    assert (ran.stdout.split(), ran.returncode) == (["TOO_SLOW", "done"], 0)


# --- watched from outside -------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods()[:2])
@pytest.mark.parametrize("size", [1, 4])
def test_a_worker_that_hears_no_clock_is_ended_for_its_file_alone(
    monkeypatch: pytest.MonkeyPatch, method: str, size: int
) -> None:
    monkeypatch.setenv(cores.START_METHOD, method)
    monkeypatch.setattr(watchdog, "_LOOK", 0.1)
    monkeypatch.setattr(watchdog, "_GRACE", 0.2)
    pool = workers.start_pool(None, 2)
    jobs = ["a", "b", "spins", "c", "d", "hoards", "e", "f", "g"]
    tried: list[str] = []

    def lost(job: str) -> str:
        tried.append(job)
        return f"{pool.ended[job]}"

    try:
        found = list(workers.in_order(pool, deaf, jobs, repeat(size), lost, pool.ended.__contains__))
    finally:
        pool.close(abort=False)
    told = {"spins": "too-slow", "hoards": "too-hungry"}
    assert found == [told.get(job, job) for job in jobs]
    assert sorted(tried) == ["hoards", "spins"]


def test_a_look_that_has_begun_ends_before_its_folder_goes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(watchdog, "_LOOK", 0.01)
    begun, closed, order = threading.Event(), threading.Event(), list[str]()

    class Folder(type(tmp_path)):  # type: ignore[misc]
        def glob(self, _pattern: str) -> list[Path]:
            begun.set()
            closed.wait(0.2)
            order.append("looked")
            return []

    monkeypatch.setattr(watchdog, "Path", Folder)
    dog = watchdog.Watchdog(str(tmp_path))
    begun.wait()
    dog.close()
    order.append("closed")
    closed.set()
    assert order[-2:] == ["looked", "closed"]


# --- texts and workbooks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("what", "said"), WHYS)
def test_a_text_past_its_bounds_is_said_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch, what: Callable[[], None], said: str
) -> None:
    monkeypatch.setattr(contributions, "within_bounds", partial(file_bounds.within_bounds, low(what)))

    def read(name: str) -> AgencyText:
        if name == "b.docx":
            what()
        return AgencyText("Sở Y tế", name)

    texts = [bounded_text(partial(read, name), name) for name in ("a.docx", "b.docx", "c.docx")]
    assert [bool(text.problems) for text in texts] == [False, True, False]
    assert said in texts[1].problems[0]


def test_a_fault_of_ours_in_one_text_is_said_too() -> None:
    def read() -> AgencyText:
        raise RecursionError

    assert "RecursionError" in bounded_text(read, "a.docx").problems[0]


@pytest.mark.parametrize(("what", "said"), WHYS)
def test_a_workbook_past_its_bounds_is_not_overwritten(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, what: Callable[[], None], said: str
) -> None:
    merge.merge(opened(), Path("so.xlsx"))
    before = Path("so.xlsx").read_bytes()
    monkeypatch.setattr(books, "bounds_of_book", lambda _size: low(what))
    monkeypatch.setattr(books, "begin_back", lambda *_rest, **_more: what())
    with pytest.raises(DoingoaiError, match=said):
        merge.merge(opened(), Path("so.xlsx"))
    assert Path("so.xlsx").read_bytes() == before


def test_a_large_workbook_has_more_room() -> None:
    small, large = books.bounds_of_book(1000), books.bounds_of_book(200 * MIB)
    assert large.seconds > 2000 > small.seconds
    assert large.memory_bytes > 8 * 1024 * MIB > small.memory_bytes
