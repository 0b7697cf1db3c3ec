"""Stable ids of records (mã bản ghi): by agency, form and what the record says, not by file or row."""

import re
from collections.abc import Sequence
from hashlib import sha256

from doingoai_cli.consolidate.likeness import full_text, identifying_texts
from doingoai_cli.grouping import grouped
from doingoai_cli.model.pending import known_seal
from doingoai_cli.model.records import Record

_OFFICER = "CB-"
_LENGTH = 12
_DIGEST = re.compile(rf"[0-9a-f]{{{_LENGTH}}}")


def seal(record: Record) -> str:
    """The fingerprint of a record's whole text (the ordinal apart): equal seals say the same."""
    return known_seal(record) or digest_of(full_text(record))


def numbered(bases: Sequence[str], records: Sequence[Record]) -> tuple[str, ...]:
    """The ids of records, from what they are before records alike are told apart.

    Records that one agency gives twice get "-2", "-3" … in the order of their text, so that neither the order
    of files nor of rows matters.
    """
    if len({*bases}) == len(bases):
        return tuple(bases)
    ids = [*bases]
    for base, indices in grouped((base, index) for index, base in enumerate(bases)).items():
        if len(indices) > 1:
            ordered = sorted(indices, key=lambda i: full_text(records[i]))
            for number, index in enumerate(ordered[1:], 2):
                ids[index] = f"{base}-{number}"
    return tuple(ids)


def base_id(agency_key: str, record: Record, named: Sequence[str] | None = None) -> str:
    """The id before duplicates are told apart; `named`: its `identifying_texts`, where they are known."""
    form, section = record.form, record.section
    digest = digest_of((agency_key, form, section, *(identifying_texts(record) if named is None else named)))
    return "-".join(filter(None, (form, section, digest)))


def officer_id(record_id: str) -> str:
    """The id of a row that an officer typed into the workbook."""
    return _OFFICER + record_id


def is_officers(record_id: str) -> bool:
    """Whether an officer typed the row: no submission holds it."""
    return record_id.startswith(_OFFICER)


def section_of_id(record_id: str, form: str = "") -> str:
    """The section that an id of a form's row names ("03-I-…" → "I"); "" where its form has none."""
    _, *parts = f"{record_id.removeprefix(_OFFICER).removeprefix(form)}".split("-")
    return parts[0] if len(parts) > 1 and not _DIGEST.fullmatch(parts[0]) else ""


def digest_of(texts: Sequence[str]) -> str:
    """The digest of some texts, as ids and seals have it."""
    return sha256("\x1f".join(texts).encode()).hexdigest()[:_LENGTH]


def id_pattern(form: str) -> re.Pattern[str]:
    """What the ids of a form's rows look like."""
    return re.compile(rf"(?:CB-)*{re.escape(form)}-(?:[^\s-]+-)?{_DIGEST.pattern}(?:-R?\d+)*")
