"""Pieces of WordprocessingML as text: runs, paragraphs, fields, sections; parsed once for a whole document."""

from enum import StrEnum
from html import escape  # `xml.sax.saxutils` would load half of `urllib`

from doingoai_cli.model.excel_limits import NOT_IN_XML
from doingoai_cli.report.placeholders import PLACEHOLDER

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36000
PLACEHOLDER_STYLE = "MissingData"
KEEP_NEXT = "<w:keepNext/>"
"""A paragraph that stays on the page of the one after it."""


class Align(StrEnum):
    """Justification, as Word names it."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    BOTH = "both"


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def attribute(text: str) -> str:
    """`text` within a double-quoted attribute."""
    return _escaped(text).replace('"', "&quot;").replace("\n", " ")


def _escaped(text: str) -> str:
    return escape(NOT_IN_XML.sub("", text), quote=False)


def run(text: str, style: str = "", bold: bool = False, italic: bool = False) -> str:
    """A run of text; line breaks and tabs stay such."""
    properties = (f'<w:rStyle w:val="{style}"/>' if style else "") + "<w:b/>" * bold + "<w:i/>" * italic
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    body = _escaped(text)
    if "\n" in body or "\t" in body:
        body = body.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        body = body.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r>{look}<w:t xml:space="preserve">{body}</w:t></w:r>'


def sentence(text: str) -> str:
    """Runs of one of our own sentences: what marks missing data stands out."""
    runs, at = [], 0
    for found in PLACEHOLDER.finditer(text):
        runs += [run(text[at : found.start()])] if found.start() > at else []
        runs.append(run(found[0], PLACEHOLDER_STYLE))
        at = found.end()
    return "".join([*runs, run(text[at:])] if at < len(text) else runs)


def paragraph(style: str, content: str = "", properties: str = "") -> str:
    """A paragraph; `properties` are further elements of its pPr, in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def text_paragraph(style: str, text: str, properties: str = "") -> str:
    """A paragraph of one of our own sentences."""
    return paragraph(style, sentence(text), properties)


def sides(indent_mm: float) -> str:
    """The same indent on both sides, against the style's own."""
    return f'<w:ind w:left="{twips(indent_mm)}" w:right="{twips(indent_mm)}" w:firstLine="0"/>'


def rule(width_mm: float, room_mm: float, after: float = 0) -> str:
    """A real line `width_mm` long in the middle of `room_mm`: the lower border of an empty, indented paragraph.

    `after` is the space that follows, in points.
    """
    border = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    space = f'<w:spacing w:after="{round(after * 20)}"/>' if after else ""
    return paragraph("Rule", "", border + space + sides(max(0.0, (room_mm - width_mm) / 2)))


def field(instruction: str, shown: str) -> str:
    """A field, with the result that it has until Word computes it anew."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{escape(shown, quote=False)}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def drawing(size_mm: tuple[float, float], number: int, name: str, description: str, graphic: str) -> str:
    """A paragraph with one drawing, which is placed like a letter; `graphic` is its `a:graphicData`."""
    cx, cy = (round(length * EMU_PER_MM) for length in size_mm)
    return paragraph(
        "Figure",
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name="{name}" descr="{attribute(description)}"/>'
        f"<a:graphic>{graphic}</a:graphic></wp:inline></w:drawing></w:r>",
    )


def layout_table(widths_mm: tuple[float, ...], *rows: tuple[str, ...]) -> str:
    """A borderless table that sets blocks side by side (letterhead, signature)."""
    grid = "".join(f'<w:gridCol w:w="{twips(w)}"/>' for w in widths_mm)
    margins = '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths_mm))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        + "".join(_layout_row(widths_mm, cells) for cells in rows)
        + "</w:tbl>"
    )


def _layout_row(widths_mm: tuple[float, ...], cells: tuple[str, ...]) -> str:
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(w)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for w, cell in zip(widths_mm, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inner}</w:tr>"


def gap(points: float) -> str:
    """Empty space between blocks, which it keeps on one page."""
    return paragraph("Rule", "", f'{KEEP_NEXT}<w:spacing w:after="{round(points * 20)}"/>')
