"""The ledger (Nhật ký): each file of the inbox, what was read of it and what became of it."""

from collections.abc import Iterable, Sequence

from doingoai_cli.consolidate.arrival import Arrival
from doingoai_cli.consolidate.consolidation import FileEntry
from doingoai_cli.consolidate.identity import seal
from doingoai_cli.consolidate.replacement import Replaced
from doingoai_cli.consolidate.reported_parts import parts_of
from doingoai_cli.consolidate.settle import Settled, spot_of
from doingoai_cli.grouping import grouped
from doingoai_cli.messages import OPENED
from doingoai_cli.model.outcome import PassedOver
from doingoai_cli.model.sources import STEP
from doingoai_cli.model.submissions import Submission
from doingoai_cli.vietnamese.numbers import format_number


def ledger_entries(settled: Settled, passed_over: Iterable[PassedOver]) -> tuple[FileEntry, ...]:
    """The ledger's lines, by path: the inbox is the same however its files were named."""
    lines = (*_entries(settled), *map(_not_read, passed_over))
    return tuple(sorted(lines, key=lambda entry: entry.path))


def _entries(settled: Settled) -> Iterable[FileEntry]:
    copies = {copy.key: original for copy, original in settled.copies}
    merged = settled.counted_rows
    replaced = grouped((r.of, _replacement(r)) for r in settled.replaced)
    for submission in settled.files:
        status = _outcome(submission, replaced.get(submission.key, ()), copies.get(submission.key))
        yield _entry(submission, settled.arrivals[submission.path], merged[submission.key], status)


def _not_read(passed_over: PassedOver) -> FileEntry:
    reason = passed_over.reason
    status = reason if reason.startswith(OPENED) else f"bỏ qua: {reason}"
    return FileEntry(passed_over.path, passed_over.sha256, passed_over.agency, "", "", (), 0, 0, status)


def _origin(submission: Submission) -> str:
    origin = submission.origin
    if origin is None:
        return ""
    subject = f"“{origin.subject}”" if origin.subject else ""
    return " · ".join(filter(None, (origin.container, origin.sender, subject)))


def _replacement(gone: Replaced) -> str:
    rows = "" if gone.tables else f", {format_number(len(gone.rows))} dòng trùng"
    return f"{gone.form}{gone.of_period}{rows} thay bằng {gone.by}"


def _entry(submission: Submission, came: Arrival, merged: int, status: str) -> FileEntry:
    return FileEntry(
        path=submission.path,
        sha256=submission.sha256,
        agency=submission.agency_name,
        received=came.received,
        order=came.reason,
        forms=tuple(part.listed for part in parts_of(submission)),
        rows_read=submission.rows,
        rows_merged=merged,
        status=status,
        origin=_origin(submission),
    )


def _outcome(submission: Submission, replaced: Sequence[str], original: str | None) -> str:
    if submission.note:
        return submission.note
    if original and submission.through:  # officers below may have made something of it
        return f"cùng tệp với {original}: tính theo tệp ấy, không theo phần cấp dưới đã sửa hoặc bỏ (nếu có)"
    if original:
        return f"trùng hoàn toàn với {original}, bỏ qua"
    if any(o.code == "CT01" for o in submission.observations):
        return "không đọc được"
    if not submission.tables:
        return "không có biểu mẫu nào"
    if replaced:
        return "đã thay thế: " + "; ".join(replaced)
    if not submission.rows:
        return "đã nhận, không có dòng nào"
    return "đã tổng hợp"


def not_taken_from_below(settled: Settled) -> Iterable[str]:
    """What officers of a lower level did in files that came themselves too, which count as they were sent."""
    originals = grouped((submission.path, submission) for submission in settled.submissions)
    ways = grouped(
        ((path, copy.path.partition(STEP)[0]), copy)
        for copy, path in settled.copies
        if copy.through and not originals[path][0].through
    )
    counted = {key.path for key, rows in settled.counted_rows.items() if rows} if ways else frozenset[str]()
    for (path, book), copies in ways.items():
        there = {spot_of(record): seal(record) for copy in copies for record in copy.records}
        forms = {table.form for copy in copies for table in copy.tables}
        sent = (record for one in originals[path] for record in one.records if record.form in forms)
        changed = sum(there.get(spot_of(record)) != seal(record) for record in sent)
        if changed and path in counted:
            rows = f"{format_number(changed)} dòng mà cấp dưới đã sửa, bỏ hoặc không đồng ý trong {book}"
            yield f"{path}: {rows} được tính như tệp này gửi, vì tệp cũng đến trực tiếp. Cần thì thẩm định lại."
