"""A consolidated workbook → its records for other programs (xuất dữ liệu)."""

from collections.abc import Mapping
from pathlib import Path

from doingoai_cli.consolidate.export import export as exported
from doingoai_cli.messages import WRITTEN_BESIDE
from doingoai_cli.pipeline.catalogue import forms_of
from doingoai_cli.pipeline.files import Written, beside, is_free, make_folder, write_own
from doingoai_cli.pipeline.known_books import read_book
from doingoai_cli.pipeline.workspace import find_workspace


def export(workbook: Path, target: str, out: Path | None) -> tuple[str, ...]:
    """The records of a consolidated workbook in another format; a sentence a file."""
    catalogue = forms_of(find_workspace(Path.cwd()))
    book = read_book(workbook, catalogue)
    written = _write_together(make_folder(out or workbook.parent), exported(book, catalogue, target))
    return (*book.notices, *(line for file in written for line in file.told))


def _write_together(folder: Path, files: Mapping[str, bytes]) -> list[Written]:
    """Write files that belong together, all beside where one of them would replace what somebody edited.

    What describes the others names them by the names that they get.
    """
    wanted = [folder / name for name in files]
    for places in zip(*map(beside, wanted), strict=True):
        renamed = {old.name: new.name for old, new in zip(wanted, places, strict=True) if old != new}
        contents = [_renamed(data, renamed) if len(files) > 1 else data for data in files.values()]
        if all(map(is_free, places, contents)):
            break
    for place, data in zip(places, contents, strict=True):
        write_own(place, data)
    return [
        Written(new, "" if new == old else WRITTEN_BESIDE.format(path=old, new=new.name))
        for old, new in zip(wanted, places, strict=True)
    ]


def _renamed(data: bytes, names: Mapping[str, str]) -> bytes:
    for old, new in names.items():
        data = data.replace(f'"path": "{old}"'.encode(), f'"path": "{new}"'.encode())
    return data
