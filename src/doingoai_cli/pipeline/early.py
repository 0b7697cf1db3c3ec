"""Processes begun before there is work for them (khởi động sớm), where none can be forked: on Windows.

A fresh interpreter takes as long to load what reads and checks files as the one that begins it. So both load at
the same time; that one has forms, roster and rules to look up besides.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from doingoai_cli import pipeline
from doingoai_cli.pipeline.cores import FILES_WORTH_SHARING, cores, start_method

if TYPE_CHECKING:
    from doingoai_cli.pipeline.workers import WorkerPool


@contextmanager
def readers_begun(
    paths: Iterable[str], scheduler: str | None = None, *, known: bool = False
) -> Iterator["WorkerPool | None"]:
    """A pool for `open_inbox` to read `paths` with; None where it begins its own, or needs none.

    `known`: nearly all of them were read before, and the cache holds what they say.
    """
    if scheduler is not None or known or start_method() == "fork" or cores() == 1 or not _are_many(paths):
        yield None
        return
    pool = pipeline.workers.start_pool(None, cores())
    if pool is None:
        yield None
        return
    done = False
    try:
        for _ in range(pool.workers):
            pool.submit(load_readers, ())
        yield pool
        done = True
    finally:
        pool.close(abort=not done)


def _are_many(paths: Iterable[str]) -> bool:
    files = 0
    for path in paths:
        files += not os.path.isdir(path)  # noqa: PTH112 - a path that cannot be one is told of later
        for _, _, names in os.walk(path):
            files += len(names)
            if files >= FILES_WORTH_SHARING:
                return True
    return files >= FILES_WORTH_SHARING


def load_readers(_jobs: Sequence[object]) -> list[object]:
    """In a worker: what reading and checking takes."""
    from doingoai_cli.pipeline import reading  # noqa: F401

    return []
