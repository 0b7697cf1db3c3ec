"""How many processes pay (số tiến trình): known without what reads and checks files, which takes long to load."""

import os


def cores() -> int:
    """How many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
