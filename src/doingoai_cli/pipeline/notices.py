"""After the review, to each agency: what was agreed, to be adjusted, refused (thông báo kết quả thẩm định)."""

import glob
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.grouping import grouped
from doingoai_cli.messages import aligned
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.opinions import Opinion, is_plain
from doingoai_cli.model.sources import STEP
from doingoai_cli.pipeline.catalogue import forms_of
from doingoai_cli.pipeline.document_settings import NOTICE, is_issuer, letter_settings
from doingoai_cli.pipeline.file_names import stems, write_list
from doingoai_cli.pipeline.files import make_folder, read_input, write_own
from doingoai_cli.pipeline.known_books import read_book
from doingoai_cli.pipeline.periods import parse_day
from doingoai_cli.pipeline.workspace import find_workspace
from doingoai_cli.report.word.notices import NoticeFacts, NoticeRow, write_notice
from doingoai_cli.vietnamese.numbers import format_number

_DAYS_TO_REPLY = 7
"""Adjustments are asked for within a week."""


_NOTHING = "Chưa có dòng nào được thẩm định, không lập công văn."


class Notice(NamedTuple):
    """One agency's letter: how its rows were judged, and the file; None where there was nothing to tell it."""

    agency: str
    facts: NoticeFacts
    path: Path | None


class Notices(NamedTuple):
    """What `notify` did."""

    sent: tuple[Notice, ...]
    told: tuple[str, ...]


def write_notices(source: Path, folder: Path, day: str | None, marked: Path | None = None) -> Notices:
    """A letter (.docx) to each agency of a reviewed workbook; with `marked` its marked copies beside it.

    DoingoaiError: no consolidated workbook, a folder that cannot be written to, marked copies that are not there.
    """
    if marked is not None and not marked.is_dir():
        raise DoingoaiError(f"Không có thư mục “{marked}”; tạo bản đánh dấu bằng doingoai check --annotate.")
    workspace = find_workspace(Path.cwd())
    catalogue = forms_of(workspace)
    book = read_book(source, catalogue)
    settings = letter_settings(workspace, NOTICE)
    signed = parse_day(day)
    rows = dict(sorted(grouped((row.agency, row) for row in book.rows if row.agency).items()))
    codes = {status.name: status.code for status in reversed(book.agencies)}
    named = stems((agency, codes.get(agency, "")) for agency in rows)
    make_folder(folder)
    sent: list[Notice] = []
    told: list[str] = [*book.notices]
    for agency, own in rows.items():
        facts = _notice_facts(own, catalogue, book.cycle, signed + timedelta(days=_DAYS_TO_REPLY))
        if not facts.reviewed or is_issuer(settings, agency):
            sent.append(Notice(agency, facts, None))
            continue
        path = folder / f"tham-dinh-{named[agency]}.docx"
        letter = write_own(path, write_notice(_addressed(agency, own), facts, settings, signed))
        sent.append(Notice(agency, facts, letter.path))
        told += letter.told
        told += _with_marked(own, marked, folder, named[agency]) if marked else ()
    written = [(notice.agency, notice.path) for notice in sent if notice.path is not None]
    told += write_list(folder, written).told if written else (_NOTHING,)
    nameless = sum(not row.agency for row in book.rows)
    if nameless:
        told.append(f"{nameless} dòng không rõ cơ quan, không thông báo cho ai.")
    return Notices(tuple(sent), tuple(told))


def _addressed(agency: str, rows: Iterable[ConsolidatedRow]) -> str:
    """The agency as a letter names it: one whose rows all came in a district's workbook is that district's."""
    levels = {row.source.partition(STEP)[0].rpartition(": ")[0] if STEP in row.source else "" for row in rows}
    owner = next(iter(levels)) if len(levels) == 1 else ""
    if not owner:
        return agency
    from doingoai_cli.pipeline.level_agencies import owned_name  # how files are read: only behind lower levels

    return owned_name(agency, owner)


def _notice_facts(
    rows: Iterable[ConsolidatedRow], catalogue: FormCatalogue, cycle: int, reply_by: date | None
) -> NoticeFacts:
    """How an agency's rows were judged; of what took place only what is not counted is told."""
    judged: dict[Opinion | None, list[NoticeRow]] = {}
    waiting = 0
    for row in rows:
        planned = catalogue.is_planned(row.record)
        stated = row.review.stated
        if planned and not row.review.opinion.strip():
            waiting += 1
        elif planned or row.review.left_out:
            judged.setdefault(stated if planned or stated is None else Opinion.UNCOUNTED, []).append(
                _row(row, planned)
            )
    return NoticeFacts(
        cycle,
        agreed=tuple(judged.get(Opinion.AGREED, ())),
        adjust=tuple(judged.get(Opinion.ADJUST, ())),
        refused=tuple(judged.get(Opinion.REFUSED, ())),
        uncounted=tuple(judged.get(Opinion.UNCOUNTED, ())),
        other=tuple(judged.get(None, ())),
        open=waiting,
        reply_by=reply_by,
    )


def _row(row: ConsolidatedRow, planned: bool) -> NoticeRow:
    written = row.review.opinion.strip()
    record = row.record
    name = record.text("name") or "(không ghi tên)"
    opinion = "" if is_plain(written) else written
    return NoticeRow(record.form, name, record.text("period"), opinion, row.review.remark.strip(), planned)


def _with_marked(rows: Iterable[ConsolidatedRow], marked: Path, folder: Path, stem: str) -> Iterator[str]:
    """Copies of the marked copies of the files that the rows come from, beside the letter."""
    names = dict.fromkeys(Path(row.source.partition(" · ")[0]).stem for row in rows if row.source)
    for name in names:
        for copy in sorted(marked.glob(f"{glob.escape(name)}.xls[xm]")):
            yield from write_own(folder / f"{stem}-{copy.name}", read_input(copy)).told


_HEADINGS = (
    "Cơ quan, đơn vị", "Đồng ý", "Điều chỉnh", "Không đồng ý", "Không tính", "Khác", "Chưa có ý kiến", "Công văn",
)  # fmt: skip


def notices_as_table(notices: Notices) -> str:
    """Who got what, as a table."""
    return "\n".join((*aligned([_HEADINGS, *(_cells(notice) for notice in notices.sent)]), ""))


def _cells(notice: Notice) -> tuple[str, ...]:
    facts = notice.facts
    counts = (facts.agreed, facts.adjust, facts.refused, facts.uncounted, facts.other)
    path = notice.path.as_posix() if notice.path else "(không lập)"
    return (notice.agency, *(format_number(len(rows)) for rows in counts), format_number(facts.open), path)
