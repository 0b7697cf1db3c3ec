"""Writing a file whole or not at all: kills, locks, full disks, two runs at once."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from doingoai_cli.atomicfile import locked, write_atomically
from doingoai_cli.errors import DoingoaiError

OLD, NEW = b"old" * 1000, b"new" * 200_000
KILLS = 200


def leftovers(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name != "so.xlsx")


def test_a_new_file_and_a_replaced_one_hold_just_the_data(tmp_path: Path) -> None:
    target = tmp_path / "so.xlsx"
    write_atomically(target, OLD)
    write_atomically(target, NEW)
    assert target.read_bytes() == NEW
    assert leftovers(tmp_path) == []


def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path) -> None:
    target, link = tmp_path / "so.xlsx", tmp_path / "link.xlsx"
    write_atomically(target, OLD)
    target.chmod(0o640)
    link.symlink_to(target)
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("marker", ["~$so.xlsx", ".~lock.so.xlsx#"])
def test_a_file_that_is_open_is_not_replaced(tmp_path: Path, marker: str) -> None:
    target = tmp_path / "so.xlsx"
    write_atomically(target, OLD)
    (tmp_path / marker).touch()
    with pytest.raises(DoingoaiError, match="đang mở"):
        write_atomically(target, NEW)
    assert target.read_bytes() == OLD


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "ổ đĩa đã đầy"),
        (PermissionError(errno.EACCES, "Permission denied"), "đang mở ở chương trình khác"),
    ],
)
def test_what_fails_on_the_way_leaves_the_old_file_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    target = tmp_path / "so.xlsx"
    write_atomically(target, OLD)

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, "replace" if isinstance(error, PermissionError) else "fsync", fail)
    with pytest.raises(DoingoaiError, match=said):
        write_atomically(target, NEW)
    assert target.read_bytes() == OLD
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(("path", "said"), [("nowhere/so.xlsx", "không tồn tại"), (".", "thư mục")])
def test_a_target_that_cannot_be(tmp_path: Path, path: str, said: str) -> None:
    with pytest.raises(DoingoaiError, match=said):
        write_atomically(tmp_path / path, NEW)


WRITER = """
import sys
from pathlib import Path
from doingoai_cli.atomicfile import write_atomically
new = b"new" * 200_000
print("ready", flush=True)
while True:
    write_atomically(Path(sys.argv[1]), new)
    write_atomically(Path(sys.argv[1]), b"old" * 1000)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
def test_two_hundred_kills_never_break_the_file_nor_the_next_run(tmp_path: Path) -> None:
    target = tmp_path / "so.xlsx"
    write_atomically(target, OLD)
    parent = os.getpid()
    for kill in range(KILLS):
        child = os.fork()
        if child == 0:  # a run that writes until it is killed
            try:
                while os.getppid() == parent:
                    write_atomically(target, NEW)
                    write_atomically(target, OLD)
            finally:
                os._exit(0)
        time.sleep(0.001 + 0.0007 * (kill % 11))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert target.read_bytes() in (OLD, NEW)
    write_atomically(target, NEW)
    assert target.read_bytes() == NEW
    assert leftovers(tmp_path) == []


def test_a_second_run_waits_and_says_so_when_it_may_not(tmp_path: Path) -> None:
    target = tmp_path / "so.xlsx"
    write_atomically(target, OLD)
    with subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        for _ in range(10):
            write_atomically(target, NEW)
            assert target.read_bytes() in (OLD, NEW)
        other.kill()
    holder = "import sys,time; from pathlib import Path; from doingoai_cli.atomicfile import locked\n"
    holder += "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", holder, str(target)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(DoingoaiError, match="lượt chạy khác"), locked(target, wait_seconds=0.2):
            pass
        other.kill()
    write_atomically(target, NEW)
    assert leftovers(tmp_path) == []
