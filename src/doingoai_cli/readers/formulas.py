"""Moving a formula from one cell to another, as filling down does (công thức dùng chung)."""

import re
from functools import lru_cache

from doingoai_cli.model.grid import column_letters, column_number

# Text and sheet names in quotes come first, so that nothing inside them is taken for a reference. A name that
# only looks like a reference goes on with a letter, a digit, a dot, a bracket or "!" (LOG10(…), A1B, T1.x, X1!A1).
_TOKEN = re.compile(
    r"""("(?:[^"]|"")*"|'(?:[^']|'')*')"""
    r"""|(?<![\w.$\[])(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})(?![\w.(!\[])"""
    r"""|(?<![\w.$:\[])(\$?)([A-Z]{1,3}):(\$?)([A-Z]{1,3})(?![\w.(!:\[$])"""
    r"""|(?<![\w.$:\[])(\$?)([1-9]\d{0,6}):(\$?)([1-9]\d{0,6})(?![\w.(!:\[$])"""
)


@lru_cache(maxsize=4096)  # a shared formula is moved once a row
def shifted(formula: str, rows: int, cols: int) -> str:
    """`formula` (without "=") as it reads `rows` further down and `cols` further right; "$" holds a reference.

    A reference that would leave the sheet becomes "#REF!".
    """

    def move(match: re.Match[str]) -> str:
        quoted, col_fix, col, row_fix, row, *whole = match.groups()
        if quoted is not None:
            return quoted
        if col is not None:
            return _joined(_moved_col(col_fix, col, cols), _moved_row(row_fix, row, rows), "")
        left_fix, left, right_fix, right, top_fix, top, bottom_fix, bottom = whole
        if left is not None:
            return _joined(_moved_col(left_fix, left, cols), _moved_col(right_fix, right, cols), ":")
        return _joined(_moved_row(top_fix, top, rows), _moved_row(bottom_fix, bottom, rows), ":")

    return _TOKEN.sub(move, formula)


def _joined(first: str | None, second: str | None, between: str) -> str:
    return "#REF!" if first is None or second is None else first + between + second


def _moved_col(fix: str, letters: str, by: int) -> str | None:
    col = column_number(letters) + (0 if fix else by)
    return fix + column_letters(col) if 1 <= col <= 16_384 else None


def _moved_row(fix: str, digits: str, by: int) -> str | None:
    row = int(digits) + (0 if fix else by)
    return f"{fix}{row}" if 1 <= row <= 1_048_576 else None
