"""Workbooks written part by part, for what no library writes: tests say the XML themselves."""

import io
import zipfile
from collections.abc import Iterable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def relationships(*entries: tuple[str, str, str]) -> str:
    """A `.rels` part of (id, kind, target)."""
    body = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in entries)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'


def sheet(rows: str, *, head: str = "", tail: str = "", root: str = f'worksheet xmlns="{MAIN}"') -> str:
    """A worksheet part around the XML of its rows."""
    name = root.split()[0]
    return f"<{root}>{head}<sheetData>{rows}</sheetData>{tail}</{name}>"


def parts(
    sheets: Mapping[str, str | bytes], *, workbook_extra: str = "", **further: str | bytes
) -> dict[str, bytes]:
    """The parts of a workbook with these sheets; `strings`, `styles`, `custom` are further parts."""
    entries = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": relationships(
            ("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "custom-properties", "docProps/custom.xml")
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook_extra}<sheets>{listed}</sheets></workbook>'
        ),
    }
    for n, content in enumerate(sheets.values(), 1):
        made[f"xl/worksheets/sheet{n}.xml"] = content
    for name, target in (("strings", "sharedStrings"), ("styles", "styles")):
        if name in further:
            entries.append((name, target, f"{target}.xml"))
            made[f"xl/{target}.xml"] = further[name]
    if "custom" in further:
        made["docProps/custom.xml"] = further["custom"]
    made["xl/_rels/workbook.xml.rels"] = relationships(*entries)
    return {name: part if isinstance(part, bytes) else part.encode() for name, part in made.items()}


def packed(made: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """The zip of some parts; pairs may repeat a name."""
    pairs = made.items() if isinstance(made, Mapping) else made
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in pairs:
            archive.writestr(name, part)
    return buffer.getvalue()


def book(rows: str, **options: str) -> bytes:
    """A workbook of one sheet "S"; options of `sheet`, and `strings`, `styles`, `custom`, `workbook_extra`."""
    of_sheet = {key: options.pop(key) for key in ("head", "tail", "root") if key in options}
    return packed(parts({"S": sheet(rows, **of_sheet)}, **options))
