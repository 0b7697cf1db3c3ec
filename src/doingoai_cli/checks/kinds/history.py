"""Kinds over earlier years: Laos every second year (K1), the approved plan of the year reported on."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal, TypeGuard

from pydantic import Field

from doingoai_cli.checks.kind import Entry, FormCode, Hit
from doingoai_cli.checks.whole import Found, Whole, WholeKind
from doingoai_cli.model.matching import SURE
from doingoai_cli.model.pairing import Owned, pair
from doingoai_cli.model.records import RealisedTrip, Record, Trip
from doingoai_cli.vietnamese.abbreviations import written_out
from doingoai_cli.vietnamese.agencies import words_open_with_body
from doingoai_cli.vietnamese.delegation_names import partner_key, partner_words
from doingoai_cli.vietnamese.places.countries import country_name
from doingoai_cli.vietnamese.places.provinces import places_abroad
from doingoai_cli.vietnamese.terms import Terms
from doingoai_cli.vietnamese.text import key

# Bodies of a whole country, told by their names alone.
_NATIONAL = re.compile(r"(?:bộ|chính phủ|quốc hội|văn phòng chính phủ|đại sứ quán|ban .*trung ương|trung ương)\b")


# "Đoàn đại biểu Bộ Y tế": the delegation is its body's.
_DELEGATION = re.compile(r"^(?:(?:đoàn|công tác|đại biểu|cán bộ|lãnh đạo|của|và) )+")


class AlternatingYears(WholeKind):
    """No exchange with the same partner or province of a country two years running (DR16, DV05, K1)."""

    kind: Literal["alternating-years"]
    ABOUT = "Không trao đổi đoàn với cùng một đối tác hoặc tỉnh của một nước hai năm liền."
    PARAMS = {
        "country": "nước luân phiên (mã ISO 3166 ba chữ)",
        "history": "mẫu của các đoàn đã thực hiện năm trước (01.A hoặc 01.B), gồm cả mẫu cùng loại",
        "exempt": "các đoàn luân phiên hằng năm, không xét (biên giới, quân sự …)",
        "partner": "trường nêu đối tác (partners; đoàn vào: name, vì đối tác ghi ở đó là cơ quan của ta)",
    }
    OFFERS = {
        "partner": "đối tác, địa phương trùng",
        "country": "tên nước",
        "earlier": "đoàn năm trước",
        "year": "năm trước",
    }
    country: str = "LAO"
    history: FormCode
    exempt: Terms = Terms(())
    partner: Literal["partners", "name"] = "partners"
    FIELDS = ("countries",)

    def check_whole(self, form: str, fields: tuple[str, ...], whole: Whole) -> Found:
        """One hit per planned row whose partner or province recurs from the year before."""
        passing = whole.entries.passing(form)
        planned = [(entry, entry.record) for entry in passing if self._is_of_country(entry.record)]
        before: dict[tuple[str, int, str], list[Trip]] = {}
        wanted = {(entry.agency_key, trip.year - 1) for entry, trip in planned}
        for agency, record in self._past(whole) if planned else ():
            if (agency, record.year) in wanted and self._is_of_country(record):
                for partner in self._partners(record):
                    before.setdefault((agency, record.year, partner), []).append(record)
        found = []
        for entry, trip in planned:
            agency, year = entry.agency_key, trip.year - 1
            partners = self._partners(trip).items()
            recurring = {
                said: trips for partner, said in partners if (trips := before.get((agency, year, partner)))
            }
            # Few rows come as far as this, and to tell who is exempt five texts of a row are taken apart.
            if recurring and not self._is_exempt(trip, entry.context.agency):
                firsts = {said: self._first_counted(trips) for said, trips in recurring.items()}
                if shared := {said: earlier for said, earlier in firsts.items() if earlier}:
                    found.append((entry, self._hit(fields[0], shared)))
        return found

    def _first_counted(self, trips: Iterable[Trip]) -> Trip | None:
        return next((trip for trip in trips if not self._is_exempt(trip, "")), None)

    def _past(self, whole: Whole) -> Iterable[tuple[str, Record]]:
        forms = whole.forms_like(self.history)
        yield from ((e.agency_key, e.record) for form in forms for e in whole.entries.passing(form))
        yield from ((a, r) for a, r in whole.run.history.realised if r.form in forms)

    def _is_of_country(self, record: Record) -> TypeGuard[Trip]:
        return isinstance(record, Trip) and self.country in record.countries.countries

    def _is_exempt(self, trip: Trip, agency: str) -> bool:
        texts = (trip.name, trip.nature, trip.partners, trip.activities, agency)
        return any(self.exempt.first(text) or self.exempt.first(written_out(text)) for text in texts)

    def _partners(self, record: Record) -> dict[str, str]:
        """Provinces of the country and partners: comparing form → as typed."""
        found: dict[str, str] = {}
        for field in ("countries", "partners", "name", "leader", "activities"):
            found |= places_abroad(record.text(field), self.country)
        # A partner without a place is told by its own words; for a delegation that comes, by its name. Where the
        # row names provinces, "Tỉnh ủy" is theirs, and only a body of the whole country is told by its name.
        placed = bool(found)
        for text in re.split(r"[;,\n]", record.text(self.partner) or record.text("name")):
            if self.partner == "name" and not words_open_with_body(_DELEGATION.sub("", partner_words(text))):
                continue  # "Đoàn chuyên gia Lào"
            words = _DELEGATION.sub("", partner_key(text))
            if words and (not placed or _NATIONAL.match(words)):
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
    """The mark Trong KH / Ngoài KH must agree with the approved plan, where that is at hand (TH07).

    The rows are set against the plan as `reconcile` does it; where several come as near, none is judged.
    """

    kind: Literal["approved-plan"]
    ABOUT = (
        "Đánh dấu Trong KH mà không có trong kế hoạch đã duyệt của năm đó, hoặc ngược lại. Chỉ xét khi có kế "
        "hoạch."
    )
    PARAMS = {
        "plan": "mẫu kế hoạch ứng với từng mẫu thực hiện, gồm cả các mẫu cùng loại",
        "ratio": "mức giống nhau của tên đoàn (0 đến 100)",
    }
    OFFERS = {"marked": "loại đoàn đã đánh dấu", "found": "đoàn trong kế hoạch, nếu có", "year": "năm"}
    plan: Mapping[FormCode, FormCode]
    ratio: Annotated[int, Field(ge=50, le=100)] = SURE
    FIELDS = ("in_plan",)

    def check_whole(self, form: str, fields: tuple[str, ...], whole: Whole) -> Found:
        """One hit per row whose mark disagrees with the plan."""
        plan = whole.run.history.plan
        return () if plan is None else [*self._of_form(form, whole, plan)]

    def _of_form(self, form: str, whole: Whole, plan: Sequence[Owned]) -> Iterator[tuple[Entry, Hit]]:
        entries = [entry for entry in whole.entries.of_form(form) if isinstance(entry.record, RealisedTrip)]
        years = {entry.record.year for entry in entries}
        named = (plans for done, plans in self.plan.items() if form in whole.forms_like(done))
        forms = {alike for plans in named for alike in whole.forms_like(plans)}
        planned = [
            (agency, record)
            for agency, record in plan
            if isinstance(record, Trip) and record.form in forms and record.year in years
        ]
        paired = pair(planned, [(entry.agency_key, entry.record) for entry in entries], self.ratio)
        match_of = {found.other: planned[found.one][1] for found in paired.sure.values()}
        doubtful = {found.other for found in paired.unsure if found.likeness.same}
        for at, entry in enumerate(entries):
            record, match = entry.record, match_of.get(at)
            assert isinstance(record, RealisedTrip)
            if record.planned is None or at in doubtful or not key(record.name):
                continue
            if (match is not None) != record.planned:
                yield entry, self._hit(record, match)

    def _hit(self, record: RealisedTrip, match: Record | None) -> Hit:
        field = "in_plan" if record.planned else "off_plan"
        params = {
            "marked": "Trong KH" if record.planned else "Ngoài KH",
            "found": match.text("name") if match else "",
            "year": record.year,
        }
        return Hit(field if record.has(field) else "in_plan", params)
