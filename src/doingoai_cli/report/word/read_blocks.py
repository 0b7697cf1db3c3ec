"""Word documents as blocks of text, tables and pictures, read from their XML so that nothing is passed over."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree

from doingoai_cli.readers.package import read_relationships
from doingoai_cli.readers.properties import read_properties
from doingoai_cli.report.agency_texts import Block, PictureBlock, TableBlock, TextBlock
from doingoai_cli.report.word.markup import EMU_PER_MM
from doingoai_cli.vietnamese.text import clean, is_blank

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_V = "{urn:schemas-microsoft-com:vml}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink")
)
_SKIPPED = frozenset(
    {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}pPr", f"{_W}rPr", _FALLBACK}
)
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


class WordSource(NamedTuple):
    """An opened document: its parts, and what its styles and relationships say."""

    archive: zipfile.ZipFile
    levels: Mapping[str, int]
    """Heading level by style id."""
    targets: Mapping[str, str]
    """Part name by relationship id."""


def open_source(archive: zipfile.ZipFile) -> WordSource:
    """The document in `archive`, with its styles and relationships; KeyError where it has no main part."""
    return WordSource(archive, _heading_levels(archive), _targets(archive))


def document_blocks(source: WordSource) -> tuple[Block, ...]:
    """All blocks in order, footnotes and endnotes after the text; KeyError where the document has no body."""
    body = parse_part(source.archive, "word/document.xml").find(f"{_W}body")
    if body is None:
        raise KeyError("w:body")
    return (*_blocks(body, source), *_notes(source))


def parse_part(archive: zipfile.ZipFile, part: str) -> Any:
    """The XML of a part, read without entities or network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(archive.read(part), parser)


def custom_values(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """What the document's custom properties say, by their names."""
    if "docProps/custom.xml" not in archive.namelist():
        return {}
    return read_properties(archive.read("docProps/custom.xml"))


def _heading_levels(archive: zipfile.ZipFile) -> dict[str, int]:
    """The heading level of each style: by its name, or by the outline level that it sets."""
    if "word/styles.xml" not in archive.namelist():
        return {}
    levels = {}
    for style in parse_part(archive, "word/styles.xml").iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        named = (
            re.fullmatch(r"(?:heading|đề mục|tiêu đề) ?(\d)", str(name.get(f"{_W}val")).lower())
            if name is not None
            else None
        )
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        if named:
            levels[style.get(f"{_W}styleId")] = int(named[1])
        elif outline is not None and str(outline.get(f"{_W}val")).isdigit():
            levels[style.get(f"{_W}styleId")] = int(outline.get(f"{_W}val")) + 1
    return levels


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    part = "word/_rels/document.xml.rels"
    if part not in archive.namelist():
        return {}
    return {item.id: item.target for item in read_relationships(archive.read(part), "word") if not item.external}


def _blocks(container: Any, source: WordSource) -> Iterator[Block]:
    for child in container:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, source)
        elif child.tag == f"{_W}tbl":
            yield from _table(child, source)
        elif child.tag in _WRAPPERS:
            yield from _blocks(child, source)


def _paragraph(element: Any, source: WordSource) -> Iterator[Block]:
    text = clean("".join(_pieces(element)).replace("\t", " "))
    if not is_blank(text):
        properties = element.find(f"{_W}pPr")
        level = _level(properties, source)
        listed = level is None and properties is not None and properties.find(f"{_W}numPr") is not None
        yield TextBlock(f"- {text}" if listed and text[0] not in "-–•+" else text, level, _all_bold(element))
    yield from _pictures(element, source)
    for box in element.iter(f"{_W}txbxContent"):
        if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
            yield from _blocks(box, source)


def _pieces(element: Any) -> Iterator[str]:
    """The text of a paragraph as it is shown: without what was deleted, without its text boxes."""
    for child in element:
        if child.tag in _SKIPPED or child.tag == f"{_W}txbxContent":
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _pieces(child)


def _level(properties: Any, source: WordSource) -> int | None:
    if properties is None:
        return None
    own = properties.find(f"{_W}outlineLvl")
    if own is not None and str(own.get(f"{_W}val")) in "012345678":
        return int(own.get(f"{_W}val")) + 1
    style = properties.find(f"{_W}pStyle")
    return None if style is None else source.levels.get(style.get(f"{_W}val"))


def _all_bold(element: Any) -> bool:
    runs = [r for r in element.iter(f"{_W}r") if "".join(_pieces(r)).strip()]
    switches = [r.find(f"{_W}rPr/{_W}b") for r in runs]
    return bool(runs) and all(s is not None and s.get(f"{_W}val") not in ("0", "false") for s in switches)


def _table(element: Any, source: WordSource) -> Iterator[Block]:
    rows = tuple(
        tuple(_cell(cell) for cell in row.iter(f"{_W}tc") if _own(cell, element))
        for row in element.iter(f"{_W}tr")
        if _own(row, element)
    )
    if any(cell for row in rows for cell in row):
        yield TableBlock(tuple(row for row in rows if row))
    yield from _pictures(element, source)


def _own(part: Any, table: Any) -> bool:
    """Whether a row or cell belongs to `table` itself, not to one within it."""
    return next(part.iterancestors(f"{_W}tbl")) is table


def _cell(element: Any) -> str:
    lines = (clean("".join(_pieces(p)).replace("\t", " ")) for p in element.iter(f"{_W}p"))
    return "\n".join(line for line in lines if line)


def _pictures(element: Any, source: WordSource) -> Iterator[Block]:
    for drawing in element.iter(f"{_A}blip", f"{_V}imagedata", f"{_C}chart"):
        if any(parent.tag == _FALLBACK for parent in drawing.iterancestors()):
            continue
        target = source.targets.get(drawing.get(f"{_R}embed") or drawing.get(f"{_R}id") or "", "")
        if drawing.tag == f"{_C}chart" or target not in source.archive.namelist():
            yield TextBlock("[Hình, biểu đồ trong văn bản của đơn vị không chuyển được; xem tệp gốc]")
            continue
        yield PictureBlock(source.archive.read(target), target.rpartition("/")[2], _width(drawing))


def _width(drawing: Any) -> float | None:
    for parent in drawing.iterancestors(f"{_WP}inline", f"{_WP}anchor"):
        extent = parent.find(f"{_WP}extent")
        if extent is not None and str(extent.get("cx")).isdigit():
            return int(extent.get("cx")) / EMU_PER_MM
    return None


def _notes(source: WordSource) -> Iterator[Block]:
    """Footnotes and endnotes, after the text that they belong to."""
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in source.archive.namelist():
            for note in parse_part(source.archive, part):
                text = clean(" ".join("".join(_pieces(p)) for p in note.iter(f"{_W}p")))
                if text:
                    yield TextBlock(f"Chú thích: {text}")
