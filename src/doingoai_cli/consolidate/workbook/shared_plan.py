"""The workbook that agencies share: a month a page, what overlaps, a roll-up by kind of agency, and extracts."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from doingoai_cli.consolidate.plan_calendar import MOST_OVERLAPS, Activity, KindLine, Overlap
from doingoai_cli.consolidate.workbook.book import BookRow, BookSheet, SheetText, Value
from doingoai_cli.consolidate.workbook.heights import height_of
from doingoai_cli.consolidate.workbook.lists import Heading, list_sheet
from doingoai_cli.consolidate.workbook.write import list_book
from doingoai_cli.model.form_parts import Direction
from doingoai_cli.model.roster import Roster
from doingoai_cli.vietnamese.numbers import format_number, roman
from doingoai_cli.vietnamese.time.periods import Precision

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_DAY_WIDTH = 19.0
_EMPTY_WEEK = 48.0
_MOST_IN_A_DAY = 8
_NOTES = 4
"""The row (0-based) of the first activity that has no day yet: these stand above the weeks."""
_MARKS = {"Đoàn ra": "RA", "Đoàn vào": "VÀO", "Hội nghị, hội thảo": "HN"}
_PLAN = (
    Heading("TT", 5, "centre"), Heading("Thời gian", 20), Heading("Loại", 15, "centre"), Heading("Tên", 36),
    Heading("Cơ quan", 24), Heading("Nước, địa điểm", 18), Heading("Đối tác", 24), Heading("Trưởng đoàn", 22),
    Heading("Ý kiến thẩm định", 13, "centre"),
)  # fmt: skip
_OVERLAPS = (
    Heading("TT", 5, "centre"), Heading("Trùng", 22), Heading("Cơ quan", 20), Heading("Hoạt động", 30),
    Heading("Thời gian", 20), Heading("Trùng với cơ quan", 20), Heading("Hoạt động của cơ quan đó", 30),
    Heading("Thời gian", 20), Heading("Trao đổi với", 26),
)  # fmt: skip
_KINDS = (
    Heading("TT", 5, "centre"), Heading("Khối", 34), Heading("Số cơ quan", 11, "number"),
    Heading("Đoàn ra", 11, "number"), Heading("Lượt người ra", 11, "number"), Heading("Đoàn vào", 11, "number"),
    Heading("Lượt khách vào", 11, "number"), Heading("Hội nghị, hội thảo", 12, "number"),
    Heading("Đại biểu nước ngoài", 12, "number"),
)  # fmt: skip


def shared_workbook(
    planned: Sequence[Activity],
    overlaps: Sequence[Overlap],
    kinds: Sequence[KindLine],
    roster: Roster | None,
    cycle: int,
) -> bytes:
    """The calendar (.xlsx): twelve months, the whole list, overlaps, kinds of agency."""
    sheets = (
        _list(planned, cycle),
        *(_month(planned, cycle, month) for month in range(1, 13)),
        _overlaps(overlaps, roster, cycle),
        _kinds(kinds, cycle),
    )
    return list_book(sheets, f"Lịch hoạt động đối ngoại năm {cycle}", cycle - 1, cycle)


def extract_workbook(
    agency: str, activities: Sequence[Activity], touched: Sequence[Overlap], roster: Roster | None, cycle: int
) -> bytes:
    """One agency's own activities, and those of others that touch them."""
    sheets = (_list(activities, cycle, agency), _overlaps(touched, roster, cycle, agency))
    return list_book(sheets, f"Kế hoạch đối ngoại năm {cycle}: {agency}", cycle - 1, cycle, agency)


# --- a month -----------------------------------------------------------------------------------------------


def _month(planned: Sequence[Activity], year: int, month: int) -> BookSheet:
    """A page: the weeks with what happens each day, then what has no day yet."""
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    here = [a for a in planned if a.falls_on(first, last)]
    exact = [a for a in here if a.precision is Precision.DAY]
    coarse = [a for a in here if a.precision is not Precision.DAY]
    widths = (_DAY_WIDTH,) * len(_WEEKDAYS)
    notes = [_line(activity) for activity in coarse] or ["(không có)"]
    head = _NOTES + len(notes) + 1
    blocks = (
        SheetText(0, 0, 0, 6, f"LỊCH HOẠT ĐỘNG ĐỐI NGOẠI THÁNG {month}/{year}", "title"),
        SheetText(1, 0, 1, 6, "(RA: đoàn ra; VÀO: đoàn vào; HN: hội nghị, hội thảo quốc tế)", "subtitle"),
        SheetText(_NOTES - 1, 0, _NOTES - 1, 6, "Dự kiến, chưa xác định ngày:", "section"),
        *(SheetText(at, 0, at, 6, note, "text") for at, note in enumerate(notes, _NOTES)),
        *(SheetText(head, at, head, at, name, "head") for at, name in enumerate(_WEEKDAYS)),
    )
    whole = (_DAY_WIDTH * len(_WEEKDAYS),)
    tall = {at: height_of((note,), whole) or 16.0 for at, note in enumerate(notes, _NOTES)}
    return BookSheet(
        f"Tháng {month}", widths, list(_weeks(exact, first, last, widths)), head + 1, blocks=blocks,
        heights={0: 24.0, 1: 18.0, head: 22.0, **tall}, one_page=True, tab="#2F5597" if here else None,
    )  # fmt: skip


