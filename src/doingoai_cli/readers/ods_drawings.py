"""Shapes and form controls of an OpenDocument sheet → `Overlay`s: forms name the controls, shapes place them."""

from doingoai_cli.readers.ods_styles import millimetres
from doingoai_cli.readers.overlays import Overlay, Shows
from doingoai_cli.readers.xml_events import Attributes

_CONTROLS = {
    "form:checkbox": Shows.TICK,
    "form:radio": Shows.TICK,
    "form:listbox": Shows.CHOICE,
    "form:combobox": Shows.CHOICE,
    "form:text": Shows.TEXT,
    "form:textarea": Shows.TEXT,
    "form:fixed-text": Shows.TEXT,
}
_HOLDERS = ("table:shapes", "office:forms")
_WITHIN = ("draw:object", "draw:object-ole", "office:annotation")
"""Other documents and comments: what they say is no text of the sheet."""

_LARGE = (101.6, 38.0)
"""Millimetres of width and height that make a picture one of a table, not an emblem."""


def is_drawing(tag: str) -> bool:
    """Whether an element of a table is a shape, or holds shapes or controls."""
    return tag.startswith("draw:") or tag in _HOLDERS


class OdsDrawings:
    """Follows the elements within; `overlays` is what was found so far."""

    def __init__(self) -> None:
        self.overlays: list[Overlay] = []
        self._controls: dict[str, Overlay] = {}
        self._depth = self._skipped = 0
        self._control = Overlay()
        self._row = self._col = 0
        self._text: list[str] = []
        self._in_paragraph = self._is_large = False

    @property
    def is_open(self) -> bool:
        """Whether an element within a shape or a form is open."""
        return self._depth > 0

    def start(self, tag: str, attributes: Attributes, row: int, col: int) -> None:
        """An element begins; `row` and `col` are those of the cell that it stands in, 0 where in none."""
        if self._skipped or tag in _WITHIN:
            self._skipped += 1
            self._is_large = False  # the picture beside it is one of that document
            return
        if not self._depth:
            self._row, self._col, self._text = row, col, []
        self._depth += 1
        if tag in _CONTROLS:
            self._control = _control(_CONTROLS[tag], attributes)
            self._controls[attributes.get("form:id") or attributes.get("xml:id", "")] = self._control
        elif tag in ("form:option", "form:item") and "true" in (
            attributes.get("form:current-selected"), attributes.get("form:selected")
        ):  # fmt: skip
            self._control.text = attributes.get("form:label", "")
        elif tag == "draw:control" and attributes.get("draw:control", "") in self._controls:
            placed = self._controls[attributes["draw:control"]]
            placed.row, placed.col = row, col
            if placed.shows is not Shows.TEXT or placed.text:
                self.overlays.append(placed)
        elif tag == "draw:frame":
            self._is_large = _is_large(attributes)
        elif tag == "draw:image" and self._is_large:
            self.overlays.append(Overlay(Shows.PICTURE, self._row, self._col))
        elif tag in ("text:p", "text:h"):
            self._in_paragraph = True

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
            return
        self._depth -= 1
        if tag in ("text:p", "text:h"):
            self._in_paragraph = False
        if tag in ("text:p", "text:h", "text:line-break", "text:s", "text:tab"):
            self._text.append(" ")
        if (not self._depth or tag.startswith("draw:")) and (text := " ".join("".join(self._text).split())):
            self.overlays.append(Overlay(Shows.TEXT, self._row, self._col, text))
            self._text = []

    def text(self, text: str) -> None:
        """Character data within."""
        if self._in_paragraph and not self._skipped:
            self._text.append(text)


def _control(shows: Shows, attributes: Attributes) -> Overlay:
    shown = attributes.get("form:current-value") or attributes.get("form:value", "")
    state = attributes.get("form:current-state") or attributes.get("form:state", "")
    selected = attributes.get("form:current-selected") or attributes.get("form:selected", "")
    label = attributes.get("form:label", "")
    return Overlay(
        shows,
        text=label if shows is Shows.TICK else shown or label,
        ticked=state == "checked" or selected == "true",
    )


def _is_large(attributes: Attributes) -> bool:
    """Whether a picture covers as much as a table does."""
    sizes = zip(("svg:width", "svg:height"), _LARGE, strict=True)
    return all((millimetres(attributes.get(name, "")) or 0) >= least for name, least in sizes)
