"""Findings as CSV that opens right in Excel (UTF-8 with BOM)."""

from collections.abc import Iterator

from doingoai_cli.csvfile import BOM, csv_text
from doingoai_cli.feedback.formats import PLAIN, Surroundings
from doingoai_cli.model.findings import Finding
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
    return BOM + csv_text([[label for label, _ in _COLUMNS], *map(_row, outcome.findings)])


def _row(finding: Finding) -> Iterator[object]:
    yield finding.severity.word
    told = [getattr(finding, field) for _, field in _COLUMNS[1:-1]]
    reason = finding.waived.reason if finding.waived else ""
    yield from (clean(value) if isinstance(value, str) else value for value in (*told, reason))
