"""The result of the review to an agency (công văn thông báo kết quả thẩm định; seed 000, section 2)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from doingoai_cli.report.settings import LetterSettings
from doingoai_cli.report.word.letters import Letter, write_letter
from doingoai_cli.report.word.markup import KEEP_NEXT, Align, paragraph, text_paragraph
from doingoai_cli.report.word.tables import TableColumn, table
from doingoai_cli.vietnamese.report_phrases import number, short_date


class NoticeRow(NamedTuple):
    """One row that an officer has reviewed."""

    form: str
    name: str
    period: str
    opinion: str
    """As the officer wrote it, where he wrote more than the opinion itself; else ""."""
    remark: str = ""
    planned: bool = False

    @property
    def said(self) -> str:
        """The opinion's own words and the remark."""
        return "\n".join(part for part in (self.opinion, self.remark) if part)


class NoticeFacts(NamedTuple):
    """What the review of an agency's rows came to."""

    cycle: int
    agreed: tuple[NoticeRow, ...] = ()
    adjust: tuple[NoticeRow, ...] = ()
    refused: tuple[NoticeRow, ...] = ()
    uncounted: tuple[NoticeRow, ...] = ()
    """What is in no figure, of the plan or of what took place."""
    other: tuple[NoticeRow, ...] = ()
    """Opinions in other words."""
    open: int = 0
    """Rows of the plan that nobody has reviewed yet."""
    reply_by: date | None = None

    @property
    def reviewed(self) -> int:
        """How many rows have a result."""
        return len(self._results)

    @property
    def judged(self) -> str:
        """What the letter is about: the plan, unless all that has a result took place in the year before."""
        if all(not row.planned for row in self._results):
            return f"số liệu hoạt động đối ngoại năm {self.cycle - 1}"
        return f"kế hoạch đoàn ra, đoàn vào năm {self.cycle}"

    @property
    def _results(self) -> tuple[NoticeRow, ...]:
        return (*self.agreed, *self.adjust, *self.refused, *self.uncounted, *self.other)


def write_notice(agency: str, facts: NoticeFacts, settings: LetterSettings, day: date) -> bytes:
    """The letter (.docx) to one agency, in the legal form of its date."""
    subject = f"V/v thông báo kết quả thẩm định {facts.judged}"
    title = f"Công văn thông báo kết quả thẩm định: {agency}"
    return write_letter(Letter(agency, subject, title, facts.cycle, day), _body(agency, facts, settings), settings)


def _body(agency: str, facts: NoticeFacts, settings: LetterSettings) -> Iterator[str]:
    judged = f"{facts.judged} của {agency}"
    yield text_paragraph("BodyText", f"{settings.issuer} đã thẩm định {judged} và thông báo kết quả như sau:")
    parts: Sequence[tuple[str, tuple[NoticeRow, ...]]] = (
        ("Đồng ý đưa vào kế hoạch", facts.agreed),
        ("Đề nghị điều chỉnh", facts.adjust),
        ("Không đồng ý đưa vào kế hoạch", facts.refused),
        ("Không tính vào kế hoạch", tuple(row for row in facts.uncounted if row.planned)),
        ("Không tính vào số liệu đã thực hiện", tuple(row for row in facts.uncounted if not row.planned)),
        ("Ý kiến khác", facts.other),
    )
    for ordinal, (heading, rows) in enumerate(((h, r) for h, r in parts if r), 1):
        yield text_paragraph("BodyText", f"{ordinal}. {heading}: {number(len(rows))} nội dung", KEEP_NEXT)
        cells = ([str(i), row.form, row.name, row.period, row.said] for i, row in enumerate(rows, 1))
        yield table(_COLUMNS, cells, description=heading) + paragraph("Rule")
    if facts.open:
        yield text_paragraph(
            "BodyText", f"Còn {number(facts.open)} nội dung đang được thẩm định, sẽ thông báo sau."
        )
    if facts.adjust:
        when = f" trước ngày {short_date(facts.reply_by)}" if facts.reply_by else ""
        yield text_paragraph(
            "BodyText",
            f"Đề nghị {agency} điều chỉnh các nội dung nêu trên và gửi lại biểu mẫu về {settings.contact}{when}.",
        )
    yield text_paragraph("BodyText", f"{settings.issuer} thông báo để {agency} biết, thực hiện./.", KEEP_NEXT)


_COLUMNS = (
    TableColumn("TT", 7, Align.CENTER),
    TableColumn("Mẫu", 18, Align.CENTER),
    TableColumn("Nội dung", 46),
    TableColumn("Thời gian", 24),
    TableColumn("Ghi chú thẩm định", 43),
)
