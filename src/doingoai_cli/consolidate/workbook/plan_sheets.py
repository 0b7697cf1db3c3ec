"""Two sheets that officers fill in: which planned delegation took place, and what changed the approved plan."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from doingoai_cli.consolidate.reconciled import (
    DIRECTION_NAMES,
    Reconciled,
    ReconciledDirection,
    ReconciledPair,
    who,
)
from doingoai_cli.consolidate.workbook.book import LIST_FIRST, BookRow, BookSheet, Choice, SheetText, Value
from doingoai_cli.consolidate.workbook.lists import Heading, list_sheet
from doingoai_cli.consolidate.workbook.read_cells import ListLine, list_lines
from doingoai_cli.model.consolidated import Consolidated
from doingoai_cli.model.grid import Workbook
from doingoai_cli.model.own_files import ListSheet
from doingoai_cli.model.plan_decisions import DIFFERENT, SAME, ChangeKind, Pairing, PlanChange
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.vietnamese.report_phrases import percent, percentage
from doingoai_cli.vietnamese.text import ascii_slug
from doingoai_cli.vietnamese.time.periods import read_period

_FREE_ROWS = 20
_PAIRING_HEADINGS = (
    Heading("Loại đoàn", 9, "centre"), Heading("Cơ quan (kế hoạch)", 16), Heading("Đoàn trong kế hoạch", 28),
    Heading("Nước (kế hoạch)", 11), Heading("Thời gian (kế hoạch)", 12), Heading("Cơ quan (thực hiện)", 16),
    Heading("Đoàn đã thực hiện", 28), Heading("Nước (thực hiện)", 11), Heading("Thời gian (thực hiện)", 14),
    Heading("Điểm", 7, "number"), Heading("Căn cứ", 18, "small"), Heading("Quyết định", 16, "review"),
    Heading("Ghi chú", 18, "review"), Heading("Mã kế hoạch", 16, "hidden"), Heading("Mã thực hiện", 16, "hidden"),
)  # fmt: skip
_PAIRING_FIELDS = (
    "direction", "planned_agency", "planned_name", "planned_countries", "planned_period", "agency", "name",
    "countries", "period", "score", "reasons", "decision", "remark", "planned_id", "realised_id",
)  # fmt: skip
_CHANGE_HEADINGS = (
    Heading("Ngày", 12, "review"), Heading("Số văn bản", 22, "review"), Heading("Loại đoàn", 11, "review"),
    Heading("Cơ quan", 24, "review"), Heading("Đoàn", 44, "review"),
    Heading("Bổ sung / điều chỉnh / hủy", 16, "review"), Heading("Nội dung", 44, "review"),
)  # fmt: skip
_CHANGE_FIELDS = ("day", "document", "direction", "agency", "name", "kind_text", "content")
_SYNONYMS = {
    "day": ("ngay", "ngay-thang", "ngay-van-ban"),
    "document": ("so-van-ban", "van-ban", "so-ky-hieu", "so-ky-hieu-van-ban", "so"),
    "direction": ("loai-doan", "loai", "doan-ra-doan-vao"),
    "agency": ("co-quan", "co-quan-don-vi", "don-vi"),
    "name": ("doan", "ten-doan", "doan-cong-tac"),
    "kind_text": ("bo-sung-dieu-chinh-huy", "hinh-thuc", "loai-dieu-chinh", "bo-sung-dieu-chinh-hoac-huy"),
    "content": ("noi-dung", "noi-dung-dieu-chinh"),
}


def pairing_sheet(consolidated: Consolidated) -> BookSheet:
    """Pairs that need an officer's word, and those that he has decided."""
    rows = [
        BookRow(tuple(_shown(pairing, f) for f in _PAIRING_FIELDS), tuple(h.style for h in _PAIRING_HEADINGS))
        for pairing in consolidated.pairings
    ]
    free = _free(_PAIRING_HEADINGS)
    year = consolidated.cycle - 1
    subtitle = (
        f"(Ghi “{SAME}” hoặc “{DIFFERENT}” ở cột Quyết định; quyết định được giữ khi tổng hợp lại. Các cặp hiện "
        f"ra khi tổng hợp với --history là sổ có kế hoạch năm {year}; có thể tự ghi thêm dòng)"
    )
    title = f"GHÉP KẾ HOẠCH NĂM {year} VỚI ĐOÀN ĐÃ THỰC HIỆN"
    sheet = list_sheet(ListSheet.PAIRING, title, subtitle, _PAIRING_HEADINGS, [*rows, *free])
    at = _PAIRING_FIELDS.index("decision")
    choice = Choice(
        at, LIST_FIRST, LIST_FIRST + len(rows) + len(free) - 1, (SAME, DIFFERENT), "Quyết định", "Chọn một mục"
    )
    shown = len(_PAIRING_HEADINGS) - 3
    rates = SheetText(2, 0, 2, shown, " ".join(consolidated.execution) or NO_PLAN, "line")
    return replace(sheet, hidden_from=shown + 1, choices=(choice,), blocks=(*sheet.blocks, rates))


NO_PLAN = "Chưa có tỷ lệ thực hiện kế hoạch: lần tổng hợp này không có sổ của năm trước (--history)."


def execution_of(reconciled: Reconciled) -> tuple[str, ...]:
    """How far the plan was carried out, as `reconcile` and the report say it."""
    return tuple(map(_executed, reconciled.directions))


