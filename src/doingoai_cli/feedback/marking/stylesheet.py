"""The stylesheet (styles.xml): a cell's own format with another fill, and back again.

A mark's colour says which fill the cell had: the lowest two bits of red, green and blue count the workbook's
fills, and a table on the result sheet says which is which. So the marks can be taken off again after the sender
has inserted rows, sorted, and saved the file with Excel or LibreOffice.
"""

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from doingoai_cli.feedback.marking.dialect import STYLESHEET, Dialect, dialect_of
from doingoai_cli.feedback.marking.parts import Element, parse, serialize
from doingoai_cli.model.findings import Severity

COLOURS: Mapping[Severity, int] = {Severity.ERROR: 0xF8B4AC, Severity.WARNING: 0xFCE08C, Severity.INFO: 0xBCDCF4}
"""Multiples of four in each channel: the two low bits are free."""
_VARIANTS = 64
_RESERVED_FILLS = ("none", "gray125")
"""The first two fills of every stylesheet: Excel shows these whatever the file says there."""
_MINIMAL = (
    '<styleSheet xmlns="{0}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)


def minimal(dialect: Dialect) -> bytes:
    """A stylesheet for a workbook that has none."""
    return _MINIMAL.format(dialect.main).encode()


class Stylesheet:
    """One workbook's styles, to be extended; what is there already is used again, never doubled."""

    def __init__(self, data: bytes) -> None:
        self._root = parse(data)
        self._dialect = dialect_of(self._root)
        self._xfs = self._list("cellXfs")
        self._fills = self._list("fills")
        for name, default in (("fonts", "font"), ("borders", "border"), ("cellXfs", "xf")):
            if len(self._list(name)) == 0:
                etree.SubElement(self._list(name), self._dialect.tag(default))
        for pattern in _RESERVED_FILLS[len(self._fills) :]:
            self._fills.append(self._fragment("fill", f'<patternFill patternType="{pattern}"/>'))
        self._known: dict[str, dict[bytes, int]] = {}
        self._marked: dict[tuple[int, Severity], int] = {}

    def _list(self, name: str) -> Element:
        return self._dialect.ensure(self._root, name, STYLESHEET)

    # --- marking ---------------------------------------------------------------------

    def marked(self, style: int, severity: Severity, fills: "FillTable") -> int:
        """The style index of a cell's format with the severity's fill."""
        known = self._marked.get((style, severity))
        if known is None:
            xf = deepcopy(self._xfs[style if 0 <= style < len(self._xfs) else 0])
            before = self._fill_text(int(xf.get("fillId") or 0))
            colour = COLOURS[severity] | _as_colour(fills.number(before))
            xf.set("fillId", str(self._add("fills", self._fragment("fill", solid(colour)))))
            xf.set("applyFill", "1")
            known = self._marked[style, severity] = self._add("cellXfs", xf)
        return known

    def unmarked(self, fills: Mapping[int, str]) -> dict[int, int]:
        """Style index → style index for every format that carries a mark: the same with the fill it had."""
        found: dict[int, int] = {}
        for index, xf in enumerate(list(self._xfs)):
            number = _number_of(self._fill(int(xf.get("fillId") or 0)))
            if number is None:
                continue
            bare = deepcopy(xf)
            text = fills.get(number)
            # The first fill of every workbook is none at all.
            bare.set("fillId", str(self._add("fills", parse(text.encode()))) if text else "0")
            found[index] = self._add("cellXfs", bare)
        return found

    # --- formats of our own ----------------------------------------------------------

    def format(self, *, font: str, fill: str = "", border: str = "", alignment: str = "") -> int:
        """The style index of a format made of XML fragments (children of font, fill, border; attributes)."""
        ids = [
            self._add(f"{name}s", self._fragment(name, inner))
            for name, inner in (("font", font), ("border", border))
        ]
        fill_id = self._add("fills", self._fragment("fill", fill)) if fill else 0
        head = f'numFmtId="0" fontId="{ids[0]}" fillId="{fill_id}" borderId="{ids[1]}" xfId="0"'
        applied = 'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        text = f'<xf xmlns="{self._dialect.main}" {head} {applied}><alignment {alignment}/></xf>'
        return self._add("cellXfs", parse(text.encode()))

    def _fragment(self, name: str, inner: str) -> Element:
        return parse(f'<{name} xmlns="{self._dialect.main}">{inner}</{name}>'.encode())

    def write(self) -> bytes:
        """The stylesheet as XML, counts set right."""
        for name in ("fonts", "fills", "borders", "cellXfs"):
            element = self._list(name)
            if element.get("count") is not None:
                element.set("count", str(len(element)))
        return serialize(self._root)

    # --- parts -----------------------------------------------------------------------

    def _fill(self, index: int) -> Element | None:
        return self._fills[index] if 0 <= index < len(self._fills) else None

    def _fill_text(self, index: int) -> str:
        fill = self._fill(index)
        pattern = fill.find("{*}patternFill") if fill is not None else None
        empty = pattern is not None and pattern.get("patternType", "none") == "none"
        return "" if fill is None or empty else _canonical(fill).decode()

    def _add(self, name: str, element: Element) -> int:
        """The index of an equal element of a list, appended if there is none."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = {}
            for index, item in enumerate(self._list(name)):
                known.setdefault(_identity(item), index)
        identity = _identity(element)
        if identity not in known:
            known[identity] = len(self._list(name))
            self._list(name).append(element)
        return known[identity]


class FillTable:
    """The fills that marked cells had, by the number that their marks carry; 0: no fill."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}

    def number(self, fill: str) -> int:
        """The number of a fill; past the last free one 0, that is: it will come back without a fill."""
        if fill not in self._numbers and len(self._numbers) < _VARIANTS:
            self._numbers[fill] = len(self._numbers)
        return self._numbers.get(fill, 0)

    def lines(self) -> list[str]:
        """One line per fill, for the result sheet."""
        return [f"{number} {fill}" for fill, number in self._numbers.items() if number]


def read_fill_lines(lines: list[str]) -> dict[int, str]:
    """Number → fill, from what an earlier result sheet kept; lines that are no such thing are left out."""
    split = [line.partition(" ") for line in lines]
    return {int(number): fill for number, _, fill in split if number.isdecimal() and fill.startswith("<")}


def _as_colour(number: int) -> int:
    """Two bits of the number in each of red, green and blue, so that a fill carries it unseen."""
    return (number & 3) | (number >> 2 & 3) << 8 | (number >> 4 & 3) << 16


def _number_of(fill: Element | None) -> int | None:
    """The number that a mark's fill carries; None for any other fill."""
    colour = fill.find("{*}patternFill/{*}fgColor") if fill is not None else None
    try:
        value = int(colour.get("rgb", "")[-6:], 16) if colour is not None else -1
    except ValueError:
        return None
    if value & 0xFCFCFC not in COLOURS.values() or value < 0:
        return None
    return (value & 3) | (value >> 8 & 3) << 2 | (value >> 16 & 3) << 4


def solid(colour: int) -> str:
    """A fill of one colour (0xRRGGBB), as the XML within `fill`."""
    return f'<patternFill patternType="solid"><fgColor rgb="FF{colour:06X}"/><bgColor indexed="64"/></patternFill>'


def _canonical(element: Element) -> bytes:
    copied = deepcopy(element)
    copied.tail = None
    etree.cleanup_namespaces(copied)
    return etree.tostring(copied, method="c14n", exclusive=True)


def _identity(element: Element) -> bytes:
    """Equal for what looks equal: whether a format's fill is "applied" changes nothing that Excel shows."""
    copied = deepcopy(element)
    if copied.get("fontId") is not None:
        copied.attrib.pop("applyFill", "")
        copied.set("fillId", copied.get("fillId", "0"))
    return _canonical(copied)
