"""Packages with one or two things amiss, made from sound ones: the n-th is always the same.

Every change is one that a slip, a cut transfer or a careless program leaves behind, and harmless to whatever opens
the file: nothing unfolds, repeats itself or refers outward.
"""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from typing import NamedTuple

Parts = list[tuple[str, bytes]]
Change = Callable[[random.Random, Parts], None]

_ATTRIBUTE = re.compile(rb'(?<=\s)([\w:.-]+)="([^"<>]*)"')
_TAG = re.compile(rb"<(/?)([\w:.-]+)([^<>]*)>")
_VALUE = re.compile(rb"(?<=>)[^<>]{1,40}(?=</)")
_SHEET_NAME = re.compile(rb'(<sheet [^<>]*?name|table:name)="[^"<>]*"')
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_DECLARED = re.compile(rb'encoding="[^"]*"')
_ODD_VALUES = (
    "", " ", "0", "-1", "1.5", "x", "NaN", "1e5", "1E+400", "-1E-400", "65536", "4294967296", "00012",
    "true", "rId999",
    "A0", "XFD1", "ZZZZ9", "A1:", "A1:XFD3", "$B$2", "B2:A1", "#REF!", "ệ", "٣", "_x0000_", "_xD800_",
    "&#9;", "&amp;",
    "../x.xml", "/xl/workbook.xml", "general", "yyyy-mm-dd", "43831", "2958466", "-43831", "1900-02-29",
    "PT25H", "x" * 300,
)  # fmt: skip
_FEW = ("", "0", "-1", "x", "1.5", "300")
"""For attributes that say how often something stands there: never much."""
_ODD_NAMES = (
    "", " ", "'", "''", "a'b", "Mẫu 02.A", "mẫu 02.a", "02.A", "Nhật ký", "Tổng quan", "=1+1", "[1]",
    "a/b", "ð", "x" * 40,
    "\u202eA", "Sheet1", "Kết quả kiểm tra",
)  # fmt: skip
_ODD_DIMENSIONS = ("A1", "", "A1:A1", "C3:B2", "A0:A0", "XFD1048576", "A1:XFD1048576", "x", "A:C", "1:3")
_ODD_PIECES = (
    "<!-- ghi chú -->", "<?ghi chu?>", "<![CDATA[x]]>", "<khac/>", "chữ", "<c/>", "<row/>", "<text:p/>",
    "<w:p/>", "]]&gt;",
    '<c r="A1"><v>1</v></c>', "<a:b xmlns:a='urn:x'>1</a:b>",
)  # fmt: skip
_ENCODINGS = ("utf-16", "windows-1258", "us-ascii", "khong-co", "")


class Mutant(NamedTuple):
    """A package that came out of a sound one."""

    name: str
    data: bytes
    source: str
    changes: tuple[str, ...]


def mutant(number: int, sources: Mapping[str, bytes]) -> Mutant:
    """The package of that number; the sources take turns."""
    source = sorted(sources)[number % len(sources)]
    chance = random.Random(f"goi {number}")
    parts = _parts(sources[source])
    changes = [chance.choice(_CHANGES) for _ in range(chance.choice((1, 1, 2)))]
    for change in changes:
        change(chance, parts)
    data, whole = _packed(parts), chance.random()
    done = [change.__name__.strip("_") for change in changes]
    if whole < 0.04:
        data, done = data[: chance.randrange(len(data))], [*done, "cut"]
    elif whole < 0.08:
        at = chance.randrange(len(data))
        data, done = data[:at] + bytes((data[at] ^ 1 << chance.randrange(8),)) + data[at + 1 :], [*done, "bit"]
    suffix = source.rpartition(".")[2]
    if chance.random() < 0.03:
        suffix = chance.choice(("xlsx", "ods", "docx", "xls", "xlsm", "odt"))
    return Mutant(f"tep-{number:04}.{suffix}", data, source, tuple(done))


