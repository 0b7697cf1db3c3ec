"""The form fields of old Word documents (trường biểu mẫu), which have no text of their own."""

from doingoai_cli.readers.xml_events import Attributes, attribute

OFF = ("0", "false", "off")
"""How an attribute says that something is not so."""


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
            ticked = self._values.get("checked", self._values.get("default", "0")) not in OFF
            return "☒" if ticked else "☐"
        chosen = self._values.get("result", self._values.get("default", "0"))
        if self._kind == "ddList" and chosen.isdecimal() and int(chosen) < len(self._entries):
            return self._entries[int(chosen)]
        return ""
