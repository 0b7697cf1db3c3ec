"""Lists that officers keep (danh sách): the roster, the order in which files came; as text or as a workbook."""

import csv
import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from doingoai_cli.errors import ConfigError, reason_of
from doingoai_cli.model.grid import Cell, CellValue, Grid, display
from doingoai_cli.model.roster import Roster, RosterEntry
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.folder import read_bytes
from doingoai_cli.readers.unreadable import Unreadable
from doingoai_cli.vietnamese.legacy import convert
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import clean
from doingoai_cli.vietnamese.ticks import read_tick

_PACKAGES = (".xlsx", ".xlsm")
_WORKBOOKS = (*_PACKAGES, ".xls", ".xlsb", ".ods")
_HEADING_WITHIN = 20
"""Rows at the top of a workbook's sheet among which the heading is looked for."""
_FILE_HEADINGS = {"tệp", "tên tệp", "file", "path", "đường dẫn"}


class Line(NamedTuple):
    """A row of a list: where it stands, for messages, and its cells as text."""

    place: str
    cells: tuple[str, ...]


def read_roster(*paths: Path) -> Roster:
    """The roster: CSV (UTF-8 with or without BOM, comma or semicolon) or workbooks; aliases separated by `|`.

    ConfigError with file and line for a missing column, a name that is blank or lost letters, a name or code given
    twice, an open quote.
    """
    entries: list[RosterEntry] = []
    problems: list[str] = []
    seen: dict[str, str] = {}
    codes: dict[str, str] = {}
    for line, columns in (listed for path in dict.fromkeys(paths) for listed in _listed(path)):
        entry = _entry(line.cells, columns)
        if not entry.name:
            problems.append(f"{line.place}: thiếu tên đơn vị")
            continue
        if "?" in entry.name:  # what Excel writes for a letter that its plain CSV has not
            problems.append(
                f"{line.place}: “{entry.name}” mất dấu tiếng Việt; trong Excel chọn “CSV UTF-8” khi lưu"
            )
            continue
        if _keeps_both(line.cells, columns) is None:
            problems.append(f"{line.place}: cột “keep_both” ghi x, hoặc để trống")
        for key in dict.fromkeys(entry.keys):
            if key in seen:
                problems.append(f"{line.place}: “{entry.name}” trùng với {_told(seen[key], line)}")
            seen[key] = line.place
        if entry.code and (first := codes.setdefault(entry.code.casefold(), line.place)) != line.place:
            problems.append(f"{line.place}: mã “{entry.code}” trùng với {_told(first, line)}")
        entries.append(entry)
    if problems:
        raise ConfigError(problems)
    return Roster(tuple(entries))


def _listed(path: Path) -> Iterator[tuple[Line, dict[str, int]]]:
    """The lines of a roster that say something, with its columns."""
    lines = iter(_lines(path, lambda cells: "name" in _columns(cells)))
    heading = next(lines, Line(f"{path}:1", ()))
    columns = _columns(heading.cells)
    if "name" not in columns:
        text = "thiếu cột “name” (tên đơn vị); các cột: code,name,aliases,kind,e-mail"
        raise ConfigError([f"{heading.place}: {text}"])
    yield from ((line, columns) for line in lines if any(cell.strip() for cell in line.cells))


def _told(place: str, line: Line) -> str:
    """An earlier place as a line is told of it: by its number alone within one file."""
    file, _, number = place.rpartition(":")
    return f"dòng {number}" if line.place.rpartition(":")[0] == file else place


def read_arrivals(*paths: Path) -> tuple[str, ...]:
    """The files in the order in which they came: a name or path a line, or workbooks with a column "Tệp"."""
    return tuple(name for path in paths for name in _arrivals(path))


def _arrivals(path: Path) -> Iterator[str]:
    lines = list(_lines(path, lambda cells: any(map(_names_files, cells)), as_csv=False))
    at = next((at for at, cell in enumerate(lines[0].cells) if _names_files(cell)), None) if lines else None
    named = (line.cells for line in (lines if at is None else lines[1:]))
    texts = (cells[at] if at is not None and at < len(cells) else _first(cells) for cells in named)
    yield from (text.strip() for text in texts if text.strip())


def _names_files(cell: str) -> bool:
    return clean(cell).lower() in _FILE_HEADINGS


def _first(cells: Sequence[str]) -> str:
    return next((cell for cell in cells if cell.strip()), "")


