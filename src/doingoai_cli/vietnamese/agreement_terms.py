"""What a list of agreements says (thỏa thuận quốc tế): the state of one, and how long it is in force."""

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from doingoai_cli.vietnamese.numbers import NUMBER_WORDS
from doingoai_cli.vietnamese.phrases import Phrases
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import clean, fold, is_blank, words
from doingoai_cli.vietnamese.time.durations import duration_in_months, last_day_of, months_after, without_durations
from doingoai_cli.vietnamese.time.periods import Precision, read_period


class State(StrEnum):
    """Tình trạng của một thỏa thuận."""

    TERMINATED = "terminated"
    EXPIRED = "expired"
    PLANNED = "planned"
    IN_FORCE = "in-force"


class AgreementState(NamedTuple):
    """The state as typed, and which one it is; None where the words say none or several."""

    text: str
    state: State | None = None


_WORDS = dict(names("agreement-words.tsv"))
_INDEFINITE = Phrases(_WORDS.pop("indefinite"))
_STATES = {phrase: said for said, listed in _WORDS.items() for phrase in listed}
_SAID = Phrases(_STATES)
_BEFORE_A_DAY = frozenset(("vào", "từ", "sau", "cuối", "ngày", "tháng", "quí", "năm"))


def read_state(text: str) -> AgreementState:
    """The state that a cell names; of several the first of `State`, an end. "Sắp hết hiệu lực" is in force."""
    cleaned = clean(text)
    found = [(_STATES[phrase], end) for _, end, phrase in _SAID.find(cleaned)]
    if found and found[0][0] == State.IN_FORCE:  # "Còn hiệu lực (hết hiệu lực ngày 31/12/2024)"
        said = words(cleaned)
        behind = [next((word for word in said[end:] if word not in _BEFORE_A_DAY), "") for _, end in found]
        found = [
            one
            for one, word in zip(found, behind, strict=True)
            if one[0] != State.EXPIRED or not word[:1].isdigit()
        ]
    states = {state for state, _ in found}
    return AgreementState(cleaned, next((state for state in State if state in states), None))


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


_SINCE = re.compile(r"\b(?:kể )?từ\b(?=[^\d]{0,40}\d)(?!.*\bđến\b)")
_IN_WORDS = re.compile(
    rf"(?<=\d) ?\((?:{NUMBER_WORDS})\)|(?<=[^\W\d]) ?\(\d{{1,3}}\)(?= (?:năm|tháng)\b)"
)  # "03 (ba) năm", "ba (03) năm"
_RENEWED = re.compile(
    r"(?<!không )(?<!chưa )\b(?:(?:tự động|tự|mặc nhiên|đương nhiên|mặc định) (?:được )?(?:gia hạn|kéo dài)"
    r"|gia hạn tự động|nếu không (?!gia hạn).{1,60}?\bgia hạn)\b"
)
"""Renewed by itself: its first term tells no end."""
_EXTENDED = re.compile(r"\b(?:gia hạn|kéo dài)\b")
_NOT_EXTENDED = re.compile(
    r"\b(?:không|chưa|có thể|sẽ|xin|cần|nếu|thủ tục|dự kiến|xem xét|đề (?:nghị|xuất)|khả năng)(?: được| việc)? $"
)
_DATED = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}|\btháng\s*\d{1,2}|\b(?:19|20)\d\d\b")


def read_validity(text: str) -> Validity:
    """What a cell says of the term: "05 năm", "đến 12/3/2026", "12/3/2026", "không thời hạn"."""
    cleaned = clean(text)
    if is_blank(cleaned):
        return Validity(cleaned)
    folded = _IN_WORDS.sub("", fold(cleaned.replace("\n", " ")))
    if _RENEWED.search(folded):
        return Validity(cleaned, indefinite=True)
    extended = next(_EXTENDED.finditer(folded), None)
    if extended and not _NOT_EXTENDED.search(folded, max(0, extended.start() - 40), extended.start()):
        first, more = _stated(folded[: extended.start()]), _stated(folded[extended.end() :])
        if more.until or more.months:  # until another day, or so much longer
            until = more.until or (months_after(first.until, more.months or 0) if first.until else None)
            months = None if until else (first.months or 0) + (more.months or 0)
            return Validity(cleaned, until=until, months=months)
    stated = _stated(folded)
    indefinite = stated.unread and _INDEFINITE.first(cleaned) is not None
    return stated._replace(text=cleaned, indefinite=indefinite, unread=stated.unread and not indefinite)


def _stated(folded: str) -> Validity:
    """The one day or time that a folded text names."""
    days = _days(without_durations(folded)) if _DATED.search(folded) else None
    months = duration_in_months(folded)
    if days and months and _SINCE.search(folded):
        begins, last = days
        day = months_after(last, months) if begins == last else last_day_of(begins, months)
        return Validity(folded, until=day)
    if days:
        return Validity(folded, until=days[1])
    return Validity(folded, months=months, unread=not months)


def _days(text: str) -> tuple[date, date] | None:
    period = read_period(text, date.min.year)
    if period.precision is Precision.NONE or period.days is None or period.days[1].year <= date.min.year + 1:
        return None
    return period.days
