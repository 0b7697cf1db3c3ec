"""Days as options give them (ngày)."""

from datetime import date

from doingoai_cli.errors import DoingoaiError


def parse_day(text: str | None) -> date:
    """`--date` (2019-10-01), or today; DoingoaiError for anything that is no date."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DoingoaiError(f"Ngày “{text}” không hợp lệ; viết dạng 2019-10-01.") from error
