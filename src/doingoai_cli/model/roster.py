"""The roster (danh sách cơ quan, đơn vị phải báo cáo)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.model.submissions import Agency
from doingoai_cli.vietnamese.agencies import agency_key, locality, place_left_out


class RosterEntry(NamedTuple):
    """One agency: `kind` is the province's own word (sở, huyện, …); `keep_both` for those that send two parts."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    email: str = ""
    keep_both: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The comparing forms of the name and its aliases."""
        return tuple(agency_key(name) for name in (self.name, *self.aliases))

    @property
    def locality(self) -> str | None:
        """The district-level locality that it is (huyện, thị xã, thành phố); None for any other agency."""
        return locality(self.name)


@dataclass(frozen=True)
class Roster:
    """All agencies that must report, in the file's order."""

    entries: tuple[RosterEntry, ...]

    @cached_property  # each file asks a dozen times: made anew it takes 0.05 ms for 60 agencies
    def _by_key(self) -> Mapping[str, Sequence[RosterEntry]]:
        """The entries by what their names and aliases are compared by: each file asks a dozen times."""
        return grouped((key, entry) for entry in self.entries for key in dict.fromkeys(entry.keys))

    def find(self, name: str) -> RosterEntry | None:
        """The entry whose name or alias equals `name` after normalisation, never by likeness; None for none."""
        wanted = agency_key(name)
        found = self._by_key.get(wanted, ())
        place = place_left_out(name)
        if len(found) > 1 and place:  # "Sở Y tế Nghệ An" in a roster that has that of Hà Tĩnh too
            found = [
                entry for entry in found if place in map(place_left_out, (entry.name, *entry.aliases))
            ] or found
        return found[0] if found else None

    def named(self, text: str) -> RosterEntry | None:
        """The entry that an officer names: by its name, an alias, or its code in whatever case; None for none."""
        code = text.strip().casefold()
        return self.find(text) or next((e for e in self.entries if e.code and e.code.casefold() == code), None)

    def entry_of(self, agency: Agency) -> RosterEntry | None:
        """The entry of an agency, by its name; of two with that name the one with its code; never by likeness.

        None where it is not listed. A code alone says nothing: each district's roster numbers its units from 1.
        """
        own = agency_key(agency.name)
        named = (e for e in self._by_key.get(own, ()) if agency.code and e.code == agency.code)
        return next(named, None) or self.find(agency.name)


def entry_of(agency: Agency | None, roster: Roster | None) -> RosterEntry | None:
    """The roster's entry of an agency; None where either is not known."""
    return None if roster is None or agency is None else roster.entry_of(agency)


def listed_name(agency: Agency | None, roster: Roster | None) -> str:
    """The name under which an agency stands in every list: the roster's, else its own; "" for no agency."""
    entry = entry_of(agency, roster)
    return entry.name if entry else agency.name if agency else ""
