"""How the consolidated workbook looks: named styles, severity fills, fonts."""

from collections.abc import Mapping
from typing import Any

FONT = "Times New Roman"
SEVERITY_FILLS = {"error": "#F8CBAD", "warning": "#FFF2CC", "info": "#DDEBF7"}
_BODY: Mapping[str, Any] = {
    "font_name": FONT,
    "font_size": 11,
    "valign": "top",
    "text_wrap": True,
    "border": 1,
    "border_color": "#A6A6A6",
}
_CENTRE = {**_BODY, "align": "center"}
_HEAD = {
    **_BODY,
    "bold": True,
    "align": "center",
    "valign": "vcenter",
    "bg_color": "#DCE6F1",
    "border_color": "#7F7F7F",
}
_PLAIN = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}

_BASE: Mapping[str, Mapping[str, Any]] = {
    "text": _BODY,
    "centre": _CENTRE,
    "small": {**_BODY, "font_size": 9, "font_color": "#595959"},
    # Set off from what stands in the next column by a space: LibreOffice heeds no indent there.
    "number": {**_BODY, "align": "right", "num_format": "#,##0_)"},
    "review": {**_BODY, "bg_color": "#F2F9EC"},
    "link": {**_BODY, "font_color": "#0563C1", "underline": 1},
    "codes": {**_BODY, "font_size": 10, "font_color": "#C00000"},
    "rate": {**_BODY, "align": "right", "indent": 1, "num_format": "General"},
    "year": {**_CENTRE, "num_format": "0"},
    "hidden": {"font_name": FONT, "font_size": 9, "font_color": "#7F7F7F"},
    "head": _HEAD,
    "head.review": {**_HEAD, "bg_color": "#C6E0B4"},
    "head.other": {**_HEAD, "bg_color": "#EDEDED"},
    "numbers": {**_HEAD, "bold": False, "italic": True, "font_size": 9},
    "section": {**_BODY, "bold": True, "bg_color": "#F2F2F2"},
    "section.title": {**_BODY, "bold": True, "bg_color": "#F2F2F2", "text_wrap": False},
    "total": {**_BODY, "bold": True, "align": "center", "bg_color": "#F2F2F2", "num_format": "#,##0"},
    "title": {**_PLAIN, "bold": True, "font_size": 14, "align": "center", "text_wrap": True},
    "subtitle": {**_PLAIN, "italic": True, "align": "center", "text_wrap": True},
    "note": {**_PLAIN, "italic": True, "text_wrap": True, "valign": "top"},
    "line": {**_PLAIN, "bold": True, "align": "left"},
    "heading": {**_PLAIN, "bold": True, "font_size": 12, "font_color": "#1F3864"},
}


def _severe(style: Mapping[str, Any], severity: str) -> dict[str, Any]:
    return {**style, "bg_color": SEVERITY_FILLS[severity]}


STYLES: Mapping[str, Mapping[str, Any]] = {
    **_BASE,
    **{f"{n}.{s}": _severe(_BASE[n], s) for n in ("text", "centre", "number") for s in SEVERITY_FILLS},
    **{f"{n}.edited": {**_BASE[n], "bg_color": "#E2EFDA", "italic": True} for n in ("text", "centre", "number")},
}
"""Style name → format properties in XlsxWriter's words."""
