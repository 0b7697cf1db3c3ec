"""The measured table: what our commands take, as ratios against a peer that runs beside them.

    make bench            1,000 workbooks, 100,000 rows
    make bench-large      and 10,000 workbooks, 1,000,000 rows

Every number is the median of whole processes, ours and the peer's in turn, so that whatever else the machine
does strikes both. Slow peers do a part of the work and are extrapolated; the table says so.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROWS = 20  # a sheet; five sheets a workbook
PREPARE: Callable[[], object] = lambda: None  # noqa: E731


class Spent(NamedTuple):
    """One process."""

    wall: float
    cpu: float
    peak: float
    """MiB."""


@dataclass
class Comparison:
    """A line of the table: two programs run in turn."""

    work: str
    ours: list[str]
    peer_name: str
    peer: list[str] | None
    at_most: float
    stretch: float | None
    runs: int = 5
    peer_runs: int | None = None
    share: float = 1.0
    """The part of the work that the peer does; its time is divided by it."""
    before: Callable[[], object] = PREPARE
    """What is put right before each run of ours."""
    ours_spent: list[Spent] = field(default_factory=list)
    peer_spent: list[Spent] = field(default_factory=list)

    def measure(self) -> None:
        for turn in range(self.runs):
            self.before()
            self.ours_spent.append(spend(self.ours))
            if self.peer is not None and turn < (self.peer_runs or self.runs):
                self.peer_spent.append(spend(self.peer))

    @property
    def ratio(self) -> float:
        return self.seconds / self.peer_seconds

    @property
    def seconds(self) -> float:
        return statistics.median(s.wall for s in self.ours_spent)

    @property
    def peer_seconds(self) -> float:
        return statistics.median(s.wall for s in self.peer_spent) / self.share

    def line(self) -> str:
        peak = max(s.peak for s in self.ours_spent)
        met = "met" if self.ratio <= self.at_most else f"missed by {self.ratio / self.at_most:.1f} ×"
        peer = self.peer_name + (f" ({self.share:.0%} measured, extrapolated)" if self.share < 1 else "")
        runs = f"{self.runs}/{len(self.peer_spent)}"
        return (
            f"| {self.work} | {self.seconds:.2f} s, {peak:.0f} MiB | {peer} | {self.peer_seconds:.2f} s | "
            f"{said(self.ratio)} | {said(self.at_most)} | {said(self.stretch) if self.stretch else ''} | {met} | {runs} |"
        )


def said(ratio: float) -> str:
    """Ratios as people say them: 1.2 ×, 1/12."""
    return f"{ratio:.2f} ×" if ratio > 0.25 else f"1/{1 / ratio:.0f}"


def spend(command: list[str]) -> Spent:
    """Run one process to its end; findings (exit status 1) are no failure."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said_ = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1) or b"Traceback" in said_:
        sys.exit(f"{command}\n{said_.decode()}")
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


# Bytecode is kept, as in an installed program; the cache of readings lies in the bench's own folder.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
HEAD = "| work | ours | peer | peer's time | ratio | at most | stretch | | runs |\n|---|---|---|---|---|---|---|---|---|"


def ours(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "doingoai_cli", *map(str, arguments)]


def peer(python: str, name: str, *arguments: object) -> list[str]:
    return [python, str(HERE / "peers.py"), name, *map(str, arguments)]


