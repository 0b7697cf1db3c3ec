"""What forms add to an outline (phần của biểu mẫu trong báo cáo): sentences, tables, annexes, as their YAML says.

So a further kind of record needs no change in an outline.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from pydantic import ValidationError

from doingoai_cli.errors import ConfigError
from doingoai_cli.model.forms import FormCatalogue, FormSpec, ReportPart
from doingoai_cli.report.outline import AGENCIES, AnnexSpec, Outline, Section


def with_forms(outline: Outline, catalogue: FormCatalogue) -> Outline:
    """The outline with what the forms add to its sections, their annexes in the order of those sections.

    ConfigError names `file:line` of a part whose sentence or table is none.
    """
    parts = tuple(_parts(outline, catalogue))
    if not parts:
        return outline
    order = [section.id for section, _ in outline.walk()]
    added: dict[str, list[Section]] = {}
    annexes: list[tuple[int, AnnexSpec]] = []
    for spec, part in parts:
        section, annex = _made(spec, part)
        added.setdefault(part.section, []).append(section)
        annexes += [(order.index(part.section), annex)] if annex else []
    annexes.sort(key=itemgetter(0))
    last = next((i for i, a in enumerate(outline.annexes) if a.form == AGENCIES), len(outline.annexes))
    return outline.model_copy(
        update={
            "sections": _with(outline.sections, added),
            "annexes": (*outline.annexes[:last], *(annex for _, annex in annexes), *outline.annexes[last:]),
        }
    )


def _parts(outline: Outline, catalogue: FormCatalogue) -> Iterator[tuple[FormSpec, ReportPart]]:
    """The parts that this outline takes: those for a section of it, but of a form that it speaks of itself."""
    sections = {section.id for section, _ in outline.walk()}
    own = {annex.form for annex in outline.annexes}
    said = {sentence for section, _ in outline.walk() for sentence in section.sentences}
    for spec in catalogue.specs:
        for part in spec.reports:
            here = part.outline == outline.id and part.section in sections
            if here and spec.form not in own and said.isdisjoint(part.sentences):
                yield spec, part


def _made(spec: FormSpec, part: ReportPart) -> tuple[Section, AnnexSpec | None]:
    try:
        section = Section.model_validate(
            {
                "id": part.section,
                "heading": part.section,
                "sentences": part.sentences,
                "tables": [{"of": table} for table in part.tables],
            }
        )
        if part.annex is None:
            return section, None
        listed, title = part.annex.section, part.annex.title
        return section, AnnexSpec(form=spec.form, section=listed, title=title, if_used=True)
    except ValidationError as error:
        raise ConfigError([f"{part.where}: {fault['ctx']['error']}" for fault in error.errors()]) from error


def _with(sections: Sequence[Section], added: Mapping[str, Sequence[Section]]) -> tuple[Section, ...]:
    return tuple(
        section.model_copy(
            update={
                "sentences": tuple(s for part in (section, *added.get(section.id, ())) for s in part.sentences),
                "tables": tuple(t for part in (section, *added.get(section.id, ())) for t in part.tables),
                "sections": _with(section.sections, added),
            }
        )
        for section in sections
    )
