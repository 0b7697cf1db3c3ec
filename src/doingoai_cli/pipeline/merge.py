"""A run → the consolidated workbook, with what officers wrote in the one before carried over."""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from doingoai_cli import messages
from doingoai_cli.atomicfile import locked
from doingoai_cli.consolidate.consolidation import Consolidation
from doingoai_cli.consolidate.merging import MergeRequest, MergeWork, consolidate
from doingoai_cli.consolidate.news import news
from doingoai_cli.consolidate.replacement import Replaced
from doingoai_cli.consolidate.review_edits import Refused, ReviewEdit, apply_reviews
from doingoai_cli.consolidate.workbook.rows_ahead import WritingAhead, nothing_known
from doingoai_cli.consolidate.workbook.sheets import BookRequest, write_again
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.feedback.machine import to_json
from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.merge_outcome import MergeOutcome, SupersededForm, SupersededRecord
from doingoai_cli.model.outcome import Outcome
from doingoai_cli.model.packed import Each
from doingoai_cli.pipeline.beside import Begin, Begun
from doingoai_cli.pipeline.books import read_book, read_previous, today
from doingoai_cli.pipeline.cache import ParseCache
from doingoai_cli.pipeline.cores import cores
from doingoai_cli.pipeline.feedback import outcome
from doingoai_cli.pipeline.files import check_suffix, make_folder
from doingoai_cli.pipeline.find_books import book_beside
from doingoai_cli.pipeline.inbox import Inbox
from doingoai_cli.pipeline.last_merge import last_merge, store_merge
from doingoai_cli.pipeline.reading import map_over_forms
from doingoai_cli.pipeline.workspace import own_agency

_WORTH_SHARING = 3000
"""Rows from which on writing them in other processes pays."""
_GONE = (
    "Không còn sổ tổng hợp “{path}”: tệp đã được chuyển đi, đổi tên hoặc xóa. Đưa tệp trở lại chỗ cũ rồi làm lại."
)


@dataclass(frozen=True, slots=True)
class Merged:
    """What one merge did."""

    consolidation: Consolidation | None
    """None where no file had a form to merge; nothing is written then."""
    outcome: Outcome
    out: str
    notices: tuple[str, ...]
    news: tuple[str, ...] = ()
    """What is new since the last merge into the same workbook."""
    refused: tuple[Refused, ...] = ()
    """The reviews that were not written; `notices` say why."""


def merge(
    inbox: Inbox, out: Path, reviews: Sequence[ReviewEdit] = (), *, accept_loss: bool = False, cache: bool = False
) -> Merged:
    """Write the consolidated workbook to `out`; `reviews` go into the rows of the one that stands there.

    `cache`: take over what the last merge into `out` worked out, where it is still so (`last_merge`).

    DoingoaiError: `out` is no .xlsx, or a file stands there that is no consolidated workbook, cannot be read back
    or cannot be replaced, or `reviews` find none there; nothing is changed then.
    """
    check_suffix(out, ".xlsx")
    if inbox.cycle is None:
        unread = messages.bullet_list(f"{f.file}: {f.message}" for f in inbox.findings if f.file)
        return Merged(None, outcome(inbox), out.as_posix(), (f"{messages.NOTHING_TO_MERGE}\n{unread}",))
    province = inbox.workspace.province or inbox.pack.province
    make_folder(out.parent)
    refused: tuple[Refused, ...] = ()
    plan, said = _plan_of(inbox, out)
    # From reading the officers' work to writing it back, no other merge may come between.
    with locked(out) as held, _no_collector():
        row_cache = ParseCache.open(repr(_settings(inbox))) if cache else None
        last = last_merge(out, row_cache)
        previous = read_previous(out, inbox.catalogue, inbox.cycle, last, inbox.target, accept_loss=accept_loss)
        each = map_over_forms(inbox.settled.submissions)
        if reviews:
            if previous is None:
                raise DoingoaiError(_GONE.format(path=out.as_posix()))
            previous, refused = apply_reviews(previous, reviews)
        beside = sum(s.rows for s in inbox.settled.submissions) >= _WORTH_SHARING
        work = MergeWork(last.tables, each, partial(Begun, beside=beside))
        consolidation = consolidate(_asked(inbox, plan), previous, work)
        new = news(previous.consolidated if previous else None, consolidation.consolidated)
        taken_over = len(previous.consolidated.rows) if previous and last.places else 0
        previous, last = None, last._replace(sheets={})  # of 100,000 rows 60 MiB
        known = partial(last.blocks, out, row_cache) if row_cache is not None else nothing_known
        how = _ahead(inbox.begin, consolidation, taken_over, each)
        with held.writing() as file:
            asked = BookRequest(consolidation, inbox.catalogue, province, own_agency(inbox.workspace))
            written = write_again(file, asked, known, how)
            if row_cache is not None:
                store_merge(out, file, written, consolidation.by_table, last, row_cache)
    notices = (*(edit.sentence for edit in refused), *consolidation.notices, *said)
    return Merged(consolidation, outcome(inbox), out.as_posix(), notices, new, refused)


