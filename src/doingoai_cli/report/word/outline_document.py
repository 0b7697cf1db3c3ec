"""The outline as agencies get it: headings to keep, guidance to write over, a place for text under each."""

from datetime import date

from doingoai_cli.model import own_files
from doingoai_cli.report.agency_texts import AGENCY_LINE
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.report.outline import Outline, Section
from doingoai_cli.report.sentences import Words
from doingoai_cli.report.settings import ReportSettings
from doingoai_cli.report.vocabulary import INSTRUCTION, OUTLINE_NAME, WRITE_HERE, vocabulary
from doingoai_cli.report.word.body import heading_paragraph
from doingoai_cli.report.word.decree30 import PORTRAIT, legal_form
from doingoai_cli.report.word.markup import PLACEHOLDER_STYLE, paragraph, run, text_paragraph
from doingoai_cli.report.word.package import WordPackage
from doingoai_cli.report.word.package_parts import Properties


def write_outline(outline: Outline, window: Window, settings: ReportSettings, *, date: date, agency: str) -> bytes:
    """The document (.docx) that an agency fills in with its text; `agency` is written in where it is known."""
    words = vocabulary(outline, window, settings, date)
    name = words.fill(outline.outline_title) or words.fill(outline.title)
    attachment = words.fill(outline.attachment)
    body = "".join(
        (
            text_paragraph("Title", OUTLINE_NAME),
            text_paragraph("Subtitle", name),
            text_paragraph("AnnexPointer", attachment) if attachment else "",
            paragraph("BodyText", run(f"{AGENCY_LINE} {agency or '…'}", bold=True)),
            text_paragraph("Hint", INSTRUCTION),
            *(_section(section, level, words) for section, level in outline.walk()),
        )
    )
    more = {own_files.AGENCY: agency, own_files.OUTLINE: outline.id, own_files.PERIOD: window.label}
    custom = own_files.own_properties(own_files.KIND_OUTLINE, None, more)
    properties = Properties(f"Đề cương {name}", settings.issuer, date, custom)
    return WordPackage(legal_form(date)).close([(PORTRAIT, body)], properties)


def _section(section: Section, level: int, words: Words) -> str:
    parts = [heading_paragraph(level, words.fill(section.heading))]
    parts += [text_paragraph("Hint", words.fill(line)) for line in section.guidance]
    if section.texts and not section.sections:
        parts.append(paragraph("BodyText", run(WRITE_HERE, PLACEHOLDER_STYLE)))
    return "".join(parts)
