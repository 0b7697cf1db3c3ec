"""The stored structure (cấu trúc đã ghi): what the workbook held when it was written, in hidden cells of Nhật ký.

Officers rename headings, move columns, sort some columns without the others, copy and delete rows. With what was
there stored beside it, each of these is known for what it is, and nothing is read by luck.
"""

import base64
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from doingoai_cli.consolidate.workbook.book import BookSheet, SheetText
from doingoai_cli.consolidate.workbook.columns import BookColumn, ColumnKind
from doingoai_cli.consolidate.workbook.row_digests import RowDigest, unpacked
from doingoai_cli.model.grid import Grid

_MARK = "doingoai-cau-truc:"
_CELL = re.compile(rf"{_MARK}(\d+)/(\d+):([A-Za-z0-9+/=]*)")
_CHUNK = 30_000
"""Characters of one cell; Excel holds 32,767."""
_LINE = 4
"""Bytes of a list's line."""
_LARGEST = 4 << 30
_WIDTH = 9.0


class StoredColumn(NamedTuple):
    """One column of a form's sheet, from left to right."""

    kind: ColumnKind
    key: str
    heading: str


@dataclass(frozen=True)
class StoredForm:
    """What a form's sheet held when it was written: what it holds now is compared with it."""

    sheet: str
    columns: tuple[StoredColumn, ...]
    fields: tuple[str, ...]
    """The fields of the digests' official cells."""
    packed: bytes = b""
    """The digests of its rows."""
    whole: frozenset[str] | None = None
    """The records whose text an officer edited, or may not come back from its cells as it is; None: not known."""

    @cached_property  # unpacked by the first row that asks, 0.1 ms for each after it
    def digests(self) -> Mapping[str, RowDigest]:
        """Record id → digest of its row; ValueError where the bytes do not fit."""
        return unpacked(self.packed, len(self.fields))


@dataclass(frozen=True, slots=True)
class Structure:
    """What the whole workbook held."""

    forms: Mapping[str, StoredForm]
    lists: Mapping[str, frozenset[bytes]]
    """Sheet → digests of its lines: any other line is somebody's note."""
    aside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sheet of rows that are set aside → their ids."""
    deleted: Mapping[str, bytes] = field(default_factory=dict)
    """Rows that officers deleted and nobody sends now: record id → digest of the seal of what was sent."""


def stored_columns(columns: Iterable[BookColumn]) -> tuple[StoredColumn, ...]:
    """The columns as they are stored; those that only formulas need are not."""
    return tuple(
        StoredColumn(c.kind, c.key, c.heading)
        for c in columns
        if not (c.kind is ColumnKind.HIDDEN and c.heading.startswith("["))
    )


def line_digest(texts: Iterable[str]) -> bytes:
    """The digest of a list's line, blank cells apart."""
    return digest_of_line(" ".join(text.split()) for text in texts)


def digest_of_line(texts: Iterable[str]) -> bytes:
    """The same of texts that are known to be in one line each, with single spaces."""
    return zlib.crc32("\x1f".join(filter(None, texts)).encode()).to_bytes(_LINE, "big")


def to_cells(structure: Structure) -> tuple[str, ...]:
    """The structure as texts of cells."""
    bodies = [stored.packed for stored in structure.forms.values()]
    lines = [b"".join(sorted(digests)) for digests in structure.lists.values()]
    head = {
        "forms": [
            {
                "form": form, "sheet": stored.sheet, "fields": stored.fields, "bytes": len(body),
                "columns": [(c.kind.value, c.key, c.heading) for c in stored.columns],
                "whole": None if stored.whole is None else sorted(stored.whole),
            }
            for (form, stored), body in zip(structure.forms.items(), bodies, strict=True)
        ],
        "lists": [
            {"sheet": name, "bytes": len(body)} for name, body in zip(structure.lists, lines, strict=True)
        ],
        "aside": dict(structure.aside),
        **({"deleted": {i: seal.hex() for i, seal in structure.deleted.items()}} if structure.deleted else {}),
    }  # fmt: skip
    compressor = zlib.compressobj(1)
    parts = (json.dumps(head, ensure_ascii=False).encode(), b"\n", *bodies, *lines)
    data = b"".join([*map(compressor.compress, parts), compressor.flush()])
    step = _CHUNK // 4 * 3  # bytes that fill a cell
    starts = range(0, len(data), step)  # of a million rows the texts take 100 MiB: they are held once
    return tuple(
        f"{_MARK}{number}/{len(starts)}:{base64.b64encode(data[at : at + step]).decode()}"
        for number, at in enumerate(starts, 1)
    )


