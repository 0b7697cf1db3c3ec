"""Which font a run of Word text is in (phông chữ), and whether its styles strike it through.

The run's own says, else its style, its paragraph's, the document's.
"""

from collections.abc import Mapping
from typing import TypeVar

from doingoai_cli.readers.xml_events import Attributes, attribute

T = TypeVar("T")
_MAX_PARENTS = 20  # a style that is its own ancestor must not hang the reader


class WordFonts:
    """Follows the elements of `styles.xml`, then answers."""

    def __init__(self) -> None:
        self._fonts: dict[str, str] = {}
        self._strikes: dict[str, bool] = {}
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
        elif tag == "basedOn" and self._style:
            self._parents[self._style] = attribute(attributes, "val")
        elif tag == "rFonts" and self._style is not None:
            font = font_name(attributes)
            if font:
                self._fonts[self._style] = font
        elif tag in ("strike", "dstrike") and self._style is not None:
            said = attribute(attributes, "val") not in ("0", "false", "off")
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

    def _of(self, style: str, said: Mapping[str, T]) -> T | None:
        for _ in range(_MAX_PARENTS):
            if not style or style in said:
                break
            style = self._parents.get(style, "")
        return said.get(style) if style else None


def font_name(attributes: Attributes) -> str:
    """The font that an `rFonts` element names; "" where it leaves that to the theme."""
    return attribute(attributes, "ascii") or attribute(attributes, "hAnsi")
