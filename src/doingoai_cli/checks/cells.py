"""Rules over single cells (quy tắc xét từng ô): what they say of a cell is worked out once for all cells like it.

Most cells of an inbox say what others said before. A row whose cells are known takes all rules of its file 6.4 µs
of CPU where one call a rule and cell took 14.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter, getitem, itemgetter
from typing import Any, NamedTuple

from doingoai_cli.checks.kind import FieldKind, FieldValue, Hit, Kind, Layout, RowFacts
from doingoai_cli.model.records import Record, column_types
from doingoai_cli.vietnamese.text import is_blank

_MOST = 2_000
"""How many different cells of a column are remembered."""


class _Fault(NamedTuple):
    at: int
    """The field's place among those of the rule."""
    field: str
    code: str
    hit: Hit


_Judge = tuple[str, FieldKind, int]
"""A rule that looks at a column, by its code, and the column's place among those that it looks at."""


class _JudgedColumn(dict[Any, tuple[_Fault, ...]]):
    """A column of rows that are judged alike: the value of a cell → what is wrong with it."""

    def __init__(self, field: str, judges: Sequence[_Judge], row: RowFacts) -> None:
        super().__init__()
        self._field, self._row = field, row
        self._judges = [(code, kind.fault, at) for code, kind, at in judges if not kind.of_blanks_alone]
        self._of_blanks = [(code, kind.fault, at) for code, kind, at in judges if kind.BLANKS]

    def __missing__(self, value: Any) -> tuple[_Fault, ...]:
        if len(self) >= _MOST:
            self.clear()
        text = value if isinstance(value, str) else value.text
        blank = is_blank(text)
        judges = self._of_blanks if blank else self._judges
        faults: tuple[_Fault, ...] = ()
        cell = tuple.__new__(FieldValue, (self._field, text, value, blank))  # in half the time
        for code, fault, at in judges:
            if hit := fault(cell, self._row):
                faults = (*faults, _Fault(at, self._field, code, hit))
        self[value] = faults
        return faults


class CellRules:
    """The rules over single cells of one layout: code → kind and the fields that the rule names."""

    def __init__(
        self, rules: Mapping[str, tuple[FieldKind, tuple[str, ...]]], layout: Layout, kinds: Mapping[str, Kind]
    ) -> None:
        self._rules, self._layout, self._kinds = rules, layout, kinds
        self._columns: dict[tuple[Any, ...], tuple[Callable[[Record], Sequence[Any]], list[_JudgedColumn]]] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return CellRules, (self._rules, self._layout, self._kinds)  # what was judged stays in its process

    def faults(self, records: Iterable[Record], misdated: bool) -> Iterator[tuple[Record, str, Hit]]:
        """The faults of the records' cells, each with the code of its rule; `misdated`: as in `RowFacts`."""
        for record in records:
            alike = type(record), record.form, record.section, record.year, misdated
            if alike not in self._columns:
                self._columns[alike] = self._columns_of(*alike)
            values_of, columns = self._columns[alike]
            values = values_of(record)
            if any(map(getitem, columns, values)):
                found = [fault for column, value in zip(columns, values, strict=False) for fault in column[value]]
                yield from ((record, code, hit) for code, hit in self._told(record, found))

    def _columns_of(
        self, model: type[Record], form: str, section: str, year: int, misdated: bool
    ) -> tuple[Callable[[Record], Sequence[Any]], list[_JudgedColumn]]:
        row = RowFacts(form, section, year, misdated, self._kinds)
        judges: dict[str, list[_Judge]] = {}
        for code, (kind, fields) in self._rules.items():
            for at, name in enumerate(kind.judged(fields, self._layout)):
                if name in column_types(model):  # a rule names the fields of several forms
                    judges.setdefault(name, []).append((code, kind, at))
        # One name more, for which there is no column: of a single name the getter would give no tuple.
        return attrgetter(*judges, "form"), [_JudgedColumn(name, of_name, row) for name, of_name in judges.items()]

    def _told(self, record: Record, faults: Sequence[_Fault]) -> Iterator[tuple[str, Hit]]:
        """Those of cells that can be judged; of a rule for which one is enough the first."""
        ended = set()
        for _, field, code, hit in sorted(faults, key=itemgetter(0)):
            if code not in ended and record.sound(field):
                yield code, hit
                if self._rules[code][0].ONCE:
                    ended.add(code)
