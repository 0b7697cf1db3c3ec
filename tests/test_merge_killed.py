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


def merge_in_a_child() -> int:
    """Start a merge in a process of its own; its id."""
    child = os.fork()
    if child == 0:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        os._exit(run(MERGE))
    return child


def test_two_hundred_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox").mkdir()
    shutil.copy(INBOX / "ubnd-huyen-le-thuy.xlsx", tmp_path / "inbox")
    assert run(MERGE) == 1  # everything is loaded now, as it will be in the children
    started = time.monotonic()
    assert run(MERGE) == 1
    once = time.monotonic() - started
    whole = (tmp_path / "tonghop.xlsx").read_bytes()
    chance = random.Random(20)
    for _ in range(ROUNDS):
        child = merge_in_a_child()
        # Most kills fall where the workbook is written: near the end of a merge.
        time.sleep(once * chance.betavariate(4, 2))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert zipfile.ZipFile(tmp_path / "tonghop.xlsx").testzip() is None
    assert run(MERGE) == 1
    assert (tmp_path / "tonghop.xlsx").read_bytes() == whole
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["tonghop.xlsx"]
