"""LibreOffice for tests: what an agency's office program makes of a file."""

import shutil
import subprocess
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
