#!/usr/bin/env bash
# py7zr 1.1.4: extracting into memory with `BytesIOFactory(limit)` cuts a file that is longer than the limit and says
# nothing: no exception, the archive's own checksum is not looked at, and what comes out is a shortened file.
# Expected: an error, as `max_extract_size` of `SevenZipFile` raises one. What a caller takes for a safety limit
# becomes a silent loss of data.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check py7zr==1.1.4
"$folder/env/bin/python" - <<'PYTHON'
import io
import random
import sys

import py7zr
from py7zr.io import BytesIOFactory

data = random.Random(1).randbytes(4 << 20)
packed = io.BytesIO()
with py7zr.SevenZipFile(packed, "w") as archive:
    archive.writestr(data, "a.bin")
packed.seek(0)
factory = BytesIOFactory(1 << 20)
try:
    with py7zr.SevenZipFile(packed) as archive:
        archive.extractall(factory=factory)
except Exception as error:  # the behaviour has changed
    print(f"py7zr {py7zr.__version__}: raises {type(error).__name__}")
    sys.exit(1)
got = factory.get("a.bin")
got.seek(0)
size = len(got.read())
print(f"py7zr {py7zr.__version__}: 4194304 bytes packed, limit 1048576: {size} bytes came out, no exception")
sys.exit(0 if size < len(data) else 1)
PYTHON
