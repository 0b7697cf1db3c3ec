"""Cells near Excel's limit: what is repeated a thousand times is read as it is when it stands once or twice.

How long it takes is measured by `benchmarks/readers_of_text.py`; here only that an answer comes, and which.
"""

from collections.abc import Iterable

import pytest
from blanks import CATALOGUE, CYCLE, PACK, PROVINCE, example_row

from doingoai_cli.checks.engine import check_submission
from doingoai_cli.checks.messages import fill
from doingoai_cli.intake.submission import read_grids
from doingoai_cli.messages import readable
from doingoai_cli.model.excel_limits import cell_text
from doingoai_cli.model.forms import FormSpec, fill_years
from doingoai_cli.model.grid import Cell, CellKind, Grid, Workbook
from doingoai_cli.vietnamese import terms
from doingoai_cli.vietnamese.breakdowns import read_breakdown
from doingoai_cli.vietnamese.counts import read_count
from doingoai_cli.vietnamese.money.amounts import read_money
from doingoai_cli.vietnamese.money.payers import state_pays
from doingoai_cli.vietnamese.people.persons import read_people
from doingoai_cli.vietnamese.places.countries import read_destinations
from doingoai_cli.vietnamese.private_purposes import PrivatePurposes
from doingoai_cli.vietnamese.purposes import organised_centrally
from doingoai_cli.vietnamese.time.periods import Precision, read_period

LONG = 32_767
_STATE = terms.Terms(("ngân sách", "NSNN"))


def filled(piece: str, length: int = LONG) -> str:
    return (piece * (length // len(piece) + 1))[:length]


@pytest.mark.parametrize(
    "piece", ["có: ", "tổng số: ", "gồm ", "đoàn ", "dự kiến ", ": ", "- ", "X", "một ", "11"]
)
def test_counts(piece: str) -> None:
    assert read_count(filled(piece)).value in (None, 1)
    assert read_count(filled("có: ", 240) + "07 người").value == 7
    assert read_count("07 người: " + filled("có mặt, ")).value == 7


def test_delegates_per_country() -> None:
    assert read_breakdown("Lào: 10, " * 3000 + "Pháp: 5").parts[-2:] == (("Lào", 10), ("Pháp", 5))
    assert read_breakdown("25 (" + filled("đại biểu ")).total == 25


@pytest.mark.parametrize("piece", ["quá cảnh ", "một số ", "'", '"', "(", "- ", "gồm ", "Wakanda ", "các nước "])
def test_destinations(piece: str) -> None:
    assert read_destinations("Lào, " + filled(piece)).countries == ("LAO",)


@pytest.mark.parametrize("piece", ["xã ", "và ", "Sở ", "phó ", "ở ", "x", "nguyên ", "của ", "hội "])
def test_people(piece: str) -> None:
    people = read_people("Đinh Trọng Khoát; " + filled(piece))
    assert people.persons[0].name == "Đinh Trọng Khoát"


def test_state_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    assert state_pays("không dùng NSNN, " + filled("NSNN "), _STATE)
    assert not state_pays(filled("không dùng NSNN, "), _STATE)
    looked: list[int] = []

    class Counted(frozenset[str]):
        def isdisjoint(self, words: Iterable[object], /) -> bool:
            looked.append(len(tuple(words)))
            return super().isdisjoint(words)

    monkeypatch.setattr(terms, "_DENIALS", Counted(terms._DENIALS))
    assert list(_STATE.stated_in(filled("NSNN ")))
    assert sum(looked) <= LONG, "the words of a cell are looked through once, not for each term"


@pytest.mark.parametrize(
    "piece", ["xúc tiến du lịch ", "xúc tiến du lịch; ", "cơ quan du lịch ", "khám bệnh học sinh "]
)
def test_private_purposes(piece: str) -> None:
    private = PrivatePurposes(("du lịch", "khám bệnh", "thăm con"))
    assert private.first(filled(piece)) is None
    assert private.first(filled(piece) + "; thăm con") == "thăm con"


@pytest.mark.parametrize("mark", [" .", ",", ";", " (dự kiến)", "- "])
def test_marks_around_a_time(mark: str) -> None:
    assert read_period("Quý II/2020" + filled(mark, 9000), 2020).precision is Precision.QUARTER
    assert read_period(filled(mark, 9000) + "Quý II/2020", 2020).precision is Precision.QUARTER


@pytest.mark.parametrize("piece", ["theo ", "năm ", "(", "- ", ", ", "thư mời ", "tuần ", "x "])
def test_times(piece: str) -> None:
    assert read_period(f"Quý II/2020 ({filled(piece)})", 2020).precision in (Precision.QUARTER, Precision.NONE)


def test_money() -> None:
    assert read_money(filled("100 triệu đồng; ")).amounts[0].value == 100_000_000


def test_purposes() -> None:
    assert not organised_centrally(filled("đoàn do "))
    assert organised_centrally("Đoàn do Bộ Y tế tổ chức, " + filled("đoàn "))


@pytest.mark.parametrize("piece", ["x", "😀", "a😀", "<b>", "_x000D_", "dòng\n", "\x0b", "a\u0301"])
def test_a_cell_is_written_as_excel_can_hold_it(piece: str) -> None:
    """Excel counts units of UTF-16, and refuses a workbook with a longer cell."""
    text = cell_text(filled(piece, 100_000))
    assert len(text.encode("utf-16-le")) <= 2 * LONG
    assert text.endswith("xem tệp gốc]") or len(text) < 100_000
    assert cell_text(text) == text
    whole = filled(piece, LONG // 2)
    assert cell_text(whole) == whole.replace("\x0b", "")


def test_sentences_quote_a_long_cell_in_part_and_the_finding_has_it_all() -> None:
    said = fill("Cột ghi “{{ value }}”", {"value": filled("Lào ")}, "TEST")
    assert len(said) < 400
    assert said.startswith("Cột ghi “Lào Lào")
    assert said.endswith("…”")
    trips = "; ".join(f"dòng {number} “{'Đoàn công tác ' * 4}”" for number in range(8, 18))
    assert trips in fill("các chuyến khác: {{ others }}.", {"others": trips}, "TEST")
    one = fill("{{ others }}", {"others": f"dòng 8 “{filled('Lào ')}”; dòng 9"}, "TEST")
    assert len(one) < 3_100
    assert readable(f"Ghi {filled('a')}\nxong") == f"Ghi {'a' * 995}…\nxong"


@pytest.mark.parametrize("spec", [s for s in CATALOGUE.specs if s.id == s.form], ids=lambda spec: spec.id)
@pytest.mark.parametrize(
    "piece", ["có: ", "Nguyễn Văn A, ", "5/5/2020 - ", "100 triệu đồng, ", "Lào (", '"', "- ", "1 "]
)
def test_a_whole_check_keeps_every_row_whichever_of_its_cells_is_long(spec: FormSpec, piece: str) -> None:
    heads = ["Sở Y tế", "", fill_years(spec.title, CYCLE, PROVINCE)]
    lines = [[head] for head in heads] + [[column.label for column in spec.columns]]
    lines += [list(example_row(spec, **{c.field: filled(piece)}).values()) for c in spec.columns]
    cells = tuple(
        Cell(row, col, CellKind.TEXT, text)
        for row, line in enumerate(lines, 1)
        for col, text in enumerate(line, 1)
        if text
    )
    read = read_grids(Workbook("xlsx", (Grid("S", 0, cells),), {}), "a.xlsx", CATALOGUE, cycle=CYCLE)
    assert [record.provenance.row for record in read.records] == list(range(5, 5 + len(spec.columns)))
    assert check_submission(read, PACK)
