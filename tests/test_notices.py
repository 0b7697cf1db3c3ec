"""The result of the review, told to each agency."""

import csv
from pathlib import Path

import docx
import openpyxl
import pytest

from doingoai_cli.cli import run

EXAMPLE = Path(__file__).parents[1] / "examples" / "ky-2020"


def review(path: Path, form: str, reviews: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Write (opinion, remark) in the order of the rows, as in Excel; (agency, name, opinion) of each."""
    book = openpyxl.load_workbook(path)
    grid = book[form]
    heads = {c.value: c for row in grid.iter_rows(max_row=14) for c in row if c.value}
    opinion, remark, agency = (heads[h] for h in ("Ý kiến thẩm định", "Ghi chú thẩm định", "Cơ quan"))
    below = range(opinion.row + 1, grid.max_row + 1)
    rows = [r for r in below if str(grid.cell(r, 1).value).isdigit() and grid.cell(r, 2).value]
    told = []
    for row, (said, noted) in zip(rows, reviews, strict=False):
        grid.cell(row, opinion.column).value = said
        grid.cell(row, remark.column).value = noted
        told.append((str(grid.cell(row, agency.column).value), str(grid.cell(row, 2).value), said))
    book.save(path)
    return told


def letters(folder: Path) -> dict[str, str]:
    """Agency → the text of its letter, by the list beside them."""
    rows = list(csv.reader((folder / "danh-sach-tep.csv").read_text("utf-8-sig").splitlines()))
    found = {}
    for agency, file in rows[1:]:
        document = docx.Document(str(folder / file))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        found[agency] = "\n".join((*(p.text for p in document.paragraphs), *cells))
    return found


def test_each_agency_gets_its_own_rows_and_no_other(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = review(
        office / "tonghop.xlsx", "02.A",
        [("Đồng ý", ""), ("Điều chỉnh", "giảm còn 07 người"), ("Không đồng ý (thiếu thư mời)", "bổ sung thư mời"),
         ("Đồng ý", ""), ("Không đồng ý", "")],
    )  # fmt: skip
    assert run(["notify", "tonghop.xlsx", "--out", "thong-bao", "--date", "2019-11-01"]) == 0
    found = letters(office / "thong-bao")
    assert set(found) == {agency for agency, _, _ in told}
    for agency, name, _ in told:
        assert name in found[agency]
        assert not any(
            name in text for other, text in found.items() if other != agency and not same(told, other, name)
        )
    together = "\n".join(found.values())
    assert "giảm còn 07 người" in together
    assert "Không đồng ý (thiếu thư mời)" in together
    assert "trước ngày 08/11/2019" in together
    table = capsys.readouterr().out
    assert all(agency in table for agency in found)


def same(told: list[tuple[str, str, str]], agency: str, name: str) -> bool:
    return any(a == agency and n == name for a, n, _ in told)


def test_what_is_still_open_is_said(office: Path) -> None:
    ((agency, _, _),) = review(office / "tonghop.xlsx", "02.A", [("Đồng ý", "")])
    assert run(["notify", "tonghop.xlsx", "--out", "thong-bao"]) == 0
    found = letters(office / "thong-bao")
    assert list(found) == [agency]
    assert "nội dung đang được thẩm định" in found[agency]


def test_what_took_place_and_is_not_counted_is_told(office: Path) -> None:
    ((agency, name, _),) = review(office / "tonghop.xlsx", "01.A", [("Không tính", "đi việc riêng")])
    assert run(["notify", "tonghop.xlsx", "--out", "thong-bao"]) == 0
    text = letters(office / "thong-bao")[agency]
    assert "Không tính vào số liệu đã thực hiện: 01 nội dung" in text
    assert name in text
    assert "đi việc riêng" in text
    # nothing of the plan has a result: the letter does not say that it has been reviewed
    assert "V/v thông báo kết quả thẩm định số liệu hoạt động đối ngoại năm 2019" in text
    assert "kế hoạch đoàn ra, đoàn vào" not in text


def test_a_row_of_the_plan_that_is_not_counted_is_no_result(office: Path) -> None:
    ((agency, _, _),) = review(office / "tonghop.xlsx", "02.A", [("Không tính", "đoàn của Bộ")])
    assert run(["notify", "tonghop.xlsx", "--out", "thong-bao"]) == 0
    text = letters(office / "thong-bao")[agency]
    assert "Không tính vào kế hoạch: 01 nội dung" in text
    assert "số liệu đã thực hiện" not in text


def test_nothing_reviewed_writes_nothing(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["notify", "tonghop.xlsx", "--out", "thong-bao"]) == 0
    assert not list((office / "thong-bao").glob("*.docx"))
    err = capsys.readouterr().err
    assert "Chưa có dòng nào được thẩm định" in err
    assert "Bước tiếp: ghi “Ý kiến thẩm định”" in err
    assert "in, ký và gửi" not in err


def test_an_agency_of_a_very_long_name_gets_its_letter(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook("tonghop.xlsx")
    grid = book["02.A"]
    agency = next(c.column for row in grid.iter_rows(max_row=14) for c in row if c.value == "Cơ quan")
    for row in range(8, grid.max_row + 1):
        if grid.cell(row, agency).value == "Sở Y tế":
            grid.cell(row, agency).value = "Sở " + "Y tế và nhiều việc khác\n" * 1200
    book.save("tonghop.xlsx")
    review(Path("tonghop.xlsx"), "02.A", [("Đồng ý", "")] * 3)
    capsys.readouterr()
    assert run(["notify", "tonghop.xlsx", "--out", "thong-bao"]) == 0
    assert any(
        "Y tế và nhiều việc khác" in "".join(p.text for p in docx.Document(str(f)).element.iter("{*}t"))
        for f in Path("thong-bao").glob("*.docx")
    )
    assert all(len(f.name) <= 120 for f in Path("thong-bao").iterdir())


def test_an_edited_letter_is_kept(office: Path) -> None:
    review(office / "tonghop.xlsx", "02.A", [("Đồng ý", "")])
    assert run(["notify", "tonghop.xlsx", "--out", "thong-bao"]) == 0
    (letter,) = (office / "thong-bao").glob("*.docx")
    document = docx.Document(str(letter))
    document.paragraphs[-1].add_run(" Cán bộ ghi thêm.")
    document.save(str(letter))
    edited = letter.read_bytes()
    assert run(["notify", "tonghop.xlsx", "--out", "thong-bao"]) == 0
    assert letter.read_bytes() == edited
    assert len(list((office / "thong-bao").glob("*.docx"))) == 2


def test_marked_copies_lie_beside_the_letter(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review(office / "tonghop.xlsx", "02.A", [("Đồng ý", "")])
    assert run(["check", str(EXAMPLE / "inbox"), "--year", "2020", "--annotate", "tra-lai", "-q"]) in (0, 1)
    assert run(["notify", "tonghop.xlsx", "--out", "thong-bao", "--marked", "tra-lai"]) == 0
    assert list((office / "thong-bao").glob("*.xlsx"))
    assert run(["notify", "tonghop.xlsx", "--marked", "khong-co"]) == 2
    assert "check --annotate" in capsys.readouterr().err
