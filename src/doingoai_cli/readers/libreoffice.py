"""Old Word files (.doc, .rtf) through LibreOffice, where it is installed: converted to .docx, then read like one.

LibreOffice runs apart, with a profile of its own that asks nothing of the network and runs no macro, with limits
of CPU time, memory and wall clock. What it writes is compared with the plain text that it writes of the same file:
a conversion may lose a table and say nothing.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from doingoai_cli.model.grid import NoteKind, ReaderNote, Workbook
from doingoai_cli.readers.limits import Limits, Meter
from doingoai_cli.readers.unreadable import GiveUp, Reason, Unreadable, unreadable
from doingoai_cli.readers.zipped import read_zip
from doingoai_cli.scratch import own_folder

_LEAST_LEFT = 0.98
"""Of the letters of the plain text, so many have to stand in the .docx: fields and marks differ a little."""
PROGRAM_VARIABLE = "DOINGOAI_SOFFICE"
"""Names the program where it is not found by itself; empty: LibreOffice is not used."""
_USUAL_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
)
_NOWHERE = "127.0.0.1"
_SECONDS = 9
"""Of CPU time for one conversion: LibreOffice itself takes two to start."""
_MEMORY_KIB = 1024 * 1024
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{items}</oor:items>
"""
_ITEM = """<item oor:path="/org.openoffice.{path}">
<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>
"""
_OFFLINE = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_FAILED = unreadable(
    Reason.LEGACY_WORD, "LibreOffice không chuyển được tệp Word đời cũ này (hỏng, có mật khẩu hoặc quá nặng)"
)


def program() -> Path | None:
    """LibreOffice's program; None where it is not installed, or not to be used."""
    named = os.environ.get(PROGRAM_VARIABLE)
    if named is not None:
        return Path(named) if named and Path(named).is_file() else None
    found = shutil.which("soffice") or shutil.which("libreoffice")
    usual = (Path(place) for place in _USUAL_PLACES)
    return Path(found) if found else next((place for place in usual if place.is_file()), None)


def read_legacy_word(data: bytes, suffix: str, limits: Limits) -> Workbook | Unreadable:
    """The tables of the document; a note where the conversion has lost text. Never raises."""
    converted = as_docx(data, suffix, limits)
    if isinstance(converted, Unreadable):
        return converted
    docx, plain = converted
    try:
        workbook = read_zip(docx, Meter(limits))
    except GiveUp as given_up:
        return given_up.unreadable
    read = sum(_letters(str(cell.value)) for grid in workbook.grids for cell in grid.cells)
    lost = read < _LEAST_LEFT * _letters(plain)
    what = f"đọc từ {suffix} qua LibreOffice, bản chuyển thiếu chữ so với bản gốc"
    notes = (ReaderNote(NoteKind.CONVERTED, what),) if lost else ()
    return replace(workbook, format=suffix.removeprefix("."), notes=(*workbook.notes, *notes))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def as_docx(data: bytes, suffix: str, limits: Limits) -> tuple[bytes, str] | Unreadable:
    """An old Word file as .docx, and as plain text to compare with; `suffix`: ".doc" or ".rtf".

    `Reason.LEGACY_WORD` where LibreOffice is not there or fails, `TOO_SLOW` past the limit.
    """
    soffice = program()
    if soffice is None:
        return unreadable(Reason.LEGACY_WORD)
    with _folder() as folder:
        source = folder / f"van-ban{suffix}"
        source.write_bytes(data)
        for kind in ("docx", "txt:Text (encoded):UTF8"):
            problem = _convert(soffice, source, kind, folder, limits)
            if problem is not None:
                return problem
        made, text = source.with_suffix(".docx"), source.with_suffix(".txt")
        if not made.is_file() or made.stat().st_size > limits.file_bytes:
            return _FAILED
        return made.read_bytes(), text.read_text(encoding="utf-8-sig", errors="replace") if text.is_file() else ""


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder for one file, with LibreOffice's profile; gone afterwards, whatever still writes to it."""
    with own_folder() as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _OFFLINE)
        (user / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")
        yield folder


def _convert(soffice: Path, source: Path, kind: str, folder: Path, limits: Limits) -> Unreadable | None:
    """One conversion; why it failed, None where it succeeded."""
    profile = (folder / "profile").as_uri()
    command = [str(soffice), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
               "--convert-to", kind, "--outdir", str(folder), str(source)]  # fmt: skip
    offline = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), f"http://{_NOWHERE}:9")
    try:
        process = subprocess.Popen(
            _within_limits(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **offline, "HOME": str(folder)},
            start_new_session=sys.platform != "win32",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return _FAILED
    try:
        status = process.wait(limits.wall_seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        return unreadable(Reason.TOO_SLOW)
    except BaseException:
        _end(process)
        raise
    return None if status == 0 else unreadable(Reason.TOO_SLOW) if _is_late(status) else _FAILED


def _within_limits(command: list[str]) -> list[str]:
    """A command that is ended past its CPU time and memory, where a shell can see to that."""
    if sys.platform == "win32":
        return command
    limits = (
        f"ulimit -S -t {_SECONDS}; ulimit -H -t {_SECONDS + 2}; ulimit -d {_MEMORY_KIB} 2>/dev/null; ulimit -c 0"
    )
    return ["/bin/sh", "-c", f'{limits}; exec "$@"', "sh", *command]


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program and what it has started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _is_late(status: int) -> bool:
    late = [getattr(signal, name, 0) for name in ("SIGXCPU", "SIGKILL")]
    return any(number and status in (-number, 128 + number) for number in late)
