"""Search over years (tra cứu): who went where, when, with what outcome, in all consolidated workbooks at hand."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from doingoai_cli.model.consolidated import Consolidated, ConsolidatedRow
from doingoai_cli.model.forms import FormCatalogue
from doingoai_cli.model.matching import countries_of, readable_period
from doingoai_cli.model.search_fields import SearchField
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.places.countries import countries_without_marks, read_destinations
from doingoai_cli.vietnamese.places.provinces import one_spelling_of_provinces, provinces_in
from doingoai_cli.vietnamese.text import ascii_slug, key


class SearchHit(NamedTuple):
    """One row that answers, with the workbook that holds it."""

    year: int
    form: str
    planned: bool
    row: ConsolidatedRow
    book: str
    fields: tuple[SearchField, ...]
    """Where the text was found."""

    def text(self, *fields: str) -> str:
        """The first of its record's fields that says anything."""
        return next((text for field in fields if (text := self.row.record.text(field))), "")


class _Question(NamedTuple):
    """The question, read in every way in which a row may answer it."""

    words: str
    agency: str
    plain: str
    """Without diacritics, where it was typed without any; else ""."""
    countries: frozenset[str]
    provinces: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "_Question":
        provinces = provinces_in(text)
        slug = ascii_slug(text) if text.isascii() else ""
        countries = frozenset(read_destinations(text).countries)
        if provinces:  # it asks for itself alone
            countries = frozenset()
        elif slug and not countries:
            countries = countries_without_marks(text)
        return cls(key(text), agency_key(text), slug, countries, provinces)

    def in_text(self, text: str) -> bool:
        """Whether whole words of a text say it."""
        if not text:
            return False
        said = f" {key(one_spelling_of_provinces(text))} "
        if f" {self.words} " in said or f" {self.words} " in f" {key(text)} ":
            return True
        return bool(self.plain) and f"-{self.plain}-" in f"-{ascii_slug(text)}-"

    def in_places(self, text: str) -> bool:
        """Whether a text names one of the provinces abroad that the question names, however spelt."""
        return bool(self.provinces) and bool(self.provinces & provinces_in(text))


def _country(question: _Question, row: ConsolidatedRow) -> bool:
    record = row.record
    texts = [record.text(field) for field in ("countries", "foreign_delegates")]
    named = countries_of(record) or frozenset(read_destinations(texts[1]).countries)
    return bool(question.countries & named) or any(map(question.in_text, texts))


def _partner(question: _Question, row: ConsolidatedRow) -> bool:
    texts = [row.record.text(field) for field in ("partners", "foreign_partner")]
    texts += [] if any(texts) else [row.record.text("activities")]
    return any(question.in_text(text) or question.in_places(text) for text in texts)


def _person(question: _Question, row: ConsolidatedRow) -> bool:
    record = row.record
    named = ("name", "title") if record.OF_PERSONS else ()
    return any(question.in_text(record.text(field)) for field in ("leader", *named))


def _agency(question: _Question, row: ConsolidatedRow) -> bool:
    return question.in_text(row.agency) or f" {question.agency} " in f" {row.agency_key} "


def _name(question: _Question, row: ConsolidatedRow) -> bool:
    text = row.record.text("name")
    return question.in_text(text) or question.in_places(text)


_TESTS: Mapping[SearchField, Callable[[_Question, ConsolidatedRow], bool]] = {
    SearchField.COUNTRY: _country,
    SearchField.PARTNER: _partner,
    SearchField.PERSON: _person,
    SearchField.AGENCY: _agency,
    SearchField.NAME: _name,
}


def search(
    text: str, books: Iterable[Consolidated], catalogue: FormCatalogue, field: SearchField | None = None
) -> tuple[SearchHit, ...]:
    """The rows that name `text`, the latest first; with `field` only where it stands there.

    A country is known by any of its names, a province abroad by any spelling; a text typed without diacritics
    finds those with them. A row that two workbooks of one cycle hold is one answer.
    """
    wanted = _Question.of(text)
    found: dict[tuple[int, str, str], SearchHit] = {}
    for book in books:
        for row in book.rows:
            fields = tuple(f for f, test in _TESTS.items() if field in (None, f) and test(wanted, row))
            if fields:
                record, planned = row.record, catalogue.is_planned(row.record)
                hit = SearchHit(record.year, record.form, planned, row, book.path, fields)
                found.setdefault((book.cycle, row.record_id, row.seal), hit)
    return tuple(sorted(found.values(), key=_latest_first))


def _latest_first(hit: SearchHit) -> tuple[int, int, str, str]:
    period = readable_period(hit.row.record)
    start = period.start if period and period.start else date(hit.year, 1, 1)
    return (-start.toordinal(), hit.planned, hit.row.agency, hit.row.record_id)


HEADINGS = (
    "Năm", "Mẫu", "Loại", "Thời gian", "Tên đoàn, hoạt động", "Cơ quan", "Trưởng đoàn", "Nước", "Đối tác",
    "Nội dung, kết quả", "Báo cáo", "Ý kiến thẩm định", "Sổ tổng hợp", "Nguồn",
)  # fmt: skip


def hit_rows(hits: Iterable[SearchHit]) -> Iterator[tuple[str, ...]]:
    """The answers as rows below `HEADINGS`."""
    for hit in hits:
        yield (
            str(hit.year), hit.form, "kế hoạch" if hit.planned else "đã thực hiện",
            hit.text("period", "signed", "decision"), hit.text("name"), hit.row.agency,
            hit.text("leader", "title"), hit.text("countries", "foreign_delegates"),
            hit.text("partners", "foreign_partner", "venue"),
            hit.text("result", "activities", "theme", "award"), hit.text("report_ref", "decision"),
            hit.row.review.opinion, hit.book, hit.row.source,
        )  # fmt: skip
