"""What a cell of a form's sheet holds: a record's field, the codes of its findings."""

from collections.abc import Sequence

from doingoai_cli.model.findings import Finding
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.breakdowns import Breakdown
from doingoai_cli.vietnamese.counts import Count
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.vietnamese.text import shortened

_SAID, _TOLD = 56, 1
"""How long a message is at most, and how many of them stand in a cell."""


def codes_text(codes: Sequence[str], findings: Sequence[Finding]) -> str:
    """Codes first, for formulas; in brackets what they say, for people."""
    waived = sorted({f.code for f in findings if not f.counts} - set(codes))
    told = [shortened(f.message.rstrip("."), _SAID) for f in findings if f.counts]
    more = [f"và {format_number(len(told) - _TOLD)} mục khác"] if len(told) > _TOLD else []
    said = [*told[:_TOLD], *more, *([f"miễn trừ: {', '.join(waived)}"] if waived else [])]
    return f"{', '.join(codes)} ({'; '.join(said).replace('(', '[').replace(')', ']')})".strip()


def official_value(record: Record, field: str) -> str | int:
    """A field as the cell holds it: a number where the text is just that number, else the text as typed."""
    value = getattr(record, field, "")
    text: str = value if isinstance(value, str) else value.text
    if not text.isdigit() or not (text.isascii() and len(text) < 16 and str(int(text)) == text):
        return text
    return int(text) if field == "ordinal" or isinstance(value, (Count, Breakdown)) else text
