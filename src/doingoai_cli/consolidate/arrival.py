"""In which order files came (thứ tự nhận): an explicit list, a date in the file name, or the file's time."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePosixPath
from typing import NamedTuple

from doingoai_cli.model.submissions import Submission
from doingoai_cli.vietnamese.text import fold


class Basis(StrEnum):
    """What told when a file came, the surest first; the value is what people read."""

    LIST = "theo danh sách tiếp nhận"
    NAME = "theo ngày trong tên tệp"
    TIME = "theo thời gian của tệp"
    UNKNOWN = "không rõ thời gian nhận"


class Arrival(NamedTuple):
    """When a file came. `place` is its place in the explicit list (from 1); `when` may be known beside it."""

    path: str
    basis: Basis
    when: datetime | None
    place: int | None = None
    dated_to_the_day: bool = False

    @property
    def sort_key(self) -> tuple[int, int, datetime, str]:
        """Listed files first, in the list's order; then by time, those without any time before; then by path."""
        if self.place is not None:
            return (0, self.place, datetime.min, self.path)
        return (1, 0, self.when or datetime.min, self.path)

    @property
    def received(self) -> str:
        """The day, and the hour where it is known, as Vietnamese offices write it; "" where neither is."""
        if self.when is None:
            return ""
        return self.when.strftime("%d/%m/%Y" if self.dated_to_the_day else "%d/%m/%Y %H:%M")

    @property
    def reason(self) -> str:
        """Why the file has its place in the order, for the ledger."""
        if self.place is not None:
            return f"{self.basis} (thứ {self.place})"
        return f"{self.basis} ({self.received})" if self.received else str(self.basis)


def arrivals(
    submissions: Sequence[Submission], cycle: int | None, listed: Sequence[str] | None
) -> dict[str, Arrival]:
    """Path → arrival of every file. `listed`: paths or bare file names, the first received first.

    A file that the list does not name came after those that it names.
    """
    places = {_comparable(name): place for place, name in enumerate(listed or (), 1)}
    return {s.path: _arrival(s, cycle, places) for s in submissions}


def _arrival(submission: Submission, cycle: int | None, places: dict[str, int]) -> Arrival:
    path = submission.path
    named = date_in_name(PurePosixPath(path).name, cycle)
    clock = submission.received.replace(tzinfo=None) if submission.received else None
    when = datetime.combine(named, datetime.min.time()) if named else clock
    place = places.get(_comparable(path)) or places.get(_comparable(PurePosixPath(path).name))
    if place is not None:
        return Arrival(path, Basis.LIST, when, place, named is not None)
    if named:
        # Two files of one day come in the order of their clocks, where these speak of that day at all.
        same_day = clock is not None and clock.date() == named
        return Arrival(path, Basis.NAME, clock if same_day else when, None, dated_to_the_day=True)
    return Arrival(path, Basis.TIME if when else Basis.UNKNOWN, when)


def _comparable(path: str) -> str:
    return unicodedata.normalize("NFC", path.strip().replace("\\", "/")).removeprefix("./").casefold()


_SEPARATED = re.compile(
    r"(?<!\d)(?:(?P<y>20\d\d)(?P<s>[-._ ])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<s2>[-._ ])(?P<m2>\d{1,2})(?P=s2)(?P<y2>20\d\d|\d\d))(?!\d)"
)
_RUN = re.compile(r"(?<!\d)(\d{8})(?:(?!\d)|(?=[01]\d[0-5]\d(?:[0-5]\d)?(?!\d)))")
_IN_WORDS = re.compile(
    r"(?:ngày|ngay|ng)[ ._-]*(?P<d>\d{1,2})[ ._-]*(?:tháng|thang|th|t)[ ._-]*(?P<m>\d{1,2})"
    r"[ ._-]*(?:năm|nam|n)?[ ._-]*(?P<y>20\d\d)(?!\d)"
)


def date_in_name(name: str, cycle: int | None = None) -> date | None:
    """The last date in a file name: 2019-09-14, 14.9.2019, 14_09_19, 20190914, "ngày 14 tháng 9 năm 2019" …

    Day before month; a date more than two years away from the cycle is a number of something else.
    """
    text = fold(name)
    found = [(m.start(), _day(m["y"], m["m"], m["d"])) for m in _IN_WORDS.finditer(text)]
    for m in _SEPARATED.finditer(text):
        found.append((m.start(), _day(m["y"] or m["y2"], m["m"] or m["m2"], m["d"] or m["d2"])))
    for m in _RUN.finditer(text):
        digits = m.group(1)
        year_first = _day(digits[:4], digits[4:6], digits[6:]) if digits.startswith("20") else None
        found.append((m.start(), year_first or _day(digits[4:], digits[2:4], digits[:2])))
    days = [
        (start, day)
        for start, day in found
        if day is not None and (abs(day.year - cycle) <= 2 if cycle else 2000 <= day.year < 2100)
    ]
    return max(days)[1] if days else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
