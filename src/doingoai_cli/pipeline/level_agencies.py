"""Agencies of two lower levels that bear one name (tên trùng giữa các cấp dưới): each takes its level's.

Every district has a "Phòng Y tế" and calls it so. Where workbooks of two of them bring one each, these are two
agencies, and neither replaces the other's rows: the name takes in the body that sent it up, as a name in a
letterhead takes in the line above it (`intake.full_names`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from doingoai_cli.grouping import grouped
from doingoai_cli.intake.full_names import full_name
from doingoai_cli.model.findings import Finding
from doingoai_cli.model.roster import Roster
from doingoai_cli.model.run import BySender
from doingoai_cli.model.submissions import Agency, AgencySource, Submission
from doingoai_cli.vietnamese.agencies import agency_key, is_provincial, locality
from doingoai_cli.vietnamese.text import fold

_LOCALITY = re.compile(r"\b(?:huyện|thị xã|thành phố|quận|thị|thành)(?: (?:ủy|đoàn))? .+", re.IGNORECASE)
_OWN_LOCALITY = re.compile(r"\b(?:huyện|thị xã|thành phố|quận) \w")


def owned_name(name: str, owner: str) -> str:
    """The name of an agency with the body that sent it up; as it is where it names its own place or a province's.

    "Phòng Y tế" of "UBND huyện Lệ Thủy" is "Phòng Y tế UBND huyện Lệ Thủy", "UBND xã Tân Lập" of the same
    "UBND xã Tân Lập huyện Lệ Thủy"; "Sở Y tế" is "Sở Y tế".
    """
    if is_provincial(name) or _OWN_LOCALITY.search(fold(name)):
        return name
    full = full_name((owner, name))
    place = _LOCALITY.search(owner) if full == name and locality(owner) else None
    return f"{name} {place[0]}" if place else full


def told_apart_by_level(
    submissions: Sequence[Submission], owners: Mapping[str, str], roster: Roster | None
) -> tuple[Submission, ...]:
    """The files of lower levels, those of one name and of several levels with the name of theirs.

    `owners`: the way up ("UBND huyện X: tonghop.xlsx") → whose workbook that is. A file that comes up by two ways
    shows that it is one agency; so does the roster of this level.
    """
    sent = [(one, one.agency, owners.get(one.through[0], "")) for one in submissions if one.agency and one.through]
    below = [(one, agency, owner) for one, agency, owner in sent if owner and len(one.through) > 1]
    ways = grouped(((agency.key, (agency_key(owner), one.sha256)) for one, agency, owner in below))
    apart = {name for name, sent_by in ways.items() if _are_several(sent_by)}
    renamed = {
        one.key: owned_name(agency.name, owner)
        for one, agency, owner in below
        if agency.key in apart and not (roster and roster.find(agency.name))
    }
    return tuple(_named(one, renamed[one.key]) if one.key in renamed else one for one in submissions)


def _are_several(sent_by: Sequence[tuple[str, str]]) -> bool:
    """Whether owners and digests of files of one name are those of several agencies."""
    owners_of = grouped((digest, owner) for owner, digest in sent_by if digest)
    return len({owner for owner, _ in sent_by}) > 1 and not any(
        len({*owners}) > 1 for owners in owners_of.values()
    )


def _named(submission: Submission, name: str) -> Submission:
    return replace(submission, agency=Agency(name, agency_key(name), AgencySource.WORKBOOK))


def renamed(findings: Sequence[Finding], sent: BySender, before: Submission, name: str) -> list[Finding]:
    """The findings of a file, those of one submission in it (as it was `before`) under its agency's new name."""
    return [replace(one, agency=name) if one.agency and sent.of(one) is before else one for one in findings]
