"""Column labels (tên cột) of all layouts: one look-up a heading cell, likeness only where that fails."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from doingoai_cli.grouping import grouped
from doingoai_cli.intake.label_notes import BEFORE_LABELS, LabelNotes
from doingoai_cli.model.forms import ColumnSpec, FormSpec
from doingoai_cli.vietnamese.fuzzy import ratio
from doingoai_cli.vietnamese.tables import names
from doingoai_cli.vietnamese.text import key, without_diacritics

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\*+")
_NUMBERING = re.compile(r"\s*\d{1,2}\s*[.):/-]\s*(?=\D)")
"""What stands before a label in "4. Số thành viên"."""
_FOOTNOTE = re.compile(r"[\u00b9\u00b2\u00b3\u2070-\u2079]+|(?<=[^\W\d_])\d{1,2}\s*$")
"""The number of a footnote, raised or (raised by its format alone) right behind the last word."""
_TRANSLATION = re.compile(r"\s*\n[ -~\n]+$")
"""The label in English on the lines below it."""
_PARTS = re.compile(r"[,;/]|\bvà\b")
_PART_MARKS = (re.compile(r"\s+[-–—]\s+|\s*[:–—]\s*|\s*\n\s*"), re.compile(r"\s*[/(]\s*"))
_LONGEST_LABEL = 120
_MOST_WORDS = 10
_LONGEST_PARTS = 48
"""Characters of a label that is looked at part by part; a longer one is most likely a delegation's name."""
_ABBREVIATIONS = {short: full for full, listed in names("heading-abbreviations.tsv").items() for short in listed}
"""What offices shorten in narrow columns."""
_QUALIFIERS = re.compile(
    r"\b(?:dự kiến|cụ thể|chính|chủ yếu|chuyến đi|chuyến công tác|của đoàn|trong đoàn|đợt công tác)\b"
)
"""Words that a label may carry without becoming another one."""
_ENDINGS = re.compile(
    r"\s(?:và )?(?:đi|đến|vào|công tác|làm việc|tiếp xúc|thăm|mời|khách|phía bạn|của đoàn|đoàn|tiếp|đón tiếp|"
    r"tiếp đón|tiếp khách|lưu trú|chi trả|đảm bảo|bảo đảm|đã sử dụng|sử dụng|thực hiện|tham gia|tham dự|diễn ra)$"
)
"""Words behind a label that say of what it is: "Kinh phí đón tiếp", "Nước thăm và làm việc"."""


class Closeness(IntEnum):
    """How a heading names a field, the closest first."""

    OFFICIAL = 0
    SYNONYM = 1
    GROUP = 2
    """Only the label of the merged cell above the field's own ("Loại đoàn")."""
    ENDED = 3
    """The label with further words behind it ("Kinh phí đón tiếp")."""
    NOTED = 4
    """The label, or what the form's note says of the column, in words that may be data as well."""
    ALSO = 5
    """A further column that belongs to the field where the field has its own."""


class LabelHit(NamedTuple):
    """A field that a heading names in one layout."""

    field: str
    closeness: Closeness
    within: bool = False
    """Whether only a part of its text is known: the wide label above it (Kinh phí: Ngân sách | Đối tác), say."""


Hits = Mapping[str, LabelHit]
"""Layout id → the field of it that a heading names."""
_NONE: Hits = {}


def _plain(label_key: str) -> str:
    """A label's key with abbreviations written out and without qualifiers ("TG dự kiến" → "thời gian")."""
    if label_key.count(" ") >= _MOST_WORDS:  # a delegation's name, looked at for nothing else
        return label_key
    words = label_key.split()
    if not _ABBREVIATIONS.keys().isdisjoint(words):
        label_key = " ".join(_ABBREVIATIONS.get(word, word) for word in words)
    return " ".join(_QUALIFIERS.sub(" ", label_key).split())


