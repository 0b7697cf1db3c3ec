#!/usr/bin/env bash
# unrar2-cffi 0.5.0 (UnRAR library 7.21): an archive that was cut off right behind one of its files (a broken download)
# opens without an exception, lists the files that are left, and `testrar()` is None, as of a good archive. The block
# that ends every RAR 5 archive is missing, and the library answers "end of archive" (10) all the same.
# Expected: an exception. A caller loses the files behind the cut in silence.
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

built = rars.RarBuilder(store=True)
built.add_bytes(b"first" * 20, "a.txt")
built.add_bytes(b"second" * 20, "b.txt")
whole = built.to_bytes()
with open("a.rar", "wb") as file:
    file.write(whole[: whole.index(b"first" * 20) + 100])
try:
    archive = RarFile("a.rar")
    names, broken = archive.namelist(), archive.testrar()
except Exception as error:  # the behaviour has changed
    print(f"unrar2-cffi 0.5.0: raises {type(error).__name__}")
    sys.exit(1)
print(f"unrar2-cffi 0.5.0: two files packed, cut behind the first: names {names}, first broken file {broken}, no exception")
sys.exit(0 if names == ["a.txt"] and broken is None else 1)
PYTHON
