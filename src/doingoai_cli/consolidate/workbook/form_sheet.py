"""A form's sheet in the consolidated workbook: official heads, every row with agency, source, codes and review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from doingoai_cli.consolidate.consolidation import Consolidation, SheetLayout
from doingoai_cli.consolidate.workbook import counted_columns
from doingoai_cli.consolidate.workbook.book import BookSheet, Choice, Filter, Formula, SheetText, whole_column
from doingoai_cli.consolidate.workbook.columns import BookColumn, ColumnKind, columns_of
from doingoai_cli.consolidate.workbook.form_facts import FormFacts, lines_of
from doingoai_cli.consolidate.workbook.form_rows import Line, RowWriter
from doingoai_cli.consolidate.workbook.form_table import COUNT_LINE_TEXT, FIRST, FormTable, subtitle_of
from doingoai_cli.consolidate.workbook.heights import heading_height
from doingoai_cli.consolidate.workbook.overview_counts import RowCounts
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import Standing
from doingoai_cli.model.forms import FormSpec, Stage, fill_years
from doingoai_cli.model.opinions import Opinion
from doingoai_cli.model.own_files import OwnColumn, form_name

TITLE, SUBTITLE, COUNT_LINE, GROUPS, LABELS, NUMBERS = 0, 1, 2, 4, 5, 6


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form's sheet with where its rows and counting columns stand."""

    sheet: BookSheet
    spec: FormSpec
    rows: tuple[ConsolidatedRow, ...]
    facts: FormFacts
    """What was found out about them."""
    counted: tuple[ConsolidatedRow, ...]
    """The rows that figures count."""
    counted_as: tuple[RowCounts, ...]
    """What each of these adds."""
    heads: tuple[BookColumn, ...]
    """Its columns, from left to right."""
    lines: Sequence[Line]
    """What stands in each row, from `FIRST` on."""
    columns: Mapping[str, int]
    """Heading of an own or hidden column → column, 0-based."""

    def column(self, heading: str) -> str:
        """A reference to the whole column of that heading."""
        return whole_column(self.sheet.name, self.columns[heading])


def form_sheet(
    spec: FormSpec,
    rows: tuple[ConsolidatedRow, ...],
    facts: FormFacts,
    consolidation: Consolidation,
    province: str,
) -> FormSheet:
    """The sheet of one form, with its rows and what was found out about them."""
    each, inside = zip(rows, facts.counts, facts.counted, strict=True), Standing.INSIDE
    counting = [(r, c) for r, c, counted in each if counted and c.standing is inside]
    counted, counted_as = (tuple(each) for each in zip(*counting, strict=True)) if counting else ((), ())
    layout = consolidation.layouts.get(spec.form, SheetLayout())
    added = consolidation.columns.get(spec.form, ())
    columns = columns_of(spec, rows, added, facts.sent, dict(layout.widths))
    places = {column.heading: i for i, column in enumerate(columns)}
    filters = {places[heading]: shown for heading, shown in layout.filters.items() if heading in places}
    table = FormTable(spec, columns, filters, consolidation.consolidated.cycle, province)
    lines, counts_of = lines_of(spec, rows, facts.counts)
    writer = RowWriter(table, consolidation, lines, counts_of, counted_as)
    sheet = _book_sheet(table, writer)
    return FormSheet(sheet, spec, rows, facts, counted, counted_as, columns, lines, table.at)


