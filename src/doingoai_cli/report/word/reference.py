"""A province's own document (--reference): what its styles may change while the legal form holds."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, NamedTuple

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from doingoai_cli.errors import DoingoaiError
from doingoai_cli.report.word.decree30 import Style
from doingoai_cli.report.word.markup import TWIPS_PER_MM
from doingoai_cli.vietnamese.numbers import format_decimal

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NEEDED = frozenset({
    RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.FONT_TABLE, RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES,
})  # fmt: skip
"""The parts that styles and settings refer to; what belongs to the document's own text goes."""
_SIZES: Mapping[float, tuple[float, float]] = {
    14: (13, 14), 13: (12, 13), 12: (12, 12), 11: (10, 13), 10: (9, 12),
}  # fmt: skip
"""Our size → the sizes that the rules allow for it (Decree 30/2020, Annex I); tables are free within reason."""
_FIXED = frozenset({"Recipients", "RecipientsHead"})
_SPACING_PT = (0.0, 12.0)
_LINE = (1.0, 1.5)
_FIRST_LINE_MM = (10.0, 12.7)


class MergedStyles(NamedTuple):
    """One of our styles as the province's document may have it, and what of that document the rules forbid."""

    style: Style
    refused: str = ""


def open_reference(reference: bytes) -> Any:
    """The document without its text, its headers, its pictures and charts; DoingoaiError where it is no .docx."""
    try:
        document = Document(BytesIO(reference))
    except Exception as error:  # the library raises whatever the broken package makes it raise
        raise DoingoaiError(
            "Tệp kiểu mẫu (--reference) không phải tệp Word .docx đọc được (không dùng .doc, .dotx, .docm hoặc "
            "tệp có mật khẩu). Mở tệp bằng Word, chọn Lưu thành .docx rồi chạy lại."
        ) from error
    part = document.part
    for rel_id, relationship in list(part.rels.items()):
        if relationship.reltype not in _NEEDED:
            del part.rels[rel_id]
    document.element.body.clear_content()
    return document


def merged(style: Style, element: Any, by_id: Mapping[str, Any]) -> MergedStyles:
    """`style` with the size and the spacing of the province's style of that name, where the rules allow them.

    Font, colour, weight, capitals and alignment are the rules' own.
    """
    changes: dict[str, Any] = _spacing(style, element)
    refused = ""
    size = _size(element, by_id)
    if size is not None and size != style.size:
        low, high = (style.size, style.size) if style.id in _FIXED else _SIZES.get(style.size, (style.size,) * 2)
        if low <= size <= high:
            changes["size"] = size
        else:
            refused = f"kiểu “{style.name}” cỡ {format_decimal(size, 0)}, dùng cỡ {format_decimal(style.size, 0)}"
    return MergedStyles(style._replace(**changes), refused)


def _size(style: Any, by_id: Mapping[str, Any]) -> float | None:
    """The size in points that a style states itself, or takes from the one that it is based on."""
    for _ in range(10):
        found = style.find(f"{_W}rPr/{_W}sz")
        if found is not None:
            return _number(found.get(f"{_W}val"), 2)
        base = style.find(f"{_W}basedOn")
        style = by_id.get(str(base.get(f"{_W}val"))) if base is not None else None
        if style is None:
            return None
    return None


def _spacing(style: Style, element: Any) -> dict[str, Any]:
    """Spacing and first-line indent that the province's style states and the rules allow."""
    found: dict[str, Any] = {}
    spacing = element.find(f"{_W}pPr/{_W}spacing")
    if spacing is not None and not style.exact and style.before < _SPACING_PT[1]:
        for field in ("before", "after"):
            value = _number(spacing.get(f"{_W}{field}"), 20)
            if value is not None and _within(value, _SPACING_PT):
                found[field] = value
        line = _number(spacing.get(f"{_W}line"), 240)
        if line is not None and spacing.get(f"{_W}lineRule", "auto") == "auto" and _within(line, _LINE):
            found["line"] = line
    indent = element.find(f"{_W}pPr/{_W}ind")
    first = _number(indent.get(f"{_W}firstLine"), TWIPS_PER_MM) if indent is not None else None
    if first is not None and style.first_line and _within(first, _FIRST_LINE_MM):
        found["first_line"] = first
    return found


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1] + 0.05


def _number(text: str | None, unit: float) -> float | None:
    try:
        return float(text) / unit if text is not None else None
    except ValueError:
        return None
