"""Forms of which a sheet says that there is nothing to declare, without a table (không phát sinh)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from doingoai_cli.intake import other_rows
from doingoai_cli.intake.headings import TableHeading
from doingoai_cli.intake.known_forms import KnownForms
from doingoai_cli.intake.layout import Region, SheetForms, lines_of
from doingoai_cli.intake.recognise import HeadingContext, recognise_without_heading
from doingoai_cli.intake.sheet import FEW, Row, Sheet
from doingoai_cli.vietnamese.text import fold

_SHORT = 40
"""Rows of a sheet that may say that there is nothing to declare."""
_TITLE_ROWS = 4
"""Rows above "Không có" where a form's title may stand, below another form's table."""
_NOTE = re.compile(r"\W*(?:ghi chú|lưu ý|chú thích|nhận xét)\b")
"""What begins so names no form: "Ghi chú: Năm 2020 không có đoàn ra"."""


def with_nil_returns(
    sheet: Sheet, layout: SheetForms, forms: KnownForms, embedded: Sequence[tuple[str, int]]
) -> SheetForms:
    """The layout with a region for each form of which a title and "Không có" stand there, and no table."""
    if not layout.regions:
        return SheetForms(_alone(sheet, forms, embedded))
    regions = tuple(part for region in layout.regions for part in _below(region, forms))
    return layout._replace(regions=regions)


def forms_above(
    sheet: Sheet, headings: Sequence[TableHeading], forms: KnownForms
) -> tuple[tuple[Region, ...], Sheet]:
    """The forms of which the lines above the first table say that there is none, and the sheet below these lines.

    Their titles would be taken for the table's, which has one of its own.
    """
    regions: list[Region] = []
    rows = sheet.rows
    above = rows[: headings[0].first] if headings else ()
    while (nil := _says_nil(above, most=FEW)) is not None:
        lines, above = above[: nil + 1], above[nil + 1 :]
        said = lines if _is_titled(lines[-1]) else lines[:-1]
        one, other = (recognise_without_heading(forms, HeadingContext(lines_of(part))) for part in (said, above))
        if one is None or one.title is None or other is None or other.title is None:
            break
        regions.append(Region(one, lines[:-1], (), lines[-1:], lines[-1].number))
        rows = rows[nil + 1 :]
    if not regions:
        return (), sheet
    return tuple(regions), replace(sheet, rows=rows, by_number={row.number: row for row in rows})


def _alone(sheet: Sheet, forms: KnownForms, embedded: Sequence[tuple[str, int]]) -> tuple[Region, ...]:
    """A sheet with a form's title and "Không phát sinh", without any table."""
    nil = _says_nil(sheet.rows) if len(sheet.rows) <= _SHORT else None
    if nil is None:
        return ()
    ids = frozenset(spec_id for spec_id, _ in embedded)
    context = HeadingContext(lines_of(sheet.rows[:nil]), sheet.grid.name, ids)
    recognised = recognise_without_heading(forms, context)
    if recognised is None:
        return ()
    return (Region(recognised, sheet.rows[:nil], (), sheet.rows[nil:], sheet.rows[max(nil - 1, 0)].number),)


def _below(region: Region, forms: KnownForms) -> tuple[Region, ...]:
    """A table, and the form of which the lines below it say that there is none."""
    body = region.body
    nil = _says_nil(body, most=FEW)
    if nil is None:
        return (region,)
    titled = _is_titled(body[nil])
    for start in range(nil - (not titled), max(nil - _TITLE_ROWS, 0) - 1, -1):
        recognised = recognise_without_heading(forms, HeadingContext(lines_of(body[start : nil + titled])))
        if len(body[start].texts) > FEW or (recognised and recognised.spec.form == region.recognised.spec.form):
            break
        if recognised is not None and recognised.title is not None:
            while start > 0 and all(map(forms.titles.printed_code, body[start - 1].texts.values())):
                start -= 1  # "Mẫu 02.B" above the title
            rest = Region(recognised, body[start:nil], (), body[nil:], body[nil].number)
            return (region._replace(body=body[:start]), *_below_rest(rest, forms))
    return (region,)


def _below_rest(region: Region, forms: KnownForms) -> tuple[Region, ...]:
    """The same for what stands below "Không có"."""
    first, *others = _below(region._replace(body=region.body[1:]), forms)
    return (first._replace(body=(region.body[0], *first.body)), *others)


def _is_titled(row: Row) -> bool:
    """ "KẾ HOẠCH ĐOÀN VÀO NĂM 2020: Không có"."""
    return any(":" in text and not _NOTE.match(fold(text)) for text in row.texts.values())


def _says_nil(rows: Sequence[Row], most: int = _SHORT) -> int | None:
    """The index of the first row of few enough cells that says that there is nothing to declare."""
    for index, row in enumerate(rows):
        if len(row.texts) <= most and any(map(other_rows.says_nothing_to_declare, row.texts.values())):
            return index
    return None
