"""What lies in an inbox: files read, lower levels' workbooks told apart, everything else passed over and said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from doingoai_cli import messages, pipeline
from doingoai_cli.consolidate.arrival import KnownArrival
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.outcome import PassedOver
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.submissions import OwnOutput, Submission
from doingoai_cli.pipeline.beside import Begin, Begun
from doingoai_cli.pipeline.catalogue import pack_of
from doingoai_cli.pipeline.folder_agencies import of_folder
from doingoai_cli.pipeline.one_file import FileRead, ReadSetting, is_level
from doingoai_cli.pipeline.reading import Reader, Tell
from doingoai_cli.pipeline.workspace import ROSTER_NAMES, Workspace
from doingoai_cli.readers.folder import PassOverReason, expand, shown_path
from doingoai_cli.vietnamese.fuzzy import load_rapidfuzz

if TYPE_CHECKING:
    from doingoai_cli.pipeline.books import BegunBook
    from doingoai_cli.pipeline.workers import WorkerPool

KnownBefore = Callable[[], tuple[KnownArrival, ...]]


@dataclass(frozen=True, slots=True)
class Request:
    """What a command asks of an inbox; None and () mean: as the workspace says."""

    paths: tuple[str, ...]
    year: int | None = None
    rules: str | None = None
    history: tuple[Path, ...] = ()
    roster: tuple[Path, ...] = ()
    waivers: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    arrival: tuple[Path, ...] = ()
    keep_both: tuple[str, ...] = ()
    cache: bool = True
    scheduler: str | None = None
    across: bool = False
    """Whether the rules across agencies are applied even to one file (merge, status)."""
    needs_roster: bool = False
    target: Path | None = None
    """The workbook that will be written: never a submission itself."""
    period: str | None = None
    """The part of a year ("2020-08", "2020-Q3") that the named files report on, unless their titles say."""
    earlier: Path | None = None
    """A consolidated workbook to compare with: its ledger knows when files came."""


@dataclass(slots=True)
class Levels:
    """What the workbooks of a run give."""

    submissions: list[Submission] = field(default_factory=list)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    arrivals: list[KnownArrival] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


class InboxFiles(NamedTuple):
    """What the files of an inbox say, read for the year and the rule pack that the run settled on."""

    reads: tuple[FileRead, ...]
    """The submissions."""
    books: tuple[Submission, ...]
    """The consolidated workbooks of lower levels."""
    passed_over: tuple[PassedOver, ...]
    setting: ReadSetting
    known: KnownBefore
    notices: tuple[str, ...]
    begin: Begin
    """Begins work beside this process, where what was read is known."""
    target: "BegunBook | None"
    """The workbook that will be written, if it is being read."""


def read_inbox(
    request: Request,
    workspace: Workspace,
    catalogue: FormCatalogue,
    roster: Roster | None,
    progress: Tell | None,
    pool: "WorkerPool | None",
) -> InboxFiles:
    """Read what the request names; the year is the request's or the workspace's, else that of the files' titles.

    DoingoaiError for a path that does not exist, where nothing is left to read, and where no one year is told.
    """
    year = request.year or workspace.year
    pack, notice = pack_of(workspace, catalogue, year, request.rules)
    setting = ReadSetting(catalogue, roster, workspace.province or "", pack, year)
    target = None
    if request.target is not None and request.target.is_file():
        target = pipeline.books.begin_previous(request.target, catalogue)
    known = known_before(request, workspace, target)

    def meanwhile() -> None:
        """What comes after reading is loaded, and asked for, while other processes read: 30 ms, of a merge 100."""
        known()
        if request.target is not None:
            _ = pipeline.merge
        else:  # both halves of the rules across files need it; of a merge a process that ends with them
            load_rapidfuzz()

    with Reader(
        setting, cache=request.cache, scheduler=request.scheduler, pool=pool, meanwhile=meanwhile
    ) as reader:
        reads, books, passed_over = _read_files(request, reader, progress, _own_lists(request, workspace))
        sent = {read.submission.path for read in reads}
        notices = [passed_over_sentence(one, is_part=one.path in sent) for one in passed_over]
        if year is None and (year := agree_on_cycle(_that_tell_the_year(reads, books))) is not None:
            pack, notice = pack_of(workspace, catalogue, year, request.rules)
            reads = reader.again(reads, year, pack)
            notices.append(messages.YEAR_TAKEN.format(year=year, source="tiêu đề các biểu mẫu"))
        folders = _folders(request, workspace)
        named = [of_folder(read.submission, folders, roster) for read in reads]
        reads = tuple(
            read if one is read.submission else reader.checked(one) for read, one in zip(reads, named, strict=True)
        )
    notices += [notice] if notice else []
    settled = replace(setting, pack=pack, cycle=year)
    return InboxFiles(reads, books, passed_over, settled, known, tuple(notices), reader.begin, target)


def _folders(request: Request, workspace: Workspace) -> list[Path]:
    """The folders whose inner ones may be named for an agency: the workspace, else those that are named."""
    named = (path.absolute() for path in map(Path, request.paths) if path.is_dir())
    return [*([workspace.folder.absolute()] if workspace.folder else []), *named]


def _own_lists(request: Request, workspace: Workspace) -> frozenset[Path]:
    """The officers' own lists (absolute): no submissions, though they may lie among them."""
    beside = [workspace.folder / name for name in ROSTER_NAMES] if workspace.folder else []
    named = (*request.roster, *request.arrival, workspace.path(workspace.roster), *beside)
    return frozenset(path.resolve() for path in named if path is not None)


