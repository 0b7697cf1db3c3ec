"""Records that are held packed are the same records, and every command makes the same of them."""

import pickle
import shutil
from dataclasses import fields, replace
from pathlib import Path

import openpyxl
import pytest
from consolidation import record
from hypothesis import given, settings
from hypothesis import strategies as st

from doingoai_cli.cli.app import run
from doingoai_cli.consolidate import counted_records, identity
from doingoai_cli.consolidate.likeness import full_text
from doingoai_cli.model import packed, packed_rows
from doingoai_cli.model.consolidated import ConsolidatedRow
from doingoai_cli.model.own_files import OwnColumn
from doingoai_cli.model.packed import PackedRecords, opened, opened_one
from doingoai_cli.model.packed_rows import ToldRows, fresh_rows
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


@given(st.lists(st.sampled_from(["I", "II", ""]), min_size=1, max_size=9), st.integers(1, 3))
@settings(deadline=None)
def test_where_records_stand_is_told_without_unpacking_them(sections: list[str], block: int) -> None:
    rows = tuple(replace(ROWS[0], section=section) for section in sections)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "_BLOCK", block)
        held = PackedRecords(rows)
    for records in (rows, held):
        runs = [(form, section, at) for form, section, run in packed.alike(records) for at in run]
        assert runs == [("02.A", section, at) for at, section in enumerate(sections)]
        for wanted in sections:
            places = packed.joined_runs([run for _, section, run in packed.alike(records) if section == wanted])
            assert [*places] == [at for at, section in enumerate(sections) if section == wanted]
            assert isinstance(places, range) == (places[-1] - places[0] == len(places) - 1)


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


TOLD = ToldRows(
    at=(6, 0, 2),
    record_id=("02.A-6", "02.A-0", "02.A-2"),
    codes=(("DL01",), (), ("DL01", "TH02")),
    seal=("b6", "b0", "b2"),
    official=(b"six", b"", b"two"),
)
ASKED = (*(field.name for field in fields(ConsolidatedRow)), "form", "section", "source", "counted")


@given(st.integers(1, 3), st.integers(1, 4))
@settings(deadline=None)
def test_rows_that_are_held_packed_are_the_same_rows(of_records: int, of_rows: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "_BLOCK", of_records)
        patch.setattr(packed_rows, "_BLOCK", of_rows)
        plain = tuple(fresh_rows(map(ROWS.__getitem__, TOLD.at), "Sở Y tế", "so y te", TOLD))
        records = PackedRecords(ROWS)
        held = tuple(packed_rows.packed_rows(records, "Sở Y tế", "so y te", TOLD.packed(), ("02.A", "")))
    assert held == plain
    assert tuple(pickle.loads(pickle.dumps(held))) == plain
    for packed_row, row in zip(held, plain, strict=True):
        assert isinstance(packed_row, ConsolidatedRow)
        assert [getattr(packed_row, name) for name in ASKED] == [getattr(row, name) for name in ASKED]
        assert type(opened_one(packed_row)) is ConsolidatedRow
        assert type(packed_row.opened().record) is PlannedTrip


def inbox(folder: Path, monkeypatch: pytest.MonkeyPatch, *, packs: bool, most_rows: int) -> None:
    """The example's files, to be held packed or not; packed ones are looked through in small pieces."""
    monkeypatch.setattr(reading, "PACKED_FROM", 0 if packs else 1 << 60)
    monkeypatch.setattr(counted_records, "MOST_ROWS", most_rows)
    monkeypatch.setattr(counted_records, "_PIECE", 2)
    folder.mkdir()
    monkeypatch.chdir(folder)
    shutil.copytree(examples_dir() / "ky-2020" / "inbox", "inbox")
    shutil.copy(examples_dir() / "ky-2020" / "don-vi.csv", ".")


