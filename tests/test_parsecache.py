"""The cache: what was read before is not read again, and nothing in it can make a result wrong."""

import os
import pickle
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from doingoai_cli.feedback.formats import Format
from doingoai_cli.model.findings import Severity
from doingoai_cli.pipeline import reading
from doingoai_cli.pipeline.cache import ParseCache
from doingoai_cli.pipeline.feedback import render
from doingoai_cli.pipeline.inbox import Request, open_inbox

EXAMPLE = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    shutil.copytree(EXAMPLE, tmp_path / "inbox")
    return tmp_path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read anew."""
    names: list[str] = []
    plain = reading.read_file

    def noted(job: reading.ReadJob, setting: reading.ReadSetting) -> reading.FileRead:
        names.append(job.path.name)
        return plain(job, setting)

    monkeypatch.setattr(reading, "read_file", noted)
    return names


def checked(**changes: object) -> str:
    request = Request(**({"paths": ("inbox",), "year": 2020} | changes))  # type: ignore[arg-type]
    return render(open_inbox(request), Format.JSON, to_file=True)


def test_the_next_process_finds_what_this_one_kept(here: Path) -> None:
    """What entries are kept under hangs neither on where objects lie in memory nor on the order of sets."""
    kept = []
    for seed in ("1", "2"):
        words = ("merge", "inbox", "--year", "2020", "--out", "tonghop.xlsx")
        run = [sys.executable, "-m", "doingoai_cli", *words]
        subprocess.run(run, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False)
        kept.append({path.name for path in (here / "cache").rglob("*") if path.is_file()})
    assert kept[0]
    assert kept[0] == kept[1]


def test_only_what_changed_is_read_again(here: Path, read: list[str]) -> None:
    first = checked()
    assert read
    read.clear()
    assert checked() == first
    assert not read
    with (here / "inbox" / "so-y-te.xlsx").open("ab") as file:
        file.write(b"\0")
    checked()
    assert read == ["so-y-te.xlsx"]


def test_what_is_known_needs_no_process(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = checked()
    monkeypatch.setattr(reading, "_WORTH_SHARING", 1)
    monkeypatch.setattr(
        "doingoai_cli.pipeline.workers.start_pool", lambda *_: pytest.fail("a process was started")
    )
    assert checked() == first


def test_no_cache_neither_reads_nor_writes_it(here: Path, read: list[str]) -> None:
    assert checked(cache=False) == checked(cache=False)
    assert len(read) == 2 * len(list((here / "inbox").iterdir()))
    assert not (here / "cache").exists()


def rename(here: Path) -> dict[str, object]:
    (here / "inbox" / "so-y-te.xlsx").rename(here / "inbox" / "khac.xlsx")
    return {}


def new_roster(here: Path) -> dict[str, object]:
    (here / "ds.csv").write_text("code,name\nX,Sở Y tế tỉnh\n", encoding="utf-8")
    return {"roster": (here / "ds.csv",)}


def new_pack(here: Path) -> dict[str, object]:
    (here / "bo.yaml").write_text(
        'id: bo\ntitle: "Bộ thử"\nextends: quang-binh-2020\nrules:\n  DR07: {severity: info}\n', encoding="utf-8"
    )
    return {"rules": str(here / "bo.yaml")}


def another_year(here: Path) -> dict[str, object]:
    return {"year": 2021}


@pytest.mark.parametrize("change", [rename, new_roster, new_pack, another_year])
def test_whatever_a_reading_depends_on_makes_it_another(here: Path, change: object) -> None:
    checked()
    changes = change(here)  # type: ignore[operator]
    assert checked(**changes) == checked(cache=False, **changes)


@pytest.mark.parametrize("damage", [b"", b"khong phai zlib", b"\x78\x01"])
def test_a_damaged_entry_is_none(here: Path, damage: bytes) -> None:
    first = checked()
    for entry in (here / "cache").rglob("*"):
        if entry.is_file():
            entry.write_bytes(damage or entry.read_bytes()[:50])
    assert checked() == first


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("planted",)


class Named:
    """Something that is asked for by its name, as Python up to 3.11.3 pickles a member of an enumeration."""

    def __init__(self, owner: object, name: str) -> None:
        self._asked = owner, name

    def __reduce__(self) -> tuple[object, ...]:
        return getattr, self._asked


def test_members_that_are_asked_for_by_name_are_read(here: Path) -> None:
    cache = ParseCache.open("")
    assert cache is not None
    cache.put("name", pickle.dumps(Named(Severity, "ERROR")))
    assert cache.get("name") is Severity.ERROR


@pytest.mark.parametrize(
    "planted", [Evil(), os.system, pickle.Unpickler, Path, Named(date, "today"), Named(Severity, "__class__")]
)
def test_a_planted_entry_does_nothing(here: Path, planted: object) -> None:
    cache = ParseCache.open("")
    assert cache is not None
    cache.put("name", pickle.dumps(planted))
    assert cache.get("name") is None
    assert not (here / "planted").exists()


@pytest.mark.skipif(os.name == "nt", reason="no such permissions")
def test_a_folder_that_others_may_write_to_is_not_used(here: Path) -> None:
    (here / "cache" / "doingoai").mkdir(parents=True)
    (here / "cache" / "doingoai").chmod(0o777)
    assert ParseCache.open("") is None
    assert checked() == checked(cache=False)


def test_the_cache_stays_within_its_bound(here: Path) -> None:
    cache = ParseCache.open("")
    assert cache is not None
    for number in range(20):
        cache.put(f"{number}", pickle.dumps(os.urandom(1000)))
        entry = cache._path(f"{number}")
        os.utime(entry, (number, number))
    cache.trim(most_bytes=5500)
    assert [number for number in range(20) if cache.get(f"{number}")] == [15, 16, 17, 18, 19]