def _read_files(
    request: Request, reader: Reader, progress: Tell | None, lists: frozenset[Path]
) -> tuple[tuple[FileRead, ...], tuple[Submission, ...], tuple[PassedOver, ...]]:
    """The submissions, the consolidated workbooks among them, and what is neither."""
    for path in request.paths:
        if not Path(path).exists():
            raise DoingoaiError(messages.PATH_MISSING.format(path=path))
    given, names = {Path(path) for path in request.paths}, {path.name for path in lists}
    found = [
        f._replace(passed_over=f.passed_over or PassOverReason.LIST)
        if f.path.name in names and f.path not in given and f.path.resolve() in lists
        else f
        for f in expand(map(Path, request.paths))
    ]
    passed_over = [PassedOver(path=shown_path(f.path), reason=f.passed_over.value) for f in found if f.passed_over]
    target = request.target.resolve() if request.target else None
    paths = [f.path for f in found if not f.passed_over and (target is None or f.path.resolve() != target)]
    named = {shown_path(Path(path)) for path in request.paths}
    reads: list[FileRead] = []
    books: list[Submission] = []
    for read in reader.read(paths, progress):
        submission = read.submission
        if is_level(submission):
            books.append(submission)
        elif submission.passed_over or _is_ours(submission, named):
            passed_over.append(_no_submission(submission))
        elif submission.own is OwnOutput.BLANK:
            reads.append(reader.checked(replace(submission, observations=(), own=None)))
        else:
            reads.append(read)
    if not reads and not books:
        nothing = messages.NOTHING_TO_READ.format(paths=", ".join(request.paths))
        raise DoingoaiError("\n".join((*map(passed_over_sentence, passed_over), nothing)))
    return tuple(reads), tuple(books), tuple(passed_over)


def _that_tell_the_year(reads: Sequence[FileRead], books: Sequence[Submission]) -> list[Submission]:
    """Whose titles tell the year: the agencies' files; where there are none with a form, the workbooks."""
    sent = [read.submission for read in reads]
    return sent if any(submission.tables for submission in sent) else [*sent, *books]


def agree_on_cycle(submissions: Sequence[Submission]) -> int | None:
    """The one plan year that the titles state; None where no file has a known form.

    DoingoaiError, listing the files, where they disagree or none says.
    """
    with_forms = [s for s in submissions if s.tables]
    stated = {year for s in with_forms for year in s.title_cycles}
    if len(stated) == 1:
        return stated.pop()
    if not with_forms:
        return None
    lines = (f"{s.path}: {', '.join(map(str, s.title_cycles)) or 'không ghi năm'}" for s in with_forms)
    template = messages.YEARS_DISAGREE if stated else messages.YEAR_UNKNOWN
    raise DoingoaiError(template.format(files=messages.bullet_list(lines)))


def _no_submission(submission: Submission) -> PassedOver:
    return PassedOver(
        path=submission.path,
        reason=submission.passed_over or messages.OWN_OUTPUT[submission.own or OwnOutput.REPORT],
        sha256=submission.sha256,
        agency=submission.agency_name,
    )


def passed_over_sentence(passed_over: PassedOver, *, is_part: bool = False) -> str:
    """The sentence that tells of it; of a part, what others sent in the file is read."""
    whose = f" ({passed_over.agency})" if is_part else ""
    return messages.passed_over(f"{passed_over.path}{whose}", passed_over.reason)


def _is_ours(submission: Submission, named: set[str]) -> bool:
    """Whether to pass it over; a blank form that the user names himself is looked at (it has no findings)."""
    if submission.own is OwnOutput.BLANK:
        return submission.path not in named
    if submission.tables:
        return submission.own is not None
    return submission.own is not None or Path(submission.path).name == messages.LIST_OF_FILES


_WORTH_A_PROCESS = 2 << 20
"""Bytes of workbooks, some 8,000 rows, from which on their ledgers are read while the inbox is."""


def known_before(request: Request, workspace: Workspace, target: "BegunBook | None") -> KnownBefore:
    """Gives when files came, as the ledgers of the workspace and of the workbooks that the command names have it.

    Of 100,000 rows that LibreOffice has saved a ledger takes 0.5 s: all texts of such a workbook lie together.
    """
    named = (None if target else request.target, request.earlier)
    books = [path for path in named if path is not None and path.is_file()]
    folder, paths = workspace.folder or Path.cwd(), [*map(Path, request.paths)]
    ledger, apart = (target.ledger(), request.target) if target else (tuple, None)

    def known() -> tuple[KnownArrival, ...]:
        return (*pipeline.find_books.known_arrivals(folder, books, paths, apart), *ledger())

    large = target is not None or sum(book.stat().st_size for book in books) >= _WORTH_A_PROCESS
    return Begun(known, beside=large)
