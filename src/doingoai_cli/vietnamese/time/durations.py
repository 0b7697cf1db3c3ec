"""How long something lasts, in months and years (thời hạn): "05 năm", "36 tháng từ tháng 1/2018"."""

import re
from datetime import date, timedelta

from doingoai_cli.vietnamese.numbers import NUMBER_WORDS, integer_in

_DURATION = (
    rf"(?<![\d/.,-])(?P<number>\d{{1,3}}(?:[.,]\d)?|\b{NUMBER_WORDS}) (?P<unit>năm|tháng)\b"
    rf"(?:(?P<half> rưỡi)|(?<=năm) (?:và )?(?P<months>\d{{1,2}}|{NUMBER_WORDS}) tháng\b(?! \d)|(?! \d))"
)
_ANY = re.compile(_DURATION)
_LASTS = re.compile(
    rf"(?:^|[(,] ?|\b(?:trong|kéo dài|thời gian|thời hạn)(?: vòng| khoảng)?:? ){_DURATION}"
    r"(?:$|[),;]| ?\(?(?:kể |tính |bắt đầu )?từ\b)"
)


def duration_in_months(folded: str) -> int | None:
    """The first duration of a folded text, in months; None where it names none."""
    return _months(_ANY.search(folded))


def without_durations(folded: str) -> str:
    """A folded text without its durations: "05 năm kể từ ngày 1/2/2018" names one day."""
    return _ANY.sub(" ", folded)


def lasting_months(folded: str) -> int | None:
    """How long what begins at the time that a folded text names lasts, in months; None where it does not say."""
    return _months(_LASTS.search(folded))


def _months(found: re.Match[str] | None) -> int | None:
    if not found or (found["half"] and found["unit"] == "tháng"):
        return None
    whole, _, tenths = found["number"].replace(",", ".").partition(".")
    months = (integer_in(whole) or 0) * (12 if found["unit"] == "năm" else 1) + (6 if found["half"] else 0)
    if tenths and (found["unit"] == "tháng" or tenths not in "05"):
        return None
    return months + (6 if tenths == "5" else 0) + (integer_in(found["months"] or "0") or 0) or None


def months_after(day: date, months: int) -> date | None:
    """The day some months after `day`, the 28th where its month is too short; None past the calendar's end."""
    year, month = divmod(day.month - 1 + months, 12)
    for number in (day.day, 28):
        try:
            return date(day.year + year, month + 1, number)
        except ValueError:
            continue
    return None


def last_day_of(first: date, months: int) -> date | None:
    """The last day of what begins on `first` and lasts some months; None past the calendar's end."""
    after = months_after(first, months)
    return after - timedelta(days=1) if after else None
