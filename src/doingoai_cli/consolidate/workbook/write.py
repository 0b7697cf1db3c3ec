"""A `Book` as the bytes of an .xlsx: XlsxWriter prepares the package, the rows are streamed into it.

XlsxWriter knows styles, charts, validations and print set-up, but takes thirty times as long for the rows; so it
writes everything else, and each sheet's rows are put in place as they are made. ISA-L deflates them in a quarter
of zlib's time.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from xml.sax.saxutils import quoteattr

from doingoai_cli.consolidate.workbook.book import Book, Chart, Filter, Formula, Sheet
from doingoai_cli.consolidate.workbook.row_xml import RowBlock, RowStream, Stored
from doingoai_cli.consolidate.workbook.styles import FONT, STYLES
from doingoai_cli.model.excel_limits import cell_text
from doingoai_cli.model.grid import column_letters

try:
    from isal import isal_zlib as deflate
except ImportError:  # no wheel for this machine
    import zlib as deflate  # type: ignore[no-redef]
_JOINED_CRC = hasattr(deflate, "crc32_combine")
_END = b"\x03\x00"
"""The last, empty block of what is deflated."""

_WHOLE_STEPS = 12
# Excel refuses a sheet with more links; the texts of further ones lead nowhere.
_MAX_LINKS = 65_000
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
# Columns are as wide in LibreOffice as in Excel: both have the digits of this font, not those of Calibri.
_DEFAULT_FORMAT = {"font_name": FONT, "font_size": 11}
_LEVEL = 2
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_SHEET_DATA_END = b"</sheetData>"
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_AFTER_LINKS = re.compile(rb"<(?:printOptions|pageMargins)\b")


class Place(NamedTuple):
    """Where a block of rows lies in a package."""

    part: str
    at: int
    length: int
    stored: Stored
    """Without its bytes."""


class Packed(NamedTuple):
    """A part of the package as it is stored."""

    crc: int
    size: int
    data: bytes
    """Deflated."""
    blocks: Mapping[bytes, tuple[int, int, Stored]] = {}
    """Where its blocks of rows begin, how long they are, and what they are but their bytes: by their keys."""


class Rendered(NamedTuple):
    """A workbook's bytes, and where its blocks of rows lie in them."""

    data: bytes
    blocks: Mapping[bytes, Place]


Each = Callable[[Callable[[int], Packed], Sequence[int]], Iterable[Packed]]
"""A map in order: `map` itself, or one over several processes."""


def render(book: Book, each: Each = map) -> bytes:
    """The workbook's bytes; the same book gives the same bytes, whatever maps over its sheets (`each`)."""
    return render_knowing(book, {}, each).data


def render_knowing(book: Book, known: Mapping[bytes, Stored], each: Each = map) -> Rendered:
    """The same bytes; blocks of rows that are `known` are not made again."""
    known = known if _JOINED_CRC else {}
    places: dict[bytes, Place] = {}
    frame = zipfile.ZipFile(io.BytesIO(_frame(book)))
    styles = _style_numbers(frame.read(_part(0)), book.sheets[0])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        sheets = set(map(_part, range(len(book.sheets))))
        for name in frame.namelist():
            if name not in sheets:
                _append(package, name, _packed((frame.read(name),)))

        def part(number: int) -> Packed:
            return _packed(_sheet_part(frame.read(_part(number)), book.sheets[number], styles, known))

        for number, packed in enumerate(each(part, range(len(book.sheets)))):
            _append(package, _part(number), packed)
            places |= {key: Place(_part(number), *block) for key, block in packed.blocks.items()}
    return Rendered(buffer.getvalue(), places)


def _part(number: int) -> str:
    return f"xl/worksheets/sheet{number + 1}.xml"


