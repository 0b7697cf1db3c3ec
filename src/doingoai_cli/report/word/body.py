"""The sections of a report: headings, sentences, agencies' text, tables and charts, and what is missing."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from doingoai_cli.report.figures.compute import Figures
from doingoai_cli.report.headings import bare_heading
from doingoai_cli.report.outline import Section
from doingoai_cli.report.placeholders import PLACEHOLDER, placeholder
from doingoai_cli.report.placing import Contribution
from doingoai_cli.report.sentences import Words
from doingoai_cli.report.word.charts import Charts
from doingoai_cli.report.word.contributions import ContributionWriter
from doingoai_cli.report.word.decree30 import BODY_SIZE, FIRST_LINE_MM, PORTRAIT
from doingoai_cli.report.word.figure_tables import figure_table, table_label
from doingoai_cli.report.word.markup import field, paragraph, run, text_paragraph, twips
from doingoai_cli.report.word.text_width import narrowing

_SPACES = re.compile(" {2,}")


class Body(NamedTuple):
    """Sections as XML, and one entry for each of them that lacks data or text."""

    xml: str
    missing: tuple[str, ...]


class BodyWriter:
    """Writes sections in order; tables and charts are numbered through the document."""

    def __init__(
        self,
        figures: Figures,
        words: Words,
        texts: Mapping[str, tuple[Contribution, ...]],
        writer: ContributionWriter,
        charts: Charts,
    ) -> None:
        self._figures = figures
        self._words = words
        self._texts = texts
        self._writer = writer
        self._charts = charts
        self._numbers = {"Bảng": 0, "Hình": 0}

    def sections(self, sections: Iterable[Section], level: int = 1) -> Body:
        """The sections and all below them."""
        bodies = [self._section(section, level) for section in sections]
        return Body("".join(b.xml for b in bodies), tuple(entry for b in bodies for entry in b.missing))

    def _section(self, section: Section, level: int) -> Body:
        heading = self._words.fill(section.heading)
        sentences = [text for text in map(self._sentence, section.sentences) if text]
        gaps = [found for text in sentences for found in PLACEHOLDER.findall(text)]
        parts = [text_paragraph("BodyText", text) for text in sentences]
        parts.append(self._writer.write(self._texts.get(section.id, ())))
        parts += [self._table(section, i) for i in range(len(section.tables))]
        parts += [self._chart(section, i) for i in range(len(section.charts))]
        content = "".join(parts)
        if not content and not section.sections:
            content, gaps = text_paragraph("BodyText", placeholder()), [placeholder()]
        below = self.sections(section.sections, level + 1)
        missing = (f"{section.id}. {bare_heading(heading)}: {_lacking(gaps)}",) if gaps else ()
        title = heading_paragraph(level, heading)
        return Body(title + content + below.xml, missing + below.missing)

    def _sentence(self, template: str) -> str:
        """A sentence filled in; what says nothing in it leaves one space."""
        return _SPACES.sub(" ", self._words.fill(template))

    def _table(self, section: Section, index: int) -> str:
        spec = section.tables[index]
        caption = self._words.fill(spec.caption) or table_label(spec, self._figures)
        xml = figure_table(spec, self._figures, caption)
        return self._caption("Bảng", caption) + xml + paragraph("Rule") if xml else ""

    def _chart(self, section: Section, index: int) -> str:
        spec = section.charts[index]
        caption = self._words.fill(spec.caption)
        drawing = self._charts.draw(spec, self._figures, caption)
        return drawing + self._caption("Hình", caption) if drawing else ""

    def _caption(self, kind: str, text: str) -> str:
        self._numbers[kind] += 1
        number = field(f"SEQ {kind} \\* ARABIC", str(self._numbers[kind]))
        style = "Caption" if kind == "Bảng" else "FigureCaption"
        return paragraph(style, run(f"{kind} ") + number + run(f". {text}"))


def heading_paragraph(level: int, text: str) -> str:
    """A section's heading, set so that its last word does not stand alone on a line."""
    less = narrowing(text.upper() if level == 1 else text, BODY_SIZE, PORTRAIT.room, FIRST_LINE_MM)
    indent = f'<w:ind w:right="{twips(less)}" w:firstLine="{twips(FIRST_LINE_MM)}"/>'
    return text_paragraph(f"Heading{level}", text, indent if less else "")


def _lacking(gaps: Iterable[str]) -> str:
    """What placeholders say is missing, each once: "cần sổ tổng hợp kỳ 2019"."""
    said = (gap.strip("[]").partition(": ")[2] or "chưa có nội dung, số liệu" for gap in gaps)
    return "; ".join(dict.fromkeys(said))
