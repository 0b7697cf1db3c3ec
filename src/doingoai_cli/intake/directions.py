"""Lines within a table that turn it to the other direction (đoàn ra, đoàn vào): "II. ĐOÀN VÀO", "Mẫu 01.B"."""

import re
from collections.abc import Sequence
from itertools import takewhile

from doingoai_cli.intake import other_rows
from doingoai_cli.intake.direction_and_stage import direction_of
from doingoai_cli.intake.known_forms import KnownForms
from doingoai_cli.intake.sheet import FEW, Row
from doingoai_cli.intake.titles import TitleLine
from doingoai_cli.model.forms import Direction
from doingoai_cli.vietnamese.text import fold

BOTH = (Direction.OUT, Direction.IN)
_LABEL = re.compile(
    r"\W*(?:(?:phần|mục|biểu|mẫu|bảng|phụ lục)\s*(?:số\s*)?)?"
    r"(?:(?:[ivx]{1,4}|[a-h]|\d{1,2})(?:\s*[.):/-]+\s*|\s+))?\W*"
    r"(?:(?:mục|phần|danh sách|bảng|biểu|tổng hợp|thống kê|kết quả|tình hình|số liệu|kế hoạch|dự kiến|các)\s+)*"
    r"(?:đoàn (?:ra|vào)\b(?! nước)|đoàn khách\W*$|"
    r"đoàn (?:khách|đi|ra)? ?(?:nước ngoài|quốc tế)\W*(?:$|[:(]|(?:trong )?năm|đã|đến|vào))"
)
"""A section's title; what goes on behind is a delegation's name ("Đoàn ra nước ngoài học tập")."""


def is_label(text: str) -> bool:
    """Whether a text heads the delegations of one direction ("(2) Đoàn vào", "II. Đoàn khách nước ngoài")."""
    return _LABEL.match(fold(text)) is not None


def code_of(text: str, forms: KnownForms) -> str | None:
    """The form that a line names by its code ("Mẫu 01.B"): a number alone may be a page's."""
    return forms.titles.printed_code(text) if text[:1].isalpha() else None


def is_nil_return(rows: Sequence[Row], forms: KnownForms) -> bool:
    """Whether a form's whole title and "Không có" follow (`nil_returns`)."""
    few = takewhile(lambda row: len(row.texts) <= FEW, rows)
    lines = [TitleLine(row.number, col, text) for row in few for col, text in row.texts.items()]
    nil = any(other_rows.says_nothing_to_declare(line.text) for line in lines)
    return nil and bool(forms.titles.vote(lines).own)


def turns(row: Row, direction: Direction | None, forms: KnownForms) -> bool:
    """Whether a row of few cells names the other direction, as a title or a code does and no delegation's name."""
    if direction not in BOTH:
        return False
    text = " ".join(row.texts.values())
    if (code := code_of(text, forms)) is not None:
        return any(spec.form == code and spec.direction in BOTH and spec.direction is not direction
                   for spec in forms.catalogue.specs)  # fmt: skip
    says = direction_of([text])
    if says not in BOTH or says is direction:
        return False
    return other_rows.is_count_line(text) or is_label(text)
