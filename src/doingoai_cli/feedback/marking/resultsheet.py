"""The first sheet of a marked workbook (Kết quả kiểm tra): every finding, each with a link to its cell."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from doingoai_cli.feedback.marking.dialect import Dialect
from doingoai_cli.feedback.marking.parts import xml_text
from doingoai_cli.feedback.marking.stylesheet import COLOURS, Stylesheet, solid
from doingoai_cli.model.excel_limits import cell_text
from doingoai_cli.model.findings import Finding, Severity
from doingoai_cli.model.grid import column_letters, quoted
from doingoai_cli.model.own_files import RESULT_COLUMNS, RESULT_TITLE
from doingoai_cli.vietnamese.text import clean

_FILLS_COLUMN = 10
"""The hidden column that keeps the fills of marked cells."""
_COLUMNS = tuple(zip(RESULT_COLUMNS, (6, 11, 8, 16, 8, 22, 52, 46, 34), strict=True))
_LETTERS = "ABCDEFGHI"
_GUIDE = (
    "Mỗi ô có vi phạm hoặc cần xem lại được tô màu và có nhận xét (đưa chuột vào ô để đọc). Bấm vào địa chỉ ô ở "
    "bảng dưới đây để đến ô đó, sửa ngay trong tệp này rồi gửi lại; màu và nhận xét tự mất ở lần kiểm tra sau."
)
_FONT = '<sz val="{0}"/><color rgb="FF{1}"/><name val="Times New Roman"/><family val="1"/>'
_LINE = '<{0} style="thin"><color auto="1"/></{0}>'
_BOX = "".join(_LINE.format(side) for side in ("left", "right", "top", "bottom")) + "<diagonal/>"
_OPEN = "<left/><right/><top/><bottom/><diagonal/>"
_CLEAN = "Tệp đạt yêu cầu, không cần sửa và gửi lại."
_NONE_FOUND = "Không có vi phạm nào."
_HEADING_ROW = 7
_HEADING = "\n".join(RESULT_COLUMNS)


class ResultStyles(NamedTuple):
    """Style indexes of the sheet's kinds of cells."""

    title: int
    text: int
    heading: int
    cell: int
    center: int
    link: int
    severity: dict[Severity, int]


def looks(styles: Stylesheet) -> ResultStyles:
    """The sheet's formats, added to the workbook's own."""
    plain, blue = _FONT.format(12, "000000"), "<u/>" + _FONT.format(12, "0563C1")
    bold = "<b/>" + plain
    wrap = 'vertical="top" wrapText="1"'
    center = f'horizontal="center" {wrap}'
    return ResultStyles(
        title=styles.format(font="<b/>" + _FONT.format(15, "000000"), border=_OPEN, alignment='vertical="center"'),
        text=styles.format(font=plain, border=_OPEN, alignment=wrap),
        heading=styles.format(font=bold, fill=solid(0xE7E6E6), border=_BOX, alignment=center),
        cell=styles.format(font=plain, border=_BOX, alignment=wrap),
        center=styles.format(font=plain, border=_BOX, alignment=center),
        link=styles.format(font=blue, border=_BOX, alignment=center),
        severity={
            # One step off the marks' own colours: this sheet's cells are no marks.
            severity: styles.format(font=bold, fill=solid(colour - 0x040404), border=_BOX, alignment=center)
            for severity, colour in COLOURS.items()
        },
    )  # fmt: skip


class ResultLine(NamedTuple):
    """A finding, and the cell that its link leads to ("" where there is none)."""

    finding: Finding
    sheet: str
    address: str


def result_sheet(
    entries: Sequence[ResultLine],
    dialect: Dialect,
    styles: ResultStyles,
    fills: Sequence[str],
    note: str,
    agency: str = "",
) -> bytes:
    """The sheet as XML, with inline texts; `agency` is whose file it is, where findings do not say so of one."""
    rows = [_row(1, [(RESULT_TITLE, styles.title)], 26), *_introduction(entries, styles, note, agency)]
    rows.append(_row(_HEADING_ROW, [(label, styles.heading) for label, _ in _COLUMNS], 22))
    rows += [_finding_row(_HEADING_ROW + n, n, entry, styles) for n, entry in enumerate(entries, 1)]
    last = _HEADING_ROW + max(len(entries), 1)
    if not entries:
        before = RESULT_COLUMNS.index("Nội dung")
        rows.append(_row(last, [*[("", styles.text)] * before, (_NONE_FOUND, styles.text)]))
    rows += [_fill_row(last + n, fill) for n, fill in enumerate(fills, 1)]
    return _sheet(rows, _links(entries), dialect, last).encode()


def print_titles(name: str) -> str:
    """The rows of the sheet of that name that are repeated on every printed page."""
    return f"'{name}'!${_HEADING_ROW}:${_HEADING_ROW}"


