"""Conditional formats (tô màu khi nhập) of a form: what is missing, against a rule, or to be looked at again."""

from typing import Literal, NamedTuple

from doingoai_cli.blank import formulas
from doingoai_cli.blank.layout import FormLayout, FreeRows
from doingoai_cli.blank.occasion import FormLimits, Occasion
from doingoai_cli.model.findings import Severity
from doingoai_cli.model.forms import ColumnSpec, fill_years


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
) -> list[Highlight]:
    found = _general_words(layout, block, limits)
    found += _members(layout, block, limits)
    found += _countries(layout, block, limits)
    found += _days(layout, block, limits)
    found += _avoided(layout, block, occasion)
    found += _missing(layout, block)
    ruled = formulas.filled_from_here(layout, block)
    found.append(Highlight(("A", layout.last_column), block, ruled, "ruled"))
    return found


def _missing(layout: FormLayout, block: FreeRows) -> list[Highlight]:
    required = [c.field for c in layout.spec.columns if c.required]
    if not required:
        return []
    letters = {field: layout.letters(field) or "" for field in required}
    row = f"${letters[required[0]]}{block.first}:${letters[required[-1]]}{block.first}"
    begun = formulas.begun(row)
    found = []
    for field in required:
        if field in ("in_plan", "off_plan"):
            continue
        formula = f"=AND({begun},{formulas.blank(f'{letters[field]}{block.first}')})"
        found.append(Highlight((letters[field], letters[field]), block, formula, "missing", "DL01"))
    if "in_plan" in letters and "off_plan" in letters:
        marked = [f'(LEN(TRIM(${letters[f]}{block.first}&""))>0)' for f in ("in_plan", "off_plan")]
        formula = f"=AND({begun},{marked[0]}+{marked[1]}<>1)"
        found.append(Highlight((letters["in_plan"], letters["off_plan"]), block, formula, "missing", "TH01"))
    return found


def _look(severity: Severity) -> Literal["breach", "caution"]:
    return "breach" if severity is Severity.ERROR else "caution"


def _general_words(layout: FormLayout, block: FreeRows, limits: FormLimits) -> list[Highlight]:
    found = []
    for general in limits.general:
        severity, column = general.basis.severity(layout.spec.form), layout.letters(general.field)
        if severity is None or column is None or not general.words:
            continue
        formula = "=" + formulas.is_one_of(f"{column}{block.first}", general.words)
        found.append(Highlight((column, column), block, formula, _look(severity), general.basis.code))
    return found


def _avoided(layout: FormLayout, block: FreeRows, occasion: Occasion) -> list[Highlight]:
    """What the guidance sheet says not to write."""
    found = []
    for column in layout.spec.columns:
        letters = layout.letters(column.field)
        if column.avoid and letters:
            words = avoided(column, occasion)
            formula = "=" + formulas.is_one_of(f"{letters}{block.first}", words)
            found.append(Highlight((letters, letters), block, formula, "caution"))
    return found


def avoided(column: ColumnSpec, occasion: Occasion) -> tuple[str, ...]:
    """The entries that a column's spec gives as ones to avoid."""
    return tuple(fill_years(text, occasion.cycle, occasion.province) for text in column.avoid)


def _members(layout: FormLayout, block: FreeRows, limits: FormLimits) -> list[Highlight]:
    limit, members, leader = limits.members, layout.letters("members"), layout.letters("leader")
    severity = limit.basis.severity(layout.spec.form) if limit else None
    if limit is None or severity is None or members is None or leader is None:
        return []
    count, head = formulas.number(f"{members}{block.first}"), f"${leader}{block.first}"
    formula = f"={count}>IF({formulas.led_by(head, limit.heads)},{limit.highest},{limit.general})"
    return [Highlight((members, members), block, formula, _look(severity), limit.basis.code)]


def _countries(layout: FormLayout, block: FreeRows, limits: FormLimits) -> list[Highlight]:
    limit, column = limits.countries, layout.letters("countries")
    severity = limit.basis.severity(layout.spec.form) if limit else None
    if limit is None or severity is None or column is None:
        return []
    formula = f"={formulas.countries(f'{column}{block.first}')}>{limit.highest}"
    return [Highlight((column, column), block, formula, _look(severity), limit.basis.code)]


def _days(layout: FormLayout, block: FreeRows, limits: FormLimits) -> list[Highlight]:
    limit, days, where = limits.days, layout.letters("days"), layout.letters("countries")
    severity = limit.basis.severity(layout.spec.form) if limit else None
    if limit is None or severity is None or days is None or where is None:
        return []
    count, place = formulas.number(f"{days}{block.first}"), f"${where}{block.first}"
    known = f"NOT({formulas.blank(place)})"
    nature = layout.letters("nature")
    if nature and limit.exempt:
        known = f"{known},NOT({formulas.contains_any(f'${nature}{block.first}', limit.exempt)})"

    def above(per_country: int) -> str:
        return f"=AND({known},{count}>{per_country}*{formulas.countries(place)}+{limit.travel})"

    past_all = Highlight((days, days), block, above(limit.exception), _look(severity), limit.basis.code)
    ordinary = Highlight((days, days), block, above(limit.per_country), "caution", limit.basis.code)
    return [past_all, ordinary]
