"""An Office package as parts (OPC): read, change a few, write; every other part keeps its bytes.

Names are looked up in any case and with either slash, as Office itself does. What cannot be patched raises
`PatchError`: the caller then falls back on a copy of the values.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from itertools import count

from lxml import etree

from doingoai_cli.model.excel_limits import NOT_IN_XML
from doingoai_cli.readers.package import Relationship, plain_name, read_relationships, rels_name
from doingoai_cli.readers.unreadable import GiveUp

CONTENT_TYPES = "[Content_Types].xml"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_INFLATED_LIMIT = 512 * 1024 * 1024
"""Bytes of all parts together, as declared (no part is inflated past that): as much as is read at all."""
_SIGNATURES = "/digital-signature/origin"
_EMPTY_RELS = f'<Relationships xmlns="{_RELS_NS}"/>'.encode()

Element = etree._Element


class PatchError(Exception):
    """The package is built in a way that cannot be patched safely."""


def parse(data: bytes) -> Element:
    """A part's XML, entities unresolved; PatchError where it cannot be parsed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, strip_cdata=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise PatchError("XML") from error


def serialize(root: Element) -> bytes:
    """XML as Office writes it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def xml_text(text: str) -> str:
    """`text` with a mark in place of what XML cannot hold."""
    return NOT_IN_XML.sub("\ufffd", text)


def text_of(element: Element) -> str:
    """All text within an element."""
    return "".join(str(piece) for piece in element.itertext())


class Parts:
    """The parts of one package, to be changed in place."""

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as source:
                self._infos = {info.filename: info for info in source.infolist()}
                if sum(info.file_size for info in self._infos.values()) > _INFLATED_LIMIT:
                    raise PatchError("too large")
                self._data = {name: source.read(name) for name in self._infos}
                doubled = len(self._infos) != len(source.infolist())
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, zlib.error) as error:
            raise PatchError("zip") from error
        self._names = {plain_name(name): name for name in self._data}
        if doubled or len(self._names) != len(self._data):
            raise PatchError("doubled part")
        if plain_name(CONTENT_TYPES) not in self._names:
            raise PatchError("no content types")
        self._types = parse(self[CONTENT_TYPES])

    def __contains__(self, name: str) -> bool:
        return plain_name(name) in self._names

    def __getitem__(self, name: str) -> bytes:
        try:
            return self._data[self._names[plain_name(name)]]
        except KeyError as error:
            raise PatchError(f"no part {name}") from error

    def __setitem__(self, name: str, data: bytes) -> None:
        real = self._names.setdefault(plain_name(name), name.lstrip("/"))
        self._data[real] = data

    def names(self) -> tuple[str, ...]:
        """All parts' names, as the package writes them."""
        return tuple(self._data)

    def remove(self, name: str) -> None:
        """Takes a part away, with its relationships and its content type."""
        for part in (name, rels_name(name)):
            real = self._names.pop(plain_name(part), None)
            if real:
                del self._data[real]
        for override in list(self._types):
            if plain_name(override.get("PartName", "")) == plain_name(name):
                self._types.remove(override)

    def free_name(self, pattern: str) -> str:
        """The first unused name of a pattern such as `xl/comments{}.xml`."""
        return next(name for name in map(pattern.format, count(1)) if name not in self)

    def declare(self, name: str, content_type: str) -> None:
        """Gives a part its content type."""
        override = etree.SubElement(self._types, f"{{{_TYPES_NS}}}Override")
        override.set("PartName", "/" + name.lstrip("/"))
        override.set("ContentType", content_type)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Gives all parts with that extension a content type, unless they have one."""
        for item in self._types:
            if item.get("Extension", "").lower() == extension:
                return
        default = etree.Element(f"{{{_TYPES_NS}}}Default")
        default.set("Extension", extension)
        default.set("ContentType", content_type)
        self._types.insert(0, default)

    def content_type(self, name: str) -> str:
        """A part's own content type; "" where only its extension has one."""
        for item in self._types:
            if plain_name(item.get("PartName", "")) == plain_name(name):
                return item.get("ContentType", "")
        return ""

    def relations(self, name: str) -> list[Relationship]:
        """The relationships of a part ("" for the package) to other parts; PatchError: unreadable."""
        rels = rels_name(name)
        if rels not in self:
            return []
        try:
            found = read_relationships(self[rels], posixpath.dirname(name.replace("\\", "/")))
        except GiveUp as error:
            raise PatchError("relationships") from error
        return [relation for relation in found if not relation.external]

    def relate(self, name: str, target: str, kind: str) -> str:
        """Adds a relationship from a part to another; its id."""
        rels = rels_name(name)
        root = parse(self[rels]) if rels in self else parse(_EMPTY_RELS)
        taken = {item.get("Id") for item in root}
        own = next(name for name in map("rId{}".format, count(1)) if name not in taken)
        item = etree.SubElement(root, f"{{{_RELS_NS}}}Relationship")
        item.set("Id", own)
        item.set("Type", kind)
        item.set("Target", posixpath.relpath(f"/{target}", "/" + posixpath.dirname(name.replace("\\", "/"))))
        self[rels] = serialize(root)
        return own

    def unrelate(self, name: str, relation_id: str) -> None:
        """Takes a relationship away; the `.rels` part with the last one."""
        rels = rels_name(name)
        root = parse(self[rels])
        for item in list(root):
            if item.get("Id") == relation_id:
                root.remove(item)
        if len(root):
            self[rels] = serialize(root)
        else:
            del self._data[self._names.pop(plain_name(rels))]

    def remove_signatures(self) -> bool:
        """Takes digital signatures out, which a changed package breaks; whether there were any."""
        origins = [relation for relation in self.relations("") if relation.type.endswith(_SIGNATURES)]
        for origin in origins:
            for signature in self.relations(origin.target):
                self.remove(signature.target)
            self.remove(origin.target)
            self.unrelate("", origin.id)
        return bool(origins)

    def write(self) -> bytes:
        """The package; parts in the sender's order, new ones last."""
        self[CONTENT_TYPES] = serialize(self._types)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for name, data in self._ordered():
                info = zipfile.ZipInfo(name, self._infos[name].date_time if name in self._infos else _EPOCH)
                stored = name in self._infos and self._infos[name].compress_type == zipfile.ZIP_STORED
                target.writestr(info, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    def _ordered(self) -> Iterator[tuple[str, bytes]]:
        known = [name for name in self._infos if name in self._data]
        new = sorted(name for name in self._data if name not in self._infos)
        return ((name, self._data[name]) for name in (*known, *new))


_EPOCH = (1980, 1, 1, 0, 0, 0)
