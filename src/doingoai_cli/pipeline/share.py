"""`share`: the calendar of the plan for all agencies, and for each an extract (seed 004)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from doingoai_cli.consolidate.calendar_file import calendar_file
from doingoai_cli.consolidate.plan_calendar import (
    Activity,
    Overlap,
    activities,
    of_agencies,
    overlapping,
    roll_up,
    without_cancelled,
)
from doingoai_cli.consolidate.workbook.shared_plan import extract_workbook, shared_workbook
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import NO_AGENCY
from doingoai_cli.model.roster import Roster
from doingoai_cli.pipeline.catalogue import forms_of
from doingoai_cli.pipeline.file_names import stems, write_list
from doingoai_cli.pipeline.files import make_folder, write_own
from doingoai_cli.pipeline.find_books import book_beside
from doingoai_cli.pipeline.inbox import open_roster
from doingoai_cli.pipeline.known_books import read_book
from doingoai_cli.pipeline.workspace import find_workspace
from doingoai_cli.vietnamese.numbers import format_number

EXTRACTS = "trich"
"""The folder of the agencies' extracts, below the one that is named."""


def share(workbook: Path, folder: Path, roster_files: Sequence[Path]) -> tuple[str, ...]:
    """Write the calendar (.xlsx and .ics) and the extracts into `folder`; a sentence each.

    DoingoaiError: no consolidated workbook, or one without a plan.
    """
    workspace = find_workspace(Path.cwd())
    catalogue = forms_of(workspace)
    book = read_book(workbook, catalogue)
    roster = open_roster(roster_files, workspace)
    beside = book_beside(workbook, book.cycle + 1)
    every = activities(book, catalogue)
    planned = without_cancelled(every, book, read_book(beside, catalogue) if beside else None)
    if not planned:
        raise DoingoaiError(f"Sổ {workbook.as_posix()} không có hoạt động nào trong kế hoạch để chia sẻ.")
    found = overlapping(planned)
    make_folder(folder)
    title = f"Hoạt động đối ngoại {workspace.province or ''} {book.cycle}".replace("  ", " ")
    name = f"lich-doi-ngoai-{book.cycle}"
    data = shared_workbook(planned, found, roll_up(planned, roster), roster, book.cycle)
    cancelled, undated = len(every) - len(planned), sum(1 for activity in planned if activity.days is None)
    told = [
        *write_own(folder / f"{name}.xlsx", data).told,
        *write_own(folder / f"{name}.ics", calendar_file(planned, book.cycle, title)).told,
    ]
    if cancelled:
        number = format_number(cancelled)
        told.append(f"{number} hoạt động đã hủy theo trang “Điều chỉnh kế hoạch” không có trong lịch.")
    if undated:
        number = format_number(undated)
        told.append(f"{number} hoạt động chưa rõ thời gian chỉ có ở trang Danh sách, không có trong .ics.")
    return (*told, *_write_extracts(folder / EXTRACTS, planned, found, roster, book.cycle))


def _write_extracts(
    folder: Path, planned: Sequence[Activity], overlaps: Sequence[Overlap], roster: Roster | None, cycle: int
) -> Iterator[str]:
    """A workbook for each agency, and the list of them."""
    extracts = of_agencies(planned, overlaps)
    entries = {agency: roster.find(agency) if roster else None for agency in extracts}
    named = stems((agency, entry.code if entry else "") for agency, entry in entries.items())
    listed = []
    for agency, (mine, touched) in extracts.items():
        data = extract_workbook(agency or NO_AGENCY.strip("()"), mine, touched, roster, cycle)
        one = write_own(folder / f"{named[agency]}.xlsx", data)
        listed.append((agency or NO_AGENCY, one.path))
        if one.notice:
            yield one.notice
    yield from write_list(folder, listed).told
    pairs, number = format_number(len(overlaps)), format_number(len(listed))
    yield f"{pairs} cặp hoạt động trùng nước hoặc đối tác; {number} bản trích."
