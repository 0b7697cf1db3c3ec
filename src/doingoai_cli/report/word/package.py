"""The Word package around a document's body: styles, page numbers, properties; bytes out."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from doingoai_cli.report.word.decree30 import (
    DEFAULTS_XML,
    LANGUAGE,
    PLACEHOLDER_STYLE_XML,
    TABLE_STYLE_XML,
    LegalForm,
    Page,
    section_properties,
    styles,
)
from doingoai_cli.report.word.markup import NAMESPACES, attribute, field, paragraph
from doingoai_cli.report.word.reference import merged, open_reference
from doingoai_cli.vietnamese.text import shortened

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE_REFERENCE = re.compile(r'(<w:(?:p|r|tbl)Style w:val=")([^"]+)"')
_XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Properties(NamedTuple):
    """What the file says of itself."""

    title: str
    author: str
    day: date
    custom: Mapping[str, str]
    """Custom properties, by which the tool knows its own files."""
    keywords: str = ""


class WordPackage:
    """A Word file in the making: bodies refer to its pictures and charts by relationship id."""

    def __init__(self, form: LegalForm, reference: bytes | None = None) -> None:
        """`reference` is a document whose styles change ours; DoingoaiError where it is no .docx."""
        self._form = form
        self.document = Document() if reference is None else open_reference(reference)
        self._style_ids, self.refused = _install_styles(self.document, form, merge=reference is not None)
        self._number_id = _page_numbers(self.document, form)

    @property
    def part(self) -> Any:
        """The main part, which pictures and charts relate to."""
        return self.document.part

    def close(self, sections: Sequence[tuple[Page, str]], properties: Properties) -> bytes:
        """The file; each section has its pages, its body and its own page numbers."""
        body = "".join(
            content + section_properties(page, self._form, self._number_id, last=i == len(sections))
            for i, (page, content) in enumerate(sections, 1)
        )
        if self._style_ids:
            body = _STYLE_REFERENCE.sub(self._renamed, body)
        _describe(self.document, properties)
        buffer = BytesIO()
        self.document.save(buffer)
        main = f"{_XML_HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        return _with_part(buffer.getvalue(), self.part.partname.lstrip("/"), main.encode("utf-8"))

    def _renamed(self, reference: re.Match[str]) -> str:
        """A reference to a style of ours, under the id that it has in the province's document."""
        return reference[1] + self._style_ids.get(reference[2], reference[2]) + '"'


def _install_styles(document: Any, form: LegalForm, *, merge: bool) -> tuple[dict[str, str], tuple[str, ...]]:
    """Our styles in the document, with `merge` as the document's own may change them.

    Gives the ids that differ from ours, and what of the document's styles the rules forbid.
    """
    sheet = document.styles.element
    there = {_style_name(style): style for style in sheet.findall(f"{_W}style")}
    by_id = {str(style.get(f"{_W}styleId")): style for style in there.values()}
    renamed: dict[str, str] = {}
    refused: list[str] = []
    for style in styles(form):
        old = there.get(style.name.lower())
        if merge and old is not None:
            style, fault = merged(style, old, by_id)
            refused += [fault] if fault else []
        _install(sheet, style.xml, old, renamed)
    for xml in (PLACEHOLDER_STYLE_XML, TABLE_STYLE_XML):
        _install(sheet, xml, there.get(_style_name(_parsed(xml))), renamed)
    defaults = parse_xml(DEFAULTS_XML.replace("<w:docDefaults>", f"<w:docDefaults {NAMESPACES}>", 1))
    old_defaults = sheet.find(f"{_W}docDefaults")
    if old_defaults is None:
        sheet.insert(0, defaults)
    else:
        sheet.replace(old_defaults, defaults)
    return renamed, tuple(refused)


def _install(sheet: Any, xml: str, old: Any, renamed: dict[str, str]) -> None:
    """A style of ours in place of the one of its name, under the id that other styles refer to."""
    style = _parsed(xml)
    if old is None:
        sheet.append(style)
        return
    ours, theirs = str(style.get(f"{_W}styleId")), str(old.get(f"{_W}styleId"))
    if ours != theirs:
        renamed[ours] = theirs
        style.set(f"{_W}styleId", theirs)
    sheet.replace(old, style)


def _parsed(xml: str) -> Any:
    return parse_xml(xml.replace("<w:style ", f"<w:style {NAMESPACES} ", 1))


def _style_name(style: Any) -> str:
    return str(style.find(f"{_W}name").get(f"{_W}val")).lower()


def _page_numbers(document: Any, form: LegalForm) -> str:
    """The relationship id of the header or footer that shows the page number."""
    part, rel_id = document.part.add_header_part() if form.page_number_on_top else document.part.add_footer_part()
    element = part.element
    for child in list(element):
        element.remove(child)
    style = "Header" if form.page_number_on_top else "Footer"
    number = paragraph(style, field("PAGE", "2"))
    element.append(parse_xml(number.replace("<w:p>", f"<w:p {NAMESPACES}>", 1)))
    return str(rel_id)


_LONGEST_PROPERTY = 255
"""Characters that python-docx takes: the names of agencies may be longer."""


def _describe(document: Any, properties: Properties) -> None:
    core = document.core_properties
    moment = datetime(properties.day.year, properties.day.month, properties.day.day)
    texts = (properties.title, properties.author, properties.keywords)
    core.title, core.author, core.keywords = (shortened(text, _LONGEST_PROPERTY) for text in texts)
    core.last_modified_by, core.language, core.comments, core.revision = core.author, LANGUAGE, "", 1
    core.created = core.modified = moment
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{i}" name="{attribute(name)}">'
        f"<vt:lpwstr>{attribute(value)}</vt:lpwstr></property>"
        for i, (name, value) in enumerate(properties.custom.items(), 2)
    )
    xml = (
        f'{_XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{entries}</Properties>"
    )
    package = document.part.package
    for rel_id, relationship in list(package.rels.items()):
        if relationship.reltype == _CUSTOM_RELATIONSHIP:
            del package.rels[rel_id]
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, xml.encode("utf-8"), package)
    package.relate_to(part, _CUSTOM_RELATIONSHIP)


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part's content replaced, never parsed, and one fixed time for all its parts.

    So a thousand rows cost no second reading, and the same report gives the same bytes.
    """
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for entry in old.infolist():
            part = content if entry.filename == name else old.read(entry)
            new.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return result.getvalue()
