"""What a document of a word processor (.docx, .odt) says, all of it, in its order."""

from doingoai_cli.readers import docx, odt
from doingoai_cli.readers.file_types import foreign_package
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.package import Package
from doingoai_cli.readers.unreadable import GiveUp
from doingoai_cli.readers.xml_events import root_of
from doingoai_cli.readers.zipped import main_part, open_document_kind


def read_text(data: bytes, meter: Meter) -> docx.DocumentText:
    """The text of a document. Raises `GiveUp` for any other file."""
    package = Package(data, meter)
    if "opendocument.text" in (open_document_kind(package) or ""):
        return odt.read_text(package, meter)
    part = main_part(package)
    if part and root_of(package.chunks(part)) == "document":
        return docx.read_text(package, part, meter)
    raise GiveUp(foreign_package(package.names, part))
