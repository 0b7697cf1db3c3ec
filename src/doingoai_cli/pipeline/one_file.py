"""One file → a submission with its findings, and what lies in an archive or a letter (đọc một tệp)."""

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self

from doingoai_cli import messages, pipeline
from doingoai_cli.checks.engine import check_submission
from doingoai_cli.checks.pack import Pack
from doingoai_cli.intake.submission import read_submissions, unreadable_submission
from doingoai_cli.model import own_files
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.packed import PackedRecords
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.submissions import Agency, AgencySource, OwnOutput, Submission
from doingoai_cli.pipeline.cache import ParseCache
from doingoai_cli.pipeline.file_bounds import BoundsPassed, within_bounds
from doingoai_cli.pipeline.unpacking import Unpacked, unpacked
from doingoai_cli.readers.folder import read_bytes, shown_path
from doingoai_cli.readers.limits import DEFAULT_BOUNDS, FileBounds
from doingoai_cli.readers.unreadable import Reason, Unreadable, unreadable
from doingoai_cli.vietnamese.agencies import agency_key


class FileRead(NamedTuple):
    """One file, or an agency's part of it: what is in it, and the findings that it gives by itself."""

    submission: Submission
    findings: tuple[Finding, ...]


def unpickled(reads: tuple[FileRead, ...] | bytes) -> tuple[FileRead, ...]:
    """The readings of a file, as a worker sends them: those that the cache keeps too are pickled by themselves."""
    if isinstance(reads, tuple):
        return reads
    known: tuple[FileRead, ...] = pickle.loads(reads)  # of this run
    return known


def packed(read: FileRead) -> FileRead:
    """The same with its records packed; a workbook of a lower level is not: it is taken apart at once."""
    submission = read.submission
    if is_level(submission):
        return read
    tables = tuple(
        replace(t, records=PackedRecords(t.records), columns=_same(tuple(t.columns.items())))
        for t in submission.tables
    )
    return read._replace(submission=replace(submission, tables=tables))


@lru_cache(maxsize=512)  # of 10,000 files 15 MiB
def _same(columns: tuple[tuple[str, int], ...]) -> Mapping[str, int]:
    """One map for all tables with the same columns."""
    return dict(columns)


def is_level(submission: Submission) -> bool:
    """Whether a file is a consolidated workbook, by its mark, or by the columns that only these have."""
    if submission.own is OwnOutput.CONSOLIDATED:
        return True
    read = (table.records[:1] for table in submission.tables if not isinstance(table.records, PackedRecords))
    first = (record for records in read for record in records)  # these fill the columns in every row
    return submission.own is None and any(
        {OwnColumn.AGENCY, OwnColumn.SOURCE} <= set(record.extras) for record in first
    )


@dataclass(frozen=True, slots=True)
class ReadSetting:
    """What every file of a run is read and checked with."""

    catalogue: FormCatalogue
    roster: Roster | None
    province: str
    pack: Pack
    cycle: int | None
    """None: the year that each file's own titles state."""
    cache: ParseCache | None = None
    bounds: FileBounds = DEFAULT_BOUNDS
    """How much time and memory each file may take, from opening it to its findings."""
    packs: bool = False
    """Whether what was read is held packed (`packed`)."""

    def with_cache(self) -> Self:
        """The same with the cache of what was read and checked with all this."""
        parts = (self.catalogue.specs, self.roster, self.province, self.pack, self.cycle)
        return replace(self, cache=ParseCache.open(repr(parts)))


class ReadJob(NamedTuple):
    """One file to read; `data` is sent along where the process may not see the path (another machine)."""

    path: Path
    data: bytes | Unreadable | None = None

    @property
    def name(self) -> str:
        """What a worker calls the file that it reads."""
        return self.path.as_posix()


def read_file(job: ReadJob, setting: ReadSetting) -> tuple[FileRead, ...]:
    """One file, with what lies in it where it is an archive or a letter, and each agency's part by itself.

    Whatever is wrong with a file is among its findings. When it came is no part of what it says.
    """
    data = read_bytes(job.path) if job.data is None else job.data
    shown = shown_path(job.path)
    reads = _read_one(Unpacked(shown, data, None), setting)
    first, *_ = reads
    if isinstance(data, Unreadable) or not _says(first.submission, Reason.CONTAINER):
        return reads
    within = list(unpacked(data, shown))
    sha256 = {shown: first.submission.sha256}
    return tuple(read for one in within for read in _read_one(one, setting, sha256.get(one.path, "")))


def _says(submission: Submission, reason: Reason) -> bool:
    """Whether a file could not be read for that reason."""
    return any(o.params.get("reason") == reason.value for o in submission.observations)


def _text(submission: Submission, data: bytes, roster: Roster | None) -> Submission:
    """A document without tables: an agency's text for the report, no submission."""
    known = [entry.name for entry in roster.entries] if roster else []
    name = pipeline.contributions.stated_agency(data, Path(submission.path).name, known)
    agency = Agency(name, agency_key(name), AgencySource.LETTERHEAD) if name else None
    of_whom = f" của {name}" if name else ""
    return replace(submission, observations=(), agency=agency, passed_over=messages.TEXT.format(of_whom=of_whom))


def _read_one(one: Unpacked, setting: ReadSetting, sha256: str = "") -> tuple[FileRead, ...]:
    passed_over = one.passed_over
    if not passed_over and not isinstance(one.data, Unreadable) and own_files.is_own_text(one.data):
        passed_over = messages.OWN_OUTPUT[OwnOutput.REPORT]
    if passed_over:
        return (FileRead(Submission(one.path, sha256, origin=one.origin, passed_over=passed_over), ()),)
    try:
        with within_bounds(setting.bounds):
            found = _submissions(one, setting, sha256)
            if one.origin is not None:
                found = tuple(replace(submission, origin=one.origin) for submission in found)
            if not isinstance(one.data, Unreadable) and _says(found[0], Reason.TEXT_ONLY):
                found = (_text(found[0], one.data, setting.roster),)
            return tuple(FileRead(submission, check_submission(submission, setting.pack)) for submission in found)
    except BoundsPassed as passed:
        why = unreadable(passed.reason)
    except Exception as error:  # a fault of ours in one file must not keep the others from being read
        why = unreadable(Reason.UNREADABLE, _FAULT.format(error=type(error).__name__), _ADVICE)
    sha256 = "" if isinstance(one.data, Unreadable) else hashlib.sha256(one.data).hexdigest()
    submission = replace(unreadable_submission(one.path, why, sha256=sha256), origin=one.origin)
    return (FileRead(submission, check_submission(submission, setting.pack)),)


def _submissions(one: Unpacked, setting: ReadSetting, sha256: str) -> tuple[Submission, ...]:
    if isinstance(one.data, Unreadable):
        return (unreadable_submission(one.path, one.data, sha256=sha256),)
    return read_submissions(
        one.data,
        one.path,
        setting.catalogue,
        cycle=setting.cycle,
        roster=setting.roster,
        province=setting.province,
        sender=one.origin.sender if one.origin else "",
    )


_FAULT = "Chương trình gặp lỗi khi đọc tệp này ({error})"
_ADVICE = "Chép riêng các biểu mẫu sang một tệp .xlsx mới rồi gửi lại; báo cho người quản trị chương trình"
