"""Records as values: made without validation, they are what validation lets pass, in another process too."""

import pickle
from dataclasses import fields
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from doingoai_cli.intake.submission import read_submission
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.grid import CellKind
from doingoai_cli.model.records import PlannedTrip, Record
from doingoai_cli.model.sources import Provenance, RowCells, Source
from doingoai_cli.resources import forms_dir

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
    with pytest.raises(TypeError, match="cost"):
        PlannedTrip("02.A", "", 2020, Provenance("a.xlsx", "02.A", 0, 8, 8), {}, {}, cost="1")  # type: ignore[call-arg]


def test_the_cells_of_a_row_are_a_mapping_like_any_other() -> None:
    cells = RowCells(7, {"name": (0, 2, "B"), "days": (1, 27, "AA")}, (CellKind.TEXT, CellKind.BLANK))
    plain = {
        "name": Source("B7", 7, 2, CellKind.TEXT),
        "days": Source("AA7", 7, 27, CellKind.BLANK),
    }
    assert cells == plain
    assert plain == cells
    assert list(cells) == list(plain)
    assert cells.get("leader") is None
    assert "leader" not in cells
    assert pickle.loads(pickle.dumps(cells)) == plain
