"""`find`: a text looked for in all consolidated workbooks of the workspace, as a table, CSV, JSON or workbook."""

import json
from collections.abc import Sequence
from pathlib import Path

from doingoai_cli.consolidate.search import HEADINGS, SearchHit, hit_rows, search
from doingoai_cli.consolidate.workbook.lists import Heading, list_sheet
from doingoai_cli.consolidate.workbook.write import list_book
from doingoai_cli.csvfile import csv_text
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.messages import aligned
from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.search_fields import SearchField
from doingoai_cli.pipeline.catalogue import forms_of
from doingoai_cli.pipeline.files import check_text, write_own
from doingoai_cli.pipeline.find_books import books_of
from doingoai_cli.pipeline.known_books import read_book
from doingoai_cli.pipeline.workspace import find_workspace, own_agency
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.vietnamese.text import is_blank, shortened

_SHOWN = (0, 2, 3, 4, 5, 7, 8, 10)
"""The columns of the table on a terminal; the others are in CSV, JSON and the workbook."""
_WIDEST = 40
_WIDTHS = (7, 7, 12, 17, 32, 20, 24, 14, 24, 34, 20, 14, 20, 26)


def find(
    text: str, field: SearchField | None, books: Sequence[Path], format: str, output: Path | None
) -> tuple[str, tuple[str, ...]]:
    """(what is printed, notices). `books`: the workbooks to look in; none: all of the workspace.

    `output` ending in .xlsx is a workbook. DoingoaiError: nothing to look for, or no workbook at hand.
    """
    if is_blank(text):
        raise DoingoaiError('Ghi từ cần tìm, ví dụ: doingoai find "Khăm Muộn" --field partner.')
    workspace = find_workspace(Path.cwd())
    catalogue = forms_of(workspace)
    folder = workspace.folder or Path.cwd()
    named = [path for path in map(workspace.path, workspace.history) if path is not None]
    paths = list(books) or list(
        dict.fromkeys((*books_of(folder, folder / workspace.inbox, own_agency(workspace)), *named))
    )
    read, notices = _read(paths, catalogue, required=bool(books))
    if not read:
        raise DoingoaiError(
            f"Không có sổ tổng hợp nào đọc được trong {folder.as_posix()}; chỉ rõ bằng --from TỆP."
        )
    hits = search(text, read, catalogue, field)
    if output is not None and output.suffix.lower() == ".xlsx":
        return "", (*notices, *write_own(output, _workbook(text, hits, read)).told)
    printed = {"csv": _csv, "json": _json, "table": _table}[format](hits)
    if output is not None:
        check_text(output)
        data = printed.encode("utf-8-sig" if format == "csv" else "utf-8")
        return "", (*notices, *write_own(output, data).told)
    return printed, notices


def _read(
    paths: Sequence[Path], catalogue: FormCatalogue, *, required: bool
) -> tuple[list[Consolidated], tuple[str, ...]]:
    """The workbooks that can be read; one that the user named and that cannot ends the search."""
    books: list[Consolidated] = []
    notices: list[str] = []
    for path in paths:
        try:
            books.append(read_book(path, catalogue))
        except DoingoaiError as error:
            if required:
                raise
            notices.append(f"Bỏ qua {path.as_posix()}: {error}")
    return books, tuple(notices)


def _table(hits: Sequence[SearchHit]) -> str:
    if not hits:
        return "Không tìm thấy dòng nào.\n"
    rows = [HEADINGS, *hit_rows(hits)]
    shown = [[shortened(row[column], _WIDEST) for column in _SHOWN] for row in rows]
    years = sorted({hit.year for hit in hits})
    span = f"{years[0]}" if len(years) == 1 else f"{years[0]} - {years[-1]}"
    return "\n".join([*aligned(shown), "", f"{format_number(len(hits))} dòng, năm {span}."]) + "\n"


def _csv(hits: Sequence[SearchHit]) -> str:
    return csv_text([HEADINGS, *hit_rows(hits)])


def _json(hits: Sequence[SearchHit]) -> str:
    names = (
        "year", "form", "kind", "period", "name", "agency", "leader", "countries", "partners", "outcome", "report",
        "opinion", "book", "source",
    )  # fmt: skip
    rows = [
        dict(zip(names, row, strict=True)) | {"year": hit.year, "found_in": [f.value for f in hit.fields]}
        for hit, row in zip(hits, hit_rows(hits), strict=True)
    ]
    return json.dumps({"schema_version": "1", "rows": rows}, ensure_ascii=False, indent=1) + "\n"


def _workbook(text: str, hits: Sequence[SearchHit], books: Sequence[Consolidated]) -> bytes:
    headings = [Heading(name, width) for name, width in zip(HEADINGS, _WIDTHS, strict=True)]
    cycles = sorted({book.cycle for book in books})
    subtitle = f"(“{text}”: {format_number(len(hits))} dòng; kỳ {', '.join(map(str, cycles))})"
    sheet = list_sheet("Tra cứu", "KẾT QUẢ TRA CỨU", subtitle, headings, list(hit_rows(hits)))
    return list_book((sheet,), f"Tra cứu: {text}"[:200], max(cycles))
