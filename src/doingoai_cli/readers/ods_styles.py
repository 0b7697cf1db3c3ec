"""The styles of an OpenDocument file that say something about data: fonts, strikes, formats, hidden sheets."""

import re
from collections.abc import Mapping
from typing import TypeVar

from doingoai_cli.readers.grids import inherited
from doingoai_cli.readers.number_formats import ShownPrecision
from doingoai_cli.readers.xml_events import Attributes, whole_number

_FORMATS = ("number:date-style", "number:number-style", "number:currency-style", "number:text-style")
_BOLD = 600
"""From which weight of letters on."""

T = TypeVar("T")


class OdfStyles:
    """Collects styles as they come, from `styles.xml` and then `content.xml`."""

    def __init__(self) -> None:
        self.hidden_tables: set[str] = set()
        self._faces: dict[str, str] = {}
        self._fonts: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._known: dict[str, str | None] = {}
        self._style: str | None = None
        self._struck: dict[str, bool] = {}
        self._bold: dict[str, bool] = {}
        self._levels: dict[str, int] = {}
        self._formats: dict[str, str] = {}
        self._parts: dict[str, set[str]] = {}
        self._sections: dict[str, str] = {}
        self._format: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag == "style:font-face":
            face = attributes.get("svg:font-family", "").strip("'\"")
            self._faces[attributes.get("style:name", "")] = face
        elif tag in ("style:style", "style:default-style"):
            self._open(attributes)
        elif tag in _FORMATS:
            self._format = attributes.get("style:name", "")
            self._parts[self._format] = set()
        elif self._format is not None and tag == "style:map":
            self._sections.setdefault(self._format, attributes.get("style:apply-style-name", ""))
        elif self._format is not None:
            self._parts[self._format].add(tag)
        elif self._style is None:
            return
        elif tag == "style:text-properties":
            face = attributes.get("style:font-name", "")
            font = self._faces.get(face, face) or attributes.get("fo:font-family", "").strip("'\"")
            if font:
                self._fonts[self._style] = font
            line = attributes.get("style:text-line-through-style", attributes.get("style:text-line-through-type"))
            if line is not None:
                self._struck[self._style] = line != "none"
            weight = attributes.get("fo:font-weight")
            if weight is not None:
                self._bold[self._style] = weight == "bold" or whole_number(weight, 0, 1000) >= _BOLD
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_tables.add(self._style)

    def _open(self, attributes: Attributes) -> None:
        family = attributes.get("style:family", "")
        if family not in ("table-cell", "table", "text", "paragraph"):
            return
        self._style = attributes.get("style:name", f"default {family}")
        fallback = "default table-cell" if family == "table-cell" else ""
        self._parents[self._style] = attributes.get("style:parent-style-name", fallback)
        level = attributes.get("style:default-outline-level", "")
        if level:
            self._levels[self._style] = whole_number(level, 0, 10)
        if "style:data-style-name" in attributes:
            self._formats[self._style] = attributes["style:data-style-name"]

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("style:style", "style:default-style"):
            self._style = None
        elif tag in _FORMATS:
            self._format = None

    def struck(self, style: str) -> bool:
        """Whether the text of a cell or text style is struck through."""
        return bool(self._inherited(self._struck, style))

    def bold(self, style: str) -> bool | None:
        """Whether text of a style is bold; None where the style does not say."""
        return self._inherited(self._bold, style)

    def level(self, style: str) -> int | None:
        """The level of the headings that a paragraph style makes (1 …); None for ordinary text."""
        return self._inherited(self._levels, style) or None

    def precision(self, style: str) -> ShownPrecision:
        """How much of a point in time a cell style shows."""
        parts = self._shown_parts(style)
        if not parts or parts & {"number:day", "number:day-of-week", "number:hours", "number:seconds"}:
            return ShownPrecision.FULL
        if "number:year" not in parts:
            return ShownPrecision.MONTH_OF_ANY_YEAR if "number:month" in parts else ShownPrecision.FULL
        return ShownPrecision.MONTH if "number:month" in parts else ShownPrecision.YEAR

    def shows_words(self, style: str) -> bool:
        """Whether a cell style writes words or a currency around a number."""
        return not self._shown_parts(style).isdisjoint(("number:text", "number:currency-symbol"))

    def shows_quarter(self, style: str) -> bool:
        """Whether a cell style shows the quarter of a date."""
        return "number:quarter" in self._shown_parts(style)

    def _shown_parts(self, style: str) -> set[str]:
        """The parts of a cell style's format, of the first of its sections ("mm/yyyy;@")."""
        name = self._inherited(self._formats, style) or ""
        return self._parts.get(self._sections.get(name, name), set())

    def font(self, style: str) -> str | None:
        """The font that a cell or text style means, its ancestors' where it names none; None where none does."""
        if style not in self._known:
            self._known[style] = self._inherited(self._fonts, style)
        return self._known[style]

    def _inherited(self, values: Mapping[str, T], style: str) -> T | None:
        """What a style says, or the nearest of its ancestors."""
        return inherited(values, self._parents, style)


_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
_LENGTH = re.compile(rf"(\d{{1,6}}(?:\.\d{{1,20}})?)({'|'.join(_MILLIMETRES)})")


def millimetres(length: str) -> float | None:
    """A length as OpenDocument writes it ("6.2992in"); None for anything else."""
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _MILLIMETRES[match[2]] if match else None
