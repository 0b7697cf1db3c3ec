"""What is measured, and how: each measure with its definition and the clause that asks for it.

A figure's id is scope, subject and measure: `out.delegations`, `cumulated.in.persons`, `plan.out.delegations`.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import delegates, persons
from doingoai_cli.model.forms import Direction, FormCatalogue, FormSpec, Stage
from doingoai_cli.model.records import Conference, PlannedTrip, RealisedTrip, Record, Trip
from doingoai_cli.vietnamese.money.amounts import Money
from doingoai_cli.vietnamese.phrases import number
from doingoai_cli.vietnamese.purposes import joined

Rows = tuple[ConsolidatedRow, ...]


class Measured(NamedTuple):
    """A measure's value with the rows behind it; None where nothing can be read, `note` says how much was."""

    value: int | Decimal | None
    rows: Rows
    note: str = ""


class Measure(NamedTuple):
    """One thing that is counted of a set of rows."""

    id: str
    label: str
    unit: str
    definition: str
    of: Callable[[Rows], Measured]
    clause: str = ""
    compared: bool = False
    """Whether the report compares it with the year before."""


class Subject(NamedTuple):
    """A set of rows that is measured: those whose forms say that they hold records of this kind."""

    id: str
    label: str
    model: type[Record]
    direction: Direction
    stage: Stage
    measures: tuple[Measure, ...]

    @property
    def planned(self) -> bool:
        """Whether its rows are a plan for the coming year."""
        return self.stage is Stage.PLANNED

    def measure(self, measure_id: str) -> Measure:
        """The measure with that id."""
        return next(m for m in self.measures if m.id == measure_id)


def _those(rows: Rows, test: Callable[[ConsolidatedRow], bool]) -> Measured:
    chosen = tuple(row for row in rows if test(row))
    return Measured(len(chosen), chosen)


def _summed(rows: Rows, value: Callable[[ConsolidatedRow], int | None], what: str) -> Measured:
    """The sum of what can be read, with "đọc được n/m" where something cannot."""
    read = tuple((row, v) for row in rows if (v := value(row)) is not None)
    note = "" if len(read) == len(rows) else f"đọc được {number(len(read))}/{number(len(rows))} {what}"
    total = None if rows and not read else sum(v for _, v in read)
    return Measured(total, tuple(row for row, _ in read), note)


def members_of(row: ConsolidatedRow) -> int | None:
    """The persons of a delegation; None where the cell gives no number of at least 1."""
    return persons(row.record) or None


def money_of(row: ConsolidatedRow) -> Money:
    """The money cell of a row: Kinh phí, Nguồn kinh phí or Tổng kinh phí."""
    record = row.record
    if isinstance(record, RealisedTrip):
        return record.cost
    if isinstance(record, PlannedTrip):
        return record.funding
    return record.budget if isinstance(record, Conference) else Money("")


def is_joined(row: ConsolidatedRow, province: str = "") -> bool:
    """Whether `province` only joined the delegation."""
    record = row.record
    return isinstance(record, Trip) and joined(record.name, record.nature, record.activities, province)


def _own(rows: Rows, province: str = "") -> Measured:
    return _those(rows, lambda row: not is_joined(row, province))


def _joined(rows: Rows, province: str = "") -> Measured:
    return _those(rows, lambda row: is_joined(row, province))


def measured_for(measure: Measure, province: str) -> Callable[[Rows], Measured]:
    """How a measure counts for a province: who led a delegation depends on whose it is."""
    by_province = {"own": _own, "joined": _joined}.get(measure.id)
    return partial(by_province, province=province) if by_province else measure.of


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


def countries_of(row: ConsolidatedRow) -> tuple[str, ...]:
    """The countries of a delegation, as ISO 3166 codes; empty where none is recognised."""
    return row.record.countries.countries if isinstance(row.record, Trip) else ()


