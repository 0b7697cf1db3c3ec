"""Runs the commands of an example as a user would, in a copy of its folder."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2] / "examples"


def topics() -> list[Path]:
    return sorted(path.parent for path in ROOT.glob("*/cmd.txt"))


def run(command: str, folder: Path, *, python: str = sys.executable) -> tuple[str, str, int]:
    """(stdout, stderr, exit status) of one `doingoai …` line."""
    program, *arguments = shlex.split(command)
    assert program == "doingoai", command
    done = subprocess.run(
        [python, "-m", "doingoai_cli", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout, done.stderr, done.returncode


def transcript(topic: Path, folder: Path) -> dict[str, str]:
    """File name → what that command of the topic prints, notices and exit status included."""
    shutil.copytree(topic, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected"))
    result = {}
    for number, command in enumerate((topic / "cmd.txt").read_text(encoding="utf-8").splitlines(), 1):
        out, err, status = run(command, folder)
        result[f"{number}-{command.split()[1]}.txt"] = f"$ {command}\n{out}{err}[{status}]\n"
    return result


if __name__ == "__main__":
    import tempfile

    for topic in topics():
        expected = topic / "expected"
        shutil.rmtree(expected, ignore_errors=True)
        expected.mkdir()
        with tempfile.TemporaryDirectory() as scratch:
            for name, text in transcript(topic, Path(scratch) / topic.name).items():
                (expected / name).write_text(text, encoding="utf-8")
