"""Figures of international agreements (thỏa thuận quốc tế): seed 001, III.2; seed 000, I.3."""

from collections.abc import Iterator

from doingoai_cli.model.forms import Stage
from doingoai_cli.model.records import Agreement, Record
from doingoai_cli.report.figures.facts import Facts
from doingoai_cli.report.figures.groupings import BY_AGENCY, BY_COUNTRY, BY_TIME, by_text
from doingoai_cli.report.figures.measures import (
    AGENCIES,
    COUNTRIES,
    Measure,
    Measured,
    Subject,
    counted_where,
    uncompared,
)
from doingoai_cli.report.placeholders import placeholder
from doingoai_cli.vietnamese.agreement_terms import State
from doingoai_cli.vietnamese.report_phrases import number

_CLAUSE = "Đề cương 6 tháng đầu năm 2021, III.2.a; Đề cương năm 2020, I.3"
_AGREEMENTS = "thỏa thuận quốc tế"
_COUNT = Measure(
    "count", "số thỏa thuận quốc tế", "thỏa thuận quốc tế", "Số dòng của mục trong biểu có ngày thuộc kỳ báo cáo.",
    lambda rows: Measured(len(rows), rows), _CLAUSE, compared=True,
)  # fmt: skip
_BY_KIND = by_text("document_type", "by_kind", "theo loại văn bản", "Loại văn bản")
_BY_LEVEL = by_text("level", "by_level", "theo cấp ký", "Cấp ký")
_COLUMNS = (("Số thỏa thuận", "count"),)


def _state_of(record: Record) -> State | None:
    return record.state.state if isinstance(record, Agreement) else None


def _in_state(state: State, label: str) -> Measure:
    return Measure(
        state.value, label, "thỏa thuận quốc tế", "Theo cột Tình trạng.",
        lambda rows: counted_where(rows, lambda row: _state_of(row.record) is state), _CLAUSE,
    )  # fmt: skip


def _signed_and_ended(facts: Facts) -> Iterator[str]:
    """Agreements signed, ended and to be signed (seed 001, III.2.a; seed 000, I.3)."""
    yield (
        f"{facts.within}, các cơ quan, đơn vị {facts.done('agreements.count', 'ký kết', _AGREEMENTS)}"
        f"{facts.listed('agreements.by_country')}; so với cùng kỳ năm trước, số thỏa thuận ký kết "
        f"{facts.change('agreements.count')}."
    )
    yield from facts.broken_down(
        ("theo loại văn bản", "agreements.by_kind"), ("theo cấp ký", "agreements.by_level")
    )
    yield _ended(facts)
    yield (
        f"Dự kiến {facts.done('plan.agreements.count', 'ký kết', _AGREEMENTS)}"
        f"{facts.listed('plan.agreements.by_country')}."
    )
    yield from facts.broken_down(("theo thời gian dự kiến ký", "plan.agreements.by_time"))
    yield from facts.left_out("thỏa thuận", "agreements", "agreements.ended")


def _ended(facts: Facts) -> str:
    count = facts.of("agreements.ended.count")
    if count.value is None:
        return f"Số {_AGREEMENTS} hết hoặc chấm dứt hiệu lực trong kỳ: {placeholder(count.missing)}."
    if not count.value:
        return f"Không có {_AGREEMENTS} hết hoặc chấm dứt hiệu lực trong kỳ."
    states = (("expired", "hết hiệu lực"), ("terminated", "chấm dứt hiệu lực"))
    parts = [
        f"{facts.text(f'agreements.ended.{state}')} {label}"
        for state, label in states
        if facts.of(f"agreements.ended.{state}").value
    ]
    named = f" ({', '.join(parts)})" if parts else ""
    return f"Có {number(count.value)} {_AGREEMENTS} hết hoặc chấm dứt hiệu lực trong kỳ{named}."


SUBJECTS = (
    Subject(
        "agreements", "Thỏa thuận quốc tế ký kết", Agreement, None, Stage.REALISED, (_COUNT, COUNTRIES, AGENCIES),
        (BY_COUNTRY, _BY_KIND, _BY_LEVEL, BY_AGENCY), _COLUMNS, "thỏa thuận",
        states=_signed_and_ended,
    ),
    Subject(
        "agreements.ended", "Thỏa thuận quốc tế hết hoặc chấm dứt hiệu lực", Agreement, None, Stage.ENDED,
        (_COUNT, _in_state(State.EXPIRED, "hết hiệu lực"), _in_state(State.TERMINATED, "chấm dứt hiệu lực")),
        (BY_COUNTRY, BY_AGENCY), _COLUMNS, "thỏa thuận",
    ),
    Subject(
        "plan.agreements", "Thỏa thuận quốc tế dự kiến ký kết", Agreement, None, Stage.PLANNED,
        uncompared((_COUNT, COUNTRIES, AGENCIES)), (BY_COUNTRY, _BY_KIND, BY_AGENCY, BY_TIME), _COLUMNS,
        "thỏa thuận", planning="ký kết thỏa thuận quốc tế", spans_years=True,
    ),
)  # fmt: skip
