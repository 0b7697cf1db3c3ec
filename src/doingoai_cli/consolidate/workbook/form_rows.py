"""The rows of a form's sheet: values, styles and notes of each record."""

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from doingoai_cli.consolidate.changes import FieldChange
from doingoai_cli.consolidate.consolidation import Consolidation
from doingoai_cli.consolidate.record_digests import MOST_ROWS
from doingoai_cli.consolidate.workbook.book import FIT, BookRow, Value, shown
from doingoai_cli.consolidate.workbook.columns import (
    OTHER_COLUMN,
    SENT,
    BookColumn,
    ColumnKind,
    sent_texts,
    unprinted,
)
from doingoai_cli.consolidate.workbook.form_table import FIRST, FormTable, OtherLine
from doingoai_cli.consolidate.workbook.overview_counts import RowCounts
from doingoai_cli.consolidate.workbook.written_rows import told
from doingoai_cli.grouping import grouped
from doingoai_cli.model.consolidated import NO_AGENCY, ConsolidatedRow
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.records import Record
from doingoai_cli.vietnamese.breakdowns import Breakdown
from doingoai_cli.vietnamese.counts import Count
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.vietnamese.text import shortened

_OWN_STYLES: Mapping[str, str] = {
    OwnColumn.AGENCY: "text", OwnColumn.SOURCE: "small", OwnColumn.CODES: "codes", OwnColumn.OPINION: "review",
    OwnColumn.REMARK: "review", OwnColumn.CHANGE: "review", OwnColumn.REVIEW_MARK: "hidden",
}  # fmt: skip

_CENTRED = frozenset(
    {"ordinal", "in_plan", "off_plan", "countries", "members", "days", "vietnamese_delegates", "period", "signed"}
)

_SAID, _TOLD = 56, 1
"""How long a message is at most, and how many of them stand in a cell."""


def _codes_text(codes: Sequence[str], findings: Sequence[Finding]) -> str:
    """Codes first, for formulas; in brackets what they say, for people."""
    waived = sorted({f.code for f in findings if not f.counts} - set(codes))
    told = [shortened(f.message.rstrip("."), _SAID) for f in findings if f.counts]
    more = [f"và {format_number(len(told) - _TOLD)} mục khác"] if len(told) > _TOLD else []
    said = [*told[:_TOLD], *more, *([f"miễn trừ: {', '.join(waived)}"] if waived else [])]
    return f"{', '.join(codes)} ({'; '.join(said).replace('(', '[').replace(')', ']')})".strip()


def official_values(record: Record, fields: Iterable[str]) -> list[Value]:
    """Fields as their cells hold them: a number where the text is just that number, else the text as typed."""
    cells: list[Value] = []
    for field in fields:
        value = getattr(record, field, "")
        text: str = value if isinstance(value, str) else value.text
        numeric = text.isdigit() and (field == "ordinal" or isinstance(value, (Count, Breakdown)))
        cells.append(int(text) if numeric and _is_plain(text) else text)
    return cells


def _is_plain(digits: str) -> bool:
    """Whether Excel shows a number of these digits as they stand."""
    return digits.isascii() and len(digits) < 16 and str(int(digits)) == digits


def style_of(column: BookColumn) -> str:
    """The style of a column's cells, where nothing is found in them."""
    if column.kind is ColumnKind.OFFICIAL:
        return "centre" if column.key in _CENTRED else "text"
    return _OWN_STYLES.get(column.key, "hidden" if column.kind is ColumnKind.HIDDEN else "text")


OWN_TEXTS: Mapping[str, Callable[[ConsolidatedRow, Sequence[Finding]], str]] = {
    OwnColumn.AGENCY: lambda row, _: row.agency or NO_AGENCY,
    OwnColumn.SOURCE: lambda row, _: row.source,
    # No link: LibreOffice would set it in one line, cut at the column.
    OwnColumn.CODES: lambda row, found: _codes_text(row.codes, found) if found else ", ".join(row.codes),
    OwnColumn.OPINION: lambda row, _: row.review.opinion,
    OwnColumn.REVIEW_MARK: lambda row, _: f"#{row.record_id}",  # not to be taken for an id
    OwnColumn.REMARK: lambda row, _: row.review.remark,
    OwnColumn.CHANGE: lambda row, _: row.change,
}
"""What our own columns hold of a row and what was found in it."""


Line = ConsolidatedRow | OtherLine


def _filtered(row: BookRow, filters: Mapping[int, Sequence[str]]) -> BookRow:
    """The row, hidden where the officer's filter leaves it out: a stored filter does not hide by itself."""
    if not filters:
        return row
    said = {col: str(shown(row.values[col]) or "").casefold() for col in filters}
    return row._replace(hidden=any(said[col] not in map(str.casefold, texts) for col, texts in filters.items()))


SENT_BEGINNING, SENT_END = "Đơn vị gửi: “", "Cán bộ tổng hợp đã sửa."
"""How the comment on an edited cell begins and ends; it is made anew at every merge."""


