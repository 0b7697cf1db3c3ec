"""Paths → submissions → one settled run with its cycle, its rule pack and its findings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from doingoai_cli import messages, pipeline
from doingoai_cli.checks.pack import Pack
from doingoai_cli.consolidate.arrival import arrivals
from doingoai_cli.consolidate.settle import Receiving, Settled, settle
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.grouping import grouped
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.outcome import PassedOver
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.run import History, Run, YearDeadline
from doingoai_cli.model.submissions import Submission
from doingoai_cli.pipeline.beside import Begin, Begun
from doingoai_cli.pipeline.catalogue import forms_of, unruled
from doingoai_cli.pipeline.conclusion import begin_conclusion, check_codes
from doingoai_cli.pipeline.inbox_files import InboxFiles, Levels, Request, passed_over_sentence, read_inbox
from doingoai_cli.pipeline.periods import with_periods
from doingoai_cli.pipeline.reading import Tell
from doingoai_cli.pipeline.workspace import (
    ROSTER_NAMES,
    WAIVERS_NAME,
    Workspace,
    find_workspace,
    named_path,
    named_paths,
)
from doingoai_cli.vietnamese.agencies import agency_key

if TYPE_CHECKING:
    from doingoai_cli.checks.waivers import Waivers
    from doingoai_cli.model.consolidated import Consolidated
    from doingoai_cli.pipeline.books import BegunBook
    from doingoai_cli.pipeline.workers import WorkerPool

__all__ = ["Inbox", "Request", "open_inbox", "open_roster"]

_BLANK = messages.OWN_OUTPUT["blank"]


@dataclass(frozen=True, slots=True)
class Inbox:
    """A run with everything known about it."""

    run: Run
    pack: Pack
    found: Callable[[], tuple[Finding, ...]]
    """Gives the findings; see `findings`."""
    settled: Settled
    catalogue: FormCatalogue
    workspace: Workspace
    notices: tuple[str, ...]
    passed_over: tuple[PassedOver, ...] = ()
    """What lies there and is no submission."""
    plan: "Consolidated | None" = None
    """The workbook of the cycle before, where the history has it: the plan that was approved for the results."""
    begin: Begin = Begun
    """Begins work beside this process, where what was read is known."""
    target: "BegunBook | None" = None
    """The workbook that will be written, if it is being read."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings; those across files may still be worked out when they are first asked for."""
        return self.found()

    @property
    def cycle(self) -> int | None:
        """The plan year Y; None where no file says it."""
        return self.run.cycle


def open_inbox(request: Request, progress: Tell | None = None, pool: "WorkerPool | None" = None) -> Inbox:
    """Read, settle and check everything that the paths name; `pool`: processes for it that are there already.

    DoingoaiError: a path that does not exist, nothing to read, no or several years, a broken pack, roster,
    waiver file or workspace. What an agency sent never raises.
    """
    workspace = find_workspace(Path.cwd())
    if workspace.report or workspace.letter or workspace.calendar:
        from doingoai_cli.pipeline.document_settings import refuse_faults  # 6 ms where they say anything

        refuse_faults(workspace)
    catalogue = forms_of(workspace)
    roster = open_roster(request.roster, workspace, needed=request.needs_roster)
    waivers, found = _open_waivers(request.waivers, workspace)
    files = read_inbox(request, workspace, catalogue, roster, progress, pool)
    pack, cycle = files.setting.pack, files.setting.cycle
    history = (request.history or named_paths(workspace, "history")) if cycle is not None else ()
    earlier = tuple(pipeline.books.read_book(path, catalogue) for path in history)
    check_codes(request, pack)
    received = _receive(request, workspace, roster, files)
    settled, across = received.settled, received.across
    run = Run(
        submissions=settled.submissions,
        cycle=cycle,
        superseded=settled.superseded,
        superseded_rows=settled.superseded_rows,
        ledger=settled.observations if across else (),
        history=_history(earlier, cycle, catalogue),
        roster=roster,
        across=across,
    )
    of_reads = grouped((read.submission.path, finding) for read in files.reads for finding in read.findings)
    own = {**received.levels.findings, **of_reads}
    paths = dict.fromkeys(submission.path for submission in run.submissions)
    of_files = [finding for path in paths for finding in own.get(path, ())]
    waived = waivers.in_cycle(cycle) if waivers is not None else None
    conclusion = begin_conclusion(run, pack, of_files, waived, request, files.begin)
    plan = next((book for book in reversed(earlier) if cycle and book.cycle == cycle - 1), None)
    empty = [messages.ROSTER_EMPTY] if roster is not None and not roster.entries else ()
    ruleless = unruled(workspace, catalogue, pack, settled.submissions)
    notices = (*found, *files.notices, *received.told, *empty, *ruleless)
    return Inbox(
        run, pack, conclusion, settled, catalogue, workspace, notices, received.passed_over, plan, files.begin,
        files.target,
    )  # fmt: skip


