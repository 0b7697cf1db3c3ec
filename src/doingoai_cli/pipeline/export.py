"""A consolidated workbook → its records for other programs (xuất dữ liệu)."""

from pathlib import Path

from doingoai_cli import messages
from doingoai_cli.consolidate.export import export as exported
from doingoai_cli.pipeline.books import read_book
from doingoai_cli.pipeline.catalogue import forms_of
from doingoai_cli.pipeline.files import make_folder, write_whole
from doingoai_cli.pipeline.workspace import find_workspace


def export(workbook: Path, target: str, out: Path | None) -> tuple[str, ...]:
    """The records of a consolidated workbook in another format; a sentence a file."""
    catalogue = forms_of(find_workspace(Path.cwd()))
    book = read_book(workbook, catalogue)
    files = exported(book, catalogue, target)
    folder = make_folder(out or workbook.parent)
    for name, data in files.items():
        write_whole(folder / name, data)
    return (*book.notices, *(messages.WROTE.format(path=(folder / name).as_posix()) for name in files))
