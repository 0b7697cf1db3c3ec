"""What a cell of a form's sheet holds, and its style: a record's field, the codes of its findings, its review."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from doingoai_cli.consolidate.workbook.book import Value
from doingoai_cli.consolidate.workbook.columns import BookColumn, ColumnKind
from doingoai_cli.model.consolidated import NO_AGENCY, ConsolidatedRow
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.breakdowns import Breakdown
from doingoai_cli.vietnamese.counts import Count
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.vietnamese.text import shortened

_OWN_STYLES: Mapping[str, str] = {
    OwnColumn.AGENCY: "text", OwnColumn.SOURCE: "small", OwnColumn.CODES: "codes", OwnColumn.OPINION: "review",
    OwnColumn.REMARK: "review", OwnColumn.CHANGE: "review", OwnColumn.REVIEW_MARK: "hidden",
}  # fmt: skip

_CENTRED = frozenset(
    {"ordinal", "in_plan", "off_plan", "countries", "members", "days", "vietnamese_delegates", "period", "signed"}
)

_SAID, _TOLD = 56, 1
"""How long a message is at most, and how many of them stand in a cell."""


def _codes_text(codes: Sequence[str], findings: Sequence[Finding]) -> str:
    """Codes first, for formulas; in brackets what they say, for people."""
    waived = sorted({f.code for f in findings if not f.counts} - set(codes))
    told = [shortened(f.message.rstrip("."), _SAID) for f in findings if f.counts]
    more = [f"và {format_number(len(told) - _TOLD)} mục khác"] if len(told) > _TOLD else []
    said = [*told[:_TOLD], *more, *([f"miễn trừ: {', '.join(waived)}"] if waived else [])]
    return f"{', '.join(codes)} ({'; '.join(said).replace('(', '[').replace(')', ']')})".strip()


def official_values(record: Record, fields: Iterable[str]) -> list[Value]:
    """Fields as their cells hold them: a number where the text is just that number, else the text as typed."""
    cells: list[Value] = []
    for field in fields:
        value = getattr(record, field, "")
        text: str = value if isinstance(value, str) else value.text
        numeric = text.isdigit() and (field == "ordinal" or isinstance(value, (Count, Breakdown)))
        cells.append(int(text) if numeric and _is_plain(text) else text)
    return cells


def _is_plain(digits: str) -> bool:
    """Whether Excel shows a number of these digits as they stand."""
    return digits.isascii() and len(digits) < 16 and str(int(digits)) == digits


def style_of(column: BookColumn) -> str:
    """The style of a column's cells, where nothing is found in them."""
    if column.kind is ColumnKind.OFFICIAL:
        return "centre" if column.key in _CENTRED else "text"
    return _OWN_STYLES.get(column.key, "hidden" if column.kind is ColumnKind.HIDDEN else "text")


def _review_mark(record_id: str) -> str:
    """What stands hidden beside the review of a record; it is not to be taken for an id."""
    return f"#{record_id}"


OWN_TEXTS: Mapping[str, Callable[[ConsolidatedRow, Sequence[Finding]], str]] = {
    OwnColumn.AGENCY: lambda row, _: row.agency or NO_AGENCY,
    OwnColumn.SOURCE: lambda row, _: row.source,
    # No link: LibreOffice would set it in one line, cut at the column.
    OwnColumn.CODES: lambda row, found: _codes_text(row.codes, found) if found else ", ".join(row.codes),
    OwnColumn.OPINION: lambda row, _: row.review.opinion,
    OwnColumn.REVIEW_MARK: lambda row, _: _review_mark(row.record_id),
    OwnColumn.REMARK: lambda row, _: row.review.remark,
    OwnColumn.CHANGE: lambda row, _: row.change,
}
"""What our own columns hold of a row and what was found in it."""
