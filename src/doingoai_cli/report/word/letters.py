"""Letters (công văn), and the reminder: what an agency has not sent, or what in its files needs correcting."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from doingoai_cli.model import own_files
from doingoai_cli.report.settings import LetterSettings
from doingoai_cli.report.word.decree30 import PORTRAIT, legal_form
from doingoai_cli.report.word.letterhead import LetterHeading, addressees, letterhead, signature
from doingoai_cli.report.word.markup import KEEP_NEXT, Align, paragraph, text_paragraph
from doingoai_cli.report.word.package import WordPackage
from doingoai_cli.report.word.package_parts import Properties
from doingoai_cli.report.word.tables import TableColumn, table
from doingoai_cli.vietnamese.report_phrases import number, short_date


class Issue(NamedTuple):
    """Something to correct: where it stands (file, sheet, cell), what is wrong, how to mend it."""

    where: str
    message: str
    fix: str = ""


class ReminderFacts(NamedTuple):
    """Where an agency stands in a cycle."""

    cycle: int
    deadline: date
    """The first day that was too late."""
    received: str = ""
    """When its files came, as text; "" where nothing came."""
    late: bool = False
    missing_forms: tuple[str, ...] = ()
    """The forms that did not come, as their labels ("Mẫu 01.A")."""
    issues: tuple[Issue, ...] = ()
    reply_by: date | None = None
    """The new deadline; None: at once."""
    no_form: bool = False
    """Whether its files, if any came, can none be read or hold no form."""

    @property
    def complete(self) -> bool:
        """Whether everything came and nothing is to be corrected: it was only late."""
        return bool(self.received) and not (self.missing_forms or self.issues)


def write_reminder(agency: str, facts: ReminderFacts, settings: LetterSettings, date: date) -> bytes:
    """The letter (.docx) to one agency, in the legal form of its date."""
    year = facts.cycle
    task = f"báo cáo kết quả hoạt động đối ngoại năm {year - 1} và kế hoạch hoạt động đối ngoại năm {year}"
    verb = _purpose(facts)
    title = f"Công văn {verb} báo cáo: {agency}"
    letter = Letter(agency, f"V/v {verb} {task}", title, year, date)
    return write_letter(letter, _body(agency, facts, settings, task), settings)


class Letter(NamedTuple):
    """What a letter (công văn) is, its body apart."""

    agency: str
    """To whom it goes."""
    subject: str
    """"V/v …"."""
    title: str
    """Among the document's properties."""
    cycle: int
    day: date


def write_letter(letter: Letter, body: Iterable[str], settings: LetterSettings) -> bytes:
    """A letter (.docx) to one agency: letterhead with the subject, Kính gửi, body, signature."""
    day, addressed = letter.day, settings.sent_to(letter.agency)
    text = "".join(
        (
            letterhead(LetterHeading(day, settings.symbol, letter.subject), settings),
            addressees(addressed),
            *body,
            signature(settings, addressed),
        )
    )
    custom = own_files.own_properties(own_files.KIND_LETTER, letter.cycle, {own_files.AGENCY: letter.agency})
    properties = Properties(letter.title, settings.issuer, day, custom)
    return WordPackage(legal_form(day)).close([(PORTRAIT, text)], properties)


def _purpose(facts: ReminderFacts) -> str:
    if facts.complete:
        return "chấp hành thời hạn gửi"
    return "bổ sung, hoàn thiện" if facts.received else "đôn đốc gửi"


def _body(agency: str, facts: ReminderFacts, settings: LetterSettings, task: str) -> Iterator[str]:
    own = settings.issuer == settings.contact
    asked = (
        "Các cơ quan, đơn vị được yêu cầu gửi" if own else f"{settings.issuer} đã đề nghị các cơ quan, đơn vị gửi"
    )
    when = f"trước ngày {short_date(facts.deadline)}"
    yield text_paragraph("BodyText", f"{asked} {task} về {settings.contact} {when}.")
    yield text_paragraph("BodyText", _standing(agency, facts))
    if facts.received and facts.missing_forms:
        listed = "; ".join(facts.missing_forms)
        yield text_paragraph("BodyText", f"Các biểu mẫu chưa nhận được: {listed}.")
    if facts.issues:
        yield text_paragraph(
            "BodyText", f"Các nội dung cần sửa, bổ sung trong tệp đã gửi ({number(len(facts.issues))} nội dung):"
        )
        rows = ([str(i), issue.where, issue.message, issue.fix] for i, issue in enumerate(facts.issues, 1))
        yield table(_COLUMNS, rows, description="Các nội dung cần sửa, bổ sung") + paragraph("Rule")
    yield text_paragraph("BodyText", f"Đề nghị {agency} {_request(facts, settings)}./.", KEEP_NEXT)


def _standing(agency: str, facts: ReminderFacts) -> str:
    if not facts.received:
        return f"Đến nay, {agency} chưa gửi báo cáo và các biểu mẫu kèm theo."
    if facts.no_form:
        return f"{agency} đã gửi tệp (nhận {facts.received}), nhưng tệp không đọc được hoặc không có biểu mẫu."
    late = ", sau thời hạn yêu cầu" if facts.late else ""
    rest = ", nhưng còn nội dung cần bổ sung, hoàn thiện" if facts.issues or facts.missing_forms else ""
    return f"{agency} đã gửi báo cáo (nhận {facts.received}{late}){rest}."


def _request(facts: ReminderFacts, settings: LetterSettings) -> str:
    if facts.complete:
        return f"rút kinh nghiệm, gửi báo cáo về {settings.contact} đúng thời hạn trong các kỳ sau"
    when = f"trước ngày {short_date(facts.reply_by)}" if facts.reply_by else "ngay khi nhận được Công văn này"
    what = "sửa, bổ sung và gửi lại báo cáo" if facts.received else "khẩn trương gửi báo cáo"
    return f"{what} về {settings.contact} {when} để tổng hợp, báo cáo theo quy định"


_COLUMNS = (
    TableColumn("TT", 7, Align.CENTER),
    TableColumn("Vị trí", 30),
    TableColumn("Nội dung", 45),
    TableColumn("Cách sửa", 40),
)
