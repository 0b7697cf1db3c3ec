"""Which delegation each row of the members sheet speaks of (thành viên của đoàn nào)."""

import re
from collections.abc import Iterator, Sequence

from doingoai_cli.grouping import grouped
from doingoai_cli.model.findings import Observation, Place
from doingoai_cli.model.records import Member, Trip, ordinal_key
from doingoai_cli.model.submissions import Table
from doingoai_cli.vietnamese.text import is_blank, key

_CODE = re.compile(r"0*(?P<number>\d+) ?(?P<letter>[a-z])\b")
Delegation = tuple[str, str]
"""A form's code and the TT of one of its delegations."""


def with_delegations(
    members: Sequence[Member], tables: Sequence[Table]
) -> tuple[tuple[Member, ...], list[Observation]]:
    """The members with form and TT as their delegation's row has them; CT09 for each delegation that is not there.

    A form is known by its code however that is typed ("Mẫu 02A"), or where it is left out by the only one that has
    the TT; a delegation by its TT or its name.
    """
    if not members:
        return (), []
    trips = [record for table in tables for record in table.records if isinstance(record, Trip)]
    forms = {_code(form): form for form in dict.fromkeys(trip.form for trip in trips)}
    named = grouped(pair for trip in trips for pair in _names(trip))
    found: list[Member] = []
    lost: dict[Delegation, Member] = {}
    for member in members:
        of_form = forms.get(_code(member.form), "" if is_blank(member.form) else None)
        fits = [one for one in named.get(_said(member.trip), ()) if of_form in (one[0], "")]
        if fits and len({form for form, _ in fits}) == 1:
            member = member._replace(form=fits[0][0], trip=fits[0][1])
        else:
            lost.setdefault((member.form, member.trip), member)
        found.append(member)
    return tuple(found), list(map(_told, lost.values()))


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
