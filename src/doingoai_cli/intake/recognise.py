"""Which form a table is (nhận biết biểu mẫu): pieces of evidence vote, so that losing any one does no harm.

The embedded name, the title, the printed label "Mẫu số 02.A", words for direction and stage, and the headings.
"""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from doingoai_cli.intake.columns import Columns, read_columns
from doingoai_cli.intake.direction_and_stage import direction_of, stage_of
from doingoai_cli.intake.headings import TableHeading
from doingoai_cli.intake.known_forms import KnownForms
from doingoai_cli.intake.titles import FormTitle, TitleLine, Titles, TitleVote, states_its_own, title_lines
from doingoai_cli.model.forms import Direction, FormCatalogue, FormSpec, Stage

# What each piece of evidence weighs against the fit of the headings and the share of them in the layout's own
# wording (both 0 … 1): two of embedded name, title and headings outvote the third. Wording decides only between
# layouts that read the same columns: one that leaves “Ngoài KH” unread would take blank cells for a tick.
_ID, _TITLE, _HEADINGS, _WORDING, _LABEL, _DIRECTION, _STAGE = 1.0, 1.0, 1.5, 0.1, 0.4, 0.3, 0.2
_OWN_TITLE = 0.1
"""Among layouts of one form, for the one whose own title it is."""
_ENOUGH_ALONE = 0.6
"""The fit at which headings alone make a form."""
_ENOUGH_WITH_NAME = 0.3


class HeadingContext(NamedTuple):
    """What stands around a heading."""

    lines: tuple[TitleLine, ...]
    """The cells above it, back to the table before."""
    sheet_name: str = ""
    ids: frozenset[str] = frozenset()
    """Layouts whose embedded name points here."""
    inherited: FormTitle | None = None
    """The title above the sheet's first table, which may speak for the further ones too."""


class Recognised(NamedTuple):
    """A table's layout: the evidence that speaks for it, its title, and its columns."""

    spec: FormSpec
    evidence: tuple[str, ...]
    title: FormTitle | None
    columns: Columns
    against: tuple[str, ...] = ()
    """Form codes that the embedded name or the title spoke for in vain."""


class _Votes(NamedTuple):
    ids: frozenset[str]
    title: TitleVote
    label: str | None
    direction: Direction | None
    stage: object


def recognise(
    forms: KnownForms,
    heading: TableHeading,
    context: HeadingContext,
    direction: Direction | None = None,
    stage: Stage | None = None,
) -> Recognised | None:
    """The layout that the evidence around a heading agrees on best; None where it makes no known form.

    `direction` and `stage` restrict the choice where a section row within a table says them.
    """
    candidates = title_lines(context.lines)
    votes = _votes(forms.titles, context, heading, candidates)
    best: tuple[float, FormSpec, Columns] | None = None
    for spec, columns in zip(forms.catalogue.specs, forms.fits(heading.texts), strict=True):
        if direction not in (None, spec.direction) or stage not in (None, spec.stage):
            continue
        named = spec.id in votes.ids or spec.form in votes.title.forms
        if columns.known < (2 if named else 3) or columns.fit < (_ENOUGH_WITH_NAME if named else _ENOUGH_ALONE):
            continue
        score = _HEADINGS * columns.fit + _WORDING * columns.wording + _score(spec, votes)
        if best is None or score > best[0] + 1e-9:
            best = (score, spec, columns)
    if best is None:
        return None
    _, spec, columns = best
    if columns.missing:
        columns = read_columns(spec, heading.texts)
    title = forms.titles.title_of(spec, context.lines, candidates) or _inherited(forms.titles, spec, context)
    return Recognised(
        spec, _evidence(spec, votes, columns), title, columns, _against(forms.catalogue, spec, votes)
    )


def recognise_without_heading(forms: KnownForms, context: HeadingContext) -> Recognised | None:
    """The official form that a title or an embedded name tells without a heading (a nil return); None for none."""
    texts = [context.sheet_name, *(line.text for line in context.lines)]
    label = next((code for text in texts if (code := forms.titles.printed_code(text))), None)
    candidates = title_lines(context.lines)
    for spec in forms.catalogue.blanks:
        title = forms.titles.title_of(spec, context.lines, candidates)
        if title is not None or spec.id in context.ids or spec.form == label:
            evidence = ("id",) * (spec.id in context.ids) + ("title",) * (title is not None)
            return Recognised(spec, evidence, title, Columns({}, {}, (), 0.0))
    return None


def _votes(
    titles: Titles, context: HeadingContext, heading: TableHeading, candidates: Sequence[TitleLine]
) -> _Votes:
    lines = context.lines
    title = titles.vote(candidates)
    above = None if states_its_own(candidates) else context.inherited
    if not title.own and above is not None:
        title = titles.vote(title_lines((above.line,)))
    label = next((code for line in reversed(lines) if (code := titles.printed_code(line.text))), None)
    headings = (cell.label for cell in heading.cells)  # asked for last
    nearest = [line.text for line in reversed(lines)]
    titled = [line.text for line in reversed(lines) if line in candidates]
    inherited = [above.line.text] if above else []
    return _Votes(
        ids=context.ids,
        title=title,
        label=label or titles.printed_code(context.sheet_name),
        direction=direction_of(chain(nearest, [context.sheet_name], headings)),
        stage=stage_of([*titled, context.sheet_name, *inherited]),
    )


def _score(spec: FormSpec, votes: _Votes) -> float:
    return (
        _ID * (spec.id in votes.ids)
        + _TITLE * (spec.form in votes.title.forms)
        + _OWN_TITLE * (spec.id in votes.title.own)
        + _LABEL * (spec.form == votes.label)
        + _DIRECTION * (spec.direction is not None and spec.direction is votes.direction)
        + _STAGE * (spec.stage is not None and spec.stage is votes.stage)
    )


def _inherited(titles: Titles, spec: FormSpec, context: HeadingContext) -> FormTitle | None:
    """The sheet's first title, where it speaks for this layout too ("ĐOÀN RA - VÀO")."""
    title = context.inherited
    return title if title is not None and titles.speaks_for(spec, title.line.text) else None


def _evidence(spec: FormSpec, votes: _Votes, columns: Columns) -> tuple[str, ...]:
    found = (
        ("id", spec.id in votes.ids),
        ("title", spec.form in votes.title.forms),
        ("headings", columns.fit >= _ENOUGH_ALONE),
    )
    return tuple(name for name, speaks in found if speaks)


def _against(catalogue: FormCatalogue, spec: FormSpec, votes: _Votes) -> tuple[str, ...]:
    by_id = {catalogue.by_id[other].form for other in votes.ids if other in catalogue.by_id}
    by_title = votes.title.forms if spec.form not in votes.title.forms else frozenset[str]()
    return tuple(sorted((by_id | by_title) - {spec.form}))