def _packed(pieces: Iterable[bytes | RowBlock]) -> Packed:
    """The pieces of a part, each deflated by itself, as they come."""
    crc = size = at = 0
    packed: list[bytes] = []
    blocks: dict[bytes, tuple[int, int, Stored]] = {}
    for piece in pieces:
        block = piece if isinstance(piece, RowBlock) else RowBlock(piece)
        stored = block.stored or _stored(block)
        crc = deflate.crc32_combine(crc, stored.crc, stored.size) if _JOINED_CRC else deflate.crc32(block.xml, crc)
        size += stored.size
        if block.key:
            blocks[block.key] = (at, len(stored.data), stored._replace(data=b""))
        at += len(stored.data)
        packed.append(stored.data)
    return Packed(crc, size, b"".join((*packed, _END)), blocks)


def _stored(block: RowBlock) -> Stored:
    deflater = deflate.compressobj(_LEVEL, deflate.DEFLATED, -deflate.MAX_WBITS)
    data = deflater.compress(block.xml) + deflater.flush(deflate.Z_FULL_FLUSH)
    return Stored(data, deflate.crc32(block.xml), len(block.xml), block.groups, block.reach)


def _append(package: zipfile.ZipFile, name: str, packed: Packed) -> None:
    """Take over a part that was made elsewhere, compressed as it is: `zipfile` itself would compress it again."""
    info = zipfile.ZipInfo(name, _ZIP_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.CRC, info.file_size, info.compress_size = packed.crc, packed.size, len(packed.data)
    info.header_offset = package.start_dir
    assert package.fp is not None  # it is open
    package.fp.write(info.FileHeader())
    package.fp.write(packed.data)
    package.start_dir = package.fp.tell()
    package.filelist.append(info)
    package.NameToInfo[name] = info


def _frame(book: Book) -> bytes:
    """The whole package but the rows."""
    import xlsxwriter  # 50 ms: not for what only reads workbooks

    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        buffer, {**_OPTIONS, "default_format_properties": {**_DEFAULT_FORMAT}}
    )  # it adds to them
    workbook.set_properties({**book.properties, "created": datetime(book.year, 1, 1)})
    for name, value in book.custom.items():
        workbook.set_custom_property(name, value, "text")
    workbook.set_calc_mode("auto")
    formats = {name: workbook.add_format(dict(properties)) for name, properties in STYLES.items()}
    for number, sheet in enumerate(book.sheets):
        page = workbook.add_worksheet(sheet.name)
        if number == 0:  # one blank cell of each style, to learn the numbers that the package gives them
            for col, format_ in enumerate(formats.values()):
                page.write_blank(sheet.first_row, col, None, format_)
        _write_frame(workbook, page, sheet, formats)
    workbook.close()
    return buffer.getvalue()


def _style_numbers(sheet_xml: bytes, sheet: Sheet) -> dict[str, int]:
    probe = _probe_row(sheet_xml, sheet)
    numbers = re.findall(rb'<c r="[A-Z]+\d+" s="(\d+)"/>', probe)
    return {name: int(number) for name, number in zip(STYLES, numbers, strict=True)}


def _probe_row(sheet_xml: bytes, sheet: Sheet) -> bytes:
    start = sheet_xml.index(b'<row r="%d"' % (sheet.first_row + 1))
    return sheet_xml[start : sheet_xml.index(_SHEET_DATA_END, start)]


def _sheet_part(
    frame: bytes, sheet: Sheet, styles: Mapping[str, int], known: Mapping[bytes, Stored]
) -> Iterator[bytes | RowBlock]:
    """A sheet's XML: the frame's beginning, the rows as they come, the frame's end with their links."""
    if b'<row r="%d"' % (sheet.first_row + 1) in frame:
        frame = frame.replace(_probe_row(frame, sheet), b"")
    frame = frame.replace(b"<sheetData/>", b"<sheetData>" + _SHEET_DATA_END)  # a frame without headings
    start, end = frame.split(_SHEET_DATA_END)
    stream = RowStream(sheet, styles)
    # The size of the table would stand before its rows, which nobody has counted yet; it may be left out.
    yield _DIMENSION.sub(b"", start, count=1)
    yield from stream.blocks(known)
    yield _SHEET_DATA_END
    yield _with_links(end, stream.links)