class RowWriter:
    """The rows of one sheet, made anew whenever they are gone through, so that nobody need hold them."""

    def __init__(
        self,
        table: FormTable,
        consolidation: Consolidation,
        lines: Sequence[Line],
        counts: Sequence[RowCounts | None],
        counted: Sequence[RowCounts],
    ) -> None:
        """`counts`: what the record in each line adds; `counted`: what those add that figures count."""
        self.table, self.consolidation, self.lines = table, consolidation, lines
        self.counts, self.counted = counts, counted
        self.sha256 = {entry.path: entry.sha256 for entry in consolidation.files}
        columns, self.fields, self.readings = table.columns, table.fields, table.readings
        self.own = [OWN_TEXTS[c.key] for c in columns if c.kind in (ColumnKind.OWN, ColumnKind.REVIEW)]
        self.added = [c.key for c in columns if c.kind is ColumnKind.ADDED]
        self.sent = [c.key for c in columns if c.kind is ColumnKind.SENT]
        self.unprinted = unprinted(table.spec)
        self.styles = tuple(map(style_of, columns))

    def __reduce__(self) -> tuple[Any, ...]:
        """What another process makes the same rows of."""
        ids = [line.record_id for line in self.lines if isinstance(line, ConsolidatedRow)]
        return type(self), (self.table, self.consolidation.of_rows(ids), self.lines, self.counts, self.counted)

    def __len__(self) -> int:
        return len(self.lines)

    def __contains__(self, row: object) -> bool:
        return any(row == own for own in self)

    def __iter__(self) -> Iterator[BookRow]:
        return self.made(0, len(self.lines))

    def made(self, start: int, stop: int) -> Iterator[BookRow]:
        """The rows from `start` up to `stop` (see `KeyedRows`)."""
        for line, counts in zip(self.lines[start:stop], self.counts[start:stop], strict=True):
            if isinstance(line, ConsolidatedRow) and counts is not None:
                yield _filtered(self._record(line.opened(), counts), self.table.filters)
            elif isinstance(line, OtherLine):
                yield self.table.other(line, self.counted)

    def told(self, start: int, stop: int) -> bytes:
        """What reading some of the rows back gives; b"" where they must be read."""
        if len(self.consolidation.consolidated.rows) > MOST_ROWS:
            return b""
        return told(self.table.spec.form, enumerate(self.lines[start:stop], FIRST + 1 + start), self.added)

    def key(self, start: int, stop: int) -> bytes | None:
        """All that some rows depend on beside the program and its settings; None where that cannot be told.

        Equal rows give equal bytes (version 2 of marshal writes values alone); `repr` takes three times as long.
        """
        told = [self._told(line) for line in self.lines[start:stop]]
        if None in told:
            return None
        table = self.table
        common = repr((table.spec.id, table.columns, table.cycle, table.province, table.filters))
        return common.encode("utf-8", "surrogatepass") + marshal.dumps(told, 2)

    def _told(self, line: Line) -> object | None:
        """What a line is made of. A record is what its file says in that row, whatever else the inbox holds."""
        if not isinstance(line, ConsolidatedRow):
            return None if line.total else line.heading.id if line.heading else ""
        row = line.opened()
        record, place = row.record, row.record.provenance
        sha256 = self.sha256.get(place.file)
        if sha256 is None or place.through or row.record_id in self.consolidation.edited:
            return None
        findings = self.consolidation.findings_on(row.record_id)
        said = [(f.code, f.severity.value, f.field, f.message, f.counts) for f in findings]
        return (
            sha256, tuple(place), record.form, record.section, record.year, row.agency, row.stated_source,
            row.codes, tuple(row.review), tuple(row.extras.items()), row.change, row.record_id, row.seal, said,
        )  # fmt: skip

    def _record(self, row: ConsolidatedRow, counts: RowCounts) -> BookRow:
        # In the order of `columns_of`: official, own and review, the officer's, the sender's, hidden.
        values = official_values(row.record, self.fields)
        findings = self.consolidation.findings_on(row.record_id)
        values += [own(row, findings) for own in self.own]
        values += [row.extras.get(heading) for heading in self.added]
        if self.sent:
            sent = sent_texts(row.record, self.unprinted)
            values += [self._sent(heading, sent) for heading in self.sent]
        values += [row.record_id, row.seal, *[column.reading(row, counts) for column in self.readings.values()]]
        edits = self.consolidation.edits.get(row.record_id, ())
        return BookRow(tuple(values), self._marked(findings, edits), FIT)

    def _sent(self, heading: str, sent: Mapping[str, str]) -> str:
        if heading != OTHER_COLUMN:
            return sent.get(heading, "")
        own = {column.key for column in self.table.columns}
        rest = {h: text for h, text in sent.items() if h not in own}
        return "; ".join(
            [*(f"{h.removesuffix(SENT)}: {t}" for h, t in rest.items()), *filter(None, [sent.get(heading)])]
        )

    def _marked(self, findings: Sequence[Finding], edits: Sequence[FieldChange]) -> tuple[str, ...]:
        if not findings and not edits:
            return self.styles
        styles = list(self.styles)
        for finding in sorted(findings, key=lambda f: -f.severity.rank):
            col = self.fields.get(finding.field or "")
            if col is not None and finding.counts:
                styles[col] = f"{self.styles[col]}.{finding.severity}"
        for edit in edits:
            if edit.field in self.fields:
                styles[self.fields[edit.field]] = f"{self.styles[self.fields[edit.field]]}.edited"
        return tuple(styles)

    def notes(self) -> Iterator[tuple[int, int, str]]:
        """Comments: those of officers, and what the sender wrote on each cell that an officer changed."""
        for number, line in enumerate(self.lines, FIRST):
            if isinstance(line, ConsolidatedRow):
                yield from ((number, col, text) for col, text in self._notes_on(line))

    def _notes_on(self, row: ConsolidatedRow) -> Iterator[tuple[int, str]]:
        edits = self.consolidation.edits.get(row.record_id, ()) if self.consolidation.edits else ()
        if not edits and not row.comments:
            return
        places = {**self.table.at, **self.fields}
        told = [(places.get(key, 0), comment) for key, comment in row.comments.items()]
        edited = ((self.fields[edit.field], edit.before) for edit in edits if edit.field in self.fields)
        texts = grouped((*told, *((col, f"{SENT_BEGINNING}{sent}”. {SENT_END}") for col, sent in edited)))
        yield from ((col, "\n".join(found)) for col, found in sorted(texts.items()))
