"""Kinds over form 03 (hội nghị, hội thảo): totals of a section, the source of a budget."""

import re
from collections.abc import Sequence
from typing import Literal

from doingoai_cli.checks.kind import NOTHING, Context, FieldKind, FieldValue, Hit, RowFacts, TableKind
from doingoai_cli.checks.kinds.numbers import number_of
from doingoai_cli.model.findings import Place
from doingoai_cli.vietnamese.money.sources import funding_sources, needs_no_money
from doingoai_cli.vietnamese.text import fold
from doingoai_cli.vietnamese.ticks import is_nil


class SectionTotal(TableKind):
    """A TỔNG CỘNG cell must equal its section (HN03); not judged where a row has no readable number."""

    kind: Literal["section-total"]
    ABOUT = "Số ở dòng TỔNG CỘNG phải bằng tổng các dòng của mục. Không xét khi có dòng không đọc được số."
    OFFERS = {"stated": "số ghi", "sum": "tổng các dòng", "section": "mục"}
    FIELDS = ("vietnamese_delegates", "foreign_delegates", "days")

    def check_table(self, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit per total that differs."""
        hits = NOTHING
        table = context.table
        for total in table.totals:
            if total.field is None or total.field not in fields:
                continue
            numbers = [
                number_of(getattr(r, total.field, None)) for r in table.records if r.section == total.section
            ]
            read = [number for number in numbers if number is not None]
            if len(read) != len(numbers) or sum(read) == total.stated:
                continue
            place = Place(context.submission.path, table.sheet, table.sheet_index, total.row, total.cell)
            params = {"stated": total.stated, "sum": sum(read), "section": total.section}
            hits = (*hits, Hit(total.field, params, place=place, value=total.text))
        return hits


_NO_MONEY = re.compile(r"[0.,\s]*(?:đồng|vnđ|vnd|đ|usd)?")


class NamedSource(FieldKind):
    """A budget must name a source (HN04); one is enough; blank, nil and zero budgets are not judged."""

    kind: Literal["named-source"]
    ABOUT = (
        "Kinh phí đã ghi thì phải nêu nguồn (ngân sách nhà nước, nước ngoài tài trợ, nguồn khác); một nguồn là đủ."
    )
    NEEDS_FIELD = True

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        text = cell.text
        if (
            funding_sources(text)
            or is_nil(text)
            or needs_no_money(text)
            or _NO_MONEY.fullmatch(fold(text).strip(" -.;,"))
        ):
            return None
        return Hit(cell.field)
