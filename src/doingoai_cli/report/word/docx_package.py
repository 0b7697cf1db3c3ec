"""A Word package made by python-docx: its template, our styles or a province's, pages numbered, what is added."""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

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
    styles,
)
from doingoai_cli.report.word.markup import NAMESPACES, field, paragraph
from doingoai_cli.report.word.package_parts import (
    CHART,
    CHART_BOOK,
    CUSTOM,
    DATA_ID,
    LONGEST_PROPERTY,
    Properties,
    custom_properties,
    parts_of,
)
from doingoai_cli.report.word.reference import merged, open_reference
from doingoai_cli.vietnamese.text import shortened

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE_REFERENCE = re.compile(r'(<w:(?:p|r|tbl)Style w:val=")([^"]+)"')
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES_WITH_EFFECTS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DocxPackage:
    """A document without a body."""

    def __init__(self, form: LegalForm, reference: bytes | None = None) -> None:
        """`reference` is a document whose styles change ours; DoingoaiError where it is no .docx."""
        self._document = Document() if reference is None else open_reference(reference)
        _drop_old_styles(self._document.part)
        self._style_ids, self.refused = _install_styles(self._document, form, merge=reference is not None)
        self.number_id = _page_numbers(self._document, form)
        self._charts = 0

    @property
    def main(self) -> str:
        """The name of the main part."""
        return str(self._document.part.partname).lstrip("/")

    def add_chart(self, xml: bytes, book: bytes) -> str:
        """A chart with the workbook that it refers to as `DATA_ID`; its relationship id."""
        self._charts += 1
        part = self._document.part
        embedded = Part(PackURI("/" + CHART_BOOK.format(self._charts)), _BOOK_TYPE, book, part.package)
        chart = Part(PackURI("/" + CHART.format(self._charts)), _CHART_TYPE, xml, part.package)
        chart.load_rel(f"{_RELATIONSHIPS}/package", embedded, DATA_ID)
        return str(part.relate_to(chart, f"{_RELATIONSHIPS}/chart"))

    def add_picture(self, data: bytes) -> tuple[str, Any]:
        """A picture's relationship id, and what python-docx knows of it; raises what the library does."""
        rel_id, image = self._document.part.get_or_add_image(BytesIO(data))
        return str(rel_id), image

    def renamed(self, body: str) -> str:
        """A body with references to styles of ours under the ids that they have in the province's document."""
        if not self._style_ids:
            return body
        return _STYLE_REFERENCE.sub(lambda found: found[1] + self._style_ids.get(found[2], found[2]) + '"', body)

    def parts(self, properties: Properties) -> dict[str, bytes]:
        """All parts in their order."""
        _describe(self._document, properties)
        buffer = BytesIO()
        self._document.save(buffer)
        return parts_of(buffer.getvalue())


def _drop_old_styles(main: Part) -> None:
    """Without Word 2010's second copy of the styles, which ours would contradict; later ones write none."""
    for rel_id, relationship in list(main.rels.items()):
        if relationship.reltype == _STYLES_WITH_EFFECTS:
            del main.rels[rel_id]


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


def _describe(document: Any, properties: Properties) -> None:
    core = document.core_properties
    moment = datetime(properties.day.year, properties.day.month, properties.day.day)
    texts = (properties.title, properties.author, properties.keywords)
    core.title, core.author, core.keywords = (shortened(text, LONGEST_PROPERTY) for text in texts)
    core.last_modified_by, core.language, core.comments, core.revision = core.author, LANGUAGE, "", 1
    core.created = core.modified = moment
    package = document.part.package
    for rel_id, relationship in list(package.rels.items()):
        if relationship.reltype == f"{_RELATIONSHIPS}/custom-properties":
            del package.rels[rel_id]
    part = Part(PackURI("/" + CUSTOM), _CUSTOM_TYPE, custom_properties(properties.custom), package)
    package.relate_to(part, f"{_RELATIONSHIPS}/custom-properties")
