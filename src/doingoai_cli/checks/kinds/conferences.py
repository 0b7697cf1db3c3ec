"""Kinds over form 03 (hội nghị, hội thảo): totals of a section, the source of a budget."""

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from doingoai_cli.checks.kind import NOTHING, Context, Hit, RowKind, TableKind
from doingoai_cli.checks.kinds.numbers import number_of
from doingoai_cli.model.findings import Place
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.money.sources import funding_sources, needs_no_money
from doingoai_cli.vietnamese.text import fold, is_blank
from doingoai_cli.vietnamese.ticks import is_nil


class SectionTotal(TableKind):
    """A TỔNG CỘNG cell must equal its section (HN03); not judged where a row has no readable number."""

    kind: Literal["section-total"]
    ABOUT: ClassVar[str] = (
        "Số ở dòng TỔNG CỘNG phải bằng tổng các dòng của mục. Không xét khi có dòng không đọc được số."
    )
    OFFERS: ClassVar[Mapping[str, str]] = {
        "stated": "số ghi",
        "sum": "tổng các dòng",
        "section": "mục",
    }
    FIELDS: ClassVar[tuple[str, ...]] = ("vietnamese_delegates", "foreign_delegates", "days")

    def check_table(self, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit per total that differs."""
        hits = NOTHING
        table = context.table
        for total in table.totals:
            if total.field is None or total.field not in fields:
                continue
            numbers = [number_of(r, total.field) for r in table.records if r.section == total.section]
            read = [number for number in numbers if number is not None]
            if len(read) != len(numbers) or sum(read) == total.stated:
                continue
            place = Place(context.submission.path, table.sheet, table.sheet_index, total.row, total.cell)
            params = {"stated": total.stated, "sum": sum(read), "section": total.section}
            hits = (*hits, Hit(total.field, params, place=place, value=total.text))
        return hits


_NO_MONEY = re.compile(r"[0.,\s]*(?:đồng|vnđ|vnd|đ|usd)?")


class NamedSource(RowKind):
    """A budget must name a source (HN04); one is enough; blank, nil and zero budgets are not judged."""

    kind: Literal["named-source"]
    ABOUT: ClassVar[str] = (
        "Kinh phí đã ghi thì phải nêu nguồn (ngân sách nhà nước, nước ngoài tài trợ, nguồn khác); một nguồn là đủ."
    )
    NEEDS_FIELD: ClassVar[bool] = True

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit per budget without a source; blank, nil and zero budgets are not judged."""
        hits = NOTHING
        for name in fields:
            text = record.text(name)
            if is_blank(text) or not record.sound(name) or funding_sources(text):
                continue
            if not is_nil(text) and not needs_no_money(text) and not _NO_MONEY.fullmatch(fold(text)):
                hits = (*hits, Hit(name))
        return hits
