import errno
import gc
import tempfile
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
