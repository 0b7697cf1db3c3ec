"""Reviews given on the page (ý kiến ghi trên trang), put into the workbook: what it holds by now stays."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from doingoai_cli.consolidate.consolidation import Previous
from doingoai_cli.model.consolidated import ConsolidatedRow, Review


class ReviewEdit(NamedTuple):
    """One row's review: `seen` is what the officer had before him, `wanted` what he made of it."""

    record_id: str
    seen: Review
    wanted: Review


class Refused(NamedTuple):
    """An edit that was not made, because the workbook holds something else by now, or not that row any more."""

    edit: ReviewEdit
    row: ConsolidatedRow | None
    """The row as the workbook has it; None where it has gone."""

    @property
    def sentence(self) -> str:
        """What the officer is told."""
        wanted = _shown(self.edit.wanted)
        if self.row is None:
            return f"Ý kiến “{wanted}” không ghi được: dòng này không còn trong sổ tổng hợp."
        return (
            f"“{self.row.record.text('name')}” ({self.row.agency}): giữ “{_shown(self.row.review)}” vừa được ghi "
            f"trong Excel hoặc ở cửa sổ khác, không ghi “{wanted}”. Nếu vẫn muốn đổi, ghi lại ý kiến."
        )


def apply_reviews(previous: Previous, edits: Iterable[ReviewEdit]) -> tuple[Previous, tuple[Refused, ...]]:
    """The workbook with the edits whose row still holds what was seen, and the edits that were refused."""
    rows = {row.record_id: row for row in previous.consolidated.rows}
    changed: dict[str, Review] = {}
    refused = []
    for edit in edits:
        row = rows.get(edit.record_id)
        if row is None or row.review not in (edit.seen, edit.wanted):
            refused.append(Refused(edit, row))
        else:
            changed[edit.record_id] = edit.wanted
    new = tuple(
        replace(row, review=changed[row.record_id]) if row.record_id in changed else row
        for row in previous.consolidated.rows
    )
    return replace(previous, consolidated=replace(previous.consolidated, rows=new)), tuple(refused)


def _shown(review: Review) -> str:
    return ": ".join(part for part in (review.opinion or "chưa có ý kiến", review.remark) if part)