def with_structure(sheet: BookSheet, structure: Structure) -> tuple[BookSheet, Mapping[str, str]]:
    """The sheet with the structure in hidden columns at its right end, in its first row; see `Book.texts`."""
    first = len(sheet.widths) + 1
    texts = {text[: text.index(":", len(_MARK)) + 1]: text for text in to_cells(structure)}
    blocks = (SheetText(0, first + at, 0, first + at, text, "hidden") for at, text in enumerate(texts))
    hidden = sheet.hidden_from if sheet.hidden_from is not None else first
    with_cells = replace(
        sheet,
        widths=(*sheet.widths, *[_WIDTH] * (len(texts) + 1)),
        blocks=(*sheet.blocks, *blocks),
        hidden_from=hidden,
    )
    return with_cells, texts


class DamagedError(Exception):
    """Some of the structure's cells are there and others are not."""


def read_structure(grids: Iterable[Grid], *, known: bool) -> Structure | None:
    """The structure that a workbook keeps, wherever its cells went; None where it keeps none (`DamagedError`).

    `known`: it is whole for certain.
    """
    pieces: dict[int, str] = {}
    of = 0
    for text in _texts(grids):
        match = _CELL.fullmatch(text.strip())
        if match is None:
            raise DamagedError
        pieces[int(match[1])], of = match[3], int(match[2])
    if not pieces:
        return None
    if sorted(pieces) != list(range(1, of + 1)):
        raise DamagedError
    try:
        return _decoded("".join(pieces[number] for number in range(1, of + 1)), known=known)
    except (ValueError, KeyError, TypeError, IndexError, zlib.error) as error:
        raise DamagedError from error


def _texts(grids: Iterable[Grid]) -> Iterable[str]:
    for grid in grids:
        for cell in grid.cells:
            if isinstance(cell.value, str) and is_structure(cell.value):
                yield cell.value


def is_structure(text: str) -> bool:
    """Whether a cell is one of the structure's, damaged or not: the mark alone may be anybody's text."""
    return text.startswith(_MARK) and text[len(_MARK) :][:1].isdigit()


def _decoded(text: str, *, known: bool) -> Structure:
    data = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), _LARGEST)
    head, _, body = data.partition(b"\n")
    told, at = json.loads(head), 0
    forms: dict[str, StoredForm] = {}
    for form in told["forms"]:
        columns = tuple(StoredColumn(ColumnKind(kind), key, heading) for kind, key, heading in form["columns"])
        held = body[at : at + form["bytes"]]
        at += form["bytes"]
        fields = tuple(form["fields"])
        whole = None if form.get("whole") is None else frozenset(form["whole"])
        forms[form["form"]] = StoredForm(form["sheet"], columns, fields, held, whole)
        _ = known or forms[form["form"]].digests  # so that what is damaged is known at once
    lists: dict[str, frozenset[bytes]] = {}
    for each in told["lists"]:
        end = at + each["bytes"]
        lists[each["sheet"]] = frozenset(body[line : min(line + _LINE, end)] for line in range(at, end, _LINE))
        at = end
    aside = {name: tuple(ids) for name, ids in told["aside"].items()}
    deleted = {record_id: bytes.fromhex(seal) for record_id, seal in told.get("deleted", {}).items()}
    return Structure(forms, lists, aside, deleted)
