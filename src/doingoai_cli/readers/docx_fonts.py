"""What the styles of a Word document say: fonts (phông chữ), what is struck through, levels of headings.

Of a run its own says, else its style, its paragraph's, the document's.
"""

import re
from collections.abc import Mapping
from typing import TypeVar

from doingoai_cli.readers.docx_controls import is_on
from doingoai_cli.readers.grids import inherited
from doingoai_cli.readers.xml_events import Attributes, attribute

T = TypeVar("T")
_HEADING = re.compile(r"(?:heading|đề mục|tiêu đề) ?(\d)", re.IGNORECASE)


class WordFonts:
    """Follows the elements of `styles.xml`, then answers."""

    def __init__(self) -> None:
        self._fonts: dict[str, str] = {}
        self._strikes: dict[str, bool] = {}
        self._levels: dict[str, int | None] = {}
        self._parents: dict[str, str] = {}
        self._default_style = ""
        self._style: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag == "style":
            self._style = attribute(attributes, "styleId")
            if attribute(attributes, "type") == "paragraph" and attribute(attributes, "default") in ("1", "true"):
                self._default_style = self._style
        elif tag == "docDefaults":
            self._style = ""
        elif tag == "name" and self._style and (named := _HEADING.fullmatch(attribute(attributes, "val"))):
            self._levels[self._style] = int(named[1])
        elif tag == "outlineLvl" and self._style:
            self._levels.setdefault(self._style, outline_level(attributes))
        elif tag == "basedOn" and self._style:
            self._parents[self._style] = attribute(attributes, "val")
        elif tag == "rFonts" and self._style is not None:
            font = font_name(attributes)
            if font:
                self._fonts[self._style] = font
        elif tag in ("strike", "dstrike") and self._style is not None:
            said = is_on(attributes)
            self._strikes[self._style] = self._strikes.get(self._style, False) or said

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("style", "docDefaults"):
            self._style = None

    def resolve(self, own: str, run_style: str, paragraph_style: str) -> str | None:
        """The font of a run that names `own` (or "") and these styles (or ""); None where nothing names one."""
        return (
            own
            or self._of(run_style, self._fonts)
            or self._of(paragraph_style or self._default_style, self._fonts)
            or self._fonts.get("")
        )

    def strikes(self, run_style: str, paragraph_style: str) -> bool:
        """Whether a run of these styles (or "") is struck through; what the run itself says goes before."""
        if not self._strikes:
            return False
        own = self._of(run_style, self._strikes)
        return bool(self._of(paragraph_style or self._default_style, self._strikes) if own is None else own)

    def level(self, style: str) -> int | None:
        """The level of the headings that a paragraph style makes (1 …); None for ordinary text."""
        return self._of(style, self._levels)

    def _of(self, style: str, values: Mapping[str, T]) -> T | None:
        return inherited(values, self._parents, style)


def outline_level(attributes: Attributes) -> int | None:
    """The level of a heading that an `outlineLvl` element gives: 1 …; None for ordinary text."""
    level = attribute(attributes, "val")
    return int(level) + 1 if len(level) == 1 and level in "012345678" else None


def font_name(attributes: Attributes) -> str:
    """The font that an `rFonts` element names; "" where it leaves that to the theme."""
    return attribute(attributes, "ascii") or attribute(attributes, "hAnsi")
