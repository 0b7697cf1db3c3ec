"""The optional members sheet (Danh sách thành viên): who travels in which delegation."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.intake.column_numbers import is_numbers_row
from doingoai_cli.intake.other_rows import says_nothing_to_declare
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.own_files import MEMBER_COLUMNS
from doingoai_cli.model.records import Member
from doingoai_cli.model.sources import Provenance
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import is_blank, key
from doingoai_cli.vietnamese.ticks import is_ditto

_LABELS = {key(label): field for field, label in MEMBER_COLUMNS} | {
    key(label): field for field, labels in names("member-headings.tsv").items() for label in labels
}
_NEEDED = frozenset({"trip", "name"})
_DEEPEST = 40
"""Rows with text above the heading."""


class _MembersHeading(NamedTuple):
    at: int
    columns: Mapping[str, int]


def is_members_sheet(sheet: Sheet) -> bool:
    """Whether a sheet has the members sheet's heading."""
    return _heading(sheet.rows) is not None


def read_members(sheet: Sheet, file: str) -> tuple[Member, ...]:
    """The members that a sheet lists; a form or TT đoàn that is typed once counts for the rows below it too."""
    heading = _heading(sheet.rows)
    if heading is None:
        return ()
    members: list[Member] = []
    trip = _NamedDelegation()
    for row in sheet.rows[heading.at + 1 :]:
        texts = {field: _text(sheet, row, col) for field, col in heading.columns.items()}
        trip = trip.below(texts.get("form", ""), texts.get("trip", ""))
        name = texts.get("name", "")
        if is_blank(name) or says_nothing_to_declare(name) or is_numbers_row(row.texts.values()):
            continue
        own = sheet.grid.own_row(row.number)
        place = Provenance(file, sheet.grid.name, sheet.grid.index, own, own, None, row.hidden)
        above = members[-1] if members else None
        title, agency = (_or_above(texts.get(field, ""), above, field) for field in ("title", "agency"))
        cell = sheet.grid.address(row.number, heading.columns["trip"])
        members.append(Member(trip.form, trip.ordinal, name, title, agency, place, cell))
    return tuple(members)


class _NamedDelegation(NamedTuple):
    """The delegation that the rows of a members sheet speak of until another is named."""

    form: str = ""
    ordinal: str = ""

    def below(self, form: str, ordinal: str) -> "_NamedDelegation":
        """The delegation of the next row: what it leaves open, or says by "nt", is as above."""
        named = "" if is_blank(form) or is_ditto(form) else form
        if named and named != self.form:
            return _NamedDelegation(named, "" if is_ditto(ordinal) else ordinal)
        return _NamedDelegation(self.form, self.ordinal if is_blank(ordinal) or is_ditto(ordinal) else ordinal)


def _or_above(text: str, above: Member | None, field: str) -> str:
    return (getattr(above, field) if above else "") if is_ditto(text) else text


def _heading(rows: Sequence[Row]) -> _MembersHeading | None:
    for index, row in enumerate(rows[:_DEEPEST]):
        columns: dict[str, int] = {}
        for col, text in row.texts.items():
            field = _LABELS.get(key(text)) if len(text) < 60 else None
            if field is not None:
                columns.setdefault(field, col)
        if columns.keys() >= _NEEDED and len(columns) >= 3:
            return _MembersHeading(index, columns)
    return None


def _text(sheet: Sheet, row: Row, col: int) -> str:
    own = row.texts.get(col)
    if own is not None:
        return own
    merge = sheet.merge_at(row.number, col)
    return sheet.text(merge.top, merge.left) if merge else ""
