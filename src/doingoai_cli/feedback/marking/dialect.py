"""SpreadsheetML's two dialects (transitional, strict) and where a child belongs in its parent."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from doingoai_cli.feedback.marking.parts import Element, PatchError

_TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# CT_Worksheet, CT_Workbook and CT_Stylesheet are sequences: Excel refuses a child out of its place.
WORKSHEET = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations",
    "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
    "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip
WORKBOOK = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews",
    "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects",
    "extLst",
)  # fmt: skip
STYLESHEET = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip


class Dialect(NamedTuple):
    """The namespaces of one workbook."""

    main: str
    relations: str
    """The namespace of `r:id`, and the beginning of relationship types."""

    def tag(self, name: str) -> str:
        """A SpreadsheetML element's full name."""
        return f"{{{self.main}}}{name}"

    @property
    def relation_id(self) -> str:
        """The attribute `r:id`."""
        return f"{{{self.relations}}}id"

    def linked(self, parent: Element, name: str, relation_id: str) -> Element:
        """A new element that refers to a relationship; not yet among the parent's children."""
        element = parent.makeelement(self.tag(name), nsmap={"r": self.relations})
        element.set(self.relation_id, relation_id)
        return element

    def relation(self, kind: str) -> str:
        """A relationship type."""
        return f"{self.relations}/{kind}"

    def child(self, parent: Element, name: str) -> Element | None:
        """The first child of that name; None where there is none."""
        return parent.find(self.tag(name))

    def children(self, parent: Element, name: str) -> Iterator[Element]:
        """The children of that name."""
        return parent.iterchildren(self.tag(name))

    def ensure(self, parent: Element, name: str, order: Sequence[str]) -> Element:
        """The child of that name, made in its place if there is none."""
        found = self.child(parent, name)
        if found is None:
            found = parent.makeelement(self.tag(name))
            place(parent, found, order)
        return found


def dialect_of(root: Element) -> Dialect:
    """The dialect that a SpreadsheetML part is written in; PatchError for any other namespace."""
    match etree.QName(root).namespace:
        case namespace if namespace == _TRANSITIONAL:
            return Dialect(_TRANSITIONAL, "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
        case namespace if namespace == _STRICT:
            return Dialect(_STRICT, "http://purl.oclc.org/ooxml/officeDocument/relationships")
    raise PatchError("namespace")


def place(parent: Element, child: Element, order: Sequence[str]) -> None:
    """Inserts a child where the schema wants it: after the last sibling that comes before it in `order`.

    Wrapped siblings (`mc:AlternateContent` around controls) count as what they wrap.
    """
    rank = order.index(etree.QName(child).localname)
    position = 0
    for index, sibling in enumerate(parent):
        name = _name(sibling)
        if name in order and order.index(name) <= rank:
            position = index + 1
    parent.insert(position, child)


def _name(element: Element) -> str:
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element).localname
    if name == "AlternateContent":
        inner = element.find("{*}Choice/*")
        return etree.QName(inner).localname if inner is not None else ""
    return str(name)
