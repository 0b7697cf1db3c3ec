"""The workspace as the pages see it: read again when something in it has changed."""

import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import AgencyState, AgencyStatus
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.outcome import FileSummary, Outcome
from doingoai_cli.model.roster import Roster
from doingoai_cli.pipeline.feedback import all_files, outcome
from doingoai_cli.pipeline.inbox import Inbox, Request, open_inbox, open_roster
from doingoai_cli.pipeline.reading import Tell
from doingoai_cli.pipeline.status import statuses
from doingoai_cli.pipeline.workspace import FILE_NAME, ROSTER_NAMES, WAIVERS_NAME, Workspace, find_workspace
from doingoai_cli.readers.folder import WITHDRAWN_FOLDER, expand, is_read, real_path, shown_path
from doingoai_cli.web.jobs import Job, JobResult, Jobs

PATIENCE = 1.5
"""Seconds that a page waits for the inbox to be read before it shows the progress instead."""
_FURTHER = (".ics", ".txt")
"""What else of the workspace an officer may look at."""
_OUTPUTS = {".xlsx", ".docx", ".pdf", ".ics", ".zip", ".csv", ".html"}

Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class FileLine:
    """One file of the inbox as a line of its table."""

    summary: FileSummary
    received: str
    state: str
    """"đang tính", "đã được thay bằng …", "giống hệt …"."""
    place: str
    """The file that lies in the inbox: itself, or the archive or letter that holds it."""

    @property
    def name(self) -> str:
        """The path below the inbox."""
        return self.summary.path

    @property
    def outer(self) -> str:
        """The name of what holds it; "" where it lies in the inbox itself."""
        return Path(self.place).name if self.place != self.summary.path else ""


