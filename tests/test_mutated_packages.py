"""Two thousand damaged packages, each a reading or CT01: through reading, checking, marking and the way back.

A part of them in every run; all of them with `DOINGOAI_MUTANTS=2000`.
"""

import io
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from blanks import LIMITS, OCCASION, SPECS, example_rows, write_forms
from consolidation import CATALOGUE, CONFERENCE, PLANNED, REALISED, merged, submission, written
from mutations import mutant
from opendocument import as_ods

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.grid import Workbook
from doingoai_cli.pipeline.books import read_book
from doingoai_cli.pipeline.feedback import all_files, mark_copies
from doingoai_cli.pipeline.files import Written, write_own
from doingoai_cli.pipeline.inbox import Inbox, Request, open_inbox
from doingoai_cli.pipeline.merge import merge
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.resources import examples_dir

_MANY = int(os.environ.get("DOINGOAI_MUTANTS", "200"))
_BATCH = 50
_SOUND = examples_dir() / "ky-2020" / "inbox" / "so-y-te.xlsx"
_BOOKS = 4
"""Every so many packages one comes from a consolidated workbook."""


def _sent() -> dict[str, bytes]:
    """What agencies send: our forms blank and filled, as .ods too, and the examples."""
    filled = write_forms(SPECS, OCCASION, LIMITS, agency="Sở Du lịch", prefill=example_rows(3))
    workbook = read_workbook(filled, "a.xlsx")
    assert isinstance(workbook, Workbook)
    examples = {path.name: path.read_bytes() for path in sorted(_SOUND.parent.iterdir())}
    return {
        "trong.xlsx": write_forms(SPECS[2:3], OCCASION, LIMITS, agency="Sở Tư pháp"),
        "mau.xlsx": filled,
        "mau.ods": as_ods(workbook.grids),
        **examples,
    }


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, and the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def sent() -> dict[str, bytes]:
    return _sent()


@pytest.fixture(scope="module")
def books() -> dict[str, bytes]:
    """A consolidated workbook as we write it, and with an officer's review as openpyxl saves it, also as .ods."""
    forms = {"02.A": [PLANNED, {**PLANNED, "name": "Đoàn bác sĩ"}], "01.A": [REALISED], "03": [CONFERENCE]}
    book = openpyxl.load_workbook(io.BytesIO(written(merged([submission("y-te.xlsx", "Sở Y tế", forms)]))))
    sheet = book["02.A"]
    column = next(c.column for row in sheet.iter_rows(max_row=9) for c in row if c.value == "Ý kiến thẩm định")
    sheet.cell(8, column).value = "Không đồng ý"
    reviewed = io.BytesIO()
    book.save(reviewed)
    read = read_workbook(reviewed.getvalue(), "a.xlsx")
    assert isinstance(read, Workbook)
    return {
        "da-xem.ods": as_ods(read.grids),
        "tonghop.xlsx": written(merged([submission("y-te.xlsx", "Sở Y tế", forms)])),
        "da-xem.xlsx": reviewed.getvalue(),
    }


def _opened(folder: Path) -> Inbox:
    return open_inbox(Request((str(folder),), year=2020, cache=False))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("first", range(0, _MANY, _BATCH))
def test_sent_packages_are_read_or_told_and_never_held_up_or_changed(
    first: int, sent: dict[str, bytes], books: dict[str, bytes]
) -> None:
    inbox = Path("den")
    inbox.mkdir()
    mutants = [mutant(number, {**sent, **books}) for number in range(first, min(first + _BATCH, _MANY))]
    content = {one.name: one.data for one in mutants} | {"0-lanh-lan.xlsx": _SOUND.read_bytes()}
    for name, data in content.items():
        (inbox / name).write_bytes(data)

    run = _opened(inbox)
    told = {one.path: one.observations for one in all_files(run)} | {one.path: () for one in run.passed_over}
    assert set(told) >= {f"den/{name}" for name in content}
    faults = {
        f"{one.name} {one.source} {one.changes}": said
        for one in mutants
        for observation in told[f"den/{one.name}"]
        if "Chương trình gặp lỗi" in (said := str(observation.params)) or "too_slow" in said
    }
    assert not faults
    sound = next(one for one in all_files(run) if one.path == "den/0-lanh-lan.xlsx")
    assert sound.rows == 10

    mark_copies(run, Path("danh-dau"))
    assert {path.name: path.read_bytes() for path in inbox.iterdir()} == content
    marked = len(list(Path("danh-dau").iterdir()))
    unread = {finding.file for finding in run.findings if finding.code == "CT01"}
    read = [one for one in all_files(run) if one.path not in unread]
    assert marked == len([one for one in read if not one.through])


@pytest.mark.parametrize("first", range(0, _MANY // _BOOKS, _BATCH))
def test_a_damaged_consolidated_workbook_is_read_back_or_refused_in_a_sentence(
    first: int, books: dict[str, bytes], here: Path
) -> None:
    Path("den").mkdir()
    Path("den/y-te.xlsx").write_bytes(_SOUND.read_bytes())
    run = _opened(Path("den"))
    for number in range(first, min(first + _BATCH, _MANY // _BOOKS)):
        one = mutant(number, books)
        path = here / "tonghop.xlsx"
        path.write_bytes(one.data)
        told = (_refusal(partial(read_book, path, CATALOGUE)), _refusal(partial(merge, run, path)))
        what = (number, one.source, one.changes, told)
        assert not any("gặp lỗi" in said for said in told), what
        assert bool(told[1]) == (path.read_bytes() == one.data), what
        assert not told[0] or told[1], what


def _refusal(work: Callable[[], object]) -> str:
    """The sentence that refuses the work; "" where it was done."""
    try:
        work()
    except DoingoaiError as error:
        return str(error)
    return ""


def test_a_fault_of_ours_while_a_workbook_is_read_back_leaves_it_as_it_is(
    books: dict[str, bytes], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    Path("den").mkdir()
    Path("den/y-te.xlsx").write_bytes(_SOUND.read_bytes())
    path = here / "tonghop.xlsx"
    path.write_bytes(books["tonghop.xlsx"])
    run = _opened(Path("den"))
    monkeypatch.setattr("doingoai_cli.pipeline.books.read_back", fail)
    with pytest.raises(DoingoaiError, match="gặp lỗi khi đọc sổ này"):
        merge(run, path)
    assert path.read_bytes() == books["tonghop.xlsx"]


@pytest.mark.usefixtures("here")
def test_a_copy_that_cannot_be_written_is_said_and_the_others_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_once(path: Path, data: bytes) -> Written:
        if path.name.startswith("hong"):
            raise ZeroDivisionError
        return write_own(path, data)

    Path("den").mkdir()
    for name in ("hong.xlsx", "lanh.xlsx"):
        source = _SOUND if name == "lanh.xlsx" else _SOUND.parent / "ubnd-huyen-le-thuy.xlsx"
        Path("den", name).write_bytes(source.read_bytes())
    monkeypatch.setattr("doingoai_cli.pipeline.files.write_own", fail_once)
    told = mark_copies(_opened(Path("den")), Path("danh-dau"))
    assert any("Không tạo được bản đánh dấu của den/hong.xlsx" in said for said in told)
    assert len(list(Path("danh-dau").glob("lanh*"))) == 1
