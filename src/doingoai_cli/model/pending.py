"""Records that are read when somebody asks for them (bản ghi đọc khi cần).

A merge into a workbook that nobody touched needs of nearly every row what stands beside the record (id, agency,
review) and the seal of its text; the record itself only where an agency sends something else now. Such a record
is an instance of its form's model whose fields are empty until one of them is read.
"""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from doingoai_cli.model.instances import sound, values_of
from doingoai_cli.model.record import Record

Read = Callable[[int], Record]
"""The record of a row, by the row's number."""


class Later:
    """Reads the records of a sheet; where the rows went to another process, `source` is told there anew."""

    __slots__ = ("source",)

    def __init__(self, source: Read | None = None) -> None:
        self.source = source

    def __call__(self, number: int) -> Record:
        """The record of a row."""
        assert self.source is not None  # set by the process that takes the rows over
        return self.source(number)

    def __reduce__(self) -> tuple[Any, ...]:
        return Later, ()


def pending(model: type[Record], read: Read, number: int, seal: str) -> Record:
    """The record in row `number`, which `read` gives when it is needed; `seal` is that of its text."""
    kind = _PENDING.get(model) or _pending(model)
    record = object.__new__(kind)
    put_number, put_read, put_seal = kind.PUT  # type: ignore[attr-defined]
    put_number(record, number)
    put_read(record, read)
    put_seal(record, seal)
    return record


def known_seal(record: Record) -> str | None:
    """The seal of a record that waits to be read; None for any other, whose text tells it."""
    return getattr(record, "_seal", None)


def row_number(record: Record) -> int:
    """The row that a record stands in, which is known before it is read."""
    known: int | None = getattr(record, "_number", None)
    return record.provenance.row if known is None else known


_OWN = ("_number", "_read", "_seal")


_PENDING: dict[type[Record], type[Record]] = {}
"""A class for each model."""


def _pending(model: type[Record]) -> type[Record]:
    names = tuple(field.name for field in fields(model))
    values = values_of(model)

    def fill(self: Any, name: str) -> Any:
        """Called for what is not there yet: all fields are, once one was asked for."""
        if name not in names:
            raise AttributeError(name)
        found = self._read(self._number)
        for each, value in zip(names, values(found), strict=True):
            object.__setattr__(self, each, value)
        return getattr(found, name)

    def reduce(self: Any) -> tuple[Any, ...]:
        if isinstance(self._read, Later):
            return pending, (model, self._read, self._number, self._seal)
        return sound, (model, values(self))

    methods: dict[str, Any] = {
        "__slots__": _OWN,
        "__getattr__": fill,
        "__eq__": lambda self, other: isinstance(other, model) and values(self) == values(other),
        "__hash__": lambda self: hash(values(self)),
        "__reduce__": reduce,
    }
    made = _PENDING[model] = type(f"Pending{model.__name__}", (model,), methods)
    made.PUT = tuple(getattr(made, name).__set__ for name in _OWN)  # type: ignore[attr-defined]
    return made
