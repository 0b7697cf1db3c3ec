"""Kinds over the numbers of a cell: whole, within limits, adding up, sums of money in dollars."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from operator import gt, lt
from typing import ClassVar, Literal

from doingoai_cli.checks.kind import Context, FieldKind, FieldName, FieldValue, Hit, RowFacts, RowKind
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.breakdowns import Breakdown
from doingoai_cli.vietnamese.counts import Count
from doingoai_cli.vietnamese.money.usd import UsdValue
from doingoai_cli.vietnamese.places.countries import Destinations


def number_of(value: object) -> int | None:
    """The number that a field's value stands for: a count, delegates in all, how many countries; None if unread.

    Items that are no country anybody knows are countries, too.
    """
    if isinstance(value, Count):
        return value.value
    if isinstance(value, Breakdown):
        return value.total
    if isinstance(value, Destinations):
        return len(value.countries) + len(value.unknown_items) or None
    return None


NUMBERS = (Count, Breakdown, Destinations)
"""What `number_of` tells a number of."""


class WholeNumber(FieldKind):
    """A cell must give a whole number that is not too small; blank cells are not judged (số nguyên)."""

    kind: Literal["whole-number"]
    ABOUT = "Ô phải là một số nguyên đọc được, không nhỏ hơn mức tối thiểu. Ô trống không xét."
    PARAMS = {"min": "số nhỏ nhất được phép", "min_of": "số nhỏ nhất của riêng từng trường"}
    OFFERS = {"number": "số đọc được, nếu có", "min": "số nhỏ nhất"}
    min: int = 1
    min_of: Mapping[FieldName, int] = field(default_factory=dict)
    NEEDS_FIELD = True
    READS = NUMBERS

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        number = number_of(cell.value)
        least = self.min_of.get(cell.field, self.min)
        return Hit(cell.field, {"number": number, "min": least}) if number is None or number < least else None


class Dollars(FieldKind):
    """A cell must give one sum in US dollars; blank cells are not judged (giá trị USD)."""

    kind: Literal["dollars"]
    ABOUT = (
        "Ô phải cho biết đúng một số tiền bằng đô la Mỹ (số không ghi đơn vị được hiểu là USD). Ô trống không xét."
    )
    NEEDS_FIELD = True
    READS = (UsdValue,)

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        value = cell.value
        return Hit(cell.field) if isinstance(value, UsdValue) and not value.value else None


class _Bound(FieldKind):
    PARAMS = {"limit": "mức giới hạn"}
    OFFERS = {"number": "số đọc được", "limit": "mức giới hạn"}
    limit: int
    NEEDS_FIELD = True
    READS = NUMBERS
    BREAKS: ClassVar[Callable[[int, int], bool]]
    """Whether a number (first) breaks the limit."""

    def fault(self, cell: FieldValue, row: RowFacts) -> Hit | None:
        """As `FieldKind`."""
        number = number_of(cell.value)
        if number is None or not type(self).BREAKS(number, self.limit):
            return None
        return Hit(cell.field, {"number": number, "limit": self.limit})


class AtMost(_Bound):
    """A number, or the number of countries named, must not be above the limit; unread ones are not judged."""

    kind: Literal["at-most"]
    ABOUT = "Số trong ô (hoặc số nước nêu trong ô) không được vượt mức giới hạn. Số không đọc được thì không xét."
    BREAKS = gt


class AtLeast(_Bound):
    """A number, or the number of countries named, must not be below the limit; unread ones are not judged."""

    kind: Literal["at-least"]
    ABOUT = "Số trong ô (hoặc số nước nêu trong ô) không được dưới mức giới hạn. Số không đọc được thì không xét."
    BREAKS = lt


class SumEquals(RowKind):
    """A number must equal the sum of other fields, or of the numbers per country in the cell itself (HN01)."""

    kind: Literal["sum-equals"]
    ABOUT = (
        "Số trong ô phải bằng tổng các trường `parts`; không nêu `parts` thì bằng tổng các số theo nước ghi ngay "
        "trong ô."
    )
    PARAMS = {"parts": "các trường cộng lại"}
    OFFERS = {"total": "số ghi", "sum": "tổng cộng lại", "parts": "các số cộng lại"}
    parts: tuple[FieldName, ...] = ()
    NEEDS_FIELD = True
    READS = NUMBERS

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit per number that is not the sum."""
        faults = (self._fault(record, name) for name in fields if record.sound(name))
        return tuple(hit for hit in faults if hit)

    def _fault(self, record: Record, name: str) -> Hit | None:
        total, parts = self._numbers(record, name)
        added = sum(number for _, number in parts)
        if total is None or not parts or total == added:
            return None
        stated = ", ".join(f"{label}: {number}" for label, number in parts)
        return Hit(name, {"total": total, "sum": added, "parts": stated})

    def _numbers(self, record: Record, name: str) -> tuple[int | None, Sequence[tuple[str, int]]]:
        value = getattr(record, name, None)
        if not self.parts:
            return (value.stated_total, value.parts) if isinstance(value, Breakdown) else (None, ())
        numbers = [(part, number_of(getattr(record, part, None))) for part in self.parts]
        read = [(part, number) for part, number in numbers if number is not None]
        return number_of(value), read if len(read) == len(numbers) else ()
