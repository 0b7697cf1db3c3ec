"""The lists of a consolidated workbook read back: who has sent, what is reported, what was set aside."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.consolidation import Dropped, OfficerNote
from doingoai_cli.consolidate.identity import section_of_id
from doingoai_cli.consolidate.reported_parts import WITHOUT
from doingoai_cli.consolidate.workbook.lists import FORMS_HEADING, LEDGER_HEADINGS, STATUS_HEADINGS
from doingoai_cli.consolidate.workbook.officer_notes import NOTES_HEADINGS
from doingoai_cli.consolidate.workbook.read_cells import ListLine, list_lines
from doingoai_cli.consolidate.workbook.set_aside import (
    BACK_COLUMN,
    DATA_COLUMN,
    DAY_COLUMN,
    DROPPED_HEADINGS,
    WITHDRAWN_HEADINGS,
)
from doingoai_cli.model.consolidated import NO_AGENCY, AgencyState, AgencyStatus, ConsolidatedRow, Review
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.grid import Workbook
from doingoai_cli.model.own_files import ListSheet, OwnColumn
from doingoai_cli.model.records import column_types
from doingoai_cli.model.sources import Provenance
from doingoai_cli.model.values import raw
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.text import is_blank, key
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod
from doingoai_cli.vietnamese.time.stated_periods import whole_period


def _list_rows(
    workbook: Workbook, name: str, headings: Iterable[str], joined: Sequence[str] = ()
) -> Iterator[dict[str, str]]:
    """The lines of one of our lists as heading → text; none where the sheet or its headings are gone.

    `joined` are headings whose text goes on in the columns right of theirs, under the same heading with a number.
    """
    grid = next((g for g in workbook.grids if g.name == name), None)
    for line in list_lines(grid, {key(heading): heading for heading in headings}, key):
        yield {**line.fields, **{heading: "".join(_pieces(line, heading)) for heading in joined}}


def _pieces(line: ListLine, heading: str) -> Iterator[str]:
    """The pieces of a text that takes several cells, as they stand: blanks at their ends belong to it."""
    at = next((col for col, name in line.columns.items() if name == heading), None)
    while at is not None and (cell := line.cells.get(at)) is not None:
        yield str(cell.value)
        at += 1


def agencies(workbook: Workbook) -> Iterator[AgencyStatus]:
    """Who has sent what, as the list says."""
    _, code, name, state, received, *numbers, lacking = (h.text for h in STATUS_HEADINGS)
    states = {key(s.value): s for s in AgencyState}
    for line in _list_rows(workbook, ListSheet.STATUS, (h.text for h in STATUS_HEADINGS)):
        known = states.get(key(line.get(state, "")))
        if known is None:
            continue
        files, rows, errors, warnings = (_whole(line.get(heading, "")) for heading in numbers)
        agency = "" if line.get(name) == NO_AGENCY else line.get(name, "")
        yield AgencyStatus(
            agency,
            line.get(code, ""),
            known,
            line.get(received, ""),
            files,
            rows,
            errors,
            warnings,
            tuple(form for part in line.get(lacking, "").split(",") if (form := part.strip())),
        )


class FormSent(NamedTuple):
    """A form that came with rows or as "Không có", as the ledger lists it."""

    form: str
    period: ReportingPeriod
    unstated: tuple[str, ...] = ()


def reported_forms(workbook: Workbook, cycle: int) -> tuple[FormSent, ...] | None:
    """The forms that came, by the ledger; None where it is gone."""
    lines = _ledger(workbook)
    return tuple(part for line in lines for part in _parts(line, cycle)) if lines else None


def months_sent(workbook: Workbook, cycle: int) -> Mapping[str, tuple[tuple[ReportingPeriod, str], ...]]:
    """Agency's key → for which months its files came, and when."""
    _, _, name, received, *_ = (h.text for h in LEDGER_HEADINGS)
    found: dict[str, list[tuple[ReportingPeriod, str]]] = {}
    for line in _ledger(workbook):
        came = [(period, line.get(received, "")) for _, period, _ in _parts(line, cycle)]
        found.setdefault(agency_key(line.get(name, "")), []).extend(came)
    return {agency: tuple(dict.fromkeys(came)) for agency, came in found.items()}


