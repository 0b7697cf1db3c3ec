import errno
import gc
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from doingoai_cli.consolidate.workbook.book import BookSheet
from doingoai_cli.consolidate.workbook.rows_ahead import frame_part
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.scratch import scratch_file, scratch_folder

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no disk that is always full")


def test_a_folder_goes_with_whoever_holds_it() -> None:
    folder = scratch_folder()
    with scratch_file(Path(folder.name, "x")) as file:
        file.write(b"x")
    path = Path(folder.name)
    assert (path / "x").read_bytes() == b"x"
    del folder
    gc.collect()
    assert not path.exists()


def _name(pid: int) -> str:
    return re.sub(r"-\d+-", f"-{pid}-", Path(scratch_folder().name).name)


@pytest.mark.parametrize(
    ("folder", "stays"),
    [
        (lambda gone: _name(gone), False),
        (lambda _: _name(os.getpid()), True),
        (lambda _: _name(os.getppid()), True),
        (lambda gone: f"doingoai-00000000-{gone}-x", True),  # another computer's
        (lambda _: "doingoai-notes", True),
    ],
)
def test_what_a_killed_run_left_goes_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Callable[[int], str], stays: bool
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    left = tmp_path / folder(process.pid)
    left.mkdir()
    (left / "so-y-te.xlsx").write_bytes(b"x")
    with scratch_folder():
        assert left.exists() is stays


@needs_full
def test_a_full_disk_is_said_in_vietnamese() -> None:
    said = "Không ghi được tệp tạm trong thư mục “/dev”: ổ đĩa đã đầy"
    with pytest.raises(DoingoaiError, match=said), scratch_file(FULL) as file:
        file.write(b"x")


def test_so_it_is_where_the_workbook_s_frame_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(xlsxwriter.Workbook, "_store_workbook", full)
    with pytest.raises(DoingoaiError, match=r"Không ghi được tệp tạm .*: ổ đĩa đã đầy"):
        frame_part(BookSheet("Tổng quan", (10.0,), (), 0), tmp_path)


def test_no_folder_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(DoingoaiError, match="Không ghi được tệp tạm"):
        scratch_folder()
