"""Word files: one as its XML says it (effective properties of paragraphs, sections, page numbers), one made."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from lxml import etree

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
_W = f"{{{NS['w']}}}"
MM = 1440 / 25.4


@dataclass(frozen=True)
class Look:
    """How a paragraph looks, from its style and its own properties."""

    text: str
    style: str
    size: float
    bold: bool
    italic: bool
    caps: bool
    align: str
    font: str
    color: str
    first_line_mm: float
    after: float
    element: Any


class WordFile:
    """An unzipped .docx."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = self.xml("word/document.xml").find("w:body", NS)
        self.styles = {s.get(f"{_W}styleId"): s for s in self.xml("word/styles.xml").findall("w:style", NS)}

    def xml(self, part: str) -> Any:
        return etree.fromstring(self.parts[part])

    def paragraphs(self) -> list[Look]:
        """All paragraphs, those in tables too, in order."""
        return [self._look(p) for p in self.body.iter(f"{_W}p")]

    def find(self, text: str) -> Look:
        """The first paragraph that begins with `text`."""
        return next(p for p in self.paragraphs() if p.text.startswith(text))

    def sections(self) -> list[Any]:
        return list(self.body.iter(f"{_W}sectPr"))

    def target(self, rel_id: str) -> Any:
        rels = self.xml("word/_rels/document.xml.rels")
        return self.xml("word/" + next(r.get("Target") for r in rels if r.get("Id") == rel_id))

    def _look(self, p: Any) -> Look:
        style = p.find("w:pPr/w:pStyle", NS)
        name = style.get(f"{_W}val") if style is not None else "Normal"

        def value(path: str, attribute: str = "val", default: str = "") -> str:
            for holder in (p.find("w:pPr", NS), self.styles[name], self.styles["Normal"]):
                found = None if holder is None else holder.find(path, NS)
                if found is None and holder is not None and path.startswith("w:pPr/"):
                    found = holder.find(path.removeprefix("w:pPr/"), NS)
                if found is not None and found.get(f"{_W}{attribute}") is not None:
                    return str(found.get(f"{_W}{attribute}"))
            return default

        def on(tag: str) -> bool:
            found = self.styles[name].find(f"w:rPr/w:{tag}", NS)
            return found is not None and found.get(f"{_W}val") not in ("0", "false")

        return Look(
            "".join(t.text or "" for t in p.iter(f"{_W}t")),
            name,
            float(value("w:rPr/w:sz", default="20")) / 2,
            on("b"),
            on("i"),
            on("caps"),
            value("w:pPr/w:jc", default="left"),
            value("w:rPr/w:rFonts", "ascii"),
            value("w:rPr/w:color"),
            float(value("w:pPr/w:ind", "firstLine", "0")) / MM,
            float(value("w:pPr/w:spacing", "after", "0")) / 20,
            p,
        )


def word_file(build: Callable[[Any], object]) -> bytes:
    """A Word file that `build` writes with python-docx."""
    made = Document()
    build(made)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()
