"""Labels typed with what the form's own note says of the column ("Số ngày ở nước ngoài", "Tên nước cử đoàn")."""

import re
from collections.abc import Iterator, Mapping, Sequence

from doingoai_cli.model.forms import FormSpec
from doingoai_cli.vietnamese.text import words

_SHORTEST = 2
"""Words of a label that is looked for within a longer text."""
_MOST_WORDS = 18
_ANYWHERE = frozenset(
    words(
        "ghi rõ cụ thể đầy đủ chi tiết tên họ chức vụ chính chủ yếu dự kiến nếu có của các những và đề nghị theo "
        "lộ trình tại ở nước ngoài việt nam tỉnh đơn vị cơ quan tham gia số lượng tổng nào phục vụ"
    )
)
"""Words that the note of any column may add."""
BEFORE_LABELS = ("dự kiến", "ghi", "tổng", "các", "những", "tên", "số")
"""What a label may begin with besides its own words."""
_AT = frozenset({"ở", "tại"})
_LONGEST_PLACE = 4
_SHORTEST_NOTE = 4
"""Words from which a part of a note is a label by itself."""
_NUMBERS = re.compile(r"\(\d+\)")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")

Field = tuple[str, str]
"""A layout's id and a field."""


class LabelNotes:
    """The labels of all layouts, each with the words of its note that may stand around it."""

    def __init__(self, specs: Sequence[FormSpec]) -> None:
        self._around: dict[tuple[str, ...], dict[Field, frozenset[str]]] = {}
        for spec in specs:
            notes = dict(_notes_by_column(spec))
            for column in spec.columns:
                around = notes.get(column.number, frozenset())
                for label in (column.label, *column.synonyms):
                    label_words = words(label)
                    if len(label_words) >= _SHORTEST:
                        self._around.setdefault(label_words, {})[spec.id, column.field] = around
        self._notes = [(spec.id, dict(_note_texts(spec))) for spec in specs]
        self._starts = frozenset(label[:_SHORTEST] for label in self._around)
        self._longest = max(map(len, self._around), default=0)

    def find(self, text: str) -> Mapping[str, str]:
        """The field that a label with its note names, by layout; the longest label within the text decides."""
        said = words(text)
        found: dict[str, tuple[int, str]] = {}
        if not _SHORTEST < len(said) <= _MOST_WORDS or any(map(str.isdigit, said)):
            return {}
        for start, end in self._labels_in(said):
            rest = {*said[:start], *_without_place(said[end:])} - _ANYWHERE
            for (spec_id, field), around in self._around[said[start:end]].items():
                if around >= rest and end - start > found.get(spec_id, (0, ""))[0]:
                    found[spec_id] = (end - start, field)
        return {spec_id: field for spec_id, (_, field) in found.items()} or self._of_note_alone(said)

    def _of_note_alone(self, words: tuple[str, ...]) -> Mapping[str, str]:
        """The field whose note, and no other of its form, has these words as they stand."""
        if len(words) < _SHORTEST_NOTE:
            return {}
        wanted = f" {' '.join(words)} "
        of_forms = (
            (spec_id, [f for f, note in notes.items() if wanted in note]) for spec_id, notes in self._notes
        )
        return {spec_id: fields[0] for spec_id, fields in of_forms if len(fields) == 1}

    def _labels_in(self, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        for start in range(len(words) - _SHORTEST + 1):
            if words[start : start + _SHORTEST] in self._starts:
                for end in range(start + _SHORTEST, min(len(words), start + self._longest) + 1):
                    if words[start:end] in self._around:
                        yield start, end


def _without_place(tail: tuple[str, ...]) -> tuple[str, ...]:
    """The words behind a label without the place where ("ở Quảng Bình")."""
    at = next((i for i, word in enumerate(tail) if word in _AT), len(tail))
    return tail[:at] if len(tail) - at <= _LONGEST_PLACE else tail


def _note_texts(spec: FormSpec) -> Iterator[tuple[str, str]]:
    """Each field's note in comparing form, between blanks."""
    for note in spec.notes:
        numbers, said = _NUMBERS.findall(note.columns), f" {' '.join(words(note.text))} "
        for column in spec.columns:
            if column.number in numbers:
                yield column.field, said


def _notes_by_column(spec: FormSpec) -> Iterator[tuple[str, frozenset[str]]]:
    """The words of each column's note; "(6), (7)" speaks of both."""
    for note in spec.notes:
        for number in _NUMBERS.findall(note.columns):
            yield number, frozenset(words(_PLACEHOLDER.sub(" ", note.text)))
