"""The printed page: A4 landscape, as wide as the table, headings repeated, page numbers."""

from math import ceil

from xlsxwriter.worksheet import Worksheet

from doingoai_cli.blank.layout import FormLayout

_A4 = 9
_FOOTER = '&L&"Times New Roman,Italic"&10{label}&R&"Times New Roman,Regular"&10Trang &P/&N'


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column `width` characters wide (an estimate on the safe side)."""
    return sum(max(1, ceil(len(part) / width)) for part in text.split("\n"))


def set_up_sheet(sheet: Worksheet, label: str, *, landscape: bool) -> None:
    """Paper, margins (in inches), footer: the same for every sheet of a blank workbook."""
    sheet.set_paper(_A4)
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.set_footer(_FOOTER.format(label=label.replace("&", "&&")))
    sheet.set_zoom(90)


def set_up_page(sheet: Worksheet, layout: FormLayout) -> None:
    """A form's page: the heading repeated, the closing rows and the notes on a new page."""
    set_up_sheet(sheet, layout.spec.label, landscape=True)
    sheet.repeat_rows(layout.heading - 1, layout.numbers - 1)
    sheet.set_h_pagebreaks([row - 1 for row in layout.closings])
