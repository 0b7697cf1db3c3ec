"""The renderers of findings: the same outcome, each in its own form."""

import csv
import io
import json
import re

import pytest
from outcomes import every_kind, finding, outcome
from sarif_pydantic import Sarif

from doingoai_cli.feedback.csv import to_csv
from doingoai_cli.feedback.formats import RuleHelp, Surroundings
from doingoai_cli.feedback.html import to_html
from doingoai_cli.feedback.machine import to_github, to_json, to_jsonl
from doingoai_cli.feedback.sarif import to_sarif
from doingoai_cli.feedback.table import to_table


def test_json_has_the_keys_of_the_contract_in_their_order() -> None:
    data = json.loads(to_json(outcome(finding())))
    assert list(data) == ["schema_version", "tool", "cycle", "rules", "files", "findings", "summary"]
    assert list(data["files"][0]) == ["path", "sha256", "agency", "forms", "error", "warning", "info"]
    assert list(data["findings"][0]) == [
        "code", "severity", "file", "agency", "form", "sheet", "cell", "row", "ordinal", "field", "value",
        "message", "fix", "citation", "related",
    ]  # fmt: skip
    assert data["summary"] == {"files": 1, "rows": 2, "error": 1, "warning": 0, "info": 0}


def test_a_waived_finding_stays_in_json_and_counts_nowhere() -> None:
    data = json.loads(to_json(every_kind()))
    waived = [f for f in data["findings"] if "waived" in f]
    assert [f["code"] for f in waived] == ["DL06"]
    assert waived[0]["waived"]["approved_by"] == "Giám đốc Sở"
    assert data["summary"]["error"] == 2


def test_jsonl_is_one_finding_a_line() -> None:
    lines = to_jsonl(every_kind()).splitlines()
    assert [json.loads(line)["code"] for line in lines] == ["DR07", "DR06", "DR09", "TK04", "DL06"]


def test_csv_opens_in_excel_and_runs_nothing() -> None:
    text = to_csv(every_kind())
    assert text.startswith("\ufeffMức độ,Mã,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[1]["Giá trị"] == "'=cmd|' /C calc'!A0"
    assert rows[4]["Miễn trừ"] == "đã giải trình"


def test_github_annotations_are_one_line_each() -> None:
    lines = to_github(outcome(finding(message="dòng 1\ndòng 2: 100%"))).splitlines()
    assert lines == ["::error file=inbox/so-y-te.xlsx,title=DR07,line=9::Mẫu 02.A E9: dòng 1%0Adòng 2: 100%25"]


def test_sarif_names_rules_levels_places_and_suppressions() -> None:
    rules = {"DR07": RuleHelp("Số thành viên", "Thành phần gọn nhẹ.", "K2.3")}
    text = to_sarif(every_kind(), Surroundings(rules))
    assert Sarif.model_validate_json(text).runs[0].results is not None
    run = json.loads(text)["runs"][0]
    assert [r["id"] for r in run["tool"]["driver"]["rules"]] == ["DL06", "DR06", "DR07", "DR09", "TK04"]
    by_code = {r["ruleId"]: r for r in run["results"]}
    assert by_code["DR09"]["level"] == "warning"
    assert by_code["TK04"]["level"] == "note"
    assert by_code["DR07"]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "Mẫu 02.A!E9"
    assert by_code["DL06"]["suppressions"][0]["justification"] == "đã giải trình"
    assert all(run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])


def test_html_escapes_what_agencies_wrote_and_loads_nothing() -> None:
    page = to_html(every_kind())
    assert "<script>alert(1)</script>" not in page
    assert "Đoàn &lt;b&gt;A&lt;/b&gt;" in page
    assert not re.search(r"""(src|href)=|url\(|@import""", page)
    assert page.count("<article") == 5


def test_html_without_findings_says_so() -> None:
    assert "Không có vi phạm." in to_html(outcome())


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_table_keeps_to_its_width_and_says_everything(width: int) -> None:
    text = to_table(every_kind(), Surroundings(width=width))
    assert max(map(len, text.splitlines())) <= width
    flat = " ".join(text.split())
    for word in ("inbox/so-y-te.xlsx", "Sở Y tế", "DR07", "E9", "vượt mức 7 người", "→ Giảm số thành viên."):
        assert word in flat
    assert "\x1b" not in text


def test_table_in_colour_only_when_asked() -> None:
    assert "\x1b[" in to_table(every_kind(), Surroundings(colour=True))


def test_table_never_passes_on_control_characters() -> None:
    text = to_table(outcome(finding(message="a\x1b[31mb", value="\x07")), Surroundings(width=100))
    assert "\x1b" not in text
    assert "\x07" not in text
