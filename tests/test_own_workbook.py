"""`report` and `figures` take only a workbook of this workspace; marks belong to the bytes that were checked."""

import io
import os
import shutil
import sys
from pathlib import Path

import openpyxl
import pytest
from consolidation import PLANNED, merged, submission, written

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model import own_files
from doingoai_cli.pipeline import feedback
from doingoai_cli.pipeline.feedback import mark_copies
from doingoai_cli.pipeline.find_books import find_book
from doingoai_cli.pipeline.inbox import Request, open_inbox
from doingoai_cli.resources import examples_dir

SENT = [submission("inbox/y-te.xlsx", "Sở Y tế", {"02.A": [PLANNED]})]
BOOK = written(merged(SENT))
OTHERS = written(merged(SENT), owner="UBND huyện Lệ Thủy")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox").mkdir()
    return tmp_path


def find(here: Path, agency: str = "Sở Ngoại vụ") -> str:
    return find_book(here, 2020, inbox=here / "inbox", agency=agency).as_posix()


def test_what_lies_in_the_inbox_is_no_workbook_of_ours(here: Path) -> None:
    (here / "inbox" / "cua-huyen.xlsx").write_bytes(BOOK)
    with pytest.raises(DoingoaiError, match="do cơ quan khác gửi"):
        find(here)
    (here / "tonghop.xlsx").write_bytes(BOOK)
    assert find(here) == "tonghop.xlsx"


def test_a_workbook_that_another_agency_merged_is_passed_over(here: Path) -> None:
    (here / "cap-duoi").mkdir()
    (here / "cap-duoi" / "huyen.xlsx").write_bytes(OTHERS)
    with pytest.raises(DoingoaiError, match="Không tìm thấy sổ tổng hợp"):
        find(here)
    (here / "tonghop.xlsx").write_bytes(BOOK)
    assert find(here) == "tonghop.xlsx"
    (here / "inbox" / "y-te.xlsx").write_bytes(b"")  # the ledger's file is here: merged here under another name
    (here / "tonghop.xlsx").unlink()
    assert find(here) == "cap-duoi/huyen.xlsx"


def test_an_agencys_file_that_bears_our_mark_is_no_workbook(here: Path) -> None:
    book = openpyxl.Workbook()
    for name, value in ((own_files.KIND, own_files.KIND_CONSOLIDATED), (own_files.CYCLE, "2020")):
        book.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name=name, value=value))
    book.save(here / "so-y-te.xlsx")
    with pytest.raises(DoingoaiError, match="Không tìm thấy sổ tổng hợp"):
        find(here)
    (here / "tonghop.xlsx").write_bytes(BOOK)
    assert find(here) == "tonghop.xlsx"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no FIFOs")
def test_pipes_and_damaged_files_do_not_stop_the_search(here: Path) -> None:
    os.mkfifo(here / "ong.xlsx")
    (here / "hong.xlsx").write_bytes(BOOK[:3000])
    (here / "rong.xlsx").write_bytes(b"")
    (here / "vong.xlsx").symlink_to(here / "vong.xlsx")
    (here / "tonghop.xlsx").write_bytes(BOOK)
    assert find(here) == "tonghop.xlsx"


# --- marked copies ----------------------------------------------------------------------------------------------


def checked(here: Path) -> object:
    shutil.copytree(examples_dir() / "ky-2020" / "inbox", here / "inbox", dirs_exist_ok=True)
    return open_inbox(Request(paths=("inbox",), year=2020, cache=False))


def test_a_copy_is_never_written_through_a_link_to_the_original(here: Path) -> None:
    inbox = checked(here)
    first = sorted((here / "inbox").glob("*.xlsx"))[0]
    original = first.read_bytes()
    (here / "tra-lai").mkdir()
    (here / "tra-lai" / first.name).symlink_to(first)
    lines = mark_copies(inbox, Path("tra-lai"))  # type: ignore[arg-type]
    assert first.read_bytes() == original
    assert any(f"{first.stem}-2" in line for line in lines)


def test_a_folder_that_links_to_the_originals_is_refused(here: Path) -> None:
    inbox = checked(here)
    (here / "tra-lai").symlink_to(here / "inbox", target_is_directory=True)
    with pytest.raises(DoingoaiError, match="ghi đè tệp gốc"):
        mark_copies(inbox, Path("tra-lai"))  # type: ignore[arg-type]


def test_a_file_that_was_replaced_meanwhile_is_said_and_not_marked(here: Path) -> None:
    inbox = checked(here)
    first, *others = sorted((here / "inbox").glob("*.xlsx"))
    first.write_bytes(others[0].read_bytes() + b"\0")
    lines = mark_copies(inbox, Path("tra-lai"))  # type: ignore[arg-type]
    assert any(first.name in line and "đã bị thay sau khi kiểm tra" in line for line in lines)
    assert not (here / "tra-lai" / first.name).exists()
    assert all((here / "tra-lai" / other.name).exists() for other in others)


def test_a_marked_copy_that_somebody_edited_stays(here: Path) -> None:
    inbox = checked(here)
    mark_copies(inbox, Path("tra-lai"))  # type: ignore[arg-type]
    mark_copies(inbox, Path("tra-lai"))  # type: ignore[arg-type]
    copies = sorted(path.name for path in (here / "tra-lai").iterdir())
    assert not any("(2)" in name for name in copies)
    path = here / "tra-lai" / copies[0]
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["Z99"] = "dặn thêm"
    book.save(path)
    edited = path.read_bytes()
    lines = mark_copies(inbox, Path("tra-lai"))  # type: ignore[arg-type]
    assert path.read_bytes() == edited
    assert any("(2)" in line for line in lines)
    assert feedback.mark_copies is mark_copies
    assert openpyxl.load_workbook(io.BytesIO(edited)).worksheets[0]["Z99"].value == "dặn thêm"
