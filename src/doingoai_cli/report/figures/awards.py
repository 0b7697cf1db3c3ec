"""Figures of awards given to foreigners and received of them (khen thưởng): seed 001, III.11; seed 000, I.12."""

from collections.abc import Iterator

from doingoai_cli.model.forms import Direction, Stage
from doingoai_cli.model.records import Award
from doingoai_cli.report.figures.facts import Facts
from doingoai_cli.report.figures.groupings import BY_AGENCY, BY_COUNTRY, by_text
from doingoai_cli.report.figures.measures import AGENCIES, COUNTRIES, Measure, Measured, Subject
from doingoai_cli.report.placeholders import placeholder
from doingoai_cli.vietnamese.report_phrases import number

_COUNT = Measure(
    "count", "số trường hợp khen thưởng", "trường hợp",
    "Số dòng của mục trong biểu có quyết định trong kỳ báo cáo.",
    lambda rows: Measured(len(rows), rows), "Đề cương 6 tháng đầu năm 2021, III.11; Đề cương năm 2020, I.12",
    compared=True,
)  # fmt: skip
_GROUPINGS = (
    by_text("level", "by_level", "theo cấp khen", "Cấp khen"),
    by_text("award", "by_award", "theo hình thức", "Hình thức"),
    BY_COUNTRY,
    BY_AGENCY,
)
_COLUMNS = (("Số trường hợp", "count"),)


def _given_and_received(facts: Facts) -> Iterator[str]:
    """Awards given to foreigners, then those received of them (seed 001, III.11; seed 000, I.12)."""
    groups = (
        ("awards.given", "khen thưởng tặng cho tập thể, cá nhân người nước ngoài, người Việt Nam ở nước ngoài"),
        ("awards.received", "khen thưởng của nhà nước, tổ chức, cá nhân nước ngoài tặng cho địa phương"),
    )
    for subject, kind in groups:
        count = facts.of(f"{subject}.count")
        told = f"có {number(count.value)} trường hợp {kind}" if count.value else f"không có trường hợp {kind}"
        if count.value is None:
            told = f"số trường hợp {kind}: {placeholder(count.missing)}"
        yield (
            f"{facts.within}, {told}{facts.listed(f'{subject}.by_level')}; so với cùng kỳ năm trước "
            f"{facts.change(f'{subject}.count')}."
        )
        yield from facts.broken_down(("theo hình thức", f"{subject}.by_award"))
    yield from facts.left_out("trường hợp khen thưởng", *(subject for subject, _ in groups))


SUBJECTS = (
    Subject(
        "awards.given", "Khen thưởng tặng cho người nước ngoài, người Việt Nam ở nước ngoài", Award, Direction.OUT,
        Stage.REALISED, (_COUNT, COUNTRIES, AGENCIES), _GROUPINGS, _COLUMNS, "trường hợp",
        states=_given_and_received,
    ),
    Subject(
        "awards.received", "Khen thưởng nhận của nước ngoài", Award, Direction.IN, Stage.REALISED,
        (_COUNT, COUNTRIES, AGENCIES), _GROUPINGS, _COLUMNS, "trường hợp",
    ),
)  # fmt: skip
