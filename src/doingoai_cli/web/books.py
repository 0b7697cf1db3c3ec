"""The consolidated workbook that a page shows (sổ tổng hợp): found by its mark, read again when it has changed."""

from dataclasses import dataclass
from pathlib import Path

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.pipeline.books import read_book
from doingoai_cli.pipeline.catalogue import forms_of
from doingoai_cli.pipeline.find_books import SeveralBooksError, find_book
from doingoai_cli.pipeline.workspace import own_agency
from doingoai_cli.web.desk import Desk

_USUAL = Path("tonghop.xlsx")


@dataclass(frozen=True)
class ShownBook:
    """The workbook of a cycle; `path` is None where there is none yet."""

    cycle: int | None
    path: Path | None = None
    rows: tuple[ConsolidatedRow, ...] = ()
    problem: str = ""
    catalogue: FormCatalogue | None = None
    """The forms of the workspace; None where its settings are at fault."""

    @property
    def target(self) -> Path:
        """Where a merge writes it."""
        return self.path or _USUAL

    @property
    def agencies(self) -> list[str]:
        """The agencies that have rows."""
        return sorted({row.agency for row in self.rows if row.agency})

    @property
    def forms(self) -> list[str]:
        """The forms that have rows, in the workbook's order."""
        return list(dict.fromkeys(row.record.form for row in self.rows))


def book_of(desk: Desk, cycle: int | None) -> ShownBook:
    """The workbook of the cycle in the workspace; where there are several, `problem` lists them."""
    if cycle is None:
        return ShownBook(None)
    try:
        workspace = desk.workspace
        catalogue = forms_of(workspace)
    except DoingoaiError as error:
        return ShownBook(cycle, problem=str(error))
    try:
        inbox = workspace.path(workspace.inbox)
        path = find_book(desk.folder, cycle, inbox=inbox, agency=own_agency(workspace))
    except SeveralBooksError as error:
        return ShownBook(cycle, problem=str(error))
    except DoingoaiError:  # there is none yet
        return ShownBook(cycle)
    try:
        book = read_book(path, catalogue)
    except DoingoaiError as error:
        return ShownBook(cycle, path, problem=str(error))
    return ShownBook(cycle, path, book.rows, catalogue=catalogue)
