"""Settling the inbox (sổ nhận báo cáo): which file stands, which is replaced, who is late or missing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from doingoai_cli.consolidate.arrival import Arrival, Kept, arrivals
from doingoai_cli.consolidate.attendance import agency_identity, entry_of, late, missing, shared_localities
from doingoai_cli.consolidate.changes import Comparison, Kind, RowChange, compare
from doingoai_cli.model.findings import Observation, Place, Severity
from doingoai_cli.model.records import Record
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.submissions import Agency, Submission, Table
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.numbers import format_number


class Replaced(NamedTuple):
    """The rows of one form of a file that do not count, because a later file (or the same one again) holds it."""

    path: str
    form: str
    by: str
    agency: str
    rows: tuple[Record, ...]
    identical: bool = False
    """The same bytes again: noted and passed over."""


@dataclass(frozen=True, slots=True)
class Settled:
    """An inbox with its order settled."""

    submissions: tuple[Submission, ...]
    """All files but identical copies, in the order in which they came."""
    copies: tuple[tuple[Submission, str], ...]
    """Files with the bytes of another one, and that one's path."""
    replaced: tuple[Replaced, ...]
    """Superseded forms with their rows, then the forms of identical copies."""
    arrivals: dict[str, Arrival]
    """Path → when the file came, and what told so."""
    observations: tuple[Observation, ...]
    """TK02, TK03, TK04, TK05."""
    deadline: date | None = None
    """The first day that is too late."""

    @property
    def superseded(self) -> frozenset[tuple[str, str]]:
        """(path, form) of what does not count, copies included."""
        return frozenset((r.path, r.form) for r in self.replaced)

    @property
    def counted(self) -> tuple[tuple[Submission, Table], ...]:
        """The tables that count, in order of arrival."""
        out = self.superseded
        return tuple((s, t) for s in self.submissions for t in s.tables if (s.path, t.form) not in out)


def default_deadline(cycle: int) -> date:
    """15 September of Y-1 (seed 000, K0: "trước ngày 15/9")."""
    return date(cycle - 1, 9, 15)


def settle(
    submissions: Sequence[Submission],
    *,
    roster: Roster | None = None,
    deadline: date | None = None,
    cycle: int | None = None,
    arrival: Sequence[str] | None = None,
    keep_both: Collection[str] = (),
    kept: Iterable[Kept] = (),
) -> Settled:
    """Which files count, and what the ledger has to say (TK02 … TK05).

    The tool's own outputs are passed over. `deadline` is the first day that is too late; None: 15 September of
    Y-1. `arrival` lists paths or file names, the first received first. `keep_both` names agencies (or roster
    codes) whose several files are parts of one report. A file without an agency supersedes nothing; a form
    without rows that is not declared empty ("Không phát sinh") supersedes nothing either. `kept`: when files came,
    as the ledgers of earlier merges have it.
    """
    came = arrivals(submissions, cycle, arrival, kept)
    ordered = sorted((s for s in submissions if s.own is None), key=lambda s: came[s.path].sort_key)
    originals, copies = _without_copies(ordered)
    late_day = deadline or (default_deadline(cycle) if cycle else None)
    keeping = frozenset(agency_key(name) for name in keep_both)
    replaced, observed = _supersede(originals, came, roster, keeping)
    standing = [s for s in originals if _stands(s, replaced)]
    return Settled(
        submissions=tuple(originals),
        copies=copies,
        replaced=(*replaced, *_copied(copies)),
        arrivals=came,
        observations=(
            *missing(originals, roster, late_day),
            *late(standing, came, late_day),
            *observed,
            *shared_localities(standing),
        ),
        deadline=late_day,
    )


def _without_copies(
    ordered: Iterable[Submission],
) -> tuple[list[Submission], tuple[tuple[Submission, str], ...]]:
    first: dict[str, str] = {}
    originals: list[Submission] = []
    copies: list[tuple[Submission, str]] = []
    for submission in ordered:
        known = first.setdefault(submission.sha256, submission.path)
        if known == submission.path:
            originals.append(submission)
        else:
            copies.append((submission, known))
    return originals, tuple(copies)


