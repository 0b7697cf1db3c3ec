"""The parts of a Word package: their names, what of them we write ourselves, parts and bytes of a file."""

import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO
from operator import methodcaller
from typing import NamedTuple

from doingoai_cli.deflate import deflate
from doingoai_cli.model.seals import append
from doingoai_cli.report.word.markup import attribute

XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"
CHART, CHART_BOOK = "word/charts/chart{}.xml", "word/embeddings/bieu-do-{}.xlsx"
DATA_ID = "rId1"
"""How a chart calls its workbook."""
LONGEST_PROPERTY = 255
"""Characters that python-docx takes: the names of agencies may be longer."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Properties(NamedTuple):
    """What the file says of itself."""

    title: str
    author: str
    day: date
    custom: Mapping[str, str]
    """Custom properties, by which the tool knows its own files."""
    keywords: str = ""


def custom_properties(custom: Mapping[str, str]) -> bytes:
    """The part of custom properties."""
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{i}" name="{attribute(name)}">'
        f"<vt:lpwstr>{attribute(value)}</vt:lpwstr></property>"
        for i, (name, value) in enumerate(custom.items(), 2)
    )
    return (
        f'{XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{entries}</Properties>"
    ).encode()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package in their order."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def packed(parts: Iterable[tuple[str, bytes]], before: bytes = b"") -> bytes:
    """A package of parts, behind those of the package `before`, which stay as they lie there.

    All have one fixed time: the same document gives the same bytes.
    """
    result = BytesIO(before)
    with zipfile.ZipFile(result, "a") as archive:
        for name, content in parts:
            stored = deflate.compress(content, 2, -deflate.MAX_WBITS)  # 3 MB of rows: 1 ms; by `zipfile` 14
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.CRC, info.file_size, info.compress_size = deflate.crc32(content), len(content), len(stored)
            append(archive, info, methodcaller("write", stored))
    return result.getvalue()
