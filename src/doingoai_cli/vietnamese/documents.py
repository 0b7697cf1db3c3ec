"""References to documents (số, ngày văn bản): "Báo cáo số 123/BC-SYT ngày 15/8/2019"."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.text import clean, fold


class DocumentRef(NamedTuple):
    """A document named in a cell; `number` and `date` are None where the cell does not give them in full."""

    text: str
    number: str | None
    date: date | None

    @property
    def is_complete(self) -> bool:
        """Whether both the number and the full date are given (seed 000, note (10) of form 01.A)."""
        return self.number is not None and self.date is not None


# A number with its symbol: 123/BC-SYT, 12/BC, 45 /BC-SNgV, 436/UBND-NgV, 12/2019/QĐ-UBND, 07-BC/TU (Party).
_SYMBOL = r"[^\W\d_][\w&.]*(?:\s?[-/]\s?[^\W\d_][\w&.]*)*"
_NUMBER = re.compile(
    rf"(?<![\w/.-])\d+[a-zđ]?\s?(?:/\s?(?:19|20)\d\d\s?)?[/-]\s?(?!(?:ngày|tháng|năm)\b){_SYMBOL}"
)
# "số 45 ngày 20/3/2019", "BC 45, 20/3/2019": a number without a symbol stands after its kind or "số".
_BARE_NUMBER = re.compile(
    r"(?:\bsố|\b(?:báo cáo|công văn|tờ trình|quyết định|thông báo|bc|cv|ttr|qđ|tb))\s?[:.]?\s?(\d+)(?![\d/.-])"
)
_NUMERIC_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})(?![\d/])")
_ISO_DATE = re.compile(r"(?<![\d/.-])(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_SPOKEN_DATE = re.compile(
    r"(?<![\d/])(\d{1,2})\s?(?:/\s?)?tháng (\d{1,2})\s?[,/]?\s?(?:năm )?(\d{4})(?!\d)|"
    r"(?<![\d/])(\d{1,2})\s?[/.-]\s?(\d{1,2}),? năm (\d{4})(?!\d)"
)


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _dates(text: str) -> list[date]:
    found = [_date(m[1], m[3], m[4]) for m in _NUMERIC_DATE.finditer(text)]
    found += [_date(m[3], m[2], m[1]) for m in _ISO_DATE.finditer(text)]
    found += [_date(m[1] or m[4], m[2] or m[5], m[3] or m[6]) for m in _SPOKEN_DATE.finditer(text)]
    return [d for d in found if d is not None]


@lru_cache(maxsize=16384)
def read_document(text: str) -> DocumentRef:
    """The first number and the first full date (day, month and year) in a reference to a document (TH04)."""
    text = clean(text)
    folded = fold(text)
    number = _NUMBER.search(folded) or _BARE_NUMBER.search(folded)
    dates = _dates(folded)
    return DocumentRef(text, number[0] if number else None, dates[0] if dates else None)
