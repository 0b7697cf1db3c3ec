"""Figures of awards given to foreigners and received of them (khen thưởng): seed 001, III.11; seed 000, I.12."""

from doingoai_cli.model.forms import Direction, Stage
from doingoai_cli.model.records import Award
from doingoai_cli.report.figures.groupings import BY_AGENCY, BY_COUNTRY, by_text
from doingoai_cli.report.figures.measures import AGENCIES, COUNTRIES, Measure, Measured, Subject

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

SUBJECTS = (
    Subject(
        "awards.given", "Khen thưởng tặng cho người nước ngoài, người Việt Nam ở nước ngoài", Award, Direction.OUT,
        Stage.REALISED, (_COUNT, COUNTRIES, AGENCIES), _GROUPINGS, _COLUMNS, "trường hợp", by_date=True,
    ),
    Subject(
        "awards.received", "Khen thưởng nhận của nước ngoài", Award, Direction.IN, Stage.REALISED,
        (_COUNT, COUNTRIES, AGENCIES), _GROUPINGS, _COLUMNS, "trường hợp", by_date=True,
    ),
)  # fmt: skip