def _with_links(end: bytes, found: Sequence[tuple[str, str]]) -> bytes:
    if not found:
        return end
    links = "".join(f'<hyperlink ref="{at}" location={quoteattr(target)}/>' for at, target in found[:_MAX_LINKS])
    place = _AFTER_LINKS.search(end)
    assert place is not None  # every sheet has its margins set
    return end[: place.start()] + f"<hyperlinks>{links}</hyperlinks>".encode() + end[place.start() :]


def _write_frame(workbook: Any, page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    _set_up(page, sheet)
    for col, width in enumerate(sheet.widths):
        hidden = col in sheet.hidden_columns or (sheet.hidden_from is not None and col >= sheet.hidden_from)
        page.set_column(col, col, width, None, {"hidden": True} if hidden else {})
    for row, height in sheet.heights.items():
        page.set_row(row, height)
    for block in sheet.blocks:
        style = formats[block.style]
        if (block.bottom, block.right) != (block.row, block.col):
            page.merge_range(block.row, block.col, block.bottom, block.right, "", style)
        if isinstance(block.value, Formula):
            page.write_formula(block.row, block.col, "=" + block.value.text, style, block.value.value)
        elif block.value:
            page.write_string(block.row, block.col, cell_text(block.value), style)
        else:
            page.write_blank(block.row, block.col, None, style)
    for choice in sheet.choices:
        page.data_validation(
            choice.first_row, choice.col, choice.last_row, choice.col,
            {"validate": "list", "source": list(choice.options), "error_type": "warning",
             "input_title": choice.title, "input_message": choice.message},
        )  # fmt: skip
    if sheet.filter:
        _filter(page, sheet.filter)
    for chart in sheet.charts:
        page.insert_chart(chart.row, chart.col, _chart(workbook, chart))
    for at, col, note in sheet.notes:
        page.write_comment(at, col, cell_text(note), {"font_name": FONT, "x_scale": 2})
    for name, at_row, at_col in sheet.names:
        workbook.define_name(name, f"='{sheet.name}'!${column_letters(at_col + 1)}${at_row + 1}")


def _set_up(page: Any, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    if sheet.scale:
        page.set_print_scale(sheet.scale)
        page.set_h_pagebreaks(sheet.breaks)
    else:
        page.fit_to_pages(1, 1 if sheet.one_page else 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(f'&L&"{FONT}"&9&A&R&"{FONT}"&9Trang &P/&N')
    page.hide_gridlines(2)
    page.freeze_panes(*sheet.freeze)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if sheet.repeat:
        page.repeat_rows(*sheet.repeat)
    if sheet.tab:
        page.set_tab_color(sheet.tab)
    if sheet.hidden:
        page.very_hidden()


def _filter(page: Any, wanted: Filter) -> None:
    page.autofilter(wanted.heading_row, 0, wanted.last_row, wanted.last_col)
    for col, kept in wanted.kept.items():
        page.filter_column_list(col, list(kept))


def _chart(workbook: Any, wanted: Chart) -> Any:
    stacked = {"subtype": "stacked"} if wanted.kind == "bar" else {}
    chart = workbook.add_chart({"type": wanted.kind, **stacked})
    font = {"name": FONT, "size": 10}
    for series in wanted.series:
        chart.add_series(
            {"name": series.name, "categories": "=" + series.categories, "values": "=" + series.values,
             "fill": {"color": series.colour}, "gap": 60},
        )  # fmt: skip
    chart.set_title({"name": wanted.title, "name_font": {"name": FONT, "size": 12, "bold": True}})
    steps = {"major_unit": 1} if wanted.top <= _WHOLE_STEPS else {}
    values = {"num_font": font, "num_format": "0", "min": 0, "major_gridlines": {"visible": True}, **steps}
    categories = {"num_font": font, "major_gridlines": {"visible": False}, "reverse": wanted.kind == "bar"}
    lying = wanted.kind == "bar"  # its categories stand on the upright axis
    chart.set_x_axis(values if lying else categories)
    chart.set_y_axis(categories if lying else values)
    chart.set_legend({"position": "bottom", "font": font, "none": len(wanted.series) < 2})
    chart.set_size({"width": wanted.width, "height": wanted.height})
    return chart
