"""The records of one table by columns (theo cột): enough to see that nearly all of them are beyond doubt."""

from collections.abc import Sequence
from itertools import compress
from typing import Any

from doingoai_cli.model.records import Record, column_types


class Rows:
    """The records of one table; each column is taken out of them once, however many rules look at it."""

    __slots__ = ("_reads", "_texts", "_values", "records")

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records
        self._reads = column_types(type(records[0])) if records else {}
        self._values: dict[str, list[Any]] = {}
        self._texts: dict[str, list[str]] = {}

    def values(self, field: str, *kinds: type) -> Sequence[Any]:
        """What was understood of a field, record by record; none where it is of no such kind, or there is no such.

        Without `kinds` any will do.
        """
        kind = self._reads.get(field)
        if kind is None or (kinds and kind not in kinds):
            return ()
        known = self._values.get(field)
        if known is None:
            known = self._values[field] = [getattr(record, field) for record in self.records]
        return known

    def texts(self, field: str) -> Sequence[str]:
        """A field as the sender typed it, record by record; none where these records have no such field."""
        values = self.values(field)
        if not values or self._reads[field] is str:
            return values
        known = self._texts.get(field)
        if known is None:
            known = self._texts[field] = [value.text for value in values]
        return known

    def where(self, *columns: Sequence[object]) -> Sequence[Record]:
        """The records for which something true stands in one of `columns`; an empty column says nothing."""
        said = [column for column in columns if column]
        if len(said) > 1:
            return list(compress(self.records, map(any, zip(*said, strict=True))))
        return list(compress(self.records, said[0])) if said else ()
