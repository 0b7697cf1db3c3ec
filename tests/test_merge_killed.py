"""A merge that is killed at any moment leaves the old workbook whole, and the next one runs as if nothing was."""

import os
import random
import shutil
import signal
import time
import zipfile
from pathlib import Path

import pytest

from doingoai_cli.cli import run

INBOX = Path(__file__).parents[1] / "examples" / "ky-2020" / "inbox"
ROUNDS = 200
MERGE = ["merge", "inbox", "--year", "2020", "--out", "tonghop.xlsx", "--quiet"]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that share what is loaded")


def merge_in_a_child(folder: Path) -> int:
    """Start a merge of that folder in a process of its own; its id."""
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        os._exit(run(MERGE))
    return child


def test_two_hundred_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [tmp_path / "one", tmp_path / "other"]  # two at a time
    once = 0.0
    for folder in folders:
        (folder / "inbox").mkdir(parents=True)
        shutil.copy(INBOX / "ubnd-huyen-le-thuy.xlsx", folder / "inbox")
        monkeypatch.chdir(folder)
        assert run(MERGE) == 1  # everything is loaded now, as it will be in the children
        started = time.monotonic()
        assert run(MERGE) == 1
        once = time.monotonic() - started
    whole = [(folder / "tonghop.xlsx").read_bytes() for folder in folders]
    chance = random.Random(20)
    for _ in range(ROUNDS // len(folders)):
        children = map(merge_in_a_child, folders)
        begun = time.monotonic()
        # Most kills fall where the workbook is written: near the end of a merge.
        for moment, child in sorted((once * chance.betavariate(4, 2), child) for child in children):
            time.sleep(max(0.0, begun + moment - time.monotonic()))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        for folder in folders:
            assert zipfile.ZipFile(folder / "tonghop.xlsx").testzip() is None
    for folder, before in zip(folders, whole, strict=True):
        monkeypatch.chdir(folder)
        assert run(MERGE) == 1
        assert (folder / "tonghop.xlsx").read_bytes() == before
        assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["tonghop.xlsx"]
