"""Many files in many processes: the same results in the same order, whatever dies on the way."""

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import repeat
from pathlib import Path

import openpyxl
import pytest

from doingoai_cli.checks import engine
from doingoai_cli.consolidate.workbook import rows_ahead
from doingoai_cli.consolidate.workbook.book import BookSheet, KeyedRows
from doingoai_cli.consolidate.workbook.form_table import FIRST
from doingoai_cli.consolidate.workbook.row_xml import RowStream
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.feedback.formats import Format
from doingoai_cli.messages import INTERRUPTED
from doingoai_cli.pipeline import books, conclusion, early, merge, one_file, reading
from doingoai_cli.pipeline.cores import START_METHOD
from doingoai_cli.pipeline.early import readers_begun
from doingoai_cli.pipeline.feedback import render
from doingoai_cli.pipeline.inbox import Inbox, Request, open_inbox
from doingoai_cli.pipeline.workers import in_order, map_inheriting, start_pool
from doingoai_cli.readers import container
from doingoai_cli.readers.limits import DEFAULT_LIMITS

EXAMPLE = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Enough files for several batches: the example's, sent again under other names with one text changed."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(4):
        for file in sorted(EXAMPLE.iterdir()):
            shutil.copy(file, folder / f"{number}-{file.name}")
            with (folder / f"{number}-{file.name}").open("ab") as end:
                end.write(b"\0" * number)  # other bytes, the same content: no identical copies
    (folder / "hong.xlsx").write_text("không phải tệp Excel")
    return folder


def opened(year: int | None = 2020, scheduler: str | None = None) -> Inbox:
    return open_inbox(Request(paths=("inbox",), year=year, cache=False, scheduler=scheduler))


def as_json(inbox: Inbox) -> object:
    return json.loads(render(inbox, Format.JSON, to_file=True))


@pytest.mark.parametrize("year", [2020, None])
def test_several_processes_find_what_one_finds(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, year: int | None
) -> None:
    monkeypatch.setattr(reading, "cores", lambda: 1)
    alone = opened(year)
    monkeypatch.setattr(reading, "cores", lambda: 3)
    shared = opened(year)
    assert as_json(shared) == as_json(alone)
    assert shared.run.submissions == alone.run.submissions


