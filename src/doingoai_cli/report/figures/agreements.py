"""Figures of international agreements (thỏa thuận quốc tế): seed 001, III.2; seed 000, I.3."""

from doingoai_cli.model.forms import Stage
from doingoai_cli.model.records import Agreement, Record
from doingoai_cli.report.figures.groupings import BY_AGENCY, BY_COUNTRY, BY_TIME, by_text
from doingoai_cli.report.figures.measures import (
    AGENCIES,
    COUNTRIES,
    Measure,
    Measured,
    Subject,
    those,
    uncompared,
)
from doingoai_cli.vietnamese.agreement_terms import State
from doingoai_cli.vietnamese.time.periods import Period, Precision

_CLAUSE = "Đề cương 6 tháng đầu năm 2021, III.2.a; Đề cương năm 2020, I.3"
_COUNT = Measure(
    "count", "số thỏa thuận quốc tế", "thỏa thuận quốc tế", "Số dòng của mục trong biểu có ngày thuộc kỳ báo cáo.",
    lambda rows: Measured(len(rows), rows), _CLAUSE, compared=True,
)  # fmt: skip
_BY_KIND = by_text("document_type", "by_kind", "theo loại văn bản", "Loại văn bản")
_BY_LEVEL = by_text("level", "by_level", "theo cấp ký", "Cấp ký")
_COLUMNS = (("Số thỏa thuận", "count"),)


def _end(record: Record) -> Period | None:
    """The day on which an agreement ended."""
    if not isinstance(record, Agreement) or record.ends is None:
        return None
    return Period(record.validity.text, record.ends, record.ends, Precision.DAY)


def _state_of(record: Record) -> State | None:
    return record.state.state if isinstance(record, Agreement) else None


def _in_state(state: State, label: str) -> Measure:
    return Measure(
        state.value, label, "thỏa thuận quốc tế", "Theo cột Tình trạng.",
        lambda rows: those(rows, lambda row: _state_of(row.record) is state), _CLAUSE,
    )  # fmt: skip


SUBJECTS = (
    Subject(
        "agreements", "Thỏa thuận quốc tế ký kết", Agreement, None, Stage.REALISED, (_COUNT, COUNTRIES, AGENCIES),
        (BY_COUNTRY, _BY_KIND, _BY_LEVEL, BY_AGENCY), _COLUMNS, "thỏa thuận", by_date=True,
    ),
    Subject(
        "agreements.ended", "Thỏa thuận quốc tế hết hoặc chấm dứt hiệu lực", Agreement, None, Stage.ENDED,
        (_COUNT, _in_state(State.EXPIRED, "hết hiệu lực"), _in_state(State.TERMINATED, "chấm dứt hiệu lực")),
        (BY_COUNTRY, BY_AGENCY), _COLUMNS, "thỏa thuận", when=_end, by_date=True,
    ),
    Subject(
        "plan.agreements", "Thỏa thuận quốc tế dự kiến ký kết", Agreement, None, Stage.PLANNED,
        uncompared((_COUNT, COUNTRIES, AGENCIES)), (BY_COUNTRY, _BY_KIND, BY_AGENCY, BY_TIME), _COLUMNS,
        "thỏa thuận", spans_years=True,
    ),
)  # fmt: skip