def _executed(direction: ReconciledDirection) -> str:
    name, planned = DIRECTION_NAMES[direction.id], len(direction.planned)
    if direction.lacking:
        return f"{name}: chưa có số liệu ({direction.lacking})."
    if not planned:
        return f"{name}: không có đoàn được duyệt, {format_number(len(direction.off_plan))} đoàn ngoài kế hoạch."
    rate = percent(percentage(direction.took_place, planned))
    return (
        f"{name}: đã thực hiện {format_number(direction.took_place)}/{format_number(planned)} đoàn được duyệt, "
        f"đạt tỷ lệ {rate}; {format_number(len(direction.off_plan))} đoàn ngoài kế hoạch; "
        f"{format_number(len(direction.unsure))} cặp cần xác nhận."
    )


def _shown(pairing: Pairing, field: str) -> Value:
    text = str(getattr(pairing, field))
    return int(text) if field == "score" and text.isdigit() else text or None


def plan_changes_sheet(consolidated: Consolidated) -> BookSheet:
    """Decisions that changed the approved plan, as officers wrote them, and room for more."""
    changes = consolidated.plan_changes
    added = tuple(dict.fromkeys(heading for change in changes for heading, _ in change.extras))
    headings = (*_CHANGE_HEADINGS, *(Heading(heading, 20, "review") for heading in added))
    rows = [
        BookRow(
            (*(getattr(c, f) or None for f in _CHANGE_FIELDS), *(dict(c.extras).get(h) for h in added)),
            tuple(h.style for h in headings),
        )
        for c in changes
    ]
    free = _free(headings)
    last = LIST_FIRST + len(rows) + len(free) - 1
    kinds, ways = tuple(k.value for k in ChangeKind), tuple(DIRECTION_NAMES.values())
    subtitle = (
        "(Mỗi dòng một đoàn được bổ sung, điều chỉnh hoặc hủy theo văn bản; mỗi văn bản tính là một lần điều "
        "chỉnh kế hoạch trong báo cáo)"
    )
    sheet = list_sheet(
        ListSheet.PLAN_CHANGES, "ĐIỀU CHỈNH KẾ HOẠCH ĐOÀN RA, ĐOÀN VÀO ĐÃ DUYỆT", subtitle, headings,
        [*rows, *free],
    )  # fmt: skip
    return replace(
        sheet,
        choices=(
            Choice(
                _CHANGE_FIELDS.index("direction"), LIST_FIRST, last, ways, "Loại đoàn", "Đoàn ra hoặc đoàn vào"
            ),
            Choice(_CHANGE_FIELDS.index("kind_text"), LIST_FIRST, last, kinds, "Loại điều chỉnh", "Chọn một mục"),
        ),
    )


def _free(headings: Sequence[Heading]) -> list[BookRow]:
    return [BookRow((None,) * len(headings), tuple("review" for _ in headings))] * _FREE_ROWS


# --- pairs to be decided -----------------------------------------------------------------------------------


def pairings_of(reconciled: Reconciled, earlier: Iterable[Pairing]) -> tuple[Pairing, ...]:
    """The lines of the sheet: what officers decided, wrote or typed stays, pairs still open come after."""
    said = [p for p in earlier if p.decision or p.remark or not (p.planned_id and p.realised_id)]
    known = {pairing.ids for pairing in said}
    open_pairs = [_pairing(d.id, pair) for d in reconciled.directions for pair in d.unsure]
    return (*said, *(pairing for pairing in open_pairs if pairing.ids not in known))


def _pairing(direction: str, pair: ReconciledPair) -> Pairing:
    return Pairing(
        DIRECTION_NAMES[direction], *who(pair.planned), *who(pair.other), str(pair.score.total),
        pair.score.reasons, planned_id=pair.planned.record_id, realised_id=pair.other.record_id,
    )  # fmt: skip


# --- read back ---------------------------------------------------------------------------------------------


def read_pairings(workbook: Workbook) -> tuple[Pairing, ...]:
    """The lines of "Ghép kế hoạch"; () where the sheet is gone."""
    labels = {ascii_slug(h.text): f for h, f in zip(_PAIRING_HEADINGS, _PAIRING_FIELDS, strict=True)}
    lines = _lines(workbook, ListSheet.PAIRING, labels)
    return tuple(
        Pairing(**{**dict.fromkeys(_PAIRING_FIELDS, ""), **fields})
        for fields in (line.fields for line in lines)
        if fields.get("planned_name") or fields.get("name") or fields.get("planned_id")
    )


def read_plan_changes(workbook: Workbook, cycle: int) -> tuple[PlanChange, ...]:
    """The lines of "Điều chỉnh kế hoạch"; a date without a year is of the plan's year; () where there is none."""
    labels = {label: field for field, known in _SYNONYMS.items() for label in known}
    changes = []
    for line in _lines(workbook, ListSheet.PLAN_CHANGES, labels):
        values = {field: line.fields.get(field, "") for field in _CHANGE_FIELDS}
        when = read_period(values["day"], cycle).start if values["day"] else None
        changes.append(PlanChange(**values, when=when, line=line.number, extras=tuple(line.others.items())))
    return tuple(changes)


def _lines(workbook: Workbook, name: str, labels: Mapping[str, str]) -> Iterator[ListLine]:
    """The lines of the sheet that say anything; `labels`: headings as slugs, with their fields."""
    wanted = ascii_slug(name)
    grid = next((grid for grid in workbook.grids if ascii_slug(grid.name) == wanted), None)
    return (line for line in list_lines(grid, labels, ascii_slug) if line.fields)
