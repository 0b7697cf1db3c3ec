"""How a consolidated workbook is read back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from doingoai_cli.consolidate.workbook.view_settings import RawLayout
from doingoai_cli.consolidate.workbook.written_rows import WrittenSheets
from doingoai_cli.model.grid import Grid
from doingoai_cli.readers.xlsx import OoxmlSheets

Begin = Callable[[Callable[[], Any]], Callable[[], Any]]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a workbook is read: what the file is called, what is known of it, how its sheets are gone through."""

    path: str = ""
    data: bytes = b""
    """The file's bytes, for widths, filters and comments (.xlsx only)."""
    filled: Callable[[Grid], Grid] = lambda grid: grid
    """Gives the cells of form sheets that come without them."""
    untouched: bool = False
    """Whether nobody has edited the file since a merge wrote it."""
    written: WrittenSheets = field(default_factory=dict)
    """What stands in the rows of some of these sheets, where that is known."""
    layouts: Mapping[str, RawLayout] | None = None
    """The widths and filters of the workbook's sheets, where they are known."""
    parts: OoxmlSheets | None = None
    """The file's sheets, whoever saved it."""
    on_demand: bool = False
    """Whether records of rows that say what was sent are read only when somebody asks for them."""
    begin: Begin = cache
    """Begins to read a form's sheet, or what is read beside them."""
    accept_loss: bool = False
    """Take what can be read; the rest goes to sheets of its own."""
    day: str = ""
    """Today, dd/mm/yyyy."""
