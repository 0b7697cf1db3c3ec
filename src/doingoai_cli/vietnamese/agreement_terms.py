"""What a list of agreements says (thỏa thuận quốc tế): the state of one, and how long it is in force."""

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from doingoai_cli.vietnamese.text import Phrases, clean, fold, is_blank
from doingoai_cli.vietnamese.time.durations import duration_in_months, months_after, without_durations
from doingoai_cli.vietnamese.time.periods import Precision, read_period


class State(StrEnum):
    """Tình trạng của một thỏa thuận."""

    IN_FORCE = "in-force"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    PLANNED = "planned"


class AgreementState(NamedTuple):
    """The state as typed, and which one it is; None where the words say none or several."""

    text: str
    state: State | None = None


# The words for an end first: "hết hiệu lực" holds the words "hiệu lực".
_WORDS: tuple[tuple[State, Phrases], ...] = (
    (State.TERMINATED, Phrases(["chấm dứt", "đã chấm dứt", "hủy bỏ", "đình chỉ", "thanh lý", "bãi bỏ"])),
    (State.EXPIRED, Phrases(["hết hiệu lực", "hết hạn", "đã hết hiệu lực", "không còn hiệu lực", "quá hạn"])),
    (State.PLANNED, Phrases(["dự kiến", "đang đàm phán", "sẽ ký", "chưa ký", "đang trình", "đề xuất ký"])),
    (State.IN_FORCE, Phrases(["còn hiệu lực", "đang hiệu lực", "đang có hiệu lực", "có hiệu lực", "còn hạn",
                              "đang thực hiện", "đang triển khai", "đã gia hạn"])),
)  # fmt: skip


def read_state(text: str) -> AgreementState:
    """The state that a cell names."""
    cleaned = clean(text)
    found = [state for state, phrases in _WORDS if phrases.first(cleaned)]
    return AgreementState(cleaned, found[0] if found else None)


class Validity(NamedTuple):
    """How long an agreement is in force, as typed: until a day, for a time, or without end; else `unread`."""

    text: str
    until: date | None = None
    months: int | None = None
    indefinite: bool = False
    unread: bool = False

    def end(self, since: date | None) -> date | None:
        """Its last day, where it is in force from `since` on; None where it has none or it cannot be told."""
        if self.until is not None or self.months is None or since is None:
            return self.until
        return months_after(since, self.months)


_INDEFINITE = Phrases(["không thời hạn", "vô thời hạn", "không xác định thời hạn", "không giới hạn", "lâu dài",
                       "không quy định thời hạn", "tự động gia hạn"])  # fmt: skip
_SINCE = re.compile(r"\b(?:kể )?từ\b(?!.*\bđến\b)")
_DATED = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}|\btháng\s*\d{1,2}|\b(?:19|20)\d\d\b")


def read_validity(text: str) -> Validity:
    """What a cell says of the term: "05 năm", "đến 12/3/2026", "12/3/2026", "không thời hạn"."""
    cleaned = clean(text)
    if is_blank(cleaned):
        return Validity(cleaned)
    folded = fold(cleaned.replace("\n", " "))
    until = _last_day(without_durations(folded)) if _DATED.search(folded) else None
    months = duration_in_months(folded)
    if until is not None and months and _SINCE.search(folded):
        return Validity(cleaned, until=Validity(cleaned, months=months).end(until), months=months)
    if until is not None or months:
        return Validity(cleaned, until=until, months=None if until else months)
    indefinite = _INDEFINITE.first(cleaned) is not None
    return Validity(cleaned, indefinite=indefinite, unread=not indefinite)


def _last_day(text: str) -> date | None:
    period = read_period(text, date.min.year)
    if period.precision is Precision.NONE or period.days is None:
        return None
    last = period.days[1]
    return last if last.year > date.min.year + 1 else None
