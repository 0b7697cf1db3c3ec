"""Which font a run of Word text is in (phông chữ): the run's own, its style's, its paragraph's, the document's."""

from doingoai_cli.readers.xml_events import Attributes, attribute

_MAX_PARENTS = 20  # a style that is its own ancestor must not hang the reader


class WordFonts:
    """Follows the elements of `styles.xml`, then answers."""

    def __init__(self) -> None:
        self._fonts: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._default_style = ""
        self._style: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if tag == "style":
            self._style = attribute(attributes, "styleId")
            if attribute(attributes, "type") == "paragraph" and attribute(attributes, "default") in ("1", "true"):
                self._default_style = self._style
        elif tag == "docDefaults":
            self._style = ""
        elif tag == "basedOn" and self._style:
            self._parents[self._style] = attribute(attributes, "val")
        elif tag == "rFonts" and self._style is not None:
            font = font_name(attributes)
            if font:
                self._fonts[self._style] = font

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("style", "docDefaults"):
            self._style = None

    def resolve(self, own: str, run_style: str, paragraph_style: str) -> str | None:
        """The font of a run that names `own` (or "") and these styles (or ""); None where nothing names one."""
        return (
            own or self._of(run_style) or self._of(paragraph_style or self._default_style) or self._fonts.get("")
        )

    def _of(self, style: str) -> str | None:
        for _ in range(_MAX_PARENTS):
            if not style or style in self._fonts:
                break
            style = self._parents.get(style, "")
        return self._fonts.get(style) if style else None


def font_name(attributes: Attributes) -> str:
    """The font that an `rFonts` element names; "" where it leaves that to the theme."""
    return attribute(attributes, "ascii") or attribute(attributes, "hAnsi")
