"""Rows written ahead of the rest of the workbook: the same bytes, in whatever process, whatever was expected."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from consolidation import CATALOGUE, merged, submission
from hypothesis import given, settings

from doingoai_cli.consolidate.workbook import row_xml, rows_ahead
from doingoai_cli.consolidate.workbook.book import BookSheet
from doingoai_cli.consolidate.workbook.row_xml import BLOCK
from doingoai_cli.consolidate.workbook.rows_ahead import ONE_AFTER_THE_OTHER, WritingAhead
from doingoai_cli.consolidate.workbook.sheets import BookRequest, write_again
from doingoai_cli.model.submissions import Submission
from doingoai_cli.pipeline import beside
from doingoai_cli.pipeline.beside import Begun

SENT = [
    submission(
        "y-te.xlsx",
        "Sở Y tế",
        {"02.A": [{"ordinal": "1", "name": "Đoàn học tập"}], "01.A": [{"name": "Đoàn họp"}]},
    ),
    submission("tai-chinh.xlsx", "Sở Tài chính", {"02.B": [{"ordinal": "1", "name": "Đoàn vào"}]}),
]


def bytes_of(how: WritingAhead, sent: Sequence[Submission] = SENT) -> bytes:
    file = io.BytesIO()
    write_again(file, BookRequest(merged(sent), CATALOGUE), dict, how)
    return file.getvalue()


def beside_all(work: Callable[[], object]) -> Callable[[], object]:
    return Begun(work, beside=True)


@pytest.mark.parametrize("processes", [1, 2, 9])
def test_other_processes_write_the_same_bytes(processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "cores", lambda: 2)
    assert bytes_of(WritingAhead(beside_all, processes, beside_all)) == bytes_of(ONE_AFTER_THE_OTHER)


def many(form: str, rows: int) -> dict[str, list[dict[str, str]]]:
    """Rows whose formulas are shared, and some that say what no row before them says."""
    own = [
        {"name": f"Đoàn {row}", "period": f"tháng {row % 9 + 1}" if row % 3 else "sắp tới"} for row in range(rows)
    ]
    return {form: own}


FORMS = ("01.A", "01.B", "02.A", "02.B", "03", "5")
LARGE = [submission(f"{form}.xlsx", f"Sở {form}", many(form, 30)) for form in FORMS]


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("processes", [2, 3])
def test_sheets_that_two_processes_share_are_the_same(
    processes: int, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "cores", lambda: processes)
    for module in (row_xml, rows_ahead):
        monkeypatch.setattr(module, "BLOCK", 4)
    right = bytes_of(ONE_AFTER_THE_OTHER, LARGE)
    if not told:  # the one that writes the first rows is late: the other makes them too
        monkeypatch.setattr(rows_ahead, "_tell", lambda *_: None)
    shared: list[rows_ahead.SomeRows] = []
    shares_of = rows_ahead.shares_of

    def seen(*sheets: Any) -> list[list[rows_ahead.SomeRows]]:
        found = shares_of(*sheets)
        shared.extend(some for share in found for some in share if some.start)
        return found

    monkeypatch.setattr(rows_ahead, "shares_of", seen)
    assert bytes_of(WritingAhead(beside_all, processes, beside_all), LARGE) == right
    assert len({some.place for some in shared}) == processes - 1


@given(rows=st.lists(st.integers(1, 30_000), min_size=1, max_size=9), processes=st.integers(1, 5))
@settings(deadline=None)
def test_shares_are_even_and_hold_each_row_once(rows: list[int], processes: int) -> None:
    sheets = [BookSheet(str(number), (9.0,), range(count), 7) for number, count in enumerate(rows)]
    shares = rows_ahead.shares_of(sheets, processes)
    whole = sorted((some.sheet.name, some.start, some.stop) for share in shares for some in share)
    for sheet in sheets:
        of_sheet = [(start, stop) for name, start, stop in whole if name == sheet.name]
        assert [at for part in of_sheet for at in range(*part)] == list(sheet.rows)
    each = sum(rows) / processes
    if max(rows) <= 0.8 * each:
        assert max(sum(some.stop - some.start for some in share) for share in shares) <= each + processes * BLOCK
        for share in shares:  # whoever begins a sheet for another does so first of all
            assert all(some.stop == len(some.sheet.rows) for some in share[1:])
            assert all(not some.start for some in share[:-1])


def test_rows_with_other_styles_than_the_workbook_has_are_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    right, numbers = bytes_of(ONE_AFTER_THE_OTHER), rows_ahead.style_numbers
    monkeypatch.setattr(
        rows_ahead, "style_numbers", lambda *told: {name: at + 1 for name, at in numbers(*told).items()}
    )
    assert bytes_of(ONE_AFTER_THE_OTHER) == right


def test_no_temporary_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    bytes_of(ONE_AFTER_THE_OTHER)
    assert not list(tmp_path.iterdir())
