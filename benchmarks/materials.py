"""What the measured commands work on: generated inboxes, workbooks, this build and the one before the round.

Nothing is made before a line wants it: the `prepare` of its programs makes it.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from measuring import ENVIRONMENT, Missing, Program, spend

HERE = Path(__file__).parent
ROOT = HERE.parent
ROWS = 20  # a sheet; five sheets a workbook
ROUND_BEGAN = "7feebe0"
"""The commit of the build before this round: a peer too."""
PART = "PART"
"""Stands in a peer's words for how many pieces it does."""


@dataclass
class Office:
    """The folder of one run of the benchmark, and the programs that work in it."""

    folder: Path
    peers: str
    """A Python that has pandas and frictionless."""
    files: int = 1000
    before: str = ROUND_BEGAN

    def ours(self, *words: object, name: str = "", **more: Any) -> Program:
        """This build. Its imports come by PYTHONPATH, as those of the build before."""
        return build(ROOT / "src", *words, name=name, **more)

    def earlier(self, *words: object, **more: Any) -> Program:
        """The build before the round, on what this build's program has prepared."""
        source = self.folder / "before" / "src"
        return build(
            source, *words, name="the build before this round", prepare=lambda: self.earlier_build, **more
        )

    def part(
        self, title: str, name: str, whole: int, part: int, *words: object, python: str = sys.executable
    ) -> Program:
        """A peer that does a part of the work; `PART` among its words is how much."""
        done = peer(title, name, *(min(whole, part) if word is PART else word for word in words), python=python)
        nothing = peer(title, name, *(0 if word is PART else word for word in words), python=python)
        done.part, done.idle = min(1.0, part / whole), nothing.command
        return done

    @cached_property
    def earlier_build(self) -> Path:
        """The build before the round, out of the repository, with its bytecode; `Missing`."""
        git = ["git", "-C", str(ROOT), "archive", self.before, "src", "templates", "rules"]
        archive = subprocess.run(git, capture_output=True, check=False)
        if archive.returncode:
            raise Missing(
                f"commit {self.before} is not in this repository; a shallow clone needs git fetch --unshallow"
            )
        made = self.folder / "before"
        made.mkdir()
        subprocess.run(["tar", "-x", "-C", str(made)], input=archive.stdout, check=True)
        self.warm(made / "src")
        return made

    def warm(self, source: Path) -> None:
        """One run of each command that is compared, so that none is measured while it writes its bytecode."""
        out = self.folder / "warm.xlsx"
        out.unlink(missing_ok=True)
        for words in (("check", self.one()), ("merge", self.one().parent, "--out", out)):
            build(source, *words, "--year", 2020, "--no-cache").finish()

    def inbox(self, files: int) -> Path:
        """Where a generated inbox of so many workbooks lies, once `fill` made it."""
        return self.folder / str(files) / "inbox"

    def fill(self, files: int) -> Path:
        received = self.inbox(files)
        if not received.exists():
            words = (str(HERE / "inbox.py"), str(received.parent), "--files", str(files), "--rows", str(ROWS))
            spend([sys.executable, *words])
        return received

    def one(self) -> Path:
        return self.fill(1) / "00001.xlsx"

    @staticmethod
    def rows(files: int) -> str:
        return f"{files:,} workbooks, {files * 5 * ROWS:,} rows"


def build(source: Path, *words: object, environment: dict[str, str] | None = None, **more: Any) -> Program:
    command = [sys.executable, "-m", "doingoai_cli", *map(str, words)]
    return Program(command, environment={"PYTHONPATH": str(source), **(environment or {})}, **more)


def peer(title: str, name: str, *words: object, python: str = sys.executable) -> Program:
    return Program([python, str(HERE / "peers.py"), name, *map(str, words)], title)


def merge(received: Path, out: Path) -> tuple[object, ...]:
    """The words of a `merge`."""
    return ("merge", received, "--out", out, "--year", 2020)


class MergedBefore:
    """A workbook as an officer finds it who merges again: made with the cache, one file changed since."""

    changes = 0

    def __init__(self, office: Office, name: str) -> None:
        # Three folders down: a merge looks through the ledgers of the workspace's other workbooks, two deep.
        place = office.folder / "merged-before" / Path(name).stem
        self.office, self.book, self.saved = office, place / "workbook" / name, place / "libreoffice" / name

    def make(self) -> None:
        self.book.parent.mkdir(parents=True)
        self.office.ours(*merge(self.office.fill(self.office.files), self.book)).finish()

    def save(self) -> None:
        """LibreOffice opens the workbook and saves it; `Missing`."""
        soffice = shutil.which("soffice")
        if soffice is None:
            raise Missing("LibreOffice (soffice) is not installed")
        self.make()
        profile = f"-env:UserInstallation={(self.office.folder / 'profile').as_uri()}"
        words = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", self.saved.parent, self.book]
        subprocess.run([str(word) for word in words], check=False, env=ENVIRONMENT, capture_output=True)
        if not self.saved.exists():
            raise Missing("LibreOffice did not save the workbook")

    def restore(self) -> None:
        shutil.copy(self.saved, self.book)
        self.change()

    def change(self) -> None:
        """One agency sends its file again, one cell edited."""
        import openpyxl

        MergedBefore.changes += 1
        path = min(self.office.inbox(self.office.files).iterdir())
        book = openpyxl.load_workbook(path)
        cell = next(cell for row in book.worksheets[0] for cell in row if "Hội đàm" in str(cell.value))
        cell.value = f"Hội đàm thường niên về biên giới, lần thứ {MergedBefore.changes}"
        book.save(path)
