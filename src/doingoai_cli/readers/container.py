"""Bytes → `Workbook`, by what a file is whatever its name says, or why not. Nothing that is read here ever raises.

| what it is | read by |
|---|---|
| .xlsx, .xlsm | `xlsx`: a quick pass over sheet XML, a thorough one where that cannot account for every cell |
| .ods, .fods | `ods` |
| .docx, .odt | `docx`, `odt` |
| Excel's XML of 2003, delimited texts | `spreadsheetml`, `texts` |
| .xls, .xlsb, pages, PDF | `xls`, `calamine`, `html`, `pdf`, in the worker process of `guard` |
| .doc, .rtf | `libreoffice`: LibreOffice, where it is installed, makes a .docx of it |

What is an archive or a letter is said so (`Reason.CONTAINER`): `contents` opens it. All but the last two lines
are our own passes, which count what they inflate, keep and take: they need no process of their own.
"""

from collections.abc import Mapping

from doingoai_cli.model.grid import Workbook
from doingoai_cli.readers.file_types import BARE_XLS, OLE, PDF, RTF, ZIP, by_magic, not_a_workbook
from doingoai_cli.readers.guard import read_guarded
from doingoai_cli.readers.limits import DEFAULT_LIMITS, MIB, Limits, Meter
from doingoai_cli.readers.texts import TextKind, read_delimited, text_kind, with_byte_order_mark
from doingoai_cli.readers.unreadable import GiveUp, Reason, Unreadable, too_large, unreadable
from doingoai_cli.readers.xlsx import OoxmlSheets
from doingoai_cli.readers.zipped import is_archive as is_zip_archive
from doingoai_cli.readers.zipped import open_zip, read_zip, read_zip_properties

_LEGACY = "doingoai_cli.readers.xls:read_legacy"
_PDF_READER = "doingoai_cli.readers.pdf:read_pdf"
_PDF_BEGINS_WITHIN = 1024  # readers of PDF take what stands before it for nothing
_PAGES = "doingoai_cli.readers.html:read_page"


def read_workbook(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Workbook | Unreadable:
    """All sheets of one file, whatever it calls itself; `name` only helps to word what is wrong.

    Never raises: a file that cannot be read gives the reason.
    """
    try:
        return _read(data, name, limits)
    except GiveUp as given_up:
        return given_up.unreadable
    except MemoryError:
        return unreadable(Reason.TOO_HUNGRY)


def read_properties(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Mapping[str, str]:
    """`Workbook.properties` of an Excel package without reading its sheets; none where they cannot be read.

    Our own outputs are known by them, however large their sheets are.
    """
    try:
        return read_zip_properties(data, Meter(limits)) if data.startswith(ZIP) else {}
    except GiveUp:
        return {}


def is_archive(data: bytes) -> bool:
    """Whether a zip package is an archive of files; not where it is damaged."""
    try:
        return is_zip_archive(data, Meter(DEFAULT_LIMITS))
    except GiveUp:
        return False


def open_workbook(data: bytes, limits: Limits = DEFAULT_LIMITS) -> OoxmlSheets | None:
    """An Excel package whose sheets are read when they are asked for; None for anything else, or a broken one.

    For large workbooks of ours: each sheet can be read in a process of its own.
    """
    try:
        return open_zip(data, Meter(limits)) if data.startswith(ZIP) else None
    except GiveUp:
        return None


def _read(data: bytes, name: str, limits: Limits) -> Workbook | Unreadable:
    if not data:
        return unreadable(Reason.EMPTY)
    if len(data) > limits.file_bytes:
        raise too_large(f"hơn {limits.file_bytes // MIB} MB")
    if data.startswith(ZIP):
        return read_zip(data, Meter(limits))
    if data.startswith((OLE, *BARE_XLS)):
        found = read_guarded(_LEGACY, data, name, limits, Workbook)
        is_word = isinstance(found, Unreadable) and found.reason is Reason.LEGACY_WORD
        return _read_word(data, ".doc", limits) if is_word else found
    if data.lstrip()[: len(RTF)] == RTF:
        return _read_word(data, ".rtf", limits)
    if PDF in data[:_PDF_BEGINS_WITHIN]:
        return read_guarded(_PDF_READER, data, name, limits, Workbook)
    return _read_text(data, name, limits)


def _read_word(data: bytes, ending: str, limits: Limits) -> Workbook | Unreadable:
    from doingoai_cli.readers.libreoffice import read_legacy_word  # what most runs have none of, here and below

    return read_legacy_word(data, ending, limits)


def _read_text(data: bytes, name: str, limits: Limits) -> Workbook | Unreadable:
    """A text file under a workbook's name; what reads it is loaded when there is one."""
    known = by_magic(data)
    if known is not None:
        return known

    data = with_byte_order_mark(data)
    match text_kind(data):
        case TextKind.HTML | TextKind.MHTML:
            return read_guarded(_PAGES, data, name, limits, Workbook)
        case TextKind.SPREADSHEETML:
            from doingoai_cli.readers.spreadsheetml import read_spreadsheetml

            return read_spreadsheetml(data, Meter(limits))
        case TextKind.FLAT_SHEET:
            from doingoai_cli.readers.ods import read_flat

            return read_flat(data, Meter(limits))
        case TextKind.DELIMITED:
            return read_delimited(data, Meter(limits))
    return not_a_workbook(data)
