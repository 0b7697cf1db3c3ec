"""Short digests of what a row of the consolidated workbook says, cell by cell: which row is which, whatever moved.

Two bytes a cell are enough to tell whether a row still agrees with its id, and to find the row that a text belongs
to after columns were sorted without the others or cells were moved up.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from struct import pack
from typing import NamedTuple
from zlib import crc32

from doingoai_cli.consolidate.identity import seal
from doingoai_cli.model.consolidated import NO_AGENCY, ConsolidatedRow
from doingoai_cli.model.excel_limits import cell_text
from doingoai_cli.model.forms import FormSpec
from doingoai_cli.vietnamese.text import clean, is_clean_line

WIDTH = 2
BLANK = b"\0" * WIDTH
_HELD = 30_000
"""How many characters of a text are compared: a longer one had to be cut in its cell."""
RowDigest = bytes
"""What a row said: `WIDTH` bytes each for agency, source, codes, opinion, remark, seal, then the fields."""
AGENCY, SOURCE, CODES, OPINION, REMARK, SEAL, OWN = range(7)
"""Where each stands; the fields begin at `OWN`."""


def cell_digest(text: str) -> bytes:
    """The digest of a cell; `BLANK` for one that says nothing. Spaces and line breaks do not matter."""
    return digest_of_plain((" ".join(clean(text[:_HELD]).split()),))


def digest_of_plain(texts: Sequence[str]) -> RowDigest:
    """The same of several cells, whose texts are known to be clean, each in one line."""
    numbers = [crc32(text.encode()) % 0xFFFF + 1 if text else 0 for text in texts]
    return pack(f">{len(numbers)}H", *numbers)


def digested_fields(spec: FormSpec) -> tuple[str, ...]:
    """The official fields that a digest covers: all but the ordinal, which is no content."""
    return tuple(column.field for column in spec.columns if column.field != "ordinal")


def said_by(row: ConsolidatedRow, fields: Iterable[str]) -> list[str]:
    """What a row says, in the order of its digest."""
    text = row.record.text
    return [*said_beside(row), *[text(field) for field in fields]]


def said_beside(row: ConsolidatedRow) -> tuple[str, ...]:
    """What a row says before its official cells: the first `OWN` texts that its digest covers."""
    review = row.review
    codes = ", ".join(row.codes)
    return (row.agency or NO_AGENCY, row.source, codes, review.opinion, review.remark, row.seal)


def row_digest(texts: Sequence[str]) -> RowDigest:
    """The digest of what a row says, as it is written or was read."""
    if as_cells_give(texts, at_once=True):
        return digest_of_plain(texts)
    return b"".join([cell_digest(text) for text in texts])


def as_cells_give(texts: Sequence[str], *, at_once: bool = False) -> bool:
    """Whether cells give texts back unchanged, down to the last space.

    `at_once`: True only where one look at all of them tells so; each is in one line then, with single spaces.
    """
    joined_ = "|".join(texts)
    if len(joined_) < _HELD and "| " not in joined_ and " |" not in joined_ and is_clean_line(joined_):
        return True
    return not at_once and all(len(text) < _HELD and clean(cell_text(text)) == text for text in texts)


def part(digest: RowDigest, place: int) -> bytes:
    """The part of a digest that tells of `AGENCY`, or of the field at `OWN` + n."""
    return digest[place * WIDTH : (place + 1) * WIDTH]


class SheetRow(NamedTuple):
    """One row as it stands: its number, the id beside it ("" for none) and what it says."""

    number: int
    record_id: str
    digest: RowDigest
    reviewed: str = ""
    """The id of the record whose review stands there; "" where nothing tells."""


def joined_parts(digest: RowDigest, fields: Sequence[int]) -> bytes:
    """The parts of a digest at some places, as one."""
    return b"".join([digest[place * WIDTH : (place + 1) * WIDTH] for place in fields])


def own_agreement(one: RowDigest, other: RowDigest) -> int:
    """In how many of agency, source and codes two rows agree."""
    return sum(part(one, place) == part(other, place) for place in (AGENCY, SOURCE, CODES))


def packed(digests: Iterable[tuple[str, RowDigest]]) -> bytes:
    """Digests with their records' ids as bytes."""
    data = bytearray()
    for record_id, digest in digests:
        name = record_id.encode()
        data.append(len(name))
        data += name
        data += digest
    return bytes(data)


def unpacked(data: bytes, fields: int) -> dict[str, RowDigest]:
    """The way back, `fields` digests each; ValueError where the bytes do not fit."""
    digests: dict[str, RowDigest] = {}
    at, size = 0, (OWN + fields) * WIDTH
    while at < len(data):
        begin = at + 1 + data[at]
        digest = data[begin : begin + size]
        if len(digest) != size:
            raise ValueError("digests cut short")
        digests[data[at + 1 : begin].decode()] = digest
        at = begin + size
    return digests


def agreement(one: RowDigest, other: RowDigest, present: Sequence[int]) -> tuple[int, int]:
    """(cells that agree, cells that either fills) of the places in `present`."""
    same = told = 0
    for place in present:
        mine, theirs = part(one, place), part(other, place)
        if mine == theirs == BLANK:
            continue
        told += 1
        same += mine == theirs
    return same, told


class Seals:
    """The seals of a sheet's records, whichever row they stand in now."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.beside = dict(pairs)

    @cached_property  # asked for by rows whose seal has moved alone: hardly ever
    def by_digest(self) -> Mapping[bytes, str]:
        """Digest of a seal → the seal."""
        return {cell_digest(beside): beside for beside in self.beside.values()}

    def of(self, row: ConsolidatedRow, digests: Mapping[str, RowDigest]) -> str:
        """The seal of a row's record; "" for the officer's own; its digest where no row holds it any more."""
        if row.record_id not in digests:
            return ""
        written, own = part(digests[row.record_id], SEAL), self.beside.get(row.record_id, "")
        if cell_digest(own) == written:
            return own
        if written == BLANK or written in self.by_digest:
            return self.by_digest.get(written, "")
        said = seal(row.record)
        return said if cell_digest(said) == written else f"{LOST}{written.hex()}"


LOST = "?"
"""What a seal begins with where only the digest is known: the row was typed or pasted without hidden cells."""


def is_sealed_by(digest: str, sent: str) -> bool:
    """Whether a seal read back is the one of what was sent."""
    return digest == sent or (digest.startswith(LOST) and digest[1:] == cell_digest(sent).hex())