def inbox(folder: Path, files: int) -> Path:
    """A generated inbox of so many workbooks."""
    command = [sys.executable, str(HERE / "inbox.py"), str(folder), "--files", str(files), "--rows", str(ROWS)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder / "inbox"


def small(folder: Path) -> list[Comparison]:
    """What one file, one report, one set of forms takes."""
    one = inbox(folder / "one", 1) / "00001.xlsx"
    twelve = inbox(folder / "twelve", 12)
    book, forms, form = folder / "12.xlsx", folder / "forms", folder / "form.xlsx"
    spend(ours("merge", twelve, "--out", book, "--year", 2020, "--no-cache"))
    spend(ours("new-template", "--year", 2020, "--out", form))
    roster = folder / "roster.csv"
    names = "\n".join(f"DV{n},Đơn vị sự nghiệp số {n}" for n in range(1000))
    roster.write_text(f"code,name\n{names}\n", encoding="utf-8")
    (folder / "peer").mkdir()
    light = sys.executable
    return [
        Comparison("`--version`", ours("--version"), "`import typer`", peer(light, "typer_import"), 1.1, 0.3, 15),
        Comparison("`check` of one workbook of 5 sheets, 100 rows", ours("check", one, "--year", 2020, "--no-cache"),
                   "openpyxl load_workbook", peer(light, "openpyxl_load", one), 1.2, 0.7, 11),
        Comparison("`report` with 1,200 rows in its annexes",
                   ours("report", "--year", 2020, "--from", book, "--out", folder / "r.docx"),
                   "python-docx add_row with runs", peer(light, "docx_tables", 1200, folder / "p.docx"), 1 / 3, 1 / 8),
        Comparison("`new-template` for 1,000 agencies",
                   ours("new-template", "--year", 2020, "--roster", roster, "--out", forms),
                   "openpyxl load, edit, save", peer(light, "openpyxl_stamp", form, 20, folder / "peer"), 1 / 20, 1 / 100,
                   3, share=20 / 1000),
    ]  # fmt: skip


def many(folder: Path, peers: str, files: int, runs: int) -> list[Comparison]:
    """What an inbox takes."""
    received = inbox(folder / str(files), files)
    out, rows = folder / "out.xlsx", f"{files:,} workbooks, {files * 5 * ROWS:,} rows"
    check = ours("check", received, "--year", 2020, "--no-cache", "--format", "json")
    merge = ours("merge", received, "--out", out, "--year", 2020)
    sample = max(1, min(files, 100))

    def fresh() -> None:
        out.unlink(missing_ok=True)
        shutil.rmtree(ENVIRONMENT["XDG_CACHE_HOME"], ignore_errors=True)

    def one_changed() -> None:  # the workbook stays, as on an officer's desk: his work in it is carried over
        with next(iter(sorted(received.iterdir()))).open("ab") as file:
            file.write(b"\0")

    slow = {"runs": runs, "peer_runs": 1}
    first = Comparison(f"`merge` of {rows}", merge, "pandas (openpyxl), concat, to_excel",
                       peer(peers, "pandas_openpyxl_merge", received, sample, folder / "pandas.xlsx"), 1 / 12, 1 / 25,
                       share=sample / files, before=fresh, **slow)  # fmt: skip
    second = Comparison(f"the same, pandas (calamine) + XlsxWriter instead ({rows})", merge, "pandas (calamine), XlsxWriter",
                        peer(peers, "pandas_calamine_merge", received, sample, folder / "pandas.xlsx"), 1 / 5, 1 / 10,
                        share=sample / files, before=fresh, runs=1, peer_runs=1)  # fmt: skip
    again = Comparison("second `merge` into the same workbook, one file changed", merge, "the first merge", None, 1 / 2, 1 / 4, runs,
                       before=one_changed)  # fmt: skip
    return [
        Comparison(f"`check` of {rows}, all rules", check, "python-calamine to lists, one process",
                   peer(sys.executable, "calamine_lists", received), 3, 1.5, runs),
        Comparison(f"`check` of {rows}, all rules", check, "frictionless",
                   peer(peers, "frictionless_validate", received, 10), 1 / 30, 1 / 80, share=10 / files, runs=1, peer_runs=1),
        first, second, again,
    ]  # fmt: skip


def show(comparisons: list[Comparison]) -> None:
    """Measure and print, line by line."""
    for comparison in comparisons:
        comparison.measure()
        if comparison.peer is None:  # the merge before it is its peer
            comparison.peer_spent = comparisons[comparisons.index(comparison) - 2].ours_spent
        print(comparison.line(), flush=True)


def growth(folder: Path) -> None:
    """Ten times the files: ten times the time, and how much memory."""
    times: dict[tuple[str, int], Spent] = {}
    for files in (1000, 10_000):
        received = folder / str(files) / "inbox"
        if not received.exists():
            inbox(folder / str(files), files)
        for name, command in (
            ("check", ours("check", received, "--year", 2020, "--no-cache", "--format", "json")),
            ("merge", ours("merge", received, "--out", folder / f"{files}.xlsx", "--year", 2020, "--no-cache")),
        ):
            times[name, files] = spend(command)
    for name in ("check", "merge"):
        few, lots = times[name, 1000], times[name, 10_000]
        print(
            f"| `{name}`, 1,000 → 10,000 workbooks | {few.wall:.1f} s → {lots.wall:.1f} s, {lots.peak:.0f} MiB | | | "
            f"{lots.wall / few.wall:.1f} × | 10.5 × | | | 1 |"
        )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default=sys.executable, help="a Python that has pandas and frictionless")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="also 10,000 workbooks")
    args = parser.parse_args()
    peers = str(Path(args.peers).absolute())  # not resolved: the link is what makes the environment
    with tempfile.TemporaryDirectory(prefix="doingoai-bench-") as name:
        folder = Path(name)
        ENVIRONMENT["XDG_CACHE_HOME"] = str(folder / "cache")
        os.chdir(folder)
        print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores\n\n{HEAD}", flush=True)
        show(small(folder))
        show(many(folder, peers, args.files, args.runs))
        if args.large:
            growth(folder)


if __name__ == "__main__":
    main()
