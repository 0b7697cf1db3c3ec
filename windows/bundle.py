"""`make windows`: dist/doingoai-windows.zip, everything that a Windows machine without a network needs but Python.

The wheels are those of `constraints.txt` for 64-bit Windows, of each Python that is named below; the project's own
is built here, nothing is compiled. `pip download --platform` picks the wheels of the other system but judges the
conditions of a requirement ("on Windows", "before 3.14") by the Python that it runs on: `missing` finds what is
required there, and pip fetches only what it is told.
"""

import argparse
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from email.parser import BytesParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).parents[1]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORM = "win_amd64"
_QUIET = ("--quiet", "--disable-pip-version-check")
_INSTALLER = Path(__file__).with_name("Cài đặt.cmd")
_GUIDE = ROOT / "docs" / "huong-dan.md"


def collect(folder: Path, versions: tuple[str, ...]) -> None:
    """The project's wheel and those of all that it needs, for each version of Python, in `folder`."""
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *_QUIET, "--no-deps", "--wheel-dir", folder, ROOT], check=True
    )
    (own,) = folder.glob("doingoai_cli-*.whl")
    for version in versions:
        wanted = (f"{own}[web]",)
        while wanted:
            _download(folder, version, wanted)
            wanted = tuple(missing(folder, version))


def _download(folder: Path, version: str, wanted: tuple[str, ...]) -> None:
    subprocess.run(
        [
            sys.executable, "-m", "pip", "download", *_QUIET, "--only-binary=:all:", "--platform", PLATFORM,
            "--python-version", version, "--implementation", "cp", "--no-deps", "-c", ROOT / "constraints.txt",
            "--dest", folder, *wanted,
        ],
        check=True,
    )  # fmt: skip


def missing(folder: Path, version: str) -> Iterator[str]:
    """The requirements of `doingoai-cli[web]`, on Windows with that Python, that no wheel in `folder` meets."""
    wheels = {parse_wheel_filename(wheel.name)[0]: wheel for wheel in _fitting(folder, version)}
    environment = {
        "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
        "python_version": version, "python_full_version": f"{version}.0", "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }  # fmt: skip
    waiting, seen = [Requirement("doingoai-cli[web]")], set[str]()
    while waiting:
        requirement = waiting.pop()
        key = f"{canonicalize_name(requirement.name)}[{','.join(sorted(requirement.extras))}]"
        if key in seen:
            continue
        seen.add(key)
        wheel = wheels.get(canonicalize_name(requirement.name))
        if wheel is None or not requirement.specifier.contains(
            parse_wheel_filename(wheel.name)[1], prereleases=True
        ):
            yield f"{requirement.name}{requirement.specifier}"
            continue
        for needed in map(Requirement, _metadata(wheel)):
            extras = requirement.extras or {""}
            if needed.marker is None or any(needed.marker.evaluate({**environment, "extra": e}) for e in extras):
                waiting.append(needed)


def _fitting(folder: Path, version: str) -> Iterator[Path]:
    """The wheels that pip takes on Windows with that Python."""
    numbers = tuple(map(int, version.split(".")))
    tags: set[Tag] = {
        *cpython_tags(numbers, platforms=[PLATFORM]),
        *compatible_tags(numbers, platforms=[PLATFORM]),
    }
    return (wheel for wheel in sorted(folder.glob("*.whl")) if parse_wheel_filename(wheel.name)[3] & tags)


def _metadata(wheel: Path) -> list[str]:
    """What a wheel says it requires."""
    with zipfile.ZipFile(wheel) as package:
        (name,) = (n for n in package.namelist() if n.endswith(".dist-info/METADATA") and n.count("/") == 1)
        return BytesParser().parsebytes(package.read(name)).get_all("Requires-Dist", [])


def installer(versions: tuple[str, ...]) -> bytes:
    """The installer's script with the versions that it accepts; cmd.exe wants CR LF.

    The line that tries one Python stands there once for each.
    """
    lines = _INSTALLER.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(
        line.replace("@EACH@", version)
        for line in lines
        for version in (versions if "@EACH@" in line else versions[:1])
    )
    first, last = versions[0], versions[-1]
    known = {
        "@OLDEST@": f"({first.replace('.', ', ')})",
        "@NEWEST@": f"({last.replace('.', ', ')})",
        "@VERSIONS@": first if first == last else f"{first} đến {last}",
    }
    for name, value in known.items():
        text = text.replace(name, value)
    return text.replace("\n", "\r\n").encode("utf-8")


def bundle(target: Path, versions: tuple[str, ...] = VERSIONS) -> None:
    """Write the archive."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, zipfile.ZipFile(target, "w") as archive:
        collect(Path(place), versions)
        archive.writestr(_INSTALLER.name, installer(versions), zipfile.ZIP_DEFLATED)
        archive.write(_GUIDE, "Hướng dẫn.md", zipfile.ZIP_DEFLATED)
        for wheel in sorted(Path(place).glob("*.whl")):
            archive.write(wheel, f"wheels/{wheel.name}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", nargs="?", type=Path, default=ROOT / "dist" / "doingoai-windows.zip")
    parser.add_argument("--python", nargs="+", default=list(VERSIONS), metavar="X.Y")
    arguments = parser.parse_args()
    bundle(arguments.target, tuple(arguments.python))
    print(f"{arguments.target}: {arguments.target.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
