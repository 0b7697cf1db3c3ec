"""Grid → tables (bố cục): which rows of a sheet are a table's heading, what stands above it, and its body."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise
from typing import NamedTuple

from doingoai_cli.intake import closing_lines, directions, other_rows, sums
from doingoai_cli.intake.direction_and_stage import direction_of
from doingoai_cli.intake.headings import TableHeading
from doingoai_cli.intake.known_forms import KnownForms
from doingoai_cli.intake.recognise import HeadingContext, Recognised, recognise
from doingoai_cli.intake.sheet import Row, Sheet, sparse
from doingoai_cli.intake.stages import stage_parts
from doingoai_cli.intake.titles import TitleLine
from doingoai_cli.model.forms import Direction
from doingoai_cli.model.grid import Addressing
from doingoai_cli.vietnamese.counts import read_count
from doingoai_cli.vietnamese.places.countries import read_destinations
from doingoai_cli.vietnamese.text import fold
from doingoai_cli.vietnamese.totals import is_total

_SENDER = re.compile(r"(?:sở|ubnd|ủy ban|hđnd|huyện|thị xã|thành phố|tỉnh|xã|phường|đặc khu)\b")
_MOST_UNITS = 2
"""Lines that name units above a part of a table."""
_GOES_ON = re.compile(
    r"\W*(?:(?:bảng|mẫu|biểu|phụ lục)\b[\w .]{0,20})?\W*tiếp(?: theo)?(?: (?:trang|mẫu|bảng)\b.{0,20})?\W*"
)
"""Stands above what goes on with the table before."""
_FEW = 3
"""Cells of a row that may be a title, a letterhead or a section above a further table."""
_TITLE = re.compile(r"(?:bảng|biểu|danh sách|kế hoạch|tổng hợp|thống kê|kết quả|báo cáo|dự kiến)\b")


class Region(NamedTuple):
    """One table of a sheet: rows above its heading, its heading, its body down to the next table."""

    recognised: Recognised
    above: tuple[Row, ...]
    heading: tuple[Row, ...]
    """Empty for a table that goes on under the heading of the one before, and for a nil return without any."""
    body: tuple[Row, ...]
    header_row: int
    """The number of the last row of the heading that it is read by."""

    @property
    def lines(self) -> tuple[TitleLine, ...]:
        """The cells above its heading."""
        return lines_of(self.above)


class SheetForms(NamedTuple):
    """What a sheet holds: its known forms, and the rows of tables below them that are no known form."""

    regions: tuple[Region, ...]
    strays: tuple[Row, ...] = ()


def lay_out(
    sheet: Sheet, forms: KnownForms, headings: Sequence[TableHeading], embedded: Sequence[tuple[str, int]]
) -> SheetForms:
    """The known forms under a sheet's headings, from top to bottom; no regions where it holds none."""
    headings = _once(sheet, headings, forms)
    ids = _ids_by_heading(sheet, headings, embedded)
    starts = _starts(sheet, headings)
    regions: list[Region] = []
    strays: list[Row] = []
    for index, (heading, (start, end)) in enumerate(
        zip(headings, pairwise([*starts, len(sheet.rows)]), strict=True)
    ):
        above = sheet.rows[start : heading.first]
        inherited = regions[0].recognised.title if regions else None
        context = HeadingContext(lines_of(above), sheet.grid.name, ids.get(index, frozenset()), inherited)
        recognised = recognise(forms, heading, context)
        if recognised is not None:
            body = sheet.rows[heading.last + 1 : end]
            rows = sheet.rows[heading.first : heading.last + 1]
            region = Region(recognised, above, rows, body, rows[-1].number)
            regions.extend(_by_section(region, heading, forms))
        else:
            strays.extend(sheet.rows[start:end])
    return SheetForms(tuple(regions), tuple(strays) if regions else ())


