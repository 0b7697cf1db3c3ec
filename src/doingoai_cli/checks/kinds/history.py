"""Kinds over earlier years: Laos every second year (K1), the approved plan of the year reported on."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from doingoai_cli.checks.alike import near, numbers_in, sorted_words
from doingoai_cli.checks.kind import Entry, Hit, Whole, WholeKind
from doingoai_cli.declared import Limited
from doingoai_cli.model.records import RealisedTrip, Record, Trip
from doingoai_cli.vietnamese.places.countries import country_name
from doingoai_cli.vietnamese.places.provinces import places_abroad
from doingoai_cli.vietnamese.terms import Terms
from doingoai_cli.vietnamese.text import key

Found = Sequence[tuple[Entry, Hit]]


class AlternatingYears(WholeKind):
    """No exchange with the same partner or province of a country two years running (DR16, DV05, K1)."""

    kind: Literal["alternating-years"]
    country: str = "LAO"
    history: str
    exempt: tuple[str, ...] = ()
    FIELDS: ClassVar[tuple[str, ...]] = ("countries",)
    OFFERS: ClassVar[tuple[str, ...]] = ("partner", "country", "earlier", "year")

    @cached_property
    def _exempt(self) -> Terms:
        return Terms(self.exempt)

    def check_whole(self, forms: frozenset[str], fields: tuple[str, ...], whole: Whole) -> Found:
        """One hit a planned row whose partner or province recurs from the year before."""
        planned = [e for e in whole.of_forms(forms) if self._counts(e.record, e.context.agency)]
        if not planned:
            return ()
        before: dict[tuple[str, int, str], Trip] = {}
        for agency, record in self._past(whole):
            if isinstance(record, Trip) and self._counts(record, ""):
                for partner in self._partners(record):
                    before.setdefault((agency, record.year, partner), record)
        found = []
        for entry in planned:
            year = entry.record.year - 1
            shared = {
                said: earlier
                for partner, said in self._partners(entry.record).items()
                if (earlier := before.get((entry.agency_key, year, partner)))
            }
            if shared:
                found.append((entry, self._hit(fields[0], shared)))
        return found

    def _past(self, whole: Whole) -> Iterable[tuple[str, Record]]:
        yield from ((e.agency_key, e.record) for e in whole.of_forms((self.history,)))
        yield from ((a, r) for a, r in whole.run.history.realised if r.form == self.history)

    def _counts(self, record: Record, agency: str) -> bool:
        if not isinstance(record, Trip) or self.country not in record.countries.countries:
            return False
        texts = (record.name, record.nature, record.partners, record.activities, agency)
        return not any(self._exempt.first(text) for text in texts)

    def _partners(self, record: Record) -> dict[str, str]:
        """Provinces of the country and partners: comparing form → as typed."""
        found: dict[str, str] = {}
        for field in ("countries", "partners", "name", "leader", "activities"):
            found |= places_abroad(record.text(field), self.country)
        # A partner without a place ("Sở Y tế") is told by its own words; for a delegation that comes, by its name.
        for text in re.split(r"[;,\n]", record.text("partners") or record.text("name")):
            if words := key(text):
                found.setdefault(words, text.strip())
        return found

    def _hit(self, field: str, shared: Mapping[str, Trip]) -> Hit:
        earlier = next(iter(shared.values()))
        params = {
            "partner": ", ".join(shared),
            "country": country_name(self.country),
            "earlier": earlier.name,
            "year": earlier.year,
        }
        return Hit(field, params, related=((earlier, "name"),))


class ApprovedPlan(WholeKind):
    """The mark Trong KH / Ngoài KH must agree with the approved plan, where that is at hand (TH07)."""

    kind: Literal["approved-plan"]
    plan: Mapping[str, str]
    ratio: Annotated[int, Limited(ge=50, le=100)] = 85
    FIELDS: ClassVar[tuple[str, ...]] = ("in_plan",)
    OFFERS: ClassVar[tuple[str, ...]] = ("marked", "found", "year")

    def check_whole(self, forms: frozenset[str], fields: tuple[str, ...], whole: Whole) -> Found:
        """One hit a row whose mark disagrees with the plan."""
        plan = whole.run.history.plan
        if plan is None:
            return ()
        by_agency: dict[tuple[object, ...], list[Trip]] = defaultdict(list)
        for agency, record in plan:
            if isinstance(record, Trip):
                by_agency[agency, record.form, record.year, numbers_in(record.name)].append(record)
        found = []
        for entry in whole.of_forms(forms):
            record = entry.record
            if not isinstance(record, RealisedTrip) or record.planned is None or not key(record.name):
                continue
            plan_form = self.plan.get(record.form, "")
            planned = by_agency.get((entry.agency_key, plan_form, record.year, numbers_in(record.name)), [])
            match = next((p for p in planned if self._same(record, p)), None)
            if (match is not None) != record.planned:
                found.append((entry, self._hit(record, match)))
        return found

    def _same(self, realised: Trip, planned: Trip) -> bool:
        """The same countries, or some of them, under a name that is alike."""
        mine, theirs = set(realised.countries.countries), set(planned.countries.countries)
        if mine and theirs and not mine & theirs:
            return False
        return near(sorted_words(realised.name), sorted_words(planned.name), self.ratio)

    def _hit(self, record: RealisedTrip, match: Trip | None) -> Hit:
        field = "in_plan" if record.planned else "off_plan"
        params = {
            "marked": "Trong KH" if record.planned else "Ngoài KH",
            "found": match.name if match else "",
            "year": record.year,
        }
        return Hit(field if record.has(field) else "in_plan", params)
