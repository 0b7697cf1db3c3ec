"""LibreOffice for tests: what an agency's office program makes of a file."""

import atexit
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@cache
def _profile() -> Path:
    """One for all that this process starts, filled by a first start: a new one takes 0.1 s longer."""
    folder = Path(tempfile.mkdtemp(prefix="office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _run(folder, "--terminate_after_init")
    return folder


def _run(profile: Path, *arguments: str | Path) -> None:
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def convert(source: Path, kind: str, folder: Path, profile: Path | None = None) -> Path:
    """`source` opened and saved as `kind` ("ods", "xlsx", "pdf") in `folder`; `profile`: with its own settings."""
    return convert_all([source], kind, folder, profile)[0]


def convert_all(sources: Sequence[Path], kind: str, folder: Path, profile: Path | None = None) -> list[Path]:
    """The same for several files of different names, with one start of the program."""
    folder.mkdir(parents=True, exist_ok=True)
    _run(profile or _profile(), "--convert-to", kind, "--outdir", folder, *sources)
    return [folder / f"{source.stem}.{kind.partition(':')[0]}" for source in sources]


_TYPING = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Typing" script:language="StarBasic">
Sub Run
  Dim text(0) As New com.sun.star.beans.PropertyValue, form(0) As New com.sun.star.beans.PropertyValue, none()
  book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, none())
  view = book.CurrentController
  view.setActiveSheet(book.Sheets.getByName("{sheet}"))
  keys = createUnoService("com.sun.star.frame.DispatchHelper")
  For Each where In Array({cells})
    view.select(view.ActiveSheet.getCellRangeByName(where))
    text(0).Name = "StringName" : text(0).Value = "{text}"
    keys.executeDispatch(view.Frame, ".uno:EnterString", "", 0, text())
  Next
  form(0).Name = "FilterName" : form(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{target}", form())
  book.close(True)
End Sub
</script:module>"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard">
<library:element library:name="Typing"/></library:library>"""


def typed(source: Path, sheet: str, cells: Sequence[str], text: str, folder: Path) -> Path:
    """`source` after a person has typed `text` into those cells and saved, as .xlsx in `folder`."""
    target = folder / source.name
    basic = _profile() / "user" / "basic" / "Standard"
    named = ",".join(f'"{cell}"' for cell in cells)
    module = _TYPING.format(source=source.as_uri(), target=target.as_uri(), sheet=sheet, cells=named, text=text)
    (basic / "Typing.xba").write_text(module, encoding="utf-8")
    (basic / "script.xlb").write_text(_LIBRARY)
    _run(_profile(), "macro:///Standard.Typing.Run")
    return target
