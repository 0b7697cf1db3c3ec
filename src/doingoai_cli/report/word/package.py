"""The Word package around a document's body: styles, page numbers, properties; bytes out.

python-docx makes it: each time where a province's styles or agencies' pictures come in, else once. Its
import and its work are 60 ms of a report of 600, and 15 ms of each letter.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from doingoai_cli.report.word.decree30 import FORMS, LegalForm, Page, section_properties
from doingoai_cli.report.word.markup import NAMESPACES
from doingoai_cli.report.word.package_parts import (
    CHART,
    CHART_BOOK,
    CORE,
    CUSTOM,
    LONGEST_PROPERTY,
    XML_HEAD,
    Properties,
    custom_properties,
    packed,
)
from doingoai_cli.shipped import precomputed
from doingoai_cli.vietnamese.text import shortened

if TYPE_CHECKING:
    from doingoai_cli.report.word.docx_package import DocxPackage

_MARKS = Properties("@title@", "@author@", date(1999, 12, 31), {}, "@keywords@")
_MARK = re.compile(rf"{_MARKS.title}|{_MARKS.author}|{_MARKS.keywords}|{_MARKS.day}")
_FURTHER = 20
"""Charts whose ids a frame tells though it does not hold them: no report has more."""


class Frame(NamedTuple):
    """A package without what differs from document to document, and what that is made of."""

    fixed: bytes
    """The package of all other parts."""
    main: str
    """The name of the main part."""
    core: bytes
    """The part of properties, with `_MARKS`."""
    number_id: str
    chart_ids: tuple[str, ...]
    """The relationship ids of its charts, and of `_FURTHER` that could be added."""


class WordPackage:
    """A Word file in the making: bodies refer to its pictures and charts by relationship id."""

    def __init__(self, form: LegalForm, reference: bytes | None = None, *, pictures: bool = False) -> None:
        """`reference` is a document whose styles change ours; DoingoaiError where it is no .docx.

        `pictures`: whether any will be added.
        """
        self._form = form
        self._charts: list[tuple[bytes, bytes]] = []
        self._docx = _made(form, reference) if pictures or reference is not None else None
        self.refused: tuple[str, ...] = self._docx.refused if self._docx else ()

    def add_chart(self, xml: bytes, book: bytes) -> str:
        """A chart with the workbook that it refers to as `DATA_ID`; its relationship id."""
        if self._docx:
            return self._docx.add_chart(xml, book)
        self._charts.append((xml, book))
        number = len(self._charts)
        return self._frame(max(0, number - _FURTHER)).chart_ids[number - 1]

    def add_picture(self, data: bytes) -> tuple[str, Any]:
        """A picture's relationship id, and what python-docx knows of it; raises what the library does."""
        if self._docx is None:
            raise ValueError("a package without pictures")
        return self._docx.add_picture(data)

    def _frame(self, charts: int) -> Frame:
        return precomputed(f"word-{FORMS.index(self._form)}-{charts}", partial(_frame, self._form, charts))

    def close(self, sections: Sequence[tuple[Page, str]], properties: Properties) -> bytes:
        """The file; each section has its pages, its body and its own page numbers."""
        number_id = (self._docx or self._frame(len(self._charts))).number_id
        body = "".join(
            content + section_properties(page, self._form, number_id, last=i == len(sections))
            for i, (page, content) in enumerate(sections, 1)
        )
        if self._docx:
            body = self._docx.renamed(body)
            parts, main = self._docx.parts(properties), self._docx.main
            fixed, own = packed((name, parts.pop(name)) for name in _fixed(parts, main)), parts
        else:
            fixed, main, core, *_ = self._frame(len(self._charts))
            own = {main: b"", **self._own_parts(core, properties)}
        # The body is never parsed: a thousand rows cost no second reading.
        own[main] = f"{XML_HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode()
        return packed(sorted(own.items()), fixed)

    def _own_parts(self, core: bytes, properties: Properties) -> dict[str, bytes]:
        title, author, keywords = (
            escape(shortened(text, LONGEST_PROPERTY), quote=False)
            for text in (properties.title, properties.author, properties.keywords)
        )
        said = {_MARKS.title: title, _MARKS.author: author, _MARKS.keywords: keywords}
        said[str(_MARKS.day)] = properties.day.isoformat()
        parts = {CORE: _MARK.sub(lambda mark: said[mark[0]], core.decode()).encode()}
        for number, (xml, book) in enumerate(self._charts, 1):
            parts |= {CHART.format(number): xml, CHART_BOOK.format(number): book}
        return parts | {CUSTOM: custom_properties(properties.custom)}


def _fixed(parts: Iterable[str], main: str) -> list[str]:
    """The parts that are the same in all documents of a template."""
    own = (main, CORE, CUSTOM, CHART.partition("{}")[0], CHART_BOOK.partition("{}")[0])
    return [name for name in parts if not name.startswith(own)]


def _made(form: LegalForm, reference: bytes | None = None) -> "DocxPackage":
    from doingoai_cli.report.word.docx_package import DocxPackage  # 50 ms: most documents need it no more

    return DocxPackage(form, reference)


def _frame(form: LegalForm, charts: int) -> Frame:
    made = _made(form)
    chart_ids = [made.add_chart(b"", b"") for _ in range(charts)]
    parts = made.parts(_MARKS)
    chart_ids += [made.add_chart(b"", b"") for _ in range(_FURTHER)]
    fixed = packed((name, parts[name]) for name in _fixed(parts, made.main))
    return Frame(fixed, made.main, parts[CORE], made.number_id, tuple(chart_ids))
