"""References to documents (số, ngày văn bản): "Báo cáo số 123/BC-SYT ngày 15/8/2019"."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from doingoai_cli.vietnamese.text import clean, fold, plain_dashes
from doingoai_cli.vietnamese.time.tokens import in_vietnamese


class DocumentRef(NamedTuple):
    """A document named in a cell; `number` and `date` are None where the cell does not give them in full."""

    text: str
    number: str | None
    date: date | None

    @property
    def is_complete(self) -> bool:
        """Whether both the number and the full date are given (seed 000, note (10) of form 01.A)."""
        return self.number is not None and self.date is not None


@lru_cache(maxsize=16384)  # saves 0.04 s
def read_document(text: str) -> DocumentRef:
    """The first number and the first full date (day, month and year) in a reference to a document (TH04)."""
    text = clean(text)
    flat = plain_dashes(text.replace("\n", " "))
    return DocumentRef(text, _number(flat), next(_dates(in_vietnamese(fold(flat))), None))


_SYMBOL = r"[^\W\d_][\w&]*(?:\.\w+)*(?:\s?[-/]\s?[^\W\d_][\w&]*(?:\.\w+)*)*"
# The number with its symbol: 123/BC-SYT, 45 /BC-SNgV, 12/2019/QĐ-UBND; 07-BC/TU in Party offices.
_NUMBER = re.compile(
    rf"(?<![\w/.])\d+[a-zđ]?\s?(?:/\s?(?:19|20)\d\d\s?)?"
    rf"(?:/\s?(?!(?:ngày|tháng|năm)\b){_SYMBOL}|\s?-\s?[^\W\d_]+\s?/\s?{_SYMBOL})",
    re.IGNORECASE,
)
# "Báo cáo số 45 ngày 20/3/2019", "BC 45, 20/3/2019": without a symbol it stands after "số" or its kind.
_BARE_NUMBER = re.compile(
    r"\b(?:số|báo cáo|công văn|tờ trình|quyết định|thông báo|bc|cv|ttr|qđ|tb)\s?[:.]?\s?"
    r"(\d+)(?!\s?[/.-]\s?\d|\d|\s?tháng\b)",
    re.IGNORECASE,
)


def _number(text: str) -> str | None:
    if match := _NUMBER.search(text):
        return match[0]
    match = _BARE_NUMBER.search(text)
    return match[1] if match else None


_DATE = re.compile(
    r"(?:(?<!\w)|(?<=ngày))(?<!\d[/.-])(?:"  # not of "CAT-PA01 tháng 6/2019"
    r"(?P<y1>(?:19|20)\d\d)[/-](?P<m1>\d{1,2})[/-](?P<d1>\d{1,2})(?!\d)"
    r"|(?P<d2>\d{1,2})\s?[/.-]\s?(?P<m2>\d{1,2})(?:\s?[/.-]\s?|,?\s*năm\s*)(?P<y2>\d{4}|\d{2})(?![\d/])"
    r"|(?P<d3>\d{1,2})\s*/?\s*tháng\s*(?P<m3>\d{1,2})\s*[,/]?\s*(?:năm\s*)?(?P<y3>\d{4})(?!\d))",
    re.IGNORECASE,
)
# The dates of the trip that a report is about are not the report's own.
_OF_THE_TRIP = re.compile(r"\b(?:từ|đến)\s+(?:hết\s+)?(?:ngày\s+)?$", re.IGNORECASE)


def _dates(text: str) -> Iterator[date]:
    """The full dates in `text`, those that no calendar has left out."""
    for match in _DATE.finditer(text):
        day, month, year = (int(match[f"{part}1"] or match[f"{part}2"] or match[f"{part}3"]) for part in "dmy")
        if _OF_THE_TRIP.search(text[: match.start()]):
            continue
        try:
            yield date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            continue