def _ledger(workbook: Workbook) -> list[dict[str, str]]:
    return list(_list_rows(workbook, ListSheet.LEDGER, (h.text for h in LEDGER_HEADINGS)))


def _parts(line: Mapping[str, str], cycle: int) -> Iterator[FormSent]:
    """What a file reports: forms and their periods; none where it was passed over."""
    parts = line.get(FORMS_HEADING, "").split(",")
    yield from (_form_and_period(part.strip(), cycle - 1) for part in parts if part.strip())


def _form_and_period(text: str, year: int) -> FormSent:
    """ "01.A (tháng 8/2019)", "03 không có mục II"; a form alone came whole, also one whose code has brackets."""
    form, _, period = text.rpartition(" (")
    stated = whole_period(period.rstrip(") ")) if form else None
    sent, period_sent = (form.strip(), stated.of_year(year)) if stated else (text, ReportingPeriod(year))
    code, _, sections = sent.partition(WITHOUT)
    return FormSent(code, period_sent, tuple(sections.split(" và ")) if sections else ())


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def withdrawn_rows(workbook: Workbook, catalogue: FormCatalogue, cycle: int) -> Iterator[ConsolidatedRow]:
    """Reviewed records that no submission held any more."""
    for line in _list_rows(workbook, ListSheet.WITHDRAWN, (h.text for h in WITHDRAWN_HEADINGS), (DATA_COLUMN,)):
        row = _set_aside(line, catalogue, cycle, ListSheet.WITHDRAWN)
        if row is not None:
            yield row


def dropped_rows(workbook: Workbook, catalogue: FormCatalogue, cycle: int) -> Iterator[tuple[Dropped, bool]]:
    """Records that an officer had deleted, and whether he asks for them back."""
    for line in _list_rows(workbook, ListSheet.DROPPED, (h.text for h in DROPPED_HEADINGS), (DATA_COLUMN,)):
        row = _set_aside(line, catalogue, cycle, ListSheet.DROPPED)
        if row is not None:
            yield Dropped(row, line.get(DAY_COLUMN, "")), not is_blank(line.get(BACK_COLUMN, ""))


def _set_aside(
    line: Mapping[str, str], catalogue: FormCatalogue, cycle: int, sheet: str
) -> ConsolidatedRow | None:
    form, record_id = line.get("Mẫu", ""), line.get(OwnColumn.ID, "")
    if form not in catalogue.forms() or not record_id:
        return None
    spec = catalogue.of_form(form)
    known = column_types(spec.record_model)
    kept = _unpacked(line.get(DATA_COLUMN, ""))
    values = {field: raw(text) for field, text in kept["texts"].items() if field in known}
    section = section_of_id(record_id, spec.form)
    record = spec.record_model.of({
        "form": spec.form, "section": section, "year": spec.rows_year(cycle, section),
        "provenance": Provenance("", sheet, -1, 0, 0), "cells": {}, "extras": kept["sent"], **values,
    })  # fmt: skip
    agency = "" if line.get(OwnColumn.AGENCY) == NO_AGENCY else line.get(OwnColumn.AGENCY, "")
    return ConsolidatedRow(
        record=record,
        agency=agency,
        agency_key=agency_key(agency),
        stated_source=line.get(OwnColumn.SOURCE, ""),
        record_id=record_id,
        review=Review(line.get(OwnColumn.OPINION, ""), line.get(OwnColumn.REMARK, "")),
        extras=kept["extras"],
        change=line.get(OwnColumn.CHANGE, ""),
        seal=line.get(OwnColumn.SEAL, ""),
        comments=kept["comments"],
    )


_PARTS = ("texts", "extras", "sent", "comments")


def _unpacked(text: str) -> dict[str, dict[str, str]]:
    try:
        data = json.loads(text)
        return {part: {str(k): str(v) for k, v in data.get(part, {}).items()} for part in _PARTS}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {part: {} for part in _PARTS}


def officer_notes(workbook: Workbook) -> Iterator[OfficerNote]:
    """What an earlier merge kept of notes and of what it passed over."""
    _, *headings = (h.text for h in NOTES_HEADINGS)
    for line in _list_rows(workbook, ListSheet.NOTES, (h.text for h in NOTES_HEADINGS)):
        texts = [line.get(heading, "") for heading in headings]
        if any(texts):
            yield OfficerNote(*texts)
