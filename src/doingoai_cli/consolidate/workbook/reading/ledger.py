"""The ledger of a consolidated workbook (Nhật ký) read back: when each file came, by its digest."""

from collections.abc import Iterator

from doingoai_cli.consolidate.arrival import KnownArrival, arrival_in_ledger
from doingoai_cli.consolidate.workbook.lists import DIGEST_HEADING, FILE_HEADING, ORDER_HEADING, RECEIVED_HEADING
from doingoai_cli.consolidate.workbook.read_cells import list_lines
from doingoai_cli.model.grid import Grid
from doingoai_cli.vietnamese.text import key

_HEADINGS = {key(heading): heading for heading in (FILE_HEADING, RECEIVED_HEADING, ORDER_HEADING, DIGEST_HEADING)}
_DIGEST = 64


def read_ledger(grid: Grid) -> Iterator[KnownArrival]:
    """The lines of the ledger's grid that name a digest and say when its file came."""
    for _, _, _, said, _ in list_lines(grid, _HEADINGS, key, len(_HEADINGS)):
        file, received, order, digest = (said.get(heading, "") for heading in _HEADINGS.values())
        arrival = arrival_in_ledger(file, received, order)
        if len(digest) == _DIGEST and arrival is not None:
            yield KnownArrival(digest.lower(), arrival)
