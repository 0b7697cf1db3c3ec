"""How many lines a text takes (ngắt dòng): sheets get the heights of their rows from it.

Neither Excel nor LibreOffice works out the height of every row of a file that it opens.
"""

from math import ceil


def wrapped_lines(text: str, room: float) -> int:
    """How many lines `text` takes where one line has room for so many characters."""
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    """Words are not broken unless they are longer than a line."""
    lines, used = 1, 0.0
    for word in line.split(" "):
        length = len(word)
        if used and used + 1 + length > room:
            lines, used = lines + 1, 0.0
        if length > room:
            lines += ceil(length / room) - 1
            used = length % room
        else:
            used += length + (1 if used else 0)
    return lines
