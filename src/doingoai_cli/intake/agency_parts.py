"""A file with forms of several agencies → what each of them sent (bản gửi của từng cơ quan trong một tệp).

Of a list without a letterhead the lines within it tell whose rows stand below them ("I. Sở Y tế").
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.intake.agency import of_entry
from doingoai_cli.intake.members import delegations_of, with_agencies, with_delegations
from doingoai_cli.intake.several_agencies import Named, Owned, is_variant, named_tables, owned_tables
from doingoai_cli.intake.sheet_tables import LaidOut
from doingoai_cli.intake.table import title_cycle
from doingoai_cli.model.findings import Observation, Place, Severity, cell_place
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.records import Member
from doingoai_cli.model.roster import Roster, entry_of
from doingoai_cli.model.submissions import Agency, AgencySource, OwnOutput, Submission, Table
from doingoai_cli.vietnamese.agencies import agency_key, is_generic, locality

_MOST_NAMED = 10
"""Names that one sentence lists."""


def by_agency(
    whole: Submission, sheets: Sequence[LaidOut], members: Sequence[Member], roster: Roster | None, province: str
) -> tuple[Submission, ...]:
    """What each agency sent in a file; the file itself where it is one agency's, or cannot be taken apart.

    `members`: as they were read, before their delegations were looked for in all tables. What is said of the file
    as a whole is said of the first agency.
    """
    if whole.own is not None or any(OwnColumn.SOURCE in r.extras for t in whole.tables for r in t.records[:1]):
        return (whole,)
    named = named_tables(sheets, roster, province)
    owned = owned_tables(named, roster)
    tables = [_OwnedTable(table, one) for table, one in zip(whole.tables, owned, strict=False)]
    if not tables and roster is not None and whole.agency is None:
        tables = list(_runs(whole.tables, named, roster))
    if not tables or _share_rows(tables):
        told = _with_cells(whole.observations, named, beside=bool(tables))
        return (_with_doubts(replace(whole, observations=told), named, roster),)
    return _Parts(whole, tables).made(members, roster)


def _with_cells(
    observations: Sequence[Observation], tables: Sequence[Named], *, beside: bool
) -> tuple[Observation, ...]:
    """What was observed, CT10 of several names with the cell of each, and whether tables stand side by side."""
    cells: dict[str, str] = {}
    for one in tables:
        address = f"trang “{one.grid.name}”, ô {one.grid.address(*one.cell)}"
        for known in (agency_key(one.name), *((one.agency.key,) if one.agency else ())):
            cells.setdefault(known, address)
    return tuple(
        o._replace(params={**o.params, "cells": _placed(o.params["names"], cells), "beside": beside})
        if o.code == "CT10" and o.params["reason"] == "ambiguous"
        else o
        for o in observations
    )


def _placed(names: Sequence[str], cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{name} ({at})" if (at := cells.get(agency_key(name))) else name for name in names)


def _with_doubts(whole: Submission, tables: Sequence[Named], roster: Roster | None) -> Submission:
    """A file that is counted to one agency, with CT10 at each table that names another body, not in the roster.

    A district's bodies have one common plan (K0).
    """
    agency, entry = whole.agency, entry_of(whole.agency, roster)
    in_doubt = any(o.code == "CT10" and o.params["reason"] == "ambiguous" for o in whole.observations)
    if roster is None or agency is None or in_doubt:
        return whole
    keys, place = (entry.keys, entry.locality) if entry else ((agency.key,), locality(agency.name))
    said = tuple(
        _doubt(whole.path, table, one, agency.name)
        for table, one in zip(whole.tables, tables, strict=True)
        if one.agency is None and one.name and not is_generic(one.name)
        if place is None or locality(one.name) != place
        if not any(is_variant(known, agency_key(one.name)) for known in keys)
    )
    return replace(whole, observations=(*said, *whole.observations)) if said else whole


def _doubt(path: str, table: Table, named: Named, taken: str) -> Observation:
    """That a table does not say that it is of the agency to which it is counted."""
    params = {"reason": "unnamed", "name": named.name, "taken": taken}
    return Observation("CT10", cell_place(path, named.grid, *named.cell), table.form, params=params)


class _OwnedTable(NamedTuple):
    """A table as it was read, and whose it is."""

    table: Table
    owned: Owned
    begins: int | None = None
    """The row with which a part of a table begins, as a person counts it; None for a whole one."""

    @property
    def agency(self) -> str:
        return self.owned.agency.key

    @property
    def first_row(self) -> int:
        """Its first row, as a person counts it."""
        own = self.owned.named.grid.own_row(self.owned.named.first_row.number)
        return own if self.begins is None else self.begins


def _runs(tables: Sequence[Table], named: Sequence[Named], roster: Roster) -> Iterator[_OwnedTable]:
    """The rows below each line of a table that names an agency of the roster, where nothing else names one.

    Nothing where a row, or a table without any, is of no such agency, or all are of one.
    """
    units = [[(unit, [*rows]) for unit, rows in groupby(t.records, attrgetter("provenance.unit"))] for t in tables]
    listed = {unit: roster.find(unit or "") for of_table in units for unit, _ in of_table}
    if not all(units) or None in listed.values() or len({*listed.values()}) < 2:
        return
    for table, one, of_table in zip(tables, named, units, strict=True):
        lines = {one.grid.own_row(row.number): row for row in one.region.body}
        for unit, rows in of_table:
            entry, first = listed[unit], rows[0].provenance.row
            assert entry is not None
            line = lines.get(first - 1) or lines.get(first)
            cell = (line.number, min(line.texts)) if line else one.cell
            owned = Owned(one._replace(cell=cell), of_entry(entry, AgencySource.ROSTER))
            # A table is known by where it begins; its totals are of all its rows.
            begins = table.header_row if rows is of_table[0][1] else first - 1
            yield _OwnedTable(replace(table, records=tuple(rows), header_row=begins, totals=()), owned, begins)


def _share_rows(tables: Sequence[_OwnedTable]) -> bool:
    """Whether tables of two agencies stand side by side: a row is known by its number alone."""
    whose: dict[tuple[int, int], str] = {}
    return any(
        whose.setdefault((table.sheet_index, row), one.agency) != one.agency
        for one in tables
        for table in (one.table,)
        for row in (table.header_row, *(record.provenance.row for record in table.records))
    )


class _Parts:
    """The parts of one file."""

    def __init__(self, whole: Submission, tables: Sequence[_OwnedTable]) -> None:
        self._whole = whole
        self._tables = tables
        self._agencies = {one.agency: one.owned.agency for one in tables}
        self._of = grouped((one.agency, one) for one in tables)
        in_order = sorted(tables, key=lambda one: one.first_row)
        self._in_sheet = grouped((one.table.sheet_index, one) for one in in_order)
        self._names = _first_of([agency.name for agency in self._agencies.values()])

    def made(self, members: Sequence[Member], roster: Roster | None) -> tuple[Submission, ...]:
        """A submission of each agency, in the order of the file."""
        listed = with_agencies(members, roster)
        delegates = grouped(self._of_members(listed))
        said = grouped((self._at(o.place), o) for o in self._whole.observations if not _is_replaced(o))
        first = next(iter(self._agencies))
        return tuple(
            self._part(agency, delegates.get(key, ()), said.get(key, ()), self._whole.non_records * (key == first))
            for key, agency in self._agencies.items()
        )

    def _part(
        self, agency: Agency, members: Sequence[Member], said: Sequence[Observation], non_records: int
    ) -> Submission:
        own = self._of[agency.key]
        tables = tuple(one.table for one in own)
        found, lost = with_delegations(members, tables)
        cycles = (title_cycle(one.owned.named.region) for one in own)
        empty = not (found or said or any(table.records or table.nil for table in tables))
        return replace(
            self._whole,
            tables=tables,
            members=found,
            agency=agency,
            observations=(self._told(agency, own), *self._doubts(agency, own), *said, *lost),
            title_cycles=tuple(dict.fromkeys(cycle for cycle in cycles if cycle is not None)),
            own=OwnOutput.BLANK if empty else None,
            non_records=non_records,
        )

    # --- what belongs to which part ----------------------------------------------------------------------------

    def _at(self, place: Place) -> str:
        """The agency of the table that a place belongs to: the last that begins above it there, else before."""
        here = self._in_sheet.get(place.sheet_index)
        if here is None:
            before = [one for one in self._tables if one.table.sheet_index < place.sheet_index]
            return (before or self._tables[:1])[-1].agency
        begun = bisect_right(here, place.row or 0, key=lambda one: one.first_row)
        return here[max(begun - 1, 0)].agency

    def _of_members(self, members: Sequence[Member]) -> Iterator[tuple[str, Member]]:
        """Each member with whose delegation it is: that of the one agency which has it, else of the member's own.

        Where that does not tell it: of the agency whose table stands before the list.
        """
        of_each = [delegations_of(members, [one.table for one in own]) for own in self._of.values()]
        for member, delegations in zip(members, zip(*of_each, strict=True), strict=True):
            having = [key for key, found in zip(self._of, delegations, strict=True) if found is not None]
            own, at = agency_key(member.agency), member.provenance
            if own not in having:
                own = having[0] if len(having) == 1 else self._at(Place(at.file, at.sheet, at.sheet_index, at.row))
            yield own, member

    # --- CT10 --------------------------------------------------------------------------------------------------

    def _told(self, agency: Agency, own: Sequence[_OwnedTable]) -> Observation:
        """That the file was taken apart, and from which table on this agency's begin."""
        sheets = tuple(dict.fromkeys(one.table.sheet for one in own))
        params = {"reason": "several", "names": self._names, "taken": agency.name, "sheets": sheets}
        first = next((one for one in own if not one.owned.doubtful), own[0])
        place = cell_place(self._whole.path, first.owned.named.grid, *first.owned.named.cell)
        return Observation("CT10", place, params=params, severity=Severity.INFO)

    def _doubts(self, agency: Agency, own: Sequence[_OwnedTable]) -> Iterator[Observation]:
        """The tables that do not say whose they are, each at its first cell."""
        for one in own:
            if one.owned.doubtful:
                yield _doubt(self._whole.path, one.table, one.owned.named, agency.name)


def _first_of(names: Sequence[str]) -> tuple[str, ...]:
    """The names that a sentence lists; of many the first, and how many more there are."""
    more = len(names) - _MOST_NAMED
    return (*names[:_MOST_NAMED], f"và {more} cơ quan khác") if more > 0 else tuple(names)


def _is_replaced(observation: Observation) -> bool:
    """What the parts say anew: CT10, and delegations of members that were looked for in all tables."""
    return observation.code == "CT10" or "delegation" in observation.params
