"""The plan and the proposal (kế hoạch, tờ trình): what officers agreed to, and no other row of the plan."""

from pathlib import Path

import docx
import openpyxl
import pytest
from reviewing import plan_rows, review

from doingoai_cli.cli import run
from doingoai_cli.model.opinions import Opinion

EXAMPLE = Path(__file__).parents[1] / "examples" / "ky-2020"


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(p.text for p in document.paragraphs), *cells))


@pytest.mark.parametrize(
    ("kind", "name", "symbol", "file"),
    [
        ("ke-hoach", "KẾ HOẠCH", "/KH-UBND", "ke-hoach-2020.docx"),
        ("to-trinh", "TỜ TRÌNH", "/TTr-UBND", "to-trinh-2020.docx"),
    ],
)
def test_only_agreed_rows_stand_in_it(office: Path, kind: str, name: str, symbol: str, file: str) -> None:
    given = review(
        office / "tonghop.xlsx", "02.A", ["Đồng ý", "Điều chỉnh: giảm người", "Không đồng ý", "đồng ý."]
    )
    assert run(["report", "--kind", kind, "--year", "2020", "--date", "2019-11-20"]) == 0
    text = text_of(office / file)
    assert name in text
    assert symbol in text
    for row, opinion in given.items():
        assert (row in text) is (opinion.casefold().startswith("đồng ý")), (row, opinion)
    assert "BÁO CÁO" not in text
    agreed = sum(opinion.casefold().startswith("đồng ý") for opinion in given.values())
    assert f"dự kiến cử {agreed:02d} đoàn ra" in text


def test_the_proposal_states_the_whole_review(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    total = len(plan_rows(office / "tonghop.xlsx", "02.A"))
    review(office / "tonghop.xlsx", "02.A", ["Đồng ý", "Điều chỉnh"])
    assert run(["report", "--kind", "to-trinh", "--year", "2020", "--date", "2019-11-20"]) == 0
    text = text_of(office / "to-trinh-2020.docx")
    assert "01 đoàn đồng ý, 01 đoàn điều chỉnh" in text
    assert f"{total - 2:02d} đoàn chưa có ý kiến" in text
    assert f"Chưa đưa vào Kế hoạch: 01 đoàn phải điều chỉnh, {total - 2:02d} đoàn chưa có ý kiến." in text
    assert "Kính gửi: Ban Thường vụ Tỉnh ủy" in text
    told = capsys.readouterr().err
    assert f"{total - 1:02d} dòng chưa được đồng ý" in told
    name = plan_rows(office / "tonghop.xlsx", "02.A")[1][2]
    assert told.index("Còn ở ý kiến “Điều chỉnh” (01):") < told.index(name)


@pytest.mark.parametrize("kind", ["ke-hoach", "to-trinh"])
def test_what_waits_to_be_agreed_is_never_said_to_be_none(office: Path, kind: str) -> None:
    review(office / "tonghop.xlsx", "02.A", ["Đồng ý", "Điều chỉnh"])
    waiting = len(plan_rows(office / "tonghop.xlsx", "02.B"))
    assert run(["report", "--kind", kind, "--year", "2020", "--date", "2019-11-20"]) == 0
    text = text_of(office / f"{kind}-2020.docx")
    lacking = f"[Chưa có số liệu: chưa dòng nào được thẩm định “Đồng ý”, còn {waiting:02d} dòng phải xem xét]"
    assert f"dự kiến đón {lacking}" in text
    assert "không có đoàn vào" not in text


def test_without_an_agreed_row_there_is_no_plan(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review(office / "tonghop.xlsx", "02.A", [Opinion.REFUSED.value])
    assert run(["report", "--kind", "ke-hoach", "--year", "2020"]) == 2
    assert "chưa có dòng kế hoạch nào được “Đồng ý”" in capsys.readouterr().err
    assert not list(office.glob("*.docx"))


def test_of_how_many_delegations_money_could_be_read_is_said(office: Path) -> None:
    given = review(office / "tonghop.xlsx", "02.A", ["Đồng ý"] * 50)
    book = openpyxl.load_workbook(office / "tonghop.xlsx")
    funding = next(
        c.column for row in book["02.A"].iter_rows(max_row=8) for c in row if c.value == "Nguồn kinh phí"
    )
    for at, (row, _, _) in enumerate(plan_rows(office / "tonghop.xlsx", "02.A")):
        book["02.A"].cell(row, funding).value = "Tự túc" if at else "Ngân sách tỉnh: 150 triệu đồng"
    book.save(office / "tonghop.xlsx")
    assert run(["report", "--kind", "ke-hoach", "--year", "2020", "--date", "2019-11-20"]) == 0
    said = f"(đọc được 01/{len(given):02d} đoàn): ngân sách nhà nước 150 triệu đồng."
    assert said in text_of(office / "ke-hoach-2020.docx")


def test_the_annexes_follow_the_times(office: Path) -> None:
    review(office / "tonghop.xlsx", "02.A", ["Đồng ý"] * 50)
    assert run(["report", "--kind", "ke-hoach", "--year", "2020", "--date", "2019-11-20"]) == 0
    tables = docx.Document(str(office / "ke-hoach-2020.docx")).tables
    annex = next(t for t in tables if any("Thời gian thực hiện" in c.text for c in t.rows[0].cells))
    column = next(i for i, cell in enumerate(annex.rows[0].cells) if "Thời gian" in cell.text)
    quarters = [row.cells[column].text for row in annex.rows if row.cells[column].text.startswith("Quý")]
    order = {"Quý I": 1, "Quý II": 2, "Quý III": 3, "Quý IV": 4}
    numbers = [(year or "2020", order[quarter]) for quarter, _, year in (text.partition("/") for text in quarters)]
    assert len(numbers) > 1
    assert numbers == sorted(numbers)


def test_figures_of_the_plan_are_those_of_the_document(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    review(office / "tonghop.xlsx", "02.A", ["Đồng ý", "Đồng ý", "Điều chỉnh"])
    assert run(["figures", "--kind", "ke-hoach", "--year", "2020", "--format", "json"]) == 0
    figures = {f["id"]: f["value"] for f in json.loads(capsys.readouterr().out)["figures"]}
    assert figures["plan.out.delegations"] == figures["plan.out.review_agreed"] == 2
    assert figures["plan.out.review_adjust"] == 1
