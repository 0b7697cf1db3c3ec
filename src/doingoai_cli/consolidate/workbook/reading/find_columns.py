"""Which column of a sheet is which: by its heading, else by its place between columns that are known."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from doingoai_cli.consolidate.workbook.columns import ColumnKind
from doingoai_cli.grouping import grouped
from doingoai_cli.model.grid import column_letters
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.vietnamese.fuzzy import ratio
from doingoai_cli.vietnamese.text import key

_LIKE = 75


class Wanted(NamedTuple):
    """A column that was there: whose it is, its key, its heading, and whether it may not be missing."""

    kind: ColumnKind
    key: str
    heading: str
    needed: bool


class FoundColumns(NamedTuple):
    """Where the wanted columns stand, and what else there is."""

    columns: Mapping[Wanted, int]
    others: Mapping[int, str]
    """Column → heading of what nobody wanted: officers added it."""
    guessed: frozenset[str]
    losses: tuple[str, ...]
    notices: tuple[str, ...]


def found_columns(
    sheet: str,
    texts: Mapping[int, str],
    columns_wanted: Sequence[Wanted],
    contents: Mapping[int, tuple[str, ...]],
    *,
    in_order: bool,
) -> FoundColumns:
    """`texts` are the headings by column; `contents` what stands in columns that share theirs with another.

    `in_order`: the wanted columns are known to have stood in this order, so that places may tell them.
    """
    by_key = grouped((key(text), col) for col, text in sorted(texts.items()) if not is_reading(text))
    columns: dict[int, int] = {}
    losses: list[str] = []
    for place, want in enumerate(columns_wanted):
        cols = by_key.get(key(want.heading), [])
        if not cols:
            continue
        twins = sum(1 for other in columns_wanted if key(other.heading) == key(want.heading))
        if len(cols) > twins and len({contents.get(col) for col in cols}) > 1 and want.needed:
            losses.append(_doubled(sheet, want, cols))
        columns[place] = cols.pop(0)
    free = {col: text for col, text in texts.items() if col not in columns.values() and not is_reading(text)}
    guesses = _by_place(columns_wanted, columns, free) if in_order else {}
    columns |= guesses
    guesses = {place: col for place, col in guesses.items() if columns_wanted[place].key != OwnColumn.REVIEW_MARK}
    others = {col: text for col, text in free.items() if col not in columns.values()}
    missing = [want for place, want in enumerate(columns_wanted) if place not in columns]
    losses += [_missing(sheet, want, texts) for want in missing if want.needed]
    return FoundColumns(
        columns={columns_wanted[place]: col for place, col in columns.items()},
        others=others,
        guessed=frozenset(columns_wanted[place].heading for place in guesses),
        losses=tuple(losses),
        notices=(
            *(_taken(sheet, columns_wanted[place], col, texts.get(col, "")) for place, col in guesses.items()),
            *(
                f"Trang “{sheet}”: cột “{want.heading}” do cán bộ thêm đã bị xóa hoặc đổi tên."
                for want in missing
                if not want.needed and want.kind is ColumnKind.ADDED
            ),
        ),
    )


def is_reading(text: str) -> bool:
    """Whether it is one of our hidden columns of formulas, which are made anew."""
    return text.startswith("[") and text.endswith("]")


def _by_place(
    columns_wanted: Sequence[Wanted], columns: Mapping[int, int], free: Mapping[int, str]
) -> dict[int, int]:
    """Columns whose heading was changed: those between the same neighbours, if they are as many as are missing.

    Where officers also put columns of their own in between, the heading must at least be like the old one.
    """
    missing = [
        p for p, want in enumerate(columns_wanted) if p not in columns and want.kind is not ColumnKind.ADDED
    ]
    guesses: dict[int, int] = {}

    def neighbours(place: int) -> tuple[int, int]:
        before = max((p for p in columns if p < place), default=-1)
        after = min((p for p in columns if p > place), default=len(columns_wanted))
        return before, after

    for (before, after), group in groupby(missing, neighbours):
        places = list(group)
        left = columns.get(before, 0)
        right = columns.get(after, max(free, default=0) + 1)
        between = [col for col in sorted(free) if left < col < right]
        if right - left - 1 == len(places):  # nothing was put in between, and they may be blank
            between = list(range(left + 1, right))
        if len(between) == len(places):
            guesses |= dict(zip(places, between, strict=True))
        else:
            guesses |= _by_likeness(columns_wanted, places, free)
    return guesses


def _by_likeness(
    columns_wanted: Sequence[Wanted], places: Sequence[int], free: Mapping[int, str]
) -> dict[int, int]:
    scored = sorted(
        (-ratio(key(columns_wanted[place].heading), key(text)), place, col)
        for place in places
        for col, text in free.items()
    )
    guesses: dict[int, int] = {}
    for score, place, col in scored:
        if -score >= _LIKE and place not in guesses and col not in guesses.values():
            guesses[place] = col
    return guesses


# --- in words ----------------------------------------------------------------------------------------------


def _missing(sheet: str, want: Wanted, texts: Mapping[int, str]) -> str:
    shown = [f"{column_letters(col)} “{text}”" for col, text in sorted(texts.items()) if not is_reading(text)]
    there = ", ".join(shown) or "không có cột nào"
    return (
        f"Trang “{sheet}”: thiếu cột “{want.heading}”. Các cột hiện có: {there}. Cách sửa: hoàn tác việc "
        f"xóa cột, hoặc đặt lại đúng tiêu đề “{want.heading}” cho cột đó (không cần cột thì ẩn, không xóa)."
    )


def _doubled(sheet: str, want: Wanted, cols: Sequence[int]) -> str:
    places = ", ".join(map(column_letters, cols))
    return (
        f"Trang “{sheet}”: có {len(cols)} cột cùng tiêu đề “{want.heading}” (cột {places}), nội dung khác nhau. "
        "Cách sửa: giữ một cột, đổi tiêu đề hoặc xóa cột kia."
    )


def _taken(sheet: str, want: Wanted, col: int, text: str) -> str:
    return f"Trang “{sheet}”: cột {column_letters(col)} “{text}” được nhận là cột “{want.heading}”."
