"""How the stages grow with rows and files: `python benchmarks/growth.py [--most 8000] [--only TEXT] [--markdown]`.

Rows are planned and realised delegations, conferences and agreements under names that are all the same, much alike or
all different, with other or one partner, leader and time; in one file, or a row each in as many files. For each kind of
rows and stage: CPU seconds for the largest size reached (sizes double until all stages take too long together) and the
exponent of growth from the smallest one (1: linear). What is over 1.2 and takes more than a second is marked.
"""

import argparse
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

# ruff: noqa: E402 - the tests' support is no package
sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "support")]

from blanks import PACK
from consolidation import (
    AGREEMENT,
    CATALOGUE,
    CONFERENCE,
    CYCLE,
    INTERNATIONAL,
    PLANNED,
    REALISED,
    back,
    merged,
    submission,
    written,
)

from doingoai_cli.checks.engine import check_across, check_submission
from doingoai_cli.consolidate.plan_calendar import activities, overlapping
from doingoai_cli.consolidate.reconcile import reconcile
from doingoai_cli.consolidate.search import search
from doingoai_cli.consolidate.settle import Receiving, settle
from doingoai_cli.model.run import Run
from doingoai_cli.model.submissions import Submission
from doingoai_cli.report.figures.compute import compute_figures

Texts = dict[str, Any]
START = 1000
TOO_LONG = 60.0
"""CPU seconds of all stages together from which on no larger size is tried."""
LIMIT = 1.2
COUNTRIES = ("Lào", "Thái Lan", "Nhật Bản", "Hàn Quốc", "Trung Quốc", "Pháp", "Đức", "Úc", "Cuba", "Singapore")
SYLLABLES = (
    "an",
    "bình",
    "cường",
    "dung",
    "giang",
    "hà",
    "khánh",
    "lan",
    "minh",
    "nam",
    "phong",
    "quỳnh",
    "sơn",
    "tâm",
)
FORMS = {"02.A": PLANNED, "01.A": REALISED, "03": CONFERENCE, "5": INTERNATIONAL, "4": AGREEMENT}


def word(chance: random.Random) -> str:
    return " ".join(chance.choices(SYLLABLES, k=3)).title() + str(chance.randrange(10**6))


def other(number: int, chance: random.Random, form: str) -> Texts:
    """All that tells one row from another, under a name of its own."""
    year = 2020 if form.startswith("02") else 2019
    day = datetime(year, 1, 5) + timedelta(days=number % 350)
    until = day + timedelta(days=3)
    return {
        "name": f"Đoàn {word(chance)} {word(chance)}", "countries": COUNTRIES[number % len(COUNTRIES)],
        "partners": f"Đối tác {word(chance)}", "leader": f"{word(chance)}, Trưởng phòng Sở Y tế",
        "period": f"{day:%d/%m/%Y} - {until:%d/%m/%Y}", "activities": f"Hội đàm về {word(chance)}",
        "theme": f"Chủ đề {word(chance)}",
    }  # fmt: skip


KINDS: dict[str, dict[str, str]] = {
    "all different": {},
    "all the same": dict.fromkeys(
        ("name", "countries", "partners", "leader", "period", "activities", "theme"), ""
    ),
    "one name": {"name": "Đoàn công tác của Sở Y tế"},
    "names alike": {"name": "Đoàn công tác số {n} của Sở Y tế về hợp tác y tế biên giới"},
    "one partner": {"partners": "Sở Y tế tỉnh Khăm Muồn"},
    "one leader": {"leader": "Nguyễn Văn A, Giám đốc Sở Y tế"},
    "one time and country": {"period": "", "countries": "Lào"},
}
"""What all rows of a kind say alike; "": what the form's example says."""


def rows(form: str, kind: str, count: int, seed: int = 1) -> list[Texts]:
    """Rows of a form; what a kind holds alike for all, the form's example says."""
    example, chance = FORMS[form], random.Random(seed)
    made = []
    for number in range(count):
        alike = {field: text.format(n=number) for field, text in KINDS[kind].items()}
        told = {**other(number, chance, form), **alike}
        told = {field: text if text else example.get(field) for field, text in told.items()}
        made.append({**example, **{field: text for field, text in told.items() if field in example}})
    return made


def one_file(form: str, kind: str, count: int) -> list[Submission]:
    return [submission("a.xlsx", "Sở Y tế", {form: rows(form, kind, count)})]


