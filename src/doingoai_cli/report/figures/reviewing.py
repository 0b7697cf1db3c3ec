"""How far the plan has been reviewed (thẩm định): which opinion its rows have, and which have none."""

from collections.abc import Iterator

from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.counting import NO_OPINION, OTHER_OPINION, stated_opinion
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.opinions import Opinion
from doingoai_cli.report.figures.measures import Rows

OPEN = "open"
OPINIONS = {
    "agreed": Opinion.AGREED.value,
    "adjust": Opinion.ADJUST.value,
    "refused": Opinion.REFUSED.value,
    "uncounted": Opinion.UNCOUNTED.value,
    "other": OTHER_OPINION,
    OPEN: NO_OPINION,
}
"""Id and name, in the order in which they are stated."""
RARE = frozenset({"uncounted", "other"})
"""Stated only where there are such rows."""


def is_agreed(row: ConsolidatedRow) -> bool:
    """Whether an officer agreed to a row."""
    return row.review.stated is Opinion.AGREED


def is_open(row: ConsolidatedRow, catalogue: FormCatalogue) -> bool:
    """Whether a row of a plan has no opinion yet."""
    return catalogue.is_planned(row.record) and stated_opinion(row.review.opinion) == NO_OPINION


def by_opinion(rows: Rows) -> Iterator[tuple[str, str, Rows]]:
    """Id, name and rows of each opinion; every row stands under one."""
    for opinion, name in OPINIONS.items():
        yield opinion, name, tuple(row for row in rows if stated_opinion(row.review.opinion) == name)
