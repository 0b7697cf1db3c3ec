"""The rows below a heading, told apart (phân loại dòng): records, other kinds of rows, and what is neither (CT09).

The end of a table is a matter of meaning: notes, totals and signatures, never a count of rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from doingoai_cli.intake.columns import Columns
from doingoai_cli.intake.layout import Region
from doingoai_cli.intake.row_kinds import RECORD, BodyRowKind, Past
from doingoai_cli.intake.row_reader import RowReader
from doingoai_cli.intake.sections import RowSection, first_section
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.forms import FormSpec


class Block(NamedTuple):
    """One row, or the rows that merged cells join to one record, with the section that it stands in."""

    kind: BodyRowKind
    rows: tuple[Row, ...]
    section: RowSection


def read_body(sheet: Sheet, region: Region) -> Iterator[Block]:
    """The blocks of a region's body, from top to bottom; every row of it in exactly one."""
    reader = RowReader(sheet, region)
    columns = region.recognised.columns
    groups = [(rows, reader.full_kind(rows)) for rows in _grouped(sheet, region.body, columns)]
    numbered = any(kind is RECORD and reader.is_numbered(rows) for rows, kind in groups)
    past = Past(
        first_section(region.recognised),
        numbered=numbered,
        levels=reader.levels(groups),
        restarts=reader.restarts(groups),
    )
    steady = None  # what follows a record of a numbered table follows the next one too
    last_full = max((i for i, (_, kind) in enumerate(groups) if kind is RECORD), default=-1)
    for index, (rows, full_kind) in enumerate(groups):
        kind = full_kind or reader.sparse_kind(rows, past, tail=index > last_full)
        if kind is not RECORD or past is not steady:
            past = reader.after(past, kind, rows)
            steady = past if kind is RECORD and past.numbered else None
        yield tuple.__new__(Block, (kind, rows, past.section))  # a third of the time, for each row


def _grouped(sheet: Sheet, rows: Sequence[Row], columns: Columns) -> Iterator[tuple[Row, ...]]:
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


def unstated_sections(spec: FormSpec, blocks: Iterable[Block]) -> tuple[str, ...]:
    """The sections that no row and no heading is of; none where the whole table is blank or "Không có"."""
    if not spec.sections:
        return ()
    stated = {block.section.id for block in blocks if block.kind in (RECORD, BodyRowKind.SECTION)}
    return tuple(section.id for section in spec.sections if stated and section.id not in stated)
