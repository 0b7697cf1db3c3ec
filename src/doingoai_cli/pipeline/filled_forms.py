"""The rows of a consolidated workbook as the official forms that are sent up hold them (biểu gửi cấp trên)."""

from collections.abc import Iterator, Mapping, Sequence

from doingoai_cli.blank.occasion import SECTION, UNIT, PrefilledRow
from doingoai_cli.model.consolidated import NO_AGENCY, Consolidated, ConsolidatedRow
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.numbers import format_number, roman

_NONE = "Không có"


def filled(
    book: Consolidated, specs: Sequence[FormSpec], agency: str | None
) -> tuple[Mapping[str, tuple[PrefilledRow, ...]], tuple[str, ...]]:
    """Form → its rows, and what is to be said. Rows that officers left out stay out.

    `agency`: one of those in the workbook, whose rows alone are taken; any other name is the sender's, and all
    rows are. Rows of several agencies stand below a line with the name of each. A form that was reported and has
    no row says "Không có".
    """
    rows = [row for row in book.rows if not row.review.left_out]
    mine = [row for row in rows if agency and row.agency_key == agency_key(agency)]
    chosen = mine or rows
    of_form = {spec.form: [row for row in chosen if row.record.form == spec.form] for spec in specs}
    nil = {spec.form: () if mine else _nil(spec, book) for spec in specs}
    found = {spec.form: tuple(_lines(spec, of_form[spec.form])) or nil[spec.form] for spec in specs}
    return found, tuple(_notices(book, specs, chosen, len(book.rows) - len(rows)))


def _nil(spec: FormSpec, book: Consolidated) -> tuple[PrefilledRow, ...]:
    reported = book.reported is not None and spec.form in book.reported
    return ({"name": _NONE},) if reported and spec.column("name") else ()


def _lines(spec: FormSpec, rows: Sequence[ConsolidatedRow]) -> Iterator[PrefilledRow]:
    agencies = list(dict.fromkeys(row.agency for row in rows))
    for section in dict.fromkeys(row.record.section for row in rows):
        number = 0
        for agency in agencies:
            own = [row for row in rows if (row.record.section, row.agency) == (section, agency)]
            if own and len(agencies) > 1:
                number += 1
                yield {SECTION: section, UNIT: f"{roman(number)}. {agency or NO_AGENCY}"}
            for ordinal, row in enumerate(own, 1):
                texts = {c.field: row.record.text(c.field) for c in spec.columns}
                yield {SECTION: section, **texts, "ordinal": str(ordinal)}


def _notices(
    book: Consolidated, specs: Sequence[FormSpec], chosen: Sequence[ConsolidatedRow], left_out: int
) -> Iterator[str]:
    if left_out:
        yield f"{format_number(left_out)} dòng “Không đồng ý”, “Không tính” không đưa vào biểu."
    forms = {spec.form for spec in specs}
    others = [row for row in chosen if row.record.form not in forms]
    if others:
        named = ", ".join(dict.fromkeys(row.record.form for row in others))
        yield f"{format_number(len(others))} dòng của mẫu {named} không thuộc các biểu được ghi."
    if any(row.record.extras for row in chosen):
        yield "Cột ngoài biểu mẫu (ghi chú của đơn vị) không có trong biểu gửi lên; sổ tổng hợp thì có."
    if not chosen:
        yield f"Sổ {book.path} không có dòng nào."
