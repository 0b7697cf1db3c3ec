"""CSV that opens right in Excel: nothing that people wrote is run as a formula."""

import csv
import io
from collections.abc import Iterable

BOM = "\ufeff"
"""Begins a file of ours: without it Excel takes UTF-8 for the system's code page."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """The rows as lines that end in CR LF; None is an empty cell, a text that begins like a formula gets a "'"."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(map(_cell, row) for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
