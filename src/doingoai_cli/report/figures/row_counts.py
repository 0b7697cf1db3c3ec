"""Figures that count rows: left out, undated, outside the window, by opinion; so that none goes unsaid."""

from collections.abc import Iterator, Mapping
from operator import attrgetter

from doingoai_cli.report.figures.figure import Figure
from doingoai_cli.report.figures.measures import ROWS_UNIT, Rows, Subject
from doingoai_cli.report.figures.remaining import PLANNED, REMAINING
from doingoai_cli.report.figures.reviewing import by_opinion
from doingoai_cli.report.figures.selection import Selection
from doingoai_cli.report.figures.subjects import SUBJECTS
from doingoai_cli.vietnamese.report_phrases import number

_PLANNED = (
    ("refused", "dòng không đưa vào kế hoạch", attrgetter("left_out"), "Các dòng thẩm định “Không đồng ý”.", ""),
)
_REALISED = (
    (
        "not_counted", "dòng không thống kê", attrgetter("left_out"),
        "Các dòng TH05 (tham quan, du lịch, thăm thân, khám sức khỏe, việc riêng) và TH06 (cơ quan, tổ chức "
        "nước ngoài tại Việt Nam), và các dòng thẩm định “Không tính”.",
        "Đề cương 6 tháng đầu năm 2021, III.1, Lưu ý (ii), (iii)",
    ),
    (
        "excluded", "trong đó, không tính theo thẩm định", attrgetter("refused"),
        "Các dòng thẩm định “Không tính” hoặc “Không đồng ý”.", "",
    ),
    (
        "undated", "dòng không rõ có thuộc kỳ báo cáo", attrgetter("undated"),
        "Thời gian thực hiện không đọc được, hoặc không cho biết dòng thuộc kỳ nào; chưa tính vào kỳ.", "",
    ),
    (
        "outside", "dòng ngoài kỳ báo cáo", attrgetter("outside"),
        "Thời gian thực hiện ở ngoài năm báo cáo, hoặc sau ngày của văn bản; không tính vào kỳ.", "",
    ),
)  # fmt: skip


def set_aside(selections: Mapping[str, Selection]) -> Iterator[Figure]:
    """The rows that are not counted, so that none goes unsaid."""
    for subject in SUBJECTS:
        selection = selections[subject.id]
        for name, label, rows_of, definition, clause in _PLANNED if subject.planned else _REALISED:
            rows, label = rows_of(selection), f"{subject.label}: {label}"
            yield _counted(f"{subject.id}.{name}", label, rows, definition, clause)
        if subject.planned:
            yield from _reviewed(subject, selection)


def undated(remaining: Mapping[str, Selection] | None) -> Iterator[Figure]:
    """The planned rows whose time does not tell whether they are yet to come."""
    for subject in PLANNED:
        yield _counted(
            f"{REMAINING}{subject.id}.undated", f"{subject.label} (phần còn lại của năm): dòng chưa rõ thời gian",
            remaining[subject.id].undated if remaining else (),
            "Thời gian dự kiến bắt đầu trong kỳ báo cáo và kéo sang phần còn lại, hoặc không đọc được.", "",
        )  # fmt: skip


def _reviewed(subject: Subject, selection: Selection) -> Iterator[Figure]:
    """How many rows of a plan have which opinion."""
    for opinion, name, rows in by_opinion((*selection.counted, *selection.left_out)):
        yield _counted(
            f"{subject.id}.review_{opinion}", f"{subject.label}: thẩm định, {name.lower()}", rows,
            "Số dòng của kế hoạch theo cột “Ý kiến thẩm định” của sổ tổng hợp.", "",
        )  # fmt: skip


def _counted(figure_id: str, label: str, rows: Rows, definition: str, clause: str) -> Figure:
    return Figure(figure_id, label, len(rows), number(len(rows)), ROWS_UNIT, definition, clause, rows)
