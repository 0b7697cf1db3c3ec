"""Of a form with sections, "none" is said only of those that somebody has sent."""

import pytest
from consolidation import back, merged, written
from pipetable import grid

from doingoai_cli.intake.submission import read_grids
from doingoai_cli.model.consolidated import sections_unstated
from doingoai_cli.model.forms import shipped_forms
from doingoai_cli.model.grid import Workbook
from doingoai_cli.model.submissions import Submission
from doingoai_cli.report.figures.compute import compute_figures

_ROW = "Hội thảo về hang động | 50 | 20 | Bảo tồn | 2 | {} | Đồng Hới | NSNN 90 triệu đồng"
_DONE, _PLANNED = f"| 1 | {_ROW.format('12/5/2019')} |", f"| 1 | {_ROW.format('Quý II/2020')} |"
_FIRST = "| I. THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ TỔ CHỨC TRONG NĂM 2019 |"
_SECOND = "| II. HỘI NGHỊ, HỘI THẢO QUỐC TẾ DỰ KIẾN TỔ CHỨC NĂM 2020 |"
_NONE = "| | Không có |"
SENT = {
    "rows of the first alone": ([_FIRST, _DONE], (1, None)),
    "no headings": ([_DONE], (1, None)),
    "the second's heading": ([_FIRST, _DONE, _SECOND], (1, 0)),
    "none in the second": ([_FIRST, _DONE, _SECOND, _NONE], (1, 0)),
    "rows of the second alone": ([_SECOND, _PLANNED], (None, 1)),
    "none in the first alone": ([_FIRST, _NONE], (0, None)),
    "none at all": ([_NONE], (0, 0)),
    "blank headings": ([_FIRST, _SECOND, _NONE], (0, 0)),
    "both": ([_FIRST, _DONE, "| | TỔNG CỘNG | 50 | 20 | | 2 | | | |", _SECOND, _PLANNED], (1, 1)),
}


def _sent(lines: list[str]) -> Submission:
    sheet = "\n".join(
        (
            "| Sở Y tế |",
            "| BẢNG THỐNG KÊ HỘI NGHỊ, HỘI THẢO QUỐC TẾ NĂM 2019 VÀ DỰ KIẾN NĂM 2020 |",
            "| TT | Tên hội nghị, hội thảo | Đại biểu Việt Nam | Đại biểu nước ngoài | Chủ đề, nội dung | Số ngày "
            "| Thời gian thực hiện | Địa điểm tổ chức | Tổng kinh phí |",
            *lines,
        )
    )
    return read_grids(Workbook("xlsx", (grid(sheet),), {}), "a.xlsx", shipped_forms(), cycle=2020)


@pytest.mark.parametrize("case", SENT)
def test_none_is_said_of_the_sections_that_came(case: str) -> None:
    lines, (done, planned) = SENT[case]
    consolidation = merged([_sent(lines)])
    for held in (consolidation.consolidated, back(written(consolidation)).consolidated):
        figures = compute_figures(held)
        found = tuple(figures[name].value for name in ("conferences.count", "plan.conferences.count"))
        assert found == (done, planned)
    missing = [figures[name].missing for name in ("conferences.count", "plan.conferences.count")]
    section = dict(zip(("I", "II"), (done, planned), strict=True))
    assert missing == [
        f"chưa cơ quan, đơn vị nào gửi mục {name} của Mẫu 03" if value is None else ""
        for name, value in section.items()
    ]


def test_what_one_agency_leaves_out_another_states() -> None:
    sent = [("03", ("II",)), ("4", ("II", "III")), ("4", ("III",)), ("7", ())]
    assert sections_unstated(sent) == {("03", "II"), ("4", "III")}
    assert sections_unstated([*sent, ("03", ())]) == {("4", "III")}
