"""What a rule says of its source, and how `rules show` words it: for people, with numbers, without our codes."""

import re
from pathlib import Path

import pytest
from rows import codes, files_of, findings, pack

from doingoai_cli.pipeline.catalogue import forms_of, pack_of
from doingoai_cli.pipeline.rules import explanation
from doingoai_cli.pipeline.workspace import Workspace

PACKS = ("quang-binh-2020", "da-nang-2025")
RULES = [(name, code) for name in PACKS for code in pack(name).rules]
_OUR_CODES = re.compile(r"\bK\d(?:\.\d)?\b|\bF\(\d+\)")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a workspace."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("name", "code"), RULES)
def test_no_citation_holds_a_code_of_ours(name: str, code: str) -> None:
    assert not _OUR_CODES.search(pack(name).rules[code].citation)


@pytest.mark.parametrize(("name", "code"), RULES)
def test_rules_show_prints_no_template(
    name: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = explanation(code, name, None)
    assert "{{" not in shown.split("Tham số")[0]
    assert "{%" not in shown


@pytest.mark.usefixtures("elsewhere")
def test_rules_show_prints_the_limits() -> None:
    shown = explanation("DR07", None, None)
    assert "không quá 7 (hoặc 10 nếu trưởng đoàn là Bí thư Tỉnh ủy" in shown
    assert "không quá 5 (hoặc 10 nếu trưởng đoàn là Bí thư Thành ủy" in explanation("DR07", "da-nang-2025", None)
    assert "không quá 3 nước" in explanation("DR08", None, None)
    assert "không quá 5 ngày" in explanation("DR11", None, None)


@pytest.mark.parametrize(
    ("row", "asks"),
    [
        ({"form": "01.A", "members": "9"}, "Giải trình"),
        ({"form": "02.A", "members": "9"}, "Giảm số thành viên xuống không quá 7 người"),
        ({"form": "01.A", "countries": "Pháp, Đức, Bỉ, Hà Lan"}, "Giải trình"),
        ({"form": "02.A", "countries": "Pháp, Đức, Bỉ, Hà Lan"}, "Bớt xuống còn không quá 3 nước"),
    ],
)
def test_what_took_place_is_to_be_explained(row: dict[str, str], asks: str) -> None:
    (found,) = findings(*files_of([row]))
    assert found.fix.startswith(asks)


def test_the_letter_that_asks_for_the_reports_is_named() -> None:
    letter = "Công văn số 1456/UBND-NgV ngày 03/9/2019"
    workspace = Workspace(request=letter)
    cited, _ = pack_of(workspace, forms_of(workspace), 2020)
    clause = "mục 1, gạch đầu dòng thứ ba về đoàn ra"
    assert cited.rules["DR07"].citation.startswith(
        f"mục 1, gạch đầu dòng thứ ba về đoàn ra, {letter}: không quá 10"
    )
    assert cited.rules["CT02"].citation == f"Các biểu mẫu 01.A, 01.B, 02.A, 02.B và 03 kèm theo {letter}"
    plain, _ = pack_of(Workspace(), forms_of(workspace), 2020)
    assert plain.rules["DR07"].citation.startswith(f"{clause}: không quá 10")
    assert codes("02.A", {"members": "9"}) == ["DR07"]


@pytest.mark.parametrize(
    ("row", "example"),
    [
        ({"form": "02.A", "period": "năm 2026"}, "“Quý II/2026”"),
        ({"form": "02.B", "period": "cả năm"}, "“Quý III/2026”"),
        ({"form": "02.A", "period": "khi có thư mời"}, "“Quý II/2026”"),
        ({"form": "01.A", "period": "sắp xếp sau"}, "“từ 12/3/2025 đến 15/3/2025”"),
        ({"form": "01.B", "period": "tháng 5/2025"}, "“từ 12/3/2025 đến 15/3/2025”"),
        ({"form": "01.A", "report_ref": "Đã báo cáo"}, "ngày 15/8/2025”"),
    ],
)
def test_an_example_is_of_the_year_of_the_row(row: dict[str, str], example: str) -> None:
    (found,) = findings(*files_of([row], 2026), pack_id="da-nang-2025", cycle=2026)
    assert example in found.fix


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"report_ref": "BC số 12/BC-SDL ngày 31/6/2019"}, "thiếu hoặc ghi sai ngày, tháng, năm"),
        ({"report_ref": "Báo cáo ngày 15/8/2019"}, "thiếu hoặc ghi sai số"),
        ({"period": "từ tháng 5/2019"}, "mới cụ thể đến một khoảng rộng"),
        ({"in_plan": "☐", "off_plan": "☐"}, "chưa đánh dấu ô nào"),
        ({"in_plan": "x", "off_plan": "x"}, "cả hai ô đều có nội dung"),
    ],
)
def test_a_sentence_is_true_of_its_row(row: dict[str, str], says: str) -> None:
    (found,) = findings(*files_of([{"form": "01.A", **row}]))
    assert says in found.message
