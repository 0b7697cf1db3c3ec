"""The files that a workbook of a lower level was merged from, each with its rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from doingoai_cli.consolidate.arrival import KnownArrival, arrival_in_ledger
from doingoai_cli.consolidate.identity import is_officers
from doingoai_cli.consolidate.origins import (
    Origins,
    ReplacedRow,
    SourceFile,
    SourceRow,
    SourceTable,
    cells_of,
    provenance_of,
    record_of,
)
from doingoai_cli.model.consolidated import OFFICER_SOURCE, ConsolidatedRow
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.records import MODELS, Record
from doingoai_cli.model.sources import STEP
from doingoai_cli.model.submissions import Agency, AgencySource, Submission, Table
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.numbers import format_number

OPINION_BELOW = "Ý kiến thẩm định cấp dưới"


class LowerWorkbook(NamedTuple):
    """The workbook that came: its path as given, its digest, and whose it is ("" where that is not known)."""

    path: str
    sha256: str
    owner: Agency | None
    received: datetime | None = None
    """When the file came, by its own time."""

    @property
    def label(self) -> str:
        """ "UBND huyện X: tonghop.xlsx"."""
        return _label(self.owner.name if self.owner else "", self.path)


def _label(agency: str, path: str) -> str:
    return f"{agency}: {path}" if agency else path


class _Key(NamedTuple):
    """One file as it comes up: a row that an officer gave to another agency is a file of that agency's."""

    file: int
    agency: str


