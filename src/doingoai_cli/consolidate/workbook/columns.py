"""The columns of a form's sheet in the consolidated workbook: official, our own, the sender's, the officer's."""

from collections import Counter
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from doingoai_cli.consolidate.workbook.counted_columns import readings_of
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.forms import FormSpec, shipped_forms
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.records import Record, column_types
from doingoai_cli.vietnamese.agreement_terms import Validity
from doingoai_cli.vietnamese.places.countries import Destinations
from doingoai_cli.vietnamese.time.periods import Period

SENT = " (đơn vị gửi)"
"""Ends the heading of a column that the form does not know and a sender added."""
OTHER_COLUMN = "Cột khác" + SENT
_MAX_SENT = 8
_OFFICIAL_WIDTH, _LEAST_SQUEEZE = 115.0, 0.7
"""Characters that the official columns share, so that a laptop shows ours beside them; how far they give way."""
_WHOLE, _A_WORD = (Period, Validity, Destinations), 9.5
"""What a column holds whose words may not be broken, and how wide "12/12/2019" and "Campuchia" are."""
_PIXELS = 7
"""Of a character, as Excel counts a column's width."""
_OWN_WIDTHS = {
    OwnColumn.AGENCY: 13.0, OwnColumn.SOURCE: 13.0, OwnColumn.CODES: 17.0, OwnColumn.OPINION: 10.0,
    OwnColumn.REMARK: 14.0, OwnColumn.CHANGE: 18.0, OwnColumn.REVIEW_MARK: 24.0,
}  # fmt: skip


class ColumnKind(Enum):
    """Whose column it is."""

    OFFICIAL = "official"
    OWN = "own"
    REVIEW = "review"
    SENT = "sent"
    ADDED = "added"
    HIDDEN = "hidden"


class BookColumn(NamedTuple):
    """One column: `key` is a field, one of our own names, or the heading."""

    kind: ColumnKind
    key: str
    heading: str
    width: float
    group: str = ""
    number: str = ""


def columns_of(
    spec: FormSpec,
    rows: Sequence[ConsolidatedRow],
    added: Sequence[str],
    sent: Counter[str],
    widths: dict[str, float],
) -> tuple[BookColumn, ...]:
    """The columns of a form's sheet; `added` are the officer's, `widths` what the officer set.

    `sent`: in how many rows each of the senders' columns says something (`sent_texts`).
    """
    squeeze = min(1.0, max(_LEAST_SQUEEZE, _OFFICIAL_WIDTH / sum(c.width for c in spec.columns)))
    least = dict.fromkeys((f for f, read in column_types(spec.record_model).items() if read in _WHOLE), _A_WORD)
    own = [OwnColumn.AGENCY, OwnColumn.SOURCE, OwnColumn.CODES]
    review = [OwnColumn.OPINION, OwnColumn.REVIEW_MARK, OwnColumn.REMARK]
    if any(row.change for row in rows):
        review.append(OwnColumn.CHANGE)
    columns = [
        *(
            BookColumn(
                ColumnKind.OFFICIAL,
                c.field,
                c.label,
                max(least.get(c.field, 6.0), c.width * squeeze),
                c.group,
                c.number,
            )
            for c in spec.columns
        ),
        *(BookColumn(ColumnKind.OWN, name, name, _OWN_WIDTHS[name]) for name in own),
        *(BookColumn(ColumnKind.REVIEW, name, name, _OWN_WIDTHS[name]) for name in review),
        *(BookColumn(ColumnKind.ADDED, heading, heading, 12.0) for heading in added),
        *(BookColumn(ColumnKind.SENT, heading, heading, 12.0) for heading in _sent_headings(sent)),
        *(
            BookColumn(ColumnKind.HIDDEN, name, name, 16.0)
            for name in (OwnColumn.ID, OwnColumn.SEAL, *readings_of(spec, 0))
        ),
    ]
    return tuple(c._replace(width=_whole_pixels(widths.get(c.heading, c.width))) for c in columns)


def _whole_pixels(width: float) -> float:
    """The width that Excel shows, and that is read back: merging again changes nothing."""
    return int(width * _PIXELS + 0.5) / _PIXELS


def unprinted(spec: FormSpec) -> tuple[str, ...]:
    """The fields of a form's model that the official form does not print and a kindred layout may."""
    printed = {column.field for column in spec.columns}
    return tuple(field for field in column_types(spec.record_model) if field not in printed)


def sent_texts(record: Record, fields: Sequence[str]) -> dict[str, str]:
    """What a sender's row says beside the official columns: heading → text.

    Columns that the form does not know, and `fields`, the `unprinted` ones of the form ("Báo cáo" on 01.B).
    """
    texts = {f"{heading}{SENT}": text for heading, text in record.extras.items() if text}
    for field in fields:
        text = record.text(field)
        if text:
            texts[f"{field_label(field)}{SENT}"] = text
    return texts


def field_label(field: str) -> str:
    """The label of a field that the official form of its record does not print."""
    printed = (column.label for spec in shipped_forms().specs for column in spec.columns if column.field == field)
    return _LABELS.get(field) or next(printed, field)


_LABELS = {
    "nature": "Danh nghĩa đoàn", "leader": "Trưởng đoàn", "members": "Số thành viên", "countries": "Nước",
    "partners": "Đối tác làm việc", "activities": "Nội dung hoạt động", "period": "Thời gian thực hiện",
    "days": "Số ngày", "cost": "Kinh phí", "funding": "Nguồn kinh phí", "report_ref": "Báo cáo",
    "in_plan": "Trong KH", "off_plan": "Ngoài KH", "venue": "Địa điểm", "budget": "Tổng kinh phí",
    "theme": "Chủ đề, nội dung", "title": "Chức vụ", "remark": "Ghi chú", "name": "Tên",
    "vietnamese_delegates": "Đại biểu Việt Nam", "foreign_delegates": "Đại biểu nước ngoài", "ordinal": "TT",
}  # fmt: skip
FIELD_OF_LABEL = {label: field for field, label in _LABELS.items()}


def _sent_headings(uses: Counter[str]) -> tuple[str, ...]:
    """The headings of the senders' columns, the most used first; rare ones share a last column."""
    by_use = sorted(uses, key=lambda heading: (-uses[heading], heading))
    shared = len(by_use) > _MAX_SENT or OTHER_COLUMN in by_use
    own = [heading for heading in by_use if heading != OTHER_COLUMN][:_MAX_SENT]
    return (*own, OTHER_COLUMN) if shared else tuple(own)
