"""Lines within a table that part what took place from what is planned: "I. Kết quả 2019", "II. Kế hoạch 2020"."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from doingoai_cli.intake.column_numbers import is_numbers_row
from doingoai_cli.intake.direction_and_stage import stage_of
from doingoai_cli.intake.sheet import FEW, Row, sparse
from doingoai_cli.intake.titles import FormTitle, TitleLine
from doingoai_cli.model.forms import Stage
from doingoai_cli.vietnamese.text import fold

_LONG = 100
"""Characters from which on a text is no label."""
_NUMBER = r"(?:(?:phần|mục|biểu|bảng)\s*)?(?:[ivx]{1,4}|[a-h]|\d{1,2})"
_WORDS = (
    r"(?:các|danh sách|số liệu|tổng hợp|thống kê|kết quả|tình hình|kế hoạch|dự kiến|đăng kí|đăng ký|đã|thực hiện|"
    r"tổ chức|công tác|hoạt động|đoàn|ra|vào|đi|nước ngoài|quốc tế|hội nghị|hội thảo|trong năm|cho năm|của năm|"
    r"năm|và)"
)
_LABEL = re.compile(rf"\W*(?:{_NUMBER}\s*[.):/-]+)?\W*(?:{_WORDS}\W+)*(?P<year>20\d\d)\W*(?:{_WORDS}\b\W*)*")
"""Nothing but such words around one year: a delegation's name or "Theo kế hoạch năm 2019" says more."""
_DONE = re.compile(r"\bthực hiện\b")


class StagePart(NamedTuple):
    """Some rows of a table, all of one stage."""

    body: tuple[Row, ...]
    label: Row | None
    """The section row above them; None for the rows before the first one."""
    stage: Stage
    title: FormTitle
    """The label's cell with its year, or the table's own title."""


class _Label(NamedTuple):
    at: int
    line: TitleLine
    year: int
    stage: Stage | None


def stage_parts(body: Sequence[Row], title: FormTitle | None) -> tuple[StagePart, ...]:
    """A table's body, split into last year's activities and those planned for the next year; () where it is not.

    All labels must agree: two years that follow each other, what took place in the first, what is planned in the
    second; and rows before the first label must have a title that states the one or both.
    """
    labels = [label for at, row in sparse(body) if (label := _label(at, row)) is not None]
    if not labels:
        return ()
    before = tuple(body[: labels[0].at])
    leads = any(len(row.texts) > FEW and not is_numbers_row(row.texts.values()) for row in before)
    said = [(label.year, label.stage) for label in labels]
    if leads and title is not None:
        said += [(year, stage_of([title.line.text])) for year in title.years]
    stages = _stages(said)
    if not stages or not any(label.stage for label in labels):
        return ()
    ends = [*(label.at for label in labels), len(body)]
    parts = [
        StagePart(tuple(body[at + 1 : end]), body[at], stages[label.year], _title(label))
        for label, (at, end) in zip(labels, pairwise(ends), strict=True)
    ]
    if not leads:
        return (parts[0]._replace(body=(*before, *parts[0].body)), *parts[1:])
    if title is None or not title.years:
        return ()
    year = title.years[0] if len(title.years) == 1 else next(y for y in stages if y != labels[0].year)
    return (StagePart(before, None, stages[year], title._replace(years=(year,))), *parts)


def _stages(labels: Sequence[tuple[int, Stage | None]]) -> dict[int, Stage]:
    """What happens in each of two years that follow each other; {} where somebody says otherwise."""
    first = min(year for year, _ in labels)
    stages = {first: Stage.REALISED, first + 1: Stage.PLANNED}
    agree = {year for year, _ in labels} == set(stages) and all(
        stage in (None, stages[year]) for year, stage in labels
    )
    return stages if agree else {}


def _title(label: _Label) -> FormTitle:
    return FormTitle(label.line, (label.year,), label.line)


def _label(at: int, row: Row) -> _Label | None:
    col, text = list(row.texts.items())[-1]
    match = _LABEL.fullmatch(fold(text)) if len(text) < _LONG else None
    if match is None:
        return None
    stage = Stage.REALISED if _DONE.search(fold(text)) else stage_of([text])
    return _Label(at, TitleLine(row.number, col, text), int(match["year"]), stage)
