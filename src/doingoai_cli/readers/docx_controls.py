"""What a Word document holds besides text and tables: old form fields, pictures, objects that are not read."""

from collections.abc import Iterator, Mapping

from doingoai_cli.readers.document_parts import Picture
from doingoai_cli.readers.xml_events import Attributes, attribute

_OFF = ("0", "false", "off")


def is_on(attributes: Attributes) -> bool:
    """Whether an element that says by its mere presence that something is so does not deny it by its value."""
    return attribute(attributes, "val") not in _OFF


class FormField:
    """A form field of old (trường biểu mẫu): what a tick box or a drop-down shows."""

    def __init__(self) -> None:
        self._kind = ""
        self._values: dict[str, str] = {}
        self._entries: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element within begins."""
        if tag in ("checkBox", "ddList"):
            self._kind = tag
        elif tag in ("checked", "default", "result"):
            self._values[tag] = attribute(attributes, "val")
        elif tag == "listEntry":
            self._entries.append(attribute(attributes, "val"))

    def text(self) -> str:
        """What it shows; "" for a text field, whose text stands beside it."""
        if self._kind == "checkBox":
            ticked = self._values.get("checked", self._values.get("default", "0")) not in _OFF
            return "☒" if ticked else "☐"
        chosen = self._values.get("result", self._values.get("default", "0"))
        if self._kind == "ddList" and chosen.isdecimal() and int(chosen) < len(self._entries):
            return self._entries[int(chosen)]
        return ""


OBJECTS = frozenset(("altChunk", "OLEObject", "control", "extent", "blip", "imagedata", "chart"))
_LARGE = (3_600_000, 1_440_000)
"""Width and height of a picture that may be of a table, no emblem: 10 × 4 cm, in EMU."""
_EMU_PER_MM = 36_000


class WordObjects:
    """What is not read as text: other files put into the document, controls, pictures."""

    def __init__(self) -> None:
        self.embedded: dict[str, None] = {}
        self.pictures = 0
        """How many are large."""
        self._size = (0, 0)

    def start(self, tag: str, attributes: Attributes, targets: Mapping[str, str]) -> Iterator[Picture]:
        """One of `OBJECTS` begins: the picture that it is, if it is one."""
        match tag:
            case "altChunk":
                self.embedded["phần chèn từ một tệp khác"] = None
            case "OLEObject":
                program = attribute(attributes, "ProgID").partition(".")[0]
                self.embedded[_PROGRAMS.get(program, "đối tượng nhúng")] = None
            case "control":
                self.embedded["nút điều khiển ActiveX"] = None
            case "extent":
                cx, cy = (attributes.get(name, "") for name in ("cx", "cy"))
                self._size = (_emu(cx), _emu(cy))
            case "blip":
                self.pictures += all(size >= least for size, least in zip(self._size, _LARGE, strict=True))
                yield Picture(targets.get(attribute(attributes, "embed"), ""), self._size[0] / _EMU_PER_MM or None)
            case "imagedata":
                yield Picture(targets.get(attribute(attributes, "id"), ""), None)
            case "chart":
                yield Picture("", None)


def _emu(length: str) -> int:
    return int(length) if length.isdecimal() and len(length) < 12 else 0


_PROGRAMS = {"Excel": "bảng tính Excel nhúng", "Word": "văn bản Word nhúng", "Package": "tệp nhúng"}
