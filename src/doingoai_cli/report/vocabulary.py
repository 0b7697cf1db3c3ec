"""What the templates of an outline may say, and its headings and hints filled in."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from doingoai_cli.report.agency_texts import AgencyText
from doingoai_cli.report.figures.compute import Figures
from doingoai_cli.report.figures.windows import Window
from doingoai_cli.report.headings import PlacedHeading, heading
from doingoai_cli.report.outline import Outline, Section
from doingoai_cli.report.placeholders import placeholder
from doingoai_cli.report.placing import HeadingFinder, PlacedTexts
from doingoai_cli.report.ready_sentences import ready_sentences
from doingoai_cli.report.sentences import Words, figure_functions
from doingoai_cli.report.settings import ReportSettings
from doingoai_cli.report.word.annexes import annex_label
from doingoai_cli.vietnamese.report_phrases import enumerated

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
        "party_committee": settings.party_committee, "annex": lambda form: annex_label(outline, form),
    }  # fmt: skip
    words = Words(values, ready_sentences(outline.id))
    values["addressee"] = (*receivers(outline, settings, words), "cấp có thẩm quyền")[0]
    if figures is None:
        return words
    functions = {**figure_functions(figures), "details": partial(_details, outline, figures)}
    return words._replace(context={**values, **functions})


def receivers(outline: Outline, settings: ReportSettings, words: Words) -> tuple[str, ...]:
    """To whom a document goes up (Kính gửi): those of the settings, else of its outline; () for none."""
    return settings.addressees or tuple(map(words.fill, outline.addressees or ()))


def _details(outline: Outline, figures: Figures, *forms: str, what: str = "Chi tiết", of: str = "") -> str:
    """ "Chi tiết tại Phụ lục IV kèm theo.": the annexes of the forms that list a row; "" where none does.

    `of`: "plan." for rows of the plan alone.
    """
    listed = {annex.form: annex.section for annex in outline.annexes}
    selected = (selection for name, selection in figures.selections.items() if name.startswith(of))
    rows = [row.record for selection in selected for row in selection.counted]
    told = [f for f in forms if any(r.form == f and listed.get(f) in ("", r.section) for r in rows)]
    return f"{what} tại {enumerated([annex_label(outline, form) for form in told])} kèm theo." if told else ""


def place_texts(
    outline: Outline,
    words: Words,
    texts: Sequence[AgencyText],
    period: str = "",
    others: Sequence[tuple[Outline, Words]] = (),
) -> PlacedTexts:
    """Agencies' texts under the outline's headings, but for those made from one of `others` or for another period.

    Guidance is nobody's text, of whatever outline it is.
    """
    if not texts:
        return PlacedTexts({}, ())
    hints = [*_hints(outline, words), *(hint for other, said in others for hint in _hints(other, said))]
    finder = HeadingFinder(tuple(_headings(outline.sections, words, "")), hints)
    rivals = [(other, HeadingFinder(tuple(_headings(other.sections, said, "")), ())) for other, said in others]
    misfits = {id(text): _misfit(text, outline, period, finder, rivals) for text in texts}
    placed = finder.place(text for text in texts if not misfits[id(text)])
    notes = (f"{text.name}: {misfits[id(text)]}" for text in texts if misfits[id(text)])
    return placed._replace(notes=(*notes, *placed.notes))


_FEWEST = 3
"""From how many headings of another outline on a text was made from that one."""


def _misfit(
    text: AgencyText,
    outline: Outline,
    period: str,
    finder: HeadingFinder,
    rivals: Sequence[tuple[Outline, HeadingFinder]],
) -> str:
    """Why a text does not belong to this report; "" where it does."""
    if text.outline and text.outline != outline.id:
        return f"lập theo đề cương “{text.outline}”, không phải “{outline.id}”; không đưa vào báo cáo này"
    if text.period and period and text.period != period:
        return f"lập cho kỳ “{text.period}”, không phải “{period}”; không đưa vào báo cáo này"
    if text.outline:
        return ""
    counted = [(rival.known(text.blocks), other.id) for other, rival in rivals]
    found, name = max(counted, key=lambda pair: pair[0], default=(0, ""))
    if found < _FEWEST or found <= finder.known(text.blocks):
        return ""
    return f"viết theo đề cương “{name}”, không phải “{outline.id}”; không đưa vào báo cáo này"


def _hints(outline: Outline, words: Words) -> Iterator[str]:
    """The lines of an outline that are nobody's text."""
    titles = (outline.title, outline.outline_title, outline.attachment)
    lines = (*(line for section, _ in outline.walk() for line in section.guidance), *titles)
    yield from filter(None, (*(words.fill(line) for line in lines), INSTRUCTION, WRITE_HERE))


def _headings(sections: Iterable[Section], words: Words, parent: str) -> Iterator[PlacedHeading]:
    for section in sections:
        yield heading(section.id, parent, words.fill(section.heading))
        yield from _headings(section.sections, words, section.id)
