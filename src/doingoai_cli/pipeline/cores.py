"""How many processes pay (số tiến trình): known without what reads and checks files, which takes long to load."""

import os
import sys

FILES_WORTH_SHARING = 12 if sys.platform == "linux" else 60
"""Files from which on starting processes pays; where they cannot be forked they cost more."""
START_METHOD = "DOINGOAI_START_METHOD"
"""The variable of the environment that names another way to start processes: "spawn" as on Windows."""


def start_method() -> str:
    """fork starts in 10 ms where it is safe; elsewhere a fresh interpreter imports what it needs."""
    return os.environ.get(START_METHOD) or ("fork" if sys.platform == "linux" else "spawn")


def cores() -> int:
    """How many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
