"""What readers of all formats share: a sheet's bounds, its cells in order, strikes, styles that inherit."""

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter, lt
from typing import NamedTuple, TypeVar

from doingoai_cli.model.grid import Cell
from doingoai_cli.readers.unreadable import corrupt

MAX_ROW = 1_048_576
MAX_COL = 16_384
_MAX_PARENTS = 20  # a style that is its own ancestor must not hang the reader
T = TypeVar("T")


def inherited(values: Mapping[str, T], parents: Mapping[str, str], style: str) -> T | None:
    """What a style, or the nearest of its ancestors, says; None where none does."""
    for _ in range(_MAX_PARENTS):
        if not style or style in values:
            break
        style = parents.get(style, "")
    return values.get(style) if style else None


class Struck(str):
    """A piece of text that is struck through."""

    __slots__ = ()


@dataclass(slots=True)
class Strikes:
    """How many letters of a text are struck through (gạch bỏ), and how many are not."""

    struck: int = 0
    plain: int = 0

    def add(self, text: str, *, struck: bool) -> None:
        """Count the letters of a run; blanks around it say nothing."""
        if struck:
            self.struck += len(text.strip())
        else:
            self.plain += len(text.strip())

    @property
    def whole(self) -> bool:
        """Whether all of the text is struck through."""
        return self.struck > 0 and not self.plain

    @property
    def partial(self) -> bool:
        """Whether a part of the text is struck through, and a part is not."""
        return self.struck > 0 and self.plain > 0

    def kept(self, pieces: Iterable[str]) -> list[str]:
        """The pieces of the text that count: those that are not struck through, where some are not."""
        return [piece for piece in pieces if not (self.partial and isinstance(piece, Struck))]


_PLACE = itemgetter(0, 1)


def in_order(cells: list[Cell]) -> tuple[Cell, ...]:
    """`cells` by row, then column; equal copies of one cell become one. Raises `GiveUp` for contradicting ones."""
    places = list(map(_PLACE, cells))
    if all(map(lt, places, places[1:])):  # nearly all
        return tuple(cells)
    cells = sorted(cells, key=lambda cell: (cell.row, cell.col))
    ordered = cells[:1]
    for cell in cells[1:]:
        if cell[:2] != ordered[-1][:2]:
            ordered.append(cell)
        elif cell != ordered[-1]:
            raise corrupt(f"hai giá trị khác nhau ở cùng một ô, dòng {cell.row}, cột {cell.col}")
    return tuple(ordered)


class StruckPlaces(NamedTuple):
    """What is struck through in a sheet, in the terms of `Grid`."""

    struck_rows: frozenset[int] = frozenset()
    struck_cells: frozenset[tuple[int, int]] = frozenset()
    struck_parts: frozenset[tuple[int, int]] = frozenset()


def struck_places(
    cells: Iterable[Cell], struck: Iterable[tuple[int, int]], parts: Collection[tuple[int, int]] = ()
) -> StruckPlaces:
    """Rows and cells that are struck through as a whole (`struck`: places), or in `parts` only."""
    struck = frozenset(struck).difference(parts)  # a part only, whatever the cell's own format says
    if not struck:
        return StruckPlaces(struck_parts=frozenset(parts))
    rows = struck_rows(cells, struck)
    alone = frozenset(place for place in struck if place[0] not in rows)
    return StruckPlaces(rows, alone, frozenset(parts))


def struck_rows(cells: Iterable[Cell], struck: Container[tuple[int, int]]) -> frozenset[int]:
    """The rows of which at least half of the cells are struck through: `cells` in their order, `struck` places."""
    found = set()
    for row, run in groupby(cells, attrgetter("row")):
        own = [(row, cell.col) in struck for cell in run]
        if any(own) and 2 * sum(own) >= len(own):
            found.add(row)
    return frozenset(found)
