"""A reconciliation as a workbook."""

from doingoai_cli.consolidate.reconciled import (
    DIRECTION_NAMES,
    Reconciled,
    ReconciledDirection,
    ReconciledPair,
    TripState,
    who,
)
from doingoai_cli.consolidate.reconciliation_json import SIGNING_NAMES, SUMMARY, agreement_lines
from doingoai_cli.consolidate.workbook.book import BookSheet, Value
from doingoai_cli.consolidate.workbook.lists import Heading, list_sheet
from doingoai_cli.consolidate.workbook.write import list_book
from doingoai_cli.vietnamese.report_phrases import short_date
from doingoai_cli.vietnamese.text import decapitalised

STATE_NAMES = {
    TripState.CARRIED_OUT: "đã thực hiện",
    TripState.POSTPONED: "hoãn, chuyển thời gian",
    TripState.DROPPED: "không thực hiện",
    TripState.UNSURE: "cần xác nhận",
    TripState.NOT_DUE: "chưa đến thời gian thực hiện",
}


def write_reconciliation(reconciled: Reconciled) -> bytes:
    """The reconciliation as an .xlsx: rates, the plan row by row, off plan, unsure pairs, doubtful claims."""
    year = reconciled.year
    sheets = (
        _summary_sheet(reconciled),
        _plan_sheet(reconciled),
        _off_plan_sheet(reconciled),
        _unsure_sheet(reconciled),
        _claims_sheet(reconciled),
        *([_agreements_sheet(reconciled)] if reconciled.agreements else []),
    )
    return list_book(sheets, f"Đối chiếu kế hoạch và thực hiện năm {year}", year, year + 1)


_AGREEMENT_HEADINGS = (
    Heading("Cơ quan", 20), Heading("Thỏa thuận dự kiến ký", 40), Heading("Nước", 14),
    Heading("Thời gian dự kiến", 16), Heading("Kết quả", 18, "centre"), Heading("Thỏa thuận đã ký", 40),
    Heading("Ngày ký", 14), Heading("Nguồn", 30, "small"),
)  # fmt: skip


def _agreements_sheet(reconciled: Reconciled) -> BookSheet:
    plan = reconciled.agreements
    rows: list[tuple[Value, ...]] = []
    for planned in plan.planned:
        other = planned.other
        named = who(other)[1::2] if other else (None, None)
        rows.append((*who(planned.row), SIGNING_NAMES[planned.state], *named, planned.row.source))
    rows += [
        (row.agency, None, who(row)[2], None, "ngoài dự kiến", *who(row)[1::2], row.source)
        for row in plan.off_plan
    ]
    title = f"THỎA THUẬN QUỐC TẾ DỰ KIẾN KÝ VÀ ĐÃ KÝ NĂM {reconciled.year}"
    said = "; ".join(f"{decapitalised(label)}: {value}" for label, value in agreement_lines(plan))
    return list_sheet("Thỏa thuận quốc tế", title, f"({said})", _AGREEMENT_HEADINGS, rows)


def _name(direction: ReconciledDirection) -> str:
    return DIRECTION_NAMES[direction.id]


def _summary_sheet(reconciled: Reconciled) -> BookSheet:
    values = [direction.summary for direction in reconciled.directions]
    rows: list[tuple[Value, ...]] = [(label, *(v[key] for v in values)) for key, label in SUMMARY]
    headings = (Heading("Nội dung", 60), *(Heading(_name(d), 16, "rate") for d in reconciled.directions))
    title = f"ĐỐI CHIẾU KẾ HOẠCH VÀ THỰC HIỆN NĂM {reconciled.year}"
    subtitle = "(Đề cương báo cáo công tác đối ngoại, mục III.1"
    subtitle += f"; tính đến ngày {short_date(reconciled.until)}" if reconciled.until else ""
    lacking = (f"; {decapitalised(_name(d))}: {d.lacking}" for d in reconciled.directions if d.lacking)
    subtitle += f"{''.join(lacking)})"
    return list_sheet("Tổng hợp", title, subtitle, headings, rows)


