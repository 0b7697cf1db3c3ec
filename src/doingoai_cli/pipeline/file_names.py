"""Names of the files that a command writes for many agencies: each its own, short, legal on Windows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from doingoai_cli.csvfile import BOM, csv_text
from doingoai_cli.messages import LIST_OF_FILES
from doingoai_cli.pipeline.files import Written, write_own
from doingoai_cli.vietnamese.text import ascii_slug

LONGEST = 120
"""Letters of a file name, its ending included: deep folders still fit the 260 of a Windows path."""
_ROOM = 90
"""Letters for the agency's part; the rest is for what stands before and behind it."""
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
_DIGITS = 6


def stems(agencies: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Name of an agency → its part of a file name; `agencies` are (name, code or "").

    "UBND xã Xuân Hóa" and "UBND xã Xuân Hòa" lose the same tones: each takes its code, or a digest of its name. A
    name depends on the agencies that it is told from, never on their order.
    """
    codes = dict(agencies)
    plain = {name: _short(name) for name in codes}
    shared = Counter(plain.values())
    found = {name: stem if shared[stem] == 1 else f"{stem}-{_apart(name, codes)}" for name, stem in plain.items()}
    still = Counter(found.values())
    return {name: stem if still[stem] == 1 else f"{stem}-{_digest(name)}" for name, stem in found.items()}


def _short(name: str) -> str:
    slug = ascii_slug(name)
    if len(slug) > _ROOM:
        slug = f"{slug[: _ROOM - _DIGITS - 1].rstrip('-')}-{_digest(name)}"
    return f"{slug}-tep" if slug in _RESERVED else slug


def _apart(name: str, codes: Mapping[str, str]) -> str:
    code = codes[name]
    return ascii_slug(code)[:20] if code and any(c.isalnum() for c in code) else _digest(name)


def _digest(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def write_list(folder: Path, files: Sequence[tuple[str, Path]]) -> Written:
    """The list of (agency, file) beside the files, as Excel opens it."""
    rows = ((agency, path.relative_to(folder).as_posix()) for agency, path in files)
    return write_own(folder / LIST_OF_FILES, (BOM + csv_text([("Cơ quan, đơn vị", "Tệp"), *rows])).encode())
