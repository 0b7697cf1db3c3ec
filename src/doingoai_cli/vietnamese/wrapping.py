"""How many lines a text takes (ngắt dòng): sheets get the heights of their rows from it.

Neither Excel nor LibreOffice works out the height of every row of a file that it opens.
"""

from math import ceil


def wrapped_lines(text: str, room: float) -> int:
    """How many lines `text` takes where one line has room for that many characters."""
    return sum(_wrapped(line, room) for line in text.split("\n")) if "\n" in text else _wrapped(text, room)


def _wrapped(line: str, room: float) -> int:
    """A line's words are not broken unless they are longer than a line."""
    if "  " in line or line[:1] == " ":
        return word_by_word(line, room)
    lines, begin, end, most = 1, 0, len(line), int(room)
    while end - begin > most:
        at = line.rfind(" ", begin, begin + most + 1)
        if at < 0:
            return word_by_word(line, room)
        lines, begin = lines + 1, at + 1
    return lines


def word_by_word(line: str, room: float) -> int:
    """The same for any line: with spaces that follow one another, with words that are longer than a line."""
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
