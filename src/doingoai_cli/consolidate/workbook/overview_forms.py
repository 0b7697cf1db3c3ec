"""The overview's first tables (số liệu chung): what the rows of each form come to, and which are not counted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from doingoai_cli.consolidate.workbook import counted_columns, overview_counts
from doingoai_cli.consolidate.workbook.book import Formula, Value
from doingoai_cli.consolidate.workbook.form_sheet import FormSheet
from doingoai_cli.consolidate.workbook.overview_blocks import YEAR, OverviewPage, rows_of, sum_of
from doingoai_cli.model.counting import Standing
from doingoai_cli.model.forms import Direction, FormSpec, SectionSpec, Stage, fill_years, in_sentence_case
from doingoai_cli.model.records import Conference, OfficialTrip, Trip


def short_name(spec: FormSpec) -> str:
    """ "Đoàn ra kế hoạch (02.A)"."""
    side = {Direction.OUT: "Đoàn ra", Direction.IN: "Đoàn vào"}.get(spec.direction or Direction.HERE, "")
    stage = "kế hoạch" if spec.stage is Stage.PLANNED else "đã thực hiện"
    return f"{side} {stage} ({spec.form})"


def printed_name(spec: FormSpec) -> str:
    """ "Mẫu 01.A"; by its code where a form prints none."""
    return spec.label or f"Mẫu {spec.form}"


def add_forms(page: OverviewPage, forms: Mapping[str, FormSheet], cycle: int) -> None:
    """What each form comes to: delegations, conferences, agreements, aid, awards."""
    page.heading("1. Số liệu chung")
    trips = [f for f in forms.values() if issubclass(f.spec.record_model, Trip | OfficialTrip)]
    page.table(
        ("Nội dung", YEAR, "Số đoàn", "Lượt người", "Trong KH", "Ngoài KH", "Chưa rõ loại", *_APART[:2]),
        [_trip_line(sheet, cycle) for sheet in trips],
    )
    conferences = [f for f in forms.values() if issubclass(f.spec.record_model, Conference)]
    lines = [line for sheet in conferences for line in _conference_lines(sheet, cycle)]
    if lines:
        page.gap()
        page.table(
            (
                "Nội dung",
                YEAR,
                "Số hội nghị, hội thảo",
                "Đại biểu Việt Nam",
                "Đại biểu nước ngoài",
                "Số ngày",
                *_APART,
            ),
            lines,
        )
    others = [f for f in forms.values() if not issubclass(f.spec.record_model, Trip | OfficialTrip | Conference)]
    lines = [line for sheet in others for line in _other_lines(sheet, cycle)]
    if lines:
        page.gap()
        page.table(("Nội dung", YEAR, "Số lượng", "Giá trị (USD)", *_APART), lines)
    if any(sum(sheet.facts.counted) > len(sheet.counted) for sheet in forms.values()):
        page.line((_APART_SAID,), ("line",))


_APART = ("Không tính", "Ngoài kỳ", "Chưa rõ ngày")
_APART_SAID = (
    "Ngoài kỳ: thời gian thực hiện ở ngoài năm báo cáo; chưa rõ ngày: biểu tính theo ngày mà ô ngày không đọc "
    "được. Các dòng này không vào số liệu nào; báo cáo nêu tên từng dòng."
)


def _apart(sheet: FormSheet, inside: Sequence[tuple[str, str]] = (), section: str = "") -> tuple[Formula, ...]:
    """The rows that are not counted: left out, of another year, without a day (`_APART`)."""
    stands = [
        (counted, counts.standing)
        for counted, counts in zip(sheet.facts.counted, sheet.facts.counts, strict=True)
        if not section or counts.section == section
    ]
    stated = counted_columns.STANDING in sheet.columns

    def formula(counts: bool, standing: Standing) -> Formula:
        where = [(counted_columns.STANDING, str(int(standing)))] if stated else []
        counted = counted_columns.APART if counts else 0
        return rows_of(sheet).over([*inside, *where], stands.count((counts, standing)), counted=counted)

    left_out = formula(False, Standing.INSIDE)
    return left_out, formula(True, Standing.OUTSIDE), formula(True, Standing.UNDATED)


def _other_lines(sheet: FormSheet, cycle: int) -> Iterator[list[Value]]:
    """Agreements, aid, awards: how many rows of each section count, and what they come to in dollars."""
    spec = sheet.spec
    for section in spec.sections or (None,):
        named = fill_years(f"{_summary(section or spec)} ({printed_name(spec)})", cycle)
        yield [named, *_counts_of(sheet, cycle, section, (counted_columns.USD,))]


def _counts_of(
    sheet: FormSheet, cycle: int, section: SectionSpec | None, summed: Sequence[str]
) -> Iterator[Value]:
    """The year of a section's rows (None: all rows), how many count, what they come to, what is not counted."""
    inside = [(counted_columns.SECTION, f'"{section.id}"')] if section else []
    name = section.id if section else ""
    rows = [counts for counts in sheet.counted_as if not name or counts.section == name]
    yield sheet.spec.rows_year(cycle, name)
    yield rows_of(sheet).formula(inside, rows)
    for column in summed:
        yield sum_of(column, sheet).formula(inside, rows) if column in sheet.columns else None
    yield from _apart(sheet, inside, name)


def _summary(spec: SectionSpec | FormSpec) -> str:
    """What the rows are; a title in capitals where a form of the province's own does not say it."""
    return spec.summary or in_sentence_case(spec.title.split(". ", 1)[-1])


def _trip_line(sheet: FormSheet, cycle: int) -> list[Value]:
    rows = sheet.counted_as
    spec = sheet.spec
    has_persons = counted_columns.PERSONS in sheet.columns
    line: list[Value] = [
        short_name(spec)
        if issubclass(spec.record_model, Trip)
        else fill_years(f"{_summary(spec)} ({printed_name(spec)})", cycle),
        spec.rows_year(cycle),
        rows_of(sheet).formula((), rows),
        sum_of(counted_columns.PERSONS, sheet).formula((), rows) if has_persons else None,
    ]
    if counted_columns.PLAN in sheet.columns:
        kinds = Counter(counts.plan for counts in rows)
        line += [
            rows_of(sheet).over([(counted_columns.PLAN, str(kind))], kinds[kind])
            for kind in (overview_counts.IN_PLAN, overview_counts.OFF_PLAN, 0)
        ]
    else:
        line += [None, None, None]
    return [*line, *_apart(sheet)[:2]]


def _conference_lines(sheet: FormSheet, cycle: int) -> Iterator[list[Value]]:
    summed = (counted_columns.VIETNAMESE, counted_columns.FOREIGN, counted_columns.DAYS)
    for section in sheet.spec.sections:
        stage = "dự kiến" if section.stage is Stage.PLANNED else "đã tổ chức"
        named = f"Hội nghị, hội thảo {stage} ({sheet.spec.form}, mục {section.id})"
        yield [named, *_counts_of(sheet, cycle, section, summed)]
