"""Agencies whose names are patterns or signs to COUNTIFS are counted as themselves, in LibreOffice too."""

from pathlib import Path

import pytest
from consolidation import PLANNED, merged, submission, written
from office import convert, needs_office

from doingoai_cli.readers.container import read_workbook

NAMES = [
    ("Sở *", "02.A", 1), ("Sở Y tế", "02.A", 2), ("S? Y tế", "02.A", 3), ("=Lào", "02.A", 1),
    ("Ban ~*", "02.A", 2), (">5", "02.A", 1), ("<>Hội", "02.A", 1), ("Phòng Một", "02.A", 2),
    ("PHÒNG MỘT", "02.B", 1),
]  # fmt: skip
COUNTED = {"Sở *": 1, "Sở Y tế": 2, "S? Y tế": 3, "=Lào": 1, "Ban ~*": 2, ">5": 1, "<>Hội": 1, "Phòng Một": 3}
"""Large and small letters are one to COUNTIFS, and so is the agency."""


def book() -> bytes:
    files = [
        submission(f"{at}.xlsx", name, {form: [{**PLANNED, "name": f"Đoàn {at}.{n}"} for n in range(count)]})
        for at, (name, form, count) in enumerate(NAMES)
    ]
    return written(merged(files))


def counted(data: bytes, name: str) -> dict[str, float]:
    """The lines of the overview's table of agencies: name → what is counted in all."""
    workbook = read_workbook(data, name)
    assert not hasattr(workbook, "reason")
    rows: dict[int, dict[int, object]] = {}
    for cell in workbook.grids[0].cells:  # type: ignore[union-attr]
        rows.setdefault(cell.row, {})[cell.col] = cell.value
    start = next(number for number, row in rows.items() if str(row.get(1, "")).startswith("5. Theo cơ quan"))
    lines = [row for number, row in sorted(rows.items()) if number > start + 1]
    return {str(row[1]): float(str(row[max(row)])) for row in lines if 1 in row and row[1] != "Cộng"}


def test_stored_values_count_each_agency_once() -> None:
    assert counted(book(), "a.xlsx") == COUNTED


@needs_office
@pytest.mark.parametrize("kind", ["ods"])
def test_live_formulas_count_each_agency_once(tmp_path: Path, kind: str) -> None:
    """A conversion computes every formula anew."""
    source = tmp_path / "tong-hop.xlsx"
    source.write_bytes(book())
    converted = convert(source, kind, tmp_path / kind)
    assert counted(converted.read_bytes(), converted.name) == COUNTED
