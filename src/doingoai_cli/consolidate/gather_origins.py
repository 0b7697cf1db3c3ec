"""Where each row of a merge comes from, gathered for the level above."""

from collections.abc import Iterable, Mapping, Sequence

from doingoai_cli.consolidate.origins import (
    LETTERS,
    Origins,
    ReplacedRow,
    SourceFile,
    SourceRow,
    SourceTable,
    StoredFinding,
)
from doingoai_cli.consolidate.settle import Settled
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.records import Record
from doingoai_cli.model.roster import Roster, entry_of, listed_name
from doingoai_cli.model.run import key_of, place_of
from doingoai_cli.model.sources import RowCells, Source
from doingoai_cli.model.submissions import Submission, Table


def origins_of(
    settled: Settled, ids: Iterable[tuple[str, Record]], findings: Sequence[Finding], roster: Roster | None = None
) -> Origins:
    """What goes up with a merge; `ids`: each counted record with the id that its row has."""
    rows = _Rows(settled)
    gone = {place_of(record) for replaced in settled.replaced for record in replaced.rows}
    replaced = [r for s in settled.submissions for r in s.records if place_of(r) in gone] if gone else []
    return Origins(
        files=tuple(_file(submission, settled, roster) for submission in settled.submissions),
        rows={record_id: rows.origin(record) for record_id, record in ids},
        replaced=tuple(rows.replaced(record) for record in replaced),
        findings=tuple(StoredFinding(finding, finding.sheet_index) for finding in findings),
        layouts=tuple(rows.layouts),
    )


def _file(submission: Submission, settled: Settled, roster: Roster | None) -> SourceFile:
    came = settled.arrivals[submission.path]
    gone = settled.superseded
    agency, entry = submission.agency, entry_of(submission.agency, roster)
    return SourceFile(
        path=submission.path,
        sha256=submission.sha256,
        agency=listed_name(agency, roster),
        code=entry.code if entry else (agency.code or "") if agency else "",
        received=came.received,
        reason=came.reason,
        format=submission.format,
        title_cycles=submission.title_cycles,
        period=submission.period,
        through=submission.through,
        tables=tuple(_table(t, counted=key_of(submission.path, t) not in gone) for t in submission.tables),
        members=submission.members,
    )


def _table(table: Table, *, counted: bool) -> SourceTable:
    return SourceTable(
        table.form, table.spec, table.sheet, table.sheet_index, table.header_row, table.year, table.rows_year,
        table.missing, table.nil, table.period, counted,
    )  # fmt: skip


_NO_CELLS: Mapping[str, Source] = {}


class _Rows:
    """Finds where each record stands, and collects the layouts of their cells."""

    def __init__(self, settled: Settled) -> None:
        self.layouts: list[tuple[tuple[str, int, str], ...]] = []
        self._numbers: dict[tuple[object, ...], int] = {}
        self._last: tuple[object, int] = (None, 0)
        """Whose columns were told last, and the number of their layout: the rows of a table follow one another."""
        self._kinds: dict[str, str] = {}
        """Each way in which the cells of a row are filled, once: rows are many and ways are few."""
        tables = [
            ((number, index), table)
            for number, submission in enumerate(settled.submissions)
            for index, table in enumerate(submission.tables)
        ]
        self._places = {place_of(record): where for where, table in tables for record in table.records}

    def origin(self, record: Record) -> SourceRow:
        """Where a record stands."""
        at = record.provenance
        file, table = self._places[place_of(record)]
        layout, kinds, cells = self._cells(file, table, record.cells)
        return SourceRow(file, table, at.row, at.last_row, at.unit, at.hidden, layout, kinds, cells)

    def replaced(self, record: Record) -> ReplacedRow:
        """A record that does not count, whole."""
        texts = {field: text for field in record.fields if (text := record.text(field))}
        return ReplacedRow(
            self.origin(record),
            record.__class__.__name__,
            record.form,
            record.section,
            record.year,
            texts,
            record.extras,
        )

    def _cells(self, file: int, table: int, cells: Mapping[str, Source]) -> tuple[int, str, Mapping[str, Source]]:
        if not isinstance(cells, RowCells):
            return -1, "", dict(cells)
        columns, kinds = cells.layout
        last, number = self._last
        if columns is not last:
            ordered = sorted(columns.items(), key=lambda item: item[1][0])
            layout = tuple((field, col, letters) for field, (_, col, letters) in ordered)
            number = self._numbers.setdefault((file, table, layout), len(self.layouts))
            if number == len(self.layouts):
                self.layouts.append(layout)
            self._last = columns, number
        told = "".join(map(LETTERS.__getitem__, kinds))
        return number, self._kinds.setdefault(told, told), _NO_CELLS
