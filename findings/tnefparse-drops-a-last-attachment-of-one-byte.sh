#!/usr/bin/env bash
# tnefparse 1.4.0: where the last attribute of a winmail.dat holds one byte of data, the reader takes what is left (12 bytes: its
# head, the byte and the checksum) for no attribute any more. The attachment is listed by its name and is empty; nothing is raised or logged.
# Expected: every attachment with the bytes that it was sent with, as for two bytes or where another attribute follows.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check tnefparse==1.4.0
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
import struct
import sys
from importlib.metadata import version

from tnefparse import TNEF

RENDERING, TITLE, DATA = 0x9002, 0x8010, 0x800F


def attribute(name: int, data: bytes) -> bytes:
    head = struct.pack("<BHHI", 2, name, 6, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def attached(*files: tuple[bytes, bytes]) -> list[bytes]:
    parts = [struct.pack("<IH", 0x223E9F78, 1)]
    for title, data in files:
        parts += [attribute(RENDERING, bytes(14)), attribute(TITLE, title + b"\0"), attribute(DATA, data)]
    return [bytes(found.data) for found in TNEF(b"".join(parts), do_checksum=True).attachments]


print(f"tnefparse {version('tnefparse')}")
found = {
    "one byte, the last": attached((b"a.txt", b"first"), (b"b.txt", b"1")),
    "two bytes, the last": attached((b"a.txt", b"first"), (b"b.txt", b"12")),
    "one byte, another behind it": attached((b"b.txt", b"1"), (b"a.txt", b"first")),
}
for case, contents in found.items():
    print(f"  {case}: {contents}")
expected = {
    "one byte, the last": [b"first", b""],
    "two bytes, the last": [b"first", b"12"],
    "one byte, another behind it": [b"1", b"first"],
}
sys.exit(found != expected)
PYTHON
