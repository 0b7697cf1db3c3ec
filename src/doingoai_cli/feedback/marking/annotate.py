"""The marked workbook (bản đánh dấu): a copy of the sender's file to send back, its cells filled and commented.

Nothing else of the file changes: only the parts that carry a mark are patched, in place. Marks of an earlier check
are taken off first, so a marked copy can be filled in, sent again and checked again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.feedback.marking.book import SentBook
from doingoai_cli.feedback.marking.parts import Parts
from doingoai_cli.feedback.marking.rebuild import place_in, rebuild
from doingoai_cli.feedback.marking.resultsheet import (
    ResultLine,
    is_result_sheet,
    looks,
    print_titles,
    result_sheet,
)
from doingoai_cli.feedback.marking.sheetmarks import CellNote, SheetMarks, mark_sheet, unmark_sheet
from doingoai_cli.feedback.marking.stylesheet import FillTable, Stylesheet, minimal, read_fill_lines
from doingoai_cli.feedback.marking.worksheet import MarkPlace, Worksheet, unselected
from doingoai_cli.grouping import grouped
from doingoai_cli.model.excel_limits import free_name
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.grid import Workbook
from doingoai_cli.model.own_files import RESULT_SHEET

_COPY_NOTE = (
    "Tệp gốc không phải là .xlsx: bản này chỉ chép lại dữ liệu, không giữ định dạng. Có thể sửa trong bản này "
    "hoặc trong tệp gốc."
)
_SIGNATURE_NOTE = (
    "Tệp gốc có chữ ký số: chữ ký không còn giá trị khi tệp bị đánh dấu nên đã được gỡ khỏi bản này; tệp gốc "
    "vẫn giữ nguyên chữ ký."
)
_PATCHED = ("xlsx", "xlsm")
_ODD_NOTE = (
    "Cấu trúc của tệp gốc không cho phép đánh dấu trực tiếp: bản này chỉ chép lại dữ liệu, không giữ định dạng."
)


class Marked(NamedTuple):
    """A marked copy: its bytes, the ending of its name, and what the sender should know about it ("": nothing)."""

    data: bytes
    suffix: str
    note: str


def annotate(
    data: bytes, findings: Sequence[Finding], read: Callable[[], Workbook | None], agency: str = ""
) -> Marked | None:
    """A marked copy of one file; None where the file cannot be read at all.

    `findings` are those of this file, in their order; `agency` is whose it is. `read` gives the file's values, for
    formats other than .xlsx and .xlsm, which come back as .xlsx with a note.
    """
    if any(finding.code == "CT01" for finding in findings):
        return None
    try:
        return _patched(data, findings, agency)
    except Exception:  # whatever a part of a stranger's package holds: the copy of the values is left
        workbook = read()
    if workbook is None:
        return None
    copy = rebuild(workbook)
    parts = Parts(copy.data)
    note = _ODD_NOTE if workbook.format in _PATCHED else _COPY_NOTE
    return _marked(parts, SentBook(parts), findings, copy.sheets, _AboutCopy(note, agency))


class _AboutCopy(NamedTuple):
    """What the result sheet says besides the findings."""

    note: str
    agency: str


def _patched(data: bytes, findings: Sequence[Finding], agency: str) -> Marked:
    """The sender's own package with its marks. Raises `PatchError`, and what odd parts make libraries raise."""
    parts = Parts(data)
    note = _SIGNATURE_NOTE if parts.remove_signatures() else ""
    return _marked(parts, SentBook(parts), findings, {}, _AboutCopy(note, agency))


def _marked(
    parts: Parts, book: SentBook, findings: Sequence[Finding], names: Mapping[str, str], about: _AboutCopy
) -> Marked:
    """`names`: the sender's sheet names → those of the copy, where they differ."""
    styles_name = book.styles or book.add_styles(minimal(book.dialect))
    styles = Stylesheet(parts[styles_name])
    _unmark(parts, book, styles)
    entries = _entries(findings, names, {sheet.name for sheet in book.sheets() if sheet.part})
    fills = FillTable()
    for sheet in book.sheets():
        if sheet.part is None:
            continue
        parts[sheet.part] = unselected(parts[sheet.part])
        notes = _notes(entry for entry in entries if entry.sheet == sheet.name)
        if notes:
            mark_sheet(SheetMarks(parts, sheet.part, book.dialect), notes, styles, fills)
    first = result_sheet(entries, book.dialect, looks(styles), fills.lines(), *about)
    parts[styles_name] = styles.write()
    name = free_name(RESULT_SHEET, [sheet.name for sheet in book.sheets()])
    book.insert_first(name, first, print_titles=print_titles(name))
    book.write()
    return Marked(parts.write(), book.suffix, about.note)


def _unmark(parts: Parts, book: SentBook, styles: Stylesheet) -> None:
    """Takes off what an earlier check put on: the result sheet, fills, comments."""
    lines: list[str] = []
    for sheet in list(book.sheets()):
        if sheet.name.startswith(RESULT_SHEET) and sheet.part:
            texts = Worksheet(parts[sheet.part]).texts(book.shared_strings())
            if is_result_sheet(texts):  # the sender may have a sheet of that name himself
                lines += texts
                book.remove(sheet.name)
    restored = styles.unmarked(read_fill_lines(lines))
    for sheet in book.sheets():
        if sheet.part:
            unmark_sheet(SheetMarks(parts, sheet.part, book.dialect), restored)


def _entries(findings: Iterable[Finding], names: Mapping[str, str], known: set[str]) -> list[ResultLine]:
    entries = []
    for finding in findings:
        sheet = names.get(finding.sheet or "", finding.sheet or "")
        place = place_in(finding.cell) if finding.cell else None
        entries.append(ResultLine(finding, sheet, place.address if place and sheet in known else ""))
    return entries


def _notes(entries: Iterable[ResultLine]) -> dict[MarkPlace, CellNote]:
    """What is said at each cell: all its findings in one comment, the gravest severity's colour."""
    by_cell = grouped((one.address, one.finding) for one in entries if one.address and one.finding.counts)
    notes = {}
    for address, found in by_cell.items():
        place = place_in(address)
        if place:
            found.sort(key=lambda finding: finding.severity.rank)
            runs = tuple(run for finding in found for run in _runs(finding))
            notes[place] = CellNote(found[0].severity, runs)
    return notes


def _runs(finding: Finding) -> list[tuple[str, bool]]:
    severity = finding.severity.word
    runs = [(f"\n{finding.code} ({severity}): ", True), (finding.message, False)]
    if finding.fix:
        runs += [("\nCách sửa: ", True), (finding.fix, False)]
    return runs
