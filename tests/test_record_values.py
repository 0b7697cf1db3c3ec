"""Records as values: made without validation and sent between processes, they are what validation would make."""

import pickle
from pathlib import Path

import pytest

from doingoai_cli.intake.reading import read_submission
from doingoai_cli.model.forms import load_forms
from doingoai_cli.model.grid import CellKind
from doingoai_cli.model.records import PlannedTrip, Record, record_of
from doingoai_cli.model.sources import RowCells, Source
from doingoai_cli.resources import forms_dir

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").rglob("*.xlsx"))
CATALOGUE = load_forms(forms_dir())


def records() -> list[Record]:
    read = [read_submission(path.read_bytes(), path.name, CATALOGUE) for path in EXAMPLES]
    return [record for submission in read for record in submission.records]


def test_what_is_read_is_what_validation_would_make() -> None:
    found = records()
    assert {type(record).__name__ for record in found} >= {"PlannedTrip", "RealisedTrip", "Conference"}
    for record in found:
        validated = type(record)(**dict(record))
        assert record == validated
        assert list(record.__dict__) == list(validated.__dict__)


def test_a_record_comes_out_of_a_pickle_as_it_went_in() -> None:
    found = records()
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_field_that_the_model_lacks_is_refused() -> None:
    with pytest.raises(TypeError, match="cost"):
        record_of(PlannedTrip, {"form": "02.A", "cost": "1"})


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
