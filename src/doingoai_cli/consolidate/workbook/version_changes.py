"""What changed between the submissions of one agency (thay đổi giữa các bản nộp), cell by cell."""

from collections.abc import Iterator

from doingoai_cli.consolidate.consolidation import Consolidation
from doingoai_cli.consolidate.workbook.book import Sheet, Value
from doingoai_cli.consolidate.workbook.columns import field_label
from doingoai_cli.consolidate.workbook.lists import Heading, list_sheet
from doingoai_cli.model.consolidated import CHANGES_SHEET
from doingoai_cli.model.findings import Finding
from doingoai_cli.vietnamese.numbers import format_number

_HEADINGS = (
    Heading("TT", 5, "centre"), Heading("Cơ quan, đơn vị", 18), Heading("Mẫu", 7, "centre"),
    Heading("Bản trước", 20), Heading("Bản sau", 20), Heading("Thay đổi", 11, "centre"),
    Heading("TT trong mẫu", 8, "centre"),
    Heading("Tên đoàn, hội nghị", 28), Heading("Cột", 15), Heading("Ô", 8, "centre"), Heading("Trước", 26),
    Heading("Sau", 26),
)  # fmt: skip
_VERBS = {"added": "thêm dòng", "removed": "bỏ dòng", "edited": "sửa"}


def changes_sheet(consolidation: Consolidation) -> Sheet | None:
    """Every cell that differs between two submissions (TK04); None where nothing was sent again."""
    rows = [(number, *line) for number, line in enumerate(_lines(consolidation), 1)]
    if not rows:
        return None
    subtitle = f"({format_number(len(rows))} thay đổi; ô ghi theo bản sau, dòng bỏ ghi theo bản trước)"
    return list_sheet(CHANGES_SHEET, "THAY ĐỔI GIỮA CÁC BẢN NỘP", subtitle, _HEADINGS, rows, tab="#7F7F7F")


def _lines(consolidation: Consolidation) -> Iterator[tuple[Value, ...]]:
    for finding in consolidation.findings:
        for change in finding.details:
            label = field_label(change.field) if change.field else None
            yield (
                finding.agency, finding.form, _earlier(finding), finding.file, _VERBS[change.kind], change.ordinal,
                change.name, label, change.cell, change.before, change.after,
            )  # fmt: skip


def _earlier(finding: Finding) -> str | None:
    return finding.related[0].file if finding.related else None
