"""What a cell's style tells about its value: the font, and what its number format shows (định dạng ô)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.readers.number_formats import Shown, shown_by_id
from doingoai_cli.readers.unreadable import too_large
from doingoai_cli.readers.xml_events import Attributes, parse


class CellStyle(NamedTuple):
    """One entry of `cellXfs`."""

    font: str | None = None
    shown: Shown | None = None
    """What its number format shows where that is not just the number."""


PLAIN = CellStyle()


class Styles(NamedTuple):
    """The cell formats of a workbook, by index and by the index as sheets write it."""

    by_index: tuple[CellStyle, ...] = ()
    by_digits: Mapping[bytes, tuple[str | None, Shown | None]] = {}
    """Bare tuples: every cell of a sheet takes one apart, a named one in five times as long."""
    struck: frozenset[int] = frozenset()
    """The indexes of formats whose font is struck through."""
    struck_on_condition: frozenset[int] = frozenset()
    """The indexes of formats that conditions may set (`dxfs`) and that strike through."""

    @classmethod
    def of(
        cls, styles: Sequence[CellStyle], struck: Iterable[int] = (), struck_on_condition: Iterable[int] = ()
    ) -> "Styles":
        """Both views of `styles`; a cell without a style has the first."""
        first = styles[0] if styles else PLAIN
        by_digits = {b"%d" % index: (style.font, style.shown) for index, style in enumerate(styles)}
        by_digits = {b"": (first.font, first.shown), **by_digits}
        return cls(tuple(styles), by_digits, frozenset(struck), frozenset(struck_on_condition))


NO_STYLES = Styles()

# Workbooks grown from one blank form share their styles byte for byte; some carry 60,000 of them.
_REMEMBERED = 32
_MOST_FORMATS = 100_000  # Excel itself allows 65,490


@lru_cache(maxsize=_REMEMBERED)  # saves 0.031 s
def read_styles(styles: bytes) -> Styles:
    """The `cellXfs` of a `styles.xml`, in order. Raises `GiveUp` for broken XML."""
    reader = _StylesReader()
    parse(styles, reader.start, reader.end)
    return Styles.of(
        [
            CellStyle(
                font=reader.fonts[font] if font < len(reader.fonts) else None,
                shown=shown_by_id(number_format, reader.codes),
            )
            for number_format, font in reader.formats
        ],
        (index for index, (_, font) in enumerate(reader.formats) if font in reader.struck),
        reader.struck_on_condition,
    )


class _StylesReader:
    """Collects fonts, number formats and cell formats; everything else of the part is passed over."""

    def __init__(self) -> None:
        self.fonts: list[str | None] = []
        self.struck: set[int] = set()
        self.struck_on_condition: set[int] = set()
        self._conditional = 0
        self.codes: dict[int, str] = {}
        self.formats: list[tuple[int, int]] = []
        self._section = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        match self._section, tag:
            case _, "fonts" | "cellXfs" | "dxfs":
                self._section = tag
            case "fonts", "font":
                self.fonts.append(None)
            case "fonts", "name" if self.fonts:
                self.fonts[-1] = attributes.get("val")
            case "fonts", "strike" if self.fonts and attributes.get("val", "1") in ("1", "true"):
                self.struck.add(len(self.fonts) - 1)
            case "dxfs", "dxf":
                self._conditional += 1
            case "dxfs", "strike" if attributes.get("val", "1") in ("1", "true"):
                self.struck_on_condition.add(self._conditional - 1)
            case "cellXfs", "xf":
                self.formats.append((_whole(attributes.get("numFmtId")), _whole(attributes.get("fontId"))))
                if len(self.formats) > _MOST_FORMATS:
                    raise too_large(f"hơn {_MOST_FORMATS} định dạng ô")
            case section, "numFmt" if section != "dxfs":
                self.codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")

    def end(self, tag: str) -> None:
        if tag == self._section:
            self._section = ""


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() else 0
