"""What CONTRIBUTING.md shows is carried out: a word, a kind of rule, a format, a command, a kind of report."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE))


class Block(NamedTuple):
    """A block of a section: its language, the file that it speaks of, its text."""

    language: str
    path: str
    text: str


def blocks(section: str) -> list[Block]:
    return [Block(*found) for found in re.findall(r"```(\w+) ?(\S*)\n(.*?)```", section, re.DOTALL)]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the program that may be changed, with an inbox."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("templates", "rules", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(ROOT / "examples" / "ky-2020" / "inbox", tmp_path / "inbox")
    return tmp_path


def insert(path: Path, change: str) -> None:
    """A change that adds lines (`+`) before or after one that is there."""
    text = path.read_text(encoding="utf-8")
    old = "".join(line[1:] for line in change.splitlines(keepends=True) if line.startswith(" "))
    new = "".join(line[1:] for line in change.splitlines(keepends=True))
    assert text.count(old) == 1, f"{path.name} has no longer one place {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(command: str, folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "doingoai_cli", *shlex.split(command)[1:]],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.stdout + done.stderr


def text_of(document: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(document)).paragraphs)


@pytest.mark.parametrize("name", SECTIONS)
def test_the_example_of_a_section_works(name: str, checkout: Path) -> None:
    printed = ""
    for block in blocks(SECTIONS[name]):
        path = checkout / block.path
        if block.language == "text":
            assert block.text.strip() in (text_of(path) if block.path else printed)
        elif block.language == "diff":
            insert(path, block.text)
        elif block.path:
            assert not path.exists()
            path.write_text(block.text, encoding="utf-8")
        else:
            assert block.language == "sh"
            printed = "".join(run(command, checkout) for command in block.text.splitlines())


def test_every_list_has_its_example() -> None:
    assert list(SECTIONS) == [
        "A word",
        "A kind of rule",
        "An output format",
        "A command",
        "A kind of report",
        "A record type",
    ]


def test_a_kind_that_was_added_is_described(checkout: Path) -> None:
    for block in blocks(SECTIONS["A kind of rule"]):
        if block.language == "python":
            (checkout / block.path).write_text(block.text, encoding="utf-8")
    printed = run("doingoai rules kinds", checkout)
    assert "at-most-words" in printed
    assert "số chữ nhiều nhất" in printed
