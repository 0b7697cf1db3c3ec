"""Kinds over realised delegations (01.A, 01.B): in or off plan, the report, what is not to be counted."""

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from doingoai_cli.checks.kind import NOTHING, Context, FieldKind, FieldValue, Hit, RowFacts, RowKind
from doingoai_cli.model.records import RealisedTrip, Record
from doingoai_cli.vietnamese.documents import DocumentRef
from doingoai_cli.vietnamese.places.residents import ResidentBodies
from doingoai_cli.vietnamese.private_purposes import PrivatePurposes
from doingoai_cli.vietnamese.text import is_blank
from doingoai_cli.vietnamese.ticks import read_tick

_MARKS = ("in_plan", "off_plan")


class ExactlyOneMark(RowKind):
    """Exactly one of Trong KH and Ngoài KH must be marked (TH01)."""

    kind: Literal["exactly-one-mark"]
    ABOUT = "Phải đánh dấu đúng một trong hai ô Trong KH, Ngoài KH (hoặc ghi rõ bằng chữ)."
    OFFERS = {"state": "không ô nào hay cả hai ô được đánh dấu"}
    FIELDS = _MARKS

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """At most one hit, at the first of the two cells."""
        if not isinstance(record, RealisedTrip) or record.planned is not None:
            return NOTHING
        # A column that the layout has and the sheet lacks is CT04's; a layout with one column says it in words.
        if any(name in context.table.missing for name in _MARKS):
            return NOTHING
        present = [name for name in _MARKS if record.has(name)]
        if not present or not all(record.sound(name) for name in present):
            return NOTHING
        texts = [record.text(name) for name in present]
        if all(read_tick(text) is False for text in texts):
            state = "chưa đánh dấu ô nào"
        elif len(present) > 1 and not any(is_blank(text) for text in texts):
            state = "cả hai ô đều có nội dung"
        else:
            state = "dấu không đọc được"
        return (Hit(present[0], {"state": state}, value=" | ".join(text for text in texts if text)),)


class CompleteReference(FieldKind):
    """A document must be named with its number and full date (TH04)."""

    kind: Literal["complete-reference"]
    ABOUT = "Phải ghi đủ số và ngày, tháng, năm của văn bản."
    OFFERS = {"lacks": "phần còn thiếu"}
    NEEDS_FIELD = True

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        reference = cell.value
        if not isinstance(reference, DocumentRef) or reference.is_complete:
            return None
        parts = (("số", reference.number), ("ngày, tháng, năm", reference.date))
        return Hit(cell.field, {"lacks": " và ".join(word for word, part in parts if part is None)})


class ExcludedPurpose(FieldKind):
    """A trip that is not to be counted: tourism, relatives, health, private matters (TH05)."""

    kind: Literal["excluded-purpose"]
    ABOUT = "Chuyến đi không thuộc diện thống kê (du lịch, thăm thân, khám chữa bệnh, việc riêng …)."
    PARAMS = {
        "terms": "mục đích không thống kê, nêu ở danh nghĩa hoặc nội dung",
        "alone": "chỉ tính khi là toàn bộ danh nghĩa hoặc toàn bộ nội dung",
    }
    OFFERS = {"term": "mục đích tìm thấy"}
    terms: Annotated[tuple[str, ...], Field(min_length=1)]
    alone: tuple[str, ...] = ()
    ONCE = True
    FIELDS = ("nature", "activities", "name")

    @cached_property  # once a rule: saves 0.045 s
    def _purposes(self) -> PrivatePurposes:
        return PrivatePurposes(self.terms, self.alone)

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        term = self._purposes.first(cell.text)
        return Hit(cell.field, {"term": term}) if term else None


class ResidentBody(FieldKind):
    """A foreign body that resides in Viet Nam: a reception, no delegation (TH06)."""

    kind: Literal["resident-body"]
    ABOUT = (
        "Đoàn vào là cơ quan, tổ chức nước ngoài thường trú tại Việt Nam: tính là tiếp khách, không phải đoàn vào."
    )
    PARAMS = {
        "always": "cơ quan luôn thường trú (đại sứ quán, tổng lãnh sự quán)",
        "bodies": "cơ quan, tổ chức tính khi ghi tại Việt Nam hoặc một nơi ở Việt Nam",
    }
    OFFERS = {"body": "cơ quan, tổ chức tìm thấy"}
    always: tuple[str, ...]
    bodies: tuple[str, ...]
    ONCE = True
    FIELDS = ("name", "leader")

    @cached_property  # once a rule: made again for each name it takes 0.4 ms
    def _resident(self) -> ResidentBodies:
        return ResidentBodies(self.always, self.bodies)

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        body = self._resident.first(cell.text)
        return Hit(cell.field, {"body": body}) if body else None