_PLAN_HEADINGS = (
    Heading("Loại", 9, "centre"), Heading("Cơ quan", 18), Heading("Đoàn trong kế hoạch", 26), Heading("Nước", 12),
    Heading("Thời gian kế hoạch", 12), Heading("Kết quả", 14, "centre"), Heading("Đoàn đã thực hiện", 26),
    Heading("Thời gian thực hiện", 15), Heading("Điều chỉnh", 22), Heading("Điểm", 7, "number"),
    Heading("Căn cứ ghép", 24),
)  # fmt: skip


def _plan_sheet(reconciled: Reconciled) -> BookSheet:
    rows: list[tuple[Value, ...]] = []
    for direction in reconciled.directions:
        for planned in direction.planned:
            other = planned.pair.other.record if planned.pair else None
            state = STATE_NAMES[planned.state] + (" sang năm sau" if planned.next_year else "")
            rows.append(
                (
                    _name(direction), *who(planned.row), state, other.text("name") if other else None,
                    other.text("period") if other else None, "; ".join(planned.changes.values()),
                    planned.pair.score.total if planned.pair else None,
                    _grounds(planned.pair) if planned.pair else None,
                )
            )  # fmt: skip
    return list_sheet(
        "Kế hoạch", "KẾ HOẠCH ĐƯỢC DUYỆT VÀ KẾT QUẢ", f"(Năm {reconciled.year})", _PLAN_HEADINGS, rows
    )


def _grounds(pair: ReconciledPair) -> str:
    return "cán bộ quyết định" if pair.decided else pair.score.reasons


_ROW_HEADINGS = (
    Heading("Loại", 9, "centre"), Heading("Cơ quan", 22), Heading("Đoàn", 44), Heading("Nước", 18),
    Heading("Thời gian", 18), Heading("Nguồn", 30, "small"),
)  # fmt: skip


def _off_plan_sheet(reconciled: Reconciled) -> BookSheet:
    rows = [(_name(d), *who(row), row.source) for d in reconciled.directions for row in d.off_plan]
    return list_sheet(
        "Ngoài kế hoạch", "ĐOÀN ĐÃ THỰC HIỆN NGOÀI KẾ HOẠCH", f"({len(rows)} đoàn)", _ROW_HEADINGS, rows
    )


_UNSURE_HEADINGS = (
    Heading("Loại", 9, "centre"), Heading("Cơ quan (kế hoạch)", 18), Heading("Đoàn trong kế hoạch", 34),
    Heading("Nước", 14), Heading("Thời gian", 14), Heading("Cơ quan (thực hiện)", 18),
    Heading("Đoàn đã thực hiện", 34),
    Heading("Nước đã đến", 14), Heading("Thời gian thực hiện", 14), Heading("Điểm", 7, "number"),
    Heading("Căn cứ", 24),
)  # fmt: skip


def _unsure_sheet(reconciled: Reconciled) -> BookSheet:
    rows = [
        (_name(d), *who(pair.planned), *who(pair.other), pair.score.total, pair.score.reasons)
        for d in reconciled.directions
        for pair in d.unsure
    ]
    subtitle = "(Chưa đủ chắc để ghép; cán bộ xem và quyết định, chương trình không tự ghép)"
    return list_sheet("Cần xác nhận", "CÁC CẶP CẦN XÁC NHẬN", subtitle, _UNSURE_HEADINGS, rows)


def _claims_sheet(reconciled: Reconciled) -> BookSheet:
    rows: list[tuple[Value, ...]] = [
        (
            _name(d), *who(claim.row), "Trong KH" if claim.says_in_plan else "Ngoài KH",
            claim.planned.record.text("name") if claim.planned else "không có trong kế hoạch", claim.row.source,
        )
        for d in reconciled.directions
        for claim in d.claims
    ]  # fmt: skip
    headings = (
        *_ROW_HEADINGS[:-1],
        Heading("Đã khai", 12, "centre"),
        Heading("Trong kế hoạch", 34),
        _ROW_HEADINGS[-1],
    )
    return list_sheet(
        "Khai khác kế hoạch", "LOẠI ĐOÀN KHAI KHÁC KẾ HOẠCH (TH07)", f"({len(rows)} đoàn)", headings, rows
    )
