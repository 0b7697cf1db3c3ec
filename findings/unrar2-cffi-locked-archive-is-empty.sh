#!/usr/bin/env bash
# unrar2-cffi 0.5.0: an archive whose names are encrypted too ("encrypt file names" in WinRAR) opens without an
# exception and is empty: `namelist()` is [], `testrar()` is None, as of a good archive. `RARReadHeaderEx` answers
# "missing password" (22), and `iterate_headers` takes each answer that is not 0 for the end of the archive.
# Expected: an exception, as for an archive whose files alone are encrypted. A caller loses every file in silence.
# The archive is made by rars 0.12.3.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check unrar2-cffi==0.5.0 rars==0.12.3
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
import sys

import rars
from unrar.cffi.rarfile import RarFile

built = rars.RarBuilder(password="secret", encrypt_headers=True)
built.add_bytes(b"x", "a.txt")
with open("a.rar", "wb") as file:
    file.write(built.to_bytes())
try:
    archive = RarFile("a.rar")
    names, broken = archive.namelist(), archive.testrar()
except Exception as error:  # the behaviour has changed
    print(f"unrar2-cffi 0.5.0: raises {type(error).__name__}")
    sys.exit(1)
print(f"unrar2-cffi 0.5.0: names {names}, first broken file {broken}, no exception")
sys.exit(0 if names == [] and broken is None else 1)
PYTHON
