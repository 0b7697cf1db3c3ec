"""Where things stand in a form sheet of the consolidated workbook: known by meaning and by what was stored."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.identity import id_pattern
from doingoai_cli.consolidate.workbook.columns import SENT, ColumnKind
from doingoai_cli.consolidate.workbook.read_cells import is_formula, text_of
from doingoai_cli.consolidate.workbook.reading.find_columns import Wanted, found_columns, is_reading
from doingoai_cli.consolidate.workbook.structure import StoredColumn, StoredForm
from doingoai_cli.grouping import grouped
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.model.grid import Cell, column_letters
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.vietnamese.text import key

_NUMBER = re.compile(r"[(\[]?([1-9]\d?|[A-Z]|[IVX]+)[a-z]?[)\]]?[.,:]?(\s*=.*)?")
"""A column's number in any notation: (1), 1., (2a), (A), 11=12."""
_FEWEST = 3
"""Headings that a row must hold to be the row of headings."""
_TALL = 4
"""Rows that headings and their numbers may take."""

Rows = Mapping[int, Mapping[int, Cell]]


class SheetHead(NamedTuple):
    """Where things stand in a sheet; columns are 1-based, as in the grid."""

    first: int
    """The first row below the row of headings."""
    fields: Mapping[str, int]
    own: Mapping[str, int]
    sent: Mapping[str, int]
    """The senders' columns by heading, without the mark at its end."""
    added: Mapping[str, int]
    non_records: frozenset[int] = frozenset()
    """Rows of headings and of column numbers."""
    notes: tuple[tuple[int, str], ...] = ()
    """(row, text) of what somebody wrote into those rows."""
    guessed: frozenset[str] = frozenset()
    """Headings of columns that only their place tells: what they hold must agree with what was stored."""
    losses: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def headings(self) -> dict[int, str]:
        """Column → heading of what officers may set a width or a filter for."""
        return {col: name for part in (self.own, self.added) for name, col in part.items()} | {
            col: f"{name}{SENT}" for name, col in self.sent.items()
        }


def find_head(spec: FormSpec, name: str, rows: Rows, stored: StoredForm | None) -> SheetHead | None:
    """The headings of a form's sheet; None where it has none of ours, and no place tells them either."""
    pattern = id_pattern(spec.form)
    like_ids = _like_ids(spec, rows)
    ids = _id_places(like_ids, pattern)
    wanted = _wanted(spec, stored)
    keys = {key(w.heading) for w in wanted}
    with_id = {row for row, _ in ids}
    top = _top(rows, keys, min(with_id, default=None), with_id)
    if top is None and stored is None:
        return None
    non_records = _non_records(spec, rows, top, keys, with_id)
    texts, notes = _headings(spec, rows, top, keys, non_records)
    if top is None:
        texts = _by_place(stored, ids)
        if not texts:
            return None
    if ids and OwnColumn.ID not in texts.values():
        texts[ids[0][1]] = OwnColumn.ID
    if marks := _id_places(like_ids, re.compile(f"#{pattern.pattern}")):
        col = marks[0][1]
        if typed := texts.get(col):  # we write no heading there
            notes.append((top or 0, typed))
        texts[col] = OwnColumn.REVIEW_MARK
    _unheaded(rows, texts, non_records, top or 0)
    contents = _contents(rows, texts, non_records, top or 0)
    found = found_columns(name, texts, wanted, contents, in_order=stored is not None)
    return SheetHead(
        first=top + 1 if top is not None else min(with_id, default=1),
        fields={w.key: col for w, col in found.columns.items() if w.kind is ColumnKind.OFFICIAL},
        own={w.key: col for w, col in found.columns.items() if w.key in {*OwnColumn}},
        sent={w.key.removesuffix(SENT): col for w, col in found.columns.items() if w.kind is ColumnKind.SENT}
        | {text.removesuffix(SENT): col for col, text in found.others.items() if text.endswith(SENT)},
        added=_added(found.columns, found.others),
        non_records=frozenset(non_records),
        notes=tuple(notes),
        guessed=frozenset(texts[col] for col in texts) if top is None else found.guessed,
        losses=found.losses,
        told=found.notices if top is not None else (*found.notices, _NO_HEADINGS.format(sheet=name)),
    )


_NO_HEADINGS = "Trang “{sheet}”: mất dòng tiêu đề cột; các cột được nhận theo vị trí và nội dung."


def _wanted(spec: FormSpec, stored: StoredForm | None) -> tuple[Wanted, ...]:
    """The columns that the sheet must have, from left to right."""
    if stored is not None:
        return tuple(Wanted(c.kind, c.key, c.heading, _is_needed(c)) for c in stored.columns)
    official = (Wanted(ColumnKind.OFFICIAL, c.field, c.label, True) for c in spec.columns)
    return (*official, *(Wanted(ColumnKind.OWN, name, name, name not in _SPARE) for name in OwnColumn))


_SPARE = (OwnColumn.CHANGE, OwnColumn.REVIEW_MARK)
"""Not in every workbook."""


def _is_needed(column: StoredColumn) -> bool:
    return column.kind is not ColumnKind.ADDED and column.key != OwnColumn.REVIEW_MARK


