"""What the elements of a page say of its tables and controls."""

import re
from collections.abc import Iterator
from typing import Any

from doingoai_cli.readers.xml_events import whole_number

_MOST_SPAN = 1000


def letters_of(element: Any) -> str:
    """All letters within an element."""
    return "".join("".join(map(str, element.itertext())).split())


def rows_of(table: Any) -> Iterator[Any]:
    """The rows of a table itself."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from children_with(child, "tr")


def drop_rulers(table: Any) -> None:
    """Takes away the letters of columns and the numbers of rows that Google Sheets prints around a sheet."""
    heads = [head for head in children_with(table, "thead") if _is_ruler(head)]
    for head in heads:
        table.remove(head)
    for row in rows_of(table) if heads else ():
        first = next(children_with(row, "td", "th"), None)
        if first is not None and first.tag == "th":
            row.remove(first)


def _is_ruler(head: Any) -> bool:
    """Whether a head holds "A", "B", "C" … and nothing else, with an empty corner before them."""
    said = [letters_of(cell) for row in children_with(head, "tr") for cell in children_with(row, "td", "th")]
    return len(said) > _RULED and said[: _RULED + 1] == ["", *"ABC"]


_RULED = 3


def number_of_cells(row: Any) -> int:
    """How many cells a row has."""
    return sum(1 for _ in children_with(row, "td", "th"))


def children_with(element: Any, *tags: str) -> Iterator[Any]:
    """The children of an element with one of these tags."""
    return (child for child in element if child.tag in tags)


def span_of(cell: Any, name: str) -> int:
    """How many columns or rows a cell covers."""
    return whole_number((cell.get(name) or "").strip(), 1, _MOST_SPAN)


def squeezed(text: str | None) -> str:
    """Text as a page shows it: line breaks of its source are spaces."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def as_lines(text: str) -> str:
    """Text without blank lines."""
    return "\n".join(filter(None, (line.strip(" ") for line in text.split("\n"))))


def control_text(control: Any) -> str:
    """What a control of a page shows: a tick, a value."""
    if (control.get("type") or "").lower() in ("checkbox", "radio"):
        return "☒ " if control.get("checked") is not None else "☐ "
    return str(control.get("value") or "") if (control.get("type") or "text").lower() == "text" else ""


def chosen_text(control: Any) -> str:
    """The option that a drop-down shows."""
    options = list(control.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return "".join(map(str, chosen[0].itertext())) if chosen else ""
