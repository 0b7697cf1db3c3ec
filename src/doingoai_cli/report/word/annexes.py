"""Annexes (phụ lục): the forms' rows as tables, and who has reported; each in a landscape section of its own."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from doingoai_cli.model.consolidated import AgencyState, AgencyStatus, Consolidated, ConsolidatedRow
from doingoai_cli.model.forms import FormCatalogue, FormSpec, SectionSpec, fill_years
from doingoai_cli.model.records import RealisedTrip, Record
from doingoai_cli.report.figures.compute import Figures
from doingoai_cli.report.figures.measures import Rows, Subject
from doingoai_cli.report.figures.selection import Selection, in_time, unreported
from doingoai_cli.report.figures.subjects import subject_of
from doingoai_cli.report.outline import AGENCIES, AnnexSpec, Outline
from doingoai_cli.report.placeholders import placeholder
from doingoai_cli.report.word.decree30 import LANDSCAPE
from doingoai_cli.report.word.markup import Align, text_paragraph
from doingoai_cli.report.word.tables import ANNEX, TableCell, TableColumn, table
from doingoai_cli.report.word.text_width import levelled, shared, width_mm
from doingoai_cli.vietnamese.numbers import roman
from doingoai_cli.vietnamese.report_phrases import in_one_line, number, short_date

_CENTRED_FIELDS = frozenset({"ordinal", "members", "days", "in_plan", "off_plan", "vietnamese_delegates"})
_TICKS = {"in_plan": True, "off_plan": False}
_YEAR = "NĂM {Y-1}"
_DAYS = re.compile(r"TỪ 15/12/\{Y-2\} ĐẾN 14/12/\{Y-1\}")
_BREAK = re.compile(r"(?<=\d[-–—])(?=\d)")  # a line may end within "22/11-26/11/2025"
_ORDINAL = re.compile(r"^[IVX]+\. ")
_AGENCY_COLUMN = TableColumn("Cơ quan, đơn vị", 16)
_NONE = "(Không có)"
_HEAD_SIZE = 10
_CELL_PADDING_MM = 3.0
_WIDER_FONTS = 1.06
"""Fonts that stand in for letters with two marks are wider."""
_LONGEST_WORD_MM = 60.0
"""What is longer than this is no word and may be broken."""
_ROWS_SEEN = 100
"""Rows by whose texts the columns get their widths."""


class Annex(NamedTuple):
    """One annex: its number ("Phụ lục I"), title and content."""

    label: str
    title: str
    body: str


def annex_label(outline: Outline, form: str) -> str:
    """How the body cites the annex of a form: "Phụ lục I"; "Phụ lục" where there is only one."""
    forms = [annex.form for annex in outline.annexes]
    if form not in forms:
        return "Phụ lục"
    return f"Phụ lục {roman(forms.index(form) + 1)}" if len(forms) > 1 else "Phụ lục"


def in_use(outline: Outline, figures: Figures, catalogue: FormCatalogue) -> Outline:
    """The outline without the annexes of forms that the province does not use."""
    used = tuple(annex for annex in outline.annexes if not annex.if_used or _is_used(annex, figures, catalogue))
    return outline.model_copy(update={"annexes": used})


def _is_used(annex: AnnexSpec, figures: Figures, catalogue: FormCatalogue) -> bool:
    form = catalogue.of_form(annex.form)
    subjects = (subject_of(form, section) for section in [s.id for s in form.sections] or [""])
    return any(subject.id in figures.used for subject in subjects if subject)


def annexes(
    outline: Outline,
    figures: Figures,
    consolidated: Consolidated,
    catalogue: FormCatalogue,
    titles: tuple[str, ...],
    province: str,
) -> Iterator[Annex]:
    """The annexes of an outline, in its order; `titles` are its own titles, filled in ("" for the form's)."""
    months = figures.window.months
    for spec, title in zip(outline.annexes, titles, strict=True):
        label = annex_label(outline, spec.form)
        if spec.form == AGENCIES:
            yield Annex(label, title or "TÌNH HÌNH GỬI BÁO CÁO", _agencies(consolidated.agencies_in(months)))
            continue
        form = catalogue.of_form(spec.form)
        name = title or fill_years(form.title, figures.cycle, province)
        others = {annex.form for annex in outline.annexes} - {spec.form}
        yield Annex(label, name, _form(form, spec, figures, province, others))


def _form(form: FormSpec, spec: AnnexSpec, figures: Figures, province: str, others: Collection[str]) -> str:
    """The rows of the form's kind, those of another form of that kind too, where it has no annex of its own."""
    rows: list[list[str | TableCell]] = []
    notes: list[str] = []
    for section in form.sections or (None,):
        if section and spec.section and section.id != spec.section:
            continue
        subject = subject_of(form, section.id if section else "")
        assert subject is not None, "an outline's annexes are checked when it is loaded"
        selection = _listed(figures.selections[subject.id], others)
        if section:
            head = _section_head(section, figures, subject)
            head = fill_years(_ORDINAL.sub("", head) if spec.section else head, figures.cycle, province)
            rows.append([TableCell(head, len(form.columns) + 1, bold=True, align=Align.LEFT)])
        listed = in_time(selection.counted) if spec.by_time else selection.counted
        rows += _records(form, listed, selection)
        if section and section.total and selection.reported:
            rows.append(_total(form, section, selection.counted))
        notes += _aside(subject, selection)
    body = table(_columns(form, rows), rows, ANNEX, description=f"Mẫu {form.form}")
    return body + "".join(text_paragraph("BodyText", note) for note in notes)


def _section_head(section: SectionSpec, figures: Figures, subject: Subject) -> str:
    """A section's title; one of what took place names the report's window, not the whole year."""
    if subject.planned:
        return section.title
    window = subject.window(figures.window)
    head = section.title.replace(_YEAR, window.label.upper())
    return _DAYS.sub(f"TỪ {short_date(window.start)} ĐẾN {short_date(window.end)}", head)


def _listed(selection: Selection, others: Collection[str]) -> Selection:
    """The rows of a selection that have no annex of their own."""

    def own(rows: Rows) -> Rows:
        return tuple(row for row in rows if row.record.form not in others)

    return selection._replace(
        counted=own(selection.counted), left_out=own(selection.left_out), undated=own(selection.undated),
        outside=own(selection.outside),
    )  # fmt: skip


def _columns(form: FormSpec, rows: Sequence[Sequence[str | TableCell]]) -> list[TableColumn]:
    """The form's columns and the agency's, wide enough to keep rows low; no word or number is broken."""
    columns = [
        TableColumn(
            c.label, c.width, Align.CENTER if c.field in _CENTRED_FIELDS else Align.LEFT, c.group, c.number
        )
        for c in form.columns
    ]
    columns.append(_AGENCY_COLUMN)
    texts = [[cell if isinstance(cell, str) else cell.text for cell in row] for row in rows]
    whole = [row for row in texts if len(row) == len(columns)]
    cells = zip(*whole, strict=True) if whole else ((),) * len(columns)
    needed = [_narrowest(column.label, told) for column, told in zip(columns, cells, strict=True)]
    if whole and sum(needed) < LANDSCAPE.room:
        seen = whole[:: len(whole) // _ROWS_SEEN + 1]
        runs = {text: width_mm(text, _HEAD_SIZE) for row in seen for text in row}
        widths = levelled(LANDSCAPE.room, needed, [[runs[text] for text in row] for row in seen])
    else:
        widths = shared(LANDSCAPE.room, [column.width for column in columns], needed)
    return [column._replace(width=width) for column, width in zip(columns, widths, strict=True)]


def _narrowest(label: str, texts: Iterable[str]) -> float:
    """How many millimetres the longest of the words in a column needs."""
    words = {*label.split(), *_BREAK.sub(" ", " ".join(set(texts))).split()}
    longest = max((width_mm(word, _HEAD_SIZE) for word in words), default=0)
    return min(longest * _WIDER_FONTS, _LONGEST_WORD_MM) + _CELL_PADDING_MM


def _records(form: FormSpec, rows: Rows, selection: Selection) -> list[list[str | TableCell]]:
    if not rows:
        nobody = placeholder(unreported([form.form], selection))
        width = len(form.columns) + 1
        return [[TableCell(_NONE, width) if selection.reported else TableCell(nobody, width, missing=True)]]
    fields = [c.field for c in form.columns]
    return [[*_texts(row, i, fields), row.agency] for i, row in enumerate(rows, 1)]


def _texts(row: ConsolidatedRow, ordinal: int, fields: list[str]) -> Iterator[str]:
    planned = row.record.planned if isinstance(row.record, RealisedTrip) else None
    for field in fields:
        if field in _TICKS and planned is not None:  # a layout with one column says "Ngoài KH" in words
            yield "X" if planned is _TICKS[field] else ""
        else:
            yield str(ordinal) if field == "ordinal" else row.record.text(field)


def _total(form: FormSpec, section: SectionSpec, rows: Rows) -> list[str | TableCell]:
    """The closing row of a section: the sums of what can be read."""
    before = next(i for i, c in enumerate(form.columns) if c.field in section.total_fields)
    cells: list[str | TableCell] = [TableCell(section.total, before, bold=True)]
    for column in form.columns[before:]:
        summed = column.field in section.total_fields
        text = number(_sum(rows, column.field)) if summed else ""
        cells.append(TableCell(text, bold=True, align=Align.CENTER))
    return [*cells, ""]


def _sum(rows: Rows, field: str) -> int:
    values = (getattr(row.record, field, None) for row in rows)
    return sum(max(getattr(v, "total", None) or getattr(v, "value", None) or 0, 0) for v in values)


def _aside(subject: Subject, selection: Selection) -> Iterator[str]:
    """What the table does not list, so that no row goes unsaid."""
    private = tuple(row for row in selection.left_out if row.counted)
    if refused := selection.refused:
        apart = "Không đưa vào kế hoạch" if subject.planned else "Không tính"
        yield f"{apart} theo kết quả thẩm định {_named(refused)}."
    if private:
        yield f"Không thống kê (điểm (ii), (iii) Lưu ý về đoàn ra, đoàn vào) {_named(private)}."
    if selection.outside:
        yield f"Ngoài kỳ báo cáo, không tính {_named(selection.outside, subject.time_said)}."
    if selection.undated:
        yield f"Thời gian thực hiện chưa rõ, chưa tính vào kỳ báo cáo {_named(selection.undated)}."


def _named(rows: Rows, dated: Callable[[Record], str] = lambda _: "") -> str:
    said = []
    for row in rows:
        name, when = in_one_line(row.record.text("name")) or "không ghi tên", dated(row.record)
        said.append(f"{name} ({row.agency}{', ' if when else ''}{when})")
    return f"{number(len(rows))} dòng: {'; '.join(said)}"


_STATUS_COLUMNS = (
    TableColumn("TT", 6, Align.CENTER),
    TableColumn("Cơ quan", 50),
    TableColumn("Ngày gửi", 18, Align.CENTER),
    TableColumn("Ghi chú", 40),
)


def _agencies(statuses: tuple[AgencyStatus, ...]) -> str:
    """Which agencies have reported and which have not, each group in the roster's order."""
    named = [s for s in statuses if s.name.strip()]
    received = [s for s in named if s.state is not AgencyState.MISSING]
    missing = [s for s in named if s.state is AgencyState.MISSING]
    rows: list[list[str | TableCell]] = []
    for heading, group in (("Đã gửi báo cáo", received), ("Chưa gửi báo cáo", missing)):
        said = f"{heading}: {number(len(group))} cơ quan, đơn vị"
        rows.append([TableCell(said, len(_STATUS_COLUMNS), bold=True, align=Align.LEFT)])
        rows += [
            [str(i), s.name, day, _NO_FORM if day and group is missing else _REMARKS.get(s.state, "")]
            for i, s in enumerate(group, 1)
            for day in (s.received.partition(" ")[0],)
        ]
    return table(_STATUS_COLUMNS, rows, ANNEX, description="Tình hình gửi báo cáo")


_NO_FORM = "Tệp đã gửi không đọc được hoặc không có biểu mẫu"
_REMARKS = {
    AgencyState.MISSING: "Chưa gửi",
    AgencyState.LATE: "Gửi muộn",
    AgencyState.UNLISTED: "Ngoài danh sách",
    AgencyState.THROUGH: "Gửi qua cấp dưới",
}
