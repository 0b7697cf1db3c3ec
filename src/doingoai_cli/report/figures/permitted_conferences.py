"""Figures of conferences under Decision 06/2020/QĐ-TTg (Mẫu 5), 15 December to 14 December: seed 001, III.3."""

from collections.abc import Iterator

from doingoai_cli.model.forms import Direction, Stage
from doingoai_cli.model.records import InternationalConference
from doingoai_cli.report.figures.delegations import CONFERENCES
from doingoai_cli.report.figures.facts import Facts
from doingoai_cli.report.figures.groupings import BY_AGENCY, BY_MONTH, BY_QUARTER, by_words
from doingoai_cli.report.figures.measures import Subject, uncompared
from doingoai_cli.vietnamese.report_phrases import CONFERENCES as _CONFERENCES
from doingoai_cli.vietnamese.report_phrases import short_date

_CLAUSE = "Đề cương 6 tháng đầu năm 2021, III.3; Quyết định số 06/2020/QĐ-TTg"
_MEASURES = tuple(measure._replace(clause=_CLAUSE) for measure in CONFERENCES)
_BY_FORM = by_words(
    "held", "by_form", "theo hình thức", "Hình thức",
    (
        (
            "Kết hợp trực tiếp và trực tuyến",
            ("kết hợp", "trực tiếp và trực tuyến", "trực tuyến và trực tiếp", "hybrid"),
        ),
        ("Trực tuyến", ("trực tuyến", "online")),
        ("Trực tiếp", ("trực tiếp", "tập trung")),
    ),
)  # fmt: skip
_BY_PERMISSION = by_words(
    "permitted_by", "by_permission", "theo cơ quan cho phép", "Cơ quan cho phép",
    (
        ("Thủ tướng Chính phủ", ("Thủ tướng", "TTg", "TTgCP", "Chính phủ")),
        ("Bộ, cơ quan ngang Bộ", ("Bộ", "Ban Đối ngoại Trung ương")),
        ("Ủy ban nhân dân cấp tỉnh", ("UBND", "Ủy ban nhân dân", "Chủ tịch tỉnh")),
    ),
    before_asides=True,
)  # fmt: skip
_COLUMNS = (
    ("Số hội nghị, hội thảo", "count"),
    ("Đại biểu Việt Nam", "vietnamese_delegates"),
    ("Đại biểu nước ngoài", "foreign_delegates"),
)
_UNIT = "hội nghị, hội thảo"
_HALF_YEAR = 5


def _held(facts: Facts) -> Iterator[str]:
    """Conferences under Decision 06/2020, in their own window (seed 001, III.3)."""
    window = facts.window._replace(closing_day=InternationalConference.CLOSING_DAY)
    delegates = ""
    if facts.of("international.count").value:
        home, foreign = "international.vietnamese_delegates", "international.foreign_delegates"
        days = "international.days"
        delegates = (
            f" với {facts.text(home)} lượt đại biểu Việt Nam{facts.read(home)} và {facts.text(foreign)} lượt đại "
            f"biểu nước ngoài{facts.read(foreign)}, tổng số {facts.text(days)} ngày{facts.read(days)}"
        )
    yield (
        f"Theo kỳ thống kê từ ngày {short_date(window.start)} đến hết ngày {short_date(window.end)}, các cơ quan, "
        f"đơn vị {facts.done('international.count', 'tổ chức', _CONFERENCES)} theo Quyết định số "
        f"06/2020/QĐ-TTg{delegates}; so với cùng kỳ năm trước, số hội nghị, hội thảo "
        f"{facts.change('international.count')}."
    )
    yield from facts.broken_down(
        ("theo hình thức", "international.by_form"), ("theo cơ quan cho phép", "international.by_permission")
    )
    if sums := facts.sums("international.money"):
        read = f"{facts.text('international.amounts_read')}/{facts.text('international.count')}"
        partly = facts.besides("international.amounts_read")
        yield f"Kinh phí tổ chức (đọc được {read} hội nghị, hội thảo{partly}): {sums}."
    if window.last - window.first >= _HALF_YEAR:  # a month or a quarter plans no year
        planned = facts.done("plan.international.count", "tổ chức", _CONFERENCES)
        yield f"Năm {facts.cycle}, dự kiến {planned}."
    yield from facts.left_out("hội nghị, hội thảo", "international")


SUBJECTS = (
    Subject(
        "international", "Hội nghị, hội thảo theo Quyết định 06/2020", InternationalConference, Direction.HERE,
        Stage.REALISED, _MEASURES, (_BY_FORM, _BY_PERMISSION, BY_AGENCY, BY_MONTH), _COLUMNS, _UNIT, money=True,
        states=_held,
    ),
    Subject(
        "plan.international", "Dự kiến hội nghị, hội thảo theo Quyết định 06/2020", InternationalConference,
        Direction.HERE, Stage.PLANNED, uncompared(_MEASURES), (_BY_FORM, _BY_PERMISSION, BY_AGENCY, BY_QUARTER),
        _COLUMNS, _UNIT, planning="hội nghị, hội thảo theo Quyết định số 06/2020/QĐ-TTg", money=True,
    ),
)  # fmt: skip
