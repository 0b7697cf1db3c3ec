"""The optional members sheet (Danh sách thành viên): who travels in which delegation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.intake.column_numbers import is_numbers_row
from doingoai_cli.intake.other_rows import says_nothing_to_declare
from doingoai_cli.intake.sheet import Row, Sheet
from doingoai_cli.model.findings import Observation, Place
from doingoai_cli.model.own_files import MEMBER_COLUMNS
from doingoai_cli.model.records import Member, Trip, ordinal_key
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.sources import Provenance
from doingoai_cli.model.submissions import Table
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


# --- which delegation each row speaks of (thành viên của đoàn nào) --------------------------------------------

_CODE = re.compile(r"0*(?P<number>\d+) ?(?P<letter>[a-z])\b")
Delegation = tuple[str, str]
"""A form's code and the TT of one of its delegations."""


def with_delegations(
    members: Sequence[Member], tables: Sequence[Table]
) -> tuple[tuple[Member, ...], list[Observation]]:
    """The members with form and TT as their delegation's row has them; CT09 for each delegation not found.

    A form is known by its code however that is typed ("Mẫu 02A"), or where it is left out by the only one that has
    the TT; a delegation by its TT or its name.
    """
    found: list[Member] = []
    lost: dict[Delegation, Member] = {}
    for member, delegation in zip(members, delegations_of(members, tables), strict=True):
        if delegation is not None:
            form, trip = delegation
            found.append(member._replace(form=form, trip=trip))
        else:
            lost.setdefault((member.form, member.trip), member)
            found.append(member)
    return tuple(found), list(map(_told, lost.values()))


def delegations_of(members: Sequence[Member], tables: Sequence[Table]) -> Sequence[Delegation | None]:
    """The delegation of each member, as `with_delegations` tells it; None for one that the tables do not have."""
    if not members:
        return ()
    trips = [record for table in tables for record in table.records if isinstance(record, Trip)]
    forms = {_code(form): form for form in dict.fromkeys(trip.form for trip in trips)}
    named = grouped(pair for trip in trips for pair in _names(trip))
    found: list[Delegation | None] = []
    for member in members:
        of_form = forms.get(_code(member.form), "" if is_blank(member.form) else None)
        fits = [one for one in named.get(_said(member.trip), ()) if of_form in (one[0], "")]
        found.append(fits[0] if fits and len({form for form, _ in fits}) == 1 else None)
    return found


def with_agencies(members: Sequence[Member], roster: Roster | None) -> tuple[Member, ...]:
    """The members with the names that the roster has for their agencies ("SYT": "Sở Y tế")."""
    if roster is None:
        return tuple(members)
    listed = ((member, roster.find(member.agency)) for member in members)
    return tuple(member._replace(agency=entry.name) if entry else member for member, entry in listed)


def _names(trip: Trip) -> Iterator[tuple[str, Delegation]]:
    """What a members sheet may call a delegation by."""
    for said in {_said(trip.ordinal), _said(trip.text("name"))} - {""}:
        yield said, (trip.form, trip.ordinal)


_BEFORE_NUMBER = re.compile(r"(?:đoàn|số|tt|stt)(?: số)? (?=\d+$)")


def _said(text: str) -> str:
    return ordinal_key(_BEFORE_NUMBER.sub("", key(text)))


def _code(form: str) -> str:
    """ "Mẫu số 02.A", "02A", "2-a" as "2a"; the form's own words where they hold no such code."""
    match = _CODE.search(key(form))
    return match["number"] + match["letter"] if match else key(form)


def _told(member: Member) -> Observation:
    where = member.provenance
    place = Place(where.file, where.sheet, where.sheet_index, where.row, member.cell)
    said = " ".join(filter(None, (member.form, member.trip)))
    return Observation("CT09", place, params={"delegation": said or "(trống)", "value": member.name})
