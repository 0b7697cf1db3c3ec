"""A zip package → `Workbook`, by what is in it: Excel, OpenDocument or Word.

What reads the rarer kinds is loaded when there is one.
"""

from collections.abc import Mapping

from doingoai_cli.model.grid import Workbook
from doingoai_cli.readers.file_types import foreign_open_document, foreign_package, is_other_package
from doingoai_cli.readers.guard import read_guarded
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.package import Package
from doingoai_cli.readers.unreadable import GiveUp, Unreadable
from doingoai_cli.readers.xlsx import OoxmlSheets, read_ooxml, read_ooxml_properties
from doingoai_cli.readers.xml_events import root_of

_USUAL_STARTS = ("xl/workbook.xml", "xl/workbook.bin", "word/document.xml")


def read_zip(data: bytes, meter: Meter) -> Workbook:
    """The workbook in a zip package. Raises `GiveUp` where there is none, or none that can be read."""
    package = Package(data, meter)
    kind = open_document_kind(package)
    if kind is None:
        return _read_office(data, package, meter)
    if "opendocument.text" in kind:
        from doingoai_cli.readers.odt import read_opendocument_text

        return read_opendocument_text(package, meter)
    if "opendocument.spreadsheet" not in kind:
        raise GiveUp(foreign_open_document())
    from doingoai_cli.readers.ods import read_opendocument

    return read_opendocument(package, meter)


def is_archive(data: bytes, meter: Meter) -> bool:
    """Whether a zip package is an archive of files, and no document of an office program. Raises `GiveUp`."""
    package = Package(data, meter)
    return open_document_kind(package) is None and not main_part(package) and not is_other_package(package.names)


def read_zip_properties(data: bytes, meter: Meter) -> Mapping[str, str]:
    """Only the properties of an Excel package; none for any other. Raises `GiveUp` for a broken one."""
    package = Package(data, meter)
    start = main_part(package)
    if start.lower().endswith(".xml") and root_of(package.chunks(start)) == "workbook":
        return read_ooxml_properties(package, start, meter)
    return {}


def open_zip(data: bytes, meter: Meter) -> OoxmlSheets | None:
    """An Excel package of XML parts, its sheets not read yet; None for any other. Raises `GiveUp`."""
    package = Package(data, meter)
    start = main_part(package)
    if not start.lower().endswith(".xml") or root_of(package.chunks(start)) != "workbook":
        return None
    return OoxmlSheets(package, start, meter, formula_texts=False)


def open_document_kind(package: Package) -> str | None:
    """The media type of an ODF package, None for any other."""
    if "mimetype" in package:
        return (package.read("mimetype") or b"").decode("ascii", errors="replace").strip()
    if "content.xml" in package and "META-INF/manifest.xml" in package:
        return "application/vnd.oasis.opendocument.spreadsheet"
    return None


def _read_office(data: bytes, package: Package, meter: Meter) -> Workbook:
    start = main_part(package)
    if not start:
        raise GiveUp(foreign_package(package.names, start))
    if start.lower().endswith(".bin"):
        return _read_binary(data, meter)
    match root_of(package.chunks(start)):
        case "workbook":
            return read_ooxml(package, start, meter)
        case "document":
            from doingoai_cli.readers.docx import read_word

            return read_word(package, start, meter)
    raise GiveUp(foreign_package(package.names, start))


def _read_binary(data: bytes, meter: Meter) -> Workbook:
    """An .xlsb, whose reader may abort, in the guarded process."""
    found = read_guarded("doingoai_cli.readers.calamine:read_binary", data, "", meter.limits, Workbook)
    if isinstance(found, Unreadable):
        raise GiveUp(found)
    return found


def main_part(package: Package) -> str:
    """The main part; "" where there is none."""
    for relationship in package.relationships():
        if relationship.kind == "officeDocument" and relationship.target in package:
            return relationship.target
    return next((usual for usual in _USUAL_STARTS if usual in package), "")
