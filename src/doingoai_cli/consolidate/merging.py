"""Submissions, findings and the officers' earlier work, joined into one consolidation."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from doingoai_cli.consolidate.consolidation import Consolidation, Dropped, OfficerNote, Previous
from doingoai_cli.consolidate.counted_records import counted_parts, digests_by_form
from doingoai_cli.consolidate.identity import is_officers
from doingoai_cli.consolidate.late_and_missing import rows_with_agencies_apart
from doingoai_cli.consolidate.ledger import ledger_entries, not_taken_from_below
from doingoai_cli.consolidate.reconcile import reconcile
from doingoai_cli.consolidate.record_digests import Digester, TableDigests
from doingoai_cli.consolidate.reviews import CarriedRows, merge_reviews
from doingoai_cli.consolidate.rows_of_forms import FreshRows, rows_of_forms
from doingoai_cli.consolidate.settle import Settled
from doingoai_cli.consolidate.status import agency_statuses
from doingoai_cli.consolidate.workbook.form_facts import FormsInCycle
from doingoai_cli.consolidate.workbook.plan_sheets import execution_of, pairings_of
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow, parts_reported, sections_unstated
from doingoai_cli.model.counting import OTHER_OPINION, stated_opinion
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.opinions import Opinion
from doingoai_cli.model.outcome import PassedOver
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.model.packed import Each
from doingoai_cli.model.roster import Roster
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.vietnamese.text import shortened


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeRequest:
    """What is merged, and what a merge looks at besides."""

    settled: Settled
    found: Callable[[], Sequence[Finding]]
    """Gives the findings; called as late as possible, since they may be worked out meanwhile."""
    cycle: int
    catalogue: FormCatalogue
    roster: Roster | None = None
    pack: str = ""
    """The id of the rule pack."""
    passed_over: Sequence[PassedOver] = ()
    """What else lay in the inbox, for the ledger."""
    plan: Consolidated | None = None
    """The workbook of the cycle before, whose plan the results are paired with."""
    day: str = ""
    """Today, dd/mm/yyyy."""


@dataclass(frozen=True, slots=True)
class MergeWork:
    """How the work of a merge is done: alike in every way."""

    known: TableDigests | None = None
    """What an earlier merge worked out of the same tables."""
    each: Each = map
    """Maps over the forms."""
    begin: Callable[[Callable[[], str]], Callable[[], str]] = cache
    """Begins what is needed at the end."""


def consolidate(
    request: MergeRequest, previous: Previous | None = None, work: MergeWork | None = None
) -> Consolidation:
    """One consolidation of an inbox: every row of every counted table once, with agency, id, codes and review.

    `previous` is the workbook about to be replaced (DoingoaiError where it is of another cycle); its officers'
    work is carried over as `reviews` says. Rows are ordered by form, agency (the roster's order, then by name),
    file, sheet and row, so that the order in which files were named does not matter.
    """
    work = work or MergeWork()
    if previous and previous.consolidated.cycle != request.cycle:
        raise DoingoaiError(
            f"Sổ tổng hợp đang có ({previous.consolidated.path}) là của kỳ {previous.consolidated.cycle}, "
            f"không ghi đè bằng số liệu kỳ {request.cycle}. Chọn tên tệp khác ở --out."
        )
    sheets = FormsInCycle(request.catalogue, request.cycle)
    digester = Digester(sheets, work.known)
    fresh, previous = _fresh_rows(request, previous, digester, work.each, sheets)
    carried = merge_reviews(previous, fresh.rows, request.day)
    (findings, by_record, codes), facts = fresh.found(), fresh.facts
    origins = work.begin(partial(fresh.origins.packed, request.settled, findings, request.roster))
    rows = [row.coded(codes[row.record_id]) if row.record_id in codes else row for row in carried.rows]
    if rows and is_officers(rows[-1].record_id):  # fresh ones are in order
        forms = {form: number for number, form in enumerate(request.catalogue.forms())}
        # By form and section; within them as given, so that the officers' own rows come last.
        rows.sort(key=lambda row: (forms.get(row.form, len(forms)), row.section))
    earlier = previous or Previous(Consolidated(request.cycle, ()))
    return Consolidation(
        consolidated=_paired(_consolidated(request, findings, tuple(rows), earlier.consolidated), request),
        findings=tuple(findings),
        by_record=by_record,
        files=ledger_entries(request.settled, request.passed_over),
        replaced=request.settled.replaced,
        withdrawn=carried.withdrawn,
        edits=carried.edits,
        edited=carried.edited,
        columns=_columns(earlier, carried.rows),
        layouts=earlier.layouts,
        sheets=earlier.sheets,
        origins=origins,
        dropped=carried.dropped,
        deleted=carried.deleted,
        notes=(
            *earlier.notes,
            *earlier.fresh_notes,
            *(OfficerNote(request.day, "", "", line, "chữ ngoài bảng") for line in earlier.unread),
        ),
        notices=(*not_taken_from_below(request.settled), *(_notices(carried, earlier) if previous else ())),
        by_table=digester.found,
        counts={of: counts for of, counts in fresh.counts.items() if of not in carried.edited},
        facts=lambda form: facts.pop(form, None),
    )


def _fresh_rows(
    request: MergeRequest, previous: Previous | None, digester: Digester, each: Each, sheets: FormsInCycle
) -> tuple[FreshRows, Previous | None]:
    """The rows of what was sent, and the workbook before with its agencies told apart from those that sent it."""
    before = {row.agency for row in previous.consolidated.rows} if previous else set[str]()
    forms = counted_parts(request.settled, request.roster, before, request.catalogue.forms())
    if previous:
        agencies = {part.agency for parts in forms for part in parts}
        rows = rows_with_agencies_apart(previous.consolidated.rows, agencies)
        previous = replace(previous, consolidated=replace(previous.consolidated, rows=rows))
    told = digests_by_form(forms, digester, each)
    fresh = rows_of_forms(forms, told, digester, request.found, each, sheets, with_facts=previous is None)
    return fresh, previous


def _consolidated(
    request: MergeRequest, findings: Sequence[Finding], rows: tuple[ConsolidatedRow, ...], earlier: Consolidated
) -> Consolidated:
    settled = request.settled
    official = [spec.form for spec in request.catalogue.official]
    return Consolidated(
        cycle=request.cycle,
        rows=rows,
        agencies=agency_statuses(settled, findings, request.roster, official),
        pack=request.pack,
        reported=frozenset(table.form for _, table in settled.counted),
        reported_parts=parts_reported((t.form, s.period_of(t)) for s, t in settled.counted),
        unstated=sections_unstated((t.form, t.unstated) for _, t in settled.counted),
        pairings=earlier.pairings,
        plan_changes=earlier.plan_changes,
    )


def _paired(consolidated: Consolidated, request: MergeRequest) -> Consolidated:
    """With the pairs that an officer should decide, where the plan is at hand; what he decided stays."""
    if request.plan is None or request.plan.cycle != consolidated.cycle - 1:
        return consolidated
    reconciled = reconcile(request.plan, consolidated, request.catalogue)
    pairings = pairings_of(reconciled, consolidated.pairings)
    return replace(consolidated, pairings=pairings, execution=execution_of(reconciled))


def _columns(previous: Previous, rows: Iterable[ConsolidatedRow]) -> Mapping[str, tuple[str, ...]]:
    """The officer's columns by form; one that he removed returns with a withdrawn row's text in it."""
    columns = {form: dict.fromkeys(headings) for form, headings in previous.columns.items()}
    for row in rows:
        for heading, text in row.extras.items():
            if text:
                columns.setdefault(row.form, {})[heading] = None
    return {form: tuple(headings) for form, headings in columns.items()}


def _notices(carried: CarriedRows, previous: Previous) -> tuple[str, ...]:
    lines = (
        (carried.changed, "dòng đã thẩm định nay thay đổi: xem cột “Thay đổi sau thẩm định”"),
        (carried.gone, "dòng đã thẩm định không còn trong bản nộp nào: giữ ở trang “Đã thẩm định, đã rút”"),
        (carried.returned, "dòng đã rút nay được nộp lại, ý kiến thẩm định trở về dòng đó"),
        (tuple(carried.edits), "dòng giữ phần cán bộ đã sửa (bản gửi ghi trong chú thích của ô)"),
        (carried.sent_anew, "dòng cán bộ đã bỏ nay đơn vị gửi nội dung khác: trở lại bảng"),
    )
    told = [f"{format_number(len(ids))} {text}." for ids, text in lines if ids]
    return (
        *previous.consolidated.notices,
        *told,
        *_unclear_opinions(carried.rows),
        *_dropped_notice(carried.dropped),
        *(
            f"Trang “{s.name}” do cán bộ thêm được giữ (giá trị, không giữ công thức, định dạng)."
            for s in previous.sheets
        ),
        *(f"Chữ ngoài bảng chuyển sang trang “{ListSheet.NOTES}”: {line}" for line in previous.unread),
        *(
            f"Ghi ở trang “{n.sheet}”, {n.place}, chuyển sang trang “{ListSheet.NOTES}”: {n.text}"
            for n in previous.fresh_notes
        ),
    )


def _unclear_opinions(rows: Iterable[ConsolidatedRow]) -> Iterable[str]:
    """Opinions in words that do not make clear whether the row is left out."""
    unclear = [r for r in rows if r.review.opinion and stated_opinion(r.review.opinion) == OTHER_OPINION]
    if not unclear:
        return
    said = dict.fromkeys(f"“{shortened(row.review.opinion)}”" for row in unclear)
    more = f" và {format_number(len(said) - _NAMED)} cách ghi khác" if len(said) > _NAMED else ""
    yield (
        f"{format_number(len(unclear))} dòng ghi ý kiến thẩm định khác ({', '.join([*said][:_NAMED])}{more}) nên "
        f"chưa loại khỏi số liệu: ghi rõ {', '.join(Opinion)} (lý do ghi ở cột “Ghi chú thẩm định”)."
    )


def _dropped_notice(dropped: Sequence[Dropped]) -> Iterable[str]:
    if not dropped:
        return
    names = [f"Mẫu {d.row.record.form} “{shortened(d.row.record.text('name'))}” ({d.row.agency})" for d in dropped]
    more = f" và {format_number(len(names) - _NAMED)} dòng khác" if len(names) > _NAMED else ""
    yield (
        f"{format_number(len(dropped))} dòng cán bộ đã bỏ khỏi bảng, không tính vào số liệu (trang "
        f"“{ListSheet.DROPPED}”; ghi x ở cột “Đưa lại” để đưa lại): {'; '.join(names[:_NAMED])}{more}."
    )


_NAMED = 5