def _copied(copies: Iterable[tuple[Submission, str]]) -> Iterable[Replaced]:
    for copy, original in copies:
        agency = copy.agency.name if copy.agency else ""
        for form in dict.fromkeys(t.form for t in copy.tables):
            yield Replaced(copy.path, form, original, agency, _rows(copy, form), identical=True)


def _rows(submission: Submission, form: str) -> tuple[Record, ...]:
    return tuple(r for t in submission.tables if t.form == form for r in t.records)


def _keeps_both(agency: Agency, roster: Roster | None, keeping: frozenset[str]) -> bool:
    entry = entry_of(agency, roster)
    names = {agency.key, agency_key(agency.name), agency_key(agency.code or "")} - {""}
    return bool(names & keeping) or (entry is not None and entry.keep_both)


# --- TK04 --------------------------------------------------------------------------------------------------


def _supersede(
    ordered: Sequence[Submission], came: dict[str, Arrival], roster: Roster | None, keeping: frozenset[str]
) -> tuple[list[Replaced], list[Observation]]:
    replaced: list[Replaced] = []
    observed: list[Observation] = []
    standing: dict[tuple[str, str], Submission] = {}
    for later in ordered:
        agency = later.agency
        if agency is None or _keeps_both(agency, roster, keeping):
            continue
        for form in dict.fromkeys(t.form for t in later.tables if t.records or t.nil):
            earlier = standing.get((agency_identity(agency), form))
            standing[agency_identity(agency), form] = later
            if earlier is not None:
                rows = _rows(earlier, form)
                replaced.append(Replaced(earlier.path, form, later.path, agency.name, rows))
                observed.append(_replacement(earlier, later, form, agency, came))
    return replaced, observed


def _replacement(
    earlier: Submission, later: Submission, form: str, agency: Agency, came: dict[str, Arrival]
) -> Observation:
    compared = compare(_rows(earlier, form), _rows(later, form))
    doubtful = compared.recurring * 2 < compared.earlier
    return Observation(
        code="TK04",
        place=Place(later.path),
        form=form,
        params={
            "agency": agency.name,
            "form": form,
            "earlier": earlier.path,
            "later": later.path,
            "earlier_received": came[earlier.path].received,
            "later_received": came[later.path].received,
            "basis": came[later.path].reason,
            **_compared(compared),
        },
        related=(Place(earlier.path),),
        severity=Severity.WARNING if doubtful else Severity.INFO,
    )


def _compared(compared: Comparison) -> dict[str, Any]:
    return {
        "earlier_rows": compared.earlier,
        "later_rows": compared.later,
        "recurring": compared.recurring,
        "added": compared.number("added"),
        "removed": compared.number("removed"),
        "edited": compared.number("edited"),
        "changes": [_plain(change) for change in compared.changes],
        "summary": _in_words(compared),
    }


def _plain(change: RowChange) -> dict[str, Any]:
    fields = [{"field": f.field, "before": f.before, "after": f.after} for f in change.fields]
    return {
        "kind": change.kind, "ordinal": change.ordinal, "name": change.name, "row": change.row, "fields": fields,
    }  # fmt: skip


def _in_words(compared: Comparison) -> str:
    words: tuple[tuple[str, Kind], ...] = (("thêm", "added"), ("bỏ", "removed"), ("sửa", "edited"))
    numbers = [(verb, compared.number(kind)) for verb, kind in words]
    parts = [f"{verb} {format_number(number)} dòng" for verb, number in numbers if number]
    return ", ".join(parts) or "không thay đổi dòng nào"


def _stands(submission: Submission, replaced: Collection[Replaced]) -> bool:
    """Whether anything of a file still counts; a file without forms (unreadable) stands as received."""
    gone = {r.form for r in replaced if r.path == submission.path}
    held = {t.form for t in submission.tables if t.records or t.nil}
    return not gone or bool(held - gone)