def _different(rows: Rows, of: Callable[[ConsolidatedRow], Iterable[str]]) -> Measured:
    return Measured(len({item for row in rows for item in of(row)}), rows)


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
    lambda rows: _summed(rows, members_of, "đoàn"), _K1, compared=True,
)  # fmt: skip
_OWN = Measure(
    "own", "đoàn do địa phương chủ trì", "đoàn",
    "Các đoàn còn lại sau khi trừ số đoàn tham gia.",
    _own, f"{_K1}, Lưu ý (i)",
)  # fmt: skip
_JOINED = Measure(
    "joined", "đoàn tham gia do cơ quan Trung ương hoặc địa phương khác chủ trì", "đoàn",
    "Tên đoàn, danh nghĩa hoặc nội dung nêu cơ quan Trung ương tổ chức, hoặc “tháp tùng”; hoặc nêu một tỉnh, "
    "thành phố khác tổ chức.",
    _joined, f"{_K1}, Lưu ý (i)",
)  # fmt: skip
_COUNTRIES = Measure(
    "countries", "số nước, vùng lãnh thổ", "nước",
    "Số nước khác nhau nhận ra được trong cột nước của các đoàn được tính.",
    lambda rows: _different(rows, countries_of),
)  # fmt: skip
_AGENCIES = Measure(
    "agencies", "số cơ quan, đơn vị", "cơ quan",
    "Số cơ quan, đơn vị khác nhau có dòng được tính.",
    lambda rows: _different(rows, lambda row: (row.agency_key or row.agency,)),
)  # fmt: skip
_AMOUNTS = Measure(
    "amounts_read", "số dòng đọc được kinh phí", "dòng",
    "Số dòng mà ô kinh phí cho biết ít nhất một số tiền; các dòng khác không được đoán.",
    lambda rows: _those(rows, lambda row: bool(money_of(row).amounts)),
)  # fmt: skip
_DAYS = Measure(
    "days", "tổng số ngày", "ngày", "Tổng cột Số ngày; ô không đọc được thì không cộng và được nêu rõ.",
    lambda rows: _summed(rows, _days, "dòng"),
)  # fmt: skip
_REALISED_TRIPS = (
    DELEGATIONS,
    PERSONS,
    Measure(
        "in_plan", "đoàn trong kế hoạch", "đoàn", "Các đoàn chỉ đánh dấu Trong KH.",
        lambda rows: _those(rows, lambda row: _planned(row) is True), _K1,
    ),
    Measure(
        "off_plan", "đoàn ngoài kế hoạch", "đoàn", "Các đoàn chỉ đánh dấu Ngoài KH.",
        lambda rows: _those(rows, lambda row: _planned(row) is False), _K1,
    ),
    Measure(
        "plan_unclear", "đoàn chưa rõ trong hay ngoài kế hoạch", "đoàn",
        "Các đoàn đánh dấu cả hai ô hoặc không ô nào (TH01).",
        lambda rows: _those(rows, lambda row: _planned(row) is None), _K1,
    ),
    _OWN, _JOINED, _COUNTRIES, _AGENCIES, _AMOUNTS,
)  # fmt: skip
_PLANNED_TRIPS = (
    DELEGATIONS._replace(
        definition="Số dòng của kế hoạch, trừ các dòng thẩm định “Không đồng ý”.",
        clause="Đề cương năm 2020, III.2", compared=False,
    ),
    PERSONS._replace(clause="Đề cương năm 2020, III.2", compared=False),
    _DAYS, _OWN, _JOINED, _COUNTRIES, _AGENCIES, _AMOUNTS,
)  # fmt: skip
COUNT = Measure(
    "count", "số hội nghị, hội thảo", "hội nghị, hội thảo quốc tế", "Số dòng của mục trong biểu.",
    lambda rows: Measured(len(rows), rows), "Đề cương năm 2020, I.4", compared=True,
)  # fmt: skip
_CONFERENCES = (
    COUNT,
    Measure(
        "vietnamese_delegates", "số lượt đại biểu Việt Nam", "đại biểu", "Tổng cột đại biểu Việt Nam.",
        lambda rows: _summed(rows, _vietnamese, "hội nghị, hội thảo"), "Đề cương năm 2020, I.4", compared=True,
    ),
    Measure(
        "foreign_delegates", "số lượt đại biểu nước ngoài", "đại biểu",
        "Tổng cột đại biểu nước ngoài: số tổng đã ghi, nếu không ghi thì tổng theo nước.",
        lambda rows: _summed(rows, _foreign, "hội nghị, hội thảo"), "Đề cương năm 2020, I.4", compared=True,
    ),
    _DAYS, _AGENCIES, _AMOUNTS,
)  # fmt: skip

SUBJECTS = (
    Subject("out", "Đoàn ra", RealisedTrip, Direction.OUT, Stage.REALISED, _REALISED_TRIPS),
    Subject("in", "Đoàn vào", RealisedTrip, Direction.IN, Stage.REALISED, _REALISED_TRIPS),
    Subject(
        "conferences", "Hội nghị, hội thảo quốc tế", Conference, Direction.HERE, Stage.REALISED, _CONFERENCES
    ),
    Subject("plan.out", "Kế hoạch đoàn ra", PlannedTrip, Direction.OUT, Stage.PLANNED, _PLANNED_TRIPS),
    Subject("plan.in", "Kế hoạch đoàn vào", PlannedTrip, Direction.IN, Stage.PLANNED, _PLANNED_TRIPS),
    Subject(
        "plan.conferences", "Dự kiến hội nghị, hội thảo quốc tế", Conference, Direction.HERE, Stage.PLANNED,
        tuple(measure._replace(compared=False) for measure in _CONFERENCES),
    ),
)  # fmt: skip
REALISED = tuple(subject for subject in SUBJECTS if not subject.planned)
PLANS = tuple((s, p) for s in REALISED for p in SUBJECTS if p.id == f"plan.{s.id}" and s.id != "conferences")
"""Each direction with its plan."""


def subject_of(spec: FormSpec, section: str = "") -> Subject | None:
    """The subject that counts the rows of a form (or of one section of it); None where no figure does."""
    role = spec.role(section)
    found = (s for s in SUBJECTS if (s.direction, s.stage) == role[1:] and issubclass(role.model, s.model))
    return next(found, None)


def forms_of(subject: Subject, catalogue: FormCatalogue) -> tuple[str, ...]:
    """The codes of the forms that a subject counts rows of."""
    specs = ((form, catalogue.of_form(form)) for form in catalogue.forms())
    return tuple(
        form
        for form, spec in specs
        if any(subject_of(spec, section) is subject for section in [s.id for s in spec.sections] or [""])
    )
