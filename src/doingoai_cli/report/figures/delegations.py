"""Figures of delegations and of the conferences of form 03 (đoàn ra, đoàn vào, hội nghị): seed 000, I.1, I.4."""

from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import delegates, persons
from doingoai_cli.model.forms import Direction, Stage
from doingoai_cli.model.records import Conference, PlannedTrip, RealisedTrip, Trip
from doingoai_cli.report.figures.groupings import BY_AGENCY, BY_COUNTRY, BY_MONTH, BY_NATURE, BY_QUARTER, BY_SOURCE
from doingoai_cli.report.figures.measures import (
    AGENCIES,
    AMOUNTS,
    COUNTRIES,
    Measure,
    Measured,
    Rows,
    Subject,
    counted_where,
    summed,
    uncompared,
)
from doingoai_cli.vietnamese.purposes import only_joined


def members_of(row: ConsolidatedRow) -> int | None:
    """The persons of a delegation; None where the cell gives no number of at least 1."""
    return persons(row.record) or None


def _is_joined(row: ConsolidatedRow, province: str) -> bool:
    """Whether `province` only joined the delegation."""
    record = row.record
    return isinstance(record, Trip) and only_joined(record.name, record.nature, record.activities, province)


def _own(rows: Rows, province: str = "") -> Measured:
    return counted_where(rows, lambda row: not _is_joined(row, province))


def _joined(rows: Rows, province: str = "") -> Measured:
    return counted_where(rows, lambda row: _is_joined(row, province))


def _planned(row: ConsolidatedRow) -> bool | None:
    return row.record.planned if isinstance(row.record, RealisedTrip) else None


def _days(row: ConsolidatedRow) -> int | None:
    record = row.record
    if not isinstance(record, PlannedTrip | Conference):
        return None
    return record.days.value if (record.days.value or 0) > 0 else None


def _vietnamese(row: ConsolidatedRow) -> int | None:
    record = row.record
    known = isinstance(record, Conference) and record.vietnamese_delegates.value is not None
    return delegates(record)[0] if known else None


def _foreign(row: ConsolidatedRow) -> int | None:
    record = row.record
    known = isinstance(record, Conference) and record.foreign_delegates.total is not None
    return delegates(record)[1] if known else None


