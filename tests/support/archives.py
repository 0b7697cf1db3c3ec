"""Archives of files given by their names."""

import io
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
