"""Sixty agencies merged, reviewed, merged again: the overview's figures are the report's."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from consolidation import CATALOGUE as FORMS
from consolidation import CONFERENCE, PLANNED, REALISED, Texts, again, described, grids_of, merged, submission

from doingoai_cli.consolidate.consolidation import Consolidation, Previous
from doingoai_cli.consolidate.workbook.sheets import BookRequest, book_of
from doingoai_cli.model.consolidated import Consolidated, Review
from doingoai_cli.model.findings import Finding, Severity
from doingoai_cli.model.submissions import Submission
from doingoai_cli.report.figures.compute import Figures, compute_figures

AGENCIES = 60
MEMBERS = (3, 4, "05", "07 người (02 nữ)", "5-7", "vài người", 12, "")
COUNTRIES = ("Lào", "Thái Lan, Lào", "Pháp; Đức và Bỉ", "Vương quốc Atlantis", "ASEAN", "Hàn Quốc", "Anh", "")
DONE = (
    "15-20/5/2019", "28/2-2/3/2019", "Từ 30/12/2018 đến 4/1/2019", "tháng 7/2019", "sắp xếp sau", "",
    "12/12/2018", "tháng 12 năm 2018", "3/2/2020",
)  # fmt: skip
PLANS = ("Quý I/2020", "quý 2", "Quý III, IV", "tháng 5/2020", "20/11/2020", "cả năm", "")
MARKS = (("X", ""), ("", "x"), ("X", "X"), ("", ""), ("Trong kế hoạch", ""), ("Ngoài KH", ""))
OPINIONS = ("Đồng ý", "Điều chỉnh", "Không đồng ý", "")


def inbox(seed: int) -> list[Submission]:
    """Files as a whole province sends them, the odd ones among them."""
    rng = random.Random(seed)

    def trip(base: Texts, number: int) -> Texts:
        texts = {
            **base,
            "name": f"Đoàn số {number}",
            "members": rng.choice(MEMBERS),
            "countries": rng.choice(COUNTRIES),
        }
        if base is REALISED:
            inside, outside = rng.choice(MARKS)
            return {**texts, "period": rng.choice(DONE), "in_plan": inside, "off_plan": outside}
        return {**texts, "period": rng.choice(PLANS)}

    files = []
    for agency in range(AGENCIES):
        forms = {
            form: [trip(base, number) for number in range(rng.randrange(6))]
            for form, base in (("01.A", REALISED), ("01.B", REALISED), ("02.A", PLANNED), ("02.B", PLANNED))
        }
        forms["03"] = [
            {
                **CONFERENCE,
                "section": rng.choice(["I", "II"]),
                "name": f"HT {agency}",
                "days": rng.choice([2, "03", "vài"]),
            }
        ]
        received = datetime(2019, 9, 1) + timedelta(hours=rng.randrange(500))
        files.append(submission(f"tep-{agency:02}.xlsx", f"Sở số {agency}", forms, received=received))
    return files


def findings_of(files: list[Submission], seed: int) -> list[Finding]:
    rng = random.Random(seed)
    found = []
    for file in files:
        for record in file.records:
            codes = ["TH05", "TH06"] if record.form.startswith("01") else ["DR07"]
            if rng.random() < 0.1:
                place = {"file": file.path, "sheet": record.provenance.sheet, "row": record.provenance.row}
                found.append(
                    Finding(
                        code=rng.choice(codes), severity=Severity.WARNING, form=record.form, message="…", **place
                    )
                )
    return found


def reviewed(previous: Previous, seed: int) -> Previous:
    rng = random.Random(seed)
    rows = tuple(replace(row, review=Review(rng.choice(OPINIONS), "")) for row in previous.consolidated.rows)
    return replace(previous, consolidated=replace(previous.consolidated, rows=rows))


def overview(consolidation: Consolidation) -> dict[str, list[object]]:
    """Label → the numbers beside it, in the order of the sheet (labels of several tables: the last)."""
    grid = grids_of(book_of(BookRequest(consolidation, FORMS))).grids[0]
    lines: dict[int, dict[int, object]] = {}
    for cell in grid.cells:
        lines.setdefault(cell.row, {})[cell.col] = cell.value
    return {
        str(line[1]): [line.get(col) for col in range(2, 10)]
        for line in lines.values()
        if len(line) > 1 and 1 in line
    }


def series(figures: Figures, name: str) -> dict[str, int]:
    return {line.label: int(line.values[0] or 0) for line in figures.series[name].lines}


@pytest.mark.parametrize("seed", range(4))
def test_the_overview_and_the_report_count_alike(seed: int) -> None:
    files = inbox(seed)
    findings = findings_of(files, seed)
    first = merged(files, findings=findings)
    assert first.rows_read == first.rows_merged == sum(file.rows for file in files)
    second = merged(files, reviewed(again(described(first)), seed), findings)
    back = again(described(second)).consolidated
    assert_alike(second, back)


def assert_alike(consolidation: Consolidation, book: Consolidated) -> None:
    figures = compute_figures(book)
    lines = overview(consolidation)

    def value(name: str) -> int:
        return int(figures[name].value or 0)

    for side, label in (("out", "Đoàn ra đã thực hiện (01.A)"), ("in", "Đoàn vào đã thực hiện (01.B)")):
        parts = ("delegations", "persons", "in_plan", "off_plan", "plan_unclear", "not_counted", "outside")
        assert lines[label][1:] == [value(f"{side}.{part}") for part in parts]
    for side, label in (("out", "Đoàn ra kế hoạch (02.A)"), ("in", "Đoàn vào kế hoạch (02.B)")):
        assert lines[label][1:3] == [value(f"plan.{side}.delegations"), value(f"plan.{side}.persons")]
        assert lines[label][6] == value(f"plan.{side}.refused")
    meeting = lines["Hội nghị, hội thảo đã tổ chức (03, mục I)"]
    parts = ("count", "vietnamese_delegates", "foreign_delegates", "days")
    assert meeting[1:5] == [value(f"conferences.{part}") for part in parts]
    for label, number in series(figures, "out.by_month").items():
        if label in lines:
            assert lines[label][0] == number
    for label, number in series(figures, "out.by_country").items():
        if label in lines:
            assert lines[label][0] == number
    assert sum(int(str(lines[f"Tháng {m}"][0])) for m in range(1, 13)) + int(
        str(lines["Chưa rõ tháng"][0])
    ) == value("out.delegations")
