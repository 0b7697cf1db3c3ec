"""Records that are held packed are the same records, and every command makes the same of them."""

import pickle
import shutil
from pathlib import Path

import openpyxl
import pytest
from consolidation import record
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.cli.app import run
from doingoai_cli.consolidate.likeness import full_text
from doingoai_cli.model import packed
from doingoai_cli.model.packed import PackedRecords, opened, opened_one
from doingoai_cli.model.records import PlannedTrip, Trip
from doingoai_cli.pipeline import reading
from doingoai_cli.resources import examples_dir

ROWS = tuple(
    record("02.A", {"name": f"Đoàn {number}", "countries": "Lào", "period": "Quý II"}) for number in range(7)
)


@given(st.integers(0, 7), st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 3))
@settings(deadline=None)
def test_they_are_a_sequence_of_the_same_records(length: int, at: int, to: int, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "_BLOCK", block)
        rows, held = ROWS[:length], PackedRecords(ROWS[:length])
        assert len(held) == length
        assert tuple(held) == rows == tuple(opened(held))
        assert held[at:to] == rows[at:to]
        assert list(reversed(held)) == [*reversed(rows)]
        if -length <= at < length:
            assert held[at] == rows[at]
        else:
            with pytest.raises(IndexError):
                held.__getitem__(at)
        assert tuple(pickle.loads(pickle.dumps(held))) == rows


def test_each_is_an_instance_of_its_model() -> None:
    (held,) = PackedRecords(ROWS[:1])
    assert isinstance(held, Trip)
    assert held.text("name") == "Đoàn 0"
    assert full_text(held) == full_text(ROWS[0])
    assert ROWS[0] == held
    assert held != ROWS[1]
    assert hash(held.provenance) == hash(ROWS[0].provenance)
    assert type(opened_one(held)) is PlannedTrip
    assert opened_one(ROWS[0]) is ROWS[0]
    sent = pickle.loads(pickle.dumps(held))
    assert type(sent) is PlannedTrip
    assert sent == ROWS[0]
    with pytest.raises(AttributeError):
        getattr(held, "nothing")  # noqa: B009


def story(folder: Path, monkeypatch: pytest.MonkeyPatch, *, packs: bool, year: list[str]) -> dict[str, bytes]:
    """What an officer's commands make of the example: first merge, edits, a file sent again, second merge."""
    monkeypatch.setattr(reading, "PACKED_FROM", 0 if packs else 1 << 60)
    folder.mkdir()
    monkeypatch.chdir(folder)
    shutil.copytree(examples_dir() / "ky-2020" / "inbox", "inbox")
    shutil.copy(examples_dir() / "ky-2020" / "don-vi.csv", ".")
    common = ["inbox", *year, "--roster", "don-vi.csv", "--no-cache", "--quiet"]
    made: dict[str, bytes] = {}
    for format in ("json", "html"):
        run(["check", *common, "--format", format, "--output", f"check.{format}"])
        made[format] = Path(f"check.{format}").read_bytes()
    merge = ["merge", *common, "--out", "tonghop.xlsx"]
    run(merge)
    made["first"] = Path("tonghop.xlsx").read_bytes()
    book = openpyxl.load_workbook("tonghop.xlsx")
    book["02.A"].cell(9, 2).value = "Tên do cán bộ sửa"
    book.save("tonghop.xlsx")
    shutil.copy2(folder.parent / "gui-lai.xlsx", "inbox")
    run(merge)
    made["second"] = Path("tonghop.xlsx").read_bytes()
    run([*merge, "--format", "json"])
    return made


def send_again(path: Path) -> None:
    """A file of the example with one text changed."""
    again = openpyxl.load_workbook(examples_dir() / "ky-2020" / "inbox" / "so-y-te.xlsx")
    names = (cells[1] for sheet in again for cells in sheet.iter_rows(min_row=8))
    next(cell for cell in names if isinstance(cell.value, str) and "oàn" in cell.value).value = "Nội dung gửi lại"
    again.save(path)


@pytest.mark.parametrize("year", [["--year", "2020"], []])
def test_every_command_makes_the_same_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: list[str]
) -> None:
    send_again(tmp_path / "gui-lai.xlsx")
    plain = story(tmp_path / "a", monkeypatch, packs=False, year=year)
    held = story(tmp_path / "b", monkeypatch, packs=True, year=year)
    assert plain.keys() == held.keys()
    assert [name for name, data in plain.items() if held[name] != data] == []


def test_records_that_are_held_together_share_their_values() -> None:
    rows = [record("02.A", {"name": f"Đoàn {n}", "countries": "Lào", "period": "Quý II"}) for n in range(3)]
    sharing = packed.Sharing()
    first, *others = (record for row in rows for record in sharing.opened(PackedRecords([row])))
    assert [first, *others] == rows
    assert all(other.countries is first.countries for other in others if isinstance(other, Trip))
    assert all(isinstance(other, Trip) for other in others)
    assert sharing.opened(rows) is rows
