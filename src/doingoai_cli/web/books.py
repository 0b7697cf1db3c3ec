"""The consolidated workbook that a page shows (sổ tổng hợp): found by its mark, read again when it has changed."""

from dataclasses import dataclass
from pathlib import Path

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.pipeline.catalogue import forms_of
from doingoai_cli.pipeline.find_books import SeveralBooksError, books_of, find_book
from doingoai_cli.pipeline.known_books import read_book
from doingoai_cli.pipeline.workspace import own_agency
from doingoai_cli.web.open_workspace import OpenWorkspace

_USUAL = Path("tonghop.xlsx")
_NO_BOOK = (
    "Tệp “{path}” trong thư mục làm việc không đọc được, hoặc không phải sổ tổng hợp lập ở thư mục này; tệp được "
    "giữ nguyên. Đưa bản đúng của sổ vào chỗ đó; không có bản nào thì đổi tên tệp rồi bấm “Tổng hợp”."
)


@dataclass(frozen=True)
class ShownBook:
    """The workbook of a cycle; `path` is None where there is none yet."""

    cycle: int | None
    path: Path | None = None
    rows: tuple[ConsolidatedRow, ...] = ()
    problem: str = ""
    catalogue: FormCatalogue | None = None
    """The forms of the workspace; None where its settings are at fault."""
    usual: Path = _USUAL
    """Where it would be written."""

    @property
    def target(self) -> Path:
        """Where a merge writes it."""
        return self.path or self.usual

    @property
    def agencies(self) -> list[str]:
        """The agencies that have rows."""
        return sorted({row.agency for row in self.rows if row.agency})

    @property
    def forms(self) -> list[str]:
        """The forms that have rows, in the workbook's order."""
        return list(dict.fromkeys(row.record.form for row in self.rows))


def book_of(opened: OpenWorkspace, cycle: int | None) -> ShownBook:
    """The workbook of the cycle in the workspace; where there are several, `problem` lists them."""
    if cycle is None:
        return ShownBook(None)
    try:
        workspace = opened.workspace
        catalogue = forms_of(workspace)
    except DoingoaiError as error:
        return ShownBook(cycle, problem=str(error))
    inbox, agency = opened.inbox_folder, own_agency(workspace)
    try:
        path = find_book(opened.folder, cycle, inbox=inbox, agency=agency)
    except SeveralBooksError as error:
        return ShownBook(cycle, problem=str(error))
    except DoingoaiError:  # there is none yet
        return _none_yet(opened, cycle, inbox, agency)
    try:
        book = read_book(path, catalogue)
    except DoingoaiError as error:
        return ShownBook(cycle, path, problem=str(error))
    return ShownBook(cycle, path, book.rows, catalogue=catalogue)


def _none_yet(opened: OpenWorkspace, cycle: int, inbox: Path, agency: str) -> ShownBook:
    """Where one will be written: beside one of another cycle; what stands there and is no workbook is said."""
    if not (opened.folder / _USUAL).exists():
        return ShownBook(cycle)
    if _USUAL in books_of(opened.folder, inbox, agency):
        return ShownBook(cycle, usual=_USUAL.with_stem(f"{_USUAL.stem}-{cycle}"))
    return ShownBook(cycle, problem=_NO_BOOK.format(path=_USUAL))
