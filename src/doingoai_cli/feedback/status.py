"""The state of all agencies (tình hình nộp) for people: a table, or one self-contained page."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from doingoai_cli.feedback.html import page as filled
from doingoai_cli.messages import AGENCY_UNKNOWN, aligned
from doingoai_cli.model.consolidated import AgencyState, AgencyStatus
from doingoai_cli.model.outcome import PassedOver
from doingoai_cli.vietnamese.numbers import format_number
from doingoai_cli.vietnamese.text import clean

_HEADINGS = ("Cơ quan, đơn vị", "Tình trạng", "Nhận lúc", "Tệp", "Dòng", "Lỗi", "Cảnh báo", "Còn thiếu mẫu")
_LAST = len(_HEADINGS) - 1


class StandingPage(NamedTuple):
    """What is shown: `changes` are (agency, sentence) since an earlier time."""

    cycle: int | None
    deadline: date | None
    agencies: tuple[AgencyStatus, ...]
    changes: tuple[tuple[str, str], ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    """What lay in the inbox and is no submission, with the reason."""

    @property
    def totals(self) -> str:
        """ "03 đã nộp, 01 nộp muộn, 02 chưa nộp"."""
        counts = Counter(agency.state for agency in self.agencies)
        return ", ".join(f"{format_number(counts[state])} {state.value}" for state in AgencyState if counts[state])


def standing_as_table(page: StandingPage) -> str:
    """The agencies in aligned columns, the totals, the changes."""
    rows = [_HEADINGS, *(_cells(agency) for agency in page.agencies)]
    lines = aligned(rows, right=range(3, _LAST))
    lines += ["", f"{len(page.agencies)} cơ quan, đơn vị: {page.totals}."]
    if page.deadline is not None:
        lines.append(f"Hạn nộp: trước ngày {page.deadline.day}/{page.deadline.month}/{page.deadline.year}.")
    if page.changes:
        lines += ["", "Thay đổi từ lần trước:", *(f"  - {clean(name)}: {text}" for name, text in page.changes)]
    if page.passed_over:
        lines += ["", "Không phải bản nộp:", *(f"  - {clean(one.path)}: {one.reason}" for one in page.passed_over)]
    return "\n".join(lines) + "\n"


def _cells(agency: AgencyStatus) -> tuple[str, ...]:
    numbers = (agency.files, agency.rows, agency.errors, agency.warnings)
    return (
        clean(agency.name) or AGENCY_UNKNOWN,
        agency.state.value,
        agency.received,
        *map(str, numbers),
        ", ".join(agency.missing_forms),
    )


def standing_as_html(page: StandingPage) -> str:
    """A page without network, that prints on one or two sheets."""
    states = {AgencyState.MISSING: "missing", AgencyState.LATE: "late", AgencyState.UNLISTED: "unlisted"}
    rows = [(states.get(agency.state, "received"), _cells(agency)) for agency in page.agencies]
    return filled("standing", page=page, headings=_HEADINGS, rows=rows)