def _book_sheet(table: FormTable, rows: RowWriter) -> BookSheet:
    spec, columns, at = table.spec, table.columns, table.at
    hidden = at[OwnColumn.ID]
    last = FIRST + len(rows) - 1
    opinions = opinions_of(spec)
    return BookSheet(
        name=spec.form,
        widths=tuple(column.width for column in columns),
        rows=rows,
        first_row=FIRST,
        blocks=(
            *_titles(spec, columns[:hidden], table.cycle, table.province),
            _count_line(spec, spec.form, at, rows.counted),
            *_heads(columns),
        ),
        heights=_heights(columns[:hidden]),
        fitted=hidden,
        hidden_from=hidden,
        hidden_columns=frozenset((at[OwnColumn.REVIEW_MARK],)),
        repeat=(GROUPS, NUMBERS),
        freeze=(FIRST, 2),
        # Hidden columns too: sorting must take a row's id along.
        filter=Filter(NUMBERS, last, len(columns) - 1, table.filters),
        choices=(
            Choice(
                at[OwnColumn.OPINION], FIRST, last, opinions, "Ý kiến thẩm định",
                f"{', '.join(opinions)}; dòng “Không đồng ý”, “Không tính” không vào số liệu nào.",
            ),
        ),
        notes=tuple(rows.notes()),
        names=((form_name(spec.id, spec.version), LABELS, 0),),
        tab="#2F75B5",
    )  # fmt: skip


def opinions_of(spec: FormSpec) -> tuple[Opinion, ...]:
    """The opinions that the drop-down offers: "Không tính" where something took place."""
    stages = {spec.stage, *(section.stage for section in spec.sections)} - {None}
    return tuple(o for o in Opinion if o is not Opinion.UNCOUNTED or stages != {Stage.PLANNED})


def _titles(spec: FormSpec, visible: Sequence[BookColumn], cycle: int, province: str) -> tuple[SheetText, ...]:
    right = len(visible) - 1
    title = fill_years(spec.title, cycle, province)
    return (
        SheetText(TITLE, 0, TITLE, right, title, "title"),
        SheetText(SUBTITLE, 0, SUBTITLE, right, subtitle_of(cycle), "subtitle"),
    )


def _heights(visible: Sequence[BookColumn]) -> dict[int, float]:
    """Heights of the rows that stay in sight: what the headings need, so that a laptop shows rows below."""
    alone, grouped = ([c for c in visible if bool(c.group) is inside] for inside in (False, True))
    tall, low = (heading_height([c.heading for c in part], [c.width for c in part]) for part in (alone, grouped))
    return {
        TITLE: 20.0, SUBTITLE: _LINE, COUNT_LINE: _LINE, GROUPS - 1: 4.0, GROUPS: _LINE,
        LABELS: max(tall - _LINE, low), NUMBERS: 13.0,
    }  # fmt: skip


_LINE = 15.0


def _count_line(spec: FormSpec, name: str, at: Mapping[str, int], counted: Sequence[RowCounts]) -> SheetText:
    unit = spec.unit
    text = f'"{COUNT_LINE_TEXT}"&COUNTIF({whole_column(name, at[counted_columns.COUNTED])},1)&" {unit}"'
    value = f"{COUNT_LINE_TEXT}{len(counted)} {unit}"
    if counted_columns.PERSONS in at:
        columns = (whole_column(name, at[h]) for h in (counted_columns.PERSONS, counted_columns.COUNTED))
        text += '&"; "&SUMIFS({},{},1)&" lượt người"'.format(*columns)
        value += f"; {sum(c.persons for c in counted)} lượt người"
    return SheetText(COUNT_LINE, 0, COUNT_LINE, 0, Formula(text, value), "line")


def _heads(columns: Sequence[BookColumn]) -> list[SheetText]:
    """Two rows of headings, merged where a column has no group above it, and the printed numbers."""
    blocks: list[SheetText] = []
    for col, column in enumerate(columns):
        style = {ColumnKind.REVIEW: "head.review", ColumnKind.OFFICIAL: "head"}.get(column.kind, "head.other")
        blocks.append(SheetText(NUMBERS, col, NUMBERS, col, column.number, "numbers"))
        if not column.group:
            heading = "" if column.key == OwnColumn.REVIEW_MARK else column.heading  # it is known by its cells
            blocks.append(SheetText(GROUPS, col, LABELS, col, heading, style))
            continue
        blocks.append(SheetText(LABELS, col, LABELS, col, column.heading, style))
        if col == 0 or columns[col - 1].group != column.group:
            right = col
            while right + 1 < len(columns) and columns[right + 1].group == column.group:
                right += 1
            blocks.append(SheetText(GROUPS, col, GROUPS, right, column.group, style))
    return blocks
