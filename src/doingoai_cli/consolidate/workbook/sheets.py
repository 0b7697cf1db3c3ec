"""The consolidated workbook (sổ tổng hợp): every sheet described, then written."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from doingoai_cli.consolidate.consolidation import Consolidation, SheetLayout
from doingoai_cli.consolidate.workbook.book import Book, BookSheet
from doingoai_cli.consolidate.workbook.form_facts import (
    FormsInCycle,
    KnownFacts,
    StoredDigests,
    digests_of,
    facts_of_rows,
    joined_facts,
)
from doingoai_cli.consolidate.workbook.form_sheet import FormSheet, form_sheet
from doingoai_cli.consolidate.workbook.lists import findings_sheet, ledger_sheet, status_sheet
from doingoai_cli.consolidate.workbook.officer_notes import lines_of, notes_sheet
from doingoai_cli.consolidate.workbook.officer_sheets import own_sheet, with_names
from doingoai_cli.consolidate.workbook.origins_sheet import origins_sheet
from doingoai_cli.consolidate.workbook.overview import overview_head, overview_sheet
from doingoai_cli.consolidate.workbook.overview_counts import RowCounts
from doingoai_cli.consolidate.workbook.plan_sheets import pairing_sheet, plan_changes_sheet
from doingoai_cli.consolidate.workbook.row_digests import digested_fields
from doingoai_cli.consolidate.workbook.row_xml import Stored
from doingoai_cli.consolidate.workbook.rows_ahead import ONE_AFTER_THE_OTHER, WritingAhead, write_ahead
from doingoai_cli.consolidate.workbook.set_aside import (
    changes_sheet,
    dropped_sheet,
    superseded_sheet,
    withdrawn_sheet,
)
from doingoai_cli.consolidate.workbook.structure import StoredForm, Structure, stored_columns, with_structure
from doingoai_cli.consolidate.workbook.view_settings import RawLayout, read_layouts
from doingoai_cli.consolidate.workbook.write import Rendered, render_into
from doingoai_cli.grouping import grouped
from doingoai_cli.model import own_files
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.model.packed import PackedValue
from doingoai_cli.scratch import scratch_folder


class BookRequest(NamedTuple):
    """A workbook that is wanted. The official forms always have their sheet, others where they have rows."""

    consolidation: Consolidation
    catalogue: FormCatalogue
    province: str = ""
    owner: str = ""
    """The agency that merges: the level above knows the workbook's sender by it."""


def write_again(
    target: BinaryIO,
    request: BookRequest,
    known: Callable[[], Mapping[bytes, Stored] | None],
    writing: WritingAhead = ONE_AFTER_THE_OTHER,
) -> "WrittenBook":
    """Write the workbook under its seal into a file (`render_into`); tell what the next merge need not read.

    The same consolidation gives the same bytes. `known`: gives the blocks of rows that are not made again; None:
    where blocks lie is not told.
    """
    consolidation, province = request.consolidation, request.province
    with scratch_folder() as scratch:
        folder = Path(scratch)
        forms, digests = _forms(request, writing)
        head = overview_head(consolidation.consolidated.cycle, province)
        findings = _findings(consolidation, forms)
        lines = writing.inherit(partial(lines_of, findings))  # of 10,000 findings 0.2 s
        ahead = write_ahead([form.sheet for form in forms.values()], findings, head, known, folder, writing)
        overview = overview_sheet(consolidation, forms, province)
        book, whole = _described(request, forms, (overview, findings), digests, lines)
        del digests  # of a million rows 46 MiB
        rendered = render_into(target, book, folder, ahead, seal=True)
    return WrittenBook(rendered, forms, whole)


class WrittenBook(NamedTuple):
    """What is known of a workbook that was written."""

    rendered: Rendered
    forms: Mapping[str, FormSheet]
    whole: Mapping[str, frozenset[str]]
    """The records of each form that must be read from their rows."""

    @property
    def sheets(self) -> Mapping[str, Sequence[bytes]]:
        """The rows of the sheets that need not be read, block by block (`written_rows.told`)."""
        told = {form: self.rendered.told.get(sheet.sheet.name, ()) for form, sheet in self.forms.items()}
        return {form: blocks for form, blocks in told.items() if blocks and all(blocks) and self._come_back(form)}

    def _come_back(self, form: str) -> bool:
        """Whether all records of a form's sheet come back from their cells as they are."""
        whole = self.whole[form]
        return not whole or whole.isdisjoint(row.record_id for row in self.forms[form].rows)

    @property
    def layouts(self) -> Mapping[str, RawLayout]:
        """The widths and filters of its sheets, as they are read back."""
        return read_layouts(self.rendered.frame)


def book_of(request: BookRequest) -> Book:
    """The workbook as a value: its sheets in the order in which people leaf through them."""
    forms, digests = _forms(request, ONE_AFTER_THE_OTHER)
    overview, findings = (
        overview_sheet(request.consolidation, forms, request.province),
        _findings(request.consolidation, forms),
    )
    return _described(request, forms, (overview, findings), digests, partial(lines_of, findings))[0]


def _findings(consolidation: Consolidation, forms: Mapping[str, FormSheet]) -> BookSheet:
    return findings_sheet(consolidation, forms, consolidation.layouts.get(ListSheet.FINDINGS, SheetLayout()))


_Digests = Mapping[str, StoredDigests]
"""Form → the digests of its rows, as the next merge finds them in the workbook."""


