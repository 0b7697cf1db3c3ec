"""The lists beside the form sheets: findings, who has sent, the ledger."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.consolidation import Consolidation, SheetLayout
from doingoai_cli.consolidate.workbook.book import (
    FIT,
    LIST_FIRST,
    LIST_HEAD,
    BookRow,
    BookSheet,
    Filter,
    Link,
    RowsMade,
    SheetText,
    Value,
    cell,
)
from doingoai_cli.consolidate.workbook.form_sheet import FormSheet
from doingoai_cli.consolidate.workbook.heights import heading_height
from doingoai_cli.model.consolidated import NO_AGENCY, AgencyState
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.grid import quoted
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.vietnamese.numbers import format_number

_NO_LAYOUT = SheetLayout()


_COLOURS: Mapping[str, tuple[str, ...]] = {
    "#C00000": (ListSheet.FINDINGS, "Trùng nhau", "Liên quan"),
    "#548235": (ListSheet.STATUS, "Theo khối"),
    "#7F7F7F": (
        ListSheet.LEDGER, ListSheet.SUPERSEDED, ListSheet.CHANGES, ListSheet.WITHDRAWN, ListSheet.DROPPED,
    ),
    "#BF8F00": (ListSheet.PAIRING, ListSheet.PLAN_CHANGES),
    "#BF9000": (ListSheet.NOTES,),
}  # fmt: skip
_TABS = {name: colour for colour, names in _COLOURS.items() for name in names}


class Heading(NamedTuple):
    """A column of a list."""

    text: str
    width: float
    style: str = "text"


def list_sheet(
    name: str,
    title: str,
    subtitle: str,
    headings: Sequence[Heading],
    rows: Iterable[BookRow | Sequence[Value]],
    layout: SheetLayout = _NO_LAYOUT,
) -> BookSheet:
    """A plain list with a title, ready to print; rows are values, or `BookRow`s where their styles differ."""
    styles = tuple(h.style for h in headings)
    widths = tuple(layout.widths.get(h.text, h.width) for h in headings)
    shown = sum(1 for h in headings if h.style != "hidden")
    written = rows if isinstance(rows, RowsMade) else [_fitted(row, styles) for row in rows]
    right = len(headings) - 1
    places = {h.text: i for i, h in enumerate(headings)}
    return BookSheet(
        name=name,
        widths=widths,
        rows=written,
        first_row=LIST_FIRST,
        fitted=shown,
        blocks=(
            SheetText(0, 0, 0, right, title, "title"),
            SheetText(1, 0, 1, right, subtitle, "subtitle"),
            *(SheetText(LIST_HEAD, i, LIST_HEAD, i, h.text, "head") for i, h in enumerate(headings)),
        ),
        heights={0: 24.0, 1: 18.0, LIST_HEAD: heading_height([h.text for h in headings[:shown]], widths)},
        repeat=(LIST_HEAD, LIST_HEAD),
        freeze=(LIST_FIRST, 0),
        filter=Filter(
            LIST_HEAD,
            LIST_FIRST + max(len(written), 1) - 1,
            right,
            {places[h]: shown for h, shown in layout.filters.items() if h in places},
        ),
        tab=_TABS.get(name),
    )


def _fitted(row: BookRow | Sequence[Value], styles: tuple[str, ...]) -> BookRow:
    return row._replace(height=FIT) if isinstance(row, BookRow) else BookRow(tuple(row), styles, FIT)


# --- Vi phạm -----------------------------------------------------------------------------------------------

_FINDING_HEADINGS = (
    Heading("TT", 5, "centre"), Heading("Mức độ", 10, "centre"), Heading("Mã", 7, "centre"),
    Heading("Cơ quan", 15), Heading("Mẫu", 6, "centre"), Heading("TT trong mẫu", 7, "centre"),
    Heading("Dòng trong sổ", 15, "link"), Heading("Nội dung", 34), Heading("Cách khắc phục", 28),
    Heading("Căn cứ", 30), Heading("Giá trị đã ghi", 14), Heading("Nguồn", 16, "small"), Heading("Miễn trừ", 10),
)  # fmt: skip


def findings_sheet(consolidation: Consolidation, forms: Mapping[str, FormSheet], layout: SheetLayout) -> BookSheet:
    """Every finding, waived ones too, each linked to its row."""

    def made() -> Iterator[BookRow]:
        record_of = {number: rid for rid, numbers in consolidation.by_record.items() for number in numbers}
        for number, finding in enumerate(consolidation.findings):
            yield _finding(number + 1, finding, _place(finding, record_of.get(number), forms))

    rows = RowsMade(len(consolidation.findings), made)
    standing = sum(1 for f in consolidation.findings if f.counts)
    subtitle = f"({format_number(standing)} mục; {format_number(len(rows) - standing)} mục được miễn trừ)"
    return list_sheet(ListSheet.FINDINGS, "DANH SÁCH VI PHẠM, LƯU Ý", subtitle, _FINDING_HEADINGS, rows, layout)


def _place(finding: Finding, record_id: str | None, forms: Mapping[str, FormSheet]) -> Link | None:
    sheet = forms.get(finding.form or "")
    row = sheet.facts.places.get(record_id) if sheet and record_id else None
    if sheet is None or row is None:
        return None
    fields = [column.field for column in sheet.spec.columns]
    col = fields.index(finding.field) if finding.field in fields else 0
    return Link(f"{quoted(sheet.sheet.name)}!{cell(row, col)}", f"{sheet.sheet.name}, dòng {row + 1}")


def _finding(number: int, finding: Finding, place: Link | None) -> BookRow:
    source = " · ".join(filter(None, (finding.file, finding.sheet, finding.cell)))
    waived = finding.waived
    until = f", đến {waived.until}" if waived and waived.until else ""
    values: tuple[Value, ...] = (
        number,
        finding.severity.word,
        finding.code,
        finding.agency,
        finding.form,
        finding.ordinal,
        place,
        finding.message,
        finding.fix,
        finding.citation,
        finding.value,
        source,
        f"{waived.reason} ({waived.approved_by}{until})" if waived else None,
    )
    styles = [h.style if place or h.style != "link" else "text" for h in _FINDING_HEADINGS]
    if finding.counts:
        styles[1] = f"centre.{finding.severity}"
    return BookRow(values, tuple(styles), FIT)


# --- Tình hình nộp, Nhật ký --------------------------------------------------------------------------------

MISSING_HEADING = "Mẫu còn thiếu"
STATUS_HEADINGS = (
    Heading("TT", 5, "centre"), Heading("Mã", 9, "centre"), Heading("Cơ quan, đơn vị", 36),
    Heading("Tình trạng", 15, "centre"), Heading("Thời gian nhận", 17, "centre"), Heading("Số tệp", 8, "number"),
    Heading("Số dòng", 9, "number"), Heading("Lỗi", 9, "number"), Heading("Cảnh báo", 9, "number"),
    Heading(MISSING_HEADING, 18),
)  # fmt: skip
_STATE_STYLES = {AgencyState.MISSING: "centre.error", AgencyState.LATE: "centre.warning"}


def status_sheet(consolidation: Consolidation, layout: SheetLayout) -> BookSheet:
    """Who has sent what and when, and how many findings it has."""
    agencies = consolidation.consolidated.agencies
    rows = []
    for number, a in enumerate(agencies, 1):
        styles = [h.style for h in STATUS_HEADINGS]
        styles[3] = _STATE_STYLES.get(a.state, "centre")
        values = (
            number, a.code, a.name or NO_AGENCY, a.state.value, a.received, a.files, a.rows, a.errors, a.warnings,
            ", ".join(a.missing_forms),
        )  # fmt: skip
        rows.append(BookRow(values, tuple(styles)))
    missing = sum(1 for a in agencies if a.state is AgencyState.MISSING)
    late = sum(1 for a in agencies if a.state is AgencyState.LATE)
    subtitle = f"(Chưa nộp: {format_number(missing)}; nộp muộn: {format_number(late)})"
    return list_sheet(ListSheet.STATUS, "TÌNH HÌNH NỘP BÁO CÁO", subtitle, STATUS_HEADINGS, rows, layout)


FILE_HEADING, RECEIVED_HEADING, ORDER_HEADING, FORMS_HEADING, DIGEST_HEADING = (
    "Tệp", "Thời gian nhận", "Căn cứ thứ tự", "Các mẫu", "SHA-256",
)  # fmt: skip
LEDGER_HEADINGS = (
    Heading("TT", 5, "centre"), Heading(FILE_HEADING, 26), Heading("Cơ quan, đơn vị", 20),
    Heading(RECEIVED_HEADING, 15, "centre"), Heading(ORDER_HEADING, 19), Heading(FORMS_HEADING, 13, "centre"),
    Heading("Số dòng đọc", 9, "number"), Heading("Số dòng tổng hợp", 10, "number"), Heading("Kết quả", 26),
    Heading("Gửi kèm trong", 22, "small"), Heading(DIGEST_HEADING, 22, "small"),
)  # fmt: skip


def ledger_sheet(consolidation: Consolidation, layout: SheetLayout) -> BookSheet:
    """Each file: what it is, what was read of it and what became of it."""
    rows: list[BookRow | Sequence[Value]] = [
        (
            number, f.path, f.agency, f.received, f.order, ", ".join(f.forms), f.rows_read, f.rows_merged,
            f.status, f.origin, f.sha256,
        )
        for number, f in enumerate(consolidation.files, 1)
    ]  # fmt: skip
    blank = (None,) * 3
    total = (None, "Tổng cộng", None, *blank, consolidation.rows_read, consolidation.rows_merged, *blank)
    rows.append(BookRow(total, ("total",) * len(total)))
    subtitle = f"(Bộ quy định: {consolidation.consolidated.pack or 'không áp dụng'})"
    return list_sheet(ListSheet.LEDGER, "NHẬT KÝ TỔNG HỢP", subtitle, LEDGER_HEADINGS, rows, layout)
