"""Figures of aid by foreign non-governmental organisations (viện trợ PCPNN): seed 001, III.5; seed 000, I.6."""

from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import period_of, usd
from doingoai_cli.model.forms import Direction, Stage
from doingoai_cli.model.records import AidProject, Record
from doingoai_cli.report.figures.groupings import BY_AGENCY, BY_COUNTRY, by_text
from doingoai_cli.report.figures.measures import AGENCIES, COUNTRIES, Measure, Measured, Subject, different, summed
from doingoai_cli.vietnamese.text import is_blank, key
from doingoai_cli.vietnamese.ticks import is_nil
from doingoai_cli.vietnamese.time.periods import Period, beginning

_CLAUSE = "Đề cương 6 tháng đầu năm 2021, III.5; Đề cương năm 2020, I.6"


def _begins(record: Record) -> Period | None:
    """When a project begins: a new one is one that begins in the window."""
    period = period_of(record)
    return beginning(period) if period else None


def _organisation(row: ConsolidatedRow) -> tuple[str, ...]:
    text = row.record.text("organisation")
    return () if is_blank(text) else (key(text),)


def _is_registered(row: ConsolidatedRow) -> bool:
    """Whether the organisation names the number of its registration ("chưa có" is none)."""
    text = row.record.text("registration")
    return not is_blank(text) and not is_nil(text) and any(letter.isdigit() for letter in text)


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


SUBJECTS = (
    Subject(
        "aid", "Viện trợ phi chính phủ nước ngoài", AidProject, Direction.IN, Stage.REALISED,
        (_PROJECTS, _VALUE, _ORGANISATIONS, _REGISTERED, _UNREGISTERED, COUNTRIES, AGENCIES),
        (BY_COUNTRY, by_text("sector", "by_sector", "theo lĩnh vực", "Lĩnh vực"), BY_AGENCY),
        (("Số dự án", "count"), ("Giá trị (USD)", "value")), "dự án", when=_begins, by_date=True,
    ),
)  # fmt: skip
