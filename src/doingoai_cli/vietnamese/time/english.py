"""English dates in Vietnamese ones' order: "12-16 March 2019", "March 12 - 16, 2019", "June 2020"."""

import re

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ENGLISH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS) + "|sept"
_DAYS = r"\d{1,2}(?:st|nd|rd|th)?(?: ?(?:-|to|đến) ?\d{1,2}(?:st|nd|rd|th)?)?"
# 12-16 March 2019, March 12 - 16, 2019, June 2020
_DAYS_ENGLISH = re.compile(rf"\b(?P<days>{_DAYS}),? (?:of )?(?P<month>{_ENGLISH})\b\.?(?:,? (?P<year>\d{{4}}))?")
_ENGLISH_DAYS = re.compile(rf"\b(?P<month>{_ENGLISH})\b\.? (?P<days>{_DAYS})\b(?:,? (?P<year>\d{{4}}))?")
_ENGLISH_MONTH = re.compile(rf"(?<!pi )\b(?P<month>{_ENGLISH})\b\.?,? (?P<year>\d{{4}})")


def _english_days(match: re.Match[str]) -> str:
    days = re.sub(r"st|nd|rd|th|(?<=\d) (?=-)|(?<=-) ", "", match["days"]).replace("to", "đến")
    return f"{days}/{_english_month(match['month'])}" + (f"/{match['year']}" if match["year"] else "")


def _english_month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))


def in_vietnamese(folded: str) -> str:
    """Folded text with English dates written as Vietnamese ones."""
    folded = re.sub(r"\bfrom (?=\d)", "từ ", folded)
    folded = _DAYS_ENGLISH.sub(_english_days, folded)
    folded = _ENGLISH_DAYS.sub(_english_days, folded)
    return _ENGLISH_MONTH.sub(lambda match: f"tháng {_english_month(match['month'])}/{match['year']}", folded)
