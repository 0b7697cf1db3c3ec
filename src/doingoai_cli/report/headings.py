"""Headings of an outline (đề mục) as they are looked for in agencies' text: number apart, years left out."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from doingoai_cli.vietnamese.text import fold, key

_LABEL = re.compile(
    r"^\s*(?:(?i:phần|mục|khoản)\s+(?P<named>[IVX]+|\d+|[A-ZĐ])\s*[.):/–-]\s*|(?:[IVX]+\.)?"
    r"(?:(?P<label>[IVX]+|[A-ZĐ]|\d+(?:\.\d+)*|[a-zđ])\s*[.)/]|(?P<dotted>\d+\.\d+))\s+)(?P<rest>.*)$",
    re.DOTALL,
)
_FORM = re.compile(r"\((?:biểu )?mẫu[^)]*\)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_TYPE_HERE = re.compile(r"\[Nhập nội dung[^\[\]]*\]\s*")
_AFTER_HEADING = re.compile(r"\s*[:.;\n–-]\s*")


class PlacedHeading(NamedTuple):
    """A section as it is looked for: its heading filled in, and the words that do not change with the year."""

    id: str
    parent: str
    heading: str
    label: str
    words: str


def heading(section_id: str, parent: str, text: str) -> PlacedHeading:
    """A section's heading, ready to be looked for."""
    label, rest = split_label(text)
    return PlacedHeading(section_id, parent, text, label, words_of(rest))


def bare_heading(text: str) -> str:
    """A heading without its number and its closing mark."""
    return split_label(text)[1].rstrip(" :;.")


def split_label(text: str) -> tuple[str, str]:
    """The number of a heading ("", "III", "2.1", "a") and what follows it; of "Mục 1.", "I.1." it is "1"."""
    found = _LABEL.match(text)
    if not found:
        return "", text
    return found["named"] or found["label"] or found["dotted"], found["rest"]


def words_of(text: str) -> str:
    """The words of a heading without numbers (years change) and without the forms in brackets."""
    return " ".join(key(_DIGITS.sub(" ", _FORM.sub(" ", text))).split())


def own_words(text: str, hints: Iterable[str]) -> str:
    """What somebody typed in one paragraph behind a whole sentence of the outline, or the place to type in.

    A line that goes on ("- Các hoạt động giao lưu: 05 hoạt động") is part of what is said.
    """
    text = _TYPE_HERE.sub("", text)
    for hint in hints:
        rest = text.removeprefix(hint)
        if rest != text and hint[-1:] in ".;…" and rest[:1].isspace() and rest[1:2] != ":":
            return rest.strip()
    return text


def text_after(text: str, candidate: PlacedHeading) -> str | None:
    """What follows the heading on its line ("1. Công tác …: Trong năm …"); None for any other line.

    The number may be written in another way ("1/", "1)"), and the forms in brackets may be left out.
    """
    label, said = split_label(text)
    whole = split_label(candidate.heading)[1]
    for bare in (whole.rstrip(" :.;"), _FORM.sub("", whole).rstrip(" :.;")):
        if bool(label) is bool(candidate.label) and len(bare) >= 10 and fold(said).startswith(fold(bare)):
            rest = said[len(bare) :]
            separator = _AFTER_HEADING.match(rest)
            if separator:
                return rest[separator.end() :].strip()
    return None