def continued_table(sheet: Sheet, before: Sheet, layout: SheetForms) -> SheetForms | None:
    """A Word table, or a sheet, without a heading that goes on with the one before it; None where it does not.

    It has as many columns, nothing but "(tiếp theo)" or a unit's name stands between, and its first row fills most
    of them; that of a sheet, or below a unit's name, has the next number, too (there it may begin anew), and a
    number of persons and a country where they belong.
    """
    last = layout.regions[-1] if layout.regions else None
    of_units = tuple(dropwhile(_says_that_it_goes_on, sheet.rows))
    rows = tuple(dropwhile(_names_a_unit, of_units))
    if last is None or last.recognised.spec.sections or not rows:
        return None
    units = len(of_units) - len(rows)
    columns = last.recognised.columns
    widths = [max(col for row in each for col in row.texts) for each in (rows, before.rows)]
    if rows[0].number <= sheet.grid.lead or widths[0] > widths[1] or 2 * len(rows[0].texts) < len(columns.cols):
        return None
    as_numbered = units > 0 or sheet.grid.addressing is not Addressing.WORD
    if units > _MOST_UNITS or (as_numbered and not _counts_on(last, rows[0], anew=units > 0)):
        return None
    recognised = last.recognised._replace(title=None, columns=replace(columns, missing=()))
    return SheetForms((Region(recognised, (), (), of_units, of_units[0].number),))


def _says_that_it_goes_on(row: Row) -> bool:
    return all(_GOES_ON.fullmatch(fold(text)) for text in row.texts.values())


def _names_a_unit(row: Row) -> bool:
    """Whether a row holds nothing but a unit of the sender ("II. Các đơn vị trực thuộc"), and no other sender."""
    texts = list(row.texts.values())
    numbered = other_rows.numbered_title(texts[0])
    name = numbered[1] if numbered else texts[0]
    return len(texts) == 1 and other_rows.is_unit(name) and _SENDER.match(fold(name)) is None


def _counts_on(last: Region, row: Row, *, anew: bool) -> bool:
    """Whether a row has the next number after those of a table (`anew`: or 1), and what its columns ask for."""
    columns = last.recognised.columns
    numbers = [
        int(text) for each in last.body if (text := each.texts.get(columns.first("ordinal"), "")).isdecimal()
    ]
    own = row.texts.get(columns.first("ordinal"), "")
    if not numbers or not (own == str(numbers[-1] + 1) or (anew and own == "1")):
        return False
    persons, countries = (row.texts.get(columns.first(field), "") for field in ("members", "countries"))
    return read_count(persons).value is not None and not read_destinations(countries or "?").unknown


def lines_of(rows: Sequence[Row]) -> tuple[TitleLine, ...]:
    """The cells of some rows, row by row."""
    return tuple(TitleLine(row.number, col, text) for row in rows for col, text in row.texts.items())


def _once(sheet: Sheet, headings: Sequence[TableHeading], forms: KnownForms) -> tuple[TableHeading, ...]:
    """The headings without those that are printed again on the next page."""
    first_prints: list[TableHeading] = []
    for heading in headings:
        again = (
            first_prints
            and heading.prints_again(first_prints[-1])
            and not _begins_anew(sheet, first_prints[-1], heading, forms)
        )
        if not again:
            first_prints.append(heading)
    return tuple(first_prints)


def _begins_anew(sheet: Sheet, first: TableHeading, second: TableHeading, forms: KnownForms) -> bool:
    """Whether a title, a form's code or a section's direction stands above the second of two equal headings."""
    between = sheet.rows[_start(sheet, second, first.last + 1) : second.first]
    texts = [text for row in between for text in row.texts.values()]
    return any(
        direction_of([text]) in directions.BOTH or directions.code_of(text, forms) is not None for text in texts
    )


def _starts(sheet: Sheet, headings: Sequence[TableHeading]) -> list[int]:
    """Where the rows that belong to each heading begin."""
    starts = [_start(sheet, heading, before.last + 1) for before, heading in pairwise(headings)]
    return [0, *starts] if headings else []