@dataclass(frozen=True)
class View:
    """The workspace at one moment."""

    workspace: Workspace
    roster: Roster | None
    inbox: Inbox | None
    """None where nothing has come yet, or where `problem` says why it cannot be read."""
    outcome: Outcome | None
    agencies: tuple[AgencyStatus, ...]
    files: tuple[FileLine, ...]
    problem: str = ""
    notices: tuple[str, ...] = ()

    @property
    def cycle(self) -> int | None:
        """The plan year Y; None where neither the files nor the workspace say it."""
        return self.inbox.cycle if self.inbox and self.inbox.cycle else self.workspace.year

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the inbox."""
        return self.inbox.findings if self.inbox else ()


@dataclass(frozen=True)
class OutputFile:
    """Something that the tool wrote and an officer may want to open."""

    path: str
    size: int
    written: datetime


class OpenWorkspace:
    """One workspace, the current folder; `jobs` is where what takes long, or changes files, is done."""

    def __init__(self, folder: Path, *, can_open: bool = False) -> None:
        self.folder = folder.resolve()
        self.can_open = can_open
        """Whether the page is used at this machine, so that Excel can be started there."""
        self.jobs = Jobs()
        self._lock = threading.Lock()
        self._seen: tuple[Signature, View] | None = None
        self._reading: Job | None = None

    @property
    def workspace(self) -> Workspace:
        """What `doingoai.toml` says now; ConfigError where it cannot be read."""
        return find_workspace(Path.cwd())

    @property
    def inbox_folder(self) -> Path:
        """Where submissions lie, relative to the current folder."""
        workspace = self.workspace
        path = workspace.path(workspace.inbox) or Path("inbox")
        try:
            return Path(os.path.relpath(path))
        except ValueError:  # Windows: on another drive
            return path

    @property
    def withdrawn_folder(self) -> Path:
        """Where withdrawn files are kept: in the workspace, or beside an inbox that lies on another drive."""
        inbox = self.inbox_folder
        inside = (self.folder / inbox).resolve().is_relative_to(self.folder)
        return (Path() if inside else inbox.parent) / WITHDRAWN_FOLDER

    def view(self, *, wait: float = PATIENCE) -> View | Job:
        """The workspace as it is now, or the job that reads it where that takes longer than `wait` seconds."""
        with self._lock:
            signature = self._signature()
            if self._seen is not None and self._seen[0] == signature:
                return self._seen[1]
            job = self._reading
            if job is None or job.ended.is_set():
                job = self._reading = self.jobs.start("Đang đọc hộp thư đến", self._read, "/")
        job.ended.wait(wait)
        if not job.ended.is_set():
            return job
        seen = self._seen
        return seen[1] if seen is not None else job

    def _read(self, tell: Tell) -> JobResult:
        signature = self._signature()
        view = self._view(tell)
        self._seen = (signature, view)
        return JobResult()

    def _view(self, tell: Tell) -> View:
        try:
            workspace = self.workspace
            roster = open_roster((), workspace)
        except DoingoaiError as error:
            return View(Workspace(), None, None, None, (), (), str(error))
        nothing = View(workspace, roster, None, None, _all_missing(roster), ())
        folder = self.inbox_folder
        if not folder.is_dir() or not any(not found.passed_over for found in expand((folder,))):
            return nothing
        try:
            inbox = open_inbox(Request(paths=(folder.as_posix(),), across=True), progress=tell)
        except DoingoaiError as error:
            return View(workspace, roster, None, None, _all_missing(roster), (), str(error))
        checked = outcome(inbox, with_excerpts=True)
        states = statuses(inbox)
        return View(
            workspace, roster, inbox, checked, states, tuple(_lines(inbox, checked)), notices=inbox.notices
        )

    def _signature(self) -> Signature:
        """What the pages depend on: the files of the inbox and those that say how they are read."""
        try:
            folder, workspace = self.inbox_folder, self.workspace
        except DoingoaiError:
            return tuple(_stamps((self.folder / FILE_NAME,)))
        forms = (workspace.forms,) if isinstance(workspace.forms, str) else workspace.forms
        named = (FILE_NAME, workspace.roster, *ROSTER_NAMES, workspace.waivers, WAIVERS_NAME,
                 workspace.rules, workspace.pack, *forms, *workspace.history)  # fmt: skip
        settings = [self.folder / name for name in named if name]
        within = (path for place in (folder, *settings) if place.is_dir() for path in _below(place))
        return tuple(_stamps((*settings, *within)))

    def outputs(self) -> tuple[OutputFile, ...]:
        """The documents of the workspace outside the inbox, the newest first."""
        inbox = (self.folder / self.inbox_folder).resolve()
        found = []
        for path in _below(self.folder):
            if path.suffix.lower() in _OUTPUTS and not path.resolve().is_relative_to(inbox):
                state = path.stat()
                shown = path.relative_to(self.folder).as_posix()
                found.append(OutputFile(shown, state.st_size, datetime.fromtimestamp(state.st_mtime)))
        return tuple(sorted(found, key=lambda output: output.written, reverse=True))

    def inside(self, name: str) -> Path | None:
        """The regular file of that name in the workspace, its inbox, or withdrawn from it; None for any other."""
        try:
            path = (self.folder / name).resolve(strict=True)
        except (OSError, ValueError):
            return None
        root = next((root for root in (self.folder, *self._sent()) if path.is_relative_to(root)), None)
        hidden = root is None or any(part.startswith(".") for part in path.relative_to(root).parts)
        return None if hidden or not path.is_file() else path

    def was_sent(self, path: Path) -> bool:
        """Whether a file (absolute) came by the inbox, whatever its name says."""
        return any(path.is_relative_to(root) for root in self._sent())

    def _sent(self) -> tuple[Path, ...]:
        try:
            return tuple((self.folder / folder).resolve() for folder in (self.inbox_folder, self.withdrawn_folder))
        except DoingoaiError:  # the settings are at fault: they name no inbox
            return ()


def is_document(name: str) -> bool:
    """Whether a name says what agencies send or officers write: nothing that would be run."""
    return is_read(name) or name.lower().endswith(_FURTHER)


def _below(folder: Path) -> Iterator[Path]:
    """The regular files below a folder; hidden ones, links and what was withdrawn are left out."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != WITHDRAWN_FOLDER)
        for name in sorted(names):
            path = Path(here, name)
            if not name.startswith((".", "~$")) and not path.is_symlink() and path.is_file():
                yield path


def _stamps(paths: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    for path in dict.fromkeys(paths):
        try:
            state = path.stat()
        except OSError:
            continue
        yield str(path), state.st_size, state.st_mtime_ns


def _lines(inbox: Inbox, checked: Outcome) -> Iterator[FileLine]:
    same = "giống hệt"
    by = grouped(
        (r.of, f"{same if r.identical else f'Mẫu {r.form} đã được thay bằng'} {Path(r.by).name}")
        for r in inbox.settled.replaced
    )
    for submission, summary in zip(all_files(inbox), checked.files, strict=True):
        arrival = inbox.settled.arrivals.get(summary.path)
        received = arrival.received if arrival else ""
        state = "; ".join(dict.fromkeys(by.get(submission.key, ()))) or "đang tính"
        path = real_path(summary.path)
        place = next((each for each in (path, *path.parents) if each.is_file()), path)
        yield FileLine(summary, str(received or ""), state, shown_path(place))


def _all_missing(roster: Roster | None) -> tuple[AgencyStatus, ...]:
    entries = roster.entries if roster else ()
    return tuple(AgencyStatus(entry.name, entry.code, AgencyState.MISSING) for entry in entries)
