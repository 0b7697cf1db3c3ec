"""Rules over several files: what they see, and the kinds that look at it."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

from doingoai_cli.checks.alike import Delegations
from doingoai_cli.checks.kind import Context, Entry, Hit, Kind
from doingoai_cli.model.packed import Sharing, opened
from doingoai_cli.model.record import Record
from doingoai_cli.model.run import Run

Found = Sequence[tuple[Entry, Hit]]
"""Faults, each with the row that is at fault."""


class Entries:
    """Every record of a run that counts, by form.

    Those of a form that was asked for are held unpacked: they are compared with one another in any order.
    """

    def __init__(self, tables: Mapping[str, Sequence[Context]], run: Run) -> None:
        """`tables`: those that count, by form, in the order of files."""
        self._tables = tables
        self._run = run
        self._asked: dict[str, Sequence[Entry]] = {}
        self._sharing = Sharing()

    def of_form(self, form: str) -> Sequence[Entry]:
        """The entries of a form, in the order of files and rows."""
        if form not in self._asked:
            self._asked[form] = [*self._entries(form, self._sharing.opened)]
        return self._asked[form]

    def passing(self, form: str) -> Iterator[Entry]:
        """The same for a rule that looks at each once; they are not held."""
        return iter(self._asked[form]) if form in self._asked else self._entries(form, opened)

    def _entries(self, form: str, opens: Callable[[Sequence[Record]], Sequence[Record]]) -> Iterator[Entry]:
        for context in self._tables.get(form, ()):
            records = [record for record in opens(context.table.records) if record.form == form]
            if self._run.superseded_rows:
                records = [record for record in records if self._run.counts(record)]
            yield from map(Entry, records, repeat(context))


@dataclass(frozen=True)
class Whole:
    """What rules over several files see: every record that counts, and the run."""

    entries: Entries
    run: Run
    kinds: Mapping[str, Kind]
    province: str
    alike: Mapping[str, Sequence[str]]
    """As `Pack.alike`."""

    def forms_like(self, form: str) -> Sequence[str]:
        """A form that a rule names, and a province's own forms of such rows: the rule means these as well."""
        return self.alike.get(form, (form,))

    @cached_property  # several rules ask, and it is what takes longest
    def delegations(self) -> Delegations:
        """Which rows are one delegation."""
        return Delegations(self.entries.of_form, self.forms_like, across=self.run.across)


class WholeKind(Kind):
    """A kind that needs the records of several files, or earlier years."""

    @abstractmethod
    def check_whole(self, form: str, fields: tuple[str, ...], whole: Whole) -> Found:
        """The faults in rows of a form, each with the record that it belongs to."""
