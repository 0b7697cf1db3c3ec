"""An old Word file (.doc, .rtf) → `Workbook`, by way of LibreOffice and .docx."""

from dataclasses import replace

from doingoai_cli.model.grid import NoteKind, ReaderNote, Workbook
from doingoai_cli.readers.limits import Limits, Meter
from doingoai_cli.readers.office import as_docx
from doingoai_cli.readers.unreadable import GiveUp, Unreadable
from doingoai_cli.readers.zipped import read_zip

_LEAST_KEPT = 0.98
"""Of the letters of the plain text, so many have to stand in the .docx: fields and marks differ a little."""


def read_legacy_word(data: bytes, suffix: str, limits: Limits) -> Workbook | Unreadable:
    """The tables of the document; a note where the conversion has lost text. Never raises."""
    converted = as_docx(data, suffix, limits)
    if isinstance(converted, Unreadable):
        return converted
    docx, plain = converted
    try:
        workbook = read_zip(docx, Meter(limits))
    except GiveUp as given_up:
        return given_up.unreadable
    read = sum(_letters(str(cell.value)) for grid in workbook.grids for cell in grid.cells)
    lost = read < _LEAST_KEPT * _letters(plain)
    what = f"đọc từ {suffix} qua LibreOffice, bản chuyển thiếu chữ so với bản gốc"
    notes = (ReaderNote(NoteKind.CONVERTED, what),) if lost else ()
    return replace(workbook, format=suffix.removeprefix("."), notes=(*workbook.notes, *notes))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
