"""Two cycles as officers live them: plan, results, pairs decided, the plan adjusted, reports that all agree."""

import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from blanks import CATALOGUE, LIMITS, example_row, write_forms
from docx import Document

from doingoai_cli.blank.occasion import Occasion
from doingoai_cli.cli.app import run

PLANS = (
    {"name": "Đoàn xúc tiến đầu tư", "countries": "Hàn Quốc", "period": "Quý II/2019"},
    {"name": "Đoàn khảo sát cảng cá số 1", "countries": "Na Uy", "period": "Quý II/2019"},
    {"name": "Đoàn nghiên cứu rừng ngập mặn", "countries": "Cuba", "period": "Quý I/2019"},
    {"name": "Đoàn thăm bảo tàng Hoàng gia", "countries": "Bỉ", "period": "Quý IV/2019"},
)
RESULTS = (
    {"name": "Đoàn xúc tiến đầu tư", "countries": "Hàn Quốc", "period": "15/5/2019 - 19/5/2019"},
    {"name": "Đoàn khảo sát cảng cá số 2", "countries": "Na Uy", "period": "10/6/2019 - 14/6/2019"},
    {"name": "Đoàn hội chợ thủ công", "countries": "Peru", "period": "10/7/2019 - 14/7/2019"},
    {"name": "Đoàn ký kết hợp tác", "countries": "Chile", "period": "12/12/2018 - 15/12/2018"},
)
AGENCY = "Sở Y tế"


def send(folder: Path, cycle: int, rows: dict[str, tuple[dict[str, str], ...]]) -> None:
    """One workbook of the agency in `folder`, with these rows and nothing else."""
    specs = [spec for spec in CATALOGUE.official if spec.form in rows]
    filled = {
        spec.id: [
            {
                **example_row(spec),
                "ordinal": str(n),
                "leader": f"Nguyễn Văn {n}",
                "partners": f"Đối tác {n}",
                **row,
            }
            for n, row in enumerate(rows[spec.form], 1)
        ]
        for spec in specs
    }
    folder.mkdir(parents=True, exist_ok=True)
    occasion = Occasion(cycle, "Quảng Bình", date(cycle - 1, 9, 15))
    (folder / "so-y-te.xlsx").write_bytes(write_forms(specs, occasion, LIMITS, agency=AGENCY, prefill=filled))


@pytest.fixture
def cycles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    send(tmp_path / "inbox-2019", 2019, {"02.A": PLANS})
    send(tmp_path / "inbox-2020", 2020, {"01.A": RESULTS})
    assert (
        run(["merge", "inbox-2019", "--year", "2019", "--out", "tonghop-2019.xlsx", "--fail-on", "never", "-q"])
        == 0
    )
    merge_again()
    return tmp_path


def merge_again() -> None:
    arguments = ["merge", "inbox-2020", "--year", "2020", "--out", "tonghop-2020.xlsx", "--fail-on", "never", "-q"]
    assert run([*arguments, "--history", "tonghop-2019.xlsx"]) == 0


def reconciled(capsys: pytest.CaptureFixture[str]) -> dict[str, float]:
    capsys.readouterr()
    arguments = ["reconcile", "tonghop-2019.xlsx", "tonghop-2020.xlsx", "--date", "2019-10-01", "--format", "json"]
    assert run(arguments) == 0
    return json.loads(capsys.readouterr().out)["directions"][0]["summary"]


def figures(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, object]:
    capsys.readouterr()
    arguments = ["figures", "--from", "tonghop-2020.xlsx", "--previous", "tonghop-2019.xlsx", "--format", "json"]
    assert run([*arguments, "--date", "2019-10-01", *more]) == 0
    return {f["id"]: f["value"] for f in json.loads(capsys.readouterr().out)["figures"]}


def report(*further: str) -> str:
    arguments = "report --from tonghop-2020.xlsx --previous tonghop-2019.xlsx --out bc.docx -q --date 2019-10-01"
    assert run([*arguments.split(), *further]) == 0
    return "\n".join(p.text for p in Document("bc.docx").paragraphs)


def rate_in_workbook() -> str:
    return str(openpyxl.load_workbook("tonghop-2020.xlsx")["Ghép kế hoạch"]["A3"].value)


