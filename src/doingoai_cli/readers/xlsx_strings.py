"""The shared strings of a workbook (bảng chuỗi dùng chung): text and, for rich text, the font most of it is in."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from doingoai_cli.readers.grids import Strikes, Struck
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.values import unescape_x, unescape_xml
from doingoai_cli.readers.xml_events import Attributes, parse


class SharedStrings(NamedTuple):
    """Texts by index; `fonts` only of those whose runs name one."""

    texts: list[str]
    fonts: dict[int, str]
    struck: frozenset[int] = frozenset()
    """The indexes of texts whose runs are all struck through."""
    struck_parts: frozenset[int] = frozenset()
    """The indexes of texts of which a part was struck through: it is left out."""


class RichText:
    """Gathers the text of one `si` or `is` element: `t` plain or in runs, phonetic hints left out."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._fonts: Counter[str] = Counter()
        self._font = ""
        self._in_text = False
        self._phonetic = 0
        self._run_struck = False
        self._strikes = Strikes()

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element within begins."""
        if tag == "t":
            self._in_text = not self._phonetic
        elif tag == "rPh":
            self._phonetic += 1
        elif tag == "r":
            self._font, self._run_struck = "", False
        elif tag == "strike":
            self._run_struck = attributes.get("val", "1") in ("1", "true")
        elif tag == "rFont":
            self._font = attributes.get("val", "")

    def end(self, tag: str) -> None:
        """An element within ends."""
        if tag == "t":
            self._in_text = False
        elif tag == "rPh":
            self._phonetic -= 1

    def text(self, text: str) -> None:
        """Character data within."""
        if self._in_text:
            self._parts.append(Struck(text) if self._run_struck else text)
            self._strikes.add(text, struck=self._run_struck)
            if self._font:
                self._fonts[self._font] += len(text.strip())

    @property
    def struck(self) -> bool:
        """Whether all of the text is struck through by its runs."""
        return self._strikes.whole

    @property
    def struck_partly(self) -> bool:
        """Whether a part of the text was struck through by its run."""
        return self._strikes.partial

    def finish(self) -> tuple[str, str | None]:
        """The text, and the font of most of it; None where its runs name none."""
        text = unescape_x("".join(self._strikes.kept(self._parts)))
        font = self._fonts.most_common(1)[0][0] if self._fonts else None
        return text, font


def read_shared_strings(chunks: Iterable[bytes], meter: Meter) -> SharedStrings:
    """All strings of a `sharedStrings.xml`. Raises `GiveUp` for broken XML or too much text."""
    pieces = []
    for chunk in chunks:
        meter.add_text(len(chunk))
        pieces.append(chunk)
    data = b"".join(pieces)
    return _quick(data, meter) or _thorough(data, meter)


# Either one plain text, or anything else, which is then read by itself with the XML parser.
_ITEM = re.compile(rb'<si>(?:<t(?: xml:space="preserve")?>([^<]*)</t></si>|(.*?)</si>)', re.DOTALL)


def _quick(data: bytes, meter: Meter) -> SharedStrings | None:
    """The strings where every one of them can be accounted for by pattern, else None."""
    if b"<!" in data or not data.rstrip().endswith(b"</sst>"):
        return None
    found = _ITEM.findall(data)
    if len(found) != data.count(b"<si") or len(found) != data.count(b"</si>"):
        return None
    try:
        texts = [plain.decode() for plain, _ in found]
        if b"&" in data or b"\r" in data or b"_x" in data:
            texts = [unescape_x(unescape_xml(text)) for text in texts]
    except ValueError:  # no UTF-8, or an entity of its own: the parser will say which
        return None
    fonts: dict[int, str] = {}
    struck: set[int] = set()
    partly: set[int] = set()
    for index, (_, fragment) in enumerate(found):
        if fragment:
            meter.check_time()
            rich = RichText()
            parse(b"<si>" + fragment + b"</si>", rich.start, rich.end, rich.text)
            texts[index], font = rich.finish()
            if font is not None:
                fonts[index] = font
            if rich.struck:
                struck.add(index)
            elif rich.struck_partly:
                partly.add(index)
    return SharedStrings(texts, fonts, frozenset(struck), frozenset(partly))


def _thorough(data: bytes, meter: Meter) -> SharedStrings:
    reader = _SharedReader(meter)
    parse(data, reader.start, reader.end, reader.text)
    return SharedStrings(reader.texts, reader.fonts, frozenset(reader.struck), frozenset(reader.struck_parts))


class _SharedReader:
    def __init__(self, meter: Meter) -> None:
        self.texts: list[str] = []
        self.fonts: dict[int, str] = {}
        self.struck: set[int] = set()
        self.struck_parts: set[int] = set()
        self._meter = meter
        self._rich: RichText | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "si":
            self._rich = RichText()
        elif self._rich is not None:
            self._rich.start(tag, attributes)

    def end(self, tag: str) -> None:
        if self._rich is None:
            return
        if tag != "si":
            self._rich.end(tag)
            return
        text, font = self._rich.finish()
        if font is not None:
            self.fonts[len(self.texts)] = font
        if self._rich.struck:
            self.struck.add(len(self.texts))
        if self._rich.struck_partly:
            self.struck_parts.add(len(self.texts))
        self.texts.append(text)
        self._rich = None
        self._meter.check_time()

    def text(self, text: str) -> None:
        if self._rich is not None:
            self._rich.text(text)
