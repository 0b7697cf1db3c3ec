"""A zip package of XML parts (OPC, ODF) opened with care: nothing is inflated uncounted.

Names are found in any case and with either slash; two different parts under one name are refused, because
readers disagree on which of them is meant.
"""

import posixpath
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from struct import unpack_from
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from doingoai_cli.deflate import deflate
from doingoai_cli.grouping import grouped
from doingoai_cli.readers.limits import MIB, Meter
from doingoai_cli.readers.unreadable import GiveUp, Reason, corrupt, too_large, unreadable
from doingoai_cli.readers.xml_events import Attributes, parse

CHUNK = 4 * MIB
"""Of a part held at a time: a sheet is inflated and read piece by piece."""

_WHOLE = 64 * MIB
"""Of a part held as a whole: relationships, styles, a binary sheet; each is some kilobytes in a form."""
_LOCAL_HEADER = 30


class Relationship(NamedTuple):
    """One entry of a `.rels` part (quan hệ giữa các phần của gói)."""

    id: str
    type: str
    target: str
    """The part's name, in the file's own case, without a leading slash."""
    external: bool

    @property
    def kind(self) -> str:
        """The last word of its type ("worksheet")."""
        return self.type.rpartition("/")[2]


class Package:
    """The parts of one file, by name."""

    def __init__(self, data: bytes, meter: Meter) -> None:
        self._data = data
        self._meter = meter
        self._parts = grouped((plain_name(info.filename), info) for info in _directory(data, meter))

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names: lower case, forward slashes, no leading slash."""
        return tuple(self._parts)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and plain_name(name) in self._parts

    def read(self, name: str) -> bytes | None:
        """A whole part, None if there is none. Raises `GiveUp` for one too large to be held at once."""
        if name not in self:
            return None
        pieces, size = [], 0
        for piece in self.chunks(name):
            size += len(piece)
            if size > _WHOLE:
                raise too_large(f"phần {plain_name(name)} lớn hơn {_WHOLE // MIB} MB")
            pieces.append(piece)
        return b"".join(pieces)

    def chunks(self, name: str, size: int = CHUNK) -> Iterator[bytes]:
        """A part, inflated in pieces of at most `size` bytes; `name` must be in the package. Raises `GiveUp`."""
        infos = self._parts[plain_name(name)]
        info = infos[0]
        if any((other.CRC, other.file_size) != (info.CRC, info.file_size) for other in infos[1:]):
            raise corrupt(f"hai phần khác nhau cùng tên {info.filename}")
        return self._inflate(info, size)

    def _inflate(self, info: ZipInfo, size: int) -> Iterator[bytes]:
        if info.flag_bits & 1:
            raise GiveUp(unreadable(Reason.ENCRYPTED))
        packed = _packed(self._data, info)
        crc = 0
        for piece in (
            (packed,) if info.compress_type == ZIP_STORED else self._deflated(packed, info.filename, size)
        ):
            crc = deflate.crc32(piece, crc)
            self._meter.add_inflated(len(piece))
            yield piece
        if crc != info.CRC:
            raise corrupt(f"sai mã kiểm tra ở {info.filename}")

    def _deflated(self, packed: bytes, name: str, most: int) -> Iterator[bytes]:
        inflater, size = deflate.decompressobj(-deflate.MAX_WBITS), 0
        pending: bytes = packed
        while not inflater.eof:
            try:
                piece = inflater.decompress(pending, most)
            except deflate.error:  # type: ignore[misc]
                raise corrupt(f"không giải nén được {name}") from None
            pending = inflater.unconsumed_tail
            if not piece and not pending and not inflater.eof:
                raise GiveUp(unreadable(Reason.TRUNCATED))
            size += len(piece)
            self._meter.check_ratio(size, len(packed))
            yield piece

    def relationships(self, name: str = "") -> tuple[Relationship, ...]:
        """The relationships of a part, or of the package; none if it has no `.rels`."""
        rels, folder = self.read(rels_name(name)), posixpath.dirname(plain_name(name))
        if rels is None:
            return ()
        # Workbooks grown from one blank form share these parts byte for byte; a huge one is not worth keeping.
        return (_known_relationships if len(rels) <= _REMEMBERED else read_relationships)(rels, folder)


def read_relationships(rels: bytes, folder: str) -> tuple[Relationship, ...]:
    """What a `.rels` part says of the parts of `folder` ("" for the package). Raises `GiveUp` for broken XML.

    The one reader of relationships: of packages that are read, marked, or read for their text.
    """
    found: list[Relationship] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            found.append(
                Relationship(
                    id=attributes.get("Id", ""),
                    type=attributes.get("Type", ""),
                    target=resolve(folder, target),
                    external=attributes.get("TargetMode", "") == "External",
                )
            )

    parse(rels, start)
    return tuple(found)


_REMEMBERED = MIB // 64
_known_relationships = lru_cache(maxsize=128)(read_relationships)  # saves 0.02 s


def resolve(folder: str, target: str) -> str:
    """The name of the part that a relationship of a part in `folder` means by `target`, in its own case."""
    target = target.replace("\\", "/")
    return posixpath.normpath(target if target.startswith("/") else posixpath.join("/", folder, target)).lstrip(
        "/"
    )


def plain_name(name: str) -> str:
    """A part's name as names compare: in lower case, with forward slashes, without a leading one."""
    return name.replace("\\", "/").lstrip("/").lower()


def rels_name(name: str) -> str:
    """The name of the part that holds the relationships of a part; of the package for ""."""
    folder, file = posixpath.split(name.replace("\\", "/"))
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _directory(data: bytes, meter: Meter) -> list[ZipInfo]:
    limits = meter.limits
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        raise GiveUp(unreadable(Reason.TRUNCATED)) from None
    if len(infos) > limits.parts:
        raise too_large(f"hơn {limits.parts} phần trong tệp nén")
    if sum(info.file_size for info in infos) > limits.inflated_bytes:
        if any(info.file_size > limits.ratio * max(info.compress_size, 1) for info in infos):
            raise GiveUp(unreadable(Reason.BOMB))
        raise too_large(f"giải nén ra hơn {limits.inflated_bytes // MIB} MB")
    return infos


def _packed(data: bytes, info: ZipInfo) -> bytes:
    """The bytes of a part as they lie in the file."""
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise corrupt(f"kiểu nén lạ ở {info.filename}")
    at = info.header_offset
    if data[at : at + 4] != b"PK\x03\x04" or len(data) < at + _LOCAL_HEADER:
        raise corrupt(f"không tìm thấy {info.filename}")
    name_length, extra_length = unpack_from("<HH", data, at + 26)
    begin = at + _LOCAL_HEADER + name_length + extra_length
    packed = data[begin : begin + info.compress_size]
    if len(packed) < info.compress_size:
        raise GiveUp(unreadable(Reason.TRUNCATED))
    return packed
