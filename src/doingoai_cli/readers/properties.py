"""The custom document properties of an Office package (thuộc tính tùy chỉnh), which our own files are known by."""

from collections.abc import Mapping

from doingoai_cli.readers.package import Package
from doingoai_cli.readers.unreadable import GiveUp
from doingoai_cli.readers.xml_events import Attributes, parse


def custom_properties(package: Package) -> Mapping[str, str]:
    """The custom properties; none where that part is broken, for it has nothing to do with the data."""
    try:
        parts = [r.target for r in package.relationships() if r.kind in ("custom-properties", "customProperties")]
        found: dict[str, str] = {}
        for part in parts:
            found.update(read_properties(package.read(part) or b""))
    except GiveUp:
        return {}
    return found


def read_properties(part: bytes) -> Mapping[str, str]:
    """The properties that `docProps/custom.xml` holds, by name. Raises `GiveUp` for broken XML."""
    reader = _PropertiesReader()
    parse(part, reader.start, reader.end, reader.text)
    return reader.found


class _PropertiesReader:
    """Follows the elements of `docProps/custom.xml`."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._name: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "property":
            self._name = attributes.get("name", "")
            self.found[self._name] = ""

    def end(self, tag: str) -> None:
        if tag == "property":
            self._name = None

    def text(self, text: str) -> None:
        if self._name is not None:
            self.found[self._name] += text.strip()
