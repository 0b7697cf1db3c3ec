"""The report: outline × figures × agencies' texts → a Word document in its legal form."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from doingoai_cli import __version__
from doingoai_cli.model import marks
from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.report.annexes import annex_label, annexes
from doingoai_cli.report.decree30 import LANDSCAPE, PORTRAIT, LegalForm, legal_form
from doingoai_cli.report.figures import Figures
from doingoai_cli.report.figuretables import figure_table, table_label
from doingoai_cli.report.letterhead import Heading, addressees, letterhead, signature, title
from doingoai_cli.report.outline import Outline, Section
from doingoai_cli.report.package import Package, Properties
from doingoai_cli.report.sentences import PLACEHOLDER, Words, figure_functions, placeholder
from doingoai_cli.report.settings import ReportSettings
from doingoai_cli.report.windows import Window
from doingoai_cli.report.wordxml import field, paragraph, run, text_paragraph

REPORT_NAME = "BÁO CÁO"


class Report(NamedTuple):
    """A finished report."""

    data: bytes
    """The .docx."""
    missing: tuple[str, ...]
    """One entry for each section that lacks data or text, with what is missing."""
    figures: Figures


def vocabulary(
    outline: Outline, window: Window, settings: ReportSettings, day: date, figures: Figures | None = None
) -> Words:
    """What the outline's templates may say; without `figures` no figure is stated."""
    rest = window.rest
    values: dict[str, Any] = {
        "year": window.year, "plan_year": window.year + 1, "month": window.last, "window": window.label,
        "cumulated": window.cumulated.label, "rest": rest.label if rest else "", "stated": window.stated,
        "next_month": window.following_month().label, "province": settings.province,
        "full_province": settings.full_province, "landmark": settings.sight, "issuer": settings.issuer,
        "locality": settings.locality, "area": settings.area, "legal": outline.legal_at(day),
        "annex": lambda form: annex_label(outline, form),
    }  # fmt: skip
    return Words({**values, **(figure_functions(figures) if figures else {})})


def compile_report(
    outline: Outline,
    figures: Figures,
    consolidated: Consolidated,
    settings: ReportSettings,
    *,
    date: date,
    texts: Sequence[Any] = (),
    catalogue: FormCatalogue,
    reference: bytes | None = None,
) -> Report:
    """The report dated `date`; `reference` is a .docx whose styles replace ours."""
    form = legal_form(date)
    package = Package(form, reference)
    words = vocabulary(outline, figures.window, settings, date, figures)
    sections, missing = _Writer(figures, words).sections(outline.sections)
    abstract = words.fill(outline.title)
    body = "".join(
        (
            letterhead(Heading(date, settings.symbol), settings),
            title(REPORT_NAME, abstract),
            addressees(settings.addressees) if settings.addressees else "",
            _bases([words.fill(basis) for basis in outline.bases], form),
            *(_said(words, outline.opening)),
            sections,
            *(_said(words, outline.closing)),
            signature(settings, settings.recipients),
            _annexes(outline, figures, consolidated, settings, date, catalogue, words, package),
        )
    )
    properties = Properties(
        f"{REPORT_NAME.capitalize()} {abstract}", settings.issuer, date,
        {
            marks.KIND: marks.KIND_REPORT, marks.VERSION: __version__, marks.CYCLE: str(figures.cycle),
            "doingoai.outline": outline.id,
        },
    )  # fmt: skip
    return Report(package.close(body, properties), missing, figures)


def _said(words: Words, templates: Iterable[str], style: str = "BodyText") -> list[str]:
    return [text_paragraph(style, text) for text in (words.fill(t) for t in templates) if text]


def _bases(bases: list[str], form: LegalForm) -> str:
    """Căn cứ: one a line, each closed by ";", the last as the rules in force want it."""
    marked = [basis + (";" if i < len(bases) else form.last_basis_mark) for i, basis in enumerate(bases, 1)]
    return "".join(text_paragraph("LegalBasis", basis) for basis in marked)


class _Writer:
    """Writes sections one after another; tables and charts are numbered through the document."""

    def __init__(self, figures: Figures, words: Words) -> None:
        self._figures = figures
        self._words = words
        self._tables = 0

    def sections(self, sections: Iterable[Section], level: int = 1) -> tuple[str, tuple[str, ...]]:
        """The sections as XML, and what is missing in them."""
        parts: list[str] = []
        missing: list[str] = []
        for section in sections:
            heading = self._words.fill(section.heading)
            parts.append(text_paragraph(f"Heading{level}", heading))
            content, gaps = self._content(section)
            below, missing_below = self.sections(section.sections, level + 1)
            if not content and not section.sections:
                content, gaps = text_paragraph("BodyText", placeholder()), [placeholder()]
            if gaps:
                missing.append(f"{heading}: {'; '.join(dict.fromkeys(gap.strip('[]') for gap in gaps))}")
            parts += [content, below]
            missing += missing_below
        return "".join(parts), tuple(missing)

    def _content(self, section: Section) -> tuple[str, list[str]]:
        sentences = [text for text in (self._words.fill(t) for t in section.sentences) if text]
        gaps = [found for text in sentences for found in PLACEHOLDER.findall(text)]
        paragraphs = [text_paragraph("BodyText", text) for text in sentences]
        return "".join(paragraphs + [self._table(section, i) for i in range(len(section.tables))]), gaps

    def _table(self, section: Section, index: int) -> str:
        spec = section.tables[index]
        caption = self._words.fill(spec.caption) or table_label(spec, self._figures)
        xml = figure_table(spec, self._figures, caption)
        if not xml:
            return ""
        self._tables += 1
        return _caption("Bảng", self._tables, caption) + xml + paragraph("Rule")


def _caption(kind: str, number: int, text: str) -> str:
    return paragraph("Caption", run(f"{kind} ") + field(f"SEQ {kind} \\* ARABIC", str(number)) + run(f". {text}"))


def _annexes(
    outline: Outline,
    figures: Figures,
    consolidated: Consolidated,
    settings: ReportSettings,
    day: date,
    catalogue: FormCatalogue,
    words: Words,
    package: Package,
) -> str:
    """The end of the body and the annexes, each in its own section."""
    titles = tuple(words.fill(annex.title) for annex in outline.annexes)
    found = list(annexes(outline, figures, consolidated, catalogue, titles, settings.province))
    parts = [package.section(PORTRAIT, last=not found)]
    pointer = (
        f"(Kèm theo Báo cáo số      /{settings.symbol} ngày      tháng      năm {day.year} của {settings.issuer})"
    )
    for i, annex in enumerate(found, 1):
        parts += [
            text_paragraph("AnnexNumber", annex.label),
            text_paragraph("AnnexTitle", annex.title),
            text_paragraph("AnnexPointer", pointer),
            annex.body,
            package.section(LANDSCAPE, last=i == len(found)),
        ]
    return "".join(parts)