def _weeks(exact: Sequence[Activity], first: date, last: date, widths: tuple[float, ...]) -> Iterator[BookRow]:
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        days = [monday + timedelta(days=at) for at in range(len(_WEEKDAYS))]
        texts = tuple(_day(exact, day) if first <= day <= last else "" for day in days)
        height = max(height_of(texts, widths) or 0.0, _EMPTY_WEEK)
        yield BookRow(texts, tuple("text" if first <= day <= last else "small" for day in days), height)
        monday += timedelta(days=7)


def _day(exact: Iterable[Activity], day: date) -> str:
    mine = [a for a in exact if a.falls_on(day, day)]
    lines = [_short(a, begins=any(first == day for first, _ in a.stretches)) for a in mine[:_MOST_IN_A_DAY]]
    more = [f"và {format_number(len(mine) - _MOST_IN_A_DAY)} hoạt động khác"] if len(mine) > _MOST_IN_A_DAY else []
    return "\n".join((str(day.day), *lines, *more))


def _short(activity: Activity, *, begins: bool) -> str:
    mark = _MARKS[activity.kind]
    if not begins:
        return f"{mark} {activity.row.agency} (tiếp)"
    return f"{mark} {activity.row.agency}: {activity.name}" + (f" ({activity.place})" if activity.place else "")


def _line(activity: Activity) -> str:
    parts = (activity.name, activity.place, activity.time)
    return f"{_MARKS[activity.kind]} {activity.row.agency}: {'; '.join(filter(None, parts))}"


# --- lists -------------------------------------------------------------------------------------------------


def _list(planned: Sequence[Activity], cycle: int, agency: str = "") -> BookSheet:
    rows: list[Sequence[Value]] = [
        (
            number, a.time, a.kind, a.name, a.row.agency, a.place, a.row.record.text("partners"),
            a.row.record.text("leader"), a.row.review.opinion,
        )
        for number, a in enumerate(planned, 1)
    ]  # fmt: skip
    undated = sum(1 for a in planned if a.days is None)
    subtitle = f"({format_number(len(planned))} hoạt động; {format_number(undated)} chưa rõ thời gian)"
    title = f"HOẠT ĐỘNG ĐỐI NGOẠI DỰ KIẾN NĂM {cycle}" + (f": {agency.upper()}" if agency else "")
    return list_sheet("Danh sách", title, subtitle, _PLAN, rows)


def _overlaps(overlaps: Sequence[Overlap], roster: Roster | None, cycle: int, agency: str = "") -> BookSheet:
    rows: list[Sequence[Value]] = [
        (
            number, "; ".join(o.common), o.one.row.agency, f"{o.one.kind}: {o.one.name}", o.one.time,
            o.other.row.agency, f"{o.other.kind}: {o.other.name}", o.other.time, _contact(o.other, roster),
        )
        for number, o in enumerate(overlaps, 1)
    ]  # fmt: skip
    title = f"HOẠT ĐỘNG CÙNG NƯỚC, CÙNG ĐỐI TÁC, CÙNG THỜI GIAN NĂM {cycle}"
    cut = f"; chỉ nêu {format_number(MOST_OVERLAPS)} cặp đầu" if len(overlaps) >= MOST_OVERLAPS else ""
    subtitle = f"({format_number(len(overlaps))} cặp của các cơ quan khác nhau{cut})"
    return list_sheet("Trùng nhau" if not agency else "Liên quan", title, subtitle, _OVERLAPS, rows)


def _contact(activity: Activity, roster: Roster | None) -> str:
    """Whom to talk to: the agency, and who leads its own delegation (of an inbound one that is the guest)."""
    entry = roster.find(activity.row.agency) if roster else None
    own = activity.direction is Direction.OUT
    leader = " ".join(activity.row.record.text("leader").split()) if own else ""
    return "; ".join(filter(None, (activity.row.agency, entry.email if entry else "", leader)))


def _kinds(kinds: Sequence[KindLine], cycle: int) -> BookSheet:
    rows: list[BookRow | Sequence[Value]] = [(roman(number), *line) for number, line in enumerate(kinds[:-1], 1)]
    rows += [BookRow((None, *line), ("total",) * (len(line) + 1)) for line in kinds[-1:]]
    return list_sheet(
        "Theo khối", f"KẾ HOẠCH ĐỐI NGOẠI NĂM {cycle} THEO KHỐI CƠ QUAN",
        "(Khối: cột “Loại” (kind) của danh sách đơn vị)", _KINDS, rows,
    )  # fmt: skip
