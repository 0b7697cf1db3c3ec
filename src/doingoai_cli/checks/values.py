"""Kinds over single values, for new rules as well as the pack's own: required, numbers, words, patterns."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from doingoai_cli.checks.kind import NOTHING, Context, Hit, RowKind
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.countries import Destinations
from doingoai_cli.vietnamese.numbers import Breakdown, Count
from doingoai_cli.vietnamese.terms import Terms
from doingoai_cli.vietnamese.text import is_blank, key


@lru_cache(maxsize=65536)
def blank(text: str) -> bool:
    """`is_blank`, remembered: the same cells come again and again."""
    return is_blank(text)


def number_of(record: Record, field: str) -> int | None:
    """The number that a field stands for: a count, a total of delegates, how many countries; None if unread."""
    value = getattr(record, field, None)
    if isinstance(value, Count):
        return value.value
    if isinstance(value, Breakdown):
        return value.total
    if isinstance(value, Destinations):
        return len(value.countries) or None
    return None


class Required(RowKind):
    """Ô phải có nội dung. Không nêu `field` thì xét mọi cột bắt buộc của biểu mẫu."""

    kind: Literal["required"]
    exempt: Mapping[str, tuple[str, ...]] = Field(
        {}, alias="except", description="trường không xét, theo mẫu: đã có quy tắc khác nói"
    )
    OFFERS: ClassVar[Mapping[str, str]] = {}

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit a blank cell."""
        hits = NOTHING
        exempt = self.exempt.get(record.form, ())
        for name in fields or context.layout.required:
            if blank(record.text(name)) and name not in exempt and record.sound(name):
                hits = (*hits, Hit(name))
        return hits


class WholeNumber(RowKind):
    """Ô phải là một số nguyên đọc được, không nhỏ hơn mức tối thiểu. Ô trống không xét."""

    kind: Literal["whole-number"]
    min: int = Field(1, description="số nhỏ nhất được phép")
    min_of: Mapping[str, int] = Field({}, description="số nhỏ nhất của riêng từng trường")
    NEEDS_FIELD: ClassVar[bool] = True
    OFFERS: ClassVar[Mapping[str, str]] = {"number": "số đọc được, nếu có", "min": "số nhỏ nhất"}

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit a cell that gives no number, or too small a one."""
        hits = NOTHING
        for name in fields:
            if not record.sound(name):
                continue
            number = number_of(record, name)
            least = self.min_of.get(name, self.min)
            if (number is None or number < least) and not blank(record.text(name)):
                hits = (*hits, Hit(name, {"number": number, "min": least}))
        return hits


class _Bound(RowKind):
    limit: int = Field(description="mức giới hạn")
    NEEDS_FIELD: ClassVar[bool] = True
    OFFERS: ClassVar[Mapping[str, str]] = {"number": "số đọc được", "limit": "mức giới hạn"}

    def _breaks(self, number: int) -> bool:
        raise NotImplementedError

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit a number on the wrong side of the limit; unread numbers are not judged."""
        hits = NOTHING
        for name in fields:
            number = number_of(record, name)
            if number is not None and self._breaks(number) and record.sound(name):
                hits = (*hits, Hit(name, {"number": number, "limit": self.limit}))
        return hits


class AtMost(_Bound):
    """Số trong ô (hoặc số nước nêu trong ô) không được vượt mức giới hạn. Số không đọc được thì không xét."""

    kind: Literal["at-most"]

    def _breaks(self, number: int) -> bool:
        return number > self.limit


class AtLeast(_Bound):
    """Số trong ô (hoặc số nước nêu trong ô) không được dưới mức giới hạn. Số không đọc được thì không xét."""

    kind: Literal["at-least"]

    def _breaks(self, number: int) -> bool:
        return number < self.limit


class OneOf(RowKind):
    """Ô phải ghi đúng một trong các giá trị (không phân biệt chữ hoa, kiểu đặt dấu, dấu câu)."""

    kind: Literal["one-of"]
    values: tuple[str, ...] = Field(min_length=1, description="các giá trị được phép")
    NEEDS_FIELD: ClassVar[bool] = True
    OFFERS: ClassVar[Mapping[str, str]] = {"allowed": "các giá trị được phép"}

    @cached_property
    def _allowed(self) -> frozenset[str]:
        return frozenset(key(value) for value in self.values)

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit a cell with another value; blank cells are not judged."""
        return tuple(
            Hit(name, {"allowed": ", ".join(self.values)})
            for name in fields
            if record.sound(name) and not blank(record.text(name)) and key(record.text(name)) not in self._allowed
        )


class _WithTerms(RowKind):
    terms: tuple[str, ...] = Field(min_length=1, description="các từ, cụm từ, so theo từ nguyên vẹn")
    NEEDS_FIELD: ClassVar[bool] = True

    @cached_property
    def _terms(self) -> Terms:
        return Terms(self.terms)


class ForbiddenTerm(_WithTerms):
    """Ô không được nêu các từ này. Từ bị phủ định ngay trước ("không sử dụng vốn vay") không tính."""

    kind: Literal["forbidden-term"]
    OFFERS: ClassVar[Mapping[str, str]] = {"term": "từ tìm thấy"}

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit a cell that states a term."""
        return tuple(
            Hit(name, {"term": term})
            for name in fields
            if (term := self._terms.asserted(record.text(name))) and record.sound(name)
        )


class RequiredTerm(_WithTerms):
    """Ô phải nêu ít nhất một trong các từ này. Ô trống không xét."""

    kind: Literal["required-term"]
    OFFERS: ClassVar[Mapping[str, str]] = {"terms": "các từ cần có"}

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit a cell without any of the terms."""
        return tuple(
            Hit(name, {"terms": ", ".join(self.terms)})
            for name in fields
            if record.sound(name) and not blank(record.text(name)) and self._terms.first(record.text(name)) is None
        )


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"biểu thức chính quy sai ({error})") from error
    return pattern


class Pattern(RowKind):
    """Cả ô phải khớp (hoặc, với `match: false`, không chỗ nào được khớp) một biểu thức chính quy."""

    kind: Literal["pattern"]
    regex: Annotated[str, AfterValidator(_compiles)] = Field(
        description="biểu thức chính quy, không phân biệt chữ hoa"
    )
    match: bool = Field(True, description="true: cả ô phải khớp; false: không chỗ nào được khớp")
    NEEDS_FIELD: ClassVar[bool] = True
    OFFERS: ClassVar[Mapping[str, str]] = {"regex": "biểu thức chính quy"}

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.regex, re.IGNORECASE)

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit a cell that does not fit; blank cells are not judged."""
        return tuple(
            Hit(name, {"regex": self.regex})
            for name in fields
            if record.sound(name) and not blank(record.text(name)) and not self._fits(record.text(name))
        )

    def _fits(self, text: str) -> bool:
        found = self._compiled.fullmatch(text) if self.match else self._compiled.search(text)
        return (found is not None) == self.match


class SumEquals(RowKind):
    """Số trong ô phải bằng tổng các trường `parts`; không nêu `parts` thì bằng tổng các số theo nước ghi ngay trong ô."""

    kind: Literal["sum-equals"]
    parts: tuple[str, ...] = Field((), description="các trường cộng lại")
    NEEDS_FIELD: ClassVar[bool] = True
    OFFERS: ClassVar[Mapping[str, str]] = {"total": "số ghi", "sum": "tổng cộng lại", "parts": "các số cộng lại"}

    def check(self, record: Record, fields: tuple[str, ...], context: Context) -> Sequence[Hit]:
        """One hit a total that differs; nothing is judged where a number is unread."""
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
