"""Letterhead, title and signature of a document (thể thức), as WordprocessingML."""

from datetime import date
from typing import NamedTuple

from doingoai_cli.report.settings import ReportSettings
from doingoai_cli.report.word.decree30 import MOTTO, NATIONAL_TITLE, PORTRAIT
from doingoai_cli.report.word.markup import Align, gap, layout_table, paragraph, rule, run, sides, text_paragraph
from doingoai_cli.report.word.text_width import balanced, width_mm
from doingoai_cli.vietnamese.report_phrases import written_date

_RIGHT_MM = 100.0
_WIDEST_RIGHT_MM = 116.0
_SLACK_MM = 2.0
_SIGNATURE_MM = 95.0
_SHORT_RULE = 0.4
"""Of the text above it; the decree allows from one third to one half."""
_NUMBER_GAP = " " * 6
SIGNER_PLACE = "[Họ và tên người ký]"


class LetterHeading(NamedTuple):
    """What a document's head says besides what the settings know."""

    day: date
    symbol: str
    subject: str = ""
    """"V/v …" of a letter; none for a document with a name of its own."""


def letterhead(heading: LetterHeading, settings: ReportSettings) -> str:
    """The first lines of a document: who issues it, number and symbol; national title, motto, place and date."""
    dated = f"{settings.signed_place}, {written_date(heading.day)}"
    right = min(max(_RIGHT_MM, width_mm(dated, 14) + _SLACK_MM), _WIDEST_RIGHT_MM)  # the date stays on one line
    left = PORTRAIT.room - right
    parent = _centred("ParentBody", settings.parent_body.upper(), 13, left) if settings.parent_body else ""
    issuer = _centred("Issuer", settings.issuer.upper(), 13, left, line=True)
    national = text_paragraph("NationalTitle", NATIONAL_TITLE) + text_paragraph("Motto", MOTTO)
    number = text_paragraph("Number", f"Số:{_NUMBER_GAP}/{heading.symbol}")
    subject = _centred("LetterSubject", heading.subject, 13, left) if heading.subject else ""
    place = text_paragraph("PlaceDate", dated)
    # Two rows: number and date stay level however many lines the names take.
    return layout_table(
        (left, right),
        (parent + issuer, national + rule(width_mm(MOTTO, 14), right)),
        (number + subject, place),
    )


def title(name: str, abstract: str) -> str:
    """The document's name and abstract, with the rule below."""
    return text_paragraph("Title", name) + _centred("Subtitle", abstract, 14, PORTRAIT.room, line=True, after=12)


def _centred(style: str, text: str, size: float, room: float, *, line: bool = False, after: float = 0) -> str:
    setting = balanced(text, size, room)
    body = text_paragraph(style, text, sides(setting.side_mm) if setting.side_mm else "")
    return body + (rule(setting.widest_mm * _SHORT_RULE, room, after) if line else "")


def addressees(names: tuple[str, ...]) -> str:
    """Kính gửi: one addressee on the same line, several one per line."""
    if len(names) == 1:
        return text_paragraph("Addressee", f"Kính gửi: {names[0]}", f'{sides(0)}<w:jc w:val="{Align.CENTER}"/>')
    lines = [f"- {name}{';' if i < len(names) else '.'}" for i, name in enumerate(names, 1)]
    return "".join(text_paragraph("Addressee", line) for line in ("Kính gửi:", *lines))


_AS_ABOVE = "Như trên"


def signature(settings: ReportSettings, addressed: tuple[str, ...]) -> str:
    """Nơi nhận on the left, authority, title and name of who signs on the right.

    Where a document says Kính gửi (`addressed`), "Như trên" stands for those in its first line (Decree 30/2020,
    Annex I, II.9).
    """
    recipients = tuple(name for name in settings.recipients if name not in addressed)
    if addressed and not any(name.startswith(_AS_ABOVE) for name in recipients):
        recipients = (_AS_ABOVE, *recipients)
    left = paragraph("RecipientsHead", run("Nơi nhận:")) + "".join(
        text_paragraph("Recipients", f"- {name};") for name in recipients
    )
    filed = ", ".join(part for part in ("VT", settings.drafting_unit) if part)
    left += text_paragraph("Recipients", f"- Lưu: {filed}.")
    right = "".join(text_paragraph("Authority", line) for line in settings.authority_lines)
    name = run(settings.signer_name) if settings.signer_name else run(SIGNER_PLACE, "MissingData")
    right += paragraph("Signer", name)
    return gap(6) + layout_table((PORTRAIT.room - _SIGNATURE_MM, _SIGNATURE_MM), (left, right))
