"""The measured table: what our commands take, as ratios against a peer that runs beside them.

    make bench            1,000 workbooks, 100,000 rows; some 12 minutes on two cores
    make bench-large      and 10,000 workbooks, 1,000,000 rows
    python benchmarks/run.py --peers .venv-bench/bin/python --only calamine     lines that say so

Of each program seconds by the clock, CPU seconds of all its processes, MiB of the largest one (medians); the ratio is
of the clock, those of CPU and memory beside it, each the median of the turns. `turns` says how often each ran.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from materials import ROOT, ROUND_BEGAN, Office
from measuring import ENVIRONMENT, HEAD, Line, measure
from work import Table, checks, large, merges, small


def chosen(tables: Iterator[Table], text: str) -> Iterator[Table]:
    """The lines whose work or peer says so."""
    for lines, turns in tables:
        found = [line for line in lines if text.casefold() in title(line).casefold()]
        if found:
            yield Table(found, turns)


def title(line: Line) -> str:
    return f"{line.work} : {line.peer or 'memory alone'}"


def every(office: Office, with_large: bool) -> Iterator[Table]:
    for group in (small, checks, merges, *([large] if with_large else [])):
        yield from group(office)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default=sys.executable, help="a Python that has pandas and frictionless")
    parser.add_argument("--files", type=int, default=1000, help="workbooks of the large inbox")
    parser.add_argument("--turns", type=int, help="instead of each line's own number")
    parser.add_argument("--before", default=ROUND_BEGAN, metavar="COMMIT", help="the build that is a peer")
    parser.add_argument("--large", action="store_true", help="also ten times the workbooks")
    parser.add_argument("--only", default="", metavar="TEXT", help="only lines whose work or peer says this")
    args = parser.parse_args()
    peers = str(Path(args.peers).absolute())  # not resolved: the link is what makes the environment
    with tempfile.TemporaryDirectory(prefix="doingoai-bench-") as name:
        office = Office(Path(name), peers, args.files, args.before)
        tables = list(chosen(every(office, args.large), args.only))
        if not tables:
            titles = (title(line) for table in every(office, args.large) for line in table.lines)
            sys.exit(f"No line says {args.only!r}. The lines:\n" + "\n".join(titles))
        ENVIRONMENT["XDG_CACHE_HOME"] = str(office.folder / "cache")
        os.chdir(office.folder)
        print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores\n\n{HEAD}", flush=True)
        office.warm(ROOT / "src")
        for lines, turns in tables:
            measure(lines, args.turns or turns)


if __name__ == "__main__":
    main()
