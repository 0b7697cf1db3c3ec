import gc
import tempfile
from pathlib import Path

import pytest

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


def test_no_folder_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(DoingoaiError, match="Không ghi được tệp tạm"):
        scratch_folder()