def _forms(request: BookRequest, writing: WritingAhead) -> tuple[Mapping[str, FormSheet], Callable[[], _Digests]]:
    """The sheets of forms, and what gives the digests of their rows."""
    consolidation = request.consolidation
    counting = FormsInCycle(request.catalogue, consolidation.consolidated.cycle)
    by_form = grouped((row.form, row) for row in consolidation.consolidated.rows)
    shown = {*by_form, *(spec.form for spec in request.catalogue.official)}
    specs = [request.catalogue.of_form(form) for form in request.catalogue.forms() if form in shown]
    rows = [tuple(by_form.pop(spec.form, ())) for spec in specs]
    known = {spec.form: consolidation.facts(spec.form) for spec in specs}
    packs = any(isinstance(row, PackedValue) for row in consolidation.consolidated.rows)

    def digests_by_form() -> _Digests:
        each = zip(specs, rows, strict=True)
        return {spec.form: digests_of(spec, of_form, consolidation.edited) for spec, of_form in each}

    def counts_of(row: ConsolidatedRow) -> RowCounts:
        return consolidation.counts.get(row.record_id) or counting.counts(row.record)

    def looked_at(number: int) -> KnownFacts:
        spec, opened = specs[number], (row.opened() for row in rows[number])
        if found := known[spec.form]:
            return found
        edited = consolidation.edited if packs else None  # rows are unpacked once: for their digests too
        return joined_facts(spec, [facts_of_rows(spec, opened, counts_of, consolidation.by_record, edited)])

    later = None if packs else writing.inherit(digests_by_form)
    each = map if any(known.values()) else writing.each
    forms, digests = dict[str, FormSheet](), dict[str, StoredDigests]()
    for spec, of_form, (facts, told) in zip(specs, rows, each(looked_at, range(len(specs))), strict=True):
        forms[spec.form] = form_sheet(spec, of_form, facts, consolidation, request.province)
        digests |= {spec.form: told} if told else {}
    return forms, later or (lambda: digests)


def _described(
    request: BookRequest,
    forms: Mapping[str, FormSheet],
    told: tuple[BookSheet, BookSheet],
    digests: Callable[[], _Digests],
    lines: Callable[[], frozenset[bytes]],
) -> tuple[Book, Mapping[str, frozenset[str]]]:
    """Also the records of each form that may not come back from their cells as they are.

    `told`: the overview and the findings, described already; `lines`: gives the digests of the findings' lines.
    """
    consolidation, (overview, findings) = request.consolidation, told
    layouts, cycle = consolidation.layouts, consolidation.consolidated.cycle
    ledger = ledger_sheet(consolidation, layouts.get(ListSheet.LEDGER, SheetLayout()))
    before = (
        overview,
        *(form.sheet for form in forms.values()),
        pairing_sheet(consolidation.consolidated),
        plan_changes_sheet(consolidation.consolidated),
        findings,
        status_sheet(consolidation, layouts.get(ListSheet.STATUS, SheetLayout())),
    )
    behind = (
        superseded_sheet(consolidation),
        changes_sheet(consolidation),
        withdrawn_sheet(consolidation),
        origins_sheet(text) if (text := consolidation.origins()) else None,
        dropped_sheet(consolidation),
        notes_sheet(consolidation),
    )
    lists = [sheet for sheet in (*before, ledger, *behind) if sheet is not None]
    structure = _structure(consolidation, forms, lists, digests(), lines)
    own = [own_sheet(sheet) for sheet in with_names(consolidation.sheets, {sheet.name for sheet in lists})]
    whose = {own_files.AGENCY: request.owner} if request.owner else {}
    more = {own_files.PACK: consolidation.consolidated.pack, **whose, own_files.STRUCTURE: "1"}
    ledger, texts = with_structure(ledger, structure)
    book = Book(
        sheets=tuple(filter(None, (*before, ledger, *behind, *own))),
        properties={
            "title": f"Tổng hợp công tác đối ngoại, kỳ {cycle}",
            "subject": f"Kết quả năm {cycle - 1} và kế hoạch năm {cycle}",
            "category": "Công tác đối ngoại",
            "keywords": "đoàn ra, đoàn vào, hội nghị, hội thảo quốc tế",
            "comments": "Cột “Ý kiến thẩm định” và “Ghi chú thẩm định” do cán bộ ghi.",
        },
        custom=own_files.own_properties(own_files.KIND_CONSOLIDATED, cycle, more),
        year=cycle - 1,
        texts=texts,
    )
    return book, {form: stored.whole or frozenset() for form, stored in structure.forms.items()}


_OFFICERS_WRITE = {
    ListSheet.NOTES, ListSheet.WITHDRAWN, ListSheet.DROPPED, ListSheet.PAIRING, ListSheet.PLAN_CHANGES,
}  # fmt: skip
"""Sheets whose own readers take what officers write there."""


def _structure(
    consolidation: Consolidation,
    forms: Mapping[str, FormSheet],
    sheets: Sequence[BookSheet],
    digests: _Digests,
    of_findings: Callable[[], frozenset[bytes]],
) -> Structure:
    """What the workbook holds, to be stored beside it."""
    stored = {
        form: StoredForm(
            sheet.sheet.name, stored_columns(sheet.heads), digested_fields(sheet.spec), *digests[form]
        )
        for form, sheet in forms.items()
    }
    written = {sheet.sheet.name for sheet in forms.values()} | _OFFICERS_WRITE
    return Structure(
        forms=stored,
        lists={
            sheet.name: of_findings() if sheet.name == ListSheet.FINDINGS else lines_of(sheet)
            for sheet in sheets
            if sheet.name not in written and not sheet.hidden
        },
        aside={
            ListSheet.WITHDRAWN: tuple(row.record_id for row in consolidation.withdrawn),
            ListSheet.DROPPED: tuple(dropped.row.record_id for dropped in consolidation.dropped),
        },
        deleted=consolidation.deleted,
    )
