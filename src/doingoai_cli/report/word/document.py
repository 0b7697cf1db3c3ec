"""The report: outline × figures × agencies' texts → a Word document in its legal form."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from doingoai_cli.model import own_files
from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.report.agency_texts import AgencyText, PictureBlock, TextBlock
from doingoai_cli.report.figures.compute import Figures
from doingoai_cli.report.outline import Outline
from doingoai_cli.report.placing import Contribution
from doingoai_cli.report.sentences import Words
from doingoai_cli.report.settings import ReportSettings
from doingoai_cli.report.vocabulary import place_texts, receivers, vocabulary
from doingoai_cli.report.word.annexes import Annex, annex_label, annexes, in_use
from doingoai_cli.report.word.body import BodyWriter
from doingoai_cli.report.word.charts import Charts
from doingoai_cli.report.word.contributions import ContributionWriter
from doingoai_cli.report.word.decree30 import LANDSCAPE, PORTRAIT, LegalForm, Page, legal_form
from doingoai_cli.report.word.letterhead import LetterHeading, addressees, letterhead, signature, title
from doingoai_cli.report.word.markup import KEEP_NEXT, PLACEHOLDER_STYLE, paragraph, run, text_paragraph
from doingoai_cli.report.word.package import WordPackage
from doingoai_cli.report.word.package_parts import Properties
from doingoai_cli.vietnamese.report_phrases import enumerated

UNPLACED = "NỘI DUNG CỦA ĐƠN VỊ CHƯA XẾP ĐƯỢC VÀO ĐỀ CƯƠNG"
_UNPLACED_NOTE = "[Chuyển từng nội dung dưới đây về đúng mục rồi xóa phần này trước khi trình ký]"


class Report(NamedTuple):
    """A finished report."""

    data: bytes
    """The .docx."""
    missing: tuple[str, ...]
    """One entry for each section that lacks data or text, with what is missing."""
    figures: Figures
    unplaced: tuple[str, ...] = ()
    """What agencies wrote that no heading was found for, and their files that could not be read."""
    refused: tuple[str, ...] = ()
    """What of the reference document's styles the rules forbid."""


class ReportSource(NamedTuple):
    """What a report is made of, agencies' texts apart."""

    outline: Outline
    figures: Figures
    consolidated: Consolidated
    settings: ReportSettings
    date: date
    catalogue: FormCatalogue

    @property
    def symbol(self) -> str:
        """The document's symbol (ký hiệu), with the abbreviation of its kind: "BC-UBND"."""
        return self.settings.symbol_of(self.outline.abbreviation)

    def words(self, outline: Outline | None = None) -> Words:
        """What its templates may say; of another `outline` no figures."""
        if outline is None:
            return vocabulary(self.outline, self.figures.window, self.settings, self.date, self.figures)
        return vocabulary(outline, outline.window(self.figures.cycle, 1, 1), self.settings, self.date)


def compile_report(
    source: ReportSource,
    texts: Sequence[AgencyText] = (),
    outlines: Sequence[Outline] = (),
    reference: bytes | None = None,
) -> Report:
    """The report; `reference` is a .docx whose styles change ours (DoingoaiError if it is no Word document).

    `outlines` are all at hand: what was written for another one is no text of this report.
    """
    figures, settings, catalogue = source.figures, source.settings, source.catalogue
    outline = in_use(source.outline, figures, catalogue)
    source = source._replace(outline=outline)
    form = legal_form(source.date)
    pictures = any(isinstance(block, PictureBlock) for text in texts for block in text.blocks)
    package = WordPackage(form, reference, pictures=pictures)
    words = source.words()
    others = [(other, source.words(other)) for other in outlines if other.id != outline.id]
    placed = place_texts(outline, words, texts, figures.window.label, others)
    contributions = ContributionWriter(package)
    writer = BodyWriter(figures, words, placed.by_section, contributions, Charts(package))
    body = writer.sections(outline.sections)
    titles = tuple(words.fill(annex.title) for annex in outline.annexes)
    found = annexes(outline, figures, source.consolidated, catalogue, titles, settings.province)
    sections = [(PORTRAIT, _main(source, words, form, body.xml)), *_annexes(found, source)]
    if placed.unplaced:
        note = paragraph("BodyText", run(_UNPLACED_NOTE, PLACEHOLDER_STYLE))
        unplaced = text_paragraph("AnnexTitle", UNPLACED) + note + contributions.write(placed.unplaced)
        sections.append((PORTRAIT, unplaced))
    data = package.close(sections, _properties(source, words))
    left = (
        *placed.notes,
        *(_described(c) for c in placed.unplaced),
        *(f"{t.name}: {p}" for t in texts for p in t.problems),
    )
    return Report(data, body.missing, figures, left, package.refused)


def _main(source: ReportSource, words: Words, form: LegalForm, sections: str) -> str:
    """The document itself, from its letterhead to its signature."""
    outline, settings = source.outline, source.settings
    addressed = receivers(outline, settings, words)
    return "".join(
        (
            letterhead(LetterHeading(source.date, source.symbol), settings),
            title(outline.name, words.fill(outline.title)),
            addressees(addressed) if addressed else "",
            _bases([words.fill(basis) for basis in outline.bases], form),
            *_said(words, outline.opening),
            sections,
            _attached(outline),
            *_said(words, outline.closing, KEEP_NEXT),
            signature(settings, addressed),
        )
    )


def _attached(outline: Outline) -> str:
    """The sentence that cites every annex."""
    labels = [annex_label(outline, annex.form) for annex in outline.annexes]
    if not labels:
        return ""
    return text_paragraph("BodyText", f"Kèm theo văn bản này: {enumerated(labels)}.")


def _said(words: Words, templates: Iterable[str], properties: str = "") -> Iterator[str]:
    return (text_paragraph("BodyText", text, properties) for text in map(words.fill, templates) if text)


def _bases(bases: list[str], form: LegalForm) -> str:
    """Căn cứ: one per line, each closed by ";", the last as the rules in force want it."""
    marked = [basis + (";" if i < len(bases) else form.last_basis_mark) for i, basis in enumerate(bases, 1)]
    return "".join(text_paragraph("LegalBasis", basis) for basis in marked)


def _annexes(annexes: Iterable[Annex], source: ReportSource) -> Iterator[tuple[Page, str]]:
    name, year = source.outline.name.capitalize(), source.date.year
    pointer = (
        f"(Kèm theo {name} số      /{source.symbol} ngày      tháng      năm {year} của {source.settings.issuer})"
    )
    for annex in annexes:
        yield (
            LANDSCAPE,
            text_paragraph("AnnexNumber", annex.label)
            + text_paragraph("AnnexTitle", annex.title)
            + text_paragraph("AnnexPointer", pointer)
            + annex.body,
        )


def _described(contribution: Contribution) -> str:
    """One line on what could not be placed: file, agency, how much, and how it begins."""
    first = next((b.text for b in contribution.blocks if isinstance(b, TextBlock)), "bảng hoặc hình")
    begins = first if len(first) <= 60 else first[:57] + "…"
    count = len(contribution.blocks)
    return f"{contribution.name}: {count} đoạn của {contribution.agency} chưa xếp được vào mục nào (“{begins}”)"


def _properties(source: ReportSource, words: Words) -> Properties:
    outline, cycle = source.outline, source.figures.cycle
    custom = own_files.own_properties(own_files.KIND_REPORT, cycle, {own_files.OUTLINE: outline.id})
    name = f"{outline.name.capitalize()} {words.fill(outline.title)}"
    return Properties(name, source.settings.issuer, source.date, custom)
