"""Which table of a file is which agency's, where its tables name several (tệp có biểu của nhiều cơ quan).

They do only where they are clearly different: two that the roster has, or two names of which neither is a variant
of the other. A body that stands above the sender's name elsewhere is no sender where that leaves one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from doingoai_cli.intake.agency import AgencyEvidence, agency_of_folder, find_agency
from doingoai_cli.intake.layout import Region
from doingoai_cli.intake.sender_names import name_in_lines, typed_texts
from doingoai_cli.intake.sheet import Row
from doingoai_cli.intake.sheet_tables import LaidOut
from doingoai_cli.intake.titles import TitleLine
from doingoai_cli.model.grid import Addressing, Grid
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.submissions import Agency
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.fuzzy import ratio
from doingoai_cli.vietnamese.text import fold, key, without_diacritics

_ADDRESSED = re.compile(r"\W*(?:kính gửi|nơi nhận)\b")
_SLIPS = 2
"""Letters in which two spellings of one name may differ, those of both counted: one mistyped, or two left out."""
_MOST_NAMES = 200
"""Names that are compared with one another; those of a roster need not be."""


class Named(NamedTuple):
    """A table with what stands above it."""

    region: Region
    grid: Grid
    agency: Agency | None
    """None where it names none, or none that is known."""
    name: str
    """As it stands there; "" for none."""
    above: frozenset[str]
    """The keys of all that stands in its letterhead."""
    cell: tuple[int, int]
    """Row and column where it is named, else where it begins."""

    @property
    def first_row(self) -> Row:
        """The first row that belongs to it."""
        return _rows(self.region)[0]

    def goes_on_after(self, before: "Named") -> bool:
        """Whether it stands below another one in the same sheet or document, or is the end of that one."""
        is_end = not self.region.heading and not self.region.above
        return is_end or self.grid.index == before.grid.index or self.grid.addressing is Addressing.WORD


class Owned(NamedTuple):
    """A table with the agency that it is counted to."""

    named: Named
    agency: Agency
    doubtful: bool = False
    """Whether it does not say so itself."""


def named_tables(sheets: Sequence[LaidOut], roster: Roster | None, province: str) -> Sequence[Named]:
    """The tables of a file with what stands above each, or on the tab of a sheet where that is in the roster."""
    return [_named(sheet, region, roster, province) for sheet in sheets for region in sheet.layout.regions]


def owned_tables(tables: Sequence[Named], roster: Roster | None) -> Sequence[Owned]:
    """The tables of a file, each with its agency; none where these are not clearly several."""
    senders = _senders(tables, listed=roster is not None)
    if len({agency.key for agency in senders.values()}) < 2:
        return ()
    owned: list[Owned] = []
    for table in tables:
        before = owned[-1] if owned else None
        if table.agency is not None:
            sender = senders[table.agency.key]
            owned.append(Owned(table, sender, doubtful=sender.key != table.agency.key))
        elif before is not None and table.goes_on_after(before.named):
            owned.append(Owned(table, before.agency, doubtful=bool(table.name)))
        else:
            first = next(iter(senders.values()))
            owned.append(Owned(table, before.agency if before else first, doubtful=True))
    return owned


def _named(sheet: LaidOut, region: Region, roster: Roster | None, province: str) -> Named:
    lines, grid = _without_addressee(region.lines), sheet.sheet.grid
    name = name_in_lines(lines)
    texts = [line.text for line in lines]
    known = name_in_lines(lines, by_place=roster is not None)
    found = find_agency(
        AgencyEvidence("", [known] if known else [], [*texts, *typed_texts(texts)]), roster, province
    )
    agency, is_first = found.agency if found.doubt is None else None, region is sheet.layout.regions[0]
    if roster and not name and is_first:
        agency = agency or agency_of_folder((grid.name,), roster)
    line = _line_of(name, lines)
    head = lines if line is None or is_first else _letterhead(lines, line)
    row = _rows(region)[0]
    cell = (line.row, line.col) if line else (row.number, min(row.texts))
    return Named(region, grid, agency, name, frozenset(_keys(head, roster)), cell)


def _without_addressee(lines: Sequence[TitleLine]) -> Sequence[TitleLine]:
    """The lines without those that say to whom the report goes."""
    rows = {line.row for line in lines if _ADDRESSED.match(fold(line.text))}
    return [line for line in lines if line.row not in rows]


def _rows(region: Region) -> Sequence[Row]:
    return (*region.above, *region.heading, *region.body)


def _line_of(name: str, lines: Sequence[TitleLine]) -> TitleLine | None:
    """The lowest line that has a name, or a part of one that goes over several."""
    whole = f" {key(name)} "
    held = ((line, f" {key(line.text)} ") for line in reversed(lines) if name and line.text)
    return next((line for line, text in held if text in whole or whole in text), None)


def _letterhead(lines: Sequence[TitleLine], line: TitleLine) -> Sequence[TitleLine]:
    """A line with those right above it in its column; further up stands the signature of the table before."""
    block = [line]
    for other in reversed([one for one in lines if one.col == line.col and one.row < line.row]):
        if block[0].row - other.row > 1:
            break
        block.insert(0, other)
    return block


def _keys(lines: Sequence[TitleLine], roster: Roster | None) -> Iterator[str]:
    for text in chain.from_iterable(line.text.split("\n") for line in lines):
        entry = roster.find(text) if roster else None
        yield agency_key(entry.name if entry else text)


def _senders(tables: Sequence[Named], *, listed: bool) -> Mapping[str, Agency]:
    """Key → the agency that sends under that name: the first spelling where some are variants of one another.

    A roster's agencies (`listed`) are as many as they are.
    """
    named = {one.agency.key: one.agency for one in reversed(tables) if one.agency}
    first = [named[key] for key in dict.fromkeys(one.agency.key for one in tables if one.agency)]
    above = {key for one in tables if one.agency for key in one.above - {one.agency.key}}
    sending = _joined([agency for agency in first if agency.key not in above], listed=listed)
    several = len({agency.key for agency in sending.values()}) > 1
    return _joined(first, listed=listed) if several else {}


def _joined(agencies: Sequence[Agency], *, listed: bool) -> Mapping[str, Agency]:
    whose = {agency.key: agency for agency in agencies}
    if listed:
        return whose
    if len(agencies) > _MOST_NAMES:
        return {}
    for one, other in combinations(agencies, 2):
        if is_variant(one.key, other.key):
            joined = {whose[one.key].key, whose[other.key].key}
            fullest = max(whose[one.key], whose[other.key], key=lambda agency: len(agency.key))
            whose = {key: fullest if agency.key in joined else agency for key, agency in whose.items()}
    return whose


def is_variant(one: str, other: str) -> bool:
    """Whether two keys of agencies may be one name: cut short, by its first letters, with a slip of the pen."""
    shorter, longer = sorted((one, other), key=len)
    if f" {shorter} " in f" {longer} " or shorter.replace(" ", "") == "".join(w[0] for w in longer.split()):
        return True
    if [word for word in one.split() if word.isdigit()] != [word for word in other.split() if word.isdigit()]:
        return False
    bare = without_diacritics(one), without_diacritics(other)
    return (100 - ratio(*bare)) * (len(bare[0]) + len(bare[1])) <= _SLIPS * 100 + 1
