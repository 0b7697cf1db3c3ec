"""An inbox's findings → what people and programs read; marked copies to send back."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from doingoai_cli import messages, pipeline
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.feedback.formats import Format, RuleHelp, Surroundings
from doingoai_cli.grouping import grouped
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.grid import Workbook
from doingoai_cli.model.outcome import Excerpt, Outcome, by_submission, file_summary, summary_of
from doingoai_cli.model.submissions import Submission
from doingoai_cli.pipeline.file_bounds import within_bounds
from doingoai_cli.pipeline.inbox import Inbox
from doingoai_cli.pipeline.unpacking import bytes_at
from doingoai_cli.readers.container import read_workbook
from doingoai_cli.readers.contents import shown_name
from doingoai_cli.readers.folder import real_path
from doingoai_cli.readers.unreadable import Unreadable

if TYPE_CHECKING:
    from doingoai_cli.feedback.marking.annotate import Marked


_OF = ": bản đánh dấu của {path}"
_NOT_MARKED = "Không tạo được bản đánh dấu của {path}: tệp không đọc được."
_LONGEST_STEM = 60
"""Letters of a copy's name: in UTF-8 three bytes each, and what is written beside it has a longer one."""


def render(inbox: Inbox, format: Format, *, to_file: bool) -> str:
    """The outcome in one of the formats of `check --format`."""
    rules = {code: RuleHelp(r.title, r.why, r.citation) for code, r in inbox.pack.rules.items()}
    colour = not to_file and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    around = Surroundings(rules, shutil.get_terminal_size((100, 24)).columns, colour)
    return format.render(outcome(inbox, with_excerpts=format.with_excerpts), around)


def outcome(inbox: Inbox, *, with_excerpts: bool = False) -> Outcome:
    """The run's outcome; identical copies are listed among the files."""
    files = all_files(inbox)
    own = by_submission(files, inbox.findings)
    return Outcome(
        cycle=inbox.cycle,
        rules=inbox.pack.id,
        files=tuple(file_summary(file, own.get(file.key, ())) for file in files),
        findings=inbox.findings,
        summary=summary_of(files, inbox.findings),
        passed_over=inbox.passed_over,
        labels={c.field: c.label for spec in reversed(inbox.catalogue.specs) for c in spec.columns},
        excerpts=dict(_excerpts(inbox)) if with_excerpts else {},
    )


def all_files(inbox: Inbox) -> tuple[Submission, ...]:
    """Every submission of the run by path, identical copies included."""
    return tuple(sorted(inbox.settled.files, key=lambda s: s.path))


def _excerpts(inbox: Inbox) -> Iterator[tuple[tuple[str, str, int], Excerpt]]:
    wanted = {(f.file, f.sheet, f.row) for f in inbox.findings if f.row is not None}
    for submission in inbox.run.submissions:
        for record in submission.records:
            place = (submission.path, record.provenance.sheet, record.provenance.row)
            if place in wanted:
                labels = inbox.catalogue.of_form(record.form).labels
                yield (
                    place,
                    Excerpt(tuple((f, labels.get(f, f), s.cell, record.text(f)) for f, s in record.cells.items())),
                )


def mark_copies(inbox: Inbox, folder: Path) -> tuple[str, ...]:
    """Write a marked copy of each workbook into `folder`; a sentence each.

    DoingoaiError where a copy would take the place of a file that was read: nothing is written then.
    """
    files = all_files(inbox)
    where = folder.resolve()
    own = next((f.path for f in files if where in _folders(real_path(f.path))), None)
    if own is not None:
        raise DoingoaiError(f"Bản đánh dấu sẽ ghi đè tệp gốc {own}. Chọn thư mục khác cho --annotate.")

    pipeline.files.make_folder(folder)
    return tuple(_mark_each(inbox, files, folder))


def _folders(path: Path) -> set[Path]:
    """Where a file lies, and where the link to it lies."""
    return {path.resolve().parent, path.parent.resolve()}


def _mark_each(inbox: Inbox, files: Sequence[Submission], folder: Path) -> Iterator[str]:
    taken: set[str] = set()
    own = grouped((finding.file, finding) for finding in inbox.findings)
    for submission, *further in grouped((file.path, file) for file in files).values():
        if submission.through:
            if submission.note:
                yield f"Không đánh dấu sổ tổng hợp {submission.path}: danh sách vi phạm có ngay trong sổ."
            continue
        findings = own.get(submission.path, [])
        data = bytes_at(real_path(submission.path))
        agency = "; ".join(one.agency_name for one in (submission, *further))
        marked = None if isinstance(data, Unreadable) else _marked(data, findings, submission.path, agency)
        if isinstance(data, bytes) and sha256(data).hexdigest() != submission.sha256:
            yield f"Không đánh dấu {submission.path}: tệp đã bị thay sau khi kiểm tra. Chạy lại lệnh kiểm tra."
            continue
        if marked is None:
            yield _NOT_MARKED.format(path=submission.path)
            continue
        yield from _written(folder / _free_name(submission.path, marked.suffix, taken, folder), marked, submission)


def _written(path: Path, marked: "Marked", submission: Submission) -> Iterator[str]:
    """Writes one copy and says so; whatever goes wrong is said, and the other copies are still written."""
    try:
        written = pipeline.files.write_own(path, marked.data)
    except DoingoaiError as error:
        yield str(error)
    except Exception:  # a fault of ours in one file must not keep the others from being marked
        yield _NOT_MARKED.format(path=submission.path)
    else:
        yield from filter(None, (written.notice,))
        of = "" if _tells_its_source(written.path, submission.path) else _OF.format(path=submission.path)
        yield (
            messages.WROTE.format(path=written.path.as_posix()) + of + (f" ({marked.note})" if marked.note else "")
        )


def _tells_its_source(copy: Path, path: str) -> bool:
    """Whether a copy has the name of the file that it is of, and that lies in no archive or letter."""
    return copy.stem == Path(path).stem and real_path(path).is_file()


def _marked(data: bytes, findings: Sequence[Finding], path: str, agency: str) -> "Marked | None":
    """The marked copy; None where none can be made, whatever the reason: the other files get theirs."""
    from doingoai_cli.feedback.marking.annotate import annotate  # 60 ms: only for --annotate

    try:
        with within_bounds():
            return annotate(data, findings, partial(_values, data, path), agency)
    except Exception:  # a fault of ours in one file must not keep the others from being marked
        return None


def _values(data: bytes, name: str) -> Workbook | None:
    workbook = read_workbook(data, name)
    return workbook if isinstance(workbook, Workbook) else None


def _free_name(of: str, suffix: str, taken: set[str], folder: Path) -> str:
    """A name for the copy of the file `of`, short enough for every system, that no other copy has.

    A link is passed over: it might lead to the sender's original.
    """
    path, number = Path(f"{shown_name(Path(of).name, _LONGEST_STEM).rpartition('.')[0] or 'tep'}{suffix}"), 1
    name = path.name
    while name.lower() in taken or (folder / name).is_symlink():
        number += 1
        name = f"{path.stem}-{number}{path.suffix}"
    taken.add(name.lower())
    return name
