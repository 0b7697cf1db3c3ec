"""The printed page: A4 landscape, as wide as the table, headings repeated, page numbers.

A form has no print area: what an agency adds beside or below it is printed too.
"""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from doingoai_cli.blank.layout import FormLayout
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.vietnamese.wrapping import wrapped_lines

_A4 = 9
_PER_WIDTH = 12.6
"""Letters of one point in Times New Roman on the width of a digit of the standard font, bold ones included."""
_LEADING = 1.32
"""The height of a line, in the size of its letters."""
_FORM_WIDTH = 196
"""Characters that a form is wide at least, so that all forms print at one scale, their letters about 8.5 point."""
_FOOTER = '&L&"Times New Roman,Italic"&10{label}&R&"Times New Roman,Regular"&10Trang &P/&N'


def height(texts: Sequence[str], widths: Sequence[float], size: float = 12) -> float:
    """The height in points of a row of texts of that size, in columns of these widths in characters."""
    rooms = [max(1.0, width * _PER_WIDTH / size - 0.5) for width in widths]
    return max(map(wrapped_lines, texts, rooms)) * size * _LEADING


def set_up_sheet(sheet: Worksheet, label: str) -> None:
    """Paper, margins (in inches), footer: the same for every sheet of a blank workbook."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.set_footer(_FOOTER.format(label=label.replace("&", "&&")))
    sheet.set_zoom(90)


def column_widths(spec: FormSpec) -> list[float]:
    """The columns of a form in characters: wide enough that few rows and the notes share one printed page."""
    stretch = max(1.0, _FORM_WIDTH / sum(column.width for column in spec.columns))
    return [round(column.width * stretch, 1) for column in spec.columns]


def set_up_page(sheet: Worksheet, layout: FormLayout) -> None:
    """A form's page: the heading repeated on each."""
    set_up_sheet(sheet, layout.spec.label)
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
    sheet.repeat_rows(layout.heading - 1, layout.numbers - 1)