def _asked(inbox: Inbox, plan: Consolidated | None) -> MergeRequest:
    assert inbox.cycle is not None  # nothing is merged without
    return MergeRequest(
        settled=inbox.settled,
        found=inbox.found,
        cycle=inbox.cycle,
        catalogue=inbox.catalogue,
        roster=inbox.run.roster,
        pack=inbox.pack.id,
        passed_over=inbox.passed_over,
        plan=plan,
        day=today(),
    )


@contextmanager
def _no_collector() -> Iterator[None]:
    """What a merge makes stays to its end: looking through it for cycles took 0.5 of 8 s (1,000 files again)."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()  # as if it had been looked through
        gc.enable()


def _settings(inbox: Inbox) -> tuple[object, ...]:
    """All that the records of this run depend on beside their files."""
    return inbox.catalogue.specs, inbox.run.roster, inbox.workspace.province, inbox.pack, inbox.run.cycle


def _plan_of(inbox: Inbox, out: Path) -> tuple[Consolidated | None, tuple[str, ...]]:
    """The workbook whose plan the results are paired with: of the history, else the one beside `out`, as said.

    It serves for the pairs alone: rules and reports look into no workbook that nobody named.
    """
    if inbox.plan is not None or inbox.cycle is None:
        return inbox.plan, ()
    path = book_beside(out, inbox.cycle - 1)
    if path is None:
        return None, ()
    try:
        return read_book(path, inbox.catalogue), (messages.PLAN_BESIDE.format(path=path.as_posix()),)
    except DoingoaiError:
        return None, ()


def _ahead(begin: Begin, consolidation: Consolidation, taken_over: int, each: Each) -> WritingAhead:
    """How the rows of sheets are written: in other processes, where there are enough of them for that to pay.

    `taken_over`: the rows of a workbook whose blocks are known; of as many nearly all stay where they are.
    """
    rows = len(consolidation.consolidated.rows)
    pays = rows >= _WORTH_SHARING
    pieces = 1 if rows == taken_over else cores()
    return WritingAhead(partial(begin, beside=pays), pieces, partial(Begun, beside=pays), each)


def merged_as_json(merged: Merged) -> str:
    """The JSON of `merge`."""
    done, checked = merged.consolidation, merged.outcome
    data = MergeOutcome(
        cycle=checked.cycle,
        out=merged.out if done else None,
        files=checked.files,
        rows_read=done.rows_read if done else 0,
        rows_merged=done.rows_merged if done else 0,
        rows_by_form=done.rows_by_form if done else {},
        superseded=tuple(map(_superseded, done.replaced)) if done else (),
        findings=checked.findings,
        summary=checked.summary,
        passed_over=checked.passed_over,
    )
    return to_json(data)


def _superseded(replaced: Replaced) -> SupersededForm:
    return SupersededForm(
        file=replaced.path,
        form=replaced.form,
        by=replaced.by,
        agency=replaced.agency,
        identical=replaced.identical,
        period=replaced.period.code if replaced.period and not replaced.period.whole else None,
        rows=len(replaced.rows),
        records=tuple(
            SupersededRecord(sheet=r.provenance.sheet, row=r.provenance.row, name=r.text("name"))
            for r in replaced.rows
        ),
    )


def merged_as_text(merged: Merged) -> str:
    """What merge did, in a few lines; "" where nothing was written."""
    if merged.consolidation is None:
        return ""
    summary = merged.outcome.summary
    read, consolidated = merged.consolidation.rows_read, merged.consolidation.rows_merged
    lines = [f"Đã tổng hợp {summary.files} tệp: đọc {read} dòng, tổng hợp {consolidated} dòng vào {merged.out}."]
    if read != consolidated:
        lines.append(f"{read - consolidated} dòng thuộc các tệp đã được thay thế:")
        senders = Counter(file.path for file in merged.outcome.files)
        lines += [
            f"  - {r.path}{f' ({r.agency})' if senders[r.path] > 1 else ''}, Mẫu {r.form}{r.of_period}: "
            f"{len(r.rows)} dòng, thay bằng {r.by}"
            for r in merged.consolidation.replaced
        ]
    lines.append(f"Vi phạm: {summary.counts} (xem trang “Vi phạm”).")
    return "\n".join((*lines, *merged.news)) + "\n"
