"""OpenDocument texts (.odt) as the blocks that Word documents are read into (`read_blocks`)."""

import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from doingoai_cli.readers.xml_events import whole_number
from doingoai_cli.report.agency_texts import Block, PictureBlock, TableBlock, TextBlock
from doingoai_cli.report.word.read_blocks import parse_part
from doingoai_cli.vietnamese.text import clean, is_blank

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _TABLE, _DRAW, _STYLE, _META = (
    f"{{{_NAMES}{name}:1.0}}" for name in ("office", "text", "table", "drawing", "style", "meta")
)
_FO, _SVG = (f"{{{_NAMES}{name}-compatible:1.0}}" for name in ("xsl-fo", "svg"))
_LINK = "{http://www.w3.org/1999/xlink}href"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_BREAKS = {f"{_TEXT}tab": " ", f"{_TEXT}s": " ", f"{_TEXT}line-break": "\n"}
_SKIPPED = frozenset(
    (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_TEXT}note", f"{_TEXT}ruby-text")
)
_APART = frozenset((f"{_DRAW}frame", f"{_DRAW}custom-shape", *_SKIPPED))
"""What stands in a paragraph and is no part of its text."""
_MOST_ROWS = 1000
_PER_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}


class _Style(NamedTuple):
    parent: str
    level: int | None
    bold: bool | None


class _Source(NamedTuple):
    archive: zipfile.ZipFile
    styles: Mapping[str, _Style]


def is_odt(archive: zipfile.ZipFile) -> bool:
    """Whether a package is an OpenDocument text."""
    names = archive.namelist()
    return "content.xml" in names and "mimetype" in names and b"opendocument.text" in archive.read("mimetype")


def odt_blocks(archive: zipfile.ZipFile) -> tuple[Block, ...]:
    """All blocks in order, notes after the text; KeyError where the document has no body."""
    content = parse_part(archive, "content.xml")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise KeyError("office:text")
    styles = [content, *([parse_part(archive, "styles.xml")] if "styles.xml" in archive.namelist() else [])]
    source = _Source(archive, {name: style for part in styles for name, style in _styles(part)})
    notes = (_said(note) for note in body.iter(f"{_TEXT}note-body"))
    return (*_blocks(body, source), *(TextBlock(f"Chú thích: {text}") for text in notes if text))


