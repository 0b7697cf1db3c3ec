"""One pass over XML with expat, defused: a document type, and so every entity, is refused; nothing is fetched.

Nothing is built in memory: handlers see elements come and go, whatever the size of the part. Tags and attributes
are seen by their local names, so that prefixes and the Strict namespaces make no difference.
"""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from doingoai_cli.readers.limits import Meter
from doingoai_cli.readers.unreadable import corrupt

Attributes = Mapping[str, str]
StartHandler = Callable[[str, Attributes], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]


def _refuse(*_: object) -> None:
    raise corrupt("phần XML có khai báo DOCTYPE hoặc thực thể, không an toàn")


def parse(
    part: bytes | Iterable[bytes],
    start: StartHandler,
    end: EndHandler | None = None,
    text: TextHandler | None = None,
    *,
    meter: Meter | None = None,
    keep_prefixes: bool = False,
) -> None:
    """Feed a part, whole or in chunks, through the handlers. Raises `GiveUp` for what is no well-formed, safe XML.

    Tags come as local names, or as written with `keep_prefixes` (for ODF, whose prefixes are settled and whose
    local names are not unique). `meter` has its eye on the time between two elements.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    names = _TagNames(keep_prefixes)
    depth = seen = 0

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, seen
        depth += 1
        seen += 1
        if depth > _DEEPEST or len(attributes) > _MOST_ATTRIBUTES:
            raise corrupt("phần XML lồng quá sâu hoặc quá nhiều thuộc tính")
        if not seen & _LOOKS_AT_CLOCK and meter is not None:
            meter.check_time()
        if not seen % _SAMPLE:
            for attribute_name in attributes:
                names[attribute_name]
        start(names[name], attributes)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(names[name])

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for chunk in (part,) if isinstance(part, bytes) else part:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise corrupt(f"phần XML sai cú pháp: {error}") from None


# The parser itself remembers every open element and every name it has met: ordinary documents have depth 20, 10
# attributes and 300 names.
_DEEPEST = 256
_MOST_ATTRIBUTES = 1000
_MOST_NAMES = 10_000
_LOOKS_AT_CLOCK = 0xFFFF
_SAMPLE = 8  # of how many elements one has the names of its attributes counted


class _TagNames(dict[str, str]):
    """Tags as the handlers see them, by the tags as written."""

    def __init__(self, keep_prefixes: bool) -> None:
        self._keep_prefixes = keep_prefixes

    def __missing__(self, name: str) -> str:
        if len(self) >= _MOST_NAMES:
            raise corrupt("phần XML có quá nhiều tên khác nhau")
        seen = self[name] = name if self._keep_prefixes else name.rpartition(":")[2]
        return seen


def attribute(attributes: Attributes, name: str) -> str:
    """An attribute by its local name, whatever its prefix; "" where there is none."""
    for key, value in attributes.items():
        if key.rpartition(":")[2] == name and key != name:
            return value
    return attributes.get(name, "")


def whole_number(text: str, least: int, most: int) -> int:
    """An attribute that counts something, within bounds; `least` where it is no number."""
    return max(least, min(int(text), most)) if text.isdecimal() and len(text) < 9 else least


class _RootFound(Exception):  # noqa: N818 - stops the parser, no error
    pass


def root_of(chunks: Iterable[bytes]) -> str:
    """The local name of the root element; "" for what is no XML. Raises `GiveUp` for unsafe XML."""
    root = ""

    def start(tag: str, _: Attributes) -> None:
        nonlocal root
        root = tag
        raise _RootFound

    try:
        parse(chunks, start)
    except _RootFound:
        return root
    return root
