"""Who is missing, who is late, and which district sent two plans (TK02, TK03, TK05)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from doingoai_cli.consolidate.arrival import Arrival
from doingoai_cli.model.findings import Observation, Place
from doingoai_cli.model.roster import Roster, entry_of, listed_name
from doingoai_cli.model.run import YearDeadline
from doingoai_cli.model.submissions import Submission
from doingoai_cli.vietnamese.agencies import keys_apart, locality, stands_apart

if TYPE_CHECKING:
    from doingoai_cli.model.consolidated import ConsolidatedRow


def with_agencies_apart(submissions: Sequence[Submission]) -> tuple[Submission, ...]:
    """The files with the keys of their agencies as these meet: "Sở Y tế Nghệ An" is not "Sở Y tế Hà Tĩnh"."""
    keys = keys_apart(s.agency.name for s in submissions if s.agency)
    return tuple(
        replace(s, agency=s.agency._replace(key=keys[s.agency.name]))
        if s.agency and s.agency.key != keys[s.agency.name]
        else s
        for s in submissions
    )


def rows_with_agencies_apart(
    rows: "Sequence[ConsolidatedRow]", others: Iterable[str] = ()
) -> "tuple[ConsolidatedRow, ...]":
    """The same for rows of a workbook; `others` are agencies that they meet."""
    keys = keys_apart((*(row.agency for row in rows), *others))
    return tuple(
        row if row.agency_key == keys[row.agency] else replace(row, agency_key=keys[row.agency]) for row in rows
    )


def missing(
    ordered: Sequence[Submission], roster: Roster | None, deadline: YearDeadline, blank: Mapping[str, str]
) -> Iterable[Observation]:
    """TK02: agencies of the roster of which no file came. `blank`: agency key → a form that came back blank."""
    if roster is None:
        return
    entries = [entry_of(s.agency, roster) for s in ordered]
    sent = {(e.code, e.name) for e in entries if e is not None}
    for entry in roster.entries:
        if (entry.code, entry.name) not in sent:
            params = {
                "agency": entry.name,
                "agency_code": entry.code,
                "deadline": _vietnamese(deadline.of(entry.name)),
                "blank": next((blank[key] for key in entry.keys if key in blank), ""),
            }
            yield Observation("TK02", Place(None), params=params)


def late(
    standing: Iterable[Submission], came: Mapping[str, Arrival], roster: Roster | None, deadline: YearDeadline
) -> Iterable[Observation]:
    """TK03: files that came on or after the first day that is too late, for their agency if it has its own."""
    for submission in standing:
        arrival = came[submission.path]
        late_day = deadline.of(listed_name(submission.agency, roster))
        if late_day is None or arrival.when is None or arrival.when.date() < late_day:
            continue
        if not submission.tables:  # what cannot be read is no report yet: CT01 or CT02 says so
            continue
        params = {
            "agency": submission.agency_name,
            "received": arrival.received,
            "deadline": _vietnamese(late_day),
            "days_late": (arrival.when.date() - late_day).days + 1,
            "basis": arrival.reason,
        }
        yield Observation("TK03", Place(submission.path), params=params)


def _vietnamese(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def shared_localities(standing: Iterable[Submission], books: Iterable[Submission]) -> Iterable[Observation]:
    """TK05: files of two agencies of one district-level locality (K0: one common plan).

    Files that came in one workbook (of `books`) of that locality's own are its common plan.
    """
    owned = {book.through[:1]: locality(book.agency.name) for book in books if book.agency}
    by_locality: dict[str, list[Submission]] = {}
    for submission in standing:
        place = locality(submission.agency.name) if submission.agency else None
        if place and submission.agency and stands_apart(submission.agency.name):
            continue
        if place and (not submission.through or owned.get(submission.through[:1]) != place):
            by_locality.setdefault(place, []).append(submission)
    for place, files in by_locality.items():
        agencies = {s.agency.key: s.agency.name for s in files if s.agency}
        last = files[-1]
        assert last.agency is not None
        others = [s for s in files if s.path != last.path and s.agency and s.agency.key != last.agency.key]
        if not others:  # one agency's own parts, or one file of all: no second plan of the locality
            continue
        params = {
            "agency": last.agency.name,
            "locality": place,
            "agencies": list(agencies.values()),
            "files": [s.path for s in files],
            "others": [s.path for s in others],
        }
        related = tuple(Place(s.path) for s in others)
        yield Observation("TK05", Place(last.path), params=params, related=related)
