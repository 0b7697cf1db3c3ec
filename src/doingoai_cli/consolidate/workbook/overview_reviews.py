"""The overview's table of reviews (ý kiến thẩm định): how far the officers have come, form by form."""

from collections.abc import Sequence

from doingoai_cli.consolidate.workbook.book import Formula, Value, cell
from doingoai_cli.consolidate.workbook.form_sheet import FormSheet
from doingoai_cli.consolidate.workbook.opinion_column import OPINION, number_of
from doingoai_cli.consolidate.workbook.overview_blocks import OverviewPage, totals
from doingoai_cli.model.counting import NO_OPINION, OTHER_OPINION, review_counts
from doingoai_cli.model.opinions import Opinion

_OPINION_HEADS = (
    ("Đồng ý", Opinion.AGREED), ("Điều chỉnh", Opinion.ADJUST), ("Không đồng ý", Opinion.REFUSED),
    ("Không tính", Opinion.UNCOUNTED), ("Ý kiến khác", OTHER_OPINION), ("Chưa có ý kiến", NO_OPINION),
)  # fmt: skip


def add_reviews(page: OverviewPage, sheets: Sequence[FormSheet]) -> None:
    """How many rows of each form are Đồng ý, Điều chỉnh, Không đồng ý, chưa có ý kiến."""
    page.gap()
    lines: list[list[Value]] = []
    for number, sheet in enumerate(sheets, page.next + 1):
        counts, column = review_counts(sheet.rows), sheet.column(OPINION)
        line: list[Value] = [sheet.spec.label]
        line += [
            Formula(f"COUNTIFS({column},{number_of(opinion)})", counts.get(opinion, 0))
            for _, opinion in _OPINION_HEADS
        ]
        across = f"{cell(number, 1)}:{cell(number, len(_OPINION_HEADS))}"
        line.append(Formula(f"SUM({across})", sum(counts.values())))
        lines.append(line)
    head = ("Ý kiến thẩm định", *(label for label, _ in _OPINION_HEADS), "Số dòng")
    page.table(head, lines, totals(page.next + 1, lines))
