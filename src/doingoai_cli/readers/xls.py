"""Excel's binary files (.xls) → `Workbook`, through xlrd: fonts, hidden rows, error values and merges are kept.

xlrd is written in Python: what a hostile file can do to it is take time and memory, and `guard` bounds both. BIFF
keeps no text of formulas that xlrd would give; their stored values are read.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import xlrd
from msoffcrypto import OfficeFile
from olefile import OleFileIO

from doingoai_cli.model.grid import Cell, CellKind, Grid, NoteKind, Range, ReaderNote, Workbook
from doingoai_cli.readers.calamine import read_by_calamine
from doingoai_cli.readers.file_types import OLE, foreign_ole
from doingoai_cli.readers.grids import Strikes, Struck, struck_places
from doingoai_cli.readers.guard import never_raises
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.number_formats import Valued, shown_by
from doingoai_cli.readers.overlays import SheetTexts, with_overlays
from doingoai_cli.readers.unreadable import GiveUp, Reason, corrupt, unreadable
from doingoai_cli.readers.values import formatted_number
from doingoai_cli.readers.xls_overlays import read_overlays
from doingoai_cli.readers.zipped import read_zip

# --- encrypted Office files (tệp đặt mật khẩu) ----------------------------------------------------

# Excel encrypts a workbook whose structure is protected with this password, and opens it without asking.
_NOBODY_IS_ASKED = "VelvetSweatshop"


def _without_password(data: bytes) -> bytes:
    """The file inside an encrypted one. Raises `GiveUp` where its password is not the default one."""
    opened = BytesIO()
    try:
        file = OfficeFile(BytesIO(data))
        file.load_key(password=_NOBODY_IS_ASKED)
        file.decrypt(opened)
    except Exception:  # a wrong password is one of many ways in which msoffcrypto says no
        raise GiveUp(unreadable(Reason.ENCRYPTED)) from None
    return opened.getvalue()


_BROKEN = unreadable(Reason.CORRUPT, "Tệp .xls bị hỏng hoặc bị cắt cụt")


@never_raises(_BROKEN)
def read_legacy(data: bytes, _name: str, meter: Meter) -> Workbook:
    """The workbook in an OLE container or a bare BIFF stream, in the guarded process."""
    return _read_container(data, meter) if data.startswith(OLE) else _read_either_way(data, {}, meter)


def _read_container(data: bytes, meter: Meter) -> Workbook:
    with OleFileIO(BytesIO(data)) as container:
        streams = frozenset(entry[0].lower() for entry in container.listdir())
        properties = _properties(container)
    if "encryptedpackage" in streams:
        return read_zip(_without_password(data), meter)
    if not streams:
        raise GiveUp(_BROKEN)
    if not streams & {"workbook", "book"}:
        raise GiveUp(foreign_ole(streams))
    return _read_either_way(data, properties, meter)


def _read_either_way(data: bytes, properties: dict[str, str], meter: Meter) -> Workbook:
    """By xlrd, which knows most; by calamine, with a note, where xlrd refuses what Excel accepts."""
    try:
        return _read_biff(data, properties, meter)
    except GiveUp:
        raise
    except Exception:  # xlrd lets every kind of error out of a broken file
        return replace(read_by_calamine(data, "xls", meter), properties=properties)


def _properties(container: Any) -> dict[str, str]:
    """The custom document properties; none where that stream is broken, for it has nothing to do with the data."""
    stream = "\x05DocumentSummaryInformation"
    try:
        entries = container.get_userdefined_properties(stream) if container.exists(stream) else ()
        return {_plain(entry["property_name"]): _plain(entry["value"]) for entry in entries}
    except Exception:  # whatever a broken stream makes olefile raise
        return {}


def _plain(value: object) -> str:
    return value.decode("utf-8", errors="replace").rstrip("\0") if isinstance(value, bytes) else str(value)


def _read_biff(data: bytes, properties: dict[str, str], meter: Meter) -> Workbook:
    with open(os.devnull, "w") as log:  # noqa: PTH123 - a device, not a path of ours
        try:
            book = _open(data, log)
        except xlrd.XLRDError as error:
            if "encrypted" not in str(error):
                raise
            data = _without_password(data)
            book = _open(data, log)
    meter.check_sheets(book.nsheets)
    if not book.nsheets:
        raise corrupt("không có trang tính nào")
    names = {
        f"name:{name.name}": getattr(name, "formula_text", None) or ""
        for name in book.name_obj_list
        if not name.builtin
    }
    grids = tuple(_grid(book, sheet, index, meter) for index, sheet in enumerate(book.sheets()))
    shown, notes = _with_overlays(data, grids, meter)
    return Workbook("xls", shown, {**properties, **names}, notes)


def _with_overlays(
    data: bytes, grids: tuple[Grid, ...], meter: Meter
) -> tuple[tuple[Grid, ...], tuple[ReaderNote, ...]]:
    """The sheets with what lies over their cells, and what of that cannot be read."""
    try:
        found = read_overlays(_stream(data))
    except ValueError:
        return grids, (ReaderNote(NoteKind.UNREAD, "hình và nút điều khiển đặt trên các trang tính"),)
    texts = SheetTexts(grids)
    found += [[]] * (len(grids) - len(found))
    shown = [with_overlays(grid, over, texts, meter) for grid, over in zip(grids, found, strict=False)]
    return tuple(grid for grid, _ in shown), tuple(note for _, of_sheet in shown for note in of_sheet)


def _stream(data: bytes) -> bytes:
    """The stream of a workbook; b"" where only xlrd finds it."""
    if not data.startswith(OLE):
        return data
    with OleFileIO(BytesIO(data)) as container:
        name = next((name for name in ("Workbook", "Book") if container.exists(name)), "")
        return bytes(container.openstream(name).read()) if name else b""


def _open(data: bytes, log: Any) -> Any:
    usual = {"file_contents": data, "formatting_info": True, "ragged_rows": True, "logfile": log}
    try:
        return xlrd.open_workbook(**usual)
    except xlrd.compdoc.CompDocError:  # sectors used twice, say: Excel opens such files too
        return xlrd.open_workbook(**usual, ignore_workbook_corruption=True)


def _grid(book: Any, sheet: Any, index: int, meter: Meter) -> Grid:
    parts: set[tuple[int, int]] = set()
    cells = tuple(_cells(book, sheet, meter, parts))
    return Grid(
        name=sheet.name,
        index=index,
        cells=cells,
        merges=tuple(Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells),
        hidden_rows=frozenset(row + 1 for row, at in sheet.rowinfo_map.items() if at.hidden or not at.height),
        hidden_cols=frozenset(col + 1 for col, at in sheet.colinfo_map.items() if at.hidden or not at.width),
        hidden=sheet.visibility != 0,
        **struck_places(cells, set(_struck(book, sheet, cells)), parts)._asdict(),
    )


def _struck(book: Any, sheet: Any, cells: Iterable[Cell]) -> Iterator[tuple[int, int]]:
    """The places of cells whose font is struck through."""
    fonts = frozenset(index for index, font in enumerate(book.font_list) if font.struck_out)
    formats = frozenset(index for index, xf in enumerate(book.xf_list) if xf.font_index in fonts)
    for cell in cells if formats else ():
        if sheet.cell_xf_index(cell.row - 1, cell.col - 1) in formats:
            yield cell.row, cell.col


def _cells(book: Any, sheet: Any, meter: Meter, parts: set[tuple[int, int]]) -> Iterator[Cell]:
    """The cells of a sheet; into `parts` go the places of those a part of which is struck through."""
    for row in range(sheet.nrows):
        meter.check_time()
        for col, stored in enumerate(sheet.row(row)):
            valued = _valued(book, stored)
            if (row, col) in sheet.rich_text_runlist_map and valued is not None:
                kept = _without_struck(book, str(valued[1]), sheet.rich_text_runlist_map[row, col])
                if kept != valued[1]:
                    valued = CellKind.TEXT, kept
                    parts.add((row + 1, col + 1))
            if valued is not None:
                meter.add_cells(1)
                yield Cell(row + 1, col + 1, *valued, None, _font(book, sheet, row, col, stored))


def _without_struck(book: Any, text: str, runs: Iterable[tuple[int, int]]) -> str:
    """A rich text without the runs that are struck through, where some are not."""
    pieces, strikes = [], Strikes()
    for (start, font), (end, _) in pairwise([(0, -1), *runs, (len(text), -1)]):
        piece = text[start:end]
        struck = 0 <= font < len(book.font_list) and bool(book.font_list[font].struck_out)
        strikes.add(piece, struck=struck)
        pieces.append(Struck(piece) if struck else piece)
    return "".join(strikes.kept(pieces))


def _valued(book: Any, stored: Any) -> Valued | None:
    match stored.ctype:
        case 1:
            return (CellKind.TEXT, stored.value) if stored.value else None
        case 2 | 3:
            shown = shown_by(_code(book, stored.xf_index))
            return formatted_number(float(stored.value), shown, bool(book.datemode))
        case 4:
            return CellKind.BOOL, bool(stored.value)
        case 5:
            return CellKind.ERROR, xlrd.error_text_from_code.get(stored.value, "#N/A")
    return None


def _code(book: Any, xf_index: int | None) -> str:
    """A cell's number format; "" where the file's lists are shorter than its indexes (BIFF 2 has none)."""
    try:
        return book.format_map[book.xf_list[xf_index].format_key].format_str or ""
    except (IndexError, KeyError, TypeError):
        return ""


def _font(book: Any, sheet: Any, row: int, col: int, stored: Any) -> str | None:
    """The font's name; of a rich text that of most of it."""
    try:
        index = book.xf_list[stored.xf_index].font_index
    except (IndexError, TypeError):
        return None
    runs = sheet.rich_text_runlist_map.get((row, col))
    if runs:
        lengths: Counter[int] = Counter()
        for (start, font), (end, _) in pairwise([(0, index), *runs, (len(str(stored.value)), index)]):
            lengths[font] += end - start
        index = lengths.most_common(1)[0][0]
    return book.font_list[index].name or None if index < len(book.font_list) else None
