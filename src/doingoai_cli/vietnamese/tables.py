"""The tables of names under `data/`: tab-separated, one class or code a line, names separated by "|"."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def rows(file_name: str) -> Iterator[list[str]]:
    """The cells of each line of `data/<file_name>`; lines that begin with "#" are comments."""
    for line in (_DATA / file_name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache  # a table: built once
def names(file_name: str) -> dict[str, tuple[str, ...]]:
    """The two-column tables: code or class -> its names, in the file's order; a class may have several lines."""
    table: dict[str, tuple[str, ...]] = {}
    for head, listed in rows(file_name):
        table[head] = (*table.get(head, ()), *listed.split("|"))
    return table