def is_result_sheet(texts: Sequence[str]) -> bool:
    """Whether a sheet with these texts, in their order, is one that an earlier check put in."""
    return texts[:1] == [RESULT_TITLE] and _HEADING in "\n".join(texts[: len(RESULT_COLUMNS) + 10])


def _introduction(entries: Sequence[ResultLine], styles: ResultStyles, note: str, agency: str) -> list[str]:
    findings = [entry.finding for entry in entries]
    named = {finding.agency for finding in findings if finding.agency}
    agency = named.pop() if len(named) == 1 else agency
    counts = Counter(finding.severity for finding in findings if finding.counts)
    counted = ", ".join(f"{counts[severity]} {severity.word}" for severity in Severity)
    waived = sum(1 for finding in findings if not finding.counts)
    lines = [
        f"Cơ quan, đơn vị: {agency}" if agency else "",
        f"Tổng hợp: {counted}" + (f"; {waived} được miễn trừ" if waived else "") + ".",
        _GUIDE if entries else _CLEAN,
        note,
    ]
    return [
        _row(n, [(line, styles.text)], 36 if line == _GUIDE else None) for n, line in enumerate(lines, 2) if line
    ]


def _finding_row(row: int, number: int, entry: ResultLine, styles: ResultStyles) -> str:
    finding = entry.finding
    severity = finding.severity.word if finding.counts else "miễn trừ"
    message = finding.message
    if finding.waived:
        message += f" (Miễn trừ: {finding.waived.reason})"
    if finding.related:
        places = ("; ".join(filter(None, (r.file, r.sheet, r.cell))) for r in finding.related)
        message += f" Liên quan: {' | '.join(places)}."
    cells = [
        (str(number), styles.center),
        (severity.capitalize(), styles.severity[finding.severity] if finding.counts else styles.center),
        (finding.code, styles.center),
        (finding.sheet or "Cả tệp", styles.cell),
        (entry.address or finding.cell or "", styles.link if entry.address else styles.center),
        *((text, styles.cell) for text in (finding.value or "", message, finding.fix, finding.citation)),
    ]
    lines = max(_lines(text, width) for (text, _), (_, width) in zip(cells, _COLUMNS, strict=True))
    return _row(row, cells, min(lines * 16.5 + 3, 400))


def _lines(text: str, width: float) -> int:
    return sum(-(-max(len(part), 1) // int(width)) for part in text.split("\n"))


def _row(number: int, cells: Sequence[tuple[str, int]], height: float | None = None) -> str:
    size = f' ht="{height:g}" customHeight="1"' if height else ""
    written = (
        _cell(f"{letter}{number}", text, style) for letter, (text, style) in zip(_LETTERS, cells, strict=False)
    )
    return f'<row r="{number}"{size}>{"".join(written)}</row>'


def _fill_row(number: int, fill: str) -> str:
    return f'<row r="{number}">{_cell(f"{column_letters(_FILLS_COLUMN)}{number}", fill, 0)}</row>'


def _cell(address: str, text: str, style: int) -> str:
    if not text:
        return f'<c r="{address}" s="{style}"/>'
    inner = f'<is><t xml:space="preserve">{escape(cell_text(xml_text(clean(text))))}</t></is>'
    return f'<c r="{address}" s="{style}" t="inlineStr">{inner}</c>'


def _links(entries: Sequence[ResultLine]) -> str:
    links = []
    for row, entry in enumerate(entries, _HEADING_ROW + 1):
        if entry.address:
            target = f"{quoted(entry.sheet)}!{entry.address}"
            links.append(
                f'<hyperlink ref="E{row}" location={quoteattr(target)} display={quoteattr(entry.address)}/>'
            )
    return f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""


def _sheet(rows: Sequence[str], links: str, dialect: Dialect, last: int) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, (_, width) in enumerate(_COLUMNS, 1)
    )
    columns += f'<col min="{_FILLS_COLUMN}" max="{_FILLS_COLUMN}" width="9" hidden="1" customWidth="1"/>'
    merged = "".join(f'<mergeCell ref="A{row}:I{row}"/>' for row in range(1, 6))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{dialect.main}" xmlns:r="{dialect.relations}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="0" tabSelected="1" '
        f'workbookViewId="0"><pane ySplit="{_HEADING_ROW}" topLeftCell="A{_HEADING_ROW + 1}" '
        f'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="16.5"/><cols>{columns}</cols>'
        f'<sheetData>{"".join(rows)}</sheetData><autoFilter ref="A{_HEADING_ROW}:I{last}"/>'
        f'<mergeCells count="5">{merged}</mergeCells>{links}'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;RTrang &amp;P/&amp;N</oddFooter></headerFooter></worksheet>"
    )
