"""The text of a stored value made a Python value (giá trị ô): numbers, dates, errors, escapes.

A value that is no number where one should stand ("1,5", "NaN", 1e999) stays as its text: nothing is lost, nothing
that JSON cannot say comes out.
"""

import re
from datetime import datetime, time, timedelta
from functools import lru_cache
from math import isfinite

from doingoai_cli.model.grid import CellKind
from doingoai_cli.readers.number_formats import Shown, Valued, as_shown

_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_LAST_DAY = 2_958_465  # 31/12/9999
_FALSE_LEAP_DAY = 60  # 1900 was no leap year, Excel thinks it was: earlier serials are one day short

_EXACT = 1e15  # beyond it a float has no digit to spare for "is it whole?"


def number(text: str) -> Valued:
    """A stored number: int where it is written as one, else float; the text itself where it is no number."""
    try:
        value: int | float = int(text) if len(text) < 16 and "." not in text and "_" not in text else float(text)
    except ValueError:
        try:
            value = float(text)
        except ValueError:
            return CellKind.TEXT, text
    if not isfinite(value) or "_" in text:
        return CellKind.TEXT, text
    return CellKind.NUMBER, value


def plain_number(value: float) -> Valued:
    """A number that binary files store as a float: int where it is whole; text where it is infinite or none."""
    if not isfinite(value):
        return CellKind.TEXT, str(value)
    return CellKind.NUMBER, int(value) if value.is_integer() and abs(value) < _EXACT else value


@lru_cache(maxsize=65536)  # 2.3 µs a date, and those of an inbox come again
def formatted(text: str, shown: Shown, epoch_1904: bool) -> Valued:
    """A stored number whose format shows more than the number: `datetime`, `time` below one day, or a text."""
    kind, value = number(text)
    if kind is not CellKind.NUMBER or not isinstance(value, int | float):
        return kind, value
    return formatted_number(value, shown, epoch_1904)


def formatted_number(value: float, shown: Shown | None, epoch_1904: bool) -> Valued:
    """A number as its format shows it: a point in time, a text, or the number itself."""
    plain = plain_number(float(value))
    if shown is None:
        return plain
    when = from_serial(value, epoch_1904) if shown.precision is not None else None
    return as_shown(shown, plain if when is None else (CellKind.DATE, when))


def from_serial(serial: float, epoch_1904: bool) -> datetime | time | None:
    """The point in time of an Excel serial (to the millisecond), None outside the years 1900 to 9999."""
    if not 0 <= serial <= _LAST_DAY:
        return None
    days, rest = divmod(serial, 1)
    milliseconds = round(rest * 86_400_000)
    if days == 0 and milliseconds < 86_400_000:
        return (datetime.min + timedelta(milliseconds=milliseconds)).time()
    if not epoch_1904 and days < _FALSE_LEAP_DAY:
        days += 1
    epoch = _EPOCH_1904 if epoch_1904 else _EPOCH_1900
    try:
        return epoch + timedelta(days=days, milliseconds=milliseconds)
    except OverflowError:
        return None


def iso_date(text: str) -> Valued:
    """A stored ISO date (`t="d"`, ODF's date-value): `datetime` or `time`; the text itself where it is neither."""
    plain = text.strip().removesuffix("Z")
    try:
        if ":" in plain and "-" not in plain:
            return CellKind.DATE, time.fromisoformat(plain.removeprefix("T"))
        when = datetime.fromisoformat(plain)
    except ValueError:
        return CellKind.TEXT, text
    return CellKind.DATE, when.replace(tzinfo=None)


_LAST_CHARACTER = 0x10FFFF
_NO_CHARACTERS = (0xFFFE, 0xFFFF)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape_x(text: str) -> str:
    """`text` with OOXML's `_x001B_` escapes as the characters they stand for ("_x005F_" is "_")."""
    return _ESCAPE.sub(_escaped, text) if "_x" in text else text


def _escaped(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    # What is no character can be neither printed nor written: it stays as it was typed.
    return match.group(0) if 0xD800 <= code <= 0xDFFF or code in _NO_CHARACTERS else chr(code)


def boolean(text: str) -> Valued:
    """A stored truth value."""
    return CellKind.BOOL, text.strip().lower() in ("1", "true")


class _References(dict[str, str]):
    """What stands between "&" and ";" → its character; only what XML itself defines."""

    def __missing__(self, name: str) -> str:
        if not name.startswith("#"):
            raise ValueError(name)
        code = int(name[2:], 16) if name.startswith("#x") else int(name[1:])
        if 0xD800 <= code <= 0xDFFF or code > _LAST_CHARACTER:
            raise ValueError(name)
        character = self[name] = chr(code)
        return character


_REFERENCES = _References(amp="&", lt="<", gt=">", quot='"', apos="'")


def unescape_xml(text: str) -> str:
    """Character data as an XML parser gives it: references resolved, line ends made one.

    Raises `ValueError` for a reference that XML does not define.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in text:
        return text
    first, *others = text.split("&")
    parts = [other.partition(";") for other in others]
    return first + "".join([_REFERENCES[name] + rest for name, _, rest in parts])


_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")


def duration(text: str) -> Valued:
    """A time as OpenDocument writes it ("PT08H30M00S"); more than a day is a number of days."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return CellKind.TEXT, text
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    span = timedelta(hours=min(hours, 1e8), minutes=min(minutes, 1e10), seconds=min(seconds, 1e12))
    if span < timedelta(days=1):
        return CellKind.DATE, (datetime.min + span).time()
    return CellKind.NUMBER, span / timedelta(days=1)
