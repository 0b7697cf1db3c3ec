"""`read_record` makes of a row's cells what the models make of them when they are called."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.model.record import Record, column_types, read_record
from doingoai_cli.model.records import MODELS
from doingoai_cli.model.sources import Provenance
from doingoai_cli.model.values import NOTHING, Raw

OWN = ("02.A", "I", 2020, Provenance("a.xlsx", "Trang 1", 0, 8, 9), {}, {"Ghi chú": "x"})
NAMES = ("form", "section", "year", "provenance", "cells", "extras")

CELLS = st.sampled_from(
    (
        "", "-", "3", "Lào, Thái Lan", "Giám đốc Sở Y tế Nguyễn Văn An", "tháng 5", "10-15/6", "NSNN 50 triệu",
        "x", "Trong KH", "Số 12/QĐ-UBND ngày 5/5/2020", "5 năm", "đang hiệu lực", "cấp tỉnh", "2 đại biểu Lào",
        NOTHING, Raw("5", 5), Raw("15/05/2020", date(2020, 5, 15)), Raw("43966", 43966), Raw("2,5", 2.5),
    )
)  # fmt: skip


def called(model: type[Record], values: dict[str, Any]) -> Record:
    """What pydantic makes of the same."""
    return model(**dict(zip(NAMES, OWN, strict=True)), **values)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_a_record_is_what_its_model_makes_of_the_same_cells(model: type[Record], data: st.DataObject) -> None:
    values = data.draw(st.dictionaries(st.sampled_from([*column_types(model)]), CELLS))
    record = read_record(model, OWN, values)
    assert type(record) is model
    assert record == called(model, values)
    assert [type(getattr(record, name)) for name in record.fields] == [
        type(getattr(called(model, values), name)) for name in record.fields
    ]


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_what_is_no_cell_is_refused_by_both(model: type[Record]) -> None:
    for name in column_types(model):
        with pytest.raises(ValueError, match="expected, not object"):
            called(model, {name: object()})
        with pytest.raises(ValueError, match="expected, not object"):
            read_record(model, OWN, {name: object()})
