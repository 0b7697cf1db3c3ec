"""When a file came is settled once: the cache, another machine and a touched file change nothing of it."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from doingoai_cli.consolidate.arrival import ArrivalBasis
from doingoai_cli.consolidate.settle import Settled
from doingoai_cli.consolidate.status import agency_statuses
from doingoai_cli.pipeline.inbox import Inbox, Request, open_inbox
from doingoai_cli.pipeline.merge import merge

EXAMPLE = Path(__file__).parents[1] / "examples" / "ky-2020"
OUT = Path("tonghop.xlsx")
IN_TIME, LATE = datetime(2019, 9, 10, 9, 15, 30), datetime(2019, 11, 2, 8)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    (tmp_path / "inbox").mkdir()
    for name in ("a.xlsx", "b.xlsx"):
        shutil.copy(EXAMPLE / "inbox" / "so-y-te.xlsx", tmp_path / "inbox" / name)
    with (tmp_path / "inbox" / "b.xlsx").open("ab") as file:
        file.write(b"\0")
    (tmp_path / "don-vi.csv").write_text("code,name\nSYT,Sở Y tế\n", encoding="utf-8")
    dated(tmp_path, a=IN_TIME, b=IN_TIME.replace(hour=11))
    return tmp_path


def dated(folder: Path, **times: datetime) -> None:
    for name, when in times.items():
        os.utime(folder / "inbox" / f"{name}.xlsx", (when.timestamp(), when.timestamp()))


def opened(**changes: object) -> Inbox:
    values = {"paths": ("inbox",), "year": 2020, "roster": (Path("don-vi.csv"),), "across": True}
    return open_inbox(Request(**(values | changes)))  # type: ignore[arg-type]


def standing(settled: Settled) -> set[str]:
    return {submission.path for submission, table in settled.counted if table.records}


def states(inbox: Inbox) -> list[tuple[str, str, str]]:
    return [
        (s.name, s.state.value, s.received)
        for s in agency_statuses(inbox.settled, inbox.findings, inbox.run.roster)
    ]


def test_a_touched_file_stays_where_it_was_for_merge_and_status(here: Path) -> None:
    first = opened(target=OUT)
    assert standing(first.settled) == {"inbox/b.xlsx"}
    merge(first, OUT)
    before = states(first)
    dated(here, a=LATE, b=IN_TIME)  # by sight alone "a" would now be the later one, and late
    for again in (opened(target=OUT), opened(target=OUT, cache=False), opened(), opened(cache=False)):
        assert standing(again.settled) == {"inbox/b.xlsx"}
        assert states(again) == before
    merge(opened(target=OUT), OUT)
    assert states(opened()) == before


def test_the_cache_knows_no_time(here: Path) -> None:
    opened()
    dated(here, a=LATE, b=IN_TIME)
    cached, anew = opened(), opened(cache=False)
    assert standing(cached.settled) == standing(anew.settled) == {"inbox/a.xlsx"}
    assert cached.settled.arrivals == anew.settled.arrivals


def test_another_machine_knows_no_time_either(here: Path) -> None:
    distributed = pytest.importorskip("distributed")
    local = opened(cache=False)
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as c:
        assert opened(scheduler=c.scheduler_address).settled.arrivals == local.settled.arrivals


@pytest.mark.parametrize("typed", ["05/09/2019 10:00", "5/9/2019 10:00:00", datetime(2019, 9, 5, 10)])
def test_an_officer_corrects_the_time_in_the_ledger(here: Path, typed: str | datetime) -> None:
    merge(opened(target=OUT), OUT)
    book = openpyxl.load_workbook(OUT)
    ledger = book["Nhật ký"]
    row = next(row for row in ledger.iter_rows(min_row=5) if row[1].value == "inbox/b.xlsx")
    row[3].value = typed
    if isinstance(typed, datetime):
        row[3].number_format = "dd/mm/yyyy hh:mm"
    book.save(OUT)
    for _ in range(2):
        again = opened(target=OUT)
        came = again.settled.arrivals["inbox/b.xlsx"]
        assert (came.basis, came.when) == (ArrivalBasis.OFFICER, datetime(2019, 9, 5, 10))
        assert standing(again.settled) == {"inbox/a.xlsx"}  # it came before the other one then
        told = merge(again, OUT)
        assert not [notice for notice in told.notices if "Ghi chép giữ lại" in notice]  # it is no note, it counts
        assert "Ghi chép giữ lại" not in openpyxl.load_workbook(OUT).sheetnames
