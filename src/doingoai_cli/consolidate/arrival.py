"""When files came (thời điểm nhận): an explicit list, a date in the file name, or the time of the file.

It is settled once: what an earlier merge settled is kept in the ledger ("Nhật ký") by the file's digest and stands
from then on, whatever becomes of the file's own time. Only what an officer says himself goes before it: the list
of this run, a correction in the ledger, a date that he puts into the file's name.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import PurePosixPath
from typing import NamedTuple

from doingoai_cli.model.sources import STEP
from doingoai_cli.model.submissions import Submission
from doingoai_cli.vietnamese.text import fold


class ArrivalBasis(StrEnum):
    """How it is known when a file came, the surest first; the value is what people read."""

    LIST = "theo danh sách tiếp nhận"
    MAIL = "theo ngày gửi của thư"
    NAME = "theo ngày trong tên tệp"
    TIME = "theo thời gian của tệp"
    OFFICER = "theo cán bộ ghi trong nhật ký"
    UNKNOWN = "không rõ thời gian nhận"


class Arrival(NamedTuple):
    """When a file came. `place` is its place in the explicit list (from 1); `when` may be known beside it."""

    path: str
    basis: ArrivalBasis
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
        """Why the file has its place in the order, to the second: what the ledger keeps and reads back."""
        place = f"thứ {self.place}" if self.place is not None else ""
        day = self.when.strftime("%d/%m/%Y") if self.when else ""
        clock = self.when.strftime("%H:%M:%S") if self.when and self.when.time() != time.min else ""
        said = "; ".join(filter(None, (place, " ".join(filter(None, (day, clock))))))
        return f"{self.basis} ({said})" if said else str(self.basis)


class KnownArrival(NamedTuple):
    """A line of an earlier ledger: the file's digest, and when that file came."""

    sha256: str
    arrival: Arrival


_REASON = re.compile(
    r"(?P<basis>[^()]+?)\s*(?:\((?:thứ (?P<place>\d+))?(?:; )?"
    r"(?:(?P<day>\d{1,2}/\d{1,2}/\d{4})(?: (?P<clock>[\d:]+))?)?\))?"
)
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
_RECEIVED = re.compile(rf"(?:(?P<before>{_CLOCK}) )?(?P<day>\d{{1,2}}/\d{{1,2}}/\d{{4}})(?: (?P<clock>{_CLOCK}))?")


def arrival_in_ledger(path: str, received: str, reason: str) -> Arrival | None:
    """The arrival that a line of the ledger states; None where it states none that can be read.

    `received` is the column that people read and may correct: where it says another minute than `reason`, an
    officer has written it.
    """
    shown = _RECEIVED.fullmatch(received.strip())
    said = _REASON.fullmatch(reason.strip())
    basis = next((b for b in ArrivalBasis if said and said["basis"] == b.value), None)
    settled = None
    if said is not None and basis is not None:
        when = _moment(said["day"], said["clock"])
        place = int(said["place"]) if said["place"] else None
        to_the_day = basis is ArrivalBasis.NAME or (shown is not None and not shown["clock"])
        if when is not None or place is not None:
            settled = Arrival(path, basis, when, place, to_the_day)
    if shown is None or (settled is not None and settled.received == received.strip()):
        return settled
    clock = shown["clock"] or shown["before"]  # a date that was typed as one is shown with its time before it
    when = _moment(shown["day"], clock)
    return Arrival(path, ArrivalBasis.OFFICER, when, None, clock is None) if when else settled


def _moment(day: str | None, clock: str | None) -> datetime | None:
    if not day:
        return None
    try:
        hour, minute, second = map(int, f"{clock or '0:0'}:0".split(":")[:3])
        return datetime.strptime(day, "%d/%m/%Y").replace(hour=hour, minute=minute, second=second)
    except ValueError:
        return None


def arrivals(
    submissions: Sequence[Submission],
    cycle: int | None,
    listed: Sequence[str] | None,
    known: Iterable[KnownArrival] = (),
) -> dict[str, Arrival]:
    """Path → arrival of every file. `listed`: paths or bare file names, the first received first.

    A file that the list does not name came after those that it names. `known`: what earlier ledgers settled.
    """
    places = {_comparable(name): place for place, name in enumerate(listed or (), 1)}
    settled = _known(submissions, known)
    return {s.path: _settled(s, cycle, places, settled.get(s.path)) for s in submissions}