def odt_values(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """What the document's own properties say, by their names."""
    if "meta.xml" not in archive.namelist():
        return {}
    entries = parse_part(archive, "meta.xml").iter(f"{_META}user-defined")
    return {str(entry.get(f"{_META}name")): "".join(entry.itertext()) for entry in entries}


def _styles(part: Any) -> Iterator[tuple[str, _Style]]:
    for style in part.iter(f"{_STYLE}style"):
        level = str(style.get(f"{_STYLE}default-outline-level") or "")
        look = style.find(f"{_STYLE}text-properties")
        weight = None if look is None else look.get(f"{_FO}font-weight")
        bold = None if weight is None else weight == "bold" or (weight.isdigit() and int(weight) >= 600)
        yield (
            str(style.get(f"{_STYLE}name")),
            _Style(
                str(style.get(f"{_STYLE}parent-style-name") or ""), int(level) if level.isdigit() else None, bold
            ),
        )


def _of_style(name: str, field: str, source: _Source) -> Any:
    """What a style says, or the nearest of its parents that says something; None for nothing."""
    seen = set[str]()
    while name in source.styles and name not in seen:
        seen.add(name)
        said = getattr(source.styles[name], field)
        if said is not None:
            return said
        name = source.styles[name].parent
    return None


def _blocks(container: Any, source: _Source, *, listed: bool = False) -> Iterator[Block]:
    for child in container:
        if child.tag in _SKIPPED:
            continue
        if child.tag in _PARAGRAPHS:
            yield from _paragraph(child, source, listed=listed)
        elif child.tag == f"{_TABLE}table":
            yield from _table(child, source)
        elif child.tag in (f"{_DRAW}frame", f"{_DRAW}custom-shape"):
            yield from _framed(child, source)
        else:  # a list, a section, an index
            yield from _blocks(child, source, listed=listed or child.tag == f"{_TEXT}list-item")


def _paragraph(element: Any, source: _Source, *, listed: bool) -> Iterator[Block]:
    text = clean(_said(element))
    if not is_blank(text):
        style = str(element.get(f"{_TEXT}style-name") or "")
        own = str(element.get(f"{_TEXT}outline-level") or "")
        level = int(own) if own.isdigit() else _of_style(style, "level", source)
        marked = f"- {text}" if listed and level is None and text[0] not in "-–•+" else text
        yield TextBlock(marked, level, level is None and _all_bold(element, source))
    for frame in element.iter(f"{_DRAW}frame", f"{_DRAW}custom-shape"):
        if next(frame.iterancestors(*_PARAGRAPHS)) is element:
            yield from _framed(frame, source)


def _said(element: Any) -> str:
    """The text as it is shown: without notes, comments and boxes."""
    return "".join(_pieces(element)).strip()


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _APART and child.get(f"{_TEXT}display") != "none":
            yield from _pieces(child)
            yield "\n" if child.tag in _PARAGRAPHS else ""
        yield child.tail or ""


def _all_bold(element: Any, source: _Source) -> bool:
    whole = bool(_of_style(str(element.get(f"{_TEXT}style-name") or ""), "bold", source))
    spans = [span for span in element.iter(f"{_TEXT}span") if _said(span)]
    said = [_of_style(str(span.get(f"{_TEXT}style-name") or ""), "bold", source) for span in spans]
    beside = is_blank("".join([element.text or "", *(span.tail or "" for span in spans)]))
    return all(whole if bold is None else bold for bold in said) and (whole or (bool(said) and beside))


def _table(element: Any, source: _Source) -> Iterator[Block]:
    rows = tuple(row for part in element.iter(f"{_TABLE}table-row") if _own(part, element) for row in _row(part))
    if any(cell for row in rows for cell in row):
        yield TableBlock(rows)
    for frame in element.iter(f"{_DRAW}frame"):
        yield from _framed(frame, source)


def _own(row: Any, table: Any) -> bool:
    """Whether a row belongs to `table` itself, not to one within it."""
    return next(row.iterancestors(f"{_TABLE}table")) is table


def _row(element: Any) -> Iterator[tuple[str, ...]]:
    cells: list[str] = []
    for cell in element.iterchildren(f"{_TABLE}table-cell"):
        lines = (clean(_said(p)) for p in cell.iter(*_PARAGRAPHS))
        cells += ["\n".join(line for line in lines if line)] * _count(cell, "columns")
    if cells:
        yield from [tuple(cells)] * (_count(element, "rows") if any(cells) else 1)


def _count(element: Any, what: str) -> int:
    return whole_number(str(element.get(f"{_TABLE}number-{what}-repeated") or ""), 1, _MOST_ROWS)


def _framed(frame: Any, source: _Source) -> Iterator[Block]:
    """What a frame holds: a text box, a picture, or something that cannot be taken over."""
    image = frame.find(f"{_DRAW}image")
    part = "" if image is None else str(image.get(_LINK) or "").removeprefix("./")
    if frame.find(f"{_DRAW}object") is None and part in source.archive.namelist():
        yield PictureBlock(source.archive.read(part), part.rpartition("/")[2], _width(frame))
    elif frame.find(f"{_DRAW}object") is not None or image is not None:
        yield TextBlock("[Hình, biểu đồ trong văn bản của đơn vị không chuyển được; xem tệp gốc]")
    boxes = frame.findall(f"{_DRAW}text-box") or ([frame] if frame.tag == f"{_DRAW}custom-shape" else [])
    for box in boxes:
        yield from _blocks(box, source)


def _width(frame: Any) -> float | None:
    width = str(frame.get(f"{_SVG}width") or "")
    number, unit = width[:-2], width[-2:]
    try:
        return float(number) * _PER_MM[unit]
    except (ValueError, KeyError):
        return None
