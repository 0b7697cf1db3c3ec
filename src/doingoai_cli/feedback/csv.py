"""Findings as CSV that opens right in Excel (UTF-8 with BOM)."""

import csv
import io

from doingoai_cli.feedback.formats import PLAIN, Surroundings
from doingoai_cli.model.outcome import Outcome
from doingoai_cli.vietnamese.text import clean

_COLUMNS = (
    ("Mức độ", "severity"),
    ("Mã", "code"),
    ("Cơ quan", "agency"),
    ("Tệp", "file"),
    ("Trang tính", "sheet"),
    ("Ô", "cell"),
    ("Dòng", "row"),
    ("Mẫu", "form"),
    ("TT", "ordinal"),
    ("Trường", "field"),
    ("Giá trị", "value"),
    ("Nội dung", "message"),
    ("Cách sửa", "fix"),
    ("Căn cứ", "citation"),
    ("Miễn trừ", "waived"),
)


def to_csv(outcome: Outcome, _around: Surroundings = PLAIN) -> str:
    """One line per finding, with a heading; begins with a byte order mark."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([label for label, _ in _COLUMNS])
    for finding in outcome.findings:
        reason = finding.waived.reason if finding.waived else ""
        told = (getattr(finding, field) for _, field in _COLUMNS[1:-1])
        writer.writerow([finding.severity.word, *map(_safe, told), _safe(reason)])
    return buffer.getvalue()


def _safe(value: object) -> object:
    """Text that Excel would run as a formula gets an apostrophe before it, as Excel itself would show it."""
    if not isinstance(value, str):
        return "" if value is None else value
    text = clean(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
