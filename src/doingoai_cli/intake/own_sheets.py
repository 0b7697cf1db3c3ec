"""Sheets that the tool itself put into a workbook (trang của chương trình), by their name and their content.

A name alone proves nothing: agencies type forms over the guidance sheet, and have such sheets of their own.
"""

import re
from collections.abc import Mapping

from doingoai_cli.intake.sheet import Sheet
from doingoai_cli.model import own_files
from doingoai_cli.model.consolidated import FINDINGS_SHEET, LEDGER_SHEET, OVERVIEW_SHEET, STATUS_SHEET
from doingoai_cli.vietnamese.text import fold, key

_GUIDANCE = re.compile(r"\W*(?:bảng |phần |trang )?hướng dẫn\b.*", re.DOTALL)
_GUIDANCE_COLUMNS = 5
_CONSOLIDATED = frozenset(map(key, (OVERVIEW_SHEET, FINDINGS_SHEET, STATUS_SHEET, LEDGER_SHEET)))
_RESULT_HEADING = tuple(map(key, own_files.RESULT_COLUMNS))


def is_own_sheet(sheet: Sheet, properties: Mapping[str, str]) -> bool:
    """Whether a sheet with something in it is one of ours; `properties` are its workbook's."""
    name = key(sheet.grid.name)
    if name == key(own_files.GUIDANCE_SHEET):
        return key(_first(sheet)) == key(own_files.GUIDANCE_TITLE) and not _is_wide(sheet)
    if name.startswith(key(own_files.RESULT_SHEET)):
        return key(_first(sheet)) == key(own_files.RESULT_TITLE) and any(
            tuple(map(key, row.texts.values())) == _RESULT_HEADING for row in sheet.rows[: own_files.RESULT_HEAD]
        )
    return name in _CONSOLIDATED and properties.get(own_files.KIND) == own_files.KIND_CONSOLIDATED


def is_guidance(sheet: Sheet) -> bool:
    """Whether a sheet without a form tells how to fill one in: by its first line, or by its name and shape."""
    if _GUIDANCE.fullmatch(fold(_first(sheet))):
        return not _is_wide(sheet)
    return _GUIDANCE.fullmatch(fold(sheet.grid.name)) is not None and not _is_wide(sheet)


def _first(sheet: Sheet) -> str:
    return next(iter(sheet.rows[0].texts.values()))


def _is_wide(sheet: Sheet) -> bool:
    """Whether rows have more cells than guidance has columns: a table stands there."""
    return any(len(row.texts) > _GUIDANCE_COLUMNS for row in sheet.rows)
