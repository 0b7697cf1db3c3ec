"""The ledger of a consolidated workbook (Nhật ký) read back: when each file came, by its digest."""

from collections.abc import Iterator

from doingoai_cli.consolidate.arrival import KnownArrival, arrival_in_ledger
from doingoai_cli.consolidate.workbook.lists import DIGEST_HEADING, FILE_HEADING, ORDER_HEADING, RECEIVED_HEADING
from doingoai_cli.consolidate.workbook.read_cells import by_row, text_of
from doingoai_cli.model.grid import Grid
from doingoai_cli.vietnamese.text import key

_HEADINGS = {key(heading): heading for heading in (FILE_HEADING, RECEIVED_HEADING, ORDER_HEADING, DIGEST_HEADING)}
_DIGEST = 64


def read_ledger(grid: Grid) -> Iterator[KnownArrival]:
    """The lines of the ledger's grid that name a digest and say when its file came."""
    columns: dict[str, int] = {}
    for cells in by_row(grid).values():
        texts = {col: text_of(cell) for col, cell in cells.items()}
        if not columns:
            found = {_HEADINGS[key(text)]: col for col, text in texts.items() if key(text) in _HEADINGS}
            columns = found if len(found) == len(_HEADINGS) else {}
            continue
        said = {heading: texts.get(col, "") for heading, col in columns.items()}
        digest = said[DIGEST_HEADING].strip().lower()
        arrival = arrival_in_ledger(said[FILE_HEADING], said[RECEIVED_HEADING], said[ORDER_HEADING])
        if len(digest) == _DIGEST and arrival is not None:
            yield KnownArrival(digest, arrival)
