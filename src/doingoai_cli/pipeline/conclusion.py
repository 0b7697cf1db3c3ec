"""The findings of a run (kết quả kiểm tra): those of its files with those across them, as the command asked."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from doingoai_cli import messages
from doingoai_cli.checks.engine import check_across, conclude
from doingoai_cli.checks.pack import Pack
from doingoai_cli.errors import DoingoaiError
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.packed import PackedRecords
from doingoai_cli.model.run import Run
from doingoai_cli.pipeline.beside import Begin, map_in_halves
from doingoai_cli.pipeline.inbox_files import Request
from doingoai_cli.pipeline.reading import map_over_forms

if TYPE_CHECKING:
    from doingoai_cli.checks.waivers import Waivers

_WORTH_A_PROCESS = 3000
"""Rows from which on the rules across files take longer than beginning a process for them."""


def begin_conclusion(
    run: Run,
    pack: Pack,
    of_files: Sequence[Finding],
    waivers: "Waivers | None",
    request: Request,
    begin: Begin,
) -> Callable[[], tuple[Finding, ...]]:
    """A function that gives the findings of a run.

    A merge asks late: what is across files is looked for meanwhile. Else both cores look for it.
    """
    pays, late = _pays(run), request.target is not None
    each = map_in_halves if pays and not late else map_over_forms(run.submissions)
    across = begin(partial(check_across, run, pack, each), beside=pays and late)

    @cache  # findings are asked for four times: saves 0.35 s of a merge of 4,000 rows
    def found() -> tuple[Finding, ...]:
        return tuple(f for f in conclude(run, pack, of_files, across(), waivers) if _wanted(f.code, request))

    if not late:
        found()
    return found


def _pays(run: Run) -> bool:
    """Whether one process for all forms is worth while; where records are packed each form has its own."""
    tables = [table for submission in run.submissions for table in submission.tables]
    if any(isinstance(table.records, PackedRecords) for table in tables):
        return False
    return sum(len(table.records) for table in tables) >= _WORTH_A_PROCESS


def check_codes(request: Request, pack: Pack) -> None:
    """DoingoaiError for a code that `--select` or `--ignore` names and the pack does not have."""
    for code in (*request.select, *request.ignore):
        if not any(known.startswith(code.upper()) for known in pack.rules):
            raise DoingoaiError(messages.UNKNOWN_CODE.format(code=code, pack=pack.id))


def _wanted(code: str, request: Request) -> bool:
    def named(codes: tuple[str, ...]) -> bool:
        return any(code.startswith(prefix.upper()) for prefix in codes)

    return (not request.select or named(request.select)) and not named(request.ignore)