def story(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, packs: bool, year: list[str], most_rows: int = 1 << 60
) -> dict[str, bytes]:
    """What an officer's commands make of the example: first merge, edits, a file sent again, second merge."""
    inbox(folder, monkeypatch, packs=packs, most_rows=most_rows)
    common = ["inbox", *year, "--roster", "don-vi.csv", "--no-cache", "--quiet"]
    made: dict[str, bytes] = {}
    for format in ("json", "html"):
        run(["check", *common, "--format", format, "--output", f"check.{format}"])
        made[format] = Path(f"check.{format}").read_bytes()
    merge = ["merge", *common, "--out", "tonghop.xlsx"]
    run(merge)
    made["first"] = Path("tonghop.xlsx").read_bytes()
    book = openpyxl.load_workbook("tonghop.xlsx")
    sheet = book["02.A"]
    sheet.cell(9, 2).value = "Tên do cán bộ sửa"
    (opinion,) = (cell.column for cell in sheet[5] if cell.value == "Ý kiến thẩm định")
    sheet.cell(10, opinion).value = "Không đồng ý"
    sheet.delete_rows(12)
    book.save("tonghop.xlsx")
    shutil.copy2(folder.parent / "gui-lai.xlsx", "inbox")
    assert run(merge) == 1
    made["second"] = Path("tonghop.xlsx").read_bytes()
    assert run([*merge, "--format", "json"]) == 1
    made["third"] = Path("tonghop.xlsx").read_bytes()
    assert "Dòng đã bỏ" in openpyxl.load_workbook("tonghop.xlsx").sheetnames
    return made


def send_again(path: Path) -> None:
    """A file of the example with one text changed."""
    again = openpyxl.load_workbook(examples_dir() / "ky-2020" / "inbox" / "so-y-te.xlsx")
    names = (cells[1] for sheet in again for cells in sheet.iter_rows(min_row=8))
    next(cell for cell in names if isinstance(cell.value, str) and "oàn" in cell.value).value = "Nội dung gửi lại"
    again.save(path)


@pytest.mark.parametrize(("year", "most_rows"), [(["--year", "2020"], 1 << 60), ([], 0)])
def test_every_command_makes_the_same_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: list[str], most_rows: int
) -> None:
    """`most_rows` as well: of more than those digests are not kept, but worked out with the rows."""
    send_again(tmp_path / "gui-lai.xlsx")
    plain = story(tmp_path / "a", monkeypatch, packs=False, year=year)
    held = story(tmp_path / "b", monkeypatch, packs=True, year=year, most_rows=most_rows)
    assert plain.keys() == held.keys()
    assert [name for name, data in plain.items() if held[name] != data] == []


@pytest.mark.parametrize("most_rows", [1 << 60, 0])
def test_records_of_two_agencies_that_happen_to_have_one_id_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_rows: int
) -> None:
    monkeypatch.setattr(identity, "_LENGTH", 1)  # as if so many rows had been sent that digests repeat
    made = []
    for name, packs in (("a", False), ("b", True)):
        inbox(tmp_path / name, monkeypatch, packs=packs, most_rows=most_rows)
        run(["merge", "inbox", "--no-cache", "--quiet", "--out", "tonghop.xlsx"])
        made.append(Path("tonghop.xlsx").read_bytes())
    assert made[0] == made[1]
    (ids,) = (c for c in openpyxl.load_workbook("tonghop.xlsx")["02.A"].columns if c[4].value == OwnColumn.ID)
    assert any(str(cell.value).endswith("-2") for cell in ids)


def test_records_that_are_held_together_share_their_values() -> None:
    rows = [record("02.A", {"name": f"Đoàn {n}", "countries": "Lào", "period": "Quý II"}) for n in range(3)]
    sharing = packed.Sharing()
    first, *others = (record for row in rows for record in sharing.opened(PackedRecords([row])))
    assert [first, *others] == rows
    assert all(other.countries is first.countries for other in others if isinstance(other, Trip))
    assert all(isinstance(other, Trip) for other in others)
    assert sharing.opened(rows) is rows
