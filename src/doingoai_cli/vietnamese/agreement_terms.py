"""What a list of agreements says (thỏa thuận quốc tế): the state of one, and how long it is in force."""

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from doingoai_cli.vietnamese.numbers import NUMBER_WORDS
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import Phrases, clean, fold, is_blank
from doingoai_cli.vietnamese.time.durations import duration_in_months, months_after, without_durations
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


def read_state(text: str) -> AgreementState:
    """The state that a cell names; of several the first of `State`, an end. "Sắp hết hiệu lực" is in force."""
    cleaned = clean(text)
    found = {_STATES[phrase] for _, _, phrase in _SAID.find(cleaned)}
    return AgreementState(cleaned, next((state for state in State if state in found), None))


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


_SINCE = re.compile(r"\b(?:kể )?từ\b(?!.*\bđến\b)")
_IN_WORDS = re.compile(rf"(?<=\d) ?\((?:{NUMBER_WORDS})\)")  # "03 (ba) năm"
_RENEWED = re.compile(
    r"(?<!không )(?<!chưa )\b(?:(?:tự động|tự|mặc nhiên|đương nhiên) (?:được )?gia hạn|gia hạn tự động)\b"
)
"""Renewed by itself: its first term tells no end."""
_DATED = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}|\btháng\s*\d{1,2}|\b(?:19|20)\d\d\b")


def read_validity(text: str) -> Validity:
    """What a cell says of the term: "05 năm", "đến 12/3/2026", "12/3/2026", "không thời hạn"."""
    cleaned = clean(text)
    if is_blank(cleaned):
        return Validity(cleaned)
    folded = _IN_WORDS.sub("", fold(cleaned.replace("\n", " ")))
    if _RENEWED.search(folded):
        return Validity(cleaned, indefinite=True)
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
