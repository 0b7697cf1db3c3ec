"""What a Windows machine gets: the scripts to click on, and an archive that installs without a network."""

import multiprocessing
import re
import shutil
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from scripts import script

from doingoai_cli.feedback.formats import Format
from doingoai_cli.pipeline import reading
from doingoai_cli.pipeline.cores import START_METHOD
from doingoai_cli.pipeline.feedback import render
from doingoai_cli.pipeline.inbox import Request, open_inbox
from doingoai_cli.pipeline.merge import merge
from doingoai_cli.pipeline.new_workspace import start_workspace

ROOT = Path(__file__).parents[1]
SCRIPTS = ("Mở doingoai.cmd", "Kiểm tra.cmd", "Tổng hợp.cmd")
EXAMPLE = ROOT / "examples" / "ky-2020" / "inbox"


@pytest.fixture(scope="module")
def bundler() -> ModuleType:
    return script("windows/bundle.py")


def test_a_workspace_has_what_officers_click_on(tmp_path: Path) -> None:
    start_workspace(tmp_path / "ky", 2020, "Quảng Bình")
    for name in SCRIPTS:
        data = (tmp_path / "ky" / name).read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n") > 5  # cmd.exe loses its way in files without CR
        assert not data.startswith(b"\xef\xbb\xbf")
        lines = data.decode("utf-8").splitlines()
        said = (number for number, line in enumerate(lines) if not line.isascii())
        assert lines.index("chcp 65001 >nul") < next(said, len(lines))


def test_the_scripts_name_commands_and_options_that_there_are(tmp_path: Path) -> None:
    from doingoai_cli.cli import run

    start_workspace(tmp_path / "ky", 2020, "Quảng Bình")
    for name in SCRIPTS:
        text = (tmp_path / "ky" / name).read_text("utf-8")
        for command in re.findall(r'^ *"%PROGRAM%" (\S+)', text, re.MULTILINE):
            assert run([command, "--help"]) == 0


@pytest.mark.parametrize("which", [0, -1], ids=["the oldest Python", "the newest Python"])
def test_the_archive_holds_every_wheel_that_windows_needs(bundler: ModuleType, tmp_path: Path, which: int) -> None:
    version: str = bundler.VERSIONS[which]
    bundler.bundle(tmp_path / "doingoai-windows.zip", (version,))
    with zipfile.ZipFile(tmp_path / "doingoai-windows.zip") as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        archive.extractall(tmp_path)
    assert {"Cài đặt.cmd", "Hướng dẫn.md"} <= set(names)
    wheels = sorted((tmp_path / "wheels").glob("*.whl"))
    assert list(bundler.missing(tmp_path / "wheels", version)) == []
    assert any(wheel.name.startswith("colorama-") for wheel in wheels)  # of Windows alone
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as package:
            assert package.testzip() is None
            assert any(name.endswith(".dist-info/WHEEL") for name in package.namelist())
        assert "linux" not in wheel.name
    wheels[0].unlink()
    assert list(bundler.missing(tmp_path / "wheels", version))


def test_the_installer_says_which_python_it_takes(bundler: ModuleType) -> None:
    script = bundler.installer(("3.11", "3.12", "3.13")).decode("utf-8")
    assert "(3, 11) <= sys.version_info[:2] <= (3, 13)" in script
    tried = re.findall(r'^(py.*?) -c .* && set "PYTHON=\1"\r$', script, re.MULTILINE)
    assert tried == ["python", "py -3.11", "py -3.12", "py -3.13"]  # the last that fits is taken
    assert "@" not in script.replace("@echo", "")
    assert script.count("\n") == script.count("\r\n")


def test_fresh_processes_find_and_write_what_forked_ones_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox").mkdir()
    for number in range(5):
        for file in EXAMPLE.iterdir():
            shutil.copy(file, tmp_path / "inbox" / f"{number}-{file.name}")
            with (tmp_path / "inbox" / f"{number}-{file.name}").open("ab") as end:
                end.write(b"\0" * number)
    (tmp_path / "inbox" / "hong.xlsx").write_text("không phải tệp Excel")
    monkeypatch.setattr(reading, "cores", lambda: 2)
    monkeypatch.setattr(reading, "_WORTH_SHARING", 2)
    made = []
    for method in ("spawn", multiprocessing.get_start_method(allow_none=False)):
        monkeypatch.setenv(START_METHOD, method)
        inbox = open_inbox(Request(paths=("inbox",), year=2020, cache=False, across=True))
        merge(inbox, Path(f"{len(made)}.xlsx"))
        made.append((render(inbox, Format.JSON, to_file=True), Path(f"{len(made)}.xlsx").read_bytes()))
    assert made[0] == made[1]
