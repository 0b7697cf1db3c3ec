"""Records held packed (bản ghi gói lại): a row takes 0.13 KB instead of 1.1, and 6 µs whenever it is looked at.

A run over thousands of files holds every record until its workbook is written. Packed ones look like any others:
a sequence, each an instance of its form's model; what is asked of one unpacks the block that it stands in.
"""

import pickle
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, groupby
from typing import Any, TypeVar, cast, overload

from doingoai_cli.deflate import deflate
from doingoai_cli.model.record import Record, column_types, field_values_of

Each = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
"""A map in order over the forms, the sheets of a run: `map` itself, or one over several processes."""
Put = Callable[[Any, Any], None]
_BLOCK = 100
_HELD = 128
"""Blocks that are held unpacked, the last ones: what is gone through in order is unpacked once."""


class PackedRecords(Sequence[Record]):
    """Records as a sequence, packed."""

    __slots__ = ("_blocks", "_ends", "_length")

    def __init__(self, records: Sequence[Record]) -> None:
        alike = (tuple(rows) for _, rows in groupby(records, _alike))
        starts = ((rows, start) for rows in alike for start in range(0, len(rows), _BLOCK))
        self._blocks = tuple(_RecordBlock(rows[start : start + _BLOCK]) for rows, start in starts)
        self._ends = tuple(accumulate(block.length for block in self._blocks))
        self._length = len(records)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Record]:
        for block in self._blocks:
            yield from (cast(Record, PackedValue(block, at)) for at in range(block.length))

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Record, ...]: ...
    def __getitem__(self, at: int | slice) -> Record | tuple[Record, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(self._length)))
        return cast(Record, PackedValue(*self.place(range(self._length)[at])))

    def place(self, at: int) -> "tuple[_RecordBlock, int]":
        """The block in which a record stands, and where in it."""
        number = bisect_right(self._ends, at)
        block = self._blocks[number]
        return block, at - self._ends[number] + block.length

    def unpacked(self) -> Iterator[Record]:
        """The records themselves."""
        for block in self._blocks:
            yield from _held(block)

    def alike(self) -> Iterator[tuple[str, str, range]]:
        """As the function `alike` gives them, without unpacking any."""
        for block, end in zip(self._blocks, self._ends, strict=True):
            yield block.form, block.section, range(end - block.length, end)


def opened(records: Sequence[Record]) -> Sequence[Record]:
    """The same records, none of them packed: for whoever asks each of them for much."""
    return tuple(records.unpacked()) if isinstance(records, PackedRecords) else records


def alike(records: Sequence[Record]) -> Iterator[tuple[str, str, range]]:
    """The form, the section and the places of records that share these one after the other; none is unpacked."""
    if isinstance(records, PackedRecords):
        yield from records.alike()
        return
    start = 0
    for (_, form, section), rows in groupby(records, _alike):
        stop = start + sum(1 for _ in rows)
        yield form, section, range(start, stop)
        start = stop


def joined_runs(runs: Sequence[range]) -> Sequence[int]:
    """The places of some runs, as one range where they follow one another: in a list each takes 36 bytes."""
    together = range(runs[0].start, runs[-1].stop)
    return together if len(together) == sum(map(len, runs)) else [*chain.from_iterable(runs)]


def opened_at(records: Sequence[Record], at: Sequence[int]) -> Iterator[Record]:
    """Some of the records, none of them packed."""
    if not isinstance(records, PackedRecords):
        return map(records.__getitem__, at)
    return (_held(block)[place] for block, place in map(records.place, at))


_SHARED = 4096
"""How many different values of a field are shared by the records that have them."""


class Sharing:
    """Opens records that are held together: what many have is held once, 1.05 KB a row instead of 1.45."""

    def __init__(self) -> None:
        self._known: dict[type[Record], Sequence[tuple[dict[Any, Any], Put]]] = {}
        """By model, for each of its fields: its values, and what puts one of them into a record."""

    def opened(self, records: Sequence[Record]) -> Sequence[Record]:
        """As the function `opened`; records share values that are equal."""
        found = opened(records)
        if found is not records:
            for model, alike in groupby(found, type):
                self._share(alike, model)
        return found

    def _share(self, records: Iterable[Record], model: type[Record]) -> None:
        if model not in self._known:
            self._known[model] = [({}, getattr(model, name).__set__) for name in column_types(model)]
        fields = self._known[model]
        for record in records:
            for value, (known, put) in zip(field_values_of(model)(record), fields, strict=True):
                same = known.setdefault(value, value)
                if same is not value and type(same) is type(value):
                    put(record, same)
        for known, _ in fields:
            if len(known) > _SHARED:
                known.clear()


R = TypeVar("R")


def opened_one(value: R) -> R:
    """A record or a row itself where it is packed."""
    return value.unpacked() if isinstance(value, PackedValue) else value


def _alike(record: Record) -> tuple[type[Record], str, str]:
    return type(record), record.form, record.section


class _RecordBlock:
    """Some records of one model, form and section."""

    __slots__ = ("data", "form", "length", "model", "section")

    def __init__(self, records: tuple[Record, ...]) -> None:
        self.model, self.form, self.section = _alike(records[0])
        self.length = len(records)
        self.data: bytes = deflate.compress(pickle.dumps(records, protocol=5), 1)

    def unpacked(self) -> Sequence[Any]:
        """The records themselves."""
        records: tuple[Record, ...] = pickle.loads(deflate.decompress(self.data))  # of this run
        return records


@lru_cache(maxsize=_HELD)  # a block is unpacked once for all its rows that are asked for after each other
def _held(block: Any) -> Sequence[Any]:
    values: Sequence[Any] = block.unpacked()
    return values


class PackedValue:
    """One value of a block that has `model`, `form`, `section`: to every caller an instance of that model."""

    __slots__ = ("_at", "_block")

    def __init__(self, block: Any, at: int) -> None:
        self._block = block
        self._at = at

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        return self._block.model

    @property
    def form(self) -> str:
        """Its form, without unpacking it."""
        return self._block.form  # type: ignore[no-any-return]

    @property
    def section(self) -> str:
        """Its section, without unpacking it."""
        return self._block.section  # type: ignore[no-any-return]

    def unpacked(self) -> Any:
        """The value itself."""
        return _held(self._block)[self._at]

    def __getattr__(self, name: str) -> Any:
        return getattr(_held(self._block)[self._at], name)

    def __eq__(self, other: object) -> bool:
        return bool(self.unpacked() == other)

    def __hash__(self) -> int:
        return hash(self.unpacked())

    def __reduce__(self) -> tuple[Any, ...]:
        return opened_one, (self.unpacked(),)
