"""Kinds over the numbers of a cell: whole, within limits, adding up, sums of money in dollars."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from doingoai_cli.checks.kind import NOTHING, Context, Hit, RowKind
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.money.usd import UsdValue
from doingoai_cli.vietnamese.numbers import Breakdown, Count
from doingoai_cli.vietnamese.places.countries import Destinations
from doingoai_cli.vietnamese.text import is_blank


def number_of(record: Record, field: str) -> int | None:
    """The number that a field stands for: a count, a total of delegates, how many countries, items that
    are no known country among them; None if unread."""
    value = getattr(record, field, None)
    if isinstance(value, Count):
        return value.value
    if isinstance(value, Breakdown):
        return value.total
    if isinstance(value, Destinations):
        return len(value.countries) + len(value.strangers) or None
    return None


class WholeNumber(RowKind):
    """A cell must give a whole number that is not too small; blank cells are not judged (số nguyên)."""

    kind: Literal["whole-number"]
    ABOUT: ClassVar[str] = "Ô phải là một số nguyên đọc được, không nhỏ hơn mức tối thiểu. Ô trống không xét."
    PARAMS: ClassVar[Mapping[str, str]] = {
        "min": "số nhỏ nhất được phép",
        "min_of": "số nhỏ nhất của riêng từng trường",
    }
    OFFERS: ClassVar[Mapping[str, str]] = {
        "number": "số đọc được, nếu có",
        "min": "số nhỏ nhất",
    }
    min: int = 1
    min_of: Mapping[str, int] = {}
    NEEDS_FIELD: ClassVar[bool] = True

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit per cell that gives no number, or too small a one."""
        hits = NOTHING
        for name in fields:
            number = number_of(record, name)
            least = self.min_of.get(name, self.min)
            if number is not None and number >= least:
                continue
            if not is_blank(record.text(name)) and record.sound(name):
                hits = (*hits, Hit(name, {"number": number, "min": least}))
        return hits


class Dollars(RowKind):
    """A cell must give one sum in US dollars; blank cells are not judged (giá trị USD)."""

    kind: Literal["dollars"]
    ABOUT: ClassVar[str] = (
        "Ô phải cho biết đúng một số tiền bằng đô la Mỹ (số không ghi đơn vị được hiểu là USD). Ô trống không xét."
    )
    NEEDS_FIELD: ClassVar[bool] = True

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit per cell that gives no sure sum, or nothing but zero."""
        return tuple(
            Hit(name)
            for name in fields
            if isinstance(value := getattr(record, name, None), UsdValue)
            and not value.value
            and not is_blank(value.text)
            and record.sound(name)
        )


class _Bound(RowKind):
    limit: int
    NEEDS_FIELD: ClassVar[bool] = True

    @abstractmethod
    def _breaks(self, number: int) -> bool: ...

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit per number on the wrong side of the limit; unread numbers are not judged."""
        hits = NOTHING
        for name in fields:
            number = number_of(record, name)
            if number is not None and self._breaks(number) and record.sound(name):
                hits = (*hits, Hit(name, {"number": number, "limit": self.limit}))
        return hits


class AtMost(_Bound):
    """A number, or the number of countries named, must not be above the limit; unread ones are not judged."""

    kind: Literal["at-most"]
    ABOUT: ClassVar[str] = (
        "Số trong ô (hoặc số nước nêu trong ô) không được vượt mức giới hạn. Số không đọc được thì không xét."
    )
    PARAMS: ClassVar[Mapping[str, str]] = {
        "limit": "mức giới hạn",
    }
    OFFERS: ClassVar[Mapping[str, str]] = {
        "number": "số đọc được",
        "limit": "mức giới hạn",
    }

    def _breaks(self, number: int) -> bool:
        return number > self.limit


class AtLeast(_Bound):
    """A number, or the number of countries named, must not be below the limit; unread ones are not judged."""

    kind: Literal["at-least"]
    ABOUT: ClassVar[str] = (
        "Số trong ô (hoặc số nước nêu trong ô) không được dưới mức giới hạn. Số không đọc được thì không xét."
    )
    PARAMS: ClassVar[Mapping[str, str]] = {
        "limit": "mức giới hạn",
    }
    OFFERS: ClassVar[Mapping[str, str]] = {
        "number": "số đọc được",
        "limit": "mức giới hạn",
    }

    def _breaks(self, number: int) -> bool:
        return number < self.limit


class SumEquals(RowKind):
    """A number must equal the sum of other fields, or of the numbers per country in the cell itself (HN01)."""

    kind: Literal["sum-equals"]
    ABOUT: ClassVar[str] = (
        "Số trong ô phải bằng tổng các trường `parts`; không nêu `parts` thì bằng tổng các số theo nước "
        "ghi ngay trong ô."
    )
    PARAMS: ClassVar[Mapping[str, str]] = {
        "parts": "các trường cộng lại",
    }
    OFFERS: ClassVar[Mapping[str, str]] = {
        "total": "số ghi",
        "sum": "tổng cộng lại",
        "parts": "các số cộng lại",
    }
    parts: tuple[str, ...] = ()
    NEEDS_FIELD: ClassVar[bool] = True

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit per total that differs; nothing is judged where a number is unread."""
        hits = NOTHING
        for name in fields:
            total, parts = self._numbers(record, name)
            if total is not None and parts and record.sound(name) and total != sum(n for _, n in parts):
                stated = ", ".join(f"{label}: {number}" for label, number in parts)
                hits = (*hits, Hit(name, {"total": total, "sum": sum(n for _, n in parts), "parts": stated}))
        return hits

    def _numbers(self, record: Record, name: str) -> tuple[int | None, Sequence[tuple[str, int]]]:
        value = getattr(record, name, None)
        if not self.parts:
            return (value.stated_total, value.parts) if isinstance(value, Breakdown) else (None, ())
        numbers = [(part, number_of(record, part)) for part in self.parts]
        read = [(part, number) for part, number in numbers if number is not None]
        return number_of(record, name), read if len(read) == len(numbers) else ()