def _lines(path: Path, is_heading: Callable[[Sequence[str]], bool], *, as_csv: bool = True) -> Iterator[Line]:
    """The rows of a list from its heading on; from the first one where no row looks like a heading."""
    if path.suffix.lower() in _WORKBOOKS:
        yield from _rows_of_workbook(path, is_heading)
        return
    text = _text(path)
    if not as_csv:
        lines = enumerate(text.splitlines(), start=1)
        yield from (Line(f"{path}:{number}", (line,)) for number, line in lines)
        return
    first = text.split("\n", 1)[0]
    separator = ";" if first.count(";") > first.count(",") else "," if "," in first else "\t"
    rows = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    before = 0
    try:
        for cells in rows:
            yield Line(f"{path}:{before + 1}", tuple(map(_one_line, cells)))
            before = rows.line_num
    except csv.Error as error:
        text = "dấu ngoặc kép mở mà không đóng, hoặc đóng không đúng chỗ; xóa dấu đó rồi lưu lại"
        raise ConfigError([f"{path}:{before + 1}: {text}"]) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}:1: tệp không phải UTF-8; trong Excel chọn “CSV UTF-8” khi lưu"]) from error
    except OSError as error:
        raise ConfigError(
            [f"{path}: không mở được danh sách ({reason_of(error)}). Kiểm tra lại đường dẫn."]
        ) from error


def _rows_of_workbook(path: Path, is_heading: Callable[[Sequence[str]], bool]) -> Iterator[Line]:
    sheets = _opened_by_openpyxl(path) or _opened_by_readers(path)
    for rows in sheets:
        start = next((at for at, line in enumerate(rows[:_HEADING_WITHIN]) if is_heading(line.cells)), None)
        if start is not None:
            yield from rows[start:]
            return
    yield from next(filter(None, sheets), [])


def _opened_by_openpyxl(path: Path) -> list[list[Line]]:
    """The sheets of an Excel package; none where openpyxl cannot say (it sees no sheet in Strict Open XML).

    A list of names holds nothing that openpyxl loses, unlike the forms that agencies send.
    """
    if path.suffix.lower() not in _PACKAGES:
        return []
    import openpyxl  # 0.1 s, for those who keep a list as a workbook

    try:
        with warnings.catch_warnings(action="ignore"), path.open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            return [list(_rows_of_sheet(sheet, path)) for sheet in book.worksheets]
    except Exception:  # whatever it raises of a damaged package: our readers open more, and say what is wrong
        return []


def _rows_of_sheet(sheet: Any, path: Path) -> Iterator[Line]:  # its stubs say that such sheets give no rows
    """The rows of openpyxl's sheet with something in them; what a sheet says of its size is not believed."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_text_of(cell.value, cell.font.name if isinstance(cell.value, str) else None) for cell in row]
        if any(cells):
            yield Line(f"{path}:{number}", tuple(cells))


def _opened_by_readers(path: Path) -> list[list[Line]]:
    """The sheets of a workbook of any kind; ConfigError with what is wrong where it cannot be read."""
    data = read_bytes(path)
    workbook = data if isinstance(data, Unreadable) else read_workbook(data, path.name)
    if isinstance(workbook, Unreadable):
        raise ConfigError([f"{path}: {workbook.detail}. {workbook.advice}."])
    return [list(_rows_of_grid(grid, path)) for grid in workbook.grids]


def _rows_of_grid(grid: Grid, path: Path) -> Iterator[Line]:
    """The rows of a sheet with something in them; a cell's place in a row is its column."""
    by_row: dict[int, dict[int, Cell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, {})[cell.col] = cell
    for row, cells in sorted(by_row.items()):
        found = (cells.get(col) for col in range(1, max(cells) + 1))
        texts = ("" if cell is None else _text_of(cell.value, cell.font) for cell in found)
        yield Line(f"{path}:{row}", tuple(texts))


def _text_of(value: CellValue | None, font: str | None) -> str:
    """A cell on one line; letters of the fonts before Unicode as they were meant."""
    if value is None:
        return ""
    converted = convert(value, font) if isinstance(value, str) else None
    return _one_line(converted[0] if converted else display(value))


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _columns(heading: Sequence[str]) -> dict[str, int]:
    return {
        field: index
        for index, label in reversed(list(enumerate(heading)))
        for field, labels in names("roster-headings.tsv").items()
        if " ".join(label.split()).lower() in labels
    }


def _entry(cells: Sequence[str], columns: dict[str, int]) -> RosterEntry:
    code, name, listed, kind, email = (
        _cell(cells, columns, field) for field in ("code", "name", "aliases", "kind", "email")
    )
    aliases = tuple(alias.strip() for alias in listed.split("|") if alias.strip())
    return RosterEntry(code, name, aliases, kind, email, _keeps_both(cells, columns) is True)


def _cell(cells: Sequence[str], columns: dict[str, int], field: str) -> str:
    at = columns.get(field, len(cells))
    return cells[at].strip() if at < len(cells) else ""


def _keeps_both(cells: Sequence[str], columns: dict[str, int]) -> bool | None:
    """Whether an agency sends two parts; None where the cell says neither."""
    said = _cell(cells, columns, "keep_both")
    return {"true": True, "false": False}.get(said.lower(), read_tick(said))
