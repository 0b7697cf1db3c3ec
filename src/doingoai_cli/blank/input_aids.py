"""Input aids (trợ giúp nhập liệu) of a form: what each column offers, refuses and says as one types.

Worked out from the form spec and the rule pack's limits as plain values; `sheets` writes them into the workbook.
"""

from enum import StrEnum
from typing import NamedTuple

from doingoai_cli.blank.layout import FormLayout, FreeRows
from doingoai_cli.blank.occasion import FormLimits, MemberBounds, Occasion
from doingoai_cli.model.findings import Severity
from doingoai_cli.model.forms import ColumnSpec, Stage
from doingoai_cli.model.records import column_types
from doingoai_cli.model.values import Tick
from doingoai_cli.vietnamese.counts import Count
from doingoai_cli.vietnamese.time.periods import Period

TITLE_LIMIT = 32
TEXT_LIMIT = 255
"""What Excel takes as the title and the text of a validation's message."""
QUARTERS = ("Quý I", "Quý II", "Quý III", "Quý IV")


class Alert(StrEnum):
    """What happens to an entry outside the validation; Excel's own names."""

    STOP = "stop"
    """Refused."""
    WARNING = "warning"
    """Questioned, and taken if the person insists."""
    INFORMATION = "information"
    """Said, and taken."""


class Offer(NamedTuple):
    """A drop-down list."""

    values: tuple[str, ...]

    @property
    def inline(self) -> bool:
        """Whether Excel takes it within the validation; else it refers to cells of the guidance sheet."""
        return len(",".join(self.values)) <= TEXT_LIMIT and not any("," in value for value in self.values)


class WholeNumbers(NamedTuple):
    """A whole number from `least` to `most` (None: no upper end)."""

    least: int
    most: int | None


class EntryAid(NamedTuple):
    """The validation and the prompt of one column in one block of rows."""

    field: str
    block: FreeRows
    title: str
    prompt: str
    accepts: Offer | WholeNumbers | None
    """None: anything; the prompt alone."""
    alert: Alert = Alert.INFORMATION
    refusal: str = ""


def entry_aids(layout: FormLayout, limits: FormLimits, occasion: Occasion) -> tuple[EntryAid, ...]:
    """The validation of every column, block by block."""
    cells = [(block, column) for block in layout.blocks for column in layout.spec.columns]
    return tuple(_entry_aid(layout, column, block, limits, occasion) for block, column in cells)


def _entry_aid(
    layout: FormLayout, column: ColumnSpec, block: FreeRows, limits: FormLimits, occasion: Occasion
) -> EntryAid:
    note = _note(layout, column, occasion)
    bare = EntryAid(column.field, block, _fit(column.label, TITLE_LIMIT), _fit(note, TEXT_LIMIT), None)
    kind = column_types(layout.spec.record_model)[column.field]
    if kind is Count:
        return _count_aid(layout, bare, note, limits)
    if kind is Tick:
        return bare._replace(accepts=Offer(("X",)), refusal="Đánh dấu X vào một trong hai cột Trong KH, Ngoài KH.")
    offered = column.suggestions
    if kind is Period and layout.spec.stage_of(block.section) is Stage.PLANNED:
        year = layout.spec.rows_year(occasion.cycle, block.section)
        offered = tuple(f"{quarter}/{year}" for quarter in QUARTERS)
    if offered:
        return bare._replace(
            accepts=Offer(offered), refusal="Không có trong danh sách gợi ý; nội dung vẫn được giữ."
        )
    return bare


def _count_aid(layout: FormLayout, bare: EntryAid, note: str, limits: FormLimits) -> EntryAid:
    least = limits.least.get(bare.field, 0)
    whole = bare._replace(
        accepts=WholeNumbers(least, None),
        alert=Alert.STOP,
        refusal=f"Chỉ nhập một số nguyên, không nhỏ hơn {least} (ví dụ: 5); không ghi kèm chữ.",
    )
    severity = limits.members.basis.severity(layout.spec.form) if limits.members else None
    if bare.field != "members" or limits.members is None or severity is None:
        return whole
    rule = member_rule(limits.members)
    return whole._replace(
        accepts=WholeNumbers(least, limits.members.highest),
        alert=Alert.STOP if severity is Severity.ERROR else Alert.WARNING,
        prompt=_fit(f"{note}. {rule}", TEXT_LIMIT),
        refusal=_fit(f"Nhập số nguyên từ {least} đến {limits.members.highest}. {rule} "
                     f"Căn cứ: {limits.members.basis.clause}.", TEXT_LIMIT),
    )  # fmt: skip


def member_rule(limit: MemberBounds) -> str:
    """The rule on members in one sentence."""
    if limit.highest <= limit.general:
        return f"Không quá {limit.general:02d} người/đoàn."
    exception = f"không quá {limit.highest:02d} người nếu trưởng đoàn là {', '.join(limit.heads)}"
    return f"Không quá {limit.general:02d} người/đoàn; {exception}."


def _note(layout: FormLayout, column: ColumnSpec, occasion: Occasion) -> str:
    if column.field == "ordinal":
        return "Số thứ tự; có thể để trống. Hết dòng kẻ khung: bấm phím mũi tên xuống rồi nhập tiếp, dòng tự mở."
    for note in layout.spec.notes:
        if column.number and column.number in note.columns:
            return occasion.filled(note.text)
    return column.label


def _fit(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
