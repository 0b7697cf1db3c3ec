"""A workbook as a value: what is to be written, without a word of how.

Sheets are described once; whoever writes them (`write.render` today) may be exchanged without touching what
they say. Rows may be made as they are gone through, so that a streaming writer need not hold them. Rows and
columns are 0-based.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, runtime_checkable

from doingoai_cli.model.grid import column_letters, quoted

ROW = "\x00"
"""Within a formula of `BookSheet.rows`: the number of the row that it stands in (1-based), put in by the writer.

So the same formula is one text in all rows, made, escaped and kept once.
"""
LIST_HEAD, LIST_FIRST = 3, 4
"""The rows of a list's heading and of its first line (0-based)."""


class Formula(NamedTuple):
    """A live formula with the value that it has now, for readers that do not calculate."""

    text: str
    value: str | int | float
    shared: bool = False
    """Whether most rows of its column say the same (`ROW`): it is written once, and the others refer to it."""


class Link(NamedTuple):
    """Text that leads to a cell of the same workbook."""

    target: str
    """"'01.A'!B12"."""
    text: str


Value = str | int | float | Formula | Link | None
FIT = 0.0
"""The height of a row that shows all its texts (see `BookSheet.fitted`)."""


def shown(value: Value) -> str | int | float | Formula | None:
    """What a cell shows: of a link its text; None for a blank one."""
    return value.text if isinstance(value, Link) else value


class BookRow(NamedTuple):
    """One row: `styles` names the style of each cell (see `frame.STYLES`).

    A blank cell with the style "" is not written at all.
    """

    values: tuple[Value, ...]
    styles: tuple[str, ...]
    height: float | None = None
    """In points, or `FIT`; None: as usual."""
    hidden: bool = False


class SheetText(NamedTuple):
    """A cell, or a merged range, outside the rows: titles and headings."""

    row: int
    col: int
    bottom: int
    right: int
    value: str | Formula
    style: str


class Choice(NamedTuple):
    """A drop-down (danh sách chọn) over a column's rows; other text is allowed with a warning."""

    col: int
    first_row: int
    last_row: int
    options: tuple[str, ...]
    title: str
    message: str


class ChartSeries(NamedTuple):
    """One series of a chart: absolute references such as `'Tổng quan'!$B$5:$B$16`."""

    name: str
    categories: str
    values: str
    colour: str


class Chart(NamedTuple):
    """A native chart. `kind` is "column" (side by side) or "bar" (lying, stacked); sizes are pixels."""

    kind: str
    title: str
    series: tuple[ChartSeries, ...]
    row: int
    col: int
    width: int = 640
    height: int = 320
    top: int = 0
    """The greatest value shown: small ones get whole steps on the axis."""


class Filter(NamedTuple):
    """Autofilter (lọc) over a table; `shown` are the values that an officer's filter shows, by column."""

    heading_row: int
    last_row: int
    last_col: int
    shown: Mapping[int, tuple[str, ...]] = {}


class RowsMade(Collection[BookRow]):
    """Rows that are made anew whenever they are gone through: of 100,000 nobody need hold 60 MiB."""

    def __init__(self, length: int, make: Callable[[], Iterator[BookRow]]) -> None:
        self._length, self._make = length, make

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[BookRow]:
        return self._make()

    def __contains__(self, row: object) -> bool:
        return any(row == own for own in self)


@runtime_checkable
class KeyedRows(Protocol):
    """Rows that tell before they are made what they are made of, so that the same ones are not made again."""

    def __len__(self) -> int: ...

    def key(self, start: int, stop: int) -> bytes | None:
        """All that the rows from `start` to `stop` depend on; None where that cannot be told."""
        ...

    def made(self, start: int, stop: int) -> Iterator[BookRow]:
        """The rows from `start` up to `stop`, counted from the first of the sheet's rows (0-based)."""
        ...

    def told(self, start: int, stop: int) -> bytes:
        """What reading them back gives, for the next merge (`written_rows`); b"" where they must be read."""
        ...


@dataclass(frozen=True, slots=True)
class BookSheet:
    """One sheet, ready to print."""

    name: str
    widths: tuple[float, ...]
    rows: Collection[BookRow]
    first_row: int
    """Where `rows` begin."""
    blocks: tuple[SheetText, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    fitted: int = 0
    """The columns, from the left, whose texts make a row higher that is to `FIT`."""
    hidden_from: int | None = None
    """The first of the hidden columns at the right end."""
    hidden_columns: frozenset[int] = frozenset()
    """Further ones."""
    repeat: tuple[int, int] | None = None
    """The heading rows repeated on each page."""
    freeze: tuple[int, int] = (0, 0)
    filter: Filter | None = None
    choices: tuple[Choice, ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: tuple[tuple[int, int, str], ...] = ()
    """Comments: row, column, text."""
    names: tuple[tuple[str, int, int], ...] = ()
    """Defined names, each at a cell."""
    tab: str | None = None
    breaks: tuple[int, ...] = ()
    """Rows (0-based) that begin a printed page."""
    scale: int | None = None
    """Per cent at which it is printed; None: as wide as the page; Excel ignores `breaks` then."""
    one_page: bool = False
    """Whether it is printed on one page, however long it is."""
    hidden: bool = False
    """Not for people: shown by no menu of Excel's."""


@dataclass(frozen=True, slots=True)
class Book:
    """A whole workbook; `properties` are document properties, `custom` custom ones."""

    sheets: tuple[BookSheet, ...]
    properties: Mapping[str, str]
    custom: Mapping[str, str]
    year: int
    """The creation date is a fixed day of it: the same content gives the same bytes."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Long texts by what stands for them in cells, in the order of these: XlsxWriter need not compress them."""


def cell(row: int, col: int) -> str:
    """The name of a cell: (0, 0) → "A1"."""
    return f"{column_letters(col + 1)}{row + 1}"


def whole_column(sheet: str, col: int) -> str:
    """A reference to a whole column: '01.A'!$B:$B."""
    letters = column_letters(col + 1)
    return f"{quoted(sheet)}!${letters}:${letters}"
