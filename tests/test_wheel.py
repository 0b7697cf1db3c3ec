"""The wheel, installed elsewhere, is the whole program: forms, packs, outlines and examples included."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `python` of a fresh environment that holds our wheel, and this one's libraries."""
    place = tmp_path_factory.mktemp("wheel")
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *quiet, "--no-deps", "--wheel-dir", place, ROOT], check=True
    )
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place / "env"], check=True)
    python = next(
        p for p in ((place / "env" / "bin" / "python"), place / "env" / "Scripts" / "python.exe") if p.exists()
    )
    (wheel,) = place.glob("*.whl")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", *quiet, "--no-deps", "--no-index", wheel],
        check=True,
    )
    # A plain path line: the libraries are found, our own editable install beside them is not.
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    (Path(site) / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return python


def alone() -> dict[str, str]:
    """The environment without a path of Python's that leads back to a checkout."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def run(python: Path, folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [python, "-m", "doingoai_cli", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=alone(),
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_it_is_the_installed_package_that_runs(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [installed, "-c", "import doingoai_cli; print(doingoai_cli.__file__)"],
        cwd=tmp_path, capture_output=True, text=True, check=True, env=alone(),
    ).stdout  # fmt: skip
    assert str(installed.parents[1]) in where


def test_the_demo_goes_the_whole_way(installed: Path, tmp_path: Path) -> None:
    printed = run(installed, tmp_path, "demo", "thu")
    assert "DR07" in printed
    made = {path.name for path in (tmp_path / "thu").iterdir()}
    assert {"bieu-mau-2020.xlsx", "tonghop.xlsx", "bao-cao-2020.docx", "ket-qua.html", "tra-lai"} <= made


def test_packs_and_outlines_are_inside(installed: Path, tmp_path: Path) -> None:
    assert "gạch đầu dòng thứ ba về đoàn ra" in run(installed, tmp_path, "rules", "show", "DR07")
    run(installed, tmp_path, "new-template", "--year", "2020", "--outline", "--out", "mau.xlsx")
    assert (tmp_path / "de-cuong-2020.docx").is_file()