class SourceFiles:
    """Sorts the rows of a workbook by the files that they came in."""

    def __init__(self, book: LowerWorkbook, origins: Origins, cycle: int) -> None:
        self._book = book
        self._origins = origins
        self._cycle = cycle
        self._files: list[SourceFile] = list(origins.files)
        self._rows: dict[_Key, dict[int, list[Record]]] = {}
        self._replaced: dict[int, dict[int, list[Record]]] = {}
        self._guessed: dict[str, int] = {}
        for number, file in enumerate(self._files):
            self._rows[_Key(number, file.agency)] = {}

    def take(self, row: ConsolidatedRow) -> None:
        """Give one row that counts back to the file that it came from."""
        origin = self._origins.rows.get(row.record_id)
        if origin is None or not self._holds(origin):
            origin = self._guess(row)
        file = self._files[origin.file]
        same = row.agency_key in (agency_key(file.agency), "")
        at = _Key(origin.file, file.agency if same else row.agency)
        self._rows.setdefault(at, {}).setdefault(origin.table, []).append(self._record(row, origin, at))

    def take_replaced(self, row: ReplacedRow) -> None:
        """One row that a later file had replaced."""
        origin = row.origin
        if self._holds(origin) and row.model in MODELS:
            file = self._files[origin.file]
            at = _Key(origin.file, file.agency)
            place = provenance_of(origin, file.tables[origin.table], self._path(at), self._through(at))
            record = record_of(row, place, self._origins.layouts)
            self._replaced.setdefault(origin.file, {}).setdefault(origin.table, []).append(record)

    def _holds(self, origin: SourceRow) -> bool:
        return 0 <= origin.file < len(self._files) and 0 <= origin.table < len(self._files[origin.file].tables)

    def _record(self, row: ConsolidatedRow, origin: SourceRow, at: _Key) -> Record:
        table = self._files[origin.file].tables[origin.table]
        extras = dict(row.record.extras)
        if row.review:
            said = "; ".join(filter(None, (row.review.opinion.strip(), row.review.remark.strip())))
            owner = self._book.owner.name if self._book.owner else self._book.path
            earlier = extras.get(OPINION_BELOW)
            extras[OPINION_BELOW] = "\n".join(filter(None, (f"{owner}: {said}", earlier)))
        place = provenance_of(origin, table, self._path(at), self._through(at))
        cells = cells_of(origin, self._origins.layouts) or row.record.cells
        return replace(row.record, provenance=place, cells=cells, extras=extras)

    def _guess(self, row: ConsolidatedRow) -> SourceRow:
        """The origin of a row that the hidden sheet does not know: as "Nguồn" says, or typed by an officer."""
        at = row.record.provenance
        file, sheet = (OFFICER_SOURCE, at.sheet) if is_officers(row.record_id) else _source(row.source, at.sheet)
        name = f"{file}\n{row.agency}"
        if name not in self._guessed:
            self._guessed[name] = len(self._files)
            if file != OFFICER_SOURCE and any(other.path == file for other in self._files):
                file = f"{file} ({row.agency})"
            self._files.append(SourceFile(file, "", row.agency, "", "", "", "", (self._cycle,), None, (), (), ()))
            self._rows[_Key(self._guessed[name], row.agency)] = {}
        number = self._guessed[name]
        known = self._files[number]
        place = (row.record.form, sheet)
        table = next((i for i, t in enumerate(known.tables) if (t.form, t.sheet) == place), len(known.tables))
        if table == len(known.tables):
            made = SourceTable(
                row.record.form, row.record.form, sheet, at.sheet_index, 0, None, row.record.year, (), False, None,
                True,
            )  # fmt: skip
            self._files[number] = known._replace(tables=(*known.tables, made))
        return SourceRow(number, table, at.row, at.last_row, None, False, -1, "", {})

    def _path(self, at: _Key) -> str:
        file = self._files[at.file]
        # A path is that of one agency's file: rows that officers typed for several come as one file of each.
        moved = (
            f" ({at.agency})" if at.agency != file.agency or (at.agency and file.path == OFFICER_SOURCE) else ""
        )
        return f"{self._book.path}{STEP}{file.path}{moved}"

    def _through(self, at: _Key) -> tuple[str, ...]:
        file = self._files[at.file]
        return (self._book.label, *(file.through or (_label(at.agency, file.path),)))

    def submissions(self) -> list[Submission]:
        """The files, in the workbook's order."""
        return [self._submission(at, tables) for at, tables in self._rows.items()]

    def _submission(self, at: _Key, rows: Mapping[int, list[Record]]) -> Submission:
        file = self._files[at.file]
        own = at.agency == file.agency
        replaced = self._replaced.get(at.file, {}) if own else {}
        tables = [
            _table(origin, rows.get(number, ()), replaced.get(number, ()))
            for number, origin in enumerate(file.tables)
            if own or rows.get(number)
        ]
        agency = Agency(at.agency, agency_key(at.agency), AgencySource.WORKBOOK)  # the code is another roster's
        return Submission(
            path=self._path(at),
            sha256=file.sha256,
            tables=tuple(tables),
            members=file.members if own else (),
            agency=agency if at.agency else None,
            cycle=self._cycle,
            title_cycles=file.title_cycles or (self._cycle,),
            format=file.format,
            period=file.period,
            through=self._through(at),
            note=self._note(file),
        )

    def _note(self, file: SourceFile) -> str:
        """What the ledger says of a workbook of a still lower level; "" for any other file."""
        paths = {one.path for one in self._files if not file.tables and one.path.startswith(f"{file.path}{STEP}")}
        return f"sổ tổng hợp của cấp dưới: {format_number(len(paths))} tệp" if paths else ""

    def arrivals(self) -> Iterable[KnownArrival]:
        """When the files came, as the level below settled it."""
        for at in self._rows:
            file = self._files[at.file]
            came = arrival_in_ledger(self._path(at), file.received, file.reason)
            if came is not None:
                yield KnownArrival(file.sha256, came)

    def at_this_level(self, finding: Finding) -> Finding:
        """A finding of the level below, as this one speaks of its files."""
        related = tuple(replace(one, file=self._path_at_this_level(one.file)) for one in finding.related)
        return replace(finding, file=self._path_at_this_level(finding.file), related=related)

    def _path_at_this_level(self, path: str | None) -> str | None:
        known = path is not None and any(file.path == path for file in self._files)
        return f"{self._book.path}{STEP}{path}" if known else path


def _table(origin: SourceTable, counted: Sequence[Record], replaced: Sequence[Record]) -> Table:
    records = tuple(sorted((*counted, *replaced), key=lambda record: record.provenance.row))
    return Table(
        form=origin.form,
        spec=origin.spec,
        sheet=origin.sheet,
        sheet_index=origin.sheet_index,
        header_row=origin.header_row,
        year=origin.year,
        rows_year=origin.rows_year,
        columns={},
        missing=origin.missing,
        records=records,
        nil=origin.nil and not records,
        period=origin.period,
        replaced=not origin.counted,
        replaced_rows=frozenset(record.provenance.row for record in replaced),
        unstated=origin.unstated,
    )


def _source(text: str, sheet: str) -> tuple[str, str]:
    """File and sheet of a "Nguồn" cell: "file · sheet · dòng N", "A: a.xlsx › B: b.xlsx › sheet!F12"."""
    file, _, rest = text.partition(" · ")
    if rest:
        return file, rest.partition(" · ")[0]
    levels, _, last = text.rpartition(STEP)
    return (levels, last.rpartition("!")[0]) if levels and "!" in last else (text or OFFICER_SOURCE, sheet)
