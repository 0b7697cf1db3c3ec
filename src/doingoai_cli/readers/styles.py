"""What a cell's style tells about its value: the font's name, and whether a number is a date (định dạng ô)."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.readers.unreadable import too_large
from doingoai_cli.readers.xml_events import Attributes, parse_whole


class CellStyle(NamedTuple):
    """One entry of `cellXfs`."""

    font: str | None = None
    is_date: bool = False


PLAIN = CellStyle()


class Styles(NamedTuple):
    """The cell formats of a workbook, by index and by the index as sheets write it."""

    by_index: tuple[CellStyle, ...] = ()
    by_digits: Mapping[bytes, CellStyle] = {}

    @classmethod
    def of(cls, styles: Sequence[CellStyle]) -> "Styles":
        """Both views of `styles`; a cell without a style has the first."""
        by_digits = {b"%d" % index: style for index, style in enumerate(styles)}
        return cls(tuple(styles), {b"": styles[0] if styles else PLAIN, **by_digits})


NO_STYLES = Styles()

# ECMA-376 part 1, 18.8.30; 27-36 and 50-58 are dates in the East Asian editions.
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_date_format(code: str) -> bool:
    """Whether a number format shows a point in time; elapsed hours ("[h]:mm") are a number."""
    bare = _LITERALS.sub("", code.split(";", 1)[0])
    return not _ELAPSED.search(bare) and _DATE_LETTERS.search(bare) is not None


def is_date_id(format_id: int, codes: Mapping[int, str]) -> bool:
    """Whether a number format's id means a date; `codes` are the file's own formats, which win."""
    code = codes.get(format_id)
    if code is not None:
        return is_date_format(code)
    return format_id in _BUILT_IN_DATES and format_id != _ELAPSED_HOURS


_ELAPSED_HOURS = 46  # [h]:mm:ss

# Workbooks grown from one blank form share their styles byte for byte; some carry 60,000 of them.
_REMEMBERED = 32
_MOST_FORMATS = 100_000  # Excel itself allows 65,490


@lru_cache(maxsize=_REMEMBERED)
def read_styles(styles: bytes) -> Styles:
    """The `cellXfs` of a `styles.xml`, in order. Raises `GiveUp` for broken XML."""
    reader = _StylesReader()
    parse_whole(styles, reader.start, reader.end)
    return Styles.of(
        [
            CellStyle(
                font=reader.fonts[font] if font < len(reader.fonts) else None,
                is_date=is_date_id(number_format, reader.codes),
            )
            for number_format, font in reader.formats
        ]
    )


class _StylesReader:
    """Collects fonts, number formats and cell formats; everything else of the part is passed over."""

    def __init__(self) -> None:
        self.fonts: list[str | None] = []
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
