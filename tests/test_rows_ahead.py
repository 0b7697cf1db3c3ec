"""Rows written ahead of the rest of the workbook: the same bytes, in whatever process, whatever was expected."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from consolidation import CATALOGUE, merged, submission

from doingoai_cli.consolidate.workbook import rows_ahead
from doingoai_cli.consolidate.workbook.rows_ahead import ONE_AFTER_THE_OTHER, Ahead
from doingoai_cli.consolidate.workbook.sheets import BookRequest, write_again
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


def bytes_of(how: Ahead) -> bytes:
    file = io.BytesIO()
    write_again(file, BookRequest(merged(SENT), CATALOGUE), dict, how)
    return file.getvalue()


def beside_all(work: Callable[[], object]) -> Callable[[], object]:
    return Begun(work, beside=True)


@pytest.mark.parametrize("processes", [1, 2, 9])
def test_other_processes_write_the_same_bytes(processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "cores", lambda: 2)
    assert bytes_of(Ahead(beside_all, processes, beside_all)) == bytes_of(ONE_AFTER_THE_OTHER)


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
