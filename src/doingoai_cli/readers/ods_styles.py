"""The styles of an OpenDocument spreadsheet that say something about data: fonts and hidden sheets."""

from doingoai_cli.readers.xml_events import Attributes

_MAX_PARENTS = 20  # a style that is its own ancestor must not hang the reader


class OdfStyles:
    """Collects styles as they come, from `styles.xml` and then `content.xml`."""

    def __init__(self) -> None:
        self.hidden_tables: set[str] = set()
        self._faces: dict[str, str] = {}
        self._fonts: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._known: dict[str, str | None] = {}
        self._style: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag == "style:font-face":
            face = attributes.get("svg:font-family", "").strip("'\"")
            self._faces[attributes.get("style:name", "")] = face
        elif tag in ("style:style", "style:default-style"):
            self._open(attributes)
        elif self._style is None:
            return
        elif tag == "style:text-properties":
            face = attributes.get("style:font-name", "")
            font = self._faces.get(face, face) or attributes.get("fo:font-family", "").strip("'\"")
            if font:
                self._fonts[self._style] = font
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden_tables.add(self._style)

    def _open(self, attributes: Attributes) -> None:
        family = attributes.get("style:family", "")
        if family not in ("table-cell", "table", "text"):
            return
        self._style = attributes.get("style:name", f"default {family}")
        fallback = "default table-cell" if family == "table-cell" else ""
        self._parents[self._style] = attributes.get("style:parent-style-name", fallback)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("style:style", "style:default-style"):
            self._style = None

    def font(self, style: str) -> str | None:
        """The font that a cell or text style means, its ancestors' where it names none."""
        if style not in self._known:
            self._known[style] = self._search(style)
        return self._known[style]

    def _search(self, style: str) -> str | None:
        for _ in range(_MAX_PARENTS):
            if style in self._fonts or not style:
                break
            style = self._parents.get(style, "")
        return self._fonts.get(style)
