"""LibreOffice for tests: what an agency's office program makes of a file."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def convert(source: Path, kind: str, folder: Path) -> Path:
    """`source` opened and saved as `kind` ("ods", "xlsx", "pdf") in `folder`, with a profile of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{kind.partition(':')[0]}"


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
    profile, target = folder / "profile", folder / source.name
    basic = profile / "user" / "basic" / "Standard"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    # Started once before: a new profile gets its own empty library.
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
    named = ",".join(f'"{cell}"' for cell in cells)
    module = _TYPING.format(source=source.as_uri(), target=target.as_uri(), sheet=sheet, cells=named, text=text)
    (basic / "Typing.xba").write_text(module, encoding="utf-8")
    (basic / "script.xlb").write_text(_LIBRARY)
    subprocess.run([*command, "macro:///Standard.Typing.Run"], check=True, capture_output=True, timeout=180)
    return target
