"""Rows of the workbook that a merge replaces, taken over as they are stored (dòng giữ nguyên).

A block of rows is known by a digest of all that it is made of: the files that its records come from, what was
found in them, reviews, columns, place, and by the fingerprint of the cache, which stands for the program and its
settings. Where the blocks lie in a workbook is stored in the cache under the digest of the workbook's bytes. So
they are right or they are not found, and a merge that finds none makes the very same bytes.
"""

import io
import pickle
import zipfile
from collections.abc import Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from struct import unpack_from
from typing import Any

from doingoai_cli.consolidate.workbook.row_xml import Stored
from doingoai_cli.consolidate.workbook.write import BlockLocation
from doingoai_cli.pipeline.cache import ParseCache

_LOCAL_HEADER = 30


def known_rows(path: Path, cache: ParseCache | None) -> Mapping[bytes, Stored]:
    """The blocks of rows of a workbook, by their keys; none of one that another program has written."""
    try:
        data = path.read_bytes() if cache is not None else b""
        places = cache.get(_name(sha256(data))) if cache is not None else None
        if places is None:
            return {}
        begins = _begins(data)
        return {key: _stored(data, begins[part], *block) for key, (part, *block) in places.items()}
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile):
        return {}


def store_places(
    workbook: io.BufferedRandom, blocks: Mapping[bytes, BlockLocation], cache: ParseCache | None
) -> None:
    """Store where the blocks lie of a workbook that is written now."""
    if cache is not None:
        workbook.seek(0)
        places = {key: (part, at, length, *stored[1:]) for key, (part, at, length, stored) in blocks.items()}
        cache.put(_name(file_digest(workbook, "sha256")), pickle.dumps(places, protocol=5))


def _name(digest: Any) -> str:
    return f"rows of {digest.hexdigest()}"


def _begins(data: bytes) -> Mapping[str, int]:
    """Where each part of a package begins, behind its header."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        headers = {info.filename: info.header_offset for info in package.infolist()}
    return {name: at + _LOCAL_HEADER + sum(unpack_from("<HH", data, at + 26)) for name, at in headers.items()}


def _stored(data: bytes, begin: int, at: int, length: int, *told: Any) -> Stored:
    return Stored(data[begin + at : begin + at + length], *told)
