"""The garbage collector at rest (bộ dọn rác) while values are made by the hundred thousand.

Cells, records and findings are frozen and hold no cycles: looking for cycles among them again and again costs
more than reading them.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """No garbage collection meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
