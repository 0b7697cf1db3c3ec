"""Programs run in turn as whole processes, and what one takes against another.

All programs of a table run once, then all again, and so on, so that whatever else the machine does strikes all. A
ratio is the median of the ratios of the turns. Slow peers do a part of the work and are extrapolated: what they take
with nothing to do (imports) is counted once, the rest divided by the part.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

# Bytecode is stored, as in an installed program, and our imports come from where a build's command says.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")}
Step = Callable[[], object]
HEAD = (
    "| work | ours | peer | peer takes | ratio | CPU ratio | memory ratio | at most | stretch | | turns |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|"
)


class Missing(Exception):  # noqa: N818 - no error: the line is left out, loudly
    """What a line needs is not on this machine; says what to do."""


class Spent(NamedTuple):
    """One process with all that it started: seconds by the clock and of CPU, MiB of the largest process."""

    wall: float
    cpu: float
    peak: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s, CPU {self.cpu:.2f} s, {self.peak:.0f} MiB"


def spend(command: Sequence[str], **environment: str) -> Spent:
    """Run one process to its end; findings (exit status 1) are no failure, all else ends the benchmark."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env={**ENVIRONMENT, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1) or b"Traceback" in errors:
        sys.exit(f"{command}\n{errors.decode()}")
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@dataclass
class Program:
    """A command that lines of the table speak of."""

    command: Sequence[str]
    name: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    prepare: Step = lambda: None
    """Done once, before anything is measured. May raise `Missing`."""
    before: Step = lambda: None
    """Done right before each run."""
    part: float = 1.0
    """The part of the work that it does."""
    idle: Sequence[str] = ()
    """The same with nothing to do, where it does a part."""
    spent: list[Spent] = field(default_factory=list)

    def finish(self) -> Spent:
        """Run once."""
        return spend(self.command, **self.environment)

    def run(self) -> None:
        """Run once and remember what it took."""
        self.before()
        done = self.finish()
        if self.part < 1:
            idle = spend(self.idle, **self.environment)
            wall, cpu = (start + (end - start) / self.part for start, end in zip(idle[:2], done[:2], strict=True))
            done = Spent(wall, cpu, done.peak)
        self.spent.append(done)

    def __str__(self) -> str:
        return self.name + (f" ({self.part:.0%} measured, extrapolated)" if self.part < 1 else "")

    @property
    def median(self) -> Spent:
        wall, cpu, peak = zip(*self.spent, strict=True)
        return Spent(statistics.median(wall), statistics.median(cpu), statistics.median(peak))


@dataclass
class Line:
    """A line of the table: how much of what the peer takes ours may take."""

    work: str
    ours: Program
    peer: Program | None
    """None: the goals are MiB of ours alone."""
    at_most: float
    stretch: float | None = None
    memory_too: bool = False
    """The goal holds for memory as well."""

    def ratio(self, what: int) -> float:
        """Of wall (0), CPU (1) or memory (2): the median of the turns."""
        assert self.peer is not None
        turns = zip(self.ours.spent, self.peer.spent, strict=True)
        return statistics.median(ours[what] / peer[what] for ours, peer in turns)

    @property
    def verdict(self) -> str:
        found = self.ours.median.peak if self.peer is None else self.ratio(0)
        told = verdict(found, self.at_most, self.stretch)
        return f"{told}; memory {verdict(self.ratio(2), self.at_most, None)}" if self.memory_too else told

    def __str__(self) -> str:
        if self.peer is None:
            peer, limits = ("", "", "", "", ""), f"{self.at_most:.0f} MiB | {self.stretch:.0f} MiB"
        else:
            memory = "" if self.peer.part < 1 else said(self.ratio(2))
            peer = (str(self.peer), str(self.peer.median), said(self.ratio(0)), said(self.ratio(1)), memory)
            limits = f"{said(self.at_most)} | {said(self.stretch) if self.stretch else ''}"
        cells = (self.work, str(self.ours.median), *peer, limits, self.verdict, str(len(self.ours.spent)))
        return "| " + " | ".join(cells) + " |"


def verdict(found: float, at_most: float, stretch: float | None) -> str:
    if found > at_most:
        return f"missed by {found / at_most:.2f} ×"
    return "met, stretch too" if stretch and found <= stretch else "met"


def said(ratio: float) -> str:
    """Ratios as people say them: 1.23 ×, 1/12."""
    return f"{ratio:.2f} ×" if ratio > 0.3 else f"1/{1 / ratio:.3g}"


def measure(lines: Sequence[Line], turns: int) -> None:
    """Run all programs of the lines in turn and print the lines; what is missing is said and leaves its lines out."""
    missing: dict[int, Missing] = {}
    for program in programs(lines):
        try:
            program.prepare()
        except Missing as reason:
            missing[id(program)] = reason
    there = [line for line in lines if not {id(line.ours), id(line.peer)} & missing.keys()]
    for _ in range(turns):
        for program in programs(there):
            program.run()
    for line in lines:
        reasons = [missing[id(each)] for each in (line.ours, line.peer) if id(each) in missing]
        for why in reasons:
            print(f"NOT MEASURED: {line.work}, {line.peer}: {why}", file=sys.stderr, flush=True)
        print(f"| {line.work} | NOT MEASURED | {line.peer} |" + " |" * 8 if reasons else line, flush=True)


def programs(lines: Iterable[Line]) -> list[Program]:
    """The programs of lines, each once, in their order."""
    found = (each for line in lines for each in (line.ours, line.peer) if each is not None)
    return list({id(each): each for each in found}.values())
