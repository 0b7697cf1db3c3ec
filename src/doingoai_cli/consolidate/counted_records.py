"""The records that count (bản ghi được tính), in the order of the workbook, with what tells each again."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from doingoai_cli.consolidate.record_digests import Digester, RecordDigests
from doingoai_cli.consolidate.settle import Settled, TablePlace
from doingoai_cli.model.records import Record
from doingoai_cli.model.roster import Roster, listed_name
from doingoai_cli.vietnamese.agencies import keys_apart


class CountedRecord(NamedTuple):
    """A record that counts, with the agency that it is merged under."""

    record: Record
    agency: str
    agency_key: str
    digests: RecordDigests
    place: TablePlace


def counted_records(
    settled: Settled,
    roster: Roster | None,
    digester: Digester,
    before: Collection[str],
    forms_in_order: Sequence[str],
) -> list[CountedRecord]:
    """Every counted record once, in the workbook's order: that of the parts of tables that share a section.

    An agency's files stand in the order in which they came: of two rows alike the later is the repeat (DL06).
    `before`: the agencies of the earlier workbook, which the senders meet.
    """
    names = {s.path: listed_name(s.agency, roster) for s in settled.submissions}
    keys = keys_apart((*names.values(), *before))
    order = {entry.name: number for number, entry in enumerate(roster.entries)} if roster else {}
    forms = {form: number for number, form in enumerate(forms_in_order)}
    came = {submission.path: number for number, submission in enumerate(settled.submissions)}
    parts: dict[tuple[Any, ...], list[CountedRecord]] = {}
    for place, table in settled.counted_places:
        submission = settled.submissions[place.file]
        name = names[submission.path]
        key = keys[name]
        whose = (order.get(name, len(order)), key, came[submission.path], table.sheet_index, table.header_row)
        for record, digests in zip(table.records, digester.of_table(submission, table, key), strict=True):
            part = (forms.get(record.form, len(forms)), record.section, *whose)
            parts.setdefault(part, []).append(CountedRecord(record, name, key, digests, place))
    return [row for part in sorted(parts) for row in parts[part]]