@pytest.mark.parametrize("fails", [False, True])
def test_fresh_processes_begun_early_find_the_same_and_are_gone_afterwards(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    alone = opened()
    monkeypatch.setenv(START_METHOD, "spawn")
    monkeypatch.setattr(early, "cores", lambda: 2)
    monkeypatch.setattr(reading, "cores", lambda: 2)
    before = set(multiprocessing.active_children())
    with pytest.raises(DoingoaiError) if fails else nullcontext(), readers_begun(("inbox",)) as pool:
        assert pool is not None
        assert set(multiprocessing.active_children()) > before
        request = Request(paths=("nowhere" if fails else "inbox",), year=2020, cache=False)
        assert as_json(open_inbox(request, pool=pool)) == as_json(alone)
    assert set(multiprocessing.active_children()) == before


class ListsAlone(RowStream):
    """Refuses to write the rows of a form's sheet."""

    def __init__(self, sheet: BookSheet, styles: Mapping[str, int]) -> None:
        assert not isinstance(sheet.rows, KeyedRows)
        super().__init__(sheet, styles)


@pytest.mark.parametrize("cache", [False, True])
def test_a_merge_in_fresh_processes_does_what_comes_after_reading_in_them_too(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: bool
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(conclusion, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(merge, "_WORTH_SHARING", 1)
    for module in (early, reading, merge):
        monkeypatch.setattr(module, "cores", lambda: 2)
    out, made = tmp_path / "out.xlsx", []
    for method in ("fork", "spawn"):
        monkeypatch.setenv(START_METHOD, method)
        with readers_begun(("inbox",)) as pool:
            cached = cache and method == "spawn"
            opened = open_inbox(
                Request(paths=("inbox",), year=2020, cache=cached, across=True, target=out), pool=pool
            )
            merge.merge(opened, out, cache=cached)
        made.append((as_json(opened), out.read_bytes()))
        out.unlink()
        monkeypatch.setattr(rows_ahead, "RowStream", ListsAlone)  # in this process; fresh ones have their own
        monkeypatch.setattr(engine, "Whole", None)
    assert made[0] == made[1]


def test_no_process_is_begun_early_for_few_files_or_where_they_are_forked(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early, "cores", lambda: 2)
    monkeypatch.setenv(START_METHOD, "fork")
    with readers_begun(("inbox",)) as pool:
        assert pool is None
    monkeypatch.setenv(START_METHOD, "spawn")
    with readers_begun(("inbox",), known=True) as pool:
        assert pool is None
    with readers_begun(("inbox/hong.xlsx", "nowhere")) as pool:
        assert pool is None


def test_a_cluster_finds_what_one_process_finds(inbox: Path) -> None:
    distributed = pytest.importorskip("distributed")
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster:
        shared = opened(scheduler=cluster.scheduler_address)
    alone = opened()
    assert as_json(shared) == as_json(alone)
    assert shared.run.submissions == alone.run.submissions


def test_no_scheduler_at_the_address_is_said(inbox: Path) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(DoingoaiError, match=r"127\.0\.0\.1:1"):
        start_pool("tcp://127.0.0.1:1", 1)


# --- what dies, and what it costs ----------------------------------------------------------------------------


def doubled(numbers: Sequence[int]) -> list[int]:
    """Twice each number; 13 kills the process that works at it, in whatever batch it stands."""
    if 13 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * number for number in numbers]


def lost(number: int) -> int:
    return -number


@pytest.mark.parametrize("size", [1, 4, 100])
def test_what_kills_its_process_costs_itself_alone(size: int) -> None:
    pool = start_pool(None, 2)
    try:
        found = list(in_order(pool, doubled, [*range(40), 13, 40], repeat(size), lost))
    finally:
        pool.close(abort=False)
    assert found == [-13 if n == 13 else 2 * n for n in [*range(40), 13, 40]]


def test_a_file_that_kills_its_reader_is_a_finding(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parent, read = os.getpid(), one_file.read_bytes

    def deadly(path: Path) -> object:
        if path.name == "1-so-y-te.xlsx" and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(path)

    monkeypatch.setattr(one_file, "read_bytes", deadly)
    monkeypatch.setattr(reading, "cores", lambda: 2)
    found = opened()
    unread = {f.file for f in found.findings if f.code == "CT01"}
    assert unread == {"inbox/1-so-y-te.xlsx", "inbox/hong.xlsx"}
    assert len(found.run.submissions) == len(list(inbox.iterdir()))


def children(of: int) -> Iterator[int]:
    """The processes that a process started, by the system's own account."""
    for task in Path(f"/proc/{of}/task").glob("*/children"):
        yield from map(int, task.read_text().split())


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_ctrl_c_ends_at_once_and_leaves_nobody(inbox: Path) -> None:
    for number in range(4, 60):
        shutil.copy(EXAMPLE / "so-y-te.xlsx", inbox / f"{number}.xlsx")
    command = [sys.executable, "-m", "doingoai_cli", "check", "inbox", "--year", "2020", "--no-cache"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # not so in the background
    )
    workers: list[int] = []
    until = time.monotonic() + 30
    while not workers and process.poll() is None and time.monotonic() < until:
        workers = list(children(process.pid))
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.decode().strip() == INTERRUPTED
    assert workers
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


# --- processes that inherit --------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 3])
def test_what_processes_inherit_need_not_be_sent(workers: int) -> None:
    held = {number: f"dòng {number}" for number in range(9)}

    def said(number: int) -> str:
        return held[number]  # a closure: it could not be pickled

    assert list(map_inheriting(said, range(9), workers=workers)) == [f"dòng {n}" for n in range(9)]


def test_what_a_dying_process_leaves_is_done_here() -> None:
    def killed_elsewhere(number: int) -> int:
        if number == 2 and multiprocessing.parent_process() is not None:
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * number

    assert list(map_inheriting(killed_elsewhere, range(5), workers=2)) == [0, 2, 4, 6, 8]


def test_a_workbook_is_the_same_however_many_processes_write_it(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "_WORTH_SHARING", 1)
    made = []
    for workers in (1, 3):
        monkeypatch.setattr(merge, "cores", lambda workers=workers: workers)
        merge.merge(opened(), Path(f"{workers}.xlsx"))
        made.append(Path(f"{workers}.xlsx").read_bytes())
    assert made[0] == made[1]


def test_a_workbook_reads_the_same_however_many_processes_read_it(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merge.merge(opened(), Path("so.xlsx"))
    catalogue = opened().catalogue
    plain = books.read_previous(Path("so.xlsx"), catalogue, 2020)
    assert plain is not None
    assert plain.consolidated.rows
    monkeypatch.setattr(books, "_WORTH_SHARING", 0)
    monkeypatch.setattr(books, "cores", lambda: 3)
    assert books.read_previous(Path("so.xlsx"), catalogue, 2020) == plain


def remark(path: Path, text: str) -> None:
    """An officer writes beside the first row of Mẫu 02.A, in a program that saves the workbook in its own way."""
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book["02.A"][5]]
    book["02.A"].cell(FIRST + 1, heads.index("Ghi chú thẩm định") + 1).value = text
    book.save(path)


def test_a_workbook_begun_while_the_inbox_is_read_is_the_one_that_stands_there(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "_WORTH_SHARING", 0)
    monkeypatch.setattr(books, "cores", lambda: 2)
    book, catalogue = Path("so.xlsx"), opened().catalogue
    merge.merge(opened(), book)
    assert books.begin_previous(book, catalogue) is None  # nobody touched it: it is read quickly
    remark(book, "trước")
    begun = books.begin_previous(book, catalogue)
    assert begun is not None
    plain = books.read_previous(book, catalogue, 2020)
    assert plain is not None
    assert "trước" in {row.review.remark for row in plain.consolidated.rows}
    for _ in range(2):  # it is given once; then it is read anew
        assert books.read_previous(book, catalogue, 2020, begun=begun) == plain

    begun = books.begin_previous(book, catalogue)
    remark(book, "sau")  # while it was being read
    read = books.read_previous(book, catalogue, 2020, begun=begun)
    assert read is not None
    assert "sau" in {row.review.remark for row in read.consolidated.rows}


def test_our_own_workbook_is_known_however_large_it_is(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    merge.merge(opened(), Path("so.xlsx"))
    small = replace(DEFAULT_LIMITS, file_bytes=1000, inflated_bytes=1000)  # as if the workbook were beyond them
    monkeypatch.setattr(books, "DEFAULT_LIMITS", small)
    monkeypatch.setattr(container.read_properties, "__defaults__", (small,))
    previous = books.read_previous(Path("so.xlsx"), opened().catalogue, 2020)
    assert previous is not None
    assert previous.consolidated.rows


def test_a_broken_sheet_is_said_alike_however_many_processes_read_it(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merge.merge(opened(), Path("so.xlsx"))
    with zipfile.ZipFile("so.xlsx") as old, zipfile.ZipFile("hong.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if name.endswith("/sheet3.xml") else data)
    catalogue = opened().catalogue
    said = []
    for worth_sharing in (1 << 60, 0):
        monkeypatch.setattr(books, "_WORTH_SHARING", worth_sharing)
        monkeypatch.setattr(books, "cores", lambda: 3)
        with pytest.raises(DoingoaiError) as error:
            books.read_previous(Path("hong.xlsx"), catalogue, 2020)
        said.append(str(error.value))
    assert said[0] == said[1]
    assert "hong.xlsx" in said[0]


@pytest.mark.parametrize("stage", ["read_submissions", "check_submission"])
def test_a_stage_that_fails_on_one_file_costs_that_file(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    monkeypatch.setattr(reading, "cores", lambda: 1)
    before, after = opened(), getattr(one_file, stage)
    name = sorted(path.name for path in inbox.iterdir() if path.suffix == ".xlsx")[0]
    failed: list[str] = []

    def failing(first: object, *rest: object, **more: object) -> object:
        path = rest[0] if stage == "read_submissions" else first.path  # type: ignore[attr-defined]
        if str(path).endswith(name) and not failed:
            failed.append(name)
            raise RuntimeError("on purpose")
        return after(first, *rest, **more)

    monkeypatch.setattr(one_file, stage, failing)
    found = opened()
    of_file = [f for f in found.findings if f.file and f.file.endswith(name)]
    assert [f.code for f in of_file] == ["CT01"]
    assert "RuntimeError" in of_file[0].message
    assert len(found.settled.submissions) == len(before.settled.submissions)


def test_a_file_time_past_the_year_9999_is_no_time(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reading, "cores", lambda: 1)
    real = Path.stat

    def late(self: Path, **options: bool) -> os.stat_result:
        state = real(self, **options)
        if self.suffix != ".xlsx":
            return state
        return os.stat_result((*state[:7], 300_000_000_000, 300_000_000_000, 300_000_000_000))

    monkeypatch.setattr(Path, "stat", late)
    job = reading.ReadJob(next(path for path in inbox.iterdir() if path.suffix == ".xlsx"))
    assert reading._received(job.path) is None


def _long_and_killed(jobs: Sequence[int]) -> list[bytes]:
    """Long results, and an end that comes while they are on their way."""
    if jobs == (3,):
        threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return [bytes(300 << 20)]
    return [bytes(1000) for _ in jobs]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_worker_that_is_killed_while_it_answers_costs_its_job() -> None:
    pool = start_pool(None, 2)
    try:
        results = list(in_order(pool, _long_and_killed, range(6), repeat(1), lambda _: b"lost"))
    finally:
        pool.close(abort=False)
    assert [len(result) if result != b"lost" else result for result in results] == [1000] * 3 + [b"lost"] + [
        1000
    ] * 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_before_the_command_line_is_there_is_no_traceback() -> None:
    script = (
        "import sys, builtins, doingoai_cli.__main__ as main\n"
        "real = builtins.__import__\n"
        "def stop(name, *rest, **more):\n"
        "    if name == 'doingoai_cli.cli': raise KeyboardInterrupt\n"
        "    return real(name, *rest, **more)\n"
        "builtins.__import__ = stop\n"
        "sys.argv = ['doingoai', 'rules']\n"
        "main.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert "Traceback" not in done.stderr
