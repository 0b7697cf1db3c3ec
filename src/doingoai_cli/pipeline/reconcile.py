"""Consolidated workbooks → the approved plan against what took place (đối chiếu kế hoạch với thực hiện)."""

import json
from collections.abc import Iterator
from pathlib import Path

from doingoai_cli.consolidate.reconcile import reconcile as compare
from doingoai_cli.consolidate.reconciled import DIRECTION_NAMES, Reconciled
from doingoai_cli.consolidate.reconciliation_json import agreement_lines, reconciled_data, summary_lines
from doingoai_cli.consolidate.workbook.reconciliation import write_reconciliation
from doingoai_cli.model.opinions import Opinion
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.pipeline.catalogue import forms_of
from doingoai_cli.pipeline.files import check_suffix, write_own
from doingoai_cli.pipeline.known_books import read_book
from doingoai_cli.pipeline.periods import parse_day
from doingoai_cli.pipeline.workspace import find_workspace
from doingoai_cli.vietnamese.report_phrases import short_date


def reconcile(
    plan: Path, realised: Path, out: Path | None, day: str | None = None, *, as_json: bool
) -> tuple[str, tuple[str, ...]]:
    """The approved plan of one workbook against the results of another, up to `day` (today): (text, notices)."""
    if out is not None:
        check_suffix(out, ".xlsx")
    catalogue = forms_of(find_workspace(Path.cwd()))
    until = parse_day(day)
    planned, took_place = read_book(plan, catalogue), read_book(realised, catalogue)
    reconciled = compare(planned, took_place, catalogue, until=until)
    notices = (*planned.notices, *took_place.notices, *_undecided(reconciled, realised), *_to_adjust(reconciled))
    if out is not None:
        notices = (*write_own(out, write_reconciliation(reconciled)).told, *notices)
    if as_json:
        return json.dumps(reconciled_data(reconciled), ensure_ascii=False, indent=1) + "\n", notices
    return _as_text(reconciled), notices


def _undecided(reconciled: Reconciled, realised: Path) -> Iterator[str]:
    for direction in reconciled.directions:
        if direction.lacking:
            yield f"{DIRECTION_NAMES[direction.id]}: {direction.lacking}; các số phụ thuộc mẫu đó không tính được."
    pairs = sum(len(direction.unsure) for direction in reconciled.directions)
    if pairs:
        yield (
            f"{pairs} cặp cần xác nhận: ghi quyết định ở trang “{ListSheet.PAIRING}” của {realised.as_posix()} "
            "rồi chạy lại (trang này có sẵn các cặp khi tổng hợp với --history là sổ có kế hoạch)."
        )
    yield from (change.unclear for change in reconciled.changes.unmatched)


def _to_adjust(reconciled: Reconciled) -> Iterator[str]:
    """Says what was never agreed to: the approved plan includes it, as in reports and the workbook."""
    planned = (became.row for direction in reconciled.directions for became in direction.planned)
    rows = sum(row.review.stated is Opinion.ADJUST for row in planned)
    if rows:
        yield (
            f"{rows} dòng kế hoạch còn ở ý kiến “Điều chỉnh”: vẫn tính là kế hoạch (chỉ “Không đồng ý” mới bị "
            "loại), như trong báo cáo và sổ tổng hợp; văn bản Kế hoạch, Tờ trình chỉ có dòng “Đồng ý”."
        )


def _as_text(reconciled: Reconciled) -> str:
    until = f" (tính đến ngày {short_date(reconciled.until)})" if reconciled.until else ""
    lines = [f"Đối chiếu kế hoạch năm {reconciled.year} với kết quả thực hiện{until}"]
    for direction in reconciled.directions:
        lines += ["", DIRECTION_NAMES[direction.id]]
        summary = summary_lines(direction)
        width = max(len(label) for label, _ in summary)
        lines += [f"  {label:<{width}}  {value}" for label, value in summary]
    if reconciled.agreements:
        lines += ["", "Thỏa thuận quốc tế"]
        lines += [f"  {label:<50}  {value}" for label, value in agreement_lines(reconciled.agreements)]
    return "\n".join(lines) + "\n"
