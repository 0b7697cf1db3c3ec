"""What the templates of an outline may say, and its headings and hints filled in."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from doingoai_cli.report.figures.compute import Figures
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.report.marks import placeholder
from doingoai_cli.report.outline import Outline, Section
from doingoai_cli.report.placing import Finder, Heading, Placed, heading
from doingoai_cli.report.sentences import Words, figure_functions
from doingoai_cli.report.settings import ReportSettings
from doingoai_cli.report.texts import AgencyText
from doingoai_cli.report.word.annexes import annex_label

OUTLINE_NAME = "ĐỀ CƯƠNG"
WRITE_HERE = "[Nhập nội dung của cơ quan, đơn vị tại đây]"
INSTRUCTION = (
    "Cơ quan, đơn vị giữ nguyên các đề mục, viết nội dung ngay dưới từng đề mục; các dòng gợi ý in nghiêng và các "
    "dòng “[Nhập nội dung …]” có thể xóa hoặc để nguyên, chương trình không coi đó là nội dung báo cáo."
)


def vocabulary(
    outline: Outline, window: Window, settings: ReportSettings, day: date, figures: Figures | None = None
) -> Words:
    """What the outline's templates may say; without `figures` no figure can be stated."""
    rest = window.rest
    lacking = (placeholder(what) for what in (figures.lacking if figures else ()))
    values: dict[str, Any] = {
        "year": window.year, "plan_year": window.year + 1, "month": window.last, "window": window.label,
        "cumulated": window.cumulated.label, "rest": rest.label if rest else "",
        "stated": " ".join((window.stated, *lacking)),
        "following": window.following.label,
        "next_month": window.following_month().label, "province": settings.province,
        "full_province": settings.full_province, "landmark": settings.sight, "issuer": settings.issuer,
        "locality": settings.locality, "area": settings.area, "legal": outline.legal_at(day),
        "addressee": (*settings.addressees, *outline.addressees, "cấp có thẩm quyền")[0],
        "annex": lambda form: annex_label(outline, form),
    }  # fmt: skip
    return Words({**values, **(figure_functions(figures) if figures else {})})


def place_texts(outline: Outline, words: Words, texts: Sequence[AgencyText]) -> Placed:
    """Agencies' texts under the outline's headings."""
    if not texts:
        return Placed({}, ())
    headings = tuple(_headings(outline.sections, words, ""))
    hints = [words.fill(line) for section, _ in outline.walk() for line in section.guidance]
    titles = (outline.title, outline.outline_title, outline.attachment)
    hints += [INSTRUCTION, WRITE_HERE, *(words.fill(title) for title in titles)]
    return Finder(headings, [hint for hint in hints if hint]).place(texts)


def _headings(sections: Iterable[Section], words: Words, parent: str) -> Iterator[Heading]:
    for section in sections:
        yield heading(section.id, parent, words.fill(section.heading))
        yield from _headings(section.sections, words, section.id)
