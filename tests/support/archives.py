"""Archives of files given by their names."""

import io
import struct
import zipfile

import py7zr
import rars


def zipped(kind: int = zipfile.ZIP_DEFLATED, **files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def seven_zipped(password: str | None = None, **files: bytes) -> bytes:
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=password) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return buffer.getvalue()


def rar(password: str | None = None, how: str = "rar50", **files: bytes) -> bytes:
    built = rars.RarBuilder(format=how, password=password)
    for name, data in files.items():
        built.add_bytes(data, name)
    return built.to_bytes()


def packed_by_outlook(**files: bytes) -> bytes:
    """A winmail.dat with some attachments, as [MS-OXTNEF] lays it out."""

    def attribute(name: int, data: bytes) -> bytes:
        return struct.pack("<BII", 2, name, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    parts = [
        attribute(0x00069002, bytes(14))
        + attribute(0x00018010, f"{name}\0".encode())
        + attribute(0x0006800F, data)
        for name, data in files.items()
    ]
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(parts)