def label_keys(text: str) -> tuple[str, str]:
    """The comparing form of a label: whole, and without what stands in brackets ("Trưởng đoàn (họ tên)")."""
    whole = key(text)
    bare_text = _NUMBERING.sub("", _FOOTNOTE.sub(" ", text.replace("_", " ")))
    return whole, key(_BRACKETS.sub(" ", bare_text)) if "(" in text or "[" in text else key(bare_text)


class LabelTable(NamedTuple):
    """All labels of some layouts, in the ways that headings write them."""

    exact: Mapping[str, Hits]  # by the label's key
    groups: Mapping[tuple[str, str], str]  # layout and field → the label above the field's own
    notes: LabelNotes
    starts: frozenset[str]  # the first two letters of each, without diacritics


def label_table(specs: Sequence[FormSpec]) -> LabelTable:
    """The labels of those layouts: 5 ms for all that ship."""
    exact: dict[str, dict[str, LabelHit]] = {}
    each: dict[LabelHit, LabelHit] = {}  # equal ones are stored once
    for spec in specs:
        for column in reversed(spec.columns):  # a group's label alone names the first of its columns
            for text, closeness in _labels_of(column):
                hits = exact.setdefault(key(text), {})
                known, hit = hits.get(spec.id), LabelHit(column.field, closeness)
                if known is None or closeness <= known.closeness:
                    hits[spec.id] = each.setdefault(hit, hit)
    groups = {(spec.id, column.field): column.group for spec in specs for column in spec.columns if column.group}
    starts = {label[:2] for label in (*exact, *_ABBREVIATIONS, *BEFORE_LABELS)}
    return LabelTable(exact, groups, LabelNotes(specs), frozenset(map(without_diacritics, starts)))


