"""Records as values: frozen, read by their types, the same in another process."""

import pickle
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from doingoai_cli.intake.submission import read_submission
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.grid import CellKind
from doingoai_cli.model.records import PlannedTrip, Record, column_types
from doingoai_cli.model.sources import Provenance, RowCells, Source
from doingoai_cli.model.values import Tick, raw
from doingoai_cli.resources import forms_dir
from doingoai_cli.vietnamese.counts import Count
from doingoai_cli.vietnamese.people.persons import People
from doingoai_cli.vietnamese.time.periods import Period, Precision

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").rglob("*.xlsx"))
CATALOGUE = load_forms(forms_dir())


def records() -> list[Record]:
    read = [read_submission(path.read_bytes(), path.name, CATALOGUE) for path in EXAMPLES]
    return [record for submission in read for record in submission.records]


def test_what_is_read_is_what_its_schema_says() -> None:
    found = records()
    assert {type(record).__name__ for record in found} >= {"PlannedTrip", "RealisedTrip", "Conference"}
    for record in found:
        held = {field.name: getattr(record, field.name) for field in fields(record)}
        assert TypeAdapter(type(record)).validate_python({**held, "cells": dict(record.cells)}) == record


def test_a_record_comes_out_of_a_pickle_as_it_went_in() -> None:
    found = records()
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_field_that_the_model_lacks_is_refused() -> None:
    with pytest.raises(ValidationError, match="cost"):
        PlannedTrip("02.A", "", 2020, Provenance("a.xlsx", "02.A", 0, 8, 8), {}, {}, cost="1")  # type: ignore[call-arg]


def test_the_cells_of_a_row_are_a_mapping_like_any_other() -> None:
    cells = RowCells(7, {"name": (0, 2, "B"), "days": (1, 27, "AA")}, (CellKind.TEXT, CellKind.BLANK))
    plain = {"name": Source("B7", 7, 2, CellKind.TEXT), "days": Source("AA7", 7, 27, CellKind.BLANK)}
    assert cells == plain
    assert plain == cells
    assert list(cells) == list(plain)
    assert cells.get("leader") is None
    assert "leader" not in cells
    assert pickle.loads(pickle.dumps(cells)) == plain


def _trip(**values: object) -> PlannedTrip:
    where = Provenance("a.xlsx", "02.A", 0, 8, 8)
    fields: dict[str, Any] = {"form": "02.A", "section": "", "year": 2020, "provenance": where, **values}
    return PlannedTrip(cells={}, extras={}, **fields)


def test_each_field_is_read_by_its_own_type() -> None:
    trip = _trip(
        name="Đoàn A", members=raw(5), days="05", leader="Trần B, Giám đốc Sở", period=raw(date(2020, 5, 9))
    )
    assert (trip.members, trip.days) == (Count("5", 5), Count("05", 5))
    assert [person.name for person in trip.leader.persons] == ["Trần B"]
    assert trip.period == Period("09/05/2020", date(2020, 5, 9), date(2020, 5, 9), Precision.DAY)
    assert _trip(period="Quý II").period.start == date(2020, 4, 1), "the record's own year"
    assert _trip(name=raw(12)).name == "12"
    assert replace(trip, name="Đoàn C").members is trip.members, "what was read stays"


def test_a_record_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        _trip().name = "khác"  # type: ignore[misc]


@pytest.mark.parametrize(
    "wrong", [{"leader": 5}, {"name": None}, {"period": "x", "year": "năm nay"}, {"members": Tick("", None, None)}]
)
def test_what_no_cell_holds_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        _trip(**wrong)


def test_the_columns_of_a_model_are_its_fields_with_a_default() -> None:
    types = column_types(PlannedTrip)
    assert list(types)[:3] == ["ordinal", "name", "nature"]
    assert (types["name"], types["leader"], types["days"]) == (str, People, Count)
    assert not {"form", "section", "year", "provenance", "cells", "extras"} & set(types)
