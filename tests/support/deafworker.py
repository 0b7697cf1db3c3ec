"""A worker whose own clock is not heard: what it announces is all that anybody knows of it."""

import os
import time
from collections.abc import Sequence

from doingoai_cli.pipeline import watchdog
from doingoai_cli.readers.limits import MIB, FileBounds


def deaf(jobs: Sequence[str]) -> list[str]:
    """The jobs themselves; one never ends, one takes more and more memory."""
    for job in jobs:
        watchdog.announce_name(job)
        watchdog.announce(FileBounds(seconds=0.2 if job == "spins" else 60, memory_bytes=48 * MIB))
        while job == "spins":
            pass
        held = b""
        while job == "hoards" and len(held) < 300 * MIB:
            held += os.urandom(MIB // 2)
            time.sleep(0.01)
        watchdog.announce(None)
    return list(jobs)
