"""The seal (dấu niêm) of what the tool writes: whether a file was edited since, so that no work is lost.

A Word or Excel file carries its seal as a custom document property: a digest over every other part. Whatever an
office program saves has other parts, so an edited file no longer agrees with its seal, wherever it was taken.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable
from hashlib import sha256
from struct import unpack_from
from typing import IO

SEAL = "doingoai.seal"
"""The custom document property."""
CUSTOM = "docProps/custom.xml"
"""The part that holds them."""
_LARGEST_CUSTOM = 1 << 20
_LOCAL_HEADER = 30
_HAS_DESCRIPTOR = 0x08
_ZIP = b"PK\x03\x04"
_PROPERTY = re.compile(rf'<property\b[^>]*\bname="{re.escape(SEAL)}"[^>]*>\s*<vt:lpwstr>([0-9a-f]*)</vt:lpwstr>')
_EARLIER = re.compile(rf'<property\b[^>]*\bname="{re.escape(SEAL)}"[^>]*?(?:/>|>.*?</property>)', re.DOTALL)
"""A seal however another program wrote it: openpyxl declares the prefix on each value."""
_OPENING = re.compile(r"<Properties\b[^>]*\bxmlns:vt=")
_PID = re.compile(r'\bpid="([0-9]{1,9})"')
_END = "</Properties>"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_AS_THEY_ARE = "surrogateescape"
"""Bytes that are no text go through unchanged: a marked copy has the sender's own properties, damaged ones too."""
_BROKEN = (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError)


def sealed(data: bytes) -> bytes:
    """The same package with its seal in it; anything that holds no custom properties comes back as it is."""
    if not data.startswith(_ZIP):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        if CUSTOM not in package.NameToInfo:
            return data
        custom = with_seal(package.read(CUSTOM), parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as copy:
        for part in parts:
            if part.filename == CUSTOM:
                information = zipfile.ZipInfo(CUSTOM, part.date_time)
                copy.writestr(information, custom, zipfile.ZIP_DEFLATED)
            else:
                _take_over(copy, part, data)
    return buffer.getvalue()


def with_seal(custom: bytes, parts: list[zipfile.ZipInfo]) -> bytes:
    """The custom properties of a package with the seal of its other parts among them."""
    text = custom.decode("utf-8", _AS_THEY_ARE)
    others = _EARLIER.sub("", text)
    number = max(map(int, _PID.findall(others)), default=1) + 1
    declared = "" if _OPENING.search(others) else f' xmlns:vt="{_TYPES}"'
    own = (
        f'<property{declared} fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{SEAL}">'
        f"<vt:lpwstr>{_digest(parts)}</vt:lpwstr></property>"
    )
    return others.replace(_END, own + _END).encode("utf-8", _AS_THEY_ARE)


def is_untouched(data: bytes) -> bool:
    """Whether a file is one of ours as it was written: no one has edited it since."""
    if not data.startswith(_ZIP):
        return _is_result(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(CUSTOM) as part:
            found = _PROPERTY.search(part.read(_LARGEST_CUSTOM).decode("utf-8", "replace"))
            return found is not None and found[1] == _digest(package.infolist())
    except _BROKEN:
        return False


def _is_result(data: bytes) -> bool:
    """Whether it is the JSON or SARIF of `check`, which names its tool: made for programs, by programs."""
    if not data.startswith(b"{"):
        return False
    try:
        result = json.loads(data)
        tool = result["tool"] if "tool" in result else result["runs"][0]["tool"]["driver"]
        return bool(tool["name"] == "doingoai")
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return False


def _digest(parts: list[zipfile.ZipInfo]) -> str:
    told = sorted(f"{p.filename}\t{p.CRC:08x}\t{p.file_size}" for p in parts if p.filename != CUSTOM)
    return sha256("\n".join(told).encode()).hexdigest()


def _take_over(package: zipfile.ZipFile, part: zipfile.ZipInfo, data: bytes) -> None:
    """Put a part of another package into this one."""
    names = sum(unpack_from("<HH", data, part.header_offset + 26))
    begin = part.header_offset + _LOCAL_HEADER + names
    part.flag_bits &= ~_HAS_DESCRIPTOR  # the sizes are known by now
    append(package, part, lambda file: file.write(data[begin : begin + part.compress_size]))


def append(package: zipfile.ZipFile, part: zipfile.ZipInfo, put: Callable[[IO[bytes]], object]) -> None:
    """Put a part into a package, compressed as it is (`zipfile` would compress it again); `put` writes it."""
    assert package.fp is not None  # it is open
    part.header_offset = package.start_dir
    package.fp.seek(package.start_dir)
    package.fp.write(part.FileHeader())
    put(package.fp)
    package.start_dir = package.fp.tell()
    package.filelist.append(part)
    package.NameToInfo[part.filename] = part
    package._didModify = True  # type: ignore[attr-defined]  # else one that was opened to be added to ends as it was