def many_files(form: str, kind: str, count: int) -> list[Submission]:
    """Agencies whose names are alike, with a row each."""
    made = enumerate(rows(form, kind, count))
    return [
        submission(f"{n}.xlsx", f"UBND xã Xuân {SYLLABLES[n % 14].title()} {n}", {form: [row]}) for n, row in made
    ]


def sent_again(form: str, kind: str, count: int) -> list[Submission]:
    """Two submissions of one agency; half of the rows of the second are new."""
    first, second = rows(form, kind, count), rows(form, kind, count // 2) + rows(form, kind, count // 2, seed=2)
    later = datetime(2019, 9, 2)
    return [
        submission("a.xlsx", "Sở Y tế", {form: first}),
        submission("b.xlsx", "Sở Y tế", {form: second}, received=later),
    ]


SHAPES = {"one file": one_file, "a row a file": many_files, "sent again": sent_again}


def stages(files: Sequence[Submission]) -> Iterator[tuple[str, float]]:
    """Each stage and the CPU seconds that it took."""
    clock = Clock()
    findings = [finding for file in files for finding in check_submission(file, PACK)]
    yield "check, each file", clock.lap()
    settled = settle(files, Receiving(cycle=CYCLE))
    yield "settle", clock.lap()
    run = Run(settled.submissions, CYCLE, settled.superseded, ledger=settled.observations, across=True)
    findings += check_across(run, PACK)
    yield "check, across files", clock.lap()
    result = merged(files, findings=findings)
    yield "merge", clock.lap()
    data = written(result)
    yield "write", clock.lap()
    previous = back(data)
    yield "read back", clock.lap()
    merged(files, previous, findings=findings)
    yield "merge again", clock.lap()
    book = previous.consolidated
    reconcile(replace(book, cycle=CYCLE), replace(book, cycle=CYCLE + 1), CATALOGUE)
    yield "reconcile", clock.lap()
    compute_figures(book, catalogue=CATALOGUE)
    yield "figures", clock.lap()
    overlapping(activities(book, CATALOGUE))
    yield "overlaps", clock.lap()
    search("Lào", [book], CATALOGUE)
    yield "find", clock.lap()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "so.xlsx").write_bytes(data)
        clock.lap()
        for words in (
            ("report", "--year", "2020", "--from", "so.xlsx", "--out", "a.docx"),
            ("share", "so.xlsx", "--out", "s"),
            ("reconcile", "so.xlsx", "so.xlsx"),
            ("notify", "so.xlsx", "--out", "n"),
        ):
            yield words[0] + " (command)", command(folder, *words)


class Clock:
    def __init__(self) -> None:
        self.at = time.process_time()

    def lap(self) -> float:
        was, self.at = self.at, time.process_time()
        return self.at - was


def command(folder: str, *words: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "doingoai_cli", *words], cwd=folder, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def series(shape: str, form: str, kind: str, most: int) -> dict[str, list[float]]:
    """Stage → CPU seconds of each size."""
    found: dict[str, list[float]] = {}
    count = START
    while count <= most:
        for stage, seconds in stages(SHAPES[shape](form, kind, count)):
            found.setdefault(stage, []).append(seconds)
        if sum(each[-1] for each in found.values()) > TOO_LONG:
            break
        count *= 2
    return found


def main() -> None:
    """Print the table as it comes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only kinds of rows whose name contains this")
    parser.add_argument("--most", type=int, default=8000)
    parser.add_argument("--forms", nargs="*", default=list(FORMS))
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("PYTHONPATH", os.pathsep.join(sys.path))
    bad = False
    for form in options.forms:
        for shape in SHAPES:
            for kind in KINDS:
                name = f"{form}, {shape}, {kind}"
                if options.only not in name:
                    continue
                for stage, seconds in series(shape, form, kind, options.most).items():
                    doublings = len(seconds) - 1
                    exponent = math.log2(seconds[-1] / max(seconds[0], 1e-3)) / doublings if doublings else 0.0
                    over = exponent > LIMIT and seconds[-1] > 1
                    bad |= over
                    told = (
                        name,
                        stage,
                        f"{START << doublings:,}",
                        f"{seconds[-1]:.2f} s",
                        f"{exponent:.2f}{' !' if over else ''}",
                    )
                    print("| " + " | ".join(told) + " |" if options.markdown else "\t".join(told), flush=True)
    sys.exit(bad)


if __name__ == "__main__":
    main()
