"""What no longer counts and is told all the same: rows and cells that were replaced, withdrawn, deleted rows."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from doingoai_cli.consolidate.consolidation import Consolidation
from doingoai_cli.consolidate.workbook.book import BookSheet, Value
from doingoai_cli.consolidate.workbook.columns import field_label
from doingoai_cli.consolidate.workbook.lists import Heading, list_sheet
from doingoai_cli.model.consolidated import NO_AGENCY, ConsolidatedRow
from doingoai_cli.model.findings import CHANGE_WORDS
from doingoai_cli.model.own_files import ListSheet, OwnColumn
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.numbers import format_number

DATA_COLUMN, DAY_COLUMN, BACK_COLUMN = "Dữ liệu", "Ngày bỏ", "Đưa lại (ghi x)"
_CELL = 30_000
"""Characters of a record's data in one cell; what is longer goes on in the next columns."""

_SUPERSEDED_HEADINGS = (
    Heading("TT", 5, "centre"), Heading("Mẫu", 7, "centre"), Heading("Cơ quan", 18),
    Heading("Tệp đã thay thế", 22),
    Heading("Dòng", 7, "centre"), Heading("Thay bằng", 22), Heading("Lý do", 16), Heading("Nội dung dòng", 60),
)  # fmt: skip


def superseded_sheet(consolidation: Consolidation) -> BookSheet | None:
    """The rows of superseded files and identical copies; None where there are none."""
    if not consolidation.replaced:
        return None
    rows: list[tuple[Value, ...]] = []
    for gone in consolidation.replaced:
        reason = "tệp trùng từng byte" if gone.identical else "bản nộp sau thay bản trước"
        for record in gone.rows or (None,):
            where, text = (
                (record.provenance.row, _in_one_line(record)) if record else (None, "(không có dòng nào)")
            )
            rows.append((len(rows) + 1, gone.form, gone.agency, gone.path, where, gone.by, reason, text))
    subtitle = "(Các dòng dưới đây được giữ để đối chiếu, không tính vào số liệu)"
    return list_sheet(ListSheet.SUPERSEDED, "CÁC DÒNG ĐÃ ĐƯỢC THAY THẾ", subtitle, _SUPERSEDED_HEADINGS, rows)


# --- what changed between the submissions of one agency (thay đổi giữa các bản nộp), cell by cell --------------

_CHANGE_HEADINGS = (
    Heading("TT", 5, "centre"), Heading("Cơ quan, đơn vị", 18), Heading("Mẫu", 7, "centre"),
    Heading("Bản trước", 20), Heading("Bản sau", 20), Heading("Thay đổi", 11, "centre"),
    Heading("TT trong mẫu", 8, "centre"),
    Heading("Tên đoàn, hội nghị", 28), Heading("Cột", 15), Heading("Ô", 8, "centre"), Heading("Trước", 26),
    Heading("Sau", 26),
)  # fmt: skip


def changes_sheet(consolidation: Consolidation) -> BookSheet | None:
    """Every cell that differs between two submissions (TK04); None where nothing was sent again."""
    rows = [(number, *line) for number, line in enumerate(_changes(consolidation), 1)]
    if not rows:
        return None
    subtitle = f"({format_number(len(rows))} thay đổi; ô ghi theo bản sau, dòng bỏ ghi theo bản trước)"
    return list_sheet(ListSheet.CHANGES, "THAY ĐỔI GIỮA CÁC BẢN NỘP", subtitle, _CHANGE_HEADINGS, rows)


def _changes(consolidation: Consolidation) -> Iterator[tuple[Value, ...]]:
    for finding in consolidation.findings:
        earlier = finding.related[0].file if finding.related else None
        for change in finding.details:
            label = field_label(change.field) if change.field else None
            yield (
                finding.agency, finding.form, earlier, finding.file, CHANGE_WORDS[change.kind],
                change.ordinal, change.name, label, change.cell, change.before, change.after,
            )  # fmt: skip


# --- rows that can come back ------------------------------------------------------------------------------

