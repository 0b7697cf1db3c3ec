"""The rows below a heading, told apart (phân loại dòng): records, rows that are none, and what is neither (CT09).

The end of a table is a matter of meaning: notes, totals and signatures, never a count of rows.
"""

from collections.abc import Iterator
from typing import NamedTuple

from doingoai_cli.intake.layout import Region
from doingoai_cli.intake.merged_rows import grouped_rows
from doingoai_cli.intake.row_kinds import BodyRowKind, Past
from doingoai_cli.intake.row_reader import RowReader
from doingoai_cli.intake.sections import RowSection, first_section
from doingoai_cli.intake.sheet import Row, Sheet


class Block(NamedTuple):
    """One row, or the rows that merged cells join to one record, with the section that it stands in."""

    kind: BodyRowKind
    rows: tuple[Row, ...]
    section: RowSection


def read_body(sheet: Sheet, region: Region) -> Iterator[Block]:
    """The blocks of a region's body, from top to bottom; every row of it in exactly one."""
    reader = RowReader(sheet, region)
    columns = region.recognised.columns
    groups = [(rows, reader.full_kind(rows)) for rows in grouped_rows(sheet, region.body, columns)]
    numbered = any(kind is BodyRowKind.RECORD and reader.is_numbered(rows) for rows, kind in groups)
    past = Past(first_section(region.recognised), numbered=numbered, levels=reader.levels(groups))
    last_full = max((i for i, (_, kind) in enumerate(groups) if kind is BodyRowKind.RECORD), default=-1)
    for index, (rows, full_kind) in enumerate(groups):
        kind = full_kind or reader.sparse_kind(rows, past, tail=index > last_full)
        past = reader.after(past, kind, rows)
        yield Block(kind, rows, past.section)
