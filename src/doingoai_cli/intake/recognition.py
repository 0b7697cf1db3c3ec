"""Which form a table is (nhận biết biểu mẫu): several marks vote, so that losing any one does no harm.

The embedded name, the title, the printed label "Mẫu số 02.A", words for direction and stage, and the headings.
"""

from collections.abc import Sequence
from typing import NamedTuple

from doingoai_cli.intake.columns import Columns, fit_columns, read_columns
from doingoai_cli.intake.headings import Heading
from doingoai_cli.intake.titles import Line, Title, Titles, direction_of, stage_of
from doingoai_cli.model.forms import Direction, FormCatalogue, FormSpec

# What each mark weighs against the fit of the headings and the share of them that are the layout's own wording
# (both 0 … 1): two of embedded name, title and headings outvote the third.
_ID, _TITLE, _HEADINGS, _WORDING, _LABEL, _DIRECTION, _STAGE = 1.0, 1.0, 1.5, 0.5, 0.4, 0.3, 0.2
_ENOUGH_ALONE = 0.6
"""The fit at which headings alone make a form."""
_ENOUGH_WITH_MARK = 0.3


class Context(NamedTuple):
    """What stands around a heading."""

    lines: tuple[Line, ...]
    """The cells above it, back to the table before."""
    sheet_name: str = ""
    ids: frozenset[str] = frozenset()
    """Layouts whose embedded name points here."""
    inherited: Title | None = None
    """The title above the sheet's first table, which may speak for the further ones too."""


class Recognised(NamedTuple):
    """A table's layout: the marks that speak for it, its title, and its columns."""

    spec: FormSpec
    marks: tuple[str, ...]
    title: Title | None
    columns: Columns
    against: tuple[str, ...] = ()
    """Form codes that the embedded name or the title spoke for in vain."""


class _Votes(NamedTuple):
    ids: frozenset[str]
    title: frozenset[str]
    label: str | None
    direction: Direction | None
    stage: object


def recognise(
    catalogue: FormCatalogue,
    titles: Titles,
    heading: Heading,
    context: Context,
    direction: Direction | None = None,
) -> Recognised | None:
    """The layout that the marks around a heading agree on best; None where they make no known form.

    `direction` restricts the choice where a section row within a table says it.
    """
    votes = _votes(titles, context, heading)
    best: tuple[float, FormSpec, Columns] | None = None
    for spec in catalogue.specs:
        if direction is not None and spec.direction is not direction:
            continue
        columns = fit_columns(spec, heading)
        marked = spec.id in votes.ids or spec.id in votes.title
        if columns.known < (2 if marked else 3) or columns.fit < (_ENOUGH_WITH_MARK if marked else _ENOUGH_ALONE):
            continue
        score = _HEADINGS * columns.fit + _WORDING * columns.wording + _score(spec, votes)
        if best is None or score > best[0] + 1e-9:
            best = (score, spec, columns)
    if best is None:
        return None
    _, spec, columns = best
    if columns.missing:
        columns = read_columns(spec, heading)
    title = titles.title_of(spec, context.lines) or _inherited(titles, spec, context)
    return Recognised(spec, _marks(spec, votes, columns), title, columns, _against(catalogue, spec, votes))


def recognise_without_heading(catalogue: FormCatalogue, titles: Titles, context: Context) -> Recognised | None:
    """The official form that a title or an embedded name tells where there is no heading (a nil return)."""
    for spec in catalogue.official:
        title = titles.title_of(spec, context.lines)
        if title is not None or spec.id in context.ids:
            marks = ("id",) * (spec.id in context.ids) + ("title",) * (title is not None)
            return Recognised(spec, marks, title, Columns({}, {}, (), 0.0))
    return None


def _votes(titles: Titles, context: Context, heading: Heading) -> _Votes:
    lines = context.lines
    title_votes = titles.vote(lines)
    if not title_votes and context.inherited is not None:
        title_votes = titles.vote((context.inherited.line,))
    label = next((code for line in reversed(lines) if (code := titles.printed_code(line.text))), None)
    headings = [cell.label for cell in heading.cells]
    nearest = [line.text for line in reversed(lines)]
    inherited = [context.inherited.line.text] if context.inherited else []
    return _Votes(
        ids=context.ids,
        title=title_votes,
        label=label or titles.printed_code(context.sheet_name),
        direction=direction_of([*nearest, context.sheet_name, *headings]),
        stage=stage_of([*nearest, context.sheet_name, *inherited]),
    )


def _score(spec: FormSpec, votes: _Votes) -> float:
    return (
        _ID * (spec.id in votes.ids)
        + _TITLE * (spec.id in votes.title)
        + _LABEL * (spec.form == votes.label)
        + _DIRECTION * (spec.direction is not None and spec.direction is votes.direction)
        + _STAGE * (spec.stage is not None and spec.stage is votes.stage)
    )


def _inherited(titles: Titles, spec: FormSpec, context: Context) -> Title | None:
    """The sheet's first title, where it speaks for this layout too ("ĐOÀN RA - VÀO")."""
    title = context.inherited
    return title if title is not None and titles.speaks_for(spec, title.line.text) else None


def _marks(spec: FormSpec, votes: _Votes, columns: Columns) -> tuple[str, ...]:
    found = (
        ("id", spec.id in votes.ids),
        ("title", spec.id in votes.title),
        ("headings", columns.fit >= _ENOUGH_ALONE),
    )
    return tuple(name for name, speaks in found if speaks)


def _against(catalogue: FormCatalogue, spec: FormSpec, votes: _Votes) -> tuple[str, ...]:
    others: Sequence[str] = [*votes.ids, *(votes.title if spec.id not in votes.title else ())]
    forms = {catalogue.by_id[other].form for other in others if other in catalogue.by_id}
    return tuple(sorted(forms - {spec.form}))