class _Received(NamedTuple):
    """The submissions of a run, those within workbooks of lower levels among them, settled."""

    settled: Settled
    levels: Levels
    passed_over: tuple[PassedOver, ...]
    told: tuple[str, ...]
    across: bool
    """Whether its files are looked at together, not each by itself."""


def _receive(request: Request, workspace: Workspace, roster: Roster | None, files: InboxFiles) -> _Received:
    cycle, levels = files.setting.cycle, Levels()
    arrival = pipeline.officer_lists.read_arrivals(*request.arrival) if request.arrival else None
    if files.books:
        came = arrivals(files.books, cycle, arrival, files.known())
        levels = pipeline.lower_levels.levels_within(files, came, request, workspace)
    passed_over = (*files.passed_over, *levels.passed_over)
    sent = (*(read.submission for read in files.reads), *levels.submissions)
    submissions, told = with_periods(sent, request.period, workspace)
    across = request.across or len({submission.path for submission in submissions}) > 1
    blank = {agency_key(one.agency): one.path for one in passed_over if one.reason == _BLANK and one.agency}
    entries = {name: roster.named(name) if roster else None for name in request.keep_both}
    keep_both = {name: entry.name if entry else name for name, entry in entries.items()}
    how = Receiving(
        cycle, arrival=arrival, keep_both=tuple(keep_both.values()), known=levels.arrivals, blank=blank
    )
    if across:
        deadline, known = _deadline(workspace, roster, cycle), (*levels.arrivals, *files.known())
        how = how._replace(roster=roster, deadline=deadline, known=known)
    settled = settle(submissions, how)
    nobody = _kept_of_nobody(keep_both, settled.submissions)
    notices = (*map(passed_over_sentence, levels.passed_over), *levels.notices, *told, *nobody)
    return _Received(settled, levels, passed_over, notices, across)


def _kept_of_nobody(named: Mapping[str, str], submissions: Sequence[Submission]) -> list[str]:
    """A sentence for each name of `--keep-both` that no sender has; `named`: as typed → as the roster has it."""
    senders = [submission.agency for submission in submissions if submission.agency]
    known = {agency_key(text) for sender in senders for text in (sender.name, sender.code or "")}
    return [
        messages.KEEP_BOTH_OF_NOBODY.format(name=name)
        for name, meant in named.items()
        if agency_key(meant) not in known
    ]


def open_roster(paths: Sequence[Path], workspace: Workspace, *, needed: bool = False) -> Roster | None:
    """The roster in the files of an option, of the workspace, or beside it; None, or if `needed` DoingoaiError."""
    if paths:
        return pipeline.officer_lists.read_roster(*paths)
    beside = (workspace.folder / name for name in ROSTER_NAMES) if workspace.folder else ()
    chosen = named_path(workspace, "roster") or next(filter(Path.is_file, beside), None)
    if chosen is not None:
        return pipeline.officer_lists.read_roster(chosen)
    if needed:
        raise DoingoaiError(
            "Cần danh sách đơn vị: dùng --roster TỆP, hoặc tạo thư mục làm việc bằng doingoai init."
        )
    return None


def _open_waivers(paths: Sequence[Path], workspace: Workspace) -> "tuple[Waivers | None, tuple[str, ...]]":
    """The waivers that an option or the workspace names, else those in its folder, which is then said."""
    named, usual = named_path(workspace, "waivers"), (workspace.folder or Path()) / WAIVERS_NAME
    chosen = paths or ((named,) if named else ())
    if not chosen and not usual.is_file():
        return None, ()
    from doingoai_cli.checks.waivers import load_waivers

    found = () if chosen else (messages.WAIVERS_FOUND.format(path=usual.as_posix()),)
    return load_waivers(*(chosen or (usual,))), found


def _history(books: "Sequence[Consolidated]", cycle: int | None, catalogue: FormCatalogue) -> History:
    if not books or cycle is None:
        return History()
    from doingoai_cli.consolidate.history import history_of  # with the workbook as a value: 2 ms of each check

    return history_of(books, cycle, catalogue)


def _deadline(workspace: Workspace, roster: Roster | None, cycle: int | None) -> YearDeadline:
    """When the report of the year is due; ConfigError with `file:line` for a calendar that cannot be read."""
    if not workspace.calendar or cycle is None:
        return YearDeadline(workspace.deadline)
    deadline: YearDeadline = pipeline.deadlines.deadlines_of(workspace, roster, cycle - 1).of_year(cycle - 1)
    return deadline
