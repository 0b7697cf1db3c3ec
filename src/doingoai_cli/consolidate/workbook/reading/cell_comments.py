"""Comments on cells (chú thích ô) that officers wrote: they follow the row, or become notes of the workbook."""

import re
from collections.abc import Mapping
from dataclasses import replace

from doingoai_cli.consolidate.workbook.form_rows import SENT_BEGINNING, SENT_END
from doingoai_cli.consolidate.workbook.reading.sheet import SheetBack
from doingoai_cli.consolidate.workbook.view_settings import sheets_of, xml_of
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.grid import column_number
from doingoai_cli.model.pending import row_number
from doingoai_cli.readers.package import Package
from doingoai_cli.readers.unreadable import GiveUp

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Comments = Mapping[tuple[int, int], str]
"""(row, column) → text."""


def read_comments(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Sheet name → the comments on it that are not ours; empty for any file but an .xlsx as expected."""
    try:
        package, sheets = sheets_of(data)
        found = {name: _comments(package, part) for name, part in sheets.items()}
    except (ValueError, SyntaxError, GiveUp):
        return {}
    return {name: comments for name, comments in found.items() if comments}


def _comments(package: Package, part: str) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for relation in package.relationships(part):
        if relation.kind == "comments" and (comments := package.read(relation.target)):
            found |= _texts(comments)
    return found


def _texts(data: bytes) -> dict[tuple[int, int], str]:
    texts: dict[tuple[int, int], str] = {}
    for element in xml_of(data).iter():
        place = _ADDRESS.fullmatch(element.get("ref", "")) if element.tag.endswith("}comment") else None
        if place is None:
            continue
        whole = "".join(t.text or "" for t in element.iter() if t.tag.endswith("}t")).strip()
        text = _officers(whole)
        if text:
            texts[int(place[2]), column_number(place[1])] = text
    return texts


def _officers(text: str) -> str:
    """What of a comment is an officer's: all but what we say of an edited cell, which stands last."""
    before, ours, rest = text.rpartition(SENT_BEGINNING)
    return before.strip() if ours and rest.endswith(SENT_END) else text


def with_comments(sheet: SheetBack, comments: Comments) -> tuple[SheetBack, Comments]:
    """The sheet's rows with the comments on their cells, and those that stand on no record's cell."""
    headings = {col: field for field, col in sheet.head.fields.items()} | dict(sheet.head.headings)
    by_row: dict[int, dict[str, str]] = {}
    left = {}
    numbers = {row_number(row.record) for row in sheet.rows} if comments else set()
    for (row, col), text in comments.items():
        if row in numbers and col in headings:
            by_row.setdefault(row, {})[headings[col]] = text
        else:
            left[row, col] = text
    rows = tuple(_commented(row, by_row) for row in sheet.rows) if by_row else sheet.rows
    return sheet._replace(rows=rows), left


def _commented(row: ConsolidatedRow, by_row: Mapping[int, Mapping[str, str]]) -> ConsolidatedRow:
    found = by_row.get(row_number(row.record))
    return replace(row, comments=found) if found else row
