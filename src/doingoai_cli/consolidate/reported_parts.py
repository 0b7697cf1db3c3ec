"""What one file says of one form and period of reporting: the part of it that a later file may replace."""

from itertools import pairwise
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.model.records import Record
from doingoai_cli.model.submissions import Submission, Table
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.time.reporting import ReportingPeriod

WITHOUT = " không có mục "
"""Stands in the ledger before the sections that a form came without."""


class ReportedPart(NamedTuple):
    """What one file says of one form and period."""

    submission: Submission
    form: str
    period: ReportingPeriod
    tables: tuple[Table, ...]

    @property
    def rows(self) -> tuple[Record, ...]:
        """Its records."""
        return tuple(r for t in self.tables for r in t.records)

    @property
    def gone_below(self) -> bool:
        """Whether the level below had replaced it whole."""
        return all(table.replaced for table in self.tables)

    @property
    def rows_gone_below(self) -> tuple[Record, ...]:
        """The rows of it that the level below had replaced."""
        tables = (table for table in self.tables if table.replaced_rows)
        return tuple(r for t in tables for r in t.records if r.provenance.row in t.replaced_rows)

    @property
    def speaks(self) -> bool:
        """Whether it reports anything: rows, or that there are none ("Không có")."""
        return any(t.records or t.nil for t in self.tables)

    @property
    def named(self) -> str:
        """Its period in words; "" for a whole year."""
        return "" if self.period.whole else self.period.label

    @property
    def listed(self) -> str:
        """As the ledger lists it, with the sections that it came without: "03 không có mục II (tháng 8/2020)"."""
        unstated = [s for s in self.tables[0].unstated if all(s in table.unstated for table in self.tables)]
        form = f"{self.form}{WITHOUT}{' và '.join(unstated)}" if unstated else self.form
        return f"{form} ({self.named})" if self.named else form


def parts_of(submission: Submission) -> tuple[ReportedPart, ...]:
    """The parts of a file, in its order."""
    parts = grouped(((table.form, submission.period_of(table)), table) for table in submission.tables)
    return tuple(ReportedPart(submission, form, period, tuple(tables)) for (form, period), tables in parts.items())


def is_one_file(one: Submission, other: Submission) -> bool:
    """Whether both have the same bytes."""
    return one is other or (bool(one.sha256) and one.sha256 == other.sha256)


def came_one_way(one: ReportedPart, other: ReportedPart) -> bool:
    """Whether both came in one workbook, whose level has settled which of them stands."""
    through = one.submission.through
    return bool(through) and through[:1] == other.submission.through[:1]


def of_several(part: ReportedPart) -> bool:
    """Whether its tables may be of several agencies, by what stands above them (CT10).

    Not so where one name is the beginning of the other: "Văn phòng", "Văn phòng UBND huyện Lệ Thủy".
    """
    doubts = [o for o in part.submission.observations if o.code == "CT10" and o.form in (None, part.form)]
    stated = [o.params["names"] for o in doubts if o.params["reason"] == "ambiguous"]
    stated += [
        (o.params["name"], o.params["taken"])
        for o in doubts
        if o.params["reason"] == "unnamed" and o.params["name"]
    ]
    named = [sorted(f"{agency_key(name)} " for name in names) for names in stated]
    return any(not longer.startswith(name) for names in named for name, longer in pairwise(names))