def _parts(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def _packed(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of a name that comes twice, which is the point
        for name, data in parts:
            package.writestr(zipfile.ZipInfo(name, (2019, 9, 1, 8, 0, 0)), data)
    return buffer.getvalue()


def _some(chance: random.Random, parts: Parts) -> int:
    return chance.randrange(len(parts))


def _xml(chance: random.Random, parts: Parts) -> int:
    """A part with XML; sheets and documents come up as often as all the others together."""
    every = [i for i, (_, data) in enumerate(parts) if data.lstrip()[:1] == b"<"]
    main = [i for i in every if re.search(r"worksheets/|content\.xml|document\.xml$|workbook\.xml$", parts[i][0])]
    return chance.choice(main if main and chance.random() < 0.5 else every or range(len(parts)))


def _put(parts: Parts, at: int, data: bytes) -> None:
    parts[at] = (parts[at][0], data)


def _replace_one(
    chance: random.Random,
    parts: Parts,
    at: int,
    pattern: re.Pattern[bytes],
    by: Callable[[re.Match[bytes]], bytes],
) -> None:
    data = parts[at][1]
    found = list(pattern.finditer(data))
    if found:
        one = chance.choice(found)
        _put(parts, at, data[: one.start()] + by(one) + data[one.end() :])


def _removed(chance: random.Random, parts: Parts) -> None:
    if len(parts) > 1:
        del parts[_some(chance, parts)]


def _renamed(chance: random.Random, parts: Parts) -> None:
    at = _some(chance, parts)
    name, data = parts[at]
    folder, _, last = name.rpartition("/")
    new = chance.choice(
        (name + "x", name.upper(), last, f"{folder}/khac/{last}", f"/{name}", name.replace("/", "\\"))
    )
    parts[at] = (new, data)


def _emptied(chance: random.Random, parts: Parts) -> None:
    _put(parts, _some(chance, parts), chance.choice((b"", b" ", b"\xef\xbb\xbf", b"<a/>", b"x", b"\0" * 40)))


def _truncated(chance: random.Random, parts: Parts) -> None:
    at = _xml(chance, parts)
    data = parts[at][1]
    _put(parts, at, data[: chance.randrange(len(data) + 1)])


def _swapped(chance: random.Random, parts: Parts) -> None:
    one, two = _some(chance, parts), _some(chance, parts)
    first, second = parts[one][1], parts[two][1]
    _put(parts, one, second)
    _put(parts, two, first)


def _copied_over(chance: random.Random, parts: Parts) -> None:
    _put(parts, _xml(chance, parts), parts[_xml(chance, parts)][1])


def _doubled(chance: random.Random, parts: Parts) -> None:
    name, data = parts[_some(chance, parts)]
    parts.append(
        (chance.choice((name, name.upper(), f"{name}.bak")), data[: len(data) // chance.choice((1, 1, 2))])
    )


def _odd_attribute(chance: random.Random, parts: Parts) -> None:
    def odd(found: re.Match[bytes]) -> bytes:
        counts = re.search(rb"repeated|spanned|gridSpan|count|span|:c$", found[1], re.I)
        return found[1] + b'="' + chance.choice(_FEW if counts else _ODD_VALUES).encode() + b'"'

    _replace_one(chance, parts, _xml(chance, parts), _ATTRIBUTE, odd)


def _no_attribute(chance: random.Random, parts: Parts) -> None:
    _replace_one(chance, parts, _xml(chance, parts), _ATTRIBUTE, lambda _: b"")


def _other_attribute(chance: random.Random, parts: Parts) -> None:
    _replace_one(chance, parts, _xml(chance, parts), _ATTRIBUTE, lambda found: b"khac_" + found[0])


def _no_tag(chance: random.Random, parts: Parts) -> None:
    _replace_one(chance, parts, _xml(chance, parts), _TAG, lambda _: b"")


def _no_empty_element(chance: random.Random, parts: Parts) -> None:
    _replace_one(chance, parts, _xml(chance, parts), re.compile(rb"<[\w:.-]+[^<>]*/>"), lambda _: b"")


def _no_element(chance: random.Random, parts: Parts) -> None:
    """One element with its content, of those that hold no other of their name."""
    at = _xml(chance, parts)
    names = sorted(
        {found[2] for found in _TAG.finditer(parts[at][1]) if not found[1] and not found[3].endswith(b"/")}
    )
    if names:
        name = re.escape(chance.choice(names))
        _replace_one(
            chance, parts, at, re.compile(rb"<" + name + rb"(?=[\s>]).*?</" + name + rb">", re.S), lambda _: b""
        )


def _renamed_elements(chance: random.Random, parts: Parts) -> None:
    at = _xml(chance, parts)
    names = sorted({found[2] for found in _TAG.finditer(parts[at][1])})
    if names:
        name = chance.choice(names)
        _put(parts, at, re.sub(rb"(</?)" + re.escape(name) + rb"(?=[\s/>])", rb"\1khac", parts[at][1]))


def _odd_text(chance: random.Random, parts: Parts) -> None:
    _replace_one(chance, parts, _xml(chance, parts), _VALUE, lambda _: chance.choice(_ODD_VALUES).encode())


def _odd_sheet_name(chance: random.Random, parts: Parts) -> None:
    named = [i for i, (_, data) in enumerate(parts) if _SHEET_NAME.search(data)]
    if named:
        name = chance.choice(_ODD_NAMES).encode()
        _replace_one(
            chance, parts, chance.choice(named), _SHEET_NAME, lambda found: found[1] + b'="' + name + b'"'
        )


def _odd_dimension(chance: random.Random, parts: Parts) -> None:
    sized = [i for i, (_, data) in enumerate(parts) if _DIMENSION.search(data)]
    if sized:
        ref = chance.choice(_ODD_DIMENSIONS).encode()
        _replace_one(chance, parts, chance.choice(sized), _DIMENSION, lambda _: b'<dimension ref="' + ref + b'"/>')


def _odd_piece(chance: random.Random, parts: Parts) -> None:
    _replace_one(
        chance, parts, _xml(chance, parts), _TAG, lambda found: found[0] + chance.choice(_ODD_PIECES).encode()
    )


def _odd_encoding(chance: random.Random, parts: Parts) -> None:
    encoding = chance.choice(_ENCODINGS).encode()
    _replace_one(chance, parts, _xml(chance, parts), _DECLARED, lambda _: b'encoding="' + encoding + b'"')


def _odd_bytes(chance: random.Random, parts: Parts) -> None:
    at = _xml(chance, parts)
    data = parts[at][1]
    where = chance.randrange(len(data) + 1)
    odd = chance.choice(
        (b"\xff", b"\x00", b"\x01", b"\xc3", b"&", b"&#1;", b"&khac;", b"<", b'"', b"\xed\xa0\x80")
    )
    _put(parts, at, data[:where] + odd + data[where:])


_CHANGES: tuple[Change, ...] = (
    _removed, _renamed, _emptied, _truncated, _swapped, _copied_over, _doubled, _odd_attribute,
    _odd_attribute, _odd_attribute,
    _no_attribute, _no_attribute, _other_attribute, _no_tag, _no_empty_element, _no_element, _no_element,
    _renamed_elements, _odd_text,
    _odd_text, _odd_sheet_name, _odd_dimension, _odd_piece, _odd_encoding, _odd_bytes,
)  # fmt: skip
