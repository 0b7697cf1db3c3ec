"""Whether the texts of one column changed places among its records, or were typed over one by one.

A text that another record had alone has changed places where its own row has it no longer; typed once more, it
stands in both rows.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.workbook.row_digests import BLANK

_FEW = 3
"""The fewest texts that make a sort: two that changed places are a correction."""
_TELLING = 8
"""The fewest different texts of a column in which a block of three rows is no chance."""
_MOST, _HALF = 0.8, 0.5
"""The share of a column, and of a run of rows, that went elsewhere: officers edit beside what they sorted."""
_NEAR = 2
"""Rows from one changed row to the next of its run."""
_IN_ORDER = 5
"""Rows below each other with texts of a filter's rows, which are not below each other but in order."""


class Change(NamedTuple):
    """A cell that says something else than before: row, record, what it says, what it said."""

    number: int
    record_id: str
    said: bytes
    old: bytes


def are_mixed(changes: Sequence[Change], written: Mapping[str, bytes], rows_of: Mapping[str, int]) -> bool:
    """Whether texts changed places: the column says the same as before, in other rows.

    Officers edit beside what they sorted, and what they type may stand elsewhere: of texts that one record alone
    had, most have left their own rows, in all of the column or in rows near each other, or a few records have each
    other's all round. In a column that says something else in every row, so does a block that was pasted.
    `written`: record → what the column said of it; `rows_of`: record → the row in which it stands now.
    """
    now, was = Counter(c.said for c in changes), Counter(c.old for c in changes)
    del now[BLANK], was[BLANK]
    shared = (now & was).total()
    if shared >= _FEW and shared >= _MOST * max(now.total(), was.total()):
        return True
    uses = Counter(written.values())
    owners = {said: record_id for record_id, said in written.items() if said != BLANK and uses[said] == 1}
    taken = {c.number: (c.record_id, owners[c.said]) for c in changes if c.said in owners}
    if len({owner for _, owner in taken.values()}) < _FEW:
        return False
    changed = {c.record_id for c in changes}
    left = {n: rows_of.get(of) for n, (_, of) in taken.items() if of in changed or of not in rows_of}
    if (
        (len(left) >= _FEW and len(left) >= _MOST * len(taken))
        or _in_rings(dict(taken.values())) >= _FEW
        or _within_runs(taken, left)
    ):
        return True
    telling = len(uses) >= _TELLING and len(owners) >= _MOST * uses.total()
    return telling and _pasted({n: rows_of[of] for n, (_, of) in taken.items() if of in rows_of})


def _within_runs(taken: Collection[int], left: Mapping[int, int | None]) -> bool:
    """Whether rows near each other, most of them, have texts that went from among them."""
    run: list[int] = []
    for number in [*sorted(taken), None]:
        if run and (number is None or number - run[-1] > _NEAR):
            inside = sum(run[0] <= (left.get(n) or 0) <= run[-1] for n in run)
            if inside >= _FEW and inside >= _HALF * len(run):
                return True
            run = []
        if number is not None:
            run.append(number)
    return False


def _in_rings(taken: Mapping[str, str]) -> int:
    """How many records have each other's texts, all round: edits leave a text over, a sort does not."""
    seen: set[str] = set()
    count = 0
    for at in taken:
        way: dict[str, int] = {}
        while at in taken and at not in seen:
            seen.add(at)
            way[at] = len(way)
            at = taken[at]
        if at in way:
            count += len(way) - way[at]
    return count


def _pasted(came_from: Mapping[int, int]) -> bool:
    """Whether a block was pasted: rows below each other hold texts of rows below each other, or of a filter."""
    whole = in_order = 0
    for number, origin in sorted(came_from.items()):
        above = came_from.get(number - 1, origin)
        whole = whole + 1 if above == origin - 1 else 1
        in_order = in_order + 1 if above < origin else 1
        if whole >= _FEW or in_order >= _IN_ORDER:
            return True
    return False


def moved_together(moves: Iterable[tuple[int, int]]) -> set[int]:
    """The rows of a column, of (row, row from which its text went), whose texts moved by as many rows.

    Two such rows are two edits by chance where the column has more moves than twice as many, and none beside it.
    """
    came_from = dict(moves)
    steps: dict[int, list[int]] = {}
    for number, origin in came_from.items():
        steps.setdefault(origin - number, []).append(number)
    return {
        number
        for numbers in steps.values()
        if len(numbers) >= _FEW
        or (len(numbers) == _FEW - 1 and (abs(numbers[0] - numbers[1]) == 1 or len(came_from) <= 2 * len(numbers)))
        for number in numbers
    }
