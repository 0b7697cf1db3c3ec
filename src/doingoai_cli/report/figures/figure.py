"""One figure (số liệu) and its plain form for JSON."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.report.figures.measures import Rows
from doingoai_cli.report.figures.series import Series


class Figure(NamedTuple):
    """One figure. `value` is None where it cannot be told, and `missing` then says what is not at hand."""

    id: str
    label: str
    value: int | Decimal | None
    text: str
    """As printed; "" where there is no value."""
    unit: str
    definition: str
    clause: str = ""
    rows: Rows = ()
    note: str = ""
    """What the value leaves out: "đọc được 08/09 đoàn"."""
    missing: str = ""


def plain_value(value: int | Decimal | None) -> int | float | None:
    """`value` as JSON has it: no Decimal; None stays."""
    return float(value) if isinstance(value, Decimal) else value


def figure_data(figure: Figure, explain: bool) -> dict[str, Any]:
    """A figure for JSON; with `explain` the rows behind it."""
    data: dict[str, Any] = {
        "id": figure.id, "label": figure.label, "value": plain_value(figure.value), "text": figure.text,
        "unit": figure.unit, "definition": figure.definition, "clause": figure.clause, "note": figure.note,
        "missing": figure.missing,
    }  # fmt: skip
    return data | ({"rows": _rows_data(figure.rows)} if explain else {})


def series_data(series: Series, explain: bool) -> dict[str, Any]:
    """A series for JSON; with `explain` the rows behind each line."""
    return {
        "id": series.id, "label": series.label, "columns": list(series.columns), "definition": series.definition,
        "lines": [
            {"label": line.label, "values": [plain_value(value) for value in line.values]}
            | ({"rows": _rows_data(line.rows)} if explain else {})
            for line in series.lines
        ],
    }  # fmt: skip


def _rows_data(rows: Sequence[ConsolidatedRow]) -> list[dict[str, str]]:
    return [
        {"id": row.record_id, "form": row.record.form, "agency": row.agency, "name": row.record.text("name"),
         "source": row.source}
        for row in rows
    ]  # fmt: skip
