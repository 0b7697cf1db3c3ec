"""Conditional formats (tô màu khi nhập) of a form: what is missing, against a rule, or to be looked at again."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from doingoai_cli.blank import formulas
from doingoai_cli.blank.layout import FormLayout, FreeRows
from doingoai_cli.blank.occasion import FormLimits, Occasion
from doingoai_cli.model.findings import Severity


class Highlight(NamedTuple):
    """A conditional format: the columns it covers in a block, the formula for their first row, how it looks."""

    columns: tuple[str, str]
    """First and last column letters."""
    block: FreeRows
    formula: str
    look: Literal["ruled", "missing", "breach", "caution"]
    code: str = ""
    """The check that says the same of the finished form."""


def highlights(layout: FormLayout, limits: FormLimits, occasion: Occasion) -> tuple[Highlight, ...]:
    """The conditional formats of a form, the gravest first."""
    return tuple(mark for block in layout.blocks for mark in _block_highlights(layout, block, limits, occasion))


def _block_highlights(
    layout: FormLayout, block: FreeRows, limits: FormLimits, occasion: Occasion
) -> Iterator[Highlight]:
    yield from _general_words(layout, block, limits)
    yield from _members(layout, block, limits)
    yield from _countries(layout, block, limits)
    yield from _days(layout, block, limits)
    yield from _avoided(layout, block, occasion)
    yield from _missing(layout, block)
    ruled = formulas.filled_from_here(layout, block)
    yield Highlight(("A", layout.last_column), block, ruled, "ruled")


def _missing(layout: FormLayout, block: FreeRows) -> Iterator[Highlight]:
    required = [c.field for c in layout.spec.columns if c.required]
    if not required:
        return
    letters = {field: layout.letters(field) or "" for field in required}
    row = f"${letters[required[0]]}{block.first}:${letters[required[-1]]}{block.first}"
    begun = formulas.begun(row)
    for field in required:
        if field in ("in_plan", "off_plan"):
            continue
        formula = f"=AND({begun},{formulas.blank(f'{letters[field]}{block.first}')})"
        yield Highlight((letters[field], letters[field]), block, formula, "missing", "DL01")
    if "in_plan" in letters and "off_plan" in letters:
        marked = [f'(LEN(TRIM(${letters[f]}{block.first}&""))>0)' for f in ("in_plan", "off_plan")]
        formula = f"=AND({begun},{marked[0]}+{marked[1]}<>1)"
        yield Highlight((letters["in_plan"], letters["off_plan"]), block, formula, "missing", "TH01")


def _look(severity: Severity) -> Literal["breach", "caution"]:
    return "breach" if severity is Severity.ERROR else "caution"


def _general_words(layout: FormLayout, block: FreeRows, limits: FormLimits) -> Iterator[Highlight]:
    for general in limits.general:
        severity, column = general.basis.severity(layout.spec.form), layout.letters(general.field)
        if severity is None or column is None or not general.words:
            continue
        formula = "=" + formulas.is_one_of(f"{column}{block.first}", general.words)
        yield Highlight((column, column), block, formula, _look(severity), general.basis.code)


def _avoided(layout: FormLayout, block: FreeRows, occasion: Occasion) -> Iterator[Highlight]:
    """What the guidance sheet says not to write."""
    for column in layout.spec.columns:
        letters = layout.letters(column.field)
        if column.avoid and letters:
            words = tuple(map(occasion.filled, column.avoid))
            formula = "=" + formulas.is_one_of(f"{letters}{block.first}", words)
            yield Highlight((letters, letters), block, formula, "caution")


def _members(layout: FormLayout, block: FreeRows, limits: FormLimits) -> Iterator[Highlight]:
    limit, members, leader = limits.members, layout.letters("members"), layout.letters("leader")
    severity = limit.basis.severity(layout.spec.form) if limit else None
    if limit is None or severity is None or members is None or leader is None:
        return
    count, head = formulas.number(f"{members}{block.first}"), f"${leader}{block.first}"
    formula = f"={count}>IF({formulas.led_by(head, limit.heads)},{limit.highest},{limit.general})"
    yield Highlight((members, members), block, formula, _look(severity), limit.basis.code)


def _countries(layout: FormLayout, block: FreeRows, limits: FormLimits) -> Iterator[Highlight]:
    limit, column = limits.countries, layout.letters("countries")
    severity = limit.basis.severity(layout.spec.form) if limit else None
    if limit is None or severity is None or column is None:
        return
    formula = f"={formulas.countries(f'{column}{block.first}')}>{limit.highest}"
    yield Highlight((column, column), block, formula, _look(severity), limit.basis.code)


def _days(layout: FormLayout, block: FreeRows, limits: FormLimits) -> Iterator[Highlight]:
    limit, days, where = limits.days, layout.letters("days"), layout.letters("countries")
    severity = limit.basis.severity(layout.spec.form) if limit else None
    if limit is None or severity is None or days is None or where is None:
        return
    count, place = formulas.number(f"{days}{block.first}"), f"${where}{block.first}"
    known = f"NOT({formulas.blank(place)})"
    nature = layout.letters("nature")
    if nature and limit.exempt:
        known = f"{known},NOT({formulas.contains_any(f'${nature}{block.first}', limit.exempt)})"

    def above(per_country: int) -> str:
        return f"=AND({known},{count}>{per_country}*{formulas.countries(place)}+{limit.travel})"

    yield Highlight((days, days), block, above(limit.exception), _look(severity), limit.basis.code)
    yield Highlight((days, days), block, above(limit.per_country), "caution", limit.basis.code)
