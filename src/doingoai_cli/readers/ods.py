"""An OpenDocument spreadsheet (.ods) → `Workbook`, in one counted pass over its `content.xml`."""

from collections.abc import Mapping
from contextlib import suppress

from doingoai_cli.model.grid import Grid, Workbook
from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.ods_drawings import is_drawing
from doingoai_cli.readers.ods_styles import OdfStyles
from doingoai_cli.readers.ods_table import OdfTable
from doingoai_cli.readers.overlays import Overlay, SheetTexts, with_overlays
from doingoai_cli.readers.package import Package
from doingoai_cli.readers.unreadable import GiveUp, Reason, corrupt, unreadable
from doingoai_cli.readers.xml_events import Attributes, parse


def read_opendocument(package: Package, meter: Meter) -> Workbook:
    """The workbook in an ODF package. Raises `GiveUp`."""
    content = _Content(named_styles(package), meter)
    parse(package.chunks("content.xml"), content.start, content.end, content.text, meter=meter, keep_prefixes=True)
    return content.workbook("ods", user_properties(package))


def named_styles(package: Package) -> OdfStyles:
    """What `styles.xml` says, as far as it goes where it is damaged: cells' own styles stand in the content.

    Raises `GiveUp` for a package that is encrypted, or has no content.
    """
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise GiveUp(unreadable(Reason.ENCRYPTED))
    if "content.xml" not in package:
        raise corrupt("thiếu nội dung")
    styles = OdfStyles()
    with suppress(GiveUp):
        parse(package.read("styles.xml") or b"<none/>", styles.start, styles.end, keep_prefixes=True)
    return styles


def read_flat(data: bytes, meter: Meter) -> Workbook:
    """The workbook in a flat ODF file (.fods), which is one XML document. Raises `GiveUp`."""
    content = _Content(OdfStyles(), meter)
    parse(data, content.start, content.end, content.text, meter=meter, keep_prefixes=True)
    return content.workbook("fods", {})


# Deleted cells that a change record keeps, comments.
_PASSED_OVER = frozenset(("table:tracked-changes", "office:annotation", "table:dde-links"))


class _Content:
    """Follows the elements of `content.xml`: styles first, then tables one after the other."""

    def __init__(self, styles: OdfStyles, meter: Meter) -> None:
        self.grids: list[Grid] = []
        self.names: dict[str, str] = {}
        self._styles, self._meter = styles, meter
        self._table: OdfTable | None = None
        self._overlays: list[list[Overlay]] = []
        self._skipped = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._skipped or tag in _PASSED_OVER or (self._table is None and is_drawing(tag)):
            self._skipped += 1
        elif self._table is not None and (self._table.drawings.is_open or is_drawing(tag)):
            self._table.drawings.start(tag, attributes, *self._table.place)
        elif self._table is not None:
            if tag == "table:table":
                raise corrupt("bảng lồng trong ô")
            self._table.start(tag, attributes)
        elif tag == "table:table":
            self._meter.check_sheets(len(self.grids) + 1)
            hidden = attributes.get("table:style-name", "") in self._styles.hidden_tables
            self._table = OdfTable(attributes.get("table:name", ""), hidden, self._styles, self._meter)
        elif tag == "table:named-range":
            name = attributes.get("table:name", "")
            self.names[f"name:{name}"] = attributes.get("table:cell-range-address", "")
        else:
            self._styles.start(tag, attributes)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif self._table is None:
            self._styles.end(tag)
        elif self._table.drawings.is_open:
            self._table.drawings.end(tag)
        elif tag == "table:table":
            self.grids.append(self._table.grid(len(self.grids)))
            self._overlays.append(self._table.drawings.overlays)
            self._table = None
        else:
            self._table.end(tag)

    def text(self, text: str) -> None:
        if self._table is not None and not self._skipped:
            if self._table.drawings.is_open:
                self._meter.add_text(len(text))
                self._table.drawings.text(text)
            else:
                self._table.text(text)

    def workbook(self, format_: str, properties: Mapping[str, str]) -> Workbook:
        """What was read. Raises `GiveUp` where there is no sheet."""
        if not self.grids:
            raise corrupt("không có trang tính nào")
        texts = SheetTexts(self.grids)
        shown = [
            with_overlays(grid, over, texts, self._meter)
            for grid, over in zip(self.grids, self._overlays, strict=True)
        ]
        notes = dict.fromkeys(note for _, of_sheet in shown for note in of_sheet)
        return Workbook(format_, tuple(grid for grid, _ in shown), {**properties, **self.names}, tuple(notes))


def user_properties(package: Package) -> Mapping[str, str]:
    """The user-defined properties; none where that part is broken, for it has nothing to do with the data."""
    found: dict[str, str] = {}
    name: str | None = None

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal name
        name = attributes.get("meta:name") if tag == "meta:user-defined" else None

    def text(text: str) -> None:
        if name is not None:
            found[name] = found.get(name, "") + text

    try:
        parse(package.read("meta.xml") or b"<none/>", start, None, text, keep_prefixes=True)
    except GiveUp:
        return {}
    return found