def _start(sheet: Sheet, heading: TableHeading, floor: int) -> int:
    """The index of the first row of the title, letterhead or section line above a further heading."""
    index = heading.first
    titled = False
    while index > floor and _is_above(sheet.rows[index - 1]):
        texts = list(sheet.rows[index - 1].texts.values())
        if titled and other_rows.is_count_line(" ".join(texts)):  # above a title: the table before is counted
            break
        titled = titled or any(_TITLE.match(fold(text)) for text in texts)
        index -= 1
    return index


def _is_above(row: Row) -> bool:
    texts = list(row.texts.values())
    if len(texts) == 2 and direction_of(texts[1:]) in directions.BOTH and not other_rows.is_number(texts[0]):
        return True
    if len(texts) > _FEW or (len(texts) > 1 and other_rows.is_number(texts[0])) or other_rows.is_ordinal(texts[0]):
        return False
    if other_rows.says_nothing_to_declare(texts[-1]) and direction_of(texts) is None:
        return False
    of_table_before = (other_rows.is_note, closing_lines.is_signature, closing_lines.is_contact)
    if any(says(text) and not _titles_below(text) for text in texts for says in of_table_before):
        return False
    return other_rows.is_count_line(texts[0]) or not (is_total(texts[0]) or any(map(sums.is_sum, texts[:2])))


def _titles_below(text: str) -> bool:
    """Whether a line that looks like a note speaks of the table below it."""
    return other_rows.is_unit_of_money(text) or directions.is_label(text)


def _ids_by_heading(
    sheet: Sheet, headings: Sequence[TableHeading], embedded: Sequence[tuple[str, int]]
) -> Mapping[int, frozenset[str]]:
    """The embedded names of each heading: a name belongs to the nearest one."""
    found: dict[int, frozenset[str]] = {}
    for spec_id, row in embedded if headings else ():
        nearest = min(range(len(headings)), key=lambda i: abs(sheet.rows[headings[i].first].number - row))
        found[nearest] = found.get(nearest, frozenset()) | {spec_id}
    return found


def _by_section(region: Region, heading: TableHeading, forms: KnownForms) -> list[Region]:
    """A region, cut where a section row within it turns to the other direction or to the other stage."""
    spec = region.recognised.spec
    parts = stage_parts(region.body, region.recognised.title) if spec.stage and not spec.sections else ()
    found: list[Region] = []
    direction = spec.direction
    for part in parts:
        one = region._replace(body=part.body)
        if part.label is not None or part.stage is not spec.stage:
            recognised = recognise(forms, heading, HeadingContext((part.title.line,)), direction, part.stage)
            if recognised is None:
                return _by_direction(region, heading, forms)
            one = one._replace(recognised=recognised._replace(title=part.title, against=()))
        if found and part.label is not None:
            one = one._replace(above=(part.label,), heading=())
        cuts = _by_direction(one, heading, forms)
        direction = cuts[-1].recognised.spec.direction
        found += [cut for cut in cuts if cut.body]
    return found or _by_direction(region, heading, forms)


def _by_direction(region: Region, heading: TableHeading, forms: KnownForms) -> list[Region]:
    """A region, cut where a section row within it turns to the other direction ("II. ĐOÀN VÀO")."""
    spec, body = region.recognised.spec, region.body
    turns = (i for i, row in sparse(body) if directions.turns(row, spec.direction, forms))
    turn = next((i for i in turns if not directions.is_nil_return(body[i : i + 4], forms)), None)
    if turn is None:
        return [region]
    row = region.body[turn]
    other = Direction.IN if spec.direction is Direction.OUT else Direction.OUT
    context = HeadingContext(lines_of([row]), inherited=region.recognised.title)
    recognised = recognise(forms, heading, context, other, spec.stage)
    if recognised is None:
        return [region]
    recognised = recognised._replace(title=recognised.title or region.recognised.title)
    rest = Region(recognised, (row,), (), region.body[turn + 1 :], region.header_row)
    return [region._replace(body=region.body[:turn]), *_by_direction(rest, heading, forms)]
