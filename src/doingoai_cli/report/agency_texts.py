"""What agencies write (văn bản của cơ quan), as blocks, whatever format it was sent in."""

import re
from typing import NamedTuple

AGENCY_LINE = "Tên cơ quan, đơn vị:"
STATED_AGENCY = re.compile(r"^\s*tên cơ quan,? đơn vị\s*:\s*(?P<name>.*)$", re.IGNORECASE)
"""A paragraph that states whose text it is."""


class TextBlock(NamedTuple):
    """A paragraph. `level` is its heading level (1 …), None for ordinary text; `bold` where all of it is bold."""

    text: str
    level: int | None = None
    bold: bool = False


class TableBlock(NamedTuple):
    """A table as rows of cell texts."""

    rows: tuple[tuple[str, ...], ...]


class PictureBlock(NamedTuple):
    """A picture, with its width in millimetres where the document states it."""

    data: bytes
    name: str
    width_mm: float | None = None


Block = TextBlock | TableBlock | PictureBlock


class AgencyText(NamedTuple):
    """The text of one agency, in its own order."""

    agency: str
    name: str
    """The file's name."""
    blocks: tuple[Block, ...] = ()
    problems: tuple[str, ...] = ()
    outline: str = ""
    """The id of the outline that the document was made from, where it says so."""
    period: str = ""
    """The period that it was made for ("năm 2019"), where it says so."""
    of_nobody: bool = False
    """Whether it goes by its file's name, because its agency is not known."""


def is_agency_line(text: str) -> bool:
    """Whether a paragraph only states the agency's name."""
    return STATED_AGENCY.match(text) is not None