_K1 = "Đề cương 6 tháng đầu năm 2021, III.1"
_REPORT = "Đề cương năm 2020, I.1"
DELEGATIONS = Measure(
    "delegations", "số đoàn", "đoàn",
    "Số dòng của biểu mẫu trong kỳ; không tính các dòng TH05, TH06.",
    lambda rows: Measured(len(rows), rows), _REPORT, compared=True,
)  # fmt: skip
PERSONS = Measure(
    "persons", "số lượt người", "lượt người",
    "Tổng Số thành viên của các đoàn được tính; đoàn không đọc được số thành viên thì không cộng và được nêu rõ.",
    lambda rows: summed(rows, members_of, "đoàn"), _K1, compared=True,
)  # fmt: skip
_OWN = Measure(
    "own", "đoàn do địa phương chủ trì", "đoàn",
    "Các đoàn còn lại sau khi trừ số đoàn tham gia.",
    _own, f"{_K1}, Lưu ý (i)", of_province=_own,
)  # fmt: skip
_JOINED = Measure(
    "joined", "đoàn tham gia do cơ quan Trung ương hoặc địa phương khác chủ trì", "đoàn",
    "Tên đoàn, danh nghĩa hoặc nội dung nêu cơ quan Trung ương tổ chức, hoặc “tháp tùng”; hoặc nêu một tỉnh, "
    "thành phố khác tổ chức.",
    _joined, f"{_K1}, Lưu ý (i)", of_province=_joined,
)  # fmt: skip
_DAYS = Measure(
    "days", "tổng số ngày", "ngày", "Tổng cột Số ngày; ô không đọc được thì không cộng và được nêu rõ.",
    lambda rows: summed(rows, _days, "dòng"),
)  # fmt: skip
_REALISED_TRIPS = (
    DELEGATIONS,
    PERSONS,
    Measure(
        "in_plan", "đoàn trong kế hoạch", "đoàn", "Các đoàn chỉ đánh dấu Trong KH.",
        lambda rows: counted_where(rows, lambda row: _planned(row) is True), _K1,
    ),
    Measure(
        "off_plan", "đoàn ngoài kế hoạch", "đoàn", "Các đoàn chỉ đánh dấu Ngoài KH.",
        lambda rows: counted_where(rows, lambda row: _planned(row) is False), _K1,
    ),
    Measure(
        "plan_unclear", "đoàn chưa rõ trong hay ngoài kế hoạch", "đoàn",
        "Các đoàn đánh dấu cả hai ô hoặc không ô nào (TH01).",
        lambda rows: counted_where(rows, lambda row: _planned(row) is None), _K1,
    ),
    _OWN, _JOINED, COUNTRIES, AGENCIES, AMOUNTS,
)  # fmt: skip
_PLANNED_TRIPS = (
    DELEGATIONS._replace(
        definition="Số dòng của kế hoạch, trừ các dòng thẩm định “Không đồng ý”.",
        clause="Đề cương năm 2020, III.2", compared=False,
    ),
    PERSONS._replace(clause="Đề cương năm 2020, III.2", compared=False),
    _DAYS, _OWN, _JOINED, COUNTRIES, AGENCIES, AMOUNTS,
)  # fmt: skip
COUNT = Measure(
    "count", "số hội nghị, hội thảo", "hội nghị, hội thảo quốc tế", "Số dòng của mục trong biểu.",
    lambda rows: Measured(len(rows), rows), "Đề cương năm 2020, I.4", compared=True,
)  # fmt: skip
CONFERENCES = (
    COUNT,
    Measure(
        "vietnamese_delegates", "số lượt đại biểu Việt Nam", "đại biểu", "Tổng cột đại biểu Việt Nam.",
        lambda rows: summed(rows, _vietnamese, "hội nghị, hội thảo"), "Đề cương năm 2020, I.4", compared=True,
    ),
    Measure(
        "foreign_delegates", "số lượt đại biểu nước ngoài", "đại biểu",
        "Tổng cột đại biểu nước ngoài: số tổng đã ghi, nếu không ghi thì tổng theo nước.",
        lambda rows: summed(rows, _foreign, "hội nghị, hội thảo"), "Đề cương năm 2020, I.4", compared=True,
    ),
    _DAYS, AGENCIES, AMOUNTS,
)  # fmt: skip

TRIP_GROUPINGS = (BY_COUNTRY, BY_NATURE, BY_AGENCY, BY_MONTH)
_PLAN_GROUPINGS = (BY_COUNTRY, BY_NATURE, BY_AGENCY, BY_QUARTER, BY_SOURCE)
_TRIPS = (("Số đoàn", "delegations"), ("Lượt người", "persons"))
_EVENTS = (("Số hội nghị, hội thảo", "count"),)
_EVENT = "hội nghị, hội thảo"

SUBJECTS = (
    Subject(
        "out", "Đoàn ra", RealisedTrip, Direction.OUT, Stage.REALISED, _REALISED_TRIPS, TRIP_GROUPINGS, _TRIPS,
        money=True,
    ),
    Subject(
        "in", "Đoàn vào", RealisedTrip, Direction.IN, Stage.REALISED, _REALISED_TRIPS, TRIP_GROUPINGS, _TRIPS,
        money=True,
    ),
    Subject(
        "conferences", "Hội nghị, hội thảo quốc tế", Conference, Direction.HERE, Stage.REALISED, CONFERENCES,
        (BY_AGENCY, BY_MONTH), _EVENTS, _EVENT, money=True,
    ),
    Subject(
        "plan.out", "Kế hoạch đoàn ra", PlannedTrip, Direction.OUT, Stage.PLANNED, _PLANNED_TRIPS, _PLAN_GROUPINGS,
        _TRIPS, planning="đoàn ra", money=True,
    ),
    Subject(
        "plan.in", "Kế hoạch đoàn vào", PlannedTrip, Direction.IN, Stage.PLANNED, _PLANNED_TRIPS, _PLAN_GROUPINGS,
        _TRIPS, planning="đoàn vào", money=True,
    ),
    Subject(
        "plan.conferences", "Dự kiến hội nghị, hội thảo quốc tế", Conference, Direction.HERE, Stage.PLANNED,
        uncompared(CONFERENCES), (BY_AGENCY, BY_QUARTER), _EVENTS, _EVENT, planning=_EVENT, money=True,
    ),
)  # fmt: skip
