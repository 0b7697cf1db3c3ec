"""Rows that merged cells join to one record (một bản ghi trên nhiều dòng)."""

from collections.abc import Iterator, Sequence

from doingoai_cli.intake.columns import Columns
from doingoai_cli.intake.sheet import Row, Sheet


def grouped_rows(sheet: Sheet, rows: Sequence[Row], columns: Columns) -> Iterator[tuple[Row, ...]]:
    """The rows below a heading, those of one record together."""
    if not sheet.merges:
        yield from ((row,) for row in rows)
        return
    cols, ordinal, name = columns.cols, columns.first("ordinal"), columns.first("name")
    group: list[Row] = []
    for row in rows:
        if group and not _goes_on(sheet, group, row, cols, ordinal, name):
            yield tuple(group)
            group = []
        group.append(row)
    if group:
        yield tuple(group)


def _goes_on(sheet: Sheet, group: Sequence[Row], row: Row, cols: frozenset[int], ordinal: int, name: int) -> bool:
    """Whether a row belongs to the record above: a merged value reaches down to it, and it begins none of its own.

    It does not begin one where it only adds the name to the group's number, or the number to the group's name.
    """
    merges = sheet.merges.get(row.number)
    if merges is None:
        return False
    top = group[0].number
    reaching = [merge for merge in merges if top <= merge.top < row.number]
    if not any(merge.left <= col <= merge.right for merge in reaching for col in cols):
        return False
    match (ordinal in row.texts, name in row.texts):
        case (False, False):
            return True
        case (False, True):
            shared, own = ordinal, name
        case (True, False):
            shared, own = name, ordinal
        case _:
            return False
    covered = any(merge.left <= shared <= merge.right for merge in reaching)
    return covered and not any(own in member.texts for member in group)
