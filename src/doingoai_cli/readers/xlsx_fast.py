"""The quick pass over a sheet's XML (đường nhanh): patterns over its bytes, for what ordinary writers write.

It must account for every cell element that holds anything; as soon as it cannot (no references, prefixes,
comments, rich inline text, unknown attributes), the caller takes the thorough pass (`xlsx_thorough`). Empty
formatted cells and rows are skipped by the pattern engine: a million of them cost little.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from doingoai_cli.model.grid import Cell, CellKind, Range, column_letters, column_number
from doingoai_cli.readers.grids import MAX_COL, in_order, struck_places
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.number_formats import Valued
from doingoai_cli.readers.sheet_xml import SheetXml, Unaccounted, check_usual
from doingoai_cli.readers.values import number, unescape_x, unescape_xml
from doingoai_cli.readers.xlsx_cells import CellContext, CellFormula, RawCell, SharedFormulas, SheetData, make_cell
from doingoai_cli.readers.xlsx_styles import PLAIN

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]+)")?>'
    rb"(?:<v>([^<]*)</v></c>"  # nearly every cell, told in half the time that the rest takes
    rb"|(<f(?: [^<>]*[^/<>])?(?:/>|>[^<]*</f>))?"
    rb'(?:(<v/>|<v(?: xml:space="preserve")?>)(?:([^<]*)</v>)?'
    rb'|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_ROW = re.compile(rb"<row([^<>]*)>")
_ODD_ROW = re.compile(rb' hidden="(?:1|true)"| ht="0(?:\.0*)?"')
_ROW_NUMBER = re.compile(rb' r="([1-9][0-9]{0,6})"')
_COL = re.compile(rb"<col ([^<>]*)>")
_HIDDEN_COL = re.compile(rb'\bhidden="(?:1|true)"|\bwidth="0(?:\.0*)?"')
_SPAN = re.compile(rb'\b(min|max)="([0-9]{1,5})"')
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})" ?(?:/>|></mergeCell>)')
_SHARED = re.compile(r'\bsi="([^"]*)"')

_COLUMNS = {column_letters(col).encode(): col for col in range(1, 27 * 26 + 1)}
_NUMBERS = (b"", b"n")


def read_quickly(chunks: Iterable[bytes], context: CellContext, meter: Meter) -> SheetData:
    """One sheet. Raises `Unaccounted` for the unusual, `GiveUp` past a limit."""
    sheet = SheetXml(iter(chunks))
    cells: list[Cell] = []
    hidden_rows: set[int] = set()
    struck: set[tuple[int, int]] = set()
    parts: set[tuple[int, int]] = set()
    shared = SharedFormulas()
    for body in sheet.bodies():
        try:
            found = _cells(body, context, shared)
        except (ValueError, IndexError):  # text that is no UTF-8, an unknown entity, a string that is not there
            raise Unaccounted from None
        meter.add_cells(len(found))
        cells += found
        if _ODD_ROW.search(body):
            hidden_rows.update(_hidden_rows(body))
        if context.strikes:
            struck.update(_struck(body, context.styles.struck, context.strings.struck))
            parts.update(_struck(body, frozenset(), context.strings.struck_parts))
    ordered = in_order(cells)
    return SheetData(
        cells=ordered,
        merges=_merges(sheet.tail(), meter),
        hidden_rows=frozenset(hidden_rows),
        hidden_cols=frozenset(_hidden_cols(sheet.head)),
        **struck_places(ordered, struck, parts)._asdict(),
    )


def read_rows(rows: bytes, context: CellContext) -> tuple[Cell, ...]:
    """The cells of some rows of a sheet, in the order in which they stand. Raises `Unaccounted`."""
    return tuple(_cells(rows, context, SharedFormulas()))


def _cells(body: bytes, context: CellContext, shared: SharedFormulas) -> list[Cell]:
    check_usual(body)
    found = _CELL.findall(body, 0, body.rfind(b"</c") + 4)  # behind the last cell with content all is blank
    # Every cell element that is not closed at once ("<c …/>": nothing in it) must have been matched.
    if len(found) != body.count(b"</c"):
        raise Unaccounted
    make, text_kind = tuple.__new__, CellKind.TEXT  # looked up once: this loop is what reading costs
    texts, run_fonts, *_ = context.strings
    styles, columns, whole = context.styles.by_digits, _COLUMNS, _WHOLE
    bare = not context.formula_texts  # a formula's value is all that is wanted
    no_result = b"0" if context.recalculated else None
    cells: list[Cell] = []
    for stored in found:
        letters, digits, style_index, kind, value, formula, _, behind, inline = stored
        value = value or behind
        col = columns.get(letters) or column_number(letters.decode())
        font, shown = styles.get(style_index, PLAIN)
        if kind == b"s" and value and not formula:
            index = whole[value]
            if index < 0:
                raise Unaccounted
            text = texts[index]
            if run_fonts:
                font = run_fonts.get(index, font)
        elif inline and not formula:
            text = unescape_x(unescape_xml(inline.decode()))
        elif not value and not formula:
            continue
        elif kind in _NUMBERS and not formula and shown is None:
            cells.append(make(Cell, (whole[digits], col, *_number(value), None, font)))
            continue
        elif bare and formula and shown is None and value != no_result and (got := _result(kind, formula, value)):
            cells.append(make(Cell, (whole[digits], col, *got, "=", font)))
            continue
        else:
            cells += filter(None, (make_cell(_raw(stored, shared), context),))
            continue
        if text:
            cells.append(make(Cell, (whole[digits], col, text_kind, text, None, font)))
    return cells


def _result(kind: bytes, formula: bytes, value: bytes) -> Valued | None:
    """What a formula gives, where its text is not wanted: a number or a text; None for anything else.

    The text that others share is wanted all the same: one of them may have no value.
    """
    if not value or (b' si="' in formula and not formula.endswith(b"/>")):
        return None
    if kind in _NUMBERS:
        return _number(value)
    return (CellKind.TEXT, unescape_x(unescape_xml(value.decode()))) if kind == b"str" else None


@lru_cache(maxsize=65536)  # saves 0.06 s
def _number(value: bytes) -> Valued:
    return number(value.decode())


class _RowNumbers(dict[bytes, int]):
    """Rows and indexes by their digits, each of the first thousands read once."""

    def __missing__(self, digits: bytes) -> int:
        number = int(digits)
        if len(digits) < _LONG:
            self[digits] = number
        return number


_LONG = 5
_WHOLE = _RowNumbers()


def _raw(stored: tuple[bytes, ...], shared: SharedFormulas) -> RawCell:
    letters, digits, style, kind, value, formula, v_tag, behind, inline = stored
    row, col = int(digits), column_number(letters.decode())
    content = inline or value or (behind if v_tag else None)
    return RawCell(
        row=row,
        col=col,
        kind="inlineStr" if inline else kind.decode(),
        style=int(style or 0),
        value=None if content is None else unescape_xml(content.decode()),
        formula=shared.text(row, col, _formula(formula)) if formula else None,
    )


def _formula(element: bytes) -> CellFormula:
    attributes, _, text = element.decode().removesuffix("</f>").removesuffix("/>").partition(">")
    group = _SHARED.search(attributes)
    return CellFormula(unescape_xml(text), group.group(1) if group else None)


def _hidden_rows(body: bytes) -> Iterator[int]:
    for attributes in _ROW.findall(body):
        if _ODD_ROW.search(attributes):
            if not (row := _ROW_NUMBER.search(attributes)):
                raise Unaccounted
            yield int(row[1])


def _struck(body: bytes, formats: frozenset[int], texts: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The places of cells of some formats or texts: a second look, for the few workbooks with a struck font."""
    for letters, digits, style, kind, value, _, _, behind, _ in _CELL.findall(body):
        if int(style or 0) in formats or (kind == b"s" and int(value or behind or -1) in texts):
            yield int(digits), column_number(letters.decode())


def _hidden_cols(head: bytes) -> Iterator[int]:
    for attributes in _COL.findall(head):
        if _HIDDEN_COL.search(attributes):
            ends = dict(_SPAN.findall(attributes))
            first = int(ends.get(b"min", 1))
            yield from range(first, min(int(ends.get(b"max", first)), MAX_COL) + 1)


def _merges(tail: bytes, meter: Meter) -> tuple[Range, ...]:
    found = _MERGE.findall(tail)
    meter.check_merges(len(found))
    if len(found) != tail.count(b"<mergeCell "):
        raise Unaccounted
    return tuple(
        Range(int(top), column_number(left.decode()), int(bottom), column_number(right.decode()))
        for left, top, right, bottom in found
    )
