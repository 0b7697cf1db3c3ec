"""Which part of a year a file reports on (kỳ báo cáo), by its folder or by the command line."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.sources import STEP
from doingoai_cli.pipeline.workspace import Workspace
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod, period_of_code
from doingoai_cli.vietnamese.time.stated_periods import folder_periods, whole_period

if TYPE_CHECKING:  # whoever wants a day has no files before him
    from doingoai_cli.model.submissions import Submission

_UNKNOWN = (
    "Không hiểu kỳ “{text}” của --period; ví dụ: 2020-08 (tháng), 2020-Q3 (quý), 2020-H1 (6 tháng), 2020-9M."
)


def period_of_option(text: str) -> ReportingPeriod:
    """The period that `--period` names; DoingoaiError where it names none."""
    stated = whole_period(text)
    named = period_of_code(text) or (stated.of_year(stated.year) if stated and stated.year else None)
    if named is None:
        raise DoingoaiError(_UNKNOWN.format(text=text))
    return named


def with_periods(
    submissions: "Sequence[Submission]", option: str | None, workspace: Workspace
) -> "tuple[tuple[Submission, ...], list[str]]":
    """The files with the period that the option, else their folder, states; and where a title says another.

    A title's own period stands; `Submission.period` speaks for the tables whose titles state none.
    """
    named = period_of_option(option) if option else None
    base = (workspace.folder or Path()).absolute()
    found: list[Submission] = []
    notices: list[str] = []
    of_folder: dict[str, ReportingPeriod | None] = {}
    for submission in submissions:
        path = submission.path.partition(STEP)[0]  # of a lower level's workbook the folder that it lies in
        folder = path.replace("\\", "/").rpartition("/")[0]
        if folder not in of_folder:
            of_folder[folder] = named or next(folder_periods(_inside(path, base)), None)
        period = of_folder[folder]
        if submission.through and submission.period:
            period = submission.period
        placed = replace(submission, period=period) if period else submission
        found.append(placed)
        if period:
            notices += _doubts(placed, period, "--period" if named else "thư mục")
    return tuple(found), [*dict.fromkeys(notices)]  # of a file's agencies once


def _doubts(submission: "Submission", period: ReportingPeriod, where: str) -> Iterator[str]:
    """What is to be said where a title states another period, or some forms are of another year."""
    own = {t.period.label for t in submission.tables if t.period is not None and t.period != period}
    if own:
        titled = ", ".join(sorted(own))
        yield f"{submission.path}: tiêu đề ghi {titled}, {where} ghi {period.label}; tính theo tiêu đề."
    filled = {t.form: submission.period_of(t) for t in submission.tables if t.records}
    whole = [form for form, of_form in filled.items() if of_form.whole]
    part, rest = ", ".join(form for form in filled if form not in whole), ", ".join(whole)
    if whole and not part:
        yield (
            f"{submission.path}: {where} ghi {period.label}, nhưng mẫu {rest} là của năm khác nên tính cả năm. "
            "Kiểm tra lại kỳ và --year."
        )
    elif whole:
        yield (
            f"{submission.path}: {where} ghi {period.label}, chỉ áp dụng cho mẫu {part}; mẫu {rest} của "
            "năm khác tính cả năm. Nếu đây là báo cáo năm thì không đặt trong thư mục theo kỳ."
        )


def _inside(path: str, base: Path) -> str:
    """The path from the workspace on, however it was named; as it was given where it lies outside."""
    full = Path(path).absolute()
    return full.relative_to(base).as_posix() if full.is_relative_to(base) else path


def parse_day(text: str | None) -> date:
    """`--date` (2019-10-01), or today; DoingoaiError for anything that is no date."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DoingoaiError(f"Ngày “{text}” không hợp lệ; viết dạng 2019-10-01.") from error