def decide(what: str) -> None:
    """Write `what` into the first pair's decision, as an officer does in Excel."""
    book = openpyxl.load_workbook("tonghop-2020.xlsx")
    sheet = book["Ghép kế hoạch"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    assert sheet.cell(5, heads["Đoàn đã thực hiện"]).value == "Đoàn khảo sát cảng cá số 2"
    sheet.cell(5, heads["Quyết định"], what)
    book.save("tonghop-2020.xlsx")


def test_one_rate_everywhere_and_the_officers_word_stays(cycles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary = reconciled(capsys)
    assert (summary["planned"], summary["in_plan"], summary["unsure_pairs"], summary["not_due"]) == (4, 1, 1, 1)
    assert (summary["off_plan"], summary["cancelled"], summary["execution_rate"]) == (1, 1, 25.0)
    found = figures(capsys)
    for part, same in {
        "planned": "planned", "carried_out": "in_plan", "rate": "execution_rate", "pairs": "unsure_pairs",
        "off_plan": "off_plan", "cancelled": "cancelled", "not_due": "not_due", "adjusted": "adjusted",
    }.items():  # fmt: skip
        assert found[f"execution.out.{part}"] == summary[same], part
    assert found["out.outside"] == 1
    text = report()
    assert "01 đoàn trong kế hoạch đã thực hiện trên tổng số 04 đoàn được duyệt, đạt tỷ lệ 25%" in text
    assert "01 đoàn chưa đến thời gian thực hiện" in text
    assert "01 cặp cần xác nhận" in text
    assert "01 đoàn ngoài kỳ báo cáo" in text
    assert "tính đến ngày 01/10/2019" in text

    assert "Đoàn ra: đã thực hiện 01/04 đoàn được duyệt, đạt tỷ lệ 25%" in rate_in_workbook()

    decide("Là một đoàn")
    merge_again()
    assert "Đoàn ra: đã thực hiện 02/04 đoàn được duyệt, đạt tỷ lệ 50%" in rate_in_workbook()
    summary = reconciled(capsys)
    assert (summary["in_plan"], summary["unsure_pairs"], summary["execution_rate"]) == (2, 0, 50.0)
    assert figures(capsys)["execution.out.rate"] == 50.0
    assert "02 đoàn trong kế hoạch đã thực hiện trên tổng số 04 đoàn được duyệt, đạt tỷ lệ 50%" in report()


def test_the_overview_counts_what_the_report_counts(cycles: Path) -> None:
    sheet = openpyxl.load_workbook(cycles / "tonghop-2020.xlsx", data_only=True)["Tổng quan"]
    line = next(list(row) for row in sheet.iter_rows(values_only=True) if row[0] == "Đoàn ra đã thực hiện (01.A)")
    heads = next(list(row) for row in sheet.iter_rows(values_only=True) if row[0] == "Nội dung")
    told = dict(zip(heads, line, strict=True))
    assert (told["Số đoàn"], told["Ngoài kỳ"]) == (3, 1)  # the one of December 2018


def test_what_is_still_to_be_adjusted_is_said(cycles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = cycles / "tonghop-2019.xlsx"
    book = openpyxl.load_workbook(path)
    heading = next(c for row in book["02.A"].iter_rows() for c in row if c.value == "Ý kiến thẩm định")
    names = {cell.value: cell.row for cell in book["02.A"]["B"]}
    book["02.A"].cell(names[PLANS[0]["name"]], heading.column).value = "Điều chỉnh"
    book["02.A"].cell(names[PLANS[1]["name"]], heading.column).value = "Đồng ý"
    book.save(path)
    assert run(["reconcile", "tonghop-2019.xlsx", "tonghop-2020.xlsx"]) == 0
    assert "1 dòng kế hoạch còn ở ý kiến “Điều chỉnh”: vẫn tính là kế hoạch" in capsys.readouterr().err


def test_a_trip_without_a_day_is_in_no_half_year_and_marks_that_differ_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What took place in the window is as much in the sentence on the plan as in the first one."""
    monkeypatch.chdir(tmp_path)
    send(tmp_path / "inbox-2019", 2019, {"02.A": PLANS})
    vague = {**RESULTS[0], "period": "trong năm"}
    send(tmp_path / "inbox-2020", 2020, {"01.A": (vague, RESULTS[2], {**RESULTS[1], "period": "6/5/2019"})})
    assert run(["merge", "inbox-2019", "--year", "2019", "--out", "tonghop-2019.xlsx", "-q"]) in (0, 1)
    assert run(["merge", "inbox-2020", "--year", "2020", "--out", "tonghop-2020.xlsx", "-q"]) in (0, 1)
    asked = ["report", "--kind", "6-thang", "--year", "2019", "--date", "2020-01-15", "--out", "bc.docx"]
    assert run([*asked, "--from", "tonghop-2020.xlsx", "--previous", "tonghop-2019.xlsx", "-q"]) == 0
    text = "\n".join(p.text for p in Document("bc.docx").paragraphs)
    assert "toàn tỉnh cử 01 đoàn ra" in text
    executed = text[text.index("Về thực hiện kế hoạch đoàn ra") :].partition("\n")[0]
    assert "chưa ghi nhận đoàn trong kế hoạch đã thực hiện trên tổng số 04 đoàn được duyệt" in executed
    assert "không có" not in executed  # as long as a pair is open, nobody can say so
    assert "02 đoàn cần xác nhận (01 cặp cần xác nhận)" in executed  # the vague one, and cảng cá số 1 - số 2
    asked = ["report", "--year", "2020", "--date", "2020-01-15", "--out", "nam.docx"]
    assert run([*asked, "--from", "tonghop-2020.xlsx", "--previous", "tonghop-2019.xlsx", "-q"]) == 0
    text = "\n".join(p.text for p in Document("nam.docx").paragraphs)
    assert "01 đoàn ngoài kế hoạch (trong đó 01 đoàn cơ quan, đơn vị đánh dấu Trong KH)" in text


def test_a_pair_that_is_none_is_off_plan_for_good(cycles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide("Không phải một đoàn.")
    merge_again()
    summary = reconciled(capsys)
    assert (summary["in_plan"], summary["unsure_pairs"], summary["off_plan"], summary["cancelled"]) == (1, 0, 2, 2)


def test_adjustments_of_the_plan_are_counted_by_document(cycles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook("tonghop-2020.xlsx")
    sheet = book["Điều chỉnh kế hoạch"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    lines = (
        ("12/3/2019", "45/UBND-NgV", "Đoàn thăm bảo tàng Hoàng gia", "Hủy", "Đối tác hoãn"),
        ("12/3/2019", "45/UBND-NgV", "Đoàn hội chợ thủ công", "Bổ sung", "Theo thư mời"),
        ("20/6/2019", "112/UBND-NgV", "Đoàn xúc tiến đầu tư", "điều chỉnh", "Thêm một ngày"),
    )
    for number, line in enumerate(lines, 5):
        names = ("Ngày", "Số văn bản", "Đoàn", "Bổ sung / điều chỉnh / hủy", "Nội dung")
        for name, text in zip(names, line, strict=True):
            sheet.cell(number, heads[name], text)
        sheet.cell(number, heads["Ngày"], datetime.strptime(line[0], "%d/%m/%Y"))
    sheet.cell(4, 9, "Người theo dõi")
    sheet.cell(5, 9, "Trần A")
    book.save("tonghop-2020.xlsx")
    merge_again()
    summary = reconciled(capsys)
    assert (summary["cancelled"], summary["adjusted"], summary["added"], summary["plan_changes"]) == (2, 1, 1, 2)
    assert summary["not_due"] == 0
    assert "được điều chỉnh 02 lần, bổ sung 01 đoàn ra" in report()
    kept = openpyxl.load_workbook("tonghop-2020.xlsx")["Điều chỉnh kế hoạch"]
    assert [cell.value for cell in kept[5]][-1] == "Trần A"


def test_a_form_that_nobody_sent_is_never_none(cycles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys)
    assert found["in.delegations"] is None
    assert found["plan.out.delegations"] is None
    text = report()
    assert "không có đoàn vào" not in text
    assert "[Chưa có số liệu: chưa cơ quan, đơn vị nào gửi Mẫu 01.B]" in text


def test_merging_again_says_what_is_new(cycles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["merge", "inbox-2020", "--year", "2020", "--out", "tonghop-2020.xlsx", "--fail-on", "never"]
    arguments += ["--history", "tonghop-2019.xlsx"]
    capsys.readouterr()
    assert run(arguments) == 0
    out, err = capsys.readouterr()
    assert "So với lần tổng hợp trước: không có gì mới." in out
    assert "Bước tiếp: mở tonghop-2020.xlsx" in err
    changed = {**RESULTS[0], "period": "16/5/2019 - 20/5/2019"}
    send(cycles / "inbox-2020", 2020, {"01.A": (changed, *RESULTS[1:3])})
    assert run(arguments) == 0
    assert "So với lần tổng hợp trước:" in (said := capsys.readouterr().out)
    assert "dòng không còn" in said


def test_pairs_stand_there_though_no_history_was_named(cycles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("tonghop-2020.xlsx").unlink()
    assert run(["merge", "inbox-2020", "--year", "2020", "--out", "tonghop-2020.xlsx", "--fail-on", "never"]) == 0
    assert "kế hoạch trong tonghop-2019.xlsx" in capsys.readouterr().err
    decide("đúng")
    assert reconciled(capsys)["in_plan"] == 2


def test_a_form_returned_as_none_means_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    send(tmp_path / "inbox", 2020, {"01.B": ({"name": "Không có"},), "02.A": PLANS})
    book = openpyxl.load_workbook("inbox/so-y-te.xlsx")
    sheet = book["Mẫu 01.B"]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.row > 8 and cell.value and not str(cell.value).startswith("(") and cell.data_type != "f":
                cell.value = "Không có" if cell.value == "Không có" else None
    book.save("inbox/so-y-te.xlsx")
    assert run(["merge", "inbox", "--year", "2020", "--out", "t.xlsx", "--fail-on", "never", "-q"]) == 0
    assert run(["report", "--from", "t.xlsx", "--out", "bc.docx", "--date", "2019-10-01", "-q"]) == 0
    text = "\n".join(p.text for p in Document("bc.docx").paragraphs)
    assert "toàn tỉnh không có đoàn vào" in text
    assert "không có đoàn ra" not in text


@pytest.mark.parametrize(
    "kind",
    ["", "--kind 6-thang", "--kind 9-thang", "--kind quy --quarter 2", "--kind thang --month 5"],
)
def test_every_kind_states_the_figures(kind: str, cycles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, *kind.split())
    text = report(*kind.split())
    count, people = found["out.delegations"], found["out.persons"]
    assert f"cử {count:02d} đoàn ra với {people:02d} lượt người" in text
    if "quy" not in kind and "thang" not in kind:
        carried, planned = found["execution.out.carried_out"], found["execution.out.planned"]
        assert f"{carried:02d} đoàn trong kế hoạch đã thực hiện trên tổng số {planned:02d} đoàn được duyệt" in text


def test_an_officer_may_type_a_pair_himself(cycles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook("tonghop-2020.xlsx")
    sheet = book["Ghép kế hoạch"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    typed = {
        "Đoàn trong kế hoạch": "Đoàn nghiên cứu rừng ngập mặn", "Đoàn đã thực hiện": "Đoàn hội chợ thủ công",
        "Quyết định": "LÀ MỘT ĐOÀN (đổi tên)",
    }  # fmt: skip
    for heading, text in typed.items():
        sheet.cell(7, heads[heading], text)
    book.save("tonghop-2020.xlsx")
    merge_again()
    summary = reconciled(capsys)
    assert (summary["in_plan"], summary["cancelled"], summary["off_plan"]) == (2, 0, 0)


def test_only_reviewed_rows_of_the_plan_on_demand(cycles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook("tonghop-2019.xlsx")
    sheet = book["02.A"]
    at = next(c for row in sheet.iter_rows(max_row=9) for c in row if c.value == "Ý kiến thẩm định")
    first = next(row for row in range(at.row + 1, 20) if sheet.cell(row, 2).value == PLANS[0]["name"])
    sheet.cell(first, at.column, "đồng ý.")
    book.save("tonghop-2019.xlsx")
    arguments = ["report", "--from", "tonghop-2019.xlsx", "--date", "2018-10-01", "--out", "bc.docx"]
    capsys.readouterr()
    assert run(arguments) == 0
    said = capsys.readouterr().err
    assert "01 Đồng ý, 0 Điều chỉnh, 0 Không đồng ý, 03 chưa có ý kiến" in said
    assert "dự kiến cử 04 đoàn ra" in "\n".join(p.text for p in Document("bc.docx").paragraphs)
    assert run([*arguments, "--reviewed-only"]) == 0
    assert "dự kiến cử 01 đoàn ra" in "\n".join(p.text for p in Document("bc.docx").paragraphs)
