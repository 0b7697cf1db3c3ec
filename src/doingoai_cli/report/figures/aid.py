"""Figures of aid by foreign non-governmental organisations (viện trợ PCPNN): seed 001, III.5; seed 000, I.6."""

import re
from collections.abc import Iterator

from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import usd
from doingoai_cli.model.forms import Direction, Stage
from doingoai_cli.model.records import AidProject
from doingoai_cli.report.figures.facts import Facts
from doingoai_cli.report.figures.groupings import BY_AGENCY, BY_COUNTRY, by_text
from doingoai_cli.report.figures.measures import (
    AGENCIES,
    COUNTRIES,
    CUMULATED,
    Measure,
    Measured,
    Subject,
    different,
    summed,
)
from doingoai_cli.vietnamese.text import fold, is_blank, key
from doingoai_cli.vietnamese.ticks import is_nil

_HAS_ONE = re.compile(r"(?:đã )?(?:có|được cấp|cấp)\b")
_CLAUSE = "Đề cương 6 tháng đầu năm 2021, III.5; Đề cương năm 2020, I.6"


def _organisation(row: ConsolidatedRow) -> tuple[str, ...]:
    text = row.record.text("organisation")
    return () if is_blank(text) else (key(text),)


def _is_registered(row: ConsolidatedRow) -> bool:
    """Whether the organisation has a registration: its number, or that there is one ("chưa có" is none)."""
    text = row.record.text("registration")
    if is_blank(text) or is_nil(text):
        return False
    return any(letter.isdigit() for letter in text) or _HAS_ONE.match(fold(text)) is not None


_PROJECTS = Measure(
    "count", "số dự án mới", "dự án", "Số dự án có thời gian thực hiện bắt đầu trong kỳ báo cáo.",
    lambda rows: Measured(len(rows), rows), _CLAUSE, compared=True,
)  # fmt: skip
_VALUE = Measure(
    "value", "giá trị", "USD",
    "Tổng cột Giá trị (USD); ô không phải một số tiền USD thì không cộng và được nêu rõ.",
    lambda rows: summed(rows, lambda row: usd(row.record), "dự án"), _CLAUSE, compared=True,
)  # fmt: skip
_ORGANISATIONS = Measure(
    "organisations", "số tổ chức", "tổ chức", "Số tổ chức khác nhau có dự án được tính.",
    lambda rows: different(rows, _organisation), _CLAUSE,
)  # fmt: skip
_REGISTERED = Measure(
    "registered", "số tổ chức có Giấy đăng ký", "tổ chức", "Số tổ chức có ghi số Giấy đăng ký.",
    lambda rows: different(tuple(filter(_is_registered, rows)), _organisation), _CLAUSE,
)  # fmt: skip
_UNREGISTERED = Measure(
    "unregistered", "số tổ chức chưa có Giấy đăng ký", "tổ chức", "Số tổ chức không dòng nào ghi số Giấy đăng ký.",
    lambda rows: Measured(*_without_registration(rows)), _CLAUSE,
)  # fmt: skip


def _without_registration(rows: tuple[ConsolidatedRow, ...]) -> tuple[int, tuple[ConsolidatedRow, ...]]:
    registered = {name for row in rows if _is_registered(row) for name in _organisation(row)}
    left = tuple(row for row in rows if registered.isdisjoint(_organisation(row)) and _organisation(row))
    return len({name for row in left for name in _organisation(row)}), left


def _new_projects(facts: Facts) -> Iterator[str]:
    """New projects of foreign NGOs and their value (seed 001, III.5; seed 000, I.6)."""
    unit = "dự án viện trợ phi chính phủ nước ngoài mới"
    value = f", tổng giá trị {facts.text('aid.value')} USD{facts.read('aid.value')}"
    bodies = f" của {facts.text('aid.organisations')} tổ chức"
    count = facts.of("aid.count").value
    yield (
        f"{facts.within}, địa phương {facts.done('aid.count', 'tiếp nhận', unit)}{bodies + value if count else ''}"
        f"; so với cùng kỳ năm trước, số dự án {facts.change('aid.count')}, giá trị {facts.change('aid.value')}."
    )
    if facts.window.first > 1:
        so_far = facts.number_of(f"{CUMULATED}aid.count", "dự án")
        if facts.of(f"{CUMULATED}aid.count").value:
            so_far += f", {facts.text(f'{CUMULATED}aid.value')} USD{facts.read(f'{CUMULATED}aid.value')}"
        yield f"Lũy kế {facts.window.cumulated.label}: {so_far}."
    yield from facts.broken_down((BY_COUNTRY.label, "aid.by_country"), ("theo lĩnh vực", "aid.by_sector"))
    if count:
        yield (
            f"Trong số các tổ chức trên, {facts.number_of('aid.registered', 'tổ chức có Giấy đăng ký')}, "
            f"{facts.number_of('aid.unregistered', 'tổ chức chưa có Giấy đăng ký')}."
        )
    if facts.of("aid.outside").value:
        yield f"Ngoài ra có {facts.text('aid.outside')} dự án bắt đầu ngoài kỳ báo cáo."
    if facts.of("aid.undated").value:
        yield f"Chưa tính {facts.text('aid.undated')} dự án do thời gian thực hiện chưa rõ."


SUBJECTS = (
    Subject(
        "aid", "Viện trợ phi chính phủ nước ngoài", AidProject, Direction.IN, Stage.REALISED,
        (_PROJECTS, _VALUE, _ORGANISATIONS, _REGISTERED, _UNREGISTERED, COUNTRIES, AGENCIES),
        (BY_COUNTRY, by_text("sector", "by_sector", "theo lĩnh vực", "Lĩnh vực"), BY_AGENCY),
        (("Số dự án", "count"), ("Giá trị (USD)", "value")), "dự án",
        states=_new_projects,
    ),
)  # fmt: skip
