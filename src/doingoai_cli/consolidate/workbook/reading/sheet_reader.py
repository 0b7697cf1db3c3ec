"""The rows of one form sheet as they stand: what each line is, and the record in it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from doingoai_cli.consolidate.identity import base_id, id_pattern, officer_id, section_of_id
from doingoai_cli.consolidate.workbook.columns import FIELD_OF_LABEL
from doingoai_cli.consolidate.workbook.form_table import COUNT_LINE_TEXT, subtitle_of
from doingoai_cli.consolidate.workbook.reading.headings import SheetHead
from doingoai_cli.model.consolidated import (
    NO_AGENCY,
    NO_EXTRAS,
    NO_REVIEW,
    OFFICER_SOURCE,
    ConsolidatedRow,
    Review,
    sound_row,
)
from doingoai_cli.model.forms import FormSpec, fill_years
from doingoai_cli.model.grid import Cell, CellKind, Grid, column_letters
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.pending import Read, pending
from doingoai_cli.model.records import Record, column_types
from doingoai_cli.model.sources import Provenance, RowCells
from doingoai_cli.model.values import NOTHING, Raw, raw
from doingoai_cli.vietnamese.agencies import agency_key
from doingoai_cli.vietnamese.text import key
from doingoai_cli.vietnamese.totals import is_total

_PROVINCE = "\x00"
_HIDDEN = (OwnColumn.ID, OwnColumn.SEAL, OwnColumn.REVIEW_MARK)
_BESIDE = (
    OwnColumn.ID, OwnColumn.AGENCY, OwnColumn.SOURCE, OwnColumn.CODES, OwnColumn.OPINION,
    OwnColumn.CHANGE, OwnColumn.SEAL, OwnColumn.REVIEW_MARK, OwnColumn.REMARK,
)  # fmt: skip
"""What `SheetReader` takes of a row beside its record."""


class BookFacts(NamedTuple):
    """What the sheets of one consolidated workbook share."""

    cycle: int
    path: str
    """What the file is called."""


class SheetReader:
    """Reads the rows of one sheet, top to bottom; remembers the section that it is in."""

    def __init__(self, spec: FormSpec, grid: Grid, head: SheetHead, book: BookFacts) -> None:
        self.spec = spec
        self.grid = grid
        self.head = head
        self.book = book
        self.section = ""
        self.sections = {_written(s.title, book.cycle): s.id for s in spec.sections}
        self.totals = {key(s.total) for s in spec.sections if s.total}
        self.titles = (_written(spec.title, book.cycle), _written(subtitle_of(book.cycle), book.cycle))
        self.pattern = id_pattern(spec.form)
        self.section_at: dict[int, str] = {}
        self.kindred = {
            name: FIELD_OF_LABEL[name]
            for name in head.sent
            if name in FIELD_OF_LABEL
            and FIELD_OF_LABEL[name] in column_types(spec.record_model)
            and FIELD_OF_LABEL[name] not in head.fields
        }

        self.columns = {**head.fields, **{field: head.sent[name] for name, field in self.kindred.items()}}
        shown = {name: col for name, col in head.own.items() if name not in _HIDDEN}
        self.visible = {col for part in (head.fields, shown, head.sent, head.added) for col in part.values()}
        self.official = frozenset(col for field, col in head.fields.items() if field != "ordinal")
        self.beside = [head.own.get(name, -1) for name in _BESIDE]
        self.places: dict[tuple[str, ...], Mapping[str, tuple[int, int, str]]] = {}

    def own(self, texts: Mapping[int, str], name: str) -> str:
        """What stands in one of our own columns."""
        return texts.get(self.head.own.get(name, -1), "")

    def ids(self, texts: Mapping[int, Mapping[int, str]]) -> dict[int, str]:
        """The id beside each row."""
        return {number: self.own(line, OwnColumn.ID) for number, line in texts.items()}

    def reviewed(self, texts: Mapping[int, Mapping[int, str]]) -> dict[int, str]:
        """The id of the record whose review stands in each row, as the hidden mark beside the review says."""
        return {number: self.own(line, OwnColumn.REVIEW_MARK).removeprefix("#") for number, line in texts.items()}

    def remark(self, texts: Mapping[int, str]) -> str:
        """The officer's note; pasted with the opinion as two cells it is in the hidden column between them."""
        between = self.own(texts, OwnColumn.REVIEW_MARK)
        pasted = "" if self.is_id(between.removeprefix("#")) else between
        return "\n".join(filter(None, (pasted, self.own(texts, OwnColumn.REMARK))))

    def is_id(self, text: str) -> bool:
        """Whether a text is an id of the form's rows."""
        return self.pattern.fullmatch(text) is not None

    def above(self, texts: Mapping[int, Sequence[str]]) -> list[str]:
        """What stands above the headings besides our titles."""
        lines = (n for n in sorted(texts) if n < self.head.first and n not in self.head.non_records)
        notes = ((n, [t for t in texts[n] if not self._is_title(t)]) for n in lines)
        return [f"{self.grid.name}, dòng {number}: {' '.join(found)}" for number, found in notes if found]

    def _is_title(self, text: str) -> bool:
        return text.startswith(COUNT_LINE_TEXT) or any(title.fullmatch(key(text)) for title in self.titles)

    def kind(self, number: int, texts: Mapping[int, str]) -> str:
        """What a row is: "record", "blanked" (a review alone), "unread", "returned", "" for what is no record."""
        self.section_at[number] = self.section
        if self.own(texts, OwnColumn.ID):
            if not self.official.isdisjoint(texts):
                return "record"
            return "blanked" if self.own(texts, OwnColumn.OPINION) or self.remark(texts) else ""
        official = [f for f, col in self.head.fields.items() if f != "ordinal" and col in texts]
        shown = [texts[col] for col in sorted(texts) if col in self.visible]
        if not shown:
            return ""
        section = next((name for title, name in self.sections.items() if title.fullmatch(key(shown[0]))), None)
        if section is not None:
            self.section = section
            return ""
        if any(key(text) in self.totals for text in shown[:2]):
            return ""
        if any(self.is_id(text) for text in texts.values()):
            return "returned"
        if any(map(is_total, shown[:2])):  # an officer's own line of sums is no delegation
            return "unread"
        named = "name" in official or "name" not in self.head.fields
        return "record" if len(official) >= 2 and (named or len(official) >= 4) else "unread"

    def row(self, number: int, cells: Mapping[int, Cell], texts: Mapping[int, str]) -> ConsolidatedRow:
        """The record in a row, with the id beside it."""
        section = section_of_id(self.own(texts, OwnColumn.ID), self.spec.form) or self.section_at.get(number, "")
        return self._row(self._record(number, cells, texts, section), texts)

    def ready(self, number: int, texts: Mapping[int, str], read: Read) -> ConsolidatedRow:
        """The same of a row as it was sent: `texts` stand beside its official columns, `read` gives its record."""
        return self._row(pending(self.spec.record_model, read, number, self.own(texts, OwnColumn.SEAL)), texts)

    def _row(self, record: Record, texts: Mapping[int, str]) -> ConsolidatedRow:
        told = [texts.get(col, "") for col in self.beside]
        record_id, agency, source, codes, opinion, change, seal, mark, remark = told
        if mark != f"#{record_id}" or not self.is_id(record_id):
            remark = self.remark(texts)
        agency = "" if agency == NO_AGENCY else agency
        return sound_row(
            record,
            agency,
            agency_key(agency),
            source or OFFICER_SOURCE,
            record_id or officer_id(base_id(agency_key(agency), record)),
            _read_codes(codes) if codes else (),
            Review(opinion, remark) if opinion or remark else NO_REVIEW,
            {h: texts[col] for h, col in self.head.added.items() if col in texts} or NO_EXTRAS,
            change,
            seal,
            NO_EXTRAS,
            b"",
        )

    def _record(self, number: int, cells: Mapping[int, Cell], texts: Mapping[int, str], section: str) -> Record:
        present = tuple(f for f, col in self.columns.items() if col in cells or f in self.head.fields)
        held = [cells.get(self.columns[field]) for field in present]
        values = {field: _raw(cell, texts) for field, cell in zip(present, held, strict=True)}
        blank = CellKind.BLANK
        kinds = [cell.kind if cell else blank for cell in held]
        place = Provenance(self.book.path, self.grid.name, self.grid.index, number, number)
        extras = {
            name: texts[col] for name, col in self.head.sent.items() if name not in self.kindred and col in texts
        }
        sources = RowCells(number, self._places(present), kinds)
        return self.spec.record_model.of({
            "form": self.spec.form, "section": section, "year": self.spec.rows_year(self.book.cycle, section),
            "provenance": place, "cells": sources, "extras": extras, **values,
        })  # fmt: skip

    def _places(self, present: tuple[str, ...]) -> Mapping[str, tuple[int, int, str]]:
        """Where the fields of a row stand, as `RowCells` wants it: one value for all rows that fill the same."""
        if present not in self.places:
            columns = [self.columns[field] for field in present]
            self.places[present] = {
                field: (index, col, column_letters(col))
                for index, (field, col) in enumerate(zip(present, columns, strict=True))
            }
        return self.places[present]


def _written(title: str, cycle: int) -> re.Pattern[str]:
    """A title as it stands in the sheet, whatever province it was written for, in comparing form."""
    parts = fill_years(title, cycle, _PROVINCE).split(_PROVINCE)
    return re.compile(".*".join(re.escape(key(part)) for part in parts))


def _raw(cell: Cell | None, texts: Mapping[int, str]) -> Raw:
    """`raw` of a cell whose text was cleaned before."""
    if cell is None:
        return NOTHING
    return Raw(texts.get(cell.col, ""), None) if isinstance(cell.value, str) else raw(cell.value)


def _read_codes(text: str) -> tuple[str, ...]:
    """The codes of a "Vi phạm" cell; waived ones stand in brackets and do not count."""
    return tuple(sorted(filter(None, (code.strip() for code in text.split("(")[0].split(",")))))