WITHDRAWN_HEADINGS = (
    Heading("TT", 5, "centre"), Heading("Mẫu", 7, "centre"), Heading(OwnColumn.AGENCY, 18),
    Heading("Nội dung dòng", 60), Heading(OwnColumn.SOURCE, 18, "small"), Heading(OwnColumn.OPINION, 12, "review"),
    Heading(OwnColumn.REMARK, 22, "review"), Heading(OwnColumn.CHANGE, 22, "review"),
    Heading(OwnColumn.ID, 16, "hidden"), Heading(OwnColumn.SEAL, 16, "hidden"), Heading(DATA_COLUMN, 16, "hidden"),
)  # fmt: skip


def withdrawn_sheet(consolidation: Consolidation) -> BookSheet | None:
    """Reviewed records that no submission holds any more, with their reviews; None where there are none."""
    if not consolidation.withdrawn:
        return None
    subtitle = "(Không còn trong bản nộp nào; ý kiến được giữ lại và trở về dòng của nó nếu được nộp lại)"
    title = "CÁC DÒNG ĐÃ THẨM ĐỊNH, NAY KHÔNG CÒN"
    rows = [((), row) for row in consolidation.withdrawn]
    return _with_data(ListSheet.WITHDRAWN, title, subtitle, WITHDRAWN_HEADINGS, rows)


DROPPED_HEADINGS = (
    *WITHDRAWN_HEADINGS[:3], Heading(DAY_COLUMN, 11, "centre"), Heading(BACK_COLUMN, 10, "review"),
    *WITHDRAWN_HEADINGS[3:],
)  # fmt: skip


def dropped_sheet(consolidation: Consolidation) -> BookSheet | None:
    """Rows that officers deleted, with the day and where they came from; None where there are none."""
    if not consolidation.dropped:
        return None
    subtitle = (
        "(Cán bộ đã xóa khỏi bảng; không tính vào số liệu. Đưa lại: ghi x ở cột “Đưa lại”, hoặc xóa dòng ở trang "
        "này, rồi tổng hợp lại)"
    )
    rows = [((dropped.day, None), dropped.row) for dropped in consolidation.dropped]
    return _with_data(ListSheet.DROPPED, "CÁC DÒNG CÁN BỘ ĐÃ BỎ", subtitle, DROPPED_HEADINGS, rows)


def _with_data(
    name: str,
    title: str,
    subtitle: str,
    headings: Sequence[Heading],
    rows: Sequence[tuple[tuple[Value, ...], ConsolidatedRow]],
) -> BookSheet:
    """A list of rows that can come back: their data stand in hidden columns at its right end."""
    packs = [packed(row) for _, row in rows]
    cells = [[text[at : at + _CELL] for at in range(0, len(text), _CELL)] for text in packs]
    most = max(map(len, cells))
    more = (Heading(f"{DATA_COLUMN} ({number})", 16, "hidden") for number in range(2, most + 1))
    lines: list[tuple[Value, ...]] = [
        (
            number, row.record.form, row.agency or NO_AGENCY, *own, _in_one_line(row.record), row.source,
            row.review.opinion, row.review.remark, row.change, row.record_id, row.seal, *data,
            *[None] * (most - len(data)),
        )
        for number, ((own, row), data) in enumerate(zip(rows, cells, strict=True), 1)
    ]  # fmt: skip
    sheet = list_sheet(name, title, subtitle, (*headings, *more), lines)
    return replace(sheet, hidden_from=len(headings) - 3)


def packed(row: ConsolidatedRow) -> str:
    """A record's texts, the sender's further columns and the officer's as JSON, for the way back."""
    texts = {f: row.record.text(f) for f in row.record.fields if row.record.text(f)}
    data: dict[str, dict[str, str]] = {"texts": texts, "extras": dict(row.extras), "sent": dict(row.record.extras)}
    if row.comments:
        data["comments"] = dict(row.comments)
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _in_one_line(record: Record) -> str:
    """A record's whole text on one line, field by field."""
    texts = [(field_label(f), " ".join(record.text(f).split())) for f in record.fields]
    texts += [(heading, " ".join(text.split())) for heading, text in record.extras.items()]
    return " | ".join(f"{label}: {text}" for label, text in texts if text)
