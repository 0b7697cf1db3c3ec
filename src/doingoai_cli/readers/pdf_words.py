"""The words of a printed page, and to which cell each belongs: a text belongs to the cell in which it begins.

A page keeps its text in the order in which it was drawn, cell by cell. What was too long for its cell goes on over
the next one, or is cut at its edge; what was too high stands over the row below. So words are never sorted into
one another: a run of words that were drawn as one stays one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pdfplumber.utils.text import extract_words

from doingoai_cli.grouping import grouped
from doingoai_cli.readers.pdf_letters import in_reading_order

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_AT_ONCE = 0.08
"""Of the font's size: so near to one another are the letters of a word."""
_SPACE, _WIDE_SPACE = 0.45, 2.0
"""The widest space over the edge of a cell, and within one where lines are justified."""
_LETTER = 0.65
"""The width of a wide letter."""
_LINE, _OVERLAP = 1.7, 0.95
"""The largest distance of two lines of a cell; nearer ones lie over one another, and are of two cells."""
_WIDEST_PADDING = 8.0
_ON_EDGE = 0.3
"""Points: what comes so near to an edge is cut by it."""
_MIDDLE = 2.0
"""Points between the middle of a cell and that of a text that is centred in it."""


class PageWord(NamedTuple):
    """A word; `first` and `last`: the places of its letters in the order of drawing."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    fonts: tuple[str, ...]
    first: int
    last: int

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


Run = tuple[PageWord, ...]
"""Words that were drawn as one line of text."""


class Placed(NamedTuple):
    """The words of a table by cell, the cells whose text is cut, and the words that belong to no cell."""

    words: Mapping[Box, Sequence[PageWord]]
    cut: frozenset[Box]
    outside: Sequence[PageWord]


def words_of(page: Any, edges: Mapping[Box, Sequence[float]]) -> list[PageWord]:
    """The words of a page in the order of drawing, cut at the vertical edges of the tables that they stand in."""
    letters = in_reading_order(page.chars)
    places = {id(char): place for place, char in enumerate(letters)}
    words = [
        word["chars"] for word in extract_words(letters, use_text_flow=True, return_chars=True, x_tolerance=1.5)
    ]
    owns = [next((xs for box, xs in edges.items() if _is_in(_start(chars), box, 3)), ()) for chars in words]
    padding = _padding((chars[0]["x0"] - edge for chars, own in zip(words, owns, strict=True) for edge in own))
    parts = (part for chars, own in zip(words, owns, strict=True) for part in _parts(chars, own, padding))
    return [_word(part, places) for part in parts]


def _start(chars: Sequence[Any]) -> tuple[float, float]:
    return chars[0]["x0"], (chars[0]["top"] + chars[0]["bottom"]) / 2


def _padding(behind: Iterable[float]) -> float:
    """How far behind its cell's edge a text begins, by most of the words' distances from edges."""
    common = Counter(round(distance, 1) for distance in behind if 0 <= distance < _WIDEST_PADDING)
    return common.most_common(1)[0][0] if common else 0.0


def _parts(chars: Sequence[Any], edges: Sequence[float], padding: float) -> Iterator[Sequence[Any]]:
    begin = 0
    for at, (char, following) in enumerate(pairwise(chars), start=1):
        if any(_is_apart(char, following, edge, padding) for edge in edges):
            yield chars[begin:at]
            begin = at
    yield chars[begin:]


def _is_apart(char: Any, following: Any, edge: float, padding: float) -> bool:
    """Whether two letters that nearly touch belong to the two sides of an edge.

    They stand apart, or the first was cut at the edge and the second begins as texts in cells do.
    """
    gap, size = float(following["x0"] - char["x1"]), float(char["size"])
    if not char["x0"] - size / 2 < edge <= following["x0"] + _ON_EDGE:
        return False
    if char["x1"] <= edge + _ON_EDGE and gap > _AT_ONCE * size:
        return True
    begins = _begins(following["x0"], edge, padding) and char["x1"] >= edge - _ON_EDGE
    return begins or gap < -0.3 * size


def _begins(x0: float, edge: float, padding: float) -> bool:
    """Whether something stands behind an edge where texts begin."""
    return abs(x0 - edge - padding) <= _ON_EDGE / 2


def _word(chars: Sequence[Any], places: Mapping[int, int]) -> PageWord:
    return PageWord(
        "".join(char["text"] for char in chars),
        min(char["x0"] for char in chars),
        max(char["x1"] for char in chars),
        min(char["top"] for char in chars),
        max(char["bottom"] for char in chars),
        chars[0]["size"],
        tuple(char["fontname"] for char in chars),
        places.get(id(chars[0]), 0),
        places.get(id(chars[-1]), 0),
    )


def _runs(words: Sequence[PageWord], edges: Sequence[float]) -> list[Run]:
    runs: list[list[PageWord]] = []
    padding = _padding(word.x0 - edge for word in words for edge in edges)
    for word in words:
        if runs and _goes_on(runs[-1][-1], word, edges, padding):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [tuple(run) for run in runs]


def _goes_on(word: PageWord, following: PageWord, edges: Sequence[float], padding: float) -> bool:
    """Whether the next word was drawn as the next of the same line, behind a space."""
    gap = following.x0 - word.x1
    if abs(following.middle - word.middle) > 0.3 * word.size or gap < -_AT_ONCE * word.size:
        return False
    if following.first == word.last + 1:  # no space was drawn between: another text, or cut at an edge
        return False
    between = [edge for edge in edges if word.x0 < edge <= following.x0 + _ON_EDGE]
    if any(_begins(following.x0, edge, padding) for edge in between):
        return False
    return gap <= (_SPACE if between else _WIDE_SPACE) * word.size


def placed(words: Sequence[PageWord], cells: Sequence[Box], edges: Sequence[float]) -> Placed:
    """The words by the cells of one table in which they begin."""
    runs = _runs(words, edges)
    in_cells = [_cell_of(run, cells) for run in runs]
    begun = grouped(zip(in_cells, runs, strict=True))
    cut = _put_into_middles(runs, in_cells, cells)
    for number in range(1, len(runs)):
        above, cell = in_cells[number - 1], in_cells[number]
        if above is None or cell == above or not _is_next_line(runs[number - 1], runs[number], above):
            continue
        if cell is None or _is_over(runs[number], cell, begun[cell]):
            in_cells[number] = above
            cut.add(above)
    by_cell: dict[Box, list[PageWord]] = {}
    outside: list[PageWord] = []
    unwrapped = any(cell and run[-1].x1 > cell[2] + _ON_EDGE for run, cell in zip(runs, in_cells, strict=True))
    for run, cell in zip(runs, in_cells, strict=True):
        (outside if cell is None else by_cell.setdefault(cell, [])).extend(run)
        if cell is not None and (
            _is_cut(run, cell, edges) or (unwrapped and _fills(begun.get(cell, [run]), cell))
        ):
            cut.add(cell)
    return Placed(by_cell, frozenset(cut), outside)


def _put_into_middles(runs: Sequence[Run], in_cells: list[Box | None], cells: Sequence[Box]) -> set[Box]:
    """Texts that stand out above and below are put into the cells in whose middle they stand; these cells."""
    found: set[Box] = set()
    begin = 0
    for end in range(1, len(runs) + 1):
        box = in_cells[begin]
        if end < len(runs) and box is not None and _is_next_line(runs[end - 1], runs[end], box):
            continue
        lines = range(begin, end)
        begin = end
        if len(lines) == 1 or not any(_stands_out(runs[at], in_cells[at]) for at in lines):
            continue
        middle = (runs[lines[0]][0].top + runs[lines[-1]][0].bottom) / 2
        home = _cell_at(runs[lines[0]], middle, cells)
        if home is None or abs(middle - (home[1] + home[3]) / 2) > _MIDDLE:
            continue
        if any(in_cells[at] != home for at in lines):
            found.add(home)
            for at in lines:
                in_cells[at] = home
    return found


def _stands_out(run: Run, cell: Box | None) -> bool:
    return cell is None or run[0].top < cell[1] - _ON_EDGE or run[0].bottom > cell[3] + _ON_EDGE


def _cell_of(run: Run, cells: Sequence[Box]) -> Box | None:
    return _cell_at(run, run[0].middle, cells)


def _cell_at(run: Run, height: float, cells: Sequence[Box]) -> Box | None:
    word = run[0]
    point = (word.x0 + min(1.0, (word.x1 - word.x0) / 2), height)
    return next((box for box in cells if _is_in(point, box, 0)), None)


def _is_in(point: tuple[float, float], box: Box, margin: float) -> bool:
    x, y = point
    return box[0] - margin <= x <= box[2] + margin and box[1] - margin <= y <= box[3] + margin


def _is_next_line(run: Run, below: Run, box: Box) -> bool:
    """Whether a run was drawn as the next line of the cell `box`."""
    distance = below[0].middle - run[0].middle
    return _OVERLAP * run[0].size <= distance <= _LINE * run[0].size and box[0] - 1 <= below[0].x0 < box[2]


def _is_over(run: Run, cell: Box, begun: Sequence[Run]) -> bool:
    """Whether a line stands over the edge of the cell that it lies in, or over a line of that cell's own."""
    if run[0].top < cell[1] - _ON_EDGE:
        return True
    return any(other is not run and abs(other[0].middle - run[0].middle) < 0.7 * run[0].size for other in begun)


def _is_cut(run: Run, cell: Box, edges: Sequence[float]) -> bool:
    """Whether the last letter of a line that fills its cell stands on an edge: more was there, it seems."""
    last = run[-1]
    width = (last.x1 - last.x0) / max(len(last.text), 1)
    return last.x1 >= cell[2] - _ON_EDGE and any(
        last.x1 - width - _ON_EDGE <= edge <= last.x1 + _ON_EDGE for edge in edges
    )


def _fills(begun: Sequence[Run], cell: Box) -> bool:
    """Whether the only line of a cell leaves no room for a letter more: where no line is broken, it was cut."""
    first, last = begun[0][0], begun[0][-1]
    begins_left = first.x0 - cell[0] < first.size / 2
    return len(begun) == 1 and begins_left and 0 <= cell[2] - last.x1 < _LETTER * last.size
