"""Which agency a file comes from (cơ quan gửi): typed line, name left in our form, letterhead, roster, file name.

Likeness only ever proposes; what is unknown or ambiguous is CT10.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.intake.full_names import own_part
from doingoai_cli.model.roster import Roster, RosterEntry
from doingoai_cli.model.submissions import Agency, AgencySource
from doingoai_cli.vietnamese.agencies import agency_key, similar_agencies
from doingoai_cli.vietnamese.text import fold, key, without_diacritics

_ADDRESS = re.compile(r"[^\s<>@,;\"]+@[^\s<>@,;\"]+")
_AT_END = re.compile(r"\s*\([^()]*\)\s*$")
"""What stands in brackets behind a name: "Sở Y tế (Phòng Tổ chức)"."""
_ARCHIVES = (".zip", ".7z", ".rar", ".eml", ".msg")
_LONGEST = 150
_SENT_TO = r" (?:gui|nop|trinh)(?: (?:lai|len|cho|den|ve|toi))* "


class AgencyFound(NamedTuple):
    """The agency, and what CT10 says where it is unknown or ambiguous (None: nothing)."""

    agency: Agency | None
    doubt: Mapping[str, object] | None = None


class AgencyEvidence(NamedTuple):
    """What a file says of the agency that it comes from."""

    path: str
    names: Iterable[str] = ()
    """Names of agencies from its sheets, in their order."""
    texts: Iterable[str] = ()
    """All that stands above its tables."""
    prefilled: str = ""
    """The agency that the form was issued for."""
    sender: str = ""
    """Who sent the letter that the file came with."""


def find_agency(evidence: AgencyEvidence, roster: Roster | None, province: str = "") -> AgencyFound:
    """The agency of a file; of its texts one counts where the roster knows it letter for letter.

    A name may carry the `province` that the roster leaves out ("Sở Y tế tỉnh Quảng Bình").
    """
    named = [Agency(name, agency_key(name), AgencySource.LETTERHEAD) for name in evidence.names]
    if prefilled := evidence.prefilled.strip():
        named.append(Agency(prefilled, agency_key(prefilled), AgencySource.PREFILLED))
    candidates = _fullest(list({agency.key: agency for agency in reversed(named)}.values())[::-1])
    if roster is None:
        return _without_roster(candidates)
    spelt = [agency.name for agency in candidates]
    said = (spelt, map(own_part, spelt), [_AT_END.sub("", name) for name in spelt], evidence.texts)
    known = next(filter(None, (_known(names, roster, province) for names in said)), [])
    if known:
        return _listed(known, AgencySource.ROSTER)
    if candidates:
        name = candidates[0].name
        near = similar_agencies(name, [alias for e in roster.entries for alias in (e.name, *e.aliases)])
        return AgencyFound(candidates[0], {"reason": "unlisted", "name": name, "suggestions": near})
    entries = _by_sender(evidence.sender, roster) or _by_file_name(evidence.path, roster)
    return _listed(entries, AgencySource.FILE_NAME)


def _fullest(candidates: Sequence[Agency]) -> Sequence[Agency]:
    """The agencies without those that another one names in full ("Phòng Nội vụ UBND huyện Lệ Thủy")."""
    shortened = {agency_key(own) for agency in candidates if (own := own_part(agency.name)) != agency.name}
    return [agency for agency in candidates if agency.key not in shortened]


def _known(names: Iterable[str], roster: Roster, province: str) -> list[RosterEntry]:
    """The roster's agencies among `names`, each once."""
    found: dict[RosterEntry, None] = {}
    for name in names:
        if len(name) < _LONGEST:
            entry = roster.find(name) or roster.find(_without_province(name, province))
            if entry is not None:
                found[entry] = None
    return list(found)


def _without_province(name: str, province: str) -> str:
    tail = re.compile(rf"\s+(?:tỉnh\s+|thành phố\s+|tp\.?\s+)?{re.escape(fold(province))}$") if province else None
    return tail.sub("", fold(name)) if tail else name


def _listed(entries: Sequence[RosterEntry], source: AgencySource) -> AgencyFound:
    if len(entries) == 1:
        return AgencyFound(of_entry(entries[0], source))
    if not entries:
        return AgencyFound(None, {"reason": "missing"})
    taken = of_entry(entries[0], source) if source is AgencySource.ROSTER else None
    return AgencyFound(taken, _ambiguous([entry.name for entry in entries], taken))


def _ambiguous(names: Sequence[str], agency: Agency | None) -> Mapping[str, object]:
    """What CT10 says of several names: these, and to which of them the rows are counted all the same."""
    return {"reason": "ambiguous", "names": tuple(names), "taken": agency.name if agency else ""}


def _without_roster(candidates: Sequence[Agency]) -> AgencyFound:
    if not candidates:
        return AgencyFound(None, {"reason": "missing"})
    if len(candidates) > 1:
        return AgencyFound(candidates[0], _ambiguous([one.name for one in candidates], candidates[0]))
    return AgencyFound(candidates[0])


def of_entry(entry: RosterEntry, source: AgencySource) -> Agency:
    """An agency of the roster, as it was found."""
    return Agency(entry.name, agency_key(entry.name), source, entry.code)


def _by_sender(sender: str, roster: Roster) -> Sequence[RosterEntry]:
    """The roster's agencies with the address that a letter came from."""
    addresses = {address.lower() for address in _ADDRESS.findall(sender)}
    return [entry for entry in roster.entries if entry.email and entry.email.strip().lower() in addresses]


def _by_file_name(path: str, roster: Roster) -> Sequence[RosterEntry]:
    """The roster's agencies that the file's name spells, or that of the archive that it lies in."""
    name, *outer = reversed(PurePosixPath(path).parts or ("",))
    archives = (part for part in outer if PurePosixPath(part).suffix.lower() in _ARCHIVES)
    found = (_spelt_in(PurePosixPath(part).stem, roster) for part in (name, *archives))
    return next(filter(None, found), ())


def agency_of_folder(names: Iterable[str], roster: Roster) -> Agency | None:
    """The one agency of the roster that the first of those folders spells that spells any."""
    entries = next(filter(None, (_spelt_in(name, roster) for name in names)), [])
    return of_entry(entries[0], AgencySource.FILE_NAME) if len(entries) == 1 else None


def _spelt_in(stem: str, roster: Roster) -> Sequence[RosterEntry]:
    """The roster's agencies whose name or alias a name spells, diacritics apart.

    Not those within a longer name, nor to whom the file goes ("Sở Y tế gửi Sở Ngoại vụ"); a bare abbreviation
    counts where nothing is spelt out.
    """
    rest = f" {without_diacritics(key(stem.replace('_', ' ')))} "
    named = grouped((without_diacritics(key(name)), e) for e in roster.entries for name in (e.name, *e.aliases))
    spelt = [name for name in sorted(named, key=len, reverse=True) if name and f" {name} " in rest]
    found: dict[RosterEntry, None] = {}
    for name in [name for name in spelt if " " in name] or spelt:
        rest = re.sub(rf"{_SENT_TO}{re.escape(name)}(?= )", " |", rest)
        if f" {name} " in rest:
            rest = rest.replace(f" {name} ", " | ")
            found |= dict.fromkeys(named[name])
    return list(found)