def _known(submissions: Sequence[Submission], ledgers: Iterable[KnownArrival]) -> dict[str, Arrival]:
    """Path → what the ledger says of that file, each line for one file.

    Of several with the same content the one with the line's path goes first, then its name, then any; of several
    lines of one file (one for each agency in it) the one that an officer has corrected.
    """
    lines: dict[str, list[Arrival]] = {}
    for line in ledgers:
        if line.sha256 and line.arrival not in lines.setdefault(line.sha256, []):
            lines[line.sha256].append(line.arrival)
    known: dict[str, Arrival] = {}
    for same in (_comparable, _name, lambda _: ""):
        for submission in submissions:
            left = lines.get(submission.sha256, [])
            fitting = [a for a in left if same(a.path) == same(submission.path)]
            if submission.path not in known and fitting:
                first = known[submission.path] = min(
                    fitting, key=lambda a: (a.basis is not ArrivalBasis.OFFICER, a.sort_key)
                )
                lines[submission.sha256] = [a for a in left if a.path != first.path]
    return known


def _settled(submission: Submission, cycle: int | None, places: dict[str, int], known: Arrival | None) -> Arrival:
    found = _arrival(submission, cycle, places)
    if known is None or found.basis is ArrivalBasis.LIST:
        return found
    known = known._replace(path=found.path)
    if found.basis is ArrivalBasis.NAME and known.basis in _LESS_SURE_THAN_NAMES:
        same_day = known.when is not None and found.when is not None and known.when.date() == found.when.date()
        return known._replace(basis=ArrivalBasis.NAME, dated_to_the_day=True) if same_day else found
    return known


_LESS_SURE_THAN_NAMES = (ArrivalBasis.TIME, ArrivalBasis.UNKNOWN, ArrivalBasis.NAME)


def _arrival(submission: Submission, cycle: int | None, places: dict[str, int]) -> Arrival:
    path = submission.path
    origin = submission.origin
    sent = origin.sent if origin else None
    clock = submission.received.replace(tzinfo=None) if submission.received else None
    named = None if sent else date_in_name(_file_name(path), cycle, clock)
    if origin and not (sent or named):
        named = date_in_name(_file_name(origin.container), cycle)
    when = datetime.combine(named, datetime.min.time()) if named else clock
    place = places.get(_comparable(path)) or places.get(_name(path))
    if place is not None:
        return Arrival(path, ArrivalBasis.LIST, when, place, named is not None)
    if named:
        # Two files of one day come in the order of their clocks, where these speak of that day at all.
        same_day = clock is not None and clock.date() == named
        return Arrival(path, ArrivalBasis.NAME, clock if same_day else when, None, dated_to_the_day=True)
    return Arrival(path, ArrivalBasis.MAIL if sent else ArrivalBasis.TIME if when else ArrivalBasis.UNKNOWN, when)


def _file_name(path: str) -> str:
    return PurePosixPath(path.rpartition(STEP)[2].replace("\\", "/")).name


def _name(path: str) -> str:
    return _comparable(_file_name(path))


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
_WITHOUT_YEAR = re.compile(
    r"(?<![^\W\d_])(?:ngày|ngay)[ ._-]*(?P<d>\d{1,2})(?:[ ._]*(?:tháng|thang|th|t)[ ._]*|[-._])(?P<m>\d{1,2})"
    r"(?!\d|[ ._-]*(?:\d|tháng|thang))"
)
"""A day that "ngày" introduces: "ngày 14-9", "ngay 14 thang 9"; not the first days of "ngày 14-15 tháng 9"."""


def date_in_name(name: str, cycle: int | None, clock: datetime | None = None) -> date | None:
    """The last date in a file name: 2019-09-14, 14.9.2019, 14_09_19, 20190914, "ngày 14 tháng 9 năm 2019" …

    Day before month; a date more than two years away from the cycle is a number of something else. None: no date.
    A name that gives no year ("ngày 14-9") means that of the file's `clock` where it is one of the cycle's two
    years, else the earlier of these, in which the cycle's reports are sent.
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
    if days or cycle is None:
        return max(days)[1] if days else None
    year = clock.year if clock is not None and clock.year in (cycle - 1, cycle) else cycle - 1
    without = [day for m in _WITHOUT_YEAR.finditer(text) if (day := _day(str(year), m["m"], m["d"])) is not None]
    return without[-1] if without else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