class Labels:
    """The labels of a catalogue's layouts."""

    def __init__(self, table: LabelTable) -> None:
        self._exact, self._groups, self._notes, self._starts = table
        self._known = lru_cache(maxsize=8192)(self._find)  # saves 0.7 s

    @cached_property  # a table of 1 ms, which few sheets ask for
    def _bare(self) -> Mapping[str, Hits]:
        """The labels without diacritics: for sheets that have no heading with the right ones."""
        bare: dict[str, dict[str, LabelHit]] = {}
        for label, hits in self._exact.items():
            bare.setdefault(without_diacritics(label), {}).update(hits)
        return bare

    def find(self, text: str) -> Hits:
        """The fields that a heading cell's text names, by layout; empty for anything else."""
        return self._known(text) if self._may_be_label(text) else _NONE

    def _find(self, text: str) -> Hits:
        whole, shorter = label_keys(text)
        keys = dict.fromkeys((_plain(shorter), shorter, whole))
        hits = {spec: hit for label in keys for spec, hit in self._exact.get(label, _NONE).items()}
        if not hits and (translated := _TRANSLATION.search(text)):
            return self._find(text[: translated.start()])
        sure = {spec: hit for spec, hit in hits.items() if hit.closeness is not Closeness.ALSO}
        parts = self._find_parts(text)  # what is one form's label may be another's with a part more
        of_parts = {spec: hit for spec, hit in parts.items() if hit.closeness is not Closeness.ALSO}
        # What is a label of one form may be another's with its note.
        ended = {spec: hit for spec, hit in self._find_ended(shorter).items() if spec not in hits}
        return {**hits, **self._find_noted(shorter), **ended, **of_parts, **sure}

    def _find_ended(self, shorter: str) -> Hits:
        """The fields that a label names with further words behind it ("Kinh phí đón tiếp")."""
        label = _plain(shorter)
        while (ending := _ENDINGS.search(label)) is not None:
            label = label[: ending.start()]
            if label in self._exact:
                return {
                    spec: LabelHit(hit.field, Closeness.ENDED)
                    for spec, hit in self._exact[label].items()
                    if hit.closeness <= Closeness.SYNONYM
                }
        return _NONE

    def _find_noted(self, shorter: str) -> Hits:
        """The fields that a label names with the words of its own note ("Số ngày ở nước ngoài")."""
        return {
            spec: LabelHit(field, Closeness.NOTED, within=True)
            for spec, field in self._notes.find(shorter).items()
        }

    def label_and_part(self, text: str) -> tuple[str, str] | None:
        """A label and the part of it that a heading names ("Kinh phí - NSNN"); None for a heading of one piece."""
        if len(text) > _LONGEST_LABEL:
            return None
        for mark in chain.from_iterable(marks.finditer(text) for marks in _PART_MARKS):
            head, tail = text[: mark.start()].strip(), text[mark.end() :].strip(" )")
            if head and tail and self.find(head):
                return head, tail
        return None

    def _find_parts(self, text: str) -> Hits:
        """The fields that a label of several parts names where they agree ("Nước/vùng lãnh thổ đến")."""
        parts = _PARTS.split(text.lower()) if len(text) <= _LONGEST_PARTS else ()
        if len(parts) < 2 or any(map(str.isdigit, text)):
            return _NONE
        named = grouped(pair for part in parts for pair in self._exact.get(_plain(key(part)), _NONE).items())
        agreed = ((spec, self._agreed(spec, hits)) for spec, hits in named.items())
        return {spec: hit for spec, hit in agreed if hit is not None}

    def _agreed(self, spec_id: str, hits: Sequence[LabelHit]) -> LabelHit | None:
        """The field that all parts name; the group's where they name its columns ("Trong/ngoài KH")."""
        fields = {hit.field for hit in hits}
        if len(fields) == 1:
            return hits[0]
        groups = {self._groups.get((spec_id, field)) for field in fields}
        return LabelHit(hits[0].field, Closeness.GROUP) if len(groups) == 1 and None not in groups else None

    def _may_be_label(self, text: str) -> bool:
        """Whether a text is short and begins as some label does; most data are told from labels by that."""
        return len(text) <= _LONGEST_LABEL and (
            not text[0].isalpha() or without_diacritics(key(text[:2])) in self._starts
        )

    def find_bare(self, text: str) -> Hits:
        """The same without diacritics, or with slips in them ("TRUONG DOAN", "Trưỡng đoàn")."""
        if not self._may_be_label(text):
            return _NONE
        whole, shorter = map(without_diacritics, label_keys(text))
        return self.find(text) or self._bare.get(whole) or self._bare.get(shorter) or _NONE


def _labels_of(column: ColumnSpec) -> Iterable[tuple[str, Closeness]]:
    yield column.label, Closeness.OFFICIAL
    if "(" in column.label:
        yield _BRACKETS.sub(" ", column.label), Closeness.SYNONYM
    for synonym in column.synonyms:
        yield synonym, Closeness.SYNONYM
    for label in column.also:
        yield label, Closeness.ALSO
    if column.group:
        yield column.group, Closeness.GROUP
        for text in (column.label, *column.synonyms):
            yield f"{column.group} {text}", Closeness.OFFICIAL


class LabelFinder(NamedTuple):
    """How the headings of a sheet are looked up: as typed, or whatever their diacritics where it has no other."""

    labels: Labels
    without_diacritics: bool = False

    def __call__(self, text: str) -> Hits:
        """The fields that a heading cell's text names, by layout."""
        return self.labels.find_bare(text) if self.without_diacritics else self.labels.find(text)

    def label_and_part(self, text: str) -> tuple[str, str] | None:
        """As `Labels.label_and_part`; None where headings have no diacritics."""
        return None if self.without_diacritics else self.labels.label_and_part(text)


def label_likeness(text: str, column: ColumnSpec) -> float:
    """How much a heading looks like any label of a column, 0 … 100; 100 where only diacritics differ."""
    wanted = label_keys(text)[1]
    best = 0.0
    for label in (column.label, *column.synonyms):
        known = label_keys(label)[1]
        if without_diacritics(known) == without_diacritics(wanted):
            return 100.0
        best = max(best, ratio(wanted, known))
    return best
