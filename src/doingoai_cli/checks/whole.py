"""Rules over several files: what they see, and the kinds that look at it."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from doingoai_cli.checks.alike import Delegations
from doingoai_cli.checks.kind import Entry, Hit, Kind
from doingoai_cli.model.run import Run


@dataclass(frozen=True)
class Whole:
    """What rules over several files see: every record that counts, and the run."""

    entries: tuple[Entry, ...]
    run: Run
    kinds: Mapping[str, Kind]
    province: str

    @cached_property
    def _by_form(self) -> Mapping[str, Sequence[Entry]]:
        by_form: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            by_form[entry.record.form].append(entry)
        return by_form

    @cached_property
    def delegations(self) -> Delegations:
        """Which rows are one delegation; several rules ask."""
        return Delegations(self._by_form, across=self.run.across)

    def of_form(self, form: str) -> Sequence[Entry]:
        """The entries of a form, in the order of files and rows."""
        return self._by_form.get(form, ())

    def of_forms(self, forms: Iterable[str]) -> Sequence[Entry]:
        """The entries of some forms, in the order of files and rows."""
        wanted = frozenset(forms)
        return [entry for entry in self.entries if entry.record.form in wanted]


class WholeKind(Kind):
    """A kind that needs the records of several files, or earlier years."""

    @abstractmethod
    def check_whole(
        self, forms: frozenset[str], fields: tuple[str, ...], whole: Whole
    ) -> Sequence[tuple[Entry, Hit]]:
        """The faults, each with the record that it belongs to."""