def _like_ids(spec: FormSpec, rows: Rows) -> list[tuple[int, int, str]]:
    """(row, column, text) of every cell that may be an id of the form's rows."""
    sign = f"{spec.form}-"
    return [
        (number, col, cell.value.strip())
        for number, cells in rows.items()
        for col, cell in cells.items()
        if isinstance(cell.value, str) and sign in cell.value
    ]


def _id_places(like_ids: Iterable[tuple[int, int, str]], pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """(row, column) of every cell that is such an id, in the column that has most of them."""
    found = [(number, col) for number, col, text in like_ids if pattern.fullmatch(text)]
    most = Counter(col for _, col in found).most_common(1)
    return [place for place in found if place[1] == most[0][0]] if most else []


def _top(rows: Rows, keys: set[str], first_id: int | None, with_id: set[int]) -> int | None:
    """The row that holds most headings: above the first record, else anywhere between them."""
    for limit in (first_id, None):
        scores = {
            number: sum(1 for c in cells.values() if isinstance(c.value, str) and key(text_of(c)) in keys)
            for number, cells in rows.items()
            if number not in with_id and (limit is None or number < limit)
        }
        best = max(scores, key=lambda number: (scores[number], -number), default=None)
        if best is not None and scores[best] >= _FEWEST:
            return best
    return None


def _non_records(spec: FormSpec, rows: Rows, top: int | None, keys: set[str], with_id: set[int]) -> set[int]:
    """The rows of headings, wherever they are repeated, and of numbers above the first record."""
    known = keys | {key(c.group) for c in spec.columns if c.group}
    first = min(with_id, default=(top or 0) + 20)
    found = set() if top is None else {top}
    for number, cells in rows.items():
        near = top is not None and top - 1 <= number < top + _TALL
        if number in with_id or number in found:
            continue
        told = sum(1 for cell in cells.values() if key(text_of(cell)) in known)
        headings = told * 2 >= len(cells) and told >= (1 if near else _FEWEST)
        if headings or (number < first and _is_numbers(cells.values())):
            found.add(number)
    return found


def _headings(
    spec: FormSpec, rows: Rows, top: int | None, keys: set[str], non_records: set[int]
) -> tuple[dict[int, str], list[tuple[int, str]]]:
    """Column → heading, and what else stands in the rows of headings: (row, text)."""
    groups = {key(c.group) for c in spec.columns if c.group}
    texts = grouped(
        (col, (number, text))
        for number in sorted(non_records)
        for col, cell in rows.get(number, {}).items()
        if (text := text_of(cell)) and not (_NUMBER.fullmatch(text) and key(text) not in keys)
    )
    chosen: dict[int, str] = {}
    notes: list[tuple[int, str]] = []
    for col, found in sorted(texts.items()):
        near = [text for number, text in found if top is not None and top - 1 <= number < top + _TALL]
        if near:
            chosen[col] = _heading(near, keys, groups)
        notes += [
            (number, text)
            for number, text in found
            if text != chosen.get(col) and key(text) not in keys | groups and not text.startswith("[")
        ]
    return chosen, notes


def _heading(texts: Sequence[str], keys: set[str], groups: set[str]) -> str:
    """The heading of a column whose heading rows hold these texts, from the top."""
    known = [text for text in texts if key(text) in keys]
    own = [text for text in texts if key(text) not in groups]
    return known[-1] if known else own[0] if own else texts[-1]


def _is_numbers(cells: Iterable[Cell]) -> bool:
    """Whether a row numbers the columns: at least three different numbers, and little else."""
    texts = [text for cell in cells if (text := text_of(cell))]
    numbers = [text for text in texts if _NUMBER.fullmatch(text)]
    return len(set(numbers)) >= _FEWEST and len(numbers) * 3 >= len(texts) * 2


def _by_place(stored: StoredForm | None, ids: Sequence[tuple[int, int]]) -> dict[int, str]:
    """The stored headings where no heading is left and the column of ids stands where it stood; else none."""
    if stored is None or not ids:
        return {}
    headings = {col: column.heading for col, column in enumerate(stored.columns, 1)}
    return headings if headings.get(ids[0][1]) == OwnColumn.ID else {}


def _unheaded(rows: Rows, texts: dict[int, str], non_records: set[int], top: int) -> None:
    """A column without a heading that holds something keeps its letters as one."""
    for number, cells in rows.items():
        if number > top and number not in non_records:
            for col in cells.keys() - texts.keys():
                if not is_formula(cells[col]):
                    texts[col] = f"(Cột {column_letters(col)})"


def _contents(rows: Rows, texts: Mapping[int, str], non_records: set[int], top: int) -> dict[int, tuple[str, ...]]:
    """What stands in the columns that share a heading with another one."""
    keys = {col: key(text) for col, text in texts.items() if not is_reading(text)}
    uses = Counter(keys.values())
    cols = [col for col, comparable in keys.items() if uses[comparable] > 1]
    body = [number for number in sorted(rows) if number > top and number not in non_records] if cols else []
    return {col: tuple(text_of(rows[number].get(col)) for number in body) for col in cols}


def _added(columns: Mapping[Wanted, int], others: Mapping[int, str]) -> dict[str, int]:
    added = {w.key: col for w, col in columns.items() if w.kind is ColumnKind.ADDED}
    for col, text in others.items():
        if not text.endswith(SENT):
            name, number = text, 2
            while name in added:
                name, number = f"{text} ({number})", number + 1
            added[name] = col
    return added
