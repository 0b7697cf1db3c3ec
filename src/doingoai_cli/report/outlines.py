"""The outlines at hand (các đề cương): read from folders, with what forms add to them, and chosen from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from doingoai_cli.errors import ConfigError, DoingoaiError
from doingoai_cli.messages import NO_FORM
from doingoai_cli.model.forms import FormCatalogue, FormSpec, ReportPart, shipped_forms
from doingoai_cli.report.figures.subjects import subject_of
from doingoai_cli.report.kinds import ReportKind
from doingoai_cli.report.outline import AGENCIES, AnnexSpec, Outline, Section
from doingoai_cli.report.sentences import cited_forms
from doingoai_cli.resources import outlines_dir
from doingoai_cli.shipped import precomputed
from doingoai_cli.value_faults import Key
from doingoai_cli.yamlfile import load_file, validate


class Outlines:
    """All outlines at hand."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        self.all = tuple(made for outline in outlines for made in (outline, *outline.variants()))

    def choose(self, kind: str | None, outline_id: str | None = None) -> Outline:
        """The outline with that id, else the default one of the kind; DoingoaiError lists what there is."""
        if outline_id is not None:
            found = [o for o in self.all if o.id == outline_id]
        else:
            wanted = kind or ReportKind.YEAR.value
            of_kind = [o for o in self.all if o.kind.value == wanted]
            # A workspace's own outlines come last and before ours.
            found = [o for o in reversed(of_kind) if o.default] or of_kind
        if not found:
            names = ", ".join(f"{o.id} ({o.kind.value})" for o in self.all)
            raise DoingoaiError(f"Không có đề cương “{outline_id or kind}”; các đề cương có: {names}.")
        return found[0]


def load_outline(path: Path, forms: FormCatalogue | None = None) -> Outline:
    """The outline in one file, with what forms add to it; ConfigError lists its faults, each with `file:line`.

    `forms` are those at hand (default: the shipped ones): an annex lists the rows of one of them.
    """
    catalogue = forms or shipped_forms()
    return with_forms(_read(path, catalogue), catalogue)


def load_outlines(*directories: Path, forms: FormCatalogue | None = None) -> Outlines:
    """The outlines of folders; one with the id of an earlier one replaces it. ConfigError: a folder's faults."""
    catalogue = forms or shipped_forms()
    found: dict[str, Outline] = {}
    for directory in directories:
        if directory != outlines_dir():
            found |= _with_forms(_of(directory, catalogue), catalogue)
        elif catalogue.specs is shipped_forms().specs:
            found |= precomputed("outlines-with-forms", lambda: _with_forms(_of(outlines_dir()), shipped_forms()))
        else:
            shipped = precomputed("outlines", partial(_of, directory))
            faults = [
                f"đề cương “{outline.id}”: {fault}"
                for outline in shipped.values()
                for annex in outline.annexes
                for _, fault in _annex_faults(annex, catalogue)
            ]
            if faults:
                raise ConfigError(faults)
            found |= _with_forms(shipped, catalogue)
    _refuse_lost_parts(found, catalogue)
    return Outlines(tuple(found.values()))


def _refuse_lost_parts(outlines: Mapping[str, Outline], forms: FormCatalogue) -> None:
    """ConfigError for each part of an own form that is meant for an outline or a section that is not there."""
    shipped = {spec.id for spec in shipped_forms().specs}
    problems: list[str] = []
    own = [(spec, part) for spec in forms.specs if spec.id not in shipped for part in spec.reports]
    for form, part in own:
        outline = outlines.get(part.outline)
        sections = [section.id for section, _ in outline.walk()] if outline else []
        if outline is None:
            known = ", ".join(outlines)
            problems.append(f"{part.where}: không có đề cương “{part.outline}”; các đề cương có: {known}")
        elif part.section not in sections:
            said = f"đề cương “{part.outline}” không có mục “{part.section}”"
            problems.append(f"{part.where}: {said}; các mục có: {', '.join(sections)}")
        else:
            problems += [f"{part.where}: {fault}" for fault in _part_faults(form, part, forms)]
    if problems:
        raise ConfigError(problems)


def _part_faults(spec: FormSpec, part: ReportPart, forms: FormCatalogue) -> Iterator[str]:
    """Of an own form's part: cited forms that are not there, an annex that cannot be made."""
    section, annex = _made(spec, part)
    for form in (form for sentence in section.sentences for form in cited_forms(sentence)):
        if form not in forms.forms():
            yield _no_form(form, forms.forms())
    if annex is not None:
        yield from (fault for _, fault in _annex_faults(annex, forms))


def _with_forms(outlines: Mapping[str, Outline], forms: FormCatalogue) -> dict[str, Outline]:
    return {name: with_forms(outline, forms) for name, outline in outlines.items()}


def _of(directory: Path, forms: FormCatalogue | None = None) -> dict[str, Outline]:
    """The outlines of one folder by their ids."""
    found: dict[str, Outline] = {}
    problems: list[str] = []
    for path in sorted((*directory.glob("*.yaml"), *directory.glob("*.yml"))):
        try:
            outline = _read(path, forms or shipped_forms())
        except ConfigError as error:
            problems.extend(error.problems)
            continue
        if outline.id in found:
            where = load_file(path).at(("id",))
            problems.append(f"{where}: mã “{outline.id}” đã có ở tệp khác trong thư mục này")
        found[outline.id] = outline
    if problems:
        raise ConfigError(problems)
    return found


def _read(path: Path, forms: FormCatalogue) -> Outline:
    located = load_file(path)
    outline = validate(Outline, located)
    faults = [
        f"{located.at(('annexes', at, key))}: {fault}"
        for at, annex in enumerate(outline.annexes)
        for key, fault in _annex_faults(annex, forms)
    ]
    faults += [
        f"{located.at(key)}: {_no_form(form, forms.forms())}"
        for key, text in texts_in(located.data)
        for form in cited_forms(text)
        if form not in forms.forms()
    ]
    if faults:
        raise ConfigError(faults)
    return outline


def texts_in(data: Any, key: Key = ()) -> Iterator[tuple[Key, str]]:
    """The texts of a file, each with where it stands."""
    if isinstance(data, str):
        yield key, data
    elif isinstance(data, Mapping | list):
        items = data.items() if isinstance(data, Mapping) else enumerate(data)
        for name, value in items:
            yield from texts_in(value, (*key, name))


def _no_form(form: str, known: Iterable[str]) -> str:
    return NO_FORM.format(form=form, known=", ".join(known))


def _annex_faults(annex: AnnexSpec, forms: FormCatalogue) -> Iterator[tuple[str, str]]:
    if annex.form == AGENCIES:
        return
    if annex.form not in forms.forms():
        yield "form", _no_form(annex.form, (*forms.forms(), AGENCIES))
        return
    spec = forms.of_form(annex.form)
    sections = [section.id for section in spec.sections]
    if annex.section and annex.section not in sections:
        yield "section", f"mẫu {annex.form} không có mục “{annex.section}”; các mục có: {', '.join(sections)}"
    elif any(
        subject_of(spec, section) is None for section in ([annex.section] if annex.section else sections or [""])
    ):
        yield "form", f"không số liệu nào tính các dòng của mẫu {annex.form}, nên không lập được phụ lục"


def with_forms(outline: Outline, catalogue: FormCatalogue) -> Outline:
    """The outline with what the forms add to its sections, their annexes in the order of those sections.

    ConfigError names `file:line` of a part whose sentence or table is not valid.
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
